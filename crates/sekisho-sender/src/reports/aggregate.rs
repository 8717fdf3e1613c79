//! A DMARC aggregate report → who sent how many mails in a domain's name, and how they fared (RFC 7489 appendix C, RFC
//! 9990 appendix A). Records that are alike are one [`Row`], so that a report of any size is a short list.

mod record;
mod rows;
mod xml;

use std::collections::BTreeSet;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::{Doubt, Network};

pub(super) use xml::read;

/// One aggregate report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Aggregate {
    /// Who reports, as it calls itself.
    pub reporter: String,
    /// Where it can be asked.
    pub email: String,
    /// The report's name, unique for its reporter.
    pub id: String,
    /// The first second that it is about, since 1970.
    pub begin: Option<i64>,
    /// The last one.
    pub end: Option<i64>,
    /// The domain whose policy was asked for, in lower case.
    pub domain: String,
    /// The policy that the reporter found.
    pub policy: Policy,
    /// What was sent, alike together, in the order of networks.
    pub rows: Vec<Row>,
    /// Records read.
    pub records: u64,
    /// Where it is broken or odd.
    pub doubts: Vec<Doubt>,
}

/// The policy that a reporter found published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// `p`: what is asked for.
    pub demand: Option<Demand>,
    /// `sp`: the same for domains below.
    pub below: Option<Demand>,
    /// `t=y`, or a `pct` under 100: it is not meant in full yet.
    pub trial: bool,
}

/// What a policy asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Demand {
    /// Nothing.
    None,
    /// Failing mail goes to the spam folder.
    Quarantine,
    /// Failing mail is refused.
    Reject,
}

/// Records of one report that differ in nothing but their addresses inside one network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Where the mails came from.
    pub network: Network,
    /// The domain in `From`.
    pub header_from: String,
    /// The domain as which the mails authenticated, if any: an aligned one before others, DKIM before SPF.
    pub authenticated: Option<String>,
    /// Another organisation's domain that signed or sent them besides.
    pub carrier: Option<String>,
    /// What became of them by DMARC.
    pub outcome: Outcome,
    /// What the receiver did.
    pub disposition: Disposition,
    /// Why it did something else than the policy asks.
    pub overrides: Overrides,
    /// How many.
    pub messages: u64,
    /// The addresses, as far as they are told apart.
    pub addresses: BTreeSet<IpAddr>,
}

/// How mails fared by DMARC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// DKIM and SPF pass as the domain.
    Both,
    /// Only DKIM does.
    Dkim,
    /// Only SPF does.
    Spf,
    /// Neither does.
    Fails,
}

impl Outcome {
    /// Whether the mails pass.
    pub fn passes(self) -> bool {
        self != Outcome::Fails
    }
}

/// What a receiver did with mails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disposition {
    /// They were delivered.
    Delivered,
    /// They went to the spam folder.
    Quarantined,
    /// They were refused.
    Rejected,
    /// It does not say.
    #[default]
    Unsaid,
}

/// Why a receiver did something else than the policy asks (RFC 7489 appendix C, RFC 9990 section 3.1.1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Override {
    /// The mail was forwarded.
    Forwarded,
    /// It came through a mailing list.
    MailingList,
    /// It came from a forwarder that the receiver trusts.
    TrustedForwarder,
    /// A rule of the receiver's own.
    LocalPolicy,
    /// It was left out by `pct`.
    SampledOut,
    /// The policy is on trial.
    PolicyTestMode,
    /// Anything else.
    Other,
}

/// A set of [`Override`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Overrides(u8);

impl Override {
    /// All, in the order of this list.
    pub const ALL: [Override; 7] = [
        Override::Forwarded,
        Override::MailingList,
        Override::TrustedForwarder,
        Override::LocalPolicy,
        Override::SampledOut,
        Override::PolicyTestMode,
        Override::Other,
    ];

    /// The word of the specification.
    pub fn id(self) -> &'static str {
        match self {
            Override::Forwarded => "forwarded",
            Override::MailingList => "mailing_list",
            Override::TrustedForwarder => "trusted_forwarder",
            Override::LocalPolicy => "local_policy",
            Override::SampledOut => "sampled_out",
            Override::PolicyTestMode => "policy_test_mode",
            Override::Other => "other",
        }
    }

    fn of(word: &str) -> Self {
        Override::ALL
            .into_iter()
            .find(|known| known.id().eq_ignore_ascii_case(word))
            .unwrap_or(Override::Other)
    }
}

impl Overrides {
    /// Adds one.
    pub fn add(&mut self, reason: Override) {
        self.0 |= 1 << (reason as u8);
    }

    /// Whether one is among them.
    pub fn has(self, reason: Override) -> bool {
        self.0 & (1 << (reason as u8)) != 0
    }

    /// All of them.
    pub fn iter(self) -> impl Iterator<Item = Override> {
        Override::ALL.into_iter().filter(move |reason| self.has(*reason))
    }

    /// Whether they say that somebody passed the mail on, which is what breaks SPF and often DKIM of honest mail.
    pub fn passed_on(self) -> bool {
        self.has(Override::Forwarded)
            || self.has(Override::MailingList)
            || self.has(Override::TrustedForwarder)
    }
}

impl Demand {
    fn of(word: &str) -> Option<Self> {
        [("none", Demand::None), ("quarantine", Demand::Quarantine), ("reject", Demand::Reject)]
            .into_iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(word.trim()))
            .map(|(_, demand)| demand)
    }

    /// The word of the record.
    pub fn id(self) -> &'static str {
        match self {
            Demand::None => "none",
            Demand::Quarantine => "quarantine",
            Demand::Reject => "reject",
        }
    }
}

impl Disposition {
    fn of(word: &str) -> Self {
        // RFC 9990 says `pass` where the mail passed, and `none` where nothing was asked for; both were delivered.
        match word.trim().to_ascii_lowercase().as_str() {
            "none" | "pass" => Disposition::Delivered,
            "quarantine" => Disposition::Quarantined,
            "reject" => Disposition::Rejected,
            _ => Disposition::Unsaid,
        }
    }
}
