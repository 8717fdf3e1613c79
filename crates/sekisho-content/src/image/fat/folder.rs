//! The list of a folder → its entries under their long and short names (the specification's sections "FAT Directory
//! Structure" and "FAT Long Directory Entries"). Deleted entries and labels are passed by.

use crate::archive::foreign_name;
use crate::number::{slice, u16_le, u32_le};

const ENTRY_BYTES: usize = 32;

pub(super) struct Entry {
    /// The long name where it has one, then the short one.
    pub(super) names: Vec<String>,
    pub(super) is_folder: bool,
    pub(super) cluster: u32,
    pub(super) size_bytes: u32,
}

pub(super) struct Entries<'a> {
    rows: std::slice::ChunksExact<'a, u8>,
    /// Pieces of a long name, which stand in front of their entry from the last to the first.
    long: Vec<[u8; 26]>,
    checksum: u8,
}

impl<'a> Entries<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rows: bytes.chunks_exact(ENTRY_BYTES), long: Vec::new(), checksum: 0 }
    }

    fn take_piece(&mut self, row: &[u8]) {
        const PIECES_MAX: usize = 20;
        const LAST: u8 = 0x40;
        let (Some(order), Some(checksum)) = (row.first(), row.get(13)) else { return };
        if order & LAST != 0 {
            self.long.clear();
            self.checksum = *checksum;
        }
        let mut piece = [0xff; 26];
        let parts = [slice(row, 1, 10), slice(row, 14, 12), slice(row, 28, 4)].concat();
        for (place, byte) in piece.iter_mut().zip(parts) {
            *place = byte;
        }
        if *checksum == self.checksum && self.long.len() < PIECES_MAX {
            self.long.push(piece);
        } else {
            self.long.clear();
        }
    }

    /// The long name, if it belongs to this short one.
    fn long_name(&mut self, short: &[u8]) -> Option<String> {
        let pieces = std::mem::take(&mut self.long);
        let checksum = short.iter().fold(0_u8, |sum, byte| sum.rotate_right(1).wrapping_add(*byte));
        if pieces.is_empty() || checksum != self.checksum {
            return None;
        }
        let units =
            pieces.iter().rev().flat_map(|piece| piece.chunks_exact(2)).filter_map(|unit| u16_le(unit, 0));
        let units: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
        Some(String::from_utf16_lossy(&units))
    }
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        const LONG_NAME: u8 = 0x0f;
        const LABEL: u8 = 0x08;
        const FOLDER: u8 = 0x10;
        const DELETED: u8 = 0xe5;
        loop {
            let row = self.rows.next()?;
            let attributes = *row.get(11)?;
            match row.first() {
                Some(0) => return None,
                Some(&DELETED) => self.long.clear(),
                _ if attributes & 0x3f == LONG_NAME => self.take_piece(row),
                _ if attributes & LABEL != 0
                    || row.starts_with(b".          ")
                    || row.starts_with(b"..         ") =>
                {
                    self.long.clear();
                }
                _ => {
                    let long = self.long_name(slice(row, 0, 11));
                    let short = short_names(row);
                    let cluster = u32::from(u16_le(row, 20)?) << 16 | u32::from(u16_le(row, 26)?);
                    return Some(Entry {
                        names: long.into_iter().chain(short).collect(),
                        is_folder: attributes & FOLDER != 0,
                        cluster,
                        size_bytes: u32_le(row, 28)?,
                    });
                }
            }
        }
    }
}

/// Eight and three bytes in the page of the machine that wrote them; flags say which part is shown in lower case.
fn short_names(row: &[u8]) -> Vec<String> {
    const LOWER_BASE: u8 = 0x08;
    const LOWER_EXTENSION: u8 = 0x10;
    let flags = row.get(12).copied().unwrap_or(0);
    let part = |offset: usize, length: usize, lower: u8| {
        let mut bytes = slice(row, offset, length).trim_ascii_end().to_vec();
        // The mark of deleted entries is also a lead byte of Shift_JIS; 0x05 stands for it.
        if let Some(first @ 0x05) = bytes.first_mut().filter(|_| offset == 0) {
            *first = 0xe5;
        }
        if flags & lower != 0 {
            bytes.make_ascii_lowercase();
        }
        bytes
    };
    let mut name = part(0, 8, LOWER_BASE);
    let extension = part(8, 3, LOWER_EXTENSION);
    if !extension.is_empty() {
        name.push(b'.');
        name.extend_from_slice(&extension);
    }
    foreign_name::names(&name)
}
