//! `name: value; …` → the few properties that decide what is seen (CSS, as mail programs honour it).

use super::colours::{self, Colour};

/// Declarations read of one rule or attribute; real ones stay below 60.
const DECLARATIONS_MAX: usize = 200;
/// Bytes of a value that are looked at: no value that we understand is longer.
const VALUE_BYTES_MAX: usize = 400;
/// A shift of this many pixels to the left leaves any window, given the widths that mail has.
const AWAY_PX_MIN: f32 = 500.0;

/// A property's value, and whether it said `!important`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Setting<T> {
    value: T,
    important: bool,
}

/// `display`, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Display {
    /// Not there.
    None,
    /// In the line.
    Inline,
    /// A block of its own.
    Block,
}

/// A length, or what it is relative to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Length {
    /// In CSS pixels.
    Pixels(f32),
    /// Times the size around it.
    Times(f32),
}

/// What lies behind letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// A colour.
    Plain(Colour),
    /// A picture, a gradient or a colour that we cannot read: letters on it are never called hidden.
    Unknown,
}

/// What a style says. `None`: nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Look {
    display: Option<Setting<Display>>,
    invisible: Option<Setting<bool>>,
    faded: Option<Setting<bool>>,
    font_size: Option<Setting<Length>>,
    /// `None` inside: a colour that we cannot read.
    colour: Option<Setting<Option<Colour>>>,
    ground: Option<Setting<Ground>>,
    clipped: Option<Setting<bool>>,
    flat: Option<Setting<bool>>,
    narrow: Option<Setting<bool>>,
    flat_max: Option<Setting<bool>>,
    narrow_max: Option<Setting<bool>>,
    cut_out: Option<Setting<bool>>,
    placed: Option<Setting<bool>>,
    away: Option<Setting<bool>>,
    away_by_margin: Option<Setting<bool>>,
    indented_away: Option<Setting<bool>>,
    mso_hidden: Option<Setting<bool>>,
    kept_space: Option<Setting<bool>>,
    close: Option<Setting<bool>>,
    unlisted: Option<Setting<bool>>,
    reply_border: Option<Setting<bool>>,
    from_right: Option<Setting<bool>>,
    overrides: Option<Setting<bool>>,
}

/// Calls a macro's pattern on every property, so that none is forgotten where all are treated alike.
macro_rules! each_property {
    ($look:ident, $other:ident, $do:ident) => {
        $do(&mut $look.display, $other.display);
        $do(&mut $look.invisible, $other.invisible);
        $do(&mut $look.faded, $other.faded);
        $do(&mut $look.font_size, $other.font_size);
        $do(&mut $look.colour, $other.colour);
        $do(&mut $look.ground, $other.ground);
        $do(&mut $look.clipped, $other.clipped);
        $do(&mut $look.flat, $other.flat);
        $do(&mut $look.narrow, $other.narrow);
        $do(&mut $look.flat_max, $other.flat_max);
        $do(&mut $look.narrow_max, $other.narrow_max);
        $do(&mut $look.cut_out, $other.cut_out);
        $do(&mut $look.placed, $other.placed);
        $do(&mut $look.away, $other.away);
        $do(&mut $look.away_by_margin, $other.away_by_margin);
        $do(&mut $look.indented_away, $other.indented_away);
        $do(&mut $look.mso_hidden, $other.mso_hidden);
        $do(&mut $look.kept_space, $other.kept_space);
        $do(&mut $look.close, $other.close);
        $do(&mut $look.unlisted, $other.unlisted);
        $do(&mut $look.reply_border, $other.reply_border);
        $do(&mut $look.from_right, $other.from_right);
        $do(&mut $look.overrides, $other.overrides);
    };
}

/// A later setting wins, unless only the earlier one is important.
fn put<T: Copy>(slot: &mut Option<Setting<T>>, new: Option<Setting<T>>) {
    let Some(new) = new else { return };
    if slot.is_none_or(|old| new.important || !old.important) {
        *slot = Some(new);
    }
}

fn is(setting: Option<Setting<bool>>) -> bool {
    setting.is_some_and(|setting| setting.value)
}

impl Look {
    /// Reads declarations, as in a `style` attribute.
    pub(super) fn parse(text: &str) -> Look {
        let mut look = Look::default();
        for declaration in text.split(';').take(DECLARATIONS_MAX) {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let value = cut(value.trim()).to_ascii_lowercase();
            let (value, important) = match value.split_once('!') {
                Some((value, flag)) => (value.trim(), flag.trim() == "important"),
                None => (value.as_str(), false),
            };
            look.declare(&name.trim().to_ascii_lowercase(), value, important);
        }
        look
    }

    /// Lays another look over this one.
    pub(super) fn add(&mut self, other: &Look) {
        each_property!(self, other, put);
    }

    /// Sets the letters' colour as `<font color>` does.
    pub(super) fn set_old_colour(&mut self, value: &str) {
        put(&mut self.colour, Some(Setting { value: colours::parse_old(value), important: false }));
    }

    /// Sets the ground as `bgcolor` does.
    pub(super) fn set_old_ground(&mut self, value: &str) {
        let value = colours::parse_old(value).map_or(Ground::Unknown, Ground::Plain);
        put(&mut self.ground, Some(Setting { value, important: false }));
    }

    /// Sets the ground as a picture in `background` does.
    pub(super) fn set_picture(&mut self) {
        put(&mut self.ground, Some(Setting { value: Ground::Unknown, important: false }));
    }

    /// Sets `display:none`, as the `hidden` attribute does.
    pub(super) fn set_hidden(&mut self) {
        put(&mut self.display, Some(Setting { value: Display::None, important: false }));
    }

    fn declare(&mut self, name: &str, value: &str, important: bool) {
        let flag = |value: bool| Some(Setting { value, important });
        match name {
            "display" => put(&mut self.display, display(value).map(|value| Setting { value, important })),
            "visibility" => put(&mut self.invisible, flag(matches!(value, "hidden" | "collapse"))),
            "opacity" => {
                put(&mut self.faded, opacity(value).map(|value| Setting { value: value < 0.05, important }))
            }
            "font-size" => {
                put(&mut self.font_size, font_size(value).map(|value| Setting { value, important }))
            }
            "font" => put(&mut self.font_size, font(value).map(|value| Setting { value, important })),
            "color" if !is_keyword(value) => {
                put(&mut self.colour, Some(Setting { value: colours::parse(value), important }));
            }
            "background-color" | "background" | "background-image" => {
                put(&mut self.ground, ground(value).map(|value| Setting { value, important }));
            }
            "overflow" => put(&mut self.clipped, flag(matches!(value, "hidden" | "clip"))),
            "height" => put(&mut self.flat, flag(is_nothing(value))),
            "width" => put(&mut self.narrow, flag(is_nothing(value))),
            "max-height" => put(&mut self.flat_max, flag(is_nothing(value))),
            "max-width" => put(&mut self.narrow_max, flag(is_nothing(value))),
            "clip" => put(&mut self.cut_out, flag(is_empty_clip(value))),
            "position" => put(&mut self.placed, flag(matches!(value, "absolute" | "fixed" | "relative"))),
            "left" | "top" if is_away(value) => put(&mut self.away, flag(true)),
            "margin-left" | "margin-top" => put(&mut self.away_by_margin, flag(is_away(value))),
            "text-indent" => put(&mut self.indented_away, flag(is_away(value))),
            "mso-hide" => put(&mut self.mso_hidden, flag(value == "all")),
            "white-space" => {
                put(&mut self.kept_space, flag(matches!(value, "pre" | "pre-wrap" | "break-spaces")))
            }
            "margin" | "margin-bottom" => put(&mut self.close, flag(value.starts_with('0'))),
            "list-style" | "list-style-type" => put(&mut self.unlisted, flag(value.contains("none"))),
            "direction" if matches!(value, "rtl" | "ltr") => put(&mut self.from_right, flag(value == "rtl")),
            "unicode-bidi" => put(&mut self.overrides, flag(value.contains("override"))),
            "border-top" => put(&mut self.reply_border, flag(is_reply_border(value))),
            _ => {}
        }
    }

    /// `display`, where it is said.
    pub(super) fn display(&self) -> Option<Display> {
        self.display.map(|setting| setting.value)
    }

    /// `visibility`: true is hidden.
    pub(super) fn invisible(&self) -> Option<bool> {
        self.invisible.map(|setting| setting.value)
    }

    /// `font-size`.
    pub(super) fn font_size(&self) -> Option<Length> {
        self.font_size.map(|setting| setting.value)
    }

    /// `color`; `Some(None)` is one that we cannot read.
    pub(super) fn colour(&self) -> Option<Option<Colour>> {
        self.colour.map(|setting| setting.value)
    }

    /// The background.
    pub(super) fn ground(&self) -> Option<Ground> {
        self.ground.map(|setting| setting.value)
    }

    /// `text-indent` out of the window.
    pub(super) fn indented_away(&self) -> Option<bool> {
        self.indented_away.map(|setting| setting.value)
    }

    /// `white-space` that keeps spaces and line ends.
    pub(super) fn kept_space(&self) -> Option<bool> {
        self.kept_space.map(|setting| setting.value)
    }

    /// `direction`: true is from the right to the left.
    pub(super) fn runs_from_right(&self) -> Option<bool> {
        self.from_right.map(|setting| setting.value)
    }

    /// `unicode-bidi`: true lays the direction over letters that have their own.
    pub(super) fn overrides(&self) -> Option<bool> {
        self.overrides.map(|setting| setting.value)
    }

    /// Whether Outlook is told not to show it.
    pub(super) fn is_mso_hidden(&self) -> bool {
        is(self.mso_hidden)
    }

    /// Whether nothing of it is seen for want of opacity or room: a box of nothing hides only where it clips.
    pub(super) fn is_sized_away(&self) -> bool {
        let nothing = is(self.flat) || is(self.narrow) || is(self.flat_max) || is(self.narrow_max);
        is(self.faded) || (is(self.clipped) && nothing) || (is(self.placed) && is(self.cut_out))
    }

    /// Whether it is placed outside the window.
    pub(super) fn is_placed_away(&self) -> bool {
        (is(self.placed) && is(self.away)) || is(self.away_by_margin)
    }

    /// Whether it has no margin below.
    pub(super) fn is_close(&self) -> bool {
        is(self.close)
    }

    /// Whether list items have no marks.
    pub(super) fn is_unlisted(&self) -> bool {
        is(self.unlisted)
    }

    /// Whether it has the line that Outlook draws above the header block of an answered mail.
    pub(super) fn has_reply_border(&self) -> bool {
        is(self.reply_border)
    }
}

fn cut(value: &str) -> &str {
    let mut end = value.len().min(VALUE_BYTES_MAX);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    &value[..end]
}

fn display(value: &str) -> Option<Display> {
    match value {
        "none" => Some(Display::None),
        "inline" | "inline-block" | "inline-flex" | "inline-table" | "contents" => Some(Display::Inline),
        "block" | "flex" | "grid" | "list-item" | "table" | "table-row" => Some(Display::Block),
        _ => None,
    }
}

fn opacity(value: &str) -> Option<f32> {
    match value.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f32>().ok().map(|percent| percent / 100.0),
        None => value.parse().ok(),
    }
}

/// A length. Numbers without unit count as pixels, as they do in mail without a document type.
fn length(value: &str) -> Option<Length> {
    let digits =
        value.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+')).unwrap_or(value.len());
    let (number, unit) = value.split_at(digits);
    let number = number.parse::<f32>().ok().filter(|number| number.is_finite())?;
    match unit.trim() {
        "px" | "" => Some(Length::Pixels(number)),
        "pt" => Some(Length::Pixels(number * 4.0 / 3.0)),
        "pc" | "rem" => Some(Length::Pixels(number * 16.0)),
        "in" => Some(Length::Pixels(number * 96.0)),
        "cm" => Some(Length::Pixels(number * 37.8)),
        "mm" => Some(Length::Pixels(number * 3.78)),
        "em" => Some(Length::Times(number)),
        "ex" | "ch" => Some(Length::Times(number / 2.0)),
        "%" => Some(Length::Times(number / 100.0)),
        _ if number == 0.0 => Some(Length::Pixels(0.0)),
        _ => None,
    }
}

fn font_size(value: &str) -> Option<Length> {
    match value {
        "xx-small" | "x-small" => Some(Length::Pixels(10.0)),
        "small" => Some(Length::Pixels(13.0)),
        "medium" | "initial" => Some(Length::Pixels(16.0)),
        "large" | "x-large" | "xx-large" => Some(Length::Pixels(20.0)),
        "smaller" => Some(Length::Times(0.83)),
        "larger" => Some(Length::Times(1.2)),
        _ => length(value)
            .filter(|length| !matches!(length, Length::Pixels(size) | Length::Times(size) if *size < 0.0)),
    }
}

/// The size inside the shorthand `font: bold 12px/1.5 family`: the first length in it.
fn font(value: &str) -> Option<Length> {
    value.split_whitespace().take(8).find_map(|word| {
        let size = word.split('/').next().unwrap_or_default();
        let is_weight = size.len() == 3 && size.ends_with("00");
        if is_weight { None } else { font_size(size) }
    })
}

/// Values that leave a colour as it is around.
fn is_keyword(value: &str) -> bool {
    matches!(value, "" | "inherit" | "initial" | "unset" | "revert" | "currentcolor" | "none")
}

fn ground(value: &str) -> Option<Ground> {
    if is_keyword(value) {
        return None;
    }
    if value.contains("url(") || value.contains("gradient") || value.contains("image(") {
        return Some(Ground::Unknown);
    }
    if let Some(colour) = colours::parse(value) {
        return Some(Ground::Plain(colour));
    }
    if let Some(colour) = value.split_whitespace().find_map(colours::parse) {
        return Some(Ground::Plain(colour));
    }
    // Words of the shorthand that are no colours.
    let is_layout = |word: &str| {
        matches!(word, "none" | "repeat" | "no-repeat" | "scroll" | "fixed" | "center" | "top" | "left")
    };
    (!value.split_whitespace().all(is_layout)).then_some(Ground::Unknown)
}

/// A width or height in which no letter shows.
fn is_nothing(value: &str) -> bool {
    matches!(length(value), Some(Length::Pixels(size)) if size <= 2.0)
        || matches!(length(value), Some(Length::Times(0.0)))
}

fn is_empty_clip(value: &str) -> bool {
    let inside = value.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
    let mut edges = inside.split([',', ' ']).filter(|edge| !edge.is_empty()).peekable();
    edges.peek().is_some()
        && edges.all(|edge| matches!(length(edge), Some(Length::Pixels(size)) if size <= 1.0))
}

fn is_away(value: &str) -> bool {
    match length(value) {
        Some(Length::Pixels(shift)) => shift <= -AWAY_PX_MIN,
        Some(Length::Times(shift)) => shift <= -AWAY_PX_MIN / 16.0,
        None => false,
    }
}

/// Outlook since 2007 draws `solid #E1E1E1 1.0pt` or `solid #B5C4DF 1.0pt` above the block, in any order.
fn is_reply_border(value: &str) -> bool {
    value.contains("solid") && (value.contains("#e1e1e1") || value.contains("#b5c4df"))
}
