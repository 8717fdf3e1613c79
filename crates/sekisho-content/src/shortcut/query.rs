//! Queries that Excel runs when they are opened: `.iqy` (a web page becomes cells, formulas included), `.dqy`, `.oqy` and
//! `.rqy` (a database), `.odc` (either, described in a page).

use super::address;
use crate::command::{self, Distance, Evidence, Weight};
use crate::open::Look;
use crate::{Danger, Deed, DeedKind, Unread};

/// Lines looked at; queries have a dozen.
const LINES_MAX: usize = 4096;

/// Where the data comes from.
pub(super) fn query(text: &str, look: &mut Look<'_>) -> Result<Option<Deed>, Unread> {
    let mut found = Evidence::default();
    let mut danger = Danger::Harmless;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES_MAX);
    for line in lines {
        let lower = line.to_ascii_lowercase();
        let address =
            ["http:", "https:", "ftp:", "file:", "\\\\"].iter().any(|start| lower.starts_with(start));
        if address {
            danger = danger.max(address::danger(line, &mut found, look.budget)?).max(Danger::Active);
            if is_bare_address(&lower)
                || command::is_started(&command::file_extension(
                    lower.split(['?', '#']).next().unwrap_or_default(),
                ))
            {
                found.add("a program or a bare address as source", Weight::Heavy);
                danger = Danger::Dangerous;
            }
        } else if lower.contains("driver=")
            || lower.contains("provider=")
            || lower.contains("dsn=")
            || lower.contains("source=")
        {
            found.show(&without_secrets(line));
            let remote = line.split([';', '=']).map(command::is_remote).max().unwrap_or(Distance::Here);
            danger = danger.max(match remote {
                Distance::Web => Danger::Dangerous,
                _ => Danger::Active,
            });
        }
        let starts = ["cmd|", "msexcel|", "mshta", "powershell"].iter().any(|word| lower.contains(word));
        if starts {
            command::examine(line, &mut found, look.budget)?;
            found.add("DDE", Weight::Heavy);
            danger = Danger::Dangerous;
        }
    }
    Ok((found != Evidence::default()).then(|| found.deed(DeedKind::ExternalObject, danger, "")))
}

/// An address of digits outside private networks instead of a name.
fn is_bare_address(address: &str) -> bool {
    let host =
        address.split("//").nth(1).and_then(|rest| rest.split(['/', ':', '?']).next()).unwrap_or_default();
    command::is_remote(&format!("\\\\{host}\\x")) == Distance::Web
}

/// Connections name their passwords; nobody needs to read them.
fn without_secrets(line: &str) -> String {
    let secret = |part: &&str| {
        !part.trim().to_ascii_lowercase().starts_with("pwd")
            && !part.trim().to_ascii_lowercase().starts_with("password")
    };
    line.split(';').filter(secret).collect::<Vec<_>>().join(";")
}
