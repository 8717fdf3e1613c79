//! ISO 9660 discs → their files under their Joliet, Rock Ridge and plain names (ECMA-119; Joliet 1995; IEEE P1281 and
//! P1282 drafts), and the images that they boot from (El Torito 1.0).

mod boot;
mod record;
mod rock_ridge;

use std::borrow::Cow;

use encoding_rs::UTF_16BE;

use super::disk::{Disk, Run};
use super::file::{Files, Found};
use super::folders::{Folder, Folders, pays_for_list};
use crate::Unread;
use crate::archive::foreign_name;
use crate::limits::{IMAGE_FOLDER_BYTES_MAX, IMAGE_RUNS_MAX};
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
        let folders = Folders::new(volume.root);
        Walk { look, disk, files, folders, volume, runs: Vec::new() }.walk();
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
    root: Place,
}

/// Where a folder's list lies. A folder is known by its beginning alone.
#[derive(Clone, Copy)]
struct Place {
    start: u64,
    size_bytes: u64,
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.start == other.start
    }
}

impl Eq for Place {}

impl std::hash::Hash for Place {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.start.hash(state);
    }
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
        Some(Self { block_bytes, naming, root: Place { start, size_bytes: record.size_bytes } })
    }
}

struct Walk<'w, 'l, 'a> {
    look: &'w mut Look<'l>,
    disk: &'w Disk<'a>,
    files: &'w mut Files,
    folders: Folders<Place>,
    volume: Volume,
    /// Stretches of a file whose records are not all read yet.
    runs: Vec<Run>,
}

impl<'a> Walk<'_, '_, 'a> {
    fn walk(&mut self) {
        while let Some(folder) = self.folders.next(self.look) {
            let Some(bytes) = self.list(&folder) else { return };
            self.runs.clear();
            for record in Records::new(&bytes) {
                let Some(record) = record else {
                    self.look.opened.note(Unread::Damaged, folder.path());
                    break;
                };
                let is_dots = record.is_self() || record.is_parent();
                if !self.look.pays(Cost::Work(1)) || !is_dots && !self.record(&folder, &record) {
                    return;
                }
            }
        }
    }

    /// The bytes of a folder's list, as far as they are there; `None` where the purse is empty.
    fn list(&mut self, folder: &Folder<Place>) -> Option<Cow<'a, [u8]>> {
        let Place { start, size_bytes } = folder.place;
        let there = self.disk.size_bytes().saturating_sub(start).min(size_bytes);
        if there < size_bytes {
            self.look.opened.note(Unread::Damaged, folder.path());
        }
        if there > IMAGE_FOLDER_BYTES_MAX {
            self.look.opened.note(Unread::TooLarge, folder.path());
        }
        let there = there.min(IMAGE_FOLDER_BYTES_MAX);
        if !pays_for_list(self.look, there) {
            return None;
        }
        Some(usize::try_from(there).ok().and_then(|there| self.disk.read(start, there)).unwrap_or_default())
    }

    /// A folder waits, a file is added once its last record is read; false where no more may follow.
    fn record(&mut self, folder: &Folder<Place>, record: &Record<'_>) -> bool {
        let extra = rock_ridge::read(self.disk, self.volume.block_bytes, record.system_use);
        let paths = self.paths(folder, record, &extra);
        let place = Place { start: self.data_at(record), size_bytes: record.size_bytes };
        if extra.is_relocated {
            // It is shown where its child link stands; looked at last, in case that nothing links to it.
            self.folders.push_last(self.look, folder, place, paths);
            return true;
        }
        if let Some(block) = extra.child {
            let start = block.saturating_mul(self.volume.block_bytes);
            let place = Place { start, size_bytes: self.stated_size(start) };
            self.folders.push(self.look, folder, place, paths);
            return true;
        }
        if record.is_folder() {
            self.folders.push(self.look, folder, place, paths);
            return true;
        }
        if self.runs.len() < IMAGE_RUNS_MAX {
            self.runs.push(Run::at(place.start, place.size_bytes));
        }
        if record.has_more_extents() || extra.is_link {
            return true;
        }
        if extra.is_packed {
            // Windows shows what is stored; only Linux unpacks it.
            self.look.opened.note(Unread::Unsupported, "zisofs");
        }
        let runs = std::mem::take(&mut self.runs);
        let size_bytes = runs.iter().fold(0, |sum: u64, run| sum.saturating_add(run.length));
        let unread = record.is_interleaved().then_some(Unread::Unsupported);
        self.files.add(self.look, Found { names: paths, runs, size_bytes, unread })
    }

    fn data_at(&self, record: &Record<'_>) -> u64 {
        record.first_block.saturating_add(record.attribute_blocks).saturating_mul(self.volume.block_bytes)
    }

    /// The size that a folder's own first record states.
    fn stated_size(&self, start: u64) -> u64 {
        self.disk.read(start, 34).and_then(|bytes| u32_le(&bytes, 10)).map_or(0, u64::from)
    }

    /// Its names below the folder's, the likeliest first; where there are two kinds, each has its own path.
    fn paths(&self, folder: &Folder<Place>, record: &Record<'_>, extra: &Extra) -> Vec<String> {
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
