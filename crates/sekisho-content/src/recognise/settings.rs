//! Text files of named values and fixed first lines that lead somewhere or change the machine → which.

use super::head::Head;
use crate::Kind;

/// The kind of a settings file, shortcut or query, `None` if the text is none.
pub(crate) fn kind(head: &Head) -> Option<Kind> {
    by_first_line(head).or_else(|| by_section(head)).or_else(|| by_values(head))
}

fn by_first_line(head: &Head) -> Option<Kind> {
    let mut lines = head.lines();
    let first = lines.next()?;
    let second = lines.next().unwrap_or_default();
    let third = lines.next().unwrap_or_default();
    if first.starts_with("Windows Registry Editor Version") || first == "REGEDIT4" {
        return Some(Kind::Reg);
    }
    if first.starts_with("ID;P") {
        return Some(Kind::Slk);
    }
    if first == "XLODBC" || first == "QueryType=OLEDB" || first == "QueryType=OLAP" {
        return Some(Kind::Dqy);
    }
    let web_query = first.eq_ignore_ascii_case("web") && second.chars().all(|c| c.is_ascii_digit());
    if web_query && (leads(second) || leads(third)) {
        return Some(Kind::Iqy);
    }
    // A reference to an installed program is one line: address, name, culture, key.
    let reference = leads(first) && first.contains(".application#") && first.contains("PublicKeyToken=");
    reference.then_some(Kind::AppRef)
}

fn leads(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    ["http://", "https://", "ftp://", "file:", "\\\\"].iter().any(|scheme| lower.starts_with(scheme))
}

/// The section that a file of sections begins with, comments left out, or has among its first.
fn by_section(head: &Head) -> Option<Kind> {
    let lines: Vec<String> = head.lines().map(str::to_ascii_lowercase).collect();
    let lines: Vec<&str> =
        lines.iter().map(String::as_str).filter(|line| !line.starts_with([';', '#'])).collect();
    if !lines.first()?.starts_with('[') {
        return None;
    }
    let sections = || lines.iter().filter(|line| line.starts_with('[') && line.ends_with(']'));
    let has = |name: &str| sections().any(|section| *section == name);
    let sets = |name: &str| {
        let names = lines.iter().filter_map(|line| line.split_once('='));
        names.into_iter().any(|(key, _)| key.trim() == name)
    };
    let kinds = [
        (has("[internetshortcut]"), Kind::UrlShortcut),
        (has("[desktop entry]"), Kind::DesktopEntry),
        (has("[shell]") && (sets("command") || sets("iconfile")), Kind::Scf),
        (has("[wfclient]") || has("[applicationservers]"), Kind::Ica),
        (has("[theme]") || has("[visualstyles]"), Kind::Theme),
        (has("[version]") && sets("signature"), Kind::Inf),
        (has("[defaultinstall]"), Kind::Inf),
    ];
    kinds.into_iter().find(|(found, _)| *found).map(|(_, kind)| kind)
}

/// Remote desktop files are lines of `name:type:value`.
fn by_values(head: &Head) -> Option<Kind> {
    let typed = |line: &str| matches!(line.split(':').nth(1), Some("i" | "s" | "b"));
    let lines: Vec<&str> = head.lines().collect();
    let values = lines.iter().filter(|line| typed(line)).count();
    let known =
        ["full address:s:", "screen mode id:i:", "remoteapplicationprogram:s:", "alternate full address:s:"];
    let remote = known.iter().any(|value| head.lower.contains(value));
    (remote && values * 2 > lines.len()).then_some(Kind::Rdp)
}
