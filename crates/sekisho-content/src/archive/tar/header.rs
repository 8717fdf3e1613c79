//! One block of 512 bytes → the fields of a tar header, in octal, or binary where the first bit says so.

use std::borrow::Cow;

use crate::number::slice;

pub(super) const BLOCK_BYTES: usize = 512;

pub(super) struct Header<'a> {
    block: &'a [u8],
}

/// How far a header is believed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    Right,
    /// It makes sense, but its checksum is wrong.
    WrongChecksum,
    Nonsense,
}

impl<'a> Header<'a> {
    pub(super) fn parse(block: &'a [u8]) -> Option<Self> {
        (block.len() == BLOCK_BYTES).then_some(Self { block })
    }

    /// The checksum is the sum of all bytes, its own field counted as spaces; old programs added signed bytes.
    pub(super) fn trust(&self) -> Trust {
        const FIELD: std::ops::Range<usize> = 148..156;
        let counted = |index: usize, byte: u8| if FIELD.contains(&index) { b' ' } else { byte };
        let bytes = || self.block.iter().enumerate().map(|(index, byte)| counted(index, *byte));
        let unsigned: i64 = bytes().map(i64::from).sum();
        let signed: i64 = bytes().map(|byte| i64::from(byte.cast_signed())).sum();
        let told = number(self.field(148, 8)).and_then(|number| i64::try_from(number).ok());
        if told == Some(unsigned) || told == Some(signed) {
            return Trust::Right;
        }
        let marked = self.field(257, 5) == b"ustar";
        let named = self.block.first().is_some_and(|byte| *byte >= b' ');
        let dated = number(self.field(136, 12)).is_some() && number(self.field(100, 8)).is_some();
        if named && self.size().is_some() && (marked || dated) {
            Trust::WrongChecksum
        } else {
            Trust::Nonsense
        }
    }

    pub(super) fn size(&self) -> Option<u64> {
        number(self.field(124, 12))
    }

    pub(super) fn kind(&self) -> u8 {
        self.block.get(156).copied().unwrap_or_default()
    }

    /// Name, behind the prefix where the header is POSIX's. GNU keeps times in that place.
    pub(super) fn name(&self) -> Cow<'a, [u8]> {
        let name = text(self.field(0, 100));
        let prefix = text(self.field(345, 155));
        let posix = self.field(257, 6) == b"ustar\0";
        if posix && !prefix.is_empty() { [prefix, b"/", name].concat().into() } else { name.into() }
    }

    /// Whether it says something of the next header's file.
    pub(super) fn is_extension(&self) -> bool {
        matches!(self.kind(), b'x' | b'X' | b'g' | b'L' | b'K' | b'N')
    }

    /// Whether the file is one with content: POSIX wants unknown types read as plain files.
    pub(super) fn has_content(&self) -> bool {
        let folder = matches!(self.kind(), 0 | b'0') && self.name().ends_with(b"/");
        !folder && !matches!(self.kind(), b'1'..=b'6' | b'V' | b'D' | b'A')
    }

    pub(super) fn is_sparse(&self) -> bool {
        self.kind() == b'S'
    }

    fn field(&self, offset: usize, length: usize) -> &'a [u8] {
        slice(self.block, offset, length)
    }
}

/// Up to the first zero byte.
pub(super) fn text(field: &[u8]) -> &[u8] {
    field.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// Octal digits among spaces and zero bytes, or base 256 behind a first byte of 0x80.
pub(super) fn number(field: &[u8]) -> Option<u64> {
    if let [first @ 0x80..=0xff, rest @ ..] = field {
        let start = u64::from(first & 0x7f);
        return rest.iter().try_fold(start, |number, byte| {
            number.checked_mul(256).map(|shifted| shifted | u64::from(*byte))
        });
    }
    let digits = text(field.trim_ascii_start()).trim_ascii();
    // Some programs leave something behind a space; the number ends there.
    let digits = digits.split(|byte| *byte == b' ').next().unwrap_or_default();
    digits.iter().try_fold(0_u64, |number, byte| match byte {
        b'0'..=b'7' => number.checked_mul(8).map(|shifted| shifted | u64::from(byte - b'0')),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_octal_or_binary() {
        assert_eq!(number(b"0000644\0"), Some(0o644));
        assert_eq!(number(b"   644 \0"), Some(0o644));
        assert_eq!(number(b"644 rest"), Some(0o644));
        assert_eq!(number(b"\0\0\0\0"), Some(0));
        assert_eq!(number(b"\x80\0\0\0\0\0\0\0\0\0\x01\x02"), Some(258));
        assert_eq!(number(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), None);
        assert_eq!(number(b"12x4"), None);
    }
}
