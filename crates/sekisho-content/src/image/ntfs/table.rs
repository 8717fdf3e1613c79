//! The boot sector → the master file table, and out of it the records and all attributes of a file.

use super::attribute::{Attribute, Body};
use super::record::Record;
use super::{DATA, Run, sector_bytes};
use crate::Unread;
use crate::image::disk::{Disk, Extents};
use crate::limits::{NTFS_ATTRIBUTES_MAX, NTFS_LIST_BYTES_MAX, NTFS_RECORDS_MAX};
use crate::number::{slice, u16_le, u32_le, u64_le};
use crate::open::{Budget, Cost};

pub(super) struct Table<'a> {
    disk: Disk<'a>,
    cluster_bytes: u64,
    record_bytes: u64,
    size_bytes: u64,
    runs: Vec<Run>,
    /// Where each run ends in the table.
    ends: Vec<u64>,
}

impl<'a> Table<'a> {
    pub(super) fn find(budget: &mut Budget, disk: &Disk<'a>, sector: &[u8]) -> Option<Self> {
        let sector_bytes = sector_bytes(sector)?;
        // From 0x80 on, both numbers are powers of two, negated.
        let cluster_bytes = match *sector.get(13)? {
            0 => return None,
            count @ 1..=0x80 => u64::from(count) * sector_bytes,
            power => sector_bytes << (256 - u32::from(power)).min(12),
        };
        let record_bytes = match *sector.get(64)? {
            count @ 1..=0x7f => u64::from(count) * cluster_bytes,
            power => 1 << (256 - u32::from(power)).min(16),
        };
        if !(512..=65_536).contains(&record_bytes) {
            return None;
        }
        let start = u64_le(sector, 48)?.checked_mul(cluster_bytes)?;
        let first = vec![Run::at(start, record_bytes)];
        let mut table = Self {
            disk: disk.clone(),
            cluster_bytes,
            record_bytes,
            size_bytes: record_bytes,
            ends: vec![record_bytes],
            runs: first,
        };
        // The table's own record says where the rest of it lies; a second round finds parts that only it leads to.
        for _ in 0..2 {
            let record = table.record(0).ok()??;
            let attributes = table.attributes(budget, 0, &record).ok()?;
            table.take(&attributes);
        }
        Some(table)
    }

    fn take(&mut self, attributes: &[Attribute]) {
        let mut parts: Vec<&Attribute> =
            attributes.iter().filter(|part| part.kind == DATA && part.name.is_empty()).collect();
        parts.sort_by_key(|part| part.first_cluster());
        let mut all = Vec::new();
        let mut size = 0;
        for part in parts {
            if let Body::Elsewhere { runs, size_bytes, .. } = &part.body {
                all.extend(runs.iter().copied());
                size = size.max(*size_bytes);
            }
        }
        if all.is_empty() {
            return;
        }
        let mut end = 0_u64;
        self.ends = all
            .iter()
            .map(|run| {
                end = end.saturating_add(run.length);
                end
            })
            .collect();
        self.runs = all;
        self.size_bytes = size.min(end);
    }

    /// How many records there are, as far as they are looked at.
    pub(super) fn count(&self) -> u64 {
        (self.size_bytes / self.record_bytes).min(NTFS_RECORDS_MAX)
    }

    /// A record that is in use; `None` where it is free.
    pub(super) fn record(&self, number: u64) -> Result<Option<Record>, Unread> {
        let bytes = self.bytes(number).ok_or(Unread::Damaged)?;
        if bytes.iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        let in_use = u16_le(&bytes, 22).is_some_and(|flags| flags & 1 != 0);
        match Record::parse(bytes) {
            Some(record) => Ok(record.is_in_use().then_some(record)),
            None if in_use => Err(Unread::Damaged),
            None => Ok(None),
        }
    }

    fn bytes(&self, number: u64) -> Option<Vec<u8>> {
        let at = number.checked_mul(self.record_bytes)?;
        let index = self.ends.partition_point(|end| *end <= at);
        let run = self.runs.get(index)?;
        let before = self.ends.get(index)?.checked_sub(run.length)?;
        let start = run.start?.checked_add(at - before)?;
        Some(self.disk.read(start, usize::try_from(self.record_bytes).ok()?)?.into_owned())
    }

    /// All attributes of a file: those of its record, and of the records that its list leads to.
    pub(super) fn attributes(
        &self,
        budget: &mut Budget,
        number: u64,
        record: &Record,
    ) -> Result<Vec<Attribute>, Unread> {
        const LIST: u32 = 0x20;
        let mut attributes = record.attributes();
        let list = attributes.iter().position(|attribute| attribute.kind == LIST);
        if let Some(list) = list.map(|at| attributes.swap_remove(at).in_bytes(self.cluster_bytes)) {
            let mut others = self.others(&self.content(&list)?);
            others.retain(|other| *other != number);
            for other in others {
                budget.pay(Cost::Work(1)).map_err(|_| Unread::TooLarge)?;
                let more = self.record(other)?.ok_or(Unread::Damaged)?;
                attributes.extend(more.attributes());
                if attributes.len() > NTFS_ATTRIBUTES_MAX {
                    return Err(Unread::TooLarge);
                }
            }
        }
        Ok(attributes.into_iter().map(|attribute| attribute.in_bytes(self.cluster_bytes)).collect())
    }

    fn content(&self, list: &Attribute) -> Result<Vec<u8>, Unread> {
        let (runs, size_bytes) = match &list.body {
            Body::Resident(bytes) => return Ok(bytes.clone()),
            Body::Elsewhere { runs, size_bytes, .. } => (runs, *size_bytes),
        };
        if size_bytes > NTFS_LIST_BYTES_MAX {
            return Err(Unread::TooLarge);
        }
        let mut bytes = Vec::new();
        let mut content = Extents::new(&self.disk, runs.clone(), size_bytes);
        std::io::Read::read_to_end(&mut content, &mut bytes).map_err(|_| Unread::Damaged)?;
        Ok(bytes)
    }

    /// The records that an attribute list names, each once.
    fn others(&self, list: &[u8]) -> Vec<u64> {
        let mut numbers = Vec::new();
        let mut rest = list;
        while let Some(length) = u16_le(rest, 4).map(usize::from).filter(|length| *length >= 26) {
            let number = u64_le(rest, 16).map(|reference| reference & 0xffff_ffff_ffff);
            numbers.extend(number.filter(|_| u32_le(rest, 0).is_some_and(|kind| kind != 0)));
            rest = slice(rest, length, usize::MAX);
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}
