//! Passwords → the key of an encrypted folder, where its first checksum says that it opens.

use std::io::{ErrorKind, Read};

use super::super::checked::Checked;
use super::aes::Properties;
use super::coder::{self, Refused, unpacking};
use super::header::{Folder, Stream};
use crate::open::{Budget, Cost, Keys};

/// What trying came to.
pub(super) enum Tried {
    /// Nothing is encrypted, or no key would help: any will do.
    NoneNeeded,
    /// The number of the password, and its key.
    Opens(usize, [u8; 32]),
    /// No password opens it.
    Locked,
    /// The purse for derivation was empty before all were tried.
    OutOfDerivation,
}

/// Stands for a key where none is needed.
pub(super) const NO_KEY: [u8; 32] = [0; 32];

/// The passwords, with the keys derived so far.
pub(super) struct Ring<'k> {
    keys: &'k Keys,
    derived: Vec<(usize, Properties, [u8; 32])>,
    /// The password that opened the last folder.
    opened: Option<usize>,
}

impl<'k> Ring<'k> {
    pub(super) fn new(keys: &'k Keys) -> Self {
        Self { keys, derived: Vec::new(), opened: None }
    }

    /// The key of a folder. `packed` begin behind the signature header.
    pub(super) fn key(&mut self, packed: &[u8], folder: &Folder, budget: &mut Budget) -> Tried {
        let Some(coder) = folder.coders.iter().find(|coder| coder.id == coder::AES) else {
            return Tried::NoneNeeded;
        };
        let Some(properties) = Properties::parse(&coder.properties) else { return Tried::NoneNeeded };
        // A false key may look like damage; the others no key changes.
        if let Err(Refused::Unsupported(_) | Refused::TooLarge) = unpacking(packed, folder, &NO_KEY) {
            return Tried::NoneNeeded;
        }
        let mut out_of_derivation = false;
        let keys = self.keys;
        let first = self.opened.and_then(|opened| keys.iter().nth(opened));
        for (number, password) in first.into_iter().chain(keys.iter()) {
            let Some(key) = self.derive(number, password, &properties, budget) else {
                out_of_derivation = true;
                continue;
            };
            match opens(packed, folder, &key, budget) {
                Some(true) => {
                    self.opened = Some(number);
                    return Tried::Opens(number, key);
                }
                Some(false) => {}
                None => return Tried::Locked,
            }
        }
        if out_of_derivation { Tried::OutOfDerivation } else { Tried::Locked }
    }

    fn derive(
        &mut self,
        number: usize,
        password: &str,
        properties: &Properties,
        budget: &mut Budget,
    ) -> Option<[u8; 32]> {
        let known = |(other, like, _): &&(usize, Properties, [u8; 32])| {
            *other == number && like.derives_like(properties)
        };
        if let Some((_, _, key)) = self.derived.iter().find(known) {
            return Some(*key);
        }
        let key = properties.key(password, budget)?;
        self.derived.push((number, properties.clone(), key));
        Some(key)
    }
}

/// Whether the key opens a folder: what comes out up to the first checksum agrees with it. `None` where the work for
/// finding out can't be paid for.
fn opens(packed: &[u8], folder: &Folder, key: &[u8; 32], budget: &mut Budget) -> Option<bool> {
    budget.pay(Cost::Work(folder.work())).ok()?;
    let Ok(mut unpacking) = unpacking(packed, folder, key) else { return Some(false) };
    let is_stated = |stream: &Stream| stream.crc.is_some();
    let whole = [Stream { size_bytes: folder.size_bytes(), crc: folder.crc }];
    let (checks, decides) = match folder.streams.iter().position(is_stated) {
        Some(first) => (folder.streams.get(..=first).unwrap_or_default(), true),
        // Without a checksum, only a coder that fails on what another key gives decides.
        None => (whole.as_slice(), folder.crc.is_some() || folder.coders.len() > 1),
    };
    for Stream { size_bytes, crc } in checks {
        if !agrees(&mut Checked::new(&mut unpacking.from, *size_bytes, *crc), budget)? {
            return Some(false);
        }
    }
    Some(decides)
}

/// Reads to the end and lets go what comes; the work is paid by blocks.
fn agrees(from: &mut Checked<'_>, budget: &mut Budget) -> Option<bool> {
    const BLOCK_BYTES: u64 = 16;
    let mut step = vec![0; 16 * 1024];
    loop {
        match from.read(&mut step) {
            Ok(0) => return Some(true),
            Ok(count) => budget.pay(Cost::Work((count as u64).div_ceil(BLOCK_BYTES))).ok()?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return Some(false),
        }
    }
}
