//! Bytes of a key → whether it made a signature (RFC 8017 section 8.2.2, RFC 8032 section 5.1.7). The only file that names
//! the libraries that calculate.
//!
//! The bytes come from strangers, so what the libraries do with them is caught: a panic there is no key and no match.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ed25519_dalek::{Signature, VerifyingKey};
use rsa::pkcs1::der::Decode;
use rsa::pkcs8::SubjectPublicKeyInfoRef;
use rsa::traits::PublicKeyParts;
use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha256};

/// What DER puts before a SHA-256 in a signature (RFC 8017 section 9.2, note 1).
const SHA256_PREFIX: [u8; 19] =
    [0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20];

/// Bits of an RSA key. Nobody uses longer ones in mail, and they cost most.
pub(crate) const KEY_BITS_MAX: usize = 8192;

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

/// A public key.
pub(crate) struct PublicKey(Kind);

enum Kind {
    Rsa(RsaPublicKey),
    Ed25519(VerifyingKey),
}

impl PublicKey {
    /// The key in these bytes: DER of a SubjectPublicKeyInfo or RSAPublicKey, or the 32 bytes of Ed25519.
    pub(crate) fn parse(bytes: &[u8], algorithm: Algorithm) -> Option<Self> {
        let parse = || match algorithm {
            Algorithm::RsaSha256 => rsa_key(bytes).map(Kind::Rsa),
            Algorithm::Ed25519Sha256 => {
                VerifyingKey::from_bytes(bytes.try_into().ok()?).ok().map(Kind::Ed25519)
            }
        };
        catch_unwind(parse).ok()?.map(Self)
    }

    /// Length of the modulus in bits; `None` for Ed25519, whose keys all have one length.
    pub(crate) fn modulus_bits(&self) -> Option<usize> {
        match &self.0 {
            Kind::Rsa(key) => Some(key.n().bits()),
            Kind::Ed25519(_) => None,
        }
    }

    /// Whether the signature over the SHA-256 of `hashed` was made with the private half.
    pub(crate) fn verifies(&self, hashed: &[u8], signature: &[u8]) -> bool {
        let hash = Sha256::digest(hashed);
        let verify = || match &self.0 {
            Kind::Rsa(key) => {
                let padding = Pkcs1v15Sign { hash_len: Some(hash.len()), prefix: SHA256_PREFIX.into() };
                key.verify(padding, &hash, signature).is_ok()
            }
            Kind::Ed25519(key) => Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(&hash, &signature).is_ok()),
        };
        catch_unwind(AssertUnwindSafe(verify)).unwrap_or(false)
    }
}

/// Length of an RSA key's modulus in bits, also of a key that is too long to verify with; `None` where it is no key.
pub(crate) fn rsa_bits(bytes: &[u8]) -> Option<usize> {
    let measure = || {
        let bare = bare_key(bytes)?;
        Some(BigUint::from_bytes_be(bare.modulus.as_bytes()).bits())
    };
    catch_unwind(measure).ok()?
}

fn rsa_key(bytes: &[u8]) -> Option<RsaPublicKey> {
    let bare = bare_key(bytes)?;
    let [modulus, exponent] =
        [bare.modulus, bare.public_exponent].map(|number| BigUint::from_bytes_be(number.as_bytes()));
    RsaPublicKey::new_with_max_size(modulus, exponent, KEY_BITS_MAX).ok()
}

/// Keys are published in either form, whatever the standard says (RFC 6376 erratum 3017).
fn bare_key(bytes: &[u8]) -> Option<rsa::pkcs1::RsaPublicKey<'_>> {
    let bare = match SubjectPublicKeyInfoRef::try_from(bytes) {
        Ok(info) => rsa::pkcs1::RsaPublicKey::from_der(info.subject_public_key.as_bytes()?),
        Err(_) => rsa::pkcs1::RsaPublicKey::from_der(bytes),
    };
    bare.ok()
}

/// SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}
