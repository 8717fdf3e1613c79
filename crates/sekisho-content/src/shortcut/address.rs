//! An address (URL, UNC path, local path) that a double click opens → how dangerous that is.

use crate::command::{self, Distance, Evidence, Weight};
use crate::open::Budget;
use crate::{Danger, Unread};

/// Adds the address to what was found, and says how dangerous opening it is.
pub(super) fn danger(address: &str, found: &mut Evidence, budget: &mut Budget) -> Result<Danger, Unread> {
    let address = address.trim().trim_matches('"');
    let lower = address.to_ascii_lowercase();
    if lower.is_empty() {
        return Ok(Danger::Harmless);
    }
    found.show(address);
    found.links_of(address);
    let scheme = lower.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| scheme.len() > 1);
    if let Some(scheme) = scheme
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        && scheme != "file"
    {
        return by_scheme(scheme, address, found, budget);
    }
    let path = lower.split(['?', '#']).next().unwrap_or_default();
    let extension = command::file_extension(path);
    let started = command::is_started(&extension);
    let danger = match command::is_remote(address) {
        // A file that is opened over the web as if it stood in a folder carries no mark of its origin.
        Distance::Web => {
            found.add("opens a folder of the web as if it were near", Weight::Heavy);
            found.link(address);
            Danger::Dangerous
        }
        Distance::Server if started => {
            found.add("starts a program on a server", Weight::Light);
            Danger::Active
        }
        Distance::Here if started => {
            found.add("starts a program", Weight::Light);
            Danger::Active
        }
        Distance::Server | Distance::Here => Danger::Harmless,
    };
    Ok(danger)
}

fn by_scheme(
    scheme: &str,
    address: &str,
    found: &mut Evidence,
    budget: &mut Budget,
) -> Result<Danger, Unread> {
    let danger = match scheme {
        "http" | "https" | "ftp" | "ftps" => {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            let after_host = path.splitn(4, '/').nth(3).unwrap_or_default();
            let starts = command::is_started(&command::file_extension(after_host));
            if starts { Danger::Active } else { Danger::Harmless }
        }
        "mailto" | "tel" | "sip" | "callto" | "news" | "webcal" | "zoommtg" | "msteams" => Danger::Harmless,
        "javascript" | "vbscript" | "data" | "mhtml" | "mk" | "x-usc" | "ms-its" | "its" | "shell"
        | "res" | "about" => {
            command::examine(address, found, budget)?;
            found.add(&format!("{scheme}:"), Weight::Heavy);
            Danger::Dangerous
        }
        // Protocols of Windows that were made to run commands or to show a foreign server's folder.
        "ms-msdt" | "search-ms" | "search" | "ms-officecmd" | "ms-appinstaller" | "ms-cxh" | "ms-excel"
        | "ms-word" | "ms-powerpoint" | "ms-search" | "ssh" | "telnet" | "ldap" | "hcp" => {
            found.add(&format!("{scheme}:"), Weight::Light);
            let decoded =
                address.replace("%5C", "\\").replace("%5c", "\\").replace("%3A", ":").replace("%3a", ":");
            let lower = decoded.to_ascii_lowercase();
            let elsewhere =
                ["\\\\", "location:http", "source=http", "|u|http", "ofe|", "ofv|", "pcwdiagnostic"];
            let reaches = elsewhere.iter().any(|word| lower.contains(word))
                || matches!(scheme, "ms-msdt" | "ms-officecmd");
            if reaches {
                found.add(&format!("{scheme}: to another machine"), Weight::Heavy);
                found.links_of(&decoded);
            }
            if reaches
                && !scheme.starts_with("ms-e")
                && !scheme.starts_with("ms-w")
                && !scheme.starts_with("ms-p")
            {
                Danger::Dangerous
            } else {
                Danger::Active
            }
        }
        _ => {
            found.add(&format!("{scheme}:"), Weight::Light);
            Danger::Active
        }
    };
    Ok(danger)
}

/// Icons and pictures are fetched as soon as the folder is shown, and a Windows server is told who asks.
pub(super) fn fetched(what: &str, path: &str, found: &mut Evidence) -> Danger {
    let expanded = path.trim().trim_matches('"');
    let by_web = expanded.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"));
    match command::is_remote(expanded) {
        Distance::Here => Danger::Harmless,
        // A browser's icon of the page.
        Distance::Web if by_web => Danger::Harmless,
        Distance::Server => {
            found.add(&format!("{what} from {expanded}"), Weight::Light);
            Danger::Active
        }
        Distance::Web => {
            found.add(&format!("{what} from {expanded}"), Weight::Heavy);
            Danger::Dangerous
        }
    }
}
