//! A BIFF stream → the workbook, where it has macro sheets ([MS-XLS] 2.1.7.20, 2.4; OpenOffice's "Excel File Format" for
//! BIFF2 to BIFF5).

mod globals;
mod shared_strings;
mod sheet;

pub(super) use shared_strings::read as strings;
pub(super) use sheet::{rk, values};

use std::collections::BTreeSet;

use super::book::{Book, Sheet};
use super::strings::Version;
use crate::number::{slice, u16_le};
use crate::office::biff::{self, Record, records};
use crate::open::Budget;
use crate::{Cost, Unread};
use globals::Globals;

/// Reads a stream, and says what of it could not be read.
pub(super) fn read(stream: &[u8], budget: &mut Budget) -> (Book, Option<Unread>) {
    let mut book = Book::default();
    let Some((version, _)) = records(stream).next().and_then(bof) else {
        return (book, Some(Unread::Damaged));
    };
    // Going through the heads costs as much as they are many; what they say is paid where it is read.
    if budget.pay(Cost::Work(stream.len() as u64 / 64 + 1)).is_err() {
        return (book, Some(Unread::TooLarge));
    }
    let mut globals = Globals::read(stream, version);
    if globals.is_locked {
        return (book, Some(Unread::Locked));
    }
    let listed: BTreeSet<usize> = globals.places.iter().copied().collect();
    let unlisted: Vec<usize> = beginnings(stream).into_iter().filter(|at| !listed.contains(at)).collect();
    globals.places.extend(unlisted);
    book.exchanges = std::mem::take(&mut globals.exchanges);
    book.links = globals.links();
    for (index, at) in globals.places.iter().enumerate() {
        let mut sheet = globals.sheets.get(index).map_or_else(
            || Sheet { name: format!("(sheet {})", index + 1), ..Sheet::default() },
            |listed| Sheet { name: listed.name.clone(), state: listed.state, ..Sheet::default() },
        );
        let declared = globals.sheets.get(index).is_some_and(|listed| listed.is_macro);
        sheet.is_macro = declared || begins_macros(stream, *at);
        book.sheets.push(sheet);
    }
    let mut problem = is_cut(stream, &globals.places).then_some(Unread::Damaged);
    globals.name(&mut book);
    if book.has_macro_sheet() {
        let strings = shared_strings::read(stream);
        for (index, at) in globals.places.clone().into_iter().enumerate() {
            let from = stream.get(at..).unwrap_or_default();
            if let Err(unread) = sheet::read(from, index, &mut globals, &strings, &mut book, budget) {
                problem = Some(unread);
                break;
            }
        }
        globals.name_of_sheets(&mut book);
    }
    (book, problem)
}

/// The version that the first record of a substream says.
pub(super) fn version(record: Record<'_>) -> Option<Version> {
    bof(record).map(|(version, _)| version)
}

/// The version that the first record of a substream says, and the type of the substream.
fn bof(record: Record<'_>) -> Option<(Version, u16)> {
    let stated = u16_le(record.body, 0)?;
    let version = match record.id {
        0x0009 => Version::Biff2,
        0x0209 => Version::Biff3,
        0x0409 => Version::Biff4,
        0x0809 if stated >= 0x0600 => Version::Biff8,
        0x0809 => Version::Biff5,
        _ => return None,
    };
    Some((version, u16_le(record.body, 2)?))
}

const WORKBOOK: u16 = 0x0005;
const MACROS: u16 = 0x0040;
const WORKSPACE: u16 = 0x0100;

fn begins_macros(stream: &[u8], at: usize) -> bool {
    let first = records(stream.get(at..).unwrap_or_default()).next();
    first.and_then(bof).is_some_and(|(_, kind)| kind == MACROS)
}

/// Where substreams of sheets begin: outside any other, or inside a workspace.
fn beginnings(stream: &[u8]) -> Vec<usize> {
    const SHEETS_MAX: usize = 1024;
    let mut found = Vec::new();
    let mut open: Vec<bool> = Vec::new();
    for record in records(stream) {
        if let Some((_, kind)) = bof(record) {
            let holds_sheets = matches!(kind, WORKBOOK | WORKSPACE);
            if !holds_sheets && open.iter().all(|holds| *holds) && found.len() < SHEETS_MAX {
                found.push(record.at);
            }
            open.push(holds_sheets);
            if open.len() > SHEETS_MAX {
                break;
            }
        } else if record.id == biff::EOF {
            open.pop();
        }
    }
    found
}

/// The records of one substream, those of substreams in it left out.
fn substream(stream: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut depth = 0_usize;
    let mut rest = records(stream);
    std::iter::from_fn(move || {
        loop {
            let record = rest.next()?;
            if biff::is_bof(record.id) {
                depth += 1;
            }
            let is_own = depth <= 1;
            if record.id == biff::EOF {
                depth = depth.saturating_sub(1);
                // The end of the whole.
                if depth == 0 {
                    return None;
                }
            }
            if is_own {
                return Some(record);
            }
        }
    })
}

/// Whether the stream ends inside a record, inside a substream, or before a sheet that it lists.
fn is_cut(stream: &[u8], places: &[usize]) -> bool {
    let mut open = 0_usize;
    let mut is_last_whole = true;
    // Behind the last substream some writers fill up with zeros.
    for record in records(stream).take_while(|record| record.id != 0 || !record.body.is_empty()) {
        if biff::is_bof(record.id) {
            open += 1;
        } else if record.id == biff::EOF {
            open = open.saturating_sub(1);
        }
        let stated = u16_le(slice(stream, record.at, 4), 2).unwrap_or(0);
        is_last_whole = usize::from(stated) == record.body.len();
    }
    open > 0 || !is_last_whole || places.iter().any(|at| *at >= stream.len())
}
