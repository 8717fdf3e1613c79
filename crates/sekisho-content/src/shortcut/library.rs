//! What Explorer fetches by itself when it shows a folder or opens a view: `.scf` commands, `.library-ms` and
//! `.searchConnector-ms` (Windows Library Description and Search Connector Description schemas), `.theme` files.

use super::address;
use super::fields::fields;
use crate::command::{self, Distance, Evidence, Weight};
use crate::open::Look;
use crate::tags::tags;
use crate::{Danger, Deed, DeedKind, Unread};

/// `.scf`: an icon from elsewhere is fetched by looking at the folder.
pub(super) fn scf(text: &str, _look: &mut Look<'_>) -> Result<Option<Deed>, Unread> {
    let mut found = Evidence::default();
    let mut danger = Danger::Harmless;
    for field in fields(text).filter(|field| field.name == "iconfile") {
        found.show(field.value);
        if address::fetched("icon", field.value, &mut found) > Danger::Harmless {
            danger = Danger::Dangerous;
        }
    }
    Ok((found != Evidence::default()).then(|| found.deed(DeedKind::Link, danger, "")))
}

/// Libraries and search connectors: every place that they show.
pub(super) fn library(text: &str, look: &mut Look<'_>) -> Result<Option<Deed>, Unread> {
    const PLACES: &[&str] = &["url", "iconreference", "imagelink", "linkisto", "domain", "base", "include"];
    let mut found = Evidence::default();
    let mut danger = Danger::Harmless;
    let (tags, all) = tags(text);
    for tag in &tags {
        // A saved search names the folders that it looks through.
        let place = if tag.name == "include" {
            tag.attribute("path")
        } else if tag.name == "url" && tag.text.trim().is_empty() {
            tag.attribute("template")
        } else {
            &tag.text
        };
        let place = place.trim();
        if !PLACES.contains(&tag.name.as_str()) || place.is_empty() {
            continue;
        }
        let here = place.starts_with("knownfolder:")
            || place.contains(".dll,") && command::is_remote(place) == Distance::Here;
        let this = if here { Danger::Harmless } else { address::danger(place, &mut found, look.budget)? };
        // A library over HTTP is a WebDAV folder; search connectors of an intranet speak HTTPS.
        let folder = matches!(tag.name.as_str(), "url" | "include") && tag.attribute("template").is_empty();
        let web = command::is_remote(place) == Distance::Web && folder;
        if web && !place.starts_with("https:") {
            found.add("shows a folder of the web", Weight::Heavy);
        }
        let this = match command::is_remote(place) {
            Distance::Web if web && !place.starts_with("https:") => Danger::Dangerous,
            Distance::Web if web => Danger::Active,
            Distance::Server => Danger::Active,
            _ => Danger::Harmless,
        }
        .max(this);
        danger = danger.max(this);
    }
    if !all {
        return Err(Unread::TooLarge);
    }
    Ok((found != Evidence::default()).then(|| found.deed(DeedKind::Link, danger, "")))
}

/// `.theme`: styles and screen savers are programs; pictures from elsewhere are fetched.
pub(super) fn theme(text: &str, look: &mut Look<'_>) -> Result<Option<Deed>, Unread> {
    let mut found = Evidence::default();
    let mut danger = Danger::Harmless;
    let mut kind = DeedKind::Link;
    for field in fields(text).filter(|field| !field.value.is_empty()) {
        let value = command::plain(field.value, &mut command::Variables::default());
        let distance = command::is_remote(&value);
        match (field.section.as_str(), field.name.as_str()) {
            ("visualstyles", "path") if distance != Distance::Here => {
                found.add("styles from another machine", Weight::Heavy);
                danger = danger.max(address::danger(&value, &mut found, look.budget)?).max(Danger::Dangerous);
            }
            ("boot", "scrnsave.exe") => {
                let lower = value.to_ascii_lowercase();
                let own = lower.starts_with("c:\\windows\\system32\\") || !lower.contains(['\\', '/']);
                found.show(&value);
                kind = DeedKind::Command;
                if !own {
                    found.add("sets a screen saver", Weight::Heavy);
                    danger = Danger::Dangerous;
                }
            }
            (
                _,
                "wallpaper"
                | "path"
                | "brandimage"
                | "imagesrootpath"
                | "multimonbackgroundspath"
                | "rssfeed"
                | "tilewallpaper",
            ) if distance != Distance::Here => {
                found.links_of(&value);
                danger = danger.max(address::fetched("picture", &value, &mut found));
            }
            _ => {}
        }
    }
    Ok((found != Evidence::default()).then(|| found.deed(kind, danger, "")))
}
