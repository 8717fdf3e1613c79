//! Lines that begin with a quote mark: `> `, `>> `, `＞`, `| `, `》`, `yamada> `.

use super::lines::Line;

/// Blank lines between two marked ones that still belong to one region.
const BLANKS_MAX: usize = 2;
/// Initials before a mark (the habit of Emacs and old Japanese programs) are short.
const INITIALS_CHARS_MAX: usize = 12;
/// A mark of the writer's own is short.
const OWN_MARK_BYTES_MAX: usize = 4;
/// A marked line at least this wide (in half-width columns) was broken by the mailer; its rest has no mark.
const BROKEN_COLUMNS_MIN: usize = 68;
/// The rest of a broken line is shorter than this.
const REST_COLUMNS_MAX: usize = 40;
/// Prompts of programs, not initials.
const PROMPTS: [&str; 16] = [
    "mysql", "mariadb", "sqlite", "psql", "sql", "ftp", "sftp", "smtp", "telnet", "ps", "irb", "node",
    "router", "switch", "cmd", "mongo",
];

/// What a mark looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind<'a> {
    /// `>` or `＞`, however many.
    Angle,
    /// `|`.
    Bar,
    /// `》` and the like.
    Double,
    /// A short name and `>`.
    Initials(&'a str),
}

/// A marked line, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark<'a> {
    kind: Kind<'a>,
    /// Whether it is a quotation by itself, or only beside another.
    is_sure: bool,
    rest: &'a str,
}

/// Whether the line begins with a mark, sure or not.
pub(super) fn is_marked(line: &Line<'_>) -> bool {
    of(line).is_some()
}

/// What stands behind the marks of a line.
pub(super) fn without(line: &str) -> &str {
    line.trim_start_matches(['>', '＞', '|', '》', ' ', '\u{3000}', '\t']).trim_end()
}

/// The line behind the last of the marked region that begins at line `from`; `None` where none does.
pub(super) fn region(lines: &[Line<'_>], from: usize) -> Option<usize> {
    let first = of(lines.get(from)?)?;
    let (mut sure, mut marked, mut end) = (0_usize, 0_usize, from);
    let mut at = from;
    while let Some(line) = lines.get(at) {
        match of(line).filter(|mark| mark.kind == first.kind) {
            Some(mark) => {
                sure += usize::from(mark.is_sure);
                marked += 1;
                end = at + 1;
            }
            None if line.is_blank() && at - end < BLANKS_MAX => {}
            None if at == end && is_broken_rest(lines, at) => {}
            None => break,
        }
        at += 1;
    }
    (sure > 0 || marked > 1).then_some(end)
}

/// The line behind the last of a region whose lines share a mark of the writer's own (`--] `, `: `, `% `), as some
/// use below an introduction. Bullets of a list are no marks.
pub(super) fn region_of_own_mark(lines: &[Line<'_>], from: usize) -> Option<usize> {
    let first = lines.get(from)?.text;
    let length = first.bytes().take(OWN_MARK_BYTES_MAX).take_while(u8::is_ascii_punctuation).count();
    let mark = first.get(..length)?;
    let is_bullet =
        mark.bytes().all(|byte| byte == b'-') || mark.starts_with(['"', '\'', '(', '[', '<', '*', '/', '$']);
    if mark.is_empty() || is_bullet {
        return None;
    }
    let (mut marked, mut end) = (0_usize, from);
    for (at, line) in lines.iter().enumerate().skip(from) {
        if line.text.starts_with(mark) {
            (marked, end) = (marked + 1, at + 1);
        } else if !line.is_blank() || at - end >= BLANKS_MAX {
            break;
        }
    }
    (marked > 1).then_some(end)
}

fn of<'a>(line: &Line<'a>) -> Option<Mark<'a>> {
    let text = line.text;
    match text.chars().next()? {
        '>' | '＞' => angle(text),
        '|' | '｜' => {
            let rest = text.trim_start_matches(['|', '｜', ' ']);
            // A line closed by a bar is a row of a table.
            let is_row = rest.is_empty() || text.ends_with(['|', '｜']);
            (!is_row).then_some(Mark { kind: Kind::Bar, is_sure: false, rest })
        }
        '》' | '≫' | '»' => {
            let rest = text.trim_start_matches(['》', '≫', '»', ' ']);
            Some(Mark { kind: Kind::Double, is_sure: !rest.is_empty(), rest })
        }
        _ => initials(text),
    }
}

fn angle(text: &str) -> Option<Mark<'_>> {
    let rest = text.trim_start_matches(['>', '＞', ' ', '\u{3000}']);
    // Faces (`>_<`), comparisons (`>= 5`) and mbox's quoted `From ` are no quotations.
    if text.starts_with(">_")
        || text.starts_with("><")
        || text.starts_with(">=")
        || text.starts_with(">From ")
    {
        return None;
    }
    let is_sure = !rest.is_empty() && !is_call(text, rest);
    Some(Mark { kind: Kind::Angle, is_sure, rest })
}

/// `＞山田さん` calls somebody to what follows.
fn is_call(text: &str, rest: &str) -> bool {
    const TITLES: [&str; 9] = ["さん", "様", "さま", "殿", "君", "先生", "各位", "さんへ", "様へ"];
    let is_single = text.chars().filter(|c| matches!(c, '>' | '＞')).count() == 1;
    let name = rest.trim_end_matches(['、', '。', ',', ':', '：', ' ']);
    is_single && name.chars().count() <= 20 && TITLES.iter().any(|title| name.ends_with(title))
}

fn initials(text: &str) -> Option<Mark<'_>> {
    let at = text.char_indices().take(INITIALS_CHARS_MAX + 1).find(|(_, c)| matches!(c, '>' | '＞'))?.0;
    let (name, rest) = text.split_at(at);
    let is_name =
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let rest = rest.trim_start_matches(['>', '＞']);
    let is_divided = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || !c.is_ascii());
    let is_prompt =
        PROMPTS.contains(&name.to_ascii_lowercase().as_str()) || name.chars().all(|c| c.is_ascii_digit());
    (is_name && is_divided && !is_prompt).then_some(Mark { kind: Kind::Initials(name), is_sure: false, rest })
}

/// Whether an unmarked line between two marked ones is the end of the one before, broken by the mailer.
fn is_broken_rest(lines: &[Line<'_>], at: usize) -> bool {
    let columns = |at: usize| lines.get(at).map_or(0, |line| width(line.text));
    let before = at.checked_sub(1).map_or(0, columns);
    before >= BROKEN_COLUMNS_MIN
        && columns(at) < REST_COLUMNS_MAX
        && lines.get(at).is_some_and(|line| !line.is_blank())
        && lines.get(at + 1).is_some_and(is_marked)
}

fn width(text: &str) -> usize {
    text.chars().take(200).map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
