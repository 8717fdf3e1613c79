//! Rows of differences → rows of bytes (ISO 32000-1, section 7.4.4.4; PNG, section 9).

use std::io::Read;

use super::super::object::{Dictionary, Object};
use crate::limits::PDF_ROW_BYTES_MAX;

/// Undoes the predictor that the parameters name, where they name one.
pub(super) fn undone(from: Box<dyn Read>, parameters: &Dictionary) -> Box<dyn Read> {
    let number = |name: &str, or: usize| {
        let stated = parameters.get(name).and_then(Object::number);
        stated.map_or(or, |number| (number.max(1.0) as usize).min(PDF_ROW_BYTES_MAX))
    };
    let predictor = number("Predictor", 1);
    if predictor < 2 {
        return from;
    }
    let bits = number("Colors", 1).saturating_mul(number("BitsPerComponent", 8));
    let row_bytes = bits.saturating_mul(number("Columns", 1)).div_ceil(8).min(PDF_ROW_BYTES_MAX);
    Box::new(Rows {
        from,
        is_png: predictor >= 10,
        pixel_bytes: bits.div_ceil(8),
        above: vec![0; row_bytes],
        at: row_bytes,
    })
}

struct Rows {
    from: Box<dyn Read>,
    is_png: bool,
    pixel_bytes: usize,
    /// The last row read, handed out up to `at`.
    above: Vec<u8>,
    at: usize,
}

impl Rows {
    /// Reads the next row; `false` at the end.
    fn row(&mut self) -> std::io::Result<bool> {
        let mut kind = [2];
        if self.is_png && self.from.read(&mut kind)? == 0 {
            return Ok(false);
        }
        let mut row = Vec::new();
        self.from.by_ref().take(self.above.len() as u64).read_to_end(&mut row)?;
        if row.is_empty() {
            return Ok(false);
        }
        for at in 0..row.len() {
            let left_at = at.checked_sub(self.pixel_bytes);
            let left = left_at.and_then(|at| row.get(at)).copied().unwrap_or(0);
            let up = self.above.get(at).copied().unwrap_or(0);
            let corner = left_at.and_then(|at| self.above.get(at)).copied().unwrap_or(0);
            let predicted = match (self.is_png, kind[0]) {
                (false, _) | (true, 1) => left,
                (true, 2) => up,
                (true, 3) => ((u16::from(left) + u16::from(up)) / 2) as u8,
                (true, 4) => paeth(left, up, corner),
                _ => 0,
            };
            if let Some(byte) = row.get_mut(at) {
                *byte = byte.wrapping_add(predicted);
            }
        }
        row.resize(self.above.len(), 0);
        self.above = row;
        self.at = 0;
        Ok(true)
    }
}

impl Read for Rows {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at >= self.above.len() && !self.row()? {
            return Ok(0);
        }
        let count = self.above.get(self.at..).unwrap_or_default().read(buffer)?;
        self.at += count;
        Ok(count)
    }
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let estimate = a + b - c;
    let (to_left, to_up, to_corner) = ((estimate - a).abs(), (estimate - b).abs(), (estimate - c).abs());
    if to_left <= to_up && to_left <= to_corner {
        left
    } else if to_up <= to_corner {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::object::parse;
    use super::*;

    fn rows(parameters: &str, bytes: &'static [u8]) -> Vec<u8> {
        let object = parse(parameters.as_bytes(), 0, None).object;
        let mut out = Vec::new();
        undone(Box::new(bytes), object.dictionary().unwrap()).read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn png_rows_and_tiff_rows() {
        let png = rows("<</Predictor 12/Columns 2>>", &[2, 1, 2, 2, 1, 1, 1, 5, 1]);
        assert_eq!(png, [1, 2, 2, 3, 5, 6]);
        assert_eq!(rows("<</Predictor 2/Columns 3>>", &[1, 1, 1, 2, 0, 1]), [1, 2, 3, 2, 2, 3]);
        assert_eq!(rows("<</Columns 3>>", &[1, 1]), [1, 1]);
    }
}
