//! What a forged president asks for, and how he presses.

use serde::Deserialize;

use super::phrases::PhraseSet;
use super::source::{ListError, Source};
use crate::fold::Folded;

mod compositions;

pub use compositions::Composition;
use compositions::Compositions;
pub(super) use compositions::RawWords;

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
    /// Words that say it where they stand together.
    #[serde(default)]
    pub composed: Vec<Composition>,
}

/// What a phrase is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestRole {
    /// It asks for money, a group, a card, a changed account.
    Demand,
    /// It asks for payment as any bill does.
    Bill,
    /// It hurries, hides or excuses, or wants a call.
    Pressure,
}

impl RequestRole {
    /// Whether something is asked for that a forger would gain by.
    pub fn is_demand(self) -> bool {
        self != RequestRole::Pressure
    }
}

/// All requests, ready for searching.
#[derive(Debug)]
pub(super) struct Requests {
    requests: Vec<Request>,
    phrases: PhraseSet,
    compositions: Compositions,
}

impl Requests {
    pub(super) fn new(
        source: Source<'_>,
        words: &RawWords,
        requests: Vec<Request>,
    ) -> Result<Requests, ListError> {
        let phrases = requests.iter().enumerate();
        let phrases =
            phrases.flat_map(|(at, request)| request.phrases.iter().map(move |phrase| (at, phrase.as_str())));
        let phrases = PhraseSet::new(phrases);
        let composed = requests.iter().enumerate();
        let composed = composed.flat_map(|(at, request)| request.composed.iter().map(move |it| (at, it)));
        let compositions = Compositions::new(source, words, composed)?;
        Ok(Requests { requests, phrases, compositions })
    }

    pub(super) fn found_in(&self, text: &Folded) -> Vec<&Request> {
        let mut owners = self.phrases.owners(text);
        owners.extend(self.compositions.owners(text));
        owners.sort_unstable();
        owners.dedup();
        owners.into_iter().filter_map(|at| self.requests.get(at)).collect()
    }
}

#[cfg(test)]
mod tests;
