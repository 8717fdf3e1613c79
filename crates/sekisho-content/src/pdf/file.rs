//! Bytes of a PDF → its objects by number, found by looking for them and not by the file's own tables
//! (ISO 32000-1, sections 7.5.7 and 7.5.8): so a broken table hides nothing, and no older version of an object does.

use std::cell::Cell;
use std::collections::BTreeMap;

use memchr::memmem;

use super::crypt::Cipher;
use super::filter;
use super::object::{Decrypt, Dictionary, Object, Parsed, Stop, heading, is_white, parse};
use crate::limits::{PDF_HEADER_WITHIN_BYTES, PDF_OBJECT_STREAM_BYTES_MAX, PDF_OBJECTS_MAX};
use crate::number::slice;
use crate::open::{Budget, Cost};
use crate::{Opened, Unread};

/// A PDF whose objects have been found.
pub(super) struct Document<'a> {
    pub(super) bytes: &'a [u8],
    /// Every version of every object, in the file's order.
    pub(super) definitions: Vec<Definition>,
    /// Every trailer, and every cross-reference stream's dictionary.
    pub(super) trailers: Vec<Dictionary>,
    pub(super) cipher: Option<Cipher>,
    by_number: BTreeMap<u32, Vec<usize>>,
    packed: Vec<Vec<u8>>,
    /// Bytes of objects that may still be read, again ones included: hostile files make small objects costly.
    effort: u64,
    effort_left: Cell<u64>,
}

/// One version of an object.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    pub(super) number: u32,
    pub(super) generation: u16,
    place: Place,
    /// First and last byte of its stream, as packed.
    pub(super) stream: Option<(usize, usize)>,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    File(usize),
    Packed { stream: usize, at: usize },
}

impl<'a> Document<'a> {
    /// Finds the objects that stand in the open.
    pub(super) fn find(bytes: &'a [u8], budget: &mut Budget, opened: &mut Opened) -> Self {
        let mut document = Self {
            bytes,
            definitions: Vec::new(),
            trailers: Vec::new(),
            cipher: None,
            by_number: BTreeMap::new(),
            packed: Vec::new(),
            effort: effort(bytes, budget),
            effort_left: Cell::new(effort(bytes, budget)),
        };
        let headings = headings(bytes);
        if headings.len() >= PDF_OBJECTS_MAX {
            opened.note(Unread::TooLarge, "objects");
        }
        let places: BTreeMap<u32, usize> =
            headings.iter().map(|heading| (heading.number, heading.start)).collect();
        let ends: Vec<usize> = memmem::find_iter(bytes, b"endstream").collect();
        let mut skip_until = 0;
        for Heading { at, number, generation, start, is_listed } in headings {
            if at < skip_until && !is_listed {
                continue;
            }
            let Some(parsed) = document.parsed(bytes, start, None, opened) else { break };
            let dictionary = parsed.object.dictionary();
            let stream = (parsed.stop == Stop::Stream).then(|| {
                let stated = dictionary.and_then(|dictionary| dictionary.get("Length"));
                (parsed.end, stream_end(bytes, parsed.end, stated, &places, &ends))
            });
            if let (Some(dictionary), Some((_, end))) = (dictionary, stream) {
                // A file inside has objects of its own, which are not this file's.
                if dictionary.is("Type", "EmbeddedFile") {
                    skip_until = end;
                }
                if dictionary.is("Type", "XRef") {
                    document.trailers.push(dictionary.clone());
                }
            }
            document.define(Definition { number, generation, place: Place::File(start), stream });
        }
        for at in memmem::find_iter(bytes, b"trailer") {
            let Some(parsed) = document.parsed(bytes, at + b"trailer".len(), None, opened) else { break };
            if let Object::Dictionary(dictionary) = parsed.object {
                document.trailers.push(dictionary);
            }
        }
        document
    }

    /// Finds the objects in object streams, once what locks them is known.
    pub(super) fn unpack(&mut self, budget: &mut Budget, opened: &mut Opened) {
        let mut left = PDF_OBJECT_STREAM_BYTES_MAX;
        for at in 0..self.definitions.len() {
            let Some(definition) = self.definitions.get(at).filter(|one| one.stream.is_some()) else {
                continue;
            };
            let object = self.object(definition);
            let Some(dictionary) = object.dictionary().filter(|one| one.is("Type", "ObjStm")) else {
                continue;
            };
            if self.cipher.as_ref().is_some_and(Cipher::is_locked) {
                return;
            }
            let unpacked = filter::unpacked(self, definition, dictionary, left, budget);
            if let Some(unread) = unpacked.unread {
                opened.note(unread, "object stream");
            }
            let bytes = unpacked.bytes;
            left = left.saturating_sub(bytes.len());
            let header =
                |name| dictionary.get(name).map(|value| self.resolved(value)).and_then(|it| it.number());
            let (count, first) =
                (header("N").unwrap_or(0.0) as usize, header("First").unwrap_or(0.0) as usize);
            let table = parse(&[b"[", bytes.get(..first).unwrap_or_default(), b"]"].concat(), 0, None).object;
            let stream = self.packed.len();
            self.packed.push(bytes);
            let pairs: Vec<(u32, usize)> = table
                .array()
                .unwrap_or_default()
                .chunks_exact(2)
                .take(count)
                .filter_map(|pair| Some((pair.first()?.number()? as u32, pair.last()?.number()? as usize)))
                .collect();
            if pairs.len() < count {
                opened.note(Unread::Damaged, "object stream");
            }
            for (number, offset) in pairs {
                if self.definitions.len() >= PDF_OBJECTS_MAX {
                    return opened.note(Unread::TooLarge, "objects");
                }
                let at = first.saturating_add(offset);
                let place = Place::Packed { stream, at };
                self.define(Definition { number, generation: 0, place, stream: None });
            }
        }
    }

    /// The object of a definition, its strings decrypted.
    pub(super) fn object(&self, definition: &Definition) -> Object {
        match definition.place {
            Place::File(at) => {
                let cipher = self.cipher.as_ref();
                let decrypt = cipher.map(|cipher| {
                    move |text: &[u8]| cipher.text(text, definition.number, definition.generation)
                });
                let decrypt = decrypt.as_ref().map(|decrypt| decrypt as &dyn Fn(&[u8]) -> Vec<u8>);
                self.read(self.bytes, at, decrypt).map_or(Object::Null, |parsed| parsed.object)
            }
            Place::Packed { stream, at } => {
                let parsed = self.packed.get(stream).and_then(|bytes| self.read(bytes, at, None));
                parsed.map_or(Object::Null, |parsed| parsed.object)
            }
        }
    }

    /// Every version of the object with this number, the last one last.
    pub(super) fn versions(&self, number: u32) -> impl DoubleEndedIterator<Item = (usize, &Definition)> {
        let places = self.by_number.get(&number).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|at| Some((*at, self.definitions.get(*at)?)))
    }

    /// The value that a reference leads to.
    pub(super) fn resolved(&self, object: &Object) -> Object {
        let mut object = object.clone();
        for _ in 0..REFERENCES_MAX {
            let Object::Reference(number) = object else { return object };
            let Some((_, definition)) = self.versions(number).next_back() else { break };
            object = self.object(definition);
        }
        Object::Null
    }

    /// Whether the file ends the way it should: a trailer, or where to find it, behind the last object.
    pub(super) fn is_whole(&self) -> bool {
        let last = self.definitions.iter().filter_map(|definition| match definition.place {
            Place::File(at) => Some(definition.stream.map_or(at, |(_, end)| end)),
            Place::Packed { .. } => None,
        });
        let behind = last.max().and_then(|at| self.bytes.get(at..)).unwrap_or_default();
        // An object that only its missing end could cut short is one, too.
        let is_cut = |(start, _): (usize, usize)| start > self.bytes.len();
        !self.definitions.iter().filter_map(|definition| definition.stream).any(is_cut)
            && [&b"startxref"[..], b"trailer"].iter().any(|mark| memmem::find(behind, mark).is_some())
    }

    /// Pays for all that was read.
    pub(super) fn settle(&self, budget: &mut Budget, opened: &mut Opened) {
        let used = self.effort.saturating_sub(self.effort_left.get());
        if self.effort_left.get() == 0 || budget.pay(Cost::Work(used / BYTES_A_WORK_UNIT)).is_err() {
            opened.note(Unread::TooLarge, "objects");
        }
    }

    /// The object at a place, as far as the effort left allows.
    fn parsed(
        &self,
        bytes: &[u8],
        at: usize,
        decrypt: Option<Decrypt<'_>>,
        opened: &mut Opened,
    ) -> Option<Parsed> {
        let parsed = self.read(bytes, at, decrypt)?;
        if parsed.stop == Stop::Limit {
            opened.note(Unread::TooLarge, "object");
        }
        Some(parsed)
    }

    fn read(&self, bytes: &[u8], at: usize, decrypt: Option<Decrypt<'_>>) -> Option<Parsed> {
        let left = self.effort_left.get();
        if left == 0 {
            return None;
        }
        let parsed = parse(bytes, at, decrypt);
        self.effort_left.set(left.saturating_sub(1 + parsed.end.saturating_sub(at) as u64));
        Some(parsed)
    }

    fn define(&mut self, definition: Definition) {
        self.by_number.entry(definition.number).or_default().push(self.definitions.len());
        self.definitions.push(definition);
    }
}

/// References that lead to references; nobody writes more than one.
const REFERENCES_MAX: usize = 8;

/// A file is read some times over: to find its objects, to visit them, to follow what refers to them.
fn effort(bytes: &[u8], budget: &Budget) -> u64 {
    let usual = EFFORT_BYTES_MIN.saturating_add((bytes.len() as u64).saturating_mul(8));
    usual.min(budget.work_left.saturating_mul(BYTES_A_WORK_UNIT))
}

/// Effort that small files may take as well: theirs are packed objects.
const EFFORT_BYTES_MIN: u64 = 64 * 1024 * 1024;

/// Reading this much text of objects is one unit of work.
const BYTES_A_WORK_UNIT: u64 = 8;

/// Where an object is headed `N G obj`.
#[derive(Clone, Copy)]
struct Heading {
    at: usize,
    number: u32,
    generation: u16,
    /// Where the object begins.
    start: usize,
    /// Whether a table of the file leads here: then it counts wherever it stands.
    is_listed: bool,
}

/// Every heading, in order: those that can be seen, and those that a table leads to, whatever comments stand in them.
fn headings(bytes: &[u8]) -> Vec<Heading> {
    let before = |mut end: usize, wanted: fn(u8) -> bool| {
        while end.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(|byte| wanted(*byte)) {
            end -= 1;
        }
        end
    };
    let digit: fn(u8) -> bool = |byte| byte.is_ascii_digit();
    let seen = memmem::find_iter(bytes, b"obj").filter_map(|at| {
        let generation = before(before(at, is_white), digit);
        let number_at = before(before(generation, is_white), digit);
        let (number, generation, start) = heading(bytes, number_at)?;
        (start == at + 3).then_some(Heading { at: number_at, number, generation, start, is_listed: false })
    });
    let listed = listed(bytes).filter_map(|at| {
        let (number, generation, start) = heading(bytes, at)?;
        Some(Heading { at, number, generation, start, is_listed: true })
    });
    let all = seen.take(PDF_OBJECTS_MAX).chain(listed.take(PDF_OBJECTS_MAX));
    let by_start: BTreeMap<usize, Heading> = all.map(|heading| (heading.start, heading)).collect();
    by_start.into_values().take(PDF_OBJECTS_MAX).collect()
}

/// Places that tables of the file lead to: entries `0000000017 00000 n` (7.5.4), counted from the file's beginning or
/// from its header.
fn listed(bytes: &[u8]) -> impl Iterator<Item = usize> {
    const ENTRY_BYTES: usize = 18;
    let header = memmem::find(slice(bytes, 0, PDF_HEADER_WITHIN_BYTES), b"%PDF-").unwrap_or(0);
    let offsets = memmem::find_iter(bytes, b" n").filter_map(|at| {
        let entry = bytes.get((at + 2).checked_sub(ENTRY_BYTES)?..at)?;
        let (offset, generation) = entry.split_at_checked(10)?;
        let is_entry = offset.iter().all(u8::is_ascii_digit)
            && generation.first() == Some(&b' ')
            && generation.iter().skip(1).all(u8::is_ascii_digit);
        std::str::from_utf8(offset).ok()?.parse::<usize>().ok().filter(|_| is_entry)
    });
    offsets.flat_map(move |offset| {
        [Some(offset), Some(offset + header).filter(|_| header > 0)].into_iter().flatten()
    })
}

/// Where a stream ends: as stated, where `endstream` stands there; else at the next `endstream`; else with the file.
fn stream_end(
    bytes: &[u8],
    start: usize,
    stated: Option<&Object>,
    places: &BTreeMap<u32, usize>,
    ends: &[usize],
) -> usize {
    let length = match stated {
        Some(Object::Reference(number)) => {
            places.get(number).and_then(|at| parse(bytes, *at, None).object.number())
        }
        Some(object) => object.number(),
        None => None,
    };
    let stated = length.and_then(|length| start.checked_add(length as usize)).filter(|end| {
        let behind = bytes.get(*end..).unwrap_or_default();
        behind.trim_ascii_start().starts_with(b"endstream")
    });
    if let Some(end) = stated {
        return end;
    }
    let next = ends.partition_point(|end| *end < start);
    // Without an end it is cut off: one byte behind the file, so that it can be told from one that ends with it.
    ends.get(next).copied().unwrap_or(bytes.len().saturating_add(1))
}
