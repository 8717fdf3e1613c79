//! What a mail brings that somebody wants to be opened or done: files, links, passwords, requests.

use sekisho_mail::{FoundIn, Role};

use crate::lists::{Request, RequestRole};
use crate::{Input, SeenLink, domain};

/// The mail's own words are so few that the quoted ones must be meant: letters of the own text.
const OWN_LETTERS_MIN: usize = 10;

/// Kinds of attachment that only show who sent it, or when to meet.
const HARMLESS_TYPES: &[&str] = &[
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "text/calendar",
];

impl<'a> Input<'a> {
    /// Files offered to the receiver, without signatures and dates.
    pub(crate) fn brought_files(&self) -> Vec<&'a sekisho_mail::Part> {
        let is_offered = |part: &&sekisho_mail::Part| {
            part.role == Role::Attachment && !HARMLESS_TYPES.contains(&part.media_type.as_str())
        };
        self.files().filter(is_offered).collect()
    }

    /// Links in the mail's own words that lead neither to us nor to any of `known` (domains of those whom the mail speaks of). What a
    /// quotation held before is not brought by this mail, unless the mail says nothing else.
    pub(crate) fn brought_links(&self, known: &[&str]) -> Vec<&SeenLink<'a>> {
        let says_little = self.own_text().chars().filter(|c| c.is_alphanumeric()).count() < OWN_LETTERS_MIN;
        let is_own_word = |link: &SeenLink<'_>| {
            let quotes = link.part.view().map(|view| view.quotes.as_slice()).unwrap_or_default();
            says_little || !quotes.iter().any(|quote| quote.range.contains(&link.link.range.start))
        };
        let leads_to = |link: &SeenLink<'_>, name: &str| domain::same_organisation(&link.host, name);
        let leads_away = |link: &SeenLink<'_>| {
            !self.own.is_own_domain(&link.host) && !known.iter().any(|name| leads_to(link, name))
        };
        self.links().iter().filter(|link| link.is_web() && leads_away(link) && is_own_word(link)).collect()
    }

    /// What the own words ask for: money, data, another way to talk.
    pub(crate) fn demands(&self) -> Vec<&'a Request> {
        self.requests(RequestRole::Demand)
    }

    /// How the own words press.
    pub(crate) fn pressure(&self) -> Vec<&'a Request> {
        self.requests(RequestRole::Pressure)
    }

    /// Whether the own words tell a password.
    pub(crate) fn tells_password(&self) -> bool {
        let own = self.own_text();
        let candidates = sekisho_mail::passwords(self.message);
        let is_written =
            |found_in: FoundIn| matches!(found_in, FoundIn::Subject | FoundIn::Text | FoundIn::Html);
        candidates.iter().any(|candidate| {
            is_written(candidate.found_in)
                && (own.contains(&candidate.value) || self.message.subject.contains(&candidate.value))
        })
    }

    fn requests(&self, role: RequestRole) -> Vec<&'a Request> {
        let requests = self.lists.lures.requests_in(self.own_text_folded());
        requests.into_iter().filter(|request| request.role == role).collect()
    }
}
