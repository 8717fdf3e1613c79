//! The text of a key record → the key's kind and size, and what makes it useless (RFC 6376 section 3.6.1, RFC 8463, RFC 8301).

use data_encoding::BASE64;
use sekisho_mail::tag_list;

/// A record over this size is not read: a key of 16,384 bits has 2,900 characters.
pub const RECORD_BYTES_MAX: usize = 8_192;

/// A key record, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// What the key is.
    pub kind: Kind,
    /// Whether `v=DKIM1` is there.
    pub version: Version,
    /// `t=y`: receivers are to treat signed mail as unsigned.
    pub test: bool,
    /// `t=s`: addresses below the domain are not covered.
    pub no_subdomains: bool,
    /// `h=`: only digests that nobody accepts any more.
    pub sha1_only: bool,
    /// `s=`: for something other than mail.
    pub other_service: bool,
}

/// What a key is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// There is no `p=`, so it is no key record.
    #[default]
    NoKey,
    /// `p=` is empty: the key was withdrawn.
    Revoked,
    /// An RSA key of so many bits.
    Rsa(usize),
    /// An Ed25519 key.
    Ed25519,
    /// `k=` names something else.
    Unknown(String),
    /// The key cannot be decoded.
    Broken,
    /// The record is too large to be read.
    TooLarge,
}

/// How the record begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    /// `v=DKIM1`, first.
    Right,
    /// It is not there, which is allowed.
    #[default]
    Absent,
    /// Another version, or not at the beginning.
    Wrong,
}

impl Key {
    /// Reads a record.
    pub fn parse(record: &[u8]) -> Self {
        if record.len() > RECORD_BYTES_MAX {
            return Self { kind: Kind::TooLarge, ..Self::default() };
        }
        let text = String::from_utf8_lossy(record);
        let tags = tag_list(&text);
        let value = |name: &str| tags.iter().find(|tag| tag.name == name).and_then(|tag| tag.value);
        let has = |name: &str, word: &str| {
            value(name).is_some_and(|list| list.split(':').any(|one| one.trim().eq_ignore_ascii_case(word)))
        };
        let version = match (value("v"), tags.first()) {
            (None, _) => Version::Absent,
            (Some("DKIM1"), Some(first)) if first.name == "v" => Version::Right,
            _ => Version::Wrong,
        };
        Self {
            kind: kind(value("k").unwrap_or("rsa"), value("p")),
            version,
            test: has("t", "y"),
            no_subdomains: has("t", "s"),
            sha1_only: value("h").is_some() && !has("h", "sha256"),
            other_service: value("s").is_some() && !has("s", "*") && !has("s", "email"),
        }
    }

    /// Whether this is a key record at all, and not some other text under the name (a wildcard's).
    pub fn is_key_record(&self) -> bool {
        self.kind != Kind::NoKey || self.version == Version::Right
    }
}

fn kind(algorithm: &str, p: Option<&str>) -> Kind {
    let Some(p) = p else { return Kind::NoKey };
    let p: String = p.split_whitespace().collect();
    if p.is_empty() {
        return Kind::Revoked;
    }
    let Ok(key) = BASE64.decode(p.as_bytes()) else { return Kind::Broken };
    match algorithm.to_ascii_lowercase().as_str() {
        "rsa" => modulus_bits(&key).map_or(Kind::Broken, Kind::Rsa),
        "ed25519" if key.len() == 32 => Kind::Ed25519,
        "ed25519" => Kind::Broken,
        other => Kind::Unknown(other.to_owned()),
    }
}

/// DER tags (X.690 section 8).
const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;

/// The size of the modulus in a SubjectPublicKeyInfo (RFC 5280 section 4.1) or a bare RSAPublicKey (RFC 8017 appendix A.1.1).
fn modulus_bits(der: &[u8]) -> Option<usize> {
    let (outer, _) = element(der, SEQUENCE)?;
    if outer.first() == Some(&INTEGER) {
        return modulus(outer);
    }
    let (_, rest) = element(outer, SEQUENCE)?;
    let (bits, _) = element(rest, BIT_STRING)?;
    let (key, _) = element(bits.strip_prefix(&[0])?, SEQUENCE)?;
    modulus(key)
}

fn modulus(key: &[u8]) -> Option<usize> {
    let (modulus, rest) = element(key, INTEGER)?;
    // Without an exponent it is no key.
    element(rest, INTEGER)?;
    let zeros = modulus.iter().take_while(|byte| **byte == 0).count();
    let first = modulus.get(zeros)?;
    Some((modulus.len() - zeros) * 8 - first.leading_zeros() as usize)
}

/// One element of the type wanted: its content, and what follows it.
fn element(der: &[u8], wanted: u8) -> Option<(&[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (usize::from(*first), rest),
        0x81 => rest.split_first().map(|(length, rest)| (usize::from(*length), rest))?,
        0x82 => {
            let (high, rest) = rest.split_first()?;
            let (low, rest) = rest.split_first()?;
            (usize::from(u16::from_be_bytes([*high, *low])), rest)
        }
        _ => return None,
    };
    (*tag == wanted).then(|| rest.split_at_checked(length))?
}

/// A public key of that many bits that is good for nothing but its size.
#[cfg(test)]
pub(in crate::health) fn sham_rsa(bits: usize) -> String {
    fn wrap(tag: u8, content: &[u8]) -> Vec<u8> {
        let length = content.len();
        let mut out = vec![tag];
        match length {
            0..=0x7f => out.push(length as u8),
            0x80..=0xff => out.extend([0x81, length as u8]),
            _ => out.extend([0x82, (length >> 8) as u8, length as u8]),
        }
        out.extend(content);
        out
    }
    let mut modulus = vec![0xa5; bits / 8];
    modulus.insert(0, 0);
    let key = wrap(SEQUENCE, &[wrap(INTEGER, &modulus), wrap(INTEGER, &[1, 0, 1])].concat());
    let algorithm = wrap(SEQUENCE, &[&[6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 1][..], &[5, 0]].concat());
    let info = wrap(SEQUENCE, &[algorithm, wrap(BIT_STRING, &[&[0][..], &key].concat())].concat());
    BASE64.encode(&info)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_measured() {
        let rsa = |bits| Key::parse(format!("v=DKIM1; k=rsa; p={}", sham_rsa(bits)).as_bytes()).kind;
        for bits in [512, 1024, 2048, 4096, 16_384] {
            assert_eq!(rsa(bits), Kind::Rsa(bits));
        }
        let ed = BASE64.encode(&[7; 32]);
        let kind = |record: &str| Key::parse(record.as_bytes()).kind;
        assert_eq!(kind(&format!("v=DKIM1; k=ed25519; p={ed}")), Kind::Ed25519);
        assert_eq!(kind(&format!("v=DKIM1; k=rsa; p={ed}")), Kind::Broken);
        assert_eq!(kind(&format!("k=dilithium; p={ed}")), Kind::Unknown("dilithium".to_owned()));
        assert_eq!(kind("v=DKIM1; p="), Kind::Revoked);
        assert_eq!(kind("v=DKIM1; p=あいう"), Kind::Broken);
        assert_eq!(kind("v=spf1 -all"), Kind::NoKey);
        assert_eq!(kind(&format!("v=DKIM1; p={}", "A".repeat(2_000_000))), Kind::TooLarge);
        let folded = sham_rsa(1024).chars().map(|c| format!("{c} ")).collect::<String>();
        assert_eq!(kind(&format!("p={folded}")), Kind::Rsa(1024));
    }

    #[test]
    fn flags_are_read_as_lists() {
        let key = Key::parse(b"p=; v=DKIM1; t=s : y; h=sha1; s=tlsrpt");
        assert!(key.test && key.no_subdomains && key.sha1_only && key.other_service);
        assert_eq!(key.version, Version::Wrong);
        let key = Key::parse(b"v=DKIM1; h=sha1:sha256; s=*; p=");
        assert!(!key.test && !key.no_subdomains && !key.sha1_only && !key.other_service);
        assert_eq!(key.version, Version::Right);
    }
}
