//! An encrypted Excel stream → the same records in the clear ([MS-XLS] 2.2.10, 2.4.117; BIFF5 and older by XOR alone).
//!
//! Heads of records stay in the open and still count in the mask; so do a few records that programs must read first.

use super::stream::Verifier;
use super::xor::{self, Mask};
use super::{Attempt, Closed, Found, binary};
use crate::number::u16_le;
use crate::office::biff::{self, Record};
use crate::office::compound::{Compound, Object};

/// Opens the workbook in a compound file, and the older one beside it.
pub(super) fn unlock(bytes: &[u8], attempt: &mut Attempt<'_>) -> Result<Found, Closed> {
    let compound = Compound::parse(bytes).ok_or(Closed::NotLocked)?;
    let mut found = Err(Closed::NotLocked);
    let streams = compound
        .entries()
        .iter()
        .filter(|entry| entry.object == Object::Stream && matches!(entry.key.as_str(), "workbook" | "book"));
    for entry in streams {
        // Most are not locked, and say so within their first records: those need not be read for it.
        let head = compound.beginning(entry);
        if file_pass(&head).is_none() && biff::records(&head).any(|record| record.id == biff::EOF) {
            continue;
        }
        let stream = binary::stream(&compound, entry, attempt)?;
        match clear(stream, attempt) {
            Ok((stream, key)) => {
                let (mut file, known) = match found {
                    Ok(found) => found,
                    Err(_) => (bytes.to_vec(), None),
                };
                binary::overwrite(&compound, entry, &stream, &mut file);
                found = Ok((file, known.or(key)));
            }
            Err(Closed::NotLocked) => {}
            Err(closed) if found.is_err() => found = Err(closed),
            Err(_) => attempt.damaged = Some("one of two workbooks"),
        }
    }
    found
}

/// Opens a workbook that is a file of its own.
pub(super) fn unlock_bare(bytes: &[u8], attempt: &mut Attempt<'_>) -> Result<Found, Closed> {
    clear(bytes.to_vec(), attempt)
}

enum Cover {
    Stream(Vec<u8>),
    Xor(Mask),
}

fn clear(mut stream: Vec<u8>, attempt: &mut Attempt<'_>) -> Result<Found, Closed> {
    const RC4_BLOCK_BYTES: usize = 1024;
    let Some(pass) = file_pass(&stream) else { return Err(Closed::NotLocked) };
    attempt.pays_bytes(stream.len())?;
    let pass_at = pass.at;
    let (cover, key) = if let Some((code, verifier)) = obfuscation(pass.body) {
        let (mask, key) = xor::unlock(code, verifier, attempt)?;
        (Cover::Xor(mask), key)
    } else {
        let verifier = Verifier::parse(pass.body.get(2..).unwrap_or_default())?;
        let (cipher, key) = verifier.unlock(attempt)?;
        (Cover::Stream(cipher.mask(stream.len(), RC4_BLOCK_BYTES)), key)
    };
    // Records before the one that says so are in the open, and so is that one.
    let mut at = pass_at;
    while let (Some(record), Some(length)) = (u16_le(&stream, at), u16_le(&stream, at + 2)) {
        let (start, length) = (at + 4, usize::from(length));
        let open = open_bytes(record, length);
        for place in start + open..(start + length).min(stream.len()) {
            let Some(byte) = stream.get_mut(place) else { break };
            *byte = match &cover {
                Cover::Stream(mask) => *byte ^ mask.get(place).copied().unwrap_or_default(),
                Cover::Xor(mask) => mask.excel(place + length, *byte),
            };
        }
        at = start + length;
    }
    // The clear copy no longer says that it is locked.
    if let Some(id) = stream.get_mut(pass_at..pass_at + 2) {
        id.copy_from_slice(&biff::NOTHING.to_le_bytes());
    }
    Ok((stream, key))
}

/// The record that says encrypted; it stands in the first substream.
fn file_pass(stream: &[u8]) -> Option<Record<'_>> {
    biff::records(stream)
        .take_while(|record| record.id != biff::EOF)
        .find(|record| record.id == biff::FILE_PASS)
}

/// Key and verifier, where the method is XOR: all that older versions know, named by a zero in BIFF8.
fn obfuscation(pass: &[u8]) -> Option<(u16, u16)> {
    match pass {
        [_, _, _, _] => u16_le(pass, 0).zip(u16_le(pass, 2)),
        [0, 0, ..] => u16_le(pass, 2).zip(u16_le(pass, 4)),
        _ => None,
    }
}

/// How many bytes of a record are in the open.
fn open_bytes(record: u16, length: usize) -> usize {
    const USER_EXCLUSIVE: u16 = 0x0194;
    const FILE_LOCK: u16 = 0x0195;
    const INTERFACE: u16 = 0x00e1;
    const REVISIONS: [u16; 2] = [0x0138, 0x0196];
    match record {
        biff::FILE_PASS | USER_EXCLUSIVE | FILE_LOCK | INTERFACE => length,
        _ if REVISIONS.contains(&record) || biff::is_bof(record) => length,
        // The place of the sheet's first record.
        biff::BOUND_SHEET => 4,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::{Budget, Keys};

    fn record(id: u16, body: &[u8]) -> Vec<u8> {
        [&id.to_le_bytes(), &(body.len() as u16).to_le_bytes(), body].concat()
    }

    /// A globals substream; XOR covers what follows the record that says so.
    fn book(pass: &[u8]) -> Vec<u8> {
        [
            record(0x0809, &[0, 6, 5, 0]),
            record(biff::FILE_PASS, pass),
            record(biff::BOUND_SHEET, b"\x10\0\0\0 the sheet"),
            record(0x00fc, b"a shared string"),
            record(biff::EOF, &[]),
        ]
        .concat()
    }

    fn unlock(stream: Vec<u8>, passwords: &[&str]) -> Result<Found, Closed> {
        let keys = Keys::new(passwords.iter().map(|password| (*password).to_owned()));
        let budget = &mut Budget::default();
        clear(stream, &mut Attempt { keys: &keys, budget, defaults: &["VelvetSweatshop"], damaged: None })
    }

    #[test]
    fn under_excels_own_password_no_key_is_named() {
        // As seen in many files: the key and verifier of the default password.
        for pass in [&[0x59, 0xb3, 0x0a, 0x9a][..], &[0, 0, 0x59, 0xb3, 0x0a, 0x9a]] {
            let (clear, key) = unlock(book(pass), &[]).unwrap();
            assert_eq!((key, clear.len()), (None, book(pass).len()));
            // Opening is its own check: what is in the open stays.
            assert!(memchr::memmem::find(&clear, &[0x85, 0, 14, 0, 0x10, 0, 0, 0]).is_some());
            assert!(file_pass(&clear).is_none());
            assert!(memchr::memmem::find(&clear, b"shared").is_none());
        }
    }

    #[test]
    fn a_mask_comes_off_as_it_went_on() {
        let pass = [0x59, 0xb3, 0x0a, 0x9a];
        let clear = book(&pass);
        let keys = Keys::default();
        let budget = &mut Budget::default();
        let mut attempt = Attempt { keys: &keys, budget, defaults: &["VelvetSweatshop"], damaged: None };
        let (mask, _) = xor::unlock(0xb359, 0x9a0a, &mut attempt).unwrap();
        let mut covered = clear.clone();
        let text_at = memchr::memmem::find(&clear, b"a shared").unwrap();
        for place in text_at..text_at + 15 {
            let under = mask.excel(place + 15, 0).rotate_right(3);
            covered[place] = clear[place].rotate_right(3) ^ under;
        }
        let (opened, _) = unlock(covered, &[]).unwrap();
        assert_eq!(opened[text_at..text_at + 15], clear[text_at..text_at + 15]);
    }

    #[test]
    fn other_keys_and_broken_heads_stay_closed() {
        assert_eq!(unlock(book(&[1, 2, 3, 4]), &["a", "b"]).unwrap_err(), Closed::NoKey);
        assert_eq!(unlock(book(&[1, 0, 1, 0, 1, 0]), &["a"]).unwrap_err(), Closed::Damaged);
        assert_eq!(unlock(book(&[1, 0, 9, 0, 9, 0]), &["a"]).unwrap_err(), Closed::Unknown);
        assert_eq!(unlock(record(biff::EOF, &[]), &[]).unwrap_err(), Closed::NotLocked);
        let book = book(&[0, 0, 0x59, 0xb3, 0x0a, 0x9a]);
        for end in 0..book.len() {
            let _ = unlock(book[..end].to_vec(), &[]);
        }
    }
}
