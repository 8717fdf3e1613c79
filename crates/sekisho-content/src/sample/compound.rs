//! OLE2 compound files: one sector of allocation table, a directory, streams of 4 KiB each.

use crate::Kind;
use crate::office::compound::SIGNATURE;

/// The compound file of a kind that is one.
pub(super) fn sample(kind: Kind) -> Option<Vec<u8>> {
    entries(kind).map(|entries| file(&entries, class(kind)))
}

/// The same with the flag or record that says encrypted.
pub(super) fn locked(kind: Kind) -> Option<Vec<u8>> {
    let mut entries = entries(kind)?;
    let stream = entries.first_mut().and_then(|(_, stream)| stream.as_mut())?;
    let (at, mark): (usize, &[u8]) = match kind {
        Kind::OfficeWord97 => (0x0a, &[0x00, 0x01]),
        Kind::OfficeExcel97 => (20, &[0x2f, 0, 2, 0, 0, 0]),
        Kind::OfficePowerPoint97 => (12, &[0xdf, 0xc4, 0xd1, 0xf3]),
        Kind::Hwp => (36, &[0x02]),
        Kind::OfficeEncrypted => (0, &[]),
        _ => return None,
    };
    stream.get_mut(at..at + mark.len())?.copy_from_slice(mark);
    Some(file(&entries, class(kind)))
}

/// A name, and a stream's content or nothing for a storage.
type Entry = (String, Option<Vec<u8>>);

fn entries(kind: Kind) -> Option<Vec<Entry>> {
    let stream = |name: &str, content: &[u8]| (name.to_owned(), Some([content, &[0; 64]].concat()));
    let storage = |name: &str| (name.to_owned(), None);
    Some(match kind {
        Kind::OfficeWord97 => vec![stream("WordDocument", &[0xec, 0xa5, 0xc1, 0])],
        Kind::OfficeExcel97 => vec![stream("Workbook", &[BOF, EOF].concat())],
        Kind::OfficeExcelAddIn97 => vec![stream("Workbook", &[BOF, &[0x87, 0, 0, 0], EOF].concat())],
        Kind::OfficePowerPoint97 => vec![
            stream("Current User", &[0, 0, 0xf6, 0x0f, 0x14, 0, 0, 0, 0x14, 0, 0, 0, 0x5f, 0xc0, 0x91, 0xe3]),
            stream("PowerPoint Document", &[]),
        ],
        Kind::OfficeVisio => vec![stream("VisioDocument", b"Visio (TM) Drawing\r\n")],
        Kind::OfficePublisher => vec![storage("Quill"), stream("Contents", &[])],
        Kind::OfficeProject => vec![stream("Props14", &[]), storage("   114")],
        Kind::OfficeEncrypted => {
            vec![stream("EncryptedPackage", &[]), stream("EncryptionInfo", &[4, 0, 4, 0])]
        }
        Kind::OutlookMsg => vec![stream("__properties_version1.0", &[]), storage("__nameid_version1.0")],
        Kind::Hwp => {
            vec![stream("FileHeader", b"HWP Document File"), storage("BodyText"), stream("DocInfo", &[])]
        }
        Kind::Ichitaro => vec![stream("\u{4}JSRV_SegmentInformation", &[]), stream("DocumentText", &[])],
        Kind::Msi => vec![stream("\u{4840}\u{3f7f}\u{4164}\u{422f}\u{4836}", &[])],
        Kind::Ole => vec![stream("Contents", b"sample")],
        _ => return None,
    })
}

const BOF: &[u8] = &[0x09, 0x08, 0x10, 0, 0, 0x06, 0x05, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
const EOF: &[u8] = &[0x0a, 0, 0, 0];

/// The class of the root, where it matters.
fn class(kind: Kind) -> [u8; 16] {
    match kind {
        Kind::Msi => [0x84, 0x10, 0x0c, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46],
        Kind::OutlookMsg => [0x0b, 0x0d, 0x02, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46],
        _ => [0; 16],
    }
}

const SECTOR_BYTES: usize = 512;
const STREAM_SECTORS: usize = 8;
const FREE: u32 = 0xffff_ffff;
const END: u32 = 0xffff_fffe;
const FAT: u32 = 0xffff_fffd;

/// Sector 0 is the allocation table, the directory follows, then the streams.
fn file(entries: &[Entry], class: [u8; 16]) -> Vec<u8> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    // Names are ordered by length first, then by letters without case.
    sorted.sort_by_key(|(name, _)| (name.encode_utf16().count(), name.to_uppercase()));
    let directory_sectors = (sorted.len() + 1).div_ceil(4);
    let mut table = vec![FAT];
    table.extend(chain(1, directory_sectors));
    let mut directory = entry("Root Entry", 5, class, [FREE, FREE, 1], END, 0);
    let mut streams = Vec::new();
    for (index, (name, content)) in sorted.iter().enumerate() {
        let right = if index + 1 < sorted.len() { index as u32 + 2 } else { FREE };
        let Some(content) = content else {
            directory.extend(entry(name, 1, [0; 16], [FREE, right, FREE], 0, 0));
            continue;
        };
        let start = table.len();
        table.extend(chain(start, STREAM_SECTORS));
        let size = STREAM_SECTORS * SECTOR_BYTES;
        directory.extend(entry(name, 2, [0; 16], [FREE, right, FREE], start as u32, size as u32));
        let mut content = content.clone();
        content.resize(size, 0);
        streams.extend(content);
    }
    directory.resize(directory_sectors * SECTOR_BYTES, 0);
    table.resize(SECTOR_BYTES / 4, FREE);
    let table: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();
    [header(), table, directory, streams].concat()
}

fn chain(start: usize, length: usize) -> impl Iterator<Item = u32> {
    (1..=length).map(move |step| if step == length { END } else { (start + step) as u32 })
}

fn header() -> Vec<u8> {
    let mut header = SIGNATURE.to_vec();
    header.extend([0; 16]);
    // Versions, byte order, sector sizes.
    header.extend([0x3e, 0, 0x03, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    header.extend([0; 10]);
    // One sector of allocation table, directory in sector 1, small streams below 4096 bytes, none of them there.
    for number in [1, 1, 0, 4096, END, 0, END, 0, 0] {
        header.extend(u32::to_le_bytes(number));
    }
    header.resize(SECTOR_BYTES, 0xff);
    header
}

/// A directory entry: black in its tree, left, right and child as given.
fn entry(name: &str, object: u8, class: [u8; 16], links: [u32; 3], start: u32, size: u32) -> Vec<u8> {
    let mut bytes: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let name_bytes = bytes.len() as u16 + 2;
    bytes.resize(64, 0);
    bytes.extend(name_bytes.to_le_bytes());
    bytes.extend([object, 1]);
    bytes.extend(links.into_iter().flat_map(u32::to_le_bytes));
    bytes.extend(class);
    bytes.extend([0; 20]);
    bytes.extend(start.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend([0; 4]);
    bytes
}
