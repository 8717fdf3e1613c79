//! The name that a sender shows → whom it claims to be: an address, a domain, a brand, or our own organisation.

use std::ops::Range;

use sekisho_facts::addresses_written;
use sekisho_mail::{Address, Role};
use unicode_normalization::UnicodeNormalization;

use crate::fold::{self, Folded};
use crate::lists::{Brand, Brands, Mention};
use crate::{Grade, Input, domain};

/// Words of a name that are looked at; no name of a person or firm has more.
const WORDS_MAX: usize = 64;

/// An organisation's name shorter than this stands in too many other names.
const OWN_NAME_CHARS_MIN: usize = 3;

/// Forms of a firm that are written before or behind its name, folded.
const FORMS_OF_FIRMS: &[&str] = &[
    "株式会社",
    "有限会社",
    "合同会社",
    "一般社団法人",
    "一般財団法人",
    "医療法人",
    "学校法人",
    "社会福祉法人",
    "税理士法人",
    "(株)",
    "(有)",
    "co.,ltd.",
    "co.ltd",
    "inc.",
    "llc",
];

/// The addresses in a name, however wide they are written.
pub(crate) fn addresses_in(name: &str) -> Vec<Address> {
    let is_public =
        |shown: &Address| domain::registrable(shown.domain()).is_some() && shown.domain().is_ascii();
    addresses_written(name).into_iter().filter(is_public).collect()
}

/// The domains in a name: `midori.example サポート`. Those of addresses are left out.
pub(crate) fn domains_in(name: &str) -> Vec<String> {
    words(name).filter(|word| !word.contains('@')).filter_map(|word| as_domain(&word)).collect()
}

/// The brands that a name claims: named as the greater part of it, or with nothing but words of a service.
pub(crate) fn brands_in<'l>(brands: &'l Brands, name: &str) -> Vec<Mention<'l>> {
    let shown = Folded::new(name);
    let mut mentions = brands.mentions(&shown);
    let chars = shown.as_str().chars().count();
    mentions.retain(|mention| mention.stands_alone || fold::fold(mention.name).chars().count() * 2 >= chars);
    mentions
}

impl Input<'_> {
    /// Whether a name claims to be our own organisation. 「みどり設計事務所 御中」 speaks to us and not for us.
    pub(crate) fn names_us(&self, name: &str) -> bool {
        let own = bare(&self.own.name);
        if own.chars().count() < OWN_NAME_CHARS_MIN {
            return false;
        }
        let shown = Folded::new(name);
        let mut places = shown.as_str().match_indices(own.as_str()).map(|(at, own)| at..at + own.len());
        places.any(|place| {
            let after = shown.as_str().get(place.end..).unwrap_or_default();
            is_whole_word(&shown, &place) && !is_addressed(after)
        })
    }

    /// How gravely a brand's name weighs: with something to follow or open that is not the brand's, and outside of
    /// lists and delivery reports ("Microsoft Outlook" is how mail servers of that make sign these), it is strong.
    pub(crate) fn grade_of_brand(&self, brand: &Brand) -> Grade {
        let is_list = self.message.field("List-Id").is_some();
        let is_report = self.message.media_type == "multipart/report";
        if self.brings_beside(brand) && !is_list && !is_report { Grade::Strong } else { Grade::Weak }
    }

    /// Whether there is a link that does not lead to the brand, or a file.
    pub(crate) fn brings_beside(&self, brand: &Brand) -> bool {
        let leads_away = self.links().iter().any(|link| link.is_web() && !brand.owns(&link.host));
        leads_away || self.has_attachment()
    }

    /// Whether it brings a file that is offered as such.
    pub(crate) fn has_attachment(&self) -> bool {
        self.files().any(|part| part.role == Role::Attachment)
    }
}

fn words(name: &str) -> impl Iterator<Item = String> {
    // ＠ and full-width letters are read as what they stand for.
    let name: String = name.nfkc().collect();
    let pieces =
        name.split(|c: char| c.is_whitespace() || "<>()[]（）＜＞「」【】『』\"',:;、。|/".contains(c));
    pieces.filter(|word| !word.is_empty()).take(WORDS_MAX).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// A word that is a host name under a true public suffix (or one reserved for examples). 「ASP.NET」 is none: its one
/// label is too short to tell it from a product's name.
fn as_domain(word: &str) -> Option<String> {
    const LABEL_CHARS_MIN: usize = 4;
    let word = word.trim_matches('.').to_lowercase();
    let name = domain::registrable(&word)?;
    let (label, suffix) = name.split_once('.')?;
    let is_host = word.is_ascii() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    let is_known = matches!(suffix, "example" | "test")
        || psl::suffix(word.as_bytes()).is_some_and(|found| found.is_known());
    (is_host && is_known && label.len() >= LABEL_CHARS_MIN).then_some(word)
}

/// A firm's name, folded, without the form of the firm.
fn bare(name: &str) -> String {
    let mut name = fold::fold(name);
    for form in FORMS_OF_FIRMS {
        name = name.replace(form, "");
    }
    name
}

/// A Latin name must not be a part of a longer word; in Japanese there is nothing between words to look for.
fn is_whole_word(text: &Folded, place: &Range<usize>) -> bool {
    let all = text.as_str().as_bytes();
    let is_latin = |at: Option<usize>| at.and_then(|at| all.get(at)).is_some_and(u8::is_ascii_alphanumeric);
    let goes_on =
        |edge: usize| is_latin(edge.checked_sub(1)) && is_latin(Some(edge)) && !text.gap_before(edge);
    !goes_on(place.start) && !goes_on(place.end)
}

fn is_addressed(after: &str) -> bool {
    let after = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    after.starts_with("御中") || after.starts_with('様')
}

#[cfg(test)]
mod tests {
    use sekisho_facts::{Facts, Own};

    use super::*;
    use crate::lists::Lists;

    #[test]
    fn domains_stand_in_names_and_products_do_not() {
        for (name, expected) in [
            ("midori.example サポート", "midori.example"),
            ("【ｍｉｄｏｒｉ．ｅｘａｍｐｌｅ】", "midori.example"),
            ("www.partner.co.jp", "www.partner.co.jp"),
            ("yamada@partner.example", ""),
            ("ASP.NET 勉強会", ""),
            ("St. Marc Co.,Ltd.", ""),
            ("Node.js", ""),
            ("佐藤.花子", ""),
            ("v1.2.34", ""),
        ] {
            assert_eq!(domains_in(name).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn our_own_name_is_found_and_an_address_to_us_is_not() {
        let message = sekisho_mail::read(b"From: a@b.example\n\n", &Default::default());
        let facts = Facts::default();
        for (own, name, expected) in [
            ("株式会社みどり設計", "みどり設計", true),
            ("株式会社みどり設計", "㈱みどり設計　総務", true),
            ("株式会社みどり設計", "ﾐﾄﾞﾘ設計", false),
            ("株式会社みどり設計", "みどり設計 御中", false),
            ("株式会社みどり設計", "みどり設備", false),
            ("Midori Inc.", "MIDORI support", true),
            ("Midori Inc.", "Midorikawa", false),
            ("緑", "緑川", false),
            ("", "みどり", false),
        ] {
            let own = Own::new(own, [], Vec::new());
            let input =
                Input::new(&message, &facts, &own, Lists::built_in(), jiff::civil::date(2026, 11, 24));
            assert_eq!(input.names_us(name), expected, "{name}");
        }
    }
}
