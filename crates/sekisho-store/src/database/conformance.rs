//! What both databases must do alike, run on SQLite and on a real PostgreSQL that the test starts on a free port.

use std::path::Path;

use super::*;
use crate::server::on_both;

#[test]
fn both_do_what_is_asked() {
    on_both(|url, home| {
        conforms(url, home);
        assert_eq!(home.join("sekisho.db").is_file(), url == "sqlite");
    });
}

#[test]
fn many_may_make_a_new_file_at_once() {
    for _ in 0..50 {
        let home = tempfile::tempdir().unwrap();
        let start = std::sync::Barrier::new(8);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    start.wait();
                    let opened = open("sqlite", home.path(), &Secret::from_bytes([1; 32]), Access::Write);
                    assert!(opened.is_ok(), "{}", opened.err().unwrap());
                });
            }
        });
    }
}

fn conforms(url: &str, home: &Path) {
    let secret = Secret::from_bytes([1; 32]);
    let mut database = open(url, home, &secret, Access::Write).unwrap();
    let database = database.as_mut();
    values_come_back(database);
    rows_are_put_in_once(database);
    nothing_of_a_failed_step_is_kept(database);
    writers_take_turns(database, url, home);
    let error = open(url, home, &Secret::from_bytes([2; 32]), Access::Write).err().unwrap();
    assert!(matches!(error, StoreError::OtherSecret { .. }), "{error}");
    open(url, home, &secret, Access::Write).unwrap();
    database.run("INSERT INTO versions (version) VALUES ($1)", &[Value::Int(1_000)]).unwrap();
    let error = open(url, home, &secret, Access::Write).err().unwrap().to_string();
    assert!(error.contains("of version 1000, this program knows"), "{error}");
}

fn values_come_back(database: &mut dyn Database) {
    database.run("CREATE TABLE things (id BIGINT PRIMARY KEY, words TEXT, bytes BYTEA)", &[]).unwrap();
    let rows = [
        vec![Value::Int(i64::MIN), Value::Text("関所 'or' $1".to_owned()), Value::Bytes(vec![0, 255, b'\''])],
        vec![Value::Int(i64::MAX), Value::Null, Value::Null],
    ];
    assert_eq!(database.insert("things", &["id", "words", "bytes"], &rows).unwrap(), 2);
    let mut read = Vec::new();
    let sql = "SELECT id, words, bytes FROM things WHERE id <> $1 ORDER BY id";
    database.rows(sql, &[Value::Int(0)], &mut |row| read.push(row.to_vec())).unwrap();
    assert_eq!(read, rows);
}

fn rows_are_put_in_once(database: &mut dyn Database) {
    const WORDS: &str = "SELECT words FROM things WHERE id = $1";
    let rows: Vec<Vec<Value>> = (0..40_000).map(|id| vec![Value::Int(id)]).collect();
    assert_eq!(database.insert("things", &["id"], &rows).unwrap(), 40_000);
    assert_eq!(database.insert("things", &["id"], &rows).unwrap(), 0);
    assert_eq!(database.insert("things", &["id"], &[]).unwrap(), 0);
    let words = |words: &str| vec![Value::Int(1), Value::Text(words.to_owned())];
    database.insert("things", &["id", "words"], &[words("kept")]).unwrap();
    assert_eq!(database.one(WORDS, &[Value::Int(1)]).unwrap(), Some(Value::Null));
    database.replace("things", &["id", "words"], &[words("new"), vec![Value::Int(-1), Value::Null]]).unwrap();
    assert_eq!(database.one(WORDS, &[Value::Int(1)]).unwrap(), Some(Value::from("new")));
    assert_eq!(database.one(WORDS, &[Value::Int(-1)]).unwrap(), Some(Value::Null));
    let changed =
        database.run("DELETE FROM things WHERE id >= $1 AND id < $2", &[Value::Int(0), Value::Int(40_000)]);
    assert_eq!(changed.unwrap(), 40_000);
}

fn nothing_of_a_failed_step_is_kept(database: &mut dyn Database) {
    let failed = database.whole(|database| {
        database.insert("things", &["id"], &[vec![Value::Int(7)]])?;
        database.run("INSERT INTO nowhere (id) VALUES ($1)", &[Value::Int(7)])
    });
    assert!(matches!(failed, Err(StoreError::Refused(_))));
    assert_eq!(database.one("SELECT id FROM things WHERE id = $1", &[Value::Int(7)]).unwrap(), None);
    database.whole(|database| database.insert("things", &["id"], &[vec![Value::Int(7)]])).unwrap();
    assert_eq!(
        database.one("SELECT id FROM things WHERE id = $1", &[Value::Int(7)]).unwrap(),
        Some(Value::Int(7))
    );
}

fn writers_take_turns(database: &mut dyn Database, url: &str, home: &Path) {
    const STEPS: i64 = 50;
    database.run("CREATE TABLE counter (id BIGINT PRIMARY KEY, count BIGINT)", &[]).unwrap();
    database.insert("counter", &["id", "count"], &[vec![Value::Int(1), Value::Int(0)]]).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut own = open(url, home, &Secret::from_bytes([1; 32]), Access::Write).unwrap();
                for _ in 0..STEPS {
                    own.whole(|database| {
                        let count =
                            database.one("SELECT count FROM counter WHERE id = $1", &[Value::Int(1)])?;
                        let next = count.as_ref().and_then(Value::int).unwrap_or(0) + 1;
                        database.run(
                            "UPDATE counter SET count = $1 WHERE id = $2",
                            &[Value::Int(next), Value::Int(1)],
                        )
                    })
                    .unwrap();
                }
            });
        }
    });
    let count = database.one("SELECT count FROM counter WHERE id = $1", &[Value::Int(1)]).unwrap();
    assert_eq!(count, Some(Value::Int(3 * STEPS)));
}
