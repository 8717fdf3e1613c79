//! A mail, read, and the facts about it → findings (one file a check) → verdict (policy) → reasons in words.
//!
//! Pure: "now" is an input. The order is: every check whose needs are met runs on an [`Input`] and adds
//! [`Finding`]s; the [`Policy`] turns findings into a [`Verdict`]; words are rendered when somebody looks.

mod authentication;
mod brought;
mod case;
mod cases;
mod check;
mod checks;
mod deeds;
pub mod domain;
mod exceptions;
mod files;
mod finding;
pub mod fold;
mod input;
mod invitation;
pub mod lists;
mod named;
pub mod nearest;
mod policy;
mod related;
mod value;
mod verdict;
mod words;

pub use case::{Case, CaseFinding, CasePart, Judged, Source};
pub use cases::{Expected, Trial, trials};
pub use check::{Check, Grade, ListUse, Need, Registered, SilencedBy, Text};
pub use checks::{ALL, check};
pub use finding::{Finding, Found};
pub use input::{Input, SeenLink};
pub use policy::{Action, AtLeast, Condition, Policy, PolicyError, Profile, Rule, Wanted};
pub use value::{Arguments, Value};
pub use verdict::{NotLookedAt, Reason, Verdict};
pub use words::{Lang, foreign, harmless, render};

/// What the judge found in one mail, what it decided, and what it could not look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The findings, in the order of the checks.
    pub findings: Vec<Finding>,
    /// The strictest action and every rule that matched.
    pub verdict: Verdict,
    /// What was not looked at, and why.
    pub not_looked_at: Vec<NotLookedAt>,
}

/// Judges files that came in no mail: what is said of a mail itself is left out.
pub fn judge_files(input: &Input<'_>, policy: &Policy) -> Judgement {
    let (mut findings, mut not_looked_at) = checks::run_all(input);
    findings.retain(|finding| finding.part.is_some());
    not_looked_at.retain(|left| left.what.starts_with("part:"));
    let verdict = policy.decide(&findings);
    Judgement { findings, verdict, not_looked_at }
}

/// Judges one mail.
pub fn judge(input: &Input<'_>, policy: &Policy) -> Judgement {
    let (findings, not_looked_at) = checks::run_all(input);
    let verdict = policy.decide(&findings);
    Judgement { findings, verdict, not_looked_at }
}
