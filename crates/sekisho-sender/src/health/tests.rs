//! Zones → points, in a table; bad input within bounds; words and ids of every topic.

mod bounds;
mod table;

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::*;
use crate::spf::record::{Record, is_spf};
use crate::{NoAnswer, Tlsa, Zone};

/// Lets a type be a DNS that asks another through its `ask(kind, name, question)`.
macro_rules! dns_through {
    ($type:ty) => {
        impl crate::Dns for $type {
            fn txt(&self, name: &str) -> crate::Answer<Vec<u8>> {
                self.ask("TXT", name, |dns| dns.txt(name))
            }
            fn a(&self, name: &str) -> crate::Answer<std::net::Ipv4Addr> {
                self.ask("A", name, |dns| dns.a(name))
            }
            fn aaaa(&self, name: &str) -> crate::Answer<std::net::Ipv6Addr> {
                self.ask("AAAA", name, |dns| dns.aaaa(name))
            }
            fn mx(&self, name: &str) -> crate::Answer<(u16, String)> {
                self.ask("MX", name, |dns| dns.mx(name))
            }
            fn ptr(&self, address: std::net::IpAddr) -> crate::Answer<String> {
                self.ask("PTR", "", |dns| dns.ptr(address))
            }
            fn ns(&self, name: &str) -> crate::Answer<String> {
                self.ask("NS", name, |dns| dns.ns(name))
            }
            fn tlsa(&self, name: &str) -> crate::Answer<crate::Tlsa> {
                self.ask("TLSA", name, |dns| dns.tlsa(name))
            }
            fn cname(&self, name: &str) -> crate::Answer<String> {
                self.ask("CNAME", name, |dns| dns.cname(name))
            }
        }
    };
}
use dns_through;

/// A zone that does not answer some questions.
struct Partly<'a> {
    zone: Zone,
    /// Types and names.
    silent: Vec<(&'a str, &'a str)>,
}

impl Partly<'_> {
    fn ask<T>(&self, kind: &str, name: &str, question: impl FnOnce(&dyn Dns) -> Answer<T>) -> Answer<T> {
        if self.silent.contains(&(kind, name)) { Err(NoAnswer::TimedOut) } else { question(&self.zone) }
    }
}

dns_through!(Partly<'_>);

/// A domain with nothing to complain of. `KEY:2048` stands for a key of that size.
const GOOD: &str = "
midori.example NS ns1.midori.example
midori.example NS ns2.midori.example
ns1.midori.example A 192.0.2.53
ns2.midori.example A 192.0.2.54
midori.example A 192.0.2.80
midori.example MX 10 mail.midori.example
mail.midori.example A 192.0.2.25
midori.example TXT v=spf1 mx -all
default._domainkey.midori.example TXT v=DKIM1; k=rsa; p=KEY:2048
_dmarc.midori.example TXT v=DMARC1; p=reject; rua=mailto:dmarc@midori.example
";

/// One case: changes of the good domain, and what is expected.
#[derive(Default)]
struct Case<'a> {
    title: &'a str,
    lines: Vec<&'a str>,
    wish: Wish,
    /// Ids of everything that is not passed or noted.
    expected: Vec<&'a str>,
    /// Ids that must be there besides.
    also: Vec<&'a str>,
    /// Values that must be proposed.
    proposed: Vec<&'a str>,
    /// Whether it begins with an empty zone.
    empty: bool,
    /// The domain, where it is another.
    domain: Option<&'a str>,
    /// Types and names that nobody answers for.
    silent: Vec<(&'a str, &'a str)>,
}

/// Reads `== title`, `+ record`, `- type name`, `! name why`, `? type name`, `domain: …`, `selectors: …`, `=> ids`, `also: ids`, `record: value`.
fn cases(text: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(title) = line.strip_prefix("== ") {
            cases.push(Case { title, ..Case::default() });
            continue;
        }
        let case = cases.last_mut().expect("a case begins with its title");
        if let Some(ids) = line.strip_prefix("=>") {
            case.expected.extend(ids.split_whitespace());
        } else if let Some(ids) = line.strip_prefix("also: ") {
            case.also.extend(ids.split_whitespace());
        } else if let Some(value) = line.strip_prefix("record: ") {
            case.proposed.push(value);
        } else if let Some(names) = line.strip_prefix("selectors: ") {
            case.wish.selectors.extend(names.split_whitespace().map(|name| (name.to_owned(), Origin::Given)));
        } else if let Some(names) = line.strip_prefix("past: ") {
            case.wish.selectors.extend(names.split_whitespace().map(|name| (name.to_owned(), Origin::Mail)));
        } else if let Some(domain) = line.strip_prefix("domain: ") {
            case.domain = Some(domain);
        } else if let Some(question) = line.strip_prefix("? ") {
            case.silent.extend(question.split_once(' '));
        } else if line == "sends nothing" {
            case.wish.sends = Told::SendsNothing;
        } else if line == "empty" {
            case.empty = true;
        } else {
            case.lines.push(line);
        }
    }
    cases
}

fn zone(case: &Case<'_>) -> Zone {
    let removed: Vec<(&str, &str)> =
        case.lines.iter().filter_map(|line| line.strip_prefix("- ")?.split_once(' ')).collect();
    let keeps = |line: &&str| {
        let mut words = line.split(' ');
        let (name, kind) = (words.next().unwrap(), words.next().unwrap());
        !removed.contains(&(kind, name))
    };
    let mut zone = Zone::default();
    if !case.empty {
        GOOD.lines().filter(|line| !line.is_empty()).filter(keeps).for_each(|line| add(&mut zone, line));
    }
    for line in &case.lines {
        if let Some(record) = line.strip_prefix("+ ") {
            add(&mut zone, record);
        } else if let Some((name, why)) = line.strip_prefix("! ").and_then(|rest| rest.split_once(' ')) {
            let why = if why == "failed" { NoAnswer::Failed } else { NoAnswer::TimedOut };
            zone.add_failure(name, why);
        } else {
            assert!(line.starts_with("- "), "{}: {line}", case.title);
        }
    }
    zone
}

fn add(zone: &mut Zone, line: &str) {
    let mut words = line.splitn(3, ' ');
    let (name, kind, value) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
    match kind {
        "NS" => drop(zone.add_ns(name, value)),
        "A" | "AAAA" => drop(zone.add_address(name, value.parse::<IpAddr>().unwrap())),
        "CNAME" => drop(zone.add_cname(name, value)),
        "MX" => {
            let (preference, exchange) = value.split_once(' ').unwrap();
            zone.add_mx(name, preference.parse().unwrap(), exchange);
        }
        "TLSA" => {
            let numbers: Vec<u8> = value.split(' ').map(|number| number.parse().unwrap()).collect();
            let [usage, selector, matching, length] = numbers[..] else { panic!("{line}") };
            let data = vec![7; usize::from(length)];
            zone.add_tlsa(name, Tlsa { usage, selector, matching, data });
        }
        "TXT" => {
            let value = match value.split_once("KEY:") {
                Some((before, rest)) => {
                    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                    let (bits, after) = rest.split_at(digits);
                    format!("{before}{}{after}", crate::key_record::sham_rsa(bits.parse().unwrap()))
                }
                None => {
                    let includes: Vec<String> =
                        (0..60).map(|number| format!("include:s{number}.example")).collect();
                    value.replace("LARGE", &"x".repeat(70_000)).replace("INCLUDES", &includes.join(" "))
                }
            };
            zone.add_txt(name, value);
        }
        other => panic!("{other}: {line}"),
    }
}

fn health(case: &Case<'_>) -> Health {
    let dns = Partly { zone: zone(case), silent: case.silent.clone() };
    check(&dns, &Domain::parse(case.domain.unwrap_or("midori.example")).unwrap(), &case.wish)
}

#[test]
fn every_zone_gives_its_points_and_no_others() {
    let cases = cases(table::TABLE);
    assert!(cases.len() >= 60, "{}", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let health = health(case);
        let ids = |told: bool| -> BTreeSet<&str> {
            let is_told = |item: &&Item| (item.state() > State::Note) == told;
            health.items.iter().filter(is_told).map(|item| item.topic.id).collect()
        };
        let (told, quiet) = (ids(true), ids(false));
        let expected: BTreeSet<&str> = case.expected.iter().copied().collect();
        if told != expected {
            wrong.push(format!("{}: found {told:?}, expected {expected:?}", case.title));
        }
        for id in case.also.iter().filter(|id| !quiet.contains(*id)) {
            wrong.push(format!("{}: {id} is not among {quiet:?}", case.title));
        }
        let steps = health.path.iter().flat_map(|path| &path.steps).map(|step| &step.publish);
        let published: Vec<&Publish> =
            health.items.iter().flat_map(|item| &item.publish).chain(steps).collect();
        for value in case.proposed.iter().filter(|value| !published.iter().any(|one| one.value == **value)) {
            let all: Vec<&str> = published.iter().map(|one| one.value.as_str()).collect();
            wrong.push(format!("{}: {value} is not proposed, but {all:?}", case.title));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_topic_is_met_by_some_zone() {
    let met: BTreeSet<&str> =
        cases(table::TABLE).iter().flat_map(|case| health(case).items).map(|item| item.topic.id).collect();
    let never: Vec<&str> = topics().map(|topic| topic.id).filter(|id| !met.contains(id)).collect();
    assert!(never.is_empty(), "no case of the table meets {never:?}");
}

#[test]
fn every_topic_is_told_in_both_languages_and_says_what_to_do() {
    let mut ids = BTreeSet::new();
    for topic in topics() {
        let id = topic.id;
        assert!(ids.insert(id), "{id} is there twice");
        assert!(
            id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{id}"
        );
        assert!(id.starts_with(topic.area.id()) || matches!(topic.area, Area::Domain), "{id}");
        for (words, wanted) in [
            (topic.says, true),
            (topic.why, matches!(topic.state, State::Warn | State::Fail)),
            (topic.fix, topic.state > State::Note),
        ] {
            assert!(!wanted || !words.ja.is_empty() && !words.en.is_empty(), "{id}: words are missing");
            assert_eq!(words.ja.is_empty(), words.en.is_empty(), "{id}: only one language");
            assert_eq!(places(words.ja), places(words.en), "{id}: the languages name different values");
            assert!(words.en.is_ascii() || words.en.contains(['“', '”']), "{id}: {}", words.en);
        }
    }
}

/// The names in braces.
fn places(words: &str) -> BTreeSet<&str> {
    words.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

#[test]
fn every_value_in_the_words_is_given() {
    for case in cases(table::TABLE) {
        for item in health(&case).items {
            let given: BTreeSet<&str> = item.arguments.iter().map(|(name, _)| *name).collect();
            for words in [item.topic.says, item.topic.why, item.topic.fix] {
                let missing: Vec<_> = places(words.en).difference(&given).copied().collect();
                assert!(missing.is_empty(), "{}: {} lacks {missing:?}", case.title, item.topic.id);
            }
        }
    }
}

#[test]
fn a_record_that_is_proposed_is_in_order() {
    for case in cases(table::TABLE) {
        let health = health(&case);
        let steps = health.path.iter().flat_map(|path| &path.steps).map(|step| &step.publish);
        for publish in health.items.iter().flat_map(|item| &item.publish).chain(steps) {
            let value = &publish.value;
            if is_spf(value.as_bytes()) {
                assert!(
                    Record::parse(value).with_names_checked().wrong.is_empty(),
                    "{}: {value}",
                    case.title
                );
            } else if value.starts_with("v=DMARC1; ") {
                assert!(
                    crate::dmarc::record::Record::parse(value).wrong.is_empty(),
                    "{}: {value}",
                    case.title
                );
            }
        }
    }
}
