//! RC4 and its two keyings: by MD5 ([MS-OFFCRYPTO] 2.3.6) and through CryptoAPI (2.3.5), each with a fresh key a block.

use super::hash::Hash;
use super::{Attempt, Closed, wide};
use crate::number::{slice, u16_le, u32_le};

/// A stream cipher whose key changes with the number of the block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rekeyed {
    /// 40 bits of MD5.
    Short { base: Vec<u8> },
    /// SHA-1, with this many bytes of key.
    CryptoApi { base: Vec<u8>, key_bytes: usize },
}

/// What says which method it is, and whether a password fits.
pub(super) enum Verifier<'a> {
    Short { salt: &'a [u8], verifier: &'a [u8] },
    CryptoApi { salt: &'a [u8], verifier: &'a [u8], key_bytes: usize },
}

impl<'a> Verifier<'a> {
    /// An encryption header that begins with its version: 1.1 is RC4, 2.2 to 4.2 is CryptoAPI.
    pub(super) fn parse(header: &'a [u8]) -> Result<Verifier<'a>, Closed> {
        let version = u16_le(header, 0).zip(u16_le(header, 2)).ok_or(Closed::Damaged)?;
        match version {
            (1, 1) if header.len() >= 52 => {
                Ok(Verifier::Short { salt: slice(header, 4, 16), verifier: slice(header, 20, 32) })
            }
            (2..=4, 2) => Verifier::crypto_api(header).ok_or(Closed::Damaged)?,
            (1, 1) => Err(Closed::Damaged),
            _ => Err(Closed::Unknown),
        }
    }

    fn crypto_api(header: &'a [u8]) -> Option<Result<Verifier<'a>, Closed>> {
        const RC4: u32 = 0x6801;
        const SHA1: u32 = 0x8004;
        let fields = header.get(12..)?;
        let size = usize::try_from(u32_le(header, 8)?).ok()?;
        let (algorithm, hash) = (u32_le(fields, 8)?, u32_le(fields, 12)?);
        if !matches!(algorithm, 0 | RC4) || !matches!(hash, 0 | SHA1) {
            return Some(Err(Closed::Unknown));
        }
        // No key size means 40 bits.
        let key_bits = usize::try_from(u32_le(fields, 16)?).ok()?;
        let key_bytes = if key_bits == 0 { 5 } else { key_bits / 8 };
        if !(5..=16).contains(&key_bytes) {
            return Some(Err(Closed::Damaged));
        }
        let behind = fields.get(size..).filter(|behind| behind.len() >= 60)?;
        // Between the verifier and its hash stands the size of the hash.
        let verifier = if u32_le(behind, 36) == Some(20) { slice(behind, 20, 40) } else { return None };
        Some(Ok(Verifier::CryptoApi { salt: slice(behind, 4, 16), verifier, key_bytes }))
    }

    /// The cipher under the first password that fits.
    pub(super) fn unlock(&self, attempt: &mut Attempt<'_>) -> Result<(Rekeyed, Option<usize>), Closed> {
        attempt.each(4, |password| Some(self.keyed(password)).filter(|cipher| self.agrees(cipher)))
    }

    fn keyed(&self, password: &str) -> Rekeyed {
        let password = wide(password);
        match self {
            Verifier::Short { salt, .. } => {
                let first = Hash::Md5.of(&[&password]).sized(5, 0);
                let mixed = [&*first, salt].concat().repeat(16);
                Rekeyed::Short { base: Hash::Md5.of(&[&mixed]).sized(5, 0) }
            }
            Verifier::CryptoApi { salt, key_bytes, .. } => {
                let base = Hash::Sha1.of(&[salt, &password]).bytes().to_vec();
                Rekeyed::CryptoApi { base, key_bytes: *key_bytes }
            }
        }
    }

    fn agrees(&self, cipher: &Rekeyed) -> bool {
        let (hash, encrypted) = match self {
            Verifier::Short { verifier, .. } => (Hash::Md5, verifier.to_vec()),
            // Without the size that stands between the two.
            Verifier::CryptoApi { verifier, .. } => {
                (Hash::Sha1, [slice(verifier, 0, 16), slice(verifier, 20, 20)].concat())
            }
        };
        let mut clear = encrypted;
        cipher.block(0, &mut clear);
        let (verifier, stated) = clear.split_at_checked(16).unwrap_or_default();
        stated == hash.of(&[verifier]).bytes()
    }
}

impl Rekeyed {
    /// Turns the bytes of one block, from its beginning, into the clear.
    pub(super) fn block(&self, number: u32, bytes: &mut [u8]) {
        let mut key = self.key(number);
        bytes.iter_mut().for_each(|byte| *byte ^= key.next());
    }

    /// The mask over `length` bytes of a stream whose key changes after every `block_bytes`.
    pub(super) fn mask(&self, length: usize, block_bytes: usize) -> Vec<u8> {
        let mut mask = vec![0; length];
        for (number, block) in (0_u32..).zip(mask.chunks_mut(block_bytes.max(1))) {
            self.block(number, block);
        }
        mask
    }

    fn key(&self, number: u32) -> Rc4 {
        let number = number.to_le_bytes();
        match self {
            Rekeyed::Short { base } => Rc4::new(Hash::Md5.of(&[base, &number]).bytes()),
            Rekeyed::CryptoApi { base, key_bytes } => {
                let mut key = Hash::Sha1.of(&[base, &number]).sized(*key_bytes, 0);
                // A key of 40 bits is filled up with zeros.
                if *key_bytes == 5 {
                    key.resize(16, 0);
                }
                Rc4::new(&key)
            }
        }
    }
}

/// The cipher itself: a permutation of all bytes that is stirred at every step.
struct Rc4 {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    fn new(key: &[u8]) -> Self {
        let mut rc4 = Rc4 { state: std::array::from_fn(|index| index as u8), i: 0, j: 0 };
        let mut j = 0_u8;
        for (i, byte) in (0..=255_u8).zip(key.iter().cycle()) {
            j = j.wrapping_add(rc4.at(i)).wrapping_add(*byte);
            rc4.state.swap(usize::from(i), usize::from(j));
        }
        rc4
    }

    fn next(&mut self) -> u8 {
        self.i = self.i.wrapping_add(1);
        self.j = self.j.wrapping_add(self.at(self.i));
        self.state.swap(usize::from(self.i), usize::from(self.j));
        self.at(self.at(self.i).wrapping_add(self.at(self.j)))
    }

    fn at(&self, index: u8) -> u8 {
        self.state.get(usize::from(index)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cipher_as_in_rfc_6229() {
        let mut rc4 = Rc4::new(&[1, 2, 3, 4, 5]);
        let stream: Vec<u8> = (0..8).map(|_| rc4.next()).collect();
        assert_eq!(stream, [0xb2, 0x39, 0x63, 0x05, 0xf0, 0x3d, 0xc0, 0x27]);
    }
}
