//! The ciphers and the hash of PDF encryption: RC4 (RFC 6229 has its test values), AES in CBC mode (FIPS 197,
//! SP 800-38A), MD5 (RFC 1321).

use aes::cipher::{Block, BlockCipherDecrypt, BlockCipherEncrypt, BlockSizeUser, KeyInit};
use aes::{Aes128, Aes256};
use md5::Digest;

/// MD5 of the bytes.
pub(super) fn md5(bytes: &[u8]) -> [u8; 16] {
    md5::Md5::digest(bytes).into()
}

/// RC4: the same both ways.
pub(super) fn rc4(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    if key.is_empty() {
        return bytes.to_vec();
    }
    let mut state: [u8; 256] = std::array::from_fn(|at| at as u8);
    let at = |state: &[u8; 256], index: u8| state.get(usize::from(index)).copied().unwrap_or(0);
    let mut j = 0_u8;
    for (i, byte) in (0..=255_u8).zip(key.iter().cycle()) {
        j = j.wrapping_add(at(&state, i)).wrapping_add(*byte);
        state.swap(usize::from(i), usize::from(j));
    }
    let (mut i, mut j) = (0_u8, 0_u8);
    bytes
        .iter()
        .map(|byte| {
            i = i.wrapping_add(1);
            j = j.wrapping_add(at(&state, i));
            state.swap(usize::from(i), usize::from(j));
            byte ^ at(&state, at(&state, i).wrapping_add(at(&state, j)))
        })
        .collect()
}

/// AES-CBC with the first block as initial vector and padding at the end (PKCS #7), which is taken off where it is one.
pub(super) fn aes_decrypted(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let Some((iv, bytes)) = bytes.split_at_checked(16) else { return Vec::new() };
    let mut plain = aes_blocks_decrypted(key, iv, bytes);
    if let Some(padding) = plain.last().copied().map(usize::from).filter(|padding| (1..=16).contains(padding))
    {
        plain.truncate(plain.len().saturating_sub(padding));
    }
    plain
}

/// AES-CBC of whole blocks; a key of neither 16 nor 32 bytes opens nothing.
pub(super) fn aes_blocks_decrypted(key: &[u8], iv: &[u8], bytes: &[u8]) -> Vec<u8> {
    match (Aes128::new_from_slice(key), Aes256::new_from_slice(key)) {
        (Ok(cipher), _) => cbc_decrypted(&cipher, iv, bytes),
        (_, Ok(cipher)) => cbc_decrypted(&cipher, iv, bytes),
        _ => Vec::new(),
    }
}

/// AES-128-CBC of whole blocks.
pub(super) fn aes_blocks_encrypted(key: &[u8], iv: &[u8], bytes: &[u8]) -> Vec<u8> {
    let Ok(cipher) = Aes128::new_from_slice(key) else { return Vec::new() };
    let mut out = Vec::with_capacity(bytes.len());
    let mut before = iv.to_vec();
    for plain in bytes.chunks_exact(16) {
        let mut block = Block::<Aes128>::default();
        for ((byte, plain), before) in block.iter_mut().zip(plain).zip(&before) {
            *byte = plain ^ before;
        }
        cipher.encrypt_block(&mut block);
        out.extend_from_slice(&block);
        before = block.to_vec();
    }
    out
}

fn cbc_decrypted<C: BlockCipherDecrypt + BlockSizeUser>(cipher: &C, iv: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut before = iv;
    for packed in bytes.chunks_exact(16) {
        let mut block = Block::<C>::default();
        for (byte, packed) in block.iter_mut().zip(packed) {
            *byte = *packed;
        }
        cipher.decrypt_block(&mut block);
        out.extend(block.iter().zip(before).map(|(byte, before)| byte ^ before));
        before = packed;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(rc4(b"Key", b"Plaintext"), [0xbb, 0xf3, 0x16, 0xe8, 0xd9, 0x40, 0xaf, 0x0a, 0xd3]);
        let key = [7; 16];
        let packed = aes_blocks_encrypted(&key, &[1; 16], b"0123456789abcdef0123456789abcdef");
        assert_eq!(aes_blocks_decrypted(&key, &[1; 16], &packed), b"0123456789abcdef0123456789abcdef");
        assert_eq!(aes_decrypted(&[0; 5], &[0; 64]), b"");
    }
}
