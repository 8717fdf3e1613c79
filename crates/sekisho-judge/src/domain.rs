//! Domain names → their parts, their spellings, and the names they pretend to be.
//!
//! Public suffixes after publicsuffix.org, internationalised names after UTS #46, confusable characters after UTS #39.

mod edit;
mod look_alike;
mod romaji;
mod set;
mod show;
mod unwrap;

pub use look_alike::{How, LookAlike, Protected, Strength, look_alike};
pub(crate) use romaji::is_romaji;
pub use set::DomainSet;
pub use show::defang;
pub use unwrap::{UNWRAPS_MAX, Unwrapped, unwrap_link};

use std::net::IpAddr;
use std::sync::LazyLock;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Names longer than this are no names (DNS allows 253 bytes; four for each as an escape).
const NAME_BYTES_MAX: usize = 1024;

/// The part of a name that somebody registered: one label and the public suffix. `None` for addresses, suffixes
/// and what is no name. Answers for A-labels, U-labels and any case, and returns a piece of what was given.
pub fn registrable(domain: &str) -> Option<&str> {
    let given = domain.strip_suffix('.').unwrap_or(domain);
    if given.len() > NAME_BYTES_MAX || given.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
        return None;
    }
    let ascii = to_ascii(given);
    let labels = psl::domain_str(&ascii)?.split('.').count();
    let is_empty = |label: &str| label.is_empty();
    let start =
        given.rmatch_indices(is_dot).nth(labels.checked_sub(1)?).map_or(0, |(at, dot)| at + dot.len());
    let found = given.get(start..)?;
    (!found.split(is_dot).any(is_empty)).then_some(found)
}

/// Whether two names belong to the same registrant: the same registrable domain, or the same name where there is none.
pub fn same_organisation(a: &str, b: &str) -> bool {
    let (a, b) = (to_ascii(a), to_ascii(b));
    match (registrable(&a), registrable(&b)) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

/// The name in A-labels and lower case, without a dot at its end; what cannot be encoded is only lowered.
pub fn to_ascii(domain: &str) -> String {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    if is_plain(domain) || domain.len() > NAME_BYTES_MAX {
        return domain.to_ascii_lowercase();
    }
    idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase())
}

/// The name in U-labels and lower case, without a dot at its end; a name that cannot be decoded stays as it is.
pub fn to_unicode(domain: &str) -> String {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    if is_plain(domain) || domain.len() > NAME_BYTES_MAX {
        return domain.to_ascii_lowercase();
    }
    let (unicode, decoded) = idna::domain_to_unicode(domain);
    if decoded.is_ok() { unicode } else { domain.to_lowercase() }
}

/// What a hasty eye sees of a name: confusable characters, accents, `0`/`o`, `1`/`i`/`l`, `rn`/`m`, `vv`/`w` and
/// `cl`/`d` become one, hyphens fall out. Two names with the same skeleton look alike.
pub fn skeleton(domain: &str) -> String {
    let unicode = to_unicode(domain);
    let plain = prototypes(&unicode);
    // "cl" before i and 1 become l: "ci" does not look like d. UTS #39 leaves a pair of Hiragana and Katakana apart.
    const ALIKE: &[(&str, &str)] = &[
        ("-", ""),
        ("cl", "d"),
        ("c1", "d"),
        ("0", "o"),
        ("1", "l"),
        ("i", "l"),
        ("リ", "り"),
        ("vv", "w"),
        ("rn", "m"),
    ];
    ALIKE.iter().fold(plain.to_lowercase(), |plain, (one, other)| {
        if plain.contains(one) { plain.replace(one, other) } else { plain }
    })
}

/// Each character as the one that stands for all that look like it, without accents.
fn prototypes(text: &str) -> String {
    static ASCII: LazyLock<Vec<String>> = LazyLock::new(|| {
        (0_u8..0x80).map(|byte| unicode_security::skeleton(&char::from(byte).to_string()).collect()).collect()
    });
    if text.is_ascii() {
        // Most names are, and nothing in them composes.
        return text.bytes().filter_map(|byte| ASCII.get(usize::from(byte))).map(String::as_str).collect();
    }
    unicode_security::skeleton(text).nfd().filter(|c| !is_combining_mark(*c)).collect()
}

fn is_dot(c: char) -> bool {
    matches!(c, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}')
}

/// ASCII without an A-label: nothing to encode or decode.
fn is_plain(domain: &str) -> bool {
    let has_label = |four: &[u8]| four.eq_ignore_ascii_case(b"xn--");
    domain.is_ascii() && !domain.as_bytes().windows(4).any(has_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_registrable_part() {
        for (domain, expected) in [
            ("www.midori.co.jp", Some("midori.co.jp")),
            ("WWW.Midori.Co.JP.", Some("Midori.Co.JP")),
            ("nta.go.jp", Some("nta.go.jp")),
            ("a.b.evil.example", Some("evil.example")),
            ("shop.みどり.jp", Some("みどり.jp")),
            ("shop.xn--q9js9cf.jp", Some("xn--q9js9cf.jp")),
            ("user.github.io", Some("user.github.io")),
            ("co.jp", None),
            ("jp", None),
            ("192.0.2.1", None),
            ("[2001:db8::1]", None),
            ("a..jp", None),
            ("", None),
            (".", None),
        ] {
            assert_eq!(registrable(domain), expected, "{domain}");
        }
    }

    #[test]
    fn spells_both_ways() {
        assert_eq!(to_ascii("日本語.JP"), "xn--wgv71a119e.jp");
        assert_eq!(to_unicode("xn--wgv71a119e.JP."), "日本語.jp");
        assert_eq!(to_unicode("xn--zzzzzzz99999.example"), "xn--zzzzzzz99999.example");
    }

    #[test]
    fn skeletons_meet() {
        for (a, b) in [
            ("rnidori.example", "midori.example"),
            ("m1dor1.example", "mldorl.example"),
            ("pаypal.example", "paypal.example"),
            ("arnaz0n.example", "amazon.example"),
            ("vvorld.example", "world.example"),
            ("miclori.example", "midori.example"),
            ("smbc-card.example", "smbccard.example"),
            ("amazoń.example", "amazon.example"),
        ] {
            assert_eq!(skeleton(a), skeleton(b), "{a} {b}");
        }
        assert_ne!(skeleton("midori.example"), skeleton("nidori.example"));
        // What is kept of ASCII is what the tables say.
        let ascii: String = ('!'..='~').collect();
        assert_eq!(prototypes(&ascii), unicode_security::skeleton(&ascii).nfd().collect::<String>());
    }
}
