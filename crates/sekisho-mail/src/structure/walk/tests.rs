//! Files of a format of the tests' own, opened on the way through whole mails.

use sekisho_content::{Budget, Cost, Hold, Keys, Kind, Member, Opened, See, Unread};

use super::Reader;
use crate::{Body, FoundIn, Limits, Message, Part, Request};

/// Opens a box: `BOX` behind two bytes that no text has, the password it wants or `-`, then one thing held a line as `name=content`, with `\\n` for line
/// ends and `\\\\` for the backslash of what is held deeper.
fn open_box(bytes: &[u8], _: Kind, keys: &Keys, budget: &mut Budget, see: See<'_>) -> Opened {
    let mut opened = Opened::default();
    let text = String::from_utf8_lossy(bytes);
    let Some(text) = text.strip_prefix("\0\0BOX ") else { return opened };
    let mut lines = text.lines();
    let wanted = lines.next().unwrap_or_default();
    opened.key = keys.iter().find(|(_, key)| *key == wanted).map(|(number, _)| number);
    let is_shut = wanted != "-" && opened.key.is_none();
    if is_shut {
        opened.unread.push((Unread::Locked, "box".to_owned()));
    }
    for (name, content) in lines.filter_map(|line| line.split_once('=')) {
        let names = vec![name.to_owned()];
        if budget.pay(Cost::Member).is_err() || budget.pay(Cost::Bytes(content.len() as u64)).is_err() {
            opened.unread.push((Unread::TooLarge, "box".to_owned()));
            break;
        }
        if is_shut {
            see(Member::unread(names, content.len() as u64, Unread::Locked, Hold::Archived));
        } else {
            see(Member::whole(names, unescaped(content).into_bytes(), Hold::Archived));
        }
    }
    opened
}

fn unescaped(content: &str) -> String {
    let mut plain = String::new();
    let mut characters = content.chars();
    while let Some(c) = characters.next() {
        plain.push(match (c, c == '\\') {
            (_, true) => characters.next().map_or('\\', |next| if next == 'n' { '\n' } else { next }),
            _ => c,
        });
    }
    plain
}

/// One thing held, ready to stand in a line of a box.
fn held(name: &str, content: &str) -> String {
    format!("{name}={}\n", content.replace('\\', "\\\\").replace('\n', "\\n"))
}

fn mail(text: &str, attached: &str) -> String {
    format!(
        "From: a@partner.example\nTo: b@midori.example\nSubject: Files\nMessage-ID: <1@partner.example>\nMIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n--b\n\
         Content-Type: application/octet-stream; name=\"a.box\"\n\n{attached}\n--b--\n"
    )
}

fn read(mail: &str, limits: &Limits, passwords: &[String]) -> Message {
    let request = Request { passwords, ..Request::new(limits) };
    let mut see = |_: &Part, _: &[u8]| {};
    let mut reader = Reader::new(mail.len(), &request, &mut see);
    reader.walk.open = open_box;
    reader.outermost(mail.as_bytes())
}

/// `path name unread found-in`, a line each.
fn drawn(message: &Message) -> String {
    let line = |part: &Part| {
        let unread = part.unread.map_or("-", Unread::id);
        let found_in = part.opened_with.map_or("-", FoundIn::id);
        format!(
            "{} {} {unread} {found_in}\n",
            part.path,
            if part.name().is_empty() { "-" } else { part.name() }
        )
    };
    message.parts_all().into_iter().map(line).collect()
}

#[test]
fn members_stand_behind_their_holder() {
    let attached = format!(
        "\0\0BOX -\n{}{}",
        held("x.bin", "\u{1}one"),
        held("in.box", &format!("\0\0BOX -\n{}", held("y.bin", "two")))
    );
    let message = read(&mail("Hello", &attached), &Limits::default(), &[]);
    assert_eq!(drawn(&message), "1 - - -\n2 a.box - -\n2.1 x.bin - -\n2.2 in.box - -\n2.2.1 y.bin - -\n");
    assert_eq!(message.parts[2].hold, Some(Hold::Archived));
}

#[test]
fn the_password_is_taken_from_the_text_or_what_was_given() {
    let attached = format!("\0\0BOX Kx42ab\n{}", held("x.bin", "one"));
    let told = read(&mail("パスワード：Kx42ab", &attached), &Limits::default(), &[]);
    assert_eq!(drawn(&told), "1 - - -\n2 a.box - text\n2.1 x.bin - -\n");
    let given = read(&mail("Hello", &attached), &Limits::default(), &["Kx42ab".to_owned()]);
    assert_eq!(drawn(&given), "1 - - -\n2 a.box - given\n2.1 x.bin - -\n");
    let shut = read(&mail("Hello", &attached), &Limits::default(), &[]);
    assert_eq!(drawn(&shut), "1 - - -\n2 a.box locked -\n2.1 x.bin locked -\n");
    assert_eq!(shut.parts[2].file().map(|file| file.kind), Some(Kind::Unknown));
}

#[test]
fn a_mail_in_a_file_is_read_with_its_own_passwords_and_those_around() {
    for text in ["PW: Zz99zz", "Hello"] {
        let inner = mail(text, &format!("\0\0BOX Zz99zz\n{}", held("y.bin", "two")));
        let attached = format!("\0\0BOX Kx42ab\n{}", held("m.eml", &inner));
        let outer = if text == "Hello" {
            "パスワード：Kx42ab\n解凍PW：Zz99zz"
        } else {
            "パスワード：Kx42ab"
        };
        let message = read(&mail(outer, &attached), &Limits::default(), &[]);
        let expected =
            "1 - - -\n2 a.box - text\n2.1 m.eml - -\n2.1.1 - - -\n2.1.2 a.box - text\n2.1.2.1 y.bin - -\n";
        assert_eq!(drawn(&message), expected);
        assert!(matches!(message.parts[2].body, Body::Message(_)));
    }
}

#[test]
fn depth_members_and_memory_have_ends() {
    let mut nested = "\0\0BOX -\n".to_owned();
    for _ in 0..6 {
        nested = format!("\0\0BOX -\n{}", held("in.box", &nested));
    }
    let shallow = Limits { depth_max: 4, ..Limits::default() };
    let message = read(&mail("Hello", &nested), &shallow, &[]);
    assert!(
        message.parts_all().iter().any(|part| part.unread == Some(Unread::TooDeep)),
        "{}",
        drawn(&message)
    );

    let many: String = (0..100).map(|number| held(&format!("{number}.bin"), "x")).collect();
    let few = Limits { members_max: 10, ..Limits::default() };
    let message = read(&mail("Hello", &format!("\0\0BOX -\n{many}")), &few, &[]);
    assert_eq!(message.parts.len(), 12);
    assert_eq!(message.parts[1].unread, Some(Unread::TooLarge));

    // What does not fit the store of waiting files is opened at once, without the mail's own passwords.
    let none = Limits { kept_bytes_max: 0, ..Limits::default() };
    let message =
        read(&mail("パスワード：Kx42ab", &format!("\0\0BOX Kx42ab\n{}", held("x.bin", "one"))), &none, &[]);
    assert_eq!(message.parts[1].unread, Some(Unread::Locked));
}
