//! A domain and DNS → how well it is protected against forgery, point by point, with the records to publish and the way to a
//! policy that refuses forged mail.
//!
//! Only DNS is asked, through the injected [`Dns`], with a limit on the questions of one domain. What DNS did not say is
//! [`State::Unknown`], never a failure and never a pass.

mod bimi;
mod bounded;
mod dane;
mod dkim;
mod dmarc;
mod domain;
mod existence;
mod item;
mod mta_sts;
mod mx;
mod path;
mod published;
mod spf;
#[cfg(test)]
mod tests;
mod tls_rpt;

use std::collections::BTreeMap;

pub use bounded::{QUESTIONS_MAX, UNANSWERED_MAX};
pub use dkim::{Origin, Selector};
pub use domain::{Domain, NotADomain};
pub use item::{Area, File, How, Item, Publish, State, Topic, Value, Words};
pub use path::{Path, Stage, Step};
pub use spf::{LOOKUPS_MAX, Node, NodeState, Tree, Void};

pub use crate::dmarc::record::Policy;

use crate::{Answer, Dns};
use bounded::Bounded;
use existence::Existence;
use mx::Servers;

/// What is known of a domain beforehand.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Selectors of its DKIM keys, in lower case, and where they are known from.
    pub selectors: BTreeMap<String, Origin>,
    /// Whether somebody says that nothing is sent from it.
    pub sends: Told,
}

/// Whether somebody says what a domain is used for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Told {
    /// DNS has to tell.
    #[default]
    Nothing,
    /// Nothing is sent from it.
    SendsNothing,
}

/// What a domain is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sends {
    /// Mail is sent from it, or may be.
    Mail,
    /// Nothing is.
    Nothing,
}

/// How a domain stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The domain.
    pub domain: Domain,
    /// What it is used for.
    pub sends: Sends,
    /// Every point, in the order of [`Area::ALL`].
    pub items: Vec<Item>,
    /// Its SPF record, where there is exactly one.
    pub spf: Option<String>,
    /// What that record costs a receiver.
    pub spf_tree: Option<Tree>,
    /// The selectors whose keys were looked at.
    pub selectors: Vec<Selector>,
    /// Its DMARC record, where there is exactly one.
    pub dmarc: Option<String>,
    /// The policy that holds, its own or that of a domain above.
    pub policy: Option<Policy>,
    /// The way to `p=reject`; none for a domain that sends nothing, that inherits its policy, or that could not be looked at.
    pub path: Option<Path>,
    /// How many questions were asked.
    pub questions: usize,
}

impl Health {
    /// The worst state met; what could not be looked at counts less than what fails.
    pub fn worst(&self) -> State {
        self.items.iter().map(Item::state).max().unwrap_or(State::Pass)
    }

    /// How many points stand so.
    pub fn count(&self, state: State) -> usize {
        self.items.iter().filter(|item| item.state() == state).count()
    }
}

/// What every area is looked at with.
struct Scene<'a> {
    dns: &'a dyn Dns,
    domain: &'a Domain,
    /// The TXT records of the domain itself.
    txt: &'a Answer<Vec<u8>>,
    sends: Sends,
    receives: &'a Servers,
    /// The names of its mail servers.
    servers: &'a [String],
}

/// Looks at a domain.
pub fn check(dns: &dyn Dns, domain: &Domain, wish: &Wish) -> Health {
    let dns = Bounded::new(dns);
    let txt = dns.txt(domain.ascii());
    let existence = existence::look(&dns, domain.ascii(), txt.as_ref().map(drop).map_err(|why| *why));
    let mut health = Health {
        domain: domain.clone(),
        sends: Sends::Mail,
        items: Vec::new(),
        spf: None,
        spf_tree: None,
        selectors: Vec::new(),
        dmarc: None,
        policy: None,
        path: None,
        questions: 0,
    };
    if existence == Existence::Exists {
        look(&dns, domain, &txt, wish, &mut health);
    } else {
        health.items.push(existence::item_of(existence, domain.ascii()));
    }
    health.questions = dns.asked();
    health
}

/// Looks at a domain that exists.
fn look(dns: &dyn Dns, domain: &Domain, txt: &Answer<Vec<u8>>, wish: &Wish, health: &mut Health) {
    let (receives, answer) = Servers::of(dns, domain.ascii());
    let servers: Vec<String> =
        receives.names().iter().filter(|name| crate::domain::is_host_name(name)).cloned().collect();
    let sends = used_for(&receives, txt, wish.sends);
    let scene = Scene { dns, domain, txt, sends, receives: &receives, servers: &servers };
    health.sends = sends;
    let mut items = existence::check(&scene);
    items.extend(mx::check(dns, domain.ascii(), &receives, &answer));
    if wish.sends == Told::SendsNothing {
        items.extend(mx::still_receives(domain.ascii(), &receives));
    }
    let spf = spf::check(&scene);
    let dmarc = dmarc::check(&scene);
    let mut dkim = Vec::new();
    if sends == Sends::Mail {
        (dkim, health.selectors) = dkim::check(&scene, &wish.selectors);
        let reports = dmarc::reports_address(domain.ascii());
        if dmarc.is_known && dmarc.parent.is_none() {
            let works = dmarc.published.is_some();
            health.path = Some(path::path(dmarc.record.as_ref(), works, &domain.below("_dmarc"), &reports));
        }
    }
    let fails = |items: &[Item]| items.iter().any(|item| item.state() == State::Fail);
    let dkim_works = health.selectors.iter().any(|selector| selector.works != Some(false))
        || dkim.iter().any(|item| item.state() == State::Unknown);
    let nothing_to_pass = (sends == Sends::Mail)
        .then(|| dmarc::nothing_to_pass(dmarc.policy, !fails(&spf.items), dkim_works))
        .flatten();
    items.extend(spf.items);
    items.extend(dkim);
    items.extend(dmarc.items);
    items.extend(nothing_to_pass);
    if !servers.is_empty() {
        let mta_sts = mta_sts::check(&scene);
        let dane = dane::check(&scene);
        let asked =
            |items: &[Item]| items.iter().any(|item| !matches!(item.state(), State::Note | State::Unknown));
        items.extend(tls_rpt::check(&scene, asked(&mta_sts) || asked(&dane)));
        items.extend(mta_sts);
        items.extend(dane);
    }
    items.extend(bimi::check(&scene, dmarc.policy));
    items.sort_by_key(|item| (item.topic.area, std::cmp::Reverse(item.state())));
    health.items = items;
    health.spf = spf.record;
    health.spf_tree = spf.tree;
    health.dmarc = dmarc.published;
    health.policy = dmarc.policy;
}

/// A domain that receives nothing and lets nobody send is not used for mail; one that somebody says is not, is not either.
fn used_for(receives: &Servers, txt: &Answer<Vec<u8>>, told: Told) -> Sends {
    let none_may_send = match txt {
        Ok(records) => spf::allows_nobody(&records.values),
        Err(why) => why.is_certain(),
    };
    let receives_nothing = matches!(receives, Servers::Null | Servers::Nowhere);
    if told == Told::SendsNothing || (receives_nothing && none_may_send) {
        Sends::Nothing
    } else {
        Sends::Mail
    }
}

/// Every topic that can be met, for the reference.
pub fn topics() -> impl Iterator<Item = &'static Topic> {
    let areas = [
        existence::TOPICS,
        mx::TOPICS,
        spf::TOPICS,
        dkim::TOPICS,
        dmarc::TOPICS,
        mta_sts::TOPICS,
        tls_rpt::TOPICS,
        dane::TOPICS,
        bimi::TOPICS,
    ];
    areas.into_iter().flatten().copied()
}

/// Bytes out of DNS as text; what is no UTF-8 is replaced, and told as not ASCII where that matters.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
