//! `HOME/sekisho.toml` → the organisation and its settings. Reading, the annotated sample and the reference page come
//! from one table, `settings.rs`.

mod people;
mod read;
mod sample;
mod sender;
mod settings;
mod store;

use std::path::{Path, PathBuf};

use sekisho_facts::{Own, Person};
use sekisho_sender::{Nameserver, Trust};
use thiserror::Error;

pub use people::{person, person_text};
pub use read::store_alone;
pub use sample::sample;
pub use settings::{Config, SECTIONS, Use};

/// Why a configuration file was refused: one line for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}: {what}")]
pub struct ConfigError {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, the value seen and the way out.
    pub what: String,
}

impl Config {
    /// Reads the text of a configuration; `file` is the name used in errors.
    ///
    /// # Errors
    /// The first key or value that is not known, with its line and the nearest name.
    pub fn parse(file: &Path, text: &str) -> Result<Self, ConfigError> {
        read::parse(file, text)
    }

    /// The organisation: the people listed here and those of `people_file`, which stands beside the configuration.
    ///
    /// # Errors
    /// A people file that cannot be read, or a line in it that is no person.
    pub fn own(&self, folder: &Path) -> Result<Own, ConfigError> {
        let mut people: Vec<Person> =
            self.organisation.people.iter().map(settings::ListedPerson::person).collect();
        if let Some(file) = self.people_file(folder) {
            people.extend(people::read_file(&file)?);
        }
        Ok(self.own_with(people))
    }

    /// The organisation with these people.
    pub fn own_with(&self, people: Vec<Person>) -> Own {
        let domains = self.organisation.domains.iter().cloned();
        let partners = self.organisation.partners.iter().map(ToString::to_string);
        Own::new(&self.organisation.name, domains, people)
            .with_services(self.trust().own_services)
            .with_partners(partners)
    }

    /// Whose words about senders are believed.
    pub fn trust(&self) -> Trust {
        fn texts(names: &[impl ToString]) -> Vec<String> {
            names.iter().map(ToString::to_string).collect()
        }
        let sender = &self.sender;
        let trust = Trust {
            authserv_ids: texts(&sender.trusted_authserv_ids),
            border_hosts: texts(&sender.border_hosts),
            arc_sealers: texts(&sender.arc_sealers),
            own_services: texts(&sender.own_services),
        };
        trust.normalised()
    }

    /// The name servers to ask; none for those of the system.
    pub fn nameservers(&self) -> Vec<Nameserver> {
        self.sender.nameservers.iter().map(|server| server.0).collect()
    }

    /// Where the people file lies, if one is named.
    pub fn people_file(&self, folder: &Path) -> Option<PathBuf> {
        let named = self.organisation.people_file.as_str();
        (!named.is_empty()).then(|| folder.join(named))
    }
}
