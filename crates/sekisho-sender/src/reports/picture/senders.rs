//! Rows → who sends: sums by the names under which mails authenticated and by network, each with what it is to us.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use serde::Serialize;

use super::names::{Name, Names};
use super::series::Fails;
use super::{Known, Room, take};
use crate::reports::limits::ADDRESSES_A_SOURCE_MAX;
use crate::reports::{Day, Disposition, Network, Outcome, Override, Row};

/// Mails of one sender added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Mails in all.
    pub messages: u64,
    /// Those whose signature is the domain's.
    pub dkim: u64,
    /// Those whose SPF is the domain's.
    pub spf: u64,
    /// What receivers did with them.
    pub dispositions: BTreeMap<Disposition, u64>,
    /// Why they did something else than was asked.
    pub overrides: BTreeMap<Override, u64>,
    /// The first day; `None` where no report says days that can be believed.
    pub first: Option<Day>,
    /// The last day.
    pub last: Option<Day>,
}

/// Somebody who sends in a domain's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The domain as which the mails pass; `None` where they fail.
    pub authenticated: Option<String>,
    /// Another organisation's domain that signed or sent them.
    pub carrier: Option<String>,
    /// What it is to us.
    pub mark: Mark,
    /// Its mails.
    pub sums: Sums,
    /// The networks that they came from, most mails first.
    pub networks: Vec<(Network, Sums, AddressCount)>,
}

/// What a sender is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// It passes as our domain and nobody else's.
    Own,
    /// A service that is configured as ours, and passes.
    Service,
    /// Another organisation that passes as our domain: somebody here gave it the key or the SPF entry.
    Permitted,
    /// A service that is configured as ours, and fails.
    ServiceFails,
    /// Receivers say that the mails were passed on, which is why they fail.
    PassedOn,
    /// It fails, and authenticates as somebody else: a mailing list, a service that nobody set up, or a forger.
    Foreign,
    /// It fails, and authenticates as nobody.
    Nameless,
}

/// The addresses of one network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressCount {
    /// Some of them.
    pub some: Vec<IpAddr>,
    /// Whether there are more.
    pub more: bool,
}

/// In what senders differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    authenticated: Name,
    carrier: Name,
    passed_on: bool,
    network: Network,
}

/// Senders of one domain.
#[derive(Debug, Default)]
pub(super) struct Senders(HashMap<Key, (Sums, AddressCount)>);

impl Senders {
    pub fn add(
        &mut self,
        row: &Row,
        days: Option<(Day, i32)>,
        fails: Fails,
        names: &mut Names,
        room: &mut Room,
    ) {
        let mut key = Key {
            authenticated: names.id(row.authenticated.as_deref().unwrap_or_default()),
            carrier: names.id(row.carrier.as_deref().unwrap_or_default()),
            passed_on: fails == Fails::PassedOn,
            network: row.network,
        };
        if !self.0.contains_key(&key) && !take(&mut room.sources) {
            let passes = row.outcome.passes();
            let authenticated = if passes { Name::OTHERS } else { Name::NONE };
            key = Key { authenticated, carrier: Name::NONE, network: Network::Others, ..key };
        }
        let (sums, addresses) = self.0.entry(key).or_default();
        sums.add(row, days);
        for address in &row.addresses {
            if addresses.some.contains(address) {
                continue;
            }
            if addresses.some.len() < ADDRESSES_A_SOURCE_MAX {
                addresses.some.push(*address);
            } else {
                addresses.more = true;
                break;
            }
        }
    }

    /// Everybody who sends, most mails first.
    pub fn finish(&self, names: &Names, known: &Known) -> Vec<Sender> {
        let mut senders: BTreeMap<(Mark, Name, Name), Sender> = BTreeMap::new();
        for (key, (sums, addresses)) in &self.0 {
            let text = |name: Name| (name != Name::NONE).then(|| names.text(name).to_owned());
            let (authenticated, carrier) = (text(key.authenticated), text(key.carrier));
            let mark = mark(key, carrier.as_deref(), authenticated.as_deref(), addresses, known);
            let sender = senders.entry((mark, key.authenticated, key.carrier)).or_insert_with(|| Sender {
                authenticated,
                carrier,
                mark,
                sums: Sums::default(),
                networks: Vec::new(),
            });
            sender.sums.join(sums);
            sender.networks.push((key.network, sums.clone(), addresses.clone()));
        }
        let mut senders: Vec<Sender> = senders.into_values().collect();
        for sender in &mut senders {
            sender.networks.sort_by(|a, b| (b.1.messages, a.0).cmp(&(a.1.messages, b.0)));
            sender.networks.iter_mut().for_each(|(_, _, addresses)| addresses.some.sort_unstable());
        }
        senders.sort_by(|a, b| {
            let names = |sender: &Sender| (sender.authenticated.clone(), sender.carrier.clone());
            b.sums.messages.cmp(&a.sums.messages).then_with(|| names(a).cmp(&names(b)))
        });
        senders
    }
}

fn mark(
    key: &Key,
    carrier: Option<&str>,
    authenticated: Option<&str>,
    addresses: &AddressCount,
    known: &Known,
) -> Mark {
    let ours = carrier.is_some_and(|name| known.is_service(name))
        || authenticated.is_some_and(|name| known.is_service(name))
        || addresses.some.iter().any(|address| known.is_own_address(*address));
    match (authenticated.is_some(), key.passed_on, ours) {
        (true, _, true) if carrier.is_some() => Mark::Service,
        (true, _, _) if carrier.is_none() => Mark::Own,
        (true, _, _) => Mark::Permitted,
        (false, true, _) => Mark::PassedOn,
        (false, false, true) => Mark::ServiceFails,
        (false, false, false) if carrier.is_some() => Mark::Foreign,
        (false, false, false) => Mark::Nameless,
    }
}

impl Mark {
    /// Whether the mails pass.
    pub fn passes(self) -> bool {
        matches!(self, Mark::Own | Mark::Service | Mark::Permitted)
    }
}

impl Sums {
    pub(super) fn add(&mut self, row: &Row, days: Option<(Day, i32)>) {
        let messages = row.messages;
        let raise = |sum: &mut u64| *sum = sum.saturating_add(messages);
        raise(&mut self.messages);
        if matches!(row.outcome, Outcome::Both | Outcome::Dkim) {
            raise(&mut self.dkim);
        }
        if matches!(row.outcome, Outcome::Both | Outcome::Spf) {
            raise(&mut self.spf);
        }
        raise(self.dispositions.entry(row.disposition).or_default());
        row.overrides.iter().for_each(|reason| raise(self.overrides.entry(reason).or_default()));
        if let Some((first, count)) = days {
            self.span(first, first.plus(count - 1));
        }
    }

    /// Adds another's sums.
    pub fn join(&mut self, other: &Sums) {
        self.messages = self.messages.saturating_add(other.messages);
        self.dkim = self.dkim.saturating_add(other.dkim);
        self.spf = self.spf.saturating_add(other.spf);
        for (disposition, count) in &other.dispositions {
            let sum = self.dispositions.entry(*disposition).or_default();
            *sum = sum.saturating_add(*count);
        }
        for (reason, count) in &other.overrides {
            let sum = self.overrides.entry(*reason).or_default();
            *sum = sum.saturating_add(*count);
        }
        if let (Some(first), Some(last)) = (other.first, other.last) {
            self.span(first, last);
        }
    }

    fn span(&mut self, first: Day, last: Day) {
        self.first = Some(self.first.map_or(first, |known| known.min(first)));
        self.last = Some(self.last.map_or(last, |known| known.max(last)));
    }
}
