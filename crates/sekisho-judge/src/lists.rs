//! Dated lists (TOML) → typed values with fast look-ups: brands, free mail, shorteners, transfer services, link
//! wrappers, lures, kinds and marks of odd Japanese.
//!
//! The built-in texts stand in `lists/` of this crate; an installation may replace each by its own. A list past its
//! date is still used, but its strong findings become weak: [`Lists::is_stale`].

mod brands;
mod domains;
mod kinds;
mod link_wrappers;
mod lures;
mod odd_japanese;
mod phrases;
mod requests;
mod source;
mod transfer_services;

pub use brands::{Brand, Brands, Mention};
pub use domains::{Freemail, Shorteners};
pub use kinds::{KindGroup, Kinds};
pub use link_wrappers::{LinkWrappers, Wrapper, Wrapping};
pub use lures::{AttachmentLure, AttachmentSign, Lures, Topic};
pub(crate) use odd_japanese::is_kana;
pub use odd_japanese::{OddJapanese, OddMark, OddSign};
pub use requests::{Composition, Request, RequestRole};
pub use source::{Dated, ListError, STALE_AFTER_DAYS};
pub use transfer_services::{Gives, ServiceState, TransferService, TransferServices};

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use crate::nearest::nearest;
use source::Source;

/// All lists.
#[derive(Debug)]
pub struct Lists {
    /// Brands that are impersonated, with their names and true domains.
    pub brands: Brands,
    /// Providers at which anybody has an address.
    pub freemail: Freemail,
    /// Services that hide where a link leads.
    pub shorteners: Shorteners,
    /// Services that hand out what anybody uploads.
    pub transfer_services: TransferServices,
    /// Filters and services that rewrite links.
    pub link_wrappers: LinkWrappers,
    /// Words and names that want to be opened, and what forged presidents ask for.
    pub lures: Lures,
    /// File name endings by what they can do.
    pub kinds: Kinds,
    /// Marks of a Japanese that nobody writes.
    pub odd_japanese: OddJapanese,
}

/// A list by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ListName {
    /// `brands.toml`
    Brands,
    /// `freemail.toml`
    Freemail,
    /// `shorteners.toml`
    Shorteners,
    /// `transfer-services.toml`
    TransferServices,
    /// `link-wrappers.toml`
    LinkWrappers,
    /// `lures.toml`
    Lures,
    /// `kinds.toml`
    Kinds,
    /// `odd-japanese.toml`
    OddJapanese,
}

impl ListName {
    /// All lists, in the order of the documents.
    pub const ALL: [ListName; 8] = [
        ListName::Brands,
        ListName::Freemail,
        ListName::Shorteners,
        ListName::TransferServices,
        ListName::LinkWrappers,
        ListName::Lures,
        ListName::Kinds,
        ListName::OddJapanese,
    ];

    /// The name of the file without its ending, as it stands in a case.
    pub fn id(self) -> &'static str {
        match self {
            ListName::Brands => "brands",
            ListName::Freemail => "freemail",
            ListName::Shorteners => "shorteners",
            ListName::TransferServices => "transfer-services",
            ListName::LinkWrappers => "link-wrappers",
            ListName::Lures => "lures",
            ListName::Kinds => "kinds",
            ListName::OddJapanese => "odd-japanese",
        }
    }

    /// The built-in text: what an installation starts from when it writes its own.
    pub fn built_in_text(self) -> &'static str {
        match self {
            ListName::Brands => include_str!("../lists/brands.toml"),
            ListName::Freemail => include_str!("../lists/freemail.toml"),
            ListName::Shorteners => include_str!("../lists/shorteners.toml"),
            ListName::TransferServices => include_str!("../lists/transfer-services.toml"),
            ListName::LinkWrappers => include_str!("../lists/link-wrappers.toml"),
            ListName::Lures => include_str!("../lists/lures.toml"),
            ListName::Kinds => include_str!("../lists/kinds.toml"),
            ListName::OddJapanese => include_str!("../lists/odd-japanese.toml"),
        }
    }
}

impl Lists {
    /// The lists this program was built with.
    pub fn built_in() -> &'static Lists {
        static LISTS: OnceLock<Lists> = OnceLock::new();
        // The texts are compiled in and a test reads them, so this cannot fail in an installation.
        LISTS.get_or_init(|| Lists::with_overrides([]).expect("the built-in lists are valid"))
    }

    /// The built-in lists, except those given as `(name, TOML text)`, which take their places whole.
    /// The name may have its ending (`brands.toml`). The first file that cannot be used is the error.
    pub fn with_overrides<'a>(
        overrides: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Lists, ListError> {
        let mut texts = BTreeMap::new();
        for (name, text) in overrides {
            let name = name.strip_suffix(".toml").unwrap_or(name);
            let list = ListName::ALL.into_iter().find(|list| list.id() == name);
            texts.insert(list.ok_or_else(|| unknown_list(name))?, text);
        }
        let source = |list: ListName| Source {
            name: list.id(),
            text: texts.get(&list).copied().unwrap_or_else(|| list.built_in_text()),
        };
        Ok(Lists {
            brands: Brands::read(source(ListName::Brands))?,
            freemail: Freemail::read(source(ListName::Freemail))?,
            shorteners: Shorteners::read(source(ListName::Shorteners))?,
            transfer_services: TransferServices::read(source(ListName::TransferServices))?,
            link_wrappers: LinkWrappers::read(source(ListName::LinkWrappers))?,
            lures: Lures::read(source(ListName::Lures))?,
            kinds: Kinds::read(source(ListName::Kinds))?,
            odd_japanese: OddJapanese::read(source(ListName::OddJapanese))?,
        })
    }

    /// Whether a list is past its date: its strong findings become weak.
    pub fn is_stale(&self, list: ListName, today: Date) -> bool {
        self.dated(list).is_stale(today)
    }

    /// The date of each list by its name, for the case.
    pub fn dates(&self) -> BTreeMap<&'static str, Date> {
        ListName::ALL.into_iter().map(|list| (list.id(), self.dated(list).date)).collect()
    }

    /// The date of a list and the days it is believed.
    pub fn dated(&self, list: ListName) -> Dated {
        match list {
            ListName::Brands => self.brands.dated,
            ListName::Freemail => self.freemail.dated,
            ListName::Shorteners => self.shorteners.dated,
            ListName::TransferServices => self.transfer_services.dated,
            ListName::LinkWrappers => self.link_wrappers.dated,
            ListName::Lures => self.lures.dated,
            ListName::Kinds => self.kinds.dated,
            ListName::OddJapanese => self.odd_japanese.dated,
        }
    }
}

fn unknown_list(name: &str) -> ListError {
    let known = ListName::ALL.map(ListName::id);
    let hint = match nearest(name, known) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("known are {}", known.join(", ")),
    };
    ListError::UnknownList { name: name.to_owned(), hint }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn built_in_lists_are_valid_and_dated() {
        let lists = Lists::built_in();
        assert_eq!(lists.dates().len(), ListName::ALL.len());
        for list in ListName::ALL {
            assert!(!lists.is_stale(list, date(2026, 11, 30)), "{list:?}");
            assert!(lists.is_stale(list, date(2029, 1, 1)), "{list:?}");
        }
    }

    #[test]
    fn an_override_takes_the_place_of_its_list() {
        let text = "date = \"2030-01-01\"\ndomains = [\"short.test\"]";
        let lists = Lists::with_overrides([("shorteners.toml", text)]).unwrap();
        assert!(lists.shorteners.holds("short.test") && !lists.shorteners.holds("bit.ly"));
        assert!(lists.freemail.holds("gmail.com"));
        assert_eq!(lists.dates().get("shorteners"), Some(&date(2030, 1, 1)));
    }

    #[test]
    fn an_unknown_list_is_refused_with_the_nearest_name() {
        let error = Lists::with_overrides([("brand.toml", "")]).unwrap_err().to_string();
        assert_eq!(error, "lists/brand.toml: unknown list \"brand\"; did you mean \"brands\"?");
    }
}
