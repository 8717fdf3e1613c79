//! Plain text → the links that mail programs make clickable.
//!
//! What Outlook, Gmail and Thunderbird agree on: `http://`, `https://`, `ftp://`, `file:`, `mailto:` and `www.`, up to
//! the first character that no URL has. Japanese letters end a URL, as in Outlook, except in the name of a host.
//! Full-width `ｈｔｔｐｓ：／／` and defanged `hxxps://` are not clickable anywhere and are no links here.

use std::ops::Range;

use crate::{Link, LinkKind};

/// Bytes of one URL that are looked at; browsers take about as many.
const URL_BYTES_MAX: usize = 4_096;
/// Lines over which a URL in angle brackets is joined; RFC 3986 (appendix C) allows it without a number.
const WRAPPED_LINES_MAX: usize = 12;
/// Top-level domains in kana, kanji and the like that exist, and with which a host may end.
const WIDE_ENDINGS: [&str; 14] = [
    "みんな",
    "コム",
    "世界",
    "グーグル",
    "ストア",
    "セール",
    "ファッション",
    "クラウド",
    "ポイント",
    "中国",
    "公司",
    "网络",
    "香港",
    "рф",
];

/// How a link begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    /// A scheme with a host behind it.
    Host(usize),
    /// `www.`: programs put `http://` before it.
    Www,
    /// `mailto:`.
    Mail,
    /// `file:`.
    File,
}

/// Finds bare links in `text`, at most `max`, in order.
pub(crate) fn bare(text: &str, max: usize) -> Vec<Link> {
    let bytes = text.as_bytes();
    let mut links = Vec::new();
    let mut at = 0;
    while links.len() < max {
        // Two letters pass nearly everything over.
        let Some(next) = bytes.get(at..).and_then(|rest| rest.windows(2).position(may_start)) else { break };
        at += next;
        let Some(start) = start_at(bytes, at) else {
            at += 1;
            continue;
        };
        match link_at(text, at, start) {
            Some(link) => {
                at = link.range.end;
                links.push(link);
            }
            None => at += 1,
        }
    }
    links
}

/// Whether a link may begin with two bytes: `ht`, `ft`, `fi`, `ma` or `ww`.
fn may_start(two: &[u8]) -> bool {
    let lower = |at: usize| two.get(at).map_or(0, |byte| byte | 0x20);
    matches!((lower(0), lower(1)), (b'h' | b'f', b't') | (b'f', b'i') | (b'm', b'a') | (b'w', b'w'))
}

/// Whether a link may begin at this byte. `http` needs no word's edge before it: `参照:http://`, `URLhttp://`.
fn start_at(bytes: &[u8], at: usize) -> Option<Start> {
    let rest = &bytes[at..];
    let begins = |prefix: &str| {
        rest.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    if begins("https://") {
        return Some(Start::Host(8));
    }
    if begins("http://") {
        return Some(Start::Host(7));
    }
    let before = at.checked_sub(1).and_then(|before| bytes.get(before));
    if before
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'@' | b'/'))
    {
        return None;
    }
    if begins("ftp://") {
        return Some(Start::Host(6));
    }
    if begins("ftps://") {
        return Some(Start::Host(7));
    }
    if begins("mailto:") {
        return Some(Start::Mail);
    }
    if begins("file://") || begins("file:\\\\") {
        return Some(Start::File);
    }
    begins("www.").then_some(Start::Www)
}

fn link_at(text: &str, at: usize, start: Start) -> Option<Link> {
    let bracketed = text.as_bytes()[..at].ends_with(b"<") || text.as_bytes()[..at].ends_with(b"<URL:");
    if let Some((target, range)) = bracketed.then(|| wrapped(text, at)).flatten() {
        return finish(target, range, start);
    }
    let rest = text.get(at..)?;
    let host = match start {
        Start::Host(scheme) => scheme + host_length(rest.get(scheme..)?),
        Start::Www => 4 + host_length(rest.get(4..)?),
        Start::Mail | Start::File => 0,
    };
    let more = rest.bytes().skip(host).take(URL_BYTES_MAX).take_while(|byte| is_url_byte(*byte)).count();
    // A wide character directly behind the host's letters ends it: what follows is not a path.
    let end = without_punctuation(rest.get(..host + more)?);
    let url = rest.get(..end)?;
    finish(url.to_owned(), at..at + end, start)
}

/// The link, where enough of a URL is there.
fn finish(url: String, range: Range<usize>, start: Start) -> Option<Link> {
    let is_link = match start {
        Start::Host(scheme) => url
            .get(scheme..)
            .is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '[' | '%'))),
        Start::Www => {
            url.get(4..).is_some_and(|host| host.starts_with(char::is_alphanumeric) && host.contains('.'))
        }
        Start::Mail => url.get(7..).is_some_and(|address| address.find('@').is_some_and(|at| at > 0)),
        Start::File => url.len() > 7,
    };
    let target = if start == Start::Www { format!("http://{url}") } else { url.clone() };
    is_link.then_some(Link { text: url, target, kind: LinkKind::Bare, range })
}

fn is_url_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'`')
}

/// The bytes of a host's name at the start of `rest`, letters of other scripts among them where they belong to it.
fn host_length(rest: &str) -> usize {
    let run: usize = rest
        .chars()
        .take(253)
        .take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | 'ー' | '・' | '々'))
        .map(char::len_utf8)
        .sum();
    let (run, _) = rest.split_at(run);
    if run.is_ascii() {
        return run.len();
    }
    let mut length = 0;
    for (index, label) in run.split('.').enumerate() {
        let is_last = length + label.len() == run.len();
        let ascii = label.find(|c: char| !c.is_ascii()).unwrap_or(label.len());
        let (head, tail) = label.split_at(ascii);
        let is_glued = !head.is_empty() && tail.starts_with(is_japanese) && (is_last || index > 0);
        if is_glued {
            return length + ascii;
        }
        if is_last && head.is_empty() && !tail.is_empty() {
            let ending = WIDE_ENDINGS.iter().find(|ending| tail.starts_with(**ending));
            return length + ending.map_or(0, |ending| ending.len());
        }
        length += label.len() + usize::from(!is_last);
    }
    length
}

fn is_japanese(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// The length without the punctuation of the sentence around. Closing brackets stay where they were opened inside.
fn without_punctuation(url: &str) -> usize {
    let bytes = url.as_bytes();
    let mut open = [0_i32; 3];
    for byte in bytes {
        match byte {
            b'(' => open[0] += 1,
            b')' => open[0] -= 1,
            b'[' => open[1] += 1,
            b']' => open[1] -= 1,
            b'{' => open[2] += 1,
            b'}' => open[2] -= 1,
            _ => {}
        }
    }
    let mut end = bytes.len();
    while let Some(last) = end.checked_sub(1).and_then(|last| bytes.get(last)) {
        let bracket = match last {
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' | b'|' | b'\\' => None,
            b')' => Some(0),
            b']' => Some(1),
            b'}' => Some(2),
            _ => break,
        };
        if let Some(bracket) = bracket {
            if open[bracket] >= 0 {
                break;
            }
            open[bracket] += 1;
        }
        end -= 1;
    }
    end
}

/// A URL in angle brackets, which may go on over the ends of lines: joined, and where it stands.
fn wrapped(text: &str, at: usize) -> Option<(String, Range<usize>)> {
    let mut limit = text.len().min(at + URL_BYTES_MAX);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let inside = text.get(at..limit)?;
    let end = inside.find(['<', '>', '"']).filter(|end| inside[*end..].starts_with('>'))?;
    let inside = inside.get(..end)?;
    let mut url = String::with_capacity(end);
    for (number, line) in inside.split('\n').enumerate() {
        let line = line.trim();
        let is_whole = line.bytes().all(is_url_byte) || (number == 0 && !line.contains(char::is_whitespace));
        if number >= WRAPPED_LINES_MAX || line.is_empty() || !is_whole {
            return None;
        }
        url.push_str(line);
    }
    Some((url, at..at + end))
}

#[cfg(test)]
mod tests {
    use super::bare;

    fn urls(text: &str) -> Vec<String> {
        bare(text, 100)
            .into_iter()
            .map(|link| {
                assert!(text.get(link.range.clone()).is_some(), "{text}");
                link.target
            })
            .collect()
    }

    #[test]
    fn clickable_forms() {
        for (text, url) in [
            ("see https://a.test/x.", "https://a.test/x"),
            ("HTTP://A.test", "HTTP://A.test"),
            ("(http://a.test/x_(y))", "http://a.test/x_(y)"),
            ("詳細はhttps://a.test/x?y=1をご覧ください", "https://a.test/x?y=1"),
            ("https://a.example.testをご覧", "https://a.example.test"),
            ("https://a.test/x。", "https://a.test/x"),
            ("「https://a.test/x」", "https://a.test/x"),
            ("【https://a.test】、", "https://a.test"),
            ("（https://a.test/）", "https://a.test/"),
            ("https://日本語.test/道", "https://日本語.test/"),
            ("https://例え.みんなです", "https://例え.みんな"),
            ("https://www.аррle.test/x", "https://www.аррle.test/x"),
            ("www.a.test まで", "http://www.a.test"),
            ("mailto:x@a.test?subject=y,", "mailto:x@a.test?subject=y"),
            ("ftp://a.test/f", "ftp://a.test/f"),
            ("file:///c:/x.exe", "file:///c:/x.exe"),
            ("file://server/share/x", "file://server/share/x"),
            ("<https://a.test/x\n y\n z>", "https://a.test/xyz"),
            ("<URL:https://a.test/\nx>", "https://a.test/x"),
            ("<https://a.test/ x>", "https://a.test/"),
            ("https://a.test/x\ny", "https://a.test/x"),
            ("http://[::1]:80/x]", "http://[::1]:80/x"),
            ("https://u:p@a.test:8443/", "https://u:p@a.test:8443/"),
            ("*https://a.test*", "https://a.test"),
            ("URLhttp://a.test", "http://a.test"),
        ] {
            assert_eq!(urls(text), [url], "{text}");
        }
    }

    #[test]
    fn not_clickable() {
        for text in [
            "hxxps://a.test/",
            "hxxp://a.test",
            "ｈｔｔｐｓ：／／ａ．test",
            "http://",
            "https:// a",
            "www.",
            "www.です",
            "mailto:",
            "mailto:です",
            "awww.a.test",
            "file:",
            "http",
            "https：//a.test",
            "a@b.test",
            "http://。",
        ] {
            assert_eq!(urls(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn order_and_limit() {
        let text = "http://a.test http://b.test http://c.test";
        assert_eq!(urls(text).len(), 3);
        assert_eq!(bare(text, 2).len(), 2);
    }
}
