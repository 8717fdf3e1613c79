//! A Word 97 document → its fields and words ([MS-DOC] 2.4.1 retrieving text, 2.5.1 FIB, 2.9.73 FcCompressed).

use super::fields::Fields;
use super::lure;
use crate::limits::{LURE_TEXT_BYTES_MAX, WORD_PIECES_MAX};
use crate::number::{place as number, slice, u16_le, u32_le};
use crate::open::Look;
use crate::{Kind, Unread};

/// Looks at the text of a document, in all its parts: body, notes, headers, text boxes.
pub(crate) fn look(look: &mut Look<'_>) {
    if look.kind != Kind::OfficeWord97 {
        return;
    }
    let Some(compound) = look.compound() else { return };
    let stream = |look: &mut Look<'_>, name: &str| match compound.stream(name, look.budget) {
        Some(Ok(stream)) => stream.bytes,
        Some(Err(unread)) => {
            look.opened.note(unread, name);
            Vec::new()
        }
        None => Vec::new(),
    };
    let document = stream(look, "WordDocument");
    const ENCRYPTED: u16 = 0x0100;
    const SECOND_TABLE: u16 = 0x0200;
    let flags = u16_le(&document, 10).unwrap_or(0);
    if document.is_empty() || flags & ENCRYPTED != 0 {
        return;
    }
    const WORD_97: u16 = 0x00c1;
    if u16_le(&document, 2).is_some_and(|version| version > 0 && version < WORD_97) {
        // Word 6 and 95 keep macros of another language, and text in another way.
        look.opened.note(Unread::Unsupported, "Word 95");
    }
    let table = stream(look, if flags & SECOND_TABLE != 0 { "1Table" } else { "0Table" });
    let text = pieces(&document, &table).unwrap_or_else(|| plain(&document));
    if text.is_empty() && !document.iter().skip(FIB_BYTES).all(|byte| *byte == 0) {
        look.opened.note(Unread::Damaged, "WordDocument");
    }
    read(look, &text);
}

/// The shortest header of Word 97.
const FIB_BYTES: usize = 0x200;

/// Fields stand between characters that begin, divide and end them.
fn read(look: &mut Look<'_>, text: &str) {
    let mut fields = Fields::default();
    let mut words = String::new();
    let mut depth = 0_usize;
    for character in text.chars() {
        match character {
            '\u{13}' => {
                depth += 1;
                fields.begin();
            }
            '\u{14}' => {
                depth = depth.saturating_sub(1);
                fields.separate();
            }
            '\u{15}' => fields.end("WordDocument", look.opened),
            '\r' | '\u{7}' | '\u{b}' | '\u{c}' => words.push('\n'),
            character => {
                fields.push(character.encode_utf8(&mut [0; 4]));
                if depth == 0 && words.len() < LURE_TEXT_BYTES_MAX {
                    words.push(character);
                }
            }
        }
    }
    fields.finish("WordDocument", look.opened);
    lure::judge(&words, look.opened);
}

/// The text as the table of pieces puts it together; `None` where the table cannot be read.
fn pieces(document: &[u8], table: &[u8]) -> Option<String> {
    let (at, length) = (number(document, 0x1a2)?, number(document, 0x1a6)?);
    let mut clx = slice(table, at, length);
    // Formatting in front of the table of pieces: 1, a length, the formatting.
    for _ in 0..WORD_PIECES_MAX {
        match clx.first()? {
            1 => clx = clx.get(3 + usize::from(u16_le(clx, 1)?)..)?,
            2 => break,
            _ => return None,
        }
    }
    let plc = slice(clx, 5, number(clx, 1)?);
    let count = plc.len().checked_sub(4)? / 12;
    let mut text = String::new();
    for piece in 0..count.min(WORD_PIECES_MAX) {
        let characters = number(plc, 4 * (piece + 1))?.checked_sub(number(plc, 4 * piece)?)?;
        let place = u32_le(plc, 4 * (count + 1) + 8 * piece + 2)?;
        const COMPRESSED: u32 = 0x4000_0000;
        let start = usize::try_from(place & !COMPRESSED).ok()?;
        // Pieces may name the same bytes again and again.
        if text.len() > document.len().saturating_mul(2) {
            return Some(text);
        }
        if place & COMPRESSED == 0 {
            let bytes = slice(document, start, characters.saturating_mul(2));
            text.push_str(&encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0);
        } else {
            let bytes = slice(document, start / 2, characters);
            text.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0);
        }
    }
    (!text.is_empty()).then_some(text)
}

/// Without a table of pieces the text stands in one piece, one or two bytes a character.
fn plain(document: &[u8]) -> String {
    let (start, end) = (number(document, 0x18).unwrap_or(0), number(document, 0x1c).unwrap_or(0));
    let length = end.saturating_sub(start);
    let bytes = slice(document, start, length);
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    let encoding = if zeros * 4 > bytes.len() { encoding_rs::UTF_16LE } else { encoding_rs::WINDOWS_1252 };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}
