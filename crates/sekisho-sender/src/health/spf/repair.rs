//! A record with errors → the same record without those whose cure can be told from the record itself.
//!
//! What cannot be told (which of two servers was meant) is left as it is, and then nothing is proposed: a record that is
//! proposed always reads without an error.

use std::collections::BTreeSet;

use super::read;
use crate::spf::record::{Mechanism, Record, Term, VERSION, What};

/// Words that are written for mechanisms, and the mechanism.
const MISTAKEN: &[(&str, &str)] = &[
    ("ipv4", "ip4"),
    ("ip", "ip4"),
    ("ipv6", "ip6"),
    ("mx4", "mx"),
    ("includes", "include"),
    ("inculde", "include"),
    ("inlcude", "include"),
    ("incude", "include"),
    ("al", "all"),
    ("alll", "all"),
];

/// What a person types with a Japanese keyboard, or pastes from a text: full-width forms and typographic marks.
pub(super) fn in_ascii(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\t' | '\r' | '\n' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー' => '-',
        '\u{301c}' | '\u{223c}' | '\u{2dc}' => '~',
        c => c,
    };
    let quote =
        |c: char| matches!(c, '"' | '\'' | '\u{2018}'..='\u{201f}' | '\u{200b}'..='\u{200f}' | '\u{feff}');
    text.chars().filter(|c| !quote(*c)).map(plain).collect()
}

/// The record that is meant; `None` where it is fine as it is, or where the cure cannot be told.
///
/// `drop` are terms that lead nowhere, as written.
pub(super) fn repair(published: &str, drop: &[&str]) -> Option<String> {
    let text = in_ascii(published);
    let pieces = joined(text.split(' ').filter(|piece| !piece.is_empty()).skip(1));
    let dropped: BTreeSet<&str> = drop.iter().copied().collect();
    let mut seen = BTreeSet::new();
    let mut kept: Vec<String> = Vec::new();
    for piece in pieces {
        let piece = mended(&piece);
        if !dropped.contains(piece.as_str()) && seen.insert(piece.to_ascii_lowercase()) {
            kept.push(piece);
        }
    }
    let record = read(&format!("{VERSION} {}", kept.join(" ")));
    let terms = in_order(&record);
    let repaired = format!("{VERSION} {}", terms.join(" "));
    let fine = read(&repaired).wrong.is_empty();
    (fine && repaired != published).then_some(repaired)
}

/// Several records in one: the terms of each, once.
pub(super) fn merged(records: &[String]) -> Option<String> {
    let terms: Vec<&str> = records
        .iter()
        .flat_map(|record| record.split(' ').skip(1).filter(|piece| !piece.is_empty()))
        .collect();
    let joined = format!("{VERSION} {}", terms.join(" "));
    repair(&joined, &[]).or_else(|| read(&joined).wrong.is_empty().then_some(joined))
}

/// A space behind a colon splits what belongs together: `include: spf.example`.
fn joined<'a>(pieces: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for piece in pieces {
        match out.last_mut() {
            Some(last) if last.ends_with(':') => last.push_str(piece),
            _ => out.push(piece.to_owned()),
        }
    }
    out
}

/// One term as it was meant, where that can be told.
fn mended(piece: &str) -> String {
    let piece = piece.trim_end_matches([',', ';', '.']).trim_start_matches([',', ';']);
    if let Some(range) = as_range(piece) {
        return range;
    }
    let sign = piece.find(|c: char| !matches!(c, '+' | '-' | '~' | '?')).unwrap_or(0);
    let (sign, rest) = piece.split_at(sign.min(1));
    let end = rest.find([':', '=', '/']).unwrap_or(rest.len());
    let (name, value) = rest.split_at(end);
    let lower = name.to_ascii_lowercase();
    let meant =
        MISTAKEN.iter().find(|(mistaken, _)| *mistaken == lower).map_or(lower.as_str(), |(_, meant)| meant);
    let takes_colon = matches!(meant, "ip4" | "ip6" | "include" | "a" | "mx" | "exists");
    let value = match value.strip_prefix('=') {
        Some(value) if takes_colon => format!(":{value}"),
        _ => value.to_owned(),
    };
    // The wrong family of addresses.
    if let Some(range) =
        value.strip_prefix(':').filter(|_| matches!(meant, "ip4" | "ip6" | "a")).and_then(as_range)
    {
        return format!("{sign}{range}");
    }
    let redirect_with_colon = meant == "redirect" && value.starts_with(':');
    let value = if redirect_with_colon { value.replacen(':', "=", 1) } else { value };
    if meant == lower && !takes_colon && !redirect_with_colon {
        piece.to_owned()
    } else {
        format!("{sign}{meant}{value}")
    }
}

/// `ip4:` or `ip6:` before a bare address or range.
fn as_range(text: &str) -> Option<String> {
    use std::net::IpAddr;
    let address = text.split('/').next().unwrap_or(text);
    Some(match address.parse().ok()? {
        IpAddr::V4(_) => format!("ip4:{text}"),
        IpAddr::V6(_) => format!("ip6:{text}"),
    })
}

/// The terms in their order, without `ptr` and modifiers that `all` makes idle, and with one `all` at the end that lets
/// not everybody send.
fn in_order(record: &Record) -> Vec<String> {
    let is_all = |term: &Term| matches!(term.what, What::Mechanism(_, Mechanism::All));
    let has_all = record.terms.iter().any(is_all);
    let keeps = |term: &&Term| match &term.what {
        What::Mechanism(_, Mechanism::Ptr(_)) => false,
        What::Redirect(_) => !has_all,
        _ => !is_all(term),
    };
    let mut terms: Vec<String> = record.terms.iter().filter(keeps).map(|term| term.text.clone()).collect();
    if has_all || record.redirect().is_none() {
        let strict = record.terms.iter().find(|term| is_all(term)).map(|term| term.text.to_ascii_lowercase());
        terms.push(strict.filter(|all| all.starts_with(['-', '~'])).unwrap_or_else(|| "~all".to_owned()));
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Record → repaired record; `=` where nothing is to be done, `?` where the cure cannot be told.
    const TABLE: &str = "
v=spf1 mx -all | =
v=spf1 include:spf.example ~all | =
v=spf1 redirect=spf.example | =
v=spf1 mx +all | v=spf1 mx ~all
v=spf1 mx ?all | v=spf1 mx ~all
v=spf1 mx | v=spf1 mx ~all
v=spf1 ptr mx -all | v=spf1 mx -all
v=spf1 mx -all a include:spf.example | v=spf1 mx a include:spf.example -all
v=spf1 mx -all redirect=spf.example | v=spf1 mx -all
v=spf1 mx mx MX -all | v=spf1 mx -all
v=spf1 ipv4:192.0.2.1 -all | v=spf1 ip4:192.0.2.1 -all
v=spf1 ip4=192.0.2.1 -all | v=spf1 ip4:192.0.2.1 -all
v=spf1 include=spf.example -all | v=spf1 include:spf.example -all
v=spf1 include: spf.example -all | v=spf1 include:spf.example -all
v=spf1 192.0.2.0/24 -all | v=spf1 ip4:192.0.2.0/24 -all
v=spf1 ip4:2001:db8::/32 -all | v=spf1 ip6:2001:db8::/32 -all
v=spf1 a:192.0.2.1 -all | v=spf1 ip4:192.0.2.1 -all
v=spf1 mx, include:spf.example; -all | v=spf1 mx include:spf.example -all
v=spf1 ｍｘ　～ａｌｌ | v=spf1 mx ~all
v=spf1 redirect:spf.example | v=spf1 redirect=spf.example
v=spf1 mx -al | v=spf1 mx -all
v=spf1 ip4:192.0.2.999 -all | ?
v=spf1 mail.midori.example -all | ?
v=spf1 include:みどり.example -all | ?
";

    #[test]
    fn what_is_meant_is_proposed_and_nothing_else() {
        for row in TABLE.lines().filter(|line| !line.is_empty()) {
            let (record, expected) = row.split_once(" | ").unwrap();
            let found = repair(record, &[]);
            match expected {
                "=" | "?" => assert_eq!(found, None, "{row}"),
                expected => assert_eq!(found.as_deref(), Some(expected), "{row}"),
            }
        }
    }

    #[test]
    fn records_are_joined_and_dead_terms_fall_out() {
        let records =
            ["v=spf1 mx include:a.example ~all".to_owned(), "v=spf1 include:b.example mx -all".to_owned()];
        assert_eq!(merged(&records).as_deref(), Some("v=spf1 mx include:a.example include:b.example ~all"));
        assert_eq!(
            repair("v=spf1 a:old.example mx -all", &["a:old.example"]).as_deref(),
            Some("v=spf1 mx -all")
        );
    }
}
