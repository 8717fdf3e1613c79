//! An external link of a binary workbook → its DDE conversation ([MS-XLSB] 2.4.182 BrtBeginSupBook; records in 2.1.4).

use crate::number::{place as number, slice, u16_le};
use crate::office::dde;
use crate::open::Opened;

/// The first record of such a part: the number 360, seven bits a byte.
const BEGIN_SUP_BOOK: &[u8] = &[0xe8, 0x02];

/// Adds the deed of a conversation, where the part begins with one.
pub(super) fn judge(place: &str, start: &[u8], opened: &mut Opened) {
    let Some(record) = start.strip_prefix(BEGIN_SUP_BOOK) else { return };
    // Its length, seven bits a byte as well.
    let length_bytes = record.iter().take(4).take_while(|byte| **byte & 0x80 != 0).count() + 1;
    let body = record.get(length_bytes..).unwrap_or_default();
    const DDE: u16 = 1;
    if u16_le(body, 0) != Some(DDE) {
        return;
    }
    let (server, at) = string(body, 2);
    let (topic, _) = string(body, at);
    dde::judge(place, "Open", &server, &topic, opened);
}

fn string(body: &[u8], at: usize) -> (String, usize) {
    const CHARACTERS_MAX: usize = 1024;
    let length = number(body, at).filter(|length| *length <= CHARACTERS_MAX).unwrap_or(0);
    let text = slice(body, at + 4, length * 2);
    (encoding_rs::UTF_16LE.decode_without_bom_handling(text).0.into_owned(), at + 4 + length * 2)
}
