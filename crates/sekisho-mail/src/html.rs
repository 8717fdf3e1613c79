//! HTML → what a person sees of it: text, hidden parts, links, forms, quotations.
//!
//! As a mail program shows it: no scripts, nothing loaded. One pass over the tokens with a bounded stack of open
//! elements, no tree; linear in the length of the page.

mod anchors;
mod colours;
mod containers;
mod elements;
mod entities;
mod forms;
mod looks;
mod outlook;
mod page;
mod paint;
#[cfg(test)]
mod peer;
mod selectors;
mod stack;
mod stylesheet;
mod targets;
mod tokens;
pub(crate) mod unseen;
mod writer;

use std::rc::Rc;

use memchr::memmem;

pub(crate) use containers::Marked;

use crate::{Limits, View};
use outlook::Other;
use page::{Head, Page};
use stylesheet::Stylesheet;
use tokens::{Token, Tokens};

/// Renders HTML. Never fails; what is beyond the limits is left out (the caller marks the part `too-large`).
pub(crate) fn render(html: &str, limits: &Limits) -> View {
    let mut end = html.len().min(limits.view_bytes_max);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let (html, _) = html.split_at(end);
    let (sheet, base) = look_ahead(html);
    let head = Rc::new(Head { sheet, base });
    let mut page = Page::new(Rc::clone(&head), limits);
    for token in Tokens::new(html) {
        page.take(token);
    }
    let comments = page.comments();
    let view = page.finish();
    let mut other = Page::outlooks(head, limits);
    match comments.other(&view.text) {
        Other::Nothing => return view,
        Other::Comments(comments) => {
            for (paint, inner) in comments {
                other.take_apart(paint, inner);
                other.divide();
            }
        }
        Other::Whole => Tokens::new(html).for_each(|token| other.take(token)),
    }
    outlook::joined(view, other.finish(), limits.links_max)
}

/// Style blocks and the base address hold for the whole page, also for what stands before them.
fn look_ahead(html: &str) -> (Stylesheet, Option<String>) {
    let mut sheet = Stylesheet::default();
    let mut base = None;
    let has = |name: &[u8]| memmem::find(html.to_ascii_lowercase().as_bytes(), name).is_some();
    if !has(b"<style") && !has(b"<base") {
        return (sheet, base);
    }
    let mut in_style = false;
    for token in Tokens::new(html) {
        match token {
            Token::Start(tag) if tag.name == "base" && base.is_none() => {
                base =
                    tag.attribute("href").map(|href| targets::clean(&href)).filter(|href| !href.is_empty());
            }
            Token::Start(tag) => {
                in_style = tag.name == "style"
                    && tag
                        .attribute("media")
                        .is_none_or(|media| matches!(media.trim(), "" | "all" | "screen"));
            }
            Token::Raw(css) if in_style => sheet.add(css),
            _ => in_style = false,
        }
    }
    (sheet, base)
}
