//! A seed → the mail of a small Japanese design office: raw messages as honest people and systems write them.
//!
//! The words come from `texts/*.txt`, the shapes from what mail programs really do. Every text is used about
//! equally often; who writes, with which program, and what stands around the text is drawn anew each time.

pub(crate) mod client;
pub(crate) mod html;
pub(crate) mod letter;
pub(crate) mod prose;
pub(crate) mod quote;
pub(crate) mod slots;
mod special;
pub(crate) mod texts;
pub(crate) mod world;

use crate::Rng;
use texts::{Text, texts};
use world::World;

/// Which way a mail went, seen from the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From outside to one of the people.
    Incoming,
    /// Between two of the people.
    Internal,
    /// From one of the people to the outside.
    Outgoing,
}

/// One harmless mail.
#[derive(Debug, Clone)]
pub struct Generated {
    /// The raw message, lines ending in CRLF.
    pub bytes: Vec<u8>,
    /// What kind of mail it is, in a word or two: `invoice`, `newsletter`.
    pub about: &'static str,
    /// The number of the text it was made from, below [`text_count`].
    pub text: usize,
    /// Which way it went.
    pub direction: Direction,
    /// Who received it, or wrote it when it is outgoing.
    pub own_address: &'static str,
}

/// The first `count` mails of the office that belongs to `seed`; the same seed gives the same bytes.
pub fn office(seed: u64, count: usize) -> impl Iterator<Item = Generated> {
    let world = World::new(seed);
    let mut shuffler = Rng::stream(seed, u64::MAX);
    let mut deck: Vec<usize> = Vec::new();
    (0..count).map(move |index| {
        if deck.is_empty() {
            deck = (0..texts().len()).collect();
            shuffler.shuffle(&mut deck);
        }
        let number = deck.pop().unwrap_or_default();
        let text: &'static Text = &texts()[number];
        letter::write(text, number, &world, Rng::stream(seed, index as u64))
    })
}

/// How many distinct texts there are.
pub fn text_count() -> usize {
    texts().len()
}

/// The texts with their slots left open, in the order of [`Generated::text`].
pub fn text_bodies() -> impl Iterator<Item = &'static str> {
    texts().iter().map(|text| text.body.as_str())
}
