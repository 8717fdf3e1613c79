//! The organisation itself: its domains, its people, the outside services that send in its name, and its partners' domains.

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
    partners: Vec<String>,
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
        let domains = domains.into_iter().map(|domain| normal(&domain)).collect();
        Self { name: name.to_owned(), domains, people, services: Vec::new(), partners: Vec::new() }
    }

    /// With the domains of outside services that send in our name (newsletters, accounting, forms), written as own ones.
    pub fn with_services(self, services: impl IntoIterator<Item = String>) -> Self {
        Self { services: services.into_iter().map(|domain| normal(&domain)).collect(), ..self }
    }

    /// With the domains of partners, written as own ones: others may pretend to be them.
    pub fn with_partners(self, partners: impl IntoIterator<Item = String>) -> Self {
        Self { partners: partners.into_iter().map(|domain| normal(&domain)).collect(), ..self }
    }

    /// The organisation's domains, in lower case.
    pub fn domains(&self) -> &[String] {
        &self.domains
    }

    /// The organisation's people.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The outside services that send in our name, in lower case.
    pub fn services(&self) -> &[String] {
        &self.services
    }

    /// The partners' domains, in lower case. They say whom others may pretend to be, and nothing about who sent a mail.
    pub fn partners(&self) -> &[String] {
        &self.partners
    }

    /// Whether `domain` is one of ours, or below one of ours.
    pub fn is_own_domain(&self, domain: &str) -> bool {
        holds(&self.domains, domain)
    }

    /// Whether `domain` is a service that sends in our name, or below one. Any case, with or without a final dot.
    ///
    /// A service sends for many: what it proves is that the service sent the mail, not who of its customers asked for it.
    pub fn is_own_service(&self, domain: &str) -> bool {
        holds(&self.services, &normal(domain))
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

    /// Whether a shown name is the surname of one of ours, with or without a title.
    pub fn is_surname_of_ours(&self, shown: &str) -> bool {
        let shown = NameKey::shown(shown);
        self.people.iter().flat_map(|person| &person.keys).any(|key| shown.is_surname_of(key))
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

/// A domain as it is compared: lower case, without the `@` in front and the dot at the end that people write.
fn normal(domain: &str) -> String {
    domain.trim().trim_start_matches('@').trim_end_matches('.').to_lowercase()
}

/// Whether `domain` is one of `domains`, or below one.
fn holds(domains: &[String], domain: &str) -> bool {
    domains.iter().any(|own| {
        domain == own || domain.strip_suffix(own.as_str()).is_some_and(|front| front.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_known_with_what_lies_below_them() {
        let own = Own::new("", ["midori.example".to_owned()], Vec::new())
            .with_services(["@News.Example".to_owned(), "forms.test.".to_owned()]);
        for (domain, is_service) in [
            ("news.example", true),
            ("eu.News.example.", true),
            ("forms.test", true),
            ("badnews.example", false),
            ("news.example.evil.test", false),
            ("midori.example", false),
            ("", false),
        ] {
            assert_eq!(own.is_own_service(domain), is_service, "{domain}");
        }
        assert!(!own.is_own_domain("news.example"));
        assert!(!Own::default().is_own_service(""));
    }
}
