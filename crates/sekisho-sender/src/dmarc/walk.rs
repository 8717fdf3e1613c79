//! A domain → the policy records at and above it, and the organisation that it belongs to (RFC 9989 section 4.10).

use super::record::{Record, Suffix};
use crate::domain::Domain;
use crate::verify::ask::Ask;

/// Questions of one walk (section 4.10).
const STEPS_MAX: usize = 8;

/// DNS did not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotAnswered;

/// The records found for a domain, from its own upwards.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    start: Domain,
    found: Vec<(Domain, Record)>,
}

impl Walk {
    /// Walks up the tree from `start`.
    pub(crate) fn from(ask: &Ask<'_>, start: &Domain) -> Result<Self, NotAnswered> {
        let mut found = Vec::new();
        let mut labels = start.label_count();
        for _ in 0..STEPS_MAX {
            let name = start.last_labels(labels);
            if let Some(record) = record_of(ask, &name)? {
                let ends = record.suffix != Suffix::Unsaid;
                found.push((name, record));
                if ends {
                    break;
                }
            }
            // A long name is not walked label by label: the second step goes to seven labels.
            labels = if labels >= STEPS_MAX { STEPS_MAX - 1 } else { labels - 1 };
            if labels == 0 {
                break;
            }
        }
        Ok(Self { start: start.clone(), found })
    }

    /// The name under which the organisation is registered, by what it publishes; by the list of public suffixes where
    /// it would be one of those.
    pub(crate) fn organisation(&self) -> Domain {
        let said = self.found.iter().find_map(|(name, record)| match record.suffix {
            Suffix::No => Some(name.clone()),
            Suffix::Yes if *name != self.start => Some(self.start.last_labels(name.label_count() + 1)),
            Suffix::Yes => Some(self.start.clone()),
            Suffix::Unsaid => None,
        });
        let shortest = self.found.last().map(|(name, _)| name.clone());
        let organisation = said.or(shortest).unwrap_or_else(|| self.start.clone());
        if organisation.is_public_suffix() {
            return self.start.registered().and_then(Domain::parse).unwrap_or_else(|| self.start.clone());
        }
        organisation
    }

    /// The record whose policy holds, and whether it is the domain's own.
    pub(crate) fn policy(&self) -> Option<(&Record, Whose)> {
        let own = self.found.first().filter(|(name, _)| *name == self.start);
        match own {
            Some((_, record)) => Some((record, Whose::Own)),
            None => self.above().map(|(_, record)| (record, Whose::Above)),
        }
    }

    /// The record that holds where the domain has none: that of its organisation, or of the name below which it is
    /// registered; with the name that it stands at.
    pub(crate) fn above(&self) -> Option<(&Domain, &Record)> {
        let organisation = self.organisation();
        let found = self.found.iter().find(|(name, _)| *name == organisation).or(self.found.last());
        found.map(|(name, record)| (name, record))
    }
}

/// Whose record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    Own,
    Above,
}

/// The one record of a name; several are none (section 4.10, step 2).
fn record_of(ask: &Ask<'_>, name: &Domain) -> Result<Option<Record>, NotAnswered> {
    let records = match ask.txt(&format!("_dmarc.{name}")) {
        Ok(records) => records.values,
        Err(why) if why.is_certain() => return Ok(None),
        Err(_) => return Err(NotAnswered),
    };
    let mut found = records.iter().filter_map(|record| Record::of_text(record));
    Ok(found.next().filter(|_| found.next().is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{NoAnswer, Zone};

    fn walk(zone: &Zone, name: &str) -> Result<Walk, NotAnswered> {
        Walk::from(&Ask::new(zone), &Domain::parse(name).unwrap())
    }

    #[test]
    fn the_organisation_is_found_by_its_records() {
        let mut zone = Zone::default();
        zone.add_txt("_dmarc.midori.example", "v=DMARC1; p=reject")
            .add_txt("_dmarc.own.midori.example", "v=DMARC1; p=none; psd=n")
            .add_txt("_dmarc.bank.test", "v=DMARC1; p=reject; psd=y")
            .add_txt("_dmarc.twice.example", "v=DMARC1; p=reject")
            .add_txt("_dmarc.twice.example", "v=DMARC1; p=none")
            .add_txt("_dmarc.co.jp", "v=DMARC1; p=none")
            .add_failure("_dmarc.slow.example", NoAnswer::TimedOut);
        for (name, expected) in [
            ("midori.example", "midori.example"),
            ("a.b.midori.example", "midori.example"),
            ("a.own.midori.example", "own.midori.example"),
            ("a.b.bank.test", "b.bank.test"),
            ("bank.test", "bank.test"),
            ("a.none.example", "a.none.example"),
            ("a.twice.example", "a.twice.example"),
            ("a.midori.co.jp", "midori.co.jp"),
            ("1.2.3.4.5.6.7.8.9.midori.example", "midori.example"),
        ] {
            assert_eq!(walk(&zone, name).unwrap().organisation().as_str(), expected, "{name}");
        }
        assert_eq!(walk(&zone, "a.slow.example").err(), Some(NotAnswered));
        let whose = |name: &str| walk(&zone, name).unwrap().policy().map(|(_, whose)| whose);
        assert_eq!(whose("midori.example"), Some(Whose::Own));
        assert_eq!(whose("a.midori.example"), Some(Whose::Above));
        assert_eq!(whose("a.b.bank.test"), Some(Whose::Above));
        assert_eq!(whose("none.example"), None);
    }
}
