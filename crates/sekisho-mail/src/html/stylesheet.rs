//! `<style>` → looks by the selectors of its rules.
//!
//! What stands under conditions (`@media (…)`, `@supports`) is left out: rules for a dark screen or a telephone must not hide what
//! everybody else sees.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use memchr::memmem;

use super::looks::Look;
use super::selectors::{Combinator, Facts, Selector};
use super::stack::Stack;
use super::tokens::Tag;

/// Selectors kept of all style blocks of a page; the largest newsletters have some thousands.
const SELECTORS_MAX: usize = 20_000;
/// Classes looked at of one element.
const CLASSES_MAX: usize = 20;
/// Selectors with more to them than one name that are kept; the largest newsletters have some hundreds.
const COMPOSED_MAX: usize = 2_000;
/// Attributes that selectors may ask for.
const ATTRIBUTES_MAX: usize = 20;
/// Elements compared with parts of selectors, all of a page together; a newsletter takes some thousand times less.
const COMPARISONS_MAX: usize = 2_000_000;

/// The rules of a page. One look a selector, so that an element costs a few look-ups however many rules there are; those with more to them
/// are found by the name, class or id that they ask for last.
#[derive(Debug)]
pub(super) struct Stylesheet {
    looks: HashMap<String, Look>,
    composed: Vec<Composed>,
    by_key: HashMap<String, Vec<usize>>,
    attributes: Vec<String>,
    comparisons_left: Cell<usize>,
}

/// A rule for elements inside others, or of several conditions.
#[derive(Debug)]
struct Composed {
    selector: Selector,
    weight: (usize, usize, usize),
    look: Rc<Look>,
}

impl Default for Stylesheet {
    fn default() -> Self {
        Self {
            looks: HashMap::new(),
            composed: Vec::new(),
            by_key: HashMap::new(),
            attributes: Vec::new(),
            comparisons_left: Cell::new(COMPARISONS_MAX),
        }
    }
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

    /// What composed rules ask of a tag that is the `nth` of its parent; `None` where there are none.
    pub(super) fn facts(&self, tag: &Tag<'_>, nth: usize) -> Option<Rc<Facts>> {
        (!self.composed.is_empty()).then(|| Facts::of(tag, nth, &self.attributes))
    }

    /// What the rules say of an element inside those of `stack`, by rising weight: everything, tag, class, id.
    pub(super) fn look(&self, tag: &Tag<'_>, facts: Option<&Facts>, stack: &Stack) -> Look {
        let mut look = Look::default();
        let composed = facts.map(|facts| self.composed_of(facts, stack)).unwrap_or_default();
        if self.looks.is_empty() && composed.is_empty() {
            return look;
        }
        let lay = |look: &mut Look, selector: &str| {
            if let Some(found) = self.looks.get(selector) {
                look.add(found);
            }
        };
        let lay_composed = |look: &mut Look, of: fn((usize, usize, usize)) -> bool| {
            composed.iter().filter(|rule| of(rule.weight)).for_each(|rule| look.add(&rule.look));
        };
        lay(&mut look, "*");
        lay(&mut look, &tag.name);
        lay_composed(&mut look, |(ids, classes, _)| ids == 0 && classes == 0);
        if let Some(classes) = tag.attribute("class") {
            for class in classes.split_whitespace().take(CLASSES_MAX) {
                lay(&mut look, &format!(".{class}"));
                lay(&mut look, &format!("{}.{class}", tag.name));
            }
        }
        lay_composed(&mut look, |(ids, classes, _)| ids == 0 && classes > 0);
        if let Some(id) = tag.attribute("id") {
            let id = id.trim();
            lay(&mut look, &format!("#{id}"));
            lay(&mut look, &format!("{}#{id}", tag.name));
        }
        lay_composed(&mut look, |(ids, _, _)| ids > 0);
        look
    }

    /// The composed rules that hold for an element, the lightest and first ones first.
    fn composed_of(&self, facts: &Facts, stack: &Stack) -> Vec<&Composed> {
        let mut found: Vec<(usize, &Composed)> = Vec::new();
        for key in facts.keys() {
            for at in self.by_key.get(&key).into_iter().flatten() {
                let Some(rule) = self.composed.get(*at) else { continue };
                if !self.may_compare() {
                    return Vec::new();
                }
                if rule.selector.element.fits(facts)
                    && self.is_inside(&rule.selector, 0, stack.depth(), stack)
                {
                    found.push((*at, rule));
                }
            }
        }
        found.sort_by_key(|(at, rule)| (rule.weight, *at));
        found.into_iter().map(|(_, rule)| rule).collect()
    }

    /// Whether what a selector asks for from its `step` on stands among the `depth` outermost open elements.
    fn is_inside(&self, selector: &Selector, step: usize, depth: usize, stack: &Stack) -> bool {
        let Some((combinator, compound)) = selector.around.get(step) else { return true };
        for at in (0..depth).rev() {
            if !self.may_compare() {
                return false;
            }
            let fits = stack.facts(at).is_some_and(|facts| compound.fits(facts));
            if fits && self.is_inside(selector, step + 1, at, stack) {
                return true;
            }
            if *combinator == Combinator::Parent {
                return false;
            }
        }
        false
    }

    fn may_compare(&self) -> bool {
        let left = self.comparisons_left.get();
        self.comparisons_left.set(left.saturating_sub(1));
        left > 0
    }

    fn rule(&mut self, selectors: &str, declarations: &str) {
        let look = Look::parse(declarations);
        if look == Look::default() {
            return;
        }
        let look = Rc::new(look);
        for selector in Selector::list(selectors) {
            match selector.simple() {
                Some(key) if self.looks.len() < SELECTORS_MAX || self.looks.contains_key(&key) => {
                    self.looks.entry(key).or_default().add(&look);
                }
                None if self.composed.len() < COMPOSED_MAX => self.compose(selector, &look),
                _ => {}
            }
        }
    }

    fn compose(&mut self, selector: Selector, look: &Rc<Look>) {
        for name in selector.attributes() {
            if self.attributes.iter().all(|known| known != name) {
                if self.attributes.len() >= ATTRIBUTES_MAX {
                    return;
                }
                self.attributes.push(name.to_owned());
            }
        }
        self.by_key.entry(selector.key()).or_default().push(self.composed.len());
        self.composed.push(Composed { weight: selector.weight(), selector, look: Rc::clone(look) });
    }
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
