//! Documents that act when they are opened, and their harmless neighbours: macros, relations to elsewhere, formulas,
//! scripts, pictures with codes. All inert: hosts that do not exist, commands that do nothing.
//!
//! VBA projects after [MS-OVBA], uncompressed in literals; shortcuts after [MS-SHLLINK]; codes by the `qrcode` crate.

use std::io::Write;

use super::{Stored, archive, compound_of, crc32, zip};

/// A Word document with macros whose only module has this source.
pub fn document_with_macro(source: &str) -> Vec<u8> {
    let project = vba_project(source);
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/>\
        <Override PartName=\"/word/vbaProject.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>";
    zip(&[
        ("[Content_Types].xml", types.as_bytes().to_vec()),
        ("_rels/.rels", relations(&[("officeDocument", "word/document.xml", false)])),
        ("word/document.xml", b"<w:document><w:body/></w:document>".to_vec()),
        ("word/vbaProject.bin", project),
    ])
}

/// An old Word document with macros whose only module has this source.
pub fn old_document_with_macro(source: &str) -> Vec<u8> {
    let mut streams = vba_streams("/Macros", source);
    let mut text = vec![0xEC, 0xA5, 0xC1, 0x00];
    text.resize(4608, 0);
    streams.push(("/WordDocument".to_owned(), text));
    compound_of(&streams)
}

/// A Word document with this text, and relations of its main part: type, target, whether it is outside.
pub fn document(text: &str, links: &[(&str, &str)], more: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let paragraphs: String =
        text.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{paragraphs}</w:body></w:document>"
    );
    let outside: Vec<(&str, &str, bool)> =
        links.iter().map(|(kind, target)| (*kind, *target, true)).collect();
    let mut members = vec![
        ("[Content_Types].xml", types.as_bytes().to_vec()),
        ("_rels/.rels", relations(&[("officeDocument", "word/document.xml", false)])),
        ("word/document.xml", body.into_bytes()),
        ("word/_rels/document.xml.rels", relations(&outside)),
        ("word/_rels/settings.xml.rels", relations(&outside)),
    ];
    members.extend(more.iter().cloned());
    zip(&members)
}

/// An ActiveX control of a document, by its class, with one property.
pub fn control(class: &str, (property, value): (&str, &str)) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\"?><ax:ocx ax:classid=\"{{{class}}}\" ax:persistence=\"persistPropertyBag\" xmlns:ax=\"http://schemas.microsoft.com/office/2006/activeX\"><ax:ocxPr ax:name=\"{property}\" ax:value=\"{value}\"/></ax:ocx>"
    )
    .into_bytes()
}

/// Rich text with an object of the equation editor that holds this data.
pub fn equation(records: &[u8]) -> Vec<u8> {
    let mut native = vec![0x1C, 0, 0, 0, 2, 0, 0x9E, 0xC4];
    native.extend((records.len() as u32 + 5).to_le_bytes());
    native.extend([0; 16]);
    native.extend([3, 1, 1, 3, 10]);
    native.extend_from_slice(records);
    let mut object = vec![0x01, 0x05, 0, 0, 0x02, 0, 0, 0];
    object.extend(11_u32.to_le_bytes());
    object.extend(b"Equation.3\0");
    object.extend([0; 8]);
    object.extend((native.len() as u32).to_le_bytes());
    object.extend(native);
    let hexadecimal: String = object.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{{\\rtf1\\ansi text {{\\object\\objemb{{\\*\\objclass Equation.3}}{{\\*\\objdata {hexadecimal}}}}}}}\n")
        .into_bytes()
}

/// A PDF of one empty page, with more entries in its catalogue.
pub fn pdf_with(entries: &str) -> Vec<u8> {
    format!(
        "%PDF-1.5\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R {entries} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\ntrailer\n<< /Root 1 0 R /Size 4 >>\n%%EOF\n"
    )
    .into_bytes()
}

/// A shortcut to a program with arguments.
pub fn shortcut_to(program: &str, arguments: &str) -> Vec<u8> {
    const HAS_RELATIVE_PATH: u32 = 0x08;
    const HAS_ARGUMENTS: u32 = 0x20;
    const IS_UNICODE: u32 = 0x80;
    let mut file = super::shortcut();
    file.truncate(76);
    file[20..24].copy_from_slice(&(HAS_RELATIVE_PATH | HAS_ARGUMENTS | IS_UNICODE).to_le_bytes());
    for text in [program, arguments] {
        let units: Vec<u16> = text.encode_utf16().collect();
        file.extend((units.len() as u16).to_le_bytes());
        file.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    }
    file.extend([0; 4]);
    file
}

/// A picture of a code that holds `text`: eight points a module, a border of four modules.
///
/// # Panics
/// Never in practice: the texts are short.
#[allow(clippy::unwrap_used, reason = "fed by this crate's own tables")]
pub fn code(text: &str) -> Vec<u8> {
    let code = qrcode::QrCode::new(text).unwrap();
    let (width, colours) = (code.width(), code.to_colors());
    let dark = |x: usize, y: usize| {
        let inside = (4..width + 4).contains(&x) && (4..width + 4).contains(&y);
        inside && colours[(y - 4) * width + (x - 4)] == qrcode::Color::Dark
    };
    picture((width + 8) * 8, |x, y| if dark(x / 8, y / 8) { 0 } else { 255 })
}

/// A square grey picture, point by point.
///
/// # Panics
/// Never in practice: it is written to memory.
#[allow(clippy::unwrap_used, reason = "writes to memory")]
pub fn picture(width: usize, point: impl Fn(usize, usize) -> u8) -> Vec<u8> {
    let mut rows = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for y in 0..width {
        let row: Vec<u8> = std::iter::once(0).chain((0..width).map(|x| point(x, y))).collect();
        rows.write_all(&row).unwrap();
    }
    let size = (width as u32).to_be_bytes();
    let header = [&size[..], &size, &[8, 0, 0, 0, 0]].concat();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", header), (b"IDAT", rows.finish().unwrap()), (b"IEND", Vec::new())] {
        file.extend((data.len() as u32).to_be_bytes());
        let checked = [kind.as_slice(), &data].concat();
        file.extend(&checked);
        file.extend(crc32(&checked).to_be_bytes());
    }
    file
}

/// A ZIP with one member under a password (APPNOTE 6.1, the old cipher).
pub fn zip_with_password(name: &str, content: &[u8], password: &str) -> Vec<u8> {
    let checksum = crc32(content);
    let mut keys = [0x1234_5678_u32, 0x2345_6789, 0x3456_7890];
    password.bytes().for_each(|byte| advance(&mut keys, byte));
    // Eleven bytes that would be random, then the one that a password is tried on.
    let header: Vec<u8> =
        (0..11_u8).map(|byte| byte.wrapping_mul(37)).chain([(checksum >> 24) as u8]).collect();
    let data: Vec<u8> = header
        .iter()
        .chain(content)
        .map(|plain| {
            let mixed = keys[2] | 2;
            let mask = (mixed.wrapping_mul(mixed ^ 1) >> 8) as u8;
            advance(&mut keys, *plain);
            plain ^ mask
        })
        .collect();
    archive(&[Stored { name, checksum, plain_bytes: content.len(), data }], 0x0801)
}

fn advance(keys: &mut [u32; 3], byte: u8) {
    keys[0] = step(keys[0], byte);
    keys[1] = keys[1].wrapping_add(keys[0] & 0xFF).wrapping_mul(134_775_813).wrapping_add(1);
    keys[2] = step(keys[2], (keys[1] >> 24) as u8);
}

/// One step of CRC-32 without its complements.
fn step(crc: u32, byte: u8) -> u32 {
    (0..8)
        .fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
}

fn relations(all: &[(&str, &str, bool)]) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for (number, (kind, target, outside)) in all.iter().enumerate() {
        let mode = if *outside { " TargetMode=\"External\"" } else { "" };
        out.push_str(&format!(
            "<Relationship Id=\"rId{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"{mode}/>"
        ));
    }
    out.push_str("</Relationships>");
    out.into_bytes()
}

fn vba_project(source: &str) -> Vec<u8> {
    compound_of(&vba_streams("", source))
}

fn vba_streams(above: &str, source: &str) -> Vec<(String, Vec<u8>)> {
    let source = format!("Attribute VB_Name = \"Module1\"\r\n{}", source.replace('\n', "\r\n"));
    let directory: Vec<u8> = [
        record(0x01, &1_u32.to_le_bytes()),
        record(0x03, &932_u16.to_le_bytes()),
        record(0x0F, &1_u16.to_le_bytes()),
        record(0x13, &[0xFF, 0xFF]),
        record(0x19, b"Module1"),
        [record(0x1A, b"Module1"), record(0x32, &wide("Module1"))].concat(),
        record(0x31, &0_u32.to_le_bytes()),
        record(0x21, &[]),
        record(0x2B, &[]),
        record(0x10, &[]),
    ]
    .concat();
    vec![
        (format!("{above}/PROJECT"), b"Module=Module1\r\n".to_vec()),
        (format!("{above}/VBA/_VBA_PROJECT"), vec![0xCC, 0x61, 0xFF, 0xFF, 0, 0, 0]),
        (format!("{above}/VBA/dir"), literals(&directory)),
        (format!("{above}/VBA/Module1"), literals(source.as_bytes())),
    ]
}

fn record(id: u16, data: &[u8]) -> Vec<u8> {
    [&id.to_le_bytes()[..], &(data.len() as u32).to_le_bytes(), data].concat()
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A compressed container whose tokens are all literals ([MS-OVBA] 2.4.1).
fn literals(bytes: &[u8]) -> Vec<u8> {
    const LITERALS_A_CHUNK: usize = 3_600;
    let mut out = vec![1];
    for chunk in bytes.chunks(LITERALS_A_CHUNK) {
        let tokens: Vec<u8> =
            chunk.chunks(8).flat_map(|eight| std::iter::once(0).chain(eight.iter().copied())).collect();
        let header = 0xB000 | (tokens.len() as u16 - 1);
        out.extend(header.to_le_bytes());
        out.extend(tokens);
    }
    out
}
