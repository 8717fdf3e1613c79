//! A program that unpacks itself, or another file with an archive behind it → the archive, handed out as a file.
//!
//! WinRAR, 7-Zip and the LZH makers put a small program in front of an archive; a setup program keeps cabinets as
//! resources. What begins there must agree with its own checksum, or with itself throughout: the programs contain the
//! signatures they look for.

use memchr::memmem;

use super::{lzh, rar};
use crate::limits::APPENDED_ARCHIVES_MAX;
use crate::number::{place, slice, u16_le, u32_le, u64_le};
use crate::open::{Cost, Hold, Look, Member};
use crate::{Family, Kind, Unread};

/// Looks for archives that begin behind the first byte.
pub(super) fn look(look: &mut Look<'_>) {
    /// Looking for signatures is much cheaper than what else is paid by the unit.
    const BYTES_A_UNIT: u64 = 256;
    if !may_have_archive_behind(look.kind) || !look.pays(Cost::Work(look.bytes.len() as u64 / BYTES_A_UNIT)) {
        return;
    }
    let bytes = look.bytes;
    let mut at = 1;
    for _ in 0..APPENDED_ARCHIVES_MAX {
        let Some((start, end)) = next(bytes, at) else { break };
        if let Some(archive) = bytes.get(start..end)
            && !look.hand(Member::whole(Vec::new(), archive, Hold::Appended))
        {
            return;
        }
        at = end.max(start + 1);
    }
    if behind_program(bytes).is_some_and(|behind| memmem::find(behind, ATTACHE_CASE).is_some()) {
        look.opened.note(Unread::Locked, "attachecase");
    }
}

/// What an encrypted file of AttacheCase begins with, one that decrypts itself behind its program.
const ATTACHE_CASE: &[u8] = b"_AttacheCaseData";

/// Programs; and what is shown, where an archive behind it is found by the archive's program. What holds files itself
/// keeps archives as such.
fn may_have_archive_behind(kind: Kind) -> bool {
    match kind.family() {
        Family::Program => !matches!(kind, Kind::Jar | Kind::Apk | Kind::Ipa | Kind::Dex | Kind::JavaClass),
        Family::Image => kind != Kind::Dwg,
        _ => kind == Kind::Unknown,
    }
}

/// The first archive from a place on, with its end.
fn next(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let first = |signature: &[u8], before: usize, end: &dyn Fn(usize) -> Option<usize>| {
        let within = bytes.get(from..)?;
        memmem::find_iter(within, signature)
            .filter_map(|found| (from + found).checked_sub(before))
            .filter(|start| *start >= from)
            .find_map(|start| Some((start, end(start)?)))
    };
    let whole = bytes.len();
    [
        first(b"7z\xbc\xaf\x27\x1c", 0, &|start| seven_zip_end(bytes, start)),
        first(b"Rar!\x1a\x07", 0, &|start| rar::stands_at(bytes, start).then_some(whole)),
        first(b"MSCF\0\0\0\0", 0, &|start| cabinet_end(bytes, start)),
        first(b"-lh", 2, &|start| lzh::stands_at(bytes, start).then_some(whole)),
    ]
    .into_iter()
    .flatten()
    .min_by_key(|(start, _)| *start)
}

/// The signature header has a checksum over what it states.
fn seven_zip_end(bytes: &[u8], start: usize) -> Option<usize> {
    let header = bytes.get(start..start.checked_add(32)?)?;
    if u32_le(header, 8)? != crc32fast::hash(header.get(12..)?) {
        return None;
    }
    let number = |offset| u64_le(header, offset).and_then(|number| usize::try_from(number).ok());
    let end = start.checked_add(32)?.checked_add(number(12)?)?.checked_add(number(20)?)?;
    Some(end.min(bytes.len()))
}

/// A cabinet has no checksum of its header; its version, sizes and first folder must make sense.
fn cabinet_end(bytes: &[u8], start: usize) -> Option<usize> {
    const VERSION: u16 = 0x0103;
    let header = bytes.get(start..)?;
    let size = place(header, 8)?;
    let files_at = place(header, 16)?;
    let agrees = u16_le(header, 24)? == VERSION
        && size <= header.len()
        && (36..size).contains(&files_at)
        && u16_le(header, 26)? > 0
        && u16_le(header, 28)? > 0
        && slice(header, files_at, 16).len() == 16;
    if agrees { start.checked_add(size) } else { None }
}

/// What stands behind the last section of a Windows program.
fn behind_program(bytes: &[u8]) -> Option<&[u8]> {
    const SECTION_BYTES: usize = 40;
    let header = place(bytes, 0x3c).filter(|at| slice(bytes, *at, 4) == b"PE\0\0")?;
    let sections = usize::from(u16_le(bytes, header.checked_add(6)?)?).min(crate::limits::PE_SECTIONS_MAX);
    let optional = usize::from(u16_le(bytes, header.checked_add(20)?)?);
    let table = header.checked_add(24)?.checked_add(optional)?;
    let end = (0..sections)
        .filter_map(|number| {
            let section = bytes.get(table.checked_add(number * SECTION_BYTES)?..)?;
            place(section, 20)?.checked_add(place(section, 16)?)
        })
        .max()?;
    bytes.get(end..)
}

#[cfg(test)]
mod tests {
    use super::super::tested::{bytes, opened_as};
    use super::*;
    use crate::Budget;

    /// A RAR 5 archive without members.
    const RAR: &str = "526172211a070100 f3e1 82eb 0b01 0507 0006 0101 8080 8000 1d77 5651 0305 0400";

    /// A 7z archive without members.
    const SEVEN_ZIP: &str = "377abcaf271c0004 8d9bd50f 0000000000000000 0000000000000000 00000000";

    fn members(kind: Kind, whole: &[u8]) -> Vec<usize> {
        let mut sizes = Vec::new();
        let mut budget = Budget::default();
        crate::open(whole, kind, &crate::Keys::default(), &mut budget, &mut |member| {
            assert_eq!(member.hold, Hold::Appended);
            sizes.push(member.bytes.len());
        });
        sizes
    }

    #[test]
    fn an_archive_behind_a_program_is_found() {
        let program = [b"MZ".as_slice(), &[0; 600]].concat();
        for archive in [RAR, SEVEN_ZIP] {
            let archive = bytes(archive);
            let whole = [program.as_slice(), &archive].concat();
            assert_eq!(members(Kind::WindowsProgram, &whole), [archive.len()], "{archive:02x?}");
            // Where the checksum of its header differs, it is only a signature in a program.
            let mut signature = whole.clone();
            *signature.get_mut(602 + 9).unwrap() ^= 1;
            assert_eq!(members(Kind::WindowsProgram, &signature), [0_usize; 0]);
        }
    }

    #[test]
    fn an_ordinary_program_stays_quiet() {
        let program =
            [b"MZ".as_slice(), &[0; 600], b"Rar!\x1a\x07 7z\xbc\xaf\x27\x1c MSCF\0\0\0\0 -lh5- "].concat();
        let (members, told) = opened_as(Kind::WindowsProgram, &program, &[], &mut Budget::default());
        assert!(members.is_empty() && told.unread.is_empty(), "{members:?} {told:?}");
    }
}
