//! The header of one file in an LZH archive, level 0 to 3 (the notes of LHA for UNIX and of UNLHA32.DLL, which agree).

use encoding_rs::UTF_16LE;

use crate::archive::foreign_name;
use crate::limits::LZH_EXTENSIONS_MAX;
use crate::number::{place, slice, u16_le, u32_le, u64_le};

/// What a header says.
pub(super) struct Header {
    pub(super) names: Vec<String>,
    pub(super) method: [u8; 5],
    pub(super) packed_bytes: u64,
    pub(super) size_bytes: u64,
    pub(super) crc: u16,
    pub(super) data_at: usize,
    /// Whether its own checksum agrees, where it has one.
    pub(super) is_sound: bool,
}

/// Whether a header that agrees with its checksum stands there.
pub(in crate::archive) fn stands_at(bytes: &[u8], at: usize) -> bool {
    let header = bytes.get(at..).unwrap_or_default();
    let known =
        |method: &[u8]| matches!(method, [b'-', b'l', b'h' | b'z', b'0'..=b'9' | b'd' | b's' | b'x', b'-']);
    known(slice(header, 2, 5)) && Header::parse(bytes, at).is_some_and(|header| header.is_sound)
}

impl Header {
    /// Reads the header at a place.
    pub(super) fn parse(bytes: &[u8], at: usize) -> Option<Self> {
        let header = bytes.get(at..)?;
        let method: [u8; 5] = slice(header, 2, 5).try_into().ok()?;
        if !matches!(method, [b'-', _, _, _, b'-']) {
            return None;
        }
        let mut parsed = Self {
            names: Vec::new(),
            method,
            packed_bytes: u64::from(u32_le(header, 7)?),
            size_bytes: u64::from(u32_le(header, 11)?),
            crc: 0,
            data_at: 0,
            is_sound: true,
        };
        match header.get(20)? {
            0 => parsed.level_0(header)?,
            1 => parsed.level_1(header)?,
            2 => parsed.level_2(header)?,
            3 => parsed.level_3(header)?,
            _ => return None,
        }
        parsed.data_at = parsed.data_at.checked_add(at)?;
        Some(parsed)
    }

    /// The names of a symbolic link, and where it leads: both stand in the name of a directory without content.
    pub(super) fn link(&self) -> Option<(Vec<String>, Vec<u8>)> {
        let (_, target) = self.names.first().filter(|_| self.is_directory())?.split_once('|')?;
        let name = |name: &String| name.split_once('|').map(|(name, _)| name.to_owned());
        Some((self.names.iter().filter_map(name).collect(), target.as_bytes().to_vec()))
    }

    /// Whether it stands for a directory, or for a link.
    pub(super) fn is_directory(&self) -> bool {
        &self.method == b"-lhd-"
    }

    fn level_0(&mut self, header: &[u8]) -> Option<()> {
        let name = self.base(header)?;
        self.names = names(&[], name, None);
        Some(())
    }

    fn level_1(&mut self, header: &[u8]) -> Option<()> {
        let name = self.base(header)?;
        let next = usize::from(u16_le(header, self.data_at.checked_sub(2)?)?);
        let extensions = Extensions::parse(header, self.data_at, next, 2)?;
        // What it states as packed begins with the extensions.
        let before = extensions.end.checked_sub(self.data_at)? as u64;
        self.packed_bytes = self.packed_bytes.checked_sub(before)?;
        self.data_at = extensions.end;
        self.take(&extensions, name, header);
        Some(())
    }

    fn level_2(&mut self, header: &[u8]) -> Option<()> {
        self.crc = u16_le(header, 21)?;
        self.data_at = usize::from(u16_le(header, 0)?);
        let next = usize::from(u16_le(header, 24)?);
        let extensions = Extensions::parse(header, 26, next, 2)?;
        if self.data_at < extensions.end {
            return None;
        }
        self.take(&extensions, &[], header);
        Some(())
    }

    fn level_3(&mut self, header: &[u8]) -> Option<()> {
        self.crc = u16_le(header, 21)?;
        self.data_at = place(header, 24)?;
        let next = place(header, 28)?;
        let extensions = Extensions::parse(header, 32, next, 4)?;
        if self.data_at < extensions.end {
            return None;
        }
        self.take(&extensions, &[], header);
        Some(())
    }

    /// What levels 0 and 1 share; gives the name.
    fn base<'h>(&mut self, header: &'h [u8]) -> Option<&'h [u8]> {
        self.data_at = usize::from(*header.first()?) + 2;
        let name_bytes = usize::from(*header.get(21)?);
        let name = header.get(22..22 + name_bytes)?;
        self.crc = u16_le(header, 22 + name_bytes)?;
        let summed = header.get(2..self.data_at)?;
        let sum = summed.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
        self.is_sound = header.get(1) == Some(&sum);
        Some(name)
    }

    fn take(&mut self, extensions: &Extensions<'_>, name: &[u8], header: &[u8]) {
        let name = if extensions.name.is_empty() { name } else { extensions.name };
        self.names = names(extensions.directory, name, extensions.unicode());
        if let Some((packed, size)) = extensions.sizes {
            self.packed_bytes = packed;
            self.size_bytes = size;
        }
        if let Some((at, stated)) = extensions.crc {
            let mut summed = header.get(..self.data_at).unwrap_or_default().to_vec();
            if let Some(place) = summed.get_mut(at..at + 2) {
                place.fill(0);
            }
            let mut crc = delharc::crc::Crc16::default();
            crc.digest(&summed);
            self.is_sound &= crc.sum16() == stated;
        }
    }
}

/// What the extensions of a header say.
#[derive(Default)]
struct Extensions<'h> {
    name: &'h [u8],
    directory: &'h [u8],
    wide_name: &'h [u8],
    wide_directory: &'h [u8],
    sizes: Option<(u64, u64)>,
    /// Where the header's checksum stands, and the checksum.
    crc: Option<(usize, u16)>,
    end: usize,
}

impl<'h> Extensions<'h> {
    /// Reads the chain of extensions: each ends with the size of the next, in `width` bytes.
    fn parse(header: &'h [u8], mut at: usize, mut size: usize, width: usize) -> Option<Self> {
        let mut extensions = Self::default();
        for _ in 0..LZH_EXTENSIONS_MAX {
            if size == 0 {
                extensions.end = at;
                return Some(extensions);
            }
            let whole = header.get(at..at.checked_add(size)?)?;
            let next_at = size.checked_sub(width)?;
            let (kind, data) = whole.get(..next_at)?.split_first()?;
            match kind {
                0x00 => extensions.crc = u16_le(data, 0).map(|crc| (at + 1, crc)),
                0x01 => extensions.name = data,
                0x02 => extensions.directory = data,
                0x42 => extensions.sizes = u64_le(data, 0).zip(u64_le(data, 8)),
                0x44 => extensions.wide_name = data,
                0x45 => extensions.wide_directory = data,
                _ => {}
            }
            at += size;
            size = if width == 2 { usize::from(u16_le(whole, next_at)?) } else { place(whole, next_at)? };
        }
        None
    }

    /// The path in Unicode, where it is there.
    fn unicode(&self) -> Option<String> {
        if self.wide_name.is_empty() {
            return None;
        }
        let text = |bytes: &[u8]| UTF_16LE.decode_without_bom_handling(bytes).0.into_owned();
        let directory = text(self.wide_directory).replace('\u{ffff}', "/");
        Some(joined(&directory, &text(self.wide_name)))
    }
}

/// Every path that the file could be shown with. The parts of a directory are divided by 0xff.
fn names(directory: &[u8], name: &[u8], unicode: Option<String>) -> Vec<String> {
    // Level 0 of some systems puts more behind a zero.
    let name = name.split(|byte| *byte == 0).next().unwrap_or(name);
    let mut path: Vec<u8> = directory.iter().map(|byte| if *byte == 0xff { b'/' } else { *byte }).collect();
    if !path.is_empty() && path.last() != Some(&b'/') {
        path.push(b'/');
    }
    path.extend_from_slice(name);
    let readings = foreign_name::names(&path).into_iter().map(|name| name.replace('\\', "/"));
    let mut names: Vec<String> = unicode.into_iter().chain(readings).collect();
    names.dedup();
    names
}

fn joined(directory: &str, name: &str) -> String {
    let divider = if directory.is_empty() || directory.ends_with('/') { "" } else { "/" };
    format!("{directory}{divider}{name}").replace('\\', "/")
}
