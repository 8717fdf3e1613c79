//! Who decided something, and why: as they were typed → a line with the way out where nothing is said.

use sekisho_judge::Lang;

use crate::words::{either, harmless};

/// That `--by` names somebody.
///
/// # Errors
/// It is blank; the line for the person.
pub fn by_whom(by: &str, lang: Lang) -> Result<(), String> {
    said(by, |by| {
        either(
            lang,
            format!("--by \"{by}\": 名前がありません。決めた人を書いてください（例: --by 佐藤）"),
            format!("--by \"{by}\": names nobody; say who decided it, as with --by Sato"),
        )
    })
}

/// That `--reason` says something.
///
/// # Errors
/// It is blank; the line for the person.
pub fn why(reason: &str, lang: Lang) -> Result<(), String> {
    said(reason, |reason| {
        either(
            lang,
            format!(
                "--reason \"{reason}\": 理由がありません。あとで見る人に分かるように書いてください（例: --reason 電話で確認）"
            ),
            format!("--reason \"{reason}\": says nothing; say why, as with --reason \"asked by telephone\""),
        )
    })
}

fn said(text: &str, line: impl Fn(&str) -> String) -> Result<(), String> {
    if text.trim().is_empty() { Err(line(&harmless(text))) } else { Ok(()) }
}
