//! Blocks of `From: / Sent: / To: / Subject:` lines above a quoted mail, as Outlook and its kin write them.

use super::dates;
use super::lines::{self, Line};

/// Lines of one block; long lists of receivers go on over many.
const LINES_MAX: usize = 40;
/// Lines that one field may take.
const FIELD_LINES_MAX: usize = 20;
/// Characters kept of an author.
const AUTHOR_CHARS_MAX: usize = 200;
/// No label is longer, its decoration included.
const LABEL_BYTES_MAX: usize = 40;

/// What a line of the block says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    From,
    Date,
    To,
    Subject,
    Other,
}

/// A block that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The line behind its last.
    pub(super) end: usize,
    /// The value of `From`, as written.
    pub(super) author: String,
}

/// What was read of a block so far.
#[derive(Default)]
struct Found<'a> {
    from: Option<&'a str>,
    date: Option<&'a str>,
    to: Option<&'a str>,
    subject: Option<&'a str>,
}

/// The block that begins at line `from`.
///
/// A person who lists 差出人 and 件名 in prose writes two of the fields; a block has three, and a time or an address.
pub(super) fn block(lines: &[Line<'_>], from: usize) -> Option<Block> {
    label(lines.get(from)?.text)?;
    let (found, end) = read(lines, from);
    let dated =
        found.date.is_some_and(|date| dates::find(date).is_some_and(|found| found.has_time || found.has_day));
    let addressed = [found.from, found.to].into_iter().flatten().any(|value| value.contains('@'));
    let kinds = [found.from, found.date, found.to, found.subject].iter().flatten().count();
    let author = found.from?;
    (kinds >= 3 && (dated || addressed)).then(|| Block { end, author: written(author) })
}

/// The block below a dividing line: one field is enough there.
pub(super) fn loose_block(lines: &[Line<'_>], from: usize) -> Option<Block> {
    label(lines.get(from)?.text)?;
    let (found, end) = read(lines, from);
    Some(Block { end, author: written(found.from.unwrap_or_default()) })
}

/// The block of Lotus Notes: a name with its departments and a time, then 宛先 and 件名 without 差出人.
pub(super) fn notes(lines: &[Line<'_>], from: usize) -> Option<Block> {
    let first = lines.get(from)?.text;
    if first.len() > 300 || !first.contains('/') {
        return None;
    }
    let (name, next) = match dates::find(first) {
        Some(date) if date.has_time => (without_date(first, &date), from + 1),
        _ => {
            let second = lines::next_words(lines, from + 1, 1)?;
            dates::find(lines.get(second)?.text).filter(|date| date.has_time && date.start < 8)?;
            (first.to_owned(), second + 1)
        }
    };
    if name.trim_matches('/').split('/').filter(|part| !part.trim().is_empty()).count() < 2 {
        return None;
    }
    let at = lines::next_words(lines, next, 2)?;
    label(lines.get(at)?.text)?;
    let (found, end) = read(lines, at);
    (found.to.is_some() && found.subject.is_some()).then(|| Block { end, author: written(&name) })
}

/// What a marked header block without known labels names first: `Von: …`.
pub(super) fn first_value(lines: &[Line<'_>], from: usize) -> String {
    let value =
        lines.get(from).and_then(|line| line.text.split_once([':', '：'])).map_or("", |(_, value)| value);
    written(value)
}

fn without_date(line: &str, date: &dates::Found) -> String {
    let before = line.get(..date.start).unwrap_or_default().trim();
    let behind = line.get(date.end..).unwrap_or_default().trim();
    let name = if before.is_empty() { behind } else { before };
    name.trim_matches([',', '、', ' ']).trim_end_matches(" on").to_owned()
}

fn read<'a>(lines: &[Line<'a>], from: usize) -> (Found<'a>, usize) {
    let mut found = Found::default();
    let (mut end, mut taken, mut open) = (from, 0_usize, false);
    for (at, line) in lines.iter().enumerate().skip(from).take(LINES_MAX) {
        if let Some((label, value)) = label(line.text) {
            let slot = match label {
                Label::From => Some(&mut found.from),
                Label::Date => Some(&mut found.date),
                Label::To => Some(&mut found.to),
                Label::Subject => Some(&mut found.subject),
                Label::Other => None,
            };
            // The same field again begins another block.
            match slot {
                Some(slot) if slot.is_some() && matches!(label, Label::From | Label::Subject) => break,
                Some(slot) => *slot = slot.or(Some(value)),
                None => {}
            }
            (end, taken) = (at + 1, 0);
            open = value.is_empty() || value.ends_with([';', ',', '、']);
        } else if line.is_blank() {
            let next = lines::next_words(lines, at, 1).and_then(|next| lines.get(next));
            if next.is_none_or(|next| label(next.text).is_none()) {
                break;
            }
        } else if (open || line.indented.starts_with([' ', '\t', '\u{3000}']))
            && taken < FIELD_LINES_MAX
            && at == end
        {
            (end, taken) = (at + 1, taken + 1);
            open = line.text.ends_with([';', ',', '、']);
        } else {
            break;
        }
    }
    (found, end)
}

/// The label at the start of a line, and the value behind it.
fn label(line: &str) -> Option<(Label, &str)> {
    let line = line.trim_start_matches(['*', ' ', '\u{3000}']);
    let colon = line
        .char_indices()
        .take_while(|(at, _)| *at <= LABEL_BYTES_MAX)
        .find(|(_, c)| matches!(c, ':' | '：'))?;
    let (name, value) = line.split_at(colon.0);
    let value = value.trim_start_matches([':', '：']).trim_start_matches('*').trim();
    let name: String =
        name.chars().filter(|c| !c.is_whitespace() && *c != '*').collect::<String>().to_lowercase();
    let label = match name.as_str() {
        "from" | "ｆｒｏｍ" | "差出人" | "送信者" | "送信元" | "発信者" | "差出人名" | "发件人" | "von"
        | "de" => Label::From,
        "date" | "sent" | "ｄａｔｅ" | "送信日時" | "日時" | "日付" | "送信日" | "送信時刻" | "受信日時"
        | "发送时间" => Label::Date,
        "gesendet" | "envoyé" | "datum" => Label::Date,
        "to" | "ｔｏ" | "宛先" | "宛て先" | "あて先" | "送信先" | "收件人" | "an" => {
            Label::To
        }
        "subject" | "ｓｕｂｊｅｃｔ" | "件名" | "題名" | "标题" | "主题" | "betreff" | "objet" => {
            Label::Subject
        }
        "cc" | "ｃｃ" | "bcc" | "写し" | "抄送" | "reply-to" | "返信先" | "importance" | "重要度"
        | "優先度" | "priority" | "attachments" | "添付ファイル" | "添付" | "message-id" | "organization"
        | "sensitivity" | "秘密度" => Label::Other,
        _ => return None,
    };
    Some((label, value))
}

/// The author as written, without the stars of bold type.
fn written(value: &str) -> String {
    value.trim_matches(|c: char| c.is_whitespace() || c == '*').chars().take(AUTHOR_CHARS_MAX).collect()
}
