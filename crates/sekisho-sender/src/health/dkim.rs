//! Selectors → the keys under them, and whether receivers can use them (RFC 6376 section 3.6).
//!
//! Nobody can list the keys of a domain: those that are named are looked at, and a few usual names are tried. What is not
//! found by trying is not known to be missing.

mod topics;

use std::collections::BTreeMap;

use super::item::{How, Item, Publish, State, Topic, Words};
use super::{Scene, text};
use crate::NoAnswer;
use crate::key_record::{KeyRecord, Kind, Version};
use crate::tags::RECORD_BYTES_MAX;

pub(super) static TOPICS: &[&Topic] = topics::ALL;

/// So many selectors that were named are looked at.
pub const SELECTORS_MAX: usize = 30;

/// Names that providers and manuals use; tried only where they cost little, and what is found says so.
pub const USUAL: &[&str] = &[
    "default",
    "selector1",
    "selector2",
    "google",
    "s1",
    "s2",
    "k1",
    "k2",
    "k3",
    "mail",
    "dkim",
    "key1",
    "smtp",
    "mx",
    "dkim1",
    "sig1",
];

/// Fewer bits than this are refused by receivers (RFC 8301 section 3.2).
const BITS_MIN: usize = 1_024;
/// What is recommended.
const BITS_GOOD: usize = 2_048;
/// More than this is verified by few (RFC 8301: receivers must manage 4096).
const BITS_MAX: usize = 4_096;

/// Where a selector is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Somebody named it: it must be there.
    Given,
    /// A mail of the past was signed with it: it may have been replaced.
    Mail,
    /// Tried because it is a usual name.
    Guessed,
}

impl Origin {
    /// The word used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Origin::Given => "given",
            Origin::Mail => "mail",
            Origin::Guessed => "guessed",
        }
    }
}

/// A selector that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// Its name.
    pub name: String,
    /// Where it is known from.
    pub origin: Origin,
    /// Whether a key that receivers can use is there; `None` where DNS did not answer.
    pub works: Option<bool>,
}

/// Looks at the keys of the selectors named, and of usual ones.
pub(super) fn check(scene: &Scene<'_>, named: &BTreeMap<String, Origin>) -> (Vec<Item>, Vec<Selector>) {
    let mut items = Vec::new();
    let mut selectors = Vec::new();
    let mut kinds = Vec::new();
    // Whoever answers that nothing is below says that no name is worth trying (RFC 8020).
    let below = scene.dns.txt(&scene.domain.below("_domainkey")).map(drop);
    if below == Err(NoAnswer::NoSuchName) && !named.values().any(|origin| *origin == Origin::Given) {
        return (vec![Item::new(&topics::NONE)], selectors);
    }
    let guessed = USUAL
        .iter()
        .filter(|name| !named.contains_key(**name))
        .map(|name| ((*name).to_owned(), Origin::Guessed));
    let wanted =
        named.iter().map(|(name, origin)| (name.clone(), *origin)).take(SELECTORS_MAX).chain(guessed);
    for (name, origin) in wanted {
        let looked = look(scene, &name, origin);
        let found = looked.kind.is_some();
        kinds.extend(looked.kind);
        items.extend(looked.items);
        if found || origin != Origin::Guessed {
            selectors.push(Selector { name, origin, works: looked.works });
        }
    }
    if named.len() > SELECTORS_MAX {
        let (count, asked) = (named.len() as u64, SELECTORS_MAX as u64);
        items.push(Item::new(&topics::CUT).number("count", count).number("asked", asked));
    }
    if kinds.is_empty() && !items.iter().any(|item| item.state() >= State::Warn) {
        items.push(Item::new(&topics::NOT_KNOWN).number("count", USUAL.len() as u64));
    }
    if !kinds.is_empty() && kinds.iter().all(|kind| *kind == Kind::Ed25519) {
        items.push(Item::new(&topics::ED25519_ALONE));
    }
    (items, selectors)
}

/// What lies under one selector.
struct Looked {
    items: Vec<Item>,
    /// The key, where there is one.
    kind: Option<Kind>,
    works: Option<bool>,
}

fn look(scene: &Scene<'_>, selector: &str, origin: Origin) -> Looked {
    let name = scene.domain.below(&format!("{selector}._domainkey"));
    let item = |topic| Item::new(topic).name("selector", selector).name("name", &name);
    let missing = || {
        let items = match origin {
            Origin::Given => vec![item(&topics::MISSING)],
            Origin::Mail => vec![item(&topics::GONE)],
            Origin::Guessed => Vec::new(),
        };
        Looked { items, kind: None, works: Some(false) }
    };
    let records = match scene.dns.txt(&name) {
        Ok(records) => records.values,
        Err(why) if why.is_certain() => return missing(),
        Err(_) => {
            // A usual name that nobody answered for is one of many: only what was named is told.
            let items = if origin == Origin::Guessed { Vec::new() } else { vec![item(&topics::NO_ANSWER)] };
            return Looked { items, kind: None, works: None };
        }
    };
    let keys: Vec<(String, KeyRecord)> = records
        .iter()
        .map(|record| {
            (
                if record.len() > RECORD_BYTES_MAX { String::new() } else { text(record) },
                KeyRecord::parse(record),
            )
        })
        .filter(|(_, key)| key.is_key_record())
        .collect();
    match keys.as_slice() {
        [] => missing(),
        [(record, key)] => one(&name, selector, origin, record, key),
        several => {
            let kind = several.first().map(|(_, key)| key.kind.clone());
            let items = vec![item(&topics::SEVERAL).number("count", several.len() as u64)];
            Looked { items, kind, works: Some(false) }
        }
    }
}

fn one(name: &str, selector: &str, origin: Origin, record: &str, key: &KeyRecord) -> Looked {
    let item = |topic| Item::new(topic).name("selector", selector);
    let mut items = Vec::new();
    match &key.kind {
        Kind::Revoked => {
            let topic = if origin == Origin::Given { &topics::REVOKED_GIVEN } else { &topics::REVOKED };
            return Looked { items: vec![item(topic)], kind: None, works: Some(false) };
        }
        Kind::NoKey | Kind::Broken | Kind::TooLarge => items.push(item(&topics::BROKEN)),
        Kind::Unknown(kind) => items.push(item(&topics::KIND_UNKNOWN).foreign("kind", kind)),
        Kind::Rsa(bits) if *bits < BITS_MIN => items.push(item(&topics::SHORT).number("bits", *bits as u64)),
        Kind::Rsa(bits) if *bits < BITS_GOOD => {
            items.push(item(&topics::BITS_1024).number("bits", *bits as u64))
        }
        Kind::Rsa(bits) if *bits > BITS_MAX => items.push(item(&topics::LONG).number("bits", *bits as u64)),
        Kind::Rsa(_) | Kind::Ed25519 => {}
    }
    let without = |tag| Publish::txt(How::Replace, name, rewritten(record, tag));
    if key.version == Version::Wrong {
        items.push(item(&topics::VERSION_WRONG).publish(without("v")));
    }
    if key.sha1_only {
        items.push(item(&topics::SHA1_ONLY).publish(without("h")));
    }
    if key.other_service {
        items.push(item(&topics::OTHER_SERVICE).publish(without("s")));
    }
    if key.test {
        items.push(item(&topics::TEST).publish(without("t")));
    }
    let works = !items.iter().any(|item| item.state() == State::Fail);
    if key.version == Version::Absent && works {
        items.push(item(&topics::NO_VERSION));
    }
    if key.no_subdomains {
        items.push(item(&topics::NO_SUBDOMAINS));
    }
    if !items.iter().any(|item| item.state() > State::Note) {
        items.insert(0, fine(item(&topics::FINE), &key.kind, origin));
    }
    Looked { items, kind: Some(key.kind.clone()), works: Some(works) }
}

fn fine(item: Item, kind: &Kind, origin: Origin) -> Item {
    let words = match (kind, origin) {
        (Kind::Ed25519, _) => Words { ja: "Ed25519", en: "Ed25519" },
        (Kind::Rsa(bits), Origin::Guessed) if *bits == BITS_GOOD => Words {
            ja: "RSA 2048 ビット、よくある名前を試して発見",
            en: "RSA with 2048 bits, found by trying usual names",
        },
        (Kind::Rsa(bits), _) if *bits == BITS_GOOD => {
            Words { ja: "RSA 2048 ビット", en: "RSA with 2048 bits" }
        }
        _ => Words { ja: "RSA 2048 ビット超", en: "RSA with more than 2048 bits" },
    };
    item.word("kind", words)
}

/// The record beginning with its version, without `tag`; without the test flag where that is the tag.
fn rewritten(record: &str, tag: &str) -> String {
    let mut out = String::from("v=DKIM1");
    for piece in sekisho_mail::tag_list(record) {
        let value = piece.value.unwrap_or_default();
        // What is proposed is copied into a form: nothing but the tags of the standard, in plain characters.
        let is_plain = value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        if !matches!(piece.name, "k" | "h" | "n" | "p" | "s" | "t") || !is_plain {
            continue;
        }
        if piece.name == tag && tag != "t" {
            continue;
        }
        if piece.name == "t" && tag == "t" {
            let flags: Vec<&str> =
                value.split(':').map(str::trim).filter(|flag| !flag.eq_ignore_ascii_case("y")).collect();
            if !flags.is_empty() {
                out.push_str(&format!("; t={}", flags.join(":")));
            }
            continue;
        }
        out.push_str(&format!("; {}={value}", piece.name));
    }
    out
}
