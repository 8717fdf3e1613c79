//! Bytes → whether they are a report, whatever their name and media type say; and their text, whatever its encoding
//! (UTF-8 with or without a mark, UTF-16, the encodings that an XML declaration names).

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::limits::HEAD_BYTES_MAX;

/// What the bytes of a part or file look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looks {
    /// XML whose first element is `feedback`.
    Aggregate,
    /// A JSON object with keys of RFC 8460.
    Tls,
    /// Anything else.
    Other,
}

/// Keys of which one stands near the beginning of every TLS report (RFC 8460 section 4.4).
const TLS_KEYS: &[&str] = &["\"organization-name\"", "\"date-range\"", "\"policies\"", "\"report-id\""];

/// Tells what bytes look like by their beginning.
pub fn looks(bytes: &[u8]) -> Looks {
    let head = bytes.get(..HEAD_BYTES_MAX).unwrap_or(bytes);
    let first = head.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != 0);
    if !first.is_some_and(|byte| matches!(byte, b'<' | b'{' | 0xef | 0xff | 0xfe)) {
        return Looks::Other;
    }
    let head = text(head);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with('{') {
        let known = TLS_KEYS.iter().filter(|key| head.contains(**key)).count();
        return if known >= 2 || head.contains("\"policies\"") { Looks::Tls } else { Looks::Other };
    }
    if head.starts_with('<') && first_element(head).is_some_and(|name| name.eq_ignore_ascii_case("feedback"))
    {
        return Looks::Aggregate;
    }
    Looks::Other
}

/// The text of a whole content. Bytes that are none in the encoding become U+FFFD; nothing is refused.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    match bytes {
        [b'<' | b'{', 0, ..] => return UTF_16LE.decode_without_bom_handling(bytes).0,
        [0, b'<' | b'{', ..] => return UTF_16BE.decode_without_bom_handling(bytes).0,
        _ => {}
    }
    let declared = declared(bytes).and_then(Encoding::for_label).unwrap_or(UTF_8);
    // Read as bytes, it is none of two bytes a character, whatever is declared.
    let encoding = if declared == UTF_16LE || declared == UTF_16BE { UTF_8 } else { declared };
    encoding.decode_without_bom_handling(bytes).0
}

/// The encoding that an XML declaration names (XML 1.0 section 4.3.3).
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    let start = bytes.trim_ascii_start();
    let start = start.get(..HEAD_BYTES_MAX).unwrap_or(start);
    let rest = start.strip_prefix(b"<?xml")?;
    let declaration = rest.get(..memchr::memmem::find(rest, b"?>")?)?;
    let rest = declaration.get(memchr::memmem::find(declaration, b"encoding")? + b"encoding".len()..)?;
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let quote = rest.first().filter(|byte| matches!(byte, b'"' | b'\''))?;
    let value = rest.get(1..)?;
    value.get(..memchr::memchr(*quote, value)?)
}

/// The local name of the first element, behind declarations, comments and processing instructions.
fn first_element(head: &str) -> Option<&str> {
    let mut rest = head;
    // Each turn takes at least one character off the beginning, which is bounded.
    loop {
        rest = rest.get(rest.find('<')? + 1..)?;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.get(comment.find("-->")?..)?;
        } else if rest.starts_with('!') && rest.contains('[') && rest.find('[') < rest.find('>') {
            rest = rest.get(rest.find("]")?..)?;
        } else if !rest.starts_with(['!', '?']) {
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
            let name = rest.get(..end)?;
            return name.rsplit(':').next();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, mark: bool) -> Vec<u8> {
        let mark = if mark { "\u{feff}" } else { "" };
        mark.encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn reports_are_known_by_their_content() {
        for (content, expected) in [
            ("<?xml version=\"1.0\"?>\n<feedback>", Looks::Aggregate),
            ("\u{feff}<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\">", Looks::Aggregate),
            ("\n\n  <!-- <a> --><d:feedback xmlns:d=\"x\"/>", Looks::Aggregate),
            ("<!DOCTYPE feedback [<!ENTITY a \"b\">]><feedback>", Looks::Aggregate),
            ("<html><feedback>", Looks::Other),
            ("feedback", Looks::Other),
            ("{\"organization-name\":\"a\",\"date-range\":{}}", Looks::Tls),
            ("{\"policies\":[]}", Looks::Tls),
            ("{\"report-id\":1}", Looks::Other),
            ("", Looks::Other),
        ] {
            assert_eq!(looks(content.as_bytes()), expected, "{content}");
        }
        assert_eq!(looks(&utf16("<feedback>", true)), Looks::Aggregate);
        assert_eq!(
            looks(&utf16("<?xml version=\"1.0\" encoding=\"utf-16\"?><feedback>", false)),
            Looks::Aggregate
        );
    }

    #[test]
    fn declared_encodings_are_read() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><feedback>M\xfcller</feedback>";
        assert!(text(latin).contains("Müller"));
        let (japanese, _, _) = encoding_rs::SHIFT_JIS
            .encode("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><feedback>見積</feedback>");
        assert!(text(&japanese).contains("見積"));
        assert!(text(b"<?xml encoding=\"utf-16\"?><feedback>").contains("<feedback>"));
    }
}
