//! A database → the same, telling of every statement what it was, how many rows came of it and how long it took.

use std::time::{Duration, Instant};

use super::{Asker, Database, Present, Question, StoreError, Value};

/// Told of each statement: its text, the rows read or written, the time.
pub type Watcher = Box<dyn FnMut(&str, u64, Duration) + Send>;

/// A database that tells a watcher what is asked of it.
pub(crate) struct Watched {
    pub(crate) inner: Box<dyn Database>,
    pub(crate) watcher: Watcher,
}

impl Watched {
    fn told<T>(
        &mut self,
        sql: &str,
        rows: impl Fn(&T) -> u64,
        work: impl FnOnce(&mut dyn Database) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let begun = Instant::now();
        let done = work(self.inner.as_mut());
        (self.watcher)(sql, done.as_ref().map_or(0, rows), begun.elapsed());
        done
    }
}

/// An asker whose questions and rows are counted.
struct Counted<'a> {
    asker: &'a mut dyn Asker,
    texts: Vec<String>,
    rows: u64,
}

impl Asker for Counted<'_> {
    fn ready(&mut self) -> Vec<Question> {
        let ready = self.asker.ready();
        self.texts.extend(ready.iter().map(|question| question.sql.clone()));
        ready
    }

    fn take(&mut self, which: usize, row: &[Value]) {
        self.rows += 1;
        self.asker.take(which, row);
    }
}

impl Database for Watched {
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        self.told(sql, |rows| *rows, |inner| inner.run(sql, values))
    }

    fn rows(&mut self, sql: &str, values: &[Value], row: &mut dyn FnMut(&[Value])) -> Result<(), StoreError> {
        let mut rows = 0;
        let work = |inner: &mut dyn Database| {
            inner.rows(sql, values, &mut |read| {
                rows += 1;
                row(read);
            })?;
            Ok(rows)
        };
        self.told(sql, |rows| *rows, work).map(|_| ())
    }

    fn put(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: &[Vec<Value>],
        present: Present,
    ) -> Result<u64, StoreError> {
        let count = rows.len() as u64;
        let sql = format!("INSERT {table}");
        self.told(&sql, |_| count, |inner| inner.put(table, columns, rows, present))
    }

    fn each(
        &mut self,
        question: &str,
        values: &[Value],
        ids: &[i64],
        row: &mut dyn FnMut(&[Value]),
    ) -> Result<(), StoreError> {
        let mut rows = 0;
        let work = |inner: &mut dyn Database| {
            inner.each(question, values, ids, &mut |read| {
                rows += 1;
                row(read);
            })?;
            Ok(rows)
        };
        self.told(question, |rows| *rows, work).map(|_| ())
    }

    fn ask(&mut self, asker: &mut dyn Asker) -> Result<(), StoreError> {
        let begun = Instant::now();
        let mut counted = Counted { asker, texts: Vec::new(), rows: 0 };
        let done = self.inner.ask(&mut counted);
        (self.watcher)(&counted.texts.join("; "), counted.rows, begun.elapsed());
        done
    }

    fn rewrite(&mut self) -> Result<(), StoreError> {
        self.told("REWRITE", |()| 0, |inner| inner.rewrite())
    }

    fn read_ahead(&mut self) -> Result<bool, StoreError> {
        self.told("READ AHEAD", |_| 0, |inner| inner.read_ahead())
    }

    fn stay_awake(&mut self) {
        self.inner.stay_awake();
    }

    fn begin_reading(&mut self) -> Result<(), StoreError> {
        self.told("BEGIN", |()| 0, |inner| inner.begin_reading())
    }

    fn end_reading(&mut self) -> Result<(), StoreError> {
        self.told("COMMIT", |()| 0, |inner| inner.end_reading())
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        self.told("BEGIN", |()| 0, |inner| inner.begin())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.told("COMMIT", |()| 0, |inner| inner.commit())
    }

    fn roll_back(&mut self) {
        self.inner.roll_back();
    }
}
