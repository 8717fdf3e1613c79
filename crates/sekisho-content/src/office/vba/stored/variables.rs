//! A Word document's table stream → its variables ([MS-DOC] 2.9.322 `StwUser`, at pair 60 of the FIB's places).

use super::Stored;
use crate::number::{place, slice, u16_le};
use crate::office::compound::Compound;
use crate::open::Budget;

/// Variables read of one document.
const VARIABLES_MAX: usize = 2048;

/// Adds the variables.
pub(super) fn read(compound: &Compound<'_>, stored: &mut Stored, budget: &mut Budget) {
    let Some(entry) = compound.find("WordDocument") else { return };
    let fib = compound.beginning(entry);
    const FLAGS_AT: usize = 0x0a;
    const VARIABLES_AT: usize = 0x9a + 60 * 8;
    let (Some(flags), Some(at), Some(length)) =
        (u16_le(&fib, FLAGS_AT), place(&fib, VARIABLES_AT), place(&fib, VARIABLES_AT + 4))
    else {
        return;
    };
    let name = if flags >> 9 & 1 == 1 { "1Table" } else { "0Table" };
    if length == 0 {
        return;
    }
    if let Some(Ok(table)) = compound.stream(name, budget) {
        variables(slice(&table.bytes, at, length), stored);
    }
}

/// A table of names, then as many values: each a count of characters, then UTF-16.
fn variables(bytes: &[u8], stored: &mut Stored) {
    const HEAD_BYTES: usize = 6;
    let count = u16_le(bytes, 2).map_or(0, usize::from).min(VARIABLES_MAX);
    let extra = u16_le(bytes, 4).map_or(0, usize::from);
    let mut at = HEAD_BYTES;
    let text = |at: &mut usize, extra: usize| -> Option<String> {
        let length = usize::from(u16_le(bytes, *at)?) * 2;
        let wide = slice(bytes, *at + 2, length);
        *at += 2 + length + extra;
        Some(encoding_rs::UTF_16LE.decode_without_bom_handling(wide).0.into_owned())
    };
    let names: Vec<String> = (0..count).map_while(|_| text(&mut at, extra)).collect();
    for name in names {
        let Some(value) = text(&mut at, 0) else { break };
        stored.keep_named(&name, &value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_before_values() {
        let wide = |text: &str| -> Vec<u8> {
            let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [&(text.len() as u16).to_le_bytes()[..], &units].concat()
        };
        let mut bytes = vec![0xff, 0xff, 2, 0, 4, 0];
        for name in ["weg", "ziel"] {
            bytes.extend([wide(name), vec![0; 4]].concat());
        }
        bytes.extend([wide("cmd /c rem"), wide("x")].concat());
        let mut stored = Stored::default();
        variables(&bytes, &mut stored);
        assert_eq!(stored.named.get("weg").map(String::as_str), Some("cmd /c rem"));
        for end in 0..bytes.len() {
            variables(&bytes[..end], &mut stored);
        }
    }
}
