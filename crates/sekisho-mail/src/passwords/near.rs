//! Lines → values told near a word for password, with a rank: the lower, the plainer it is told.

use super::line::{Glyph, Line, begins, ends, trimmed, without};
use super::token::{self, Token};
use super::vocabulary::{BETWEEN_LATIN, CONNECTORS, LEADING_BELOW, WORDS_JAPANESE, WORDS_LATIN};

/// Told in the same line, behind a connector.
const RANK_SAME_LINE: u8 = 0;
/// Alone in the line below.
const RANK_LINE_BELOW: u8 = 1;
/// Told before the word, or in marks further on.
const RANK_AROUND: u8 = 2;
/// Alone in one of the lines below, some sentences on.
const RANK_FURTHER_BELOW: u8 = 4;

/// Lines below the word in which the value is looked for.
const LINES_BELOW_MAX: usize = 8;
/// Words for password looked at in one line.
const WORDS_A_LINE_MAX: usize = 16;

/// Every value told, with its rank, in the order of the lines.
pub(super) fn values(lines: &[Line]) -> Vec<(String, u8)> {
    let mut found = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        let below = lines.get(nth + 1..).unwrap_or_default();
        let words = words(line);
        for word in &words {
            at_word(line, word, below, &mut found);
        }
        if words.is_empty() {
            opening_with(line, &mut found);
        }
    }
    found
}

/// Whether a line holds a word for password.
pub(super) fn has_word(line: &Line) -> bool {
    !words(line).is_empty()
}

/// Where a word for password stands in a line.
struct Word {
    from: usize,
    to: usize,
    is_latin: bool,
}

fn words(line: &Line) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < line.glyphs.len() && words.len() < WORDS_A_LINE_MAX {
        match word_at(line, at) {
            Some(word) => {
                at = word.to;
                words.push(word);
            }
            None => at += 1,
        }
    }
    words
}

fn word_at(line: &Line, at: usize) -> Option<Word> {
    let here = line.from(at);
    let longest =
        |list: &[&str]| list.iter().filter(|word| begins(here, word)).map(|word| word.chars().count()).max();
    if let Some(length) = longest(WORDS_JAPANESE) {
        // 「パスポート」「パスタ」 and the like are no 「パス」.
        let next = line.from(at + length).first().map(|glyph| glyph.c);
        let is_short = length == 2 || (length == 3 && begins(here, "ﾊﾟｽ"));
        let goes_on = next.is_some_and(|c| matches!(c, 'ァ'..='ヺ' | 'ー' | 'ｦ'..='ﾟ'));
        return (!(is_short && goes_on)).then_some(Word { from: at, to: at + length, is_latin: false });
    }
    let length = longest(WORDS_LATIN)?;
    let is_letter = |glyph: &Glyph| glyph.c.is_ascii_alphanumeric() || glyph.c == '_' || glyph.c == '.';
    let apart = !line.before(at).last().is_some_and(is_letter)
        && !line
            .from(at + length)
            .first()
            .is_some_and(|glyph| glyph.c.is_ascii_alphanumeric() || glyph.c == '_');
    apart.then_some(Word { from: at, to: at + length, is_latin: true })
}

fn at_word(line: &Line, word: &Word, below: &[Line], found: &mut Vec<(String, u8)>) {
    let rest = line.from(word.to);
    if let Some(value) = behind(rest, word.is_latin) {
        found.push((value, RANK_SAME_LINE));
    } else if let Some(value) = before(line.before(word.from), rest) {
        found.push((value, RANK_AROUND));
    } else if let Some(value) = in_marks(rest) {
        found.push((value, RANK_AROUND));
    } else if leads_below(rest) {
        lines_below(below, found);
    }
}

/// The value behind the word: 「：abc」「は abc です」 `is abc`, ` for the file: abc`.
fn behind(rest: &[Glyph], is_latin: bool) -> Option<String> {
    let rest = past_brackets(rest);
    let (after, connected) = past_connectors(rest);
    if connected {
        return accepted(token::first(after)?);
    }
    if is_latin && let Some(after) = past_english(rest) {
        return accepted(token::first(after)?);
    }
    // Without a connector: marks, or a value that is hardly a word.
    let token = token::first(rest)?;
    let apart = rest.first().is_some_and(|glyph| glyph.c.is_whitespace());
    let plain = apart && token::is_mixed(&token.value) && token::ends_well(token.rest);
    let is_value = if token.is_quoted {
        token.rest.len() < rest.len()
    } else {
        plain || (apart && is_digits_alone(&token))
    };
    is_value.then_some(token.value)
}

fn is_digits_alone(token: &Token<'_>) -> bool {
    token.value.len() >= 4
        && token.value.bytes().all(|b| b.is_ascii_digit())
        && token::stands_alone(token.rest)
}

/// A bare value must end as values do; one of letters alone must stand alone.
fn accepted(token: Token<'_>) -> Option<String> {
    let fine = token.is_quoted
        || (token::is_mixed(&token.value)
            && (token::ends_well(token.rest) || begins(token.rest, " ") && !goes_on_in_japanese(token.rest)))
        || token::stands_alone(token.rest)
        || (token.value.bytes().any(|b| b.is_ascii_digit()) && token::ends_well(token.rest));
    fine.then_some(token.value)
}

fn goes_on_in_japanese(rest: &[Glyph]) -> bool {
    trimmed(rest).first().is_some_and(|glyph| !glyph.c.is_ascii())
}

/// Past 「（解凍用）」 and the like.
fn past_brackets(rest: &[Glyph]) -> &[Glyph] {
    const INSIDE_CHARACTERS_MAX: usize = 30;
    let inside = trimmed(rest);
    if !inside.first().is_some_and(|glyph| glyph.c == '(' || glyph.c == '[' || glyph.c == '【') {
        return rest;
    }
    let end = inside.iter().take(INSIDE_CHARACTERS_MAX).position(|glyph| matches!(glyph.c, ')' | ']' | '】'));
    match end.and_then(|end| inside.get(end + 1..)) {
        // Brackets with nothing behind them hold the value itself.
        Some(behind) if !trimmed(behind).is_empty() && past_connectors(behind).1 => behind,
        _ => rest,
    }
}

/// Past any run of connectors; whether there were some.
fn past_connectors(rest: &[Glyph]) -> (&[Glyph], bool) {
    const CONNECTORS_MAX: usize = 12;
    let (mut rest, mut connected) = (rest, false);
    for _ in 0..CONNECTORS_MAX {
        let here = trimmed(rest);
        let Some(after) = without(here, CONNECTORS).or_else(|| dash(rest, here)) else { break };
        // 「は」 and "is" join only once; "is" must be a word.
        if begins(here, "is") && after.first().is_some_and(|glyph| !glyph.c.is_whitespace() && glyph.c != ':')
        {
            break;
        }
        (rest, connected) = (after, true);
    }
    (rest, connected)
}

/// A dash or stroke with a space before and behind it.
fn dash<'g>(before: &[Glyph], here: &'g [Glyph]) -> Option<&'g [Glyph]> {
    let apart = before.len() > here.len() && here.get(1).is_some_and(|glyph| glyph.c.is_whitespace());
    (apart && here.first().is_some_and(|glyph| "-/~".contains(glyph.c))).then(|| here.get(1..)).flatten()
}

/// Past " for the attached file:" and " to open it is".
fn past_english(rest: &[Glyph]) -> Option<&[Glyph]> {
    const WORDS_MAX: usize = 10;
    let mut rest = rest;
    for _ in 0..WORDS_MAX {
        let (after, connected) = past_connectors(rest);
        if connected {
            return Some(after);
        }
        rest = trimmed(rest);
        let end = rest.iter().position(|glyph| !glyph.c.is_ascii_alphanumeric())?;
        let word: String = rest.get(..end)?.iter().map(|glyph| glyph.lower).collect();
        if !BETWEEN_LATIN.contains(&word.as_str()) {
            return None;
        }
        rest = rest.get(end..)?;
    }
    None
}

/// The value before the word: 「abc」がパスワードです, abc をパスワードとして, `use abc as the password`.
fn before(before: &[Glyph], rest: &[Glyph]) -> Option<String> {
    const SKIPPED: &[&str] = &[
        "解凍",
        "開封",
        "解除",
        "の",
        "ファイル",
        "zip",
        "用",
        "添付",
        " ",
        "展開",
        "the",
        "a",
        "archive",
        "file",
        "your",
    ];
    let mut before = before;
    for _ in 0..8 {
        let Some(word) = SKIPPED.iter().find(|word| ends(before, word)) else { break };
        before = before.get(..before.len() - word.chars().count())?;
    }
    let japanese = ["が", "を", "は"].iter().find(|joint| ends(before, joint));
    let is_said = match japanese {
        Some(&"を") => ["として", "に", "欄", "入力"].iter().any(|word| begins(rest, word)),
        Some(_) => ["です", "でございます", "になります", "となります", "となって", "だ"]
            .iter()
            .any(|word| begins(rest, word)),
        None => ends(before, " as"),
    };
    if !is_said {
        return None;
    }
    let joint = if japanese.is_some() { 1 } else { 3 };
    token::last(before.get(..before.len() - joint)?)
}

/// A value in marks further on in the line: 「パスワードは半角で「abc」と入力してください」.
fn in_marks(rest: &[Glyph]) -> Option<String> {
    const WITHIN_CHARACTERS: usize = 60;
    let starts = |glyph: &Glyph| matches!(glyph.c, '「' | '『' | '"' | '“' | '【' | '`' | '\'' | '‘');
    let sentence_end =
        rest.iter().position(|glyph| glyph.c == '。').unwrap_or(rest.len()).min(WITHIN_CHARACTERS);
    let at = rest.get(..sentence_end)?.iter().position(starts)?;
    let token = token::quoted(rest.get(at..)?)?;
    let is_value = token::is_mixed(&token.value)
        || token.value.bytes().all(|b| b.is_ascii_digit())
        || token::ends_well(token.rest);
    is_value.then_some(token.value)
}

/// Whether the words behind lead to lines below, or nothing stands there.
fn leads_below(rest: &[Glyph]) -> bool {
    const WORDS_MAX: usize = 24;
    let mut rest = past_brackets(rest);
    for _ in 0..WORDS_MAX {
        match without(rest, LEADING_BELOW) {
            Some(after) => rest = after,
            None => break,
        }
    }
    rest.iter().all(|glyph| !glyph.c.is_alphanumeric())
}

/// The first line below that is a value alone.
fn lines_below(below: &[Line], found: &mut Vec<(String, u8)>) {
    let mut is_next = true;
    for line in below.iter().take(LINES_BELOW_MAX).filter(|line| !line.is_blank()) {
        if let Some(value) = alone(line, is_next) {
            found.push((value, if is_next { RANK_LINE_BELOW } else { RANK_FURTHER_BELOW }));
            return;
        }
        if has_word(line) {
            return;
        }
        is_next = false;
    }
}

/// The value that a line is, bullets and marks left out.
fn alone(line: &Line, is_next: bool) -> Option<String> {
    let rest = line
        .glyphs
        .iter()
        .position(|glyph| !(glyph.c.is_whitespace() || "・-*>■◆●▼□◇→⇒↓:".contains(glyph.c)))?;
    let token = token::first(line.from(rest))?;
    let is_value =
        is_next || token::is_mixed(&token.value) || token.value.bytes().all(|b| b.is_ascii_digit());
    (is_value && token.value.len() >= 4 && token::stands_alone(token.rest)).then_some(token.value)
}

/// A line that tells what to type for opening without a word for password: 「解凍時に「abc」と入力してください」.
fn opening_with(line: &Line, found: &mut Vec<(String, u8)>) {
    let text = line.lower();
    let opens = ["解凍", "開封", "展開", "復号", "unzip", "extract", "unlock", "decrypt"]
        .iter()
        .any(|word| text.contains(word));
    let types = ["入力", "お使い", "使用", "ご利用", "use ", "with ", "enter "]
        .iter()
        .any(|word| text.contains(word));
    if !opens || !types {
        return;
    }
    let marked = line
        .glyphs
        .iter()
        .enumerate()
        .filter(|(_, glyph)| matches!(glyph.c, '「' | '『' | '"' | '“' | '\'' | '‘'));
    for (at, _) in marked.take(WORDS_A_LINE_MAX) {
        if let Some(token) = token::quoted(line.from(at)) {
            found.push((token.value, RANK_AROUND));
        }
    }
}
