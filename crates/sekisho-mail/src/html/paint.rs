//! How an element's text looks, with what it inherits; and whether it is seen at all.

use super::colours::Colour;
use super::looks::{Display, Ground, Length, Look};
use crate::HiddenBy;

/// Letters of this size in pixels, or smaller, are not read by anybody.
const FONT_PX_HIDDEN_MAX: f32 = 2.0;

/// The look of an element's text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Paint {
    /// Hidden by this element or one around it, so that nothing inside can undo it.
    sticky: Option<HiddenBy>,
    invisible: bool,
    font_px: f32,
    /// `None`: a colour that we cannot read.
    ink: Option<Colour>,
    /// `None` behind a picture: nobody knows its colour.
    ground: Option<Colour>,
    indented_away: bool,
    from_right: bool,
    is_turned: bool,
    /// White space stays.
    pub(super) kept_space: bool,
}

impl Paint {
    /// Black on white in the usual size.
    pub(super) const PAPER: Paint = Paint {
        sticky: None,
        invisible: false,
        font_px: 16.0,
        ink: Some(Colour::BLACK),
        ground: Some(Colour::WHITE),
        indented_away: false,
        from_right: false,
        is_turned: false,
        kept_space: false,
    };

    /// The paint inside an element of that look, inside this one.
    pub(super) fn inside(&self, look: &Look) -> Paint {
        let mut paint = *self;
        paint.sticky = self.sticky.or_else(|| hides(look));
        if let Some(invisible) = look.invisible() {
            paint.invisible = invisible;
        }
        match look.font_size() {
            Some(Length::Pixels(size)) => paint.font_px = size,
            Some(Length::Times(times)) => paint.font_px = (self.font_px * times).min(10_000.0),
            None => {}
        }
        match look.ground() {
            Some(Ground::Plain(colour)) if colour.opacity > 0 => {
                paint.ground = self.ground.map(|below| colour.over(below))
            }
            Some(Ground::Unknown) => paint.ground = None,
            _ => {}
        }
        // A covering colour hides the picture below it.
        if let (None, Some(Ground::Plain(colour))) = (paint.ground, look.ground())
            && colour.opacity == u8::MAX
        {
            paint.ground = Some(colour);
        }
        if let Some(colour) = look.colour() {
            paint.ink = colour;
        }
        if let Some(away) = look.indented_away() {
            paint.indented_away = away;
        }
        if let Some(from_right) = look.runs_from_right() {
            paint.from_right = from_right;
        }
        // An override goes on in what stands inside it, until that has one of its own.
        if let Some(overrides) = look.overrides() {
            paint.is_turned = if overrides { paint.from_right } else { self.is_turned };
        }
        if let Some(kept) = look.kept_space() {
            paint.kept_space = kept;
        }
        paint
    }

    /// This paint, with everything hidden by nature.
    pub(super) fn unshown(mut self) -> Paint {
        self.sticky = self.sticky.or(Some(HiddenBy::Display));
        self
    }

    /// Whether its letters are shown from the right to the left, whatever they are.
    pub(super) fn is_turned(&self) -> bool {
        self.is_turned
    }

    /// How text painted so is hidden; `None` where it is seen.
    pub(super) fn hidden_by(&self) -> Option<HiddenBy> {
        if self.sticky.is_some() {
            return self.sticky;
        }
        if self.invisible {
            return Some(HiddenBy::Display);
        }
        if self.font_px <= FONT_PX_HIDDEN_MAX {
            return Some(HiddenBy::Size);
        }
        if self.indented_away {
            return Some(HiddenBy::Position);
        }
        if self.ink.zip(self.ground).is_some_and(|(ink, ground)| ink.is_near(ground)) {
            return Some(HiddenBy::Colour);
        }
        None
    }
}

/// What in a look hides an element with everything inside.
fn hides(look: &Look) -> Option<HiddenBy> {
    if look.display() == Some(Display::None) || look.is_mso_hidden() {
        return Some(HiddenBy::Display);
    }
    if look.is_sized_away() {
        return Some(HiddenBy::Size);
    }
    look.is_placed_away().then_some(HiddenBy::Position)
}
