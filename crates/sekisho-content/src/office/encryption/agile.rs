//! Agile encryption: an encrypted package and a password → the package ([MS-OFFCRYPTO] 2.3.4.11 to 2.3.4.15).

use super::block::{Aes, BLOCK_BYTES};
use super::descriptor::{Cipher, Descriptor, PasswordKey};
use super::{Attempt, Closed, Found, wide};
use crate::number::{place, slice};

/// What is mixed into a hash so that each key serves one end.
const VERIFIER: [u8; 8] = [0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79];
const VERIFIER_HASH: [u8; 8] = [0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e];
const KEY: [u8; 8] = [0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6];
const INTEGRITY_KEY: [u8; 8] = [0x5f, 0xb2, 0xad, 0x01, 0x0c, 0xb9, 0xe1, 0xf6];
const INTEGRITY_VALUE: [u8; 8] = [0xa0, 0x67, 0x7f, 0x02, 0xb2, 0x2c, 0x84, 0x33];

/// Opens the package under the first password that the descriptor's verifier knows.
pub(super) fn unlock(xml: &[u8], package: &[u8], attempt: &mut Attempt<'_>) -> Result<Found, Closed> {
    let descriptor = Descriptor::parse(xml)?;
    // Only a certificate opens a document without a password's key.
    let mut closed = Closed::NoKey;
    for under in &descriptor.keys {
        // Each password costs its rounds and four hashes more.
        let rounds = u64::from(under.spins) + 4;
        match attempt.each(rounds, |password| key(under, password)) {
            Ok((key, number)) => {
                let aes = Aes::new(slice(&key, 0, descriptor.data.key_bytes)).ok_or(Closed::Damaged)?;
                attempt.pays_bytes(package.len())?;
                if is_changed(&descriptor, &aes, package) {
                    attempt.damaged = Some("integrity");
                }
                return Ok((clear(&descriptor.data, &aes, package)?, number));
            }
            Err(reason) => closed = reason,
        }
    }
    Err(closed)
}

/// The package's key, where the password is right.
fn key(under: &PasswordKey, password: &str) -> Option<Vec<u8>> {
    let cipher = &under.cipher;
    let spun = cipher.hash.spun(&cipher.salt, &wide(password), under.spins);
    let opened = |purpose: [u8; 8], encrypted: &[u8]| {
        let key = cipher.hash.of(&[spun.bytes(), &purpose]).sized(cipher.key_bytes, 0x36);
        Some(Aes::new(&key)?.chained(&cipher.salt, encrypted))
    };
    let verifier = opened(VERIFIER, &under.verifier)?;
    // Filled up to whole blocks; its size is that of the salt.
    let hash = cipher.hash.of(&[slice(&verifier, 0, cipher.salt.len())]);
    let stated = opened(VERIFIER_HASH, &under.verifier_hash)?;
    let agrees = stated.len() >= hash.bytes().len() && stated.starts_with(hash.bytes());
    if agrees { opened(KEY, &under.key) } else { None }
}

/// Whether the keyed hash over the package is there and disagrees.
fn is_changed(descriptor: &Descriptor, aes: &Aes, package: &[u8]) -> bool {
    let Some((key, value)) = &descriptor.integrity else { return false };
    let cipher = &descriptor.data;
    let opened = |purpose: [u8; 8], encrypted: &[u8]| {
        let start = cipher.hash.of(&[&cipher.salt, &purpose]).sized(BLOCK_BYTES, 0x36);
        let opened = aes.chained(&start, encrypted);
        slice(&opened, 0, cipher.hash_bytes).to_vec()
    };
    let stated = opened(INTEGRITY_VALUE, value);
    cipher.hash.keyed(&opened(INTEGRITY_KEY, key), package).bytes() != stated
}

/// The package: its size, then segments each chained from a start of its own.
fn clear(cipher: &Cipher, aes: &Aes, package: &[u8]) -> Result<Vec<u8>, Closed> {
    const SEGMENT_BYTES: usize = 4096;
    let size = place(package, 0).ok_or(Closed::Damaged)?;
    let mut clear = Vec::new();
    for (number, segment) in (0_u32..).zip(package.get(8..).unwrap_or_default().chunks(SEGMENT_BYTES)) {
        let start = cipher.hash.of(&[&cipher.salt, &number.to_le_bytes()]).sized(BLOCK_BYTES, 0x36);
        clear.extend(aes.chained(&start, segment));
    }
    clear.truncate(size);
    Ok(clear)
}
