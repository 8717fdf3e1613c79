//! Anchors ↔ the texts that they lead to, one row an anchor: there is no other way from a fingerprint to a text.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use crate::StoreError;
use crate::database::{Database, Value};
use crate::store::together::{Together, at_once};

/// The table. `texts` has their numbers, the oldest first, four bytes each.
pub(super) const TABLE: &str = "CREATE TABLE anchors (hash BIGINT PRIMARY KEY, texts BYTEA NOT NULL)";

/// Texts that are found by one anchor. One that more texts have is a phrase that everybody writes: it leads to no further ones, so the
/// oldest texts stay found by it, and nobody can make it slow.
pub(super) const PLACES_MAX: usize = 16;

/// Anchors known at a time: some megabytes. Then what is new is written, and they are asked for anew.
const KNOWN_MAX: usize = 256 * 1024;

/// Anchors as far as they were asked for in one transaction, and what waits to be written of them. Nobody else writes meanwhile.
#[derive(Default)]
pub(super) struct Anchors {
    known: HashMap<u32, Vec<u32>, BuildHasherDefault<Spread>>,
    changed: BTreeSet<u32>,
}

/// 2⁶⁴ divided by the golden ratio (Knuth, The Art of Computer Programming, 6.4).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Hashes anchors for a map. They are keyed hashes already: nobody outside can choose ones that collide.
#[derive(Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.0 = self.0 << 8 | u64::from(*byte));
    }

    fn write_u32(&mut self, anchor: u32) {
        // Anchors are small among their neighbours, and a map tells keys by the upper bits as well.
        self.0 = u64::from(anchor).wrapping_mul(SPREAD);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Anchors {
    /// Asks where anchors lead to, so that [`Anchors::texts`] can tell it.
    pub(super) fn ask<'t>(&'t mut self, together: &mut Together<'t>, anchors: impl Iterator<Item = u32>) {
        let mut new: Vec<i64> = Vec::new();
        for anchor in anchors {
            if let Entry::Vacant(unknown) = self.known.entry(anchor) {
                unknown.insert(Vec::new());
                new.push(i64::from(anchor));
            }
        }
        together.each("SELECT hash, texts FROM anchors WHERE hash = {id}", &[], &new, |row| {
            if let [Value::Int(anchor), Value::Bytes(texts)] = row {
                self.known.insert(*anchor as u32, unpack(texts));
            }
        });
    }

    /// The same at once; where too many are known already, what is new of them is written before.
    pub(super) fn ask_at_once(
        &mut self,
        database: &mut dyn Database,
        anchors: impl Iterator<Item = u32>,
    ) -> Result<(), StoreError> {
        if self.known.len() > KNOWN_MAX {
            self.write(database)?;
        }
        at_once(database, |round| self.ask(round, anchors))
    }

    /// The texts that an anchor leads to, the oldest first.
    pub(super) fn texts(&self, anchor: u32) -> &[u32] {
        self.known.get(&anchor).map_or(&[], Vec::as_slice)
    }

    /// Whether an anchor may lead to one more text.
    pub(super) fn has_room(&self, anchor: u32) -> bool {
        self.texts(anchor).len() < PLACES_MAX
    }

    /// Lets an anchor that was asked for lead to a new text, too.
    pub(super) fn lead(&mut self, anchor: u32, text: u32) {
        self.known.entry(anchor).or_default().push(text);
        self.changed.insert(anchor);
    }

    /// Writes what is new, in the order of the table, and knows nothing any more.
    pub(super) fn write(&mut self, database: &mut dyn Database) -> Result<(), StoreError> {
        let row =
            |anchor: &u32| vec![Value::Int(i64::from(*anchor)), Value::Bytes(pack(self.texts(*anchor)))];
        let rows: Vec<Vec<Value>> = self.changed.iter().map(row).collect();
        *self = Self::default();
        database.replace("anchors", &["hash", "texts"], &rows)
    }

    /// Lets anchors no longer lead to a text.
    pub(super) fn forget(
        database: &mut dyn Database,
        anchors: impl Iterator<Item = u32>,
        text: u32,
    ) -> Result<(), StoreError> {
        let mut all = Self::default();
        all.ask_at_once(database, anchors)?;
        for (anchor, texts) in &mut all.known {
            texts.retain(|one| *one != text);
            if texts.is_empty() {
                database.run("DELETE FROM anchors WHERE hash = $1", &[Value::Int(i64::from(*anchor))])?;
            } else {
                all.changed.insert(*anchor);
            }
        }
        all.write(database)
    }
}

fn pack(texts: &[u32]) -> Vec<u8> {
    texts.iter().flat_map(|text| text.to_be_bytes()).collect()
}

fn unpack(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks().0.iter().map(|text| u32::from_be_bytes(*text)).collect()
}
