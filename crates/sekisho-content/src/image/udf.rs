//! UDF discs → their files (ECMA-167, third edition; OSTA UDF 1.02 to 2.60).
//!
//! Partitions on the medium, spared ones and metadata partitions are read. A disc written piece by piece (a virtual
//! partition) and the linked allocation of strategy 4096 are noted as unsupported.

mod allocation;
mod entry;
mod volume;

use std::io::Read;

use super::disk::Disk;
use super::file::{Files, Found};
use super::folders::{Folder, Folders, pays_for_list};
use crate::Unread;
use crate::limits::IMAGE_FOLDER_BYTES_MAX;
use crate::number::{slice, u16_le, u32_le};
use crate::open::{Cost, Look};
use entry::Entry;
use volume::Volume;

/// Where a structure lies: a partition and a block in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Address {
    pub(super) partition: u16,
    pub(super) block: u32,
}

impl Address {
    /// From a long allocation descriptor (14.14.2): length, block, partition.
    fn parse(bytes: &[u8]) -> Option<Self> {
        Some(Self { block: u32_le(bytes, 4)?, partition: u16_le(bytes, 8)? })
    }
}

/// Collects the files of the disc; says whether it has a UDF system at all.
pub(super) fn collect(look: &mut Look<'_>, disk: &Disk<'_>, files: &mut Files) -> bool {
    let Some(volume) = Volume::find(disk) else { return false };
    let volume = match volume {
        Ok(volume) => volume,
        Err(unread) => {
            look.opened.note(unread, "udf");
            return true;
        }
    };
    let folders = Folders::new(volume.root);
    Walk { look, disk, files, folders, volume }.walk();
    true
}

struct Walk<'w, 'l, 'a> {
    look: &'w mut Look<'l>,
    disk: &'w Disk<'a>,
    files: &'w mut Files,
    folders: Folders<Address>,
    volume: Volume,
}

impl Walk<'_, '_, '_> {
    fn walk(&mut self) {
        while let Some(folder) = self.folders.next(self.look) {
            let entry = match Entry::read(self.disk, &self.volume, folder.place) {
                Ok(entry) if entry.size_bytes > IMAGE_FOLDER_BYTES_MAX => Err(Unread::TooLarge),
                entry => entry,
            };
            let entry = match entry {
                Ok(entry) => entry,
                Err(unread) => {
                    self.look.opened.note(unread, folder.path());
                    continue;
                }
            };
            let mut bytes = Vec::new();
            if !pays_for_list(self.look, entry.size_bytes) {
                return;
            }
            if entry.content(self.disk).read_to_end(&mut bytes).is_err() {
                self.look.opened.note(Unread::Damaged, folder.path());
            }
            if !self.folder(&folder, &bytes) {
                return;
            }
        }
    }

    /// File identifier descriptors (14.4), one behind the other.
    fn folder(&mut self, folder: &Folder<Address>, bytes: &[u8]) -> bool {
        let mut rest = bytes;
        while !rest.is_empty() {
            if !self.look.pays(Cost::Work(1)) {
                return false;
            }
            let Some(identifier) = Identifier::parse(rest) else {
                if rest.iter().any(|byte| *byte != 0) {
                    self.look.opened.note(Unread::Damaged, folder.path());
                }
                break;
            };
            rest = slice(rest, identifier.length, usize::MAX);
            if identifier.is_parent() || identifier.is_deleted() {
                continue;
            }
            let path = format!("{}{}", folder.path(), name(identifier.name));
            if identifier.is_folder() {
                self.folders.push(self.look, folder, identifier.address, vec![path]);
            } else if !self.file(folder, identifier.address, path) {
                return false;
            }
        }
        true
    }

    fn file(&mut self, folder: &Folder<Address>, address: Address, path: String) -> bool {
        let found = match Entry::read(self.disk, &self.volume, address) {
            Ok(entry) if entry.is_link() => return true,
            Ok(entry) => {
                if !self.look.pays(Cost::Work(1 + entry.runs.len() as u64)) {
                    return false;
                }
                if let Some(streams) = entry.streams {
                    // Named streams stand in a folder of their own.
                    self.folders.push(self.look, folder, streams, vec![format!("{path}:")]);
                }
                Found { names: vec![path], size_bytes: entry.size_bytes, runs: entry.runs, unread: None }
            }
            Err(unread) => Found { names: vec![path], size_bytes: 0, runs: Vec::new(), unread: Some(unread) },
        };
        self.files.add(self.look, found)
    }
}

struct Identifier<'a> {
    characteristics: u8,
    address: Address,
    name: &'a [u8],
    length: usize,
}

impl<'a> Identifier<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        const TAG: u16 = 257;
        const FIXED_BYTES: usize = 38;
        if u16_le(bytes, 0)? != TAG {
            return None;
        }
        let name_bytes = usize::from(*bytes.get(19)?);
        let name_at = FIXED_BYTES + usize::from(u16_le(bytes, 36)?);
        Some(Self {
            characteristics: *bytes.get(18)?,
            address: Address::parse(bytes.get(20..36)?)?,
            name: bytes.get(name_at..name_at + name_bytes)?,
            length: (name_at + name_bytes).next_multiple_of(4),
        })
    }

    fn is_folder(&self) -> bool {
        self.characteristics & 0x02 != 0
    }

    fn is_deleted(&self) -> bool {
        self.characteristics & 0x04 != 0
    }

    fn is_parent(&self) -> bool {
        self.characteristics & 0x08 != 0
    }
}

/// OSTA compressed Unicode (UDF 2.1.1): the first byte says how many bits a character has.
fn name(bytes: &[u8]) -> String {
    match bytes.split_first() {
        Some((16, rest)) => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        Some((_, rest)) => rest.iter().map(|byte| char::from(*byte)).collect(),
        None => String::new(),
    }
}
