//! How a contact's mail usually comes → in what this one differs, and how gravely.

use sekisho_facts::{Contact, Habit, Habits, Identity, Outcome, Standing};
use sekisho_mail::{language_of, network_of};

use crate::authentication::List;
use crate::{Grade, Input, Text, domain};

/// Mails that make a habit.
const MAILS_MIN: u32 = 10;

/// Fewer are enough where a mail does not authenticate as all of them did.
const AUTHENTICATED_MAILS_MIN: u32 = 5;

/// Mails in which a way came up before it is known: one mail of an account that was taken over teaches nothing.
const KNOWN_MAILS_MIN: u32 = 3;

/// A way is a habit where this share of the mails had one of the values known, in percent.
const HABIT_PERCENT: u32 = 80;

/// Authentication is one where nearly all mails had it: a single change of servers breaks a few.
const AUTHENTICATED_PERCENT: u32 = 95;

/// So many ways must differ at once to be a sign, where authentication is not among them: people change their mail program.
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
        let has = |way: Way| differences.iter().any(|difference| difference.way == way);
        let brings = || self.brings_or_asks() || self.leads_away();
        // What is forwarded fails to authenticate just because it comes from another network.
        let is_explained = || has(Way::Network) && differences.len() == 2 && !brings();
        let grade = match (has(Way::Authentication), differences.len()) {
            (true, 1) => Grade::Weak,
            (true, _) if is_explained() => Grade::Weak,
            (true, _) => Grade::Strong,
            (false, count) if count >= WAYS_MIN => Grade::Weak,
            _ if has(Way::Network) => Grade::Info,
            _ => return None,
        };
        // Lists and forwarders break signatures and come from their own network. Who brings something may only call himself a list.
        Some(match self.list() {
            List::None => grade,
            List::Authenticated if !brings() => Grade::Info,
            List::Announced | List::Authenticated => grade.min(Grade::Weak),
        })
    }

    /// In what the mail differs from how the sender's mail usually comes.
    pub(crate) fn unusual_ways(&self) -> Vec<Difference> {
        let fails = self.fails_unlike_before();
        let contact = self.contact_with_habits().or_else(|| self.contact_outside().filter(|_| fails));
        let Some(Contact { habits, .. }) = contact else { return Vec::new() };
        let mut differences = Vec::new();
        if fails {
            let usual = shown(&habits.domains);
            differences.push(Difference { way: Way::Authentication, usual, now: String::new() });
        } else {
            differences.extend(self.other_domain(habits));
        }
        let network = match &self.facts.envelope.client {
            Some(client) => network_of(client),
            None => self.message.sending_network(),
        };
        let program = self.message.mail_program();
        let language = language_of(self.own_text()).map(str::to_owned);
        let compared = [
            (Way::Network, &habits.networks, network),
            (Way::Program, &habits.mailers, program),
            (Way::Language, &habits.languages, language),
        ];
        for (way, before, now) in compared {
            let Some(now) = now.filter(|_| is_habit(habits, before)) else { continue };
            let known = before.iter().filter(|habit| is_same(way, &habit.value, &now));
            if known.map(|habit| habit.mails).sum::<u32>() < KNOWN_MAILS_MIN {
                differences.push(Difference { way, usual: shown(before), now });
            }
        }
        differences
    }

    /// The domain that authenticated it, where others always did.
    fn other_domain(&self, habits: &Habits) -> Option<Difference> {
        let known = |passed: &&str| {
            habits.domains.iter().any(|habit| domain::same_organisation(&habit.value, passed))
        };
        let passed: Vec<&str> = self.authenticated_domains().collect();
        let is_other = always_authenticates(habits)
            && self.identity() != Identity::NotAsContact
            && !passed.iter().any(known);
        let now = passed.first().filter(|_| is_other)?;
        Some(Difference { way: Way::Domain, usual: shown(&habits.domains), now: (*now).to_owned() })
    }

    /// The contact whose address the sender shows, where enough of its mail was seen to know how it comes.
    pub(crate) fn contact_with_habits(&self) -> Option<&'a Contact> {
        self.contact_outside().filter(|contact| contact.habits.mails >= MAILS_MIN)
    }

    /// The contact whose address the sender shows, where something proves that it was ever theirs. Our own mail takes many ways.
    fn contact_outside(&self) -> Option<&'a Contact> {
        let contact = self.relations()?.sender.as_ref()?;
        let is_ours = self.sender().is_some_and(|address| self.own.is_own_address(address));
        (contact.standing > Standing::Met && !is_ours).then_some(contact)
    }

    /// Whether the mail did not authenticate as the address shown, though that address' mail always does.
    fn fails_unlike_before(&self) -> bool {
        let is_usual = |contact: &Contact| {
            contact.habits.mails >= AUTHENTICATED_MAILS_MIN && always_authenticates(&contact.habits)
        };
        self.identity() == Identity::NotAsContact && self.contact_outside().is_some_and(is_usual)
    }

    /// How much it weighs, against an address that took part in a conversation, that the mail did not authenticate as it; `None` where
    /// it did, where that could not be found out, and where mail of that address never does.
    pub(super) fn grade_of_failing(&self) -> Option<Grade> {
        if self.identity() != Identity::NotAsContact {
            return None;
        }
        let contact = self.relations().and_then(|relations| relations.sender.as_ref());
        let never_passes = contact.is_some_and(|contact| contact.received > 0 && contact.authenticated == 0);
        let fails = self.dmarc().is_some_and(|result| result.known == Outcome::Fail) && !never_passes;
        match self.fails_unlike_before() {
            // Forwarding breaks authentication, too, and brings an answer along now and then.
            true if self.brings_or_asks() || self.leads_away() => Some(Grade::Strong),
            is_unusual => (is_unusual || fails).then_some(Grade::Weak),
        }
    }
}

/// Whether nearly all the mails looked at authenticated.
fn always_authenticates(habits: &Habits) -> bool {
    has_share(habits, habits.domains.iter(), AUTHENTICATED_PERCENT)
}

/// Whether most of the mails looked at had one of these values, more than once: where values came up only once, the next mail may have
/// another new one, as with the many networks of a great provider.
fn is_habit(habits: &Habits, values: &[Habit]) -> bool {
    has_share(habits, values.iter().filter(|habit| habit.mails > 1), HABIT_PERCENT)
}

fn has_share<'v>(habits: &Habits, values: impl Iterator<Item = &'v Habit>, percent: u32) -> bool {
    let had = values.fold(0_u32, |sum, habit| sum.saturating_add(habit.mails));
    had > 0 && u64::from(had) * 100 >= u64::from(habits.mails) * u64::from(percent)
}

/// Whether a value is a usual one. A provider's networks lie side by side, so their first two numbers tell.
fn is_same(way: Way, usual: &str, now: &str) -> bool {
    match way {
        Way::Network => neighbourhood(usual) == neighbourhood(now),
        _ => usual.eq_ignore_ascii_case(now),
    }
}

fn neighbourhood(network: &str) -> Vec<&str> {
    network.split(['.', ':']).take(2).collect()
}

/// The most frequent value.
fn shown(values: &[Habit]) -> String {
    values.first().map(|habit| habit.value.clone()).unwrap_or_default()
}
