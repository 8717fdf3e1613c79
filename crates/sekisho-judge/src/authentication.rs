//! Results of the sender's authentication → what several checks ask of them. Authentication is never a merit: what
//! stands here only takes findings about identity away, never findings about content.

use sekisho_facts::{AuthResult, Fact, Identity, Outcome, Why};

use sekisho_mail::Address;

use crate::{Input, domain};

/// What a mailing list that the header announces is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    /// There is none.
    None,
    /// The header speaks of one, but what authenticated is somebody else, or nobody: anybody can write such a header.
    Announced,
    /// The list itself authenticated, or nothing was evaluated that could say otherwise.
    Authenticated,
}

impl Input<'_> {
    /// Whether the mail is from whom it shows.
    pub(crate) fn identity(&self) -> Identity {
        self.facts.sender.identity
    }

    /// Why it cannot be said who sent it, if that is so.
    pub(crate) fn unknown_sender(&self) -> Option<Why> {
        let sender = &self.facts.sender;
        if sender.identity != Identity::Unknown {
            return None;
        }
        match &sender.dmarc {
            Fact::Unknown { unknown } => Some(*unknown),
            Fact::Known(result) => match result.known {
                Outcome::Temperror => Some(Why::NoDns),
                // Nothing is published, and one of the methods that could still tell was not answered.
                Outcome::None | Outcome::Permerror => {
                    sender.dkim.iter().chain([&sender.spf]).find_map(unanswered)
                }
                _ => None,
            },
        }
    }

    /// Why the signatures that the mail bears are not known, though other things of the sender are. Where the sender was
    /// verified without them, they are not missed.
    pub(crate) fn unknown_signatures(&self) -> Option<Why> {
        let dkim = &self.facts.sender.dkim;
        let is_answered = dkim.iter().any(|fact| unanswered(fact).is_none());
        if is_answered || self.unknown_sender().is_some() || self.identity() == Identity::AsContact {
            return None;
        }
        let is_signed = self.message.field("DKIM-Signature").is_some();
        dkim.iter().find_map(unanswered).or_else(|| is_signed.then_some(Why::NotAsked))
    }

    /// The result of DMARC, where it is known for good.
    pub(crate) fn dmarc(&self) -> Option<&AuthResult> {
        self.facts.sender.dmarc.known().filter(|result| result.known != Outcome::Temperror)
    }

    /// Known results of the signatures.
    pub(crate) fn signatures(&self) -> impl Iterator<Item = &AuthResult> {
        self.facts.sender.dkim.iter().filter_map(Fact::known)
    }

    /// Domains for which a signature or SPF passed, with nothing that weakens it.
    pub(crate) fn authenticated_domains(&self) -> impl Iterator<Item = &str> {
        let spf = self.facts.sender.spf.known();
        let passed = self.signatures().chain(spf).filter(|result| result.passes_fully());
        passed.map(|result| result.domain.as_str()).filter(|domain| !domain.is_empty())
    }

    /// Whether an address is ours, and the mail did not turn out to come from elsewhere.
    pub(crate) fn is_ours(&self, address: &Address) -> bool {
        self.own.is_own_address(address) && self.identity() != Identity::NotAsContact
    }

    /// What the mailing list that passed it on is worth.
    pub(crate) fn list(&self) -> List {
        let Some(list) = self.message.mailing_list() else { return List::None };
        // Few lists sign; without SPF, which stored mail never has, nothing can be held against them.
        let is_evaluated = self.facts.sender.spf.known().is_some();
        let is_its_own =
            |passed: &str| list.domains.iter().any(|domain| domain::same_organisation(domain, passed));
        if !is_evaluated || self.authenticated_domains().any(is_its_own) {
            List::Authenticated
        } else {
            List::Announced
        }
    }

    /// Whether an outside service of ours signed the mail as itself.
    pub(crate) fn is_from_own_service(&self) -> bool {
        let mut signed = self.signatures().filter(|result| result.passes_fully());
        signed.any(|result| self.own.is_own_service(&domain::to_ascii(&result.domain)))
    }
}

/// Why a method gave no final answer.
fn unanswered(fact: &Fact<AuthResult>) -> Option<Why> {
    match fact {
        Fact::Known(result) => (result.known == Outcome::Temperror).then_some(Why::NoDns),
        Fact::Unknown { unknown } => Some(*unknown),
    }
}
