//! Pictures of a PDF → the QR codes in them (ISO 32000-1, section 8.9.5): JPEG, and samples of one to eight bits.

use super::deeds;
use super::file::{Definition, Document};
use super::filter;
use super::object::{Dictionary, Object};
use crate::Kind;
use crate::limits::{PDF_IMAGES_MAX, PDF_IMAGES_PIXELS_MAX, PICTURE_SIDE_PIXELS_MIN};
use crate::open::{Deeds, Look};
use crate::picture::{self, Grey};

/// Adds the codes found in the first pictures.
pub(super) fn look(document: &Document<'_>, look: &mut Look<'_>, deeds: &mut Deeds) {
    let mut looked = 0;
    let mut pixels_left = PDF_IMAGES_PIXELS_MAX;
    for definition in document.definitions.iter().filter(|definition| definition.stream.is_some()) {
        if looked >= PDF_IMAGES_MAX {
            break;
        }
        let object = document.object(definition);
        let Some(dictionary) = object.dictionary().filter(|one| one.is("Subtype", "Image")) else { continue };
        let number = |name: &str, short: &str| {
            let value = dictionary.get(name).or_else(|| dictionary.get(short))?;
            document.resolved(value).number().map(|number| number.clamp(0.0, 1e6) as usize)
        };
        let (Some(width), Some(height)) = (number("Width", "W"), number("Height", "H")) else { continue };
        let Some(left) = pixels_left.checked_sub(width.saturating_mul(height)) else { continue };
        if width.min(height) < PICTURE_SIDE_PIXELS_MIN {
            continue;
        }
        (pixels_left, looked) = (left, looked + 1);
        let size = Size { width, height, bits: number("BitsPerComponent", "BPC").unwrap_or(1) };
        let texts = texts(document, definition, dictionary, size, look);
        picture::tell(&texts, &deeds::place(definition.number), deeds);
    }
}

#[derive(Clone, Copy)]
struct Size {
    width: usize,
    height: usize,
    bits: usize,
}

fn texts(
    document: &Document<'_>,
    definition: &Definition,
    dictionary: &Dictionary,
    size: Size,
    look: &mut Look<'_>,
) -> Vec<String> {
    // Four samples of a byte each are the most that is looked at.
    let bytes_max = size.width.saturating_mul(size.height).saturating_mul(4).saturating_add(size.height);
    let is_jpeg = filter::names(document, dictionary)
        .last()
        .is_some_and(|name| matches!(&**name, b"DCTDecode" | b"DCT"));
    let unpacked = filter::unpacked(document, definition, dictionary, bytes_max, look.budget);
    if is_jpeg {
        return picture::codes(&unpacked.bytes, Kind::Jpeg, look);
    }
    let colours =
        dictionary.get("ColorSpace").or_else(|| dictionary.get("CS")).cloned().unwrap_or(Object::Null);
    let Some(colours) = Colours::of(document, &colours, look) else { return Vec::new() };
    grey(&unpacked.bytes, size, &colours).map(|grey| picture::codes_in(grey, look)).unwrap_or_default()
}

/// How samples mean a shade.
enum Colours {
    /// This many samples a pixel.
    Samples(usize),
    /// One sample that chooses one of these shades.
    Listed(Vec<u8>),
}

impl Colours {
    fn of(document: &Document<'_>, value: &Object, look: &mut Look<'_>) -> Option<Self> {
        let value = document.resolved(value);
        if let Some(items) = value.array() {
            return match items.first().and_then(Object::name)? {
                b"ICCBased" => {
                    let profile = document.resolved(items.get(1)?);
                    let samples =
                        profile.dictionary()?.get("N").map(|count| document.resolved(count))?.number()?;
                    Some(Colours::Samples(samples.clamp(1.0, 4.0) as usize))
                }
                b"CalGray" | b"Separation" => Some(Colours::Samples(1)),
                b"CalRGB" | b"Lab" => Some(Colours::Samples(3)),
                b"Indexed" | b"I" => Self::listed(document, items, look),
                _ => None,
            };
        }
        match value.name() {
            Some(b"DeviceRGB" | b"RGB") => Some(Colours::Samples(3)),
            Some(b"DeviceCMYK" | b"CMYK") => Some(Colours::Samples(4)),
            // A mask has no colours: it is drawn or it is not.
            Some(b"DeviceGray" | b"G") | None => Some(Colours::Samples(1)),
            Some(_) => None,
        }
    }

    fn listed(document: &Document<'_>, items: &[Object], look: &mut Look<'_>) -> Option<Self> {
        let base = document.resolved(items.get(1)?);
        let samples = match base.name() {
            Some(b"DeviceGray" | b"G") => 1,
            Some(b"DeviceCMYK" | b"CMYK") => 4,
            _ => 3,
        };
        let table = match items.get(3)? {
            Object::Reference(number) => {
                let (_, definition) = document.versions(*number).next_back()?;
                let object = document.object(definition);
                match object.dictionary() {
                    Some(dictionary) => {
                        filter::unpacked(document, definition, dictionary, 1024, look.budget).bytes
                    }
                    None => object.text()?.to_vec(),
                }
            }
            other => other.text()?.to_vec(),
        };
        Some(Colours::Listed(table.chunks_exact(samples).map(shade).collect()))
    }
}

fn grey(bytes: &[u8], size: Size, colours: &Colours) -> Option<Grey> {
    let Size { width, height, bits } = size;
    let samples = if let Colours::Samples(samples) = colours { *samples } else { 1 };
    if !matches!(bits, 1 | 2 | 4 | 8) || (bits < 8 && samples > 1) {
        return None;
    }
    let row_bytes = width.checked_mul(samples)?.checked_mul(bits)?.div_ceil(8);
    if row_bytes == 0 || row_bytes.checked_mul(height)? > bytes.len() {
        return None;
    }
    let most = (1_usize << bits) - 1;
    let one = |row: &[u8], x: usize| {
        if bits == 8 && samples > 1 {
            return row.get(x * samples..(x + 1) * samples).map_or(255, shade);
        }
        let byte = row.get(x * bits / 8).copied().map_or(0, usize::from);
        let sample = byte >> (8 - bits - x * bits % 8) & most;
        match colours {
            Colours::Listed(shades) => shades.get(sample).copied().unwrap_or(255),
            Colours::Samples(_) => (sample * 255 / most) as u8,
        }
    };
    let rows = bytes.chunks_exact(row_bytes).take(height);
    let shades = rows.flat_map(|row| (0..width).map(move |x| one(row, x))).collect();
    Some(Grey { width, height, shades })
}

/// The shade of a colour of one, three or four samples.
fn shade(colour: &[u8]) -> u8 {
    let shade = match *colour {
        [red, green, blue] => (299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue)) / 1000,
        [cyan, magenta, yellow, black] => {
            let ink = (u32::from(cyan) + u32::from(magenta) + u32::from(yellow)) / 3 + u32::from(black);
            255_u32.saturating_sub(ink)
        }
        [shade, ..] => shade.into(),
        [] => 255,
    };
    shade as u8
}
