//! The bytes of a member's name → every name that it could be shown with (PKWARE APPNOTE 4.4.17 and appendix D;
//! Info-ZIP's Unicode path, extra field 0x7075).

use std::borrow::Cow;

use encoding_rs::SHIFT_JIS;

use super::header::Header;
use crate::archive::foreign_name;
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
    let mut names: Vec<String> = unicode_path(bytes, header).into_iter().collect();
    if header.is_utf8()
        && let Ok(name) = std::str::from_utf8(raw)
    {
        names.push(name.to_owned());
        return names;
    }
    let windows = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(raw).map(Cow::into_owned);
    let mut foreign = foreign_name::names(raw);
    if windows.is_some() && std::str::from_utf8(raw).is_err() {
        // The reading in a Latin page is for names that are nothing else.
        foreign.pop();
    }
    names.extend(foreign);
    // Windows in Japan takes CP932 where nothing says otherwise, whatever comes out.
    names.extend(windows);
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
