//! A `DKIM-Signature` or `ARC-Message-Signature` field → what it claims (RFC 6376 section 3.5, RFC 8617 section 4.1.2).

use super::canonical::Canonical;
use super::limits;
use crate::crypto::Algorithm;
use crate::domain::Domain;
use crate::tags::Tags;

/// What a signature claims, not yet verified.
#[derive(Debug)]
pub(crate) struct Signature {
    pub algorithm: Algorithm,
    /// `d=`.
    pub domain: Domain,
    /// `s=`.
    pub selector: Domain,
    /// The domain of `i=`.
    pub user_domain: Domain,
    /// `h=`, in lower case.
    pub names: Vec<String>,
    /// `b=`.
    pub signature: Vec<u8>,
    /// `bh=`.
    pub body_hash: Vec<u8>,
    /// `l=`, in bytes of the canonical body.
    pub length_bytes: Option<u64>,
    pub header: Canonical,
    pub body: Canonical,
    /// `t=`, seconds since 1970.
    pub signed_at: Option<u64>,
    /// `x=`, seconds since 1970.
    pub expires_at: Option<u64>,
}

/// Why a field is no signature.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoSignature {
    /// What `d=` says, where it is a domain.
    pub domain: Option<Domain>,
    /// What is wrong.
    pub flaw: Flaw,
}

/// What is wrong with a signature's claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// It is not of the form, or a tag is missing or contradicts another.
    Broken,
    /// It is larger than anything honest.
    TooLarge,
    /// A hash that is forbidden (RFC 8301).
    WeakHash,
}

/// Which of the two fields it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Dkim,
    /// Without version and user; `i=` is the instance.
    Arc,
}

impl Signature {
    /// Parses a field's value.
    pub(crate) fn parse(value: &[u8], kind: Kind) -> Result<Self, NoSignature> {
        if value.len() > limits::SIGNATURE_BYTES_MAX {
            return Err(NoSignature { domain: None, flaw: Flaw::TooLarge });
        }
        let tags = Tags::parse(value).ok_or(NoSignature { domain: None, flaw: Flaw::Broken })?;
        let domain = tags.value("d").and_then(Domain::parse);
        Self::of(&tags, kind).map_err(|flaw| NoSignature { domain, flaw })
    }

    fn of(tags: &Tags<'_>, kind: Kind) -> Result<Self, Flaw> {
        if kind == Kind::Dkim && tags.value("v") != Some("1") {
            return Err(Flaw::Broken);
        }
        let algorithm = tags.value("a").ok_or(Flaw::Broken)?;
        if algorithm.eq_ignore_ascii_case("rsa-sha1") {
            return Err(Flaw::WeakHash);
        }
        let domain = tags.value("d").and_then(Domain::parse).filter(|domain| domain.label_count() >= 2);
        let domain = domain.ok_or(Flaw::Broken)?;
        let user_domain = match tags.value("i") {
            Some(user) if kind == Kind::Dkim => {
                let (_, host) = user.rsplit_once('@').ok_or(Flaw::Broken)?;
                Domain::parse(host).filter(|host| host.is_within(&domain)).ok_or(Flaw::Broken)?
            }
            _ => domain.clone(),
        };
        let names = signed_names(tags)?;
        let (header, body) = match tags.value("c") {
            Some(text) => Canonical::parse_pair(text).ok_or(Flaw::Broken)?,
            None => (Canonical::Simple, Canonical::Simple),
        };
        if tags.list("q").is_some_and(|methods| !methods.iter().any(|method| method.starts_with("dns/txt"))) {
            return Err(Flaw::Broken);
        }
        let number = |name| tags.number(name).map_err(|_| Flaw::Broken);
        let (signed_at, expires_at) = (number("t")?, number("x")?);
        if signed_at.zip(expires_at).is_some_and(|(signed, expires)| expires < signed) {
            return Err(Flaw::Broken);
        }
        Ok(Self {
            algorithm: Algorithm::parse(algorithm).ok_or(Flaw::Broken)?,
            domain,
            selector: tags.value("s").and_then(Domain::parse).ok_or(Flaw::Broken)?,
            user_domain,
            names,
            signature: tags.base64("b").filter(|bytes| !bytes.is_empty()).ok_or(Flaw::Broken)?,
            body_hash: tags.base64("bh").ok_or(Flaw::Broken)?,
            length_bytes: number("l")?,
            header,
            body,
            signed_at,
            expires_at,
        })
    }

    /// Whether `h=` names the field at all.
    pub(crate) fn names_count(&self, name: &str) -> usize {
        self.names.iter().filter(|signed| signed.eq_ignore_ascii_case(name)).count()
    }
}

/// `h=`: names of fields, `From` among them (RFC 6376 section 5.4).
fn signed_names(tags: &Tags<'_>) -> Result<Vec<String>, Flaw> {
    let names = tags.list("h").ok_or(Flaw::Broken)?;
    if names.len() > limits::SIGNED_NAMES_MAX {
        return Err(Flaw::TooLarge);
    }
    let is_name = |name: &String| !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic());
    if !names.iter().all(is_name) || !names.iter().any(|name| name.eq_ignore_ascii_case("from")) {
        return Err(Flaw::Broken);
    }
    Ok(names.iter().map(|name| name.to_ascii_lowercase()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "v=1; a=rsa-sha256; c=relaxed/simple; d=midori.example; s=a.b; h=From : To; bh=YWJj; b=YWJj; l=3; t=5; x=9";

    #[test]
    fn claims_are_read() {
        let signature = Signature::parse(GOOD.as_bytes(), Kind::Dkim).unwrap();
        assert_eq!(signature.names, ["from", "to"]);
        assert_eq!((signature.header, signature.body), (Canonical::Relaxed, Canonical::Simple));
        assert_eq!(
            (signature.length_bytes, signature.signed_at, signature.expires_at),
            (Some(3), Some(5), Some(9))
        );
        assert_eq!(signature.user_domain, signature.domain);
    }

    #[test]
    fn what_two_programs_could_read_differently_is_none() {
        for (from, to) in [
            ("v=1; ", ""),
            ("v=1", "v=2"),
            ("d=midori.example", "d=midori.example; d=other.example"),
            ("d=midori.example", "d=midori.example."),
            ("d=midori.example", "d=midori.example(other.example)"),
            ("d=midori.example", "d=midori.example other.example"),
            ("d=midori.example", "d=example"),
            ("d=midori.example", "d=midori.example; i=@other.example"),
            ("d=midori.example", "d=midori.example; i=@dori.example"),
            ("h=From : To", "h=To"),
            ("h=From : To", "h="),
            ("x=9", "x=4"),
            ("x=9", "x=z"),
            ("l=3", "l=-1"),
            ("t=5", "q=http; t=5"),
            ("relaxed/simple", "nowsp"),
            ("rsa-sha256", "rsa-md5"),
            ("s=a.b", "s="),
            ("b=YWJj; l", "b=; l"),
            ("bh=YWJj", "bh=*"),
        ] {
            let text = GOOD.replacen(from, to, 1);
            assert_ne!(text, GOOD);
            let found = Signature::parse(text.as_bytes(), Kind::Dkim);
            assert_eq!(found.map(|_| ()).map_err(|none| none.flaw), Err(Flaw::Broken), "{text}");
        }
        let sha1 = GOOD.replace("sha256", "sha1");
        assert_eq!(Signature::parse(sha1.as_bytes(), Kind::Dkim).unwrap_err().flaw, Flaw::WeakHash);
        let large = format!("{GOOD}; z={}", "a".repeat(limits::SIGNATURE_BYTES_MAX));
        assert_eq!(Signature::parse(large.as_bytes(), Kind::Dkim).unwrap_err().flaw, Flaw::TooLarge);
    }
}
