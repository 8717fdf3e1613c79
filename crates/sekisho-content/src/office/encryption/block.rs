//! AES over whole blocks: cipher block chaining and electronic code book (NIST SP 800-38A 6.1, 6.2).

use aes::cipher::{BlockCipherDecrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256};

/// The size of a block.
pub(super) const BLOCK_BYTES: usize = 16;

/// AES under a key of 128, 192 or 256 bits.
pub(super) enum Aes {
    Short(Box<Aes128>),
    Middle(Box<Aes192>),
    Long(Box<Aes256>),
}

impl Aes {
    /// `None` where the key has another length.
    pub(super) fn new(key: &[u8]) -> Option<Aes> {
        match key.len() {
            16 => Aes128::new_from_slice(key).ok().map(|aes| Aes::Short(Box::new(aes))),
            24 => Aes192::new_from_slice(key).ok().map(|aes| Aes::Middle(Box::new(aes))),
            32 => Aes256::new_from_slice(key).ok().map(|aes| Aes::Long(Box::new(aes))),
            _ => None,
        }
    }

    /// Decrypts chained blocks; an end shorter than a block is dropped.
    pub(super) fn chained(&self, start: &[u8], encrypted: &[u8]) -> Vec<u8> {
        let mut before: [u8; BLOCK_BYTES] = [0; BLOCK_BYTES];
        before.iter_mut().zip(start).for_each(|(to, from)| *to = *from);
        let mut clear = Vec::with_capacity(encrypted.len());
        for block in encrypted.as_chunks::<BLOCK_BYTES>().0 {
            let opened = self.block(*block);
            clear.extend(opened.iter().zip(before).map(|(byte, mask)| byte ^ mask));
            before = *block;
        }
        clear
    }

    /// Decrypts blocks each by itself; an end shorter than a block is dropped.
    pub(super) fn apart(&self, encrypted: &[u8]) -> Vec<u8> {
        encrypted.as_chunks::<BLOCK_BYTES>().0.iter().flat_map(|block| self.block(*block)).collect()
    }

    fn block(&self, block: [u8; BLOCK_BYTES]) -> [u8; BLOCK_BYTES] {
        let mut block = block.into();
        match self {
            Aes::Short(aes) => aes.decrypt_block(&mut block),
            Aes::Middle(aes) => aes.decrypt_block(&mut block),
            Aes::Long(aes) => aes.decrypt_block(&mut block),
        }
        block.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_of_fips_197() {
        let key: Vec<u8> = (0..16).collect();
        let encrypted =
            [0x69, 0xc4, 0xe0, 0xd8, 0x6a, 0x7b, 0x04, 0x30, 0xd8, 0xcd, 0xb7, 0x80, 0x70, 0xb4, 0xc5, 0x5a];
        let clear: Vec<u8> = (0..16).map(|digit| digit * 0x11).collect();
        assert_eq!(Aes::new(&key).unwrap().apart(&encrypted), clear);
        assert_eq!(Aes::new(&key).unwrap().chained(&[0; 16], &encrypted), clear);
        assert!(Aes::new(&[0; 5]).is_none());
    }
}
