//! `Equation Native` → whether it is an equation, or aims at the editor that was removed for its holes (MathType MTEF 2
//! and 3 as its maker documents them; the holes are CVE-2017-11882, CVE-2018-0798 and CVE-2018-0802).
//!
//! The editor copied the name of a font, and the rows of a matrix, into places of fixed size. An equation names fonts
//! like `Times New Roman`; what names one of forty bytes and more was not written by the editor.

use crate::Danger;
use crate::number::{place as number, slice, u16_le};

/// What the data say.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) danger: Danger,
    pub(super) why: String,
}

/// A font's name has 31 characters at most in Windows (LF_FACESIZE, the closing zero counted).
const FONT_NAME_BYTES_MAX: usize = 32;

/// Records looked at; a page-long equation has some thousands.
const RECORDS_MAX: usize = 65_536;

/// Bytes behind the stated end that are no more than filling.
const TRAILING_BYTES_MAX: usize = 512;

/// Judges the stream: a header of 28 bytes that states the size of what follows, then MTEF.
pub(super) fn judge(stream: &[u8]) -> Told {
    let told = |danger, why: &str| Told { danger, why: why.to_owned() };
    const HEADER_BYTES: u16 = 28;
    let (data, stated) = if u16_le(stream, 0) == Some(HEADER_BYTES) {
        (stream.get(usize::from(HEADER_BYTES)..).unwrap_or_default(), number(stream, 8).unwrap_or(0))
    } else {
        // Older objects begin with the equation itself.
        (stream, stream.len())
    };
    let [version, platform, product, ..] = data else {
        return told(Danger::Active, "no equation");
    };
    if *platform > 1 || *product > 1 || !(1..=5).contains(version) {
        return told(Danger::Dangerous, "no equation header");
    }
    let trailing = slice(data, stated, data.len());
    if trailing.len() > TRAILING_BYTES_MAX && trailing.iter().any(|byte| *byte != 0) {
        return told(Danger::Dangerous, "data behind the equation");
    }
    if let Some(command) = command(data) {
        return told(Danger::Dangerous, &command);
    }
    if *version >= 4 {
        // MathType's own; the old editor does not read it.
        return told(Danger::Harmless, "");
    }
    let records = data.get(5..).unwrap_or_default();
    match (Records { rest: records, version: *version }).read() {
        Ok(()) => told(Danger::Harmless, ""),
        Err(Wrong::LongFontName) => told(Danger::Dangerous, "overlong font name"),
        Err(Wrong::LargeMatrix) => told(Danger::Dangerous, "overlarge matrix"),
        Err(Wrong::UnknownRecord) => told(Danger::Active, "unknown record"),
    }
}

/// Whether data, without the header of the stream, begin like an equation.
pub(super) fn is_one(data: &[u8]) -> bool {
    matches!(data, [1..=5, 0..=1, 0..=1, ..])
}

/// A command line among the data.
fn command(data: &[u8]) -> Option<String> {
    const MARKS: &[&str] =
        &["cmd", "mshta", "http:", "https:", ".exe", "powershell", "regsvr32", "rundll32", "wscript", "\\\\"];
    let printable = |byte: &u8| matches!(byte, 0x20..=0x7e);
    data.split(|byte| !printable(byte)).filter(|run| run.len() >= 6).find_map(|run| {
        let text = String::from_utf8_lossy(run).into_owned();
        let lower = text.to_ascii_lowercase();
        MARKS.iter().any(|mark| lower.contains(mark)).then_some(text)
    })
}

#[derive(Debug, PartialEq, Eq)]
enum Wrong {
    LongFontName,
    LargeMatrix,
    UnknownRecord,
}

/// Whether records follow that belong to this one, up to an end: of a line that is not empty, a template, a pile, a
/// matrix, a character with embellishments.
fn opens_list(record: u8, options: u8) -> bool {
    const EMPTY: u8 = 1;
    const EMBELLISHED: u8 = 2;
    match record {
        1 => options & EMPTY == 0,
        2 => options & EMBELLISHED != 0,
        3..=5 => true,
        _ => false,
    }
}

struct Records<'b> {
    rest: &'b [u8],
    version: u8,
}

impl Records<'_> {
    fn read(&mut self) -> Result<(), Wrong> {
        // Lists in lists; what stands behind the end of the outermost is not read.
        let mut depth = 0_usize;
        for _ in 0..RECORDS_MAX {
            let Some(tag) = self.byte() else { return Ok(()) };
            let options = tag >> 4;
            depth += usize::from(opens_list(tag & 0x0f, options));
            match tag & 0x0f {
                0 => match depth.checked_sub(1) {
                    Some(outer) => depth = outer,
                    None => return Ok(()),
                },
                // FULL to SUBSYM
                10..=14 => {}
                1 => self.line(options),
                2 => {
                    self.nudge(options);
                    // Typeface and a character, of two bytes since version 3; embellishments follow as records.
                    self.skip(if self.version < 3 { 2 } else { 3 });
                }
                3 => {
                    self.nudge(options);
                    self.skip(3);
                }
                4 => {
                    self.nudge(options);
                    self.skip(2);
                    self.ruler_if(options);
                }
                5 => self.matrix(options)?,
                6 => {
                    self.nudge(options);
                    self.skip(1);
                }
                7 => self.ruler(),
                8 => self.font()?,
                9 => self.size(),
                _ => return Err(Wrong::UnknownRecord),
            }
        }
        Ok(())
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn skip(&mut self, length: usize) {
        self.rest = self.rest.get(length..).unwrap_or_default();
    }

    /// Two offsets, or four bytes more where they do not fit.
    fn nudge(&mut self, options: u8) {
        const NUDGED: u8 = 8;
        if options & NUDGED == 0 {
            return;
        }
        let far = slice(self.rest, 0, 2) == [128, 128];
        self.skip(if far { 6 } else { 2 });
    }

    fn line(&mut self, options: u8) {
        const SPACED: u8 = 4;
        self.nudge(options);
        if options & SPACED != 0 {
            self.skip(1);
        }
        self.ruler_if(options);
    }

    fn ruler_if(&mut self, options: u8) {
        const RULER: u8 = 2;
        if options & RULER != 0 {
            self.skip(1);
            self.ruler();
        }
    }

    fn ruler(&mut self) {
        let stops = usize::from(self.byte().unwrap_or(0));
        self.skip(stops * 3);
    }

    fn matrix(&mut self, options: u8) -> Result<(), Wrong> {
        // Two bits a line, in eight bytes each.
        const LINES_MAX: u8 = 31;
        self.nudge(options);
        self.skip(3);
        let (rows, columns) = (self.byte().unwrap_or(0), self.byte().unwrap_or(0));
        if rows > LINES_MAX || columns > LINES_MAX {
            return Err(Wrong::LargeMatrix);
        }
        self.skip((usize::from(rows) + 1).div_ceil(4) + (usize::from(columns) + 1).div_ceil(4));
        Ok(())
    }

    fn font(&mut self) -> Result<(), Wrong> {
        self.skip(2);
        let length = memchr::memchr(0, self.rest).unwrap_or(self.rest.len());
        if length >= FONT_NAME_BYTES_MAX {
            return Err(Wrong::LongFontName);
        }
        self.skip(length + 1);
        Ok(())
    }

    fn size(&mut self) {
        match self.byte() {
            Some(101) => self.skip(2),
            Some(100) => self.skip(3),
            _ => self.skip(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(records: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0x1c, 0, 0, 0, 2, 0, 0x9e, 0xc4];
        bytes.extend((records.len() as u32 + 5).to_le_bytes());
        bytes.extend([0; 16]);
        bytes.extend([3, 1, 1, 3, 10]);
        bytes.extend_from_slice(records);
        bytes
    }

    fn danger(records: &[u8]) -> Danger {
        judge(&stream(records)).danger
    }

    #[test]
    fn an_equation_is_harmless_and_an_overlong_font_is_not() {
        // a over b, in Times New Roman
        let fraction = [
            &[0x0a, 0x01, 0x08, 0x00, 0x00][..],
            b"Times New Roman\0",
            &[0x03, 0x0e, 0x00, 0x00, 0x01, 0x02, 0x83, b'a', 0, 0x00, 0x01, 0x02, 0x83, b'b', 0, 0, 0, 0],
        ]
        .concat();
        assert_eq!(danger(&fraction), Danger::Harmless);
        assert_eq!(
            danger(&[&[0x0a, 0x01, 0x08, 0x5a, 0x5a][..], &[0x90; 44], &[0x12, 0x0c, 0x43, 0, 0]].concat()),
            Danger::Dangerous
        );
        let started = [&[0x08, 0x5a, 0x5a][..], b"cmd /c calc.exe", &[0; 4]].concat();
        assert_eq!(judge(&stream(&started)).why, "ZZcmd /c calc.exe");
        assert_eq!(danger(&[0x05, 0, 0, 0, 0xff, 0x20]), Danger::Dangerous);
        let mut followed = stream(&fraction);
        followed.extend([0x90; 600]);
        assert_eq!(judge(&followed).danger, Danger::Dangerous);
        assert_eq!(judge(&[0x41; 200]).danger, Danger::Dangerous);
    }

    #[test]
    fn cut_equations_end() {
        let whole = stream(&[0x0a, 0x01, 0x08, 0, 0, b'A', 0, 0x05, 0, 0, 0, 2, 2, 0, 0, 0x07, 3, 1, 1, 1]);
        for end in 0..whole.len() {
            let _ = judge(&whole[..end]);
        }
    }
}
