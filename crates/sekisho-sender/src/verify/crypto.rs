//! Bytes of a key → whether it made a signature. The only file that names the library that calculates.
//!
//! The bytes come from strangers, so what the library does with them is caught: a panic there is no key and no match.

use std::panic::{AssertUnwindSafe, catch_unwind};

use data_encoding::BASE64;
use mail_auth::common::crypto::Algorithm as Theirs;
use mail_auth::common::parse::TxtRecordParser;
use mail_auth::common::verify::DomainKey;
use sha2::{Digest, Sha256};

use super::key::Algorithm;

/// A public key.
pub(crate) struct PublicKey {
    key: DomainKey,
    algorithm: Algorithm,
}

impl PublicKey {
    /// The key in these bytes: DER of a SubjectPublicKeyInfo or RSAPublicKey, or the 32 bytes of Ed25519.
    pub(crate) fn parse(bytes: &[u8], algorithm: Algorithm) -> Option<Self> {
        let kind = match algorithm {
            Algorithm::RsaSha256 => "rsa",
            Algorithm::Ed25519Sha256 => "ed25519",
        };
        let record = format!("v=DKIM1; k={kind}; p={}", BASE64.encode(bytes));
        let key = catch_unwind(|| DomainKey::parse(record.as_bytes())).ok()?.ok()?;
        Some(Self { key, algorithm })
    }

    /// Length of the modulus in bits; meaningless for Ed25519.
    pub(crate) fn bits(&self) -> usize {
        self.key.p.public_key_bits()
    }

    pub(crate) fn verifies(&self, hashed: &[u8], signature: &[u8]) -> bool {
        let algorithm = match self.algorithm {
            Algorithm::RsaSha256 => Theirs::RsaSha256,
            Algorithm::Ed25519Sha256 => Theirs::Ed25519Sha256,
        };
        let verify = AssertUnwindSafe(|| self.key.p.verify_bytes(hashed, signature, algorithm).is_ok());
        catch_unwind(verify).unwrap_or(false)
    }
}

/// SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}
