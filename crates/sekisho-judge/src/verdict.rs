//! What was decided, with every reason.

use serde::{Deserialize, Serialize};

use crate::{Action, Finding, Lang};
use sekisho_facts::Why;

/// The strictest action any rule asks for, and all rules that matched.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The action.
    pub action: Action,
    /// Every rule that matched, the strictest first.
    pub reasons: Vec<Reason>,
}

/// One rule that matched.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The rule's id.
    pub rule: String,
    /// What it asks for in this profile.
    pub action: Action,
    /// What it says, in both languages, before the findings' sentences.
    pub text: crate::Text,
    /// The findings that made it match.
    pub findings: Vec<Finding>,
}

/// A reason tells at most this many findings in full; the rest is counted.
const SENTENCES_MAX: usize = 3;

impl Reason {
    /// The reason in words: what the rule says, then what was compared.
    pub fn words(&self, lang: Lang) -> String {
        let mut words = lang.of(&self.text).to_owned();
        let mut sentences: Vec<String> = Vec::new();
        for finding in &self.findings {
            let sentence = finding.sentence(lang);
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
        let more = sentences.len().saturating_sub(SENTENCES_MAX);
        for sentence in sentences.iter().take(SENTENCES_MAX) {
            if lang == Lang::En {
                words.push(' ');
            }
            words.push_str(sentence);
        }
        if more > 0 {
            words.push_str(&match lang {
                Lang::Ja => format!("（ほか{more}件）"),
                Lang::En => format!(" ({more} more)"),
            });
        }
        words
    }
}

/// Something that was not looked at, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NotLookedAt {
    /// What: a need (`own-people`, `sender`) or a part (`part:2.1`).
    pub what: String,
    /// Why, in the words of [`Why`] and of `Unread`.
    pub why: String,
}

impl NotLookedAt {
    /// A need that was not met.
    pub(crate) fn need(need: crate::Need, why: Why) -> Self {
        Self { what: need.id().to_owned(), why: why.id().to_owned() }
    }
}
