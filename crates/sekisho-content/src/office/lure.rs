//! Words of a document → whether they ask the reader to switch off what protects them ("Enable Content").
//!
//! Office opens what came from outside without its macros, and a document that needs them must talk its reader into
//! enabling them. It says so of itself, in a few sentences; a handbook says it of documents in general, with more around
//! it, and often says when not to. Words are compared without spaces, since documents cut and space them at will.

mod phrases;

use memchr::memmem;

use crate::office::told::{Sign, tell};
use crate::open::Opened;
use crate::{Danger, DeedKind};
use phrases::{
    ASKED, BAR, CLAIMS, GUIDES, LOOK_EN, LOOK_JA, MORE, NEGATIONS, NOUNS_EN, NOUNS_JA, OF_ITSELF, SELF,
    THINGS, VERBS,
};

/// Adds a deed where `words` ask to enable content.
pub(crate) fn judge(words: &str, opened: &mut Opened) {
    let Some(found) = find(words) else { return };
    tell(
        opened,
        &Sign {
            kind: DeedKind::EnableContentLure,
            danger: Danger::Active,
            place: "",
            start: "",
            does: "",
            link: "",
            string: &found,
        },
    );
}

/// Requests looked at in one document.
const REQUESTS_MAX: usize = 200;

/// A document with fewer characters than this has nothing else to say.
const SHORT_CHARACTERS: usize = 400;

/// The words around a request that make it a lure.
fn find(words: &str) -> Option<String> {
    let text = squeezed(words);
    let places = THINGS.iter().flat_map(|thing| {
        memmem::find_iter(text.as_bytes(), thing.as_bytes()).map(move |at| (at, at + thing.len()))
    });
    for (start, end) in places.take(REQUESTS_MAX) {
        let near = Around { text: &text, start, end };
        if near.is_request() && near.score(text.chars().take(SHORT_CHARACTERS).count()) >= SCORE_MIN {
            return Some(near.window(40, 120).to_owned());
        }
    }
    None
}

/// What a request must reach: it is about this document, and nothing around it warns or explains.
const SCORE_MIN: i32 = 2;

/// The words around one place.
struct Around<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Around<'t> {
    /// So many bytes before and behind the place, cut at characters.
    fn window(&self, before: usize, behind: usize) -> &'t str {
        let mut start = self.start.saturating_sub(before);
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = self.end.saturating_add(behind).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.text.get(start..end).unwrap_or_default()
    }

    /// Whether the reader is told to do it.
    fn is_request(&self) -> bool {
        any(self.window(60, 0), VERBS) || any(self.window(0, 90), ASKED)
    }

    fn score(&self, characters: usize) -> i32 {
        let wide = self.window(700, 700);
        let claims = if any(wide, CLAIMS) { 3 } else { 0 };
        let near = self.window(350, 350);
        let itself = if speaks_of_itself(near) || comes_after(near) { 2 } else { 0 };
        let short = characters < SHORT_CHARACTERS && any(wide, BAR);
        let alone = if short { 2 } else { 0 };
        let guides = GUIDES.iter().filter(|word| wide.contains(**word)).count().min(4) as i32;
        let negated = any(self.window(45, 0), NEGATIONS) || any(self.window(0, 150), NEGATIONS);
        claims.max(itself).max(alone) - guides - if negated { 3 } else { 0 }
    }
}

/// `this document`, unless it goes on to say what it explains.
fn speaks_of_itself(window: &str) -> bool {
    SELF.iter().flat_map(|word| window.match_indices(word)).any(|(at, word)| {
        let behind: String = window.get(at + word.len()..).unwrap_or_default().chars().take(60).collect();
        let next = behind.split(['。', '.', '\n']).next().unwrap_or_default();
        !any(next, OF_ITSELF)
    }) || any(window, MORE)
}

/// `to view the document`, `内容を表示するには`: what the request is for.
fn comes_after(window: &str) -> bool {
    let english = LOOK_EN.iter().flat_map(|verb| window.match_indices(verb)).any(|(at, verb)| {
        let behind: String = window.get(at + verb.len()..).unwrap_or_default().chars().take(24).collect();
        ["the", "this", "your", "it", "all"].iter().any(|article| {
            behind.strip_prefix(article).is_some_and(|rest| *article == "it" || any(rest, NOUNS_EN))
        })
    });
    let japanese = || {
        NOUNS_JA.iter().flat_map(|noun| window.match_indices(noun)).any(|(at, noun)| {
            let behind: String = window.get(at + noun.len()..).unwrap_or_default().chars().take(16).collect();
            behind.starts_with(['を', 'が', 'の']) && any(&behind, LOOK_JA)
        })
    };
    english || japanese()
}

fn any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Lower case, wide letters narrow, without white space, quotes, brackets and invisible characters.
fn squeezed(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for c in words.chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            c => c,
        };
        // Most are letters of ASCII.
        if c.is_ascii_alphanumeric() {
            plain.push(c.to_ascii_lowercase());
        } else if !is_passed_by(c) {
            plain.extend(c.to_lowercase());
        }
    }
    plain
}

fn is_passed_by(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
        || "「」『』“”\"'‘’【】[]()<>«»〈〉《》*_`´・•".contains(c)
}

#[cfg(test)]
mod tests;
