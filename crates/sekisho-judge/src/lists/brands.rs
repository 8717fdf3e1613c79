//! Brands that are impersonated: how they are named, and which domains are truly theirs.

use std::collections::HashMap;

use serde::Deserialize;
use toml::Spanned;

use super::domains::{check_domain, check_host};
use super::phrases::PhraseSet;
use super::source::{Dated, ListError, Source};
use crate::domain::{DomainSet, Protected};
use crate::fold::Folded;

mod ambiguous;

use ambiguous::ServiceWords;

/// All brands.
#[derive(Debug)]
pub struct Brands {
    pub(super) dated: Dated,
    brands: Vec<Brand>,
    names: PhraseSet,
    /// Index of the brand and of the name, by the number that `names` knows it by.
    numbered: Vec<(usize, usize)>,
    service_words: ServiceWords,
    owners: DomainSet,
    protected: Protected,
}

/// One brand.
#[derive(Clone, Debug)]
pub struct Brand {
    /// Short name, as in evidence.
    pub id: String,
    /// Names as they are shown; the first is the one for people.
    pub names: Vec<String>,
    /// Names that are ordinary words or parts of other names; they count only alone or with service words.
    pub ambiguous: Vec<String>,
    /// Its own domains as listed.
    listed: Vec<String>,
    /// Domains it owns, those of its group included.
    domains: DomainSet,
    shared: Shared,
}

/// Names that a brand owns and strangers use: free mail addresses, pages of customers.
#[derive(Clone, Debug)]
struct Shared {
    exact: DomainSet,
    below: DomainSet,
}

/// A brand named in a text.
#[derive(Clone, Copy, Debug)]
pub struct Mention<'a> {
    /// The brand.
    pub brand: &'a Brand,
    /// The name that was found, as the list spells it.
    pub name: &'a str,
    /// Whether nothing stands beside it but words of a service (公式, サポート).
    pub stands_alone: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    date: Spanned<String>,
    stale_after_days: Option<u16>,
    service_words: Vec<String>,
    ordinary_labels: Vec<String>,
    brands: Vec<RawBrand>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBrand {
    id: Spanned<String>,
    #[serde(default)]
    names: Vec<Spanned<String>>,
    #[serde(default)]
    ambiguous: Vec<Spanned<String>>,
    domains: Vec<Spanned<String>>,
    /// Names at which strangers have addresses (`gmail.com`) or names below (`*.onmicrosoft.com`).
    #[serde(default)]
    shared: Vec<Spanned<String>>,
    /// Brands of one group send for each other.
    group: Option<String>,
}

impl Brands {
    pub(super) fn read(source: Source) -> Result<Brands, ListError> {
        let raw: Raw = source.parse()?;
        check(source, &raw.brands)?;
        let domains_of = |brand: usize, raw: &RawBrand| -> Vec<(usize, String)> {
            let shared = raw.shared.iter().map(|name| name.get_ref().trim_start_matches("*."));
            let own = raw.domains.iter().map(|domain| domain.get_ref().as_str());
            own.chain(shared).map(|domain| (brand, domain.to_owned())).collect()
        };
        let all: Vec<(usize, String)> =
            raw.brands.iter().enumerate().flat_map(|(at, brand)| domains_of(at, brand)).collect();
        let numbered: Vec<(usize, usize)> = raw
            .brands
            .iter()
            .enumerate()
            .flat_map(|(at, brand)| {
                (0..brand.names.len() + brand.ambiguous.len()).map(move |name| (at, name))
            })
            .collect();
        let brands: Vec<Brand> = raw.brands.iter().map(|brand| Brand::of(brand, &raw.brands)).collect();
        let text = |(number, &(brand, name)): (usize, &(usize, usize))| {
            Some((number, brands.get(brand)?.name(name)?))
        };
        let names = PhraseSet::new(numbered.iter().enumerate().filter_map(text));
        let ordinary = raw.ordinary_labels.iter().map(String::as_str);
        Ok(Brands {
            dated: source.dated(&raw.date, raw.stale_after_days)?,
            names,
            numbered,
            service_words: ServiceWords::new(&raw.service_words),
            owners: DomainSet::new(all.iter().map(|(brand, domain)| (*brand, domain.as_str()))),
            protected: Protected::new(all.iter().map(|(_, domain)| domain.as_str()), ordinary),
            brands,
        })
    }

    /// The brands named in a display name, a subject or another short text, each once.
    pub fn named_in(&self, text: &str) -> Vec<&Brand> {
        let mut brands: Vec<&Brand> =
            self.mentions(&Folded::new(text)).iter().map(|found| found.brand).collect();
        brands.dedup_by_key(|brand| &brand.id);
        brands
    }

    /// The brands named in a text, each once, in the order of the list, with the longest name that was found.
    pub fn mentions(&self, text: &Folded) -> Vec<Mention<'_>> {
        let latin = text.as_latin();
        let text = latin.as_ref().unwrap_or(text);
        let mut found: Vec<(usize, usize, usize, bool)> = Vec::new();
        for hit in self.names.hits(text) {
            let Some(&(at, name)) = self.numbered.get(hit.owner) else { continue };
            let Some(brand) = self.brands.get(at) else { continue };
            // The domain of an address in a name is not the brand's name; that it stands there is told elsewhere.
            if text.as_str().get(..hit.range.start).is_some_and(|before| before.ends_with('@')) {
                continue;
            }
            let stands_alone = self.service_words.are_all_besides(text, &hit.range);
            if name < brand.names.len() || stands_alone {
                found.push((at, usize::MAX - hit.range.len(), name, stands_alone));
            }
        }
        found.sort_unstable();
        found.dedup_by_key(|(at, ..)| *at);
        let mention = |(at, _, name, stands_alone): (usize, usize, usize, bool)| {
            let brand = self.brands.get(at)?;
            Some(Mention { brand, name: brand.name(name)?, stands_alone })
        };
        found.into_iter().filter_map(mention).collect()
    }

    /// The brand whose domain this is, or is below of, and from which only it writes.
    pub fn owner_of(&self, domain: &str) -> Option<&Brand> {
        self.brands.get(self.owners.number_of(domain)?).filter(|brand| brand.owns(domain))
    }

    /// All domains of all brands, ready for comparing with strange ones.
    pub fn protected(&self) -> &Protected {
        &self.protected
    }

    /// All brands, in the order of the file.
    pub fn all(&self) -> &[Brand] {
        &self.brands
    }
}

impl Brand {
    /// Whether this domain is the brand's, or of its group, or below one of these, and only they write from it.
    pub fn owns(&self, domain: &str) -> bool {
        self.domains.holds(domain) && !self.shared.holds(domain)
    }

    /// Its own domains as listed, the best known first.
    pub fn domains(&self) -> impl Iterator<Item = &str> {
        self.listed.iter().map(String::as_str)
    }

    /// The name for people.
    pub fn shown(&self) -> &str {
        self.name(0).unwrap_or(&self.id)
    }

    fn of(raw: &RawBrand, all: &[RawBrand]) -> Brand {
        let text = |names: &[Spanned<String>]| names.iter().map(|name| name.get_ref().clone()).collect();
        let same_group = |other: &&RawBrand| {
            other.id.get_ref() == raw.id.get_ref() || (raw.group.is_some() && other.group == raw.group)
        };
        let kin: Vec<&RawBrand> = all.iter().filter(same_group).collect();
        let domains = kin.iter().flat_map(|brand| &brand.domains);
        Brand {
            id: raw.id.get_ref().clone(),
            names: text(&raw.names),
            ambiguous: text(&raw.ambiguous),
            listed: text(&raw.domains),
            domains: DomainSet::new(domains.map(|domain| (0, domain.get_ref().as_str()))),
            shared: Shared::new(kin.iter().flat_map(|brand| &brand.shared)),
        }
    }

    fn name(&self, number: usize) -> Option<&str> {
        self.names.iter().chain(&self.ambiguous).nth(number).map(String::as_str)
    }
}

impl Shared {
    fn new<'a>(names: impl Iterator<Item = &'a Spanned<String>>) -> Shared {
        let (below, exact): (Vec<&str>, Vec<&str>) =
            names.map(|name| name.get_ref().as_str()).partition(|name| name.starts_with("*."));
        let number = |name: &'a str| (0, name.trim_start_matches("*."));
        Shared {
            exact: DomainSet::new(exact.into_iter().map(number)),
            below: DomainSet::new(below.into_iter().map(number)),
        }
    }

    fn holds(&self, domain: &str) -> bool {
        self.exact.has(domain) || (self.below.holds(domain) && !self.below.has(domain))
    }
}

/// Refuses what could not be told apart: ids, names or domains that stand twice, and names of one character
/// that are not marked as ambiguous.
fn check(source: Source, brands: &[RawBrand]) -> Result<(), ListError> {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for brand in brands {
        let id = brand.id.get_ref().as_str();
        let names = || brand.names.iter().chain(&brand.ambiguous);
        if names().next().is_none() || brand.domains.is_empty() {
            return Err(source.invalid(&brand.id, format!("brand \"{id}\" needs a name and a domain")));
        }
        brand.domains.iter().try_for_each(|domain| check_domain(source, domain))?;
        brand.shared.iter().try_for_each(|name| check_host(source, name))?;
        if let Some(short) = brand.names.iter().find(|name| name.get_ref().chars().count() < 2) {
            let problem = format!("\"{}\" is too short for a name; put it under ambiguous", short.get_ref());
            return Err(source.invalid(short, problem));
        }
        let ids = std::iter::once((&brand.id, "id "));
        let keys =
            names().map(|name| (name, "name ")).chain(brand.domains.iter().map(|domain| (domain, "domain ")));
        for (value, what) in ids.chain(keys) {
            let key = format!("{what}{}", crate::fold::fold(value.get_ref()));
            if let Some(first) = seen.insert(key, id) {
                let problem =
                    format!("the {what}\"{}\" stands twice, first at brand \"{first}\"", value.get_ref());
                return Err(source.invalid(value, problem));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::registrable;
    use crate::lists::Lists;

    fn ids(text: &str) -> Vec<&'static str> {
        Lists::built_in().brands.named_in(text).iter().map(|brand| brand.id.as_str()).collect()
    }

    #[test]
    fn names_brands_in_short_texts() {
        for (text, expected) in [
            ("Amazon.co.jp", vec!["amazon"]),
            ("ａｍａｚｏｎ カスタマーサービス", vec!["amazon"]),
            ("三井住友カード", vec!["smbc-card"]),
            ("三井住友銀行", vec!["smbc"]),
            ("三井住友建設株式会社", vec![]),
            ("ヤマト運輸株式会社", vec!["yamato"]),
            ("イオンカード", vec!["aeon-card"]),
            ("ライオン株式会社", vec![]),
            ("えきねっと", vec!["jr-east"]),
            ("国税庁(e-Tax)", vec!["nta"]),
            ("ETC利用照会サービス", vec!["etc-meisai"]),
            ("Аmаzon プライム", vec!["amazon"]),
            ("sato@hotmail.com", vec![]),
            ("佐藤 花子", vec![]),
        ] {
            assert_eq!(ids(text), expected, "{text}");
        }
    }

    #[test]
    fn ambiguous_names_need_to_stand_alone_or_with_service_words() {
        for (text, expected) in [
            ("Apple", vec!["apple"]),
            ("Apple Support", vec!["apple"]),
            ("【au】 お客さまサポート", vec!["au"]),
            ("LINE", vec!["line"]),
            ("Visa カード", vec!["visa"]),
            ("[X] セキュリティ通知", vec!["x"]),
            ("Johnny Apple", vec![]),
            ("Apple pie recipes", vec![]),
            ("au revoir", vec![]),
            ("visa application for Japan", vec![]),
            ("生産ライン 担当", vec![]),
            ("project x", vec![]),
            ("Support", vec![]),
        ] {
            assert_eq!(ids(text), expected, "{text}");
        }
    }

    #[test]
    fn every_brand_owns_its_domains_and_no_other_does() {
        let brands = &Lists::built_in().brands;
        assert!(brands.all().len() >= 150, "{}", brands.all().len());
        for brand in brands.all() {
            assert!(brand.names.iter().all(|name| name.chars().count() >= 2), "{}", brand.id);
        }
        for (domain, owner) in [
            ("amazon.co.jp", "amazon"),
            ("mail.rakuten-card.co.jp", "rakuten-card"),
            ("vpass.ne.jp", "smbc-card"),
        ] {
            assert_eq!(brands.owner_of(domain).map(|brand| brand.id.as_str()), Some(owner));
        }
        for stranger in
            ["amazon.example", "gmail.com", "midori.onmicrosoft.com", "yahoo.co.jp", "midori.xsrv.jp"]
        {
            assert!(brands.owner_of(stranger).is_none(), "{stranger}");
        }
        assert!(brands.owner_of("mail.yahoo.co.jp").is_some());
    }

    #[test]
    fn every_name_is_found_as_its_brand() {
        let brands = &Lists::built_in().brands;
        for brand in brands.all() {
            for name in brand.names.iter().chain(&brand.ambiguous) {
                let found = brands.named_in(name);
                assert!(found.iter().any(|found| found.id == brand.id), "{name}");
            }
        }
    }

    #[test]
    fn true_domains_are_registrable_and_quiet() {
        let brands = &Lists::built_in().brands;
        let text = crate::lists::ListName::Brands.built_in_text();
        let raw: Raw = Source { name: "brands", text }.parse().unwrap();
        for domain in raw.brands.iter().flat_map(|brand| &brand.domains) {
            let domain = domain.get_ref().as_str();
            assert!(!domain.contains('.') || registrable(domain).is_some(), "{domain}");
            assert_eq!(brands.protected().look_alike(domain), None, "{domain}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_told_apart() {
        let head = "date = \"2026-11-01\"\nservice_words = []\nordinary_labels = []\n";
        let brand = |id: &str, name: &str, domain: &str| {
            format!("[[brands]]\nid = \"{id}\"\nnames = [\"{name}\"]\ndomains = [\"{domain}\"]\n")
        };
        for (text, expected) in [
            (brand("a", "Midori", "co.jp"), "lists/brands.toml:7: \"co.jp\" is no domain"),
            (brand("a", "M", "midori.example"), "lists/brands.toml:6: \"M\" is too short"),
            (
                brand("a", "Midori", "midori.example") + &brand("b", "ｍｉｄｏｒｉ", "aoi.example"),
                "lists/brands.toml:10: the name \"ｍｉｄｏｒｉ\" stands twice, first at brand \"a\"",
            ),
            (
                brand("a", "Midori", "midori.example") + &brand("b", "Aoi", "midori.example"),
                "lists/brands.toml:11: the domain \"midori.example\" stands twice",
            ),
            (
                "[[brands]]\nid = \"a\"\ndomains = []".to_owned(),
                "lists/brands.toml:5: brand \"a\" needs a name",
            ),
        ] {
            let text = format!("{head}{text}");
            let error = Brands::read(Source { name: "brands", text: &text }).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
