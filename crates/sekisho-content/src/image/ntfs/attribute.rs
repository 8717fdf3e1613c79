//! One attribute of a record → its bytes, or the runs of clusters that it lies in.

use crate::image::disk::Run;
use crate::limits::IMAGE_RUNS_MAX;
use crate::number::{place, slice, u16_le, u32_le, u64_le};

#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) kind: u32,
    pub(super) name: String,
    pub(super) flags: u16,
    pub(super) body: Body,
}

#[derive(Debug)]
pub(super) enum Body {
    /// In the record itself.
    Resident(Vec<u8>),
    /// In clusters, from this cluster of the attribute on; lengths and starts are counted in clusters until
    /// [`Attribute::in_bytes`].
    Elsewhere { first_cluster: u64, runs: Vec<Run>, size_bytes: u64, valid_bytes: u64 },
}

impl Attribute {
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let kind = u32_le(bytes, 0)?;
        let name_bytes = usize::from(*bytes.get(9)?) * 2;
        let name_at = usize::from(u16_le(bytes, 10)?);
        let units: Vec<u16> =
            slice(bytes, name_at, name_bytes).chunks_exact(2).filter_map(|unit| u16_le(unit, 0)).collect();
        let body = if *bytes.get(8)? == 0 {
            let at = usize::from(u16_le(bytes, 20)?);
            Body::Resident(bytes.get(at..at.checked_add(place(bytes, 16)?)?)?.to_vec())
        } else {
            let runs = bytes.get(usize::from(u16_le(bytes, 32)?)..)?;
            let first_cluster = u64_le(bytes, 16)?;
            // Only the first part of an attribute states the sizes.
            let stated = |at: usize| if first_cluster == 0 { u64_le(bytes, at) } else { Some(0) };
            Body::Elsewhere {
                first_cluster,
                runs: runs_in_clusters(runs)?,
                size_bytes: stated(48)?,
                valid_bytes: stated(56)?,
            }
        };
        Some(Self { kind, name: String::from_utf16_lossy(&units), flags: u16_le(bytes, 12)?, body })
    }

    /// The same with its runs in bytes.
    pub(super) fn in_bytes(mut self, cluster_bytes: u64) -> Self {
        if let Body::Elsewhere { runs, .. } = &mut self.body {
            for run in runs {
                run.length = run.length.saturating_mul(cluster_bytes);
                run.start = run.start.map(|start| start.saturating_mul(cluster_bytes));
            }
        }
        self
    }

    pub(super) fn first_cluster(&self) -> u64 {
        match &self.body {
            Body::Resident(_) => 0,
            Body::Elsewhere { first_cluster, .. } => *first_cluster,
        }
    }
}

/// Pairs of length and distance from the start of the run before; each pair's first byte says how long both are. A pair
/// without a distance is a hole.
fn runs_in_clusters(bytes: &[u8]) -> Option<Vec<Run>> {
    let mut runs = Vec::new();
    let mut rest = bytes;
    let mut at = 0_i64;
    while let Some((sizes, behind)) = rest.split_first() {
        if *sizes == 0 || runs.len() >= IMAGE_RUNS_MAX {
            break;
        }
        let (length_bytes, distance_bytes) = (usize::from(sizes & 0x0f), usize::from(sizes >> 4));
        let length = u64::try_from(signed(behind.get(..length_bytes)?)?).ok()?;
        let distance = behind.get(length_bytes..length_bytes + distance_bytes)?;
        rest = behind.get(length_bytes + distance_bytes..)?;
        if distance.is_empty() {
            runs.push(Run::hole(length));
        } else {
            at = at.checked_add(signed(distance)?)?;
            runs.push(Run::at(u64::try_from(at).ok()?, length));
        }
    }
    Some(runs)
}

/// A number of up to eight bytes, lowest first, with a sign.
fn signed(bytes: &[u8]) -> Option<i64> {
    if bytes.len() > 8 {
        return None;
    }
    let negative = bytes.last().is_some_and(|byte| byte & 0x80 != 0);
    let start = if negative { -1_i64 } else { 0 };
    Some(bytes.iter().rev().fold(start, |number, byte| number << 8 | i64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_go_forth_and_back() {
        // 0x18 clusters at 0x5634, a hole of 8, then 4 clusters 16 before that start.
        let runs = runs_in_clusters(&[0x21, 0x18, 0x34, 0x56, 0x01, 0x08, 0x11, 0x04, 0xf0, 0x00, 0xff]);
        assert_eq!(runs, Some(vec![Run::at(0x5634, 0x18), Run::hole(8), Run::at(0x5624, 4)]));
        assert_eq!(runs_in_clusters(&[0x11, 0x04, 0xf0, 0x00]), None);
    }
}
