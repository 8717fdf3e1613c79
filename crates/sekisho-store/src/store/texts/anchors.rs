//! Anchors ↔ the texts that they lead to, the anchors of one block a row: there is no other way from a fingerprint to a text.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::StoreError;
use crate::database::{Database, Value};
use crate::store::together::{Together, at_once};

/// The table. A block has the anchors whose lower bits are its number, as [`Block`] packs them.
pub(super) const TABLE: &str = "CREATE TABLE anchors (block BIGINT PRIMARY KEY, anchors BYTEA NOT NULL)";

/// Texts that are found by one anchor. One that more texts have is a phrase that everybody writes: it leads to no further ones, so the
/// oldest texts stay found by it, and nobody can make it slow.
pub(super) const PLACES_MAX: usize = 16;

/// Those of them that are not proven to be ours or a contact's: however many texts a stranger sends first, ours are found.
const UNPROVEN_MAX: usize = PLACES_MAX / 2;

/// The bit of a text's number that says so where an anchor leads to it.
const UNPROVEN: u32 = 1 << 31;

/// Bits of a block's number: of a million mails some dozens of anchors are in one, of ten thousand hardly two. The upper bits of anchors
/// would not do: those are small.
const BLOCK_BITS: u32 = 18;

/// Bytes of blocks known at a time. Then what is new is written, and they are asked for anew.
const KNOWN_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Blocks as far as they were asked for in one transaction, and which of them must be written. Nobody else writes meanwhile.
#[derive(Default)]
pub(super) struct Anchors {
    known: HashMap<u32, Block, BuildHasherDefault<Spread>>,
    /// What those take that were read.
    bytes: usize,
    changed: BTreeSet<u32>,
}

/// Anchors with the texts that they lead to. Of each: its upper bits (two bytes), how many texts (one), their numbers, the oldest first
/// (four bytes each, of which the first bit is [`UNPROVEN`]).
#[derive(Default)]
struct Block(Vec<u8>);

/// A text that an anchor leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lead {
    pub(super) text: u32,
    /// Whether this anchor of it is in a mail of ours, or in one that proves a contact to whom we write.
    pub(super) is_proven: bool,
}

/// 2⁶⁴ divided by the golden ratio (Knuth, The Art of Computer Programming, 6.4).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Hashes blocks for a map. They are parts of keyed hashes already: nobody outside can choose ones that collide.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0 << 8 | u64::from(*byte));
    }

    fn write_u32(&mut self, block: u32) {
        // A map tells keys by the upper bits as well.
        self.0 = u64::from(block).wrapping_mul(SPREAD);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Anchors {
    /// Asks where anchors lead to, so that [`Anchors::texts`] can tell it.
    pub(super) fn ask<'t>(&'t mut self, together: &mut Together<'t>, anchors: impl Iterator<Item = u32>) {
        let mut new: Vec<i64> = Vec::new();
        for (block, _) in anchors.map(place) {
            if let Entry::Vacant(unknown) = self.known.entry(block) {
                unknown.insert(Block::default());
                new.push(i64::from(block));
            }
        }
        together.each("SELECT block, anchors FROM anchors WHERE block = {id}", &[], &new, |row| {
            if let [Value::Int(block), Value::Bytes(bytes)] = row {
                self.bytes += bytes.len();
                self.known.insert(*block as u32, Block(bytes.clone()));
            }
        });
    }

    /// The same at once; where too much is known already, what is new of it is written before.
    pub(super) fn ask_at_once(
        &mut self,
        database: &mut dyn Database,
        anchors: impl Iterator<Item = u32>,
    ) -> Result<(), StoreError> {
        if self.bytes > KNOWN_BYTES_MAX {
            self.write(database)?;
        }
        at_once(database, |round| self.ask(round, anchors))
    }

    /// The texts that an anchor leads to, the oldest first.
    pub(super) fn leads(&self, anchor: u32) -> impl ExactSizeIterator<Item = Lead> {
        let (block, upper) = place(anchor);
        let leads = self.known.get(&block).map_or(&[][..], |block| block.leads(upper));
        leads.iter().map(|lead| Lead::read(*lead))
    }

    /// Whether an anchor may lead to one more text.
    pub(super) fn has_room(&self, anchor: u32, is_proven: bool) -> bool {
        let unproven = || self.leads(anchor).filter(|lead| !lead.is_proven).count();
        self.leads(anchor).len() < PLACES_MAX && (is_proven || unproven() < UNPROVEN_MAX)
    }

    /// Lets an anchor that was asked for lead to a new text, too.
    pub(super) fn lead(&mut self, anchor: u32, lead: Lead) {
        let (block, upper) = place(anchor);
        self.known.entry(block).or_default().add(upper, lead);
        self.changed.insert(block);
    }

    /// Notes that what an anchor that was asked for leads to is proven by now.
    pub(super) fn prove(&mut self, anchor: u32, text: u32) {
        let (block, upper) = place(anchor);
        if self.known.get_mut(&block).is_some_and(|block| block.prove(upper, text)) {
            self.changed.insert(block);
        }
    }

    /// Writes what is new, in the order of the table, and knows nothing any more.
    pub(super) fn write(&mut self, database: &mut dyn Database) -> Result<(), StoreError> {
        let Self { mut known, changed, .. } = std::mem::take(self);
        let row = |block: u32| {
            let Block(bytes) = known.remove(&block).unwrap_or_default();
            vec![Value::Int(i64::from(block)), Value::Bytes(bytes)]
        };
        let rows: Vec<Vec<Value>> = changed.into_iter().map(row).collect();
        database.replace("anchors", &["block", "anchors"], &rows)
    }

    /// Lets anchors no longer lead to a text.
    pub(super) fn forget(
        database: &mut dyn Database,
        anchors: impl Iterator<Item = u32>,
        text: u32,
    ) -> Result<(), StoreError> {
        let (mut all, anchors) = (Self::default(), anchors.collect::<Vec<u32>>());
        all.ask_at_once(database, anchors.iter().copied())?;
        for (block, upper) in anchors.into_iter().map(place) {
            all.known.entry(block).or_default().remove(upper, text);
            all.changed.insert(block);
        }
        for (block, Block(bytes)) in &all.known {
            if bytes.is_empty() {
                database.run("DELETE FROM anchors WHERE block = $1", &[Value::Int(i64::from(*block))])?;
                all.changed.remove(block);
            }
        }
        all.write(database)
    }
}

/// The block of an anchor, and what distinguishes it there.
fn place(anchor: u32) -> (u32, u16) {
    (anchor & ((1 << BLOCK_BITS) - 1), (anchor >> BLOCK_BITS) as u16)
}

/// An anchor within a block.
struct Placed<'b> {
    upper: u16,
    /// Its bytes.
    place: Range<usize>,
    leads: &'b [[u8; 4]],
}

impl Lead {
    fn read(bytes: [u8; LEAD]) -> Self {
        let number = u32::from_be_bytes(bytes);
        Self { text: number & !UNPROVEN, is_proven: number & UNPROVEN == 0 }
    }

    fn bytes(self) -> [u8; LEAD] {
        (self.text | if self.is_proven { 0 } else { UNPROVEN }).to_be_bytes()
    }
}

/// Bytes before what an anchor leads to, and of each.
const HEAD: usize = 3;
const LEAD: usize = 4;

impl Block {
    fn anchors(&self) -> impl Iterator<Item = Placed<'_>> {
        let mut rest = self.0.as_slice();
        std::iter::from_fn(move || {
            let start = self.0.len() - rest.len();
            let ([high, low, count], after) = rest.split_first_chunk::<HEAD>()?;
            let (leads, after) = after.split_at_checked(usize::from(*count) * LEAD)?;
            rest = after;
            let place = start..self.0.len() - rest.len();
            Some(Placed { upper: u16::from_be_bytes([*high, *low]), place, leads: leads.as_chunks().0 })
        })
    }

    fn find(&self, upper: u16) -> Option<Placed<'_>> {
        self.anchors().find(|one| one.upper == upper)
    }

    fn leads(&self, upper: u16) -> &[[u8; LEAD]] {
        self.find(upper).map_or(&[], |found| found.leads)
    }

    fn add(&mut self, upper: u16, lead: Lead) {
        let mut leads = self.leads(upper).to_vec();
        leads.push(lead.bytes());
        self.put(upper, &leads);
    }

    fn remove(&mut self, upper: u16, text: u32) {
        let mut leads = self.leads(upper).to_vec();
        leads.retain(|one| Lead::read(*one).text != text);
        self.put(upper, &leads);
    }

    /// Whether it was not proven before.
    fn prove(&mut self, upper: u16, text: u32) -> bool {
        let mut leads = self.leads(upper).to_vec();
        let unproven = Lead { text, is_proven: false };
        let Some(lead) = leads.iter_mut().find(|lead| Lead::read(**lead) == unproven) else { return false };
        *lead = Lead { text, is_proven: true }.bytes();
        self.put(upper, &leads);
        true
    }

    /// Has an anchor lead to these texts; to none, and it is gone.
    fn put(&mut self, upper: u16, leads: &[[u8; LEAD]]) {
        let old = self.find(upper).map_or(self.0.len()..self.0.len(), |old| old.place);
        let mut new = Vec::new();
        if !leads.is_empty() {
            new.extend(upper.to_be_bytes());
            new.push(leads.len() as u8);
            new.extend(leads.as_flattened());
        }
        self.0.splice(old, new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last text that has a number.
    const LAST: u32 = u32::MAX >> 1;

    #[test]
    fn anchors_of_one_block_stay_apart() {
        let mut anchors = Anchors::default();
        let all: [u32; 3] = [7, 7 | 1 << BLOCK_BITS, u32::MAX];
        assert_eq!(all.map(|anchor| place(anchor).0), [7, 7, (1 << BLOCK_BITS) - 1]);
        for (anchor, text, is_proven) in
            [(0, 1, true), (1, 2, false), (0, 3, false), (1, LAST, false), (2, 4, true), (0, 5, false)]
        {
            anchors.lead(all[anchor], Lead { text, is_proven });
        }
        // What is not proven stands in brackets.
        let told = |anchors: &Anchors| {
            all.map(|anchor| {
                let shown = |Lead { text, is_proven }| {
                    if is_proven { format!("{text}") } else { format!("({text})") }
                };
                anchors.leads(anchor).map(shown).collect::<Vec<_>>().join(" ")
            })
        };
        let last = format!("(2) ({LAST})");
        assert_eq!(told(&anchors), ["1 (3) (5)", &last, "4"]);
        anchors.changed.clear();
        for (anchor, text) in [(0, 1), (0, 2), (2, 3)] {
            anchors.prove(all[anchor], text);
        }
        assert!(anchors.changed.is_empty());
        anchors.prove(all[0], 3);
        assert_eq!(told(&anchors), ["1 3 (5)", &last, "4"]);
        assert_eq!(anchors.changed.len(), 1);
        let block = anchors.known.get_mut(&7).unwrap();
        assert_eq!(block.0.len(), 2 * HEAD + 5 * LEAD);
        for text in [1, 3, 5, 6] {
            block.remove(0, text);
        }
        assert_eq!(told(&anchors), ["", &last, "4"]);
        // What is cut off is passed over.
        for length in 0..HEAD + 2 * LEAD {
            anchors.known.insert(7, Block(vec![0, 1, 2, 0, 0, 0, 2, 0, 0, 0, 9][..length].to_vec()));
            assert_eq!(told(&anchors)[1], "", "{length}");
        }
    }

    #[test]
    fn there_is_room_for_ours() {
        let mut anchors = Anchors::default();
        let fill = |anchors: &mut Anchors, is_proven: bool| {
            let mut text = 0;
            while anchors.has_room(7, is_proven) {
                text += 1;
                anchors.lead(7, Lead { text, is_proven });
            }
            text as usize
        };
        assert_eq!(fill(&mut anchors, false), UNPROVEN_MAX);
        assert_eq!(fill(&mut anchors, true), PLACES_MAX - UNPROVEN_MAX);
    }
}
