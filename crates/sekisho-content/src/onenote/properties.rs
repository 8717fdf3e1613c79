//! Property sets of a store → the texts of one property ([MS-ONESTORE] 2.6.6 to 2.6.9).

use memchr::memmem;

use crate::number::{slice, u16_le, u32_le};

/// The name of an embedded file.
pub(super) const EMBEDDED_FILE_NAME: u32 = 0x1c00_1d9c;
/// The name of a picture.
pub(super) const IMAGE_FILE_NAME: u32 = 0x1c00_1dd7;
/// Text of a page in UTF-16.
pub(super) const TEXT: u32 = 0x1c00_1c22;
/// Text of a page in ASCII.
pub(super) const TEXT_ASCII: u32 = 0x1c00_3498;

/// Texts taken of one property; each edit leaves the old ones behind.
const TEXTS_MAX: usize = 10_000;

/// Properties in one set; objects of a page have some dozens.
const PROPERTIES_MAX: u16 = 64;

/// Every text that a set gives this property.
pub(super) fn texts(bytes: &[u8], id: u32) -> impl Iterator<Item = String> {
    let places: Vec<usize> = memmem::find_iter(bytes, &id.to_le_bytes()).take(TEXTS_MAX).collect();
    places.into_iter().filter_map(move |at| text(bytes, at)).filter(move |text| !text.is_empty()).map(
        move |text| {
            if id == TEXT_ASCII {
                String::from_utf8_lossy(text).into_owned()
            } else {
                encoding_rs::UTF_16LE.decode_without_bom_handling(text).0.into_owned()
            }
        },
    )
}

/// The value of the property whose id stands at `at`: the ids of a set come first, then their values in the same order.
fn text(bytes: &[u8], at: usize) -> Option<&[u8]> {
    // The number of properties stands in front of the first id, so many ids before this one.
    (0..usize::from(PROPERTIES_MAX)).find_map(|before| {
        let first = at.checked_sub(4 * before)?;
        let count = u16_le(bytes, first.checked_sub(2)?)?;
        let fits = usize::from(count) > before && count <= PROPERTIES_MAX;
        fits.then(|| value(bytes, first, usize::from(count), before)).flatten()
    })
}

fn value(bytes: &[u8], first: usize, count: usize, wanted: usize) -> Option<&[u8]> {
    let mut at = first.checked_add(4 * count)?;
    for number in 0..=wanted {
        let id = u32_le(bytes, first + 4 * number)?;
        let length = match id >> 26 & 0x1f {
            // Nothing or a truth value, both without data; references, whose data stand elsewhere.
            1 | 2 | 8 | 0xa | 0xc => 0,
            3 => 1,
            4 => 2,
            5 | 9 | 0xb | 0xd => 4,
            6 => 8,
            7 => {
                let length = usize::try_from(u32_le(bytes, at)?).ok()?;
                if number == wanted {
                    return bytes.get(at + 4..)?.get(..length);
                }
                length.checked_add(4)?
            }
            // Sets in sets are not walked.
            _ => return None,
        };
        at = at.checked_add(length)?;
    }
    None
}

/// The bytes of a string behind the number of its UTF-16 characters, and where it ends.
pub(super) fn counted(bytes: &[u8], at: usize) -> Option<String> {
    const CHARACTERS_MAX: usize = 1024;
    let length = usize::try_from(u32_le(bytes, at)?).ok().filter(|length| *length <= CHARACTERS_MAX)?;
    let text = slice(bytes, at.checked_add(4)?, length * 2);
    Some(encoding_rs::UTF_16LE.decode_without_bom_handling(text).0.into_owned())
}
