//! One reading of a ZIP archive's member → its content, decrypted and unpacked, with its CRC held against the header's.

use std::io::Read;

use encoding_rs::SHIFT_JIS;

use super::{traditional, winzip};
use crate::open::{Budget, Cost, Hold, Keys, Look, Member, Unpacked};
use crate::zip::{Cipher, Header, Reading, method};
use crate::{Unread, number};

/// A member's content, or why it is not there.
pub(super) struct Content {
    unpacked: Unpacked,
    /// CRC-32 of what came out.
    pub(super) crc: u32,
    /// Whether it is locked because deriving keys costs more than may be spent.
    pub(super) is_derivation_out: bool,
    /// Where further members stand between the end of the stream and the stated end of the packed bytes: programs that
    /// read from the front go on there.
    pub(super) hidden: Option<usize>,
}

/// Passwords as bytes, the one that opened something last in front.
pub(super) struct Passwords {
    ordered: Vec<(usize, Vec<u8>)>,
}

impl Passwords {
    /// As UTF-8 and, where that differs, as Windows in Japan writes them.
    pub(super) fn of(keys: &Keys) -> Self {
        let mut ordered = Vec::new();
        for (number, password) in keys.iter() {
            ordered.push((number, password.as_bytes().to_vec()));
            if !password.is_ascii() {
                let (bytes, _, had_errors) = SHIFT_JIS.encode(password);
                if !had_errors {
                    ordered.push((number, bytes.into_owned()));
                }
            }
        }
        Self { ordered }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.ordered.iter().map(|(_, password)| password.as_slice())
    }

    /// Tells which one opened something, and takes it first from now on.
    fn opened(&mut self, place: usize, look: &mut Look<'_>) {
        if let Some(front) = self.ordered.get_mut(..=place) {
            front.rotate_right(1);
        }
        if let Some((number, _)) = self.ordered.first() {
            look.opened.key.get_or_insert(*number);
        }
    }
}

/// What trying the passwords came to.
pub(super) enum Tried {
    /// The password at this place opened it.
    Opened(usize, Content),
    /// None did, or it could not be tried.
    Failed(Content),
}

impl Content {
    pub(super) fn read(reading: &Reading<'_, '_>, passwords: &mut Passwords, look: &mut Look<'_>) -> Content {
        // Members may share their bytes: each pays for those that it reads.
        if look.budget.pay(Cost::Work(work(reading.packed))).is_err() {
            return Content::absent(Unread::TooLarge);
        }
        if reading.cipher == Cipher::Clear {
            return Content::of_clear(reading, look.budget);
        }
        let tried = match reading.header.aes {
            _ if reading.header.is_strongly_encrypted() => return Content::absent(Unread::Locked),
            Some(aes) => winzip::tried(reading, aes, passwords, look.budget),
            None => traditional::tried(reading, passwords, look.budget),
        };
        match tried {
            Tried::Opened(place, content) => {
                // Nothing comes out right under any password: that proves none.
                if content.size_bytes() > 0 {
                    passwords.opened(place, look);
                }
                content
            }
            Tried::Failed(content) => content,
        }
    }

    /// Nothing, for a reason.
    pub(super) fn absent(unread: Unread) -> Content {
        let mut unpacked = Unpacked::empty();
        unpacked.unread = Some(unread);
        Content { unpacked, crc: 0, is_derivation_out: false, hidden: None }
    }

    /// Locked, because deriving keys costs more than may be spent.
    pub(super) fn out_of_derivation() -> Content {
        Content { is_derivation_out: true, ..Content::absent(Unread::Locked) }
    }

    /// Unpacks decrypted bytes. `Damaged` where the size, or a CRC that counts, is another than stated.
    pub(super) fn of_stream<'a>(
        header: &Header,
        packed: impl Read + 'a,
        crc: Option<u32>,
        budget: &mut Budget,
    ) -> Content {
        match method::unpacked(header, packed) {
            Ok(stream) => {
                let mut checked = Checked::of(stream);
                let mut unpacked = Unpacked::read(&mut checked, budget);
                let agrees = checked.size == header.size && crc.is_none_or(|crc| crc == checked.crc());
                if unpacked.unread.is_none() && !agrees {
                    unpacked.unread = Some(Unread::Damaged);
                }
                Content { unpacked, crc: checked.crc(), is_derivation_out: false, hidden: None }
            }
            Err(unread) => Content::absent(unread),
        }
    }

    fn of_clear(reading: &Reading<'_, '_>, budget: &mut Budget) -> Content {
        let header = reading.header;
        if header.method != method::DEFLATED {
            let mut content = Content::of_stream(header, reading.packed, Some(header.crc), budget);
            if !reading.is_measured && content.unpacked.unread.is_none() {
                content.unpacked.unread = Some(Unread::Damaged);
            }
            return content;
        }
        // Deflate ends by itself: neither a false size nor a missing one matters.
        let stream = flate2::bufread::DeflateDecoder::new(reading.packed_and_rest);
        let mut checked = Checked::of(stream);
        let mut unpacked = Unpacked::read(&mut checked, budget);
        let taken = checked.from.total_in();
        let beyond = taken.saturating_sub(reading.packed.len() as u64) / BYTES_A_WORK_UNIT;
        let agrees = if reading.is_measured {
            (header.crc, header.size) == (checked.crc(), checked.size)
        } else {
            is_measured_behind(reading.packed_and_rest, taken, checked.crc(), checked.size)
        };
        if unpacked.unread.is_none() && !agrees {
            unpacked.unread = Some(Unread::Damaged);
        }
        if budget.pay(Cost::Work(beyond)).is_err() {
            unpacked.unread = Some(Unread::TooLarge);
        }
        let is_whole = reading.is_measured && unpacked.unread.is_none();
        let hidden = hidden_behind(reading.packed, taken).filter(|_| is_whole);
        Content { unpacked, crc: checked.crc(), is_derivation_out: false, hidden }
    }

    pub(super) fn unread(&self) -> Option<Unread> {
        self.unpacked.unread
    }

    pub(super) fn size_bytes(&self) -> u64 {
        self.unpacked.size_bytes()
    }

    /// What the person in charge is told of it.
    pub(super) fn detail(&self, reading: &Reading<'_, '_>, name: &str) -> String {
        match self.unread() {
            Some(Unread::Unsupported) => format!("method {}", reading.header.method),
            _ => name.to_owned(),
        }
    }

    pub(super) fn member(self, names: Vec<String>, stated_bytes: u64) -> Member<'static> {
        match self.unpacked.unread {
            Some(unread) if self.unpacked.size_bytes() == 0 => {
                Member::unread(names, stated_bytes, unread, Hold::Archived)
            }
            _ => self.unpacked.member(names, Hold::Archived),
        }
    }
}

/// Packed bytes that are taken for a unit of work.
const BYTES_A_WORK_UNIT: u64 = 16;

/// What reading these bytes costs.
fn work(packed: &[u8]) -> u64 {
    1 + packed.len() as u64 / BYTES_A_WORK_UNIT
}

/// The first local header behind a stream that took so many of its packed bytes.
fn hidden_behind(packed: &[u8], taken: u64) -> Option<usize> {
    let taken = usize::try_from(taken).ok()?;
    memchr::memmem::find(packed.get(taken..)?, b"PK\x03\x04").map(|at| taken + at)
}

/// Whether CRC and sizes stand behind a content that took so many bytes, in 32 or in 64 bits, with or without their mark
/// (APPNOTE 4.3.9).
fn is_measured_behind(packed: &[u8], taken: u64, crc: u32, size: u64) -> bool {
    let behind = usize::try_from(taken).ok().and_then(|at| packed.get(at..)).unwrap_or_default();
    let fields = behind.strip_prefix(b"PK\x07\x08").unwrap_or(behind);
    let short = [number::u32_le(fields, 4), number::u32_le(fields, 8)].map(|size| size.map(u64::from));
    let long = [number::u64_le(fields, 4), number::u64_le(fields, 12)];
    number::u32_le(fields, 0) == Some(crc) && [short, long].contains(&[Some(taken), Some(size)])
}

/// Counts and checks what is read through it.
struct Checked<R> {
    from: R,
    crc: crc32fast::Hasher,
    size: u64,
}

impl<R: Read> Checked<R> {
    fn of(from: R) -> Self {
        Self { from, crc: crc32fast::Hasher::new(), size: 0 }
    }

    fn crc(&self) -> u32 {
        self.crc.clone().finalize()
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.crc.update(buffer.get(..count).unwrap_or_default());
        self.size += count as u64;
        Ok(count)
    }
}
