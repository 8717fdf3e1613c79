//! Rich text → deeds and members.

use crate::{Budget, Keys, Kind, Unread, kind, open, sample};

fn told(text: &[u8]) -> String {
    let mut members = Vec::new();
    let opened = open(text, Kind::Rtf, &Keys::default(), &mut Budget::default(), &mut |member| {
        members.push(format!("{}={}", member.names.join("|"), kind(&member.bytes).id()));
    });
    let deeds =
        opened.deeds.iter().map(|deed| format!("{:?} {:?}{}", deed.kind, deed.danger, deed.starts.join(" ")));
    deeds.chain(members).collect::<Vec<_>>().join(", ")
}

fn string(text: &str) -> Vec<u8> {
    let mut bytes = (text.len() as u32 + 1).to_le_bytes().to_vec();
    bytes.extend(text.bytes());
    bytes.push(0);
    bytes
}

/// OLE 1.0 data of an object.
fn ole1(class: &str, native: &[u8]) -> Vec<u8> {
    let size = (native.len() as u32).to_le_bytes();
    [&[1, 5, 0, 0, 2, 0, 0, 0][..], &string(class), &[0; 8], &size, native].concat()
}

fn package(name: &str, content: &[u8]) -> Vec<u8> {
    let path = format!("C:\\Temp\\{name}\0");
    let size = (content.len() as u32).to_le_bytes();
    let length = (path.len() as u32).to_le_bytes();
    [
        &[2, 0][..],
        name.as_bytes(),
        &[0],
        path.as_bytes(),
        &[0, 0, 3, 0],
        &length,
        path.as_bytes(),
        &size,
        content,
    ]
    .concat()
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_packed_file_is_found_under_every_disguise() {
    let plain = digits(&ole1("Package", &package("a.exe", &sample(Kind::WindowsProgram).unwrap())));
    let (front, back) = plain.split_at(41);
    let middle = back.len() / 2 / 2 * 2 + 1;
    let raw = ole1("Package", &package("a.exe", b"MZ{\\}"));
    let mut binary = b"{\\rtf1{\\object{\\*\\objdata 01050000".to_vec();
    binary.extend(format!("\\bin{} ", raw.len() - 4).into_bytes());
    binary.extend(&raw[4..]);
    binary.extend(b"}}}");
    let disguises = [
        format!("{{\\rtf1{{\\object\\objemb{{\\*\\objclass Package}}{{\\*\\objdata {plain}}}}}}}"),
        format!("{{\\rt{{\\object{{\\objdata\r\n{plain}}}}}}}"),
        format!("{{\\rt1{{\\*\\objdata {}}}}}", plain.to_uppercase()),
        format!("{{\\rtf1{{\\object{{\\*\\objdata {front}\r\n\t {{\\*\\other 00ff}}{back}}}}}}}"),
        format!(
            "{{\\rtf1{{\\object{{\\*\\objdata {front}{{\\ignored }}{{{}}}{}}}}}}}",
            &back[..middle],
            &back[middle..]
        ),
        format!("{{\\rtf1{{\\object{{\\*\\objdata {}a\\'ff{}}}}}}}", &plain[..40], &plain[40..]),
        format!("{{\\rtf1{{\\object{{\\*\\objdata {}zz~{}}}}}}}", &plain[..40], &plain[40..]),
        format!("\r\n{{\\rtf1{{\\object{{\\*\\objdata {plain}"),
    ];
    for text in disguises {
        assert_eq!(told(text.as_bytes()), "a.exe=windows-program", "{}", &text[..100.min(text.len())]);
    }
    assert!(told(&binary).starts_with("a.exe="), "{}", told(&binary));
}

#[test]
fn classes_links_fields_and_templates() {
    let linked = |target: &str| {
        [&[1, 5, 0, 0, 1, 0, 0, 0][..], &string("htmlfile"), &string(target), &[0; 12]].concat()
    };
    let equation =
        [&[0x1c, 0, 0, 0, 2, 0, 0, 0, 60, 0, 0, 0][..], &[0; 16], &[3, 1, 1, 3, 10, 8, 90, 90], &[0x90; 60]]
            .concat();
    let cases = [
        (format!("{{\\rtf1{{\\object\\objupdate{{\\*\\objdata {}}}}}}}", digits(&ole1("Equation.3", &equation))), "AttackedObject Dangerousobjupdate"),
        (format!("{{\\rtf1{{\\object{{\\*\\objdata {}}}}}}}", digits(&ole1("MSComctlLib.ListViewCtrl.2", &[0; 9]))), "AttackedObject Dangerous"),
        (format!("{{\\rtf1{{\\object\\objautlink{{\\*\\objdata {}}}}}}}", digits(&linked("http://a.example/a.hta"))), "ExternalObject Dangerousobjautlink"),
        (format!("{{\\rtf1{{\\object\\objautlink{{\\*\\objdata {}}}}}}}", digits(&linked("C:\\a.xlsx"))), "ExternalObject Harmlessobjautlink"),
        ("{\\rtf1{\\field{\\*\\fldinst{ DDE}{\\b AUTO c:\\\\\\\\windows\\\\\\\\cmd.exe \"/c a\"}}{\\fldrslt a}}}".to_owned(), "Dde DangerousOpen"),
        ("{\\rtf1{\\field{\\*\\fldinst HYPERLINK \"https://a.example\"}{\\fldrslt a}}}".to_owned(), ""),
        ("{\\rtf1{\\*\\template http://a.example/a.dotm}}".to_owned(), "ExternalTemplate DangerousOpen"),
        ("{\\rtf1{\\*\\template \\u-65432?\\u-65420?\\u-65420?\\u-65424?://a.example/a}}".to_owned(), "ExternalTemplate DangerousOpen"),
        ("{\\rtf1{\\*\\template C:\\\\a\\\\Normal.dotm}}".to_owned(), "ExternalTemplate HarmlessOpen"),
        ("{\\rtf1 a}MZ appended".to_owned(), "=text"),
        ("{\\rtf1 \\'8a\\'d6 a}\r\n\0".to_owned(), ""),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn cut_changed_and_deep_texts_end() {
    let plain = digits(&ole1("Package", &package("a.exe", b"MZ")));
    let whole = format!(
        "{{\\rtf1{{\\field{{\\*\\fldinst DDE a b}}}}{{\\object{{\\*\\objdata {plain}}}}}\\u-1?\\'8a}}"
    );
    for end in 5..whole.len() {
        let opened =
            open(&whole.as_bytes()[..end], Kind::Rtf, &Keys::default(), &mut Budget::default(), &mut |_| {});
        assert!(opened.unread.iter().any(|(unread, _)| *unread == Unread::Damaged), "{end}");
    }
    let mut seed = 5_u32;
    for _ in 0..3000 {
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..4 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (seed >> 8) as usize % bytes.len();
            bytes[at] = (seed & 0xff) as u8;
        }
        let _ = told(&bytes);
    }
    let _ = told(&[&b"{\\rtf1"[..], &b"{".repeat(200_000)].concat());
    let _ = told(&[&b"{\\rtf1"[..], &b"{\\field".repeat(50_000)].concat());
}
