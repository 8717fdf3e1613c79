//! The seven-bit charsets that are not Japanese → text: UTF-7 (RFC 2152), HZ (RFC 1843), ISO-2022-KR (RFC 1557).

use encoding_rs::{EUC_KR, GB18030};

const SHIFT_OUT: u8 = 0x0e;
const SHIFT_IN: u8 = 0x0f;

/// Decodes UTF-7.
pub(super) fn utf7(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'+' {
            text.push(char::from(byte));
            continue;
        }
        let end = after.iter().position(|&b| sextet(b).is_none()).unwrap_or(after.len());
        let (run, tail) = after.split_at_checked(end).unwrap_or((after, &[]));
        if run.is_empty() {
            text.push('+');
        } else {
            push_units(&mut text, run);
        }
        rest = tail.strip_prefix(b"-").unwrap_or(tail);
    }
    text
}

/// Decodes HZ: `~{` to `~}` is GB 2312.
pub(super) fn hz(bytes: &[u8]) -> String {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut chinese = false;
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = match (byte, after.first()) {
            (b'~', Some(b'{')) => {
                chinese = true;
                after.get(1..).unwrap_or_default()
            }
            (b'~', Some(b'}')) => {
                chinese = false;
                after.get(1..).unwrap_or_default()
            }
            (b'~', Some(b'~' | b'\n')) if !chinese => {
                plain.extend(after.first().filter(|&&b| b == b'~'));
                after.get(1..).unwrap_or_default()
            }
            (0x21..=0x7e, _) if chinese => {
                plain.push(byte | 0x80);
                after
            }
            _ => {
                plain.push(byte);
                after
            }
        };
        chinese &= byte != b'\n';
    }
    GB18030.decode_without_bom_handling(&plain).0.into_owned()
}

/// Decodes ISO-2022-KR: SO to SI is KS X 1001.
pub(super) fn iso_2022_kr(bytes: &[u8]) -> String {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut korean = false;
    let mut rest = bytes;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (0x1b, [b'$', b')', b'C', tail @ ..]) => rest = tail,
            (SHIFT_OUT, _) => korean = true,
            (SHIFT_IN, _) => korean = false,
            (0x21..=0x7e, _) if korean => plain.push(byte | 0x80),
            _ => {
                korean &= byte != b'\n';
                plain.push(byte);
            }
        }
    }
    EUC_KR.decode_without_bom_handling(&plain).0.into_owned()
}

/// Adds the UTF-16 that a run of modified base64 holds.
fn push_units(text: &mut String, run: &[u8]) {
    let (mut bits, mut count) = (0_u32, 0_u32);
    let mut units = Vec::with_capacity(run.len() * 6 / 16 + 1);
    for value in run.iter().filter_map(|&b| sextet(b)) {
        bits = (bits << 6) | value;
        count += 6;
        if count >= 16 {
            count -= 16;
            units.push(u16::try_from((bits >> count) & 0xffff).unwrap_or_default());
            bits &= (1 << count) - 1;
        }
    }
    text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
}

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}
