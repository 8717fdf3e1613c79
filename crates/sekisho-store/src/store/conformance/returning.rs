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
