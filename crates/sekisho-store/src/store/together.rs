//! One question for several things at once, and several questions at once: so a recall costs as many questions, whatever it finds, and few
//! ways to a database that lies elsewhere.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::StoreError;
use crate::database::{Database, Question, Value};

/// Questions of which none needs another's answer, and who takes their rows.
#[derive(Default)]
pub(super) struct Together<'t> {
    questions: Vec<Question>,
    /// Who takes the rows of each question.
    whose: Vec<usize>,
    takers: Vec<Taker<'t>>,
}

type Taker<'t> = Box<dyn FnMut(&[Value]) + 't>;

impl<'t> Together<'t> {
    /// Adds a question.
    pub(super) fn rows(&mut self, sql: impl Into<String>, values: &[Value], row: impl FnMut(&[Value]) + 't) {
        self.add([Question { sql: sql.into(), values: values.to_vec(), ids: None }], row);
    }

    /// Adds one as for [`each`].
    pub(super) fn each(
        &mut self,
        question: impl Into<String>,
        values: &[Value],
        ids: &[i64],
        row: impl FnMut(&[Value]) + 't,
    ) {
        let ids = distinct(ids);
        if !ids.is_empty() {
            self.add([Question { sql: question.into(), values: values.to_vec(), ids: Some(ids) }], row);
        }
    }

    /// Adds `question` for lists of `ids`, where `{ids}` stands in it: for questions that bound the rows of a list, or put them in order.
    /// Fewer numbers than a list has are asked for by repeating one.
    pub(super) fn listed(
        &mut self,
        question: &str,
        values: &[Value],
        ids: &[i64],
        row: impl FnMut(&[Value]) + 't,
    ) {
        let most = LISTED.last().copied().unwrap_or(1);
        let list = |some: &[i64]| {
            let size = LISTED.iter().copied().find(|size| *size >= some.len()).unwrap_or(most);
            let last = some.last().copied().unwrap_or_default();
            let padded = (0..size).map(|at| Value::Int(some.get(at).copied().unwrap_or(last)));
            let sql = question.replace(PLACES, &places(values.len(), size));
            Question { sql, values: values.iter().cloned().chain(padded).collect(), ids: None }
        };
        self.add(distinct(ids).chunks(most).map(list), row);
    }

    fn add(&mut self, questions: impl IntoIterator<Item = Question>, row: impl FnMut(&[Value]) + 't) {
        self.questions.extend(questions);
        self.whose.resize(self.questions.len(), self.takers.len());
        self.takers.push(Box::new(row));
    }

    /// Asks them all.
    pub(super) fn ask(mut self, database: &mut dyn Database) -> Result<(), StoreError> {
        if self.questions.is_empty() {
            return Ok(());
        }
        database.ask(&self.questions, &mut |which, read| {
            let taker = self.whose.get(which).and_then(|whose| self.takers.get_mut(*whose));
            if let Some(take) = taker {
                take(read);
            }
        })
    }
}

/// Asks at once what `add` adds.
pub(super) fn at_once<'t>(
    database: &mut dyn Database,
    add: impl FnOnce(&mut Together<'t>),
) -> Result<(), StoreError> {
    let mut together = Together::default();
    add(&mut together);
    together.ask(database)
}

/// Asks `question` for every one of `ids`, where `{id}` stands in it, and hands all rows to `row`. The question may bound its own rows;
/// `$1`, `$2`, … stand for `values`. Repeated ids answer once.
pub(super) fn each(
    database: &mut dyn Database,
    question: &str,
    values: &[Value],
    ids: &[i64],
    row: &mut dyn FnMut(&[Value]),
) -> Result<(), StoreError> {
    let ids = distinct(ids);
    if ids.is_empty() { Ok(()) } else { database.each(question, values, &ids, row) }
}

/// Where the question names a list of the things asked about.
const PLACES: &str = "{ids}";

/// Numbers asked for in one list: few sizes, so that the statements stay prepared.
const LISTED: [usize; 3] = [8, 64, 256];

/// `$4, $5, $6` for three places behind three values.
fn places(before: usize, size: usize) -> String {
    // Asked for several times for each text: one piece of memory is enough.
    let mut places = String::with_capacity(size * 6);
    for at in 1..=size {
        let _ = write!(places, "{}${}", if at == 1 { "" } else { ", " }, before + at);
    }
    places
}

/// Each number once, in order.
fn distinct(ids: &[i64]) -> Vec<i64> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Asks for the addresses with these numbers.
pub(super) fn ask_addresses<'t>(
    together: &mut Together<'t>,
    ids: &[i64],
    addresses: &'t mut BTreeMap<i64, String>,
) {
    ask_texts(together, "SELECT id, address FROM addresses WHERE id = {id}", ids, addresses);
}

/// Asks for the words with these numbers.
pub(super) fn ask_words<'t>(together: &mut Together<'t>, ids: &[i64], words: &'t mut BTreeMap<i64, String>) {
    ask_texts(together, "SELECT id, word FROM words WHERE id = {id}", ids, words);
}

fn ask_texts<'t>(
    together: &mut Together<'t>,
    question: &str,
    ids: &[i64],
    texts: &'t mut BTreeMap<i64, String>,
) {
    together.each(question, &[], ids, |row| {
        if let [Value::Int(id), Value::Text(text)] = row {
            texts.insert(*id, text.clone());
        }
    });
}

/// The addresses with these numbers.
pub(super) fn addresses(
    database: &mut dyn Database,
    ids: &[i64],
) -> Result<BTreeMap<i64, String>, StoreError> {
    let mut addresses = BTreeMap::new();
    at_once(database, |round| ask_addresses(round, ids, &mut addresses))?;
    Ok(addresses)
}
