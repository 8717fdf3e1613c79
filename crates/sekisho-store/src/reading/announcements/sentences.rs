//! A mail's own text → its sentences, folded, without what stands in quotation marks, with a mark for each address.
//!
//! Mail programs and people break lines inside sentences; a list has a sentence a line.

use sekisho_mail::Address;
use unicode_normalization::UnicodeNormalization;

/// Lines of own text looked at.
const LINES_MAX: usize = 400;
/// Bytes of a sentence that somebody wrote; a longer one is no sentence, and its addresses are left out.
const SENTENCE_BYTES_MAX: usize = 3_000;
/// Characters in which a quotation mark is looked for that closes another.
const QUOTATION_CHARS_MAX: usize = 2_000;
/// Letters beside an address that do not make a quotation of it: 「new@kita.example」.
const LETTERS_BESIDE_MAX: usize = 4;
/// Columns from which a line was broken because it was full.
const FULL_COLUMNS: usize = 50;

/// Stands where an address stood.
pub(super) const ADDRESS: char = '\u{e000}';
/// Stands where the sender's own address stood.
pub(super) const OWN: char = '\u{e001}';

/// A sentence, or a line of a list.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    /// Folded, with a mark for each address.
    pub(super) text: String,
    /// The addresses, in the order of their marks.
    pub(super) addresses: Vec<Address>,
}

/// The sentences of a text by `sender`.
pub(super) fn sentences(own_text: &str, sender: Option<&Address>) -> Vec<Sentence> {
    let written: Vec<String> = own_text
        .lines()
        .take(LINES_MAX)
        .map(narrowed)
        .take_while(|line| !begins_another_mail(line))
        .filter(|line| !line.trim_start().starts_with(['>', '|']))
        .collect();
    let (marked, addresses) = marked(&without_quotations(&written.join("\n")), sender);
    let mut addresses = addresses.into_iter();
    let mut sentences = Vec::new();
    for line in joined(&marked) {
        for text in split(&line) {
            let count = text.matches(ADDRESS).count();
            let addresses = addresses.by_ref().take(count).collect();
            if text.len() <= SENTENCE_BYTES_MAX {
                sentences.push(Sentence { text, addresses });
            }
        }
    }
    sentences
}

/// The whole text, folded, in one line.
pub(super) fn flat(own_text: &str) -> String {
    let mut flat = String::with_capacity(own_text.len());
    for line in own_text.lines() {
        push_line(&mut flat, narrowed(line).to_lowercase().trim());
    }
    flat
}

/// Whether what follows was written by somebody else, even where reading did not see it.
fn begins_another_mail(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '-', '_', '=', '*']);
    let heads =
        ["from:", "差出人:", "送信者:", "original message", "forwarded message", "begin forwarded", "転送"];
    let begins = |head: &str| line.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head));
    heads.into_iter().any(begins)
}

/// The text without what is quoted in it. What is never closed reaches to the end of its paragraph.
fn without_quotations(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(OPENING) {
        let (before, opened) = rest.split_at(at);
        kept.push_str(before);
        let mut inner = opened.chars();
        let Some(open) = inner.next() else { break };
        rest = inner.as_str();
        let Some(close) = closing(open, kept.chars().next_back(), rest) else {
            kept.push(open);
            continue;
        };
        let (quoted, behind) = quotation(rest, close);
        kept.push_str(if is_address_alone(quoted) { quoted } else { " " });
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

/// What may open a quotation.
const OPENING: [char; 9] = ['「', '『', '“', '”', '„', '«', '"', '‘', '\''];

/// What closes a quotation that `c`, one of [`OPENING`], opens.
fn closing(c: char, before: Option<char>, inner: &str) -> Option<char> {
    let begins_word =
        !before.is_some_and(char::is_alphanumeric) && inner.starts_with(|c: char| c.is_alphanumeric());
    match c {
        '「' => Some('」'),
        '『' => Some('』'),
        '“' | '”' | '„' => Some('”'),
        '«' => Some('»'),
        '"' => Some('"'),
        '‘' => Some('\''),
        '\'' if begins_word => Some('\''),
        _ => None,
    }
}

/// What is quoted, and what stands behind it.
fn quotation(inner: &str, close: char) -> (&str, &str) {
    let closes = |(at, c): &(usize, char)| {
        let after = inner.get(at + c.len_utf8()..).and_then(|after| after.chars().next());
        *c == close && !(close == '\'' && after.is_some_and(char::is_alphanumeric))
    };
    let closed = inner.char_indices().take(QUOTATION_CHARS_MAX).find(closes);
    let (end, skipped) = match closed {
        Some((at, c)) => (at, c.len_utf8()),
        None => (inner.find("\n\n").unwrap_or(inner.len()), 0),
    };
    (inner.get(..end).unwrap_or_default(), inner.get(end + skipped..).unwrap_or_default())
}

fn is_address_alone(quoted: &str) -> bool {
    let (marked, addresses) = marked(quoted, None);
    let letters = marked.chars().filter(|c| c.is_alphanumeric()).count();
    addresses.len() == 1 && letters <= LETTERS_BESIDE_MAX
}

/// The text with marks for addresses, and the addresses.
fn marked(text: &str, sender: Option<&Address>) -> (String, Vec<Address>) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "@.-_+".contains(c);
    let (mut marked, mut addresses) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        let word = run.trim_matches(['.', '-']);
        match address(word) {
            Some(address) if sender.is_some_and(|sender| sender.same_mailbox(&address)) => {
                marked.push_str(&run.replacen(word, &OWN.to_string(), 1));
            }
            Some(address) => {
                marked.push_str(&run.replacen(word, &ADDRESS.to_string(), 1));
                addresses.push(address);
            }
            None => marked.push_str(run),
        }
        let mut behind_chars = behind.chars();
        marked.extend(behind_chars.next());
        rest = behind_chars.as_str();
    }
    (marked, addresses)
}

fn address(word: &str) -> Option<Address> {
    let (_, domain) = word.split_once('@')?;
    (domain.contains('.') && !domain.contains('@')).then(|| Address::parse(word)).flatten()
}

/// The lines, with those joined that a sentence runs through.
fn joined(text: &str) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut last = "";
    for line in text.lines().map(str::trim) {
        match joined.last_mut() {
            Some(open) if goes_on(last, line) => push_line(open, line),
            _ => joined.push(line.to_owned()),
        }
        last = line;
    }
    joined
}

fn push_line(text: &mut String, line: &str) {
    let is_narrow = |c: Option<char>| c.is_some_and(|c| c.is_ascii() || [ADDRESS, OWN].contains(&c));
    if is_narrow(text.chars().next_back()) && is_narrow(line.chars().next()) {
        text.push(' ');
    }
    text.push_str(line);
}

/// Whether a sentence runs from a line into the next.
fn goes_on(line: &str, next: &str) -> bool {
    let (Some(last), Some(first)) = (line.chars().next_back(), next.chars().next()) else { return false };
    let is_address = |c: char| [ADDRESS, OWN].contains(&c);
    let is_list = "・-*●■◆◇○※【[".contains(first);
    match last {
        '。' | '!' | '?' | '.' | ':' => false,
        '、' | ',' => true,
        _ if first.is_ascii_lowercase() => true,
        'は' | 'が' | 'を' | 'に' | 'へ' | 'の' | 'で' | 'と' | 'て' if is_address(first) => true,
        _ if last.is_ascii_alphabetic() && is_address(first) => true,
        _ if is_address(last) => "宛あにへまをでとがは".contains(first),
        _ => columns(line) >= FULL_COLUMNS && !is_list,
    }
}

fn columns(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// A line's sentences, folded.
fn split(line: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut sentence = String::new();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        sentence.push(c);
        let is_full_stop = c == '.' && chars.peek().is_none_or(|next| !next.is_ascii_graphic());
        if matches!(c, '。' | '!' | '?') || (is_full_stop && !ends_in_abbreviation(&sentence)) {
            sentences.push(std::mem::take(&mut sentence));
        }
    }
    sentences.push(sentence);
    sentences.iter().map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty()).collect()
}

fn ends_in_abbreviation(text: &str) -> bool {
    let word = text.trim_end_matches('.').rsplit([' ', '(']).next().unwrap_or_default().to_lowercase();
    ["mr", "mrs", "ms", "dr", "co", "ltd", "inc", "no", "st", "e.g", "i.e"].contains(&word.as_str())
}

/// Without differences of width, and without the marks that stand for addresses here.
fn narrowed(line: &str) -> String {
    let narrow = |c| match c {
        '’' => '\'',
        '\t' => ' ',
        other => other,
    };
    if line.is_ascii() {
        return line.replace('\t', " ");
    }
    line.nfkc().filter(|c| ![ADDRESS, OWN].contains(c)).map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let sender = Address::parse("own@kita.example");
        let shown = |it: Sentence| it.text.replace(ADDRESS, "#").replace(OWN, "=");
        sentences(text, sender.as_ref()).into_iter().map(shown).collect()
    }

    #[test]
    fn sentences_end_where_they_end() {
        for (text, expected) in [
            ("変わりました。新:a@b.example 旧:own@kita.example", &["変わりました。", "新:# 旧:="][..]),
            (
                "My address is a@b.example. The old one, see Mr. Sato.",
                &["my address is #.", "the old one, see mr. sato."],
            ),
            ("今後は\na@b.example\n宛てにお願いします", &["今後は#宛てにお願いします"]),
            ("please write to\na@b.example from now on", &["please write to # from now on"]),
            ("Old: a@b.example\nNew: c@d.example", &["old: #", "new: #"]),
            ("変更となりましたので、\nご連絡します", &["変更となりましたので、ご連絡します"]),
            ("ｎｅｗ＠ｂ．ｅｘａｍｐｌｅ", &["#"]),
            ("", &[]),
        ] {
            assert_eq!(texts(text), expected, "{text}");
        }
    }

    #[test]
    fn what_somebody_else_said_is_left_out() {
        for (text, expected) in [
            ("「アドレスは a@b.example です」という話", &["という話"][..]),
            ("「a@b.example」に変わりました", &["#に変わりました"]),
            ("He wrote \"my address is a@b.example\"", &["he wrote"]),
            ("He wrote 'it's now a@b.example' to me", &["he wrote   to me"]),
            ("It's John's a@b.example", &["it's john's #"]),
            ("He wrote \"my address\n\nis new", &["he wrote", "is new"]),
            ("See below.\n---- Forwarded message ----\na@b.example", &["see below."]),
            ("> a@b.example", &[]),
        ] {
            assert_eq!(texts(text), expected, "{text}");
        }
    }
}
