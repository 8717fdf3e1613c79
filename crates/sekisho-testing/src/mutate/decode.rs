//! Encoded words and text parts → Unicode, for mails that were written well (RFC 2045, RFC 2046, RFC 2047).

use data_encoding::BASE64_MIME_PERMISSIVE;
use encoding_rs::Encoding;

/// Parts inside parts that are followed at most; no honest mail of the sets is deeper.
const DEPTH_MAX: usize = 8;

/// A header value unfolded, with its encoded words decoded; raw bytes are read as UTF-8.
pub(super) fn header(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw).replace("\r\n", "").replace('\n', "");
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find("=?") {
        let (before, word) = rest.split_at(start);
        let Some((decoded, after)) = encoded_word(word) else {
            out.push_str(before);
            out.push_str("=?");
            rest = &word[2..];
            continue;
        };
        // White space between two encoded words is not part of the text (RFC 2047 section 6.2).
        if !before.trim().is_empty() || out.is_empty() {
            out.push_str(before);
        }
        out.push_str(&decoded);
        rest = after;
    }
    out + rest
}

/// The first part of the wanted media type, decoded, lines ending in LF.
pub(super) fn first_part(fields: &[(String, Vec<u8>)], body: &[u8], wanted: &str) -> Option<String> {
    find(fields, body, wanted, 0)
}

/// Transfer-encoded bytes → bytes.
pub(super) fn transfer(label: &str, body: &[u8]) -> Vec<u8> {
    match label.trim().to_ascii_lowercase().as_str() {
        "base64" => BASE64_MIME_PERMISSIVE.decode(body.trim_ascii()).unwrap_or_default(),
        "quoted-printable" => quoted_printable(body, b'='),
        _ => body.to_vec(),
    }
}

fn find(fields: &[(String, Vec<u8>)], body: &[u8], wanted: &str, depth: usize) -> Option<String> {
    let kind = value(fields, "Content-Type").unwrap_or_else(|| "text/plain".to_owned());
    let media = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if media.starts_with("multipart/") && depth < DEPTH_MAX {
        let edge = parameter(&kind, "boundary")?;
        return pieces(body, &edge).into_iter().find_map(|piece| {
            let inner = super::Mail::parse(&piece);
            let (fields, body) = inner.into_parts();
            find(&fields, &body, wanted, depth + 1)
        });
    }
    if media != wanted {
        return None;
    }
    let label = value(fields, "Content-Transfer-Encoding").unwrap_or_default();
    let charset = parameter(&kind, "charset").unwrap_or_else(|| "utf-8".to_owned());
    Some(unicode(&charset, &transfer(&label, body)).replace("\r\n", "\n"))
}

fn pieces(body: &[u8], edge: &str) -> Vec<Vec<u8>> {
    let mark = format!("--{edge}");
    let mut found: Vec<Vec<u8>> = Vec::new();
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let bare = line.trim_ascii_end();
        if bare == format!("{mark}--").as_bytes() {
            break;
        }
        if bare == mark.as_bytes() {
            found.push(Vec::new());
        } else if let Some(piece) = found.last_mut() {
            piece.extend_from_slice(line);
        }
    }
    found
}

fn value(fields: &[(String, Vec<u8>)], name: &str) -> Option<String> {
    let (_, raw) = fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some(String::from_utf8_lossy(raw).replace("\r\n", ""))
}

fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn encoded_word(word: &str) -> Option<(String, &str)> {
    let (charset, rest) = word.strip_prefix("=?")?.split_once('?')?;
    let (form, rest) = rest.split_once('?')?;
    let (payload, after) = rest.split_once("?=")?;
    let bytes = match form {
        "B" | "b" => BASE64_MIME_PERMISSIVE.decode(payload.as_bytes()).ok()?,
        "Q" | "q" => quoted_printable(payload.replace('_', " ").as_bytes(), b'='),
        _ => return None,
    };
    Some((unicode(charset, &bytes), after))
}

fn quoted_printable(body: &[u8], mark: u8) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((first, tail)) = rest.split_first() {
        if *first != mark {
            out.push(*first);
            rest = tail;
            continue;
        }
        rest = match tail {
            [b'\r', b'\n', after @ ..] | [b'\n', after @ ..] => after,
            [high, low, after @ ..] => {
                match (char::from(*high).to_digit(16), char::from(*low).to_digit(16)) {
                    (Some(high), Some(low)) => out.push((high * 16 + low) as u8),
                    _ => out.extend_from_slice(&[mark, *high, *low]),
                }
                after
            }
            _ => tail,
        };
    }
    out
}

fn unicode(charset: &str, bytes: &[u8]) -> String {
    let encoding = Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    encoding.decode(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_several_pieces_join() {
        assert_eq!(header(b"=?UTF-8?B?5L2Q?=\r\n =?UTF-8?B?6Jek?= <a@b.example>"), "佐藤 <a@b.example>");
        assert_eq!(header(b"=?iso-2022-jp?B?GyRCOjRGIxsoQg==?="), "佐藤");
        assert_eq!(header(b"=?utf-8?Q?a_=E4=BD=90?= b"), "a 佐 b");
        assert_eq!(header(b"1 =? 2"), "1 =? 2");
    }

    #[test]
    fn soft_line_breaks_vanish() {
        assert_eq!(transfer("quoted-printable", b"a=\r\nb=3D"), b"ab=");
    }
}
