//! Internet shortcuts: `.url` and `.website` (sections `InternetShortcut`), `.webloc` (a property list with `URL`), and
//! `.desktop` (freedesktop.org Desktop Entry Specification, sections 5 and 7).

use super::address;
use super::fields::fields;
use crate::command::{self, Distance, Evidence, Weight};
use crate::open::Look;
use crate::tags::tags;
use crate::{Danger, Deed, DeedKind, Unread};

/// `.url`: the address, and what else it makes Windows fetch or start from.
pub(super) fn url(text: &str, look: &mut Look<'_>) -> Result<Option<Deed>, Unread> {
    let mut found = Evidence::default();
    let mut danger = Danger::Harmless;
    let mut starts_here = false;
    let mut working = None;
    for field in fields(text).take(FIELDS_MAX) {
        match field.name.as_str() {
            "url" | "baseurl" | "origurl" => {
                danger = danger.max(address::danger(field.value, &mut found, look.budget)?);
                let program = command::is_started(&command::file_extension(field.value));
                starts_here |= program && command::is_remote(field.value) == Distance::Here;
            }
            "iconfile" => danger = danger.max(address::fetched("icon", field.value, &mut found)),
            "workingdirectory" => working = Some(field.value.to_owned()),
            _ => {}
        }
    }
    // A program of Windows' own loads its parts from the folder that it starts in.
    if let Some(working) = working.filter(|working| command::is_remote(working) != Distance::Here) {
        found.add(&format!("starts in {working}"), if starts_here { Weight::Heavy } else { Weight::Light });
        danger = danger.max(if starts_here { Danger::Dangerous } else { Danger::Active });
    }
    let kind = if starts_here { DeedKind::Command } else { DeedKind::Link };
    Ok((found != Evidence::default()).then(|| found.deed(kind, danger, "")))
}

/// `.webloc`, `.inetloc`, `.fileloc`.
pub(super) fn webloc(text: &str, look: &mut Look<'_>) -> Result<Option<Deed>, Unread> {
    let mut found = Evidence::default();
    let mut danger = Danger::Harmless;
    let (tags, _) = tags(text);
    let follows = tags.iter().zip(tags.iter().skip(1));
    for (_, value) in
        follows.filter(|(key, _)| key.name == "key" && key.text.trim().eq_ignore_ascii_case("url"))
    {
        let address = value.text.trim();
        danger = danger.max(address::danger(address, &mut found, look.budget)?);
        let lower = address.to_ascii_lowercase();
        if lower.starts_with("file:")
            && (lower.contains(".app") || lower.contains("/bin/") || lower.contains(".terminal"))
        {
            found.add("starts a program", Weight::Heavy);
            danger = Danger::Dangerous;
        } else if lower.starts_with("smb:") || lower.starts_with("afp:") {
            danger = danger.max(Danger::Active);
        }
    }
    Ok((found != Evidence::default()).then(|| found.deed(DeedKind::Link, danger, "")))
}

/// `.desktop`: the command that it runs, or the address that it opens.
pub(super) fn desktop(text: &str, look: &mut Look<'_>) -> Result<Option<Deed>, Unread> {
    let mut found = Evidence::default();
    let mut danger = Danger::Harmless;
    let mut kind = DeedKind::Link;
    for field in fields(text).take(FIELDS_MAX) {
        match field.name.as_str() {
            "exec" if !field.value.is_empty() => {
                kind = DeedKind::Command;
                command::examine(field.value, &mut found, look.budget)?;
                let lower = field.value.to_ascii_lowercase();
                let heavy = SHELL_WORDS.iter().filter(|word| lower.contains(**word)).count() > 0;
                if heavy {
                    found.add("runs a shell command", Weight::Heavy);
                }
                danger = danger.max(if heavy { Danger::Dangerous } else { Danger::Active });
            }
            "url" => danger = danger.max(address::danger(field.value, &mut found, look.budget)?),
            _ => {}
        }
    }
    Ok((found != Evidence::default()).then(|| found.deed(kind, danger, "")))
}

/// Values looked at in one file; shortcuts have a dozen, desktop entries one for each language.
const FIELDS_MAX: usize = 4096;

/// Shells with a command, and what fetches, decodes or hides.
const SHELL_WORDS: &[&str] = &[
    "sh -c",
    "bash -c",
    "python -c",
    "python3 -c",
    "perl -e",
    "curl ",
    "wget ",
    "base64 -d",
    "base64 --decode",
    "/tmp/",
    "/dev/shm",
    "chmod ",
    "nohup ",
    "| sh",
    "|sh",
    "| bash",
    "|bash",
    "/dev/tcp",
];
