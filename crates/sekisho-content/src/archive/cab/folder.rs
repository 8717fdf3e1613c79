//! The blocks of a folder → its content ([MS-CAB] 2.5 and 3; [MS-MCI] for MSZIP).

use std::io::{Error, ErrorKind, Read};

use lzxd::{Lzxd, WindowSize};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use super::header::Folder;
use crate::number::{slice, u16_le, u32_le};

/// What a block unpacks to at most.
const BLOCK_BYTES_MAX: usize = 32 * 1024;

/// A folder being unpacked.
pub(super) struct FolderReader<'a> {
    bytes: &'a [u8],
    at: usize,
    blocks_left: u16,
    reserve: usize,
    packing: Packing,
    /// The last block, unpacked.
    block: Vec<u8>,
    given: usize,
    is_doubtful: bool,
}

/// How blocks are packed, with what is kept from one to the next.
enum Packing {
    None,
    MsZip { window: Vec<u8> },
    Lzx(Box<Lzxd>),
}

impl<'a> FolderReader<'a> {
    /// A folder at its beginning. `None` where its packing is not read: Quantum.
    pub(super) fn new(bytes: &'a [u8], folder: &Folder, reserve: usize) -> Option<Self> {
        let packing = match folder.packing & 0x0f {
            0 => Packing::None,
            1 => Packing::MsZip { window: Vec::new() },
            3 => Packing::Lzx(Box::new(Lzxd::new(window(folder.packing >> 8 & 0x1f)?))),
            _ => return None,
        };
        let at = folder.data_at;
        let blocks_left = folder.blocks;
        Some(Self {
            bytes,
            at,
            blocks_left,
            reserve,
            packing,
            block: Vec::new(),
            given: 0,
            is_doubtful: false,
        })
    }

    /// Whether the checksum of a block read so far differs.
    pub(super) fn is_doubtful(&self) -> bool {
        self.is_doubtful
    }

    fn next_block(&mut self) -> std::io::Result<()> {
        let damaged = || Error::from(ErrorKind::InvalidData);
        let header = self.bytes.get(self.at..).ok_or_else(damaged)?;
        let stated = u32_le(header, 0).ok_or_else(damaged)?;
        let packed_bytes = usize::from(u16_le(header, 4).ok_or_else(damaged)?);
        let size = usize::from(u16_le(header, 6).ok_or_else(damaged)?);
        let data_at = 8 + self.reserve;
        let packed = slice(header, data_at, packed_bytes);
        // No size at all: the block goes on in the next cabinet.
        if packed.len() < packed_bytes || size == 0 || size > BLOCK_BYTES_MAX {
            return Err(damaged());
        }
        self.is_doubtful |= stated != 0 && stated != checksum(slice(header, 4, data_at - 4 + packed_bytes));
        self.at = self.at.saturating_add(data_at + packed_bytes);
        self.blocks_left -= 1;
        self.given = 0;
        self.block = match &mut self.packing {
            Packing::None => packed.to_vec(),
            Packing::MsZip { window } => inflated(packed, window, size).ok_or_else(damaged)?,
            Packing::Lzx(decoder) => decoder.decompress_next(packed, size).map_err(|_| damaged())?.to_vec(),
        };
        if self.block.len() == size { Ok(()) } else { Err(damaged()) }
    }
}

impl Read for FolderReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.given == self.block.len() {
            if self.blocks_left == 0 {
                return Ok(0);
            }
            self.next_block()?;
        }
        let mut rest = self.block.get(self.given..).unwrap_or_default();
        let count = rest.read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

/// A block of MSZIP: a mark, then a deflated stream of its own that looks back into the block before it.
fn inflated(packed: &[u8], window: &mut Vec<u8>, size: usize) -> Option<Vec<u8>> {
    let deflated = packed.strip_prefix(b"CK")?;
    let before = window.len();
    let mut out = std::mem::take(window);
    out.resize(before + size, 0);
    let mut decoder = DecompressorOxide::new();
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let (status, _, written) = decompress(&mut decoder, deflated, &mut out, before, flags);
    if status != TINFLStatus::Done || written != size {
        return None;
    }
    let block = out.split_off(before);
    window.clone_from(&block);
    Some(block)
}

fn window(bits: u16) -> Option<WindowSize> {
    Some(match bits {
        15 => WindowSize::KB32,
        16 => WindowSize::KB64,
        17 => WindowSize::KB128,
        18 => WindowSize::KB256,
        19 => WindowSize::KB512,
        20 => WindowSize::MB1,
        21 => WindowSize::MB2,
        22 => WindowSize::MB4,
        23 => WindowSize::MB8,
        24 => WindowSize::MB16,
        _ => return None,
    })
}

/// The words of the sizes, the reserve and the data, each bit added without carry ([MS-CAB] 3.1).
///
/// The two sizes in front are one word, and the data's own last bytes come highest first.
fn checksum(bytes: &[u8]) -> u32 {
    let (sizes, data) = bytes.split_at_checked(4).unwrap_or((bytes, &[]));
    summed(data) ^ summed(sizes)
}

fn summed(bytes: &[u8]) -> u32 {
    let (words, rest) = bytes.as_chunks::<4>();
    let sum = words.iter().fold(0, |sum, word| sum ^ u32::from_le_bytes(*word));
    sum ^ rest.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte))
}
