//! Contacts and how far they are trusted, what people say about them, and forgetting them.

use sekisho_facts::{Exception, Identity, Standing};

use super::asking::{SATO, YAMADA, ask, letter, office, quoting, told};
use super::*;

fn contact(store: &mut Store, text: &str, as_of: Option<i64>) -> Option<Contact> {
    let search = Search { text: text.to_owned(), ..Search::default() };
    let mut found = store.contacts(&search, as_of).unwrap();
    assert!(found.len() < 2, "{found:#?}");
    found.pop()
}

fn standing(store: &mut Store, text: &str) -> Option<Standing> {
    contact(store, text, None).map(|contact| contact.standing)
}

/// Letters from somebody and our answers to each: key, when, and whether the letters are authenticated.
fn exchanged(who: &str, moments: &[i64], is_proven: bool) -> Vec<Learnt> {
    let mut mails = Vec::new();
    for (number, at) in moments.iter().enumerate() {
        let (key, answer) = (format!("{who}{number}"), format!("{who}{number}a"));
        let from = format!("{who}@a.example");
        let letter = mail(&key, *at, &from, &[SATO]);
        mails.push(if is_proven { Learnt { trust: Trust::Authenticated, ..letter } } else { letter });
        mails.push(answering(mail(&answer, *at, SATO, &[&from]), &[&key]));
    }
    mails
}

/// Who wrote what, and what they are then.
fn histories() -> Vec<(&'static str, Option<Standing>, Vec<Learnt>)> {
    let often = (0..30).map(|at| proven(&format!("often{at}"), after(at), "often@a.example", &[SATO]));
    let later = answering(proven("one3", after(40), "one@a.example", &[SATO]), &["one0"]);
    let one = exchanged("one", &[after(1)], true).into_iter().chain([later]);
    let quoting =
        Learnt { quoted: vec![OURS.to_owned()], ..mail("q", after(1), SATO, &["quoting@a.example"]) };
    let suspicious =
        Learnt { trust: Trust::Suspicious, ..mail("s", after(1), "suspicious@a.example", &[SATO]) };
    vec![
        ("nobody", None, vec![]),
        ("often", Some(Standing::Met), often.collect()),
        ("one", Some(Standing::Answered), one.collect()),
        ("hasty", Some(Standing::Answered), exchanged("hasty", &[after(0), after(1), after(2)], true)),
        ("lasting", Some(Standing::Known), exchanged("lasting", &[after(0), after(20)], true)),
        ("forged", Some(Standing::Met), exchanged("forged", &[after(0), after(20)], false)),
        ("old", Some(Standing::Historic), exchanged("old", &[day(0), day(1)], false)),
        ("once", Some(Standing::Answered), exchanged("once", &[day(0)], false)),
        ("written-to", Some(Standing::Known), vec![mail("w", after(1), SATO, &["written-to@a.example"])]),
        ("quoting", Some(Standing::Met), vec![quoting]),
        ("suspicious", None, vec![suspicious]),
    ]
}

#[test]
fn contacts_are_found_by_their_names_however_they_are_written() {
    on_both(|url, home| {
        let mut store = office(url, home);
        for text in ["山田 太郎", "山田太郎様", "太郎", "yamada@", "ｙａｍａｄａ＠", "ＹＡＭＡ", "ヤマダ"]
        {
            let found = contact(&mut store, text, None);
            assert_eq!(found.is_some(), text != "ヤマダ", "{text}");
        }
    });
}

#[test]
fn trust_is_earned() {
    on_both(|url, home| {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        for (_, _, mails) in histories() {
            store.learn(&mails).unwrap();
        }
        for (who, expected, _) in histories() {
            assert_eq!(standing(&mut store, &format!("{who}@")), expected, "{who}");
        }
        // The newest mails of a forger hide nothing of what is proven.
        let forged = |at: i64| mail(&format!("x{at}"), after(400 + at), "lasting@a.example", &[SATO]);
        store.learn(&(0..300).map(forged).collect::<Vec<_>>()).unwrap();
        assert_eq!(standing(&mut store, "lasting@"), Some(Standing::Known));
    });
}

#[test]
fn a_contact_is_a_view_over_its_mails() {
    on_both(|url, home| {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        let ways = |mailer: &str, files: &[&str], locked: bool| Ways {
            domains: vec!["partner.example".to_owned()],
            network: "192.0.2".to_owned(),
            mailer: mailer.to_owned(),
            language: "ja".to_owned(),
            files: files.iter().map(|file| (*file).to_owned()).collect(),
            has_locked_file: locked,
            has_link: false,
        };
        let mails = [
            Learnt { ways: ways("Becky!", &["pdf", "zip"], true), ..proven("1", after(1), YAMADA, &[SATO]) },
            Learnt { ways: ways("Becky!", &["pdf"], false), ..proven("2", after(2), YAMADA, &[SATO]) },
            Learnt {
                ways: ways("Outlook", &[], false),
                ..proven("3", after(3), "山田 <yamada@partner.example>", &[SATO])
            },
            // A forger's ways are not his.
            Learnt { ways: ways("Forger", &["iso"], false), ..mail("4", after(4), YAMADA, &[SATO]) },
            mail("5", after(5), SATO, &["Yamada@Partner.example"]),
        ];
        store.learn(&mails).unwrap();
        // The same mail in a colleague's mailbox is one mail, where nothing proves it, too.
        let moris = |mail: &Learnt| Learnt { mailbox: address("mori@midori.example"), ..mail.clone() };
        store.learn(&[moris(&mails[0])]).unwrap();
        store.learn(&[Learnt { trust: Trust::Unproven, ..moris(&mails[1]) }]).unwrap();
        let found = contact(&mut store, "yamada@", None).unwrap();
        assert_eq!((found.received, found.authenticated, found.sent), (4, 3, 1));
        assert_eq!((found.first_at, found.last_at), (after(1), after(5)));
        assert_eq!(found.names, ["山田 太郎", "山田"]);
        let habits = |habits: &[sekisho_facts::Habit]| -> Vec<(String, u32)> {
            habits.iter().map(|habit| (habit.value.clone(), habit.mails)).collect()
        };
        assert_eq!(habits(&found.habits.mailers), [("Becky!".to_owned(), 2), ("Outlook".to_owned(), 1)]);
        assert_eq!(habits(&found.habits.files), [("pdf".to_owned(), 2), ("zip".to_owned(), 1)]);
        assert_eq!((found.habits.mails, found.habits.locked, found.habits.links), (3, 1, 0));

        let then = contact(&mut store, "山田", Some(after(2))).unwrap();
        assert_eq!((then.received, then.sent, then.standing), (2, 0, Standing::Met));
        let moris = Search { mailbox: Some(address("mori@midori.example")), ..Search::default() };
        let of_mori = store.contacts(&moris, None).unwrap();
        assert_eq!(
            of_mori
                .iter()
                .map(|contact| (contact.address.as_str(), contact.received, contact.sent))
                .collect::<Vec<_>>(),
            [("yamada@partner.example", 2, 0)]
        );

        let since = store.unlearn_since(after(4), Some(&address("sato@midori.example"))).unwrap();
        assert_eq!(since, Withdrawn { forgotten: 2, held: 0 });
        assert!(store.knows(&address("sato@midori.example"), "3").unwrap());
        assert!(!store.knows(&address("sato@midori.example"), "4").unwrap());
        let found = contact(&mut store, "yamada@", None).unwrap();
        assert_eq!((found.received, found.sent), (3, 0));
        let summary = store.summary().unwrap();
        assert_eq!(
            summary
                .mailboxes
                .iter()
                .map(|one| (one.mailbox.as_str(), one.mails, one.sent, one.authenticated))
                .collect::<Vec<_>>(),
            [("mori@midori.example", 2, 0, 1), ("sato@midori.example", 3, 0, 3)]
        );
        assert_eq!(store.unlearn_since(0, None).unwrap().forgotten, 5);
        assert_eq!(contact(&mut store, "yamada@", None), None);
        for table in ["addresses", "words"] {
            let left = store.database.one(&format!("SELECT COUNT(*) FROM {table}"), &[]).unwrap();
            assert_eq!(left, Some(Value::Int(0)), "{table}");
        }
    });
}

#[test]
fn what_nothing_proves_leaves_the_habits_alone() {
    on_both(|url, home| {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        let from = |who: &str, mailer: &str, days: std::ops::Range<i64>, trust: Trust| -> Vec<Learnt> {
            let ways = Ways { mailer: mailer.to_owned(), ..Ways::default() };
            let letter = |number: i64| {
                mail(&format!("{who}{number}"), day(number), &format!("{who}@a.example"), &[SATO])
            };
            days.map(|number| Learnt { ways: ways.clone(), trust, ..letter(number) }).collect()
        };
        let (proven, unproven) = (Trust::Authenticated, Trust::Unproven);
        for mails in [
            // One forged mail, or as many as there are true ones, among mail that is proven.
            [from("one", "Becky!", 0..12, proven), from("one", "Forger", 12..13, unproven)],
            [from("many", "Becky!", 0..12, proven), from("many", "Forger", 12..24, unproven)],
            [from("few", "Becky!", 0..5, proven), from("few", "Forger", 5..6, unproven)],
            // An old archive, and proof since the servers write down what they found.
            [from("begun", "Becky!", 0..20, unproven), from("begun", "Outlook", 20..22, proven)],
            [from("long", "Becky!", 0..20, unproven), from("long", "Outlook", 20..30, proven)],
            // Nothing is proven, or most mails never are.
            [from("old", "Becky!", 0..20, unproven), Vec::new()],
            [from("mixed", "Becky!", 0..5, proven), from("mixed", "Phone", 5..11, unproven)],
        ] {
            store.learn(&mails.concat()).unwrap();
        }
        let mut told = Vec::new();
        for who in ["one", "many", "few", "begun", "long", "old", "mixed"] {
            let habits = contact(&mut store, &format!("{who}@"), None).unwrap().habits;
            let mailers = habits.mailers.iter().map(|one| format!("{}:{}", one.value, one.mails));
            told.push(format!("{who} {}: {}", habits.mails, mailers.collect::<Vec<_>>().join(" ")));
        }
        assert_eq!(
            told,
            [
                "one 12: Becky!:12",
                "many 12: Becky!:12",
                "few 5: Becky!:5",
                "begun 22: Becky!:20 Outlook:2",
                "long 10: Outlook:10",
                "old 20: Becky!:20",
                "mixed 11: Phone:6 Becky!:5",
            ]
        );
    });
}

#[test]
fn a_person_confirms_imports_and_excepts() {
    on_both(|url, home| {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        let people = [person(YAMADA), person("鈴木 一郎 <suzuki@partner.example>"), person(YAMADA)];
        assert_eq!(store.import(&people, "partners.csv", after(1)).unwrap().new, 2);
        store.confirm(&address("new@other.example"), "", "sato", after(5)).unwrap();
        assert_eq!(standing(&mut store, "suzuki"), Some(Standing::Confirmed));
        assert_eq!(contact(&mut store, "鈴木", None).unwrap().names, ["鈴木 一郎"]);
        assert_eq!(standing(&mut store, "new@"), Some(Standing::Confirmed));
        assert_eq!(contact(&mut store, "new@", Some(after(4))), None);
        let by = |store: &mut Store, who: &str, as_of| -> Vec<String> {
            let all = store.confirmations(&address(who), as_of).unwrap();
            all.into_iter()
                .map(|one| format!("{} by {} on {}", one.name, one.author, one.at - after(0)))
                .collect()
        };
        assert_eq!(by(&mut store, "Yamada@partner.example", None), ["山田 太郎 by partners.csv on 86400"]);
        assert_eq!(by(&mut store, "new@other.example", Some(after(4))), [""; 0]);

        let exception = Exception {
            id: 0,
            sender: "@Partner.example".to_owned(),
            checks: vec!["first-contact-brings".to_owned()],
            reason: "新しい担当の方々".to_owned(),
            author: "sato".to_owned(),
            made_at: after(1),
            until_at: after(10),
        };
        let id = store.except(&exception).unwrap();
        let wrong =
            |sender: &str, until_at| Exception { sender: sender.to_owned(), until_at, ..exception.clone() };
        for sender in ["partner.example", "@", "@co.jp", "@com", "@a b.example", "@a@b.example"] {
            let refused = store.except(&wrong(sender, after(10)));
            assert!(matches!(refused, Err(StoreError::NotASender(_))), "{sender}");
        }
        assert!(matches!(store.except(&wrong("a@b.example", after(1))), Err(StoreError::Expired)));
        let kept = store.exceptions(after(2)).unwrap();
        assert_eq!(kept, [Exception { id, sender: "@partner.example".to_owned(), ..exception.clone() }]);
        assert_eq!(store.exceptions(after(0)).unwrap(), []);
        assert_eq!(store.exceptions(after(10)).unwrap(), []);
        assert!(store.withdraw_exception(id, "mori", after(5)).unwrap());
        assert!(!store.withdraw_exception(id, "mori", after(6)).unwrap());
        assert_eq!(store.exceptions(after(5)).unwrap(), []);
        assert_eq!(store.exceptions(after(4)).unwrap().len(), 1);
    });
}

#[test]
fn a_person_is_forgotten_for_good() {
    on_both(|url, home| {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        let mails = [
            Learnt {
                own_text: OURS.to_owned(),
                ..mail("1", after(1), SATO, &[YAMADA, "mori@midori.example"])
            },
            Learnt { own_text: ANSWER.to_owned(), ..proven("2", after(2), YAMADA, &[SATO]) },
        ];
        store.learn(&mails).unwrap();
        store.confirm(&address("yamada@partner.example"), "山田 太郎", "sato", after(3)).unwrap();
        let yamada = address("Yamada@partner.example");
        store.hold_legally(Some(&yamada), "訴訟", "mori", after(3)).unwrap();
        let refused = store.forget(&yamada, "sato", after(4)).unwrap_err();
        assert!(matches!(refused, StoreError::LegallyHeld(_)), "{refused}");
        assert_eq!(store.legal_holds().unwrap()[0].reason, "訴訟");
        assert!(store.release_legally(Some(&yamada)).unwrap());
        store.hold_legally(None, "監査", "mori", after(3)).unwrap();
        assert!(store.forget(&yamada, "sato", after(4)).is_err());
        assert!(store.release_legally(None).unwrap());

        let forgotten = store.forget(&yamada, "sato", after(4)).unwrap();
        assert_eq!((forgotten.mails, forgotten.received), (1, 1));
        for again in [Learning::Forgotten, Learning::Known] {
            assert_eq!(contact(&mut store, "yamada", None), None);
            assert_eq!(contact(&mut store, "山田", None), None);
            assert_eq!(store.conversations(ANSWER, None).unwrap(), []);
            let ours = store.conversations(OURS, None).unwrap();
            assert_eq!(ours[0].parties, ["mori@midori.example", "sato@midori.example"]);
            // Learning again does not bring them back; the mail counts as learned.
            assert_eq!(store.learn(&mails).unwrap(), [Learning::Known, again]);
            assert!(store.knows(&address("sato@midori.example"), "2").unwrap());
        }
        assert_eq!(store.summary().unwrap().tombstones, 1);
    });
}

#[test]
fn somebody_forgotten_is_not_brought_back_by_a_list_or_a_word() {
    on_both(|url, home| {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        let yamada = address("yamada@partner.example");
        store.forget(&yamada, "sato", after(1)).unwrap();
        let people = [
            person("山田 太郎 <Yamada@Partner.example>"),
            person("鈴木 一郎 <suzuki@partner.example>"),
            person(YAMADA),
        ];
        let taken = store.import(&people, "partners.csv", after(2)).unwrap();
        let forgotten: Vec<String> = taken.forgotten.iter().map(ToString::to_string).collect();
        assert_eq!((taken.new, forgotten.as_slice()), (1, &["Yamada@partner.example".to_owned()][..]));
        let confirmed = store.confirm(&yamada, "山田 太郎", "sato", after(2)).unwrap();
        assert_eq!(confirmed.forgotten.as_slice(), std::slice::from_ref(&yamada));
        assert_eq!(contact(&mut store, "yamada", None), None);
        assert_eq!(contact(&mut store, "山田", None), None);
        store.let_return(&yamada).unwrap();
        assert_eq!(store.confirm(&yamada, "山田 太郎", "sato", after(3)).unwrap().new, 1);
        assert_eq!(standing(&mut store, "yamada"), Some(Standing::Confirmed));
    });
}

#[test]
fn of_somebody_forgotten_it_is_not_known_what_they_took_part_in() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let answer = letter(YAMADA, "In-Reply-To: <question@test>\r\n", &quoting(OURS));
        let stranger = letter("x@evil.example", "", &quoting(OURS));
        store.forget(&address("yamada@partner.example"), "sato", after(90)).unwrap();
        for (mail, may_know) in [(answer, true), (stranger, false)] {
            let relations = ask(&mut store, Identity::AsContact, &mail);
            assert!(!relations.quoted.is_empty());
            let all = relations.quoted.iter().map(|one| one.sender_may_know);
            let all = all.chain(relations.answered.iter().map(|one| one.sender_may_know));
            assert!(all.clone().all(|may| may == may_know), "{mail}: {}", told(&relations));
        }
    });
}

/// As in a folder that nobody may write: something stands where SQLite would put its own file.
#[test]
fn a_file_is_read_where_nothing_can_be_written_beside_it() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path().join("名前 #1");
    std::fs::create_dir(&home).unwrap();
    let secret = || Secret::from_bytes([1; 32]);
    Store::open("sqlite", &home, secret()).unwrap().learn(&[mail("1", after(1), SATO, &[YAMADA])]).unwrap();
    std::fs::create_dir(home.join("sekisho.db-shm")).unwrap();
    let mut store = Store::open_to_read("sqlite", &home, secret()).unwrap();
    assert_eq!(standing(&mut store, "yamada"), Some(Standing::Known));
}

#[test]
fn a_damaged_file_is_called_damaged() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("sekisho.db"), "this is no database".repeat(1_000)).unwrap();
    let refused = Store::open_to_read("sqlite", home.path(), Secret::from_bytes([1; 32])).err().unwrap();
    assert!(matches!(refused, StoreError::Damaged), "{refused}");
}

#[test]
fn a_lost_key_is_mended_by_learning_again() {
    on_both(|url, home| {
        let (old, new) = (Secret::from_bytes([1; 32]), Secret::from_bytes([2; 32]));
        let mails = [Learnt { own_text: OURS.to_owned(), ..mail("1", after(1), SATO, &[YAMADA]) }];
        let mut store = Store::open(url, home, old).unwrap();
        store.learn(&mails).unwrap();
        store.confirm(&address("yamada@partner.example"), "山田 太郎", "sato", after(3)).unwrap();
        store.forget(&address("gone@partner.example"), "sato", after(3)).unwrap();
        store.hold_legally(Some(&address("yamada@partner.example")), "訴訟", "mori", after(4)).unwrap();
        drop(store);
        assert!(matches!(Store::open(url, home, new.clone()), Err(StoreError::OtherSecret { .. })));
        let before = Store::before_starting_over(url, home).unwrap();
        let refused = Store::start_over(url, home, new.clone(), Copy::NotKept).err().unwrap();
        assert!(
            matches!(&refused, StoreError::LegallyHeld(Some(who)) if who == "yamada@partner.example"),
            "{refused}"
        );
        assert_eq!(Store::before_starting_over(url, home).unwrap(), before, "nothing was changed");
        let (mut store, done) = Store::start_over(url, home, new.clone(), Copy::Kept).unwrap();
        assert_eq!(done, before);
        assert_eq!((done.mails, done.confirmed, done.exceptions, done.legal_holds), (1, 1, 0, 1));
        assert_eq!(done.tombstones, [Tombstone { author: "sato".to_owned(), at: after(3) }]);
        assert_eq!(store.legal_holds().unwrap().len(), 1);
        assert_eq!(standing(&mut store, "yamada"), Some(Standing::Confirmed));
        assert_eq!(store.conversations(OURS, None).unwrap(), []);
        assert_eq!(store.learn(&mails).unwrap(), [Learning::New]);
        assert_eq!(store.conversations(OURS, None).unwrap().len(), 1);
        drop(store);
        Store::open(url, home, new).unwrap();
    });
}

#[test]
fn what_is_opened_to_read_stays_as_it_is() {
    on_both(|url, home| {
        let secret = || Secret::from_bytes([1; 32]);
        let missing = Store::open_to_read(url, home, secret()).err().unwrap();
        assert!(matches!(missing, StoreError::NotThere(_)), "{missing}");
        Store::open(url, home, secret()).unwrap().learn(&[mail("1", after(1), SATO, &[YAMADA])]).unwrap();
        let mut store = Store::open_to_read(url, home, secret()).unwrap();
        assert_eq!(standing(&mut store, "yamada"), Some(Standing::Known));
        assert!(store.learn(&[mail("2", after(2), SATO, &[YAMADA])]).is_err());
        assert!(store.confirm(&address("a@b.example"), "", "sato", 0).is_err());
        assert!(matches!(
            Store::open_to_read(url, home, Secret::from_bytes([2; 32])),
            Err(StoreError::OtherSecret { .. })
        ));
    });
}
