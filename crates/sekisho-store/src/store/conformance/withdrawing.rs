//! Mails that are taken back, and those that stay for the sake of the law.

use super::*;

const SATO: &str = "佐藤 花子 <sato@midori.example>";
const MORI: &str = "森 次郎 <mori@midori.example>";
const YAMADA: &str = "山田 太郎 <yamada@partner.example>";
const OTHER: &str = "鈴木 一郎 <suzuki@other.example>";

/// One mail from and one to Yamada, a forged one that nothing was learned of, one between others, and one in Mori's mailbox.
fn learned(url: &str, home: &Path) -> Store {
    let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
    let mails = [
        mail("from", after(1), YAMADA, &[SATO]),
        mail("to", after(2), SATO, &[OTHER, "Yamada@Partner.example"]),
        Learnt { trust: Trust::Suspicious, ..mail("forged", after(3), YAMADA, &[SATO]) },
        mail("others", after(4), OTHER, &[SATO]),
        mail("mori", after(5), OTHER, &[MORI]),
    ];
    store.learn(&mails).unwrap();
    store
}

#[test]
fn a_legal_hold_comes_before_unlearning() {
    on_both(|url, home| {
        let mut store = learned(url, home);
        let (sato, yamada) = (address("sato@midori.example"), address("yamada@partner.example"));
        let stays = |count: u64| Withdrawn { forgotten: 0, held: count };
        store.hold_legally(Some(&yamada), "訴訟", "mori", after(6)).unwrap();
        for key in ["from", "to", "forged"] {
            assert_eq!(store.unlearn(&sato, key).unwrap(), stays(1), "{key}");
            assert_eq!(store.unlearn_named(key, Some(&sato)).unwrap(), stays(1), "{key}");
        }
        assert_eq!(store.unlearn_named("from@test", None).unwrap(), stays(1), "by its Message-ID");
        assert_eq!(store.unlearn_since(after(3), None).unwrap(), Withdrawn { forgotten: 2, held: 1 });
        assert!(!store.knows(&sato, "others").unwrap() && store.knows(&sato, "forged").unwrap());

        // A hold on one of ours keeps their mailbox, a hold on everybody everything.
        assert!(store.release_legally(Some(&yamada)).unwrap());
        store.hold_legally(Some(&sato), "訴訟", "mori", after(6)).unwrap();
        assert_eq!(store.unlearn_since(0, None).unwrap(), stays(3));
        assert!(store.release_legally(Some(&sato)).unwrap());
        store.hold_legally(None, "監査", "mori", after(6)).unwrap();
        assert_eq!(store.unlearn_since(0, Some(&sato)).unwrap(), stays(3));
        assert_eq!(store.unlearn_since(0, Some(&address("mori@midori.example"))).unwrap(), stays(0));
        assert!(store.release_legally(None).unwrap());
        assert_eq!(store.unlearn_since(0, None).unwrap(), Withdrawn { forgotten: 3, held: 0 });
    });
}

#[test]
fn a_legal_hold_on_one_keeps_whoever_wrote_with_them() {
    on_both(|url, home| {
        let mut store = learned(url, home);
        let [yamada, suzuki, mori] =
            ["yamada@partner.example", "suzuki@other.example", "mori@midori.example"].map(address);
        store.hold_legally(Some(&yamada), "訴訟", "mori", after(6)).unwrap();
        let mut refused_for = |who: &Address| match store.forget(who, "sato", after(7)) {
            Err(StoreError::LegallyHeld(held)) => held,
            other => panic!("{other:?}"),
        };
        // Suzuki received a mail that Yamada received, too.
        assert_eq!(refused_for(&suzuki).as_deref(), Some("yamada@partner.example"));
        assert!(store.release_legally(Some(&yamada)).unwrap());
        // Mori's mailbox has mail from Suzuki, and none from Yamada.
        store.hold_legally(Some(&mori), "訴訟", "mori", after(6)).unwrap();
        assert!(matches!(store.forget(&suzuki, "sato", after(7)), Err(StoreError::LegallyHeld(Some(_)))));
        assert_eq!(store.forget(&yamada, "sato", after(7)).unwrap().mails, 2);
    });
}

#[test]
fn what_was_only_noted_is_learned_once_it_is_cleared() {
    on_both(|url, home| {
        let mut store = learned(url, home);
        let sato = address("sato@midori.example");
        let copy = store.copier(&sato).id(b"bytes");
        store.note_copies(&sato, &[(copy, "forged")]).unwrap();
        assert!(store.known_copies(&[copy]).unwrap().is_empty(), "it is read again");
        let cleared = mail("forged", after(3), YAMADA, &[SATO]);
        let suspicious = Learnt { trust: Trust::Suspicious, ..cleared.clone() };
        assert_eq!(store.learn(std::slice::from_ref(&suspicious)).unwrap(), [Learning::Noted]);
        let of_yamada = |store: &mut Store| {
            let search = Search { text: "yamada@".to_owned(), mailbox: None, limit: 1 };
            store.contacts(&search, None).unwrap().first().map(|contact| contact.received)
        };
        let before = of_yamada(&mut store);
        assert_eq!(store.learn(std::slice::from_ref(&cleared)).unwrap(), [Learning::New]);
        assert_eq!(of_yamada(&mut store), before.map(|mails| mails + 1));
        assert_eq!(store.learn(&[cleared]).unwrap(), [Learning::Known]);
        assert_eq!(store.known_copies(&[copy]).unwrap().len(), 1);
        // Nothing that was learned is taken back because it looks otherwise by now.
        assert_eq!(store.learn(&[suspicious]).unwrap(), [Learning::Known]);
    });
}

#[test]
fn confirming_somebody_lets_go_of_what_was_only_noted() {
    on_both(|url, home| {
        let mut store = learned(url, home);
        let (sato, yamada) = (address("sato@midori.example"), address("yamada@partner.example"));
        store.hold_legally(Some(&yamada), "訴訟", "mori", after(6)).unwrap();
        store.confirm(&yamada, "", "sato", after(7)).unwrap();
        assert!(store.knows(&sato, "forged").unwrap(), "a legal hold keeps it");
        assert!(store.release_legally(Some(&yamada)).unwrap());
        store.confirm(&yamada, "山田 太郎", "sato", after(8)).unwrap();
        let knows = ["from", "to", "forged"].map(|key| store.knows(&sato, key).unwrap());
        assert_eq!(knows, [true, true, false]);
    });
}

#[test]
fn who_was_forgotten_by_mistake_is_learned_again_once_the_mark_is_gone() {
    on_both(|url, home| {
        let mut store = learned(url, home);
        let [sato, yamada, nobody] =
            ["sato@midori.example", "yamada@partner.example", "nobody@partner.example"].map(address);
        store.learn(&[mail("ancient", day(0), "古田 次郎 <furuta@old.example>", &[SATO])]).unwrap();
        let retention = Retention { conversations_days: None, contacts_days: Some(1_000) };
        assert_eq!(store.expire(retention, after(6)).unwrap().contacts, 1);
        store.forget(&yamada, "sato", after(6)).unwrap();
        let late = mail("late", after(7), YAMADA, &[SATO]);
        store.learn(std::slice::from_ref(&late)).unwrap();
        let of_yamada = |store: &mut Store| {
            let search = Search { text: "yamada@".to_owned(), mailbox: None, limit: 1 };
            store.contacts(&search, None).unwrap().first().map(|contact| contact.received)
        };
        assert_eq!(of_yamada(&mut store), None);
        assert!(!store.let_return(&nobody).unwrap());
        assert!(store.knows(&sato, "late").unwrap(), "nothing changes for somebody who bears no mark");
        assert!(store.let_return(&yamada).unwrap() && !store.let_return(&yamada).unwrap());
        assert_eq!(of_yamada(&mut store), None, "what was forgotten stays so");
        assert_eq!(store.learn(&[late]).unwrap(), [Learning::New]);
        assert_eq!(of_yamada(&mut store), Some(1));
        assert!(store.knows(&sato, "others").unwrap());
        assert!(store.knows(&sato, "ancient").unwrap(), "what is forgotten for its age is another thing");
    });
}
