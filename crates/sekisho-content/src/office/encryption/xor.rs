//! XOR obfuscation: a password's key, its verifier and the mask that both make ([MS-OFFCRYPTO] 2.3.7).

use super::{Attempt, Closed};

/// Passwords are cut to this length.
const PASSWORD_BYTES_MAX: usize = 15;

/// The mask that lies over the text, sixteen bytes long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mask([u8; 16]);

/// The mask of the first password that gives this key and this verifier.
pub(super) fn unlock(
    key: u16,
    verifier: u16,
    attempt: &mut Attempt<'_>,
) -> Result<(Mask, Option<usize>), Closed> {
    attempt.each(1, |password| {
        let mut spellings = spellings(password).into_iter();
        spellings.find_map(|bytes| {
            (self::key(&bytes) == key && self::verifier(&bytes) == verifier).then(|| mask(&bytes))
        })
    })
}

impl Mask {
    /// The clear byte of Excel, at a place counted as Excel counts.
    pub(super) fn excel(&self, place: usize, byte: u8) -> u8 {
        (byte ^ self.at(place)).rotate_left(3)
    }

    /// The clear byte of Word: neither a zero nor what would become one was changed.
    pub(super) fn word(&self, place: usize, byte: u8) -> u8 {
        let clear = byte ^ self.at(place);
        if byte == 0 || clear == 0 { byte } else { clear }
    }

    fn at(&self, place: usize) -> u8 {
        self.0.get(place % 16).copied().unwrap_or_default()
    }
}

/// The bytes that programs made of a password: its low bytes, or its letters in the writer's code page.
fn spellings(password: &str) -> Vec<Vec<u8>> {
    let low = password.encode_utf16().map(|unit| match unit.to_le_bytes() {
        [0, high] => high,
        [low, _] => low,
    });
    let mut spellings: Vec<Vec<u8>> = vec![low.take(PASSWORD_BYTES_MAX).collect()];
    if !password.is_ascii() {
        for encoding in [encoding_rs::SHIFT_JIS, encoding_rs::WINDOWS_1252] {
            let (bytes, _, unmappable) = encoding.encode(password);
            if !unmappable {
                spellings.push(bytes.iter().copied().take(PASSWORD_BYTES_MAX).collect());
            }
        }
    }
    spellings
}

/// The first number of each row of the key matrix; each next one is the one before, shifted, under the polynomial
/// x^16 + x^12 + x^5 + 1.
const ROWS: [u16; PASSWORD_BYTES_MAX] = [
    0xaefc, 0x7b61, 0x4563, 0x0375, 0xd849, 0x6f45, 0xeb23, 0x47d3, 0xb861, 0x45a0, 0xaa51, 0x76b4, 0x3730,
    0x3331, 0x1021,
];

/// The key that a password of each length begins with.
const INITIAL: [u16; PASSWORD_BYTES_MAX] = [
    0xe1f0, 0x1d0f, 0xcc9c, 0x84c0, 0x110c, 0x0e10, 0xf1ce, 0x313e, 0x1872, 0xe139, 0xd40f, 0x84f9, 0x280c,
    0xa96a, 0x4ec3,
];

/// What a short password is filled up with.
const FILLING: [u8; 15] =
    [0xbb, 0xff, 0xff, 0xba, 0xff, 0xff, 0xb9, 0x80, 0x00, 0xbe, 0x0f, 0x00, 0xbf, 0x0f, 0x00];

fn key(password: &[u8]) -> u16 {
    let Some(initial) = password.len().checked_sub(1).and_then(|last| INITIAL.get(last)) else { return 0 };
    // The last letter takes the last row.
    let rows = ROWS.iter().skip(PASSWORD_BYTES_MAX - password.len());
    password.iter().zip(rows).fold(*initial, |key, (letter, row)| {
        let mut number = *row;
        (0..7).fold(key, |key, bit| {
            let taken = if letter >> bit & 1 == 1 { number } else { 0 };
            number = number << 1 ^ if number & 0x8000 == 0 { 0 } else { 0x1021 };
            key ^ taken
        })
    })
}

fn verifier(password: &[u8]) -> u16 {
    let length = password.len() as u16;
    let letters = password.iter().rev().map(|letter| u16::from(*letter)).chain([length]);
    let turned = |number: u16| number << 1 & 0x7fff | number >> 14 & 1;
    letters.fold(0, |number, letter| turned(number) ^ letter) ^ 0xce4b
}

fn mask(password: &[u8]) -> Mask {
    let key = key(password).to_le_bytes();
    let mut letters = password.iter().chain(&FILLING);
    Mask(std::array::from_fn(|place| {
        let half = if place % 2 == 0 { key[0] } else { key[1] };
        (letters.next().copied().unwrap_or_default() ^ half).rotate_right(1)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_that_excel_writes_for_its_own_password() {
        assert_eq!((key(b"VelvetSweatshop"), verifier(b"VelvetSweatshop")), (0xb359, 0x9a0a));
    }
}
