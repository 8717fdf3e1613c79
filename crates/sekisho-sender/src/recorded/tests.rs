//! Header blocks (`blocks.txt`) → identity and claims, which stand beside each case, and every result, which stands in
//! `blocks.read.txt` (`UPDATE_GOLDEN=1` renews it).

use std::fmt::Write;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use sekisho_mail::{Limits, read};

use super::*;

struct Case {
    name: String,
    expected: String,
    trust: Trust,
    mail: String,
}

fn trust(ids: &str, hosts: &str) -> Trust {
    let names = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    Trust { authserv_ids: names(ids), border_hosts: names(hosts), ..Trust::default() }.normalised()
}

fn cases() -> Vec<Case> {
    let text = include_str!("blocks.txt");
    let blocks = text.split("\n== ").skip(1);
    blocks.map(case).collect()
}

fn case(block: &str) -> Case {
    let mut lines = block.lines();
    let (name, expected) = lines.next().unwrap_or_default().rsplit_once(": ").unwrap();
    let (mut ids, mut hosts, mut from) = ("mx.midori.example", "", "info@kawa.example");
    let mut mail = String::new();
    for line in lines.filter(|line| !line.is_empty()) {
        let (word, value) = line.split_once(' ').unwrap_or((line, ""));
        let value = value.replace("\\n", "\r\n");
        match word {
            "ids" => ids = line.strip_prefix("ids").unwrap(),
            "hosts" => hosts = line.strip_prefix("hosts").unwrap(),
            "F" => from = line.strip_prefix("F ").unwrap(),
            "R" => {
                let words: Vec<&str> = value.split(' ').collect();
                let [by, "<", name, address] = words.as_slice() else { panic!("{line}") };
                let date = "Thu, 26 Nov 2026 10:00:00 +0900";
                write!(
                    mail,
                    "Received: from {name} ({name} [{address}])\r\n\tby {by} (Postfix) with ESMTP id 1; {date}\r\n"
                )
                .unwrap();
            }
            "r" => write!(mail, "Received: {value}\r\n").unwrap(),
            "A" => write!(mail, "Authentication-Results: {value}\r\n").unwrap(),
            "S" => write!(mail, "Received-SPF: {value}\r\n").unwrap(),
            "D" => mail.push_str("DKIM-Signature: v=1; d=kawa.example; s=a; b=\r\n"),
            _ => panic!("{line}"),
        }
    }
    write!(mail, "From: {from}\r\nSubject: x\r\n\r\nx\r\n").unwrap();
    Case { name: name.to_owned(), expected: expected.to_owned(), trust: trust(ids, hosts), mail }
}

fn shown(recorded: &Recorded) -> String {
    let sender = &recorded.sender;
    let mut out = String::new();
    let one = |name: &str, fact: &Fact<AuthResult>| match fact {
        Fact::Known(result) => {
            let notes: Vec<String> = result.notes.iter().map(|note| format!(" {note:?}")).collect();
            format!("  {name} {:?} {} by {}{}\n", result.known, result.domain, result.by, notes.concat())
        }
        Fact::Unknown { .. } => format!("  {name} ?\n"),
    };
    out += &one("dmarc", &sender.dmarc);
    for fact in &sender.dkim {
        out += &one("dkim", fact);
    }
    out += &one("spf", &sender.spf);
    if sender.arc.known().is_some() {
        out += &one("arc", &sender.arc);
    }
    if let Some(name) = sender.reverse.known() {
        writeln!(out, "  reverse {name}").unwrap();
    }
    for (word, list) in [("claim", &recorded.claims), ("unsettled", &recorded.unsettled)] {
        for claim in list {
            writeln!(out, "  {word} {} {}", claim.id, claim.passes.join(" ")).unwrap();
        }
    }
    out
}

#[test]
fn every_block_is_read_as_written() {
    let cases = cases();
    assert!(cases.len() >= 60, "{}", cases.len());
    let mut all = String::new();
    let mut wrong = String::new();
    for case in cases {
        let message = read(case.mail.as_bytes(), &Limits::default());
        let found = recorded(&message, &case.trust);
        let identity = serde_json::to_value(found.sender.identity).unwrap();
        let (claims, unsettled) = (found.claims.len(), found.unsettled.len());
        let summary = format!("{}, {claims}, {unsettled}", identity.as_str().unwrap());
        if summary != case.expected {
            write!(wrong, "{}: {summary}\n{}\n{}\n", case.name, case.mail, shown(&found)).unwrap();
        }
        writeln!(all, "== {}: {summary}\n{}", case.name, shown(&found).trim_end()).unwrap();
    }
    let path = format!("{}/src/recorded/blocks.read.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &all).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert!(wrong.is_empty(), "{wrong}");
    for (found, expected) in all.split("== ").zip(expected.split("== ")) {
        assert_eq!(found, expected, "UPDATE_GOLDEN=1 cargo test -p sekisho-sender recorded renews {path}");
    }
}

#[test]
fn fields_that_a_gateway_deletes() {
    let trust = trust("mx.midori.example 受付.example", "");
    for value in [
        "mx.midori.example; none",
        "MX.MIDORI.EXAMPLE.; dmarc=pass",
        "  \"mx.midori.example\" 1; dmarc=pass",
        "(x)\r\n\tmx.midori.example (y); dmarc=pass",
        "mx.midori.example dmarc=pass",
        "mx.midori.example 99; dmarc=pass",
        "=?utf-8?q?mx.midori.example?=; dmarc=pass",
        "=?utf-8?b?bXgubWlkb3JpLmV4YW1wbGU=?=; dmarc=pass",
        "evil.example (mx.midori.example); dmarc=pass",
        "mx。midori。example; dmarc=pass",
        "受付.example; dmarc=pass",
        "xn--bnqq5j.example; dmarc=pass",
        "\"mx.midori\\.example\"; dmarc=pass",
        "mx.midori.example",
    ] {
        assert!(is_forged_claim("Authentication-Results", value.as_bytes(), &trust), "{value}");
        assert!(is_forged_claim("AUTHENTICATION-RESULTS ", value.as_bytes(), &trust), "{value}");
        assert!(!is_forged_claim("X-Authentication-Results", value.as_bytes(), &trust), "{value}");
    }
    for value in [
        "mx.kawa.example; dmarc=pass header.from=midori.example",
        "mx.kawa.example; spf=pass smtp.helo=mx.midori.example",
        "mx.midori.example.kawa.example; dmarc=pass",
        "dkim=pass header.d=midori.example",
        "midori.example; dkim=pass",
        "",
    ] {
        assert!(!is_forged_claim("Authentication-Results", value.as_bytes(), &trust), "{value}");
    }
    assert!(!is_forged_claim("Authentication-Results", b"; none", &Trust::default()));
}

#[test]
fn thousands_of_fields_are_read_in_bounded_time() {
    let trust = trust("mx.midori.example", "mx.midori.example");
    let mut mail = String::from("From: info@kawa.example\r\n");
    for _ in 0..5_000 {
        mail.push_str(
            "Authentication-Results: mx.midori.example; dkim=pass header.d=kawa.example; dmarc=pass\r\n",
        );
        mail.push_str(
            "Received: from a (b [203.0.113.1]) by mx.midori.example; Thu, 26 Nov 2026 10:00:00 +0900\r\n",
        );
    }
    let message = read(mail.as_bytes(), &Limits::default());
    let started = Instant::now();
    let found = recorded(&message, &trust);
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    assert!(found.claims.len() + found.unsettled.len() <= 2 * CLAIMS_MAX);
}

proptest! {
    #[test]
    fn any_block_is_read(fields in proptest::collection::vec(
        r#"(Received: |Authentication-Results: |Received-SPF: )((from|by|with|mx\.midori\.example|\[10\.0\.0\.1\]|dkim=pass|dmarc=pass|spf=fail|header\.d=kawa\.example|receiver=)|[;=()"< é]){0,20}"#,
        0..12,
    )) {
        let mail = format!("{}\r\nFrom: info@kawa.example\r\n\r\n", fields.join("\r\n"));
        let message = read(mail.as_bytes(), &Limits::default());
        recorded(&message, &trust("mx.midori.example", ""));
        recorded(&message, &trust("mx.midori.example", "mx.midori.example 10.0.0.0/8"));
    }
}
