//! Who uses a stretch of a remembered text in mail of their own → what of it is a formula: openings, signatures, disclaimers, footers.
//!
//! A quotation of a formula is no quotation of a conversation. A stretch is one where several people write it in conversations of their
//! own, or where its writer writes it again and again: a signature block is known to everybody whom they ever wrote to. Only people who
//! count are counted (our own, and contacts in mail that proves them), so that nobody from outside turns our conversations into formulas;
//! one taken-over account cannot either, but for what its own user wrote.

use std::collections::BTreeMap;
use std::ops::Range;

use super::together::each;
use crate::StoreError;
use crate::database::{Database, Value};
use crate::letters::Letters;
use crate::matching::Run;

/// The tables.
pub(crate) const TABLES: &[&str] = &[
    // Letters of a remembered text that somebody who counts wrote again, in which conversation and mail.
    "CREATE TABLE uses (text INTEGER NOT NULL, first INTEGER NOT NULL, writer BIGINT NOT NULL, conversation BIGINT NOT NULL, \
     until INTEGER NOT NULL, mail BIGINT NOT NULL, PRIMARY KEY (text, first, writer, conversation))",
    "CREATE INDEX uses_by_mail ON uses (mail)",
];

/// People who write a stretch, each in another conversation, from whom on it is a formula.
const WRITERS_MIN: usize = 4;

/// Further conversations in which its writer writes a stretch, from which on it is a formula.
const CONVERSATIONS_MIN: usize = 3;

/// Uses kept of one text: enough to tell formulas after some mails were unlearned, and no more.
const USES_MAX: usize = 64;

/// Uses kept of one writer: of several stretches, and more conversations than are needed.
const USES_OF_ONE_MAX: usize = 12;

/// Who wrote a text, and in which conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    /// The writer: a person of ours or a contact, in mail that proves them.
    pub(crate) user: i64,
    /// The conversation (thread).
    pub(crate) conversation: i64,
}

/// The letters of remembered texts that are formulas, in order, not overlapping.
pub(super) type Formulas = BTreeMap<u64, Vec<Range<u32>>>;

/// Notes that somebody who counts wrote stretches of remembered texts again.
pub(super) fn note(
    database: &mut dyn Database,
    mail: i64,
    used: Use,
    runs: &[Run],
) -> Result<(), StoreError> {
    let texts: Vec<i64> = runs.iter().map(|run| run.text as i64).collect();
    let uses = uses(database, &texts)?;
    let mut rows = Vec::new();
    for run in runs {
        let uses = uses.get(&(run.text as i64)).map_or(&[][..], Vec::as_slice);
        let by_them = uses.iter().filter(|one| one.by.user == used.user).count();
        if uses.len() < USES_MAX && by_them < USES_OF_ONE_MAX {
            let (first, until) = (i64::from(run.there.start), i64::from(run.there.end));
            let row = [run.text as i64, first, used.user, used.conversation, until, mail];
            rows.push(row.map(Value::Int).to_vec());
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    database.insert("uses", &["text", "first", "writer", "conversation", "until", "mail"], &rows)?;
    renew(database, &texts)
}

/// Takes formulas out of the weight of language of runs.
pub(super) fn pass_over(formulas: &Formulas, letters: &Letters, runs: &mut [Run]) {
    for run in runs {
        run.pass_over(letters, formulas.get(&run.text).map_or(&[], Vec::as_slice));
    }
}

/// Forgets the uses in a mail.
pub(super) fn let_go(database: &mut dyn Database, mail: i64) -> Result<(), StoreError> {
    let one = [Value::Int(mail)];
    let mut texts = Vec::new();
    database.rows("SELECT DISTINCT text FROM uses WHERE mail = $1", &one, &mut |row| {
        texts.extend(row.first().and_then(Value::int));
    })?;
    database.run("DELETE FROM uses WHERE mail = $1", &one)?;
    renew(database, &texts)
}

/// Forgets the uses of a text.
pub(super) fn forget(database: &mut dyn Database, text: i64) -> Result<(), StoreError> {
    database.run("DELETE FROM uses WHERE text = $1", &[Value::Int(text)]).map(|_| ())
}

/// What of texts is formulas by now is written beside them: a recall asks for it with their marks, and reads no use.
fn renew(database: &mut dyn Database, texts: &[i64]) -> Result<(), StoreError> {
    let uses = uses(database, texts)?;
    let mut before: Vec<(i64, Option<i64>, Value)> = Vec::new();
    each(database, "SELECT id, writer, formulas FROM texts WHERE id = {id}", &[], texts, &mut |row| {
        if let [Value::Int(text), writer, formulas] = row {
            before.push((*text, writer.int(), formulas.clone()));
        }
    })?;
    for (text, writer, before) in before {
        let now = written(&formulas(uses.get(&text).map_or(&[], Vec::as_slice), writer));
        if now != before {
            database.run("UPDATE texts SET formulas = $2 WHERE id = $1", &[Value::Int(text), now])?;
        }
    }
    Ok(())
}

/// Formulas as they stand beside a text: first letter and end, four bytes each.
fn written(formulas: &[Range<u32>]) -> Value {
    let bytes: Vec<u8> =
        formulas.iter().flat_map(|one| [one.start, one.end]).flat_map(u32::to_be_bytes).collect();
    if bytes.is_empty() { Value::Null } else { Value::Bytes(bytes) }
}

/// And back.
pub(super) fn read(formulas: &Value) -> Vec<Range<u32>> {
    let Value::Bytes(bytes) = formulas else { return Vec::new() };
    let numbers: Vec<u32> = bytes.as_chunks().0.iter().map(|number| u32::from_be_bytes(*number)).collect();
    numbers.as_chunks().0.iter().map(|[start, end]| *start..*end).collect()
}

struct Used {
    letters: Range<u32>,
    by: Use,
}

fn uses(database: &mut dyn Database, texts: &[i64]) -> Result<BTreeMap<i64, Vec<Used>>, StoreError> {
    let mut uses: BTreeMap<i64, Vec<Used>> = BTreeMap::new();
    let question = "SELECT text, first, until, writer, conversation FROM uses WHERE text = {id}";
    each(database, question, &[], texts, &mut |row| {
        if let [
            Value::Int(text),
            Value::Int(first),
            Value::Int(until),
            Value::Int(user),
            Value::Int(conversation),
        ] = row
        {
            let by = Use { user: *user, conversation: *conversation };
            uses.entry(*text).or_default().push(Used { letters: *first as u32..*until as u32, by });
        }
    })?;
    Ok(uses)
}

/// The letters of a text that are formulas, in order, not overlapping.
fn formulas(uses: &[Used], writer: Option<i64>) -> Vec<Range<u32>> {
    if uses.len() < WRITERS_MIN.min(CONVERSATIONS_MIN) {
        return Vec::new();
    }
    let mut borders: Vec<u32> = uses.iter().flat_map(|one| [one.letters.start, one.letters.end]).collect();
    borders.sort_unstable();
    borders.dedup();
    let mut formulas: Vec<Range<u32>> = Vec::new();
    let mut here: Vec<Use> = Vec::new();
    for (start, end) in borders.iter().zip(borders.iter().skip(1)) {
        here.clear();
        let around = uses.iter().filter(|one| one.letters.start <= *start && *end <= one.letters.end);
        here.extend(around.map(|one| one.by));
        if !is_formula(&here, writer) {
            continue;
        }
        match formulas.last_mut() {
            Some(last) if last.end == *start => last.end = *end,
            _ => formulas.push(*start..*end),
        }
    }
    formulas
}

fn is_formula(uses: &[Use], writer: Option<i64>) -> bool {
    let by_writer = uses.iter().filter(|one| Some(one.user) == writer).map(|one| one.conversation);
    are_several(by_writer, CONVERSATIONS_MIN)
        || (are_several(uses.iter().map(|one| one.user), WRITERS_MIN)
            && are_several(uses.iter().map(|one| one.conversation), WRITERS_MIN))
}

/// Whether there are `least` different ones, a handful.
fn are_several(all: impl Iterator<Item = i64>, least: usize) -> bool {
    let mut seen: Vec<i64> = Vec::with_capacity(least);
    for one in all {
        if !seen.contains(&one) {
            seen.push(one);
        }
        if seen.len() >= least {
            return true;
        }
    }
    false
}
