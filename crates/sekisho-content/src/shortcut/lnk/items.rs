//! A list of shell items → the path that it leads along ([MS-SHLLINK] section 2.2).
//!
//! The items are private to Windows; what is read here is what its versions have had in common: roots and places by
//! their class identifiers, drives, folders and files with a short and a long name, servers and shares, addresses.

use super::data::{ansi, utf16};
use crate::limits::LNK_ITEMS_MAX;
use crate::number::{slice, u16_le, u32_le};

/// The path that the items say.
pub(super) fn path(list: &[u8]) -> String {
    let mut path = String::new();
    let mut at = 0;
    for _ in 0..LNK_ITEMS_MAX {
        let size = u16_le(list, at).map_or(0, usize::from);
        if size < 3 {
            break;
        }
        let said = item(slice(list, at, size));
        if said.starts_with("\\\\") || said.get(1..3) == Some(":\\") {
            // A drive or share says the whole path so far.
            path = said;
        } else if !said.is_empty() {
            if !path.is_empty() && !path.ends_with('\\') {
                path.push('\\');
            }
            path.push_str(&said);
        }
        at += size;
    }
    path
}

fn item(item: &[u8]) -> String {
    const UNICODE: u8 = 0x04;
    let class = item.get(2).copied().unwrap_or(0);
    let behind = |at: usize| item.get(at..).unwrap_or_default();
    match class {
        0x1f => known_place(slice(item, 4, 16)),
        0x20..=0x2f => ansi(behind(3)),
        0x30..=0x3f => {
            let long = long_name(item);
            let short = || if class & UNICODE != 0 { utf16(behind(14)) } else { ansi(behind(14)) };
            if long.is_empty() { short() } else { long }
        }
        0x40..=0x4f | 0xc3 => ansi(behind(5)),
        0x61 => address(item),
        0x71 => known_place(slice(item, 14, 16)),
        0x74 => long_name(item),
        _ => {
            let long = long_name(item);
            if long.is_empty() { address(item) } else { long }
        }
    }
}

/// The long name in the block that Windows puts behind an item's own fields.
fn long_name(item: &[u8]) -> String {
    const SIGNATURE: u32 = 0xbeef_0004;
    let Some(block) = item.len().checked_sub(2).and_then(|at| u16_le(item, at)).map(usize::from) else {
        return String::new();
    };
    if u32_le(item, block + 4) != Some(SIGNATURE) {
        return String::new();
    }
    let version = u16_le(item, block + 2).unwrap_or(0);
    let mut at = block + 18;
    for (since, bytes) in [(7, 18), (3, 2), (9, 4), (8, 4)] {
        if version >= since {
            at += bytes;
        }
    }
    utf16(item.get(at..item.len().saturating_sub(2)).unwrap_or_default())
}

/// An address of the web, in whatever letters.
fn address(item: &[u8]) -> String {
    for scheme in ["http", "ftp:", "file:", "javascript:", "data:", "search-ms:", "ms-"] {
        let wide: Vec<u8> = scheme.encode_utf16().flat_map(u16::to_le_bytes).collect();
        if let Some(at) = memchr::memmem::find(item, &wide) {
            return utf16(item.get(at..).unwrap_or_default());
        }
        if let Some(at) = memchr::memmem::find(item, scheme.as_bytes()) {
            return ansi(item.get(at..).unwrap_or_default());
        }
    }
    String::new()
}

/// Places by their class identifier: a word in the manner of Explorer, or the identifier itself. Drives and folders that
/// follow make the path, so the computer is nothing.
fn known_place(class: &[u8]) -> String {
    let Some((first, rest)) = class.split_at_checked(4).filter(|_| class.len() == 16) else {
        return String::new();
    };
    let number = u32_le(first, 0).unwrap_or(0);
    let said = match number {
        0x20d0_4fe0 => "",
        0x2081_20ec | 0x208d_2c60 | 0xf02c_1a0d => "",
        0x0afa_cefb => "",
        0x871c_5380 => "Internet",
        0x645f_f040 => "shell:RecycleBinFolder",
        0x26ee_0668 | 0x21ec_2020 | 0x5399_e694 => "shell:ControlPanelFolder",
        0x2227_a280 => "shell:PrintersFolder",
        0x5903_1a47 => "%USERPROFILE%",
        0x450d_8fba => "shell:Personal",
        0xb4bf_cc3a => "shell:Desktop",
        0x374d_e290 => "shell:Downloads",
        0x4234_d49b => "shell:AppsFolder",
        0x031e_4825 => "shell:Libraries",
        _ => return identifier(number, rest),
    };
    said.to_owned()
}

fn identifier(first: u32, rest: &[u8]) -> String {
    let second = u16_le(rest, 0).unwrap_or(0);
    let third = u16_le(rest, 2).unwrap_or(0);
    let tail: String = slice(rest, 4, 8).iter().map(|byte| format!("{byte:02x}")).collect();
    let (fourth, fifth) = tail.split_at_checked(4).unwrap_or((&tail, ""));
    format!("::{{{first:08x}-{second:04x}-{third:04x}-{fourth}-{fifth}}}")
}
