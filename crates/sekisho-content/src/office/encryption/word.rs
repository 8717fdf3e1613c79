//! An encrypted Word 97 document → the same document in the clear ([MS-DOC] 2.2.6, 2.5.2 for the flags).

use super::stream::Verifier;
use super::{Attempt, Closed, Found, binary, xor};
use crate::number::{slice, u16_le};
use crate::office::compound::Compound;

/// Opens the three streams that are encrypted.
pub(super) fn unlock(bytes: &[u8], attempt: &mut Attempt<'_>) -> Result<Found, Closed> {
    const FLAGS: usize = 0x0a;
    const ENCRYPTED: u16 = 0x0100;
    const OBFUSCATED: u16 = 0x8000;
    const TABLE_1: u16 = 0x0200;
    // So much of the main stream is in the open; less in Word 6 and 95, which know XOR alone.
    const OPEN_BYTES: usize = 0x44;
    const OPEN_BYTES_95: usize = 0x34;
    const VERSION_97: u16 = 0x6a;
    const BLOCK_BYTES: usize = 512;
    let compound = Compound::parse(bytes).ok_or(Closed::NotLocked)?;
    let main = compound.find("WordDocument").ok_or(Closed::NotLocked)?;
    let head = compound.beginning(main);
    let flags = u16_le(&head, FLAGS).filter(|flags| flags & ENCRYPTED != 0).ok_or(Closed::NotLocked)?;
    let table = compound.find(if flags & TABLE_1 == 0 { "0Table" } else { "1Table" });
    let mut entries = vec![main];
    entries.extend(table);
    entries.extend(compound.find("Data"));
    let mut file = bytes.to_vec();
    let is_old = u16_le(&head, 2).is_some_and(|version| version < VERSION_97);
    let (cover, key) = if flags & OBFUSCATED != 0 || is_old {
        let (verifier, code) = u16_le(&head, 0x0e).zip(u16_le(&head, 0x10)).ok_or(Closed::Damaged)?;
        let (mask, key) = xor::unlock(code, verifier, attempt)?;
        (Err(mask), key)
    } else {
        let header = binary::stream(&compound, table.ok_or(Closed::Damaged)?, attempt)?;
        let (cipher, key) = Verifier::parse(slice(&header, 0, HEADER_BYTES_MAX))?.unlock(attempt)?;
        (Ok(cipher), key)
    };
    for entry in entries {
        let mut stream = binary::stream(&compound, entry, attempt)?;
        let open = match (entry == main, is_old) {
            (true, true) => OPEN_BYTES_95,
            (true, false) => OPEN_BYTES,
            (false, _) => 0,
        };
        match &cover {
            Ok(cipher) => {
                let mask = cipher.mask(stream.len(), BLOCK_BYTES);
                stream.iter_mut().zip(mask).skip(open).for_each(|(byte, mask)| *byte ^= mask);
            }
            Err(mask) => {
                let covered = stream.iter_mut().enumerate().skip(open);
                covered.for_each(|(place, byte)| *byte = mask.word(place, *byte));
            }
        }
        if entry == main
            && let Some(stated) = stream.get_mut(FLAGS..FLAGS + 2)
        {
            // The clear copy no longer says that it is locked.
            stated.copy_from_slice(&(flags & !(ENCRYPTED | OBFUSCATED)).to_le_bytes());
        }
        binary::overwrite(&compound, entry, &stream, &mut file);
    }
    Ok((file, key))
}

/// An encryption header is shorter; what is behind it is the table itself.
const HEADER_BYTES_MAX: usize = 1024;
