//! Lines that introduce a quotation: `On … wrote:`, `2026年11月1日(日) 12:00 山田 <…>:`, `…のメール:`, `…さんは書きました:`.

use super::dates::{self, Found};
use super::lines::Line;
use super::marks;

/// Lines over which mail programs wrap an introduction.
const LINES_MAX: usize = 3;
/// Bytes of one of its lines.
const LINE_BYTES_MAX: usize = 300;
/// Characters kept of an author.
const AUTHOR_CHARS_MAX: usize = 200;

/// Endings that say that somebody wrote what follows; the longer ones first.
const VERBS: [&str; 24] = [
    "さんは以下のように書きました",
    "は以下のように書きました",
    "さんは次のように書きました",
    "さんは書きました",
    "さんが書きました",
    "様は書きました",
    "は書きました",
    "が書きました",
    "書きました",
    "さんからのメッセージ",
    "さんからのメール",
    "さんのメッセージ",
    "さんのメール",
    "からのメッセージ",
    "からのメール",
    "のメッセージ",
    "のメール",
    "さんの発言",
    "さん wrote",
    "さんwrote",
    " wrote",
    " writes",
    " said",
    "写道",
];

/// How sure it is that a quotation follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// A time, and a verb or an address: also where the words below have no marks.
    Sure,
    /// Only where marked words follow.
    WithMarks,
}

/// An introduction that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Introduction {
    /// The line behind its last.
    pub(super) end: usize,
    /// How sure it is.
    pub(super) strength: Strength,
    /// Whom it names, as written.
    pub(super) author: String,
}

/// The introduction that begins at line `from`.
pub(super) fn at(lines: &[Line<'_>], from: usize) -> Option<Introduction> {
    let first = lines.get(from)?;
    if first.is_blank() || first.text.len() > LINE_BYTES_MAX {
        return None;
    }
    if let Some(found) = of(first.text, from + 1) {
        return Some(found);
    }
    if !may_go_on(first.text) {
        return None;
    }
    let mut joined = first.text.to_owned();
    for count in 2..=LINES_MAX {
        let line = lines
            .get(from + count - 1)
            .filter(|line| !line.is_blank() && line.text.len() <= LINE_BYTES_MAX)?;
        join(&mut joined, line.text);
        // Only a sure one may span lines: "On Sunday we met.\nHe wrote:" is prose.
        let is_named = first.text.starts_with("In ");
        if let Some(found) =
            of(&joined, from + count).filter(|found| is_named || found.strength == Strength::Sure)
        {
            return Some(found);
        }
    }
    None
}

/// The sure introduction in the first marked lines (`> 2026/11/01 12:00、…のメール:`), and how many lines it takes.
pub(super) fn in_marks(lines: &[Line<'_>]) -> Option<(Introduction, usize)> {
    let mut joined = String::new();
    for (at, line) in lines.iter().take(LINES_MAX).enumerate() {
        let words = marks::without(line.text);
        if words.is_empty() || words.len() > LINE_BYTES_MAX {
            return None;
        }
        join(&mut joined, words);
        if let Some(found) = of(&joined, 0).filter(|found| found.strength == Strength::Sure) {
            return Some((found, at + 1));
        }
        if !may_go_on(&joined) {
            return None;
        }
    }
    None
}

/// Lines are joined with a space, but not inside angle brackets, which mailers break too.
fn join(joined: &mut String, words: &str) {
    if !joined.is_empty() && !joined.ends_with('<') {
        joined.push(' ');
    }
    joined.push_str(words);
}

/// Whether an introduction may go on behind this line: it begins with a date, and does not end a sentence.
fn may_go_on(line: &str) -> bool {
    if line.starts_with("In message <") || line.starts_with("In article <") {
        return true;
    }
    let begins = ["On ", "At "].iter().any(|word| line.starts_with(word))
        || dates::find(line).is_some_and(|date| date.start < 10);
    begins && dates::find(line).is_some() && !line.ends_with(['.', '。', '!', '！', '?', '？'])
}

fn of(line: &str, end: usize) -> Option<Introduction> {
    let line = line.trim_matches(|c: char| c == '*' || c.is_whitespace()).trim_start_matches(['-', ' ']);
    let (body, has_colon) = match line.strip_suffix([':', '：']) {
        Some(body) => (body.trim_end_matches(|c: char| c == '*' || c.is_whitespace()), true),
        None => (line, false),
    };
    let date = dates::find(body).filter(|date| date.has_day || date.has_time);
    let verb = VERBS.iter().find(|verb| ends_with(body, verb));
    let address = ends_with_address(body);
    let strength = match (verb, has_colon) {
        (Some(_), true) if date.is_some() => Strength::Sure,
        (Some(_), true) => Strength::WithMarks,
        // Without a colon it is a sentence, unless marks follow.
        (Some(_), false) if date.is_some() && !body.ends_with("のメール") => Strength::WithMarks,
        (None, true) if address && date.is_some_and(|date| date.start < 10 && date.has_time) => {
            Strength::Sure
        }
        _ => return None,
    };
    let person = verb.map_or(body, |verb| body.get(..body.len() - verb.len()).unwrap_or_default());
    Some(Introduction { end, strength, author: author(person, date) })
}

fn ends_with(body: &str, verb: &str) -> bool {
    let Some(start) = body.len().checked_sub(verb.len()) else { return false };
    body.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(verb))
}

fn ends_with_address(body: &str) -> bool {
    let last = match body.strip_suffix(['>', '＞', ')']) {
        Some(inner) => inner.rsplit(['<', '＜', '(']).next().unwrap_or_default(),
        None => body.rsplit([' ', '、', '\u{3000}']).next().unwrap_or_default(),
    };
    let address = last.trim().trim_start_matches("mailto:");
    address.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
        && !address.contains(' ')
}

/// The person beside the date: behind it where the line begins with the date, otherwise before it.
fn author(person: &str, date: Option<Found>) -> String {
    let begins = |date: &Found| {
        let before = person.get(..date.start).unwrap_or_default();
        date.start < 4 || before.starts_with("On ") || before.starts_with("At ") || before.starts_with('(')
    };
    let named = person.strip_prefix("In message ").or(person.strip_prefix("In article "));
    let name = match date {
        _ if named.is_some() => {
            let rest = named.unwrap_or_default();
            rest.split_once('>').map_or(rest, |(_, name)| name)
        }
        Some(date) if begins(&date) => person.get(date.end..).unwrap_or_default(),
        Some(date) => person.get(..date.start).unwrap_or_default(),
        None => person,
    };
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '、' | ':' | '：' | '*'));
    let name = name.trim_start_matches([')', '）', ',', '、', ' ']);
    let name = ["に ", "at ", "に、"].iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    let name = ["さんの", "さんは", "様の", " on", " が", " は"]
        .iter()
        .find_map(|word| name.strip_suffix(word))
        .unwrap_or(name);
    name.trim().chars().take(AUTHOR_CHARS_MAX).collect()
}
