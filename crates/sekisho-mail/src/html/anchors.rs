//! Links of a page: those with shown words, and those that load or lead somewhere by themselves.

use std::ops::Range;

use crate::bidi::Turns;
use crate::{Link, LinkKind};

/// Characters kept of a picture's alternative text.
const ALT_CHARS_MAX: usize = 500;

/// An `<a>` that is open.
#[derive(Debug)]
pub(super) struct Anchor {
    target: String,
    at: usize,
    shown: Option<Range<usize>>,
    alt: String,
}

/// The links seen so far, at most as many as the limits say.
#[derive(Debug)]
pub(super) struct Anchors {
    links: Vec<Link>,
    links_max: usize,
    open: Option<Anchor>,
}

impl Anchors {
    /// No links yet.
    pub(super) fn new(links_max: usize) -> Self {
        Self { links: Vec::new(), links_max, open: None }
    }

    /// `<a>`, at that offset of `text`: one that is still open ends here.
    pub(super) fn begin(&mut self, target: Option<String>, text: &str) {
        self.end(text);
        self.open = target.map(|target| Anchor { target, at: text.len(), shown: None, alt: String::new() });
    }

    /// Sets the one that is open aside, for what stands apart in it.
    pub(super) fn suspend(&mut self) -> Option<Anchor> {
        self.open.take()
    }

    /// Goes on with one that was set aside.
    pub(super) fn resume(&mut self, anchor: Option<Anchor>, text: &str) {
        self.end(text);
        self.open = anchor;
    }

    /// Words were shown there.
    pub(super) fn show(&mut self, shown: &Range<usize>) {
        if let Some(anchor) = &mut self.open {
            let start = anchor.shown.as_ref().map_or(shown.start, |before| before.start);
            anchor.shown = Some(start..shown.end);
        }
    }

    /// A picture with that alternative text was shown.
    pub(super) fn picture(&mut self, alt: &str) {
        if let Some(anchor) = &mut self.open
            && anchor.alt.is_empty()
        {
            anchor.alt =
                alt.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(ALT_CHARS_MAX).collect();
        }
    }

    /// `</a>`.
    pub(super) fn end(&mut self, text: &str) {
        let Some(anchor) = self.open.take() else { return };
        let (words, range) = match anchor.shown {
            Some(range) => (text.get(range.clone()).unwrap_or_default().to_owned(), range),
            None => (anchor.alt, anchor.at..anchor.at),
        };
        self.add(words, anchor.target, LinkKind::Anchor, range);
    }

    /// A link without shown words, at that offset.
    pub(super) fn add_silent(&mut self, target: String, kind: LinkKind, at: usize) {
        self.add(String::new(), target, kind, at..at);
    }

    /// A link with words that stand nowhere in the text (`<area alt>`).
    pub(super) fn add_area(&mut self, target: String, alt: String, at: usize) {
        self.add(alt, target, LinkKind::Anchor, at..at);
    }

    /// All links in order, those added that stand bare in the text outside of anchors.
    pub(super) fn finish(mut self, text: &str, turns: &Turns) -> Vec<Link> {
        if !turns.is_empty() {
            for link in &mut self.links {
                link.range = turns.range(&link.range, text);
                if !link.range.is_empty() {
                    text.get(link.range.clone()).unwrap_or_default().clone_into(&mut link.text);
                }
            }
        }
        self.links.sort_by_key(|link| (link.range.start, link.range.end));
        let anchors: Vec<Range<usize>> =
            self.links.iter().map(|link| link.range.clone()).filter(|range| !range.is_empty()).collect();
        let mut next = anchors.iter().peekable();
        for bare in crate::links::bare(text, self.links_max) {
            while next.next_if(|range| range.end <= bare.range.start).is_some() {}
            if next.peek().is_none_or(|range| range.start >= bare.range.end) {
                self.links.push(bare);
            }
        }
        self.links.sort_by_key(|link| (link.range.start, link.range.end));
        self.links.truncate(self.links_max);
        self.links
    }

    fn add(&mut self, text: String, target: String, kind: LinkKind, range: Range<usize>) {
        if self.links.len() < self.links_max && !(target.is_empty() && text.is_empty()) {
            self.links.push(Link { text, target, kind, range });
        }
    }
}
