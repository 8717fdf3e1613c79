//! What proves something comes first, whatever was learned first; and it falls back when its ground is unlearned.

use sekisho_facts::Identity;

use super::asking::{MORI, SATO, YAMADA, ask, letter, office, quoting, told};
use super::*;

/// The ranks of a table's rows of one sender's mails.
fn ranks(store: &mut Store, table: &str, sender: &str) -> Vec<i64> {
    let id = learning::address_id(&store.secret, &address(sender));
    let (key, rank) = if table == "mails" { ("id", "rank") } else { ("mail", "precedence % 8") };
    let sql = format!("SELECT {rank} FROM {table} WHERE {key} IN (SELECT mail FROM ways WHERE sender = $1)");
    let mut ranks = Vec::new();
    let mut keep = |row: &[Value]| ranks.extend(row.first().and_then(Value::int));
    store.database.rows(&sql, &[Value::Int(id)], &mut keep).unwrap();
    ranks.sort_unstable();
    ranks.dedup();
    ranks
}

/// Holds what stands with the addresses against the mails that are left.
fn grounds_hold(store: &mut Store) {
    let mut all = Vec::new();
    let mut keep = |row: &[Value]| all.extend(row.first().and_then(Value::int));
    store.database.rows("SELECT id FROM addresses", &[], &mut keep).unwrap();
    let kept = crate::store::ranks::read(store.database.as_mut(), &all).unwrap();
    let proven = crate::store::ranks::proven(store.database.as_mut(), &all).unwrap();
    assert!(!all.is_empty());
    assert_eq!(kept, proven.into_iter().collect());
}

#[test]
fn a_rank_rises_and_falls_with_what_we_write() {
    on_both(|url, home| {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        let partner = "yamada@partner.example";
        let all = |store: &mut Store| {
            let id = learning::address_id(&store.secret, &address(partner));
            let sql = "SELECT rank FROM addresses WHERE id = $1";
            let of_address = store.database.one(sql, &[Value::Int(id)]).unwrap().unwrap().int().unwrap();
            let rows = ["mails", "holders"].map(|table| ranks(store, table, partner));
            assert_eq!(rows, [vec![of_address], vec![of_address]]);
            grounds_hold(store);
            of_address
        };
        let his = Learnt { own_text: OURS.to_owned(), ..proven("his", after(1), YAMADA, &[SATO]) };
        let later = Learnt { quoted: vec![OURS.to_owned()], ..proven("later", after(5), YAMADA, &[MORI]) };
        let answer = answering(mail("answer", after(2), SATO, &[YAMADA]), &["his"]);
        let opened = mail("opened", after(3), SATO, &[YAMADA]);
        let suspicious = Learnt { trust: Trust::Suspicious, ..mail("bad", after(4), YAMADA, &[SATO]) };
        let sato = address("sato@midori.example");
        store.learn(&[his]).unwrap();
        assert_eq!(all(&mut store), 3);
        // In whatever order, in one step or in several.
        store.learn(&[answer]).unwrap();
        assert_eq!(all(&mut store), 2);
        store.learn(&[later, opened]).unwrap();
        assert_eq!(all(&mut store), 1);
        store.learn(std::slice::from_ref(&suspicious)).unwrap();
        assert_eq!(ranks(&mut store, "mails", partner), [1, 4]);
        assert_eq!(store.unlearn(&sato, &suspicious.key).unwrap().forgotten, 1);
        assert_eq!(store.unlearn(&sato, "opened").unwrap().forgotten, 1);
        assert_eq!(all(&mut store), 2);
        assert_eq!(store.unlearn(&sato, "answer").unwrap().forgotten, 1);
        assert_eq!(all(&mut store), 3);
        store.confirm(&address(partner), "", "sato", after(9)).unwrap();
        assert_eq!(all(&mut store), 1);
        // Earlier mail that is learned later moves a ground back; whoever has a mailbox here may be forgotten as well.
        store
            .learn(&[mail("late", after(8), SATO, &[YAMADA]), mail("early", after(0), MORI, &[SATO])])
            .unwrap();
        store.learn(&[mail("first", after(0), SATO, &[YAMADA])]).unwrap();
        grounds_hold(&mut store);
        assert_eq!(store.unlearn(&sato, "first").unwrap().forgotten, 1);
        grounds_hold(&mut store);
        store.forget(&sato, "mori", after(9)).unwrap();
        grounds_hold(&mut store);
    });
}

#[test]
fn strangers_dates_push_nobody_back() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let probe = letter("x@evil.example", "", &quoting(ANSWER));
        let before = told(&ask(&mut store, Identity::AsContact, &probe));
        // More than are looked at, older than all that is true, and in our thread under our Message-ID.
        let flood: Vec<Learnt> = (0..100)
            .map(|at| Learnt {
                message_id: "answer@test".to_owned(),
                quoted: vec![OURS.to_owned(), ANSWER.to_owned()],
                at,
                ..answering(proven(&format!("f{at}"), at, "x@evil.example", &[SATO]), &["question"])
            })
            .collect();
        store.learn(&flood).unwrap();
        let now = ask(&mut store, Identity::AsContact, &probe);
        assert!(told(&now).contains(&before), "{before}\n{}", told(&now));
        assert!(now.quoted.iter().all(|one| !one.sender_was_party && !one.sender_may_know));
    });
}

#[test]
fn a_number_given_again_misleads_nobody() {
    on_both(|url, home| {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        let sato = address("sato@midori.example");
        let copy = store.copier(&sato).id(b"bytes");
        store.learn(&[mail("one", after(1), YAMADA, &[SATO])]).unwrap();
        store.note_copies(&sato, &[(copy, "one")]).unwrap();
        assert_eq!(store.unlearn(&sato, "one").unwrap().forgotten, 1);
        let tables = ["mails", "ways", "parties", "names", "holders"];
        for table in tables {
            let sql = format!("SELECT COUNT(*) FROM {table}");
            assert_eq!(store.database.one(&sql, &[]).unwrap(), Some(Value::Int(0)), "{table}");
        }
        store.learn(&[mail("two", after(2), "ito@other.example", &[SATO])]).unwrap();
        assert_eq!(store.known_copies(&[copy]).unwrap().len(), 0);
        assert!(!store.knows(&sato, "one").unwrap() && store.knows(&sato, "two").unwrap());
    });
}
