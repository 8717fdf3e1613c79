//! One record as it stands in the XML → one mail's fate: as whom it authenticated, and whether that is the domain in `From`.

use std::net::IpAddr;

use super::{Disposition, Outcome, Overrides};
use crate::reports::limits::RESULTS_MAX;
use crate::reports::{Doubt, count, is_below, note};

/// A record while it is read.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub source: String,
    pub count: Option<String>,
    pub disposition: Disposition,
    pub dkim: Option<bool>,
    pub spf: Option<bool>,
    pub overrides: Overrides,
    pub header_from: String,
    pub envelope_from: String,
    dkim_results: Vec<AuthResult>,
    spf_results: Vec<AuthResult>,
}

/// What one signature, or SPF, gave.
#[derive(Debug, Default)]
pub(super) struct AuthResult {
    pub domain: String,
    pub passes: bool,
}

/// What a record says, worked out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fate {
    pub address: Option<IpAddr>,
    pub messages: u64,
    pub authenticated: Option<String>,
    pub carrier: Option<String>,
    pub outcome: Outcome,
}

impl Record {
    pub fn add_dkim(&mut self, result: AuthResult) {
        if self.dkim_results.len() < RESULTS_MAX {
            self.dkim_results.push(result);
        }
    }

    pub fn add_spf(&mut self, result: AuthResult) {
        if self.spf_results.len() < RESULTS_MAX {
            self.spf_results.push(result);
        }
    }

    /// Works out what it says. `domain` is the one whose policy was asked for.
    pub fn fate(&self, domain: &str, doubts: &mut Vec<Doubt>) -> Fate {
        let address = self.source.trim().parse::<IpAddr>().ok();
        if address.is_none() {
            note(doubts, Doubt::AddressMissing);
        }
        let messages = match &self.count {
            Some(text) => count(text, doubts),
            None => {
                note(doubts, Doubt::CountMissing);
                0
            }
        };
        let own = |name: &str| {
            is_below(name, domain) || is_below(name, &self.header_from) || is_below(&self.header_from, name)
        };
        let passing = |results: &[AuthResult], ours: bool| {
            let mut found = results.iter().filter(|result| result.passes && !result.domain.is_empty());
            found.find(|result| own(&result.domain) == ours).map(|result| result.domain.clone())
        };
        let (own_dkim, own_spf) = (passing(&self.dkim_results, true), passing(&self.spf_results, true));
        // Some reporters leave out what they made of the results.
        let (dkim, spf) = (self.dkim.unwrap_or(own_dkim.is_some()), self.spf.unwrap_or(own_spf.is_some()));
        let carrier = passing(&self.dkim_results, false).or_else(|| passing(&self.spf_results, false));
        let outcome = match (dkim, spf) {
            (true, true) => Outcome::Both,
            (true, false) => Outcome::Dkim,
            (false, true) => Outcome::Spf,
            (false, false) => Outcome::Fails,
        };
        let authenticated = match outcome {
            // Where a report says that it passes and not as whom, it is as the domain in From.
            Outcome::Both | Outcome::Dkim => own_dkim.or(own_spf).or_else(|| Some(self.header_from.clone())),
            Outcome::Spf => own_spf.or_else(|| Some(self.header_from.clone())),
            Outcome::Fails => None,
        };
        Fate { address, messages, authenticated, carrier, outcome }
    }
}
