//! The packed bytes of a member → a stream of its content, by its method of compression (PKWARE APPNOTE 4.4.5).

use std::io::{ErrorKind, Read};

use super::{Header, implode, shrink};
use crate::Unread;
use crate::inflate::Content;
use crate::limits::DICTIONARY_BYTES_MAX;
use crate::number::slice;

/// The content is kept as it is.
pub(crate) const STORED: u16 = 0;
const SHRUNK: u16 = 1;
const IMPLODED: u16 = 6;
/// Deflate (RFC 1951).
pub(crate) const DEFLATED: u16 = 8;
const DEFLATE64: u16 = 9;
const BZIP2: u16 = 12;
const LZMA: u16 = 14;
const ZSTANDARD_OLD: u16 = 20;
const ZSTANDARD: u16 = 93;
const XZ: u16 = 95;
const PPMD: u16 = 98;

/// The stream of a member's content out of its packed bytes, decrypted already.
pub(crate) fn unpacked<'a>(header: &Header, packed: impl Read + 'a) -> Result<Box<dyn Read + 'a>, Unread> {
    match header.method {
        STORED => Ok(Box::new(packed)),
        SHRUNK => Ok(Box::new(shrink::Shrunk::new(header, packed))),
        IMPLODED => implode::Imploded::new(header, packed)
            .map(|stream| Box::new(stream) as Box<dyn Read + 'a>)
            .map_err(|_| Unread::Damaged),
        DEFLATED => Ok(Box::new(flate2::read::DeflateDecoder::new(packed))),
        DEFLATE64 => Ok(Box::new(deflate64::Deflate64Decoder::new(packed))),
        BZIP2 => Ok(Box::new(bzip2::read::MultiBzDecoder::new(packed))),
        LZMA => lzma(header, packed),
        XZ => Ok(Box::new(lzma_rust2::XzReader::new_mem_limit(packed, true, XZ_MEMORY_KIB_MAX))),
        ZSTANDARD | ZSTANDARD_OLD => zstandard(packed),
        PPMD => ppmd(header, packed),
        _ => Err(Unread::Unsupported),
    }
}

/// The same out of bytes that are all there: deflate then needs no buffer of its own.
pub(crate) fn unpacked_bytes<'a>(header: &Header, packed: &'a [u8]) -> Result<Box<dyn Read + 'a>, Unread> {
    match header.method {
        DEFLATED => Ok(Box::new(flate2::bufread::DeflateDecoder::new(packed))),
        _ => unpacked(header, packed),
    }
}

/// What a stream gives, `most` bytes of it (`TooLarge` where there are more), each step paid after it was taken.
pub(super) fn drained(mut from: impl Read, most: usize, pays: &mut dyn FnMut(usize) -> bool) -> Content {
    const STEP_BYTES: usize = 64 * 1024;
    let mut bytes = Vec::new();
    let mut step = vec![0; STEP_BYTES.min(most)];
    let unread = loop {
        match from.read(&mut step) {
            Ok(0) => break None,
            Ok(count) => {
                let taken = slice(&step, 0, count.min(most.saturating_sub(bytes.len())));
                bytes.extend_from_slice(taken);
                if taken.len() < count || !pays(count) {
                    break Some(Unread::TooLarge);
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break Some(Unread::Damaged),
        }
    };
    Content { bytes, unread }
}

/// The dictionary and the tables of the decoder around it.
const XZ_MEMORY_KIB_MAX: u32 = DICTIONARY_BYTES_MAX / 1024 + 1024;

/// LZMA: two bytes of version, the length of its properties, the properties, the stream (APPNOTE 5.8.8).
fn lzma<'a>(header: &Header, mut packed: impl Read + 'a) -> Result<Box<dyn Read + 'a>, Unread> {
    let mut start = [0; 9];
    packed.read_exact(&mut start).map_err(|_| Unread::Damaged)?;
    let [_, _, 5, 0, properties, dictionary @ ..] = start else { return Err(Unread::Damaged) };
    let size = if header.has_end_mark() { u64::MAX } else { header.size };
    // The dictionary never needs to be larger than what comes out.
    let needed = u64::from(u32::from_le_bytes(dictionary)).min(header.size.max(4096));
    let dictionary = u32::try_from(needed).ok().filter(|bytes| *bytes <= DICTIONARY_BYTES_MAX);
    let dictionary = dictionary.ok_or(Unread::TooLarge)?;
    match lzma_rust2::LzmaReader::new_with_props(packed, size, properties, dictionary, None) {
        Ok(stream) => Ok(Box::new(stream)),
        Err(_) => Err(Unread::Damaged),
    }
}

fn zstandard<'a>(packed: impl Read + 'a) -> Result<Box<dyn Read + 'a>, Unread> {
    let window_bytes_max = u64::from(DICTIONARY_BYTES_MAX);
    match ruzstd::decoding::StreamingDecoder::new_with_max_window_size(packed, window_bytes_max) {
        Ok(stream) => Ok(Box::new(stream)),
        Err(_) => Err(Unread::Damaged),
    }
}

/// PPMd version I, revision 1: order, memory in MiB and what happens when that is full, in two bytes (APPNOTE 5.10).
fn ppmd<'a>(header: &Header, mut packed: impl Read + 'a) -> Result<Box<dyn Read + 'a>, Unread> {
    let mut start = [0; 2];
    packed.read_exact(&mut start).map_err(|_| Unread::Damaged)?;
    let parameters = u32::from(u16::from_le_bytes(start));
    let order = (parameters & 0xf) + 1;
    let memory_bytes = ((parameters >> 4 & 0xff) + 1) << 20;
    if memory_bytes > DICTIONARY_BYTES_MAX {
        return Err(Unread::TooLarge);
    }
    match ppmd_rust::Ppmd8Decoder::new(packed, order, memory_bytes, (parameters >> 12).into()) {
        // Nothing marks the end.
        Ok(stream) => Ok(Box::new(stream.take(header.size))),
        Err(_) => Err(Unread::Damaged),
    }
}
