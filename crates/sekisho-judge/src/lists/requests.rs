//! What a forged president asks for, and how he presses.

use serde::Deserialize;

use super::phrases::PhraseSet;
use crate::fold::Folded;

/// Phrases that ask for the same, or press in the same way.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Short name, as in evidence.
    pub id: String,
    /// Whether it asks for something or only presses.
    pub role: RequestRole,
    /// Name in Japanese.
    pub ja: String,
    /// Name in English.
    pub en: String,
    /// The phrases.
    pub phrases: Vec<String>,
}

/// What a phrase is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestRole {
    /// It asks for money, a group, a card, a changed account.
    Demand,
    /// It hurries, hides or excuses.
    Pressure,
}

/// All requests, ready for searching.
#[derive(Debug)]
pub(super) struct Requests {
    requests: Vec<Request>,
    phrases: PhraseSet,
}

impl Requests {
    pub(super) fn new(requests: Vec<Request>) -> Requests {
        let phrases = requests.iter().enumerate();
        let phrases =
            phrases.flat_map(|(at, request)| request.phrases.iter().map(move |phrase| (at, phrase.as_str())));
        let phrases = PhraseSet::new(phrases);
        Requests { requests, phrases }
    }

    pub(super) fn found_in(&self, text: &Folded) -> Vec<&Request> {
        self.phrases.owners(text).into_iter().filter_map(|at| self.requests.get(at)).collect()
    }
}
