//! What the memory says about mails: names, quotations, answers, and whose they are.

use sekisho_facts::{Exception, Fact, Identity, Learned, Own, Sender, Standing, Why};

use super::asking::{MORI, SATO, YAMADA, ask, ask_at, ask_for, letter, office, quoting, told};
use super::*;

const ALL: &str = "mori@midori.example+sato@midori.example+yamada@partner.example";

#[test]
fn a_mail_is_compared_with_the_past() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let known = Identity::AsContact;
        let quotation = quoting(OURS);
        let signature =
            "ご確認ください。\r\n-- \r\n株式会社やまと建材\r\n営業部 山田 太郎\r\nTEL 03-0000-0000\r\n";
        let thread = "In-Reply-To: <answer@test>\r\nReferences: <question@test> <answer@test>\r\n";
        let forwarded = "ご参考まで。\r\n\r\n-----Original Message-----\r\nFrom: 山田 太郎 <yamada@evil.example>\r\nSent: Sunday, November 1, 2026 12:00 PM\r\nTo: 佐藤 花子\r\nSubject: 打ち合わせ\r\n\r\nよろしくお願いします。";
        let quoted = |who: &str| format!("quoted of {ALL} ({who}, Receiver)");
        let table = [
            ("the partner himself", letter(YAMADA, thread, &quotation), format!("sender Known; {}; answered answer@test of {ALL} (party); answered question@test of {ALL} (party)", quoted("party"))),
            ("his name from elsewhere", letter("山田太郎 <x@evil.example>", "", "資料です。"), "sender Person of yamada@partner.example (None)".to_owned()),
            ("and his firm's", letter("株式会社やまと建材 <x@evil.example>", "", "資料です。"), "sender Organisation of yamada@partner.example (None)".to_owned()),
            ("his firm without its form", letter("やまと建材 サポート <x@evil.example>", "", "資料です。"), "sender Organisation of yamada@partner.example (None)".to_owned()),
            ("his address as a name", letter("\"yamada@partner.example\" <x@evil.example>", "", "資料です。"), "sender Address of yamada@partner.example (None)".to_owned()),
            ("his signature", letter("x@evil.example", "", signature), "signature Person of yamada@partner.example (None); signature Organisation of yamada@partner.example (None)".to_owned()),
            ("his name as the subject", letter("x@evil.example", "Subject: =?utf-8?B?UkU6IOWxseeUsOWkqumDjg==?=\r\n", "資料です。"), "subject Person of yamada@partner.example (None)".to_owned()),
            ("his name above quoted words, with another address", letter("x@evil.example", "", forwarded), "quotation Person of yamada@partner.example (None)".to_owned()),
            ("a colleague of his", letter("山田太郎 <taro@osaka.partner.example>", "", "資料です。"), "organisation yamada@partner.example; sender Person of yamada@partner.example (Colleague)".to_owned()),
            ("a namesake nobody knows", letter("山田 次郎 <x@evil.example>", "", "資料です。"), String::new()),
            ("a surname alone", letter("山田 <x@evil.example>", "", "資料です。"), String::new()),
            ("our words by a stranger", letter("x@evil.example", "", &quotation), quoted("stranger")),
            ("by a colleague of the partner", letter("mito@partner.example", "", &quotation), format!("organisation yamada@partner.example; {}", quoted("party"))),
            ("by a stranger without a mark", letter("x@evil.example", "", &format!("{OURS}{OURS}")), quoted("stranger")),
            ("an answer by a stranger", letter("x@evil.example", thread, "資料です。"), format!("answered answer@test of {ALL} (stranger); answered question@test of {ALL} (stranger)")),
            ("something else", letter("x@evil.example", "In-Reply-To: <other@test>\r\n", "はじめまして。"), String::new()),
        ];
        for (what, mail, expected) in table {
            assert_eq!(told(&ask(&mut store, known, &mail)), expected, "{what}");
        }
        let colleague = ask(&mut store, known, &letter("ito@midori.example", "", &quotation));
        assert!(colleague.quoted[0].sender_may_know, "{}", told(&colleague));
        let forged = ask(&mut store, Identity::NotAsContact, &letter("ito@midori.example", "", &quotation));
        assert!(!forged.quoted[0].sender_may_know && !forged.quoted[0].sender_was_party, "{}", told(&forged));
    });
}

#[test]
fn who_answers_at_once_is_told() {
    const MINUTES: i64 = 60;
    on_both(|url, home| {
        let mut store = office(url, home);
        let asked = after(60);
        store.learn(&[mail("asked", asked, SATO, &["support@partner.example"])]).unwrap();
        let was_prompt = |store: &mut Store, from: &str, at: i64| {
            let answer = letter(from, "References: <asked@test>\r\n", "受け付けました。");
            let found = ask_at(store, Identity::AsContact, &answer, at);
            found.answered.iter().any(|answered| answered.is_ours && answered.sender_was_prompt)
        };
        let desk = "窓口 <ticket-1@desk.example>";
        assert!(was_prompt(&mut store, desk, asked + 119 * MINUTES));
        assert!(!was_prompt(&mut store, desk, asked + 121 * MINUTES));
        assert!(!was_prompt(&mut store, desk, asked - MINUTES), "before it was asked");
        // Later mails of who answered at once, and of nobody else.
        store.learn(&[answering(proven("first", asked + 10 * MINUTES, desk, &[SATO]), &["asked"])]).unwrap();
        assert!(was_prompt(&mut store, desk, after(62)));
        assert!(!was_prompt(&mut store, "窓口 <ticket-2@desk.example>", after(62)));
        assert!(!was_prompt(&mut store, "nobody@elsewhere.example", after(62)));
        // Without a thread, by the words that we wrote: they must not have been written before.
        let written = after(70);
        let words = "二階の間仕切りの下地材について、厚みと防火の認定の有無を教えてください。現場は来週の火曜日に始まります。";
        let ours = |key: &str, at: i64, to: &str| Learnt {
            own_text: words.to_owned(),
            ..mail(key, at, SATO, &[to])
        };
        store.learn(&[ours("w1", written, "support@partner.example")]).unwrap();
        let quotes = |store: &mut Store, at: i64| {
            let found = ask_at(store, Identity::AsContact, &letter(desk, "", &quoting(words)), at);
            found.quoted.iter().map(|quoted| quoted.sender_was_prompt).collect::<Vec<bool>>()
        };
        assert_eq!(quotes(&mut store, written + 119 * MINUTES), [true]);
        assert_eq!(quotes(&mut store, written + 121 * MINUTES), [false]);
        assert_eq!(quotes(&mut store, written - MINUTES), [false]);
        store.learn(&[ours("w2", written - 30 * 24 * 60 * MINUTES, "ito@elsewhere.example")]).unwrap();
        assert_eq!(quotes(&mut store, written + 10 * MINUTES), [false]);
    });
}

#[test]
fn names_go_where_their_owner_says() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let new = letter("山田太郎 <taro@new.example>", "", "アドレスが変わりました。");
        let tie = |store: &mut Store| told(&ask(store, Identity::AsContact, &new));
        let disputed = "sender Answered; sender Person of yamada@partner.example (Disputed)";
        let from_new = |key: &str| proven(key, after(20), "山田太郎 <taro@new.example>", &[SATO]);
        store
            .learn(&[
                from_new("n1"),
                answering(mail("n2", after(21), SATO, &["山田太郎 <taro@new.example>"]), &["n1"]),
            ])
            .unwrap();
        assert_eq!(tie(&mut store), disputed);
        // What is not authenticated announces nothing, nor does the new address itself, nor a third.
        let announces = |mail: Learnt| Learnt { announces: vec![address("taro@new.example")], ..mail };
        store
            .learn(&[
                announces(mail("a1", after(22), YAMADA, &[SATO])),
                announces(proven("a2", after(22), "x@evil.example", &[SATO])),
                announces(from_new("a3")),
            ])
            .unwrap();
        assert_eq!(tie(&mut store), disputed);
        store.learn(&[announces(proven("a4", after(23), YAMADA, &[SATO]))]).unwrap();
        assert_eq!(tie(&mut store), "sender Answered; sender Person of yamada@partner.example (Announced)");
        store.unlearn(&address("sato@midori.example"), "a4").unwrap();
        assert_eq!(tie(&mut store), disputed);
        store.confirm(&address("taro@new.example"), "山田 太郎", "sato", after(24)).unwrap();
        assert_eq!(tie(&mut store), "sender Confirmed");
    });
}

#[test]
fn people_are_known_by_their_organisation_and_by_what_their_address_spells() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let true_one = "菅原@瀬戸内幼稚園 <keiko.sugawara@setouchi.example>";
        store.learn(&[mail("s", after(1), SATO, &[true_one])]).unwrap();
        for (from, expected) in [
            (
                "菅原@瀬戸内幼稚園 <info@evil.example>",
                "sender Person of keiko.sugawara@setouchi.example (None)",
            ),
            (
                "菅原（瀬戸内幼稚園） <info@evil.example>",
                "sender Person of keiko.sugawara@setouchi.example (None)",
            ),
            ("SUGAWARA Keiko <info@evil.example>", "sender Person of keiko.sugawara@setouchi.example (None)"),
            ("菅原 <info@evil.example>", ""),
            ("菅原@北幼稚園 <info@evil.example>", ""),
            ("高橋@瀬戸内幼稚園 <info@evil.example>", ""),
            ("K. Sugawara <info@evil.example>", ""),
        ] {
            assert_eq!(
                told(&ask(&mut store, Identity::AsContact, &letter(from, "", "資料です。"))),
                expected,
                "{from}"
            );
        }
    });
}

#[test]
fn people_are_known_by_surname_and_the_firm_that_they_signed_with() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let mut first = proven("s1", after(1), "三浦 健太郎 <k.miura@hokuto.example>", &[SATO]);
        first.signed = ["三浦 健太郎", "株式会社北斗建設"].map(str::to_owned).to_vec();
        let opening = mail("s2", after(0), SATO, &["k.miura@hokuto.example"]);
        store.learn(&[first, opening]).unwrap();
        let his = "sender Person of k.miura@hokuto.example (None)";
        let firms = "sender Organisation of k.miura@hokuto.example (None)";
        for (from, expected) in [
            ("株式会社北斗建設 三浦 <info@evil.example>", his),
            ("三浦（株式会社北斗建設） <info@evil.example>", his),
            ("三浦（北斗建設） <info@evil.example>", his),
            ("北斗建設／三浦 <info@evil.example>", his),
            ("北斗建設 大野 <info@evil.example>", firms),
            ("三浦 次郎（北斗建設） <info@evil.example>", firms),
            ("三浦（南斗建設） <info@evil.example>", ""),
            ("三浦 <info@evil.example>", ""),
            ("北斗建設 三浦 <k.miura@hokuto.example>", "sender Known"),
        ] {
            let found = ask(&mut store, Identity::AsContact, &letter(from, "", "資料です。"));
            assert_eq!(told(&found).split("; ").last().unwrap_or_default(), expected, "{from}");
        }
    });
}

#[test]
fn a_firm_below_a_persons_name_is_nobody() {
    on_both(|url, home| {
        let mut store = office(url, home);
        for (number, name, address, signed) in [
            (1, "Nora Field", "nora@brightwater.example", ["Nora Field", "Brightwater Precision"]),
            (2, "", "sam@oakfield-precision.example", ["Oakfield Precision", "Sam Moore"]),
            (3, "三浦 健太郎", "k.miura@hokuto.example", ["Kentaro Miura", "Hokuto Precision"]),
            (4, "", "anna@lindqvist.example", ["Anna Lindqvist", "Anna Lindqvist"]),
        ] {
            let key = format!("s{number}");
            let mut first = proven(&key, after(1), &format!("{name} <{address}>"), &[SATO]);
            first.signed = signed.map(str::to_owned).to_vec();
            store.learn(&[first, mail(&format!("{key}a"), after(2), SATO, &[address])]).unwrap();
        }
        for (from, expected) in [
            ("Brightwater Precision <news@service.example>", ""),
            ("Oakfield Precision <news@service.example>", ""),
            ("Hokuto Precision <news@service.example>", ""),
            ("Nora Field <x@evil.example>", "sender Person of nora@brightwater.example (None)"),
            ("Sam Moore <x@evil.example>", "sender Person of sam@oakfield-precision.example (None)"),
            ("Kentaro Miura <x@evil.example>", "sender Person of k.miura@hokuto.example (None)"),
            ("Anna Lindqvist <x@evil.example>", "sender Person of anna@lindqvist.example (None)"),
        ] {
            let found = ask(&mut store, Identity::AsContact, &letter(from, "", "資料です。"));
            assert_eq!(told(&found), expected, "{from}");
        }
    });
}

#[test]
fn old_namesakes_and_machines_own_what_they_own() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let archive = |who: &str, from: &str, first: i64| -> Vec<Learnt> {
            [0, 1]
                .into_iter()
                .flat_map(|number| {
                    let (key, answer) = (format!("{who}{number}"), format!("{who}{number}a"));
                    [
                        mail(&key, day(first + number), from, &[SATO]),
                        answering(mail(&answer, day(first + number), SATO, &[from]), &[&key]),
                    ]
                })
                .collect()
        };
        store.learn(&archive("one", "鈴木 一郎 <suzuki@one.example>", 0)).unwrap();
        store.learn(&archive("two", "鈴木 一郎 <suzuki@two.example>", 10)).unwrap();
        let of = |store: &mut Store, from: &str| {
            told(&ask(store, Identity::AsContact, &letter(from, "", "資料です。")))
        };
        assert_eq!(of(&mut store, "鈴木 一郎 <suzuki@one.example>"), "sender Historic");
        assert_eq!(
            of(&mut store, "鈴木 一郎 <suzuki@two.example>"),
            "sender Historic; sender Person of suzuki@one.example (Namesake)"
        );
        assert_eq!(
            of(&mut store, "鈴木 一郎 <suzuki@evil.example>"),
            "sender Person of suzuki@one.example (None)"
        );

        // A ticket system to which we write shows everybody's name; a list shows its members'.
        let people = [
            "井上 一",
            "木村 二郎",
            "林 三郎",
            "清水 四郎",
            "山崎 五郎",
            "池田 六郎",
            "橋本 七郎",
            "石川 八郎",
            "前田 九郎",
            "藤田 十郎",
        ];
        let ticket = |number: usize, name: &str| {
            proven(&format!("t{number}"), after(30), &format!("{name} <ticket@desk.example>"), &[SATO])
        };
        let mut mails = vec![mail("t", after(29), SATO, &["ticket@desk.example"])];
        mails.extend(people.iter().enumerate().map(|(number, name)| ticket(number, name)));
        mails.push(Learnt {
            list: "lists.example".to_owned(),
            ..proven("ml", after(30), "和田 十一 <ml@lists.example>", &[SATO])
        });
        mails.push(proven("via", after(30), "和田 十一 via ML <ml@lists.example>", &[SATO]));
        mails.push(mail("ml2", after(31), SATO, &["ml@lists.example"]));
        store.learn(&mails).unwrap();
        assert_eq!(of(&mut store, "木村 二郎 <kimura@new.example>"), "");
        assert_eq!(of(&mut store, "和田 十一 <wada@new.example>"), "");
    });
}

#[test]
fn whoever_was_told_may_know() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let who = |store: &mut Store, from: &str| {
            told(&ask(store, Identity::AsContact, &letter(from, "", &quoting(OURS))))
        };
        let quotes = |mail: Learnt| Learnt { quoted: vec![OURS.to_owned()], ..mail };
        assert!(who(&mut store, "suzuki@sub.example").contains("stranger"));
        store.learn(&[quotes(proven("fw", after(20), YAMADA, &[SATO, "suzuki@sub.example"]))]).unwrap();
        assert!(who(&mut store, "suzuki@sub.example").contains("may know"));
        store.learn(&[quotes(mail("fw2", after(20), MORI, &["kato@sub2.example"]))]).unwrap();
        assert!(who(&mut store, "kato@sub2.example").contains("party"));
        store
            .learn(&[Learnt {
                announces: vec![address("taro@new.example")],
                ..proven("an", after(21), YAMADA, &[SATO])
            }])
            .unwrap();
        assert!(who(&mut store, "taro@new.example").contains("may know"));
        // A mail in a colleague's mailbox alone is told to the receiver only as somebody's.
        let text = "先日お願いしました外壁の塗装につきまして、足場の組み立ては来月の三日から始めさせていただきます。";
        store
            .learn(&[Learnt {
                own_text: text.to_owned(),
                ..mail("secret", after(22), MORI, &["kato@sub2.example"])
            }])
            .unwrap();
        let found = ask(&mut store, Identity::AsContact, &letter("x@evil.example", "", &quoting(text)));
        assert_eq!(told(&found), "quoted of kato@sub2.example+mori@midori.example (stranger, Others)");
        assert!(found.quoted[0].excerpt.starts_with("先日お願いしました"), "{}", found.quoted[0].excerpt);
    });
}

#[test]
fn members_of_a_list_know_its_conversations() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let list = |mail: Learnt, domains: &[&str]| Learnt {
            list: "kenkyu.lists.example".to_owned(),
            ways: Ways {
                domains: domains.iter().map(|domain| (*domain).to_owned()).collect(),
                ..Ways::default()
            },
            ..mail
        };
        let text = "研究会の次回の題目は木造住宅の断熱改修です。事例をお持ちの方は今月末までに幹事へお知らせください。";
        let ours = ["lists.example"];
        store
            .learn(&[
                Learnt {
                    own_text: text.to_owned(),
                    ..list(proven("l1", after(20), "kanji@a.example", &[SATO]), &ours)
                },
                list(mail("l2", after(21), "member@b.example", &[SATO]), &ours),
                list(proven("l3", after(22), "liar@c.example", &[SATO]), &["c.example"]),
            ])
            .unwrap();
        let who = |store: &mut Store, from: &str| {
            told(&ask(store, Identity::AsContact, &letter(from, "", &quoting(text))))
        };
        assert!(
            who(&mut store, "member@b.example").contains("may know"),
            "{}",
            who(&mut store, "member@b.example")
        );
        assert!(
            who(&mut store, "liar@c.example").contains("stranger"),
            "{}",
            who(&mut store, "liar@c.example")
        );
        assert!(who(&mut store, "x@evil.example").contains("stranger"));
    });
}

#[test]
fn too_little_is_said_and_exceptions_and_abuse_are_told() {
    on_both(|url, home| {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        let message = sekisho_mail::read(letter("x@evil.example", "", "").as_bytes(), &Default::default());
        let (sender, own) = (Sender::default(), Own::default());
        let asked = Asked {
            message: &message,
            sender: &sender,
            own: &own,
            mailboxes: &[],
            at: after(0),
            judged_at: after(0),
            is_shared_domain: &|_| false,
        };
        assert_eq!(store.relations(&asked, None).unwrap(), Fact::Unknown { unknown: Why::NothingLearned });
        drop(store);

        let mut store = office(url, home);
        assert_eq!(ask(&mut store, Identity::AsContact, &letter(YAMADA, "", "")).mailbox, Learned::Enough);
        let mailboxes = [address("mori@midori.example")];
        let asked = Asked { mailboxes: &mailboxes, ..asked };
        let Fact::Known(moris) = store.relations(&asked, None).unwrap() else { panic!() };
        assert_eq!(moris.mailbox, Learned::TooLittle);
        assert_eq!(
            store.relations(&asked, Some(after(-1))).unwrap(),
            Fact::Unknown { unknown: Why::NothingLearned }
        );

        let exception = Exception {
            id: 0,
            sender: "@partner.example".to_owned(),
            checks: Vec::new(),
            reason: "常に引用する".to_owned(),
            author: "sato".to_owned(),
            made_at: after(1),
            until_at: after(200),
        };
        store.except(&exception).unwrap();
        assert_eq!(
            ask(&mut store, Identity::AsContact, &letter("a@osaka.partner.example", "", "")).exceptions.len(),
            1
        );
        assert_eq!(
            ask(&mut store, Identity::AsContact, &letter("a@notpartner.example", "", "")).exceptions,
            []
        );
        let earlier = ask_at(&mut store, Identity::AsContact, &letter("a@partner.example", "", ""), after(0));
        assert_eq!(earlier.exceptions.len(), 1, "it acts on the mail because of which it was made");

        let forged = |key: &str, at: i64| Learnt {
            trust: Trust::Suspicious,
            ..mail(key, at, &format!("山田太郎 <{key}@evil.example>"), &[SATO])
        };
        store
            .learn(&[
                forged("e1", after(95)),
                forged("e2", after(99)),
                forged("e3", after(50)),
                proven("y", after(99), YAMADA, &[SATO]),
            ])
            .unwrap();
        let found = ask(&mut store, Identity::AsContact, &letter("山田 太郎 <e9@evil.example>", "", ""));
        assert_eq!(found.names[0].abused_lately, 2, "{}", told(&found));
        assert_eq!(found.names[0].belongs_to[0].standing, Standing::Known);
    });
}

#[test]
fn a_mail_that_was_learned_says_nothing_about_itself() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let text = "はじめてご連絡いたします。御社の施工例を拝見し、自宅の改修についてご相談したくお便りしました。来月以降で一度お時間をいただけますでしょうか。";
        let raw = letter("山田 太郎 <x@evil.example>", "", text);
        let message = sekisho_mail::read(raw.as_bytes(), &Default::default());
        let learned = Learnt {
            own_text: text.to_owned(),
            key: message.key(),
            ..mail("asked", after(99), "山田 太郎 <x@evil.example>", &[SATO])
        };
        store.learn(std::slice::from_ref(&learned)).unwrap();
        let found = ask(&mut store, Identity::NotAsContact, &raw);
        assert_eq!(found.quoted, [], "{}", told(&found));
        assert_eq!(found.names[0].abused_lately, 0);
        // Another one with the same words is its sender's own letter once more.
        store.learn(&[Learnt { key: "earlier".to_owned(), at: after(98), ..learned }]).unwrap();
        let found = ask(&mut store, Identity::NotAsContact, &raw);
        assert!(found.quoted.iter().all(|one| one.sender_was_party), "{}", told(&found));
        assert_eq!(found.names[0].abused_lately, 1);
    });
}

#[test]
fn a_copy_in_another_mailbox_is_the_mail_and_an_old_one_sent_again_is_another() {
    on_both(|url, home| {
        let new = "ito@new.example";
        for (id, more) in
            [("Message-ID: <asked@test>\r\n", ""), ("", ""), ("", "References: <root@test> <b@test>\r\n")]
        {
            let folder = home.join(format!("{}{}", id.len(), more.len()));
            fs::create_dir(&folder).unwrap();
            let mut store = office(url, &folder);
            let raw = letter(new, more, "はじめまして。").replace("Message-ID: <asked@test>\r\n", id);
            let message = sekisho_mail::read(raw.as_bytes(), &Default::default());
            let copy = |mailbox: &str, at: i64| Learnt {
                mailbox: address(mailbox),
                key: message.key(),
                message_id: message.message_id.clone(),
                references: crate::reading::references(&message),
                ..proven("", at, new, &[SATO])
            };
            let sender =
                |store: &mut Store| ask(store, Identity::AsContact, &raw).sender.map(|one| one.received);
            assert_eq!(sender(&mut store), None);
            // Nobody asks for Mori's mailbox, and the copy there came a little later.
            store.learn(&[copy("mori@midori.example", after(100) + 60)]).unwrap();
            assert_eq!(sender(&mut store), None, "{id}{more}");
            store.learn(&[copy("sato@midori.example", after(100))]).unwrap();
            assert_eq!(sender(&mut store), None, "{id}{more}");
            // Learned from long ago, it is a mail that was sent before, and this one is sent again.
            store.unlearn_since(0, Some(&address("mori@midori.example"))).unwrap();
            store.learn(&[copy("mori@midori.example", after(90))]).unwrap();
            assert_eq!(sender(&mut store), Some(1), "{id}{more}");
            store.unlearn_since(0, None).unwrap();
        }
    });
}

#[test]
fn a_name_of_one_of_ours_is_known_without_a_list_of_people() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let found = ask(
            &mut store,
            Identity::AsContact,
            &letter("佐藤花子 <hanako@free.example>", "", "至急お願いします。"),
        );
        assert_eq!(told(&found), "sender Person of sato@midori.example (None)");
        let friend = ask(&mut store, Identity::AsContact, &letter("森 次郎 <jiro@free.example>", "", ""));
        assert_eq!(told(&friend), "", "Mori never wrote, and nobody wrote his name");
    });
}

#[test]
fn whom_a_colleague_sent_the_same_words_is_not_told() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let words = "先日お話しした旧館の耐震診断について、県の補助金の締切が今月末に早まりましたのでお知らせします。";
        let sent = |key: &str, at: i64, from: &str, to: &str| Learnt {
            own_text: words.to_owned(),
            ..mail(key, after(at), from, &[to])
        };
        let ours = sent("same1", 40, SATO, YAMADA);
        let moris = sent("same2", 50, MORI, "kanja@clinic.example");
        store.learn(&[ours, moris]).unwrap();
        let found = ask(&mut store, Identity::AsContact, &letter("x@evil.example", "", &quoting(words)));
        let [quoted] = found.quoted.as_slice() else { panic!("{:?}", found.quoted) };
        assert_eq!(quoted.parties, ["sato@midori.example", "yamada@partner.example"]);
        assert_eq!((quoted.from_at, quoted.until_at), (after(40), after(40)));
    });
}

#[test]
fn several_receivers_are_told_what_each_of_them_has() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let both = [address("sato@midori.example"), address("mori@midori.example")];
        let told_to = |store: &mut Store, mailboxes: &[Address], words: &str| {
            let mail = letter("x@evil.example", "", &quoting(words));
            told(&ask_for(store, mailboxes, Identity::AsContact, &mail, after(100)))
        };
        let words = "先日お話しした旧館の耐震診断について、県の補助金の締切が今月末に早まりましたのでお知らせします。";
        let own_text = words.to_owned();
        store.learn(&[Learnt { own_text, ..mail("alone", after(40), SATO, &[YAMADA]) }]).unwrap();
        // Mori has a copy of the answer, and not of this.
        let answer =
            "quoted of mori@midori.example+sato@midori.example+yamada@partner.example (stranger, Receiver)";
        assert_eq!(told_to(&mut store, &both, ANSWER), answer);
        for (mailboxes, held_by) in [(&both[..1], "Receiver"), (&both[..], "Others")] {
            let found = told_to(&mut store, mailboxes, words);
            assert!(found.contains(&format!("(stranger, {held_by})")), "{found}");
        }
    });
}

#[test]
fn a_name_that_only_answers_bind_is_nobodys_for_sure() {
    on_both(|url, home| {
        let mut store = office(url, home);
        let of = |store: &mut Store, from: &str| {
            told(&ask(store, Identity::AsContact, &letter(from, "", "資料です。")))
        };
        let (one, two) = ("鈴木 一郎 <suzuki@one.example>", "鈴木 一郎 <x@evil.example>");
        let answered = |key: &str, from: &str, at: i64| {
            [
                proven(key, after(at), from, &[SATO]),
                answering(mail(&format!("{key}a"), after(at), SATO, &[from]), &[key]),
            ]
        };
        store.learn(&answered("s", one, 20)).unwrap();
        assert_eq!(of(&mut store, one), "sender Answered");
        assert_eq!(of(&mut store, two), "sender Person of suzuki@one.example (None)");
        // Whoever had himself answered first, or later, is not believed more than the other.
        store.learn(&answered("e", two, 10)).unwrap();
        assert_eq!(of(&mut store, two), "sender Answered; sender Person of suzuki@one.example (Disputed)");
        assert_eq!(of(&mut store, one), "sender Answered; sender Person of x@evil.example (Disputed)");
        // Nor is what we write next: it may be an answer that names no mail. Two weeks later it is of our own accord.
        store.learn(&[mail("v", after(22), SATO, &[one])]).unwrap();
        assert_eq!(of(&mut store, one), "sender Answered; sender Person of x@evil.example (Disputed)");
        store.learn(&[mail("w", after(40), SATO, &[one])]).unwrap();
        assert_eq!(of(&mut store, one), "sender Known");
        assert_eq!(of(&mut store, two), "sender Answered; sender Person of suzuki@one.example (Disputed)");
    });
}
