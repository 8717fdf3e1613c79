//! Small pictures → what their codes say; pictures without codes, and damage.

use crate::{Budget, Danger, Keys, Kind, Opened, open};

/// A QR code for `https://a.example/x` (version 2, level L), row by row, one letter a module.
const CODE: &str = include_str!("../../tests/pictures/code.txt");

fn told(bytes: &[u8], kind: Kind) -> Opened {
    open(bytes, kind, &Keys::default(), &mut Budget::default(), &mut |_| {})
}

fn links(bytes: &[u8], kind: Kind) -> Vec<String> {
    let opened = told(bytes, kind);
    assert!(opened.deeds.iter().all(|deed| deed.danger == Danger::Harmless));
    opened.deeds.into_iter().flat_map(|deed| deed.links).collect()
}

/// The code drawn with `size` pixels a module, dark modules in one shade and light ones in the other.
fn drawn(size: usize, dark: u8, light: u8) -> (usize, Vec<u8>) {
    let rows: Vec<&[u8]> = CODE.lines().map(str::as_bytes).collect();
    let side = rows.len() * size;
    let shade = |x: usize, y: usize| if rows[y / size][x / size] == b'#' { dark } else { light };
    (side, (0..side).flat_map(|y| (0..side).map(move |x| shade(x, y))).collect())
}

fn png(side: usize, shades: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side as u32, side as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(shades).unwrap();
    bytes
}

fn bmp(side: usize, shades: &[u8], bits: u16) -> Vec<u8> {
    let mut bytes = b"BM".to_vec();
    bytes.extend([0; 8]);
    let palette: Vec<u8> =
        if bits == 8 { (0..=255).flat_map(|shade| [shade, shade, shade, 0]).collect() } else { Vec::new() };
    bytes.extend((54 + palette.len() as u32).to_le_bytes());
    bytes.extend(40_u32.to_le_bytes());
    bytes.extend((side as u32).to_le_bytes());
    bytes.extend((side as u32).to_le_bytes());
    bytes.extend(1_u16.to_le_bytes());
    bytes.extend(bits.to_le_bytes());
    bytes.extend([0; 24]);
    bytes.extend(palette);
    for row in shades.chunks(side).rev() {
        let mut line: Vec<u8> =
            if bits == 8 { row.to_vec() } else { row.iter().flat_map(|shade| [*shade; 3]).collect() };
        line.resize(line.len().div_ceil(4) * 4, 0);
        bytes.extend(line);
    }
    bytes
}

#[test]
fn codes_in_every_size_and_format() {
    let expected = ["https://a.example/x"];
    for size in [2, 4, 11] {
        let (side, shades) = drawn(size, 0, 255);
        assert_eq!(links(&png(side, &shades), Kind::Png), expected, "{size}");
        assert_eq!(links(&bmp(side, &shades, 8), Kind::Bmp), expected, "{size}");
        assert_eq!(links(&bmp(side, &shades, 24), Kind::Bmp), expected, "{size}");
    }
    let (side, shades) = drawn(50, 40, 200);
    assert_eq!(links(&png(side, &shades), Kind::Png), expected, "large and pale");
    let (side, shades) = drawn(5, 255, 0);
    assert_eq!(links(&png(side, &shades), Kind::Png), expected, "light on dark");
}

#[test]
fn other_pictures_are_quiet() {
    let (side, shades) = drawn(4, 128, 128);
    assert_eq!(told(&png(side, &shades), Kind::Png), Opened::default());
    let (side, shades) = drawn(1, 0, 255);
    assert_eq!(told(&png(side, &shades), Kind::Png), Opened::default(), "too small to be read");
    let noise: Vec<u8> = (0..90_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 23) as u8).collect();
    assert_eq!(told(&png(300, &noise), Kind::Png), Opened::default());
}

#[test]
fn a_size_that_lies_is_not_made_room_for() {
    let (side, shades) = drawn(4, 0, 255);
    let mut lying = png(side, &shades);
    lying[16..24].copy_from_slice(&[0, 0, 0x18, 0, 0, 0, 0x18, 0]);
    assert_eq!(told(&lying, Kind::Png).deeds, []);
    let mut lying = bmp(side, &shades, 24);
    lying[18..26].copy_from_slice(&[0, 0x18, 0, 0, 0, 0x18, 0, 0]);
    assert_eq!(told(&lying, Kind::Bmp).deeds, []);
}

#[test]
fn cut_and_flipped_pictures_end() {
    let (side, shades) = drawn(2, 0, 255);
    for (bytes, kind) in [(png(side, &shades), Kind::Png), (bmp(side, &shades, 8), Kind::Bmp)] {
        for at in (0..bytes.len()).step_by(29) {
            let _ = told(&bytes[..at], kind);
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x55;
            let _ = told(&flipped, kind);
        }
    }
    for kind in [Kind::Jpeg, Kind::Gif] {
        let bytes = crate::sample(kind).expect("a sample");
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x55;
            let _ = told(&flipped, kind);
        }
    }
}
