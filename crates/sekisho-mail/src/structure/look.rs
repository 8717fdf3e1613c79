//! Bytes → what a mail program might take them for, where the declaration is missing, wrong or doubted.

use memchr::memmem;

use crate::ole;

/// Fields that a mail's header is known by.
const MAIL_FIELDS: &[&str] = &[
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "reply-to",
    "sender",
    "delivered-to",
    "content-type",
    "x-mailer",
    "dkim-signature",
    "in-reply-to",
    "references",
];

/// Fields that only programs write, never somebody who copies a header into a text.
const PROGRAM_FIELDS: &[&str] =
    &["received", "return-path", "message-id", "mime-version", "content-type", "delivered-to"];

/// How sure one must be that something is a mail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It was declared as a mail, by type or name.
    Declared,
    /// It was declared as something else.
    Undeclared,
}

/// Whether `bytes` begin with the header of a mail.
pub(super) fn is_mail(bytes: &[u8], doubt: Doubt) -> bool {
    // A header is known after its first fields; the window bounds what hostile lines can cost.
    const WINDOW_BYTES: usize = 16 * 1024;
    let bytes = bytes.trim_ascii_start();
    let window = bytes.get(..WINDOW_BYTES).unwrap_or(bytes);
    let mut known = 0u32;
    let mut by_program = 0u32;
    for (nth, line) in window.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let is_mbox = nth == 0 && line.starts_with(b"From ");
        if line.is_empty() {
            break;
        }
        if is_mbox || matches!(line.first(), Some(b' ' | b'\t')) {
            continue;
        }
        let Some(name) = field_name(line) else { break };
        let is_in =
            |list: &[&str]| u32::from(list.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes())));
        known += is_in(MAIL_FIELDS);
        by_program += is_in(PROGRAM_FIELDS);
    }
    match doubt {
        Doubt::Declared => known >= 1,
        Doubt::Undeclared => known >= 3 && by_program >= 1,
    }
}

/// Whether `bytes` begin with a field of MIME.
pub(super) fn begins_with_mime_field(bytes: &[u8]) -> bool {
    const FIELDS: &[&[u8]] = &[
        b"content-type",
        b"content-transfer-encoding",
        b"content-disposition",
        b"content-id",
        b"content-description",
        b"mime-version",
    ];
    field_name(bytes).is_some_and(|name| FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field)))
}

/// Whether `bytes` begin as an HTML page does.
pub(super) fn is_html(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |tag: &[u8]| bytes.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    begins(b"<!doctype html")
        || begins(b"<html")
        || begins(b"<head")
        || begins(b"<body")
        || begins(b"<script")
}

/// Whether a name ends as those of HTML pages do.
pub(super) fn is_html_name(name: &str) -> bool {
    has_ending(name, &[".html", ".htm", ".xhtml", ".xht", ".shtml", ".mht", ".mhtml"])
}

/// Whether a name ends in one of `endings`, without regard to case, and to dots and spaces that systems drop.
pub(super) fn has_ending(name: &str, endings: &[&str]) -> bool {
    let name = name.trim_end_matches(['.', ' ', '\0']).as_bytes();
    endings.iter().any(|ending| {
        let from = name.len().checked_sub(ending.len());
        from.and_then(|from| name.get(from..)).is_some_and(|end| end.eq_ignore_ascii_case(ending.as_bytes()))
    })
}

/// Whether `bytes` are no text, whatever they are called: a known beginning, or control characters that no text holds.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    begins_as_file(bytes) || is_full_of_controls(bytes)
}

/// Whether `bytes` begin as files of known kinds do that are no text.
pub(super) fn begins_as_file(bytes: &[u8]) -> bool {
    const BEGINNINGS: &[&[u8]] = &[
        b"PK\x03\x04",
        b"%PDF-",
        b"MZ\x90\x00",
        ole::SIGNATURE,
        b"Rar!\x1a\x07",
        b"7z\xbc\xaf\x27\x1c",
        b"\x7fELF",
        b"GIF8",
        b"\x89PNG\r\n",
        b"\xff\xd8\xff",
        b"\x1f\x8b\x08",
        b"{\\rtf",
        b"L\x00\x00\x00\x01\x14\x02\x00",
        b"MSCF\0\0",
    ];
    BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
}

fn is_full_of_controls(bytes: &[u8]) -> bool {
    const WINDOW_BYTES: usize = 1024;
    let window = bytes.get(..WINDOW_BYTES).unwrap_or(bytes);
    let controls =
        window.iter().filter(|byte| matches!(byte, 0x01..=0x06 | 0x0e..=0x1a | 0x1c..=0x1f)).count();
    let nuls = window.iter().filter(|byte| **byte == 0).count();
    let is_wide =
        window.starts_with(b"\xff\xfe") || window.starts_with(b"\xfe\xff") || nuls * 3 > window.len();
    controls * 20 > window.len() && !is_wide
}

/// The charset that an HTML page names itself, in its first kilobyte.
pub(super) fn html_charset(bytes: &[u8]) -> Option<&str> {
    const WINDOW_BYTES: usize = 1024;
    let window = bytes.get(..WINDOW_BYTES).unwrap_or(bytes);
    let from = window.get(memmem::find(window, b"charset=")? + 8..)?;
    let from = from.strip_prefix(b"\"").or(from.strip_prefix(b"'")).unwrap_or(from);
    let end = from.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:.".contains(byte))?;
    std::str::from_utf8(from.get(..end)?).ok().filter(|label| !label.is_empty())
}

/// The name of the field that begins here.
fn field_name(line: &[u8]) -> Option<&[u8]> {
    const NAME_BYTES_MAX: usize = 80;
    let window = line.get(..NAME_BYTES_MAX).unwrap_or(line);
    let end = window.iter().position(|byte| !byte.is_ascii_graphic() || *byte == b':')?;
    let (name, rest) = window.split_at(end);
    (end > 0 && rest.trim_ascii_start().starts_with(b":")).then_some(name)
}
