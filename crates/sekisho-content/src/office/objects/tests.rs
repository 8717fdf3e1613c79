//! Objects as bytes → deeds and members.

use crate::office::compound::{SIGNATURE, written};
use crate::{Budget, Keys, Kind, kind, open, sample};

fn told(bytes: &[u8], kind_of: Kind) -> String {
    let mut members = Vec::new();
    let opened = open(bytes, kind_of, &Keys::default(), &mut Budget::default(), &mut |member| {
        members.push(format!("{}={}", member.names.join("|"), kind(&member.bytes).id()));
    });
    let deeds = opened.deeds.iter().map(|deed| format!("{:?} {:?}", deed.kind, deed.danger));
    deeds.chain(members).collect::<Vec<_>>().join(", ")
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A stream of Packager.
fn native(name: &str, content: &[u8]) -> Vec<u8> {
    let path = format!("C:\\Temp\\{name}\0");
    let mut body = [&[2, 0][..], name.as_bytes(), &[0], path.as_bytes(), &[0, 0, 3, 0]].concat();
    body.extend((path.len() as u32).to_le_bytes());
    body.extend(path.as_bytes());
    body.extend((content.len() as u32).to_le_bytes());
    body.extend(content);
    [&(body.len() as u32).to_le_bytes()[..], &body].concat()
}

/// A link of a URL moniker, inside a composite one.
fn url_link(target: &str) -> Vec<u8> {
    let url = wide(&format!("{target}\0"));
    let mut stream = vec![1, 0, 0, 2, 9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0];
    stream.extend([0x09, 0x03, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46, 2, 0, 0, 0]);
    stream.extend([
        0xe0, 0xc9, 0xea, 0x79, 0xf9, 0xba, 0xce, 0x11, 0x8c, 0x82, 0x00, 0xaa, 0x00, 0x4b, 0xa9, 0x0b,
    ]);
    stream.extend((url.len() as u32).to_le_bytes());
    stream.extend(url);
    stream
}

/// A link of a file moniker, with its Unicode path.
fn file_link(target: &str) -> Vec<u8> {
    let path = wide(target);
    let mut stream = vec![1, 0, 0, 2, 1, 0, 0, 0];
    stream.extend([0x03, 0x03, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46, 0, 0, 2, 0, 0, 0, b'a', 0]);
    stream.extend([0xff, 0xff, 0xad, 0xde]);
    stream.extend([0; 20]);
    stream.extend((path.len() as u32 + 6).to_le_bytes());
    stream.extend((path.len() as u32).to_le_bytes());
    stream.extend([3, 0]);
    stream.extend(path);
    stream
}

const EQUATION: [u8; 16] = [0x02, 0xce, 0x02, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];

#[test]
fn objects_tell_what_they_are() {
    let font = [
        &[0x1c, 0, 0, 0, 2, 0, 0, 0, 25, 0, 0, 0][..],
        &[0; 16],
        &[3, 1, 1, 3, 10, 8, 0, 0],
        b"Times New Roman\0",
    ]
    .concat();
    let overlong =
        [&[0x1c, 0, 0, 0, 2, 0, 0, 0, 60, 0, 0, 0][..], &[0; 16], &[3, 1, 1, 3, 10, 8, 0, 0], &[0x90; 52]]
            .concat();
    let program = sample(Kind::WindowsProgram).unwrap();
    let packed = native("a.exe", &program);
    let workbook = [&[0x09, 0x08, 0x10, 0, 0, 6, 5, 0][..], &[0; 12], &[0x0a, 0, 0, 0]].concat();
    let cases: Vec<(&str, [u8; 16], Vec<u8>, &str)> = vec![
        ("\u{1}Ole10Native", [0; 16], packed.clone(), "a.exe=windows-program"),
        ("ObjectPool/_1234567/\u{1}OLE10nATIVE", [0; 16], packed.clone(), "a.exe=windows-program"),
        ("\u{1}Ole10Native", EQUATION, packed, "AttackedObject Dangerous, a.exe=windows-program"),
        ("Equation Native", EQUATION, font, "AttackedObject Harmless"),
        ("Equation Native", [0; 16], overlong, "AttackedObject Dangerous"),
        ("\u{1}Ole", [0; 16], url_link("https://pages.example/a.hta"), "ExternalObject Dangerous"),
        ("\u{1}Ole", [0; 16], url_link("https://midori.sharepoint.com/a.xlsx"), "ExternalObject Active"),
        ("\u{1}Ole", [0; 16], file_link("C:\\見積\\表.xlsx"), "ExternalObject Harmless"),
        ("\u{1}Ole", [0; 16], file_link("\\\\203.0.113.1\\a\\b.rtf"), "ExternalObject Dangerous"),
        (
            "\u{1}Ole",
            [0; 16],
            [
                &[1, 0, 0, 2, 9, 0, 0, 0][..],
                &[0xc6, 0xaf, 0xab, 0xec, 0x19, 0x7f, 0xd2, 0x11, 0x97, 0x8e, 0, 0, 0xf8, 0x75, 0x7e, 0x2a],
            ]
            .concat(),
            "ExternalObject Dangerous",
        ),
        ("\u{1}Ole", [0; 16], vec![1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0], ""),
        ("MBD0001/Workbook", [0; 16], workbook, "MBD0001.xls=office-excel-97"),
        ("Package", [0; 16], crate::sample(Kind::OfficeWordOoxml).unwrap(), "Package.docx=office-word-ooxml"),
        ("CONTENTS", [0; 16], b"%PDF-1.4\n".to_vec(), "CONTENTS.pdf=pdf"),
    ];
    for (path, class, content, expected) in cases {
        let bytes = written(&[(path, &content)], class);
        assert_eq!(told(&bytes, Kind::Ole), expected, "{path}");
        let in_word = written(&[("WordDocument", &[0xec, 0xa5, 0xc1, 0]), (path, &content)], class);
        assert_eq!(told(&in_word, Kind::OfficeWord97), expected, "{path} in a document");
    }
}

#[test]
fn a_presentation_keeps_its_objects_deflated() {
    let object = written(&[("\u{1}Ole10Native", &native("a.txt", b"plain words"))], [0; 16]);
    let mut deflated = (object.len() as u32).to_le_bytes().to_vec();
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, &object).unwrap();
    deflated.extend(encoder.finish().unwrap());
    for body in [deflated, object] {
        let record = [&[0x10, 0, 0x11, 0x10][..], &(body.len() as u32).to_le_bytes(), &body].concat();
        let bytes = written(&[("PowerPoint Document", &record)], [0; 16]);
        assert_eq!(told(&bytes, Kind::OfficePowerPoint97), "a.txt=text");
    }
}

#[test]
fn fields_links_and_actions_of_old_documents() {
    let text = "\u{13} DDEAUTO cmd \"/c a\" \u{14}b\u{15}";
    let mut document = vec![0xec, 0xa5, 0xc1, 0];
    document.resize(0x200, 0);
    document[0x18..0x1c].copy_from_slice(&0x200_u32.to_le_bytes());
    document[0x1c..0x20].copy_from_slice(&(0x200 + text.len() as u32).to_le_bytes());
    document.extend(text.bytes());
    assert_eq!(told(&written(&[("WordDocument", &document)], [0; 16]), Kind::OfficeWord97), "Dde Dangerous");
    // Two pieces, the second one wide, put together by the table.
    let mut pieces = vec![0xec, 0xa5, 0xc1, 0];
    pieces.resize(0x200, 0);
    pieces[0x1a6..0x1aa].copy_from_slice(&33_u32.to_le_bytes());
    pieces.extend(b"\x13DDE");
    pieces.extend(wide("AUTO cmd x\u{15}"));
    let mut table = vec![2, 28, 0, 0, 0];
    for number in [0_u32, 4, 15] {
        table.extend(number.to_le_bytes());
    }
    table.extend([0, 0]);
    table.extend((0x4000_0000_u32 | 0x400).to_le_bytes());
    table.extend([0, 0, 0, 0]);
    table.extend(0x204_u32.to_le_bytes());
    table.extend([0, 0]);
    let bytes = written(&[("WordDocument", &pieces), ("0Table", &table)], [0; 16]);
    assert_eq!(told(&bytes, Kind::OfficeWord97), "Dde Dangerous");

    let book = |server: &str| {
        let path = format!("{server}\u{3}/c a");
        let body = [&[1, 0][..], &(path.len() as u16).to_le_bytes(), &[0], path.as_bytes()].concat();
        let record = [&[0xae, 1][..], &(body.len() as u16).to_le_bytes(), &body].concat();
        let begin = [&[9, 8, 16, 0, 0, 6, 5, 0][..], &[0; 12]].concat();
        written(&[("Workbook", &[&begin[..], &record, &[10, 0, 0, 0]].concat())], [0; 16])
    };
    assert_eq!(told(&book("cmd"), Kind::OfficeExcel97), "Dde Dangerous");
    assert_eq!(told(&book("Excel.Sheet.8"), Kind::OfficeExcel97), "Dde Harmless");

    let show = |instance: u8| {
        let atom = [0, 0, 0xf3, 0x0f, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0];
        let records = [&[0x0f | instance << 4, 0, 0xf2, 0x0f, 24, 0, 0, 0][..], &atom].concat();
        written(&[("PowerPoint Document", &records)], [0; 16])
    };
    assert_eq!(told(&show(0), Kind::OfficePowerPoint97), "Command Active");
    assert_eq!(told(&show(1), Kind::OfficePowerPoint97), "Command Dangerous");
}

#[test]
fn cut_and_changed_documents_end() {
    let bytes = written(
        &[
            ("WordDocument", &[0xec, 0xa5, 0xc1, 0, 0x13, 0, 0x15]),
            ("ObjectPool/_1234567/\u{1}Ole10Native", &native("a.exe", b"MZ")),
            ("ObjectPool/_1234568/\u{1}Ole", &url_link("http://a.example/")),
            ("ObjectPool/_1234569/Equation Native", &[0x1c, 0, 0, 0, 2, 0, 0, 0, 9, 0, 0, 0]),
            ("ObjectPool/_1234570/Workbook", &[9, 8, 2, 0, 0, 6]),
        ],
        [0; 16],
    );
    assert!(bytes.starts_with(&SIGNATURE));
    for end in (8..bytes.len()).step_by(509) {
        let _ = told(&bytes[..end], Kind::OfficeWord97);
    }
    let mut seed = 11_u32;
    for _ in 0..500 {
        let mut changed = bytes.clone();
        for _ in 0..6 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (seed >> 8) as usize % changed.len();
            changed[at] = (seed & 0xff) as u8;
        }
        let _ = told(&changed, Kind::OfficeWord97);
        let _ = told(&changed, Kind::Ole);
    }
}
