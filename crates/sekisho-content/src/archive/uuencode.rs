//! uuencoded text → the files written in it (POSIX.1-2017, `uuencode`: the historical algorithm and base64).
//!
//! Text around the files is no business of this reader.

use super::foreign_name;
use crate::Unread;
use crate::base64::digit;
use crate::image::disk::{Disk, Extents, Run};
use crate::open::{Cost, Hold, Look};

pub(super) fn look(look: &mut Look<'_>) {
    let mut lines = look.bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
    let mut found = false;
    while let Some(line) = lines.next() {
        let Some((coding, name)) = first_line(line) else { continue };
        found = true;
        let mut file = Vec::new();
        let closed = read(&mut lines, coding, &mut file);
        if !look.pays(Cost::Work(1 + file.len() as u64 / 64)) {
            return;
        }
        // One byte more than there is says that the end is missing.
        let size = file.len() as u64 + u64::from(!closed);
        let run = Run::at(0, file.len() as u64);
        let mut content = Extents::new(&Disk::flat(&file), vec![run], size);
        if !look.unpack(foreign_name::names(name), &mut content, Hold::Archived) {
            return;
        }
    }
    if !found {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Coding {
    Historical,
    Base64,
}

/// `begin MODE NAME` or `begin-base64 MODE NAME`, the mode in octal.
fn first_line(line: &[u8]) -> Option<(Coding, &[u8])> {
    let (coding, rest) = match line.strip_prefix(b"begin ") {
        Some(rest) => (Coding::Historical, rest),
        None => (Coding::Base64, line.strip_prefix(b"begin-base64 ")?),
    };
    let rest = rest.trim_ascii();
    let space = memchr::memchr(b' ', rest)?;
    let (mode, name) = rest.split_at_checked(space)?;
    let octal = (3..=6).contains(&mode.len()) && mode.iter().all(|byte| matches!(byte, b'0'..=b'7'));
    octal.then_some((coding, name.trim_ascii()))
}

/// Reads up to the last line of the file; says whether there was one.
fn read<'a>(lines: &mut impl Iterator<Item = &'a [u8]>, coding: Coding, file: &mut Vec<u8>) -> bool {
    for line in lines {
        let last = match coding {
            Coding::Historical => line == b"end",
            Coding::Base64 => line == b"====",
        };
        if last {
            return true;
        }
        let read = match coding {
            Coding::Historical => historical_line(line, file),
            Coding::Base64 => base64_line(line, file),
        };
        if !read {
            return false;
        }
    }
    false
}

/// The first character is the number of bytes; each four others are three bytes. Spaces lost at the end are zeros.
fn historical_line(line: &[u8], file: &mut Vec<u8>) -> bool {
    let Some((first, rest)) = line.split_first() else { return true };
    if !(b' '..=b'`').contains(first) {
        return false;
    }
    let value = |byte: Option<&u8>| byte.map_or(0, |byte| u32::from(byte.wrapping_sub(b' ') & 0x3f));
    let count = value(Some(first)) as usize;
    let end = file.len() + count;
    for four in rest.chunks(4).take(count.div_ceil(3)) {
        let bits = (0..4).fold(0, |bits, index| bits << 6 | value(four.get(index)));
        file.extend_from_slice(bits.to_be_bytes().get(1..).unwrap_or_default());
    }
    file.resize(end, 0);
    true
}

/// Adds what a line of base64 says; false where it is none.
pub(super) fn base64_line(line: &[u8], file: &mut Vec<u8>) -> bool {
    for four in line.chunks(4) {
        let mut bits = 0_u32;
        let mut count = 0;
        for byte in four {
            if *byte == b'=' {
                continue;
            }
            let Some(value) = digit(*byte) else { return false };
            bits |= value << (18 - 6 * count);
            count += 1;
        }
        let whole = bits.to_be_bytes();
        file.extend_from_slice(whole.get(1..(count * 6 / 8 + 1)).unwrap_or_default());
    }
    true
}
