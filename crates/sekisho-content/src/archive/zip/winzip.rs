//! WinZip's AES encryption, AE-1 and AE-2: a password → the member's content, believed when the authentication code of
//! the encrypted bytes agrees (WinZip "AES Encryption Information", sections III and IV; RFC 8018 for PBKDF2).

use std::io::Read;

use aes::cipher::{BlockCipherEncrypt, KeyInit};
use hmac::{Hmac, Mac};
use sha1::Sha1;

use super::content::{Content, Passwords, Tried};
use crate::Unread;
use crate::open::{Budget, Cost};
use crate::zip::{Aes, Reading};

/// Tries every password: two bytes of what is derived check it, the code behind the content proves it.
pub(super) fn tried(
    reading: &Reading<'_, '_>,
    aes: Aes,
    passwords: &Passwords,
    budget: &mut Budget,
) -> Tried {
    let Some(strength) = Strength::of(aes.strength) else {
        return Tried::Failed(Content::absent(Unread::Unsupported));
    };
    let Some(parts) = Parts::of(reading.packed, &strength) else {
        return Tried::Failed(Content::absent(Unread::Locked));
    };
    for (place, password) in passwords.iter().enumerate() {
        let mut derivation = Derivation { password, salt: parts.salt, budget };
        let key = match derivation.key(&strength, parts.verifier) {
            Ok(Some(key)) => key,
            Ok(None) => continue,
            Err(_) => return Tried::Failed(Content::out_of_derivation()),
        };
        // The code is a SHA-1 over all bytes, 64 at a time.
        if budget.pay(Cost::Work(parts.encrypted.len() as u64 / 64)).is_err() {
            return Tried::Failed(Content::absent(Unread::TooLarge));
        }
        if !key.proves(parts.encrypted, parts.code) {
            continue;
        }
        // AE-2 keeps no CRC, since it would tell something of the content.
        let crc = (aes.version == 1).then_some(reading.header.crc);
        let stream = Decrypted {
            encrypted: parts.encrypted,
            key,
            counter: 0,
            block: [0; BLOCK_BYTES],
            used: BLOCK_BYTES,
        };
        return Tried::Opened(place, Content::of_stream(reading.header, stream, crc, budget));
    }
    Tried::Failed(Content::absent(Unread::Locked))
}

const BLOCK_BYTES: usize = 16;
const VERIFIER_BYTES: usize = 2;
const CODE_BYTES: usize = 10;
const ROUNDS: u64 = 1000;
const HASH_BYTES: usize = 20;

struct Strength {
    key_bytes: usize,
    salt_bytes: usize,
}

impl Strength {
    fn of(number: u8) -> Option<Self> {
        let (key_bytes, salt_bytes) = match number {
            1 => (16, 8),
            2 => (24, 12),
            3 => (32, 16),
            _ => return None,
        };
        Some(Self { key_bytes, salt_bytes })
    }
}

/// The packed bytes: salt, verifier, what is encrypted, authentication code.
struct Parts<'a> {
    salt: &'a [u8],
    verifier: &'a [u8],
    encrypted: &'a [u8],
    code: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(packed: &'a [u8], strength: &Strength) -> Option<Self> {
        let (salt, rest) = packed.split_at_checked(strength.salt_bytes)?;
        let (verifier, rest) = rest.split_at_checked(VERIFIER_BYTES)?;
        let (encrypted, code) = rest.split_at_checked(rest.len().checked_sub(CODE_BYTES)?)?;
        Some(Self { salt, verifier, encrypted, code })
    }
}

struct Derivation<'a> {
    password: &'a [u8],
    salt: &'a [u8],
    budget: &'a mut Budget,
}

impl Derivation<'_> {
    /// The key, where the verifier agrees. The verifier is the last that is derived and does not need the rest.
    fn key(&mut self, strength: &Strength, verifier: &[u8]) -> Result<Option<Key>, Cost> {
        let verifier_at = 2 * strength.key_bytes;
        let last_block = verifier_at / HASH_BYTES;
        let last = self.block(last_block)?;
        let place = verifier_at - last_block * HASH_BYTES;
        if last.get(place..place + VERIFIER_BYTES) != Some(verifier) {
            return Ok(None);
        }
        let mut derived = Vec::with_capacity((last_block + 1) * HASH_BYTES);
        for index in 0..last_block {
            derived.extend_from_slice(&self.block(index)?);
        }
        derived.extend_from_slice(&last);
        let halves = derived.get(..verifier_at).and_then(|keys| keys.split_at_checked(strength.key_bytes));
        Ok(halves.and_then(|(cipher, code)| Key::of(cipher, code)))
    }

    /// One block of PBKDF2 with HMAC-SHA1.
    fn block(&mut self, index: usize) -> Result<[u8; HASH_BYTES], Cost> {
        self.budget.pay(Cost::Derivation(ROUNDS))?;
        let Ok(keyed) = Hmac::<Sha1>::new_from_slice(self.password) else { return Ok([0; HASH_BYTES]) };
        let mut first = keyed.clone();
        first.update(self.salt);
        first.update(&(index as u32 + 1).to_be_bytes());
        let mut last: [u8; HASH_BYTES] = first.finalize().into_bytes().into();
        let mut block = last;
        for _ in 1..ROUNDS {
            let mut next = keyed.clone();
            next.update(&last);
            last = next.finalize().into_bytes().into();
            for (byte, other) in block.iter_mut().zip(last) {
                *byte ^= other;
            }
        }
        Ok(block)
    }
}

struct Key {
    cipher: Block,
    code: Hmac<Sha1>,
}

enum Block {
    Aes128(Box<aes::Aes128>),
    Aes192(Box<aes::Aes192>),
    Aes256(Box<aes::Aes256>),
}

impl Key {
    fn of(cipher: &[u8], code: &[u8]) -> Option<Self> {
        let cipher = match cipher.len() {
            16 => Block::Aes128(Box::new(aes::Aes128::new_from_slice(cipher).ok()?)),
            24 => Block::Aes192(Box::new(aes::Aes192::new_from_slice(cipher).ok()?)),
            _ => Block::Aes256(Box::new(aes::Aes256::new_from_slice(cipher).ok()?)),
        };
        Some(Self { cipher, code: <Hmac<Sha1> as KeyInit>::new_from_slice(code).ok()? })
    }

    fn proves(&self, encrypted: &[u8], code: &[u8]) -> bool {
        let mut mac = self.code.clone();
        mac.update(encrypted);
        mac.verify_truncated_left(code).is_ok()
    }

    fn encrypt(&self, block: [u8; BLOCK_BYTES]) -> [u8; BLOCK_BYTES] {
        let mut block = block.into();
        match &self.cipher {
            Block::Aes128(cipher) => cipher.encrypt_block(&mut block),
            Block::Aes192(cipher) => cipher.encrypt_block(&mut block),
            Block::Aes256(cipher) => cipher.encrypt_block(&mut block),
        }
        block.into()
    }
}

/// Counter mode with a little-endian counter that begins with one.
struct Decrypted<'a> {
    encrypted: &'a [u8],
    key: Key,
    counter: u128,
    block: [u8; BLOCK_BYTES],
    used: usize,
}

impl Read for Decrypted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.encrypted.read(buffer)?;
        for byte in buffer.iter_mut().take(count) {
            if self.used == BLOCK_BYTES {
                self.counter += 1;
                self.block = self.key.encrypt(self.counter.to_le_bytes());
                self.used = 0;
            }
            *byte ^= self.block.get(self.used).copied().unwrap_or(0);
            self.used += 1;
        }
        Ok(count)
    }
}
