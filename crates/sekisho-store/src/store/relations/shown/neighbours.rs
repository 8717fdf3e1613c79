//! A domain → the domains for which it may be taken: with what readers pass over. Whoever registers a look-alike of a
//! correspondent's domain chooses one of these.
//!
//! Domains are kept as keyed hashes, so all that could have been meant are looked up by their own: a bounded number, whatever is remembered.
//! How alike two domains are is for the judge to say.

use sekisho_facts::latin_look_alike;

use crate::store::organisations::organisation;

/// Letters of a registered label between which these are looked for: shorter ones have too many neighbours, and longer ones nobody types.
const LABEL_LETTERS: std::ops::RangeInclusive<usize> = 5..=24;

/// Domains looked up for one mail whose sender's domain nobody writes to: in one question.
pub(super) const NEIGHBOURS_MAX: usize = 256;

/// Letters that are left out unseen: looking for all of them would cost more than all else that a recall asks.
const LEFT_OUT: &str = "aiueoshntkry";

/// Groups that look or sound like others.
const GROUPS: &[(&str, &str)] = &[
    ("rn", "m"),
    ("m", "rn"),
    ("vv", "w"),
    ("w", "vv"),
    ("cl", "d"),
    ("d", "cl"),
    ("nn", "m"),
    ("m", "nn"),
    // As Japanese is spelt in more than one way.
    ("tu", "tsu"),
    ("tsu", "tu"),
    ("ti", "chi"),
    ("chi", "ti"),
    ("si", "shi"),
    ("shi", "si"),
    ("zi", "ji"),
    ("ji", "zi"),
    ("hu", "fu"),
    ("fu", "hu"),
    ("sy", "sh"),
    ("sh", "sy"),
];

/// Signs that look like letters, and letters like each other.
const SIMILAR: &[(char, &str)] = &[
    ('0', "o"),
    ('1', "li"),
    ('2', "z"),
    ('3', "e"),
    ('4', "a"),
    ('5', "s"),
    ('6', "bg"),
    ('7', "t"),
    ('8', "b"),
    ('9', "gq"),
    ('i', "lj1"),
    ('l', "i1"),
    ('j', "i"),
    ('o', "0eq"),
    ('e', "oc"),
    ('c', "e"),
    ('q', "go"),
    ('g', "q"),
    ('u', "v"),
    ('v', "uy"),
    ('y', "v"),
    ('n', "mhr"),
    ('m', "n"),
    ('h', "n"),
    ('r', "n"),
    ('t', "f"),
    ('f', "t"),
    ('s', "5z"),
    ('z', "2s"),
];

/// Suffixes under which Japanese organisations stand: who may not register under theirs takes another.
const SUFFIXES: &[&str] = &["co.jp", "jp", "com"];

/// Kinds of organisations below `.jp`, as `midori-co.jp` writes them.
const KINDS_JP: &[&str] = &["co", "or", "ne", "ac", "go", "ed", "gr"];

/// The registered domains for which a domain, in lower case, may be taken, the nearest first, some of them twice; itself left out.
pub(super) fn neighbours(domain: &str) -> Vec<String> {
    let Some(registered) = organisation(domain) else { return Vec::new() };
    let mut near = Vec::new();
    // midori.co.jp.evil.example
    let left = domain.strip_suffix(registered).unwrap_or_default().trim_end_matches('.');
    near.extend(organisation(left).map(str::to_owned));
    let Some((label, suffix)) = registered.split_once('.') else { return near };
    let plain = plain(label);
    near.push(format!("{plain}.{suffix}"));
    if suffix == "jp" {
        let before = KINDS_JP.iter().filter_map(|kind| Some((plain.strip_suffix(kind)?, kind)));
        near.extend(before.map(|(before, kind)| format!("{}.{kind}.jp", before.trim_end_matches('-'))));
    }
    let letters: Vec<char> = plain.chars().collect();
    if LABEL_LETTERS.contains(&letters.len()) && plain.is_ascii() {
        near.extend(slips(&letters).into_iter().map(|label| format!("{label}.{suffix}")));
        let others = SUFFIXES.iter().filter(|other| **other != suffix);
        near.extend(others.map(|other| format!("{plain}.{other}")));
        left_out(&letters, suffix, &mut near);
    }
    near.truncate(NEIGHBOURS_MAX);
    near.retain(|name| name != registered);
    near
}

/// A label in letters that ASCII has: those of other scripts as what they look like, without accents.
fn plain(label: &str) -> String {
    if label.is_ascii() && !label.starts_with("xn--") {
        return label.to_owned();
    }
    let (shown, _) = idna::domain_to_unicode(label);
    let as_seen = |c: char| if c.is_ascii() { Some(c) } else { latin_look_alike(c) };
    // With letters that look like none, it stands for itself.
    shown.chars().map(as_seen).collect::<Option<String>>().unwrap_or_else(|| label.to_owned())
}

/// Labels that an eye passes over: letters left out, doubled, swapped or alike, hyphens, and words set apart by them.
fn slips(letters: &[char]) -> Vec<String> {
    let label: String = letters.iter().collect();
    let mut all = Vec::new();
    for at in 0..letters.len() {
        let (before, rest) = letters.split_at(at);
        let Some((letter, after)) = rest.split_first() else { continue };
        let mut with = |between: &[char]| {
            all.push(before.iter().chain(between).chain(after).collect::<String>());
        };
        if at > 0 {
            with(&[]);
        }
        with(&[*letter, *letter]);
        with(&[*letter, '-']);
        for similar in
            SIMILAR.iter().filter(|(sign, _)| sign == letter).flat_map(|(_, similar)| similar.chars())
        {
            with(&[similar]);
        }
        if let Some((next, behind)) = after.split_first() {
            all.push(before.iter().chain([next, letter]).chain(behind).collect());
        }
    }
    for (group, like) in GROUPS {
        let places = label
            .match_indices(group)
            .filter_map(|(at, _)| Some((label.get(..at)?, label.get(at + group.len()..)?)));
        all.extend(places.map(|(before, after)| format!("{before}{like}{after}")));
    }
    for ones in ["l", "i"] {
        all.push(label.replace('0', "o").replace('1', ones));
    }
    all.push(label.replace('-', ""));
    if let Some((first, rest)) = label.split_once('-') {
        all.extend([first, rest].map(str::to_owned));
    }
    if let Some((rest, last)) = label.rsplit_once('-') {
        all.extend([rest, last].map(str::to_owned));
    }
    all
}

/// Domains whose label has one letter more.
fn left_out(letters: &[char], suffix: &str, all: &mut Vec<String>) {
    for at in 1..=letters.len() {
        let (before, rest) = letters.split_at(at);
        let (before, after): (String, String) = (before.iter().collect(), rest.iter().collect());
        all.extend(LEFT_OUT.chars().map(|letter| format!("{before}{letter}{after}.{suffix}")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_domain_may_be_taken_for_is_among_its_neighbours() {
        for (domain, meant) in [
            ("kita-kensetzu.co.jp", "kita-kensetsu.co.jp"),
            ("kita-kensetsu.com", "kita-kensetsu.co.jp"),
            ("kita-kensetu.co.jp", "kita-kensetsu.co.jp"),
            ("kita-kensetssu.co.jp", "kita-kensetsu.co.jp"),
            ("kita-kenestsu.co.jp", "kita-kensetsu.co.jp"),
            ("kitakensetsu.co.jp", "kita-kensetsu.co.jp"),
            ("kita-kensetsu-support.com", "kita-kensetsu.com"),
            ("kita-kensetsu-co.jp", "kita-kensetsu.co.jp"),
            ("kita-kensetsuco.jp", "kita-kensetsu.co.jp"),
            ("mail.kita-kensetsu.co.jp.evil.example", "kita-kensetsu.co.jp"),
            ("rnidori-sekkei.example", "midori-sekkei.example"),
            ("m1dor1-sekkei.example", "midori-sekkei.example"),
            ("brightvvater.example", "brightwater.example"),
            ("brlghtwater.com", "brightwater.com"),
            ("brightwaterx.example", "brightwater.example"),
            ("brigtwater.example", "brightwater.example"),
            // Its і is Cyrillic.
            ("xn--brghtwater-y2i.example", "brightwater.example"),
        ] {
            assert!(neighbours(domain).contains(&meant.to_owned()), "{domain}: {meant}");
        }
    }

    #[test]
    fn they_are_few_and_never_the_domain_itself() {
        for domain in [
            "kita-kensetsu.co.jp",
            "abcdefghijklmnopqrstuvwx.com",
            "ab.jp",
            "example",
            "192.0.2.1",
            "",
            "xn--wgv71a.jp",
        ] {
            let found = neighbours(domain);
            assert!(found.len() <= NEIGHBOURS_MAX && !found.contains(&domain.to_owned()), "{domain}");
        }
        assert!(!neighbours("nishi-shoji.co.jp").contains(&"kita-kensetsu.co.jp".to_owned()));
    }
}
