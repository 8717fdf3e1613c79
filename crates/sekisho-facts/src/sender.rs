//! Who really sent a mail, as far as it could be verified: results of SPF, DKIM, DMARC and ARC (RFC 8601 words).

use serde::{Deserialize, Serialize};

use crate::Fact;

/// Results of the sender's authentication.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// SPF of MAIL FROM, else of HELO (RFC 7208).
    pub spf: Fact<AuthResult>,
    /// One a signature (RFC 6376).
    pub dkim: Vec<Fact<AuthResult>>,
    /// DMARC of the `From` domain (RFC 9989).
    pub dmarc: Fact<AuthResult>,
    /// ARC (RFC 8617).
    pub arc: Fact<AuthResult>,
    /// The name of the client's address that leads back to the address; empty where there is none.
    pub reverse: Fact<String>,
    /// What follows for the person shown.
    pub identity: Identity,
}

/// One method's result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthResult {
    /// The result.
    pub known: Outcome,
    /// The domain it is about.
    pub domain: String,
    /// Who found it out: the host that wrote it, or `sekisho`.
    pub by: String,
    /// What explains or weakens the result, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<AuthNote>,
}

/// Notes that take from a pass what it would prove: something could have been added, or anybody could have signed it.
const WEAKENS: &[AuthNote] = &[
    AuthNote::UnsignedTail,
    AuthNote::WeakKey,
    AuthNote::TestKey,
    AuthNote::Expired,
    AuthNote::FieldsUncovered,
    AuthNote::FromDoubtful,
    AuthNote::Helo,
];

impl Sender {
    /// Whether a sealer that is believed says that the mail was authentic before it was passed on (RFC 8617).
    pub fn is_vouched_for(&self) -> bool {
        let arc = self.arc.known();
        arc.is_some_and(|arc| arc.known == Outcome::Pass && arc.notes.contains(&AuthNote::TrustedSealer))
    }
}

impl AuthResult {
    /// The name in `by` of what we found out ourselves.
    pub const OURSELVES: &str = "sekisho";

    /// A result that we found out ourselves.
    pub fn ours(known: Outcome, domain: impl Into<String>, notes: Vec<AuthNote>) -> Self {
        Self { known, domain: domain.into(), by: Self::OURSELVES.to_owned(), notes }
    }

    /// Whether it is a pass that nothing weakens.
    pub fn passes_fully(&self) -> bool {
        self.known == Outcome::Pass && !self.notes.iter().any(|note| WEAKENS.contains(note))
    }
}

/// Results in the name of one of our own servers that stand where a stranger could have written them (RFC 8601
/// section 5): they are believed by nobody, and that they are there is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The server's name that they bear: one of the trusted ones.
    pub id: String,
    /// The methods that they say have passed (`dmarc`, `dkim`, `spf`, …), each once, in order.
    pub passes: Vec<String>,
}

/// What explains or weakens a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthNote {
    /// It is about the `From` domain, or one of the same organisation (RFC 9989 alignment).
    Aligned,
    /// DMARC: the domain asks that failures are rejected.
    PolicyReject,
    /// DMARC: the domain asks that failures are put aside.
    PolicyQuarantine,
    /// DMARC: the domain asks for nothing.
    PolicyNone,
    /// DKIM: the signature covers only a beginning of the text (`l=`): anything may have been added.
    UnsignedTail,
    /// DKIM: the key is short enough to be broken, or the hash is.
    WeakKey,
    /// DKIM: the key is marked as a test (`t=y`).
    TestKey,
    /// DKIM: the signature's time is over (`x=`).
    Expired,
    /// DKIM: the text was changed after it was signed.
    BodyChanged,
    /// DKIM: signed header fields were changed or the signature is forged.
    SignatureWrong,
    /// DKIM: a field that a reader sees could be added without breaking the signature.
    FieldsUncovered,
    /// DKIM: there is no such key (any more).
    NoKey,
    /// More signatures, lookups or bytes than are looked at.
    LimitReached,
    /// SPF: about the HELO name, because MAIL FROM is empty.
    Helo,
    /// Programs could show another sender than the one this is about, or several.
    FromDoubtful,
    /// ARC: the last seal is one of the configured sealers'.
    TrustedSealer,
}

/// A result word of RFC 8601 section 2.7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Nothing is published or signed.
    None,
    /// The domain says nothing about it.
    Neutral,
    /// It is who it claims.
    Pass,
    /// It is not.
    Fail,
    /// It probably is not.
    Softfail,
    /// Could not be found out now.
    Temperror,
    /// Cannot be found out: the record is broken.
    Permerror,
}

impl Outcome {
    /// The registered word.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::None => "none",
            Outcome::Neutral => "neutral",
            Outcome::Pass => "pass",
            Outcome::Fail => "fail",
            Outcome::Softfail => "softfail",
            Outcome::Temperror => "temperror",
            Outcome::Permerror => "permerror",
        }
    }
}

/// Whether the person shown is authenticated (design: identity).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// Authenticated as the contact shown.
    AsContact,
    /// Evaluated, and not passed as that contact.
    NotAsContact,
    /// Could not be evaluated. Never treated as a stranger.
    #[default]
    Unknown,
}
