//! The organisation itself: its domains and its people.

use sekisho_mail::Address;

use crate::NameKey;

/// Own domains and people, ready for comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// The organisation's name, as configured.
    pub name: String,
    domains: Vec<String>,
    people: Vec<Person>,
    services: Vec<String>,
}

/// One of the organisation's people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name as configured.
    pub name: String,
    /// Their address.
    pub address: Address,
    /// Names and spellings under which they are known, for comparison; the first is `name`'s.
    pub keys: Vec<NameKey>,
}

impl Own {
    /// An organisation with its name and domains (any case; a leading `@` is taken off).
    pub fn new(name: &str, domains: impl IntoIterator<Item = String>, people: Vec<Person>) -> Self {
        Self {
            name: name.to_owned(),
            domains: domains.into_iter().map(|domain| cleaned(&domain)).collect(),
            people,
            services: Vec::new(),
        }
    }

    /// The same with the outside services that send in our name, by their domains.
    pub fn with_services(mut self, services: impl IntoIterator<Item = String>) -> Self {
        self.services = services.into_iter().map(|domain| cleaned(&domain)).collect();
        self
    }

    /// The organisation's domains, in lower case.
    pub fn domains(&self) -> &[String] {
        &self.domains
    }

    /// The organisation's people.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Whether `domain` is one of ours, or below one of ours.
    pub fn is_own_domain(&self, domain: &str) -> bool {
        self.domains.iter().any(|own| is_at_or_below(domain, own))
    }

    /// Whether `domain` is that of an outside service that sends in our name, or below it.
    pub fn is_own_service(&self, domain: &str) -> bool {
        self.services.iter().any(|service| is_at_or_below(domain, service))
    }

    /// Whether the address is ours: of an own domain, or listed with a person (a president's private address).
    pub fn is_own_address(&self, address: &Address) -> bool {
        self.is_own_domain(address.domain())
            || self.people.iter().any(|person| person.address.same_mailbox(address))
    }

    /// The people whose full name stands in a shown name.
    pub fn people_named(&self, shown: &str) -> Vec<&Person> {
        if self.people.is_empty() {
            return Vec::new();
        }
        let shown = NameKey::shown(shown);
        self.people.iter().filter(|person| person.keys.iter().any(|key| shown.holds(key))).collect()
    }
}

impl Person {
    /// A person by name and address; `also` are further spellings (romaji, maiden name).
    pub fn new(name: &str, address: Address, also: &[String]) -> Self {
        let keys =
            std::iter::once(name).chain(also.iter().map(String::as_str)).filter_map(NameKey::full).collect();
        Self { name: name.to_owned(), address, keys }
    }
}

/// A domain as people write it into a configuration → in lower case, without a leading `@`.
fn cleaned(domain: &str) -> String {
    domain.trim().trim_start_matches('@').to_lowercase()
}

fn is_at_or_below(domain: &str, listed: &str) -> bool {
    domain == listed || domain.strip_suffix(listed).is_some_and(|front| front.ends_with('.'))
}
