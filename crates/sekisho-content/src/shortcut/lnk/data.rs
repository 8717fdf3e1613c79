//! Link information, strings and extra blocks of a shortcut ([MS-SHLLINK] sections 2.3, 2.4, 2.5).

use super::items;
use super::link::Link;
use crate::limits::LNK_BLOCKS_MAX;
use crate::number::{place, slice, u16_le, u32_le};

/// Paths of the link information, Unicode before ANSI (2.3).
pub(super) fn information(bytes: &[u8]) -> Vec<String> {
    const LOCAL: u32 = 1;
    const NETWORK: u32 = 2;
    const UNICODE_HEADER_BYTES: usize = 0x24;
    let header = place(bytes, 4).unwrap_or(0);
    let flags = u32_le(bytes, 8).unwrap_or(0);
    let wide = header >= UNICODE_HEADER_BYTES;
    let ansi_at = |offset| pointed(bytes, offset).map(|at| ansi(bytes.get(at..).unwrap_or_default()));
    let wide_at = |offset| {
        let at = pointed(bytes, offset).filter(|_| wide)?;
        Some(utf16(bytes.get(at..).unwrap_or_default()))
    };
    let suffixes = [wide_at(32), ansi_at(24)];
    let mut paths = Vec::new();
    if flags & LOCAL != 0 {
        let bases = [wide_at(28), ansi_at(16)];
        for (base, suffix) in bases.into_iter().zip(&suffixes) {
            paths.extend(base.map(|base| join(&base, suffix.as_deref().unwrap_or_default())));
        }
    }
    if flags & NETWORK != 0
        && let Some(network) = pointed(bytes, 20).and_then(|at| bytes.get(at..))
    {
        let suffix = suffixes.iter().flatten().next().map(String::as_str).unwrap_or_default();
        paths.extend(shares(network).into_iter().map(|share| join(&share, suffix)));
    }
    paths.retain(|path| !path.is_empty());
    paths
}

/// The names of a network share (2.3.2).
fn shares(bytes: &[u8]) -> Vec<String> {
    const NAMES_BEHIND: usize = 0x14;
    let name = place(bytes, 8).unwrap_or(0);
    let wide =
        if name > NAMES_BEHIND { place(bytes, 0x14).and_then(|at| bytes.get(at..)).map(utf16) } else { None };
    let plain = bytes.get(name..).filter(|_| name >= NAMES_BEHIND).map(ansi);
    wide.into_iter().chain(plain).filter(|share| !share.is_empty()).collect()
}

fn pointed(bytes: &[u8], offset: usize) -> Option<usize> {
    place(bytes, offset).filter(|at| *at > 0 && *at < bytes.len())
}

fn join(base: &str, suffix: &str) -> String {
    if suffix.is_empty() || base.ends_with('\\') || base.is_empty() {
        return format!("{base}{suffix}");
    }
    format!("{base}\\{suffix}")
}

/// A counted string and where it ends; what is there of it where it is cut.
pub(super) fn counted(bytes: &[u8], at: usize, wide: bool) -> (Option<String>, usize) {
    let Some(count) = u16_le(bytes, at) else { return (None, bytes.len()) };
    let size = usize::from(count) * if wide { 2 } else { 1 };
    let start = at.saturating_add(2);
    let content = slice(bytes, start, size);
    let text = if wide { utf16_all(content) } else { decode(content) };
    let text = text.trim_end_matches('\0').to_owned();
    (Some(text).filter(|text| content.len() == size || !text.is_empty()), start.saturating_add(size))
}

/// Reads the blocks behind the strings up to the one that ends them (2.5), and says where that is.
pub(super) fn blocks(bytes: &[u8], from: usize, link: &mut Link) -> usize {
    const SMALLEST: usize = 8;
    let mut at = from;
    for _ in 0..LNK_BLOCKS_MAX {
        let Some(size) = place(bytes, at) else {
            // Many shortcuts of programs other than Windows end without the block that ends them.
            link.whole &= at >= bytes.len();
            return bytes.len().min(at);
        };
        if size < 4 {
            return at + 4;
        }
        if size < SMALLEST || at.saturating_add(size) > bytes.len() || !is_block(u32_le(bytes, at + 4)) {
            link.whole = false;
            return at;
        }
        block(slice(bytes, at, size), link);
        at += size;
    }
    link.whole = false;
    at
}

fn is_block(signature: Option<u32>) -> bool {
    signature.is_some_and(|signature| signature >> 8 == 0x00a0_0000)
}

fn block(block: &[u8], link: &mut Link) {
    const ENVIRONMENT: u32 = 0xa000_0001;
    const TRACKER: u32 = 0xa000_0003;
    const DARWIN: u32 = 0xa000_0006;
    const ICON: u32 = 0xa000_0007;
    const ITEMS: u32 = 0xa000_000c;
    let both = || {
        let wide = utf16(block.get(268..).unwrap_or_default());
        if wide.is_empty() { ansi(slice(block, 8, 260)) } else { wide }
    };
    match u32_le(block, 4).unwrap_or(0) {
        ENVIRONMENT => link.target(both()),
        DARWIN => link.darwin = both(),
        ICON => link.icon(both()),
        TRACKER => link.machine = ansi(slice(block, 16, 16)),
        ITEMS => link.target(items::path(block.get(8..).unwrap_or_default())),
        _ => {}
    }
}

/// UTF-16 up to a zero.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units =
        bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(u16::from_le_bytes);
    let units: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
    String::from_utf16_lossy(&units)
}

fn utf16_all(bytes: &[u8]) -> String {
    let units =
        bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok()).map(u16::from_le_bytes);
    String::from_utf16_lossy(&units.collect::<Vec<u16>>())
}

/// Text in the code page of the machine up to a zero. Which one is not told; in Japan it is 932.
pub(super) fn ansi(bytes: &[u8]) -> String {
    let end = memchr::memchr(0, bytes).unwrap_or(bytes.len());
    decode(bytes.get(..end).unwrap_or_default())
}

fn decode(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let (text, errors) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes);
    if errors {
        encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
    } else {
        text.into_owned()
    }
}
