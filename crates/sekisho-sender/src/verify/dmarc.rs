//! Results of SPF and DKIM and the domain shown → whether DMARC holds, and what the domain asks for (RFC 9989).
//!
//! A pass needs an aligned pass that nothing weakens. Where such a pass is weakened (a body that is signed in part), the
//! result is `neutral`: neither forged nor proved. Where a method that could have given one was not answered, it is
//! `temperror` or unknown, never a fail.

use sekisho_facts::{AuthNote, AuthResult, Fact, Outcome, Why};

use super::ask::Ask;
use super::from::Shown;
use crate::dmarc::record::{Alignment, Policy, Record};
use crate::dmarc::walk::{NotAnswered, Walk, Whose};
use crate::domain::{Domain, is_same_organisation};

/// Asks for the policy of the domain shown, so that its answers are there when others have used up the time.
pub(crate) fn ask_first(ask: &Ask<'_>, shown: &Shown) {
    if let Some(author) = &shown.domain {
        let _ = Walk::from(ask, author);
    }
}

/// Evaluates DMARC; notes in the results of SPF and DKIM which of them are aligned.
pub(crate) fn verify(
    ask: &Ask<'_>,
    shown: &Shown,
    spf: &mut Fact<AuthResult>,
    dkim: &mut [Fact<AuthResult>],
) -> Fact<AuthResult> {
    let Some(author) = &shown.domain else {
        return Fact::Known(AuthResult::ours(Outcome::Permerror, "", vec![AuthNote::FromDoubtful]));
    };
    if shown.is_doubtful {
        return Fact::Known(AuthResult::ours(
            Outcome::Permerror,
            author.as_str(),
            vec![AuthNote::FromDoubtful],
        ));
    }
    let Ok(walk) = Walk::from(ask, author) else {
        return Fact::Known(AuthResult::ours(Outcome::Temperror, author.as_str(), Vec::new()));
    };
    let policy = walk.policy().filter(|(record, _)| record.is_policy());
    let measure =
        Measure { ask, author, organisation: walk.organisation(), record: policy.map(|(record, _)| record) };
    let mut best = Evidence::Nothing;
    for fact in dkim.iter_mut() {
        best = best.max(measure.weigh(fact, Method::Dkim));
    }
    best = best.max(measure.weigh(spf, Method::Spf));
    let Some((record, whose)) = policy else {
        return Fact::Known(AuthResult::ours(Outcome::None, author.as_str(), Vec::new()));
    };
    let wish = match whose {
        Whose::Own => record.own(),
        Whose::Above if exists(ask, author) => record.below(),
        Whose::Above => record.invented(),
    };
    let mut notes = vec![match record.applied(wish) {
        Policy::None => AuthNote::PolicyNone,
        Policy::Quarantine => AuthNote::PolicyQuarantine,
        Policy::Reject => AuthNote::PolicyReject,
    }];
    let known = match best {
        Evidence::Pass => {
            notes.push(AuthNote::Aligned);
            Outcome::Pass
        }
        Evidence::WeakPass => Outcome::Neutral,
        Evidence::NotAnswered => Outcome::Temperror,
        Evidence::NotAsked => return Fact::Unknown { unknown: Why::NotAsked },
        Evidence::Nothing => Outcome::Fail,
    };
    Fact::Known(AuthResult::ours(known, author.as_str(), notes))
}

/// What one method's result says about the domain shown, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    Nothing,
    NotAsked,
    NotAnswered,
    WeakPass,
    Pass,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Spf,
    Dkim,
}

/// What results are measured by.
struct Measure<'m> {
    ask: &'m Ask<'m>,
    author: &'m Domain,
    organisation: Domain,
    record: Option<&'m Record>,
}

impl Measure<'_> {
    fn weigh(&self, fact: &mut Fact<AuthResult>, method: Method) -> Evidence {
        let result = match fact {
            Fact::Known(result) => result,
            Fact::Unknown { unknown: Why::NotAsked } => return Evidence::NotAsked,
            Fact::Unknown { .. } => return Evidence::NotAnswered,
        };
        if !matches!(result.known, Outcome::Pass | Outcome::Temperror) {
            return Evidence::Nothing;
        }
        let aligned = match Domain::parse(&result.domain) {
            Some(domain) => self.is_aligned(&domain, method),
            None => Ok(false),
        };
        match (aligned, result.known) {
            (Ok(false), _) => Evidence::Nothing,
            (Err(NotAnswered), _) | (Ok(true), Outcome::Temperror) => Evidence::NotAnswered,
            (Ok(true), _) => {
                result.notes.push(AuthNote::Aligned);
                if result.passes_fully() { Evidence::Pass } else { Evidence::WeakPass }
            }
        }
    }

    fn is_aligned(&self, domain: &Domain, method: Method) -> Result<bool, NotAnswered> {
        if domain == self.author {
            return Ok(true);
        }
        let Some(record) = self.record else {
            // Nobody says how near it must be: the same registered name.
            return Ok(is_same_organisation(domain.as_str(), self.author.as_str()));
        };
        let alignment = match method {
            Method::Spf => record.spf,
            Method::Dkim => record.dkim,
        };
        if alignment == Alignment::Strict || !domain.is_within(&self.organisation) {
            return Ok(false);
        }
        Ok(Walk::from(self.ask, domain)?.organisation() == self.organisation)
    }
}

/// Whether the name exists; where DNS did not say, it does (RFC 9989 section 3.2.13, RFC 8020).
fn exists(ask: &Ask<'_>, domain: &Domain) -> bool {
    ask.a(domain.as_str()) != Err(crate::NoAnswer::NoSuchName)
}
