//! The hashes that Office names, and the keyed hash over a package (RFC 2104).

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

/// The largest of their results.
const BYTES_MAX: usize = 64;

/// A result.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hashed {
    bytes: [u8; BYTES_MAX],
    length: usize,
}

impl Hash {
    /// By the name in an encryption descriptor ([MS-OFFCRYPTO] 2.3.4.10).
    pub(super) fn by_name(name: &str) -> Option<Hash> {
        match name.to_ascii_uppercase().replace('-', "").as_str() {
            "MD5" => Some(Hash::Md5),
            "SHA1" => Some(Hash::Sha1),
            "SHA256" => Some(Hash::Sha256),
            "SHA384" => Some(Hash::Sha384),
            "SHA512" => Some(Hash::Sha512),
            _ => None,
        }
    }

    /// The hash of all parts in a row.
    pub(super) fn of(self, parts: &[&[u8]]) -> Hashed {
        match self {
            Hash::Md5 => hashed::<Md5>(parts),
            Hash::Sha1 => hashed::<Sha1>(parts),
            Hash::Sha256 => hashed::<Sha256>(parts),
            Hash::Sha384 => hashed::<Sha384>(parts),
            Hash::Sha512 => hashed::<Sha512>(parts),
        }
    }

    /// The keyed hash of `text`.
    pub(super) fn keyed(self, key: &[u8], text: &[u8]) -> Hashed {
        let block_bytes = match self {
            Hash::Md5 | Hash::Sha1 | Hash::Sha256 => 64,
            Hash::Sha384 | Hash::Sha512 => 128,
        };
        let mut block = if key.len() > block_bytes { self.of(&[key]).bytes().to_vec() } else { key.to_vec() };
        block.resize(block_bytes, 0);
        let padded = |pad: u8| -> Vec<u8> { block.iter().map(|byte| byte ^ pad).collect() };
        let inner = self.of(&[&padded(0x36), text]);
        self.of(&[&padded(0x5c), inner.bytes()])
    }

    /// `rounds` times the hash of the round's number and the hash before, from the hash of salt and password.
    pub(super) fn spun(self, salt: &[u8], password: &[u8], rounds: u32) -> Hashed {
        let first = self.of(&[salt, password]);
        (0..rounds).fold(first, |hash, round| self.of(&[&round.to_le_bytes(), hash.bytes()]))
    }
}

impl Hashed {
    /// Its bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or(&self.bytes)
    }

    /// The first `length` bytes; what is missing is `filling`.
    pub(super) fn sized(&self, length: usize, filling: u8) -> Vec<u8> {
        let mut bytes = self.bytes().to_vec();
        bytes.resize(length, filling);
        bytes
    }
}

fn hashed<D: Digest>(parts: &[&[u8]]) -> Hashed {
    let mut digest = D::new();
    for part in parts {
        digest.update(part);
    }
    let mut bytes = [0; BYTES_MAX];
    let mut length = 0;
    for (to, from) in bytes.iter_mut().zip(digest.finalize().iter()) {
        *to = *from;
        length += 1;
    }
    Hashed { bytes, length }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keyed_as_in_rfc_2202_and_4231() {
        let start = |hashed: Hashed| hashed.bytes()[..4].to_vec();
        let text = b"what do ya want for nothing?";
        assert_eq!(start(Hash::Md5.keyed(b"Jefe", text)), [0x75, 0x0c, 0x78, 0x3e]);
        assert_eq!(start(Hash::Sha1.keyed(b"Jefe", text)), [0xef, 0xfc, 0xdf, 0x6a]);
        assert_eq!(start(Hash::Sha512.keyed(b"Jefe", text)), [0x16, 0x4b, 0x7a, 0x7b]);
        assert_eq!(
            start(
                Hash::Sha256.keyed(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First")
            ),
            [0x60, 0xe4, 0x31, 0x59]
        );
    }
}
