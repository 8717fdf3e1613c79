//! The script of a page → the name under which it hands a file to the reader.

use super::constants::strings;
use crate::Kind;

/// Names looked at.
const NAMES_MAX: usize = 4;

/// The longest name; file systems stop at 255.
const NAME_BYTES_MAX: usize = 255;

/// Names that a file of this kind may be saved under, the likeliest first.
pub(super) fn of(script: &str, kind: Kind) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let all: Vec<String> = strings(script)
        .iter()
        .filter(|string| (3..=NAME_BYTES_MAX).contains(&string.len()))
        .map(|string| crate::javascript::unescaped(&string.pieces.concat()))
        .filter(|string| is_name(string))
        .collect();
    // A name that ends as files of this kind do goes first.
    let fits = |name: &&String| {
        let lower = name.to_lowercase();
        kind.extensions().iter().any(|extension| lower.ends_with(&format!(".{extension}")))
    };
    let behind_mark = |name: &&String| {
        script.find(name.as_str()).and_then(|at| script.get(at.saturating_sub(40)..at)).is_some_and(
            |before| ["download", "File(", "Blob", "saveAs"].iter().any(|mark| before.contains(mark)),
        )
    };
    // Other names only where they are those of files that are worth hiding.
    let telling = |name: &&String| {
        let extension = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        TELLING.contains(&extension.as_str())
    };
    let sorted =
        all.iter().filter(behind_mark).chain(all.iter().filter(fits)).chain(all.iter().filter(telling));
    for name in sorted {
        if !names.contains(name) && names.len() < NAMES_MAX {
            names.push(name.clone());
        }
    }
    names
}

/// Extensions of files that scripts are made to build.
const TELLING: &[&str] = &[
    "exe", "scr", "zip", "rar", "7z", "iso", "img", "vhd", "vhdx", "js", "jse", "vbs", "vbe", "wsf", "hta",
    "lnk", "url", "bat", "cmd", "ps1", "msi", "doc", "docm", "docx", "xls", "xlsm", "xlsx", "pdf", "html",
    "htm", "one", "cab", "jar", "dll",
];

/// Whether a string looks like the name of a file.
fn is_name(text: &str) -> bool {
    let Some((stem, extension)) = text.rsplit_once('.') else { return false };
    let is_plain = !text.contains(|c: char| {
        c.is_control()
            || matches!(
                c,
                '/' | '\\'
                    | '<'
                    | '>'
                    | ':'
                    | '"'
                    | '*'
                    | '?'
                    | '|'
                    | '('
                    | ')'
                    | '='
                    | ';'
                    | '$'
                    | '{'
                    | ','
                    | '@'
            )
    });
    let is_extension =
        (2..=5).contains(&extension.len()) && extension.chars().all(|c| c.is_ascii_alphanumeric());
    is_plain
        && is_extension
        && !stem.trim().is_empty()
        && Kind::ALL.iter().any(|kind| kind.extensions().contains(&extension.to_ascii_lowercase().as_str()))
}
