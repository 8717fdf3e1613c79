//! A file's name → the tricks in it: what a person sees against what the machine will take.

use serde::{Deserialize, Serialize};

use crate::claim::{Claim, claim};
use crate::family::{Family, Opening};
use crate::limits::NAME_CHARACTERS_MAX;

/// What a name shows and hides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameTricks {
    /// The name as it stands before a person's eyes: direction overrides carried out, invisible characters gone.
    pub shown: String,
    /// The extension that the machine takes; empty if there is none.
    pub extension: String,
    /// What was found, in the order of the variants.
    pub tricks: Vec<NameTrick>,
}

/// One trick, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "trick")]
pub enum NameTrick {
    /// An extension of a harmless kind stands in front of one that runs or hides: `請求書.pdf.exe`.
    DoubleExtension {
        /// The extension that a person is to believe.
        seen: String,
        /// The one that counts.
        real: String,
    },
    /// The extension that counts is pushed out of sight by spaces or other filling.
    Distance {
        /// How many filling characters stand in front of it.
        filling: usize,
        /// The extension pushed away.
        real: String,
    },
    /// A direction override turns a part of the name round.
    DirectionOverride {
        /// The extension that a person sees.
        seen: String,
        /// The one that counts.
        real: String,
    },
    /// Dots or spaces at the end, which Windows drops, so that the extension that counts stands before them.
    TrailingDotsOrSpaces {
        /// How many.
        count: usize,
    },
    /// Characters that nobody sees, other than direction overrides.
    Invisible {
        /// The characters, each once, as `U+XXXX`.
        characters: Vec<String>,
    },
    /// The extension is written with full-width or look-alike characters.
    WideExtension {
        /// As it is written.
        written: String,
    },
}

/// The tricks in `name`.
///
/// A second extension counts only if the last one runs, mounts a disk image, or opens a web page, and the one before
/// it belongs to a kind that is merely looked at: `注文.2020.doc`, `見積書.xlsx.pdf` and `jquery.min.js` are ordinary.
pub fn plain_name_tricks(name: &str) -> NameTricks {
    let name: String = base(name).chars().take(NAME_CHARACTERS_MAX).collect();
    let shown = shown(&name);
    let real = claim(&name);
    let extension = real.as_ref().map(|claim| claim.extension.clone()).unwrap_or_default();
    let mut tricks = Vec::new();
    if let Some(real) = &real {
        tricks.extend(double_extension(&name, real));
        tricks.extend(distance(&name, real));
    }
    tricks.extend(direction_override(&name, &shown, &extension));
    tricks.extend(trailing(&name));
    tricks.extend(invisible(&name));
    tricks.extend(wide_extension(&name, &extension));
    NameTricks { shown, extension, tricks }
}

/// The name without folders, direction marks, invisible characters and trailing dots and spaces, full-width letters
/// folded to ASCII.
pub(crate) fn plain(name: &str) -> String {
    let visible: String = base(name)
        .chars()
        .take(NAME_CHARACTERS_MAX)
        .filter(|c| !is_direction_mark(*c) && !is_invisible(*c))
        .map(narrow)
        .collect();
    visible.trim_end_matches(dropped_at_end).to_owned()
}

fn double_extension(name: &str, real: &Claim) -> Option<NameTrick> {
    if !deceives(real) {
        return None;
    }
    let plain = plain(name);
    let (before, _) = plain.rsplit_once('.')?;
    let decoy = claim(before.trim_end_matches(is_filling))?;
    let looked_at = decoy.kinds.iter().any(|kind| kind.family().is_looked_at());
    // `example.com.html` or `setup.exe.lnk` promise nothing harmless.
    let harmless = decoy.opening().is_some_and(|opening| opening != Opening::Runs);
    (looked_at && harmless && decoy.extension != real.extension)
        .then(|| NameTrick::DoubleExtension { seen: decoy.extension, real: real.extension.clone() })
}

/// Whether an extension does something that a person would not expect from a document.
fn deceives(real: &Claim) -> bool {
    real.opening() == Some(Opening::Runs)
        || real.kinds.iter().any(|kind| matches!(kind.family(), Family::DiskImage | Family::Markup))
}

/// Fewer filling characters than this are a slip of the pen.
const FILLING_MIN: usize = 4;

fn distance(name: &str, real: &Claim) -> Option<NameTrick> {
    let plain = plain(name);
    let (before, _) = plain.rsplit_once('.')?;
    let filling = before.chars().rev().take_while(|c| is_filling(*c)).count();
    (filling >= FILLING_MIN).then(|| NameTrick::Distance { filling, real: real.extension.clone() })
}

fn direction_override(name: &str, shown: &str, real: &str) -> Option<NameTrick> {
    if !name.chars().any(is_override) {
        return None;
    }
    let seen = shown.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default();
    Some(NameTrick::DirectionOverride { seen, real: real.to_owned() })
}

fn trailing(name: &str) -> Option<NameTrick> {
    let count = name.chars().rev().take_while(|c| dropped_at_end(*c)).count();
    // `以上。` is no trick, and neither is a name of dots alone; a trick hides an extension.
    let hides = count > 0 && claim(name).is_some();
    hides.then_some(NameTrick::TrailingDotsOrSpaces { count })
}

fn invisible(name: &str) -> Option<NameTrick> {
    let mut characters: Vec<String> = Vec::new();
    for c in name.chars().filter(|c| is_invisible(*c)) {
        let written = format!("U+{:04X}", u32::from(c));
        if !characters.contains(&written) {
            characters.push(written);
        }
    }
    (!characters.is_empty()).then_some(NameTrick::Invisible { characters })
}

fn wide_extension(name: &str, extension: &str) -> Option<NameTrick> {
    let visible: String = name.chars().filter(|c| !is_direction_mark(*c) && !is_invisible(*c)).collect();
    let visible = visible.trim_end_matches(dropped_at_end);
    let length = extension.chars().count() + 1;
    let start = visible.char_indices().rev().nth(length.checked_sub(1)?)?.0;
    let written = visible.get(start..)?;
    let wide = !extension.is_empty() && written.chars().any(|c| narrow(c) != c);
    wide.then(|| NameTrick::WideExtension { written: written.to_owned() })
}

/// The name as it is drawn: a text after a right-to-left override runs backwards until the override is closed.
fn shown(name: &str) -> String {
    let mut shown = String::new();
    let mut turned: Option<Vec<char>> = None;
    for c in name.chars() {
        match c {
            RIGHT_TO_LEFT_OVERRIDE => flush(&mut turned, &mut shown, Some(Vec::new())),
            POP_DIRECTION | LEFT_TO_RIGHT_OVERRIDE | LEFT_TO_RIGHT_EMBEDDING | POP_ISOLATE => {
                flush(&mut turned, &mut shown, None);
            }
            c if is_direction_mark(c) || is_invisible(c) => {}
            c => match &mut turned {
                Some(characters) => characters.push(c),
                None => shown.push(c),
            },
        }
    }
    flush(&mut turned, &mut shown, None);
    shown
}

fn flush(turned: &mut Option<Vec<char>>, shown: &mut String, next: Option<Vec<char>>) {
    if let Some(characters) = turned.take() {
        shown.extend(characters.into_iter().rev());
    }
    *turned = next;
}

const LEFT_TO_RIGHT_EMBEDDING: char = '\u{202a}';
const POP_DIRECTION: char = '\u{202c}';
const LEFT_TO_RIGHT_OVERRIDE: char = '\u{202d}';
const RIGHT_TO_LEFT_OVERRIDE: char = '\u{202e}';
const POP_ISOLATE: char = '\u{2069}';

/// The last component of a path, whichever way its separators lean.
fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// A full-width or look-alike character as its ASCII twin.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '\u{2024}' | '\u{fe52}' => '.',
        c => c,
    }
}

fn dropped_at_end(c: char) -> bool {
    narrow(c) == '.' || c.is_whitespace()
}

fn is_filling(c: char) -> bool {
    c.is_whitespace() || matches!(c, '_' | '.' | '\u{2800}' | '\u{3164}')
}

/// Overrides and right-to-left embeddings and isolates, none of which a Japanese or English name needs.
fn is_override(c: char) -> bool {
    matches!(c, '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2067}')
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{00ad}' | '\u{034f}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200d}'
                | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tricks(name: &str) -> Vec<NameTrick> {
        plain_name_tricks(name).tricks
    }

    #[test]
    fn ordinary_names_have_no_tricks() {
        for name in [
            "注文.2020.doc",
            "v1.2.pdf",
            "見積書.xlsx.pdf",
            "見積書.xlsx.zip",
            "jquery.min.js",
            "setup.v2.exe",
            "archive.tar.gz",
            "report.pdf.p7s",
            "index.php.html",
            "www.midori.example.html",
            "a b  c.doc",
            "以上。",
            "No. 5 請求書",
            "第１回　議事録.docx",
            "",
        ] {
            assert_eq!(tricks(name), [], "{name:?}");
        }
    }

    #[test]
    fn a_harmless_extension_in_front_of_one_that_runs() {
        for (name, seen, real) in [
            ("請求書.pdf.exe", "pdf", "exe"),
            ("写真.jpg.lnk", "jpg", "lnk"),
            ("見積書.xlsx.iso", "xlsx", "iso"),
            ("請求書.pdf.html", "pdf", "html"),
            ("請求書.PDF.JS", "pdf", "js"),
        ] {
            let expected = NameTrick::DoubleExtension { seen: seen.into(), real: real.into() };
            assert_eq!(tricks(name), [expected], "{name:?}");
        }
    }

    #[test]
    fn an_extension_pushed_out_of_sight() {
        let found = tricks("x.pdf                .exe");
        assert_eq!(
            found,
            [
                NameTrick::DoubleExtension { seen: "pdf".into(), real: "exe".into() },
                NameTrick::Distance { filling: 16, real: "exe".into() },
            ]
        );
    }

    #[test]
    fn a_name_turned_round() {
        let found = plain_name_tricks("契約書\u{202e}cod.exe");
        assert_eq!(found.shown, "契約書exe.doc");
        assert_eq!(found.extension, "exe");
        assert_eq!(found.tricks, [NameTrick::DirectionOverride { seen: "doc".into(), real: "exe".into() }]);
    }

    #[test]
    fn dots_spaces_invisible_and_wide_characters() {
        assert_eq!(tricks("a.exe . "), [NameTrick::TrailingDotsOrSpaces { count: 3 }]);
        assert_eq!(tricks("a.e\u{200b}xe"), [NameTrick::Invisible { characters: vec!["U+200B".into()] }]);
        assert_eq!(tricks("a．ｅｘｅ"), [NameTrick::WideExtension { written: "．ｅｘｅ".into() }]);
    }
}
