//! The bytes of a member's name → every name that it could be shown with (PKWARE APPNOTE 4.4.17 and appendix D;
//! Info-ZIP's Unicode path, extra field 0x7075).

use encoding_rs::{EUC_JP, SHIFT_JIS};

use super::header::Header;
use crate::limits::ZIP_NAME_BYTES_MAX;
use crate::number::{slice, u32_le};

/// The name that most programs show.
pub(super) fn likeliest(bytes: &[u8], header: &Header) -> String {
    let raw = raw(bytes, header);
    match std::str::from_utf8(raw) {
        Ok(name) => turned(name),
        Err(_) => turned(&SHIFT_JIS.decode_without_bom_handling(raw).0),
    }
}

/// All names that the headers give, the likeliest first.
pub(super) fn all<'h>(bytes: &[u8], headers: impl IntoIterator<Item = &'h Header>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        let name = turned(name);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    };
    for header in headers {
        for name in readings(bytes, header) {
            add(&name);
            // Programs written in C stop at the zero byte.
            if let Some((before, _)) = name.split_once('\0') {
                add(before);
            }
        }
    }
    names
}

fn readings(bytes: &[u8], header: &Header) -> Vec<String> {
    let raw = raw(bytes, header);
    let mut names = Vec::new();
    names.extend(unicode_path(bytes, header));
    if raw.is_ascii() {
        names.push(String::from_utf8_lossy(raw).into_owned());
        return names;
    }
    let utf8 = std::str::from_utf8(raw).ok().map(str::to_owned);
    let decoded = |encoding: &'static encoding_rs::Encoding| {
        let (name, had_errors) = encoding.decode_without_bom_handling(raw);
        (!had_errors).then(|| name.into_owned())
    };
    names.extend(utf8);
    if header.is_utf8() && !names.is_empty() {
        return names;
    }
    // Windows in Japan takes CP932, with half-width kana where another language had its letters.
    let japanese = [decoded(SHIFT_JIS), decoded(EUC_JP)];
    names.extend(japanese.into_iter().flatten());
    if names.is_empty() {
        names.push(SHIFT_JIS.decode_without_bom_handling(raw).0.into_owned());
    }
    names
}

/// The name in Unicode, if it was made for the name that stands in the header.
fn unicode_path(bytes: &[u8], header: &Header) -> Option<String> {
    let field = header.extra_field(bytes, 0x7075)?;
    let made_for = u32_le(field, 1)?;
    let whole = slice(bytes, header.name.start, header.name.len());
    let name = std::str::from_utf8(field.get(5..)?).ok()?;
    (field.first() == Some(&1) && made_for == crc32fast::hash(whole)).then(|| name.to_owned())
}

fn raw<'a>(bytes: &'a [u8], header: &Header) -> &'a [u8] {
    slice(bytes, header.name.start, header.name.len().min(ZIP_NAME_BYTES_MAX))
}

fn turned(name: &str) -> String {
    name.replace('\\', "/")
}
