//! Dividing lines above a quoted or forwarded mail: `-----Original Message-----`, `-------- 元のメッセージ --------`.

/// A dividing line longer than this is none.
const LINE_BYTES_MAX: usize = 200;
/// Characters of a ruler that stands alone.
const RULER_CHARS_MIN: usize = 5;

/// What such lines say where an older mail begins.
const OPENINGS: [&str; 41] = [
    "original message",
    "original mail",
    "original appointment",
    "originalmessage",
    "original e-mail",
    "original text",
    "forwarded message",
    "forwarded mail",
    "forward message",
    "forwarded messages",
    "reply message",
    "forwarded e-mail",
    "元のメッセージ",
    "元のメール",
    "元メッセージ",
    "元メール",
    "オリジナルメッセージ",
    "オリジナル メッセージ",
    "オリジナルメール",
    "転送メッセージ",
    "転送されたメッセージ",
    "転送メール",
    "転送されたメール",
    "転送元メッセージ",
    "転送元メール",
    "以下転送",
    "以下、転送",
    "以下転送メール",
    "以下、転送メール",
    "ここから転送",
    "転送ここから",
    "転送開始",
    "転送",
    "以下引用",
    "引用",
    "引用ここから",
    "返信元メッセージ",
    "返信元メール",
    "受信メール",
    "原始邮件",
    "원본 메시지",
];
/// Beginnings of lines that go on with a name (Lotus Notes).
const BEGINNINGS: [&str; 4] =
    ["forwarded by ", "転送者", "original message from", "original message follows"];
/// Lines that need no ruler (Apple Mail and others), a colon at their end.
const BARE: [&str; 4] =
    ["begin forwarded message", "転送されたメッセージ", "転送メッセージ", "start of forwarded message"];
/// What such lines say where the older mail ends.
const CLOSINGS: [&str; 9] = [
    "end of forwarded message",
    "end forwarded message",
    "end of original message",
    "転送ここまで",
    "引用ここまで",
    "ここまで転送",
    "転送終了",
    "以上転送",
    "ここまで引用",
];

/// Whether an older mail begins below this line.
pub(super) fn opens(line: &str) -> bool {
    if line.len() > LINE_BYTES_MAX {
        return false;
    }
    let Some(words) = between_rulers(line) else {
        let bare = line.strip_suffix([':', '：']).map(plain).unwrap_or_default();
        return BARE.contains(&bare.as_str());
    };
    OPENINGS.contains(&words.as_str()) || BEGINNINGS.iter().any(|beginning| words.starts_with(beginning))
}

/// Whether an older mail ends at this line.
pub(super) fn closes(line: &str) -> bool {
    line.len() <= LINE_BYTES_MAX
        && between_rulers(line).is_some_and(|words| CLOSINGS.contains(&words.as_str()))
}

/// Whether the line is only a ruler, as stands above header blocks.
pub(super) fn is_ruler(line: &str) -> bool {
    line.len() <= LINE_BYTES_MAX && line.chars().all(is_ruler_char) && line.chars().count() >= RULER_CHARS_MIN
}

/// The words of a line that begins with a ruler, without the rulers.
fn between_rulers(line: &str) -> Option<String> {
    let words = line.trim_start_matches(|c: char| is_ruler_char(c) || c == ' ');
    let ruler = line.chars().take_while(|c| is_ruler_char(*c)).count();
    if ruler < 2 || words.is_empty() {
        return None;
    }
    let words = words.trim_end_matches(|c: char| is_ruler_char(c) || c == ' ');
    Some(plain(words))
}

fn plain(words: &str) -> String {
    let words =
        words.trim().trim_matches(['[', ']', '【', '】', '<', '>', '(', ')']).trim_end_matches([':', '：']);
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn is_ruler_char(character: char) -> bool {
    matches!(
        character,
        '-' | '_'
            | '='
            | '*'
            | '~'
            | '+'
            | '‐'
            | '–'
            | '—'
            | '―'
            | '─'
            | '━'
            | 'ー'
            | '－'
            | '＝'
            | '＿'
            | '\u{2212}'
    )
}

#[cfg(test)]
mod tests {
    use super::{closes, is_ruler, opens};

    #[test]
    fn lines() {
        for line in [
            "-----Original Message-----",
            "----- Original Message -----",
            "-------- 元のメッセージ --------",
            "---------- Forwarded message ---------",
            "---------- 転送メッセージ ----------",
            "Begin forwarded message:",
            "転送されたメッセージ:",
            "--- 以下転送 ---",
            "----- Forwarded by X/Y on 2026/11/01 -----",
            "-----元のメッセージ-----",
            "---- Original Message ----",
            "－－－－－ 元のメール －－－－－",
        ] {
            assert!(opens(line), "{line}");
        }
        for line in [
            "----------",
            "--- 請求内容 ---",
            "Original Message",
            "転送されたメッセージ",
            "-- ",
            "-転送-",
            "以下転送します",
        ] {
            assert!(!opens(line), "{line}");
        }
        assert!(closes("----- 転送ここまで -----"));
        assert!(is_ruler("________________________________") && !is_ruler("--") && !is_ruler("-----a"));
    }
}
