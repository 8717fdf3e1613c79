//! An address book in LDIF (RFC 2849), as Thunderbird and directories export it → entries.

use data_encoding::BASE64;

use super::book::Entry;
use super::charset;

/// Whether a text is one: records that begin with `dn:` or `version:`.
pub fn is_one(text: &str) -> bool {
    let first = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .unwrap_or_default();
    let first = first.trim_start_matches('\u{feff}').to_ascii_lowercase();
    first.starts_with("dn:") || first.starts_with("version:")
}

/// Reads its records.
pub fn read(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut entry = Entry::default();
    for line in unfolded(text) {
        if line.trim().is_empty() {
            entries.push(std::mem::take(&mut entry));
            continue;
        }
        let Some((name, value)) = attribute(&line) else { continue };
        match name.as_str() {
            "cn" | "displayname" if entry.shown.is_empty() => entry.shown = value,
            "sn" | "surname" => entry.family = value,
            "givenname" => entry.given = value,
            "o" | "company" | "organizationname" => entry.organisation = value,
            "mail" | "mozillasecondemail" | "rfc822mailbox" | "othermailbox" => entry.add_addresses(&value),
            "proxyaddresses" => {
                entry.add_addresses(value.trim_start_matches("SMTP:").trim_start_matches("smtp:"))
            }
            _ => {}
        }
    }
    entries.push(entry);
    entries
}

/// Lines, those that go on behind a space joined; comments left out.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix(' '), lines.last_mut()) {
            (Some(rest), Some(last)) if !last.is_empty() => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines.retain(|line| !line.starts_with('#'));
    lines
}

/// `name: value`, `name;lang-ja: value`, `name:: base64`.
fn attribute(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    let name = name.split(';').next()?.trim().to_ascii_lowercase();
    let value = match value.strip_prefix(':') {
        Some(coded) => charset::text(&BASE64.decode(coded.trim().as_bytes()).ok()?),
        None => value.trim().to_owned(),
    };
    Some((name, value))
}
