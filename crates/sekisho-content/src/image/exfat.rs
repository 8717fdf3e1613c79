//! exFAT → its files (Microsoft's exFAT file system specification, revision 1.00).

use super::disk::{Disk, Run};
use super::fat::{Chain, Width};
use super::file::{Found, hand};
use super::folders::{Folder, Folders, pays_for_list};
use crate::Unread;
use crate::limits::IMAGE_FOLDER_BYTES_MAX;
use crate::number::{slice, u16_le, u32_le, u64_le};
use crate::open::{Cost, Look};

pub(super) fn look(look: &mut Look<'_>, disk: &Disk<'_>, sector: &[u8]) {
    let Some((chain, root)) = geometry(disk, sector) else {
        look.opened.note(Unread::Damaged, "exfat");
        return;
    };
    let root = Place { cluster: root, size_bytes: None };
    let mut walk = Walk { look, disk, chain, folders: Folders::new(root) };
    while let Some(folder) = walk.folders.next(walk.look) {
        if !walk.folder(&folder) {
            return;
        }
    }
}

/// Section 3.1: sizes are powers of two; the heap of clusters has an offset of its own.
fn geometry<'d, 'a>(disk: &'d Disk<'a>, sector: &[u8]) -> Option<(Chain<'d, 'a>, u32)> {
    let sector_shift = u32::from(*sector.get(108)?);
    let cluster_shift = sector_shift + u32::from(*sector.get(109)?);
    if !(9..=12).contains(&sector_shift) || cluster_shift > 25 {
        return None;
    }
    let chain = Chain {
        disk,
        table_at: u64::from(u32_le(sector, 80)?) << sector_shift,
        width: Width::Bits32,
        clusters: u32_le(sector, 92)?,
        cluster_bytes: 1 << cluster_shift,
        data_at: u64::from(u32_le(sector, 88)?) << sector_shift,
    };
    Some((chain, u32_le(sector, 96)?))
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    cluster: u32,
    /// Its size, where it is in one piece and no chain is kept for it.
    size_bytes: Option<u64>,
}

struct Walk<'w, 'l, 'a> {
    look: &'w mut Look<'l>,
    disk: &'w Disk<'a>,
    chain: Chain<'w, 'a>,
    folders: Folders<Place>,
}

impl Walk<'_, '_, '_> {
    fn folder(&mut self, folder: &Folder<Place>) -> bool {
        let Place { cluster, size_bytes } = folder.place;
        let (runs, unread) = match size_bytes {
            Some(size) => (self.chain.contiguous(cluster, size.min(IMAGE_FOLDER_BYTES_MAX)), None),
            None => self.chain.runs(self.look.budget, cluster, IMAGE_FOLDER_BYTES_MAX),
        };
        let (bytes, missing) = self.chain.list(&runs);
        if let Some(unread) = unread.or(missing) {
            self.look.opened.note(unread, folder.path());
        }
        if !pays_for_list(self.look, bytes.len() as u64) {
            return false;
        }
        let mut rows = bytes.chunks_exact(32);
        while let Some(row) = rows.next() {
            const END: u8 = 0;
            const FILE: u8 = 0x85;
            if !self.look.pays(Cost::Work(1)) {
                return false;
            }
            match row.first() {
                Some(&END) => break,
                Some(&FILE) => {
                    let count = usize::from(row.get(1).copied().unwrap_or(0));
                    let set: Vec<&[u8]> = rows.by_ref().take(count).collect();
                    if !self.entry(folder, row, &set) {
                        return false;
                    }
                }
                _ => {}
            }
        }
        true
    }

    /// A file's entry, the stream entry behind it and those with its name (sections 7.4, 7.6, 7.7).
    fn entry(&mut self, folder: &Folder<Place>, row: &[u8], set: &[&[u8]]) -> bool {
        const FOLDER: u16 = 0x10;
        const STREAM: u8 = 0xc0;
        const NAME: u8 = 0xc1;
        const NO_CHAIN: u8 = 0x02;
        let of_type = |kind: u8| set.iter().filter(move |row| row.first() == Some(&kind));
        let Some(stream) = of_type(STREAM).next() else {
            self.look.opened.note(Unread::Damaged, folder.path());
            return true;
        };
        let length = usize::from(stream.get(3).copied().unwrap_or(0));
        let units = of_type(NAME).flat_map(|row| slice(row, 2, 30).chunks_exact(2));
        let units: Vec<u16> = units.filter_map(|unit| u16_le(unit, 0)).take(length).collect();
        let path = format!("{}{}", folder.path(), String::from_utf16_lossy(&units));
        let fields = (u32_le(stream, 20), u64_le(stream, 24), u64_le(stream, 8));
        let (Some(cluster), Some(size_bytes), Some(valid_bytes)) = fields else { return true };
        let in_one_piece = stream.get(1).is_some_and(|flags| flags & NO_CHAIN != 0);
        if u16_le(row, 4).is_some_and(|attributes| attributes & FOLDER != 0) {
            if size_bytes > IMAGE_FOLDER_BYTES_MAX {
                self.look.opened.note(Unread::TooLarge, &path);
            }
            let place = Place { cluster, size_bytes: in_one_piece.then_some(size_bytes) };
            self.folders.push(self.look, folder, place, vec![path]);
            return true;
        }
        let valid_bytes = valid_bytes.min(size_bytes);
        let mut runs = match valid_bytes {
            0 => Vec::new(),
            _ if in_one_piece => self.chain.contiguous(cluster, valid_bytes),
            _ => self.chain.runs(self.look.budget, cluster, valid_bytes).0,
        };
        let reached = runs.iter().fold(0, |sum: u64, run| sum.saturating_add(run.length));
        if reached >= valid_bytes {
            // What was never written reads as zeros.
            runs.push(Run::hole(size_bytes - valid_bytes));
        }
        hand(self.look, self.disk, Found { names: vec![path], runs, size_bytes, unread: None })
    }
}
