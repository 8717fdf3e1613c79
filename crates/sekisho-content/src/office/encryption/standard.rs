//! Standard encryption: an encrypted package and a password → the package ([MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9).

use super::block::Aes;
use super::hash::Hash;
use super::{Attempt, Closed, Found, wide};
use crate::number::{place, slice, u32_le};

/// Rounds of hashing, fixed by the format.
const SPINS: u32 = 50_000;

/// Opens the package; `info` is the whole stream of that name.
pub(super) fn unlock(info: &[u8], package: &[u8], attempt: &mut Attempt<'_>) -> Result<Found, Closed> {
    const SHA1: u32 = 0x8004;
    let header = info.get(12..).ok_or(Closed::Damaged)?;
    let size = place(info, 8).ok_or(Closed::Damaged)?;
    let number = |at: usize| u32_le(header, at).ok_or(Closed::Damaged);
    let key_bytes = match number(8)? {
        0x660e => 16,
        0x660f => 24,
        0x6610 => 32,
        0 => number(16)? as usize / 8,
        _ => return Err(Closed::Unknown),
    };
    if !matches!(number(12)?, 0 | SHA1) || !matches!(key_bytes, 16 | 24 | 32) {
        return Err(Closed::Unknown);
    }
    let behind = header.get(size..).filter(|behind| behind.len() >= 72).ok_or(Closed::Damaged)?;
    let (salt, verifier, stated) = (slice(behind, 4, 16), slice(behind, 20, 16), slice(behind, 40, 32));
    let (aes, number) = attempt.each(u64::from(SPINS) + 4, |password| {
        let aes = Aes::new(&key(salt, password, key_bytes))?;
        let hash = Hash::Sha1.of(&[&aes.apart(verifier)]);
        aes.apart(stated).starts_with(hash.bytes()).then_some(aes)
    })?;
    attempt.pays_bytes(package.len())?;
    let size = place(package, 0).ok_or(Closed::Damaged)?;
    let mut clear = aes.apart(package.get(8..).unwrap_or_default());
    clear.truncate(size);
    Ok((clear, number))
}

fn key(salt: &[u8], password: &str, key_bytes: usize) -> Vec<u8> {
    let spun = Hash::Sha1.spun(salt, &wide(password), SPINS);
    let last = Hash::Sha1.of(&[spun.bytes(), &[0; 4]]);
    let half = |pad: u8| {
        let mixed: Vec<u8> = last.sized(64, 0).iter().map(|byte| byte ^ pad).collect();
        Hash::Sha1.of(&[&mixed]).bytes().to_vec()
    };
    let mut key = [half(0x36), half(0x5c)].concat();
    key.truncate(key_bytes);
    key
}

#[cfg(test)]
mod tests {
    use aes::cipher::{BlockCipherEncrypt, KeyInit};

    use super::*;
    use crate::open::{Budget, Keys};

    const SALT: &[u8; 16] = b"\xe8\x82fI\x0c[\xd1\xee\xbd+C\x94\xe3\xf80\xef";

    fn encrypted(key: &[u8], clear: &[u8]) -> Vec<u8> {
        let aes = aes::Aes128::new_from_slice(key).unwrap();
        let mut clear = clear.to_vec();
        clear.resize(clear.len().next_multiple_of(16), 0);
        let block = |block: &[u8; 16]| {
            let mut block = (*block).into();
            aes.encrypt_block(&mut block);
            <[u8; 16]>::from(block)
        };
        clear.as_chunks::<16>().0.iter().flat_map(block).collect()
    }

    #[test]
    fn a_package_opens_under_its_password_alone() {
        let key = key(SALT, "Password1234_", 16);
        assert_eq!(key[..6], *b"@\xb1:q\xf9\x0b");
        let numbers = |numbers: &[u32]| numbers.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
        let verifier = [7; 16];
        let info = [
            numbers(&[0x0002_0004, 0x24, 34, 0x24, 0, 0x660e, 0x8004, 128, 0x18, 0, 0]),
            vec![0; 2],
            numbers(&[16]),
            SALT.to_vec(),
            encrypted(&key, &verifier),
            numbers(&[20]),
            encrypted(&key, Hash::Sha1.of(&[&verifier]).bytes()),
        ]
        .concat();
        let text = b"PK, and what follows it in a package";
        let package = [(text.len() as u64).to_le_bytes().to_vec(), encrypted(&key, text)].concat();
        let unlock = |passwords: &[&str], budget: &mut Budget| {
            let keys = Keys::new(passwords.iter().map(|password| (*password).to_owned()));
            let mut attempt = Attempt { keys: &keys, budget, defaults: &[], damaged: None };
            super::unlock(&info, &package, &mut attempt)
        };
        let mut budget = Budget::default();
        let found = unlock(&["wrong", "Password1234_"], &mut budget);
        assert_eq!(found, Ok((text.to_vec(), Some(1))));
        assert_eq!(unlock(&["wrong"], &mut budget), Err(Closed::NoKey));
        budget.derivation_left = 49_999;
        assert_eq!(unlock(&["Password1234_"], &mut budget), Err(Closed::Derivation));
    }
}
