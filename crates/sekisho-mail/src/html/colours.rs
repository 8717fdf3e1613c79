//! Colours as CSS and old HTML write them → red, green, blue; and whether letters stand out from their ground.

/// The largest difference in each channel (of 255) at which letters are taken as not visible: `#efefef` on white
/// has a contrast of 1.15 : 1, which nobody reads; the palest greys that footers use differ by 40 and more.
const NEAR_MAX: u8 = 16;

/// A colour with its opacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour {
    /// Red, green and blue.
    pub(super) channels: [u8; 3],
    /// 0 is clear, 255 covers.
    pub(super) opacity: u8,
}

impl Colour {
    /// White paper, on which mail programs show what has no colour of its own.
    pub(super) const WHITE: Colour = Colour { channels: [255; 3], opacity: 255 };
    /// The usual letters.
    pub(super) const BLACK: Colour = Colour { channels: [0; 3], opacity: 255 };
    /// Nothing.
    pub(super) const CLEAR: Colour = Colour { channels: [0; 3], opacity: 0 };

    /// This colour laid over an opaque one.
    pub(super) fn over(self, ground: Colour) -> Colour {
        let opacity = u16::from(self.opacity);
        let mut channels = ground.channels;
        for (below, above) in channels.iter_mut().zip(self.channels) {
            let mixed = (u16::from(above) * opacity + u16::from(*below) * (255 - opacity)) / 255;
            *below = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
        Colour { channels, opacity: 255 }
    }

    /// Whether letters of this colour cannot be told from that ground.
    pub(super) fn is_near(self, ground: Colour) -> bool {
        let seen = self.over(ground);
        seen.channels.iter().zip(ground.channels).all(|(letter, paper)| letter.abs_diff(paper) <= NEAR_MAX)
    }
}

/// Reads a CSS colour.
pub(super) fn parse(value: &str) -> Option<Colour> {
    let value = value.trim().to_ascii_lowercase();
    if let Some(digits) = value.strip_prefix('#') {
        return hexadecimal(digits);
    }
    if let Some((function, rest)) = value.split_once('(') {
        let inside = rest.split_once(')')?.0;
        return match function.trim() {
            "rgb" | "rgba" => rgb(inside),
            "hsl" | "hsla" => hsl(inside),
            _ => None,
        };
    }
    named(&value)
}

/// Reads the value of `bgcolor`, `color` or `text`: as CSS, or hexadecimal digits without `#`.
pub(super) fn parse_old(value: &str) -> Option<Colour> {
    parse(value).or_else(|| hexadecimal(&value.trim().to_ascii_lowercase()))
}

fn hexadecimal(digits: &str) -> Option<Colour> {
    let nibbles: Vec<u8> = digits
        .chars()
        .take(9)
        .map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    let (channels, opacity) = match *nibbles.as_slice() {
        [r, g, b] => ([r * 17, g * 17, b * 17], 255),
        [r, g, b, a] => ([r * 17, g * 17, b * 17], a * 17),
        [r, s, g, h, b, c] => ([r * 16 + s, g * 16 + h, b * 16 + c], 255),
        [r, s, g, h, b, c, a, d] => ([r * 16 + s, g * 16 + h, b * 16 + c], a * 16 + d),
        _ => return None,
    };
    Some(Colour { channels, opacity })
}

/// The numbers inside `rgb(…)` or `hsl(…)`, percentages scaled to `full`.
fn numbers(inside: &str, full: [f32; 4]) -> Option<[f32; 4]> {
    let mut values = [0.0, 0.0, 0.0, full[3]];
    let mut count = 0;
    let parts = inside.split([',', '/', ' ']).map(str::trim).filter(|part| !part.is_empty());
    for (index, part) in parts.take(4).enumerate() {
        let number = match part.strip_suffix('%') {
            Some(percent) => percent.parse::<f32>().ok()? / 100.0 * full[index],
            None => part.trim_end_matches("deg").parse::<f32>().ok()?,
        };
        values[index] = number;
        count += 1;
    }
    (count >= 3 && values.iter().all(|value| value.is_finite())).then_some(values)
}

fn rgb(inside: &str) -> Option<Colour> {
    let [r, g, b, a] = numbers(inside, [255.0, 255.0, 255.0, 1.0])?;
    Some(Colour { channels: [channel(r), channel(g), channel(b)], opacity: channel(a * 255.0) })
}

fn hsl(inside: &str) -> Option<Colour> {
    let [hue, saturation, lightness, a] = numbers(inside, [360.0, 1.0, 1.0, 1.0])?;
    let (saturation, lightness) = (saturation.clamp(0.0, 1.0), lightness.clamp(0.0, 1.0));
    let of = |offset: f32| {
        let k = (offset + hue.rem_euclid(360.0) / 30.0) % 12.0;
        let spread = saturation * lightness.min(1.0 - lightness);
        channel((lightness - spread * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)) * 255.0)
    };
    Some(Colour { channels: [of(0.0), of(8.0), of(4.0)], opacity: channel(a * 255.0) })
}

/// `as` saturates: out of range becomes 0 or 255.
fn channel(value: f32) -> u8 {
    value.round() as u8
}

/// The names that mail uses (CSS Color 4, section 6.1); others are unknown, and then nothing is called hidden.
fn named(name: &str) -> Option<Colour> {
    let channels = match name {
        "transparent" => return Some(Colour::CLEAR),
        "white" | "window" | "canvas" => [255, 255, 255],
        "black" | "windowtext" | "canvastext" => [0, 0, 0],
        "snow" => [255, 250, 250],
        "ivory" => [255, 255, 240],
        "ghostwhite" => [248, 248, 255],
        "whitesmoke" => [245, 245, 245],
        "floralwhite" => [255, 250, 240],
        "azure" => [240, 255, 255],
        "mintcream" => [245, 255, 250],
        "aliceblue" => [240, 248, 255],
        "seashell" => [255, 245, 238],
        "honeydew" => [240, 255, 240],
        "lavenderblush" => [255, 240, 245],
        "oldlace" => [253, 245, 230],
        "linen" => [250, 240, 230],
        "beige" => [245, 245, 220],
        "lightyellow" => [255, 255, 224],
        "gainsboro" => [220, 220, 220],
        "lightgray" | "lightgrey" => [211, 211, 211],
        "silver" => [192, 192, 192],
        "darkgray" | "darkgrey" => [169, 169, 169],
        "gray" | "grey" => [128, 128, 128],
        "dimgray" | "dimgrey" => [105, 105, 105],
        "red" => [255, 0, 0],
        "maroon" => [128, 0, 0],
        "yellow" => [255, 255, 0],
        "olive" => [128, 128, 0],
        "lime" => [0, 255, 0],
        "green" => [0, 128, 0],
        "aqua" | "cyan" => [0, 255, 255],
        "teal" => [0, 128, 128],
        "blue" => [0, 0, 255],
        "navy" => [0, 0, 128],
        "fuchsia" | "magenta" => [255, 0, 255],
        "purple" => [128, 0, 128],
        "orange" => [255, 165, 0],
        "pink" => [255, 192, 203],
        "brown" => [165, 42, 42],
        _ => return None,
    };
    Some(Colour { channels, opacity: 255 })
}

#[cfg(test)]
mod tests {
    use super::{Colour, parse, parse_old};

    #[test]
    fn notations_of_one_colour() {
        for text in [
            "#fff",
            "#FFFFFF",
            "#ffff",
            "white",
            "rgb(255,255,255)",
            "rgba(255 255 255 / 100%)",
            "hsl(0,0%,100%)",
        ] {
            assert_eq!(parse(text), Some(Colour::WHITE), "{text}");
        }
        assert_eq!(parse_old("ffffff"), Some(Colour::WHITE));
        assert_eq!(parse("rgb(300,-5,0)").map(|colour| colour.channels), Some([255, 0, 0]));
        assert_eq!(parse("hsl(120,100%,50%)").map(|colour| colour.channels), Some([0, 255, 0]));
        for text in ["", "#", "#ff", "#あ", "rgb(", "rgb(1,2)", "rgb(nan,1,1)", "var(--x)"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn near_and_far() {
        let grey = |value| Colour { channels: [value; 3], opacity: 255 };
        assert!(grey(0xEF).is_near(Colour::WHITE));
        assert!(!grey(0xEE).is_near(Colour::WHITE));
        assert!(Colour::CLEAR.is_near(Colour::BLACK));
        assert!(
            !Colour { channels: [255, 0, 0], opacity: 255 }
                .is_near(Colour { channels: [0, 128, 0], opacity: 255 })
        );
    }
}
