//! One question for several things at once, and several questions at once: so a recall costs as many questions, whatever it finds, and few
//! ways to a database that lies elsewhere.

use std::collections::BTreeMap;

use crate::StoreError;
use crate::database::{Asker, Database, LISTED_MAX, Question, Value};

/// Questions of which none needs another's answer, and who takes their rows.
#[derive(Default)]
pub(super) struct Together<'t> {
    questions: Vec<Question>,
    /// Of those that were ready before, too: who takes the rows of each question.
    whose: Vec<usize>,
    takers: Vec<Taker<'t>>,
    later: Option<Later<'t>>,
}

type Taker<'t> = Box<dyn FnMut(&[Value]) + 't>;
type Later<'t> = Box<dyn FnOnce(&mut Together<'t>) + 't>;

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

    /// Adds one that names all of `ids` in a list (see `database::LISTED`): for questions that bound the rows of all of them, or put them in order.
    pub(super) fn listed(
        &mut self,
        question: &str,
        values: &[Value],
        ids: &[i64],
        row: impl FnMut(&[Value]) + 't,
    ) {
        let of = |some: &[i64]| Question {
            sql: question.to_owned(),
            values: values.to_vec(),
            ids: Some(some.to_vec()),
        };
        self.add(distinct(ids).chunks(LISTED_MAX).map(of), row);
    }

    /// Adds what `later` adds, once what was added before is on its way: for questions that take us time to find.
    pub(super) fn later(&mut self, later: impl FnOnce(&mut Self) + 't) {
        self.later = Some(Box::new(later));
    }

    fn add(&mut self, questions: impl IntoIterator<Item = Question>, row: impl FnMut(&[Value]) + 't) {
        for question in questions {
            self.questions.push(question);
            self.whose.push(self.takers.len());
        }
        self.takers.push(Box::new(row));
    }

    /// Asks them all.
    pub(super) fn ask(mut self, database: &mut dyn Database) -> Result<(), StoreError> {
        if self.questions.is_empty() && self.later.is_none() { Ok(()) } else { database.ask(&mut self) }
    }
}

impl Asker for Together<'_> {
    fn ready(&mut self) -> Vec<Question> {
        if self.questions.is_empty()
            && let Some(later) = self.later.take()
        {
            later(self);
        }
        std::mem::take(&mut self.questions)
    }

    fn take(&mut self, which: usize, row: &[Value]) {
        if let Some(take) = self.whose.get(which).and_then(|whose| self.takers.get_mut(*whose)) {
            take(row);
        }
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
