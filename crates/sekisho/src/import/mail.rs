//! Mails that were given for an address book → found out: whoever writes a mail chooses the addresses that stand in it.

use super::charset;
use crate::files::Looks;

/// A data file of Outlook ([MS-PST] section 2.2.2.6).
const OUTLOOK_DATA_FILE: &[u8] = b"!BDN";

/// The first letters of a stream that every `.msg` has ([MS-OXMSG] section 2.1.3). Other compound files are workbooks and documents.
const MSG_STREAM: &str = "__substg1.0_";

/// Fields that only mails have, wherever in a file they begin a line.
const TELLING_FIELDS: &[&str] = &["received", "return-path", "message-id", "mime-version", "dkim-signature"];

/// What programs write before a mail that they save as text.
const JAPANESE_FIELDS: &[&str] = &["差出人", "送信者", "送信日時", "日時", "宛先", "件名"];

/// Lines in which those are looked for, and how many of them there are before a mail: a list may have a column of one of these names.
const JAPANESE_LINES: usize = 10;
const JAPANESE_FIELDS_MIN: usize = 2;

/// Whether a file called `name` begins as a mail or as many.
pub fn is_one(name: &str, bytes: &[u8]) -> bool {
    if bytes.starts_with(OUTLOOK_DATA_FILE) {
        return true;
    }
    let text = charset::text(bytes);
    match Looks::of(name, bytes) {
        Looks::Mail | Looks::Mbox | Looks::Emlx => true,
        Looks::CompoundFile => has_msg_stream(bytes),
        Looks::Other => Looks::of("", text.as_bytes()) != Looks::Other || begins_in_japanese(&text),
    }
}

/// Whether a line of a text that has no headings of its own is a mail's: it begins somewhere behind the first line.
pub fn is_in(text: &str) -> bool {
    text.lines().any(|line| {
        let field = line.split_once(':').map(|(name, _)| name.trim_end());
        let is_field = |name: &str| TELLING_FIELDS.iter().any(|telling| name.eq_ignore_ascii_case(telling));
        field.is_some_and(is_field) || Looks::of("", line.as_bytes()) == Looks::Mbox
    })
}

fn begins_in_japanese(text: &str) -> bool {
    let lines = text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
    let names = lines.take(JAPANESE_LINES).filter_map(|line| line.split_once([':', '：']));
    names.filter(|(name, _)| JAPANESE_FIELDS.contains(&name.trim())).count() >= JAPANESE_FIELDS_MIN
}

fn has_msg_stream(bytes: &[u8]) -> bool {
    let name: Vec<u8> = MSG_STREAM.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}
