//! A constant → what it stands for: base64, hexadecimal, percent signs, lists of numbers, one in the other, turned
//! round, or mixed with a key that stands beside it.

use super::constants::{Base64, Constant};
use super::hints::Hints;
use crate::{Family, Kind, kind};

/// What a constant was found to be.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) kind: Kind,
    recipe: Vec<Step>,
    is_reversed: bool,
}

#[derive(Clone, Debug)]
enum Step {
    Escapes,
    Base64,
    /// The same with other marks strewn in.
    Base64Strewn,
    Hexadecimal,
    Percent,
    Numbers,
    /// What stands behind the first comma, of a `data:` address.
    Behind,
    Xor(Vec<u8>),
    Subtract(u8),
}

/// Steps of one recipe, mixing with a key not counted.
const STEPS_MAX: usize = 5;

/// How much is decoded to see what it is; the mark of a disc image stands behind 32 KiB.
const HEAD_BYTES: usize = 34 * 1024;

/// How much is decoded to see whether it is encoded once more, and to try keys.
const LOOK_BYTES: usize = 1024;

/// Less than this is no file.
const FILE_BYTES_MIN: usize = 24;

impl Decoded {
    /// Its bytes, one by one.
    pub(super) fn bytes<'c>(&'c self, constant: &'c Constant<'_>) -> Box<dyn Iterator<Item = u8> + 'c> {
        bytes(constant, self.is_reversed, &self.recipe)
    }

    /// Whether it is no more than text.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::JavaScript | Kind::Json | Kind::Csv)
    }

    /// Whether its bytes say nothing that is known.
    pub(super) fn is_unknown(&self) -> bool {
        self.kind == Kind::Unknown
    }
}

/// What a constant stands for; `None` where it stands for itself.
pub(super) fn decode(constant: &Constant<'_>, hints: &Hints) -> Option<Decoded> {
    let forward = attempt(constant, false, hints);
    if forward.as_ref().is_some_and(|decoded| !decoded.is_unknown()) || !hints.reverses {
        return forward;
    }
    let backward = attempt(constant, true, hints);
    backward.filter(|decoded| !decoded.is_unknown()).or(forward)
}

fn attempt(constant: &Constant<'_>, is_reversed: bool, hints: &Hints) -> Option<Decoded> {
    let mut recipe = Vec::new();
    for step in 0..STEPS_MAX {
        let head: Vec<u8> = bytes(constant, is_reversed, &recipe).take(LOOK_BYTES).collect();
        let is_list = constant.is_list && step == 0;
        match form(&head, is_list, hints) {
            Some(form) => recipe.push(form),
            None => break,
        }
    }
    if recipe.is_empty() {
        return None;
    }
    let head: Vec<u8> = bytes(constant, is_reversed, &recipe).take(HEAD_BYTES).collect();
    if head.len() < FILE_BYTES_MIN {
        return None;
    }
    let look = head.get(..LOOK_BYTES).unwrap_or(&head);
    let found = kind(&head);
    let is_text = matches!(found.family(), Family::Text | Family::Unknown) || found == Kind::Csv;
    if (is_text || is_weak(found, head.len()))
        && constant.len() >= MIXED_BYTES_MIN
        && let Some((step, kind)) = unmixed(look, hints)
    {
        recipe.push(step);
        return Some(Decoded { kind, recipe, is_reversed });
    }
    let is_strewn = recipe.iter().any(|step| matches!(step, Step::Base64Strewn));
    if is_weak(found, head.len()) {
        let kind = if look.is_ascii() { Kind::Text } else { Kind::Unknown };
        return (!is_strewn).then_some(Decoded { kind, recipe, is_reversed });
    }
    // A text with some escapes in it is what it says, and a guess that comes to nothing was wrong.
    let is_plain = is_text && (is_strewn || matches!(&*recipe, [Step::Escapes]));
    (!is_plain).then_some(Decoded { kind: found, recipe, is_reversed })
}

/// Whether bytes of a kind are met by chance: it is told by two bytes, or by words that any text may have.
fn is_weak(kind: Kind, size_bytes: usize) -> bool {
    const WEAK: &[Kind] = &[
        Kind::UnixCompress,
        Kind::Cpio,
        Kind::Arj,
        Kind::Lzma,
        Kind::Lzh,
        Kind::OfficeExcelOld,
        Kind::DosProgram,
        Kind::Slk,
        Kind::Asp,
        Kind::Php,
        Kind::ShellScript,
        Kind::Python,
        Kind::Perl,
        Kind::Ruby,
        Kind::Uuencode,
        Kind::PythonBytecode,
    ];
    WEAK.contains(&kind) && size_bytes < WEAK_BYTES_MIN
}

/// Files of such kinds are larger than this.
const WEAK_BYTES_MIN: usize = 4096;

/// A constant that is mixed with a key is at least this long.
const MIXED_BYTES_MIN: usize = 80;

/// How these bytes are encoded, as far as their beginning tells.
fn form(head: &[u8], is_list: bool, hints: &Hints) -> Option<Step> {
    let count = |wanted: fn(&u8) -> bool| head.iter().filter(|byte| wanted(byte)).count();
    let is_all = |wanted: fn(&u8) -> bool| head.iter().all(wanted);
    if is_list {
        return Some(Step::Numbers);
    }
    if head.get(..5).is_some_and(|start| start.eq_ignore_ascii_case(b"data:")) {
        return head.contains(&b',').then_some(Step::Behind);
    }
    if head.windows(2).filter(|pair| matches!(pair, [b'\\', b'x' | b'u' | b'0'..=b'7'])).count()
        > head.len() / 16
    {
        return Some(Step::Escapes);
    }
    let hexadecimal = count(u8::is_ascii_hexdigit);
    let separated =
        |byte: &u8| byte.is_ascii_hexdigit() || byte.is_ascii_whitespace() || b",:-;".contains(byte);
    if is_all(separated) && hexadecimal >= 2 * FILE_BYTES_MIN && hexadecimal * 2 > head.len() {
        let has_letters = head.iter().any(|byte| byte.is_ascii_alphabetic());
        let separators = head.len() - hexadecimal;
        // Two digits and a mark are hexadecimal, one to three of them decimal.
        let is_decimal = !has_letters && separators * 5 > head.len();
        return Some(if is_decimal { Step::Numbers } else { Step::Hexadecimal });
    }
    let percents = head.windows(3).filter(|three| {
        matches!(three, [b'%', b'u', _])
            || (three.first() == Some(&b'%') && three.iter().skip(1).all(u8::is_ascii_hexdigit))
    });
    if percents.count() * 20 > head.len() && !head.contains(&b'<') {
        return Some(Step::Percent);
    }
    let in_alphabet = count(|byte| byte.is_ascii_alphanumeric() || b"+/=-_\r\n".contains(byte));
    let is_mixed = head.iter().any(u8::is_ascii_uppercase)
        && (head.iter().any(u8::is_ascii_lowercase) || head.iter().any(u8::is_ascii_digit));
    if !is_mixed || in_alphabet < FILE_BYTES_MIN {
        return None;
    }
    let is_strewn = hints.strips && in_alphabet * 10 >= head.len() * 3 && !head.contains(&b' ');
    match in_alphabet == head.len() {
        true => Some(Step::Base64),
        false => is_strewn.then_some(Step::Base64Strewn),
    }
}

/// Tries the keys that stand beside the constant, and every key of one byte: what comes out has to begin as a file.
fn unmixed(head: &[u8], hints: &Hints) -> Option<(Step, Kind)> {
    let start = head.get(..BEGINNING_BYTES)?;
    let tried = |step: Step| {
        let plain: Vec<u8> = apply(Box::new(start.iter().copied()), &step).collect();
        if !BEGINNINGS.iter().any(|beginning| plain.starts_with(beginning)) {
            return None;
        }
        let plain: Vec<u8> = apply(Box::new(head.iter().copied()), &step).collect();
        let kind = kind(&plain);
        let is_file = !matches!(kind.family(), Family::Unknown | Family::Text) && kind != Kind::DosProgram;
        is_file.then_some((step, kind))
    };
    if hints.mixes {
        let keys = hints.keys.iter().cloned().map(Step::Xor);
        let single = BEGINNINGS.iter().filter_map(|beginning| {
            let key = start.first()? ^ beginning.first()?;
            (key != 0).then(|| Step::Xor(vec![key]))
        });
        if let Some(found) = keys.chain(single).find_map(tried) {
            return Some(found);
        }
    }
    hints.differences.iter().find_map(|difference| tried(Step::Subtract(*difference)))
}

/// How the files and pages begin that are worth hiding.
const BEGINNINGS: &[&[u8]] = &[
    b"MZ",
    b"PK\x03\x04",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"MSCF",
    b"L\0\0\0",
    b"\x1f\x8b\x08",
    b"\x7fELF",
    b"<html",
    b"<HTML",
    b"<!DOC",
    b"<!doc",
    b"<scri",
    b"<body",
    b"<head",
    b"<div",
    b"<form",
];

/// The longest of them.
const BEGINNING_BYTES: usize = 5;

fn bytes<'c>(
    constant: &'c Constant<'_>,
    is_reversed: bool,
    recipe: &'c [Step],
) -> Box<dyn Iterator<Item = u8> + 'c> {
    let start: Box<dyn Iterator<Item = u8> + 'c> =
        if is_reversed { Box::new(constant.bytes().rev()) } else { Box::new(constant.bytes()) };
    recipe.iter().fold(start, apply)
}

fn apply<'c>(from: Box<dyn Iterator<Item = u8> + 'c>, step: &Step) -> Box<dyn Iterator<Item = u8> + 'c> {
    match step {
        Step::Base64 | Step::Base64Strewn => Box::new(Base64::new(from)),
        Step::Behind => Box::new(from.skip_while(|byte| *byte != b',').skip(1)),
        Step::Hexadecimal => {
            let mut digits = from.filter_map(|byte| char::from(byte).to_digit(16));
            Box::new(std::iter::from_fn(move || Some((digits.next()? << 4 | digits.next()?) as u8)))
        }
        Step::Percent => Box::new(Marked { from: from.peekable(), mark: b'%', rest: Vec::new() }),
        Step::Escapes => Box::new(Marked { from: from.peekable(), mark: b'\\', rest: Vec::new() }),
        Step::Numbers => Box::new(Numbers { from: from.peekable() }),
        Step::Xor(key) => {
            let key = key.clone();
            let mut at = 0_usize;
            Box::new(from.map(move |byte| {
                let mixed = byte ^ key.get(at).copied().unwrap_or(0);
                at = (at + 1) % key.len().max(1);
                mixed
            }))
        }
        Step::Subtract(difference) => {
            let difference = *difference;
            Box::new(from.map(move |byte| byte.wrapping_sub(difference)))
        }
    }
}

/// `%41`, `%u0041`, or `\x41`, `\u0041`, and what else a backslash hides.
struct Marked<I: Iterator<Item = u8>> {
    from: std::iter::Peekable<I>,
    mark: u8,
    rest: Vec<u8>,
}

impl<I: Iterator<Item = u8>> Marked<I> {
    fn number(&mut self, digits: usize) -> u32 {
        let mut number = 0;
        for _ in 0..digits {
            let Some(digit) = self.from.peek().and_then(|byte| char::from(*byte).to_digit(16)) else { break };
            number = number << 4 | digit;
            self.from.next();
        }
        number
    }

    fn letter(&mut self, code: u32) -> u8 {
        // Beyond one byte, what is written is the letter.
        if let Ok(byte) = u8::try_from(code) {
            return byte;
        }
        let letter = char::from_u32(code).unwrap_or('\u{fffd}');
        let mut buffer = [0; 4];
        self.rest = letter.encode_utf8(&mut buffer).bytes().rev().collect();
        self.rest.pop().unwrap_or(b'?')
    }
}

impl<I: Iterator<Item = u8>> Iterator for Marked<I> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if let Some(byte) = self.rest.pop() {
            return Some(byte);
        }
        let byte = self.from.next()?;
        if byte != self.mark {
            return Some(byte);
        }
        let Some(next) = self.from.peek().copied() else { return Some(byte) };
        match next {
            b'u' => {
                self.from.next();
                let code = self.number(4);
                Some(self.letter(code))
            }
            b'x' if self.mark == b'\\' => {
                self.from.next();
                Some(self.number(2) as u8)
            }
            _ if self.mark == b'%' && next.is_ascii_hexdigit() => Some(self.number(2) as u8),
            _ if self.mark == b'%' => Some(byte),
            b'n' => self.from.next().map(|_| b'\n'),
            b'r' => self.from.next().map(|_| b'\r'),
            b't' => self.from.next().map(|_| b'\t'),
            _ => self.from.next(),
        }
    }
}

/// `77, 0x5a, -1` are bytes.
struct Numbers<I: Iterator<Item = u8>> {
    from: std::iter::Peekable<I>,
}

impl<I: Iterator<Item = u8>> Iterator for Numbers<I> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let mut is_negative = false;
        while let Some(byte) = self.from.next_if(|byte| !byte.is_ascii_digit()) {
            is_negative = byte == b'-';
        }
        let mut number: u32 = 0;
        let mut radix = 10;
        let mut is_any = false;
        while let Some(byte) = self.from.next_if(|byte| byte.is_ascii_alphanumeric()) {
            is_any = true;
            match char::from(byte).to_digit(radix) {
                Some(digit) => number = number.wrapping_mul(radix).wrapping_add(digit),
                None if matches!(byte, b'x' | b'X') => radix = 16,
                None => {}
            }
        }
        let byte = number as u8;
        is_any.then_some(if is_negative { byte.wrapping_neg() } else { byte })
    }
}
