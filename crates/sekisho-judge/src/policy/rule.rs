//! One rule: what must have been found, what is then done, and what is said.

use serde::{Deserialize, Serialize};

use crate::{Finding, Grade, Profile, Text};

/// What is done with a mail, in order of strictness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It goes its way.
    Deliver,
    /// It goes its way, with a warning.
    Warn,
    /// It is kept back until a person releases it.
    Hold,
    /// It is refused.
    Reject,
}

impl Action {
    /// The word in policies and JSON.
    pub fn id(self) -> &'static str {
        match self {
            Action::Deliver => "deliver",
            Action::Warn => "warn",
            Action::Hold => "hold",
            Action::Reject => "reject",
        }
    }
}

/// A rule of the policy.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name in verdicts.
    pub id: String,
    /// When it matches.
    pub condition: Condition,
    /// What it asks for.
    pub action: Action,
    /// What it asks for in the strict profile, where that differs.
    pub strict: Option<Action>,
    /// What it says.
    pub reason: Text,
    /// Whether an organisation took it away.
    pub off: bool,
}

/// When a rule matches: everything that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct Condition {
    /// Each of these was found.
    pub all: Vec<Wanted>,
    /// At least one of these was found (where any is listed).
    pub any: Vec<Wanted>,
    /// None of these was found.
    pub none: Vec<Wanted>,
    /// At least `count` different ones of these were found.
    pub at_least: Option<AtLeast>,
}

/// A check with the least grade that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The check's id.
    pub id: String,
    /// The least grade; `Weak` where nothing is said, so that `info` never counts by accident.
    pub grade_min: Grade,
}

/// A number of different checks.
#[derive(Clone, Debug)]
pub struct AtLeast {
    /// How many.
    pub count: usize,
    /// Of which.
    pub of: Vec<Wanted>,
}

impl Rule {
    /// What it asks for in `profile`.
    pub fn action(&self, profile: Profile) -> Action {
        match (profile, self.strict) {
            (Profile::Strict, Some(strict)) => strict,
            _ => self.action,
        }
    }
}

impl Wanted {
    fn matches(&self, finding: &Finding) -> bool {
        finding.id == self.id && finding.grade >= self.grade_min
    }
}

impl Condition {
    /// The findings that make it match, or `None`.
    pub(super) fn matched<'f>(&self, findings: &'f [Finding]) -> Option<Vec<&'f Finding>> {
        let found = |wanted: &Wanted| findings.iter().any(|finding| wanted.matches(finding));
        let all = self.all.iter().all(found);
        let any = self.any.is_empty() || self.any.iter().any(found);
        let none = !self.none.iter().any(found);
        let enough = self
            .at_least
            .as_ref()
            .is_none_or(|least| least.of.iter().filter(|wanted| found(wanted)).count() >= least.count);
        if !(all && any && none && enough) {
            return None;
        }
        let of = self.at_least.iter().flat_map(|least| &least.of);
        let counted: Vec<&Wanted> = self.all.iter().chain(&self.any).chain(of).collect();
        Some(findings.iter().filter(|finding| counted.iter().any(|wanted| wanted.matches(finding))).collect())
    }
}
