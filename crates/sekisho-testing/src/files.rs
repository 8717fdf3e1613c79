//! Names → small inert files that look like what they are called: documents, pictures, archives, programs.
//!
//! None of them does anything: programs have headers and no code, documents hold one line, locked archives hold
//! random bytes. ZIP after APPNOTE 6.3.10, compound files through `cfb`.

pub mod acting;

use crate::Rng;
use std::io::{Cursor, Write};
use std::time::UNIX_EPOCH;

/// A file fit for the extension of `name`; an unknown extension gives a line of text.
pub fn by_name(rng: &mut Rng, name: &str) -> Vec<u8> {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "pdf" => pdf(rng),
        "doc" => compound(rng, "WordDocument"),
        "xls" => compound(rng, "Workbook"),
        "ppt" => compound(rng, "PowerPoint Document"),
        "docx" => office_package(rng, "word/document.xml"),
        "xlsx" => office_package(rng, "xl/workbook.xml"),
        "pptx" => office_package(rng, "ppt/presentation.xml"),
        // The names of DMARC reports (RFC 7489 section 7.2.1.1) hold exclamation marks, and their archives one XML.
        "zip" if name.contains('!') => {
            zip(&[("report.xml", b"<?xml version=\"1.0\"?>\n<feedback/>\n".to_vec())])
        }
        "zip" => zip(&[("図面.pdf", pdf(rng)), ("読んでください.txt", text(rng))]),
        "jpg" | "jpeg" => jpeg(rng),
        "png" => png(),
        "gif" => gif(),
        "dxf" => dxf(rng),
        "csv" => csv(rng),
        "vcf" => vcard(rng),
        _ => text(rng),
    }
}

/// A one-page PDF.
pub fn pdf(rng: &mut Rng) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 720 Td (No. {}) Tj ET", rng.digits(8));
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let table_at = file.len();
    file.push_str("xref\n0 6\n0000000000 65535 f \n");
    for offset in offsets {
        file.push_str(&format!("{offset:010} 00000 n \n"));
    }
    file.push_str(&format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{table_at}\n%%EOF\n"));
    file.into_bytes()
}

/// A compound file with one stream of the given name: an old Office document without macros.
pub fn compound(rng: &mut Rng, stream: &str) -> Vec<u8> {
    let mut content = match stream {
        "WordDocument" => vec![0xEC, 0xA5, 0xC1, 0x00],
        "Workbook" => vec![0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00],
        _ => vec![0x0F, 0x00, 0xE8, 0x03],
    };
    content.extend_from_slice(rng.digits(16).as_bytes());
    content.resize(4608, 0);
    compound_of(&[(format!("/{stream}"), content)])
}

/// A compound file with these streams, storages made as their paths ask for.
#[allow(clippy::unwrap_used, reason = "writes to memory, fed by this crate's own tables")]
fn compound_of(streams: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).unwrap();
    for (path, content) in streams {
        if let Some((above, _)) = path.rsplit_once('/').filter(|(above, _)| !above.is_empty()) {
            file.create_storage_all(above).unwrap();
            // Storages are dated; the bytes depend on the seed alone.
            for (end, _) in path.match_indices('/').filter(|(end, _)| *end > 0) {
                file.set_created_time(&path[..end], UNIX_EPOCH).unwrap();
                file.set_modified_time(&path[..end], UNIX_EPOCH).unwrap();
            }
        }
        file.create_stream(path).unwrap().write_all(content).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// An Office Open XML package whose main part is `main` (`word/document.xml` and so on).
pub fn office_package(rng: &mut Rng, main: &str) -> Vec<u8> {
    let media = match main.split('/').next() {
        Some("word") => "wordprocessingml.document.main",
        Some("xl") => "spreadsheetml.sheet.main",
        _ => "presentationml.presentation.main",
    };
    let types = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Override PartName=\"/{main}\" ContentType=\"application/vnd.openxmlformats-officedocument.{media}+xml\"/></Types>"
    );
    let relations = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"{main}\"/></Relationships>"
    );
    let document =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><document>{}</document>", rng.digits(8));
    zip(&[
        ("[Content_Types].xml", types.into_bytes()),
        ("_rels/.rels", relations.into_bytes()),
        (main, document.into_bytes()),
    ])
}

/// A ZIP with stored members.
pub fn zip(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let stored: Vec<Stored<'_>> =
        members.iter().map(|(name, data)| Stored::plain(name, data.clone())).collect();
    archive(&stored, 0x0800)
}

/// A ZIP whose members carry the encryption bit over random bytes: asks for a password, holds nothing.
pub fn locked_zip(rng: &mut Rng, names: &[&str]) -> Vec<u8> {
    let members: Vec<_> = names
        .iter()
        .map(|name| {
            let data: Vec<u8> = (0..rng.between(300, 900)).map(|_| (rng.draw() & 0xFF) as u8).collect();
            Stored { plain_bytes: data.len().saturating_sub(12), ..Stored::plain(name, data) }
        })
        .collect();
    archive(&members, 0x0801)
}

/// A JPEG of one grey block, cut after its header tables.
pub fn jpeg(rng: &mut Rng) -> Vec<u8> {
    let mut file = vec![0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10];
    file.extend_from_slice(b"JFIF\0\x01\x01\x00\x00\x48\x00\x48\x00\x00");
    file.extend_from_slice(&[0xFF, 0xFE, 0x00, 0x12]);
    file.extend_from_slice(rng.digits(16).as_bytes());
    file.extend_from_slice(&[0xFF, 0xD9]);
    file
}

/// A PNG of one transparent point.
pub fn png() -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let zlib = [0x78, 0x9C, 0x63, 0x60, 0x60, 0x60, 0x60, 0x00, 0x00, 0x00, 0x05, 0x00, 0x01];
    for (kind, data) in [
        (b"IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0].as_slice()),
        (b"IDAT", zlib.as_slice()),
        (b"IEND", [].as_slice()),
    ] {
        file.extend_from_slice(&(data.len() as u32).to_be_bytes());
        let checked = [kind.as_slice(), data].concat();
        file.extend_from_slice(&checked);
        file.extend_from_slice(&crc32(&checked).to_be_bytes());
    }
    file
}

/// A GIF of one point, as counting pixels are.
pub fn gif() -> Vec<u8> {
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00\x3b"
        .to_vec()
}

/// A Windows program by its headers (`MZ`, `PE`), without any code.
pub fn program(rng: &mut Rng) -> Vec<u8> {
    let mut file = vec![0_u8; 1024];
    file[..2].copy_from_slice(b"MZ");
    file[0x3C] = 0x80;
    file[0x80..0x84].copy_from_slice(b"PE\0\0");
    file[0x84..0x86].copy_from_slice(&[0x4C, 0x01]);
    file[0x94] = 0xE0;
    file[0x96..0x98].copy_from_slice(&[0x02, 0x01]);
    file[0x98..0x9A].copy_from_slice(&[0x0B, 0x01]);
    file[0x200..0x210].copy_from_slice(rng.digits(16).as_bytes());
    file
}

/// A Windows shortcut by its header (MS-SHLLINK section 2.1), pointing nowhere.
pub fn shortcut() -> Vec<u8> {
    let mut file = vec![0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];
    file.resize(76, 0);
    file.extend_from_slice(&[0, 0, 0, 0]);
    file
}

/// An ISO 9660 image with a primary volume descriptor and no files.
pub fn disk_image() -> Vec<u8> {
    let mut file = vec![0_u8; 0x9000];
    file[0x8000] = 1;
    file[0x8001..0x8006].copy_from_slice(b"CD001");
    file[0x8006] = 1;
    file[0x8800] = 0xFF;
    file[0x8801..0x8806].copy_from_slice(b"CD001");
    file[0x8806] = 1;
    file
}

fn text(rng: &mut Rng) -> Vec<u8> {
    format!("管理番号 {}\r\n内容をご確認ください。\r\n", rng.digits(6)).into_bytes()
}

fn csv(rng: &mut Rng) -> Vec<u8> {
    let mut table = String::from("番号,品名,数量,単価\r\n");
    for row in 1..=5 {
        table.push_str(&format!("{row},品番{},{},{}\r\n", rng.digits(4), rng.between(1, 40), rng.digits(4)));
    }
    table.into_bytes()
}

fn dxf(rng: &mut Rng) -> Vec<u8> {
    let number = rng.digits(3);
    format!("0\r\nSECTION\r\n2\r\nENTITIES\r\n0\r\nLINE\r\n10\r\n0.0\r\n20\r\n0.0\r\n11\r\n{number}.0\r\n21\r\n0.0\r\n0\r\nENDSEC\r\n0\r\nEOF\r\n")
        .into_bytes()
}

fn vcard(rng: &mut Rng) -> Vec<u8> {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nTEL:03-0000-{}\r\nEND:VCARD\r\n", rng.digits(4)).into_bytes()
}

/// A member as it is stored.
struct Stored<'n> {
    name: &'n str,
    checksum: u32,
    plain_bytes: usize,
    data: Vec<u8>,
}

impl<'n> Stored<'n> {
    fn plain(name: &'n str, data: Vec<u8>) -> Self {
        Self { name, checksum: crc32(&data), plain_bytes: data.len(), data }
    }
}

fn archive(members: &[Stored<'_>], flags: u16) -> Vec<u8> {
    let mut file = Vec::new();
    let mut directory = Vec::new();
    for Stored { name, checksum, plain_bytes, data } in members {
        let offset = file.len() as u32;
        let mut shared = Vec::new();
        shared.extend_from_slice(&20_u16.to_le_bytes());
        shared.extend_from_slice(&flags.to_le_bytes());
        // Method 0, and 2024-04-01 09:00 as the fixed time, so that the bytes depend on the seed alone.
        shared.extend_from_slice(&[0, 0, 0x00, 0x48, 0x81, 0x58]);
        shared.extend_from_slice(&checksum.to_le_bytes());
        shared.extend_from_slice(&(data.len() as u32).to_le_bytes());
        shared.extend_from_slice(&(*plain_bytes as u32).to_le_bytes());
        shared.extend_from_slice(&(name.len() as u16).to_le_bytes());
        shared.extend_from_slice(&[0, 0]);
        file.extend_from_slice(b"PK\x03\x04");
        file.extend_from_slice(&shared);
        file.extend_from_slice(name.as_bytes());
        file.extend_from_slice(data);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&shared);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let start = file.len() as u32;
    let count = (members.len() as u16).to_le_bytes();
    let size = (directory.len() as u32).to_le_bytes();
    file.extend_from_slice(&directory);
    file.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    file.extend_from_slice(&[count, count].concat());
    file.extend_from_slice(&[size, start.to_le_bytes()].concat());
    file.extend_from_slice(&[0, 0]);
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    !crc_from(u32::MAX, bytes)
}

/// CRC-32 from this state on; nothing is turned at either end.
pub(crate) fn crc_from(mut crc: u32, bytes: &[u8]) -> u32 {
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_same_file() {
        for name in ["a.pdf", "a.doc", "a.xls", "a.docx", "a.zip", "a.jpg", "a.csv", "a.dxf"] {
            assert_eq!(by_name(&mut Rng::new(1), name), by_name(&mut Rng::new(1), name), "{name}");
        }
    }

    #[test]
    fn checksum_agrees_with_the_published_value() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn old_documents_open() {
        let file = compound(&mut Rng::new(1), "WordDocument");
        assert!(cfb::CompoundFile::open(Cursor::new(file)).unwrap().is_stream("/WordDocument"));
    }
}
