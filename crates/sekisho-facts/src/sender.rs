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
