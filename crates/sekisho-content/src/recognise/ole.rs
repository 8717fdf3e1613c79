//! A compound file → which program's document it is, by the names and the class in its directory, and whether it is
//! encrypted.
//!
//! Sources: [MS-DOC] 2.5.2, [MS-XLS] 2.4.117 (FilePass) and 2.4.3 (Addin), [MS-PPT] 2.3.2, [MS-OFFCRYPTO] 2.3.4,
//! [MS-OXMSG] 2.2.3, the published HWP 5.0 format.

use memchr::memmem;

use crate::Kind;
use crate::limits::BIFF_RECORDS_MAX;
use crate::number::{u16_le, u32_le};
use crate::office::compound::{Compound, Entry, Object};

/// The kind of a compound file, `None` if it is none.
pub(crate) fn kind(bytes: &[u8]) -> Option<Kind> {
    let compound = Compound::parse(bytes)?;
    let top = compound.top();
    let kind = by_names(&compound, &top)
        .or_else(|| compound.root().and_then(|root| by_class(&root.class)))
        .or_else(|| by_search(&compound, bytes))
        .unwrap_or(Kind::Ole);
    Some(kind)
}

/// Whether the document inside is encrypted, as far as its flags say.
pub(crate) fn is_encrypted(bytes: &[u8], kind: Kind) -> bool {
    let Some(compound) = Compound::parse(bytes) else { return false };
    let top = compound.top();
    let stream =
        |names: &[&str]| named(&top, names).map(|entry| compound.beginning(entry)).unwrap_or_default();
    match kind {
        Kind::OfficeEncrypted => true,
        Kind::OfficeWord97 => {
            const ENCRYPTED: u16 = 0x0100;
            u16_le(&stream(&["worddocument"]), 0x0a).is_some_and(|flags| flags & ENCRYPTED != 0)
        }
        Kind::OfficeExcel97 | Kind::OfficeExcelAddIn97 => {
            has_record(&stream(&["workbook", "book"]), FILE_PASS)
        }
        Kind::OfficePowerPoint97 => {
            const ENCRYPTED_TOKEN: u32 = 0xf3d1_c4df;
            u32_le(&stream(&["current user"]), 12) == Some(ENCRYPTED_TOKEN)
                || named(&top, &["encryptedsummary"]).is_some()
        }
        Kind::Hwp => {
            const PASSWORD: u8 = 0x02;
            stream(&["fileheader"]).get(36).is_some_and(|flags| flags & PASSWORD != 0)
        }
        _ => false,
    }
}

fn by_names(compound: &Compound<'_>, top: &[&Entry]) -> Option<Kind> {
    // Encryption wraps the document whole, so it is asked first.
    if named(top, &["encryptedpackage"]).is_some() {
        return Some(Kind::OfficeEncrypted);
    }
    let (_, kind) = NAMES.iter().find(|(name, _)| named(top, &[name]).is_some())?;
    match kind {
        Kind::OfficeExcel97 => {
            let workbook = named(top, &["workbook", "book"]).map(|entry| compound.beginning(entry))?;
            Some(if has_record(&workbook, ADD_IN) { Kind::OfficeExcelAddIn97 } else { Kind::OfficeExcel97 })
        }
        kind => Some(*kind),
    }
}

/// Names of streams and storages directly under the root, in lower case, the telling ones first.
const NAMES: &[(&str, Kind)] = &[
    ("worddocument", Kind::OfficeWord97),
    ("workbook", Kind::OfficeExcel97),
    ("book", Kind::OfficeExcel97),
    ("powerpoint document", Kind::OfficePowerPoint97),
    ("pp97_dualstorage", Kind::OfficePowerPoint97),
    ("visiodocument", Kind::OfficeVisio),
    ("quill", Kind::OfficePublisher),
    ("__properties_version1.0", Kind::OutlookMsg),
    ("__nameid_version1.0", Kind::OutlookMsg),
    ("bodytext", Kind::Hwp),
    ("hwpsummaryinformation", Kind::Hwp),
    ("\u{5}hwpsummaryinformation", Kind::Hwp),
    ("\u{4}jsrv_segmentinformation", Kind::Ichitaro),
    ("documenttext", Kind::Ichitaro),
    ("props14", Kind::OfficeProject),
    ("props12", Kind::OfficeProject),
    ("props9", Kind::OfficeProject),
    ("   114", Kind::OfficeProject),
    ("   112", Kind::OfficeProject),
    ("matost", Kind::OfficeWorks),
    ("mn0", Kind::OfficeWorks),
    // The tables of an installer database have names written in a packed alphabet that begins here.
    ("\u{4840}\u{3f3f}\u{4577}\u{446c}\u{3b6a}\u{45e4}\u{4824}", Kind::Msi),
    ("\u{4840}\u{3f7f}\u{4164}\u{422f}\u{4836}", Kind::Msi),
];

fn by_class(class: &[u8; 16]) -> Option<Kind> {
    CLASSES.iter().find(|(first, rest, _)| class.starts_with(first) && class.ends_with(rest)).map(|row| row.2)
}

/// The tail that the classes of the first Office programs share.
const OFFICE_TAIL: &[u8] = &[0xc0, 0, 0, 0, 0, 0, 0, 0x46];

/// Classes of the root, as stored: beginning, end, kind.
const CLASSES: &[(&[u8], &[u8], Kind)] = &[
    (&[0x06, 0x09, 0x02, 0x00], OFFICE_TAIL, Kind::OfficeWord97),
    (&[0x00, 0x09, 0x02, 0x00], OFFICE_TAIL, Kind::OfficeWord97),
    (&[0x20, 0x08, 0x02, 0x00], OFFICE_TAIL, Kind::OfficeExcel97),
    (&[0x10, 0x08, 0x02, 0x00], OFFICE_TAIL, Kind::OfficeExcel97),
    (&[0x10, 0x8d, 0x81, 0x64], &[0xe8, 0x10, 0xf2, 0x4d], Kind::OfficePowerPoint97),
    (&[0x84, 0x10, 0x0c, 0x00], OFFICE_TAIL, Kind::Msi),
    (&[0x86, 0x10, 0x0c, 0x00], OFFICE_TAIL, Kind::Msi),
    (&[0x82, 0x10, 0x0c, 0x00], OFFICE_TAIL, Kind::Msi),
    (&[0x0b, 0x0d, 0x02, 0x00], OFFICE_TAIL, Kind::OutlookMsg),
    (&[0x46, 0xf0, 0x06, 0x00], OFFICE_TAIL, Kind::OutlookMsg),
    (&[0x14, 0x1a, 0x02, 0x00], OFFICE_TAIL, Kind::OfficeVisio),
    (&[0x01, 0x12, 0x02, 0x00], &[0, 0xc0, 0, 0, 0, 0, 0, 0x46], Kind::OfficePublisher),
    (&[0xb3, 0x5a, 0x54, 0x82], &[], Kind::OfficeWorks),
];

/// A directory that cannot be walked may still lie somewhere in a damaged file.
fn by_search(compound: &Compound<'_>, bytes: &[u8]) -> Option<Kind> {
    // Where the directory can be walked, the word is somewhere in the content: each project of macros has it.
    if compound.entries().iter().any(|entry| entry.object == Object::Stream) {
        return None;
    }
    const SEARCHED: &[(&str, Kind)] = &[
        ("EncryptedPackage", Kind::OfficeEncrypted),
        ("WordDocument", Kind::OfficeWord97),
        ("Workbook", Kind::OfficeExcel97),
        ("PowerPoint Document", Kind::OfficePowerPoint97),
        ("__properties_version1.0", Kind::OutlookMsg),
    ];
    let wide = |name: &str| -> Vec<u8> { name.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    SEARCHED.iter().find(|(name, _)| memmem::find(bytes, &wide(name)).is_some()).map(|(_, kind)| *kind)
}

fn named<'a>(top: &[&'a Entry], names: &[&str]) -> Option<&'a Entry> {
    names.iter().find_map(|name| top.iter().find(|entry| entry.key == *name).copied())
}

const FILE_PASS: u16 = 0x002f;
const ADD_IN: u16 = 0x0087;

/// Whether a record of this type is among the first of a BIFF stream, before the first substream ends.
fn has_record(stream: &[u8], wanted: u16) -> bool {
    const END_OF_SUBSTREAM: u16 = 0x000a;
    let mut offset = 0_usize;
    for _ in 0..BIFF_RECORDS_MAX {
        let (Some(record), Some(length)) = (u16_le(stream, offset), u16_le(stream, offset + 2)) else {
            return false;
        };
        if record == wanted {
            return true;
        }
        if record == END_OF_SUBSTREAM {
            return false;
        }
        offset += 4 + usize::from(length);
    }
    false
}
