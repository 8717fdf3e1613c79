//! Where a page takes its reader by itself, and what it loads from elsewhere.

use super::constants::{Base64, strings};
use super::gather::Page;
use crate::javascript::{functions, joined, live};
use crate::open::{Deeds, Done};
use crate::{Danger, DeedKind, Kind};

/// A page with fewer letters shows nothing: it only leads on.
const SHOWN_MIN: usize = 300;

/// A refresh that comes later than this is there to show news.
const REFRESH_SECONDS_MAX: u32 = 30;

/// Bytes of scripts searched for a place to go to: a page that only leads on is small.
const SCRIPT_BYTES_MAX: usize = 512 * 1024;

/// Adds what the page follows or loads.
pub(super) fn look(page: &Page, kind: Kind, deeds: &mut Deeds) {
    let is_empty = page.shown < SHOWN_MIN;
    for (delay, target) in page.refreshes.iter().filter(|(_, target)| is_elsewhere(target)) {
        let danger =
            danger_of(target, if *delay <= REFRESH_SECONDS_MAX { Danger::Active } else { Danger::Harmless });
        link(deeds, danger, "meta refresh", target);
    }
    for target in followed(page) {
        let danger = danger_of(&target, if is_empty { Danger::Active } else { Danger::Harmless });
        link(deeds, danger, "location", &target);
    }
    if is_empty {
        for source in page.sources.iter().filter(|source| is_elsewhere(source)) {
            let danger = if is_library(source) { Danger::Harmless } else { Danger::Active };
            object(deeds, danger, "script", source);
        }
    }
    for (element, target) in page.frames.iter().filter(|(_, target)| is_elsewhere(target)) {
        let danger = danger_of(target, if is_empty { Danger::Active } else { Danger::Harmless });
        object(deeds, danger, element, target);
    }
    for (element, target) in &page.loaded {
        if is_share(target) {
            object(deeds, Danger::Dangerous, element, target);
        } else if kind == Kind::Svg && is_elsewhere(target) {
            // A picture from elsewhere is what mails have, too; a piece of a drawing brings what it likes.
            let danger = if element == "use" { Danger::Active } else { Danger::Harmless };
            object(deeds, danger, element, target);
        }
    }
    if kind == Kind::Svg {
        for target in page.links.iter().filter(|target| is_elsewhere(target)) {
            deeds.add(
                DeedKind::Link,
                Danger::Harmless,
                "",
                Done { links: vec![target.clone()], ..Done::default() },
            );
        }
        for element in &page.foreign {
            deeds.add(
                DeedKind::Script,
                Danger::Active,
                "foreignObject",
                Done { does: vec![element.clone()], ..Done::default() },
            );
        }
    }
}

/// Whether an address leads away from the file.
pub(super) fn is_elsewhere(target: &str) -> bool {
    let lower: String = target.chars().take(12).flat_map(char::to_lowercase).collect();
    let schemes = ["http:", "https:", "//", "ftp:", "ms-", "search-ms:", "search:", "data:text"];
    schemes.iter().any(|scheme| lower.starts_with(scheme)) || is_share(target)
}

/// Whether an address is a share of another computer: loading it tells who asks.
fn is_share(target: &str) -> bool {
    let lower = target.get(..target.len().min(200)).unwrap_or(target).to_ascii_lowercase().replace('\\', "/");
    let is_host = |rest: &str| {
        let host = rest.split(['/', '@']).next().unwrap_or_default();
        !host.is_empty()
            && host != "localhost"
            && !host.contains([':', '|'])
            && host.contains(|c: char| c.is_alphanumeric())
    };
    if let Some(rest) = lower.strip_prefix("file:") {
        return rest
            .strip_prefix("////")
            .or(rest.strip_prefix("//").filter(|rest| !rest.starts_with('/')))
            .is_some_and(is_host);
    }
    target.starts_with("\\\\") && lower.strip_prefix("//").is_some_and(is_host)
}

/// Hosts that reports and charts fetch well-known libraries from.
const LIBRARIES: &[&str] = &[
    "cdn.jsdelivr.net/npm/",
    "cdnjs.cloudflare.com/ajax/libs/",
    "ajax.googleapis.com/ajax/libs/",
    "code.jquery.com/",
    "unpkg.com/",
    "cdn.plot.ly/",
    "cdn.bokeh.org/",
    "static.bokeh.org/",
    "cdn.datatables.net/",
    "maxcdn.bootstrapcdn.com/",
    "stackpath.bootstrapcdn.com/",
    "netdna.bootstrapcdn.com/",
    "www.gstatic.com/charts/",
    "www.google-analytics.com/",
    "www.googletagmanager.com/",
    "d3js.org/",
];

fn is_library(source: &str) -> bool {
    let place = source.trim_start_matches("https:").trim_start_matches("http:").trim_start_matches('/');
    LIBRARIES.iter().any(|library| place.starts_with(library))
}

fn danger_of(target: &str, or: Danger) -> Danger {
    let lower: String = target.chars().take(12).flat_map(char::to_lowercase).collect();
    let runs = ["ms-msdt:", "ms-officecm", "search-ms:", "search:", "ms-appinsta"];
    if is_share(target) || runs.iter().any(|scheme| lower.starts_with(scheme)) {
        Danger::Dangerous
    } else {
        or
    }
}

fn link(deeds: &mut Deeds, danger: Danger, how: &str, target: &str) {
    let done = Done {
        starts: vec!["page shown".to_owned()],
        does: vec![how.to_owned()],
        links: vec![target.to_owned()],
        ..Done::default()
    };
    deeds.add(DeedKind::Link, danger, "", done);
}

fn object(deeds: &mut Deeds, danger: Danger, element: &str, target: &str) {
    let done = Done { does: vec![element.to_owned()], links: vec![target.to_owned()], ..Done::default() };
    deeds.add(DeedKind::ExternalObject, danger, "", done);
}

/// Calls and values that take the reader somewhere.
const FOLLOWS: &[&str] =
    &["location.replace(", "location.assign(", "location.href", "location", "window.open("];

/// Addresses that scripts go to without being asked.
fn followed(page: &Page) -> Vec<String> {
    let mut declared = Vec::new();
    let mut left = SCRIPT_BYTES_MAX;
    let mut targets = Vec::new();
    let started = || page.scripts.iter().filter(|script| script.is_started);
    for script in page.scripts.iter().filter(|script| script.source.len() < SCRIPT_BYTES_MAX) {
        declared.extend(functions(&script.source).0);
    }
    for script in started() {
        let Some(rest) = left.checked_sub(script.source.len()) else { break };
        left = rest;
        let text = joined(&live(&script.source, &declared));
        targets.extend(FOLLOWS.iter().flat_map(|call| {
            let places = text.match_indices(call).take(PLACES_MAX);
            places.filter_map(|(at, call)| target(&text, at + call.len())).collect::<Vec<_>>()
        }));
    }
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// Places in one script where it may go somewhere.
const PLACES_MAX: usize = 64;

/// The address behind a call or an equals sign: a string, an encoded one, or a variable that is one.
fn target(text: &str, at: usize) -> Option<String> {
    let rest = text.get(at..)?;
    let is_call = text.get(..at)?.ends_with('(');
    let value = if is_call {
        rest
    } else {
        rest.trim_start().strip_prefix('=').filter(|rest| !rest.starts_with('='))?
    };
    let value = value.trim_start();
    let name: String = value.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '$')).collect();
    let statement = value.get(..value.find([';', '\n']).unwrap_or(value.len()))?;
    if !name.is_empty() && !statement.contains(['"', '\'', '`']) {
        let assigned = text.match_indices(name.as_str()).take(PLACES_MAX).find_map(|(at, name)| {
            let rest = text.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
            let line = rest.get(..rest.find([';', '\n']).unwrap_or(rest.len()))?;
            first_address(line)
        });
        return assigned;
    }
    first_address(statement)
}

fn first_address(expression: &str) -> Option<String> {
    strings(expression).iter().take(8).find_map(|string| {
        let text = string.pieces.concat();
        if is_elsewhere(&text) {
            return Some(text);
        }
        let plain: Vec<u8> = Base64::new(text.bytes()).collect();
        let plain = String::from_utf8(plain).ok()?;
        let percent = percent_decoded(&text);
        [plain, percent].into_iter().find(|text| is_elsewhere(text))
    })
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let byte = behind.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(b'%'));
        rest = if byte.is_some() { behind.get(2..).unwrap_or_default() } else { behind };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares() {
        for share in ["file://host/a.png", "\\\\host\\a.png", "file:////host/a", "FILE:\\\\host\\a"] {
            assert!(is_share(share), "{share}");
        }
        for other in
            ["file:///C:/a.png", "file:///home/a.png", "//cdn.example/a.js", "https://a.example", "a.png"]
        {
            assert!(!is_share(other), "{other}");
        }
    }
}
