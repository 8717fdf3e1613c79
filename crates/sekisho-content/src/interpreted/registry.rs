//! `.reg` (Windows Registry Editor files) and `.inf` (setup information) → what they put into place.

use super::push;
use crate::command::{self, Evidence, Weight};
use crate::open::Look;
use crate::{Danger, Unread};

/// Keys whose values start programs, take protection away or replace what a double click opens.
#[rustfmt::skip]
const TAKING_OVER: &[(&str, &str)] = &[
    ("\\currentversion\\run", "CurrentVersion\\Run"),
    ("\\currentversion\\policies\\explorer\\run", "Policies\\Explorer\\Run"),
    ("\\winlogon", "Winlogon"),
    ("\\image file execution options", "Image File Execution Options"),
    ("\\shell\\open\\command", "shell\\open\\command"),
    ("\\inprocserver32", "InprocServer32"),
    ("\\windows defender", "Windows Defender"),
    ("\\windowsfirewall", "WindowsFirewall"),
    ("\\currentcontrolset\\services", "Services"),
    ("\\control\\lsa", "Lsa"),
    ("\\policies\\system", "Policies\\System"),
    ("\\office\\", "Office security"),
    ("\\command processor", "Command Processor"),
    ("\\environment", "UserInitMprLogonScript"),
    ("\\amsi", "AMSI"),
    ("\\root\\certificates", "root certificates"),
];

/// A registry file: one deed for all its values.
pub(super) fn reg(text: &str, look: &mut Look<'_>) -> Result<(), Unread> {
    let mut found = Evidence::default();
    let mut key = String::new();
    let mut values = 0_usize;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            key = name.trim_end_matches(']').to_lowercase();
            continue;
        }
        let Some((name, value)) = line.split_once('=').filter(|_| line.starts_with(['"', '@'])) else {
            continue;
        };
        values += 1;
        let value = value.trim().trim_matches('"').replace("\\\\", "\\").replace("\\\"", "\"");
        let taken = TAKING_OVER.iter().find(|(part, _)| key.contains(part));
        let serious = match taken {
            Some((_, "Office security")) => {
                name.to_ascii_lowercase().contains("vbawarnings")
                    || name.to_ascii_lowercase().contains("accessvbom")
            }
            Some((_, "UserInitMprLogonScript")) => {
                name.to_ascii_lowercase().contains("userinitmprlogonscript")
            }
            Some((_, "Policies\\System")) => {
                name.to_ascii_lowercase().contains("enablelua")
                    || name.to_ascii_lowercase().contains("consentprompt")
            }
            Some(_) => !key.starts_with('-'),
            None => false,
        };
        if let Some((_, word)) = taken.filter(|_| serious) {
            found.add(word, Weight::Heavy);
            found.show(&format!("{key}: {name}={value}"));
        }
        let mut inner = Evidence::default();
        command::examine(&value, &mut inner, look.budget)?;
        if inner.weight == Some(Weight::Heavy) {
            inner.does.iter().for_each(|word| found.add(word, Weight::Heavy));
            found.show(&value);
            found.links_of(&value);
        }
    }
    let danger = match (values, found.weight) {
        (0, _) => None,
        (_, Some(Weight::Heavy)) => Some(Danger::Dangerous),
        _ => Some(Danger::Active),
    };
    push(look, found, danger, "");
    Ok(())
}

/// Setup information: a double click shows it as text, so what it says is run by another file or by hand.
pub(super) fn inf(text: &str, look: &mut Look<'_>) -> Result<(), Unread> {
    let mut found = Evidence::default();
    let mut runs = false;
    let mut section = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(';')) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').to_lowercase();
            continue;
        }
        let lower = line.to_ascii_lowercase();
        let names_commands =
            ["runpresetupcommands", "runpostsetupcommands", "registerocxs", "unregisterocxs"];
        if let Some(word) =
            names_commands.iter().find(|name| lower.starts_with(**name) || section.contains(**name))
        {
            found.add(word, Weight::Light);
            runs = true;
        }
        if lower.contains("scrobj.dll") || lower.contains("currentversion\\run") {
            found.add(
                if lower.contains("scrobj") { "scrobj.dll" } else { "CurrentVersion\\Run" },
                Weight::Heavy,
            );
            found.show(line);
        }
        let mut inner = Evidence::default();
        command::examine(line, &mut inner, look.budget)?;
        if inner.weight == Some(Weight::Heavy) {
            inner.does.iter().for_each(|word| found.add(word, Weight::Heavy));
            inner.links.iter().for_each(|link| found.link(link));
            found.show(line);
        }
    }
    let danger = match found.weight {
        Some(Weight::Heavy) => Some(Danger::Dangerous),
        Some(Weight::Light) if runs => Some(Danger::Active),
        _ => None,
    };
    push(look, found, danger, "");
    Ok(())
}
