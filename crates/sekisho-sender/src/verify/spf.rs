//! The client's address and the name that it sends for → SPF's result (RFC 7208).

use std::net::IpAddr;

use sekisho_facts::{AuthNote, AuthResult, Envelope, Fact, Outcome, Why};

use super::ask::Ask;
use super::limits;
use crate::domain::{Domain, LABEL_BYTES_MAX, NAME_BYTES_MAX};
use crate::network::is_in;
use crate::spf::macros::{Macros, Values};
use crate::spf::record::{Mechanism, Qualifier, Record, What, Widths, is_spf};
use crate::{Answer, NoAnswer};

/// Evaluates SPF of MAIL FROM, or of HELO where MAIL FROM is empty; unknown where nobody knows the client.
pub(crate) fn verify(ask: &Ask<'_>, client: Option<IpAddr>, envelope: &Envelope) -> Fact<AuthResult> {
    let Some(client) = client else { return Fact::Unknown { unknown: Why::NotAsked } };
    let helo = envelope.helo.as_deref().unwrap_or_default();
    let mail_from = envelope.mail_from.as_deref().unwrap_or_default();
    let mail_from = mail_from.trim().trim_start_matches('<').trim_end_matches('>');
    let (local, domain) = match mail_from.rsplit_once('@') {
        Some((local, domain)) => (local, domain),
        // A path without `@` is a host's name, as the null path is that of HELO.
        None if mail_from.is_empty() => ("", helo),
        None => ("", mail_from),
    };
    let notes = if mail_from.is_empty() { vec![AuthNote::Helo] } else { Vec::new() };
    // A quoted local part may hold an `@`; a bare one is a path that programs divide differently.
    let divides_twice = local.contains('@') && !(local.starts_with('"') && local.ends_with('"'));
    let domain = if domain.is_ascii() {
        domain.to_owned()
    } else {
        Domain::parse(domain).map_or_else(String::new, |domain| domain.to_string())
    };
    let known = if divides_twice || !is_full_name(&domain) {
        Outcome::None
    } else {
        let local = if local.is_empty() { "postmaster" } else { local };
        Check { ask, client, local, sender_domain: &domain, helo, lookups: 0, voids: 0, validated: None }
            .host(&domain, 0)
    };
    let domain = domain.strip_suffix('.').unwrap_or(&domain).to_ascii_lowercase();
    Fact::Known(AuthResult::ours(known, domain, notes))
}

/// Whether it is a name of several labels that DNS can hold (section 4.3).
fn is_full_name(domain: &str) -> bool {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    let is_label = |label: &str| {
        (1..=LABEL_BYTES_MAX).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_graphic())
    };
    domain.len() <= NAME_BYTES_MAX
        && domain.contains('.')
        && !domain.starts_with('[')
        && domain.split('.').all(is_label)
}

/// What is found among the TXT records of a name.
enum Found {
    /// None is SPF's.
    None,
    /// Several are, or one that is broken.
    Broken,
    One(Record),
}

impl Found {
    /// Chooses the record and reads it (section 4.5).
    fn among(texts: &[Vec<u8>]) -> Self {
        let mut own = texts.iter().filter(|text| is_spf(text));
        let Some(text) = own.next() else { return Found::None };
        if own.next().is_some() || text.len() > limits::RECORD_BYTES_MAX || !text.is_ascii() {
            return Found::Broken;
        }
        let record = Record::parse(&String::from_utf8_lossy(text));
        if record.wrong.is_empty() { Found::One(record) } else { Found::Broken }
    }
}

/// Why evaluation ends without a result of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    Temperror,
    Permerror,
}

/// One evaluation, with what it has cost so far.
struct Check<'c> {
    ask: &'c Ask<'c>,
    client: IpAddr,
    local: &'c str,
    sender_domain: &'c str,
    helo: &'c str,
    lookups: usize,
    voids: usize,
    /// Names of the client that lead back to it, once they were asked for.
    validated: Option<Vec<String>>,
}

impl Check<'_> {
    /// `check_host()` (section 4).
    fn host(&mut self, domain: &str, depth: usize) -> Outcome {
        if depth > limits::SPF_DEPTH_MAX {
            return Outcome::Permerror;
        }
        let record = match self.ask.txt(domain) {
            Ok(records) => Found::among(&records.values),
            Err(why) if why.is_certain() => Found::None,
            Err(_) => return Outcome::Temperror,
        };
        match record {
            Found::None => Outcome::None,
            Found::Broken => Outcome::Permerror,
            Found::One(record) => match self.evaluate(&record, domain, depth) {
                Ok(outcome) => outcome,
                Err(Ends::Temperror) => Outcome::Temperror,
                Err(Ends::Permerror) => Outcome::Permerror,
            },
        }
    }

    fn evaluate(&mut self, record: &Record, domain: &str, depth: usize) -> Result<Outcome, Ends> {
        for term in &record.terms {
            if let What::Mechanism(qualifier, mechanism) = &term.what
                && self.matches(mechanism, domain, depth)?
            {
                return Ok(says(*qualifier));
            }
        }
        let Some(redirect) = record.redirect() else { return Ok(Outcome::Neutral) };
        self.count_lookup()?;
        let target = self.name(Some(redirect), domain);
        match self.host(&target, depth + 1) {
            Outcome::None => Err(Ends::Permerror),
            outcome => Ok(outcome),
        }
    }

    fn matches(&mut self, mechanism: &Mechanism, domain: &str, depth: usize) -> Result<bool, Ends> {
        match mechanism {
            Mechanism::All => return Ok(true),
            Mechanism::Network(network, bits) => return Ok(is_in(self.client, *network, u32::from(*bits))),
            _ => self.count_lookup()?,
        }
        match mechanism {
            Mechanism::All | Mechanism::Network(..) => Ok(false),
            Mechanism::Include(target) => {
                let target = self.name(Some(target), domain);
                match self.host(&target, depth + 1) {
                    Outcome::Pass => Ok(true),
                    Outcome::Fail | Outcome::Softfail | Outcome::Neutral => Ok(false),
                    Outcome::Temperror => Err(Ends::Temperror),
                    Outcome::None | Outcome::Permerror => Err(Ends::Permerror),
                }
            }
            Mechanism::A(target, widths) => {
                let target = self.name(target.as_ref(), domain);
                self.has_address(&target, *widths, Counts::Yes)
            }
            Mechanism::Mx(target, widths) => {
                let target = self.name(target.as_ref(), domain);
                self.exchanges(&target, *widths)
            }
            Mechanism::Ptr(target) => {
                let target = self.name(target.as_ref(), domain);
                let names = self.validated_names();
                Ok(names.iter().any(|name| is_within(name, &target)))
            }
            Mechanism::Exists(target) => {
                let target = self.name(Some(target), domain);
                let answer = self.ask.a(&target);
                self.values(answer, Counts::Yes).map(|addresses| !addresses.is_empty())
            }
        }
    }

    /// The name that a term is about.
    fn name(&mut self, target: Option<&Macros>, domain: &str) -> String {
        let Some(macros) = target else { return domain.to_owned() };
        let validated = macros.needs_validated().then(|| self.preferred_name(domain));
        macros.name(&Values {
            client: self.client,
            local: self.local,
            sender_domain: self.sender_domain,
            helo: self.helo,
            domain,
            validated: validated.flatten().as_deref(),
        })
    }

    fn has_address(&mut self, name: &str, widths: Widths, counts: Counts) -> Result<bool, Ends> {
        // That a host has no IPv6 address says nothing about the record's care: a void answer is for IPv4, or no such name.
        let answer = self.ask.addresses(name, self.client);
        let counts = match answer {
            Err(NoAnswer::NoRecords) if self.client.is_ipv6() => Counts::No,
            _ => counts,
        };
        let client = self.client;
        let addresses = self.values(answer, counts)?;
        Ok(addresses.into_iter().any(|address| hold(widths, address, client)))
    }

    fn exchanges(&mut self, name: &str, widths: Widths) -> Result<bool, Ends> {
        let answer = self.ask.mx(name);
        let mut exchangers = self.values(answer, Counts::Yes)?;
        if exchangers.len() > limits::SPF_NAMES_MAX {
            return Err(Ends::Permerror);
        }
        exchangers.sort_unstable();
        for (_, exchanger) in exchangers {
            if self.has_address(&exchanger, widths, Counts::No)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The client's names that lead back to it (section 5.5). Errors on the way are names that do not.
    fn validated_names(&mut self) -> Vec<String> {
        if let Some(names) = &self.validated {
            return names.clone();
        }
        let names = self.ask.ptr(self.client).map(|records| records.values).unwrap_or_default();
        let leads_back = |name: &String| {
            let answer = self.ask.addresses(name, self.client);
            answer.is_ok_and(|records| records.values.contains(&self.client))
        };
        let validated: Vec<String> =
            names.into_iter().take(limits::SPF_NAMES_MAX).filter(leads_back).collect();
        self.validated = Some(validated.clone());
        validated
    }

    /// `%{p}`: the domain itself before names below it before others (section 7.3).
    fn preferred_name(&mut self, domain: &str) -> Option<String> {
        let names = self.validated_names();
        let same = names.iter().find(|name| name.trim_end_matches('.').eq_ignore_ascii_case(domain));
        let found = same.or_else(|| names.iter().find(|name| is_within(name, domain))).or(names.first());
        found.map(|name| name.trim_end_matches('.').to_owned())
    }

    /// What DNS answered, nothing being an answer too, of which there may be few.
    fn values<T>(&mut self, answer: Answer<T>, counts: Counts) -> Result<Vec<T>, Ends> {
        match answer {
            Ok(records) => Ok(records.values),
            Err(why) if why.is_certain() => {
                self.voids += usize::from(counts == Counts::Yes);
                if self.voids > limits::SPF_VOID_LOOKUPS_MAX { Err(Ends::Permerror) } else { Ok(Vec::new()) }
            }
            Err(_) => Err(Ends::Temperror),
        }
    }

    fn count_lookup(&mut self) -> Result<(), Ends> {
        self.lookups += 1;
        if self.lookups > limits::SPF_LOOKUPS_MAX { Err(Ends::Permerror) } else { Ok(()) }
    }
}

/// The result of a directive that matches (section 4.6.2).
fn says(qualifier: Qualifier) -> Outcome {
    match qualifier {
        Qualifier::Pass => Outcome::Pass,
        Qualifier::Fail => Outcome::Fail,
        Qualifier::SoftFail => Outcome::Softfail,
        Qualifier::Neutral => Outcome::Neutral,
    }
}

/// Whether `address` is `client`, or in its network.
fn hold(widths: Widths, address: IpAddr, client: IpAddr) -> bool {
    let bits = if address.is_ipv4() { widths.v4 } else { widths.v6 };
    is_in(client, address, u32::from(bits))
}

/// Whether an answer without records counts as void.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    Yes,
    No,
}

/// Whether `name` is `domain` or below it.
fn is_within(name: &str, domain: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    name.strip_suffix(domain.as_str()).is_some_and(|front| front.is_empty() || front.ends_with('.'))
}
