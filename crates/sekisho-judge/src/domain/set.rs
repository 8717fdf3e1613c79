//! Domains → a set that answers for every name below them too.

use std::collections::HashMap;

/// Labels looked at in one name; DNS allows 127.
const LABELS_MAX: usize = 127;

/// Domains, each with a number that its owner gave it. A name below a listed domain belongs to it.
#[derive(Clone, Debug, Default)]
pub struct DomainSet {
    numbers: HashMap<String, usize>,
}

impl DomainSet {
    /// The domains in lower case, as A-labels; a domain given twice keeps its first number.
    pub fn new<'a>(domains: impl IntoIterator<Item = (usize, &'a str)>) -> DomainSet {
        let mut numbers = HashMap::new();
        for (number, domain) in domains {
            numbers.entry(super::to_ascii(domain)).or_insert(number);
        }
        DomainSet { numbers }
    }

    /// The number of the listed domain that `domain` is, or is below of; the longest one where several are.
    pub fn number_of(&self, domain: &str) -> Option<usize> {
        let name = super::to_ascii(domain);
        let mut rest = name.as_str();
        for _ in 0..LABELS_MAX {
            if let Some(&number) = self.numbers.get(rest) {
                return Some(number);
            }
            rest = rest.split_once('.')?.1;
        }
        None
    }

    /// Whether `domain` is listed, or is below a listed one.
    pub fn holds(&self, domain: &str) -> bool {
        self.number_of(domain).is_some()
    }

    /// Whether exactly this domain is listed.
    pub fn has(&self, domain: &str) -> bool {
        self.numbers.contains_key(&super::to_ascii(domain))
    }

    /// How many domains are listed.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_for_names_below() {
        let set = DomainSet::new([(1, "mail.midori.example"), (2, "Midori.example"), (3, "日本.test")]);
        for (domain, number) in [
            ("midori.example", Some(2)),
            ("www.MIDORI.example.", Some(2)),
            ("a.mail.midori.example", Some(1)),
            ("xn--wgv71a.test", Some(3)),
            ("amidori.example", None),
            ("example", None),
            ("", None),
        ] {
            assert_eq!(set.number_of(domain), number, "{domain}");
        }
    }
}
