//! Passwords → keys of RAR archives. RAR 3 takes 2^18 rounds of SHA-1; RAR 5 as many rounds of PBKDF2 as the sender
//! states. Each derivation is paid before it is made, and remembered: an archive's files mostly share a salt.

use rars::crypto::rar30::Rar30Cipher;
use rars::crypto::rar50::Rar50Keys;

use super::entry::Derivation;
use crate::open::{Budget, Cost, Keys};

/// The passwords, and what was derived from them.
pub(super) struct Ring<'k> {
    keys: &'k Keys,
    rar30: Vec<(usize, Option<[u8; 8]>, Rar30Cipher)>,
    rar50: Vec<(usize, Derivation, Rar50Keys)>,
    /// The password that opened something last: it is tried first.
    opened: Option<usize>,
    /// Whether a key could not be paid for.
    pub(super) is_out_of_derivation: bool,
}

impl<'k> Ring<'k> {
    pub(super) fn new(keys: &'k Keys) -> Self {
        Self { keys, rar30: Vec::new(), rar50: Vec::new(), opened: None, is_out_of_derivation: false }
    }

    /// The passwords with their numbers, the likeliest first.
    pub(super) fn passwords(&self) -> impl Iterator<Item = (usize, &'k str)> + use<'k> {
        let keys = self.keys;
        let first = self.opened.and_then(|opened| keys.iter().nth(opened));
        let rest = keys.iter().filter(move |(number, _)| Some(*number) != first.map(|(first, _)| first));
        first.into_iter().chain(rest)
    }

    /// Remembers the password that opened something.
    pub(super) fn remember(&mut self, number: usize) {
        self.opened = Some(number);
    }

    /// A cipher at its beginning.
    pub(super) fn rar30(
        &mut self,
        (number, password): (usize, &str),
        salt: Option<[u8; 8]>,
        budget: &mut Budget,
    ) -> Option<Rar30Cipher> {
        const ROUNDS: u64 = 0x40000;
        const HASH_BLOCK_BYTES: u64 = 64;
        let known = self.rar30.iter().find(|(other, with, _)| *other == number && *with == salt);
        if let Some((_, _, cipher)) = known {
            return Some(cipher.clone());
        }
        let round_bytes = password.encode_utf16().count() as u64 * 2 + 8 + 3;
        let cost = Cost::Derivation((ROUNDS * round_bytes).div_ceil(HASH_BLOCK_BYTES));
        if budget.pay(cost).is_err() {
            self.is_out_of_derivation = true;
            return None;
        }
        let cipher = Rar30Cipher::new(password.as_bytes(), salt).ok()?;
        self.rar30.push((number, salt, cipher.clone()));
        Some(cipher)
    }

    /// The keys of RAR 5, where the password is not told false by its check value.
    pub(super) fn rar50(
        &mut self,
        (number, password): (usize, &str),
        derivation: &Derivation,
        budget: &mut Budget,
    ) -> Option<Rar50Keys> {
        /// RAR itself opens nothing above.
        const POWER_MAX: u8 = 24;
        let is_right = |keys: &Rar50Keys| derivation.check.is_none_or(|check| check == keys.password_check);
        let same = |other: &Derivation| other.power == derivation.power && other.salt == derivation.salt;
        let known = self.rar50.iter().find(|(other, with, _)| *other == number && same(with));
        if let Some((_, _, keys)) = known {
            return Some(keys.clone()).filter(is_right);
        }
        // Two hashes a round of HMAC, and 32 rounds more for the check value.
        let cost = (1_u64 << derivation.power.min(POWER_MAX)) * 2 + 64;
        if derivation.power > POWER_MAX || budget.pay(Cost::Derivation(cost)).is_err() {
            self.is_out_of_derivation = true;
            return None;
        }
        let keys = Rar50Keys::derive(password.as_bytes(), derivation.salt, derivation.power).ok()?;
        self.rar50.push((number, derivation.clone(), keys.clone()));
        Some(keys).filter(is_right)
    }
}
