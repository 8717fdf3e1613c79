//! Zones → pages in both languages and lines of JSON, as committed in `tests/golden/`.
//!
//! `UPDATE_DOCS=1 cargo test -p sekisho --bin sekisho check_domain` renews them, so that a change of words is seen in review.

use std::fs;
use std::path::Path;

use clap::Parser;
use sekisho_sender::Zone;
use sekisho_sender::health::{self, Domain, Health, Wish};

use super::*;
use crate::flags::{Command, Flags};

/// An office with what offices have: an include too many, a typing error, a short key, a policy that only watches.
const OFFICE: &str = "
midori.example NS ns1.midori.example
midori.example NS ns2.midori.example
ns1.midori.example A 192.0.2.53
ns2.midori.example A 192.0.2.54
midori.example A 192.0.2.80
midori.example MX 10 mail.midori.example
mail.midori.example A 192.0.2.25
midori.example TXT v=spf1 mx ipv4:192.0.2.99 include:spf.news.example include:spf.gone.example ~all
spf.news.example TXT v=spf1 include:a.news.example include:b.news.example -all
a.news.example TXT v=spf1 a:h1.news.example a:h2.news.example a:h3.news.example a:h4.news.example -all
b.news.example TXT v=spf1 a:h1.news.example a:h2.news.example a:h3.news.example a:h4.news.example -all
h1.news.example A 192.0.2.1
h2.news.example A 192.0.2.2
h3.news.example A 192.0.2.3
h4.news.example A 192.0.2.4
selector1._domainkey.midori.example TXT v=DKIM1; t=y; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDFEwvNJHIFuO5I6eEmkSCAMIB3UBzuQBVP7aC79UmHuJMDHmJcIrqzOdBzCsDHbYbYl5ty+DyYA5KDV7R0XlAlA2djgO/3FyahG0h4z4NSXOr0kV4d1zKlFXH0U9uVzRvFfWRGLcgi7x5x6GtkB6PyxHLGLFC81qTHMbVqzPmZ9wIDAQAB
_dmarc.midori.example TXT v=DMARC1; p=none; pct=50; rua=mailto:midori@reports.example
reports.example MX 10 mail.midori.example
_mta-sts.midori.example TXT v=STSv1; id=20260401
mta-sts.midori.example A 192.0.2.80
";

/// A domain in Japanese letters that was registered and never used.
const UNUSED: &str = "
xn--p9j0b8a.example NS ns1.midori.example
xn--p9j0b8a.example NS ns2.midori.example
ns1.midori.example A 192.0.2.53
ns2.midori.example A 192.0.2.54
";

/// Everything as it should be.
const DONE: &str = "
midori.example NS ns1.midori.example
midori.example NS ns2.midori.example
ns1.midori.example A 192.0.2.53
ns2.midori.example A 192.0.2.54
midori.example MX 10 mail.midori.example
mail.midori.example A 192.0.2.25
midori.example TXT v=spf1 mx -all
default._domainkey.midori.example TXT v=DKIM1; k=ed25519; p=BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=
_dmarc.midori.example TXT v=DMARC1; p=reject; rua=mailto:dmarc@midori.example
";

fn zone(text: &str) -> Zone {
    let mut zone = Zone::default();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.splitn(3, ' ').collect();
        let [name, kind, value] = words[..] else { panic!("{line}") };
        match kind {
            "NS" => drop(zone.add_ns(name, value)),
            "A" => drop(zone.add_address(name, value.parse().unwrap())),
            "CNAME" => drop(zone.add_cname(name, value)),
            "TXT" => drop(zone.add_txt(name, value)),
            "MX" => {
                let (preference, exchange) = value.split_once(' ').unwrap();
                zone.add_mx(name, preference.parse().unwrap(), exchange);
            }
            other => panic!("{other}: {line}"),
        }
    }
    zone
}

fn health(zone_text: &str, domain: &str) -> Health {
    health::check(&zone(zone_text), &Domain::parse(domain).unwrap(), &Wish::default())
}

/// A line that has something of everything, for the test of the documentation.
pub fn line_with_everything() -> String {
    line::of(&health(OFFICE, "midori.example"))
}

fn setup(arguments: &[&str]) -> Setup {
    let all = ["sekisho", "--home", "no-such-home"].iter().chain(arguments);
    Setup::of(&Flags::parse_from(all))
}

fn flags(arguments: &[&str]) -> CheckDomain {
    let all = ["sekisho", "check-domain"].iter().chain(arguments);
    match Flags::parse_from(all).command {
        Command::CheckDomain(check) => check,
        other => panic!("{other:?}"),
    }
}

#[test]
fn golden_pages_in_both_languages() {
    for lang in ["ja", "en"] {
        let setup = setup(&["--lang", lang, "check-domain", "midori.example"]);
        let mut out = String::new();
        let mut summaries = Vec::new();
        for (zone, domain) in [
            (OFFICE, "midori.example"),
            (UNUSED, "みどり.example"),
            (DONE, "midori.example"),
            (DONE, "gone.example"),
        ] {
            let health = health(zone, domain);
            out.push_str(&page::of(&health, &setup, page::Detail::Full));
            summaries.push((page::summary(&health, &setup), health.worst()));
        }
        out.push_str(&page::end(&summaries, &setup));
        compare(&format!("check-domain.{lang}.txt"), &out);
    }
}

#[test]
fn golden_line_of_json() {
    let value: serde_json::Value = serde_json::from_str(&line_with_everything()).unwrap();
    compare("check-domain.json", &format!("{}\n", serde_json::to_string_pretty(&value).unwrap()));
}

#[test]
fn quiet_shows_only_what_needs_attention() {
    let setup = setup(&["--quiet", "--lang", "en", "check-domain", "midori.example"]);
    let shown = page::of(&health(OFFICE, "midori.example"), &setup, page::Detail::Full);
    assert!(
        shown.contains("ipv4:192.0.2.99") && !shown.contains("  pass   ") && !shown.contains("  note   "),
        "{shown}"
    );
}

#[test]
fn exit_status_says_how_it_stands() {
    let setup = setup(&["--quiet", "check-domain", "x"]);
    let selector = ["--selector", "default"];
    for (zone_text, domains, more, expected) in [
        (OFFICE, &["midori.example"][..], &[][..], EXIT_MEND),
        (UNUSED, &["みどり.example"], &[], EXIT_MEND),
        (DONE, &["gone.example"], &[], EXIT_MEND),
        (DONE, &["co.jp"], &[], EXIT_UNKNOWN),
        (OFFICE, &["midori.example", "sato@midori.example"], &[], EXIT_UNKNOWN),
        (DONE, &["midori.example"], &selector, EXIT_MEND),
    ] {
        let arguments: Vec<&str> = domains.iter().chain(more).copied().collect();
        let flags = flags(&arguments);
        let typed = domains::typed(&flags, &setup).unwrap();
        assert_eq!(with_dns(&zone(zone_text), &flags, &setup, &typed), expected, "{arguments:?}");
    }
}

#[test]
fn domains_are_taken_once_and_in_order() {
    let setup = setup(&["check-domain", "x"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("domains.txt");
    fs::write(&file, "\u{feff}b.example # the old one\r\n\r\n# a remark\r\nA.example.\r\nmidori\r\n")
        .unwrap();
    let file = file.to_str().unwrap();
    let typed = domains::typed(&flags(&["a.example", "--from", file]), &setup).unwrap();
    let shown: Vec<String> = typed
        .iter()
        .map(|one| {
            one.domain
                .as_ref()
                .map_or_else(|why| format!("{}: {why:?}", one.text), |domain| domain.ascii().to_owned())
        })
        .collect();
    assert_eq!(shown, ["a.example", "b.example", "midori: OneLabel"]);
    assert!(
        domains::typed(&flags(&["--from", "nowhere"]), &setup)
            .is_err_and(|error| error.starts_with("nowhere: "))
    );
    assert!(
        domains::typed(&flags(&[]), &setup).is_err_and(|error| error.contains("check-domain midori.example"))
    );
}

#[test]
fn selectors_are_found_in_past_mail() {
    let setup = setup(&["check-domain", "x"]);
    let folder = tempfile::tempdir().unwrap();
    for (number, signer) in
        ["d=midori.example; s=a8f3", "d=other.example; s=b", "d=midori.example; s=old"].iter().enumerate()
    {
        let mail = format!(
            "From: sato@midori.example\r\nDKIM-Signature: v=1; {signer}; b=x\r\nSubject: x\r\n\r\nDKIM-Signature: d=midori.example; s=body\r\n"
        );
        fs::write(folder.path().join(format!("{number}.eml")), mail).unwrap();
    }
    let flags = flags(&["midori.example", "--mail", folder.path().to_str().unwrap()]);
    let typed = domains::typed(&flags, &setup).unwrap();
    let signed = past_mail::signed(&flags, &setup, &typed);
    let names: Vec<String> = signed.selectors("midori.example").into_keys().collect();
    assert_eq!(names, ["a8f3", "old"]);
    assert!(signed.selectors("other.example").is_empty() && !signed.has_problems);
}

fn compare(name: &str, seen: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, seen).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    let line = committed.lines().zip(seen.lines()).position(|(a, b)| a != b);
    assert!(
        committed == seen,
        "{name} differs (first at line {line:?}); renew it with: UPDATE_DOCS=1 cargo test -p sekisho --bin sekisho check_domain\n{seen}"
    );
}
