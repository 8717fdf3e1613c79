//! A saved web page → its parts (RFC 2557, RFC 2045, RFC 2046), and the fields of a document that Word saved as a page.
//!
//! Word opens such a file under any extension, with lines in front of its header and with headers that no mail program
//! would take, so boundaries are taken wherever one is declared.

use crate::limits::{LURE_TEXT_BYTES_MAX, MHT_PARTS_MAX};
use crate::number::slice;
use crate::open::{Hold, Look, Member};
use crate::{Cost, DeedKind, Kind, Unread};

use super::encoded::base64;
use super::fields::Fields;
use super::target::{Reach, reach};
use super::told::{Sign, tell};
use super::{lure, package};
use crate::xml::{Tag, Token, Xml};

/// Looks at saved pages, and at pages that Word wrote.
pub(crate) fn look(look: &mut Look<'_>) {
    match look.kind {
        Kind::Mht => saved(look),
        Kind::Html if memchr::memmem::find(look.bytes, b"mso-element:field-begin").is_some() => {
            page(look, &String::from_utf8_lossy(look.bytes));
        }
        _ => {}
    }
}

fn saved(look: &mut Look<'_>) {
    let bytes = look.bytes;
    if !look.pays(Cost::Bytes(bytes.len() as u64)) {
        return;
    }
    let boundaries = boundaries(bytes);
    let mut parts = split(bytes, &boundaries);
    if parts.is_empty() {
        parts.push(bytes);
    }
    if parts.len() >= MHT_PARTS_MAX {
        look.opened.note(Unread::TooLarge, look.kind.id());
    }
    let mut found = false;
    for part in parts {
        let Some(part) = Part::parse(part) else { continue };
        found = true;
        if part.is_page() {
            let text = String::from_utf8_lossy(&part.content).into_owned();
            page(look, &text);
        }
        if !look.hand(Member::whole(part.names, part.content, Hold::Embedded)) {
            return;
        }
    }
    // The last boundary of each level is closed by two hyphens.
    let closed = boundaries.first().is_none_or(|first| {
        memchr::memmem::find(bytes, &[b"--", first.as_slice(), b"--"].concat()).is_some()
    });
    if !found || !closed {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
}

/// Every boundary that a header declares.
fn boundaries(bytes: &[u8]) -> Vec<Vec<u8>> {
    const BOUNDARIES_MAX: usize = 64;
    let lower = bytes.to_ascii_lowercase();
    let mut found: Vec<Vec<u8>> = Vec::new();
    for at in memchr::memmem::find_iter(&lower, b"boundary").take(MHT_PARTS_MAX) {
        let rest = slice(bytes, at + 8, 256).trim_ascii_start();
        let Some(value) = rest.strip_prefix(b"=").map(<[u8]>::trim_ascii_start) else { continue };
        let value = match value.strip_prefix(b"\"") {
            Some(quoted) => quoted.split(|byte| *byte == b'"').next(),
            None => value.split(|byte| byte.is_ascii_whitespace() || *byte == b';').next(),
        };
        let value = value.unwrap_or_default();
        if !value.is_empty() && found.len() < BOUNDARIES_MAX && !found.iter().any(|known| known == value) {
            found.push(value.to_vec());
        }
    }
    found
}

/// What stands between lines that begin with a boundary.
fn split<'b>(bytes: &'b [u8], boundaries: &[Vec<u8>]) -> Vec<&'b [u8]> {
    let mut cuts = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]) {
        let line = bytes.get(start..end).unwrap_or_default().trim_ascii();
        let is_cut = line.strip_prefix(b"--").is_some_and(|rest| {
            boundaries.iter().any(|boundary| {
                rest.strip_prefix(boundary.as_slice()).is_some_and(|tail| tail.is_empty() || tail == b"--")
            })
        });
        if is_cut {
            cuts.push((start, (end + 1).min(bytes.len())));
        }
        start = end + 1;
        if cuts.len() > MHT_PARTS_MAX {
            break;
        }
    }
    let ends = cuts.iter().skip(1).map(|cut| cut.0).chain([bytes.len()]);
    cuts.iter().zip(ends).filter_map(|(cut, end)| bytes.get(cut.1..end)).collect()
}

struct Part {
    names: Vec<String>,
    kind: String,
    content: Vec<u8>,
}

impl Part {
    /// A header, an empty line, a body; a part that only holds other parts has none of its own.
    fn parse(bytes: &[u8]) -> Option<Part> {
        let (head_end, body_start) = [&b"\r\n\r\n"[..], b"\n\n"]
            .iter()
            .filter_map(|gap| memchr::memmem::find(bytes, gap).map(|at| (at, at + gap.len())))
            .min()?;
        let head = String::from_utf8_lossy(bytes.get(..head_end)?).replace("\r\n", "\n");
        let head = head.replace("\n ", " ").replace("\n\t", " ");
        let field = |name: &str| {
            head.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let kind = field("content-type").unwrap_or_default();
        if kind.to_ascii_lowercase().starts_with("multipart/") {
            return None;
        }
        let body = bytes.get(body_start..)?;
        let content =
            match field("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
                "base64" => base64(body),
                "quoted-printable" => quoted_printable(body),
                _ => body.to_vec(),
            };
        let empty = content.trim_ascii().is_empty();
        let disposition = field("content-disposition").unwrap_or_default();
        let mut names: Vec<String> = Vec::new();
        let location = field("content-location").unwrap_or_default();
        let base = location.split(['?', '#']).next().unwrap_or_default();
        let base = base.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        for name in [base, parameter(&disposition, "filename"), parameter(&kind, "name")] {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        (!empty).then_some(Part { names, kind, content })
    }

    fn is_page(&self) -> bool {
        self.kind.to_ascii_lowercase().contains("html") || crate::kind(&self.content) == Kind::Html
    }
}

fn parameter(field: &str, name: &str) -> String {
    let lower = field.to_ascii_lowercase();
    let Some(at) = lower.find(&format!("{name}=")) else { return String::new() };
    let value = field.get(at + name.len() + 1..).unwrap_or_default().trim_start();
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
        None => value.split([';', ' ']).next().unwrap_or_default().to_owned(),
    }
}

/// `=XX` is a byte, `=` at the end of a line joins it with the next (RFC 2045, 6.7).
fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        if *first != b'=' {
            out.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(slice(behind, 0, 2)).unwrap_or_default();
        if let Some(joined) = behind.strip_prefix(b"\r\n").or_else(|| behind.strip_prefix(b"\n")) {
            rest = joined;
        } else if let Ok(byte) = u8::from_str_radix(digits, 16) {
            out.push(byte);
            rest = behind.get(2..).unwrap_or_default();
        } else {
            out.push(b'=');
        }
    }
    out
}

/// Fields, template and words of a page that Word wrote. What it keeps for itself stands in conditional comments.
fn page(look: &mut Look<'_>, text: &str) {
    let text = text.replace("<!--[if", "<![if").replace("<![endif]-->", "<![endif]>");
    let mut fields = Fields::default();
    let mut words = String::new();
    for token in Xml::new(&text) {
        match token {
            Token::Open(tag) => {
                mark(&tag, &mut fields, look);
                template(&tag, look);
            }
            Token::Close("p" | "P" | "div" | "td") => words.push('\n'),
            Token::Close(_) => {}
            Token::Text(text) => {
                fields.push(&text);
                if words.len() + text.len() < LURE_TEXT_BYTES_MAX {
                    words.push_str(&text);
                }
            }
        }
    }
    fields.finish("", look.opened);
    lure::judge(&words, look.opened);
}

fn mark(tag: &Tag<'_>, fields: &mut Fields, look: &mut Look<'_>) {
    let style = tag.attribute("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    if style.contains("mso-element:field-begin") {
        fields.begin();
    } else if style.contains("mso-element:field-separator") {
        fields.separate();
    } else if style.contains("mso-element:field-end") {
        fields.end("", look.opened);
    }
}

fn template(tag: &Tag<'_>, look: &mut Look<'_>) {
    if !tag.name.eq_ignore_ascii_case("attachedtemplate") {
        return;
    }
    let target = tag.attribute("href").unwrap_or_default();
    if reach(&target) > Reach::Near
        && let Some((kind, danger)) = package::grade("attachedtemplate", &target)
    {
        debug_assert!(kind == DeedKind::ExternalTemplate);
        let sign = Sign {
            kind,
            danger,
            place: "",
            start: "Open",
            does: "attachedtemplate",
            link: &target,
            string: "",
        };
        tell(look.opened, &sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Budget, Keys, kind, open};

    fn told(bytes: &[u8]) -> String {
        let mut members = Vec::new();
        let opened = open(bytes, Kind::Mht, &Keys::default(), &mut Budget::default(), &mut |member| {
            members.push(format!("{}={}", member.names.join("|"), kind(&member.bytes).id()));
        });
        let deeds = opened.deeds.iter().map(|deed| format!("{:?} {:?}", deed.kind, deed.danger));
        let unread = opened.unread.iter().map(|(unread, _)| unread.id().to_owned());
        deeds.chain(members).chain(unread).collect::<Vec<_>>().join(", ")
    }

    const SAVED: &str = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"----=_a\"\r\n\r\n\
        ------=_a\r\nContent-Location: file:///C:/a/page.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n\
        Content-Type: text/html\r\n\r\n<html><body><p style=3D'a'>words =\r\nhere</p></body></html>\r\n\
        ------=_a\r\nContent-Location: image001.png\r\nContent-Transfer-Encoding: base64\r\nContent-Type: image/png\r\n\r\n\
        iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\r\n\
        ------=_a--\r\n";

    #[test]
    fn parts_are_handed_out_with_their_names() {
        assert_eq!(told(SAVED.as_bytes()), "page.htm=html, image001.png=png");
        let field = SAVED.replace(
            "words =\r\nhere",
            "<!--[if supportFields]><span style=3D'mso-element:field-begin'></span> DDEAUTO cmd \"/c a\" \
             <span style=3D'mso-element:field-end'></span><![endif]-->",
        );
        assert!(
            told(field.as_bytes()).starts_with("Dde Dangerous, page.htm=html"),
            "{}",
            told(field.as_bytes())
        );
        let template =
            SAVED.replace("words", "<xml><w:AttachedTemplate HRef=3D\"http://a.example/a.dotm\"/></xml>");
        assert!(told(template.as_bytes()).starts_with("ExternalTemplate Dangerous"));
        let junk = format!("first line\r\n{}", SAVED.replace("boundary=\"----=_a\"", "boundary=----=_a"));
        assert_eq!(told(junk.as_bytes()), "page.htm=html, image001.png=png");
    }

    #[test]
    fn cut_pages_are_never_clean() {
        for end in 60..SAVED.len() - 4 {
            let text = told(&SAVED.as_bytes()[..end]);
            assert!(text.contains("damaged"), "{end} {text}");
        }
    }
}
