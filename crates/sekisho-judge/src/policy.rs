//! Findings → verdict: rules from TOML, the built-in ones and the organisation's own.

mod parse;
mod rule;

pub use parse::PolicyError;
pub use rule::{Action, AtLeast, Condition, Rule, Wanted};

use sha2::{Digest, Sha256};

use crate::{Finding, Grade, Reason, Verdict};

/// How strict an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// Judges as balanced and acts on nothing.
    Watch,
    /// What most organisations want.
    Balanced,
    /// Rather one false alarm more than one miss.
    Strict,
}

impl Profile {
    /// Every profile.
    pub const ALL: &[Profile] = &[Profile::Watch, Profile::Balanced, Profile::Strict];

    /// The word in the configuration.
    pub fn id(self) -> &'static str {
        match self {
            Profile::Watch => "watch",
            Profile::Balanced => "balanced",
            Profile::Strict => "strict",
        }
    }
}

/// The rules of one profile.
#[derive(Clone, Debug)]
pub struct Policy {
    rules: Vec<Rule>,
    profile: Profile,
    sha256: String,
}

/// The rules that every installation has.
const BUILT_IN: &str = include_str!("../policy/default.toml");

impl Policy {
    /// The built-in rules in one profile.
    ///
    /// # Errors
    /// None in practice: a test reads the built-in rules.
    pub fn built_in(profile: Profile) -> Result<Self, PolicyError> {
        Self::read(&[("policy/default.toml", BUILT_IN)], profile)
    }

    /// The built-in rules, overridden by those of `text` (rules of the same id are replaced, `off = true` takes one
    /// away, new ones are added). `file` is the name used in errors.
    ///
    /// # Errors
    /// The first key, id or value that is not known, with file, line and the nearest name.
    pub fn with_override(profile: Profile, file: &str, text: &str) -> Result<Self, PolicyError> {
        Self::read(&[("policy/default.toml", BUILT_IN), (file, text)], profile)
    }

    fn read(texts: &[(&str, &str)], profile: Profile) -> Result<Self, PolicyError> {
        let mut rules: Vec<Rule> = Vec::new();
        let mut digest = Sha256::new();
        digest.update(profile.id());
        for (file, text) in texts {
            digest.update([0]);
            digest.update(text);
            for rule in parse::parse(file, text)? {
                match rules.iter_mut().find(|known| known.id == rule.id) {
                    Some(known) => *known = rule,
                    None => rules.push(rule),
                }
            }
        }
        rules.retain(|rule| !rule.off);
        Ok(Self { rules, profile, sha256: data_encoding::HEXLOWER.encode(&digest.finalize()) })
    }

    /// The rules, in the order of their files.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The profile they are applied in.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// SHA-256 of everything that decides, lower-case hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The strictest action that any rule asks for; every rule that matched is kept as a reason. A rule that matched
    /// on weak signs alone never holds: its action is bounded to `warn` here, whatever its file says.
    pub fn decide(&self, findings: &[Finding]) -> Verdict {
        let mut reasons: Vec<Reason> = Vec::new();
        for rule in &self.rules {
            let Some(matched) = rule.condition.matched(findings) else { continue };
            let strong = matched.iter().any(|finding| finding.grade == Grade::Strong);
            let asked = rule.action(self.profile);
            let action = if strong { asked } else { asked.min(Action::Warn) };
            if action > Action::Deliver {
                let findings = matched.into_iter().cloned().collect();
                reasons.push(Reason { rule: rule.id.clone(), action, text: rule.reason.clone(), findings });
            }
        }
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.action));
        let action = reasons.first().map_or(Action::Deliver, |reason| reason.action);
        Verdict { action, reasons }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(id: &str, grade: Grade) -> Finding {
        Finding { id: id.to_owned(), grade, part: None, arguments: Default::default() }
    }

    #[test]
    fn the_built_in_rules_read_in_every_profile() {
        for profile in Profile::ALL {
            let policy = Policy::built_in(*profile).unwrap();
            assert!(policy.rules().len() > 5, "{profile:?}");
        }
    }

    #[test]
    fn weak_signs_alone_never_hold_in_any_profile() {
        for profile in Profile::ALL {
            let policy = Policy::built_in(*profile).unwrap();
            let all: Vec<Finding> =
                crate::ALL.iter().map(|registered| finding(registered.id, Grade::Weak)).collect();
            assert!(policy.decide(&all).action <= Action::Warn, "{profile:?}");
            assert_eq!(policy.decide(&[]).action, Action::Deliver);
        }
    }

    #[test]
    fn every_strong_check_is_used_by_a_rule() {
        let policy = Policy::built_in(Profile::Balanced).unwrap();
        for registered in crate::ALL {
            let found = [finding(registered.id, Grade::Strong)];
            if registered.check.grade == Grade::Strong {
                assert_ne!(
                    policy.decide(&found).action,
                    Action::Deliver,
                    "{} leads to nothing",
                    registered.id
                );
            }
        }
    }

    #[test]
    fn an_override_replaces_by_id_and_takes_away() {
        let text = "[[rule]]\nid = \"sender-in-two-ways\"\noff = true\n";
        let policy = Policy::with_override(Profile::Balanced, "policy.toml", text).unwrap();
        assert_eq!(policy.decide(&[finding("several-from", Grade::Strong)]).action, Action::Deliver);
        assert_ne!(policy.sha256(), Policy::built_in(Profile::Balanced).unwrap().sha256());
    }

    #[test]
    fn all_any_none_and_at_least_are_kept_apart() {
        let text = r#"
[[rule]]
id = "mine"
all = ["several-from"]
none = ["address-in-name@strong"]
action = "hold"
reason = { ja = "あ", en = "a" }
"#;
        let policy = Policy::with_override(Profile::Balanced, "policy.toml", text).unwrap();
        let rules =
            |found: &[Finding]| policy.decide(found).reasons.iter().any(|reason| reason.rule == "mine");
        assert!(rules(&[finding("several-from", Grade::Strong)]));
        assert!(rules(&[finding("several-from", Grade::Strong), finding("address-in-name", Grade::Weak)]));
        assert!(!rules(&[finding("several-from", Grade::Strong), finding("address-in-name", Grade::Strong)]));
        assert!(!rules(&[finding("address-in-name", Grade::Weak)]));
    }
}
