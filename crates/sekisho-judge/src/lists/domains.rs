//! The two lists that are domains only: free mail providers and link shorteners.

use serde::Deserialize;
use toml::Spanned;

use super::source::{Dated, ListError, Source};
use crate::domain::{DomainSet, registrable};

/// Providers at which anybody gets an address.
#[derive(Debug)]
pub struct Freemail {
    pub(super) dated: Dated,
    domains: DomainSet,
    carriers: DomainSet,
}

/// Services whose links do not say where they lead.
#[derive(Debug)]
pub struct Shorteners {
    pub(super) dated: Dated,
    domains: DomainSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFreemail {
    date: Spanned<String>,
    stale_after_days: Option<u16>,
    domains: Vec<Spanned<String>>,
    #[serde(default)]
    carriers: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawShorteners {
    date: Spanned<String>,
    stale_after_days: Option<u16>,
    domains: Vec<Spanned<String>>,
}

impl Freemail {
    pub(super) fn read(source: Source) -> Result<Freemail, ListError> {
        let raw: RawFreemail = source.parse()?;
        Ok(Freemail {
            dated: source.dated(&raw.date, raw.stale_after_days)?,
            domains: domain_set(source, &raw.domains)?,
            carriers: domain_set(source, &raw.carriers)?,
        })
    }

    /// Whether anybody can have an address at this domain, carriers and access providers included. Providers write
    /// themselves from names below theirs (`mail.yahoo.co.jp`), so these do not count.
    pub fn holds(&self, domain: &str) -> bool {
        self.domains.has(domain) || self.is_carrier(domain)
    }

    /// Whether it is the domain of a telephone company or access provider: a private address with a contract.
    pub fn is_carrier(&self, domain: &str) -> bool {
        self.carriers.holds(domain)
    }
}

impl Shorteners {
    pub(super) fn read(source: Source) -> Result<Shorteners, ListError> {
        let raw: RawShorteners = source.parse()?;
        let dated = source.dated(&raw.date, raw.stale_after_days)?;
        Ok(Shorteners { dated, domains: domain_set(source, &raw.domains)? })
    }

    /// Whether links at this host are shortened.
    pub fn holds(&self, host: &str) -> bool {
        self.domains.holds(host)
    }
}

/// A set of checked domains; each has number 0.
pub(super) fn domain_set(source: Source, domains: &[Spanned<String>]) -> Result<DomainSet, ListError> {
    domains.iter().try_for_each(|domain| check_domain(source, domain))?;
    Ok(DomainSet::new(domains.iter().map(|domain| (0, domain.get_ref().as_str()))))
}

/// Refuses what is no domain. A name without a dot is taken for a brand's own top-level domain.
pub(super) fn check_domain(source: Source, domain: &Spanned<String>) -> Result<(), ListError> {
    let name = domain.get_ref().as_str();
    if is_name(name) && (registrable(name).is_some() || !name.contains('.')) {
        return Ok(());
    }
    let problem = format!("\"{name}\" is no domain that can be registered; write it as midori.example");
    Err(source.invalid(domain, problem))
}

/// Refuses what is no host; a public suffix (`pages.dev`) may be one.
pub(super) fn check_host(source: Source, host: &Spanned<String>) -> Result<(), ListError> {
    let name = host.get_ref().trim_start_matches("*.");
    if is_name(name) && name.contains('.') {
        return Ok(());
    }
    Err(source.invalid(host, format!("\"{name}\" is no host; write it as www.midori.example")))
}

fn is_name(name: &str) -> bool {
    let is_label = |label: &str| label.chars().all(|c| c.is_alphanumeric() || c == '-') && !label.is_empty();
    name.split('.').all(is_label) && !name.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::Lists;

    #[test]
    fn holds_hosts_below() {
        let lists = Lists::built_in();
        assert!(lists.freemail.holds("gmail.com") && lists.freemail.holds("yahoo.co.jp"));
        assert!(lists.freemail.is_carrier("docomo.ne.jp") && !lists.freemail.is_carrier("gmail.com"));
        assert!(!lists.freemail.holds("midori.example") && !lists.freemail.holds("google.com"));
        assert!(!lists.freemail.holds("mail.yahoo.co.jp") && lists.freemail.holds("t.vodafone.ne.jp"));
        assert!(lists.shorteners.holds("bit.ly") && lists.shorteners.holds("www.tinyurl.com"));
        assert!(!lists.shorteners.holds("midori.example"));
    }

    #[test]
    fn refuses_what_is_no_domain() {
        for domain in ["co.jp", "Midori.example", "midori example", "@midori.example", "a..example", ""] {
            let text = format!("date = \"2026-11-01\"\ndomains = [\n\"{domain}\"]");
            let error = Shorteners::read(Source { name: "shorteners", text: &text }).unwrap_err().to_string();
            assert!(error.starts_with("lists/shorteners.toml:3: "), "{error}");
        }
    }
}
