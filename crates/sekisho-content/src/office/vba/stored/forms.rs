//! Forms of a project → the texts of their controls ([MS-OFORMS] 2.2.10 for the sites in stream `f`, 2.1 for the
//! controls in stream `o`; [MS-OVBA] 2.3.5 for `VBFrame`).

use super::Stored;
use crate::number::{slice, u16_le, u32_le};
use crate::office::compound::{Compound, Entry, Object};
use crate::open::Budget;

/// Forms read of one file.
const FORMS_MAX: usize = 256;

/// Controls read of one form.
const CONTROLS_MAX: usize = 2048;

/// Adds the texts of all forms; what cannot be paid for stays out, and the macros then say less.
pub(super) fn read(compound: &Compound<'_>, stored: &mut Stored, budget: &mut Budget) {
    let streams = || compound.entries().iter().filter(|entry| entry.object == Object::Stream);
    let mut content =
        |entry: &Entry| compound.read(entry, budget).map(|stream| stream.bytes).unwrap_or_default();
    for entry in streams().filter(|entry| entry.key == "f" || entry.key == "\u{3}vbframe").take(FORMS_MAX) {
        let folder = entry.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if entry.key == "f" {
            let sites = sites(&content(entry));
            let objects = compound.find(&format!("{folder}/o")).map(&mut content).unwrap_or_default();
            let mut at = 0;
            for site in sites {
                let object = slice(&objects, at, site.object_bytes);
                at += site.object_bytes;
                stored.keep_text(&site.name, "tag", &site.tag);
                stored.keep_text(&site.name, "controltiptext", &site.tip);
                for text in texts(object) {
                    stored.keep_text(&site.name, "text", &text);
                }
            }
        } else {
            let form = folder.rsplit('/').next().unwrap_or(folder);
            frame(form, &content(entry), stored);
        }
    }
}

/// The form's own caption and tag, as text.
fn frame(form: &str, bytes: &[u8], stored: &mut Stored) {
    const FRAME_BYTES_MAX: usize = 64 * 1024;
    let text = String::from_utf8_lossy(slice(bytes, 0, FRAME_BYTES_MAX));
    for line in text.lines() {
        let Some((name, value)) = line.split_once('=') else { continue };
        let property = match name.trim() {
            "Caption" => "text",
            "Tag" => "tag",
            _ => continue,
        };
        let value = value.trim().trim_matches('"');
        stored.keep_text(form, property, value);
    }
}

/// A control's place in its form.
#[derive(Debug, Default, PartialEq)]
struct Site {
    name: String,
    tag: String,
    tip: String,
    /// Bytes of its own in stream `o`.
    object_bytes: usize,
}

/// The longest row of sites: each is a version of zero, its size, and a mask of properties.
fn sites(stream: &[u8]) -> Vec<Site> {
    let mut best: Vec<Site> = Vec::new();
    let mut start = 0;
    while start < stream.len() && best.len() < CONTROLS_MAX {
        let mut row = Vec::new();
        let mut at = start;
        while let Some((site, length)) =
            site(slice(stream, at, stream.len())).filter(|_| row.len() < CONTROLS_MAX)
        {
            row.push(site);
            at += length;
        }
        // What was walked through is not walked through again: rows do not overlap.
        start = if row.is_empty() { start + 1 } else { at };
        if row.len() > best.len() {
            best = row;
        }
    }
    best
}

fn site(bytes: &[u8]) -> Option<(Site, usize)> {
    const PLACES: usize = 15;
    let (version, size, mask) = (u16_le(bytes, 0)?, usize::from(u16_le(bytes, 2)?), u32_le(bytes, 4)?);
    if version != 0 || size < 8 || mask >> PLACES != 0 || mask & 1 == 0 {
        return None;
    }
    let body = bytes.get(..4 + size)?;
    let mut at = 8;
    let mut numbers = [0_u32; PLACES];
    for (bit, number) in numbers.iter_mut().enumerate() {
        if mask >> bit & 1 == 0 {
            continue;
        }
        match bit {
            // Two bytes each; the position comes later, the unused bit has nothing.
            6 | 7 | 9 => {
                *number = u32::from(u16_le(body, at)?);
                at += 2;
            }
            8 | 10 => {}
            _ => {
                at = at.next_multiple_of(4);
                *number = u32_le(body, at)?;
                at += 4;
            }
        }
    }
    at = at.next_multiple_of(4);
    let mut text = |count: u32| -> Option<String> {
        let (found, length) = counted(body, at, count)?;
        at += length;
        Some(found)
    };
    let name = text(numbers[0])?;
    let tag = text(numbers[1])?;
    // Eight bytes of position stand in front of the tip.
    let _ = text(if mask >> 8 & 1 == 1 { 8 } else { 0 });
    let tip = text(numbers[11]).unwrap_or_default();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let object_bytes = usize::try_from(numbers[5]).ok()?;
    is_name.then_some((Site { name, tag, tip, object_bytes }, 4 + size))
}

/// A string whose count has its high bit set where each character is one byte; padded to four.
fn counted(bytes: &[u8], at: usize, count: u32) -> Option<(String, usize)> {
    let length = usize::try_from(count & 0x7fff_ffff).ok()?;
    let content = bytes.get(at..at.checked_add(length)?)?;
    let text = if count >> 31 == 1 {
        content.iter().map(|byte| char::from(*byte)).collect()
    } else {
        encoding_rs::UTF_16LE.decode_without_bom_handling(content).0.into_owned()
    };
    Some((text, length.next_multiple_of(4)))
}

/// The strings of a control: each number in its data that is the count of a string that stands behind.
fn texts(object: &[u8]) -> Vec<String> {
    const TEXTS_MAX: usize = 8;
    // A control's numbers take some eighty bytes, and its strings follow one behind the other.
    const NUMBERS_BYTES_MAX: usize = 96;
    const PLACES_MAX: usize = 16;
    let size = 4 + usize::from(u16_le(object, 2).unwrap_or(0));
    let body = slice(object, 0, size);
    let mut found: Vec<String> = Vec::new();
    let mut from = 8;
    for at in (8..body.len().min(NUMBERS_BYTES_MAX)).step_by(4) {
        let Some(count) = u32_le(body, at) else { break };
        let is_narrow = count >> 31 == 1;
        if count == 0 || (count & 0x7fff_ffff) as usize > body.len() || !is_narrow && count % 2 == 1 {
            continue;
        }
        // A count is followed by other data, and then by its string.
        let start = from.max(at + 4);
        let text = (start..body.len()).step_by(4).take(PLACES_MAX).find_map(|place| {
            let (text, length) = counted(body, place, count)?;
            let shown = text.chars().all(|c| !c.is_control() || c.is_whitespace());
            let wide = is_narrow || !text.is_ascii() || text.chars().count() > 2;
            (shown && wide && !text.trim().is_empty()).then_some((text, place + length))
        });
        if let Some((text, end)) = text {
            from = end;
            found.push(text);
        }
        if found.len() >= TEXTS_MAX {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sites of a label with a tag and of a text box, as Office writes them.
    fn stream() -> Vec<u8> {
        let mut bytes = b"\x00\x04\x24\x00header\x00\x00".to_vec();
        bytes.extend(*b"\x00\x00\x34\x00\xf7\x01\x00\x00\x06\x00\x00\x80\x05\x00\x00\x80\x01\x00\x00\x00\x32\x00\x00\x00");
        bytes.extend(
            *b"\x40\x00\x00\x00\x00\x00\x15\x00Label1l\x18sdfff1l\x18\x71\x07\x00\x00\xa7\x01\x00\x00",
        );
        bytes.extend(*b"\x00\x00\x24\x00\xe5\x01\x00\x00\x08\x00\x00\x80\x02\x00\x00\x00\x44\x00\x00\x00\x01\x00\x17\x00");
        bytes.extend(*b"TextBox1\x04\x13\x00\x00\x4f\x03\x00\x00");
        bytes
    }

    #[test]
    fn sites_tell_names_tags_and_sizes() {
        let sites = sites(&stream());
        // The sizes stand in front of the names, as counts of bytes in `o`.
        assert_eq!(sites.iter().map(|site| site.name.as_str()).collect::<Vec<_>>(), ["Label1", "TextBox1"]);
        assert_eq!((sites[0].tag.as_str(), sites[0].object_bytes), ("sdfff", 0x40));
    }

    #[test]
    fn controls_tell_their_texts() {
        let label = b"\x00\x02\x20\x00\x68\x00\x00\x00\x0b\x00\x00\x80\x01\x00\x00\x00Label1-test\x00\xca\x05\x00\x00\
            \x7b\x02\x00\x00\x00\x02\x18\x005\x00\x00\x00\x06\x00\x00\x80\xa5\x00\x00\x00\x00\x02\x00\x00Tahoma\x00\x00";
        assert_eq!(texts(label), ["Label1-test"]);
        for end in 0..label.len() {
            let _ = texts(&label[..end]);
            let _ = sites(&stream()[..end.min(stream().len())]);
        }
    }
}
