//! What the judge wants to be told about a mail besides its bytes: types only, no gathering.
//!
//! Every gathered value is a [`Fact`]: known, or unknown with the reason. Unknown is never shown as clean.

mod envelope;
mod identity;
mod letters;
mod look_alikes;
mod own;
mod person;
mod relations;
mod sender;
mod written;

pub use envelope::Envelope;
pub use identity::identity;
pub use letters::{is_cjk, letter_weight};
pub use look_alikes::{is_invisible, latin_look_alike};
pub use own::{Own, Person};
pub use person::NameKey;
pub use relations::{
    Answered, Contact, Exception, Habit, Habits, HeldBy, Learned, NameKind, NamePlace, Quoted, Region,
    Relations, ShownName, Standing, Tie,
};
pub use sender::{AuthNote, AuthResult, Claim, Identity, Outcome, Sender};
pub use written::addresses_written;

use serde::{Deserialize, Serialize};

/// Everything the judge is told about one mail besides the reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Who handed the mail over, and for whom.
    pub envelope: Envelope,
    /// Who really sent it, as far as that could be verified.
    pub sender: Sender,
    /// Results in our own servers' names that a stranger could have written.
    pub claims: Vec<Claim>,
    /// What is remembered about the people and conversations in it.
    pub relations: Fact<Relations>,
}

/// A gathered value: known, or unknown with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Fact<T> {
    /// It was found out.
    Known(T),
    /// It could not be found out.
    Unknown {
        /// The reason.
        unknown: Why,
    },
}

impl<T> Fact<T> {
    /// The value, where it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Fact::Known(value) => Some(value),
            Fact::Unknown { .. } => None,
        }
    }
}

impl<T> Default for Fact<T> {
    fn default() -> Self {
        Fact::Unknown { unknown: Why::NotAsked }
    }
}

/// Why something is unknown or was not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Nobody asked: the channel gathers no such facts (a stored mail, no `--dns`).
    NotAsked,
    /// DNS did not answer in time, or there is none.
    NoDns,
    /// It was asked, and needs to know who handed the mail over: a stored mail does not say so.
    NoEnvelope,
    /// The configuration does not say it (no own domains, no list of people).
    NotConfigured,
    /// Too little was learned yet.
    NothingLearned,
    /// The database of what was learned could not be used.
    NoDatabase,
}

impl Why {
    /// The word used in JSON and documents.
    pub fn id(self) -> &'static str {
        match self {
            Why::NotAsked => "not-asked",
            Why::NoDns => "no-dns",
            Why::NoEnvelope => "no-envelope",
            Why::NotConfigured => "not-configured",
            Why::NothingLearned => "nothing-learned",
            Why::NoDatabase => "no-database",
        }
    }
}
