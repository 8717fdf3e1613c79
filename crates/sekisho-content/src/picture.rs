//! A picture → what the QR codes in it say (ISO/IEC 18004): links that no mail program shows.

mod code;
mod decode;
#[cfg(test)]
mod tests;

use crate::limits::{PICTURE_PIXELS_MAX, PICTURE_SIDE_PIXELS_MIN};
use crate::open::{Cost, Deeds, Done, Look};
use crate::{Danger, DeedKind, Kind};
pub(crate) use code::Grey;

/// Looks for codes in a picture. A picture that can't be decoded is shown by nobody, and what is shown is no file:
/// nothing is noted where nothing is found.
pub(crate) fn look(look: &mut Look<'_>) {
    if !matches!(look.kind, Kind::Png | Kind::Jpeg | Kind::Gif | Kind::Bmp) {
        return;
    }
    let mut deeds = Deeds::default();
    tell(&codes(look.bytes, look.kind, look), "", &mut deeds);
    look.opened.deeds.extend(deeds.list());
}

/// The texts of the codes in a picture, if it is of a size that codes are made in, and paid for by its pixels.
pub(crate) fn codes(bytes: &[u8], kind: Kind, look: &mut Look<'_>) -> Vec<String> {
    let Some((width, height)) = decode::size(bytes, kind) else { return Vec::new() };
    let pixels = width.saturating_mul(height);
    if width.min(height) < PICTURE_SIDE_PIXELS_MIN || pixels > PICTURE_PIXELS_MAX {
        return Vec::new();
    }
    if !look.pays(Cost::Work(pixels as u64 / PIXELS_A_WORK_UNIT)) {
        return Vec::new();
    }
    decode::grey(bytes, kind).map(code::texts).unwrap_or_default()
}

/// The texts of the codes in shades of grey, their search paid for.
pub(crate) fn codes_in(grey: Grey, look: &mut Look<'_>) -> Vec<String> {
    let pixels = grey.shades.len() as u64;
    if look.pays(Cost::Work(pixels / PIXELS_A_WORK_UNIT)) { code::texts(grey) } else { Vec::new() }
}

/// Decoding and searching this many pixels is one unit of work.
const PIXELS_A_WORK_UNIT: u64 = 16;

/// A deed for the codes found at a place.
pub(crate) fn tell(texts: &[String], place: &str, deeds: &mut Deeds) {
    for text in texts {
        let mut done = Done { does: vec!["QR code".to_owned()], ..Done::default() };
        let lower: String = text.chars().take(8).flat_map(char::to_lowercase).collect();
        if ["http:", "https:", "ftp:"].iter().any(|scheme| lower.starts_with(scheme)) {
            done.links.push(text.clone());
        } else {
            done.strings.push(text.clone());
        }
        deeds.add(DeedKind::Link, Danger::Harmless, place, done);
    }
}
