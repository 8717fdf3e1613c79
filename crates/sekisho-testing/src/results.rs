//! Outcomes method by method → the facts about a mail, as a border server would have found them.

use sekisho_facts::{AuthNote, AuthResult, Fact, Facts, Outcome, Sender};

/// Results of one mail, put together one after the other.
#[derive(Debug, Clone, Default)]
pub struct Results {
    sender: Sender,
}

impl Results {
    /// With a result of DMARC.
    pub fn dmarc(mut self, known: Outcome, domain: &str, notes: &[AuthNote]) -> Self {
        self.sender.dmarc = result(known, domain, notes);
        self
    }

    /// With one more signature.
    pub fn dkim(mut self, known: Outcome, domain: &str, notes: &[AuthNote]) -> Self {
        self.sender.dkim.push(result(known, domain, notes));
        self
    }

    /// With a result of SPF.
    pub fn spf(mut self, known: Outcome, domain: &str) -> Self {
        self.sender.spf = result(known, domain, &[]);
        self
    }

    /// With a result of ARC.
    pub fn arc(mut self, known: Outcome, domain: &str, notes: &[AuthNote]) -> Self {
        self.sender.arc = result(known, domain, notes);
        self
    }

    /// The facts; the identity is left to whoever reads the mail.
    pub fn into_facts(self) -> Facts {
        Facts { sender: self.sender, ..Facts::default() }
    }
}

/// The part of an address behind its `@`; all of it where there is none.
pub fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(_, domain)| domain)
}

fn result(known: Outcome, domain: &str, notes: &[AuthNote]) -> Fact<AuthResult> {
    let domain = domain.trim().to_lowercase();
    Fact::Known(AuthResult { known, domain, by: "mx.midori.example".to_owned(), notes: notes.to_vec() })
}
