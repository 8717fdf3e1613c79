//! An Excel 97 workbook → its linked objects and the words of its cells ([MS-XLS] 2.4.271 SupBook, 2.4.265 SST).

use super::target::{Reach, reach};
use super::{biff, lure, objects};
use crate::limits::LURE_TEXT_BYTES_MAX;
use crate::number::u16_le;
use crate::open::Look;
use crate::{Cost, Kind};

const EXTERN_SHEET: u16 = 0x0017;
const CONTINUE: u16 = 0x003c;
const SST: u16 = 0x00fc;
const SUP_BOOK: u16 = 0x01ae;
const LABEL: u16 = 0x0204;
const STRING: u16 = 0x0207;
const TEXT_OBJECT: u16 = 0x01b6;

/// Looks at the records of a workbook.
pub(crate) fn look(look: &mut Look<'_>) {
    if !matches!(look.kind, Kind::OfficeExcel97 | Kind::OfficeExcelAddIn97) {
        return;
    }
    let Some(compound) = look.compound() else { return };
    for name in ["Workbook", "Book"] {
        match compound.stream(name, look.budget) {
            Some(Ok(stream)) => book(look, name, &stream.bytes),
            Some(Err(unread)) => look.opened.note(unread, name),
            None => {}
        }
    }
}

fn book(look: &mut Look<'_>, name: &str, stream: &[u8]) {
    let mut words = String::new();
    let mut before = 0;
    for record in biff::records(stream) {
        if !look.pays(Cost::Work(1)) {
            return;
        }
        match record.id {
            biff::FILE_PASS => return,
            SUP_BOOK => link(look, name, &string(record.body.get(2..).unwrap_or_default())),
            // The same before Excel 97, one byte a character.
            EXTERN_SHEET if name == "Book" => {
                link(look, name, &objects::decoded(record.body.get(1..).unwrap_or_default()));
            }
            SST | LABEL | STRING => cells(record.body, &mut words),
            CONTINUE if matches!(before, SST | TEXT_OBJECT) => cells(record.body, &mut words),
            _ => {}
        }
        if record.id != CONTINUE {
            before = record.id;
        }
    }
    lure::judge(&words, look.opened);
}

/// A class, 3, a path: an object linked.
fn link(look: &mut Look<'_>, place: &str, path: &str) {
    let Some((server, topic)) = path.split_once('\u{3}') else { return };
    // A path begins with the code 1, and its folders are divided by the code 3 too. Conversations are told where the
    // names of the workbook are read.
    let linked = !server.is_empty() && !server.starts_with(char::is_control) && reach(topic) > Reach::Near;
    if linked {
        objects::link(look, place, server, topic);
    }
}

/// A string behind the number of its characters and a byte that says how wide they are.
fn string(bytes: &[u8]) -> String {
    let length = u16_le(bytes, 0).map(usize::from).unwrap_or(0);
    let wide = bytes.get(2).is_some_and(|flags| flags & 1 != 0);
    let text = bytes.get(3..).unwrap_or_default();
    if wide {
        let text = crate::number::slice(text, 0, length * 2);
        encoding_rs::UTF_16LE.decode_without_bom_handling(text).0.into_owned()
    } else {
        objects::decoded(crate::number::slice(text, 0, length))
    }
}

/// The words in a record of strings. Strings go on over records in ways that only matter to who shows them: here all
/// that reads as text is taken, narrow and wide.
fn cells(body: &[u8], words: &mut String) {
    if words.len() + body.len() * 4 > LURE_TEXT_BYTES_MAX {
        return;
    }
    body.iter().for_each(|byte| push(Some(char::from(*byte)).filter(|c| matches!(c, ' '..='~')), words));
    for start in [0, 1] {
        for unit in body.get(start..).unwrap_or_default().as_chunks::<2>().0 {
            push(char::from_u32(u32::from(u16::from_le_bytes(*unit))).filter(is_word), words);
        }
    }
}

/// Adds a character; whatever stands between words is one line end.
fn push(character: Option<char>, words: &mut String) {
    match character {
        Some(character) => words.push(character),
        None if words.ends_with('\n') => {}
        None => words.push('\n'),
    }
}

fn is_word(character: &char) -> bool {
    matches!(character, ' '..='~' | '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff9f}')
}
