//! What a check is: one file with its words, its needs, its code and its cases.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::lists::ListName;
use crate::{Found, Input};

/// One check, as its file states it.
pub struct Check {
    /// The grade of its findings, unless one says otherwise.
    pub grade: Grade,
    /// What it found, in a few words.
    pub title: Text,
    /// What it found in this mail: a sentence with `{argument}`s.
    pub says: Text,
    /// Why that matters, in words a secretary understands.
    pub why: Text,
    /// What it cannot see, and what it takes for harmless.
    pub misses: Text,
    /// What must be known before it can look.
    pub needs: &'static [Need],
    /// The dated lists it stands on: past their date its strong findings become weak.
    pub lists: &'static [ListUse],
    /// Whether an exception that a person made for a sender silences it.
    pub silenced_by: SilencedBy,
    /// Looks, and adds what it finds.
    pub run: fn(&Input<'_>, &mut Found),
    /// Its cases (see `cases.rs` for the form): at least one that fires, and a near miss for each condition in `run`.
    pub cases: &'static str,
}

/// A check with the name of its file.
pub struct Registered {
    /// The file's name with hyphens: the id in findings, policies and documents.
    pub id: &'static str,
    /// The check.
    pub check: &'static Check,
}

/// A list by name.
pub type ListUse = ListName;

/// Whether a person can silence a check for one sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SilencedBy {
    /// Nobody can: it tells what a file, a link or the mail itself does, or that the sender is forged.
    Nothing,
    /// An exception does, while the sender authenticates: it tells of names and relations, which a person can know better.
    Exception,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Worth knowing; says nothing against the mail.
    Info,
    /// A sign that honest mail shows too. Weak signs alone never hold a mail.
    Weak,
    /// Honest mail hardly ever shows it.
    Strong,
}

/// Words in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Japanese.
    pub ja: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Text {
    /// Words that stand in the program.
    pub const fn new(ja: &'static str, en: &'static str) -> Self {
        Self { ja: Cow::Borrowed(ja), en: Cow::Borrowed(en) }
    }
}

/// What must be known before a check can look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// The organisation's domains.
    OwnDomains,
    /// The organisation's people.
    OwnPeople,
    /// Results of the sender's authentication.
    Sender,
    /// Results of the signatures that the mail bears (DKIM). Where nothing of the sender is known, that is told as
    /// [`Need::Sender`] and not again.
    Signatures,
    /// The memory of people and conversations, with enough learned to be one.
    Memory,
    /// A receiver's mailbox of which enough was learned that somebody new means something.
    Mailbox,
}

impl Need {
    /// Every need.
    pub const ALL: [Need; 6] =
        [Need::OwnDomains, Need::OwnPeople, Need::Sender, Need::Signatures, Need::Memory, Need::Mailbox];

    /// The word used in JSON and documents.
    pub fn id(self) -> &'static str {
        match self {
            Need::OwnDomains => "own-domains",
            Need::OwnPeople => "own-people",
            Need::Sender => "sender",
            Need::Signatures => "signatures",
            Need::Memory => "memory",
            Need::Mailbox => "mailbox",
        }
    }

    /// What it is, in words.
    pub fn label(self) -> Text {
        match self {
            Need::OwnDomains => Text::new("自組織のドメイン", "our own domains"),
            Need::OwnPeople => Text::new("自組織の人の名簿", "the list of our own people"),
            Need::Sender => Text::new("送信者の認証結果", "the sender's authentication"),
            Need::Signatures => {
                Text::new("電子署名（DKIM）の検証結果", "the results of its signatures (DKIM)")
            }
            Need::Memory => Text::new("これまでのやり取りの記憶", "the memory of past correspondence"),
            Need::Mailbox => {
                Text::new("受信者のこれまでのメールの記憶", "the memory of the receiver's past mail")
            }
        }
    }
}
