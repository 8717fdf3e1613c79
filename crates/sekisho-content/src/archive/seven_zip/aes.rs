//! Password → key of a 7z archive, and the stream that it decrypts: AES-256 in CBC mode, the key from 2^N rounds of
//! SHA-256 over salt, password in UTF-16 and a counter (`7zFormat.txt`; coder 06 F1 07 01).

use std::io::Read;

use aes::Aes256;
use aes::cipher::{Block, BlockCipherDecrypt, KeyInit};
use sha2::{Digest, Sha256};

use crate::{Budget, Cost};

/// What the properties of the coder say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Properties {
    /// The power of two of the rounds; the sender chooses it.
    power: u8,
    salt: Vec<u8>,
    pub(super) iv: [u8; 16],
}

/// No rounds: the key is salt and password themselves.
const POWER_NONE: u8 = 0x3f;

/// 7-Zip itself opens nothing above.
const POWER_MAX: u8 = 24;

impl Properties {
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let (first, rest) = bytes.split_first()?;
        let power = first & 0x3f;
        let (salt_bytes, iv_bytes, rest) = match rest.split_first() {
            Some((second, rest)) if first & 0xc0 != 0 => (
                usize::from((first >> 7) + (second >> 4)),
                usize::from((first >> 6 & 1) + (second & 0x0f)),
                rest,
            ),
            _ => (0, 0, rest),
        };
        let (salt, rest) = rest.split_at_checked(salt_bytes)?;
        let mut iv = [0; 16];
        iv.get_mut(..iv_bytes)?.copy_from_slice(rest.get(..iv_bytes)?);
        Some(Self { power, salt: salt.to_vec(), iv })
    }

    /// Whether another password can't be needed: the key depends on nothing but the password and these.
    pub(super) fn derives_like(&self, other: &Self) -> bool {
        self.power == other.power && self.salt == other.salt
    }

    /// The key for a password, paid before it is derived; `None` where it can't be paid for.
    pub(super) fn key(&self, password: &str, budget: &mut Budget) -> Option<[u8; 32]> {
        let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut key = [0; 32];
        if self.power == POWER_NONE {
            let plain = self.salt.iter().chain(&password);
            key.iter_mut().zip(plain).for_each(|(byte, given)| *byte = *given);
            return Some(key);
        }
        if self.power > POWER_MAX {
            return None;
        }
        let rounds = 1_u64 << self.power;
        let mut round = [self.salt.as_slice(), &password, &[0; 8]].concat();
        let counter_at = round.len() - 8;
        budget.pay(Cost::Derivation((rounds * round.len() as u64).div_ceil(64))).ok()?;
        let mut hash = Sha256::new();
        for counter in 0..rounds {
            if let Some(place) = round.get_mut(counter_at..) {
                place.copy_from_slice(&counter.to_le_bytes());
            }
            hash.update(&round);
        }
        key.copy_from_slice(&hash.finalize());
        Some(key)
    }
}

/// A stream decrypted block by block; an incomplete block at its end is left away.
pub(super) struct AesReader<R> {
    from: R,
    cipher: Aes256,
    before: [u8; 16],
    ready: Vec<u8>,
    given: usize,
}

/// Bytes decrypted at a time.
const STEP_BYTES: usize = 16 * 256;

impl<R: Read> AesReader<R> {
    pub(super) fn new(from: R, key: &[u8; 32], iv: [u8; 16]) -> Self {
        Self { from, cipher: Aes256::new(key.into()), before: iv, ready: Vec::new(), given: 0 }
    }

    fn fill(&mut self) -> std::io::Result<()> {
        self.ready.clear();
        self.given = 0;
        (&mut self.from).take(STEP_BYTES as u64).read_to_end(&mut self.ready)?;
        self.ready.truncate(self.ready.len() / 16 * 16);
        let (blocks, _) = self.ready.as_chunks_mut::<16>();
        for block in blocks {
            let encrypted = *block;
            let mut plain = Block::<Aes256>::from(encrypted);
            self.cipher.decrypt_block(&mut plain);
            for ((byte, plain), before) in block.iter_mut().zip(plain).zip(self.before) {
                *byte = plain ^ before;
            }
            self.before = encrypted;
        }
        Ok(())
    }
}

impl<R: Read> Read for AesReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.given == self.ready.len() {
            self.fill()?;
        }
        let mut rest = self.ready.get(self.given..).unwrap_or_default();
        let count = rest.read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_name_salt_and_vector() {
        let properties = Properties::parse(&[0x53, 0x07, 1, 2, 3, 4, 5, 6, 7, 8]).unwrap();
        assert_eq!((properties.power, properties.salt.len()), (19, 0));
        assert_eq!(properties.iv, [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(Properties::parse(&[0x53, 0x07, 1]), None);
        assert_eq!(Properties::parse(&[0xd3, 0xff]), None);
    }

    #[test]
    fn rounds_are_paid_before_they_are_done() {
        let properties = Properties::parse(&[24]).unwrap();
        let mut budget = Budget { derivation_left: 1000, ..Budget::default() };
        assert_eq!(properties.key("password", &mut budget), None);
        assert_eq!(budget.derivation_left, 1000);
        let mut budget = Budget::default();
        assert_eq!(Properties::parse(&[62]).unwrap().key("password", &mut budget), None);
        assert!(Properties::parse(&[4]).unwrap().key("password", &mut budget).is_some());
    }
}
