//! What a mail brings that somebody wants to be opened or done: files, links, passwords, requests.

use std::collections::HashSet;

use sekisho_mail::{FoundIn, Role};

use crate::lists::{Request, RequestRole};
use crate::related::is_of_report;
use crate::{Input, SeenLink, domain};

/// Own words of fewer letters leave it to the quoted ones to say something: their links are meant.
const OWN_LETTERS_MIN: usize = 10;

/// As for what is asked for: 「承知しました」 above a quoted request is an answer to it.
const ANSWER_LETTERS_MIN: usize = 4;

/// Kinds of attachment that only show who sent it, or when to meet.
const HARMLESS_TYPES: &[&str] = &[
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "text/calendar",
];

impl<'a> Input<'a> {
    /// Files offered to the receiver, without signatures, dates, reports of what became of a mail, and what we sent ourselves.
    pub(crate) fn brought_files(&self) -> Vec<&'a sekisho_mail::Part> {
        if self.is_plain_invitation() || self.only_returns_ours() {
            return Vec::new();
        }
        let is_offered = |part: &&sekisho_mail::Part| {
            part.role == Role::Attachment
                && !HARMLESS_TYPES.contains(&part.media_type.as_str())
                && !is_of_report(part)
        };
        self.files().filter(is_offered).collect()
    }

    /// Links in the mail's own words that lead neither to us nor to any of `known` (domains of those whom the mail speaks of). What a
    /// quotation held before is not brought by this mail, unless the mail says nothing else; nor is where a plain invitation is answered.
    pub(crate) fn brought_links(&self, known: &[&str]) -> Vec<&SeenLink<'a>> {
        if self.is_plain_invitation() {
            return Vec::new();
        }
        let says_little = self.own_letters() < OWN_LETTERS_MIN;
        let is_own_word = |link: &SeenLink<'_>| {
            let quotes = link.part.view().map(|view| view.quotes.as_slice()).unwrap_or_default();
            says_little || !quotes.iter().any(|quote| quote.range.contains(&link.link.range.start))
        };
        let leads_to = |link: &SeenLink<'_>, name: &str| domain::same_organisation(&link.host, name);
        let leads_away = |link: &SeenLink<'_>| {
            !self.own.is_own_domain(&link.host) && !known.iter().any(|name| leads_to(link, name))
        };
        // The plain and the HTML text of a mail have the same links.
        let mut seen = HashSet::new();
        let brought =
            self.links().iter().filter(|link| link.is_web() && leads_away(link) && is_own_word(link));
        brought.filter(|link| seen.insert(&link.target)).collect()
    }

    /// What the mail asks for: money, data, another way to talk. Quoted words count where it says nothing else: below what looks like the
    /// head of an older mail, everything does, and a forger may write there.
    pub(crate) fn demands(&self) -> Vec<&'a Request> {
        self.requests(RequestRole::is_demand)
    }

    /// How it presses.
    pub(crate) fn pressure(&self) -> Vec<&'a Request> {
        self.requests(|role| !role.is_demand())
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

    fn own_letters(&self) -> usize {
        self.own_text().chars().filter(|c| c.is_alphanumeric()).count()
    }

    fn requests(&self, is_meant: fn(RequestRole) -> bool) -> Vec<&'a Request> {
        let requests = self.requests.get_or_init(|| {
            let says_nothing = self.own_letters() < ANSWER_LETTERS_MIN;
            let words = if says_nothing { self.whole_text_folded() } else { self.own_text_folded() };
            self.lists.lures.requests_in(words)
        });
        requests.iter().copied().filter(|request| is_meant(request.role)).collect()
    }
}
