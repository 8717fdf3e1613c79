//! The lines of an mbox → where mail was lost in it: holes of zeros, as a crash or a broken disk leaves them, `From ` lines without a mail, and
//! `From ` lines where none may stand, so that their mails hang behind others.

use super::looks;

/// So many zeros in a row stand in no text.
const HOLE_BYTES_MIN: usize = 32;

/// What was found so far.
#[derive(Default)]
pub struct Gaps {
    places: u64,
    zeros: usize,
    begins: Begins,
    after_from_line: bool,
}

/// How the content behind the last `From ` line begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Begins {
    /// Nothing but white space came.
    #[default]
    NotYet,
    /// With text.
    WithText,
    /// With a hole: the header is lost.
    WithHole,
}

impl Gaps {
    /// Looks at a line of a mail, or a piece of one.
    pub fn look(&mut self, line: &[u8], begins_line: bool) {
        self.look_for_holes(line);
        if self.begins == Begins::NotYet && line.iter().any(|byte| *byte != 0 && !byte.is_ascii_whitespace())
        {
            self.begins = Begins::WithText;
        }
        let is_field = begins_line && looks::field_name(line).is_some();
        self.places += u64::from(std::mem::take(&mut self.after_from_line) && is_field);
        self.after_from_line = self.begins == Begins::WithText && has_from_line(line, begins_line);
    }

    /// Whether nothing came behind the last `From ` line yet.
    pub fn nothing_yet(&self) -> bool {
        self.begins == Begins::NotYet
    }

    /// Whether a line that was looked at belongs to a mail: it is no part of a hole, and no header before it is lost.
    pub fn is_of_mail(&self, line: &[u8]) -> bool {
        let is_hole = self.zeros >= HOLE_BYTES_MIN && line.iter().all(|byte| *byte == 0);
        self.begins != Begins::WithHole && !is_hole
    }

    /// Ends what stands behind a `From ` line; whether it is a mail.
    pub fn end_of_mail(&mut self) -> bool {
        self.after_from_line = false;
        let begins = std::mem::take(&mut self.begins);
        self.places += u64::from(begins == Begins::NotYet);
        begins == Begins::WithText
    }

    /// Counts a place that was found elsewhere.
    pub fn add_place(&mut self) {
        self.places += 1;
    }

    /// How many places there are.
    pub fn places(&self) -> u64 {
        self.places
    }

    fn look_for_holes(&mut self, line: &[u8]) {
        if self.zeros == 0 && memchr::memchr(0, line).is_none() {
            return;
        }
        for byte in line {
            self.zeros = if *byte == 0 { self.zeros.saturating_add(1) } else { 0 };
            if self.zeros == HOLE_BYTES_MIN {
                self.places += 1;
                if self.begins == Begins::NotYet {
                    self.begins = Begins::WithHole;
                }
            }
        }
    }
}

/// Whether a `From ` line stands in a line where none may: behind a text line, or at the end of one that was cut off. Behind zeros it is counted
/// with the hole.
fn has_from_line(line: &[u8], begins_line: bool) -> bool {
    if begins_line && looks::is_from_line(line) {
        return true;
    }
    let is_cut_off = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| line.get(before));
        before.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii() || matches!(byte, 1..32))
    };
    memchr::memmem::find_iter(line, b"From ")
        .any(|at| is_cut_off(at) && line.get(at..).is_some_and(looks::is_from_line))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "From a@b.example Thu Sep 17 11:02:03 2020\n";

    /// The places in what stands behind one `From ` line, and whether it is a mail.
    fn places(text: &str) -> (u64, bool) {
        let mut gaps = Gaps::default();
        for line in text.split_inclusive('\n') {
            gaps.look(line.as_bytes(), true);
        }
        let is_mail = gaps.end_of_mail();
        (gaps.places(), is_mail)
    }

    #[test]
    fn lost_mail_is_counted_by_its_places() {
        let hole = "\0".repeat(4_096);
        let few = "\0".repeat(HOLE_BYTES_MIN - 1);
        for (text, expected) in [
            ("A: 1\n\ntext\n".to_owned(), (0, true)),
            (String::new(), (1, false)),
            (" \n\n".to_owned(), (1, false)),
            (few.clone(), (1, false)),
            (format!("A: 1\n\n{few}\n"), (0, true)),
            (format!("A: 1\n\nte{hole}xt\n"), (1, true)),
            (format!("A: 1\n\nte{hole}xt\n{hole}\n"), (2, true)),
            (format!("{hole}xt\n"), (1, false)),
            (format!("A: 1\n\nte{hole}{FROM}B: 2\n"), (1, true)),
            (format!("A: 1\n\ntext\n{FROM}B: 2\n"), (1, true)),
            (format!("A: 1\n\ntex{FROM}B: 2\n"), (1, true)),
            (format!("A: 1\n\ntext\n{FROM}and more text\n"), (0, true)),
            (format!("A: 1\nReceived: {FROM}B: 2\n"), (0, true)),
        ] {
            assert_eq!(places(&text), expected, "{}", text.replace('\0', "0"));
        }
    }
}
