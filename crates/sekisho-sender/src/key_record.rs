//! The text of a key record → the key's kind and size, and what makes it useless (RFC 6376 section 3.6.1, RFC 8463, RFC 8301).

use data_encoding::BASE64;
use sekisho_mail::tag_list;

use crate::crypto::rsa_bits;
use crate::tags::{RECORD_BYTES_MAX, Tags};

/// A key record, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeyRecord {
    /// What the key is.
    pub kind: Kind,
    /// `k=`, in lower case.
    pub algorithm: String,
    /// `p=`, decoded as leniently as signatures are.
    pub bytes: Option<Vec<u8>>,
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
pub(crate) enum Kind {
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
pub(crate) enum Version {
    /// `v=DKIM1`, first.
    Right,
    /// It is not there, which is allowed.
    #[default]
    Absent,
    /// Another version, or not at the beginning.
    Wrong,
}

impl KeyRecord {
    /// Reads a record.
    pub(crate) fn parse(record: &[u8]) -> Self {
        if record.len() > RECORD_BYTES_MAX {
            return Self { kind: Kind::TooLarge, ..Self::default() };
        }
        let Some(tags) = Tags::parse(record) else {
            return Self::of_no_list(&String::from_utf8_lossy(record));
        };
        let limited_to = |tag: &str, words: &[&str]| {
            tags.list(tag).is_some_and(|found| {
                !found.iter().any(|found| words.iter().any(|word| found.eq_ignore_ascii_case(word)))
            })
        };
        let flags = tags.list("t").unwrap_or_default();
        let has = |flag: &str| flags.iter().any(|found| found.eq_ignore_ascii_case(flag));
        let algorithm = tags.value("k").unwrap_or("rsa").to_ascii_lowercase();
        Self {
            kind: kind(&algorithm, tags.tight("p").as_deref()),
            bytes: tags.base64("p"),
            version: match (tags.value("v"), tags.first()) {
                (None, _) => Version::Absent,
                (Some("DKIM1"), Some("v")) => Version::Right,
                _ => Version::Wrong,
            },
            test: has("y"),
            no_subdomains: has("s"),
            sha1_only: limited_to("h", &["sha256"]),
            other_service: limited_to("s", &["*", "email"]),
            algorithm,
        }
    }

    /// A tag that stands twice, or is none, makes the whole list nothing (section 3.2): a broken key, if one was meant.
    fn of_no_list(text: &str) -> Self {
        let tags = tag_list(text);
        let is_meant = tags.iter().any(|tag| tag.name == "p" && tag.value.is_some())
            || tags.first().is_some_and(|tag| tag.name == "v" && tag.value == Some("DKIM1"));
        let kind = if is_meant { Kind::Broken } else { Kind::NoKey };
        Self { kind, ..Self::default() }
    }

    /// Whether this is a key record at all, and not some other text under the name (a wildcard's).
    pub(crate) fn is_key_record(&self) -> bool {
        self.kind != Kind::NoKey || self.version == Version::Right
    }
}

/// `p` is what `p=` says, without white space.
fn kind(algorithm: &str, p: Option<&str>) -> Kind {
    let Some(p) = p else { return Kind::NoKey };
    if p.is_empty() {
        return Kind::Revoked;
    }
    // Strict: some receivers take a key without its padding, others do not.
    let Ok(key) = BASE64.decode(p.as_bytes()) else { return Kind::Broken };
    match algorithm {
        "rsa" => rsa_bits(&key).map_or(Kind::Broken, Kind::Rsa),
        "ed25519" if key.len() == 32 => Kind::Ed25519,
        "ed25519" => Kind::Broken,
        other => Kind::Unknown(other.to_owned()),
    }
}

/// A public key of that many bits that is good for nothing but its size.
#[cfg(test)]
pub(crate) fn sham_rsa(bits: usize) -> String {
    /// DER tags (X.690 section 8).
    const SEQUENCE: u8 = 0x30;
    const INTEGER: u8 = 0x02;
    const BIT_STRING: u8 = 0x03;

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
        let rsa = |bits| KeyRecord::parse(format!("v=DKIM1; k=rsa; p={}", sham_rsa(bits)).as_bytes()).kind;
        for bits in [512, 1024, 2048, 4096, 16_384] {
            assert_eq!(rsa(bits), Kind::Rsa(bits));
        }
        let ed = BASE64.encode(&[7; 32]);
        let kind = |record: &str| KeyRecord::parse(record.as_bytes()).kind;
        assert_eq!(kind(&format!("v=DKIM1; k=ed25519; p={ed}")), Kind::Ed25519);
        assert_eq!(kind(&format!("v=DKIM1; k=rsa; p={ed}")), Kind::Broken);
        assert_eq!(kind(&format!("k=dilithium; p={ed}")), Kind::Unknown("dilithium".to_owned()));
        assert_eq!(kind("v=DKIM1; p="), Kind::Revoked);
        assert_eq!(kind("v=DKIM1; p=あいう"), Kind::Broken);
        assert_eq!(kind("v=spf1 -all"), Kind::NoKey);
        assert_eq!(kind(&format!("v=DKIM1; p={}", "A".repeat(2_000_000))), Kind::TooLarge);
        for broken in [format!("v=DKIM1; p={ed}; p={ed}"), format!("v=DKIM1; note; k=ed25519; p={ed}")] {
            assert_eq!(kind(&broken), Kind::Broken, "{broken}");
        }
        let folded = sham_rsa(1024).chars().map(|c| format!("{c} ")).collect::<String>();
        assert_eq!(kind(&format!("p={folded}")), Kind::Rsa(1024));
    }

    #[test]
    fn flags_are_read_as_lists() {
        let key = KeyRecord::parse(b"p=; v=DKIM1; t=s : y; h=sha1; s=tlsrpt");
        assert!(key.test && key.no_subdomains && key.sha1_only && key.other_service);
        assert_eq!(key.version, Version::Wrong);
        let key = KeyRecord::parse(b"v=DKIM1; h=sha1:sha256; s=*; p=");
        assert!(!key.test && !key.no_subdomains && !key.sha1_only && !key.other_service);
        assert_eq!(key.version, Version::Right);
    }
}
