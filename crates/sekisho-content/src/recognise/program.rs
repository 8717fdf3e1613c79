//! A DOS or Windows executable → program, library, driver or add-in, by its headers and exported names
//! (Microsoft PE format; the Excel SDK for `xlAutoOpen`).

use crate::Kind;
use crate::limits::{PE_EXPORTS_MAX, PE_SECTIONS_MAX};
use crate::number::{place, slice, u16_le, u32_le};

/// The kind of an executable, `None` if the bytes do not begin as one.
pub(crate) fn kind(bytes: &[u8]) -> Option<Kind> {
    if let Some(kind) = java_or_mac(bytes) {
        return Some(kind);
    }
    if !bytes.starts_with(b"MZ") && !bytes.starts_with(b"ZM") {
        return None;
    }
    let header = place(bytes, 0x3c).filter(|offset| slice(bytes, *offset, 4) == b"PE\0\0");
    let Some(header) = header else { return dos(bytes) };
    const LIBRARY: u16 = 0x2000;
    const NATIVE_SUBSYSTEM: u16 = 1;
    let file = header.checked_add(4)?;
    let optional = file.checked_add(20)?;
    let characteristics = u16_le(bytes, file + 18).unwrap_or(0);
    if characteristics & LIBRARY != 0 {
        return Some(library(bytes, file));
    }
    let native = u16_le(bytes, optional.saturating_add(68)) == Some(NATIVE_SUBSYSTEM);
    Some(if native { Kind::WindowsDriver } else { Kind::WindowsProgram })
}

/// Both begin with 0xCAFEBABE: a class file goes on with its version, which is at least 43, a Mac program for several
/// processors with their number, which is small.
fn java_or_mac(bytes: &[u8]) -> Option<Kind> {
    let rest = bytes.strip_prefix(&[0xca, 0xfe, 0xba, 0xbe])?;
    let number = rest.get(..4)?.try_into().ok().map(u32::from_be_bytes)?;
    const OLDEST_CLASS_VERSION: u32 = 43;
    let version = number & 0xffff;
    Some(if version >= OLDEST_CLASS_VERSION { Kind::JavaClass } else { Kind::MachO })
}

/// An executable without a PE header. Two letters alone prove nothing: the header's page count must make sense.
fn dos(bytes: &[u8]) -> Option<Kind> {
    let last_page_bytes = u16_le(bytes, 2)?;
    let pages = u16_le(bytes, 4)?;
    (last_page_bytes <= 512 && pages > 0 && pages < 0x2000).then_some(Kind::DosProgram)
}

/// A library is told apart by what it offers: Excel calls `xlAutoOpen`, the control panel calls `CPlApplet`.
fn library(bytes: &[u8], file: usize) -> Kind {
    let names = exported_names(bytes, file);
    if names.iter().any(|name| name.starts_with(b"xlAutoOpen\0")) {
        Kind::Xll
    } else if names.iter().any(|name| name.starts_with(b"CPlApplet\0")) {
        Kind::ControlPanelItem
    } else {
        Kind::Dll
    }
}

/// The beginnings of the exported names, each with whatever stands behind it.
fn exported_names(bytes: &[u8], file: usize) -> Vec<&[u8]> {
    const NAME_BYTES: usize = 16;
    let names = || -> Option<Vec<&[u8]>> {
        let optional = file + 20;
        let wide = u16_le(bytes, optional)? == 0x20b;
        let table = place(bytes, optional + if wide { 112 } else { 96 })?;
        let sections = Sections::of(bytes, file)?;
        let exports = sections.offset(table)?;
        let count = place(bytes, exports.checked_add(24)?)?.min(PE_EXPORTS_MAX);
        let list = sections.offset(place(bytes, exports.checked_add(32)?)?)?;
        let name = |index: usize| {
            let address = place(bytes, list.checked_add(index * 4)?)?;
            Some(slice(bytes, sections.offset(address)?, NAME_BYTES))
        };
        Some((0..count).map_while(name).collect())
    };
    names().unwrap_or_default()
}

/// Where the sections of a program stand in memory and in the file.
struct Sections {
    rows: Vec<Section>,
}

struct Section {
    address: usize,
    size: usize,
    offset: usize,
}

impl Sections {
    fn of(bytes: &[u8], file: usize) -> Option<Sections> {
        const ROW_BYTES: usize = 40;
        let count = usize::from(u16_le(bytes, file + 2)?).min(PE_SECTIONS_MAX);
        let first = file + 20 + usize::from(u16_le(bytes, file + 16)?);
        let row = |index: usize| {
            let row = first + index * ROW_BYTES;
            Some(Section {
                address: place(bytes, row + 12)?,
                size: u32_le(bytes, row + 8)?.max(u32_le(bytes, row + 16)?) as usize,
                offset: place(bytes, row + 20)?,
            })
        };
        Some(Sections { rows: (0..count).map_while(row).collect() })
    }

    /// The place in the file of an address in memory.
    fn offset(&self, address: usize) -> Option<usize> {
        let holds = |row: &&Section| address.checked_sub(row.address).is_some_and(|inside| inside < row.size);
        let row = self.rows.iter().find(holds)?;
        (address - row.address).checked_add(row.offset)
    }
}
