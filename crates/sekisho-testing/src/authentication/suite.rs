//! The YAML of the SPF suites → scenarios: tests and the zone that they ask.
//!
//! Only what those files use is read: blocks by indentation, entries of lists, plain and quoted texts, lists in brackets.

use std::collections::BTreeMap;

/// A zone and the tests in it.
#[derive(Debug, Default)]
pub(super) struct Scenario {
    /// Name and keys of each test, in order.
    pub tests: Vec<(String, BTreeMap<String, Vec<String>>)>,
    /// Records by name in lower case: type and texts.
    pub zone: BTreeMap<String, Vec<(String, Vec<String>)>>,
}

/// Reads a suite. Texts are Latin-1 in memory: `\x80` is one character.
pub(super) fn read(text: &str) -> Vec<Scenario> {
    text.split("\n---\n").map(scenario).filter(|scenario| !scenario.tests.is_empty()).collect()
}

fn scenario(text: &str) -> Scenario {
    let mut scenario = Scenario::default();
    let mut section = String::new();
    for (indent, line) in logical_lines(text) {
        match (indent, section.as_str()) {
            (0, _) => section = line.trim_end_matches(':').to_owned(),
            (2, "tests") => scenario.tests.push((line.trim_end_matches(':').to_owned(), BTreeMap::new())),
            (4, "tests") => {
                if let (Some((key, value)), Some((_, keys))) =
                    (line.split_once(':'), scenario.tests.last_mut())
                {
                    keys.insert(key.to_owned(), texts(value.trim()));
                }
            }
            (2, "zonedata") => {
                let name = line.trim_end_matches(':').trim_matches('"').to_lowercase();
                scenario.zone.entry(name.clone()).or_default();
                section = format!("zonedata {name}");
            }
            (2, other) if other.starts_with("zonedata ") => {
                let name = line.trim_end_matches(':').trim_matches('"').to_lowercase();
                section = format!("zonedata {name}");
                scenario.zone.entry(name).or_default();
            }
            (_, other) => {
                let Some(name) = other.strip_prefix("zonedata ") else { continue };
                let entry = line.trim_start_matches("- ");
                let (kind, value) = entry.split_once(':').unwrap_or((entry, ""));
                let records = scenario.zone.entry(name.to_owned()).or_default();
                records.push((kind.trim().to_owned(), texts(value.trim())));
            }
        }
    }
    scenario
}

/// Lines with their indentation; what is indented deeper than its entry continues it, or is the text of a description.
fn logical_lines(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for line in text.lines() {
        let body = line.trim_start_matches(' ');
        let indent = line.len() - body.len();
        if body.is_empty() || body.starts_with('#') || body.starts_with("---") || body.starts_with("...") {
            continue;
        }
        match lines.last_mut() {
            Some((_, last)) if indent > 4 => {
                last.push(' ');
                last.push_str(body.trim_end());
            }
            _ => lines.push((indent, body.trim_end().to_owned())),
        }
    }
    lines
}

/// A value as its texts: one, or those of a list in brackets.
fn texts(value: &str) -> Vec<String> {
    match value.strip_prefix('[').and_then(|inner| inner.trim_end().strip_suffix(']')) {
        Some(inner) => split(inner).iter().map(|item| scalar(item.trim())).collect(),
        None => vec![scalar(value)],
    }
}

/// Splits at commas outside quotes.
fn split(inner: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut quote = None;
    for c in inner.chars() {
        match (c, quote) {
            (',', None) => items.push(String::new()),
            _ => {
                if quote == Some(c) {
                    quote = None;
                } else if quote.is_none() && (c == '"' || c == '\'') {
                    quote = Some(c);
                }
                if let Some(item) = items.last_mut() {
                    item.push(c);
                }
            }
        }
    }
    if items == [""] || items.iter().all(|item| item.trim().is_empty()) { Vec::new() } else { items }
}

fn scalar(text: &str) -> String {
    if let Some(inner) = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return inner.replace("''", "'");
    }
    let Some(inner) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return text.to_owned();
    };
    let mut out = String::new();
    let mut rest = inner.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match rest.next() {
            Some('x') => {
                let digits: String = rest.by_ref().take(2).collect();
                out.push(u8::from_str_radix(&digits, 16).map_or('?', char::from));
            }
            Some('0') => out.push('\0'),
            Some('n') => out.push('\n'),
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_scenario_is_read() {
        let text = "# x\n---\ndescription: d\ntests:\n  one:\n    description: >-\n      folded\n      text\n    host: 1.2.3.4\n    result: [fail, none]\nzonedata:\n  A.example:\n    - SPF: \"v=spf1 \\x80\"\n    - MX: [10, b.example]\n    - TIMEOUT\n";
        let found = super::read(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].tests[0].1["result"], ["fail", "none"]);
        let records = &found[0].zone["a.example"];
        assert_eq!(records[0], ("SPF".to_owned(), vec!["v=spf1 \u{80}".to_owned()]));
        assert_eq!(records[1].1, ["10", "b.example"]);
        assert_eq!(records[2].0, "TIMEOUT");
    }
}
