//! Shades of grey → the texts of the QR codes in them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rqrr::PreparedImage;

use crate::limits::{PICTURE_CODES_MAX, PICTURE_INVERTED_PIXELS_MAX, PICTURE_SEARCHED_SIDE_PIXELS_MAX};

/// A picture in shades of grey, row by row.
pub(crate) struct Grey {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) shades: Vec<u8>,
}

impl Grey {
    fn shade(&self, x: usize, y: usize) -> u8 {
        y.checked_mul(self.width).and_then(|row| self.shades.get(row.checked_add(x)?)).copied().unwrap_or(255)
    }

    /// The same picture, its sides a whole number of times shorter, so that neither is longer than what is searched.
    fn smaller(self) -> Self {
        let factor = self.width.max(self.height).div_ceil(PICTURE_SEARCHED_SIDE_PIXELS_MAX);
        if factor < 2 {
            return self;
        }
        let (width, height) = (self.width / factor, self.height / factor);
        let mut shades = Vec::with_capacity(width.saturating_mul(height));
        let area = (factor * factor) as u32;
        for y in 0..height {
            for x in 0..width {
                let block = (0..factor).flat_map(|down| (0..factor).map(move |right| (down, right)));
                let sum: u32 = block
                    .map(|(down, right)| u32::from(self.shade(x * factor + right, y * factor + down)))
                    .sum();
                shades.push((sum / area) as u8);
            }
        }
        Self { width, height, shades }
    }

    fn inverted(&self) -> Self {
        let shades = self.shades.iter().map(|shade| 255 - shade).collect();
        Self { width: self.width, height: self.height, shades }
    }

    /// Whether it has but one shade, or hardly another.
    fn is_plain(&self) -> bool {
        let (least, most) = self
            .shades
            .iter()
            .fold((255, 0), |(least, most), shade| (u8::min(least, *shade), u8::max(most, *shade)));
        most.saturating_sub(least) < 48
    }
}

/// The texts of the codes in a picture.
pub(crate) fn texts(grey: Grey) -> Vec<String> {
    let grey = grey.smaller();
    if grey.is_plain() {
        return Vec::new();
    }
    let found = search(&grey);
    let is_small = grey.shades.len() <= PICTURE_INVERTED_PIXELS_MAX;
    if found.is_empty() && is_small { search(&grey.inverted()) } else { found }
}

fn search(grey: &Grey) -> Vec<String> {
    // The decoder asserts what it believes of its own tables; a picture that proves it wrong has no code for anyone.
    let searched = catch_unwind(AssertUnwindSafe(|| {
        let mut picture =
            PreparedImage::prepare_from_greyscale(grey.width, grey.height, |x, y| grey.shade(x, y));
        let mut texts: Vec<String> = Vec::new();
        for grid in picture.detect_grids().into_iter().take(PICTURE_CODES_MAX) {
            let mut bytes = Vec::new();
            if grid.decode_to(&mut bytes).is_ok() {
                let text = text(&bytes);
                if !text.is_empty() && !texts.contains(&text) {
                    texts.push(text);
                }
            }
        }
        texts
    }));
    searched.unwrap_or_default()
}

/// Codes say text in UTF-8, or in Shift_JIS as the first standard had it.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
