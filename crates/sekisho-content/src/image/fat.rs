//! FAT12, FAT16 and FAT32 → their files under their long and short names (Microsoft's FAT32 File System Specification 1.03).

mod chain;
mod folder;

use std::collections::HashSet;

use super::disk::{Disk, Run};
use super::file::{Found, hand};
use super::partition::sector_bytes;
use crate::Unread;
use crate::limits::{IMAGE_DEPTH_MAX, IMAGE_FOLDER_BYTES_MAX, IMAGE_FOLDERS_MAX};
use crate::number::{u16_le, u32_le};
use crate::open::Look;
pub(super) use chain::{Chain, Width};
use folder::{Entries, Entry};

/// The parameter block of a boot sector, as far as it is needed.
pub(super) struct Parameters {
    table_at: u64,
    /// The root of FAT12 and FAT16 stands in a place of its own.
    root_at: u64,
    root_bytes: u64,
    root_cluster: u32,
    data_at: u64,
    cluster_bytes: u64,
    clusters: u32,
    width: Width,
}

impl Parameters {
    pub(super) fn parse(sector: &[u8]) -> Option<Self> {
        let sector_bytes = sector_bytes(sector)?;
        let cluster_sectors = sector.get(13).copied().filter(|count| count.is_power_of_two())?;
        let tables = sector.get(16).copied().filter(|count| (1..=4).contains(count))?;
        let short = |offset: usize| u16_le(sector, offset).map(u64::from);
        let reserved = short(14).filter(|count| *count > 0)?;
        let either =
            |small: u64, large: Option<u32>| if small > 0 { small } else { large.map_or(0, u64::from) };
        let table_sectors = either(short(22)?, u32_le(sector, 36));
        let sectors = either(short(19)?, u32_le(sector, 32));
        let root_bytes = short(17)? * 32;
        let root_sectors = root_bytes.div_ceil(sector_bytes);
        let root_at = reserved + u64::from(tables) * table_sectors;
        let data_at = root_at + root_sectors;
        let clusters = u32::try_from(sectors.checked_sub(data_at)? / u64::from(cluster_sectors)).ok()?;
        if clusters == 0 || table_sectors == 0 {
            return None;
        }
        // The number of clusters alone decides; 32-bit tables have no root of their own.
        let width = match clusters {
            _ if short(22) == Some(0) => Width::Bits32,
            0..4085 => Width::Bits12,
            _ => Width::Bits16,
        };
        Some(Self {
            table_at: reserved * sector_bytes,
            root_at: root_at * sector_bytes,
            root_bytes,
            root_cluster: u32_le(sector, 44)?,
            data_at: data_at * sector_bytes,
            cluster_bytes: u64::from(cluster_sectors) * sector_bytes,
            clusters,
            width,
        })
    }
}

pub(super) fn look(look: &mut Look<'_>, disk: &Disk<'_>, parameters: &Parameters) {
    let chain = Chain {
        disk,
        table_at: parameters.table_at,
        width: parameters.width,
        clusters: parameters.clusters,
        cluster_bytes: parameters.cluster_bytes,
        data_at: parameters.data_at,
    };
    let mut walk = Walk { look, disk, chain, seen: HashSet::new(), queue: Vec::new() };
    let root = match parameters.width {
        Width::Bits32 => walk.folder_bytes(parameters.root_cluster, ""),
        _ => walk.fixed_root(parameters),
    };
    if walk.entries(&root, "", 0) {
        walk.walk();
    }
}

struct Walk<'w, 'l, 'a> {
    look: &'w mut Look<'l>,
    disk: &'w Disk<'a>,
    chain: Chain<'w, 'a>,
    seen: HashSet<u32>,
    queue: Vec<(u32, String, usize)>,
}

impl Walk<'_, '_, '_> {
    fn walk(&mut self) {
        while let Some((cluster, path, depth)) = self.queue.pop() {
            if !self.seen.insert(cluster) {
                self.look.opened.note(Unread::Damaged, "folder in itself");
                continue;
            }
            if depth > IMAGE_DEPTH_MAX || self.seen.len() > IMAGE_FOLDERS_MAX {
                self.look.opened.note(Unread::TooLarge, "folders");
                continue;
            }
            let bytes = self.folder_bytes(cluster, &path);
            if !self.entries(&bytes, &path, depth) {
                return;
            }
        }
    }

    fn fixed_root(&mut self, parameters: &Parameters) -> Vec<u8> {
        let size = usize::try_from(parameters.root_bytes).unwrap_or(0);
        let bytes = self.disk.read(parameters.root_at, size);
        if bytes.is_none() {
            self.look.opened.note(Unread::Damaged, "fat");
        }
        bytes.unwrap_or_default().into_owned()
    }

    /// The list of a folder, as far as its chain goes.
    fn folder_bytes(&mut self, cluster: u32, path: &str) -> Vec<u8> {
        let (runs, mut unread) = self.chain.runs(self.look.budget, cluster, IMAGE_FOLDER_BYTES_MAX);
        let mut bytes = Vec::new();
        for run in &runs {
            let part = run.start.and_then(|start| self.disk.read(start, usize::try_from(run.length).ok()?));
            match part {
                Some(part) => bytes.extend_from_slice(&part),
                None => unread = unread.or(Some(Unread::Damaged)),
            }
        }
        if let Some(unread) = unread {
            self.look.opened.note(unread, path);
        }
        bytes
    }

    /// Files are handed out, folders wait; false where no more may follow.
    fn entries(&mut self, bytes: &[u8], path: &str, depth: usize) -> bool {
        for entry in Entries::new(bytes) {
            let names: Vec<String> = entry.names.iter().map(|name| format!("{path}{name}")).collect();
            if entry.is_folder {
                let path = names.into_iter().next().unwrap_or_default() + "/";
                self.queue.push((entry.cluster, path, depth + 1));
                continue;
            }
            if !self.file(&entry, names) {
                return false;
            }
        }
        true
    }

    fn file(&mut self, entry: &Entry, names: Vec<String>) -> bool {
        let size_bytes = u64::from(entry.size_bytes);
        let (runs, unread) = if size_bytes == 0 {
            (Vec::new(), None)
        } else {
            self.chain.runs(self.look.budget, entry.cluster, size_bytes)
        };
        if unread == Some(Unread::TooLarge) {
            self.look.opened.note(Unread::TooLarge, names.first().map_or("", String::as_str));
        }
        // A chain that ends early or runs in a circle gives what it has, and the end is missing.
        hand(self.look, self.disk, Found { names, runs, size_bytes, unread: None })
    }
}

/// Adds a stretch to the last one where it goes on there.
pub(super) fn prolong(runs: &mut Vec<Run>, start: u64, length: u64) {
    if let Some(last) = runs.last_mut()
        && last.start.and_then(|start| start.checked_add(last.length)) == Some(start)
    {
        last.length += length;
        return;
    }
    runs.push(Run::at(start, length));
}
