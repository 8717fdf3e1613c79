//! An encrypted PowerPoint 97 document → the same document in the clear ([MS-PPT] 2.3.2, 2.3.3, 2.3.4, 2.3.7).
//!
//! Each object that the persist directory lists is encrypted by itself, its number being the number of the block; edits
//! and directories are in the open. Pictures are encrypted piece by piece under block 0.

use std::collections::BTreeMap;

use super::stream::{Rekeyed, Verifier};
use super::{Attempt, Closed, Found, binary};
use crate::limits::{PPT_EDITS_MAX, PPT_OBJECTS_MAX};
use crate::number::{place, slice, u16_le, u32_le};
use crate::office::compound::Compound;

pub(super) fn unlock(bytes: &[u8], attempt: &mut Attempt<'_>) -> Result<Found, Closed> {
    let compound = Compound::parse(bytes).ok_or(Closed::NotLocked)?;
    let user = compound.find("Current User").ok_or(Closed::NotLocked)?;
    let slides = compound.find("PowerPoint Document").ok_or(Closed::NotLocked)?;
    let current = compound.beginning(user);
    let edit = place(&current, 16).ok_or(Closed::NotLocked)?;
    let token = u32_le(&current, 12) == Some(ENCRYPTED_TOKEN);
    let mut stream = binary::stream(&compound, slides, attempt)?;
    let Some(directory) = Directory::read(&stream, edit) else {
        return Err(if token { Closed::Damaged } else { Closed::NotLocked });
    };
    let Some(session) = directory.session else {
        return Err(if token { Closed::Damaged } else { Closed::NotLocked });
    };
    let session_at = *directory.objects.get(&session).ok_or(Closed::Damaged)?;
    let header = object(&stream, session_at).and_then(|object| object.get(8..)).ok_or(Closed::Damaged)?;
    let (cipher, key) = Verifier::parse(header)?.unlock(attempt)?;
    let mut file = bytes.to_vec();
    attempt.pays_bytes(stream.len())?;
    decrypt(&mut stream, &directory, session, &cipher);
    binary::overwrite(&compound, slides, &stream, &mut file);
    if let Some(entry) = compound.find("Pictures") {
        let mut pictures = binary::stream(&compound, entry, attempt)?;
        decrypt_pictures(&mut pictures, &cipher);
        binary::overwrite(&compound, entry, &pictures, &mut file);
    }
    let mut current = current;
    if let Some(token) = current.get_mut(12..16) {
        token.copy_from_slice(&PLAIN_TOKEN.to_le_bytes());
    }
    binary::overwrite(&compound, user, &current, &mut file);
    Ok((file, key))
}

const ENCRYPTED_TOKEN: u32 = 0xf3d1_c4df;
const PLAIN_TOKEN: u32 = 0xe391_c05f;

/// Where the objects of a document stand, by their numbers, and which of them describes the encryption.
struct Directory {
    objects: BTreeMap<u32, usize>,
    session: Option<u32>,
    /// Places that may still be read: lists may lie over each other.
    places_left: usize,
}

impl Directory {
    /// Follows the edits from the last one back; a newer place of an object stands.
    fn read(stream: &[u8], edit: usize) -> Option<Directory> {
        const USER_EDIT: u16 = 0x0ff5;
        let mut directory =
            Directory { objects: BTreeMap::new(), session: None, places_left: 4 * PPT_OBJECTS_MAX };
        let mut at = edit;
        for _ in 0..PPT_EDITS_MAX {
            let body = object(stream, at)?.get(8..)?;
            if u16_le(stream, at + 2) != Some(USER_EDIT) {
                return None;
            }
            // An edit of a plain document ends before this number.
            directory.session = directory.session.or(u32_le(body, 28));
            directory.list(stream, place(body, 12)?);
            at = place(body, 8)?;
            if at == 0 {
                break;
            }
        }
        Some(directory)
    }

    fn list(&mut self, stream: &[u8], at: usize) -> Option<()> {
        let mut rest = object(stream, at)?.get(8..)?;
        while let Some(head) = u32_le(rest, 0) {
            let (first, count) = (head & 0xf_ffff, head >> 20);
            self.places_left = self.places_left.checked_sub(1 + count as usize)?;
            for index in 0..count {
                let offset = place(rest, 4 + 4 * index as usize)?;
                if self.objects.len() < PPT_OBJECTS_MAX {
                    self.objects.entry(first.saturating_add(index)).or_insert(offset);
                }
            }
            rest = rest.get(4 + 4 * count as usize..)?;
        }
        Some(())
    }
}

/// A record with its head, as it lies in the open.
fn object(stream: &[u8], at: usize) -> Option<&[u8]> {
    let size = place(stream, at.checked_add(4)?)?;
    stream.get(at..)?.get(..size.checked_add(8)?)
}

fn decrypt(stream: &mut [u8], directory: &Directory, session: u32, cipher: &Rekeyed) {
    // No byte is decrypted twice, or objects that lie over each other would cost without end.
    let mut starts: Vec<(usize, u32)> =
        directory.objects.iter().filter(|(id, _)| **id != session).map(|(id, at)| (*at, *id)).collect();
    starts.sort_unstable();
    let mut done = 0_usize;
    for (at, id) in starts {
        if at < done {
            continue;
        }
        let mut head = slice(stream, at, 8).to_vec();
        cipher.block(id, &mut head);
        let Some(size) = place(&head, 4).and_then(|size| size.checked_add(8)) else { continue };
        let end = at.saturating_add(size).min(stream.len());
        if let Some(object) = stream.get_mut(at..end) {
            cipher.block(id, object);
        }
        done = end;
    }
}

/// A picture: its head, its identifiers, its mark and its content, each with the key begun anew ([MS-PPT] 2.1.3).
fn decrypt_pictures(stream: &mut [u8], cipher: &Rekeyed) {
    let mut at = 0_usize;
    for _ in 0..PPT_OBJECTS_MAX {
        let mut part = |at: usize, length: usize| -> Vec<u8> {
            let end = at.saturating_add(length).min(stream.len());
            let Some(part) = stream.get_mut(at..end) else { return Vec::new() };
            cipher.block(0, part);
            part.to_vec()
        };
        let head = part(at, 8);
        let (Some(version), Some(size)) = (u16_le(&head, 0), place(&head, 4)) else { return };
        let body = at + 8;
        let end = body.saturating_add(size);
        // Metafiles and two identifiers are told by the instance.
        let two = version >> 4 & 1 == 1;
        let kind = u16_le(&head, 2).unwrap_or(0);
        let mut lengths = vec![16];
        if two {
            lengths.push(16);
        }
        if matches!(kind, 0xf01a..=0xf01c) {
            lengths.push(34);
        } else {
            lengths.push(1);
        }
        let mut from = body;
        for length in lengths {
            part(from, length.min(end.saturating_sub(from)));
            from = (from + length).min(end);
        }
        part(from, end.saturating_sub(from));
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture's record in the clear, and the lengths of the pieces that are each encrypted with the key begun anew.
    fn picture(instance: u16, kind: u16, pieces: &[usize]) -> (Vec<u8>, Vec<usize>) {
        let size: usize = pieces.iter().sum();
        let head = [(instance << 4).to_le_bytes(), kind.to_le_bytes()].concat();
        let body = (0..=255).cycle().take(size);
        let record = head.into_iter().chain((size as u32).to_le_bytes()).chain(body).collect();
        (record, [&[8], pieces].concat())
    }

    #[test]
    fn pictures_come_out_piece_by_piece() {
        let cipher = Rekeyed::CryptoApi { base: vec![7; 20], key_bytes: 16 };
        let pictures = [
            // JPEG and PNG: an identifier, a mark, the content; with a second identifier where the instance is odd.
            picture(0x46a, 0xf01d, &[16, 1, 3000]),
            picture(0x6e1, 0xf01e, &[16, 16, 1, 700]),
            // Metafiles have a head instead of the mark.
            picture(0x3d4, 0xf01a, &[16, 34, 5]),
            picture(0x217, 0xf01b, &[16, 16, 34, 0]),
        ];
        let clear: Vec<u8> = pictures.iter().flat_map(|(record, _)| record.clone()).collect();
        let mut stream = clear.clone();
        let mut at = 0;
        for length in pictures.iter().flat_map(|(_, pieces)| pieces) {
            cipher.block(0, &mut stream[at..at + length]);
            at += length;
        }
        assert!(at == stream.len() && stream != clear);
        let encrypted = stream.clone();
        decrypt_pictures(&mut stream, &cipher);
        assert!(stream == clear);
        for end in 0..encrypted.len().min(300) {
            decrypt_pictures(&mut encrypted[..end].to_vec(), &cipher);
        }
    }
}
