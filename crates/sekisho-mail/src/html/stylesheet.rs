//! `<style>` → looks by simple selectors: `tag`, `.class`, `#id`, `tag.class`, `tag#id`, `*`, in comma lists.
//!
//! Selectors with more to them are left out, and so is what stands under conditions (`@media (…)`, `@supports`):
//! rules for a dark screen or a telephone must not hide what everybody else sees.

use std::collections::HashMap;

use memchr::memmem;

use super::looks::Look;
use super::tokens::Tag;

/// Selectors kept of all style blocks of a page; the largest newsletters have some thousands.
const SELECTORS_MAX: usize = 20_000;
/// Classes looked at of one element.
const CLASSES_MAX: usize = 20;

/// The rules of a page. One look a selector, so that an element costs a few look-ups however many rules there are.
#[derive(Debug, Default)]
pub(super) struct Stylesheet {
    looks: HashMap<String, Look>,
}

impl Stylesheet {
    /// Adds the rules of one `<style>` block.
    pub(super) fn add(&mut self, css: &str) {
        let css = without_comments(css);
        let mut rest = css.as_str();
        // Every round takes at least one byte.
        while let Some(brace) = rest.find(['{', ';', '}']) {
            let (prelude, from) = rest.split_at(brace);
            let prelude = prelude.trim().trim_start_matches("<!--").trim_start_matches("-->").trim();
            rest = &from[1..];
            if !from.starts_with('{') {
                continue;
            }
            if let Some(name) = prelude.strip_prefix('@') {
                if !holds_everywhere(name) {
                    rest = behind_block(rest);
                }
                continue;
            }
            let end = rest.find('}').unwrap_or(rest.len());
            self.rule(prelude, &rest[..end]);
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }

    /// What the rules say of an element, by rising weight: everything, tag, class, id.
    pub(super) fn look(&self, tag: &Tag<'_>) -> Look {
        let mut look = Look::default();
        if self.looks.is_empty() {
            return look;
        }
        let mut lay = |selector: &str| {
            if let Some(found) = self.looks.get(selector) {
                look.add(found);
            }
        };
        lay("*");
        lay(&tag.name);
        if let Some(classes) = tag.attribute("class") {
            for class in classes.split_whitespace().take(CLASSES_MAX) {
                lay(&format!(".{class}"));
                lay(&format!("{}.{class}", tag.name));
            }
        }
        if let Some(id) = tag.attribute("id") {
            let id = id.trim();
            lay(&format!("#{id}"));
            lay(&format!("{}#{id}", tag.name));
        }
        look
    }

    fn rule(&mut self, selectors: &str, declarations: &str) {
        let look = Look::parse(declarations);
        if look == Look::default() {
            return;
        }
        for selector in selectors.split(',') {
            let Some(selector) = simple(selector.trim()) else { continue };
            if self.looks.len() < SELECTORS_MAX || self.looks.contains_key(&selector) {
                self.looks.entry(selector).or_default().add(&look);
            }
        }
    }
}

/// The selector as a key, where it is a simple one: the tag's name in lower case.
fn simple(selector: &str) -> Option<String> {
    let mark = selector.find(['.', '#']).unwrap_or(selector.len());
    let (tag, rest) = selector.split_at(mark);
    let name = rest.get(1..).unwrap_or_default();
    let is_name = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let fits = (tag == "*" || is_name(tag)) && is_name(name) && (rest.is_empty() || !name.is_empty());
    if !fits || selector.is_empty() {
        return None;
    }
    let tag = if tag == "*" && !rest.is_empty() { "" } else { tag };
    Some(format!("{}{rest}", tag.to_ascii_lowercase()))
}

/// Whether an at-rule's block is taken like what stands outside: `@media screen` and `all`, without a condition.
fn holds_everywhere(rule: &str) -> bool {
    let mut words = rule.split_whitespace().map(str::to_ascii_lowercase);
    words.next().as_deref() == Some("media")
        && words.all(|word| matches!(word.as_str(), "all" | "screen" | "only" | "all," | "screen,"))
}

/// What follows the block whose opening brace was just passed.
fn behind_block(text: &str) -> &str {
    let mut depth = 1_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}

fn without_comments(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = memmem::find(rest.as_bytes(), b"/*") {
        let (before, comment) = rest.split_at(start);
        text.push_str(before);
        text.push(' ');
        let end = memmem::find(comment.get(2..).unwrap_or_default().as_bytes(), b"*/").map(|end| end + 4);
        rest = end.and_then(|end| comment.get(end..)).unwrap_or_default();
    }
    text.push_str(rest);
    text
}
