//! The beginning of a file → whether it is a mail, an mbox or neither. The name decides only where it is `.eml`.

use std::path::Path;

/// What the beginning of a file looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// One mail (RFC 5322).
    Mail,
    /// A mail as Apple Mail stores it: its length in the first line, a property list behind it.
    Emlx,
    /// Mails one after another, each behind a `From ` line.
    Mbox,
    /// A compound file, which an Outlook `.msg` is; its inside must tell.
    CompoundFile,
    /// No mail.
    Other,
}

/// Fields of which at least one stands in every mail that came some way.
const TELLING_FIELDS: &[&str] = &[
    "from",
    "to",
    "subject",
    "received",
    "message-id",
    "return-path",
    "delivered-to",
    "x-original-to",
    "mime-version",
    "reply-to",
    "x-mozilla-status",
    "dkim-signature",
];

/// A header is looked for in this many lines; one long `Received` chain may come before anything else.
const HEADER_LINES_MAX: usize = 200;

/// Fields that must be there, one of them a telling one: a text may begin with `Subject: …`.
const FIELDS_MIN: usize = 2;

/// The signature of compound files ([MS-CFB] section 2.2).
const COMPOUND_FILE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

impl Looks {
    /// What a file called `name` that begins with `head` looks like.
    pub fn of(name: &str, head: &[u8]) -> Self {
        let extension =
            Path::new(name).extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
        if head.starts_with(COMPOUND_FILE) {
            return Looks::CompoundFile;
        }
        if is_from_line(first_line(without_mark(head).trim_ascii_start())) {
            return Looks::Mbox;
        }
        if extension == "emlx" && emlx_length(first_line(head)).is_some() {
            return Looks::Emlx;
        }
        if extension == "eml" || begins_with_header(head) {
            return Looks::Mail;
        }
        Looks::Other
    }
}

/// Whether a line divides the mails of an mbox: `From `, a sender, and a date with a time and a year (RFC 4155,
/// appendix A). Where a text has `From ` at the beginning of a line, hardly ever all of this follows.
pub(super) fn is_from_line(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words: Vec<&[u8]> =
        rest.split(|byte| byte.is_ascii_whitespace()).filter(|word| !word.is_empty()).collect();
    let digits = |word: &[u8], count: usize| word.len() == count && word.iter().all(u8::is_ascii_digit);
    let time = |word: &&[u8]| {
        matches!(word.iter().position(|byte| *byte == b':'), Some(1 | 2))
            && word.first().is_some_and(u8::is_ascii_digit)
    };
    words.iter().skip(1).any(time) && words.iter().skip(1).any(|word| digits(word, 4))
}

/// The byte order mark that editors and exporting programs on Windows put before UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// What stands behind a byte order mark.
pub(super) fn without_mark(head: &[u8]) -> &[u8] {
    head.strip_prefix(MARK).unwrap_or(head)
}

/// The length that the first line of an `.emlx` file gives.
pub(super) fn emlx_length(line: &[u8]) -> Option<usize> {
    std::str::from_utf8(line).ok()?.trim().parse().ok()
}

fn begins_with_header(head: &[u8]) -> bool {
    let mut fields = 0;
    let mut telling = false;
    for line in head.split(|byte| *byte == b'\n').take(HEADER_LINES_MAX) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() && fields > 0 {
            break;
        }
        if line.is_empty() || line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(name) = field_name(line) else { break };
        fields += 1;
        telling |= TELLING_FIELDS.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()));
    }
    telling && fields >= FIELDS_MIN
}

/// The name of a header field: printable ASCII before a colon (RFC 5322 section 2.2).
pub(super) fn field_name(line: &[u8]) -> Option<&[u8]> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = line.get(..colon)?.trim_ascii_end();
    (!name.is_empty() && name.iter().all(u8::is_ascii_graphic)).then_some(name)
}

pub(super) fn first_line(head: &[u8]) -> &[u8] {
    head.split(|byte| *byte == b'\n').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_are_known_by_their_header() {
        for (name, head, looks) in [
            ("a", "From: a@b.example\r\nSubject: x\r\n\r\ntext", Looks::Mail),
            ("a", "Received: by x\n\tfor y\nDate: today\n\n", Looks::Mail),
            ("a.eml", "nothing of a mail", Looks::Mail),
            ("a.txt", "Subject: only one field\n\ntext", Looks::Other),
            ("a.txt", "HTTP/1.1 200 OK\nDate: x\nContent-Type: y\n\n", Looks::Other),
            ("a.toml", "[a]\nb = 1\n", Looks::Other),
            ("a", "From yamada@partner.example Thu Sep 17 11:02:03 2020\nFrom: a\n", Looks::Mbox),
            ("a", "From - Thu Sep 17 11:02:03 2020\r\n", Looks::Mbox),
            ("a", "\u{feff}From - Thu Sep 17 11:02:03 2020\r\n", Looks::Mbox),
            ("a", "\u{feff}\r\n\n \nFrom - Thu Sep 17 11:02:03 2020\r\n", Looks::Mbox),
            ("a", "\n\nFrom here on, 1234 things changed\n", Looks::Other),
            ("a", "From here on, 1234 things changed\n", Looks::Other),
            ("12.emlx", "123\nFrom: a@b.example\nTo: c@d.example\n\n", Looks::Emlx),
            ("a", "", Looks::Other),
        ] {
            assert_eq!(Looks::of(name, head.as_bytes()), looks, "{head}");
        }
    }

    #[test]
    fn from_lines_have_a_date() {
        for (line, is) in [
            ("From yamada@partner.example Thu Sep 17 11:02:03 2020", true),
            ("From MAILER-DAEMON Thu Sep 17 11:02 JST 2020", true),
            ("From ???@??? Thu Sep 17 11:02:03 2020\r", true),
            ("From now on we meet at 10:00", false),
            ("From 2020 to 2024 we met", false),
            (">From a Thu Sep 17 11:02:03 2020", false),
            ("From", false),
        ] {
            assert_eq!(is_from_line(line.as_bytes()), is, "{line}");
        }
    }
}
