//! The elements that are open, each with its look: our stand-in for the tree that browsers build.
//!
//! It follows the rules that decide which text inherits which look (implied ends, scopes, formatting elements that
//! go on across the ends of others) and leaves out the rest, so that depth and work are bounded.

use std::collections::HashMap;
use std::rc::Rc;

use super::elements::{self, Flow, Scope};
use super::looks::Look;
use super::paint::Paint;
use super::selectors::Facts;

/// Elements open at once; deeper ones stand beside each other, as in browsers (which stop at 512).
const DEPTH_MAX: usize = 256;
/// Formatting elements opened again behind the end of a block; browsers take up to 3 of a kind.
const REOPENED_MAX: usize = 8;

/// An open element.
#[derive(Clone, Debug)]
pub(super) struct Open {
    /// Its name.
    pub(super) name: String,
    /// How it divides the text.
    pub(super) flow: Flow,
    /// What its style says.
    look: Look,
    unshown: bool,
    /// The paint of its text.
    pub(super) paint: Paint,
    /// Items so far, if it is a list; `None` where they have no marks.
    pub(super) items: Option<usize>,
    /// Where the text of a row begins (byte offset), and its first line once something is written.
    pub(super) row: (usize, Option<usize>),
    /// Whether it holds a quotation.
    pub(super) quotes: bool,
    /// What selectors ask of it, where some ask for more than one thing.
    pub(super) facts: Option<Rc<Facts>>,
    /// Elements begun in it so far.
    children: usize,
}

impl Open {
    /// An element that begins, not placed yet.
    pub(super) fn new(name: String, flow: Flow, look: Look) -> Open {
        let unshown = elements::is_unshown(&name);
        let items = (!look.is_unlisted()).then_some(0);
        Open {
            name,
            flow,
            look,
            unshown,
            paint: Paint::PAPER,
            items,
            row: (0, None),
            quotes: false,
            facts: None,
            children: 0,
        }
    }
}

/// The open elements, outermost first.
#[derive(Debug, Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    /// What the outermost stands on; paper where nothing is said.
    below: Option<Paint>,
    /// Elements begun in none.
    children: usize,
    /// How many of each name are open: most end tags of hostile pages end nothing, and must cost nothing.
    counts: HashMap<String, usize>,
}

impl Stack {
    /// Nothing open, on that paint.
    pub(super) fn on(paint: Paint) -> Self {
        Self { below: Some(paint), ..Self::default() }
    }

    /// The paint of text that comes now.
    pub(super) fn paint(&self) -> Paint {
        self.open.last().map_or(self.below.unwrap_or(Paint::PAPER), |open| open.paint)
    }

    /// How many are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// What selectors ask of the element at that depth, outermost 0.
    pub(super) fn facts(&self, at: usize) -> Option<&Facts> {
        self.open.get(at).and_then(|open| open.facts.as_deref())
    }

    /// The place among its siblings, from 1, of an element that begins now.
    pub(super) fn next_child(&mut self) -> usize {
        let children = self.open.last_mut().map_or(&mut self.children, |open| &mut open.children);
        *children += 1;
        *children
    }

    /// The innermost open element of that name in its scope.
    pub(super) fn nearest(&mut self, names: &[&str], scope: Scope) -> Option<&mut Open> {
        let at = self.find(names, scope)?;
        self.open.get_mut(at)
    }

    /// Opens an element; gives the one that had to make room, if any.
    pub(super) fn push(&mut self, mut open: Open) -> Option<Open> {
        let room = if self.open.len() >= DEPTH_MAX { self.open.pop() } else { None };
        if let Some(room) = &room {
            self.forget(room.name.as_str());
        }
        match self.counts.get_mut(&open.name) {
            Some(count) => *count += 1,
            None => {
                self.counts.insert(open.name.clone(), 1);
            }
        }
        open.paint = inside(self.paint(), &open);
        self.open.push(open);
        room
    }

    /// Ends the innermost element of one of these names, and what is open inside it; gives the ended ones, innermost
    /// first. Formatting elements among them go on.
    pub(super) fn end(&mut self, names: &[&str], scope: Scope) -> Vec<Open> {
        let Some(at) = self.find(names, scope) else { return Vec::new() };
        if self.open.get(at).is_some_and(|open| elements::is_formatting(&open.name)) {
            let removed = self.open.remove(at);
            self.forget(&removed.name);
            self.repaint(at);
            return vec![removed];
        }
        let mut ended = self.open.split_off(at);
        for open in &ended {
            self.forget(&open.name);
        }
        if !ended.iter().any(|open| elements::is_marker(&open.name)) {
            let again: Vec<Open> =
                ended.iter().skip(1).filter(|open| elements::is_formatting(&open.name)).cloned().collect();
            let skip = again.len().saturating_sub(REOPENED_MAX);
            for open in again.into_iter().skip(skip) {
                self.push(open);
            }
        }
        ended.retain(|open| !elements::is_formatting(&open.name));
        ended.reverse();
        ended
    }

    /// Ends everything; innermost first.
    pub(super) fn end_all(&mut self) -> Vec<Open> {
        self.counts.clear();
        let mut ended = std::mem::take(&mut self.open);
        ended.reverse();
        ended
    }

    fn forget(&mut self, name: &str) {
        if let Some(count) = self.counts.get_mut(name) {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(name);
            }
        }
    }

    fn find(&self, names: &[&str], scope: Scope) -> Option<usize> {
        if !names.iter().any(|name| self.counts.contains_key(*name)) {
            return None;
        }
        for (at, open) in self.open.iter().enumerate().rev() {
            if names.contains(&open.name.as_str()) {
                return Some(at);
            }
            if elements::is_wall(&open.name, scope) {
                return None;
            }
        }
        None
    }

    /// Paints again from `at` on, after one below was taken out.
    fn repaint(&mut self, at: usize) {
        let mut paint = at
            .checked_sub(1)
            .and_then(|below| self.open.get(below))
            .map_or(self.below.unwrap_or(Paint::PAPER), |open| open.paint);
        for open in self.open.iter_mut().skip(at) {
            open.paint = inside(paint, open);
            paint = open.paint;
        }
    }
}

fn inside(around: Paint, open: &Open) -> Paint {
    let paint = around.inside(&open.look);
    if open.unshown { paint.unshown() } else { paint }
}
