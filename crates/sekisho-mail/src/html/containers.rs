//! Elements that mail programs put around the words that they quote.

use std::ops::Range;

use super::looks::Look;
use super::tokens::Tag;
use crate::bidi::Turns;

/// Quotations kept of one page; an answer between the lines of a long mail has some dozens.
const QUOTES_MAX: usize = 500;

/// What an element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Nothing of that kind.
    Other,
    /// A quotation.
    Quote,
    /// The header block of a quotation, which goes on behind it to the end.
    Head,
}

/// What the page says of its quotations. Offsets into its text, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marked {
    /// Where the outermost containers stand.
    pub(crate) quotes: Vec<Range<usize>>,
    /// Where header blocks begin that a program marked as such.
    pub(crate) heads: Vec<usize>,
}

/// The containers of a page as it is read.
#[derive(Debug, Default)]
pub(super) struct Containers {
    marked: Marked,
    depth: usize,
    shown: Option<Range<usize>>,
    head_comes: bool,
}

/// What the element holds, by the names that mail programs give: Gmail, Yahoo, Proton, Thunderbird, Outlook.
pub(super) fn of(tag: &Tag<'_>, look: &Look) -> Holds {
    const CLASSES: [&str; 6] = [
        "gmail_quote",
        "gmail_extra",
        "yahoo_quoted",
        "protonmail_quote",
        "moz-forward-container",
        "zmail_extra",
    ];
    if tag.name == "blockquote" {
        return Holds::Quote;
    }
    let class = tag.attribute("class").unwrap_or_default();
    if class.split_whitespace().any(|class| CLASSES.contains(&class)) {
        return Holds::Quote;
    }
    let id = tag.attribute("id").unwrap_or_default();
    let is_head = matches!(id.trim(), "divRplyFwdMsg" | "x_divRplyFwdMsg")
        || class.contains("OutlookMessageHeader")
        || (tag.name == "div" && look.has_reply_border());
    if is_head { Holds::Head } else { Holds::Other }
}

impl Containers {
    /// An element that holds that begins.
    pub(super) fn begin(&mut self, holds: Holds) {
        match holds {
            Holds::Quote => self.depth += 1,
            Holds::Head if self.depth == 0 => self.head_comes = true,
            _ => {}
        }
    }

    /// Words were shown there.
    pub(super) fn show(&mut self, shown: &Range<usize>) {
        if std::mem::take(&mut self.head_comes) && self.marked.heads.len() < QUOTES_MAX {
            self.marked.heads.push(shown.start);
        }
        if self.depth > 0 {
            let start = self.shown.as_ref().map_or(shown.start, |before| before.start);
            self.shown = Some(start..shown.end);
        }
    }

    /// An element that holds a quotation ended.
    pub(super) fn end(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0
            && let Some(shown) = self.shown.take()
            && self.marked.quotes.len() < QUOTES_MAX
        {
            self.marked.quotes.push(shown);
        }
    }

    /// All of them.
    pub(super) fn finish(mut self, text: &str, turns: &Turns) -> Marked {
        if !turns.is_empty() {
            for quote in &mut self.marked.quotes {
                *quote = turns.range(quote, text);
            }
            for head in &mut self.marked.heads {
                *head = turns.range(&(*head..text.len()), text).start;
            }
            self.marked.quotes.sort_by_key(|quote| quote.start);
            self.marked.heads.sort_unstable();
        }
        self.marked
    }
}
