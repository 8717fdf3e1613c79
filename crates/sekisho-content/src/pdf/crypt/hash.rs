//! A password → the key of a PDF, where it is the right one (ISO 32000-1, algorithms 2 and 4 to 7; ISO 32000-2,
//! algorithms 2.A and 2.B).

use sha2::{Digest, Sha256, Sha384, Sha512};

use super::primitives::{aes_blocks_decrypted, aes_blocks_encrypted, md5, rc4};
use crate::number::slice;
use crate::pdf::file::Document;
use crate::pdf::object::{Dictionary, Object};

/// What the file says of its passwords.
pub(super) struct Handler {
    revision: u32,
    key_bytes: usize,
    owner: Vec<u8>,
    user: Vec<u8>,
    owner_key: Vec<u8>,
    user_key: Vec<u8>,
    permissions: i64,
    id: Vec<u8>,
    is_metadata_plain: bool,
}

/// What fills a password up to 32 bytes (algorithm 2, step a).
const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e,
    0x2e, 0x00, 0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];

impl Handler {
    /// Reads the encryption dictionary; `None` for a revision that is not known.
    pub(super) fn of(document: &Document<'_>, dictionary: &Dictionary) -> Option<Self> {
        let value = |name: &str| dictionary.get(name).map(|value| document.resolved(value));
        let number = |name: &str| value(name).and_then(|value| value.number());
        let text =
            |name: &str| value(name).and_then(|value| Some(value.text()?.to_vec())).unwrap_or_default();
        let (revision, version) = (number("R")? as u32, number("V").unwrap_or(0.0) as u32);
        let key_bytes = match version {
            1 => 5,
            2 => (number("Length").unwrap_or(40.0) as usize / 8).clamp(5, 16),
            4 => 16,
            5 | 6 => 32,
            _ => return None,
        };
        let ids = document.trailers.iter().rev().filter_map(|trailer| trailer.get("ID"));
        let id = ids
            .filter_map(|id| {
                let id = document.resolved(id);
                let first = id.array()?.first().map(|first| document.resolved(first))?;
                Some(first.text()?.to_vec())
            })
            .next();
        (2..=6).contains(&revision).then(|| Self {
            revision,
            key_bytes,
            owner: text("O"),
            user: text("U"),
            owner_key: text("OE"),
            user_key: text("UE"),
            permissions: number("P").unwrap_or(0.0) as i64,
            id: id.unwrap_or_default(),
            is_metadata_plain: value("EncryptMetadata") == Some(Object::Bool(false)),
        })
    }

    /// The bytes that a password may have been typed as.
    pub(super) fn spellings(&self, password: &str) -> Vec<Vec<u8>> {
        let utf8 = slice(password.as_bytes(), 0, 127).to_vec();
        if self.revision >= 5 || password.is_ascii() {
            return vec![utf8];
        }
        // Older files know only bytes: those of the writer's code page.
        let latin: Option<Vec<u8>> = password.chars().map(|letter| u8::try_from(letter).ok()).collect();
        let (japanese, _, is_lossy) = encoding_rs::SHIFT_JIS.encode(password);
        let japanese = (!is_lossy).then(|| japanese.into_owned());
        latin.into_iter().chain(japanese).chain([utf8]).collect()
    }

    /// Units of derivation that trying one password costs: hashes, and AES where it is part of them.
    pub(super) fn rounds(&self) -> u64 {
        match self.revision {
            2 => 4,
            3 | 4 => 160,
            5 => 4,
            // Two passwords (as user, as owner) of some 70 rounds, each over some 10 KiB.
            _ => 2 * 70 * 160,
        }
    }

    /// The file's key, where the password is the user's or the owner's.
    pub(super) fn key(&self, password: &[u8]) -> Option<Vec<u8>> {
        if self.revision >= 5 {
            return self.key_of_256_bits(password);
        }
        self.key_of_user(password).or_else(|| self.key_of_user(&self.user_password(password)))
    }

    fn key_of_user(&self, password: &[u8]) -> Option<Vec<u8>> {
        let permissions = (self.permissions as u32).to_le_bytes();
        let mut input = padded(password);
        input.extend_from_slice(slice(&self.owner, 0, 32));
        input.extend_from_slice(&permissions);
        input.extend_from_slice(&self.id);
        if self.revision >= 4 && self.is_metadata_plain {
            input.extend_from_slice(&[0xff; 4]);
        }
        let key = self.stretched(md5(&input));
        let is_right = if self.revision == 2 {
            rc4(&key, &PADDING) == slice(&self.user, 0, 32)
        } else {
            let hash = md5(&[&PADDING[..], &self.id].concat());
            let packed = (0..20).fold(hash.to_vec(), |text, round| rc4(&mixed(&key, round), &text));
            self.user.len() >= 16 && packed == slice(&self.user, 0, 16)
        };
        is_right.then_some(key)
    }

    /// The user's password, which the owner's opens (algorithm 7).
    fn user_password(&self, owner: &[u8]) -> Vec<u8> {
        let key = self.stretched(md5(&padded(owner)));
        let packed = slice(&self.owner, 0, 32).to_vec();
        let rounds = if self.revision == 2 { 1 } else { 20 };
        (0..rounds).rev().fold(packed, |text, round| rc4(&mixed(&key, round), &text))
    }

    fn stretched(&self, hash: [u8; 16]) -> Vec<u8> {
        let rounds = if self.revision >= 3 { 50 } else { 0 };
        let hash = (0..rounds).fold(hash, |hash, _| md5(slice(&hash, 0, self.key_bytes)));
        slice(&hash, 0, self.key_bytes).to_vec()
    }

    fn key_of_256_bits(&self, password: &[u8]) -> Option<Vec<u8>> {
        let user = slice(&self.user, 0, 48);
        let checked = |stored: &[u8], salted_with: &[u8]| {
            stored.len() >= 48
                && self.hash(password, slice(stored, 32, 8), salted_with) == slice(stored, 0, 32)
        };
        let opened = |stored: &[u8], salted_with: &[u8], packed: &[u8]| {
            let key = self.hash(password, slice(stored, 40, 8), salted_with);
            aes_blocks_decrypted(&key, &[0; 16], slice(packed, 0, 32))
        };
        let key = if checked(&self.user, b"") {
            opened(&self.user, b"", &self.user_key)
        } else if checked(&self.owner, user) {
            opened(&self.owner, user, &self.owner_key)
        } else {
            return None;
        };
        (key.len() == 32).then_some(key)
    }

    /// The hash of a password (algorithm 2.B; revision 5 stops after its first step).
    fn hash(&self, password: &[u8], salt: &[u8], user: &[u8]) -> Vec<u8> {
        let mut hash = Sha256::digest([password, salt, user].concat()).to_vec();
        if self.revision == 5 {
            return hash;
        }
        for round in 0..ROUNDS_MAX {
            let once = [password, &hash, user].concat();
            let packed = aes_blocks_encrypted(slice(&hash, 0, 16), slice(&hash, 16, 16), &once.repeat(64));
            let sum: u32 = slice(&packed, 0, 16).iter().map(|byte| u32::from(*byte)).sum();
            hash = match sum % 3 {
                0 => Sha256::digest(&packed).to_vec(),
                1 => Sha384::digest(&packed).to_vec(),
                _ => Sha512::digest(&packed).to_vec(),
            };
            let last = packed.last().map_or(0, |byte| u32::from(*byte));
            if round >= 63 && last <= (round + 1).saturating_sub(32) {
                break;
            }
        }
        hash.truncate(32);
        hash
    }
}

/// The last byte of a round is at most 255, so that the hash ends by itself before this.
const ROUNDS_MAX: u32 = 300;

fn padded(password: &[u8]) -> Vec<u8> {
    let mut padded = slice(password, 0, 32).to_vec();
    padded.extend_from_slice(slice(&PADDING, 0, 32_usize.saturating_sub(padded.len())));
    padded
}

fn mixed(key: &[u8], round: u8) -> Vec<u8> {
    key.iter().map(|byte| byte ^ round).collect()
}
