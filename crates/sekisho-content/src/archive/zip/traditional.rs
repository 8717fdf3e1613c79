//! PKWARE's traditional encryption: a password → the member's content, believed only when its CRC agrees (APPNOTE 6.1).

use std::io::Read;

use super::content::{Content, Passwords, Tried};
use crate::Unread;
use crate::open::{Budget, Cost};
use crate::zip::{Reading, method};

/// Tries every password: the check byte lets one in 256 wrong ones pass, the beginning of a packed stream hardly any,
/// the CRC of the whole content none.
pub(super) fn tried(reading: &Reading<'_, '_>, passwords: &Passwords, budget: &mut Budget) -> Tried {
    let header = reading.header;
    let Some((start, packed)) = reading.packed.split_at_checked(HEADER_BYTES).filter(|_| reading.is_measured)
    else {
        return Tried::Failed(Content::absent(Unread::Locked));
    };
    // Where sizes follow the content its CRC is not known yet, and the time stands in its place.
    let checks = [(header.crc >> 24) as u8, (header.time >> 8) as u8];
    for (place, password) in passwords.iter().enumerate() {
        if budget.pay(Cost::Work(1)).is_err() {
            return Tried::Failed(Content::absent(Unread::TooLarge));
        }
        let mut cipher = Cipher::of(password);
        let last = start.iter().fold(0, |_, byte| cipher.decrypt(*byte));
        if !checks.contains(&last) {
            continue;
        }
        let stream = || Decrypted { packed, cipher: cipher.clone() };
        match begins_well(reading, stream(), budget) {
            Ok(true) => {}
            Ok(false) => continue,
            Err(unread) => return Tried::Failed(Content::absent(unread)),
        }
        let content = Content::of_stream(header, stream(), Some(header.crc), budget);
        match content.unread() {
            None => return Tried::Opened(place, content),
            Some(Unread::TooLarge) => return Tried::Failed(Content::absent(Unread::TooLarge)),
            Some(_) => {}
        }
    }
    Tried::Failed(Content::absent(Unread::Locked))
}

/// Whether the beginning unpacks without an error.
fn begins_well(
    reading: &Reading<'_, '_>,
    stream: Decrypted<'_>,
    budget: &mut Budget,
) -> Result<bool, Unread> {
    const BEGINNING_BYTES: u64 = 64 * 1024;
    if reading.header.method == method::STORED {
        return Ok(true);
    }
    let mut beginning = Vec::new();
    let begun = match method::unpacked(reading.header, stream) {
        Ok(unpacked) => unpacked.take(BEGINNING_BYTES).read_to_end(&mut beginning).is_ok(),
        Err(Unread::Damaged) => false,
        Err(unread) => return Err(unread),
    };
    budget.pay(Cost::Bytes(beginning.len() as u64)).map_err(|_| Unread::TooLarge)?;
    Ok(begun)
}

/// Random bytes in front of the content, the last of which checks the password.
const HEADER_BYTES: usize = 12;

/// The three keys.
#[derive(Clone)]
struct Cipher {
    keys: [u32; 3],
}

impl Cipher {
    fn of(password: &[u8]) -> Self {
        let mut cipher = Self { keys: [0x1234_5678, 0x2345_6789, 0x3456_7890] };
        for byte in password {
            cipher.update(*byte);
        }
        cipher
    }

    fn decrypt(&mut self, byte: u8) -> u8 {
        let temporary = self.keys[2] | 2;
        let plain = byte ^ (temporary.wrapping_mul(temporary ^ 1) >> 8) as u8;
        self.update(plain);
        plain
    }

    fn update(&mut self, plain: u8) {
        let [first, second, third] = &mut self.keys;
        *first = crc_step(*first, plain);
        *second = second.wrapping_add(*first & 0xff).wrapping_mul(134_775_813).wrapping_add(1);
        *third = crc_step(*third, (*second >> 24) as u8);
    }
}

fn crc_step(crc: u32, byte: u8) -> u32 {
    crc >> 8 ^ CRC_TABLE[usize::from(crc as u8 ^ byte)]
}

const CRC_TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut crc = index as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ 0xedb8_8320 };
            bit += 1;
        }
        table[index] = crc;
        index += 1;
    }
    table
};

/// Decrypts what is read through it.
struct Decrypted<'a> {
    packed: &'a [u8],
    cipher: Cipher,
}

impl Read for Decrypted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.packed.read(buffer)?;
        for byte in buffer.iter_mut().take(count) {
            *byte = self.cipher.decrypt(*byte);
        }
        Ok(count)
    }
}
