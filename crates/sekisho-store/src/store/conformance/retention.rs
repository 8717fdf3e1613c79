//! What grows old, on both sides of the day.

use sekisho_facts::Standing;

use super::*;

const SATO: &str = "佐藤 花子 <sato@midori.example>";
const YAMADA: &str = "山田 太郎 <yamada@partner.example>";
const SUZUKI: &str = "鈴木 一郎 <suzuki@other.example>";
/// Now, in days.
const TODAY: i64 = 2_000;

const RETENTION: Retention = Retention { conversations_days: Some(100), contacts_days: Some(300) };

fn opened(url: &str, home: &Path) -> Store {
    Store::open(url, home, Secret::from_bytes([1; 32])).unwrap()
}

/// The newest mail: with it, days count from today.
fn newest() -> Learnt {
    mail("newest", after(TODAY), SATO, &["today@other.example"])
}

fn known(store: &mut Store, text: &str) -> Option<Standing> {
    let search = Search { text: text.to_owned(), ..Search::default() };
    store.contacts(&search, None).unwrap().first().map(|contact| contact.standing)
}

fn expired(conversations: u64, contacts: u64) -> Expired {
    Expired { conversations, contacts }
}

#[test]
fn words_grow_old_and_quoted_ones_stay_with_the_quotation() {
    on_both(|url, home| {
        let mut store = opened(url, home);
        let said = |key: &str, days: i64, text: &str| Learnt {
            own_text: text.to_owned(),
            ..mail(key, after(TODAY - days), SATO, &[YAMADA])
        };
        let quoting = Learnt { quoted: vec![OURS.to_owned()], ..said("3", 50, "") };
        store
            .learn(&[
                said("1", 101, OURS),
                said("2", 101, ENGLISH),
                quoting,
                said("4", 100, ANSWER),
                newest(),
            ])
            .unwrap();
        assert_eq!(store.expire(Retention::default(), after(TODAY)).unwrap(), expired(0, 0));
        assert_eq!(store.expire(RETENTION, after(TODAY)).unwrap(), expired(2, 0));
        assert_eq!(store.conversations(ENGLISH, None).unwrap(), []);
        assert_eq!(store.conversations(ANSWER, None).unwrap().len(), 1, "a hundred days are not over");
        assert_eq!(store.conversations(OURS, None).unwrap()[0].from, after(TODAY - 50));
        // Who wrote to whom stays, and the mail is not learned again.
        assert!(store.knows(&address("sato@midori.example"), "2").unwrap());
        assert_eq!(known(&mut store, "yamada@"), Some(Standing::Known));
        assert_eq!(store.expire(RETENTION, after(TODAY)).unwrap(), expired(0, 0));
    });
}

#[test]
fn contacts_grow_old_from_the_day_they_were_last_seen() {
    on_both(|url, home| {
        let mut store = opened(url, home);
        let mails = [
            Learnt { own_text: ANSWER.to_owned(), ..proven("1", after(TODAY - 900), YAMADA, &[SATO]) },
            mail("2", after(TODAY - 301), SATO, &[YAMADA, "森 次郎 <mori@midori.example>"]),
            proven("3", after(TODAY - 900), SUZUKI, &[SATO]),
            mail("4", after(TODAY - 300), SATO, &[SUZUKI]),
            proven("5", after(TODAY - 900), "confirmed@other.example", &[SATO]),
            newest(),
        ];
        store.learn(&mails).unwrap();
        store.confirm(&address("confirmed@other.example"), "確認 済", "sato", after(1)).unwrap();
        let forever = Retention { conversations_days: None, ..RETENTION };
        // Mori has no mailbox here, and is not seen either.
        assert_eq!(store.expire(forever, after(TODAY)).unwrap(), expired(0, 2));
        assert_eq!(known(&mut store, "yamada@"), None);
        assert_eq!(known(&mut store, "山田"), None);
        assert_eq!(store.conversations(ANSWER, None).unwrap(), []);
        assert_eq!(known(&mut store, "suzuki@"), Some(Standing::Answered));
        assert_eq!(known(&mut store, "confirmed@"), Some(Standing::Confirmed));
        // It is known that the mails were there: learning the mailbox again brings nothing back.
        assert_eq!(store.learn(&mails).unwrap(), [Learning::Known; 6]);
        assert_eq!(store.summary().unwrap().mailboxes[0].mails, 6);
        // Somebody new is new, and nothing more.
        store.learn(&[mail("6", after(TODAY), YAMADA, &[SATO])]).unwrap();
        assert_eq!(known(&mut store, "yamada@"), Some(Standing::Met));
    });
}

#[test]
fn an_impostor_does_not_outlive_the_contact_whose_name_he_shows() {
    on_both(|url, home| {
        let mut store = opened(url, home);
        let mails = [
            mail("1", after(TODAY - 900), SATO, &[YAMADA]),
            proven("2", after(TODAY - 10), "山田 太郎 <yamada@evil.example>", &[SATO]),
            newest(),
        ];
        store.learn(&mails).unwrap();
        assert_eq!(store.expire(RETENTION, after(TODAY)).unwrap(), expired(0, 0));
        assert_eq!(known(&mut store, "yamada@partner"), Some(Standing::Known));
        // Once the name is nobody's any more, both go.
        store.learn(&[mail("3", after(TODAY + 500), SATO, &["today@other.example"])]).unwrap();
        assert_eq!(store.expire(RETENTION, after(TODAY + 500)).unwrap(), expired(0, 2));
    });
}

#[test]
fn a_clock_that_runs_ahead_deletes_nothing() {
    on_both(|url, home| {
        let mut store = opened(url, home);
        assert_eq!(store.expire(RETENTION, i64::MAX).unwrap(), expired(0, 0));
        let mails = [
            Learnt { own_text: OURS.to_owned(), ..mail("1", after(TODAY - 100), SATO, &[YAMADA]) },
            newest(),
        ];
        store.learn(&mails).unwrap();
        assert_eq!(store.expire(RETENTION, after(TODAY + 100_000)).unwrap(), expired(0, 0));
        // Nor does a mail from the future.
        store.learn(&[mail("2", after(TODAY + 100_000), SATO, &[SUZUKI])]).unwrap();
        assert_eq!(store.expire(RETENTION, after(TODAY)).unwrap(), expired(0, 0));
    });
}

#[test]
fn a_legal_hold_comes_before_growing_old() {
    on_both(|url, home| {
        let mut store = opened(url, home);
        let said = |key: &str, from: &str, to: &[&str], text: &str| Learnt {
            own_text: text.to_owned(),
            ..mail(key, after(TODAY - 900), from, to)
        };
        let mails = [
            said("1", SATO, &[YAMADA, SUZUKI], OURS),
            said("2", SUZUKI, &[SATO], ENGLISH),
            said("3", SATO, &["old@third.example"], ANSWER),
            newest(),
        ];
        store.learn(&mails).unwrap();
        store.hold_legally(Some(&address("yamada@partner.example")), "訴訟", "mori", after(6)).unwrap();
        // Suzuki has a mail together with Yamada.
        assert_eq!(store.expire(RETENTION, after(TODAY)).unwrap(), expired(2, 1));
        assert_eq!(store.conversations(OURS, None).unwrap().len(), 1);
        assert_eq!(known(&mut store, "old@"), None);
        assert!(known(&mut store, "yamada@").is_some() && known(&mut store, "suzuki@").is_some());
        store.release_legally(Some(&address("yamada@partner.example"))).unwrap();
        store.hold_legally(None, "監査", "mori", after(6)).unwrap();
        assert_eq!(store.expire(RETENTION, after(TODAY)).unwrap(), expired(0, 0));
        store.release_legally(None).unwrap();
        assert_eq!(store.expire(RETENTION, after(TODAY)).unwrap(), expired(1, 2));
    });
}
