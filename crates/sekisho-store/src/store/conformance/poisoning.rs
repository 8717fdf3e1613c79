//! What a stranger sends teaches nothing that helps him: what the memory says about him afterwards is no milder than before.

use sekisho_facts::{Identity, Relations};

use super::asking::{MORI, SATO, YAMADA, ask, letter, office, past, quoting, told};
use super::*;

const EVIL: &str = "山田 太郎 <x@evil.example>";
const THREAD: &str = "In-Reply-To: <answer@test>\r\nReferences: <question@test> <answer@test>\r\n";

/// More mails than are looked at of one conversation, name or contact.
const FLOOD: i64 = 120;

/// What the forger sends after his preparations, and what the true partner does.
fn probes() -> Vec<String> {
    let signed = "ご確認ください。\r\n-- \r\n株式会社やまと建材\r\n山田 太郎\r\nTEL 03-0000-0000\r\n";
    vec![
        letter(EVIL, THREAD, &quoting(OURS)),
        letter("x@evil.example", "", &quoting(OURS)),
        letter("y@evil.example", THREAD, &quoting(ANSWER)),
        letter("x@evil.example", "", &format!("{OURS}{OURS}")),
        letter("x@evil.example", "", signed),
        letter("やまと建材 <x@evil.example>", THREAD, "資料です。"),
    ]
}

type Attack = (&'static str, Vec<Learnt>);

/// With the words that were stolen.
fn stolen(mail: Learnt) -> Learnt {
    Learnt { quoted: vec![OURS.to_owned(), ANSWER.to_owned()], ..mail }
}

/// The same as his own.
fn pasted(mail: Learnt) -> Learnt {
    Learnt { own_text: OURS.to_owned(), ..mail }
}

/// He writes into our thread.
fn intrudes(key: &str) -> Learnt {
    stolen(answering(proven(key, after(30), EVIL, &[SATO]), &["question", "answer"]))
}

/// And we answer.
fn ours(key: &str, answers: &[&str]) -> Learnt {
    stolen(answering(mail(key, after(31), SATO, &[EVIL, "y@evil.example"]), answers))
}

/// A stranger's preparations: each list is one attack.
fn attacks() -> Vec<Attack> {
    let early = |mail: Learnt| Learnt { at: day(-900), ..mail };
    let announcing = |mail: Learnt| Learnt { announces: vec![address("x@evil.example")], ..mail };
    let for_weeks = (0..3).flat_map(|turn| {
        let (his, our) = (format!("w{turn}"), format!("wa{turn}"));
        let (letter, answer) = (intrudes(&his), ours(&our, &["question", "answer", &his]));
        [Learnt { at: after(30 + turn), ..letter }, Learnt { at: after(30 + turn), ..answer }]
    });
    let mut attacks: Vec<Attack> = vec![
        (
            "first, by his own dates",
            vec![early(intrudes("e1")), early(pasted(proven("e2", 0, EVIL, &[SATO])))],
        ),
        ("as his own words", vec![pasted(proven("p", after(30), EVIL, &[SATO]))]),
        ("into a thread, and we answer", vec![intrudes("t1"), ours("t2", &["question", "answer", "t1"])]),
        ("and again, for weeks", for_weeks.collect()),
        ("an answer to what was not learned", vec![ours("u", &["question", "unknown"])]),
        (
            "under a partner's Message-ID",
            vec![
                Learnt { message_id: "answer@test".to_owned(), ..intrudes("k1") },
                ours("k2", &["question", "answer"]),
            ],
        ),
        (
            "announced by a forged mail",
            vec![
                announcing(mail("f", after(30), YAMADA, &[SATO])),
                announcing(proven("f2", after(30), EVIL, &[SATO])),
            ],
        ),
        ("through a list of his own", vec![Learnt { list: "evil.example".to_owned(), ..intrudes("list") }]),
    ];
    attacks.extend(floods());
    attacks
}

/// Attacks by number.
fn floods() -> Vec<Attack> {
    let each = |one: &dyn Fn(i64) -> Learnt| (0..FLOOD).map(one).collect::<Vec<Learnt>>();
    let from = |key: &str, at: i64, from: &str| proven(&format!("{key}{at}"), after(at % 60), from, &[SATO]);
    let noise = |at: i64| format!("{at}番目の{OURS}、{at}です");
    let copies = |at: i64| {
        let from = format!("架空 太郎{at} <yamada@partner.example>");
        mail(&format!("c{at}"), after(30), &from, &[SATO, "x@evil.example"])
    };
    let pieces = |at: i64| {
        let letters: Vec<char> = OURS.chars().collect();
        let cut: Vec<String> =
            letters.chunks(6 + at as usize % 12).map(|piece| piece.iter().collect()).collect();
        cut.join("余談")
    };
    vec![
        ("in pieces", each(&|at| Learnt { own_text: pieces(at), ..from("z", at, EVIL) })),
        ("often", each(&|at| stolen(from("o", at, EVIL)))),
        (
            "under our Message-ID, again and again",
            each(&|at| Learnt { message_id: "question@test".to_owned(), ..stolen(from("i", at, EVIL)) }),
        ),
        ("copies of forged mails", each(&copies)),
        (
            "from many addresses",
            each(&|at| stolen(from("m", at, &format!("山田 太郎 <p{at}@flood{at}.example>")))),
        ),
        ("under many names", each(&|at| from("a", at, &format!("架空 {at}子 <x@evil.example>")))),
        ("in many texts", each(&|at| Learnt { own_text: noise(at), ..from("n", at, EVIL) })),
    ]
}

/// What counts against the sender of a mail. All of it must still be there after an attack.
fn held_against(relations: &Relations) -> Vec<String> {
    let names = relations.names.iter().flat_map(|name| {
        let tie = matches!(name.tie, sekisho_facts::Tie::None | sekisho_facts::Tie::Disputed);
        name.belongs_to
            .iter()
            .filter(move |_| tie)
            .map(|owner| format!("{:?} of {}", name.place, owner.address))
            .collect::<Vec<_>>()
    });
    let is_strange = |party: bool, may: bool| !party && !may;
    let quoted = relations.quoted.iter().filter(|one| is_strange(one.sender_was_party, one.sender_may_know));
    let quoted =
        quoted.map(|one| format!("quoted of {} weighing {}", one.parties.join("+"), one.weight_of_language));
    let answered =
        relations.answered.iter().filter(|one| is_strange(one.sender_was_party, one.sender_may_know));
    let answered = answered.map(|one| format!("answered {} of {}", one.message_id, one.parties.join("+")));
    names.chain(quoted).chain(answered).collect()
}

fn is_trusted(relations: &Relations) -> bool {
    relations
        .sender
        .iter()
        .chain(&relations.organisation)
        .any(|contact| contact.standing >= sekisho_facts::Standing::Historic)
}

#[test]
fn nothing_that_a_stranger_sends_helps_him() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let partner = letter(YAMADA, THREAD, &quoting(OURS));
        let of = |store: &mut Store, mail: &str| ask(store, Identity::AsContact, mail);
        let before: Vec<Vec<String>> =
            probes().iter().map(|mail| held_against(&of(&mut store, mail))).collect();
        let true_one = told(&of(&mut store, &partner));
        assert!(before.iter().all(|all| !all.is_empty()), "{before:#?}");
        for (attack, mails) in attacks() {
            store.learn(&mails).unwrap();
            for (probe, before) in probes().iter().zip(&before) {
                let now = of(&mut store, probe);
                let against = held_against(&now);
                for one in before {
                    assert!(against.contains(one), "{attack}: {one} is gone: {against:#?}\n{probe}");
                }
                assert!(!is_trusted(&now), "{attack}: {:#?}", now.sender);
            }
            assert_eq!(told(&of(&mut store, &partner)), true_one, "{attack}: the true partner");
            for mail in &mails {
                assert_eq!(store.unlearn(&mail.mailbox, &mail.key).unwrap().forgotten, 1, "{attack}");
            }
            let after: Vec<Vec<String>> =
                probes().iter().map(|mail| held_against(&of(&mut store, mail))).collect();
            assert_eq!(after, before, "{attack}: what was unlearned is gone");
        }
        // All of it together.
        for (_, mails) in attacks() {
            store.learn(&mails).unwrap();
        }
        for (probe, before) in probes().iter().zip(&before) {
            let against = held_against(&of(&mut store, probe));
            assert!(before.iter().all(|one| against.contains(one)), "{against:#?}\n{probe}");
        }
        assert_eq!(told(&of(&mut store, &partner)), true_one);
    });
}

/// He had both mails of a conversation, and sent them as one text before ours was learned: only he has the whole of it, and every mail of ours
/// begins as it does. Nobody but its people knows the conversation for that, and nothing is left of it when his mail is unlearned.
#[test]
fn joined_words_that_were_learned_first_are_still_their_peoples() {
    on_both(|url, home| {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        let opening: String = OURS.chars().take(30).collect();
        let of_ours = |at: i64| {
            let key = format!("ours{at}");
            let mail = mail(&key, after(at % 90), SATO, &[&format!("person{at}@many.example")]);
            Learnt { own_text: format!("{opening}、件{at}の{at}番です。"), ..mail }
        };
        let joined = format!("{ANSWER}\n{OURS}");
        let his = proven("joined", after(30), EVIL, &[MORI]);
        let his = Learnt { mailbox: address("mori@midori.example"), quoted: vec![joined.clone()], ..his };
        store.learn(std::slice::from_ref(&his)).unwrap();
        store.learn(&(0..120).map(of_ours).collect::<Vec<_>>()).unwrap();
        store.learn(&past()).unwrap();
        let probe = letter("x@evil.example", "", &quoting(&joined.replace('\n', "\r\n> ")));
        let assert_told = |store: &mut Store| {
            let relations = ask(store, Identity::AsContact, &probe);
            let mut strange =
                relations.quoted.iter().filter(|one| !one.sender_was_party && !one.sender_may_know);
            let is_his = |party: &String| party == "yamada@partner.example";
            assert!(strange.any(|one| one.parties.iter().any(is_his)), "{}", told(&relations));
        };
        assert_told(&mut store);
        store.unlearn(&his.mailbox, &his.key).unwrap();
        assert_told(&mut store);
    });
}

/// He had the mail, and sent its sentences between others of his own before ours was learned: ours has them in pieces, and weighs as much.
#[test]
fn words_that_were_cut_and_mixed_first_weigh_what_they_did() {
    const SENTENCES: [&str; 4] = [
        "水神森の旧浄水場ですが、昨日の夕方に伺ったところ南側の門扉の蝶番が錆び落ちておりました。",
        "守衛室の鍵は青い札のほうを使ってください、赤い札は裏門のもので今は回りません。",
        "測量の機材は台車で二往復になりますので、搬入口の前の自転車をどけていただけると助かります。",
        "昼は近くの蕎麦屋が休みですから、各自で用意をお願いします。",
    ];
    let weigh = |is_mixed_first: bool| {
        let home = tempfile::tempdir().unwrap();
        let mut store = Store::open("sqlite", home.path(), Secret::from_bytes([1; 32])).unwrap();
        let mixed = SENTENCES.map(|sentence| format!("{sentence}\nここに別の話をひとつ長々と挟みますが、これはどなたの言葉でもなく私が考えただけの余談です。\n")).concat();
        let his = proven("mixed", after(30), EVIL, &[MORI]);
        let his = Learnt { mailbox: address("mori@midori.example"), own_text: mixed, ..his };
        if is_mixed_first {
            store.learn(&[his]).unwrap();
        }
        store.learn(&past()).unwrap();
        let others = (0..60).map(|at| mail(&format!("other{at}"), after(at), SATO, &[YAMADA]));
        store.learn(&others.collect::<Vec<_>>()).unwrap();
        let ours = Learnt { own_text: SENTENCES.concat(), ..mail("long", after(20), SATO, &[YAMADA]) };
        store.learn(&[ours]).unwrap();
        let probe = letter("y@evil.example", "", &quoting(&SENTENCES.concat()));
        let found = ask(&mut store, Identity::AsContact, &probe);
        let strange = found.quoted.iter().filter(|one| !one.sender_was_party && !one.sender_may_know);
        strange.map(|one| one.weight_of_language).max().unwrap_or_default()
    };
    let (before, after) = (weigh(false), weigh(true));
    assert!(before > 0 && after * 10 >= before * 9, "{after} of {before}");
}

#[test]
fn a_recall_stays_bounded_however_many_show_a_name() {
    let home = tempfile::tempdir().unwrap();
    let mut store = office("sqlite", home.path());
    let probe = letter(EVIL, THREAD, &quoting(OURS));
    let flood: Vec<Learnt> = (0..1_500)
        .map(|at| {
            let from = format!("山田 太郎 <p{at}@flood.example>");
            Learnt {
                quoted: vec![OURS.to_owned()],
                ..answering(proven(&format!("b{at}"), after(30), &from, &[SATO, MORI]), &["question"])
            }
        })
        .collect();
    for some in flood.chunks(500) {
        store.learn(some).unwrap();
    }
    let begun = std::time::Instant::now();
    let found = ask(&mut store, Identity::AsContact, &probe);
    // Debug build on a busy machine; a scan of the flood for each row would take minutes.
    assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(found.names[0].belongs_to[0].address, "yamada@partner.example");
    assert_eq!(found.names[0].belongs_to.len(), 1);
    assert!(found.quoted.iter().any(|one| !one.sender_was_party && !one.sender_may_know), "{}", told(&found));
}
