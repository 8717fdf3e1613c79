//! How a contact's mail usually comes → in what this one differs, and how gravely.

use sekisho_facts::{Contact, Habit, Habits, Identity, Standing};
use sekisho_mail::{language_of, network_of};

use crate::authentication::List;
use crate::{Grade, Input, Text, domain};

/// Mails that make a habit.
const MAILS_MIN: u32 = 10;

/// A way is a habit where this share of the mails had one of the values known, in percent.
const HABIT_PERCENT: u32 = 80;

/// Authentication is one where nearly all mails had it: a single change of servers breaks a few.
const AUTHENTICATED_PERCENT: u32 = 95;

/// So many ways must differ at once, where authentication is not among them: people change their mail program.
const WAYS_MIN: usize = 2;

/// A way in which mail comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// It was authenticated, and this one is not.
    Authentication,
    /// The domains that authenticated it.
    Domain,
    /// The network that handed it over.
    Network,
    /// The mail program.
    Program,
    /// The language of the sender's own text.
    Language,
}

/// A way that is not the usual one.
pub(crate) struct Difference {
    pub(crate) way: Way,
    /// What is usual.
    pub(crate) usual: String,
    /// What this mail has; empty where it lacks it.
    pub(crate) now: String,
}

impl Way {
    pub(crate) fn words(self) -> Text {
        match self {
            Way::Authentication => Text::new("送信元の認証", "authentication"),
            Way::Domain => Text::new("認証したドメイン", "the domain that authenticated it"),
            Way::Network => Text::new("送信元のネットワーク", "the network that sent it"),
            Way::Program => Text::new("メールソフト", "the mail program"),
            Way::Language => Text::new("言語", "the language"),
        }
    }
}

impl<'a> Input<'a> {
    /// How gravely it weighs that a contact's mail comes in other ways than before; `None` where it does not.
    pub(crate) fn grade_of_ways(&self) -> Option<Grade> {
        let differences = self.unusual_ways();
        let is_unauthenticated = differences.iter().any(|difference| difference.way == Way::Authentication);
        let grade = match (is_unauthenticated, differences.len()) {
            (true, 1) => Grade::Weak,
            (true, _) => Grade::Strong,
            (false, count) if count >= WAYS_MIN => Grade::Weak,
            _ => return None,
        };
        // Lists and forwarders break signatures and come from their own network.
        Some(match self.list() {
            List::None => grade,
            List::Announced => grade.min(Grade::Weak),
            List::Authenticated => Grade::Info,
        })
    }

    /// In what the mail differs from how the sender's mail usually comes.
    pub(crate) fn unusual_ways(&self) -> Vec<Difference> {
        let Some(contact) = self.contact_with_habits() else { return Vec::new() };
        let habits = &contact.habits;
        let mut differences = Vec::new();
        if has_always(habits, &habits.domains, AUTHENTICATED_PERCENT) {
            let known = |passed: &&str| {
                habits.domains.iter().any(|habit| domain::same_organisation(&habit.value, passed))
            };
            let passed: Vec<&str> = self.authenticated_domains().collect();
            let usual = shown(&habits.domains);
            if self.identity() == Identity::NotAsContact {
                differences.push(Difference { way: Way::Authentication, usual, now: String::new() });
            } else if let Some(first) = passed.first().filter(|_| !passed.iter().any(known)) {
                differences.push(Difference { way: Way::Domain, usual, now: (*first).to_owned() });
            }
        }
        let network = self.facts.envelope.client.as_deref().and_then(network_of);
        let program = self.message.mail_program();
        let language = language_of(self.own_text()).map(str::to_owned);
        let compared = [
            (Way::Network, &habits.networks, network),
            (Way::Program, &habits.mailers, program),
            (Way::Language, &habits.languages, language),
        ];
        for (way, before, now) in compared {
            let Some(now) = now.filter(|_| has_always(habits, before, HABIT_PERCENT)) else { continue };
            if !before.iter().any(|habit| is_same(way, &habit.value, &now)) {
                differences.push(Difference { way, usual: shown(before), now });
            }
        }
        differences
    }

    /// The contact whose address the sender shows, where enough of its mail was seen to know how it comes. Our own mail takes many ways.
    pub(crate) fn contact_with_habits(&self) -> Option<&'a Contact> {
        let contact = self.relations()?.sender.as_ref()?;
        let is_ours = self.sender().is_some_and(|address| self.own.is_own_address(address));
        (contact.standing > Standing::Met && contact.habits.mails >= MAILS_MIN && !is_ours).then_some(contact)
    }
}

/// Whether nearly all the mails looked at had one of these values.
fn has_always(habits: &Habits, values: &[Habit], percent: u32) -> bool {
    let had: u32 = values.iter().fold(0, |sum, habit| sum.saturating_add(habit.mails));
    had > 0 && u64::from(had) * 100 >= u64::from(habits.mails) * u64::from(percent)
}

/// The first two or three numbers of a network may be known.
fn is_same(way: Way, usual: &str, now: &str) -> bool {
    let is_below = |rest: &str| rest.starts_with(['.', ':']);
    usual.eq_ignore_ascii_case(now) || (way == Way::Network && now.strip_prefix(usual).is_some_and(is_below))
}

/// The most frequent value.
fn shown(values: &[Habit]) -> String {
    values.first().map(|habit| habit.value.clone()).unwrap_or_default()
}
