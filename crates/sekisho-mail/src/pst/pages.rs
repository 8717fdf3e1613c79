//! Pages ([MS-PST] section 2.2.2.7.7) → the two trees of a data file: nodes by number, blocks by number.
//!
//! Levels must fall on the way down and keys must rise from left to right, so that no circle and no page named twice is followed.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use super::layout::{Form, Layout};
use super::limits::{LEVELS_MAX, PAGES_KEPT_MAX};
use super::source::ReadAt;
use crate::ole::{u16_at, u32_at};

/// One of the two trees, by the number that its pages bear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Tree {
    Blocks = 0x80,
    Nodes = 0x81,
}

/// A node: what a folder, a message or the store is kept in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) number: u32,
    /// The block with its properties.
    pub(super) data: u64,
    /// The block with the nodes within it; 0 where it has none.
    pub(super) inside: u64,
    /// The folder that it lies in.
    pub(super) parent: u32,
}

/// Where a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) at: u64,
    /// Bytes on the disk, without the trailer.
    pub(super) stored_bytes: usize,
    /// Bytes once decompressed.
    pub(super) bytes: usize,
}

/// The pages of a data file; those read last are kept.
pub(super) struct Pages<'s> {
    source: &'s dyn ReadAt,
    form: Form,
    nodes: u64,
    blocks: u64,
    kept: HashMap<(Tree, u64), Option<Rc<Page>>>,
}

struct Page {
    bytes: Vec<u8>,
    entries: usize,
    entry_bytes: usize,
    level: u8,
}

/// A walk through the nodes.
pub(super) struct Walk<'v> {
    /// The first number that is looked for.
    pub(super) from: u32,
    pub(super) visit: &'v mut dyn FnMut(Met) -> ControlFlow<()>,
    /// What a visited number must exceed.
    next: u64,
    /// Pages that may still be visited: no more than the file has.
    pages_left: u64,
}

/// What a walk meets.
pub(super) enum Met {
    Node(Node),
    /// A page was read; for whoever wants to say that something goes on.
    Page,
    /// A page cannot be read, with all that is below it.
    Unreadable,
}

impl<'s> Pages<'s> {
    pub(super) fn new(source: &'s dyn ReadAt, layout: &Layout) -> Self {
        let Layout { form, nodes, blocks, .. } = *layout;
        Self { source, form, nodes, blocks, kept: HashMap::new() }
    }

    /// The same trees, with pages kept apart.
    pub(super) fn another(&self) -> Self {
        Self { kept: HashMap::new(), ..*self }
    }

    /// The node with this number.
    pub(super) fn node(&mut self, number: u32) -> Option<Node> {
        let page = self.leaf(Tree::Nodes, self.nodes, u64::from(number))?;
        (0..page.entries).filter_map(|at| page.node(at, self.form)).find(|node| node.number == number)
    }

    /// Where the block with this number is. The lowest bit of the number means nothing.
    pub(super) fn block(&mut self, id: u64) -> Option<Place> {
        let page = self.leaf(Tree::Blocks, self.blocks, id & !1)?;
        (0..page.entries).find_map(|at| page.block(at, id & !1, self.form))
    }

    /// Visits the nodes in the order of their numbers, each once.
    pub(super) fn walk(
        &mut self,
        from: u32,
        visit: &mut dyn FnMut(Met) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let pages_left = self.source.size_bytes() / self.form.page_bytes() as u64 + 1;
        let mut walk = Walk { from, visit, next: u64::from(from), pages_left };
        self.below(self.nodes, LEVELS_MAX, &mut walk)
    }

    /// Visits what is below the page at `place`, whose level must be below `above`.
    fn below(&mut self, place: u64, above: u8, walk: &mut Walk<'_>) -> ControlFlow<()> {
        walk.pages_left = walk.pages_left.saturating_sub(1);
        let page = self.page(Tree::Nodes, place).filter(|page| page.level < above && walk.pages_left > 0);
        let Some(page) = page else { return (walk.visit)(Met::Unreadable) };
        (walk.visit)(Met::Page)?;
        for at in 0..page.entries {
            if page.level == 0 {
                let Some(node) = page.node(at, self.form) else { continue };
                if u64::from(node.number) >= walk.next && node.number >= walk.from {
                    walk.next = u64::from(node.number) + 1;
                    (walk.visit)(Met::Node(node))?;
                }
                continue;
            }
            // A page whose right neighbour begins at or before what is wanted has nothing of it.
            let right = page.key(at + 1, self.form);
            if right.is_some_and(|right| right <= walk.next) {
                continue;
            }
            if let Some(below) = page.below(at, self.form) {
                self.below(below, page.level, walk)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// The leaf in which `key` stands, if anywhere.
    fn leaf(&mut self, tree: Tree, root: u64, key: u64) -> Option<Rc<Page>> {
        let mut page = self.page(tree, root)?;
        let mut above = LEVELS_MAX;
        while page.level > 0 {
            if page.level >= above {
                return None;
            }
            above = page.level;
            let not_beyond = |at: &usize| page.key(*at, self.form).is_some_and(|first| first <= key);
            let below = (0..page.entries).rev().find(not_beyond)?;
            let place = page.below(below, self.form)?;
            page = self.page(tree, place)?;
        }
        Some(page)
    }

    fn page(&mut self, tree: Tree, place: u64) -> Option<Rc<Page>> {
        if let Some(page) = self.kept.get(&(tree, place)) {
            return page.clone();
        }
        let page = self.read(tree, place).map(Rc::new);
        if self.kept.len() >= PAGES_KEPT_MAX {
            self.kept.clear();
        }
        self.kept.insert((tree, place), page.clone());
        page
    }

    /// Reads a page. Its checksum is not asked: one wrong entry costs itself, since blocks are checked by their own.
    fn read(&self, tree: Tree, place: u64) -> Option<Page> {
        let mut bytes = vec![0; self.form.page_bytes()];
        if self.source.read_full(place, &mut bytes).ok()? < bytes.len() {
            return None;
        }
        let trailer = bytes.len() - self.form.trailer_bytes();
        let kind = [tree as u8; 2];
        if bytes.get(trailer..trailer + 2) != Some(&kind) {
            return None;
        }
        let (entries, entry_bytes, level, room) = match self.form {
            Form::Ansi => (usize::from(*bytes.get(496)?), *bytes.get(498)?, *bytes.get(499)?, 496),
            Form::Unicode => (usize::from(*bytes.get(488)?), *bytes.get(490)?, *bytes.get(491)?, 488),
            Form::LargePages => {
                (usize::from(u16_at(&bytes, 4_056)?), *bytes.get(4_060)?, *bytes.get(4_061)?, 4_056)
            }
        };
        let entry_bytes = usize::from(entry_bytes);
        if entry_bytes == 0 || entries == 0 || entries * entry_bytes > room || level >= LEVELS_MAX {
            return None;
        }
        Some(Page { bytes, entries, entry_bytes, level })
    }
}

impl Page {
    fn entry(&self, at: usize) -> Option<&[u8]> {
        let from = at.checked_mul(self.entry_bytes)?;
        (at < self.entries).then(|| self.bytes.get(from..from + self.entry_bytes))?
    }

    /// The key that an entry begins with.
    fn key(&self, at: usize, form: Form) -> Option<u64> {
        form.id_at(self.entry(at)?, 0)
    }

    /// The place of the page below: behind the key and the page's number.
    fn below(&self, at: usize, form: Form) -> Option<u64> {
        form.id_at(self.entry(at)?, 2 * form.id_bytes())
    }

    fn node(&self, at: usize, form: Form) -> Option<Node> {
        let (entry, step) = (self.entry(at)?, form.id_bytes());
        Some(Node {
            number: u32_at(entry, 0)?,
            data: form.id_at(entry, step)?,
            inside: form.id_at(entry, 2 * step)?,
            parent: u32_at(entry, 3 * step)?,
        })
    }

    fn block(&self, at: usize, id: u64, form: Form) -> Option<Place> {
        let (entry, step) = (self.entry(at)?, form.id_bytes());
        if form.id_at(entry, 0)? & !1 != id {
            return None;
        }
        let stored_bytes = usize::from(u16_at(entry, 2 * step)?);
        let bytes = match form {
            Form::Ansi | Form::Unicode => stored_bytes,
            Form::LargePages => usize::from(u16_at(entry, 2 * step + 2)?),
        };
        Some(Place { at: form.id_at(entry, step)?, stored_bytes, bytes })
    }
}
