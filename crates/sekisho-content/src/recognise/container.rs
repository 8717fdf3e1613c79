//! Formats told apart by a look behind their first bytes: RIFF, ISO base media, bitmaps, icons, MPEG audio, LZH, ARJ,
//! LZMA, tar, DER.

use super::magic::stands_at;
use crate::Kind;
use crate::number::{slice, u16_le, u32_le, u64_le};

/// The kind of a container, picture, sound or archive that has no plain signature.
pub(crate) fn kind(bytes: &[u8]) -> Option<Kind> {
    riff(bytes)
        .or_else(|| base_media(bytes))
        .or_else(|| picture(bytes))
        .or_else(|| archive(bytes))
        .or_else(|| der(bytes))
        .or_else(|| mpeg(bytes))
        .or_else(|| python_bytecode(bytes))
}

fn riff(bytes: &[u8]) -> Option<Kind> {
    let form = slice(bytes, 8, 4);
    if bytes.starts_with(b"FORM") {
        return matches!(form, b"AIFF" | b"AIFC").then_some(Kind::Aiff);
    }
    if !bytes.starts_with(b"RIFF") && !bytes.starts_with(b"RIFX") {
        return None;
    }
    match form {
        b"WEBP" => Some(Kind::WebP),
        b"WAVE" => Some(Kind::Wav),
        b"AVI " => Some(Kind::Avi),
        b"ACON" => Some(Kind::Cur),
        _ => None,
    }
}

/// ISO/IEC 14496-12: the first box is `ftyp` with its major brand; older QuickTime files begin with another box.
fn base_media(bytes: &[u8]) -> Option<Kind> {
    match slice(bytes, 4, 4) {
        b"ftyp" => Some(match slice(bytes, 8, 4) {
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"mif1" | b"msf1" => Kind::Heic,
            b"avif" | b"avis" => Kind::Avif,
            b"M4A " | b"M4B " | b"M4P " => Kind::M4a,
            b"qt  " => Kind::QuickTime,
            _ => Kind::Mp4,
        }),
        b"moov" | b"mdat" | b"wide" | b"pnot" => (bytes.first() == Some(&0)).then_some(Kind::QuickTime),
        _ => None,
    }
}

fn picture(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(b"BM") {
        let known = matches!(u32_le(bytes, 14), Some(12 | 40 | 52 | 56 | 64 | 108 | 124));
        return known.then_some(Kind::Bmp);
    }
    if let Some(images @ 1..) = u16_le(bytes, 4).filter(|_| u16_le(bytes, 0) == Some(0)) {
        // The first image of an icon stands behind the table of images.
        let behind_table = 6 + 16 * u32::from(images);
        let plausible = u32_le(bytes, 18).is_some_and(|offset| offset >= behind_table);
        return match u16_le(bytes, 2) {
            Some(1) if plausible => Some(Kind::Ico),
            Some(2) if plausible => Some(Kind::Cur),
            _ => None,
        };
    }
    let pnm = matches!(bytes, [b'P', b'1'..=b'6', b'\n' | b' ' | b'\r' | b'\t', b'0'..=b'9' | b'#', ..]);
    pnm.then_some(Kind::Pnm)
}

fn archive(bytes: &[u8]) -> Option<Kind> {
    if matches!(slice(bytes, 2, 5), [b'-', b'l' | b'p', b'h' | b'z' | b'm', _, b'-']) {
        return Some(Kind::Lzh);
    }
    if bytes.starts_with(&[0x60, 0xea]) {
        const HEADER_BYTES_MAX: u16 = 2600;
        let header = u16_le(bytes, 2)?;
        return (header > 0 && header <= HEADER_BYTES_MAX && *bytes.get(4)? >= 0x1e).then_some(Kind::Arj);
    }
    if stands_at(bytes, 257, b"ustar") || is_old_tar(bytes) {
        return Some(Kind::Tar);
    }
    is_lzma(bytes).then_some(Kind::Lzma)
}

/// Tar before `ustar` has nothing but the checksum of its header, eight octal digits at 148 counted as spaces.
fn is_old_tar(bytes: &[u8]) -> bool {
    let Some(header) = bytes.get(..512) else { return false };
    let digits = slice(header, 148, 8);
    let text: String =
        digits.iter().map(|byte| char::from(*byte)).filter(|c| !matches!(c, ' ' | '\0')).collect();
    let Ok(expected) = u32::from_str_radix(&text, 8) else { return false };
    let all: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    let field: u32 = digits.iter().map(|byte| u32::from(*byte)).sum();
    header.first() != Some(&0) && expected == all - field + 8 * u32::from(b' ')
}

/// LZMA alone: properties, dictionary size, and a size that is unknown or believable.
fn is_lzma(bytes: &[u8]) -> bool {
    const SIZE_MAX: u64 = 1 << 40;
    let dictionary = u32_le(bytes, 1).unwrap_or(0);
    let plain = dictionary.is_power_of_two() || (dictionary / 3).is_power_of_two();
    // The three properties are packed into one byte, 224 at most; real packers keep to a few.
    matches!(bytes, [0x5d | 0x5e | 0x2c | 0x66, ..])
        && dictionary >= 4096
        && plain
        && u64_le(bytes, 5).is_some_and(|size| size == u64::MAX || size < SIZE_MAX)
}

/// Certificates and signed or encrypted mail in DER: a sequence, then what the first member says.
fn der(bytes: &[u8]) -> Option<Kind> {
    const PKCS7: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];
    const SMIME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01];
    let inside = sequence(bytes)?;
    match inside {
        [0x06, _, oid @ ..] if oid.starts_with(PKCS7) || oid.starts_with(SMIME) => Some(Kind::Smime),
        [0x02, 0x01, 0x03, 0x30, ..] => Some(Kind::Pkcs12),
        [0x30, ..] => {
            sequence(inside).filter(|to_be_signed| is_certificate(to_be_signed)).map(|_| Kind::Certificate)
        }
        _ => None,
    }
}

/// The first field of a certificate is its version, `[0] { INTEGER }` (RFC 5280, 4.1).
fn is_certificate(to_be_signed: &[u8]) -> bool {
    to_be_signed.starts_with(&[0xa0, 0x03, 0x02, 0x01])
}

/// What stands inside a DER sequence, however its length is written.
fn sequence(bytes: &[u8]) -> Option<&[u8]> {
    let [0x30, length, ..] = bytes else { return None };
    let skipped = match length {
        0x00..=0x80 => 2,
        0x81..=0x84 => 2 + usize::from(length & 0x0f),
        _ => return None,
    };
    bytes.get(skipped..)
}

fn mpeg(bytes: &[u8]) -> Option<Kind> {
    if [0, 188, 376].iter().all(|offset| bytes.get(*offset) == Some(&0x47)) {
        return Some(Kind::Mpeg);
    }
    if matches!(bytes, [0xff, 0xf0 | 0xf1 | 0xf8 | 0xf9, ..]) {
        return Some(Kind::Aac);
    }
    let length = mp3_frame_bytes(bytes)?;
    // One frame header is only eleven set bits; a second one where the first ends is no accident.
    let next = bytes.get(length..)?;
    (next.is_empty() || mp3_frame_bytes(next).is_some()).then_some(Kind::Mp3)
}

/// The length of an MPEG audio layer III frame (ISO/IEC 11172-3, 2.4.2.3).
fn mp3_frame_bytes(bytes: &[u8]) -> Option<usize> {
    const KBITS_V1: [usize; 16] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
    const KBITS_V2: [usize; 16] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
    const HERTZ: [usize; 4] = [44_100, 48_000, 32_000, 0];
    let [0xff, second, third, ..] = bytes else { return None };
    let version = (second >> 3) & 3;
    if second & 0xe0 != 0xe0 || version == 1 || (second >> 1) & 3 != 1 {
        return None;
    }
    let first_version = version == 3;
    let kbits = if first_version { KBITS_V1 } else { KBITS_V2 };
    let bits = kbits.get(usize::from(third >> 4)).copied()? * 1000;
    let hertz = HERTZ.get(usize::from((third >> 2) & 3)).copied()? >> (3 - version).min(2);
    let samples_in_bytes = if first_version { 144 } else { 72 };
    if bits == 0 || hertz == 0 {
        return None;
    }
    Some(samples_in_bytes * bits / hertz + usize::from((third >> 1) & 1))
}

/// Compiled Python: a version number followed by carriage return and line feed.
fn python_bytecode(bytes: &[u8]) -> Option<Kind> {
    let version = u16_le(bytes, 0)?;
    let known = matches!(version, 3000..=3999 | 62_011..=62_211);
    (known && slice(bytes, 2, 2) == b"\r\n").then_some(Kind::PythonBytecode)
}
