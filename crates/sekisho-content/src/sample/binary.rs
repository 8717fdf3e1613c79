//! Kinds whose structure is more than a signature: programs without code, images of empty disks, silent sound.

use crate::Kind;

/// The file of a kind that needs a little structure.
pub(super) fn sample(kind: Kind) -> Option<Vec<u8>> {
    Some(match kind {
        Kind::Unknown => vec![0x93, 0, 0x01, 0xfe, 0x8c, 0, 0x02, 0xfd],
        Kind::WindowsProgram => program(0x0102, 2, None),
        Kind::WindowsDriver => program(0x0102, 1, None),
        Kind::Dll => program(0x2102, 2, None),
        Kind::Xll => program(0x2102, 2, Some("xlAutoOpen")),
        Kind::ControlPanelItem => program(0x2102, 2, Some("CPlApplet")),
        Kind::DosProgram => placed(64, &[(0, b"MZ\x40\0\x01\0")]),
        Kind::JavaClass => placed(16, &[(0, &[0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 52])]),
        Kind::PythonBytecode => placed(16, &[(0, &[0xa7, 0x0d, 0x0d, 0x0a])]),
        Kind::Tar => tar(),
        Kind::Lzma => placed(32, &[(0, &[0x5d, 0, 0, 0x80, 0]), (5, &[0xff; 8])]),
        Kind::Lzh => placed(32, &[(0, &[0x16, 0]), (2, b"-lh0-")]),
        Kind::Arj => arj(0),
        Kind::Rar => [RAR5, RAR5_MAIN, &rar5_file(&[])].concat(),
        Kind::SevenZip => seven_zip(&[0x01, 0x00]),
        Kind::Iso => placed(34 * 1024, &[(0x8000, b"\x01CD001\x01")]),
        Kind::Udf => placed(38 * 1024, &[(0x8000, b"\0BEA01\x01"), (0x8800, b"\0NSR02\x01")]),
        Kind::ImgFat => boot_sector(&[(3, b"MSDOS5.0"), (54, b"FAT12   ")]),
        Kind::ImgNtfs => boot_sector(&[(3, b"NTFS    ")]),
        Kind::ImgPartitioned => {
            placed(1024, &[(446, &[0x80, 1, 1, 0, 7, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 0]), (510, &[0x55, 0xaa])])
        }
        Kind::Dmg => placed(512, &[(0, b"koly\0\0\0\x04")]),
        Kind::Bmp => placed(64, &[(0, b"BM"), (14, &[40])]),
        Kind::Ico => placed(64, &[(2, &[1, 0, 1]), (18, &[22])]),
        Kind::Cur => placed(64, &[(2, &[2, 0, 1]), (18, &[22])]),
        Kind::Pnm => b"P5 1 1 255\n\0".to_vec(),
        Kind::WebP => riff(b"WEBP"),
        Kind::Wav => riff(b"WAVE"),
        Kind::Avi => riff(b"AVI "),
        Kind::Aiff => placed(16, &[(0, b"FORM\0\0\0\x04AIFF")]),
        Kind::Heic => media(b"heic"),
        Kind::Avif => media(b"avif"),
        Kind::M4a => media(b"M4A "),
        Kind::Mp4 => media(b"isom"),
        Kind::QuickTime => media(b"qt  "),
        Kind::Aac => placed(16, &[(0, &[0xff, 0xf1, 0x50])]),
        Kind::Smime => pkcs7(2),
        Kind::Pkcs12 => placed(32, &[(0, &[0x30, 0x82, 0, 0x1c, 0x02, 0x01, 0x03, 0x30])]),
        _ => return None,
    })
}

/// The same with the flags that say encrypted.
pub(super) fn locked(kind: Kind) -> Option<Vec<u8>> {
    Some(match kind {
        Kind::Rar => [RAR5, RAR5_MAIN, &rar5_file(&[0x01, 0x00, 0x01])].concat(),
        Kind::SevenZip => {
            seven_zip(&[0x17, 0x06, 0, 1, 9, 16, 0, 7, 0x0b, 1, 0, 1, 0x24, 0x06, 0xf1, 0x07, 0x01])
        }
        Kind::Arj => arj(1),
        Kind::Pdf => b"%PDF-1.7\ntrailer\n<< /Root 1 0 R /Encrypt 2 0 R >>\n%%EOF\n".to_vec(),
        Kind::Alz => placed(64, &[(0, b"ALZ\x01\x0a\0\0\0BLZ\x01"), (19, &[1])]),
        Kind::Egg => placed(64, &[(0, b"EGGA"), (32, &[0x0f, 0x47, 0xd1, 0x08])]),
        Kind::Dmg => placed(64, &[(0, b"encrcdsa")]),
        Kind::Smime => pkcs7(3),
        Kind::PgpMessage => b"-----BEGIN PGP MESSAGE-----\n\nAAAA\n-----END PGP MESSAGE-----\n".to_vec(),
        _ => return None,
    })
}

/// Zeros with parts put in their places.
fn placed(size: usize, parts: &[(usize, &[u8])]) -> Vec<u8> {
    let mut bytes = vec![0; size];
    for (offset, part) in parts {
        if let Some(place) = bytes.get_mut(*offset..offset + part.len()) {
            place.copy_from_slice(part);
        }
    }
    bytes
}

/// A program for Windows with headers, no code, and at most one exported name.
fn program(characteristics: u16, subsystem: u8, export: Option<&str>) -> Vec<u8> {
    let mut bytes = placed(1024, &[(0, b"MZ"), (0x3c, &[0x40]), (0x40, b"PE\0\0\x4c\x01\x01\0")]);
    let characteristics = characteristics.to_le_bytes();
    let name = export.unwrap_or_default().as_bytes();
    // One section: addresses from 0x1000 stand from 0x200 in the file.
    let parts: &[(usize, &[u8])] = &[
        (0x54, &[0xe0, 0]),
        (0x56, &characteristics),
        (0x58, &[0x0b, 0x01]),
        (0x9c, &[subsystem]),
        (0xb8, if export.is_some() { &[0, 0x10] } else { &[0, 0] }),
        (0x138, b".rdata\0\0"),
        (0x140, &[0, 0x02, 0, 0, 0, 0x10, 0, 0, 0, 0x02, 0, 0, 0, 0x02, 0, 0]),
        (0x218, &[1]),
        (0x220, &[0x40, 0x10]),
        (0x240, &[0x50, 0x10]),
        (0x250, name),
    ];
    for (offset, part) in parts {
        if let Some(place) = bytes.get_mut(*offset..offset + part.len()) {
            place.copy_from_slice(part);
        }
    }
    bytes
}

fn tar() -> Vec<u8> {
    placed(1024, &[(0, b"sample.txt"), (100, b"0000644\0"), (257, b"ustar\0")])
}

fn arj(flags: u8) -> Vec<u8> {
    let main = placed(4 + 0x22 + 4 + 2, &[(0, &[0x60, 0xea, 0x22, 0, 0x1e])]);
    let file = placed(4 + 0x22 + 4 + 2, &[(0, &[0x60, 0xea, 0x22, 0, 0x1e, 0, 0, 0, flags])]);
    [main, file].concat()
}

const RAR5: &[u8] = b"Rar!\x1a\x07\x01\0";
/// Checksum, size, kind 1, no flags, no archive flags.
const RAR5_MAIN: &[u8] = &[0, 0, 0, 0, 3, 1, 0, 0];

/// A file block with an extra area, which holds nothing or one record.
fn rar5_file(record: &[u8]) -> Vec<u8> {
    let extra = if record.is_empty() { Vec::new() } else { [&[record.len() as u8], record].concat() };
    let header = [&[2, 1, extra.len() as u8, 0], &extra[..]].concat();
    [&[0, 0, 0, 0, header.len() as u8], &header[..]].concat()
}

/// A 7z file of a start header and this header.
fn seven_zip(header: &[u8]) -> Vec<u8> {
    let start = placed(32, &[(0, &[b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c, 0, 4]), (20, &[header.len() as u8])]);
    [&start, header].concat()
}

fn boot_sector(parts: &[(usize, &[u8])]) -> Vec<u8> {
    let frame: &[(usize, &[u8])] = &[(0, &[0xeb, 0x3c, 0x90]), (510, &[0x55, 0xaa])];
    placed(1024, &[frame, parts].concat())
}

fn riff(form: &[u8; 4]) -> Vec<u8> {
    [b"RIFF\x04\0\0\0", &form[..]].concat()
}

fn media(brand: &[u8; 4]) -> Vec<u8> {
    [b"\0\0\0\x10ftyp", &brand[..], &[0; 4]].concat()
}

/// `ContentInfo` of PKCS #7, 2 for signed and 3 for enveloped data.
fn pkcs7(content: u8) -> Vec<u8> {
    placed(48, &[(0, &[0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, content])])
}
