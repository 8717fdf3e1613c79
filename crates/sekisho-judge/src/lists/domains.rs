//! The two lists that are little more than domains: free mail providers and link shorteners.

use serde::Deserialize;
use toml::Spanned;
use url::Url;

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
    vendors_own: Vec<Place>,
}

/// A host whose short links lead to its vendor's own service.
#[derive(Debug)]
struct Place {
    host: String,
    /// How their path begins.
    path: String,
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
    #[serde(default)]
    vendors_own: Vec<Spanned<String>>,
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
        let vendors_own = raw.vendors_own.iter().map(|place| Place::read(source, place));
        let vendors_own = vendors_own.collect::<Result<_, _>>()?;
        Ok(Shorteners { dated, domains: domain_set(source, &raw.domains)?, vendors_own })
    }

    /// Whether links at this host are shortened.
    pub fn holds(&self, host: &str) -> bool {
        self.domains.holds(host)
    }

    /// Whether it is a shortened link of which it cannot be seen where it leads; the service's own page is none.
    pub fn hides(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default().trim_end_matches('.');
        let is_vendors = |place: &Place| {
            host.strip_prefix("www.").unwrap_or(host) == place.host && url.path().starts_with(&place.path)
        };
        url.path().len() > 1 && self.holds(host) && !self.vendors_own.iter().any(is_vendors)
    }
}

impl Place {
    fn read(source: Source, place: &Spanned<String>) -> Result<Place, ListError> {
        let (host, path) = place.get_ref().split_once('/').unwrap_or((place.get_ref(), ""));
        let is_whole = path.is_empty() || path.ends_with('/');
        if is_name(host) && registrable(host).is_some() && is_whole {
            return Ok(Place { host: host.to_owned(), path: format!("/{path}") });
        }
        let problem = format!(
            "\"{}\" is no place; write it as maps.midori.example or midori.example/maps/",
            place.get_ref()
        );
        Err(source.invalid(place, problem))
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
    fn knows_which_short_links_hide_something() {
        let shorteners = &Lists::built_in().shorteners;
        for (url, hides) in [
            ("https://bit.ly/3abc", true),
            ("https://bit.ly/", false),
            ("https://partner.example/3abc", false),
            ("https://maps.app.goo.gl/AbC1", false),
            ("https://photos.app.goo.gl/AbC1", false),
            ("https://goo.gl/maps/AbC1", false),
            ("https://goo.gl/maps/../AbC1", true),
            ("https://goo.gl/mapsAbC1", true),
            ("https://goo.gl/AbC1", true),
            ("https://other.app.goo.gl/AbC1", true),
            ("https://maps.app.goo.gl.bit.ly/AbC1", true),
            ("https://x.maps.app.goo.gl/AbC1", true),
            ("https://youtu.be/AbC1", false),
            ("https://www.youtu.be./AbC1", false),
            ("https://amzn.asia/d/AbC1", false),
            ("https://amzn.to/AbC1", true),
            ("https://lin.ee/AbC1", true),
        ] {
            assert_eq!(shorteners.hides(&Url::parse(url).unwrap()), hides, "{url}");
        }
    }

    #[test]
    fn refuses_what_is_no_place() {
        for place in ["goo.gl/maps", "https://goo.gl/maps/", "/maps/", "co.jp", ""] {
            let text = format!("date = \"2026-11-01\"\ndomains = []\nvendors_own = [\n\"{place}\"]");
            let error = Shorteners::read(Source { name: "shorteners", text: &text }).unwrap_err().to_string();
            assert!(error.starts_with("lists/shorteners.toml:4: "), "{error}");
        }
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
