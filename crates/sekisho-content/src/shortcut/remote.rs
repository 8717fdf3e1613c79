//! Connections to a remote desktop: `.rdp` (lines of `name:type:value`) and `.ica` → where they lead and what of this
//! machine they give away.

use std::net::Ipv4Addr;

use super::fields::fields;
use crate::command::{Evidence, Weight};
use crate::open::Look;
use crate::{Danger, Deed, DeedKind, Unread};

/// `.rdp`: giving drives to a program of a server elsewhere lets that server read and write them. A signature proves only
/// that somebody signed.
pub(super) fn rdp(text: &str, _look: &mut Look<'_>) -> Result<Option<Deed>, Unread> {
    let mut found = Evidence::default();
    let mut address = String::new();
    let mut drives = false;
    let mut program = false;
    for line in text.lines() {
        let mut parts = line.trim().splitn(3, ':');
        let (Some(name), Some(_), Some(value)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let value = value.trim();
        let given = !value.is_empty() && value != "0";
        match name.to_ascii_lowercase().as_str() {
            "full address" | "alternate full address" if !value.is_empty() => {
                found.show(value);
                address = value.to_owned();
            }
            "drivestoredirect" | "redirectdrives" if given => drives = true,
            "redirectclipboard" | "redirectsmartcards" | "redirectwebauthn" | "redirectcomports"
            | "devicestoredirect"
                if given =>
            {
                found.add(name, Weight::Light);
            }
            "remoteapplicationprogram"
            | "alternate shell"
            | "remoteapplicationcmdline"
            | "remoteapplicationfile"
                if given =>
            {
                program = true;
                found.add(&format!("{name} {value}"), Weight::Light);
            }
            "gatewayhostname" if given => found.show(value),
            _ => {}
        }
    }
    let elsewhere = is_elsewhere(&address);
    if drives {
        found.add(
            "gives this machine's drives away",
            if elsewhere == Where::Office { Weight::Light } else { Weight::Heavy },
        );
    }
    let danger = match (elsewhere, drives, program) {
        (Where::Address, true, _) | (Where::Named, true, true) => Danger::Dangerous,
        (Where::Office, _, false) => Danger::Harmless,
        _ => Danger::Active,
    };
    Ok(Some(found.deed(DeedKind::Link, danger, "")))
}

/// `.ica`: the server and the program that it starts there.
pub(super) fn ica(text: &str, _look: &mut Look<'_>) -> Result<Option<Deed>, Unread> {
    let mut found = Evidence::default();
    let mut danger = Danger::Harmless;
    for field in fields(text).filter(|field| !field.value.is_empty()) {
        match field.name.as_str() {
            "address" | "httpbrowseraddress" | "sslproxyhost" => {
                found.show(field.value);
                if is_elsewhere(field.value) != Where::Office {
                    danger = danger.max(Danger::Active);
                }
            }
            "initialprogram" => found.show(field.value),
            _ => {}
        }
    }
    Ok((found != Evidence::default()).then(|| found.deed(DeedKind::Link, danger, "")))
}

/// Where a host is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    /// A name without dots, or an address of private networks.
    Office,
    /// A name in the public tree, which may be one's own.
    Named,
    /// A bare address outside private networks.
    Address,
}

fn is_elsewhere(address: &str) -> Where {
    let host = address
        .trim()
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .strip_suffix(':')
        .unwrap_or(address.trim());
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        let office = address.is_private() || address.is_loopback() || address.is_link_local();
        return if office { Where::Office } else { Where::Address };
    }
    let local = [".local", ".lan", ".internal", ".corp", ".home.arpa"].iter().any(|end| host.ends_with(end));
    if !host.contains('.') || local { Where::Office } else { Where::Named }
}
