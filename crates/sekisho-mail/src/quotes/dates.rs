//! Dates and times in introducing lines: `2026年11月1日(日) 12:00`, `Sun, Nov 1, 2026 at 12:00 PM`, `2026/11/01 12:00`.

/// Bytes of a line in which a date is looked for.
const LINE_BYTES_MAX: usize = 400;

/// A date in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Where its first number stands.
    pub(super) start: usize,
    /// Where its last part ends: a weekday, a time zone.
    pub(super) end: usize,
    /// Whether a day is named, with a year or as numbers divided by `/`.
    pub(super) has_day: bool,
    /// Whether a time is named.
    pub(super) has_time: bool,
}

/// The first date or time in a line, all its parts together.
pub(super) fn find(line: &str) -> Option<Found> {
    let bytes = line.as_bytes();
    let mut found: Option<Found> = None;
    let mut at = 0;
    while at < bytes.len().min(LINE_BYTES_MAX) {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let Some((end, is_time)) = number(line, at, digits) else {
            at += digits;
            continue;
        };
        // A number far behind the date belongs to something else.
        if found.as_ref().is_some_and(|found| at > found.end + 24) {
            break;
        }
        let part = found.get_or_insert(Found { start: at, end, has_day: false, has_time: false });
        part.end = behind(line, end);
        part.has_day |= !is_time;
        part.has_time |= is_time;
        at = end.max(at + digits);
    }
    found
}

/// Whether a date or time begins with these digits: where it ends, and whether it is a time.
fn number(line: &str, at: usize, digits: usize) -> Option<(usize, bool)> {
    let rest = line.get(at + digits..)?;
    let value: usize = line.get(at..at + digits)?.parse().ok()?;
    let first = rest.chars().next();
    if digits <= 2 && first == Some(':') && has_digits(rest, 1, 2) {
        let seconds = rest.get(3..).is_some_and(|rest| rest.starts_with(':') && has_digits(rest, 1, 2));
        return Some((at + digits + if seconds { 6 } else { 3 }, true));
    }
    if digits <= 2 && first == Some('時') {
        let minutes = rest
            .find('分')
            .filter(|minutes| *minutes <= 8)
            .map_or('時'.len_utf8(), |at| at + '分'.len_utf8());
        return Some((at + digits + minutes, true));
    }
    if digits == 4 && (1990..2100).contains(&value) {
        let length =
            run(rest, |c| c.is_ascii_digit() || matches!(c, '/' | '-' | '.' | '年' | '月' | '日' | ' '));
        let kept = rest.get(..length).unwrap_or_default();
        // The hour that follows a space is not part of the day.
        let length = kept.rfind(['日', '/', '-', '.']).map_or(0, |mark| mark + mark_and_number(kept, mark));
        return Some((at + digits + length, false));
    }
    if digits <= 2 && matches!(first, Some('/' | '.' | '-')) && has_digits(rest, 1, 1) {
        let length = run(rest, |c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-'));
        let marks = rest.get(..length).unwrap_or_default().matches(['/', '.', '-']).count();
        return (marks == 2).then_some((at + digits + length, false));
    }
    None
}

/// The length of the mark at `mark` and of the digits behind it.
fn mark_and_number(text: &str, mark: usize) -> usize {
    let rest = text.get(mark..).unwrap_or_default();
    let sign = rest.chars().next().map_or(0, char::len_utf8);
    sign + run(rest.get(sign..).unwrap_or_default(), |c| c.is_ascii_digit())
}

fn run(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.chars().take(24).take_while(|c| fits(*c)).map(char::len_utf8).sum()
}

fn has_digits(text: &str, from: usize, count: usize) -> bool {
    text.as_bytes().get(from..from + count).is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
}

/// Where the parts that may follow a date or time end: `(日)`, `日曜日`, `PM`, `+0900`, `GMT+9`, `(JST)`.
fn behind(line: &str, mut end: usize) -> usize {
    const PARTS: [&str; 25] = [
        "(日)",
        "(月)",
        "(火)",
        "(水)",
        "(木)",
        "(金)",
        "(土)",
        "（日）",
        "（月）",
        "（火）",
        "（水）",
        "（木）",
        "（金）",
        "（土）",
        "日曜日",
        "月曜日",
        "火曜日",
        "水曜日",
        "木曜日",
        "金曜日",
        "土曜日",
        "AM",
        "PM",
        "JST",
        "(JST)",
    ];
    // A date has at most a weekday, half of the day, a zone and its name behind it.
    for _ in 0..4 {
        let rest = line.get(end..).unwrap_or_default();
        let trimmed = rest.trim_start_matches([' ', '\u{202F}', ',']);
        let gap = rest.len() - trimmed.len();
        let part = PARTS
            .iter()
            .find(|part| trimmed.get(..part.len()).is_some_and(|start| start.eq_ignore_ascii_case(part)));
        let length = match part {
            Some(part) => part.len(),
            None => zone(trimmed),
        };
        if length == 0 {
            break;
        }
        end += gap + length;
    }
    end
}

fn zone(text: &str) -> usize {
    const NAMES: [&str; 16] = [
        "GMT", "UTC", "JST", "KST", "IST", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "CET",
        "CEST", "BST",
    ];
    let behind = |name: &str| text.strip_prefix(name).unwrap_or_default();
    let is_there =
        |name: &str| text.starts_with(name) && !behind(name).starts_with(|c: char| c.is_ascii_alphanumeric());
    let name = NAMES.iter().find(|name| is_there(name)).map_or(0, |name| name.len());
    let rest = text.get(name..).unwrap_or_default();
    if !rest.starts_with(['+', '-']) {
        return name;
    }
    let digits = run(rest.get(1..).unwrap_or_default(), |c| c.is_ascii_digit() || c == ':');
    if digits == 0 { name } else { name + 1 + digits }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn dates_end_where_they_end() {
        for (line, rest) in [
            ("2026年11月1日(日) 12:00 山田", " 山田"),
            ("2026/11/01 12:00、山田", "、山田"),
            ("On Sun, Nov 1, 2026 at 12:00 PM X", " X"),
            ("On Sun, 01 Nov 2026 12:00:00 +0900 X", " X"),
            ("On Nov 1, 2026, at 12:00, X", ", X"),
            ("(2026/11/01 12:00), X", "), X"),
            ("2026年11月1日 日曜日 12時34分 X", " X"),
            ("On 11/1/26, X", ", X"),
            ("2026-11-01, X", ", X"),
            ("On Sunday, November 1, 2026, 12:00:00 PM GMT+9, X", ", X"),
        ] {
            let found = find(line).unwrap();
            assert_eq!(&line[found.end..], rest, "{line}");
        }
        for line in ["", "山田", "12", "3-4", "1.5", "2026", "〒123-4567"] {
            assert!(find(line).is_none_or(|found| !found.has_time), "{line}");
        }
    }
}
