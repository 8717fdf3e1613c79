//! An SPF record → the tree of what it costs: every name that receivers must ask about, who makes them ask, and where the
//! tree is broken (RFC 7208 sections 4.6.4, 5.2 and 6.1).
//!
//! Receivers stop at the first term that matches; the tree counts the worst case, a client that nothing matches.

use std::collections::BTreeMap;

use super::read;
use crate::health::text;
use crate::spf::macros::Macros;
use crate::spf::record::{Mechanism, Qualifier, Record, Term, What, is_spf};
use crate::{Dns, NoAnswer};

/// Records beyond so many in one tree are counted and not asked for: ten are allowed, and who is over needs no more.
pub const RECORDS_MAX: usize = 40;

/// Names of `a`, `mx` and `exists` asked about in one tree, for the same reason.
pub const HOSTS_MAX: usize = 40;

/// Includes inside includes are followed so deep.
pub const DEPTH_MAX: usize = 12;

/// A tree has at most so many terms: records that include one another often would make it grow without end.
pub const NODES_MAX: usize = 2_000;

/// A record over this size is not read: it is no record, and a DNS answer cannot be larger.
pub const RECORD_BYTES_MAX: usize = 65_535;

/// One record of the tree, and what it costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The domain whose record it is.
    pub domain: String,
    /// The term that leads here; empty for the domain itself.
    pub term: String,
    /// What became of it.
    pub state: NodeState,
    /// Questions that this costs a receiver: its own and those of everything below.
    pub lookups: u64,
    /// The terms that cost something, in order.
    pub below: Vec<Node>,
}

/// What became of a name in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeState {
    /// A record was read, or a host has addresses.
    Found,
    /// There is none.
    Missing,
    /// A record cannot be read, or there are several.
    Broken,
    /// It leads back to a record above.
    Loop,
    /// The name is made for each mail, or the tree is too large: nobody asked.
    NotAsked,
    /// DNS did not answer.
    NoAnswer,
}

/// The whole tree, and what was met on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The domain's own record.
    pub root: Node,
    /// Names that do not exist or have no records of the type wanted, in order.
    pub voids: Vec<Void>,
    /// Records of others that let everybody send (`+all`), by domain.
    pub everybody: Vec<String>,
    /// `mx` terms with more servers than are allowed: the term, and how many.
    pub too_many_servers: Vec<(String, usize)>,
}

/// A question that found nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Void {
    /// The name asked about.
    pub name: String,
    /// The term that makes receivers ask.
    pub term: String,
    /// The domain in whose record it stands.
    pub record: String,
}

/// An `mx` term may lead to so many servers (section 4.6.4).
pub const SERVERS_MAX: usize = 10;

/// Follows the record of `domain`.
pub fn follow(dns: &dyn Dns, domain: &str, record: &Record) -> Tree {
    let mut walk = Walk {
        dns,
        records: BTreeMap::new(),
        hosts_asked: 0,
        nodes: 0,
        above: vec![domain.to_owned()],
        tree: Tree {
            root: Node::new(domain, "", NodeState::Found, 0),
            voids: Vec::new(),
            everybody: Vec::new(),
            too_many_servers: Vec::new(),
        },
    };
    let below = walk.terms(domain, record);
    walk.tree.root.lookups = below.iter().map(|node| node.lookups).sum();
    walk.tree.root.below = below;
    walk.tree
}

impl Node {
    fn new(domain: &str, term: &str, state: NodeState, lookups: u64) -> Self {
        Self { domain: domain.to_owned(), term: term.to_owned(), state, lookups, below: Vec::new() }
    }

    /// This node and all below, from the top.
    pub fn all(&self) -> Vec<&Node> {
        let mut all = vec![self];
        // The depth is bounded by `DEPTH_MAX`.
        all.extend(self.below.iter().flat_map(Node::all));
        all
    }
}

/// The SPF record of a name, as receivers find it.
#[derive(Clone, Debug)]
enum Fetched {
    Record(Record),
    Missing,
    Several,
    TooLarge,
    NoAnswer,
}

struct Walk<'a> {
    dns: &'a dyn Dns,
    /// What was fetched, so that nothing is asked twice.
    records: BTreeMap<String, Fetched>,
    hosts_asked: usize,
    nodes: usize,
    above: Vec<String>,
    tree: Tree,
}

impl Walk<'_> {
    fn terms(&mut self, domain: &str, record: &Record) -> Vec<Node> {
        let has_all = record.all().is_some();
        let mut nodes = Vec::new();
        for term in record.effective() {
            if self.nodes >= NODES_MAX {
                break;
            }
            let node = match &term.what {
                What::Mechanism(_, Mechanism::Include(target)) => self.record(target, term),
                What::Redirect(target) if !has_all => self.record(target, term),
                What::Mechanism(_, Mechanism::A(target, ..)) => {
                    self.host(target.as_ref(), domain, term, Host::Address)
                }
                What::Mechanism(_, Mechanism::Mx(target, ..)) => {
                    self.host(target.as_ref(), domain, term, Host::Servers)
                }
                What::Mechanism(_, Mechanism::Exists(target)) => {
                    self.host(Some(target), domain, term, Host::Exists)
                }
                What::Mechanism(_, Mechanism::Ptr(_)) => {
                    Node::new(domain, &term.text, NodeState::NotAsked, 1)
                }
                _ => continue,
            };
            self.nodes += 1;
            nodes.push(node);
        }
        nodes
    }

    /// `include:` and `redirect=`.
    fn record(&mut self, target: &Macros, term: &Term) -> Node {
        let Some(name) = target.fixed() else {
            return Node::new(target.text(), &term.text, NodeState::NotAsked, 1);
        };
        let mut node = Node::new(name, &term.text, NodeState::Found, 1);
        if self.above.iter().any(|above| above == name) {
            node.state = NodeState::Loop;
            return node;
        }
        if self.above.len() > DEPTH_MAX {
            node.state = NodeState::NotAsked;
            return node;
        }
        match self.fetch(name) {
            None => node.state = NodeState::NotAsked,
            Some(Fetched::NoAnswer) => node.state = NodeState::NoAnswer,
            Some(Fetched::Missing) => node.state = NodeState::Missing,
            Some(Fetched::Several | Fetched::TooLarge) => node.state = NodeState::Broken,
            Some(Fetched::Record(record)) => {
                if !record.wrong.is_empty() {
                    node.state = NodeState::Broken;
                }
                let everybody = &mut self.tree.everybody;
                if record.all() == Some(Qualifier::Pass) && !everybody.iter().any(|known| known == name) {
                    everybody.push(name.to_owned());
                }
                self.above.push(name.to_owned());
                node.below = self.terms(name, &record);
                self.above.pop();
                node.lookups += node.below.iter().map(|node| node.lookups).sum::<u64>();
            }
        }
        node
    }

    /// The record of a name; `None` where the tree is too large to ask for more.
    fn fetch(&mut self, name: &str) -> Option<Fetched> {
        if let Some(fetched) = self.records.get(name) {
            return Some(fetched.clone());
        }
        if self.records.len() >= RECORDS_MAX {
            return None;
        }
        let fetched = match self.dns.txt(name) {
            Ok(records) => {
                let mut found = records.values.iter().filter(|value| is_spf(value));
                match (found.next(), found.next()) {
                    (None, _) => Fetched::Missing,
                    (Some(_), Some(_)) => Fetched::Several,
                    (Some(value), None) if value.len() > RECORD_BYTES_MAX => Fetched::TooLarge,
                    (Some(value), None) => Fetched::Record(read(&text(value))),
                }
            }
            Err(why) if why.is_certain() => Fetched::Missing,
            Err(_) => Fetched::NoAnswer,
        };
        self.records.insert(name.to_owned(), fetched.clone());
        Some(fetched)
    }

    /// `a`, `mx` and `exists`.
    fn host(&mut self, target: Option<&Macros>, domain: &str, term: &Term, kind: Host) -> Node {
        let Some(name) = target.map_or(Some(domain), Macros::fixed) else {
            let text = target.map_or(domain, Macros::text);
            return Node::new(text, &term.text, NodeState::NotAsked, 1);
        };
        let mut node = Node::new(name, &term.text, NodeState::Found, 1);
        if self.hosts_asked >= HOSTS_MAX {
            node.state = NodeState::NotAsked;
            return node;
        }
        self.hosts_asked += 1;
        let found = match kind {
            Host::Servers => self.dns.mx(name).map(|records| {
                let servers = records.values.len();
                if servers > SERVERS_MAX {
                    self.tree.too_many_servers.push((term.text.clone(), servers));
                }
            }),
            Host::Exists => self.dns.a(name).map(drop),
            // The client's own family is asked for: a name with either is none too many.
            Host::Address => match self.dns.a(name) {
                Err(NoAnswer::NoRecords) => self.dns.aaaa(name).map(drop),
                answer => answer.map(drop),
            },
        };
        match found {
            Ok(()) => {}
            Err(why) if why.is_certain() => {
                node.state = NodeState::Missing;
                let (term, record) = (term.text.clone(), domain.to_owned());
                self.tree.voids.push(Void { name: name.to_owned(), term, record });
            }
            Err(_) => node.state = NodeState::NoAnswer,
        }
        node
    }
}

#[derive(Clone, Copy)]
enum Host {
    Address,
    Servers,
    Exists,
}
