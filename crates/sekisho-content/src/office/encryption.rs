//! An encrypted Office document and passwords → the same document in the clear ([MS-OFFCRYPTO]).
//!
//! What comes out takes the place of the file before anything else looks at it, so that macros, objects and relations of
//! a locked document are found as in a plain one. A password is believed only after the document's own verifier agrees.
//!
//! Package documents become the package. In Word 97, Excel 97 and PowerPoint 97 files the streams keep their size, so
//! the clear bytes are written over the encrypted ones in a copy of the file.

mod agile;
mod binary;
mod block;
mod descriptor;
mod excel;
mod hash;
mod package;
mod slides;
mod standard;
mod stream;
mod word;
mod xor;

use crate::open::{Budget, Keys, Opened};
use crate::{Cost, Kind, Unread};

/// A document in the clear.
pub(crate) struct Plain {
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// What it is.
    pub(crate) kind: Kind,
}

/// The document in the clear, where it was encrypted and a password opened it; where none did, that is noted.
pub(crate) fn unlock(
    bytes: &[u8],
    kind: Kind,
    keys: &Keys,
    budget: &mut Budget,
    opened: &mut Opened,
) -> Option<Plain> {
    let mut attempt = Attempt { keys, budget, defaults: defaults(kind), damaged: None };
    let result = match kind {
        Kind::OfficeEncrypted => package::unlock(bytes, &mut attempt),
        Kind::OfficeExcel97 | Kind::OfficeExcelAddIn97 => excel::unlock(bytes, &mut attempt),
        Kind::OfficeExcelOld => excel::unlock_bare(bytes, &mut attempt),
        Kind::OfficeWord97 => word::unlock(bytes, &mut attempt),
        Kind::OfficePowerPoint97 => slides::unlock(bytes, &mut attempt),
        _ => return None,
    };
    if let Some(detail) = attempt.damaged {
        opened.note(Unread::Damaged, detail);
    }
    let (bytes, key) = match result {
        Ok(found) => found,
        Err(Closed::NotLocked) => return None,
        Err(closed) => {
            let (unread, detail) = closed.reason(kind);
            opened.note(unread, detail);
            return None;
        }
    };
    opened.key = key;
    let kind = if kind == Kind::OfficeEncrypted { crate::kind(&bytes) } else { kind };
    if kind == Kind::OfficeEncrypted {
        // A locked document in the place of the package: no program makes it, none opens it.
        opened.note(Unread::TooDeep, kind.id());
    }
    Some(Plain { bytes, kind })
}

/// Whether a locked file of this kind leaves nothing unsaid: it is opened, or noted as locked.
pub(crate) fn reads(kind: Kind) -> bool {
    kind == Kind::OfficeEncrypted
}

/// Passwords that the programs try by themselves: a document under one of them opens without a question.
fn defaults(kind: Kind) -> &'static [&'static str] {
    const EXCEL: &str = "VelvetSweatshop";
    const POWERPOINT: &str = "/01Hannes Ruescher/01";
    match kind {
        Kind::OfficeWord97 => &[],
        Kind::OfficePowerPoint97 => &[POWERPOINT],
        Kind::OfficeEncrypted => &[EXCEL, POWERPOINT],
        _ => &[EXCEL],
    }
}

/// A document in the clear and the number of its key; no number where a program opens it by itself.
type Found = (Vec<u8>, Option<usize>);

/// Why a document stays closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closed {
    /// It is not encrypted.
    NotLocked,
    /// No password fits.
    NoKey,
    /// The derivation of keys costs more than may be spent.
    Derivation,
    /// Only a server gives out the key (rights management).
    Rights,
    /// A way of encrypting that is not read.
    Unknown,
    /// The description of the encryption, or what it should be in, is broken.
    Damaged,
    /// Larger than may be expanded.
    TooLarge,
}

impl Closed {
    fn reason(self, kind: Kind) -> (Unread, &'static str) {
        match self {
            Closed::NotLocked | Closed::NoKey => (Unread::Locked, kind.id()),
            Closed::Derivation => (Unread::Locked, "derivation"),
            Closed::Rights => (Unread::Locked, "rights management"),
            Closed::Unknown => (Unread::Unsupported, "encryption"),
            Closed::Damaged => (Unread::Damaged, "encryption"),
            Closed::TooLarge => (Unread::TooLarge, kind.id()),
        }
    }
}

/// What the way into a document works with.
struct Attempt<'a> {
    keys: &'a Keys,
    budget: &'a mut Budget,
    defaults: &'static [&'static str],
    /// What was wrong with a document that opened all the same.
    damaged: Option<&'static str>,
}

impl Attempt<'_> {
    /// Pays `rounds` for each password and tries it; what the first gives that fits, and the number of its key.
    fn each<T>(
        &mut self,
        rounds: u64,
        mut fits: impl FnMut(&str) -> Option<T>,
    ) -> Result<(T, Option<usize>), Closed> {
        let defaults = self.defaults.iter().map(|password| (None, *password));
        let given = self.keys.iter().map(|(number, password)| (Some(number), password));
        for (number, password) in defaults.chain(given) {
            self.budget.pay(Cost::Derivation(rounds)).map_err(|_| Closed::Derivation)?;
            if let Some(found) = fits(password) {
                return Ok((found, number));
            }
        }
        Err(Closed::NoKey)
    }

    fn pays_bytes(&mut self, count: usize) -> Result<(), Closed> {
        self.budget.pay(Cost::Bytes(count as u64)).map_err(|_| Closed::TooLarge)
    }
}

/// A password as most of these methods take it.
fn wide(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
