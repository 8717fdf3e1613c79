//! A memory that was just opened → one that answers at once: a database on a cold disk is read whole, and what recalls ask is asked once
//! about nobody, so that it is planned.

use super::Store;
use crate::StoreError;
use crate::database::{Asker, EACH, LISTED, Question, Value};

/// What recalls ask, a question a line; a test holds it against them (`conformance/plans.rs`). One that is missing is only planned later.
const QUESTIONS: &str = include_str!("warming_up/questions.sql");

/// No address, text or mail has this number, and it is later than every mail.
const NOBODY: i64 = i32::MAX as i64;

impl Store {
    /// Has the memory ready for recalls that must not wait, as whoever stays does when it starts. From a cold disk it takes about a second a
    /// gigabyte. Whether the database was read: SQLite reads it where twice its size is free in memory, PostgreSQL where `pg_prewarm` is
    /// installed in the database. Where it was not, the first recalls ask the disk.
    ///
    /// # Errors
    /// The database refused.
    pub fn warm_up(&mut self) -> Result<bool, StoreError> {
        let was_read = self.database.read_ahead()?;
        let about_nobody = |sql: &str| Question {
            sql: sql.to_owned(),
            values: vec![Value::Int(NOBODY); values_of(sql)],
            ids: [EACH, LISTED].iter().any(|place| sql.contains(place)).then(|| vec![NOBODY]),
        };
        self.database.ask(&mut AboutNobody(questions().map(about_nobody).collect()))?;
        self.database.stay_awake();
        Ok(was_read)
    }
}

/// Questions whose answers are empty.
struct AboutNobody(Vec<Question>);

impl Asker for AboutNobody {
    fn ready(&mut self) -> Vec<Question> {
        std::mem::take(&mut self.0)
    }

    fn take(&mut self, _: usize, _: &[Value]) {}
}

/// Everything that recalls ask.
pub(super) fn questions() -> impl Iterator<Item = &'static str> {
    QUESTIONS.lines()
}

/// How many values a question has: `$1` to the highest.
fn values_of(question: &str) -> usize {
    let number = |rest: &str| {
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        digits.parse().unwrap_or(0)
    };
    question.split('$').skip(1).map(number).max().unwrap_or(0)
}
