//! Bytes of a picture → its shades of grey: PNG (W3C PNG), JPEG (ITU-T T.81), GIF (89a), BMP (MS-WMF 2.2.2).

mod bmp;

use std::io::Cursor;
use std::num::NonZeroU64;
use std::panic::{AssertUnwindSafe, catch_unwind};

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::Grey;
use crate::Kind;
use crate::limits::PICTURE_MEMORY_BYTES_MAX;
use crate::number::u16_le;

/// The size of a picture in pixels, as its header states it.
pub(super) fn size(bytes: &[u8], kind: Kind) -> Option<(usize, usize)> {
    let u32_be = |at: usize| {
        let number: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(number)).ok()
    };
    match kind {
        Kind::Png => Some((u32_be(16)?, u32_be(20)?)),
        Kind::Gif => Some((u16_le(bytes, 6)?.into(), u16_le(bytes, 8)?.into())),
        Kind::Bmp => bmp::size(bytes),
        // The decoders are fed hostile bytes daily; should one still panic, the picture shows nothing to anyone.
        Kind::Jpeg => catch_unwind(|| {
            let mut decoder = JpegDecoder::new(ZCursor::new(bytes));
            decoder.decode_headers().ok()?;
            decoder.info().map(|info| (usize::from(info.width), usize::from(info.height)))
        })
        .ok()?,
        _ => None,
    }
}

/// The picture; `None` where it can't be decoded.
pub(super) fn grey(bytes: &[u8], kind: Kind) -> Option<Grey> {
    let decoded = catch_unwind(AssertUnwindSafe(|| match kind {
        Kind::Png => png(bytes),
        Kind::Jpeg => jpeg(bytes),
        Kind::Gif => gif(bytes),
        Kind::Bmp => bmp::grey(bytes),
        _ => None,
    }));
    decoded.ok()?.filter(|grey| grey.shades.len() == grey.width.saturating_mul(grey.height))
}

fn png(bytes: &[u8]) -> Option<Grey> {
    let limit = usize::try_from(PICTURE_MEMORY_BYTES_MAX).ok()?;
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: limit });
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size().filter(|size| *size <= limit)?];
    // Of a picture that is cut off, what is there is shown.
    let info = match reader.next_frame(&mut pixels) {
        Ok(info) => (info.color_type, info.width, info.height),
        Err(_) => (reader.output_color_type().0, reader.info().width, reader.info().height),
    };
    let samples = info.0.samples();
    let has_alpha = matches!(info.0, png::ColorType::GrayscaleAlpha | png::ColorType::Rgba);
    Some(Grey {
        width: info.1 as usize,
        height: info.2 as usize,
        shades: shades(&pixels, samples, has_alpha),
    })
}

fn jpeg(bytes: &[u8]) -> Option<Grey> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma).set_strict_mode(false);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let pixels = decoder.decode().ok()?;
    let info = decoder.info()?;
    let samples = decoder.output_colorspace()?.num_components();
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    Some(Grey { width, height, shades: shades(&pixels, samples, false) })
}

/// The first picture of a GIF, at its place on the canvas.
fn gif(bytes: &[u8]) -> Option<Grey> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    options.set_memory_limit(gif::MemoryLimit::Bytes(NonZeroU64::new(PICTURE_MEMORY_BYTES_MAX)?));
    let mut decoder = options.read_info(Cursor::new(bytes)).ok()?;
    let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
    let frame = decoder.read_next_frame().ok()??;
    let shades = shades(&frame.buffer, 4, true);
    let mut canvas = vec![255; width.checked_mul(height)?];
    let (left, top, row) = (usize::from(frame.left), usize::from(frame.top), usize::from(frame.width));
    for (down, line) in shades.chunks_exact(row.max(1)).enumerate() {
        let at = (top + down).checked_mul(width)?.checked_add(left)?;
        let room = width.saturating_sub(left);
        for (place, shade) in canvas.iter_mut().skip(at).take(room).zip(line) {
            *place = *shade;
        }
    }
    Some(Grey { width, height, shades: canvas })
}

/// Shades of pixels of one to four samples; what shines through is white, as mail programs show it.
fn shades(pixels: &[u8], samples: usize, has_alpha: bool) -> Vec<u8> {
    if samples == 1 {
        return pixels.to_vec();
    }
    let one = |pixel: &[u8]| {
        let at = |at: usize| u32::from(pixel.get(at).copied().unwrap_or(255));
        let shade = if samples < 3 { at(0) } else { luma(at(0), at(1), at(2)) };
        let alpha = if has_alpha { at(samples.saturating_sub(1)) } else { 255 };
        ((shade * alpha + 255 * (255 - alpha)) / 255) as u8
    };
    pixels.chunks_exact(samples.max(1)).map(one).collect()
}

/// Brightness of a colour (ITU-R BT.601), in whole numbers.
fn luma(red: u32, green: u32, blue: u32) -> u32 {
    (299 * red + 587 * green + 114 * blue) / 1000
}
