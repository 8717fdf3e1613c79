//! A mail of an mbox → whether its beginning and its end are of two mails, as where bytes were cut out of the file between
//! them, or only the `From ` line is gone.
//!
//! Honest mail is odd, too: parts that nothing closes (every tenth spam, and whatever a server cut off) and headers in the text are no sign by
//! themselves. What is asked for was in none of the 6,689 real mails in `data/`. What shows nothing: where one text was cut and runs on with another,
//! and a lost `From ` line behind a text where the later mails come first in the file.

use sekisho_mail::Date;

use super::looks;

/// A field: its name in lower case, and its value.
pub(super) type Field = (String, Vec<u8>);

/// Bytes of a header that are looked at.
const HEADER_BYTES_MAX: usize = 64 * 1024;
/// Fields of which a header has one (RFC 5322 section 3.6, RFC 2045 sections 4 and 5).
const SINGLE: &[&str] = &["from", "subject", "date", "message-id", "mime-version", "content-type"];
/// So many of them stand twice, with two values, where two headers run into one another.
const TWICE_MIN: usize = 2;
/// Letters of a boundary that programs make; people draw shorter lines.
const BOUNDARY_LETTERS_MIN: usize = 12;
/// Ends of parts that are looked up.
const ENDS_MAX: usize = 20;
/// Fields in a row that are a header.
const FIELDS_MIN: usize = 3;
/// Fields that nobody types; two of them, and one of the first two, stand in a header that runs into a text.
const MACHINES: &[&str] = &[
    "received",
    "mime-version",
    "message-id",
    "content-type",
    "content-transfer-encoding",
    "return-path",
    "date",
];
/// Fields of which so many stand, with From and Date, in the header of every stored mail, and in none that a person typed.
const STORED: &[&str] = &[
    "return-path",
    "received",
    "delivered-to",
    "authentication-results",
    "dkim-signature",
    "message-id",
    "mime-version",
    "content-type",
];
const STORED_MIN: usize = 2;

/// Whether two mails run into one another here.
pub fn is_spliced(mail: &[u8]) -> bool {
    let (header, body) = divided(mail);
    let fields = unfolded(lines(header));
    if twice(&fields) >= TWICE_MIN {
        return true;
    }
    let boundary = boundary(&fields);
    if let Some(behind) = boundary.as_ref().and_then(|boundary| behind_end(body, boundary)) {
        return has_stored_mail(behind, |_| true);
    }
    // What a server reports of a mail it cuts off where it likes.
    boundary.is_some() && has_foreign_end(mail, body)
        || !is_report(&fields)
            && (boundary.is_some() && has_header_in_text(body) || has_later_mail(body, &fields))
}

/// The boundary of a mail with parts.
pub(super) fn boundary(fields: &[Field]) -> Option<Vec<u8>> {
    values(fields, "content-type").find_map(multipart)
}

fn is_report(fields: &[Field]) -> bool {
    values(fields, "content-type").any(|value| lower(value).starts_with("multipart/report"))
}

fn values<'a>(fields: &'a [Field], name: &str) -> impl Iterator<Item = &'a [u8]> {
    fields.iter().filter(move |field| field.0 == name).map(|(_, value)| value.as_slice())
}

/// Header and body.
pub(super) fn divided(mail: &[u8]) -> (&[u8], &[u8]) {
    let ends =
        [&b"\n\n"[..], b"\n\r\n"].map(|end| memchr::memmem::find(mail, end).map(|at| (at, at + end.len())));
    let (end, begin) = ends.into_iter().flatten().min().unwrap_or((mail.len(), mail.len()));
    (mail.get(..end.min(HEADER_BYTES_MAX)).unwrap_or(mail), mail.get(begin..).unwrap_or_default())
}

pub(super) fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end)
}

/// The fields, their names in lower case.
pub(super) fn unfolded<'a>(header: impl Iterator<Item = &'a [u8]>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for line in header {
        match (looks::field_name(line), fields.last_mut()) {
            (_, Some((_, value))) if line.first().is_some_and(u8::is_ascii_whitespace) => {
                value.extend_from_slice(line);
            }
            (Some(name), _) => {
                let value = line.splitn(2, |byte| *byte == b':').nth(1).unwrap_or_default();
                fields.push((lower(name), value.trim_ascii().to_vec()));
            }
            _ => {}
        }
    }
    fields
}

fn lower(name: &[u8]) -> String {
    String::from_utf8_lossy(name).to_lowercase()
}

/// How many of the fields that a header has once stand in it with two values.
fn twice(fields: &[Field]) -> usize {
    let differs = |name: &&&str| {
        let mut values = fields.iter().filter(|field| field.0 == ***name).map(|field| &field.1);
        values.next().is_some_and(|first| values.any(|other| other != first))
    };
    SINGLE.iter().filter(differs).count()
}

/// The boundary of a type with parts (RFC 2046 section 5.1).
fn multipart(value: &[u8]) -> Option<Vec<u8>> {
    if !lower(value).starts_with("multipart/") {
        return None;
    }
    // In lower case there are as many letters only where they are ASCII.
    let at = value.to_ascii_lowercase().windows(9).position(|part| part == b"boundary=")? + 9;
    let rest = value.get(at..)?;
    let boundary = match rest.strip_prefix(b"\"") {
        Some(quoted) => quoted.split(|byte| *byte == b'"').next()?,
        None => rest.split(|byte| *byte == b';' || byte.is_ascii_whitespace()).next()?,
    };
    (!boundary.is_empty()).then(|| boundary.to_vec())
}

/// What stands behind the end of the last part.
fn behind_end<'a>(body: &'a [u8], boundary: &[u8]) -> Option<&'a [u8]> {
    let mut rest = body;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, behind) = rest.split_at_checked(end)?;
        if is_end_of(line.trim_ascii_end(), boundary) {
            return Some(behind);
        }
        rest = behind;
    }
    None
}

/// Whether a stored mail stands in a text that came later than the text: what people quote and servers send back came before it.
fn has_later_mail(body: &[u8], fields: &[Field]) -> bool {
    let Some(own) = came(fields) else { return false };
    has_stored_mail(body, |fields| came(fields).is_some_and(|other| other > own))
}

/// When a mail came, as the last server wrote, else its sender; in seconds since 1970.
fn came(fields: &[Field]) -> Option<i64> {
    let date = |value: &[u8]| Some(Date::parse(&String::from_utf8_lossy(value))?.unix_seconds);
    let received =
        values(fields, "received").next().and_then(|value| value.rsplit(|byte| *byte == b';').next());
    received.and_then(date).or_else(|| values(fields, "date").next().and_then(date))
}

/// Whether a header as a mailbox holds it stands between empty lines.
fn has_stored_mail(text: &[u8], is_meant: impl Fn(&[Field]) -> bool) -> bool {
    let lines: Vec<&[u8]> = lines(text).collect();
    lines.split(|line| line.is_empty()).any(|block| {
        let is_field = |line: &&[u8]| {
            line.first().is_some_and(u8::is_ascii_whitespace) || looks::field_name(line).is_some()
        };
        block.iter().all(is_field) && {
            let fields = unfolded(block.iter().copied());
            let has = |name: &&&str| values(&fields, name).next().is_some();
            ["from", "date"].iter().all(|name| has(&name))
                && STORED.iter().filter(has).count() >= STORED_MIN
                && is_meant(&fields)
        }
    })
}

pub(super) fn is_end_of(line: &[u8], boundary: &[u8]) -> bool {
    line.strip_prefix(b"--")
        .and_then(|rest| rest.strip_prefix(boundary))
        .is_some_and(|rest| rest.starts_with(b"--"))
}

/// Whether a part ends here that nothing in the mail announces.
fn has_foreign_end(mail: &[u8], body: &[u8]) -> bool {
    let end = |line| {
        let boundary: &[u8] = <[u8]>::strip_prefix(line, b"--")?.strip_suffix(b"--")?;
        let is_made = boundary.len() >= BOUNDARY_LETTERS_MIN
            && boundary.iter().all(u8::is_ascii_graphic)
            && boundary.iter().any(u8::is_ascii_digit)
            && !boundary.ends_with(b"-");
        is_made.then_some(boundary)
    };
    let is_announced = |boundary: &[u8]| {
        let begins_line = |at: usize| {
            let before = mail.get(..at).unwrap_or_default();
            before.strip_suffix(b"--").is_some_and(|before| before.is_empty() || before.ends_with(b"\n"))
        };
        memchr::memmem::find_iter(mail, boundary).any(|at| !begins_line(at))
    };
    lines(body).filter_map(end).take(ENDS_MAX).any(|boundary| !is_announced(boundary))
}

/// Whether a header begins in the middle of a text or of a file.
fn has_header_in_text(body: &[u8]) -> bool {
    let mut names: Vec<String> = Vec::new();
    let mut is_in_text = false;
    for line in lines(body) {
        if !names.is_empty() && line.first().is_some_and(u8::is_ascii_whitespace) {
            continue;
        }
        if let Some(name) = looks::field_name(line) {
            names.push(lower(name));
            continue;
        }
        let machines = names.iter().filter(|name| MACHINES.contains(&name.as_str())).count();
        let is_header = names.len() >= FIELDS_MIN
            && machines >= 2
            && names.iter().any(|name| MACHINES.iter().take(2).any(|machine| name == machine));
        if line.is_empty() && is_in_text && is_header {
            return true;
        }
        names.clear();
        is_in_text = !line.is_empty() && !line.starts_with(b"--");
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mail of two parts with its own boundary.
    fn whole(number: u32) -> String {
        format!(
            "Received: from mx{number}.kita.example by mx.midori.example; Tue, {number} Dec 2026 10:00:01 +0900\r\n\
             Date: Tue, {number} Dec 2026 10:00:00 +0900\r\nFrom: a{number}@kita.example\r\nSubject: estimate {number}\r\nMessage-ID: <{number}@kita.example>\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n\tboundary=\"=_part_{number}2345678\"\r\n\r\n\
             --=_part_{number}2345678\r\nContent-Type: text/plain\r\n\r\nHello, this is text {number}.\r\n\
             --=_part_{number}2345678\r\nContent-Type: text/csv\r\n\r\nfirst,{number}\r\nlast,{number}\r\n--=_part_{number}2345678--\r\n"
        )
    }

    /// A mail of text alone, of that day.
    fn text(day: u32) -> String {
        format!(
            "Return-Path: <a@kita.example>\r\nFrom: a@kita.example\r\nSubject: estimate\r\nMessage-ID: <{day}@kita.example>\r\n\
             Date: Tue, {day} Dec 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello.\r\n"
        )
    }

    #[test]
    fn two_mails_in_one_are_noticed_and_odd_ones_left_in_peace() {
        let (one, two) = (whole(1), whole(2));
        let cut = |end: &str, begin: &str| {
            format!("{}{}", &one[..one.find(end).unwrap()], &two[two.find(begin).unwrap()..])
        };
        let delimiter = "--=_part_12345678--";
        for (what, mail, expected) in [
            ("whole", one.clone(), false),
            ("from text to text", cut("text 1", "text 2"), true),
            ("from text to a file", cut("text 1", "last,2"), true),
            ("from text to a header", cut("this is", "ta.example by"), true),
            ("from header to header", cut("Message-ID", "From:"), true),
            ("cut off", one.replace(delimiter, ""), false),
            ("cut off behind a drawn line", one.replace(delimiter, "--------------------\r\n--end--"), false),
            (
                "its boundary announced somewhere",
                one.replace(delimiter, "--=_part_92345678--\r\nboundary==_part_92345678"),
                false,
            ),
            (
                "an attached mail, cut off",
                two.replace("first,2", &one).replace(delimiter, "").replace("--=_part_22345678--", ""),
                false,
            ),
            (
                "a header quoted in the text, nothing missing",
                one.replace("first,1", &format!("text\r\n{two}")),
                false,
            ),
            (
                "a report of what was cut off",
                cut("this is", "ta.example by").replace("--=_part_22345678--", "").replace("mixed", "report"),
                false,
            ),
            ("one field twice", one.replace("Subject", "Subject: x\r\nSubject"), false),
            (
                "written twice alike",
                one.replace("From", "From: a1@kita.example\r\nSubject: estimate 1\r\nFrom"),
                false,
            ),
            (
                "plain text",
                "From: a@kita.example\r\nSubject: x\r\n\r\nHel\r\nSubject: y\r\n".to_owned(),
                false,
            ),
            ("nothing", String::new(), false),
        ] {
            check(what, &mail, expected);
        }
    }

    #[test]
    fn a_mail_behind_a_mail_is_noticed_and_what_people_quote_is_left_in_peace() {
        let (one, two) = (whole(1), whole(2));
        for (what, mail, expected) in [
            ("behind the closing line", format!("{one}\r\n{two}"), true),
            ("behind open parts", format!("{}\r\n{two}", one.replace("--=_part_12345678--", "")), true),
            ("a text behind a text", format!("{}\r\n{}", text(1), text(2)), true),
            ("an earlier mail in a text", format!("{}\r\n{}", text(2), text(1)), false),
            ("the text itself in a text", format!("{}\r\n{}", text(1), text(1)), false),
            ("a footer of a list", format!("{one}\r\nFrom: the list\r\nDate: always\r\n\r\nbye\r\n"), false),
            (
                "a header that a person typed",
                format!(
                    "{}\r\nFrom: b\r\nDate: Tue, 8 Dec 2026 10:00:00 +0900\r\nSubject: x\r\n\r\nHello\r\n",
                    text(1)
                ),
                false,
            ),
            ("a later header in the middle of a sentence", format!("{}{}", text(1), text(2)), false),
            (
                "a report by a clock that goes wrong",
                format!("{}\r\n{}", text(1).replace("text/plain", "multipart/report"), text(2)),
                false,
            ),
        ] {
            check(what, &mail, expected);
        }
    }

    fn check(what: &str, mail: &str, expected: bool) {
        for (mail, system) in [(mail.to_owned(), "Windows"), (mail.replace("\r\n", "\n"), "Unix")] {
            assert_eq!(is_spliced(mail.as_bytes()), expected, "{what}, as {system} writes it: {mail}");
        }
    }
}
