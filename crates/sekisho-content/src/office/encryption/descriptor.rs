//! The XML descriptor of agile encryption → its parameters ([MS-OFFCRYPTO] 2.3.4.10).

use super::Closed;
use super::hash::Hash;
use crate::base64;
use crate::xml::{Tag, Token, Xml, decoded};

/// What an agile descriptor says.
pub(super) struct Descriptor {
    /// How the package is encrypted.
    pub(super) data: Cipher,
    /// The encrypted key and value of the keyed hash over the package.
    pub(super) integrity: Option<(Vec<u8>, Vec<u8>)>,
    /// The keys that a password opens.
    pub(super) keys: Vec<PasswordKey>,
}

/// How something is encrypted.
pub(super) struct Cipher {
    pub(super) salt: Vec<u8>,
    pub(super) key_bytes: usize,
    pub(super) hash: Hash,
    pub(super) hash_bytes: usize,
}

/// The package's key under a password.
pub(super) struct PasswordKey {
    pub(super) cipher: Cipher,
    pub(super) spins: u32,
    pub(super) verifier: Vec<u8>,
    pub(super) verifier_hash: Vec<u8>,
    pub(super) key: Vec<u8>,
}

/// Passwords' keys in one descriptor; programs write one.
const KEYS_MAX: usize = 4;

impl Descriptor {
    /// Reads a descriptor; `Unknown` where it names a cipher or hash that is not read here.
    pub(super) fn parse(xml: &[u8]) -> Result<Descriptor, Closed> {
        let text = decoded(xml);
        let (mut data, mut integrity, mut keys) = (None, None, Vec::new());
        for token in Xml::new(&text) {
            let Token::Open(tag) = token else { continue };
            match tag.name {
                "keyData" => data = Some(Cipher::parse(&tag)?),
                "dataIntegrity" => {
                    integrity = bytes(&tag, "encryptedHmacKey").zip(bytes(&tag, "encryptedHmacValue"));
                }
                // The element of a certificate's key has the same name and no spin count.
                "encryptedKey" if tag.attribute("spinCount").is_some() && keys.len() < KEYS_MAX => {
                    keys.push(PasswordKey::parse(&tag)?);
                }
                _ => {}
            }
        }
        Ok(Descriptor { data: data.ok_or(Closed::Damaged)?, integrity, keys })
    }
}

impl Cipher {
    fn parse(tag: &Tag<'_>) -> Result<Cipher, Closed> {
        let text = |name: &str| tag.attribute(name).ok_or(Closed::Damaged);
        if text("cipherAlgorithm")? != "AES" || text("cipherChaining")? != "ChainingModeCBC" {
            return Err(Closed::Unknown);
        }
        let key_bytes = number(tag, "keyBits")? / 8;
        if !matches!(key_bytes, 16 | 24 | 32) || number(tag, "blockSize")? != 16 {
            return Err(Closed::Unknown);
        }
        Ok(Cipher {
            salt: bytes(tag, "saltValue").ok_or(Closed::Damaged)?,
            key_bytes,
            hash: Hash::by_name(&text("hashAlgorithm")?).ok_or(Closed::Unknown)?,
            hash_bytes: number(tag, "hashSize")?.min(64),
        })
    }
}

impl PasswordKey {
    fn parse(tag: &Tag<'_>) -> Result<PasswordKey, Closed> {
        let encrypted = |name: &str| bytes(tag, name).ok_or(Closed::Damaged);
        Ok(PasswordKey {
            cipher: Cipher::parse(tag)?,
            spins: u32::try_from(number(tag, "spinCount")?).map_err(|_| Closed::Damaged)?,
            verifier: encrypted("encryptedVerifierHashInput")?,
            verifier_hash: encrypted("encryptedVerifierHashValue")?,
            key: encrypted("encryptedKeyValue")?,
        })
    }
}

fn number(tag: &Tag<'_>, name: &str) -> Result<usize, Closed> {
    tag.attribute(name).and_then(|text| text.trim().parse().ok()).ok_or(Closed::Damaged)
}

fn bytes(tag: &Tag<'_>, name: &str) -> Option<Vec<u8>> {
    tag.attribute(name).map(|text| base64::decode(base64::beginning(text.as_bytes())))
}
