//! Two learners at once, one that is killed, a disk that is full: nothing is lost and nothing counted twice.

use super::asking::{SATO, YAMADA};
use super::*;

fn secret() -> Secret {
    Secret::from_bytes([1; 32])
}

fn mails(count: i64) -> Vec<Learnt> {
    let text = |at: i64| format!("{at}件目のご相談です。{OURS}{at}");
    (0..count)
        .map(|at| Learnt { own_text: text(at), ..proven(&format!("k{at}"), after(at), YAMADA, &[SATO]) })
        .collect()
}

#[test]
fn two_learners_count_nothing_twice() {
    on_both(|url, home| {
        Store::open(url, home, secret()).unwrap();
        let all = mails(60);
        let new: usize = std::thread::scope(|scope| {
            let learners: Vec<_> = (0..2)
                .map(|_| {
                    scope.spawn(|| {
                        let mut store = Store::open(url, home, secret()).unwrap();
                        let learned = all.chunks(7).map(|some| store.learn(some).unwrap());
                        learned.flatten().filter(|learned| *learned == Learning::New).count()
                    })
                })
                .collect();
            learners.into_iter().map(|learner| learner.join().unwrap()).sum()
        });
        assert_eq!(new, 60);
        let summary = Store::open(url, home, secret()).unwrap().summary().unwrap();
        assert_eq!(summary.mailboxes[0].mails, 60);
    });
}

#[test]
fn a_killed_learner_leaves_what_was_whole() {
    on_both(|url, home| {
        let all = mails(20);
        let (first, second) = all.split_at(10);
        let mut store = Store::open(url, home, secret()).unwrap();
        store.learn(first).unwrap();
        // Killed in the middle of the second step: the connection ends without a commit.
        let mut dying = database::open(url, home, &secret(), Access::Write).unwrap();
        dying.begin().unwrap();
        learning::learn(dying.as_mut(), &secret(), &second[..1], 0).unwrap();
        drop(dying);
        assert!(!store.knows(&second[0].mailbox, &second[0].key).unwrap());
        assert_eq!(
            store.learn(&all).unwrap().iter().filter(|learned| **learned == Learning::New).count(),
            10
        );
        assert_eq!(store.summary().unwrap().mailboxes[0].mails, 20);
    });
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut store = Store::open("sqlite", home.path(), secret()).unwrap();
    let all = mails(200);
    store.learn(&all[..20]).unwrap();
    // As many pages as there are, and a few more.
    let pages = store.database.one("PRAGMA page_count", &[]).unwrap().unwrap().int().unwrap();
    store.database.one(&format!("PRAGMA max_page_count = {}", pages + 4), &[]).unwrap();
    let error = store.learn(&all).unwrap_err();
    assert!(matches!(error, StoreError::Full), "{error}");
    assert_eq!(store.summary().unwrap().mailboxes[0].mails, 20);
    store.database.one("PRAGMA max_page_count = 1000000", &[]).unwrap();
    assert_eq!(store.learn(&all).unwrap().iter().filter(|learned| **learned == Learning::New).count(), 180);
    assert_eq!(store.summary().unwrap().mailboxes[0].mails, 200);
}

#[test]
fn a_server_that_went_is_told_from_one_that_refuses() {
    on_both(|url, home| {
        if url == "sqlite" {
            return;
        }
        let mut store = Store::open(url, home, secret()).unwrap();
        let mut other = database::open(url, home, &secret(), Access::Write).unwrap();
        let end = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database() AND $1 = 0";
        other.one(end, &[Value::Int(0)]).unwrap();
        let error = store.learn(&mails(1)).unwrap_err();
        assert!(matches!(error, StoreError::Lost), "{error:?}");
        let mut again = Store::open(url, home, secret()).unwrap();
        assert_eq!(again.learn(&mails(1)).unwrap(), [Learning::New]);
    });
}
