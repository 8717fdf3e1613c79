//! A folder's coders → one stream of its files' contents (`Methods.txt` of the 7z format).
//!
//! Memory is what the sender states, up to a limit for the whole folder. A dictionary never needs to be larger than what
//! comes out, and one that is larger than the limit is cut to it: the stream fails only where it truly looks back so far.

use std::io::{BufReader, Read};

use lzma_rust2::filter::{bcj::BcjReader, bcj2::Bcj2Reader, delta::DeltaReader};
use lzma_rust2::{Lzma2Reader, LzmaReader};

use super::aes::{AesReader, Properties};
use super::header::{Coder, Folder};
use crate::limits::UNPACK_DICTIONARY_BYTES_MAX;
use crate::number::{slice, u32_le};

pub(super) const AES: &[u8] = &[0x06, 0xf1, 0x07, 0x01];

/// A stream being unpacked.
pub(super) struct Unpacking<'a> {
    pub(super) from: Box<dyn Read + 'a>,
    /// Whether a dictionary was cut: an error may then be the limit's.
    pub(super) is_cut: bool,
}

/// Why a folder can't be unpacked at all.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Its parts don't fit together, or lie outside the file.
    Damaged,
    /// A coder that is not read, in hexadecimal.
    Unsupported(String),
    /// More memory than is given.
    TooLarge,
}

/// Puts the coders of a folder together. `bytes` begin behind the signature header; `key` is for every AES coder.
pub(super) fn unpacking<'a>(
    bytes: &'a [u8],
    folder: &Folder,
    key: &[u8; 32],
) -> Result<Unpacking<'a>, Refused> {
    let mut inputs: Vec<Option<Box<dyn Read + 'a>>> = Vec::new();
    inputs.resize_with(folder.coders.iter().map(|coder| coder.inputs).sum(), || None);
    for (input, (position, size)) in folder.packed_inputs.iter().zip(&folder.packed) {
        let packed = usize::try_from(*position).ok().zip(usize::try_from(*size).ok());
        let packed = packed.map(|(position, size)| slice(bytes, position, size)).unwrap_or_default();
        *inputs.get_mut(*input).ok_or(Refused::Damaged)? = Some(Box::new(packed));
    }
    let last = folder.last().ok_or(Refused::Damaged)?;
    let mut memory = Memory { left_bytes: UNPACK_DICTIONARY_BYTES_MAX, is_cut: false };
    let mut done = vec![false; folder.coders.len()];
    // Each round builds at least one coder whose inputs are all there, or ends.
    for _ in 0..folder.coders.len() {
        let Some((output, coder, its_inputs)) = ready(folder, &mut inputs, &done) else { break };
        let size = folder.sizes.get(output).copied().ok_or(Refused::Damaged)?;
        let decoder = decoder(coder, its_inputs, size, key, &mut memory)?;
        let decoder: Box<dyn Read + 'a> = Box::new(decoder.take(size));
        if output == last {
            return Ok(Unpacking { from: decoder, is_cut: memory.is_cut });
        }
        if let Some(is_done) = done.get_mut(output) {
            *is_done = true;
        }
        let (fed, _) = folder.bonds.iter().find(|(_, fed_by)| *fed_by == output).ok_or(Refused::Damaged)?;
        *inputs.get_mut(*fed).ok_or(Refused::Damaged)? = Some(decoder);
    }
    Err(Refused::Damaged)
}

type Inputs<'a> = Vec<Box<dyn Read + 'a>>;

/// The first coder that is not built and whose inputs are all there; they are taken.
fn ready<'a, 'f>(
    folder: &'f Folder,
    inputs: &mut [Option<Box<dyn Read + 'a>>],
    done: &[bool],
) -> Option<(usize, &'f Coder, Inputs<'a>)> {
    let mut first = 0;
    for (output, coder) in folder.coders.iter().enumerate() {
        let its = inputs.get_mut(first..first + coder.inputs)?;
        first += coder.inputs;
        if done.get(output) == Some(&false) && its.iter().all(Option::is_some) {
            return Some((output, coder, its.iter_mut().filter_map(Option::take).collect()));
        }
    }
    None
}

/// What may still be taken for dictionaries and models.
struct Memory {
    left_bytes: u64,
    is_cut: bool,
}

impl Memory {
    /// A dictionary for what comes out, as large as it is stated to be where that is given.
    fn dictionary(&mut self, stated: u32, size: u64) -> u32 {
        const DICTIONARY_BYTES_MIN: u64 = 4096;
        let needed = u64::from(stated).min(size.max(DICTIONARY_BYTES_MIN));
        let given = needed.min(self.left_bytes);
        self.is_cut |= given < needed;
        self.left_bytes -= given;
        u32::try_from(given).unwrap_or(u32::MAX)
    }
}

fn decoder<'a>(
    coder: &Coder,
    inputs: Inputs<'a>,
    size: u64,
    key: &[u8; 32],
    memory: &mut Memory,
) -> Result<Box<dyn Read + 'a>, Refused> {
    const BCJ2: &[u8] = &[0x03, 0x03, 0x01, 0x1b];
    let properties = coder.properties.as_slice();
    if coder.id == BCJ2 {
        return Ok(Box::new(Bcj2Reader::try_new(inputs, size).map_err(|_| Refused::Damaged)?));
    }
    let [from] = <[_; 1]>::try_from(inputs).map_err(|_| Refused::Damaged)?;
    Ok(match coder.id.as_slice() {
        [] | [0x00] => from,
        [0x03] => {
            let distance = properties.first().map_or(1, |less_one| usize::from(*less_one) + 1);
            Box::new(DeltaReader::new(from, distance))
        }
        [0x21] => {
            let stated = lzma2_dictionary(*properties.first().ok_or(Refused::Damaged)?)?;
            Box::new(Lzma2Reader::new(from, memory.dictionary(stated, size), None))
        }
        [0x03, 0x01, 0x01] => {
            let packed = *properties.first().ok_or(Refused::Damaged)?;
            let stated = u32_le(properties, 1).ok_or(Refused::Damaged)?;
            let dictionary = memory.dictionary(stated, size);
            let lzma = LzmaReader::new_with_props(from, size, packed, dictionary, None);
            let mut lzma = lzma.map_err(|_| Refused::Damaged)?;
            // What was unpacked before the damage is given first.
            lzma.set_defer_errors(true);
            Box::new(lzma)
        }
        [0x03, 0x04, 0x01] => {
            let order = u32::from(*properties.first().ok_or(Refused::Damaged)?);
            let model = u32_le(properties, 1).ok_or(Refused::Damaged)?;
            memory.left_bytes = memory.left_bytes.checked_sub(u64::from(model)).ok_or(Refused::TooLarge)?;
            Box::new(ppmd_rust::Ppmd7Decoder::new(from, order, model).map_err(|_| Refused::Damaged)?)
        }
        [0x04, 0x01, 0x08] => Box::new(flate2::read::DeflateDecoder::new(from)),
        [0x04, 0x01, 0x09] => Box::new(deflate64::Deflate64Decoder::new(from)),
        [0x04, 0x02, 0x02] => Box::new(bzip2::read::BzDecoder::new(from)),
        AES => {
            let iv = Properties::parse(properties).ok_or(Refused::Damaged)?.iv;
            Box::new(AesReader::new(BufReader::new(from), key, iv))
        }
        id => return branches(id, from, properties).ok_or_else(|| Refused::Unsupported(hexadecimal(id))),
    })
}

/// The filters that turn the addresses of machine code back: by their short and by their older, longer numbers.
fn branches<'a>(id: &[u8], from: Box<dyn Read + 'a>, properties: &[u8]) -> Option<Box<dyn Read + 'a>> {
    let start = u32_le(properties, 0).unwrap_or(0) as usize;
    Some(Box::new(match id {
        [0x04] | [0x03, 0x03, 0x01, 0x03] => BcjReader::new_x86(from, start),
        [0x05] | [0x03, 0x03, 0x02, 0x05] => BcjReader::new_ppc(from, start),
        [0x06] | [0x03, 0x03, 0x04, 0x01] => BcjReader::new_ia64(from, start),
        [0x07] | [0x03, 0x03, 0x05, 0x01] => BcjReader::new_arm(from, start),
        [0x08] | [0x03, 0x03, 0x07, 0x01] => BcjReader::new_arm_thumb(from, start),
        [0x09] | [0x03, 0x03, 0x08, 0x05] => BcjReader::new_sparc(from, start),
        [0x0a] => BcjReader::new_arm64(from, start),
        [0x0b] => BcjReader::new_riscv(from, start),
        _ => return None,
    }))
}

/// Two bits of size for each power of two, from 4 KiB on.
fn lzma2_dictionary(packed: u8) -> Result<u32, Refused> {
    match packed {
        0..40 => Ok((2 | u32::from(packed & 1)) << (packed / 2 + 11)),
        40 => Ok(u32::MAX),
        _ => Err(Refused::Damaged),
    }
}

fn hexadecimal(id: &[u8]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}
