//! A domain's SPF → what is wrong with it, what each include costs, and the record without its errors (RFC 7208).

mod repair;
mod topics;
mod walk;

use std::collections::BTreeSet;
use std::net::IpAddr;

pub use walk::{Node, NodeState, Tree, Void};

use super::item::{How, Item, Publish, Topic, Words};
use super::{Scene, Sends, text};
use crate::spf::record::{self, Mechanism, Qualifier, Record, Term, What, Why, Widths, Wrong};

pub(super) static TOPICS: &[&Topic] = topics::ALL;

/// Lookups that a record may cost (section 4.6.4).
pub const LOOKUPS_MAX: u64 = 10;

/// Lookups that may find nothing (section 4.6.4).
pub const VOIDS_MAX: usize = 2;

/// So many errors of one kind are told; a record with more is written anew anyway.
const TOLD_MAX: usize = 5;

/// Ranges wider than this let in whoever is a customer of the same provider.
const IP4_LENGTH_MIN: u8 = 16;
const IP6_LENGTH_MIN: u8 = 32;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub items: Vec<Item>,
    pub record: Option<String>,
    pub tree: Option<Tree>,
}

/// Looks at the SPF record among the domain's TXT records.
pub(super) fn check(scene: &Scene<'_>) -> Found {
    let values: &[Vec<u8>] = match scene.txt {
        Ok(records) => &records.values,
        Err(why) if why.is_certain() => &[],
        Err(_) => return Found { items: vec![Item::new(&topics::NO_ANSWER)], ..Found::default() },
    };
    let records: Vec<&Vec<u8>> = values.iter().filter(|value| record::is_spf(value)).collect();
    let found = match records.as_slice() {
        [] => Found { items: vec![none(scene, values)], ..Found::default() },
        [record] if record.len() > walk::RECORD_BYTES_MAX => {
            let item = Item::new(&topics::TOO_LARGE).number("bytes", record.len() as u64);
            Found { items: vec![item], ..Found::default() }
        }
        [record] => one(scene, &text(record)),
        several => Found { items: vec![join(scene, several)], ..Found::default() },
    };
    with_size_of_answer(found, values)
}

/// A record as the person who mends it needs it read: a name that cannot be is a mistake.
fn read(record: &str) -> Record {
    Record::parse(record).with_names_checked()
}

/// There is no record, or one that nobody recognises.
fn none(scene: &Scene<'_>, values: &[Vec<u8>]) -> Item {
    let domain = scene.domain.ascii();
    let misspelt =
        values.iter().filter(|value| value.len() <= walk::RECORD_BYTES_MAX).map(|value| text(value));
    for record in misspelt {
        let plain = repair::in_ascii(&record);
        let plain = plain.trim();
        let lower = plain.to_ascii_lowercase();
        let Some(begin) = ["v=spf1", "v=spf", "spf1 ", "v:spf1", "v = spf1", "spf=", "v=sfp1"]
            .into_iter()
            .find(|begin| lower.starts_with(begin))
        else {
            continue;
        };
        let rest = plain.get(begin.len()..).unwrap_or_default().trim_start_matches([';', ',', ':', '1']);
        let candidate = format!("{} {}", record::VERSION, rest.trim());
        let item = Item::new(&topics::MISSPELT).foreign("record", record);
        let proposed = repair::repair(&candidate, &[])
            .or_else(|| read(&candidate).wrong.is_empty().then_some(candidate));
        return match proposed {
            Some(value) => item.publish(Publish::txt(How::Replace, domain, value)),
            None => item,
        };
    }
    match scene.sends {
        Sends::Nothing => {
            Item::new(&topics::SILENT_MISSING).publish(Publish::txt(How::Add, domain, "v=spf1 -all"))
        }
        Sends::Mail => {
            Item::new(&topics::MISSING).publish(Publish::txt(How::Add, domain, first_record(scene)))
        }
    }
}

/// A record to begin with, as far as the mail servers tell who sends.
fn first_record(scene: &Scene<'_>) -> String {
    /// Mail servers of providers that publish who sends for their customers, by the end of the server's name.
    const PROVIDERS: &[(&str, &str)] = &[
        (".mail.protection.outlook.com", "include:spf.protection.outlook.com"),
        (".mx.microsoft", "include:spf.protection.outlook.com"),
        (".google.com", "include:_spf.google.com"),
        (".googlemail.com", "include:_spf.google.com"),
    ];
    let known = scene.servers.iter().find_map(|server| {
        let server = format!(".{}", server.to_ascii_lowercase());
        PROVIDERS.iter().find(|(end, _)| server.ends_with(end)).map(|(_, term)| *term)
    });
    format!("v=spf1 {} ~all", known.unwrap_or("mx"))
}

fn join(scene: &Scene<'_>, several: &[&Vec<u8>]) -> Item {
    let item = Item::new(&topics::SEVERAL).number("count", several.len() as u64);
    let small: Vec<String> =
        several.iter().filter(|record| record.len() <= 4_096).map(|record| text(record)).collect();
    match repair::merged(&small).filter(|_| small.len() == several.len()) {
        Some(value) => item.publish(Publish::txt(How::Replace, scene.domain.ascii(), value)),
        None => item,
    }
}

/// The one record.
fn one(scene: &Scene<'_>, record: &str) -> Found {
    let read = read(record);
    let tree = walk::follow(scene.dns, scene.domain.ascii(), &read);
    if is_silent(&read) {
        let items = vec![Item::new(&topics::SILENT)];
        return Found { items, record: Some(record.to_owned()), tree: Some(tree) };
    }
    let mut items: Vec<Item> = read.wrong.iter().take(TOLD_MAX).map(syntax).collect();
    items.extend(skipped(&read));
    items.extend(of_tree(scene, &tree));
    items.extend(of_terms(&read));
    items.extend(of_end(&read));
    if scene.sends == Sends::Nothing {
        items.push(Item::new(&topics::SILENT_MISSING));
    }
    if record.len() > 255 {
        items.push(Item::new(&topics::LONG).number("characters", record.chars().count() as u64));
    }
    propose(scene, record, &tree, &mut items);
    if !items.iter().any(|item| item.state() > super::State::Note) {
        items.insert(0, Item::new(&topics::FINE).number("lookups", tree.root.lookups));
    }
    Found { items, record: Some(record.to_owned()), tree: Some(tree) }
}

/// `v=spf1 -all` and nothing else that lets anybody send.
fn is_silent(record: &Record) -> bool {
    record.wrong.is_empty()
        && record.all() == Some(Qualifier::Fail)
        && record.effective().all(|term| !matches!(term.what, What::Mechanism(Qualifier::Pass, _)))
        && record.terms.len() == 1
}

/// Whether the record of a domain says that nobody sends, or there is none: such a domain may be one that sends nothing.
pub(super) fn allows_nobody(values: &[Vec<u8>]) -> bool {
    values
        .iter()
        .filter(|value| record::is_spf(value))
        .all(|value| value.len() <= walk::RECORD_BYTES_MAX && is_silent(&read(&text(value))))
}

fn syntax(wrong: &Wrong) -> Item {
    let same = |ja, en| Words { ja, en };
    let words = match wrong.why {
        Why::UnknownMechanism => same("この名前の指定はありません", "there is no such term"),
        Why::NoValue => same("値がありません", "the value is missing"),
        Why::NeedlessValue => same("値を付けられません", "it takes no value"),
        Why::Ip4 => same("IPv4 アドレスの範囲ではありません", "not a range of IPv4 addresses"),
        Why::Ip6 => same("IPv6 アドレスの範囲ではありません", "not a range of IPv6 addresses"),
        Why::Domain => same("ドメイン名ではありません", "not a domain name"),
        Why::Macro => same("「%」の使い方が違います", "% is used wrongly"),
        Why::Prefix => same("「/」の後ろの数が違います", "the number behind / is wrong"),
        Why::Twice => same("二度は書けません", "it may stand only once"),
        Why::NotAscii => {
            same("全角文字など、使えない文字があります", "it has characters that are not allowed")
        }
        Why::TooMany => same("項目が多すぎます", "there are too many terms"),
    };
    Item::new(&topics::SYNTAX)
        .number("place", wrong.at as u64)
        .foreign("term", &wrong.text)
        .word("wrong", words)
}

/// Mechanisms written with `=` are valid modifiers that nobody knows.
fn skipped(record: &Record) -> Vec<Item> {
    let mistaken = |term: &&Term| match &term.what {
        What::UnknownModifier(name) => {
            matches!(
                name.as_str(),
                "ip4" | "ip6" | "ipv4" | "ipv6" | "include" | "a" | "mx" | "exists" | "all" | "ptr"
            )
        }
        _ => false,
    };
    let item = |term: &Term| {
        Item::new(&topics::TERM_SKIPPED).number("place", term.at as u64).foreign("term", &term.text)
    };
    record.terms.iter().filter(mistaken).take(TOLD_MAX).map(item).collect()
}

fn of_tree(scene: &Scene<'_>, tree: &Tree) -> Vec<Item> {
    let mut items = Vec::new();
    let domain = scene.domain.ascii();
    if tree.root.lookups > LOOKUPS_MAX {
        items.push(
            Item::new(&topics::TOO_MANY_LOOKUPS).number("lookups", tree.root.lookups).name("domain", domain),
        );
    }
    let mut told = BTreeSet::new();
    for (above, node) in edges(&tree.root) {
        let is_record = is_record(node);
        let topic = match node.state {
            NodeState::Loop => &topics::LOOP,
            NodeState::Missing if is_record => &topics::INCLUDE_MISSING,
            NodeState::Broken => &topics::INCLUDE_BROKEN,
            NodeState::NoAnswer => &topics::INCLUDE_NO_ANSWER,
            _ => continue,
        };
        if told.len() < TOLD_MAX && told.insert((topic.id, node.domain.clone())) {
            let item = Item::new(topic).foreign("term", &node.term);
            items.push(item.name("name", &node.domain).name("record", &above.domain));
        }
    }
    if tree
        .root
        .all()
        .iter()
        .any(|node| node.state == NodeState::NotAsked && is_record(node) && !node.term.contains('%'))
    {
        items.push(Item::new(&topics::TREE_CUT));
    }
    items.extend(voids(tree));
    items.extend(
        tree.everybody
            .iter()
            .take(TOLD_MAX)
            .map(|name| Item::new(&topics::INCLUDE_EVERYBODY).name("name", name)),
    );
    items.extend(tree.too_many_servers.iter().take(TOLD_MAX).map(|(term, count)| {
        Item::new(&topics::TOO_MANY_SERVERS).foreign("term", term).number("count", *count as u64)
    }));
    items
}

fn voids(tree: &Tree) -> Vec<Item> {
    let missing_records =
        tree.root.all().iter().filter(|node| node.state == NodeState::Missing && is_record(node)).count();
    let count = tree.voids.len() + missing_records;
    if count > VOIDS_MAX {
        let all = tree.root.all();
        let missing = all.iter().filter(|node| node.state == NodeState::Missing);
        let names = missing.map(|node| node.domain.clone()).take(TOLD_MAX).collect();
        return vec![Item::new(&topics::TOO_MANY_VOIDS).number("count", count as u64).names("names", names)];
    }
    let item = |void: &Void| Item::new(&topics::VOID).foreign("term", &void.term).name("name", &void.name);
    tree.voids.iter().map(item).collect()
}

fn of_terms(record: &Record) -> Vec<Item> {
    let mut items = Vec::new();
    let mut seen = BTreeSet::new();
    for term in &record.terms {
        if let What::Mechanism(_, mechanism) = &term.what {
            items.extend(width(term, mechanism));
        }
        if !seen.insert(term.text.to_ascii_lowercase()) && !matches!(term.what, What::Unreadable) {
            items.push(Item::new(&topics::TWICE).foreign("term", &term.text));
        }
    }
    items.truncate(TOLD_MAX);
    if record.terms.iter().any(|term| matches!(term.what, What::Mechanism(_, Mechanism::Ptr(_)))) {
        items.push(Item::new(&topics::PTR));
    }
    items
}

/// A range that lets in far more than a provider's servers.
fn width(term: &Term, mechanism: &Mechanism) -> Option<Item> {
    let passes = matches!(term.what, What::Mechanism(Qualifier::Pass, _));
    let Widths { v4, v6 } = match mechanism {
        Mechanism::Network(IpAddr::V4(_), v4) => Widths { v4: *v4, v6: 128 },
        Mechanism::Network(IpAddr::V6(_), v6) => Widths { v4: 32, v6: *v6 },
        Mechanism::A(_, widths) | Mechanism::Mx(_, widths) => *widths,
        _ => return None,
    };
    if !passes || (v4 >= IP4_LENGTH_MIN && v6 >= IP6_LENGTH_MIN) {
        return None;
    }
    if v4 == 0 || v6 == 0 {
        return Some(Item::new(&topics::EVERYBODY).foreign("term", &term.text));
    }
    let bits = if v4 < IP4_LENGTH_MIN { 32 - u32::from(v4) } else { 128 - u32::from(v6) };
    let addresses = grouped(2_u128.checked_pow(bits).unwrap_or(u128::MAX));
    Some(Item::new(&topics::WIDE).foreign("term", &term.text).name("addresses", addresses))
}

/// `16,777,216`.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn of_end(record: &Record) -> Vec<Item> {
    let mut items = Vec::new();
    match record.all() {
        Some(Qualifier::Pass) => items.push(Item::new(&topics::EVERYBODY).foreign("term", "+all")),
        Some(Qualifier::Neutral) => items.push(Item::new(&topics::NEUTRAL)),
        None if record.redirect().is_none() && !record.terms.iter().any(is_lost_end) => {
            items.push(Item::new(&topics::NO_ALL));
        }
        _ => {}
    }
    let counted: BTreeSet<usize> = record.effective().map(|term| term.at).collect();
    let idle = record.terms.iter().filter(|term| !counted.contains(&term.at));
    items.extend(idle.take(TOLD_MAX).map(|term| Item::new(&topics::BEHIND_ALL).foreign("term", &term.text)));
    if record.all().is_some()
        && let Some(term) = record.terms.iter().find(|term| matches!(term.what, What::Redirect(_)))
    {
        items.push(Item::new(&topics::REDIRECT_IDLE).foreign("term", &term.text));
    }
    items
}

/// A term that was meant to be the end and cannot be read: it is told as that.
fn is_lost_end(term: &Term) -> bool {
    let name = term.text.trim_start_matches(['+', '-', '~', '?']).to_ascii_lowercase();
    matches!(term.what, What::Unreadable) && (name.starts_with("al") || name.starts_with("redirect"))
}

/// Puts the record without its errors beside the first item that asks for one.
fn propose(scene: &Scene<'_>, record: &str, tree: &Tree, items: &mut [Item]) {
    let domain = scene.domain.ascii();
    if scene.sends == Sends::Nothing {
        if let Some(item) = items.iter_mut().find(|item| item.topic == &topics::SILENT_MISSING) {
            item.publish.push(Publish::txt(How::Replace, domain, "v=spf1 -all"));
        }
        return;
    }
    let Some(item) = items
        .iter_mut()
        .find(|item| item.state() > super::State::Note && item.topic != &topics::INCLUDE_NO_ANSWER)
    else {
        return;
    };
    let dead: Vec<&str> = tree
        .root
        .below
        .iter()
        .filter(|node| matches!(node.state, NodeState::Missing | NodeState::Loop))
        .map(|node| node.term.as_str())
        .collect();
    if let Some(repaired) = repair::repair(record, &dead) {
        item.publish.push(Publish::txt(How::Replace, domain, repaired));
    }
}

fn with_size_of_answer(mut found: Found, values: &[Vec<u8>]) -> Found {
    /// What fits into a DNS answer over UDP without extensions (section 3.4).
    const ANSWER_BYTES_SAFE: usize = 512;
    let bytes: usize = values.iter().map(Vec::len).sum();
    if bytes > ANSWER_BYTES_SAFE && found.record.is_some() {
        found.items.push(Item::new(&topics::ANSWER_LARGE).number("bytes", bytes as u64));
    }
    found
}

/// Every node with the one above it.
fn edges(root: &Node) -> Vec<(&Node, &Node)> {
    let mut edges = Vec::new();
    for node in &root.below {
        edges.push((root, node));
        edges.extend(self::edges(node));
    }
    edges
}

/// Whether the term leads to a record, and not to a host.
fn is_record(node: &Node) -> bool {
    let term = node.term.trim_start_matches(['+', '-', '~', '?']).to_ascii_lowercase();
    term.starts_with("include:") || term.starts_with("redirect=")
}
