//! Blocks ([MS-PST] section 2.2.2.8) → the bytes of a node, and the nodes within it.

use std::io::Read;

use super::checksum;
use super::encoding::Encoding;
use super::layout::{Form, Layout};
use super::limits::{ENTRIES_MAX, MAIL_BLOCKS_MAX};
use super::pages::Pages;
use super::source::ReadAt;
use crate::ole::{u16_at, u32_at};

/// Why something is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// It cannot be found or read, or is not what was written.
    Damaged,
    /// It is more than is read of one mail.
    TooLarge,
}

/// A node within a node: a table of receivers, an attached file, a long text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Inner {
    pub(super) number: u32,
    pub(super) data: u64,
    pub(super) inside: u64,
}

/// The blocks of a data file, and what may still be read for the mail in work.
pub(super) struct Blocks<'s> {
    source: &'s dyn ReadAt,
    form: Form,
    encoding: Encoding,
    pub(super) pages: Pages<'s>,
    bytes_left: usize,
    blocks_left: usize,
}

/// Data as it is divided into blocks.
#[derive(Default)]
pub(super) struct Pieces {
    pub(super) blocks: Vec<Vec<u8>>,
    /// A block is damaged.
    pub(super) is_broken: bool,
}

/// The bit of a block's number that says that it holds numbers of other blocks.
const INTERNAL: u64 = 2;
/// The first byte of a block that lists data, and of one that lists nodes.
const LISTS_DATA: u8 = 1;
const LISTS_NODES: u8 = 2;

impl<'s> Blocks<'s> {
    pub(super) fn new(source: &'s dyn ReadAt, layout: &Layout) -> Self {
        let pages = Pages::new(source, layout);
        let Layout { form, encoding, .. } = *layout;
        Self { source, form, encoding, pages, bytes_left: 0, blocks_left: 0 }
    }

    pub(super) fn form(&self) -> Form {
        self.form
    }

    /// The trees of the same file, for a walk beside reading.
    pub(super) fn another_tree(&self) -> Pages<'s> {
        self.pages.another()
    }

    /// From here on, so much may be read.
    pub(super) fn allow(&mut self, bytes: usize) {
        self.bytes_left = bytes;
        self.blocks_left = MAIL_BLOCKS_MAX;
    }

    /// All bytes of the data at `id`: whole, or missing.
    pub(super) fn data(&mut self, id: u64) -> Result<Vec<u8>, Missing> {
        let Pieces { blocks, is_broken } = self.pieces(id)?;
        if is_broken { Err(Missing::Damaged) } else { Ok(blocks.concat()) }
    }

    /// The data at `id` as it is divided into blocks. A damaged one among them is empty.
    pub(super) fn pieces(&mut self, id: u64) -> Result<Pieces, Missing> {
        let mut pieces = Pieces::default();
        self.collect(id, DATA_LEVELS, &mut pieces)?;
        Ok(pieces)
    }

    /// Data may be listed in a block, and such blocks in another one; the levels fall on the way.
    fn collect(&mut self, id: u64, levels: u8, pieces: &mut Pieces) -> Result<(), Missing> {
        let block = match self.block(id) {
            Err(Missing::Damaged) if id & INTERNAL == 0 => {
                pieces.is_broken = true;
                Ok(Vec::new())
            }
            block => block,
        };
        let block = block?;
        if id & INTERNAL == 0 {
            pieces.blocks.push(block);
            return Ok(());
        }
        let level = block.get(1).copied().unwrap_or(0);
        if block.first() != Some(&LISTS_DATA) || level == 0 || level > levels {
            return Err(Missing::Damaged);
        }
        let count = usize::from(u16_at(&block, 2).ok_or(Missing::Damaged)?);
        for at in 0..count {
            let below = self.form.id_at(&block, 8 + at * self.form.id_bytes()).ok_or(Missing::Damaged)?;
            self.collect(below, level - 1, pieces)?;
        }
        Ok(())
    }

    /// The nodes that the block at `id` lists; none where there is no such block.
    pub(super) fn inner(&mut self, id: u64) -> Result<Vec<Inner>, Missing> {
        let mut all = Vec::new();
        if id != 0 {
            self.list(id, NODE_LEVELS, &mut all)?;
        }
        Ok(all)
    }

    fn list(&mut self, id: u64, levels: u8, all: &mut Vec<Inner>) -> Result<(), Missing> {
        let block = self.block(id)?;
        let level = block.get(1).copied().unwrap_or(0);
        if block.first() != Some(&LISTS_NODES) || id & INTERNAL == 0 || level >= levels {
            return Err(Missing::Damaged);
        }
        let count = usize::from(u16_at(&block, 2).ok_or(Missing::Damaged)?);
        let step = self.form.id_bytes();
        let first = if self.form == Form::Ansi { 4 } else { 8 };
        for at in 0..count {
            if all.len() >= ENTRIES_MAX {
                return Err(Missing::TooLarge);
            }
            let entry = first + at * step * if level == 0 { 3 } else { 2 };
            let number = |at| self.form.id_at(&block, entry + at * step).ok_or(Missing::Damaged);
            if level > 0 {
                self.list(number(1)?, level, all)?;
                continue;
            }
            let name = u32_at(&block, entry).ok_or(Missing::Damaged)?;
            all.push(Inner { number: name, data: number(1)?, inside: number(2)? });
        }
        Ok(())
    }

    /// One block, checked and decoded.
    fn block(&mut self, id: u64) -> Result<Vec<u8>, Missing> {
        self.blocks_left = self.blocks_left.checked_sub(1).ok_or(Missing::TooLarge)?;
        let place = self.pages.block(id).ok_or(Missing::Damaged)?;
        self.bytes_left = self.bytes_left.checked_sub(place.bytes).ok_or(Missing::TooLarge)?;
        let trailer_bytes = self.form.trailer_bytes();
        let unit = self.form.block_unit_bytes();
        let whole = (place.stored_bytes + trailer_bytes).next_multiple_of(unit);
        if whole > self.form.block_bytes_max() {
            return Err(Missing::Damaged);
        }
        let mut block = vec![0; whole];
        let read = self.source.read_full(place.at, &mut block).map_err(|_| Missing::Damaged)?;
        if read < whole {
            return Err(Missing::Damaged);
        }
        let trailer = block.split_off(whole - trailer_bytes);
        block.truncate(place.stored_bytes);
        if !self.is_as_written(&block, &trailer, id) {
            return Err(Missing::Damaged);
        }
        if id & INTERNAL == 0 {
            self.encoding.decode(&mut block, id);
        }
        if place.stored_bytes == place.bytes { Ok(block) } else { inflated(&block, place.bytes) }
    }

    /// Whether the trailer belongs to the block: its size, its number, its checksum.
    #[allow(unexpected_cfgs, reason = "cargo-fuzz sets it")]
    fn is_as_written(&self, block: &[u8], trailer: &[u8], id: u64) -> bool {
        let (number_at, checksum_at) = if self.form == Form::Ansi { (4, 8) } else { (8, 4) };
        let size = u16_at(trailer, 0).map(usize::from);
        let number = self.form.id_at(trailer, number_at).map(|number| number & !1);
        // Nobody guesses a checksum: a fuzzer would never come further than here.
        let is_intact = cfg!(fuzzing) || u32_at(trailer, checksum_at) == Some(checksum::of(block));
        size == Some(block.len()) && number == Some(id & !1) && is_intact
    }
}

/// Data is in a block, or in blocks listed in one, or those in another.
const DATA_LEVELS: u8 = 2;
/// Nodes within a node are listed in a block, or in blocks listed in one.
const NODE_LEVELS: u8 = 2;

/// A block of the newest form, compressed (RFC 1950).
fn inflated(packed: &[u8], bytes: usize) -> Result<Vec<u8>, Missing> {
    let mut block = Vec::with_capacity(bytes);
    let mut reader = flate2::read::ZlibDecoder::new(packed).take(bytes as u64);
    match reader.read_to_end(&mut block) {
        Ok(read) if read == bytes => Ok(block),
        _ => Err(Missing::Damaged),
    }
}
