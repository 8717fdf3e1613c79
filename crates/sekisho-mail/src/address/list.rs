//! An address field → mailboxes (RFC 5322 section 3.4 and 4.4, and what real mail writes instead).
//!
//! # When a field is ambiguous
//!
//! `AmbiguousFrom` says that two mail programs would plausibly take, or show as the sender, different addresses:
//!
//! - the field holds several mailboxes with different addresses;
//! - one mailbox has several addresses in angle brackets, or an unquoted address before or behind the brackets that
//!   is not the one in them;
//! - the brackets hold more than one `@` outside quotes (`<a@b,c@d>`, `<a@b@c>`), a source route, a comment with an
//!   address, or an encoded word;
//! - a NUL or other control character stands in an address or beside a name that holds one;
//! - a quote never ends and an address stands in what it swallows.
//!
//! It is not ambiguous that a quoted name, an encoded one or a comment holds another address (programs agree on the
//! brackets; what the name pretends is for a check to say), that a name equals its address, that a name without
//! quotes has commas, dots or Japanese punctuation, or that a group surrounds the mailbox. Callers ask for the defect
//! only for `From`.

use super::tokens::{Kind, Token, tokens};
use super::{Address, Mailbox};
use crate::{DefectKind, words};

/// Reads an address field's unfolded value: groups, comments, encoded words, and what is none of it. The defects
/// found (`AmbiguousFrom` where programs would take different addresses) are added to `defects`.
pub(crate) fn parse_list(raw: &[u8], addresses_max: usize, defects: &mut Vec<DefectKind>) -> Vec<Mailbox> {
    let text = words::raw_text(raw, defects);
    let (tokens, broken_quote) = tokens(&text);
    let mut list =
        List { mailboxes: Vec::new(), group: String::new(), addresses_max, ambiguous: false, defects };
    list.read(tokens);
    let List { mailboxes, mut ambiguous, .. } = list;
    let first = mailboxes.iter().find_map(|mailbox| mailbox.address.as_ref());
    let differs = mailboxes
        .iter()
        .filter_map(|mailbox| mailbox.address.as_ref())
        .any(|address| first.is_some_and(|first| !first.same_mailbox(address)));
    ambiguous |= differs || (broken_quote && text.matches('@').count() > 1);
    if ambiguous {
        words::add(defects, DefectKind::AmbiguousFrom);
    }
    mailboxes
}

struct List<'d> {
    mailboxes: Vec<Mailbox>,
    group: String,
    addresses_max: usize,
    ambiguous: bool,
    defects: &'d mut Vec<DefectKind>,
}

impl List<'_> {
    fn read(&mut self, tokens: Vec<Token>) {
        let mut semicolons = tokens.iter().filter(|token| token.kind == Kind::Semicolon).count();
        let mut element: Vec<Token> = Vec::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token.kind {
                Kind::Comma => {
                    if !is_name_before_comma(&element) {
                        self.push(&mut element);
                    } else if tokens.peek().is_some() {
                        // `山田, 太郎 <…>`: the comma belongs to the name of what follows.
                        element.push(token);
                    }
                }
                Kind::Semicolon => {
                    semicolons -= 1;
                    self.push(&mut element);
                    self.group.clear();
                }
                // A group only where it ends, or holds nothing; else the colon is part of a name.
                Kind::Colon if semicolons > 0 || tokens.peek().is_none() => {
                    self.group = phrase(&element, self.defects);
                    element.clear();
                    if tokens.peek().is_none_or(|next| next.kind == Kind::Semicolon) {
                        self.mailboxes.push(Mailbox { group: self.group.clone(), ..Mailbox::default() });
                    }
                }
                _ => element.push(token),
            }
            if self.mailboxes.len() >= self.addresses_max {
                words::add(self.defects, DefectKind::LimitReached);
                return;
            }
        }
        self.push(&mut element);
    }

    fn push(&mut self, element: &mut Vec<Token>) {
        let mut element = std::mem::take(element);
        while element.last().is_some_and(|token| token.kind == Kind::Comma) {
            element.pop();
        }
        if element.is_empty() {
            return;
        }
        let mut mailbox = self.mailbox(element);
        mailbox.group.clone_from(&self.group);
        self.mailboxes.push(mailbox);
    }

    fn mailbox(&mut self, mut element: Vec<Token>) -> Mailbox {
        let angles: Vec<(usize, Address)> = element
            .iter()
            .enumerate()
            .filter(|(_, token)| token.kind == Kind::Angle)
            .filter_map(|(place, token)| Some((place, self.bracketed(&token.text)?)))
            .collect();
        let bare = bare_addresses(&element);
        let (address, taken) = match (angles.first(), bare.first()) {
            (Some((place, address)), _) => {
                let others = angles
                    .iter()
                    .skip(1)
                    .map(|(_, other)| other)
                    .chain(bare.iter().map(|bare| &bare.address));
                self.ambiguous |= others.clone().any(|other| !other.same_mailbox(address));
                let beside =
                    bare.iter().filter(|bare| bare.address.same_mailbox(address) && element.len() > 2);
                let mut taken: Vec<usize> = angles.iter().map(|(place, _)| *place).collect();
                taken.extend(beside.flat_map(|bare| bare.places.clone()));
                taken.push(*place);
                (Some(address.clone()), taken)
            }
            (None, Some(first)) => {
                self.ambiguous |=
                    bare.iter().skip(1).any(|other| !other.address.same_mailbox(&first.address));
                (Some(first.address.clone()), first.places.clone().collect())
            }
            (None, None) => (None, Vec::new()),
        };
        let mut place = 0;
        element.retain(|token| {
            let empty = token.kind == Kind::Angle && token.text.trim().is_empty();
            let keeps = !empty && !taken.contains(&place);
            place += 1;
            keeps
        });
        let name = self.name(&element, address.as_ref());
        Mailbox { name, address, group: String::new() }
    }

    /// The name shown; a comment alone is the name (`a@b (Name)`).
    fn name(&mut self, element: &[Token], address: Option<&Address>) -> String {
        let mut found = Vec::new();
        let name = if element.iter().all(|token| token.kind == Kind::Comment) {
            let comments: Vec<Token> =
                element.iter().map(|token| Token { kind: Kind::Word, ..token.clone() }).collect();
            phrase(&comments, &mut found)
        } else {
            phrase(element, &mut found)
        };
        if found.contains(&DefectKind::Nul) && address.is_some() && name.contains('@') {
            self.ambiguous = true;
        }
        for defect in found {
            words::add(self.defects, defect);
        }
        name
    }

    /// The address that angle brackets hold.
    fn bracketed(&mut self, content: &str) -> Option<Address> {
        let (inner, commented) = super::tokens::without_comments(content);
        let mut inner: String = inner.trim().trim_matches(['<', '>']).trim().to_owned();
        self.ambiguous |= commented.contains('@');
        if inner.contains(|c: char| c.is_control() && c != '\t') {
            self.ambiguous |= inner.contains('@');
            inner.retain(|c| !c.is_control());
        }
        if inner.contains("=?") {
            let decoded = words::decode(inner.as_bytes(), &mut Vec::new());
            self.ambiguous |= decoded != inner && decoded.contains('@');
            inner = decoded;
        }
        if inner.starts_with('@')
            && let Some((_, last)) = inner.split_once(':')
        {
            self.ambiguous = true;
            inner = last.to_owned();
        }
        let inner = without_scheme(&inner);
        self.ambiguous |= at_signs(inner) > 1;
        address_in(inner)
    }
}

/// Whether the tokens can only be the beginning of a name whose comma was not quoted.
fn is_name_before_comma(element: &[Token]) -> bool {
    !element.is_empty()
        && element.iter().all(|token| match token.kind {
            Kind::Angle => false,
            Kind::Quoted | Kind::Word => !token.text.contains(['@', '＠']),
            _ => true,
        })
}

/// An address that stands without brackets.
struct Bare {
    address: Address,
    places: std::ops::Range<usize>,
}

/// Addresses outside brackets and quotes. Tokens without space between them belong together (`"a b"@c`).
fn bare_addresses(element: &[Token]) -> Vec<Bare> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < element.len() {
        let rest = element.get(start + 1..).unwrap_or_default();
        let glued = match element.get(start) {
            // `"Name"a@b`: quotes belong to an address only where `@` or `.` follows.
            Some(token) if token.kind == Kind::Quoted && !rest.first().is_some_and(goes_on) => 0,
            Some(token) if token.is_part_of_address() => {
                rest.iter().take_while(|token| !token.spaced && token.is_part_of_address()).count()
            }
            _ => 0,
        };
        let end = start + 1 + glued;
        let run = element.get(start..end).unwrap_or_default();
        if run.iter().all(Token::is_part_of_address)
            && run.iter().any(|token| token.kind == Kind::Word && token.text.contains(['@', '＠']))
        {
            let source: String = run.iter().map(Token::source).collect();
            if let Some(address) = bare_address(&source) {
                found.push(Bare { address, places: start..end });
            }
        }
        start = end;
    }
    found
}

/// Whether the token continues a quoted local part.
fn goes_on(token: &Token) -> bool {
    !token.spaced && token.text.starts_with(['@', '.', '＠'])
}

/// The address that a word is. A whole encoded word is a name, whatever it decodes to; one before an `@` outside it
/// stands for a local part.
fn bare_address(source: &str) -> Option<Address> {
    let Some(length) = words::word_at(source.as_bytes()) else { return address_in(without_scheme(source)) };
    let rest = source.get(length..).filter(|rest| rest.starts_with(['@', '＠']))?;
    let local = words::decode(source.get(..length)?.as_bytes(), &mut Vec::new());
    // Another `@` inside: programs take the last.
    let quoted = if local.contains(['@', ' ', ',', ';', '<', '>', '"']) {
        format!("\"{}\"", local.replace(['"', '\\'], ""))
    } else {
        local
    };
    Address::parse(&format!("{quoted}{}", rest.replace('＠', "@")))
}

/// The address in a text: all of it, the obsolete spaces around `.` and `@` left out, or its last word with an `@`.
fn address_in(text: &str) -> Option<Address> {
    let text = text.replace('＠', "@");
    let text = text
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '(' | ')' | '\''));
    if let Some(address) = Address::parse(text) {
        return Some(address);
    }
    if text.starts_with('"') {
        return None;
    }
    let mut tight = String::with_capacity(text.len());
    for piece in text.split_whitespace() {
        let joins = piece.starts_with(['@', '.']) || tight.ends_with(['@', '.']);
        if !joins && !tight.is_empty() {
            tight.push(' ');
        }
        tight.push_str(piece);
    }
    Address::parse(&tight)
        .or_else(|| tight.split([' ', ',', ';']).filter(|word| word.contains('@')).find_map(Address::parse))
}

fn without_scheme(text: &str) -> &str {
    match text.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => text.get(7..).unwrap_or_default(),
        _ => text,
    }
}

/// `@` outside quotes.
fn at_signs(text: &str) -> usize {
    let mut quoted = false;
    text.chars()
        .filter(|&c| {
            quoted ^= c == '"';
            c == '@' && !quoted
        })
        .count()
}

/// Tokens as a name: quotes taken off, encoded words decoded, comments kept in parentheses.
fn phrase(tokens: &[Token], defects: &mut Vec<DefectKind>) -> String {
    let mut text = String::new();
    for token in tokens {
        if token.spaced && !text.is_empty() {
            text.push(' ');
        }
        match token.kind {
            Kind::Comment => text.extend(["(", &token.text, ")"]),
            Kind::Angle => text.extend(["<", &token.text, ">"]),
            _ => text.push_str(&token.text),
        }
    }
    let mut found = Vec::new();
    let decoded = words::decode(text.as_bytes(), &mut found);
    for defect in found.into_iter().filter(|&defect| defect != DefectKind::RawHeader) {
        words::add(defects, defect);
    }
    decoded.split_whitespace().collect::<Vec<_>>().join(" ")
}
