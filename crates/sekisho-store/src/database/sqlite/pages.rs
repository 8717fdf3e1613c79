//! A database on a cold disk → all of it in the system's cache: read once from its beginning to its end it takes seconds for gigabytes, and
//! every recall after it takes as long as one from memory. Page by page, a recall would wait for some hundred single reads.
//!
//! SQLite itself reads its pages, through the table in which it shows them: to open the file ourselves and close it again would take
//! SQLite's locks from it.

use rusqlite::Connection;

/// The table of all pages. Where SQLite was built without it, nothing is read.
const HAS_PAGES: &str = "SELECT EXISTS (SELECT 1 FROM pragma_module_list WHERE name = 'sqlite_dbpage')";

/// Reads all pages, where the system has twice as much memory to spare. Whether it did.
pub(super) fn read_all(connection: &Connection) -> rusqlite::Result<bool> {
    let bytes = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
    let bytes: i64 = connection.query_row(bytes, [], |row| row.get(0))?;
    let has_room = spare_bytes().is_none_or(|spare| spare / 2 >= bytes.unsigned_abs());
    let has_pages: bool = connection.query_row(HAS_PAGES, [], |row| row.get(0))?;
    if has_room && has_pages {
        connection.query_row("SELECT SUM(LENGTH(data)) FROM sqlite_dbpage", [], |_| Ok(()))?;
    }
    Ok(has_room && has_pages)
}

/// Memory that the system could give, where it tells.
fn spare_bytes() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_pages_are_read() {
        let home = tempfile::tempdir().unwrap();
        let database = Connection::open(home.path().join("pages.db")).unwrap();
        let made = "CREATE TABLE settings (id INTEGER PRIMARY KEY, text TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL \
            SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO settings SELECT i, 'text ' || i FROM n";
        database.execute_batch(made).unwrap();
        assert!(read_all(&database).unwrap());
        let pages: i64 = database.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        assert!(pages > 50);
    }
}
