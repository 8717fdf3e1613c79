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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::compound::written;
    use crate::open::{Budget, Keys};

    const PASSWORD: &str = "VelvetSweatshop";

    /// What stands under the mask of the password, from a place on: neither a zero nor what would become one is changed
    /// ([MS-OFFCRYPTO] 2.3.7.6; key and verifier are those that Excel writes for the same password).
    fn covered(clear: &[u8], open: usize) -> Vec<u8> {
        let mut mask = *b"VelvetSweatshop\xbb";
        for (place, letter) in mask.iter_mut().enumerate() {
            *letter = (*letter ^ [0x59, 0xb3][place % 2]).rotate_left(7);
        }
        let cover = |(place, byte): (usize, &u8)| {
            let covered = byte ^ mask[place % 16];
            if place < open || *byte == 0 || covered == 0 { *byte } else { covered }
        };
        clear.iter().enumerate().map(cover).collect()
    }

    /// The three streams of a document in the clear, its flags saying that they are covered.
    fn streams(version: u16) -> [(&'static str, Vec<u8>); 3] {
        let mut main: Vec<u8> = (0..=255).cycle().take(5000).collect();
        main[2..4].copy_from_slice(&version.to_le_bytes());
        main[0x0a..0x0c].copy_from_slice(&[0x04, 0x81]);
        main[0x0e..0x12].copy_from_slice(&[0x0a, 0x9a, 0x59, 0xb3]);
        let text: Vec<u8> = "関所 table ".repeat(70).into_bytes();
        [("WordDocument", main), ("0Table", text.clone()), ("Data", text)]
    }

    fn unlocked(file: &[u8], password: &str) -> Result<Found, Closed> {
        let keys = Keys::new([password.to_owned()]);
        let budget = &mut Budget::default();
        super::unlock(file, &mut Attempt { keys: &keys, budget, defaults: &[], damaged: None })
    }

    #[test]
    fn what_xor_covers_comes_out_as_it_went_in() {
        for (version, open) in [(0xc1, 0x44), (0x65, 0x34)] {
            let clear = streams(version);
            let open = |name: &str| if name == "WordDocument" { open } else { 0 };
            let hidden: Vec<(&str, Vec<u8>)> =
                clear.iter().map(|(name, text)| (*name, covered(text, open(name)))).collect();
            let hidden: Vec<(&str, &[u8])> = hidden.iter().map(|(name, text)| (*name, &**text)).collect();
            let file = written(&hidden, [0; 16]);
            assert_eq!(unlocked(&file, "wrong"), Err(Closed::NoKey));
            let (opened, key) = unlocked(&file, PASSWORD).unwrap();
            assert_eq!(key, Some(0));
            let compound = Compound::parse(&opened).unwrap();
            for (name, mut text) in clear {
                if name == "WordDocument" {
                    // The clear copy no longer says that it is locked.
                    text[0x0b] = 0;
                }
                let found = compound.stream(name, &mut Budget::default()).unwrap().unwrap();
                assert!(found.bytes == text, "{name} of version {version:x}");
            }
            for end in (0..file.len()).step_by(97) {
                let _ = unlocked(&file[..end], PASSWORD);
            }
        }
    }
}
