//! Files that fetch and install a program by a click: ClickOnce (`.application`, `.appref-ms`), `.appinstaller`, Java Web
//! Start (`.jnlp`).

use super::address;
use crate::command::{self, Distance, Evidence, Weight};
use crate::open::Look;
use crate::tags::tags;
use crate::{Danger, Deed, DeedKind, Kind, Unread};

/// `.appref-ms`: the address, the name and the key of a program on one line.
pub(super) fn reference(text: &str, look: &mut Look<'_>) -> Result<Option<Deed>, Unread> {
    let mut found = Evidence::default();
    let address = text.trim_start_matches('\u{feff}').split('#').next().unwrap_or_default();
    let danger = address::danger(address, &mut found, look.budget)?;
    found.add("installs a ClickOnce program", Weight::Light);
    Ok(Some(found.deed(DeedKind::Command, danger.max(Danger::Active), "")))
}

/// Manifests: every address that a program is fetched from.
pub(super) fn manifest(text: &str, look: &mut Look<'_>) -> Result<Option<Deed>, Unread> {
    const ADDRESSES: &[&str] = &["codebase", "uri", "href"];
    let mut found = Evidence::default();
    let mut danger = Danger::Active;
    let (tags, all) = tags(text);
    for tag in &tags {
        for name in ADDRESSES {
            let address = tag.attribute(name);
            if command::is_remote(address) != Distance::Here {
                let this = address::danger(address, &mut found, look.budget)?;
                danger = danger.max(this);
            }
        }
        match tag.name.as_str() {
            "commandline" => found.show(tag.attribute("file")),
            "application-desc" => found.show(tag.attribute("main-class")),
            "all-permissions" => found.add("all-permissions", Weight::Light),
            _ => {}
        }
    }
    let word = match look.kind {
        Kind::Jnlp => "starts a Java program",
        Kind::AppInstaller => "installs an app",
        _ => "installs a ClickOnce program",
    };
    found.add(word, Weight::Light);
    if !all {
        return Err(Unread::TooLarge);
    }
    Ok(Some(found.deed(DeedKind::Command, danger, "")))
}
