//! A recall asks a bounded number of questions, and each goes by a key: SQLite says how it answers.

use std::sync::{Arc, Mutex};

use sekisho_facts::Identity;

use super::asking::{YAMADA, ask, letter, office, quoting};
use super::*;
use crate::database::{EACH, Present};

/// Statements of one recall: however much is remembered, no more.
const STATEMENTS_MAX: usize = 60;

/// Statements and the steps by which each is answered.
type Plans = Arc<Mutex<Vec<(String, Vec<String>)>>>;

/// A database that writes down how each question is answered.
struct Watched {
    inner: Box<dyn Database>,
    plans: Plans,
}

impl Watched {
    fn explain(&mut self, sql: &str, values: &[Value]) -> Result<(), StoreError> {
        let mut steps = Vec::new();
        self.inner.rows(&format!("EXPLAIN QUERY PLAN {sql}"), values, &mut |row| {
            steps.extend(row.last().and_then(Value::text).map(str::to_owned));
        })?;
        self.plans.lock().unwrap().push((sql.to_owned(), steps));
        Ok(())
    }
}

impl Database for Watched {
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        self.inner.run(sql, values)
    }

    fn rows(&mut self, sql: &str, values: &[Value], row: &mut dyn FnMut(&[Value])) -> Result<(), StoreError> {
        self.explain(sql, values)?;
        self.inner.rows(sql, values, row)
    }

    fn each(
        &mut self,
        question: &str,
        values: &[Value],
        ids: &[i64],
        row: &mut dyn FnMut(&[Value]),
    ) -> Result<(), StoreError> {
        self.explain(&question.replace(EACH, "0"), values)?;
        self.inner.each(question, values, ids, row)
    }

    fn put(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: &[Vec<Value>],
        present: Present,
    ) -> Result<u64, StoreError> {
        self.inner.put(table, columns, rows, present)
    }

    fn begin_reading(&mut self) -> Result<(), StoreError> {
        self.inner.begin_reading()
    }

    fn end_reading(&mut self) -> Result<(), StoreError> {
        self.inner.end_reading()
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        self.inner.begin()
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.inner.commit()
    }

    fn roll_back(&mut self) {
        self.inner.roll_back();
    }
}

#[test]
fn no_question_reads_a_table_whole() {
    let home = tempfile::tempdir().unwrap();
    let Store { database, secret, installed } = office("sqlite", home.path());
    let plans = Plans::default();
    let mut store = Store {
        database: Box::new(Watched { inner: database, plans: Arc::clone(&plans) }),
        secret,
        installed,
    };
    let thread = "In-Reply-To: <answer@test>\r\nReferences: <question@test> <answer@test>\r\n";
    for from in ["やまと建材 山田 太郎 <x@evil.example>", YAMADA, "ito@partner.example"] {
        plans.lock().unwrap().clear();
        ask(&mut store, Identity::AsContact, &letter(from, thread, &quoting(OURS)));
        let plans = plans.lock().unwrap();
        assert!(plans.len() <= STATEMENTS_MAX, "{} statements", plans.len());
        let tables = [
            "mails",
            "ways",
            "parties",
            "names",
            "addresses",
            "words",
            "holders",
            "texts",
            "anchors",
            "announcements",
            "uses",
        ];
        for (sql, steps) in plans.iter() {
            for step in steps {
                let is_whole = tables.iter().any(|table| step.starts_with(&format!("SCAN {table}")));
                // The first mails of all, to see whether there are enough.
                assert!(!is_whole || sql.contains("LIMIT 50"), "{step}: {sql}");
            }
        }
    }
}
