//! ISO 9660 discs → their files under their Joliet, Rock Ridge and plain names (ECMA-119; Joliet 1995; IEEE P1281 and
//! P1282 drafts), and the images that they boot from (El Torito 1.0).

mod boot;
mod record;
mod rock_ridge;

use std::collections::HashSet;

use encoding_rs::UTF_16BE;

use super::disk::{Disk, Run};
use super::file::{Files, Found};
use crate::Unread;
use crate::archive::foreign_name;
use crate::limits::{IMAGE_DEPTH_MAX, IMAGE_FOLDER_BYTES_MAX, IMAGE_FOLDERS_MAX};
use crate::number::{slice, u16_le, u32_le};
use crate::open::{Cost, Look};
use record::{Record, Records};
use rock_ridge::Extra;

/// Where the volume descriptors begin, and how many are looked at.
const DESCRIPTORS_AT: u64 = 16;
const DESCRIPTORS_MAX: u64 = 64;

pub(super) const SECTOR_BYTES: u64 = 2048;

/// Collects the files of all volumes of the disc.
pub(super) fn collect(look: &mut Look<'_>, disk: &Disk<'_>, files: &mut Files) {
    let mut volumes = Vec::new();
    let mut boot_catalogue = None;
    for index in 0..DESCRIPTORS_MAX {
        let Some(sector) = disk.read((DESCRIPTORS_AT + index) * SECTOR_BYTES, SECTOR_BYTES as usize) else {
            break;
        };
        if slice(&sector, 1, 5) != b"CD001" {
            break;
        }
        match sector.first() {
            Some(0) => boot_catalogue = boot_catalogue.or_else(|| boot::catalogue(&sector)),
            Some(1 | 2) => volumes.extend(Volume::parse(&sector)),
            Some(255) => break,
            _ => {}
        }
    }
    if volumes.is_empty() {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
    // Windows shows the Joliet names where there are any.
    volumes.sort_by_key(|volume| volume.naming == Naming::Plain);
    for volume in volumes {
        Walk { look, disk, files, volume, seen: HashSet::new(), queue: Vec::new() }.walk();
    }
    if let Some(sector) = boot_catalogue {
        boot::collect(look, disk, files, sector);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    Joliet,
    Plain,
}

struct Volume {
    block_bytes: u64,
    naming: Naming,
    root: Folder,
}

#[derive(Clone)]
struct Folder {
    start: u64,
    size_bytes: u64,
    /// Its path, with a slash at the end, by each kind of name.
    paths: Vec<String>,
    depth: usize,
}

impl Volume {
    /// Section 8.4: block size, escape sequences of a supplementary volume, the record of the root.
    fn parse(sector: &[u8]) -> Option<Self> {
        let block_bytes = u64::from(u16_le(sector, 128)?);
        let record = Record::parse(sector.get(156..190)?)?;
        let joliet = matches!(slice(sector, 88, 3), b"%/@" | b"%/C" | b"%/E");
        let naming = if sector.first() == Some(&2) && joliet { Naming::Joliet } else { Naming::Plain };
        if !matches!(block_bytes, 512 | 1024 | 2048) {
            return None;
        }
        let start = record.first_block.checked_mul(block_bytes)?;
        let root = Folder { start, size_bytes: record.size_bytes, paths: vec![String::new()], depth: 0 };
        Some(Self { block_bytes, naming, root })
    }
}

struct Walk<'w, 'l, 'a> {
    look: &'w mut Look<'l>,
    disk: &'w Disk<'a>,
    files: &'w mut Files,
    volume: Volume,
    seen: HashSet<u64>,
    queue: Vec<Folder>,
}

impl Walk<'_, '_, '_> {
    fn walk(&mut self) {
        self.queue.push(self.volume.root.clone());
        while let Some(folder) = self.queue.pop() {
            if !self.seen.insert(folder.start) {
                continue;
            }
            if folder.depth > IMAGE_DEPTH_MAX || self.seen.len() > IMAGE_FOLDERS_MAX {
                self.look.opened.note(Unread::TooLarge, "folders");
                continue;
            }
            if !self.folder(&folder) {
                return;
            }
        }
    }

    fn folder(&mut self, folder: &Folder) -> bool {
        let size = folder.size_bytes.min(IMAGE_FOLDER_BYTES_MAX);
        let there = self.disk.size_bytes().saturating_sub(folder.start).min(size);
        if there < folder.size_bytes {
            let unread = if size < folder.size_bytes { Unread::TooLarge } else { Unread::Damaged };
            self.look.opened.note(unread, folder.paths.first().map_or("", String::as_str));
        }
        let Some(bytes) = usize::try_from(there).ok().and_then(|there| self.disk.read(folder.start, there))
        else {
            return true;
        };
        let mut pieces: Vec<Run> = Vec::new();
        let mut size_bytes = 0_u64;
        for record in Records::new(&bytes) {
            if !self.look.pays(Cost::Work(1)) {
                return false;
            }
            let Some(record) = record else {
                self.look.opened.note(Unread::Damaged, folder.paths.first().map_or("", String::as_str));
                break;
            };
            if record.is_self() || record.is_parent() {
                continue;
            }
            let extra = rock_ridge::read(self.disk, self.volume.block_bytes, record.system_use);
            let paths = self.paths(folder, &record, &extra);
            if extra.is_relocated {
                // It is shown where its child link stands; looked at last, in case that nothing links to it.
                self.queue.insert(0, self.subfolder(&record, paths, folder.depth));
                continue;
            }
            if let Some(block) = extra.child {
                let start = block.saturating_mul(self.volume.block_bytes);
                let size_bytes = self.stated_size(start);
                let paths = paths.into_iter().map(|path| path + "/").collect();
                self.queue.push(Folder { start, size_bytes, paths, depth: folder.depth + 1 });
                continue;
            }
            if record.is_folder() {
                let subfolder = self.subfolder(&record, paths, folder.depth);
                if subfolder.start == folder.start || subfolder.start == self.volume.root.start {
                    self.look.opened.note(Unread::Damaged, "folder in itself");
                }
                self.queue.push(subfolder);
                continue;
            }
            pieces.push(Run::at(self.data_at(&record), record.size_bytes));
            size_bytes = size_bytes.saturating_add(record.size_bytes);
            if record.has_more_extents() {
                continue;
            }
            if extra.is_packed {
                // Windows shows what is stored; only Linux unpacks it.
                self.look.opened.note(Unread::Unsupported, "zisofs");
            }
            let unread = record.is_interleaved().then_some(Unread::Unsupported);
            let runs = std::mem::take(&mut pieces);
            let found = Found { names: paths, runs, size_bytes: std::mem::take(&mut size_bytes), unread };
            if !extra.is_link && !self.files.add(found) {
                self.look.opened.note(Unread::TooLarge, "files");
                return false;
            }
        }
        true
    }

    fn data_at(&self, record: &Record<'_>) -> u64 {
        record.first_block.saturating_add(record.attribute_blocks).saturating_mul(self.volume.block_bytes)
    }

    fn subfolder(&self, record: &Record<'_>, mut paths: Vec<String>, depth: usize) -> Folder {
        paths.iter_mut().for_each(|path| path.push('/'));
        Folder { start: self.data_at(record), size_bytes: record.size_bytes, paths, depth: depth + 1 }
    }

    /// The size that a folder's own first record states.
    fn stated_size(&self, start: u64) -> u64 {
        self.disk.read(start, 34).and_then(|bytes| u32_le(&bytes, 10)).map_or(0, u64::from)
    }

    /// Its names below the folder's, the likeliest first; where there are two kinds, each has its own path.
    fn paths(&self, folder: &Folder, record: &Record<'_>, extra: &Extra) -> Vec<String> {
        let plain = match self.volume.naming {
            Naming::Joliet => vec![UTF_16BE.decode_without_bom_handling(record.name).0.into_owned()],
            Naming::Plain => foreign_name::names(record.name),
        };
        let plain = plain.iter().map(|name| without_version(name).to_owned());
        let names = extra.name.iter().flat_map(|name| foreign_name::names(name)).chain(plain);
        let parents = [folder.paths.first(), folder.paths.last()];
        let mut paths: Vec<String> = Vec::new();
        for (index, name) in names.enumerate() {
            let parent = if index == 0 { parents[0] } else { parents[1] };
            let path = format!("{}{name}", parent.map_or("", String::as_str));
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        paths
    }
}

/// `NAME.EXT;1` is shown as `NAME.EXT`, `NAME.;1` as `NAME`.
fn without_version(name: &str) -> &str {
    let name = match name.rsplit_once(';') {
        Some((name, version)) if version.chars().all(|digit| digit.is_ascii_digit()) => name,
        _ => name,
    };
    name.strip_suffix('.').unwrap_or(name)
}
