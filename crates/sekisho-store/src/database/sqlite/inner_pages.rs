//! A database → its inner pages in memory: they are the way to every row, and hardly a hundredth of the file.
//!
//! SQLite itself reads the pages; of its format (<https://www.sqlite.org/fileformat2.html>, 1.6) only this much is known here: which pages
//! stand below an inner one. Where that is wrong, or a page was changed meanwhile, it costs some reads, and no answer is another one.

use rusqlite::Connection;

use super::super::{Question, Value};
use super::readers::Readers;

/// Levels of a tree: four hold some hundred million rows.
const LEVELS_MAX: usize = 8;

/// Kinds of inner pages: of an index, of a table.
const INNER: [u8; 2] = [2, 5];

/// Bytes of an inner page before the places of its cells.
const HEAD: usize = 12;

/// Has the readers read all inner pages. Where SQLite was built without this table, nothing is read.
pub(super) fn read(connection: &Connection, readers: &Readers) {
    let roots = roots(connection).unwrap_or_default();
    let mut trees: Vec<Vec<i64>> = roots.into_iter().map(|root| vec![root]).collect();
    for _ in 0..LEVELS_MAX {
        let Some(below) = below(readers, &trees.concat()) else { return };
        let mut below = below.into_iter();
        trees.iter_mut().for_each(|level| *level = below.by_ref().take(level.len()).flatten().collect());
        trees.retain(|level| !level.is_empty());
        // All leaves of a tree are of one level.
        let first: Vec<i64> = trees.iter().filter_map(|level| level.first().copied()).collect();
        let Some(below) = self::below(readers, &first) else { return };
        let mut is_inner = below.into_iter().map(|pages| !pages.is_empty());
        trees.retain(|_| is_inner.next() == Some(true));
    }
}

/// The roots of all tables and indexes, but for the table of these.
fn roots(connection: &Connection) -> rusqlite::Result<Vec<i64>> {
    let mut statement = connection.prepare("SELECT rootpage FROM sqlite_schema WHERE rootpage > 1")?;
    let roots = statement.query_map([], |row| row.get(0))?;
    roots.collect()
}

/// The pages below each of some.
fn below(readers: &Readers, pages: &[i64]) -> Option<Vec<Vec<i64>>> {
    let sql = "SELECT data FROM sqlite_dbpage WHERE pgno = {id}".to_owned();
    let answers = readers.ask(&[Question { sql, values: Vec::new(), ids: Some(pages.to_vec()) }])?;
    let rows = answers.into_iter().flat_map(|(_, rows)| rows);
    let below: Vec<Vec<i64>> = rows
        .filter_map(|row| match row.as_slice() {
            [Value::Bytes(page)] => Some(children(page)),
            _ => None,
        })
        .collect();
    (below.len() == pages.len()).then_some(below)
}

/// The pages below one that is not the first; of a leaf none.
fn children(page: &[u8]) -> Vec<i64> {
    let number = |at: usize| Some(u32::from_be_bytes(*page.get(at..)?.first_chunk()?));
    let short = |at: usize| Some(usize::from(u16::from_be_bytes(*page.get(at..)?.first_chunk()?)));
    if !page.first().is_some_and(|kind| INNER.contains(kind)) {
        return Vec::new();
    }
    let cells = short(3).unwrap_or_default();
    let cells = (0..cells).filter_map(|cell| number(short(HEAD + 2 * cell)?));
    // The last one stands in the head.
    cells.chain(number(8)).map(i64::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_pages_lead_to_all_leaves() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("pages.db");
        let database = Connection::open(&path).unwrap();
        database
            .execute_batch(
                "CREATE TABLE settings (id INTEGER PRIMARY KEY, text TEXT); CREATE INDEX texts ON settings (text);
                 WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
                 INSERT INTO settings SELECT i, 'text ' || i FROM n",
            )
            .unwrap();
        let mut readers = Readers::of(&path);
        readers.start();
        read(&database, &readers);
        // Every page but the first is a root or below another.
        let pages: i64 = database.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        let all: Vec<i64> = (2..=pages).collect();
        let mut found = below(&readers, &all).unwrap().concat();
        assert!(found.len() > 1_000);
        found.extend(roots(&database).unwrap());
        found.sort_unstable();
        assert_eq!(found, all);
        assert_eq!(below(&readers, &[pages + 1]), None);
        assert_eq!(children(&[5, 0, 0, 0xff, 0xff]), [0_i64; 0]);
    }
}
