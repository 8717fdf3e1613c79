//! `Received` → who took the mail from whom (RFC 5321 section 4.4), in the shapes that mail servers write: Postfix, sendmail,
//! Exim, qmail, Exchange, Gmail and what is like them.
//!
//! What the client says of itself (HELO) and what the writer found out by itself (address, confirmed name) are kept
//! apart: a stranger chooses the first.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::scan::{Scanner, start_of};
use crate::Date;

/// Words read of one field. Real ones have below 50.
const WORDS_MAX: usize = 200;

/// One `Received` field. Names are as written; empty ones and `unknown` are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The name that the client gave (HELO), or a name of it that nobody confirmed.
    pub helo: Option<String>,
    /// The name of the client's address that the writer confirmed.
    pub client_name: Option<String>,
    /// The client's address as the writer saw it.
    pub client: Option<IpAddr>,
    /// Whether there is a `from` at all: mail from a program on the same host has none.
    pub from: bool,
    /// The host that wrote the field.
    pub by: Option<String>,
    /// The writer's address, where it is given.
    pub by_address: Option<IpAddr>,
    /// The protocol in upper case (`ESMTPS`).
    pub with: Option<String>,
    /// The receiver, where only one is named.
    pub recipient: Option<String>,
    /// When.
    pub date: Option<Date>,
}

impl Received {
    /// Parses an unfolded value.
    pub fn parse(raw: &[u8]) -> Self {
        let (text, is_cut) = start_of(raw);
        let mut scanner = Scanner::new(&text, is_cut);
        let mut received = Self::default();
        let mut open = Clause::default();
        scanner.space(&mut open.comments);
        for _ in 0..WORDS_MAX {
            if scanner.eat(';') {
                received.date = Date::parse(scanner.rest().trim());
                break;
            }
            if scanner.peek().is_none() {
                break;
            }
            let word = scanner.word(None);
            match Name::of(&word) {
                // What follows a keyword is its value, whatever it is: a client may call itself `by`.
                Some(name) if open.name.is_none() || !open.words.is_empty() => {
                    received
                        .take(std::mem::replace(&mut open, Clause { name: Some(name), ..Clause::default() }));
                }
                _ => open.words.push(word),
            }
            scanner.space(&mut open.comments);
        }
        received.take(open);
        received
    }

    /// The first clause of each name counts.
    fn take(&mut self, clause: Clause) {
        let first = || clause.words.first().map(|word| word.trim_end_matches(',').to_owned());
        match clause.name {
            Some(Name::From) if !self.from => {
                self.from = true;
                self.take_client(&clause);
            }
            Some(Name::By) if self.by.is_none() => {
                self.by = first();
                let comments = clause.comments.iter().flat_map(|comment| comment.split(' '));
                let own = self.by.as_deref().and_then(address_of);
                self.by_address = own.or_else(|| comments.take(WORDS_MAX).find_map(address_of));
            }
            Some(Name::With) if self.with.is_none() => {
                self.with = first().map(|word| word.to_ascii_uppercase())
            }
            Some(Name::For) if self.recipient.is_none() => {
                self.recipient = first()
                    .map(|word| word.trim_start_matches('<').trim_end_matches('>').to_owned())
                    .filter(|word| word.contains('@'));
            }
            _ => {}
        }
    }

    /// Reads what stands between `from` and the next word: a name, and comments with what the writer saw.
    fn take_client(&mut self, clause: &Clause) {
        let given = clause.words.first().map(String::as_str).unwrap_or_default();
        let mut seen = Seen::default();
        for comment in &clause.comments {
            seen.add(comment);
        }
        // fetchmail writes the address without parentheses.
        let mut words = clause.words.iter().skip(1).take(WORDS_MAX);
        self.client = seen.address.or_else(|| words.find_map(|word| address_of(word)));
        if seen.helo.is_some() && !seen.is_doubtful {
            // The shapes of Exim and qmail: the name in front is that of the address. Exim confirms it, and writes the
            // address in brackets together with what the client said. A doubtful name may itself be `helo`.
            self.helo = seen.helo;
            self.client = self.client.or_else(|| address_of(given));
            if seen.is_exim {
                self.client_name = named(given);
            }
        } else {
            self.helo = named(given);
            self.client_name = seen.name.filter(|_| !seen.is_doubtful);
        }
    }
}

/// One keyword with what follows it.
#[derive(Default)]
struct Clause {
    name: Option<Name>,
    words: Vec<String>,
    comments: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    From,
    By,
    Via,
    With,
    Id,
    For,
}

impl Name {
    fn of(word: &str) -> Option<Self> {
        const NAMES: &[(&str, Name)] = &[
            ("from", Name::From),
            ("by", Name::By),
            ("via", Name::Via),
            ("with", Name::With),
            ("id", Name::Id),
            ("for", Name::For),
        ];
        NAMES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|(_, name)| *name)
    }
}

/// What the comments behind `from` hold.
#[derive(Default)]
struct Seen {
    /// What the client said (`HELO x`, `helo=x`).
    helo: Option<String>,
    /// The name directly before an address in brackets.
    name: Option<String>,
    address: Option<IpAddr>,
    /// `([192.0.2.1] helo=x)`: the name in front was confirmed.
    is_exim: bool,
    /// sendmail says that the name does not lead back to the address.
    is_doubtful: bool,
}

impl Seen {
    /// Only the first comment with an address counts: later ones are about certificates and passwords.
    fn add(&mut self, comment: &str) {
        let mut before: Option<&str> = None;
        let is_first = self.address.is_none();
        self.is_doubtful |= comment.to_ascii_lowercase().contains("may be forged");
        for word in comment.split([' ', '\t']).filter(|word| !word.is_empty()).take(WORDS_MAX) {
            let is_word = |name: &str| before.is_some_and(|before| before.eq_ignore_ascii_case(name));
            if is_word("helo") || is_word("ehlo") {
                self.helo = self.helo.take().or_else(|| named(word).or(Some(String::new())));
            } else if let Some(given) = strip_helo(word) {
                self.is_exim |= is_first && self.address.is_some();
                self.helo = self.helo.take().or_else(|| Some(given.to_owned()));
            } else if self.address.is_none() {
                self.address = address_of(word);
                if self.address.is_some() && word.starts_with('[') {
                    self.name = before.and_then(named).filter(|name| !name.contains('@'));
                }
            }
            before = Some(word);
        }
    }
}

fn strip_helo(word: &str) -> Option<&str> {
    let (name, value) = word.split_once('=')?;
    name.eq_ignore_ascii_case("helo").then_some(value)
}

/// A name that says something.
fn named(word: &str) -> Option<String> {
    let word = word.trim_end_matches([',', '.']);
    let is_none = word.is_empty() || word.eq_ignore_ascii_case("unknown") || address_of(word).is_some();
    (!is_none).then(|| word.to_owned())
}

/// The address in a word: bare, in brackets, with `IPv6:`, a zone, a port or sendmail's `user@`.
pub(super) fn address_of(word: &str) -> Option<IpAddr> {
    let word = word.rsplit_once('@').map_or(word, |(_, address)| address);
    let inner = match word.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => word.trim_end_matches([',', ')']),
    };
    let inner = match inner.get(..5) {
        Some(tag) if tag.eq_ignore_ascii_case("ipv6:") => inner.get(5..).unwrap_or_default(),
        _ => inner,
    };
    let inner = inner.split('%').next().unwrap_or_default();
    inner.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}
