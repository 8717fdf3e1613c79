//! A mail by a calendar's service in the name of whoever invites → whether it is a plain invitation, which brings nothing else.
//!
//! Such services show the inviter's own address in `From` and name themselves in `Sender` (RFC 5322 section 3.6.2), so no such mail
//! authenticates as the address shown. Only the service's own signature vouches for one: that of who sends in its name is another's.

use sekisho_content::{Danger, Deed, DeedKind, Kind};
use sekisho_mail::{Body, Message, Part};

use crate::Input;

/// A service that sends invitations with the inviter's address in `From`.
struct Calendar {
    /// What stands in `Sender`.
    sender: &'static str,
    /// The domain that signs, itself.
    signs: &'static str,
    /// Where an invitation leads: hosts, with the beginning of the path.
    pages: &'static [(&'static str, &'static str)],
}

/// Looked through on 2026-11-28. Pages where anybody may put files or forms are none of these.
const CALENDARS: &[Calendar] = &[Calendar {
    sender: "calendar-notification@google.com",
    signs: "google.com",
    pages: &[
        ("calendar.google.com", "/"),
        ("meet.google.com", "/"),
        ("tel.meet", "/"),
        ("support.google.com", "/"),
        ("www.google.com", "/calendar/"),
        ("www.google.com", "/maps/"),
    ],
}];

impl Input<'_> {
    /// Whether it is an invitation by a calendar's service that signed as itself, with no other file, no other link and no mail inside.
    pub(crate) fn is_plain_invitation(&self) -> bool {
        let Some(calendar) = self.calendar() else { return false };
        let parts = self.message.parts_all();
        let is_entry = |part: &Part| calendar.is_entry(part);
        parts.iter().any(|part| is_entry(part))
            && !parts.iter().any(|part| matches!(part.body, Body::Message(_)))
            && self.files().all(is_entry)
            && self.links().iter().all(|link| calendar.is_page(&link.target))
    }

    fn calendar(&self) -> Option<&'static Calendar> {
        let names = |calendar: &&Calendar| names(self.message, calendar.sender);
        let signs = |domain: &str| {
            let mut passed = self.signatures().filter(|result| result.passes_fully());
            passed.any(|result| result.domain.eq_ignore_ascii_case(domain))
        };
        CALENDARS.iter().find(names).filter(|calendar| signs(calendar.signs))
    }
}

impl Calendar {
    /// Whether a part is a calendar entry (RFC 5545) by its bytes and by every name that a program may go by, and leads nowhere else.
    fn is_entry(&self, part: &Part) -> bool {
        let is_named = |name: &str| name.is_empty() || name.to_lowercase().ends_with(".ics");
        let leads_home = |deed: &Deed| {
            deed.kind == DeedKind::Link
                && deed.danger <= Danger::Harmless
                && deed.links.iter().all(|link| self.is_page(link))
        };
        part.file().is_some_and(|file| file.kind == Kind::Ics)
            && part.names.iter().all(|name| is_named(&name.value))
            && part.deeds.iter().all(leads_home)
    }

    /// Whether a link leads to a page of the service, or writes a mail.
    fn is_page(&self, target: &str) -> bool {
        let Ok(url) = url::Url::parse(target) else { return false };
        let is_under =
            |host: &str, start: &str| url.host_str() == Some(host) && url.path().starts_with(start);
        let is_web = matches!(url.scheme(), "http" | "https");
        url.scheme() == "mailto" || (is_web && self.pages.iter().any(|(host, start)| is_under(host, start)))
    }
}

/// Whether `Sender` is this one address.
fn names(message: &Message, address: &str) -> bool {
    let [sender] = message.sender.as_slice() else { return false };
    sender.address.as_ref().is_some_and(|shown| shown.to_string().eq_ignore_ascii_case(address))
}
