//! Bytes without a usable label → the charset they are most likely in: validity first, then how Japanese they look.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, WINDOWS_1252};

/// Bytes looked at to tell charsets apart. A charset that 64 KiB do not show, more would not show either.
const SAMPLE_BYTES_MAX: usize = 64 * 1024;

/// The charset of 8-bit text that is not UTF-8.
pub(super) fn any(bytes: &[u8]) -> &'static Encoding {
    japanese(bytes).unwrap_or_else(|| {
        let guess = by_frequency(bytes);
        let foreign = sample(bytes).iter().filter(|b| !b.is_ascii()).count();
        // Two letters tell nothing about the language: a pound sign or an accent is the likeliest.
        if guess.is_single_byte() && foreign <= SPARSE_BYTES { WINDOWS_1252 } else { guess }
    })
}

/// Foreign bytes that are too few to tell one single-byte charset from another.
const SPARSE_BYTES: usize = 2;

/// Shift_JIS or EUC-JP, where the bytes are one of them throughout and look Japanese. Kana decide; text of kanji
/// alone may be Chinese or Korean too, there the frequencies of characters decide.
pub(super) fn japanese(bytes: &[u8]) -> Option<&'static Encoding> {
    let (sjis, euc) = (shift_jis(bytes), euc_jp(bytes));
    let (encoding, marks) = if euc.points() > sjis.points() { (EUC_JP, euc) } else { (SHIFT_JIS, sjis) };
    if marks.points() <= 0 {
        return None;
    }
    if marks.kana > 0 && marks.kana * 4 >= marks.double {
        return Some(encoding);
    }
    // The common kanji of Shift_JIS begin with bytes that no neighbour's charset uses much, and two of them in a row
    // are no Western quotation marks.
    if encoding == SHIFT_JIS && marks.double_run_max >= 2 && marks.plain == marks.double && marks.half == 0 {
        return Some(encoding);
    }
    let guess = by_frequency(bytes);
    if marks.double == 0 && marks.half_run_max >= HALF_RUN && guess.is_single_byte() {
        return Some(SHIFT_JIS);
    }
    (guess == SHIFT_JIS || guess == EUC_JP).then_some(guess)
}

/// Half-width kana in a row that make a word: one alone is a pound sign or an accented letter.
const HALF_RUN: i64 = 4;

fn by_frequency(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample(bytes), true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether bytes labelled with a Western charset are Shift_JIS or EUC-JP beyond doubt: kana that no Western text
/// would give, and no byte that does not fit.
pub(super) fn surely_japanese(bytes: &[u8]) -> Option<&'static Encoding> {
    let encoding = japanese(bytes)?;
    let marks = if encoding == EUC_JP { euc_jp(bytes) } else { shift_jis(bytes) };
    let sure = marks.double >= 3 && (marks.kana * 4 >= marks.double || marks.plain == marks.double);
    (sure && marks.half == 0 && marks.rare * 8 <= marks.double).then_some(encoding)
}

/// Whether `bytes` hold enough UTF-8 sequences that chance is ruled out.
pub(super) fn surely_utf8(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let (mut two, mut more) = (0_usize, 0_usize);
    for c in text.chars() {
        match c.len_utf8() {
            1 => {}
            2 => two += 1,
            _ => more += 1,
        }
    }
    more > 0 || two >= 2
}

/// What was counted in a text under the assumption of one charset.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    /// Two-byte characters.
    double: i64,
    /// Hiragana and katakana among them.
    kana: i64,
    /// Kana, punctuation, full-width letters and the common kanji (rows 1, 3–5, 16–47).
    plain: i64,
    /// Characters of rows that mail hardly uses, or that stand for nothing.
    rare: i64,
    /// Half-width kana.
    half: i64,
    /// Two-byte characters in a row: now, and at most.
    double_run: i64,
    double_run_max: i64,
    /// Half-width kana in a row: now, and at most.
    half_run: i64,
    half_run_max: i64,
    /// Bytes that do not fit.
    broken: i64,
    /// 1 where the text ends inside a character.
    cut: i64,
}

impl Marks {
    fn half(&mut self) {
        self.half += 1;
        self.half_run += 1;
        self.half_run_max = self.half_run_max.max(self.half_run);
    }

    fn row(&mut self, row: u8) {
        self.double += 1;
        self.double_run += 1;
        self.double_run_max = self.double_run_max.max(self.double_run);
        match row {
            4 | 5 => {
                self.kana += 1;
                self.plain += 1;
            }
            1 | 3 | 16..=47 => self.plain += 1,
            2 | 6..=8 | 13 | 48..=84 => {}
            _ => self.rare += 1,
        }
    }

    fn points(self) -> i64 {
        let total = self.double + self.half;
        if total == 0 || self.broken * 50 > total {
            return 0;
        }
        3 * self.kana + 2 * self.plain + self.double
            - 6 * self.rare
            - 2 * self.half
            - 20 * self.broken
            - 6 * self.cut
            + if self.half == total { 2 * self.half + 1 } else { 0 }
    }
}

fn shift_jis(bytes: &[u8]) -> Marks {
    let mut marks = Marks::default();
    let mut rest = sample(bytes).iter().copied();
    while let Some(byte) = rest.next() {
        if !(0xa1..=0xdf).contains(&byte) {
            marks.half_run = 0;
        }
        match byte {
            0..=0x7f => marks.double_run = 0,
            0xa1..=0xdf => marks.half(),
            0x81..=0x9f | 0xe0..=0xfc => match rest.next() {
                Some(trail @ (0x40..=0x7e | 0x80..=0xfc)) => {
                    let pair = if byte < 0xa0 { byte - 0x81 } else { byte - 0xc1 };
                    marks.row(pair * 2 + if trail >= 0x9f { 2 } else { 1 });
                }
                Some(_) => marks.broken += 1,
                None => marks.cut = 1,
            },
            _ => marks.broken += 1,
        }
    }
    marks
}

fn euc_jp(bytes: &[u8]) -> Marks {
    let mut marks = Marks::default();
    let mut rest = sample(bytes).iter().copied();
    while let Some(byte) = rest.next() {
        if byte != 0x8e {
            marks.half_run = 0;
        }
        match byte {
            0..=0x7f => marks.double_run = 0,
            0x8e => match rest.next() {
                Some(0xa1..=0xdf) => marks.half(),
                _ => marks.broken += 1,
            },
            0x8f => match (rest.next(), rest.next()) {
                (Some(0xa1..=0xfe), Some(0xa1..=0xfe)) => marks.row(50),
                _ => marks.broken += 1,
            },
            0xa1..=0xfe => match rest.next() {
                Some(0xa1..=0xfe) => marks.row(byte - 0xa0),
                Some(_) => marks.broken += 1,
                None => marks.cut = 1,
            },
            _ => marks.broken += 1,
        }
    }
    marks
}

fn sample(bytes: &[u8]) -> &[u8] {
    bytes.get(..SAMPLE_BYTES_MAX).unwrap_or(bytes)
}
