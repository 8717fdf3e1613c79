//! A mail of an mbox → whether its beginning and its end are of two mails, as where bytes were cut out of the file between them.
//!
//! Honest mail is odd, too: parts that nothing closes (every tenth spam, and whatever a server cut off) and headers in the text are no sign by
//! themselves. What is asked for was in none of the 5,689 real mails in `data/`. Where both mails are plain text, nothing shows it.

use super::looks;

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

/// Whether two mails run into one another here.
pub fn is_spliced(mail: &[u8]) -> bool {
    let (header, body) = divided(mail);
    let fields = unfolded(header);
    if twice(&fields) >= TWICE_MIN {
        return true;
    }
    let types = fields.iter().filter(|(name, _)| name == "content-type");
    let Some((kind, boundary)) = types.filter_map(|(_, value)| multipart(value)).next() else { return false };
    if lines(body).any(|line| is_end_of(line, &boundary)) {
        return false;
    }
    // What a server reports of a mail it cuts off where it likes.
    has_foreign_end(mail, body) || kind != "report" && has_header_in_text(body)
}

/// Header and body.
fn divided(mail: &[u8]) -> (&[u8], &[u8]) {
    let ends =
        [&b"\n\n"[..], b"\n\r\n"].map(|end| memchr::memmem::find(mail, end).map(|at| (at, at + end.len())));
    let (end, begin) = ends.into_iter().flatten().min().unwrap_or((mail.len(), mail.len()));
    (mail.get(..end.min(HEADER_BYTES_MAX)).unwrap_or(mail), mail.get(begin..).unwrap_or_default())
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end)
}

/// The fields, their names in lower case.
fn unfolded(header: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut fields: Vec<(String, Vec<u8>)> = Vec::new();
    for line in lines(header) {
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
fn twice(fields: &[(String, Vec<u8>)]) -> usize {
    let differs = |name: &&&str| {
        let mut values = fields.iter().filter(|field| field.0 == ***name).map(|field| &field.1);
        values.next().is_some_and(|first| values.any(|other| other != first))
    };
    SINGLE.iter().filter(differs).count()
}

/// The subtype and boundary of a type with parts (RFC 2046 section 5.1).
fn multipart(value: &[u8]) -> Option<(String, Vec<u8>)> {
    let text = lower(value);
    let (kind, _) = text.strip_prefix("multipart/")?.split_once(';')?;
    // In lower case there are as many letters only where they are ASCII.
    let at = value.to_ascii_lowercase().windows(9).position(|part| part == b"boundary=")? + 9;
    let rest = value.get(at..)?;
    let boundary = match rest.strip_prefix(b"\"") {
        Some(quoted) => quoted.split(|byte| *byte == b'"').next()?,
        None => rest.split(|byte| *byte == b';' || byte.is_ascii_whitespace()).next()?,
    };
    (!boundary.is_empty()).then(|| (kind.trim().to_owned(), boundary.to_vec()))
}

fn is_end_of(line: &[u8], boundary: &[u8]) -> bool {
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
            "Received: from mx{number}.kita.example by mx.midori.example; Tue, 24 Nov 2026 10:00:00 +0900\r\n\
             From: a{number}@kita.example\r\nSubject: estimate {number}\r\nMessage-ID: <{number}@kita.example>\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n\tboundary=\"=_part_{number}2345678\"\r\n\r\n\
             --=_part_{number}2345678\r\nContent-Type: text/plain\r\n\r\nHello, this is text {number}.\r\n\
             --=_part_{number}2345678\r\nContent-Type: text/csv\r\n\r\nfirst,{number}\r\nlast,{number}\r\n--=_part_{number}2345678--\r\n"
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
                one.replace("first,1", &two).replace(delimiter, "").replace("--=_part_22345678--", ""),
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
            assert_eq!(is_spliced(mail.as_bytes()), expected, "{what}: {mail}");
            assert_eq!(
                is_spliced(mail.replace("\r\n", "\n").as_bytes()),
                expected,
                "{what}, as Unix writes it"
            );
        }
    }
}
