//! FAT12, FAT16 and FAT32 → their files under their long and short names (Microsoft's FAT32 File System Specification 1.03).

mod chain;
mod folder;

use super::disk::{Disk, Run};
use super::file::{Found, hand};
use super::folders::{Folder, Folders, pays_for_list};
use super::partition::sector_bytes;
use crate::Unread;
use crate::limits::IMAGE_FOLDER_BYTES_MAX;
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
        // Code of a partition table may look like parameters; it does not begin with a jump over them.
        let sector_bytes = sector_bytes(sector).filter(|_| matches!(sector, [0xeb | 0xe9, ..]))?;
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
    // The fixed root has no cluster; nothing else leads to cluster 0.
    let (root, fixed) = match parameters.width {
        Width::Bits32 => (parameters.root_cluster, None),
        _ => (0, Some(parameters)),
    };
    let mut walk = Walk { look, disk, chain, folders: Folders::new(root) };
    while let Some(folder) = walk.folders.next(walk.look) {
        let bytes = match fixed.filter(|_| folder.place == 0) {
            Some(parameters) => walk.fixed_root(parameters),
            None => walk.list(&folder),
        };
        if !pays_for_list(walk.look, bytes.len() as u64) || !walk.entries(&folder, &bytes) {
            return;
        }
    }
}

struct Walk<'w, 'l, 'a> {
    look: &'w mut Look<'l>,
    disk: &'w Disk<'a>,
    chain: Chain<'w, 'a>,
    folders: Folders<u32>,
}

impl Walk<'_, '_, '_> {
    fn fixed_root(&mut self, parameters: &Parameters) -> Vec<u8> {
        let size = usize::try_from(parameters.root_bytes).unwrap_or(0);
        let bytes = self.disk.read(parameters.root_at, size);
        if bytes.is_none() {
            self.look.opened.note(Unread::Damaged, "fat");
        }
        bytes.unwrap_or_default().into_owned()
    }

    /// The list of a folder, as far as its chain goes.
    fn list(&mut self, folder: &Folder<u32>) -> Vec<u8> {
        let (runs, unread) = self.chain.runs(self.look.budget, folder.place, IMAGE_FOLDER_BYTES_MAX);
        let (bytes, missing) = self.chain.list(&runs);
        if let Some(unread) = unread.or(missing) {
            self.look.opened.note(unread, folder.path());
        }
        bytes
    }

    /// Files are handed out, folders wait; false where no more may follow.
    fn entries(&mut self, folder: &Folder<u32>, bytes: &[u8]) -> bool {
        for entry in Entries::new(bytes) {
            let names = entry.names.iter().map(|name| format!("{}{name}", folder.path()));
            if entry.is_folder {
                self.folders.push(self.look, folder, entry.cluster, names.take(1).collect());
            } else if !self.file(&entry, names.collect()) {
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
