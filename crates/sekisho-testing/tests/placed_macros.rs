//! One macro, kept wherever Office takes macros from, and where attackers put them: it is found and judged in each.

#![allow(clippy::unwrap_used, reason = "a failed step of a test is its failure")]

use std::io::{Cursor, Write};

use data_encoding::BASE64;
use sekisho_content::{Budget, Danger, DeedKind, Keys, Kind, open};
use sekisho_testing::files::zip;

#[test]
fn a_macro_is_found_wherever_it_lies() {
    let missed: Vec<String> = places()
        .into_iter()
        .filter(|(_, kind, bytes)| worst(bytes, *kind) != Some(Danger::Dangerous))
        .map(|(name, kind, _)| format!("{name} ({})", kind.id()))
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn the_same_places_without_a_macro_say_nothing() {
    let empty = compound(&[("Contents", b"nothing".to_vec())]);
    for (kind, bytes) in [
        (Kind::OfficeWordOoxml, zip(&[("word/embeddings/oleObject1.bin", empty.clone())])),
        (Kind::OfficeWord97, empty.clone()),
        (Kind::Mht, format!("MIME-Version: 1.0\r\n\r\n{}", BASE64.encode(&empty)).into_bytes()),
    ] {
        assert_eq!(worst(&bytes, kind), None, "{}", kind.id());
    }
}

/// A place's name, the kind of the file, the file.
fn places() -> Vec<(&'static str, Kind, Vec<u8>)> {
    let project = project("");
    let mime = active_mime(&project);
    let words = |text: String| text.into_bytes();
    let package = |name: &str| zip(&[("[Content_Types].xml", b"<Types/>".to_vec()), (name, project.clone())]);
    vec![
        ("in its place", Kind::OfficeWordOoxmlMacro, package("word/vbaProject.bin")),
        (
            "under another name",
            Kind::OfficeExcelOoxmlMacro,
            package("xl/printerSettings/printerSettings1.bin"),
        ),
        ("as a picture", Kind::OfficePowerPointOoxmlMacro, package("ppt/media/image1.png")),
        ("in a package without macros by its name", Kind::OfficeWordOoxml, package("word/theme.bin")),
        ("binary workbook", Kind::OfficeExcelBinary, package("xl/vbaProject.bin")),
        ("add-in of Excel", Kind::OfficeExcelAddIn, package("xl/vbaProject.bin")),
        ("add-in of PowerPoint", Kind::OfficePowerPointAddIn, package("ppt/vbaProject.bin")),
        ("drawing of Visio", Kind::OfficeVisioOoxmlMacro, package("visio/vbaProject.bin")),
        (
            "behind a prefix",
            Kind::OfficeWordOoxmlMacro,
            [b"\0\0\0\0".to_vec(), package("word/vbaProject.bin")].concat(),
        ),
        (
            "flat package",
            Kind::Xml,
            words(format!(
                "<pkg:package><pkg:part pkg:name=\"/word/vbaProject.bin\"><pkg:binaryData>{}</pkg:binaryData></pkg:part>\
                 </pkg:package>",
                wrapped(&project)
            )),
        ),
        (
            "Word 2003 XML",
            Kind::OfficeWordXml2003,
            words(format!(
                "<w:wordDocument w:macrosPresent=\"yes\"><w:docSuppData><w:binData w:name=\"editdata.mso\">{}</w:binData>\
                 </w:docSuppData></w:wordDocument>",
                wrapped(&mime)
            )),
        ),
        (
            "saved page",
            Kind::Mht,
            words(format!(
                "MIME-Version: 1.0\r\nContent-Location: file:///C:/a/editdata.mso\r\nContent-Transfer-Encoding: base64\r\n\
                 \r\n{}\r\n",
                wrapped(&mime)
            )),
        ),
        ("ActiveMime alone", Kind::OfficeActiveMime, mime.clone()),
        ("old document", Kind::OfficeWord97, document("WordDocument", "Macros/")),
        ("old workbook", Kind::OfficeExcel97, document("Workbook", "_VBA_PROJECT_CUR/")),
        ("old add-in", Kind::OfficeExcelAddIn97, document("Workbook", "_VBA_PROJECT_CUR/")),
        ("Publisher", Kind::OfficePublisher, document("Contents", "VBA/")),
        ("old Visio", Kind::OfficeVisio, document("VisioDocument", "")),
        ("a document in a document", Kind::OfficeWord97, document("WordDocument", "ObjectPool/_1/Macros/")),
        (
            "a document in a package",
            Kind::OfficeWordOoxml,
            zip(&[("word/embeddings/oleObject1.bin", document("Workbook", "_VBA_PROJECT_CUR/"))]),
        ),
        ("slides", Kind::OfficePowerPoint97, slides(&project, 0)),
        ("slides, deflated", Kind::OfficePowerPoint97, slides(&project, 1)),
    ]
}

fn worst(bytes: &[u8], kind: Kind) -> Option<Danger> {
    let opened = open(bytes, kind, &Keys::default(), &mut Budget::default(), &mut |_| {});
    opened.deeds.iter().filter(|deed| deed.kind == DeedKind::Macro).map(|deed| deed.danger).max()
}

const SOURCE: &str =
    "Attribute VB_Name = \"ThisDocument\"\r\nSub AutoOpen()\r\nShell \"cmd /c rem\"\r\nEnd Sub\r\n";

/// A project in a storage, without its listing: modules are known by their sources.
fn project(folder: &str) -> Vec<u8> {
    compound(&[(&format!("{folder}VBA/ThisDocument"), container(SOURCE))])
}

fn document(stream: &str, folder: &str) -> Vec<u8> {
    compound(&[(stream, vec![0; 4096]), (&format!("{folder}VBA/ThisDocument"), container(SOURCE))])
}

/// A slide show with the project as an object, deflated behind its size where the instance is 1.
fn slides(project: &[u8], instance: u16) -> Vec<u8> {
    let deflated = [(project.len() as u32).to_le_bytes().to_vec(), stored_zlib(project)].concat();
    let content = if instance == 1 { &deflated[..] } else { project };
    let mut record = (instance << 4).to_le_bytes().to_vec();
    record.extend([0x11, 0x10]);
    record.extend((content.len() as u32).to_le_bytes());
    record.extend(content);
    compound(&[("PowerPoint Document", [vec![0; 64], record, vec![0; 4096]].concat())])
}

fn compound(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    for (path, content) in streams {
        if let Some((folder, _)) = path.rsplit_once('/') {
            file.create_storage_all(format!("/{folder}")).unwrap();
        }
        file.create_stream(format!("/{path}")).unwrap().write_all(content).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A compressed container of literals ([MS-OVBA] 2.4.1).
fn container(source: &str) -> Vec<u8> {
    let chunk: Vec<u8> = source
        .as_bytes()
        .chunks(8)
        .flat_map(|eight| std::iter::once(0).chain(eight.iter().copied()))
        .collect();
    [&[1][..], &(0xb000 | (chunk.len() as u16 - 1)).to_le_bytes(), &chunk].concat()
}

fn active_mime(project: &[u8]) -> Vec<u8> {
    let mut bytes = b"ActiveMime\0\0\x01\xf0\x04\0\0\0\xff\xff\xff\xff\0\0\x07\xf0".to_vec();
    bytes.resize(50, 0);
    bytes.extend(stored_zlib(project));
    bytes
}

/// A zlib stream of stored blocks (RFC 1950, RFC 1951 section 3.2.4).
fn stored_zlib(content: &[u8]) -> Vec<u8> {
    const BLOCK_BYTES: usize = 0xffff;
    let mut bytes = vec![0x78, 0x01];
    let count = content.chunks(BLOCK_BYTES).count();
    for (at, block) in content.chunks(BLOCK_BYTES).enumerate() {
        bytes.push(u8::from(at + 1 == count));
        bytes.extend((block.len() as u16).to_le_bytes());
        bytes.extend((!(block.len() as u16)).to_le_bytes());
        bytes.extend(block);
    }
    let (a, b) = content.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    bytes.extend((b << 16 | a).to_be_bytes());
    bytes
}

/// Base64 in lines, as mail programs and Word break it.
fn wrapped(bytes: &[u8]) -> String {
    let text = BASE64.encode(bytes);
    let lines: Vec<&str> =
        text.as_bytes().chunks(76).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    lines.join("\r\n")
}
