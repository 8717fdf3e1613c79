//! `--passwords FILE` → passwords to try on locked files, one a line, in UTF-8 or Shift_JIS.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sekisho_judge::Lang;

use crate::words::either;

/// A list of passwords over this size is some other file.
const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// Each password may cost a second of key derivation.
const PASSWORDS_MAX: usize = 200;

/// The passwords in the file; empty lines are left out.
///
/// # Errors
/// It cannot be read, is too large, or holds too many; in words for the person.
pub fn read(file: &Path, lang: Lang) -> Result<Vec<String>, String> {
    let shown = file.display();
    let mut bytes = Vec::new();
    File::open(file).and_then(|opened| opened.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes)).map_err(
        |error| format!("{shown}: {}", either(lang, "読めません", "cannot be read")) + &format!(" ({error})"),
    )?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(either(
            lang,
            format!("{shown}: 大きすぎます。1行に1つのパスワードを書いたテキストファイルを指定してください"),
            format!("{shown}: too large; name a text file with one password a line"),
        ));
    }
    let text = text(&bytes);
    let passwords: Vec<String> =
        text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    if passwords.len() > PASSWORDS_MAX {
        return Err(either(
            lang,
            format!(
                "{shown}: パスワードが {} 個あります。{PASSWORDS_MAX} 個までにしてください",
                passwords.len()
            ),
            format!("{shown}: has {} passwords; the limit is {PASSWORDS_MAX}", passwords.len()),
        ));
    }
    Ok(passwords)
}

fn text(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::SHIFT_JIS.decode(bytes).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_charsets_and_line_ends_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("passwords.txt");
        let (japanese, _, _) = encoding_rs::SHIFT_JIS.encode("緑2026\r\n\r\n pass word\r\n");
        for bytes in ["\u{feff}緑2026\n\n pass word\n".as_bytes(), &japanese] {
            std::fs::write(&file, bytes).unwrap();
            assert_eq!(read(&file, Lang::En).unwrap(), ["緑2026", " pass word"]);
        }
    }

    #[test]
    fn what_cannot_be_used_is_told() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(&folder.path().join("none.txt"), Lang::En).unwrap_err().contains("none.txt"));
        let many = folder.path().join("many.txt");
        std::fs::write(&many, "a\n".repeat(PASSWORDS_MAX + 1)).unwrap();
        assert!(read(&many, Lang::Ja).unwrap_err().contains("201"));
    }
}
