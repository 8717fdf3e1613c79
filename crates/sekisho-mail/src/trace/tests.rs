//! Fields as hosts and strangers write them → what was read of them. `golden_*.txt` holds the fields (`== name`, then the
//! value in one line); what is read of each stands in `golden_*.read.txt`, which `UPDATE_GOLDEN=1` renews.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;

/// The cases of a file: name and value.
fn cases(text: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut lines = text.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let name = line.strip_prefix("== ").unwrap_or_else(|| panic!("not a heading: {line}"));
        found.push((name, lines.next().unwrap_or_default()));
    }
    found
}

/// Compares what is read of every case with what is written down.
fn check(name: &str, text: &'static str, cases_min: usize, shown: impl Fn(&[u8]) -> String) {
    let cases = cases(text);
    assert!(cases.len() >= cases_min, "{name}: {} cases", cases.len());
    let mut all = String::new();
    for (title, value) in cases {
        writeln!(all, "== {title}\n{}", shown(value.as_bytes()).trim_end()).unwrap();
    }
    let path = format!("{}/src/trace/golden_{name}.read.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &all).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    for (found, expected) in all.split("== ").zip(expected.split("== ")) {
        assert_eq!(found, expected, "UPDATE_GOLDEN=1 cargo test -p sekisho-mail trace renews {path}");
    }
    assert_eq!(all.len(), expected.len());
}

#[test]
fn authentication_results() {
    check("results", include_str!("golden_results.txt"), 40, |raw| {
        let field = AuthenticationResults::parse(raw);
        let mut out = match (&field.id, &field.version) {
            (None, _) => "no id".to_owned(),
            (Some(id), None) => format!("id {id}"),
            (Some(id), Some(version)) => format!("id {id}, version {version}"),
        };
        writeln!(out, " {:?}", field.id_readings).unwrap();
        for result in &field.results {
            write!(out, "  {} {:?}", result.method.name(), result.result).unwrap();
            for property in &result.properties {
                write!(out, " {}.{}=<{}>", property.ptype, property.name, property.value).unwrap();
            }
            for comment in &result.comments {
                write!(out, " ({comment})").unwrap();
            }
            if !result.reason.is_empty() {
                write!(out, " reason <{}>", result.reason).unwrap();
            }
            out.push('\n');
        }
        out
    });
}

#[test]
fn received() {
    check("received", include_str!("golden_received.txt"), 30, |raw| {
        let field = Received::parse(raw);
        let mut out = String::from("  ");
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                write!(out, "{name} <{value}> ").unwrap();
            }
        };
        add("from", field.from.then(String::new));
        add("helo", field.helo);
        add("name", field.client_name);
        add("address", field.client.map(|address| address.to_string()));
        add("by", field.by);
        add("at", field.by_address.map(|address| address.to_string()));
        add("with", field.with);
        add("for", field.recipient);
        add("on", field.date.map(|date| date.rfc3339()));
        out
    });
}

#[test]
fn received_spf() {
    check("received_spf", include_str!("golden_received_spf.txt"), 12, |raw| {
        let field = ReceivedSpf::parse(raw);
        format!(
            "  {:?} receiver {:?} identity {:?} from {:?} helo {:?} client {:?} comment about {:?}",
            field.result,
            field.receiver,
            field.identity,
            field.envelope_from,
            field.helo,
            field.client,
            field.comment_domain,
        )
    });
}

#[test]
fn comment_values() {
    let read = |raw: &str, name: &str| {
        let field = AuthenticationResults::parse(raw.as_bytes());
        field.results.first().and_then(|result| result.comment_value(name))
    };
    assert_eq!(read("x; dmarc=pass (p=REJECT sp=NONE dis=none)", "p").as_deref(), Some("reject"));
    assert_eq!(read("x; dmarc=pass (p=NONE,sp=NONE,pct=100)", "sp").as_deref(), Some("none"));
    assert_eq!(read("x; dmarc=pass (policy=quarantine)", "policy").as_deref(), Some("quarantine"));
    assert_eq!(read("x; dmarc=pass (sp=none)", "p"), None);
}

#[test]
fn a_field_cut_inside_a_quote_ends_there() {
    let long = format!(
        "x; dkim=fail reason=\"{}\"; dmarc=fail",
        "; dmarc=pass header.from=bank.example ".repeat(900)
    );
    let field = AuthenticationResults::parse(long.as_bytes());
    assert_eq!(field.results.len(), 1);
    let long = format!("x; dkim=fail ({}); dmarc=fail", "; dmarc=pass header.from=bank.example ".repeat(900));
    assert_eq!(AuthenticationResults::parse(long.as_bytes()).results.len(), 1);
}

#[test]
fn long_fields_are_read_in_bounded_time() {
    let started = std::time::Instant::now();
    for unit in [
        "(", ")", "\"", "a(", "a(b)", "a\"", "\\", ";", "x=y;", "a=(", "=", "\"a\"@", "(\"", "(\"a\"@b",
        "from ", "é(",
    ] {
        let long = unit.repeat(200_000 / unit.len());
        AuthenticationResults::parse(long.as_bytes());
        Received::parse(long.as_bytes());
        ReceivedSpf::parse(long.as_bytes());
    }
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn any_bytes_are_read(raw in proptest::collection::vec(any::<u8>(), 0..400)) {
        AuthenticationResults::parse(&raw);
        Received::parse(&raw);
        ReceivedSpf::parse(&raw);
    }

    #[test]
    fn anything_like_a_field_is_read(raw in r#"([a-z.]{1,8}|[=;()"\\ @\[\]<>:,%é]|from|by|helo|HELO|dkim=pass|1\.2\.3\.4){0,60}"#) {
        AuthenticationResults::parse(raw.as_bytes());
        Received::parse(raw.as_bytes());
        ReceivedSpf::parse(raw.as_bytes());
    }
}
