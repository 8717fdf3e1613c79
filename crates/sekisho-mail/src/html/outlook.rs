//! `<!--[if mso]>…<![endif]-->` → what of it the page does not say otherwise: Outlook and old programs of Microsoft show such comments, the others do not.
//!
//! Newsletters write buttons and tables twice, once for Outlook; what stands on the page already is not told again. The rest is a text of its own
//! behind the page's: no program shows both, and neither may hide the other.

use super::paint::Paint;
use crate::coverage::Covered;
use crate::{LinkKind, View};

/// Comments looked at of one page; newsletters reach some dozens.
const COMMENTS_MAX: usize = 2_000;
/// Letters that comments say and the page does not, from which on they say something else.
const OTHER_LETTERS_MIN: usize = 12;
/// Comments with fewer letters on average stand between the letters of the page: only the whole of it can be read.
const COMMENT_LETTERS_MIN: usize = 30;

/// The comments of a page in which there are words.
#[derive(Debug, Default)]
pub(super) struct Comments<'h> {
    found: Vec<(Paint, &'h str)>,
    words: String,
}

/// How what Outlook shows besides is read.
pub(super) enum Other<'h> {
    /// The page says all of it.
    Nothing,
    /// These comments, each on the paint around it.
    Comments(Vec<(Paint, &'h str)>),
    /// The whole page once more, with its comments.
    Whole,
}

impl<'h> Comments<'h> {
    /// Keeps a comment with the words in it.
    pub(super) fn add(&mut self, paint: Paint, inner: &'h str, words: &str) {
        if self.found.len() < COMMENTS_MAX && words.contains(char::is_alphanumeric) {
            self.found.push((paint, inner));
            self.words.push_str(words);
        }
    }

    /// What there is to read besides a page that shows `text`.
    pub(super) fn other(self, text: &str) -> Other<'h> {
        if self.found.is_empty() {
            return Other::Nothing;
        }
        let mut covered = Covered::default();
        covered.add(text);
        if covered.missing(&self.words, OTHER_LETTERS_MIN) < OTHER_LETTERS_MIN {
            return Other::Nothing;
        }
        let letters = self.words.chars().filter(|letter| letter.is_alphanumeric()).count();
        if letters < self.found.len() * COMMENT_LETTERS_MIN {
            return Other::Whole;
        }
        Other::Comments(self.found)
    }
}

/// The inside of a comment that some program shows; `None` where it is none.
///
/// Word asks for `supportFields` and the like where it writes what it does not show.
pub(super) fn inside(comment: &str) -> Option<&str> {
    let (condition, inner) = comment.trim_start().strip_prefix("[if")?.split_once("]>")?;
    (!condition.to_ascii_lowercase().contains("support")).then_some(inner)
}

/// A view with another one behind it.
pub(super) fn joined(mut view: View, other: View, links_max: usize) -> View {
    if other.text.trim().is_empty() {
        return view;
    }
    if !view.text.is_empty() {
        view.text.push_str("\n\n");
    }
    let by = view.text.len();
    let moved = |range: std::ops::Range<usize>| range.start + by..range.end + by;
    view.text.push_str(&other.text);
    view.hidden.extend(other.hidden.into_iter().map(|mut hidden| {
        hidden.at += by;
        hidden
    }));
    // What was noted for its target alone stands behind with its words.
    let shown: std::collections::HashSet<&str> =
        other.links.iter().map(|link| link.target.as_str()).collect();
    view.links.retain(|link| {
        !(link.kind == LinkKind::Anchor && link.text.is_empty() && shown.contains(link.target.as_str()))
    });
    view.links.extend(other.links.into_iter().map(|mut link| {
        link.range = moved(link.range);
        link
    }));
    view.links.truncate(links_max);
    view.forms.extend(other.forms);
    view.quotes.extend(other.quotes.into_iter().map(|mut quote| {
        quote.range = moved(quote.range);
        quote.words = moved(quote.words);
        quote
    }));
    view
}
