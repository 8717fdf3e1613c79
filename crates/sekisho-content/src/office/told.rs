//! Signs found here and there in a document → deeds, those of one kind in one place brought together.

use crate::open::Opened;
use crate::{Danger, Deed, DeedKind};

/// One sign of a deed.
pub(crate) struct Sign<'s> {
    /// What it is.
    pub(crate) kind: DeedKind,
    /// How dangerous.
    pub(crate) danger: Danger,
    /// Where it stands.
    pub(crate) place: &'s str,
    /// What starts it; may be empty, as all that follows.
    pub(crate) start: &'s str,
    /// What it does.
    pub(crate) does: &'s str,
    /// A link.
    pub(crate) link: &'s str,
    /// A command or another string.
    pub(crate) string: &'s str,
}

/// Entries kept in each list of a deed.
const LIST_MAX: usize = 20;

/// Deeds kept of one file by the readers that use this: what is told by the first hundreds is told.
const DEEDS_MAX: usize = 500;

/// Adds the sign to the deed of its kind, danger and place.
pub(crate) fn tell(opened: &mut Opened, sign: &Sign<'_>) {
    let place = cut(sign.place);
    let same = |deed: &Deed| deed.kind == sign.kind && deed.danger == sign.danger && deed.place == place;
    let deed = match opened.deeds.iter().position(same) {
        Some(at) => opened.deeds.get_mut(at),
        None if opened.deeds.len() < DEEDS_MAX => {
            opened.deeds.push(Deed {
                kind: sign.kind,
                danger: sign.danger,
                place,
                starts: Vec::new(),
                does: Vec::new(),
                links: Vec::new(),
                strings: Vec::new(),
            });
            opened.deeds.last_mut()
        }
        None => None,
    };
    let Some(deed) = deed else { return };
    for (list, text) in [
        (&mut deed.starts, sign.start),
        (&mut deed.does, sign.does),
        (&mut deed.links, sign.link),
        (&mut deed.strings, sign.string),
    ] {
        let text = cut(text);
        if !text.is_empty() && list.len() < LIST_MAX && !list.contains(&text) {
            list.push(text);
        }
    }
}

/// At most 200 characters, control characters taken out.
fn cut(text: &str) -> String {
    const CHARACTERS_MAX: usize = 200;
    text.chars().filter(|c| !c.is_control()).take(CHARACTERS_MAX).collect::<String>().trim().to_owned()
}
