//! Exports as programs write them → names and addresses.

use encoding_rs::SHIFT_JIS;

use super::{NoBook, read};

/// What was read: `name <address>`, each.
fn people(bytes: &[u8]) -> Vec<String> {
    let book =
        read("", bytes).unwrap_or_else(|_| panic!("no address book: {}", String::from_utf8_lossy(bytes)));
    let people = book.entries.into_iter().flat_map(super::Entry::correspondents);
    people.map(|person| format!("{} <{}>", person.name, person.address)).collect()
}

fn cp932(text: &str) -> Vec<u8> {
    SHIFT_JIS.encode(text).0.into_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

const OUTLOOK_JA: &str = "\"肩書き\",\"名\",\"ミドル ネーム\",\"姓\",\"敬称\",\"会社名\",\"部署\",\"役職\",\"電子メール アドレス\",\"電子メールの種類\",\"電子メール表示名\",\"電子メール 2 アドレス\",\"電子メール 2 の種類\"\r\n\
    \"\",\"太郎\",\"\",\"山田\",\"\",\"株式会社北建設\",\"営業部\",\"部長\",\"yamada@kita.example\",\"SMTP\",\"山田 太郎 (yamada@kita.example)\",\"taro@home.example\",\"SMTP\"\r\n\
    \"\",\"\",\"\",\"\",\"\",\"みなみ塗装\",\"\",\"\",\"info@minami.example\",\"SMTP\",\"info@minami.example\",\"\",\"\"\r\n\
    \"\",\"花子\",\"\",\"鈴木\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n";

const OUTLOOK_EN: &str = "Title,First Name,Middle Name,Last Name,Suffix,Company,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address\r\n\
    ,John,,Smith,,Oakfield Ltd,john@oakfield.example,SMTP,John Smith (john@oakfield.example),\r\n\
    ,,,,,,anna@oakfield.example,SMTP,Anna Lindqvist,\r\n";

const GOOGLE_OLD: &str = "Name,Given Name,Additional Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,Organization 1 - Name\n\
    佐藤 花子,花子,,佐藤,* ,sato@midori.example,Home,hanako@home.example ::: sato2@home.example,みどり設計事務所\n";

const GOOGLE_NEW: &str = "First Name,Middle Name,Last Name,Nickname,Organization Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value\n\
    次郎,,高橋,,東西商事,\"折り返し\n二行\",* myContacts,* Work,jiro@tozai.example\n";

const THUNDERBIRD_JA: &str =
    "名,姓,表示名,ニックネーム,メールアドレス,追加のメールアドレス\n一郎,伊藤,伊藤 一郎,,ito@kaze.example,\n";

#[test]
fn tables_of_mail_programs() {
    let outlook = [
        "山田 太郎 <yamada@kita.example>",
        "山田 太郎 <taro@home.example>",
        "みなみ塗装 <info@minami.example>",
    ];
    for bytes in [
        cp932(OUTLOOK_JA),
        OUTLOOK_JA.as_bytes().to_vec(),
        utf16(OUTLOOK_JA),
        [b"\xef\xbb\xbf", OUTLOOK_JA.as_bytes()].concat(),
    ] {
        assert_eq!(people(&bytes), outlook);
    }
    assert_eq!(
        people(OUTLOOK_EN.as_bytes()),
        ["John Smith <john@oakfield.example>", "Anna Lindqvist <anna@oakfield.example>"]
    );
    let google = [
        "佐藤 花子 <sato@midori.example>",
        "佐藤 花子 <hanako@home.example>",
        "佐藤 花子 <sato2@home.example>",
    ];
    assert_eq!(people(GOOGLE_OLD.as_bytes()), google);
    assert_eq!(people(&utf16(GOOGLE_OLD)), google);
    assert_eq!(people(GOOGLE_NEW.as_bytes()), ["高橋 次郎 <jiro@tozai.example>"]);
    assert_eq!(people(&cp932(THUNDERBIRD_JA)), ["伊藤 一郎 <ito@kaze.example>"]);
}

#[test]
fn lists_that_people_keep() {
    for (text, expected) in [
        ("佐藤 花子,sato@midori.example\n", "佐藤 花子 <sato@midori.example>"),
        ("氏名,メールアドレス\n佐藤 花子,sato@midori.example\n", "佐藤 花子 <sato@midori.example>"),
        ("取引先名;メール\n株式会社北建設;info@kita.example\n", "株式会社北建設 <info@kita.example>"),
        (
            "会社\t担当者名\tメール\n北建設\t山田 太郎\tyamada@kita.example\n",
            "山田 太郎 <yamada@kita.example>",
        ),
        ("sato@midori.example\n", " <sato@midori.example>"),
        ("佐藤 花子 <sato@midori.example>\n", " <sato@midori.example>"),
        ("担当：佐藤 花子 <sato@midori.example>\n", " <sato@midori.example>"),
        ("佐藤 花子,<sato@midori.example>\n", "佐藤 花子 <sato@midori.example>"),
    ] {
        assert_eq!(people(&cp932(text)), [expected], "{text}");
    }
}

#[test]
fn vcards_of_all_versions() {
    let two = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8E=52=93=63;=91=BE=\r\n=98=59;;;\r\n\
        EMAIL;INTERNET;PREF:yamada@kita.example\r\nEND:VCARD\r\n";
    assert_eq!(people(two), ["山田 太郎 <yamada@kita.example>"]);
    let raw = [
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=SHIFT_JIS:".to_vec(),
        cp932("鈴木;一郎"),
        b"\r\nEMAIL;CELL:suzuki..i@kaze.example\r\nEND:VCARD\r\n".to_vec(),
    ];
    assert_eq!(people(&raw.concat()), ["鈴木 一郎 <suzuki..i@kaze.example>"]);
    let three = "BEGIN:VCARD\nVERSION:3.0\nN:Smith;John;;;\nFN:John Smith\nORG:Oakfield Ltd;Design\nitem1.EMAIL;type=INTERNET:john@oak\n field.example\n\
        EMAIL;type=HOME:john@home.example\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:\nN:;;;;\nORG:Kaze\\, Inc.\nEMAIL:info@kaze.example\nEND:VCARD\n";
    assert_eq!(
        people(three.as_bytes()),
        [
            "John Smith <john@oakfield.example>",
            "John Smith <john@home.example>",
            "Kaze, Inc. <info@kaze.example>"
        ]
    );
    let four = "\u{feff}BEGIN:VCARD\r\nVERSION:4.0\r\nFN:佐藤 花子\r\nEMAIL;PREF=1:sato@midori.example\r\nEND:VCARD\r\n";
    assert_eq!(people(four.as_bytes()), ["佐藤 花子 <sato@midori.example>"]);
    assert_eq!(people(&utf16(four.trim_start_matches('\u{feff}'))), ["佐藤 花子 <sato@midori.example>"]);
}

#[test]
fn a_vcard_that_is_not_whole_is_left_out() {
    let card = |version: &str, name: &str, address: &str| {
        format!("BEGIN:VCARD\r\nVERSION:{version}\r\nFN:{name}\r\nEMAIL:{address}\r\nEND:VCARD\r\n")
    };
    let (sato, mori) =
        (card("3.0", "Sato", "sato@midori.example"), card("3.0", "Mori", "mori@midori.example"));
    let ito = card("3.0", "Ito", "ito@midori.example");
    let agent = sato.replace("EMAIL", &format!("AGENT:\r\n{mori}EMAIL")).replace("3.0", "2.1");
    let cut = |end: &str, begin: &str| {
        format!("{}{}{ito}", &sato[..sato.find(end).unwrap()], &mori[mori.find(begin).unwrap()..])
    };
    for (what, book, cards) in [
        ("whole", format!("{sato}{mori}{ito}"), (3, 0)),
        ("a card in a card", format!("{agent}{ito}"), (2, 0)),
        ("without its end", format!("{}{ito}", sato.replace("END:VCARD\r\n", "")), (1, 1)),
        ("the file ends before", format!("{ito}{}", &sato[..sato.len() - 20]), (1, 1)),
        ("from a version to a version", cut("FN", "VERSION"), (1, 1)),
        ("without its beginning", format!("{ito}{}", mori.replace("BEGIN:VCARD\r\n", "")), (1, 1)),
        ("no version", sato.replace("VERSION:3.0\r\n", ""), (1, 0)),
    ] {
        let book = read("", book.as_bytes()).unwrap();
        let addresses = book.entries.iter().map(|entry| entry.addresses.len());
        assert_eq!((book.entries.len(), book.cut), cards, "{what}");
        assert!(addresses.into_iter().all(|count| count == 1), "{what}");
    }
}

#[test]
fn ldif_with_base64_and_folded_lines() {
    let ldif = "version: 1\n\n# Thunderbird\ndn: cn=Taro Yamada,mail=yamada@kita.example\nobjectclass: top\ncn:: 5bGx55SwIOWkqumDjg==\nmail: yamada@kita.exa\n mple\n\
        mozillaSecondEmail: taro@home.example\n\ndn: cn=x\nsn: Smith\ngivenName: John\nmail: john@oakfield.example\n\ndn: cn=y\ncn: No Address\n";
    assert_eq!(
        people(ldif.as_bytes()),
        [
            "山田 太郎 <yamada@kita.example>",
            "山田 太郎 <taro@home.example>",
            "John Smith <john@oakfield.example>"
        ]
    );
}

#[test]
fn other_files_are_no_address_books() {
    for bytes in [
        b"%PDF-1.4".to_vec(),
        "お知らせ\n明日は休みです。\n".as_bytes().to_vec(),
        cp932("氏名,住所\n佐藤,東京\n"),
        vec![0, 159, 146, 150],
    ] {
        assert_eq!(read("", &bytes).err(), Some(NoBook::Other));
    }
}

#[test]
fn a_mail_is_no_address_book() {
    let header =
        "From: 佐藤 <sato@evil.test>\r\nTo: mori@midori.example\r\nMessage-ID: <1@evil.test>\r\n\r\n";
    let from_line = "From - Tue Jan 27 10:48:00 2026\n";
    let msg: Vec<u8> = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
        .into_iter()
        .chain("__substg1.0_0037001F".encode_utf16().flat_map(u16::to_le_bytes))
        .chain(*b" sato@evil.test\n")
        .collect();
    let book = "氏名,メール,メモ\n佐藤,sato@midori.example,\"転送:\nMessage-ID: <1@kita.example>\"\n";
    for (what, name, bytes, found) in [
        ("header", "", header.as_bytes().to_vec(), NoBook::Mail),
        ("header in UTF-16", "a.txt", utf16(header), NoBook::Mail),
        (
            "header of LDIF before it",
            "",
            format!("Dn: x\nMail: a@evil.test\n{header}").into_bytes(),
            NoBook::Mail,
        ),
        ("mbox", "", format!("{from_line}{header}sato@evil.test\n").into_bytes(), NoBook::Mail),
        (
            "mbox without its beginning",
            "",
            format!("sato@evil.test\n\n{from_line}x\n").into_bytes(),
            NoBook::Mail,
        ),
        ("text before a header", "", format!("sato@evil.test\n\n{header}").into_bytes(), NoBook::Mail),
        ("by its name", "a.EML", b"sato@evil.test\n".to_vec(), NoBook::Mail),
        ("length before it", "1.emlx", format!("120\n{header}").into_bytes(), NoBook::Mail),
        ("Outlook's message", "", msg.clone(), NoBook::Mail),
        ("another compound file", "", msg.get(..8).unwrap().to_vec(), NoBook::Other),
        ("Outlook's data file", "", b"!BDN\nsato@evil.test\n".to_vec(), NoBook::Mail),
        ("saved as text", "", cp932("差出人: 佐藤 <sato@evil.test>\n件名: x\n"), NoBook::Mail),
        ("Message-IDs", "", b"<1@evil.test>\nReferences: <2@evil.test>\n".to_vec(), NoBook::Other),
        ("left of a page", "", b"morohoshi@drone-works.test&gt;\n".to_vec(), NoBook::Other),
    ] {
        assert_eq!(read(name, &bytes).err(), Some(found), "{what}");
    }
    assert_eq!(people(book.as_bytes()), ["佐藤 <sato@midori.example>"], "in a note of a true book");
}

#[test]
fn a_firm_is_known_by_the_addresses_that_are_its_own() {
    let entries = read("", &cp932(OUTLOOK_JA)).unwrap().entries;
    let firms = entries.iter().flat_map(|entry| entry.organisations(|one| one.domain() != "home.example"));
    let firms: Vec<String> = firms.map(|firm| format!("{} <{}>", firm.name, firm.address)).collect();
    assert_eq!(firms, ["株式会社北建設 <yamada@kita.example>"]);
}

#[test]
fn a_quotation_mark_that_is_not_closed_gives_nobody_a_strangers_name() {
    let heading = "氏名,メール,メモ\r\n";
    let first = "佐藤 花子,sato@midori.example,\r\n";
    for (rest, people_left, lines) in [
        ("\"山田 太郎,yamada@kita.example,\r\n鈴木 一郎,suzuki@kaze.example,\r\n", 1, [3, 4]),
        (
            "山田 太郎,yamada@kita.example,\"済\r\n\"鈴木 一郎\",suzuki@kaze.example,\r\n伊藤,ito@kaze.example,\r\n",
            2,
            [3, 4],
        ),
    ] {
        let book = format!("{heading}{first}{rest}");
        assert_eq!(people(book.as_bytes()).len(), people_left, "{book}");
        let unclosed = read("", book.as_bytes()).unwrap().unclosed;
        assert_eq!([unclosed[0].first, unclosed[0].last], lines, "{book}");
    }
    let all_lost = read("", format!("{heading}\"{first}").as_bytes()).unwrap();
    assert!(all_lost.entries.is_empty() && all_lost.unclosed.len() == 1);
}

#[test]
fn an_address_book_with_nobody_in_it_is_one() {
    let first = |text: &str| format!("{}\r\n", text.lines().next().unwrap());
    for text in
        [first(OUTLOOK_JA), first(OUTLOOK_EN), first(GOOGLE_NEW), first(THUNDERBIRD_JA) + "\r\n,,,,,\r\n"]
    {
        assert_eq!(people(text.as_bytes()), [""; 0], "{text}");
    }
    for text in ["名前\r\n", "明日、会議です。\r\n", "name,price\r\napple,3\r\n"] {
        assert!(matches!(read("", text.as_bytes()), Err(NoBook::Other)), "{text}");
    }
}
