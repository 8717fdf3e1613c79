//! What opening may cost: one purse for a whole mail, so that many small bombs are no more than one.

use serde::{Deserialize, Serialize};

/// Effort left. Counted in bytes and work units, never in time: the same mail gives the same answer everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Bytes that may still be expanded (unpacked, decoded, decrypted).
    pub expanded_bytes_left: u64,
    /// Things that may still be handed out.
    pub members_left: usize,
    /// Units of key derivation left; one unit is about one round of SHA-1 or SHA-256.
    pub derivation_left: u64,
    /// Units of other work left (folding of strings, parsing of expressions, loops over records).
    pub work_left: u64,
    /// Bytes of one member kept in memory; what is beyond is hashed and measured as it streams by.
    pub member_bytes_kept_max: usize,
    /// Whether sources are kept.
    pub sources: Sources,
}

/// Whether the sources of macros and scripts are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sources {
    /// They are judged and let go.
    #[default]
    Drop,
    /// They are kept for a person to read.
    Keep,
}

/// What is paid from the budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// Expanded bytes.
    Bytes(u64),
    /// One member.
    Member,
    /// Rounds of key derivation.
    Derivation(u64),
    /// Units of other work.
    Work(u64),
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            // A quarantined gigabyte of zeros must be read to its end; 42.zip must not.
            expanded_bytes_left: 2 * 1024 * 1024 * 1024,
            members_left: 20_000,
            // Some seconds of SHA-256 on one core: agile encryption takes 100,000 rounds a password, 7z 2^19.
            derivation_left: 8_000_000,
            work_left: 50_000_000,
            member_bytes_kept_max: 16 * 1024 * 1024,
            sources: Sources::Drop,
        }
    }
}

impl Budget {
    /// Pays, or says that the purse is empty: then nothing is paid, and the caller notes `TooLarge`.
    pub fn pay(&mut self, cost: Cost) -> Result<(), Cost> {
        fn take(left: &mut u64, amount: u64) -> bool {
            left.checked_sub(amount).map(|rest| *left = rest).is_some()
        }
        let paid = match cost {
            Cost::Bytes(bytes) => take(&mut self.expanded_bytes_left, bytes),
            Cost::Derivation(rounds) => take(&mut self.derivation_left, rounds),
            Cost::Work(units) => take(&mut self.work_left, units),
            Cost::Member => self.members_left.checked_sub(1).map(|rest| self.members_left = rest).is_some(),
        };
        if paid { Ok(()) } else { Err(cost) }
    }
}
