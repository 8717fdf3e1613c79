//! Filters and services that rewrite links: by which host and path they are known, and where the target stands.

use serde::Deserialize;
use toml::Spanned;
use url::Url;

use super::domains::check_domain;
use super::source::{Dated, ListError, Source};
use crate::domain::DomainSet;

/// All known wrappers.
#[derive(Debug)]
pub struct LinkWrappers {
    pub(super) dated: Dated,
    wrappers: Vec<Wrapper>,
    /// Every host, with the number of the first wrapper that has it.
    hosts: DomainSet,
}

/// One form of rewritten link.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrapper {
    /// Short name, as in evidence.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Hosts, with all below them.
    pub hosts: Vec<Spanned<String>>,
    /// What the path begins with; empty for any.
    #[serde(default)]
    pub path: String,
    /// How the target is written.
    pub wrapping: Wrapping,
    /// Parameters that may hold the target, the likeliest first.
    #[serde(default)]
    pub parameters: Vec<String>,
}

/// How a wrapped link carries its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wrapping {
    /// In a parameter, percent-encoded.
    Parameter,
    /// In a parameter, base64.
    Base64,
    /// In a parameter, base64 after `a1`.
    BingBase64,
    /// In a parameter, with `-` for `%` and `_` for `/`.
    ProofpointV2,
    /// In the path between `__` and `__;`, with characters taken out.
    ProofpointV3,
    /// As one percent-encoded segment of the path.
    PathSegment,
    /// Written out as the rest of the path.
    PathRest,
    /// Between `___` and `___`.
    Underscores,
    /// In a segment that begins with `RU=`.
    YahooPath,
    /// Nowhere: only the service knows.
    Opaque,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    date: Spanned<String>,
    stale_after_days: Option<u16>,
    wrappers: Vec<Wrapper>,
}

impl LinkWrappers {
    pub(super) fn read(source: Source) -> Result<LinkWrappers, ListError> {
        let raw: Raw = source.parse()?;
        let mut hosts = Vec::new();
        for (number, wrapper) in raw.wrappers.iter().enumerate() {
            for host in &wrapper.hosts {
                check_domain(source, host)?;
                hosts.push((number, host.get_ref().as_str()));
            }
        }
        let dated = source.dated(&raw.date, raw.stale_after_days)?;
        Ok(LinkWrappers { dated, hosts: DomainSet::new(hosts), wrappers: raw.wrappers })
    }

    /// The wrapper whose form this link has.
    pub fn around(&self, url: &Url) -> Option<&Wrapper> {
        let host = url.host_str()?;
        self.hosts.number_of(host)?;
        self.wrappers.iter().find(|wrapper| wrapper.fits(host, url.path()))
    }
}

impl Wrapper {
    fn fits(&self, host: &str, path: &str) -> bool {
        let below = |known: &Spanned<String>| {
            let rest = host.strip_suffix(known.get_ref().as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        path.starts_with(&self.path) && self.hosts.iter().any(below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::Lists;

    #[test]
    fn knows_a_wrapper_by_host_and_path() {
        let wrappers = &Lists::built_in().link_wrappers;
        let around =
            |url: &str| wrappers.around(&Url::parse(url).unwrap()).map(|wrapper| wrapper.id.as_str());
        assert_eq!(around("https://www.google.com/url?q=x"), Some("google"));
        assert_eq!(around("https://www.google.com/maps"), None);
        assert_eq!(around("https://notwww.google.com.example/url"), None);
        assert_eq!(around("mailto:a@midori.example"), None);
    }

    #[test]
    fn ids_are_unique_and_forms_complete() {
        let wrappers = &Lists::built_in().link_wrappers.wrappers;
        let mut ids: Vec<&str> = wrappers.iter().map(|wrapper| wrapper.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), wrappers.len());
        for wrapper in wrappers {
            let needs = matches!(
                wrapper.wrapping,
                Wrapping::Parameter | Wrapping::Base64 | Wrapping::BingBase64 | Wrapping::ProofpointV2
            );
            assert_eq!(needs, !wrapper.parameters.is_empty(), "{}", wrapper.id);
        }
    }
}
