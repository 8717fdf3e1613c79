//! JSON of a TLS report → the report, value by value. What stands where RFC 8460 has nothing is passed by; lists and objects in each
//! other's place are taken for what they hold, since some reporters leave the brackets out.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Tls, TlsPolicy, TlsTrouble};
use crate::reports::limits::{TLS_POLICIES_MAX, TLS_TROUBLES_MAX, VALUE_BYTES_MAX, WORDS_CHARACTERS_MAX};
use crate::reports::{Doubt, count, cut, domain, note};

/// Reads a report into `report`; an error where it breaks off, and then what came before stands in it.
pub(super) fn read(text: &str, report: &mut Tls) -> Result<(), serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(text);
    Reading { report, place: Place::Report, troubles: &mut 0 }.deserialize(&mut json)
}

/// Which object is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Report,
    Range,
    Policies,
    Policy,
    Summary,
    Details,
    Elsewhere,
}

/// One object being read, or a list of them.
struct Reading<'a> {
    report: &'a mut Tls,
    place: Place,
    troubles: &'a mut usize,
}

impl Reading<'_> {
    fn at(&mut self, place: Place) -> Reading<'_> {
        Reading { report: self.report, place, troubles: self.troubles }
    }

    /// What the object under `key` of the present one is.
    fn below(&self, key: &str) -> Option<Place> {
        match (self.place, key) {
            (Place::Report, "date-range") => Some(Place::Range),
            (Place::Report, "policies") => Some(Place::Policies),
            (Place::Policies, "policy") => Some(Place::Policy),
            (Place::Policies, "summary") => Some(Place::Summary),
            (Place::Policies, "failure-details") => Some(Place::Details),
            _ => None,
        }
    }

    /// Makes room for the object that begins here.
    fn begin(&mut self) {
        match self.place {
            Place::Policies if self.report.policies.len() < TLS_POLICIES_MAX => {
                self.report.policies.push(TlsPolicy::default());
            }
            Place::Details if *self.troubles < TLS_TROUBLES_MAX => {
                *self.troubles += 1;
                if let Some(policy) = self.report.policies.last_mut() {
                    policy.troubles.push(TlsTrouble::default());
                }
            }
            Place::Policies | Place::Details => {
                note(&mut self.report.doubts, Doubt::Folded);
                self.place = Place::Elsewhere;
            }
            _ => {}
        }
    }

    fn leaf(&mut self, key: &str, value: &str) {
        let Tls { doubts, policies, .. } = &mut *self.report;
        match (self.place, key, policies.last_mut()) {
            (Place::Report, "organization-name", _) => {
                self.report.reporter = cut(value, WORDS_CHARACTERS_MAX)
            }
            (Place::Report, "contact-info", _) => self.report.contact = cut(value, WORDS_CHARACTERS_MAX),
            (Place::Report, "report-id", _) => self.report.id = cut(value, VALUE_BYTES_MAX),
            (Place::Range, "start-datetime", _) => self.report.begin = seconds(value),
            (Place::Range, "end-datetime", _) => self.report.end = seconds(value),
            (Place::Policy, "policy-type", Some(policy)) => policy.kind = cut(value, WORDS_CHARACTERS_MAX),
            (Place::Policy, "policy-domain", Some(policy)) => policy.domain = domain(value),
            (Place::Summary, "total-successful-session-count", Some(policy)) => {
                policy.successful = policy.successful.saturating_add(count(value, doubts));
            }
            (Place::Summary, "total-failure-session-count", Some(policy)) => {
                policy.failed = policy.failed.saturating_add(count(value, doubts));
            }
            (Place::Details, key, Some(policy)) => {
                let Some(trouble) = policy.troubles.last_mut() else { return };
                match key {
                    "result-type" => trouble.result = cut(value, WORDS_CHARACTERS_MAX),
                    "receiving-mx-hostname" => trouble.mx = domain(value),
                    "failed-session-count" => trouble.sessions = count(value, doubts),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

impl<'de> DeserializeSeed<'de> for Reading<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

/// Values that are no object say nothing in an object's place.
macro_rules! passes_by {
    ($($name:ident: $type:ty),*) => {
        $(fn $name<E: Error>(self, _: $type) -> Result<(), E> {
            Ok(())
        })*
    };
}

impl<'de> Visitor<'de> for Reading<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a part of a TLS report")
    }

    passes_by!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        self.begin();
        while let Some(key) = map.next_key::<String>()? {
            match self.below(&key) {
                Some(place) => map.next_value_seed(self.at(place))?,
                None => {
                    let value = map.next_value::<Leaf>()?.0;
                    self.leaf(&key, &value);
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        let place = self.place;
        while list.next_element_seed(self.at(place))?.is_some() {}
        Ok(())
    }
}

/// A value as text; nothing for lists and objects.
struct Leaf(String);

struct LeafVisitor;

impl<'de> serde::Deserialize<'de> for Leaf {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_any(LeafVisitor)
    }
}

impl<'de> Visitor<'de> for LeafVisitor {
    type Value = Leaf;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Leaf, E> {
        Ok(Leaf(String::new()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Leaf, E> {
        Ok(Leaf(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Leaf, E> {
        Ok(Leaf(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Leaf, E> {
        // A whole number beyond 64 bits comes as this; a fraction is no count.
        Ok(Leaf(format!("{number:.0}")).filter_fraction(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Leaf, E> {
        Ok(Leaf(cut(text, VALUE_BYTES_MAX)))
    }

    fn visit_unit<E: Error>(self) -> Result<Leaf, E> {
        Ok(Leaf(String::new()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Leaf, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Leaf(String::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Leaf, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Leaf(String::new()))
    }
}

impl Leaf {
    fn filter_fraction(self, number: f64) -> Self {
        if number.fract() == 0.0 { self } else { Leaf(String::new()) }
    }
}

/// Seconds since 1970 of a time in RFC 3339.
fn seconds(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}
