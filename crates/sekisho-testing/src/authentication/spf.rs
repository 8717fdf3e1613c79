//! The SPF suites of RFC 4408 and RFC 7208 → cases passed and missed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use sekisho_facts::{Envelope, Fact};
use sekisho_mail::{Limits, Message};
use sekisho_sender::{Answer, Dns, NoAnswer, Records, Tlsa, Trust, verify};

use super::suite::{self, Scenario};
use super::{Case, bytes, word};

/// Runs every case of a suite: `rfc4408-tests.yml` or `rfc7208-tests.yml`.
pub fn spf(file: &str) -> Result<Vec<Case>, String> {
    let text: String = bytes(&format!("pyspf/{file}"))?.iter().map(|&b| char::from(b)).collect();
    let raw = b"From: a@midori.example\r\n\r\n";
    let message = sekisho_mail::read(raw, &Limits::default());
    Ok(suite::read(&text).iter().flat_map(|scenario| cases(scenario, raw, &message)).collect())
}

fn cases(scenario: &Scenario, raw: &[u8], message: &Message) -> Vec<Case> {
    let zone = SuiteDns(scenario);
    let run = |(name, keys): &(String, std::collections::BTreeMap<String, Vec<String>>)| {
        let one = |key: &str| keys.get(key).and_then(|texts| texts.first()).cloned().unwrap_or_default();
        let envelope = Envelope {
            client: Some(one("host")),
            helo: Some(one("helo")),
            mail_from: Some(one("mailfrom")),
            ..Envelope::default()
        };
        let sender = verify(&zone, raw, message, &envelope, &Trust::default(), 0);
        let found = match sender.spf {
            Fact::Known(result) => word(result.known),
            Fact::Unknown { unknown } => format!("unknown: {}", unknown.id()),
        };
        Case { name: name.clone(), expected: keys.get("result").cloned().unwrap_or_default(), found }
    };
    scenario.tests.iter().map(run).collect()
}

/// A suite's zone: SPF records stand for TXT where a name has none, and `TIMEOUT` for every type not listed before it.
struct SuiteDns<'s>(&'s Scenario);

impl SuiteDns<'_> {
    fn find(&self, name: &str, kind: &str) -> Result<Vec<Vec<String>>, NoAnswer> {
        let mut name = name.trim_end_matches('.').to_lowercase();
        for _ in 0..16 {
            let Some(records) = self.0.zone.get(&name) else { return Err(NoAnswer::NoSuchName) };
            let has_text = records.iter().any(|(kind, _)| kind == "TXT");
            let mut found = Vec::new();
            for (own, texts) in records {
                let fits = own == kind || (kind == "TXT" && own == "SPF" && !has_text);
                match own.as_str() {
                    "TIMEOUT" if found.is_empty() => return Err(NoAnswer::TimedOut),
                    _ if fits && texts == &["TIMEOUT"] => return Err(NoAnswer::TimedOut),
                    _ if fits && texts != &["NONE"] => found.push(texts.clone()),
                    _ => {}
                }
            }
            if !found.is_empty() {
                return Ok(found);
            }
            match records.iter().find(|(kind, _)| kind == "CNAME") {
                Some((_, target)) => name = target.concat().trim_end_matches('.').to_lowercase(),
                None => return Err(NoAnswer::NoRecords),
            }
        }
        Err(NoAnswer::Failed)
    }

    fn ask<T>(&self, name: &str, kind: &str, of: impl Fn(&[String]) -> Option<T>) -> Answer<T> {
        let found = self.find(name, kind)?;
        Ok(Records { values: found.iter().filter_map(|texts| of(texts)).collect(), ttl_seconds: 300 })
    }
}

impl Dns for SuiteDns<'_> {
    fn txt(&self, name: &str) -> Answer<Vec<u8>> {
        // Characters stand for bytes (Latin-1).
        let bytes = |texts: &[String]| {
            Some(texts.concat().chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect())
        };
        self.ask(name, "TXT", bytes)
    }

    fn a(&self, name: &str) -> Answer<Ipv4Addr> {
        self.ask(name, "A", |texts| texts.concat().parse().ok())
    }

    fn aaaa(&self, name: &str) -> Answer<Ipv6Addr> {
        self.ask(name, "AAAA", |texts| texts.concat().parse().ok())
    }

    fn mx(&self, name: &str) -> Answer<(u16, String)> {
        self.ask(name, "MX", |texts| Some((texts.first()?.parse().ok()?, texts.get(1)?.clone())))
    }

    fn ptr(&self, address: IpAddr) -> Answer<String> {
        let name = match address {
            IpAddr::V4(address) => {
                let [a, b, c, d] = address.octets();
                format!("{d}.{c}.{b}.{a}.in-addr.arpa")
            }
            IpAddr::V6(address) => {
                let halves = address.octets().into_iter().rev().flat_map(|b| [b & 15, b >> 4]);
                halves.map(|half| format!("{half:x}.")).collect::<String>() + "ip6.arpa"
            }
        };
        self.ask(&name, "PTR", |texts| Some(texts.concat()))
    }

    fn ns(&self, name: &str) -> Answer<String> {
        self.ask(name, "NS", |texts| Some(texts.concat()))
    }

    fn tlsa(&self, _: &str) -> Answer<Tlsa> {
        Err(NoAnswer::NoRecords)
    }

    fn cname(&self, name: &str) -> Answer<String> {
        self.ask(name, "CNAME", |texts| Some(texts.concat()))
    }
}
