//! People who are forgotten entirely, and who are as they were once they may return.

use super::asking::{MORI, SATO, YAMADA};
use super::*;
use sekisho_facts::Exception;

const SUZUKI: &str = "鈴木 一郎 <suzuki@other.example>";

/// How Yamada's mails came: nobody else's do so.
fn his_ways() -> Ways {
    Ways {
        domains: vec!["partner.example".to_owned()],
        network: "192.0.2".to_owned(),
        mailer: "Becky!".to_owned(),
        language: "ja".to_owned(),
        files: vec!["zip".to_owned()],
        ..Ways::default()
    }
}

/// What went between Sato, Mori, Yamada and Suzuki.
fn mails() -> Vec<Learnt> {
    let suzukis = Ways { language: "ja".to_owned(), mailer: "Outlook".to_owned(), ..Ways::default() };
    vec![
        Learnt { own_text: OURS.to_owned(), ..mail("opened", after(1), SATO, &[YAMADA, MORI]) },
        Learnt {
            ways: his_ways(),
            ..answering(proven("his", after(2), YAMADA, &[SATO, SUZUKI]), &["opened"])
        },
        Learnt {
            list: "friends.partner.example".to_owned(),
            ways: his_ways(),
            ..proven("list", after(3), YAMADA, &[SATO])
        },
        answering(mail("answer", after(4), SATO, &[YAMADA, SUZUKI]), &["opened", "his"]),
        Learnt { ways: suzukis, ..proven("suzuki", after(5), SUZUKI, &[SATO, "Yamada@Partner.example"]) },
        Learnt {
            announces: vec![address("yamada@partner.example"), address("suzuki@new.example")],
            ..proven("announces", after(6), SUZUKI, &[MORI])
        },
        mail("late", after(7), MORI, &[YAMADA]),
    ]
}

/// Everything that is kept of who wrote to whom under what names, whatever numbers the mails have.
fn kept(store: &mut Store) -> Vec<String> {
    let mut all = Vec::new();
    for sql in [
        "SELECT mails.hash, parties.address, parties.role, parties.at, parties.thread FROM parties JOIN mails ON mails.id = parties.mail",
        "SELECT mails.hash, names.address, names.name, names.rank, names.at, names.kind, names.word FROM names JOIN mails ON mails.id = names.mail",
        "SELECT mails.hash, announcements.address, announcements.announcer FROM announcements JOIN mails ON mails.id = announcements.mail",
        "SELECT mails.hash, holders.quoted FROM holders JOIN mails ON mails.id = holders.mail",
        "SELECT hash, sender, at, direction, trust, rank, thread, list, name_key FROM mails",
        "SELECT sender, at, mailer, network, domains, files, language FROM ways",
        "SELECT id, address, organisation, rank, opened, answered, owned, came FROM addresses",
        "SELECT id, word FROM words",
    ] {
        store.database.rows(sql, &[], &mut |row| all.push(format!("{sql}: {row:?}"))).unwrap();
    }
    all.sort_unstable();
    all
}

#[test]
fn who_returns_is_as_before() {
    on_both(|url, home| {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        let [sato, mori, yamada, suzuki] =
            ["sato@midori.example", "mori@midori.example", "yamada@partner.example", "suzuki@other.example"]
                .map(address);
        store.learn(&mails()).unwrap();
        let copy = store.copier(&sato).id(b"bytes");
        store.note_copies(&sato, &[(copy, "answer")]).unwrap();
        let before = kept(&mut store);
        for who in [&yamada, &suzuki] {
            store.forget(who, "sato", after(8)).unwrap();
        }
        // One mail is learned while they are forgotten.
        assert_eq!(store.unlearn(&mori, "late").unwrap().forgotten, 1);
        store.learn(&mails()).unwrap();
        assert_eq!(store.known_copies(&[copy]).unwrap().len(), 1);
        for (who, is_last) in [(&yamada, false), (&suzuki, true)] {
            assert!(!store.has_returning(&sato).unwrap());
            assert!(store.let_return(who).unwrap());
            // In Mori's mailbox, Suzuki received nothing.
            assert!(store.has_returning(&sato).unwrap());
            assert_eq!(store.has_returning(&mori).unwrap(), !is_last);
            assert!(store.known_copies(&[copy]).unwrap().is_empty(), "it is read again");
            assert_eq!(store.returning_copies(&[copy]).unwrap().len(), 1);
            // The mails of a mailbox are looked for once, and made whole where they are met later.
            store.looked_for_returning(&sato).unwrap();
            assert!(!store.has_returning(&sato).unwrap());
            assert_eq!(store.has_returning(&mori).unwrap(), !is_last);
            assert_eq!(store.returning_copies(&[copy]).unwrap().len(), 1);
            store.learn(&mails()).unwrap();
            assert!(!store.has_returning(&mori).unwrap());
            assert_eq!(store.known_copies(&[copy]).unwrap().len(), 1);
            let now = kept(&mut store);
            assert_eq!(now == before, is_last, "{before:#?}\n{now:#?}");
        }
        store.learn(&mails()).unwrap();
        assert_eq!(kept(&mut store), before);
    });
}

/// A mail counts as it was taken, however it looks when it is read again.
#[test]
fn what_is_read_for_who_returns_is_not_judged_anew() {
    on_both(|url, home| {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        store.learn(&mails()).unwrap();
        let before = kept(&mut store);
        let yamada = address("yamada@partner.example");
        store.forget(&yamada, "sato", after(8)).unwrap();
        assert!(store.let_return(&yamada).unwrap());
        let (his, others): (Vec<Learnt>, Vec<Learnt>) =
            mails().into_iter().partition(|mail| ["his", "list"].contains(&mail.key.as_str()));
        let strange = others.into_iter().map(|mail| Learnt {
            trust: Trust::Suspicious,
            direction: Direction::Received,
            at: after(9),
            ..mail
        });
        assert_eq!(store.learn(&strange.collect::<Vec<_>>()).unwrap(), [Learning::Known; 5]);
        store.learn(&his).unwrap();
        assert_eq!(kept(&mut store), before);
    });
}

/// Every text in the database.
fn texts(store: &mut Store) -> Vec<String> {
    let mut all = Vec::new();
    for sql in [
        "SELECT address FROM addresses",
        "SELECT word FROM words",
        "SELECT address, name, author FROM confirmed",
        "SELECT sender, checks, reason, author FROM exceptions",
        "SELECT address, reason FROM legal_holds",
        "SELECT author FROM tombstones",
    ] {
        let mut keep = |row: &[Value]| all.extend(row.iter().filter_map(Value::text).map(str::to_owned));
        store.database.rows(sql, &[], &mut keep).unwrap();
    }
    all
}

#[test]
fn nothing_that_only_they_used_stays_of_somebody_forgotten() {
    on_both(|url, home| {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        store.learn(&mails()).unwrap();
        let yamada = address("yamada@partner.example");
        store.confirm(&yamada, "山田 太郎", "sato", after(7)).unwrap();
        for (id, sender) in (1..).zip(["@partner.example", "@other.example"]) {
            let exception = Exception {
                id,
                sender: sender.to_owned(),
                checks: Vec::new(),
                reason: "新しい担当".to_owned(),
                author: "sato".to_owned(),
                made_at: after(1),
                until_at: after(90),
            };
            store.except(&exception).unwrap();
        }
        let gone = ["partner.example", "192.0.2", "Becky!", "zip", "山田"];
        let found = |store: &mut Store, word: &str| texts(store).iter().any(|text| text.contains(word));
        assert!(gone.iter().all(|word| found(&mut store, word)));
        store.forget(&yamada, "sato", after(8)).unwrap();
        for learned_again in [false, true] {
            if learned_again {
                store.learn(&mails()).unwrap();
            }
            for (word, stays) in gone.iter().map(|word| (*word, false)).chain([
                ("suzuki@other.example", true),
                ("@other.example", true),
                ("suzuki@new.example", true),
                ("ja", true),
                ("Outlook", true),
            ]) {
                assert_eq!(found(&mut store, word), stays, "{word} {learned_again} {:?}", texts(&mut store));
            }
        }
    });
}
