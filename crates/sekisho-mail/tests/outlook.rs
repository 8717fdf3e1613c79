//! `.msg` files written with a compound-file library → the message that Outlook shows.

#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use sekisho_mail::{Body, Limits, Message, Role};

type Storage = cfb::CompoundFile<Cursor<Vec<u8>>>;

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn put(file: &mut Storage, storage: &str, tag: u32, content: &[u8]) {
    let mut stream = file.create_stream(format!("{storage}/__substg1.0_{tag:08X}")).unwrap();
    stream.write_all(content).unwrap();
}

/// The property stream: a header, then entries of numbers.
fn fixed(file: &mut Storage, storage: &str, header_bytes: usize, numbers: &[(u32, u64)]) {
    let mut content = vec![0; header_bytes];
    for (tag, number) in numbers {
        content.extend(tag.to_le_bytes());
        content.extend(6u32.to_le_bytes());
        content.extend(number.to_le_bytes());
    }
    file.create_stream(format!("{storage}/__properties_version1.0")).unwrap().write_all(&content).unwrap();
}

fn letter() -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    fixed(&mut file, "", 32, &[(0x3ffd_0003, 932), (0x0039_0040, 134_053_056_000_000_000)]);
    put(&mut file, "", 0x0037_001f, &wide("見積書の件"));
    put(&mut file, "", 0x0042_001f, &wide("青井 蓮"));
    put(&mut file, "", 0x5d02_001f, &wide("aoi@midori.example"));
    // 本文です, in the code page of the message.
    put(&mut file, "", 0x1000_001e, b"\x96\x7b\x95\xb6\x82\xc5\x82\xb7");
    put(&mut file, "", 0x1013_0102, b"<p>see <a href=\"https://midori.example/\">this</a></p>");
    put(&mut file, "", 0x1035_001f, &wide("<7@midori.example>"));
    file.create_storage("/__recip_version1.0_#00000000").unwrap();
    put(&mut file, "/__recip_version1.0_#00000000", 0x39fe_001f, &wide("sato@midori.example"));
    file.create_storage("/__attach_version1.0_#00000000").unwrap();
    put(&mut file, "/__attach_version1.0_#00000000", 0x3707_001f, &wide("見積書 2026.zip"));
    put(&mut file, "/__attach_version1.0_#00000000", 0x3704_001f, &wide("MITSUM~1.ZIP"));
    put(
        &mut file,
        "/__attach_version1.0_#00000000",
        0x3701_0102,
        &[b"PK\x03\x04".as_slice(), &[7; 9_000]].concat(),
    );
    file.create_storage("/__attach_version1.0_#00000001").unwrap();
    let inside = "/__attach_version1.0_#00000001/__substg1.0_3701000D";
    file.create_storage(inside).unwrap();
    fixed(&mut file, inside, 24, &[]);
    put(&mut file, inside, 0x0037_001f, &wide("inside"));
    put(&mut file, inside, 0x007d_001f, &wide("From: Ren <ren@inner.example>\r\nTo: x@y.example\r\n\r\n"));
    put(&mut file, inside, 0x1000_001f, &wide("deep words"));
    file.into_inner().into_inner()
}

fn read(bytes: &[u8]) -> Message {
    sekisho_mail::read(bytes, &Limits::default())
}

#[test]
fn a_letter_is_read_as_outlook_shows_it() {
    let message = read(&letter());
    assert_eq!(message.subject, "見積書の件");
    assert_eq!(message.from[0].name, "青井 蓮");
    assert_eq!(message.from[0].address.as_ref().unwrap().to_string(), "aoi@midori.example");
    assert_eq!(message.to[0].address.as_ref().unwrap().to_string(), "sato@midori.example");
    assert_eq!(message.message_id, "7@midori.example");
    assert_eq!(message.date.unwrap().unix_seconds, 1_760_832_000);
    let texts: Vec<&str> = message.texts().map(|(_, view)| view.text.trim()).collect();
    assert_eq!(texts, ["本文です", "see this"]);
    let attached = &message.parts[2];
    assert_eq!((attached.path.as_str(), attached.role, attached.size_bytes), ("3", Role::Attachment, 9_004));
    let names: Vec<&str> = attached.names.iter().map(|name| name.value.as_str()).collect();
    assert_eq!(names, ["見積書 2026.zip", "MITSUM~1.ZIP"]);
    // The archive is opened too; what it holds stands below its own path.
    let fourth = message.parts.iter().find(|part| part.path == "4").unwrap();
    let Body::Message(inner) = &fourth.body else { panic!("no message inside") };
    assert_eq!(inner.subject, "inside");
    assert_eq!(inner.from[0].address.as_ref().unwrap().to_string(), "ren@inner.example");
    assert_eq!(inner.parts[0].path, "4.1");
    assert_eq!(inner.parts[0].view().unwrap().text, "deep words");
}

#[test]
fn any_damage_gives_a_message() {
    let letter = letter();
    for end in (0..letter.len()).step_by(97) {
        read(&letter[..end]);
    }
    // Headers, allocation table and directory: every byte there leads somewhere.
    for at in (0..letter.len().min(4_096)).step_by(3) {
        for byte in [0, 1, 0x7f, 0xff] {
            let mut damaged = letter.clone();
            damaged[at] = byte;
            read(&damaged);
        }
    }
}

/// Files that Outlook itself wrote, fetched by `make data`: subject, kinds of text, number of parts that are files.
#[test]
fn real_letters_are_read() {
    let data = std::env::var_os("SEKISHO_DATA")
        .map_or_else(|| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data"), Into::into);
    let folder = data.join("msg_parser");
    if !folder.is_dir() {
        eprintln!("not looked at: {} is not there; run `make data`", folder.display());
        return;
    }
    for (file, subject, texts, files) in [
        ("ascii.msg", "creating an outlook message file", 1, 0),
        (
            "attachment.msg",
            "FW: [WARNING: ATTACHMENT(S) MAY CONTAIN MALWARE]Please check all aspects in documents",
            2,
            1,
        ),
        ("test_email.msg", "Test Email", 2, 0),
        ("test_email_4.msg", "test", 2, 0),
    ] {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let message = sekisho_mail::read(&bytes, &Limits::default());
        let of = |role: Role| {
            message.parts.iter().filter(|part| part.role == role && part.file().is_some()).count()
        };
        assert_eq!((message.subject.as_str(), of(Role::Text)), (subject, texts), "{file}");
        assert!(of(Role::Attachment) >= files, "{file}: {}", of(Role::Attachment));
    }
}
