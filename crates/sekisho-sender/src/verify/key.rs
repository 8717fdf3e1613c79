//! The name of a key → the key that is published there, or why there is none (RFC 6376 section 3.6, RFC 8463).

use super::ask::Ask;
use super::limits;
use crate::NoAnswer;
use crate::crypto::{Algorithm, PublicKey};
use crate::domain::Domain;
use crate::key_record::{KeyRecord, Kind, Version};

/// A published key.
pub(crate) struct Key {
    public: PublicKey,
    /// `t=y`: the domain tries signing out.
    pub is_test: bool,
    /// `t=s`: the user's domain must be the signer's own.
    pub is_exact: bool,
}

/// Why there is no key to verify with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoKey {
    /// DNS did not say.
    NotAnswered,
    /// None is published, or it was taken back (`p=`).
    Gone,
    /// What is published is no key for this signature.
    Unfit,
    /// Too short to prove anything.
    Short,
    /// More bytes or bits than any honest key has.
    TooLarge,
}

impl Key {
    /// Asks for the key `selector` of `domain`.
    pub(crate) fn ask(
        ask: &Ask<'_>,
        selector: &Domain,
        domain: &Domain,
        algorithm: Algorithm,
    ) -> Result<Self, NoKey> {
        let records = match ask.txt(&format!("{selector}._domainkey.{domain}")) {
            Ok(records) => records.values,
            Err(NoAnswer::NoSuchName | NoAnswer::NoRecords) => return Err(NoKey::Gone),
            Err(NoAnswer::TimedOut | NoAnswer::Failed) => return Err(NoKey::NotAnswered),
        };
        // Several records are undefined (section 3.6.2.2): the first that is a key is taken, as others do.
        let mut why = NoKey::Gone;
        for record in &records {
            match Self::parse(record, algorithm) {
                Ok(key) => return Ok(key),
                Err(found) => why = found,
            }
        }
        Err(why)
    }

    fn parse(record: &[u8], algorithm: Algorithm) -> Result<Self, NoKey> {
        let record = KeyRecord::parse(record);
        if record.kind == Kind::TooLarge {
            return Err(NoKey::TooLarge);
        }
        let fits = match algorithm {
            Algorithm::RsaSha256 => record.algorithm == "rsa",
            Algorithm::Ed25519Sha256 => record.algorithm == "ed25519",
        };
        if record.version == Version::Wrong || record.other_service || record.sha1_only || !fits {
            return Err(NoKey::Unfit);
        }
        if record.kind == Kind::Revoked {
            return Err(NoKey::Gone);
        }
        let bytes = record.bytes.ok_or(NoKey::Unfit)?;
        if bytes.len() > limits::KEY_BYTES_MAX {
            return Err(NoKey::TooLarge);
        }
        let public = PublicKey::parse(&bytes, algorithm).ok_or(NoKey::Unfit)?;
        if public.modulus_bits().is_some_and(|bits| bits < limits::KEY_BITS_MIN) {
            return Err(NoKey::Short);
        }
        Ok(Self { public, is_test: record.test, is_exact: record.no_subdomains })
    }

    /// Whether the signature over `hashed` was made with the private half.
    pub(crate) fn verifies(&self, hashed: &[u8], signature: &[u8]) -> bool {
        self.public.verifies(hashed, signature)
    }
}
