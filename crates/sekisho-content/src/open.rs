//! A file → what it holds and what it does when it is opened, one level deep.
//!
//! Nothing here fails: what could not be read is an [`Unread`] with a word of detail, inside the [`Budget`]. Each thing
//! held is handed out once, in the file's order, and let go; the caller walks on into it.

mod budget;
mod deed;
mod deeds;
mod keys;
mod look;
mod member;
mod unpacked;

pub use budget::{Budget, Cost, Sources};
pub use deed::{Danger, Deed, DeedKind};
pub(crate) use deeds::{Deeds, Done};
pub use keys::Keys;
pub(crate) use look::Look;
pub use member::{Hold, Member};
pub(crate) use unpacked::Unpacked;

use crate::{Kind, Unread, addin, archive, image, office, onenote, page, pdf, shortcut, unread};

/// What opening a file told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    /// What it does when a person opens it, in the file's order.
    pub deeds: Vec<Deed>,
    /// Why it, or something in it, was not read: each reason once, with a word of detail for the person in charge.
    pub unread: Vec<(Unread, String)>,
    /// The number of the key that opened it, where it was locked.
    pub key: Option<usize>,
    /// Source text found in it (macros, scripts, formulas), by name; kept only where [`Budget::sources`] asks for it.
    pub sources: Vec<(String, String)>,
}

impl Opened {
    /// Notes a reason once.
    pub(crate) fn note(&mut self, unread: Unread, detail: &str) {
        if !self.unread.iter().any(|(known, text)| *known == unread && text == detail) {
            self.unread.push((unread, detail.to_owned()));
        }
    }
}

/// Where the things that a file holds are handed to.
pub type See<'s> = &'s mut dyn FnMut(Member<'_>);

/// Opens a file of this kind. A kind that nothing can hide in gives an empty answer; one that is not read yet says so.
pub fn open(bytes: &[u8], kind: Kind, keys: &Keys, budget: &mut Budget, see: See<'_>) -> Opened {
    let mut opened = Opened::default();
    // What was locked and opens takes the place of the file, so that every room sees it as if it had never been locked.
    let plain = office::encryption::unlock(bytes, kind, keys, budget, &mut opened);
    let was_locked = plain.is_some();
    let (bytes, kind) = plain.as_ref().map_or((bytes, kind), |plain| (plain.bytes.as_slice(), plain.kind));
    let mut look = Look::new(bytes, kind, keys, budget, &mut opened, see);
    // Each room looks at the kinds that it knows and passes the others by; a file may be the business of several.
    archive::look(&mut look);
    image::look(&mut look);
    office::look(&mut look);
    onenote::look(&mut look);
    shortcut::look(&mut look);
    addin::look(&mut look);
    crate::interpreted::look(&mut look);
    crate::installer::look(&mut look);
    crate::help::look(&mut look);
    pdf::look(&mut look);
    page::look(&mut look);
    crate::calendar::look(&mut look);
    crate::picture::look(&mut look);
    archive::look_behind(&mut look);
    if !is_read(kind)
        && let Some(unread) = if was_locked { unread::inside(kind) } else { unread::unread(bytes, kind) }
    {
        opened.note(unread, kind.id());
    }
    opened.deeds.iter_mut().for_each(Deed::without_doubles);
    opened
}

/// Whether the rooms, together, look at all that can hide in a file of this kind.
fn is_read(kind: Kind) -> bool {
    archive::reads(kind)
        || office::reads(kind)
        || onenote::reads(kind)
        || image::reads(kind)
        || shortcut::reads(kind)
        || crate::interpreted::reads(kind)
        || crate::installer::reads(kind)
        || crate::help::reads(kind)
        || pdf::reads(kind)
}
