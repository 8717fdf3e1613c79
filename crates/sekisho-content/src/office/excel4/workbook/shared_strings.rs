//! The strings that cells of a BIFF8 workbook share ([MS-XLS] 2.4.265, 2.5.293), which may go on in further records.

use crate::limits::EXCEL_CELLS_MAX;
use crate::number::u16_le;
use crate::office::biff::records;

/// The strings in order; as many as can be read.
pub(in crate::office::excel4) fn read(stream: &[u8]) -> Vec<String> {
    const SST: u16 = 0x00fc;
    const CONTINUE: u16 = 0x003c;
    let mut from = records(stream).skip_while(|record| record.id != SST);
    let Some(first) = from.next() else { return Vec::new() };
    let mut parts = vec![first.body.get(8..).unwrap_or_default()];
    parts.extend(from.take_while(|record| record.id == CONTINUE).map(|record| record.body));
    parts.reverse();
    let mut reader = Reader { part: parts.pop().unwrap_or_default(), parts };
    let mut strings = Vec::new();
    while strings.len() < EXCEL_CELLS_MAX
        && let Some(string) = reader.string()
    {
        strings.push(string);
    }
    strings
}

struct Reader<'s> {
    part: &'s [u8],
    /// What follows, the next one last.
    parts: Vec<&'s [u8]>,
}

impl Reader<'_> {
    fn string(&mut self) -> Option<String> {
        const WIDE: u8 = 0x01;
        const EXTENDED: u8 = 0x04;
        const RICH: u8 = 0x08;
        while self.part.is_empty() {
            self.part = self.parts.pop()?;
        }
        let mut left = usize::from(u16_le(&self.take(2)?, 0)?);
        let flags = *self.take(1)?.first()?;
        let runs = if flags & RICH != 0 { usize::from(u16_le(&self.take(2)?, 0)?) } else { 0 };
        let extension = if flags & EXTENDED != 0 { crate::number::place(&self.take(4)?, 0)? } else { 0 };
        let mut wide = flags & WIDE != 0;
        let mut units = Vec::new();
        while left > 0 {
            if self.part.is_empty() {
                // Where a string goes on in the next record, a flag says anew how wide it is.
                self.part = self.parts.pop()?;
                let (flags, rest) = self.part.split_first()?;
                wide = flags & WIDE != 0;
                self.part = rest;
                continue;
            }
            let each = if wide { 2 } else { 1 };
            let count = (self.part.len() / each).min(left);
            if count == 0 {
                return None;
            }
            let (text, rest) = self.part.split_at_checked(count * each)?;
            if wide {
                units.extend(text.chunks_exact(2).filter_map(|unit| u16_le(unit, 0)));
            } else {
                units.extend(text.iter().map(|byte| u16::from(*byte)));
            }
            self.part = rest;
            left -= count;
        }
        self.skip(runs.checked_mul(4)?.checked_add(extension)?)?;
        Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    }

    fn take(&mut self, count: usize) -> Option<Vec<u8>> {
        let (taken, rest) = self.part.split_at_checked(count)?;
        self.part = rest;
        Some(taken.to_vec())
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > self.part.len() {
            count -= self.part.len();
            self.part = self.parts.pop()?;
        }
        self.part = self.part.get(count..)?;
        Some(())
    }
}
