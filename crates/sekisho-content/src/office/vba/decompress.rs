//! A compressed container → its bytes ([MS-OVBA] 2.4.1). A wrong signature is read past; what a cut chunk still has
//! stands.

use crate::number::{slice, u16_le};
use crate::{Budget, Cost, Unread};

const CHUNK_BYTES: usize = 4096;

/// Decompresses chunk by chunk, each paid before it is written; `TooLarge` beyond `most` bytes.
pub(super) fn decompress(bytes: &[u8], most: usize, budget: &mut Budget) -> Result<Vec<u8>, Unread> {
    let mut out = Vec::new();
    let mut at = 1_usize;
    while let Some(header) = u16_le(bytes, at) {
        budget.pay(Cost::Bytes(CHUNK_BYTES as u64)).map_err(|_| Unread::TooLarge)?;
        if out.len() > most {
            return Err(Unread::TooLarge);
        }
        let size = usize::from(header & 0x0fff) + 1;
        if header >> 15 == 0 {
            out.extend_from_slice(slice(bytes, at + 2, CHUNK_BYTES));
            at += 2 + CHUNK_BYTES;
        } else {
            chunk(slice(bytes, at + 2, size), &mut out);
            at += 2 + size;
        }
    }
    Ok(out)
}

fn chunk(data: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    let mut at = 0;
    while let Some(flags) = data.get(at).copied() {
        at += 1;
        for bit in 0..8 {
            if (flags >> bit) & 1 == 0 {
                let Some(byte) = data.get(at) else { return };
                out.push(*byte);
                at += 1;
            } else {
                let Some(token) = u16_le(data, at) else { return };
                at += 2;
                if copy(token, start, out).is_none() {
                    return;
                }
            }
            if out.len() - start >= CHUNK_BYTES {
                return;
            }
        }
    }
}

/// Copies what a token points back to; `None` where that is in front of everything.
fn copy(token: u16, start: usize, out: &mut Vec<u8>) -> Option<()> {
    let written = out.len() - start;
    let bits = written.max(1).next_power_of_two().trailing_zeros().clamp(4, 12);
    let length = usize::from(token & (0xffff >> bits)) + 3;
    let offset = usize::from(token >> (16 - bits)) + 1;
    let from = out.len().checked_sub(offset)?;
    for at in from..from + length {
        // What was just copied may be copied again.
        out.push(*out.get(at)?);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_specification() {
        // [MS-OVBA] 3.2.2, "normal compression example".
        let bytes = [
            0x01, 0x2f, 0xb0, 0x00, 0x23, 0x61, 0x61, 0x61, 0x62, 0x63, 0x64, 0x65, 0x82, 0x66, 0x00, 0x70,
            0x61, 0x67, 0x68, 0x69, 0x6a, 0x01, 0x38, 0x08, 0x61, 0x6b, 0x6c, 0x00, 0x30, 0x6d, 0x6e, 0x6f,
            0x70, 0x06, 0x71, 0x02, 0x70, 0x04, 0x10, 0x72, 0x73, 0x74, 0x75, 0x76, 0x10, 0x77, 0x78, 0x79,
            0x7a, 0x00, 0x3c,
        ];
        let out = decompress(&bytes, 1 << 20, &mut Budget::default()).unwrap();
        assert_eq!(out, b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa");
        // 3.2.3, "maximum compression example".
        let out = decompress(&[1, 3, 0xb0, 2, 0x61, 0x45, 0], 1 << 20, &mut Budget::default()).unwrap();
        assert_eq!(out, [b'a'; 73]);
        for end in 0..bytes.len() {
            let _ = decompress(&bytes[..end], 1 << 20, &mut Budget::default());
        }
    }
}
