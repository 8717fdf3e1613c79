//! A compound file → the modules of its VBA projects with their sources ([MS-OVBA] 2.3.4), wherever they lie.

use std::collections::BTreeSet;

use encoding_rs::Encoding;
use memchr::memmem;

use super::decompress::decompress;
use crate::number::{place, slice, u16_le};
use crate::office::compound::{Compound, Entry, Object};
use crate::open::{Budget, Opened};
use crate::{Cost, Unread};

/// Modules, and what the compiled projects name.
#[derive(Default)]
pub(super) struct Project {
    pub(super) modules: Vec<Module>,
    /// The `_VBA_PROJECT` streams by folder.
    pub(super) compiled: Vec<(String, Vec<u8>)>,
}

/// A module.
pub(super) struct Module {
    pub(super) name: String,
    /// The folder of its project.
    pub(super) folder: String,
    pub(super) encoding: &'static Encoding,
    pub(super) source: String,
    /// What stands in front of the source: the compiled code.
    pub(super) cache: Vec<u8>,
}

/// Reads every project of a compound file.
pub(super) fn read(compound: &Compound<'_>, budget: &mut Budget, opened: &mut Opened) -> Project {
    let mut project = Project::default();
    let mut done = BTreeSet::new();
    let mut source_bytes = 0;
    let streams = || compound.entries().iter().filter(|entry| entry.object == Object::Stream);
    for dir in streams().filter(|entry| entry.key == "dir") {
        let Some(listing) = content(compound, dir, budget, opened) else { continue };
        let Ok(listing) = decompress(&listing, SOURCES_BYTES_MAX, budget) else {
            opened.note(Unread::TooLarge, &dir.path);
            continue;
        };
        let listing = Listing::parse(&listing);
        let folder = folder(&dir.path);
        for listed in &listing.modules {
            // A list may name thousands of modules in each of thousands of projects; each is looked for everywhere.
            if budget.pay(Cost::Work(8 * compound.entries().len() as u64)).is_err() {
                opened.note(Unread::TooLarge, &dir.path);
                break;
            }
            let path =
                if folder.is_empty() { listed.stream.clone() } else { format!("{folder}/{}", listed.stream) };
            let key = listed.stream.to_lowercase();
            let Some(entry) = compound.find(&path).or_else(|| streams().find(|entry| entry.key == key))
            else {
                opened.note(Unread::Damaged, &path);
                continue;
            };
            if !done.insert(entry.path.clone()) {
                continue;
            }
            let Some(bytes) = content(compound, entry, budget, opened) else { continue };
            let at = (folder, Some(listed.offset));
            if let Some(module) = module(&listed.name, &bytes, at, listing.encoding, budget) {
                source_bytes += module.source.len();
                project.modules.push(module);
            } else {
                opened.note(Unread::Damaged, &entry.path);
            }
            if source_bytes > SOURCES_BYTES_MAX {
                opened.note(Unread::TooLarge, &dir.path);
                return project;
            }
        }
    }
    for entry in streams().filter(|entry| !done.contains(&entry.path)) {
        // Sources that no list names, and the identifiers of the compiled code.
        let is_identifiers = entry.key == "_vba_project";
        if entry.size_bytes > UNLISTED_BYTES_MAX && !is_identifiers {
            continue;
        }
        let Some(bytes) = content(compound, entry, budget, opened) else { continue };
        if is_identifiers {
            project.compiled.push((folder(&entry.path).to_owned(), bytes));
        } else if source_at(&bytes).is_some() || is_compiled(&bytes) {
            let at = (folder(&entry.path), None);
            let found = module(&entry.name, &bytes, at, encoding_rs::WINDOWS_1252, budget);
            source_bytes += found.as_ref().map_or(0, |module| module.source.len());
            project.modules.extend(found);
        }
        if source_bytes > SOURCES_BYTES_MAX {
            opened.note(Unread::TooLarge, &entry.path);
            return project;
        }
    }
    project
}

/// Streams that no project lists are searched for sources up to this size; a module is text of some kilobytes.
const UNLISTED_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Source text read of one compound file. The largest projects written by people have some megabytes.
const SOURCES_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Modules read of one project.
const MODULES_MAX: usize = 2048;

fn content(
    compound: &Compound<'_>,
    entry: &Entry,
    budget: &mut Budget,
    opened: &mut Opened,
) -> Option<Vec<u8>> {
    match compound.read(entry, budget) {
        Ok(stream) => Some(stream.bytes),
        Err(unread) => {
            opened.note(unread, &entry.path);
            None
        }
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn module(
    name: &str,
    bytes: &[u8],
    (folder, offset): (&str, Option<usize>),
    encoding: &'static Encoding,
    budget: &mut Budget,
) -> Option<Module> {
    let begins = |offset: &usize| bytes.get(*offset) == Some(&1);
    // Compiled code whose source is gone altogether ends where the stream ends.
    let gone = is_compiled(bytes).then_some(bytes.len());
    let offset = offset.filter(begins).or_else(|| source_at(bytes)).or(offset).or(gone)?;
    let source = decompress(bytes.get(offset..).unwrap_or_default(), SOURCES_BYTES_MAX, budget).ok()?;
    let source = encoding.decode_without_bom_handling(&source).0.into_owned();
    let (name, folder) = (name.to_owned(), folder.to_owned());
    Some(Module { name, folder, encoding, source, cache: slice(bytes, 0, offset).to_vec() })
}

/// Whether a stream begins like a module with compiled code.
fn is_compiled(bytes: &[u8]) -> bool {
    bytes.starts_with(&[1, 0x16]) && memmem::find(bytes, &[0xfe, 0xca, 1, 0]).is_some()
}

/// Every source begins with `Attribute`, which compression leaves as it is: eight letters behind a byte of flags.
fn source_at(bytes: &[u8]) -> Option<usize> {
    memmem::find_iter(bytes, b"\0Attribut\0e").find_map(|at| at.checked_sub(3))
}

/// What the `dir` stream lists.
struct Listing {
    encoding: &'static Encoding,
    modules: Vec<Listed>,
}

#[derive(Default)]
struct Listed {
    name: String,
    stream: String,
    offset: usize,
}

impl Listing {
    /// Walks the records of a `dir` stream ([MS-OVBA] 2.3.4.2).
    fn parse(bytes: &[u8]) -> Listing {
        let mut listing = Listing { encoding: encoding_rs::WINDOWS_1252, modules: Vec::new() };
        let mut at = 0_usize;
        while let (Some(id), Some(size)) = (u16_le(bytes, at), place(bytes, at + 2)) {
            let value = slice(bytes, at + 6, size);
            // The size of the version record leaves out its minor version.
            let size = if id == 0x0009 { 6 } else { size };
            at = at.saturating_add(6).saturating_add(size);
            let text =
                |encoding: &'static Encoding| encoding.decode_without_bom_handling(value).0.into_owned();
            let encoding = listing.encoding;
            let room = listing.modules.len() < MODULES_MAX;
            match (id, listing.modules.last_mut()) {
                (0x0003, _) => listing.encoding = code_page(u16_le(value, 0).unwrap_or(1252)),
                (0x0019, _) if room => {
                    let name = text(encoding);
                    listing.modules.push(Listed { stream: name.clone(), name, offset: 0 });
                }
                (0x001a, Some(module)) => module.stream = text(encoding),
                (0x0032, Some(module)) => module.stream = text(encoding_rs::UTF_16LE),
                (0x0031, Some(module)) => module.offset = place(value, 0).unwrap_or(0),
                _ => {}
            }
        }
        listing
    }
}

fn code_page(number: u16) -> &'static Encoding {
    match number {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10000 => encoding_rs::MACINTOSH,
        65001 => encoding_rs::UTF_8,
        _ => encoding_rs::WINDOWS_1252,
    }
}
