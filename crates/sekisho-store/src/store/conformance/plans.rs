//! A recall asks a bounded number of questions, and each goes by a key: SQLite says how it answers. They are those that are planned ahead
//! (`warming_up/questions.sql`); `UPDATE_DOCS=1 cargo test -p sekisho-store plans` renews these.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use sekisho_facts::Identity;

use super::asking::{SATO, YAMADA, ask, letter, office, quoting, told};
use super::*;
use crate::database::{EACH, LISTED, Present};

/// Statements of one recall: however much is remembered, no more.
const STATEMENTS_MAX: usize = 60;

/// Questions as they were asked, and the steps by which each is answered.
type Plans = Arc<Mutex<Vec<(String, Vec<String>)>>>;

/// A database that writes down how each question is answered.
struct Watched {
    inner: Box<dyn Database>,
    plans: Plans,
}

impl Watched {
    fn explain(&mut self, sql: &str, values: &[Value]) -> Result<(), StoreError> {
        let mut steps = Vec::new();
        self.inner.rows(
            &format!("EXPLAIN QUERY PLAN {}", sql.replace(EACH, "0").replace(LISTED, "IN (0)")),
            values,
            &mut |row| {
                steps.extend(row.last().and_then(Value::text).map(str::to_owned));
            },
        )?;
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
        self.explain(question, values)?;
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

    fn rewrite(&mut self) -> Result<(), StoreError> {
        self.inner.rewrite()
    }

    fn read_ahead(&mut self) -> Result<bool, StoreError> {
        self.inner.read_ahead()
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
fn every_question_is_listed_and_none_reads_a_table_whole() {
    let home = tempfile::tempdir().unwrap();
    let mut office = office("sqlite", home.path());
    office.learn(&further_past()).unwrap();
    office.confirm(&address("ito@partner.example"), "伊藤 四郎", "佐藤", after(20)).unwrap();
    let Store { database, secret, installed } = office;
    let plans = Plans::default();
    let mut store = Store {
        database: Box::new(Watched { inner: database, plans: Arc::clone(&plans) }),
        secret,
        installed,
    };
    let thread = "In-Reply-To: <answer@test>\r\nReferences: <question@test> <answer@test>\r\n";
    let mut asked = BTreeSet::new();
    for (from, quoted) in [
        ("やまと建材 山田 太郎 <x@evil.example>", OURS),
        ("山田 太郎 <x@evil.example>", OURS),
        (YAMADA, OURS),
        ("ito@partner.example", OURS),
        ("suzuki@second.example", ENGLISH),
    ] {
        plans.lock().unwrap().clear();
        ask(&mut store, Identity::AsContact, &letter(from, thread, &quoting(quoted)));
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
        asked.extend(plans.iter().map(|(sql, _)| sql.clone()));
    }
    let asked: String = asked.iter().map(|question| format!("{question}\n")).collect();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/warming_up/questions.sql");
        fs::write(path, &asked).unwrap();
    } else {
        assert_eq!(asked.lines().collect::<Vec<&str>>(), warming_up::questions().collect::<Vec<&str>>());
    }
}

/// Suzuki wrote to a list, and we answered.
fn further_past() -> [Learnt; 3] {
    let to_list = proven("to-list", after(12), "鈴木 三郎 <suzuki@second.example>", &[SATO]);
    let to_list = Learnt { list: "kenkyu.lists.example".to_owned(), own_text: ENGLISH.to_owned(), ..to_list };
    let answer = answering(mail("answer2", after(13), SATO, &["suzuki@second.example"]), &["to-list"]);
    let answer = Learnt { quoted: vec![ENGLISH.to_owned()], ..answer };
    [to_list, answer, answering(mail("thanks", after(12), SATO, &[YAMADA]), &["answer"])]
}

#[test]
fn everything_is_ready_before_the_first_recall() {
    on_both(|url, home| {
        let mut store = office(url, home);
        if url != "sqlite" {
            assert!(!store.warm_up().unwrap());
            store.database.run("CREATE EXTENSION pg_prewarm", &[]).unwrap();
        }
        drop(store);
        let mut store = Store::open_to_read(url, home, Secret::from_bytes([1; 32])).unwrap();
        assert!(store.warm_up().unwrap());
        let mail = letter(YAMADA, "", &quoting(OURS));
        let ready = ask(&mut store, Identity::AsContact, &mail);
        assert!(ready.quoted.iter().any(|quoted| quoted.sender_was_party), "{ready:?}");
        let mut other = Store::open_to_read(url, home, Secret::from_bytes([1; 32])).unwrap();
        assert_eq!(told(&ready), told(&ask(&mut other, Identity::AsContact, &mail)));
    });
}
