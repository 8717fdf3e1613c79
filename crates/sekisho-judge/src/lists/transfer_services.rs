//! Services that hand out what anybody uploads: file transfer, cloud storage, hosting of pages.

use serde::Deserialize;
use toml::Spanned;
use url::Url;

use super::domains::check_host;
use super::source::{Dated, ListError, Source};
use crate::domain::DomainSet;

/// All known services.
#[derive(Debug)]
pub struct TransferServices {
    pub(super) dated: Dated,
    services: Vec<TransferService>,
    any: DomainSet,
}

/// One service.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferService {
    /// Short name, as in evidence.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Domains that serve it, with everything below.
    #[serde(default)]
    pub domains: Vec<Spanned<String>>,
    /// Single hosts that serve it, where the rest of the domain is something else.
    #[serde(default)]
    pub hosts: Vec<Spanned<String>>,
    /// Beginnings of the path, one of which must be there; none for any path.
    #[serde(default)]
    pub paths: Vec<String>,
    /// What it hands out.
    pub gives: Gives,
    /// Whether the service still exists: a link to one that ended deserves a second look.
    #[serde(default)]
    pub state: ServiceState,
}

/// What a service hands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gives {
    /// Files to save.
    Files,
    /// Pages to look at, under a respected name.
    Pages,
    /// Forms that ask for something, under a respected name.
    Forms,
}

/// Whether a service still exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceState {
    /// In use.
    #[default]
    Running,
    /// Closed; its name is still abused.
    Ended,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    date: Spanned<String>,
    stale_after_days: Option<u16>,
    services: Vec<TransferService>,
}

impl TransferServices {
    pub(super) fn read(source: Source) -> Result<TransferServices, ListError> {
        let raw: Raw = source.parse()?;
        let names = || raw.services.iter().flat_map(|service| service.domains.iter().chain(&service.hosts));
        names().try_for_each(|name| check_host(source, name))?;
        let any = DomainSet::new(names().map(|name| (0, name.get_ref().as_str())));
        Ok(TransferServices {
            dated: source.dated(&raw.date, raw.stale_after_days)?,
            services: raw.services,
            any,
        })
    }

    /// The service that this link leads to.
    pub fn at(&self, url: &Url) -> Option<&TransferService> {
        let host = url.host_str()?;
        self.any.number_of(host)?;
        self.services.iter().find(|service| service.fits(host, url.path()))
    }
}

impl TransferService {
    fn fits(&self, host: &str, path: &str) -> bool {
        let below = |domain: &Spanned<String>| {
            let rest = host.strip_suffix(domain.get_ref().as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        let is_host = self.hosts.iter().any(|known| known.get_ref() == host);
        let is_path =
            self.paths.is_empty() || self.paths.iter().any(|start| path.starts_with(start.as_str()));
        is_path && (is_host || self.domains.iter().any(below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::Lists;

    #[test]
    fn knows_a_service_by_its_link() {
        let services = &Lists::built_in().transfer_services;
        for (url, id) in [
            ("https://12.gigafile.nu/0101-abc", Some("gigafile")),
            ("https://drive.google.com/file/d/x/view", Some("google-drive")),
            ("https://mail.google.com/", None),
            ("https://forms.gle/x", Some("google-forms")),
            ("https://docs.google.com/forms/d/e/x/viewform", Some("google-forms-page")),
            ("https://docs.google.com/document/d/x", Some("google-drive")),
            ("https://midori-my.sharepoint.com/:w:/g/x", Some("sharepoint")),
            ("https://cdn.discordapp.com/attachments/1/2/a.zip", Some("discord-cdn")),
            ("https://discord.com/", None),
            ("https://raw.githubusercontent.com/a/b/main/c.exe", Some("github-raw")),
            ("https://github.com/a/b/releases/download/1/c.exe", None),
            ("https://midori.pages.dev/", Some("cloudflare-pages")),
            ("https://bucket.s3.ap-northeast-1.amazonaws.com/a", Some("amazon-s3")),
            ("https://www.midori.example/", None),
        ] {
            let found = services.at(&Url::parse(url).unwrap()).map(|service| service.id.as_str());
            assert_eq!(found, id, "{url}");
        }
    }

    #[test]
    fn ids_are_unique_and_every_service_has_a_place() {
        let services = &Lists::built_in().transfer_services.services;
        let mut ids: Vec<&str> = services.iter().map(|service| service.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), services.len());
        assert!(services.iter().all(|service| service.domains.len() + service.hosts.len() > 0));
    }
}
