//! The bytes of a shortcut → its fields ([MS-SHLLINK] sections 2.1 to 2.4).

use super::{data, items};
use crate::number::{place, slice, u16_le, u32_le};

/// A shortcut's fields, empty where they are not there.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Link {
    /// Where it leads, as each part of the file says it: the list of items, the link information in Unicode and in
    /// ANSI, the environment block. They may differ; which one Windows takes depends on what exists.
    pub(super) targets: Vec<String>,
    /// The comment that is shown.
    pub(super) name: String,
    /// Where it leads from its own folder.
    pub(super) relative_path: String,
    pub(super) working_dir: String,
    pub(super) arguments: String,
    /// Where its icon comes from, each place that says so.
    pub(super) icons: Vec<String>,
    /// A product of the installer that is started.
    pub(super) darwin: String,
    /// The computer that it was made on.
    pub(super) machine: String,
    /// How its window is shown: 7 is minimised.
    pub(super) show: u32,
    /// Whether all its fields were there.
    pub(super) whole: bool,
}

/// Header and flags (2.1.1).
const HEADER_BYTES: usize = 0x4c;
const HAS_ITEMS: u32 = 1;
const HAS_INFORMATION: u32 = 1 << 1;
const HAS_NAME: u32 = 1 << 2;
const HAS_RELATIVE_PATH: u32 = 1 << 3;
const HAS_WORKING_DIR: u32 = 1 << 4;
const HAS_ARGUMENTS: u32 = 1 << 5;
const HAS_ICON: u32 = 1 << 6;
const IS_UNICODE: u32 = 1 << 7;

/// The fields, and where the shortcut ends; what stands behind it is no part of it.
pub(super) fn read(bytes: &[u8]) -> (Link, usize) {
    let flags = u32_le(bytes, 0x14).unwrap_or(0);
    let mut link = Link {
        whole: bytes.len() >= HEADER_BYTES,
        show: u32_le(bytes, 0x3c).unwrap_or(1),
        ..Link::default()
    };
    let mut at = HEADER_BYTES;
    if flags & HAS_ITEMS != 0 {
        let size = u16_le(bytes, at).map_or(0, usize::from);
        let list = slice(bytes, at + 2, size);
        link.whole &= list.len() == size && size > 0;
        link.target(items::path(list));
        at = at.saturating_add(size + 2);
    }
    if flags & HAS_INFORMATION != 0 {
        let size = place(bytes, at).unwrap_or(0);
        let information = slice(bytes, at, size);
        link.whole &= information.len() == size && size > 0;
        data::information(information).into_iter().for_each(|target| link.target(target));
        at = at.saturating_add(size.max(4));
    }
    let wide = flags & IS_UNICODE != 0;
    for (flag, field) in STRINGS {
        if flags & flag == 0 {
            continue;
        }
        let (text, end) = data::counted(bytes, at, wide);
        link.whole &= text.is_some();
        field(&mut link, text.unwrap_or_default());
        at = end;
    }
    let end = data::blocks(bytes, at, &mut link);
    (link, end)
}

type Field = fn(&mut Link, String);

/// The strings in their order (2.4).
const STRINGS: [(u32, Field); 5] = [
    (HAS_NAME, |link, text| link.name = text),
    (HAS_RELATIVE_PATH, |link, text| link.relative_path = text),
    (HAS_WORKING_DIR, |link, text| link.working_dir = text),
    (HAS_ARGUMENTS, |link, text| link.arguments = text),
    (HAS_ICON, |link, text| link.icon(text)),
];

impl Link {
    /// Adds a place that it leads to.
    pub(super) fn target(&mut self, target: String) {
        let target = target.trim().to_owned();
        if !target.is_empty() && !self.targets.contains(&target) {
            self.targets.push(target);
        }
    }

    /// Adds a place that its icon comes from.
    pub(super) fn icon(&mut self, icon: String) {
        if !icon.trim().is_empty() && !self.icons.contains(&icon) {
            self.icons.push(icon);
        }
    }
}
