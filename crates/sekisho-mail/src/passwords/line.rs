//! A line of text → characters as they are typed: full-width letters, digits and signs made narrow.

/// One character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    /// The character, narrow.
    pub(super) c: char,
    /// The same in lower case, for comparing.
    pub(super) lower: char,
    /// Whether it was written wide.
    pub(super) is_wide: bool,
}

/// A line, folded.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) glyphs: Vec<Glyph>,
}

/// Characters of a line that are looked at: longer ones are no letters that people write.
const CHARACTERS_MAX: usize = 1_000;

impl Line {
    /// Folds a line.
    pub(super) fn of(text: &str) -> Self {
        let glyph = |c: char| {
            let narrow = narrow(c);
            Glyph { c: narrow, lower: narrow.to_ascii_lowercase(), is_wide: narrow != c }
        };
        Self { glyphs: text.trim_end().chars().take(CHARACTERS_MAX).map(glyph).collect() }
    }

    /// The characters from `at` on.
    pub(super) fn from(&self, at: usize) -> &[Glyph] {
        self.glyphs.get(at..).unwrap_or_default()
    }

    /// The characters before `at`.
    pub(super) fn before(&self, at: usize) -> &[Glyph] {
        self.glyphs.get(..at).unwrap_or_default()
    }

    /// The line as text in lower case.
    pub(super) fn lower(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.lower).collect()
    }

    /// Whether nothing is in it but spaces and ruling.
    pub(super) fn is_blank(&self) -> bool {
        self.glyphs
            .iter()
            .all(|glyph| glyph.c.is_whitespace() || "-=_*#~+─━―—＿═┃│|・.>※●■◆□◇▼▽↓⇓".contains(glyph.c))
    }
}

/// Whether `glyphs` begin with `word`, which is in lower case.
pub(super) fn begins(glyphs: &[Glyph], word: &str) -> bool {
    let mut at = 0;
    word.chars().all(|c| {
        let is = glyphs.get(at).is_some_and(|glyph| glyph.lower == c);
        at += 1;
        is
    })
}

/// Whether `glyphs` end with `word`, which is in lower case.
pub(super) fn ends(glyphs: &[Glyph], word: &str) -> bool {
    let from = glyphs.len().checked_sub(word.chars().count());
    from.and_then(|from| glyphs.get(from..)).is_some_and(|end| begins(end, word))
}

/// What is left behind the longest of `words` that `glyphs` begin with.
pub(super) fn without<'g>(glyphs: &'g [Glyph], words: &[&str]) -> Option<&'g [Glyph]> {
    let longest = words.iter().filter(|word| begins(glyphs, word)).map(|word| word.chars().count()).max()?;
    glyphs.get(longest..)
}

/// Without white space at the beginning.
pub(super) fn trimmed(glyphs: &[Glyph]) -> &[Glyph] {
    let from = glyphs.iter().position(|glyph| !glyph.c.is_whitespace()).unwrap_or(glyphs.len());
    glyphs.get(from..).unwrap_or_default()
}

/// Full-width ASCII (U+FF01 to U+FF5E) and the wide space, narrow.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        _ => c,
    }
}
