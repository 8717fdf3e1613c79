//! Data files of Outlook → their mails: written ones in every form and encoding, damaged in every way, and real ones (`make data`).

#![allow(clippy::unwrap_used)] // A failed step of a test is its failure.
#![allow(clippy::print_stdout, reason = "a set that is missing is told")]

use std::ops::ControlFlow;
use std::path::Path;

use sekisho_content::Unread;
use sekisho_mail::pst::{self, Encoding, PstMail, Purpose, Refused, Step};
use sekisho_mail::{Body, DefectKind, Limits, Message, Role};
use sekisho_testing::data_file::{Attachment, DataFile, Form, Letter, ROOT, Value};

/// What a walk meets.
#[derive(Debug, Default)]
struct Met {
    mails: Vec<PstMail>,
    not_mails: usize,
    lost: Vec<Unread>,
    index_damaged: usize,
}

fn walk(file: &[u8], from: u32) -> Result<Met, Refused> {
    let mut met = Met::default();
    let mut last = None;
    pst::walk(&file.to_vec(), from, &mut |step| {
        match step {
            Step::Next(number) => {
                assert!(last < Some(number), "numbers rise");
                last = Some(number);
            }
            Step::Mail(mail) => met.mails.push(mail),
            Step::NotMail => met.not_mails += 1,
            Step::Lost(_, why) => met.lost.push(why),
            Step::IndexDamaged => met.index_damaged += 1,
            Step::Going => {}
        }
        ControlFlow::Continue(())
    })?;
    Ok(met)
}

fn read(mail: &PstMail) -> Message {
    sekisho_mail::read(&mail.bytes, &Limits::default())
}

/// 見積書, 本文です, 鈴木 and 山田 as an old Outlook kept them.
const MITSUMORI: &[u8] = b"\x8c\xa9\x90\xcf\x8f\x91";
const HONBUN: &[u8] = b"\x96\x7b\x95\xb6\x82\xc5\x82\xb7";
const SUZUKI: &[u8] = b"\x97\xe9\x96\xd8";
const YAMADA: &[u8] = b"\x8e\x52\x93\x63";

/// The mails that Suzuki wrote to Yamada; the others go the other way.
const SENT: std::ops::Range<u32> = 3..6;

/// A mail with everything, in text of a code page.
fn letter(number: u32) -> Letter {
    let narrow = |text: &str| Value::Narrow(text.as_bytes().to_vec());
    let mut inside = Letter {
        properties: vec![(0x0037, narrow("inside")), (0x1000, narrow("deep words"))],
        ..Letter::default()
    };
    inside.receivers.push(vec![
        (0x0c15, Value::Number(1)),
        (0x3001, narrow("x")),
        (0x39fe, narrow("x@y.example")),
    ]);
    let body =
        [HONBUN, format!(" {number} ").as_bytes(), "a".repeat(9_000 * usize::from(number == 2)).as_bytes()]
            .concat();
    let (suzuki, yamada) = ((SUZUKI, "suzuki@midori.example"), (YAMADA, "yamada@kita.example"));
    let (from, to) = if SENT.contains(&number) { (suzuki, yamada) } else { (yamada, suzuki) };
    Letter {
        properties: vec![
            (0x0037, Value::Narrow([b"\x01\x01", MITSUMORI].concat())),
            (0x0039, Value::Time(134_053_056_000_000_000)),
            (0x0042, Value::Narrow(from.0.to_vec())),
            (0x5d02, narrow(from.1)),
            (
                0x007d,
                narrow(&format!(
                    "Message-ID: <{number}@midori.example>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\n\r\n"
                )),
            ),
            (0x1000, Value::Narrow(body)),
            (0x3ffd, Value::Number(932)),
        ],
        receivers: vec![
            vec![(0x0c15, Value::Number(1)), (0x3001, Value::Narrow(to.0.to_vec())), (0x39fe, narrow(to.1))],
            vec![
                (0x0c15, Value::Number(2)),
                (0x3001, narrow("B")),
                (0x39fe, narrow(&format!("b{number}@kita.example"))),
            ],
        ],
        attachments: vec![
            Attachment {
                properties: vec![
                    (0x3707, Value::Narrow([MITSUMORI, b".bin"].concat())),
                    (0x3701, Value::Binary(vec![7; 9_000])),
                ],
                inside: None,
            },
            Attachment { properties: vec![(0x3001, narrow("inside"))], inside: Some(Box::new(inside)) },
        ],
    }
}

/// Seven mails in four folders, one of which is known by what the store says of it alone, and a contact.
fn file(form: Form, encoding: Encoding) -> Vec<u8> {
    let mut file = DataFile::new(form, encoding);
    let narrow = |text: &[u8]| vec![(0x3001, Value::Narrow(text.to_vec()))];
    file.root(&[]);
    let top = file.folder(ROOT, &narrow(b"top"));
    let inbox = file.folder(top, &narrow(b"\x8e\xf3\x90\x4d\x83\x67\x83\x8c\x83\x43"));
    let sent = file.folder(top, &narrow(b"Gesendet"));
    let below = file.folder(inbox, &narrow(b"2025/26"));
    file.store(&[
        (0x35e0, Value::Binary(DataFile::entry(top))),
        (0x35e4, Value::Binary(DataFile::entry(sent))),
        (0x66c3, Value::Number(932)),
    ]);
    for number in 0..3 {
        file.mail(inbox, &letter(number));
    }
    for number in SENT {
        file.mail(sent, &letter(number));
    }
    file.mail(below, &letter(6));
    file.mail(
        inbox,
        &Letter { properties: vec![(0x001a, Value::Wide("IPM.Contact".into()))], ..Letter::default() },
    );
    file.finish()
}

const FORMS: [(Form, Encoding); 4] = [
    (Form::Ansi, Encoding::Permute),
    (Form::Ansi, Encoding::Cyclic),
    (Form::Unicode, Encoding::None),
    (Form::Unicode, Encoding::Cyclic),
];

#[test]
fn every_form_and_encoding_says_the_same() {
    for (form, encoding) in FORMS {
        let met = walk(&file(form, encoding), 0).unwrap();
        assert_eq!((met.mails.len(), met.not_mails, met.lost.len(), met.index_damaged), (7, 1, 0, 0));
        for (number, mail) in met.mails.iter().enumerate() {
            let message = read(mail);
            assert_eq!((message.subject.as_str(), &message.defects), ("見積書", &Vec::new()));
            assert_eq!(message.message_id, format!("{number}@midori.example"));
            assert_eq!(message.date.unwrap().unix_seconds, 1_795_482_000);
            let from: Vec<String> = message
                .from
                .iter()
                .map(|one| format!("{} {}", one.name, one.address.as_ref().unwrap()))
                .collect();
            let is_sent = SENT.contains(&(number as u32));
            let (author, receiver) = if is_sent {
                ("鈴木 suzuki@midori.example", "山田")
            } else {
                ("山田 yamada@kita.example", "鈴木")
            };
            assert_eq!(from, [author]);
            assert_eq!(
                (message.to[0].name.as_str(), message.cc[0].address.as_ref().unwrap().to_string().as_str()),
                (receiver, format!("b{number}@kita.example").as_str())
            );
            let (part, view) = message.texts().next().unwrap();
            assert!(part.role == Role::Text && view.text.starts_with(&format!("本文です {number} ")));
            assert_eq!(view.text.len() > 9_000, number == 2);
            let names: Vec<&str> =
                message.parts.iter().filter_map(|part| Some(part.names.first()?.value.as_str())).collect();
            assert_eq!(names, ["見積書.bin", "inside"]);
            assert_eq!(message.parts[1].size_bytes, 9_000);
            let Body::Message(inside) = &message.parts[2].body else { panic!("no message inside") };
            assert_eq!((inside.subject.as_str(), inside.to[0].name.as_str()), ("inside", "x"));
            let folder = &mail.folder;
            let expected = match number {
                0..3 => (vec!["受信トレイ"], None),
                3..6 => (vec!["Gesendet"], Some(Purpose::Sent)),
                _ => (vec!["受信トレイ", "2025/26"], None),
            };
            assert_eq!(
                (folder.names.iter().map(String::as_str).collect::<Vec<_>>(), folder.purpose),
                expected
            );
        }
        // Whoever comes later goes on at any number.
        let from = met.mails[4].number;
        let rest = walk(&file(form, encoding), from).unwrap();
        assert_eq!(rest.mails, met.mails[4..]);
    }
}

#[test]
fn a_code_page_of_the_internet_stands_for_that_of_windows() {
    for page in [50_220, 51_932] {
        let mut file = DataFile::new(Form::Ansi, Encoding::Permute);
        file.root(&[]);
        let properties = vec![
            (0x0037, Value::Narrow(MITSUMORI.to_vec())),
            (0x3fde, Value::Number(page)),
            (0x1000, Value::Narrow(HONBUN.to_vec())),
        ];
        file.mail(ROOT, &Letter { properties, ..Letter::default() });
        let met = walk(&file.finish(), 0).unwrap();
        let message = read(&met.mails[0]);
        assert_eq!(
            (message.subject.as_str(), message.texts().next().unwrap().1.text.trim_end()),
            ("見積書", "本文です"),
            "{page}"
        );
    }
}

#[test]
fn a_damaged_block_costs_what_is_in_it() {
    let whole = file(Form::Unicode, Encoding::None);
    let at = |words: &[u8]| whole.windows(words.len()).position(|window| window == words).unwrap();
    // The properties of one mail.
    let mut damaged = whole.clone();
    damaged[at(b"<4@midori.example>")] ^= 1;
    let met = walk(&damaged, 0).unwrap();
    assert_eq!((met.mails.len(), met.lost.as_slice()), (6, &[Unread::Damaged][..]));
    // A long text of one mail: the rest of it is there, and says that something is missing.
    damaged = whole.clone();
    damaged[at(&[b'a'; 500])] ^= 1;
    let met = walk(&damaged, 0).unwrap();
    assert_eq!((met.mails.len(), met.lost.len()), (7, 0));
    let broken: Vec<bool> = met.mails.iter().map(|mail| !read(mail).defects.is_empty()).collect();
    assert_eq!(broken, [false, false, true, false, false, false, false]);
    assert_eq!((read(&met.mails[2]).subject, read(&met.mails[2]).texts().count()), ("見積書".to_owned(), 0));
}

#[test]
fn what_lies_in_itself_is_left() {
    // Each page and each block that lists others is made to name itself, or the root.
    for (form, encoding) in FORMS {
        let whole = file(form, encoding);
        let step = if form == Form::Ansi { 4 } else { 8 };
        let roots = if form == Form::Ansi { [184, 192] } else { [216, 232] };
        for root in roots {
            let at = u32::from_le_bytes(whole[root + step..root + step + 4].try_into().unwrap()) as usize;
            for entry in (0..240).step_by(step) {
                let mut circle = whole.clone();
                circle[at + entry..at + entry + 4].copy_from_slice(&(at as u32).to_le_bytes());
                if let Ok(met) = walk(&circle, 0) {
                    assert!(met.mails.len() <= 8);
                }
            }
        }
    }
}

#[test]
fn cuts_and_flips_end_within_limits() {
    for (form, encoding) in [FORMS[0], FORMS[2]] {
        let whole = file(form, encoding);
        for end in (0..whole.len()).step_by(1_993).chain(whole.len() - 40..whole.len()) {
            if let Ok(met) = walk(&whole[..end], 0) {
                assert!(met.mails.len() <= 7, "cut at {end}");
            }
        }
        let mut flipped = whole.clone();
        let pages = whole.len() - 4 * 512;
        let places =
            (0..600).step_by(3).chain((0x400..pages).step_by(463)).chain((pages..whole.len()).step_by(7));
        for at in places {
            for bit in [0x01, 0x80] {
                flipped[at] ^= bit;
                if let Ok(met) = walk(&flipped, 0) {
                    let count = met.mails.len() + met.lost.len() + met.not_mails;
                    assert!(count <= 9, "{count} at {at}");
                    met.mails.iter().take(usize::from(at % 5 == 0)).for_each(|mail| drop(read(mail)));
                }
                flipped[at] ^= bit;
            }
        }
    }
}

#[test]
fn what_is_no_data_file_is_refused_with_its_reason() {
    assert_eq!(walk(b"", 0).unwrap_err(), Refused::NotOne);
    assert_eq!(walk(b"From: a@b.example\n\nx", 0).unwrap_err(), Refused::NotOne);
    assert_eq!(walk(b"!BDN", 0).unwrap_err(), Refused::Damaged);
    let mut whole = file(Form::Unicode, Encoding::None);
    whole[513] = 0x10;
    assert_eq!(walk(&whole, 0).unwrap_err(), Refused::Locked);
    whole[10] = 99;
    assert_eq!(walk(&whole, 0).unwrap_err(), Refused::Version(99));
}

#[test]
fn the_sample_for_the_command_line_is_this_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sekisho/tests/cli/office.pst");
    let expected = file(Form::Ansi, Encoding::Permute);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    assert!(std::fs::read(&path).is_ok_and(|found| found == expected), "renew it with UPDATE_DOCS=1");
}

/// A small file with one mail and one message in it: where the fuzzer begins.
fn seed(form: Form, encoding: Encoding) -> Vec<u8> {
    let mut file = DataFile::new(form, encoding);
    file.root(&[]);
    let mut letter = letter(1);
    letter.attachments.remove(0);
    let inbox = file.folder(ROOT, &[(0x3001, Value::Narrow(b"Inbox".to_vec()))]);
    file.store(&[(0x35e4, Value::Binary(DataFile::entry(inbox)))]);
    file.mail(inbox, &letter);
    file.finish()
}

#[test]
fn the_corpus_of_the_fuzzer_is_of_these_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/open_pst");
    for (at, (form, encoding)) in FORMS.into_iter().enumerate() {
        let (path, expected) = (folder.join(format!("written-{at}")), seed(form, encoding));
        assert_eq!(walk(&expected, 0).unwrap().mails.len(), 1);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&path, &expected).unwrap();
        }
        assert!(std::fs::read(&path).is_ok_and(|found| found == expected), "renew it with UPDATE_DOCS=1");
    }
}

#[test]
fn real_files_are_read_whole() {
    // What `readpst` and `libpff` count in them, too (`tools/compare-pst.sh`).
    for (name, mails, not_mails) in [
        ("enron.pst", 71, 0),
        ("pstextractortest@outlook.com.ost", 14, 169),
        ("pstextractortestpdf@outlook.com.ost", 2, 160),
    ] {
        let Some(file) = real(name) else { continue };
        let met = walk(&file, 0).unwrap();
        assert_eq!(
            (met.mails.len(), met.not_mails, met.lost.len(), met.index_damaged),
            (mails, not_mails, 0, 0),
            "{name}"
        );
        for mail in &met.mails {
            let message = read(mail);
            assert!(
                message.date.is_some()
                    && message.defects.iter().all(|defect| defect.kind != DefectKind::ContainerBroken),
                "{name} {}",
                mail.number
            );
            assert!(!mail.folder.names.is_empty());
        }
    }
}

#[test]
fn files_come_out_of_a_real_one_as_they_were_put_in() {
    let (Some(file), Some(pdf)) =
        (real("pstextractortest@outlook.com.ost"), real("attachments/Clinometer Usage.pdf"))
    else {
        return;
    };
    let met = walk(&file, 0).unwrap();
    let mut found = 0;
    for mail in &met.mails {
        sekisho_mail::read_with(&mail.bytes, &Limits::default(), &mut |part, bytes| {
            if part.names.iter().any(|name| name.value == "Clinometer Usage.pdf") {
                assert_eq!(bytes, pdf);
                found += 1;
            }
        });
    }
    assert!(found >= 2, "{found}");
}

fn real(name: &str) -> Option<Vec<u8>> {
    let found =
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/pst-extractor").join(name)).ok();
    if found.is_none() {
        println!("not looked at: {name} is not there (make data)");
    }
    found
}
