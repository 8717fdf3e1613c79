//! The name of a key → the key that is published there, or why there is none (RFC 6376 section 3.6, RFC 8463).

use super::ask::Ask;
use super::crypto::PublicKey;
use super::limits;
use super::tags::Tags;
use crate::NoAnswer;
use crate::domain::Domain;

/// How a signature is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    RsaSha256,
    Ed25519Sha256,
}

impl Algorithm {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "rsa-sha256" => Some(Self::RsaSha256),
            "ed25519-sha256" => Some(Self::Ed25519Sha256),
            _ => None,
        }
    }
}

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
        if record.len() > limits::RECORD_BYTES_MAX {
            return Err(NoKey::TooLarge);
        }
        let tags = Tags::parse(record).ok_or(NoKey::Unfit)?;
        let holds = |tag: &str, words: &[&str]| {
            tags.list(tag).is_none_or(|found| {
                found.iter().any(|found| words.iter().any(|word| found.eq_ignore_ascii_case(word)))
            })
        };
        let is_versioned =
            tags.value("v").is_none_or(|version| version == "DKIM1" && tags.first() == Some("v"));
        if !is_versioned || !holds("s", &["*", "email"]) || !holds("h", &["sha256"]) {
            return Err(NoKey::Unfit);
        }
        let kind = tags.value("k").unwrap_or("rsa").to_ascii_lowercase();
        let fits = match algorithm {
            Algorithm::RsaSha256 => kind == "rsa",
            Algorithm::Ed25519Sha256 => kind == "ed25519",
        };
        if !fits {
            return Err(NoKey::Unfit);
        }
        match tags.value("p") {
            None => return Err(NoKey::Unfit),
            Some("") => return Err(NoKey::Gone),
            Some(_) => {}
        }
        let bytes = tags.base64("p").ok_or(NoKey::Unfit)?;
        if bytes.len() > limits::KEY_BYTES_MAX {
            return Err(NoKey::TooLarge);
        }
        let public = PublicKey::parse(&bytes, algorithm).ok_or(NoKey::Unfit)?;
        if public.modulus_bits().is_some_and(|bits| bits < limits::KEY_BITS_MIN) {
            return Err(NoKey::Short);
        }
        let flags = tags.list("t").unwrap_or_default();
        let has = |flag: &str| flags.iter().any(|found| found.eq_ignore_ascii_case(flag));
        Ok(Self { public, is_test: has("y"), is_exact: has("s") })
    }

    /// Whether the signature over `hashed` was made with the private half.
    pub(crate) fn verifies(&self, hashed: &[u8], signature: &[u8]) -> bool {
        self.public.verifies(hashed, signature)
    }
}
