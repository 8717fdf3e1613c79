//! The first cluster of a file → its stretches, by following the table (the specification's section "FAT Data Structure").

use super::prolong;
use crate::Unread;
use crate::image::disk::{Disk, Run};
use crate::limits::IMAGE_RUNS_MAX;
use crate::number::{u16_le, u32_le};
use crate::open::{Budget, Cost};

/// How wide the numbers in the table are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    Bits12,
    Bits16,
    Bits32,
}

/// The table of a FAT or exFAT system, and where its clusters lie.
pub(crate) struct Chain<'d, 'a> {
    pub(crate) disk: &'d Disk<'a>,
    pub(crate) table_at: u64,
    pub(crate) width: Width,
    pub(crate) clusters: u32,
    pub(crate) cluster_bytes: u64,
    pub(crate) data_at: u64,
}

impl Chain<'_, '_> {
    /// The stretches from `first` on, up to `bytes_max`, and what is wrong with them. What is right is kept.
    pub(crate) fn runs(&self, budget: &mut Budget, first: u32, bytes_max: u64) -> (Vec<Run>, Option<Unread>) {
        let mut runs = Vec::new();
        let mut left = bytes_max;
        let mut cluster = first;
        // Brent's way to find a circle: remember a cluster, twice as long each time.
        let (mut remembered, mut steps, mut power) = (first, 0_u64, 1_u64);
        while left > 0 {
            if budget.pay(Cost::Work(1)).is_err() || runs.len() > IMAGE_RUNS_MAX {
                return (runs, Some(Unread::TooLarge));
            }
            let Some(start) = self.start(cluster) else {
                return (runs, Some(Unread::Damaged));
            };
            let length = self.cluster_bytes.min(left);
            prolong(&mut runs, start, length);
            left -= length;
            if left == 0 {
                break;
            }
            match self.next(cluster) {
                Some(next) if next == remembered => return (runs, Some(Unread::Damaged)),
                Some(next) => cluster = next,
                // The end: a folder's length is not stated, a file's end is missed when it is read.
                None => return (runs, None),
            }
            steps += 1;
            if steps == power {
                (remembered, steps, power) = (cluster, 0, power * 2);
            }
        }
        (runs, None)
    }

    /// Stretches of clusters that follow one another, without the table.
    pub(crate) fn contiguous(&self, first: u32, size_bytes: u64) -> Vec<Run> {
        self.start(first).map(|start| Run::at(start, size_bytes)).into_iter().collect()
    }

    /// The bytes of these stretches, as far as they are there.
    pub(crate) fn list(&self, runs: &[Run]) -> (Vec<u8>, Option<Unread>) {
        let mut bytes = Vec::new();
        let mut unread = runs.is_empty().then_some(Unread::Damaged);
        for run in runs {
            match run.start.and_then(|start| self.disk.read(start, usize::try_from(run.length).ok()?)) {
                Some(part) => bytes.extend_from_slice(&part),
                None => unread = Some(Unread::Damaged),
            }
        }
        (bytes, unread)
    }

    /// The byte where a cluster begins; the first has the number two.
    fn start(&self, cluster: u32) -> Option<u64> {
        let index = cluster.checked_sub(2).filter(|index| *index < self.clusters)?;
        self.data_at.checked_add(u64::from(index) * self.cluster_bytes)
    }

    /// The cluster that follows; `None` at the end of the chain.
    fn next(&self, cluster: u32) -> Option<u32> {
        let (offset, length, end) = match self.width {
            Width::Bits12 => (u64::from(cluster) * 3 / 2, 2, 0xff8),
            Width::Bits16 => (u64::from(cluster) * 2, 2, 0xfff8),
            Width::Bits32 => (u64::from(cluster) * 4, 4, 0x0fff_fff8),
        };
        let bytes = self.disk.read(self.table_at.checked_add(offset)?, length)?;
        let number = match self.width {
            Width::Bits12 if cluster % 2 == 1 => u32::from(u16_le(&bytes, 0)? >> 4),
            Width::Bits12 => u32::from(u16_le(&bytes, 0)? & 0x0fff),
            Width::Bits16 => u32::from(u16_le(&bytes, 0)?),
            Width::Bits32 => u32_le(&bytes, 0)? & 0x0fff_ffff,
        };
        (number < end).then_some(number)
    }
}
