//! A stream of a PDF → its bytes: decryption and filters (ISO 32000-1, section 7.4), one after the other.

use std::io::{Read, Write as _};

use super::file::{Definition, Document};
use super::object::{Dictionary, Object};
use crate::Unread;
use crate::limits::PDF_FILTERS_MAX;
use crate::number::slice;
use crate::open::{Budget, Cost};

mod lzw;
mod plain;
mod predictor;

/// What came out of a stream.
#[derive(Default)]
pub(super) struct Bytes {
    pub(super) bytes: Vec<u8>,
    pub(super) unread: Option<Unread>,
}

/// The bytes of a stream, at most `bytes_max`; for streams that are read here and not handed on.
pub(super) fn unpacked(
    document: &Document<'_>,
    definition: &Definition,
    dictionary: &Dictionary,
    bytes_max: usize,
    budget: &mut Budget,
) -> Bytes {
    let mut out = Bytes::default();
    let mut unread = None;
    let mut step = vec![0; 16 * 1024];
    let mut take = |reader: &mut dyn Read| loop {
        match reader.read(&mut step) {
            Ok(0) => return None,
            Ok(count) if out.bytes.len() + count > bytes_max => return Some(Unread::TooLarge),
            Ok(count) if budget.pay(Cost::Bytes(count as u64)).is_err() => return Some(Unread::TooLarge),
            Ok(count) => out.bytes.extend_from_slice(slice(&step, 0, count)),
            Err(_) => return Some(Unread::Damaged),
        }
    };
    let known = reader(document, definition, dictionary, &mut |reader| unread = take(reader));
    out.unread = known.err().or(unread);
    out
}

/// Hands the bytes of a stream out as a reader; the reason where they can't be had.
pub(super) fn reader(
    document: &Document<'_>,
    definition: &Definition,
    dictionary: &Dictionary,
    read: &mut dyn FnMut(&mut dyn Read),
) -> Result<(), Unread> {
    let Some((start, end)) = definition.stream else { return Err(Unread::Damaged) };
    let is_cut = end > document.bytes.len();
    let raw = slice(document.bytes, start, end.saturating_sub(start));
    let filters = filters(document, dictionary);
    if filters.len() > PDF_FILTERS_MAX {
        return Err(Unread::TooLarge);
    }
    let named = filters
        .iter()
        .find(|(name, _)| name == b"Crypt")
        .map(|(_, parameters)| parameters.get("Name").and_then(Object::name).unwrap_or(b"Identity").to_vec());
    let is_file = dictionary.is("Type", "EmbeddedFile");
    let plain = match &document.cipher {
        Some(cipher) if cipher.is_locked() => return Err(Unread::Locked),
        Some(cipher) if !dictionary.is("Type", "XRef") => {
            cipher.stream(raw, definition.number, definition.generation, named.as_deref(), is_file)
        }
        _ => raw.to_vec(),
    };
    let mut chain: Box<dyn Read> = Box::new(std::io::Cursor::new(plain));
    for (name, parameters) in filters {
        chain = match name.as_slice() {
            b"FlateDecode" | b"Fl" => predictor::undone(Box::new(Inflate::new(chain)), &parameters),
            b"LZWDecode" | b"LZW" => {
                predictor::undone(Box::new(lzw::Lzw::new(chain, &parameters)), &parameters)
            }
            b"ASCIIHexDecode" | b"AHx" => Box::new(plain::Hexadecimal::new(chain)),
            b"ASCII85Decode" | b"A85" => Box::new(plain::Ascii85::new(chain)),
            b"RunLengthDecode" | b"RL" => Box::new(plain::RunLength::new(chain)),
            // What is packed so is a JPEG file as it stands.
            b"Crypt" | b"DCTDecode" | b"DCT" => chain,
            _ => return Err(Unread::Unsupported),
        };
    }
    read(&mut *chain);
    if is_cut { Err(Unread::Damaged) } else { Ok(()) }
}

/// The names of the filters, outermost first.
pub(super) fn names(document: &Document<'_>, dictionary: &Dictionary) -> Vec<Vec<u8>> {
    filters(document, dictionary).into_iter().map(|(name, _)| name).collect()
}

/// The names of the filters, outermost first, with their parameters.
fn filters(document: &Document<'_>, dictionary: &Dictionary) -> Vec<(Vec<u8>, Dictionary)> {
    let list = |long: &str, short: &str| {
        let value = dictionary.get(long).or_else(|| dictionary.get(short)).cloned().unwrap_or(Object::Null);
        match document.resolved(&value) {
            Object::Array(items) => items.iter().map(|item| document.resolved(item)).collect(),
            Object::Null => Vec::new(),
            one => vec![one],
        }
    };
    let parameters = list("DecodeParms", "DP");
    list("Filter", "F")
        .iter()
        .take(PDF_FILTERS_MAX + 1)
        .enumerate()
        .filter_map(|(at, filter)| {
            let parameters = parameters.get(at).and_then(Object::dictionary).cloned().unwrap_or_default();
            Some((filter.name()?.to_vec(), parameters))
        })
        .collect()
}

/// Deflate behind a header of two bytes; the checksum at its end is not asked for, as readers do not.
struct Inflate {
    inner: flate2::write::DeflateDecoder<Vec<u8>>,
    from: Box<dyn Read>,
    out: std::io::Cursor<Vec<u8>>,
    is_begun: bool,
    is_ended: bool,
}

impl Inflate {
    fn new(from: Box<dyn Read>) -> Self {
        let inner = flate2::write::DeflateDecoder::new(Vec::new());
        Self { inner, from, out: std::io::Cursor::default(), is_begun: false, is_ended: false }
    }

    fn refill(&mut self) -> std::io::Result<()> {
        // Small steps keep what one step inflates to (a thousandfold at most) small as well.
        let mut step = [0; 2048];
        let mut count = self.from.read(&mut step)?;
        let mut skipped = 0;
        if !self.is_begun {
            while count < 2 {
                let more = self.from.read(step.get_mut(count..).unwrap_or_default())?;
                if more == 0 {
                    break;
                }
                count += more;
            }
            self.is_begun = true;
            skipped = if step[0] & 0x0f == 8 && count >= 2 { 2 } else { 0 };
        }
        let fresh = step.get(skipped..count).unwrap_or_default();
        let (total_in, before) = (self.inner.total_in(), fresh.len() as u64);
        let result = if count == 0 {
            self.is_ended = true;
            self.inner.try_finish()
        } else {
            self.inner.write_all(fresh)
        };
        // Bytes that it no longer takes stand behind the end.
        if count > 0 && self.inner.total_in().saturating_sub(total_in) < before {
            self.is_ended = true;
        }
        self.out = std::io::Cursor::new(std::mem::take(self.inner.get_mut()));
        match result {
            Err(_) if self.is_ended && count > 0 => Ok(()),
            other => other,
        }
    }
}

impl Read for Inflate {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let count = self.out.read(buffer)?;
            if count > 0 || self.is_ended {
                return Ok(count);
            }
            self.refill()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut reader: impl Read) -> Vec<u8> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn deflate_with_a_broken_checksum_and_with_more_behind_it() {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(&b"sample ".repeat(1000)).unwrap();
        let mut bytes = encoder.finish().unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        bytes.extend_from_slice(b"\r\nmore");
        let inflate = Inflate::new(Box::new(std::io::Cursor::new(bytes)));
        assert_eq!(all(inflate), b"sample ".repeat(1000));
    }

    #[test]
    fn deflate_that_is_cut_is_damaged() {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(&b"sample ".repeat(1000)).unwrap();
        let bytes = encoder.finish().unwrap();
        let cut = bytes[..bytes.len() / 2].to_vec();
        let mut inflate = Inflate::new(Box::new(std::io::Cursor::new(cut)));
        assert!(inflate.read_to_end(&mut Vec::new()).is_err());
    }
}
