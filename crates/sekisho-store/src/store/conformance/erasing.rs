//! What was forgotten is not in the files any more either.

use super::*;

/// Mails of others, so that the database has many pages.
const OTHERS: i64 = 600;

const FORGOTTEN: &str = "kurihara.n@azuma.example";
const NAME: &str = "栗原 直美";

/// A memory in which somebody has many mails among those of others, and of whom much was deleted and written before.
fn learned(url: &str, home: &Path) -> Store {
    let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
    let who = format!("{NAME} <{FORGOTTEN}>");
    let mut mails = Vec::new();
    for at in 0..OTHERS {
        let other = format!("人{at} <other{at}@b{at}.example>");
        mails.push(mail(&format!("o{at}"), day(at), &other, &["sato@midori.example", &who]));
        mails.push(mail(&format!("k{at}"), day(at), &who, &["mori@midori.example"]));
    }
    for some in mails.chunks(100) {
        store.learn(some).unwrap();
    }
    store
}

/// Which of `texts` are in a file of the home.
fn found<'t>(home: &Path, texts: &[&'t str]) -> Vec<&'t str> {
    let files = fs::read_dir(home).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    let all: Vec<u8> = files.flatten().collect();
    let is_in = |text: &&&str| all.windows(text.len()).any(|window| window == text.as_bytes());
    texts.iter().filter(is_in).copied().collect()
}

#[test]
fn nothing_of_a_person_who_was_forgotten_is_in_the_files() {
    on_both(|url, home| {
        let mut store = learned(url, home);
        let (texts, kept) = ([FORGOTTEN, "kurihara", NAME], "other7@b7.example");
        if url == "sqlite" {
            assert_eq!(found(home, &texts), texts);
        }
        store.forget(&address(FORGOTTEN), "担当", after(1)).unwrap();
        store.erase().unwrap();
        assert_eq!(found(home, &texts), [""; 0], "while it is open");
        drop(store);
        assert_eq!(found(home, &texts), [""; 0]);
        assert!(url != "sqlite" || found(home, &[kept]) == [kept]);
    });
}

#[test]
fn nothing_of_a_mailbox_that_was_unlearned_is_in_the_files() {
    on_both(|url, home| {
        let mut store = learned(url, home);
        store.unlearn_since(i64::MIN, Some(&address("sato@midori.example"))).unwrap();
        store.erase().unwrap();
        drop(store);
        assert_eq!(found(home, &["other7@b7.example", "other300"]), [""; 0]);
        assert!(url != "sqlite" || found(home, &[FORGOTTEN]) == [FORGOTTEN]);
    });
}

#[test]
fn nothing_of_a_memory_that_was_started_over_is_in_the_files() {
    on_both(|url, home| {
        drop(learned(url, home));
        let secret = Secret::from_bytes([2; 32]);
        let (mut store, _) = Store::start_over(url, home, secret, Copy::NotKept).unwrap();
        store.erase().unwrap();
        drop(store);
        assert_eq!(found(home, &[FORGOTTEN, NAME, "other7@b7.example"]), [""; 0]);
    });
}

#[test]
fn rewriting_is_owed_until_nobody_reads() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let mut store = learned("sqlite", home);
    let reader = rusqlite::Connection::open(home.join("sekisho.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT COUNT(*) FROM mails;").unwrap();
    store.forget(&address(FORGOTTEN), "担当", after(1)).unwrap();
    assert!(matches!(store.erase(), Err(StoreError::InUse)));
    assert_eq!(found(home, &[FORGOTTEN]), [FORGOTTEN]);
    reader.execute_batch("COMMIT").unwrap();
    drop(store);
    let mut store = Store::open("sqlite", home, Secret::from_bytes([1; 32])).unwrap();
    store.erase().unwrap();
    drop(reader);
    drop(store);
    assert_eq!(found(home, &[FORGOTTEN]), [""; 0]);
}
