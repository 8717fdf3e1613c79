//! A Windows shortcut → the command that it runs or the place that it leads to, and what is hidden behind its end
//! ([MS-SHLLINK]).

mod appended;
#[cfg(test)]
mod builder;
mod data;
mod items;
mod judge;
mod link;
#[cfg(test)]
mod tests;

use crate::open::Look;
use crate::{Cost, Unread};

/// Reads and judges a shortcut.
pub(super) fn look(look: &mut Look<'_>) {
    let bytes = look.bytes;
    if !look.pays(Cost::Work(bytes.len() as u64 / 16)) {
        return;
    }
    let (link, end) = link::read(bytes);
    if !link.whole {
        look.opened.note(Unread::Damaged, look.kind.id());
    }
    let behind = appended::hand(look, end);
    let (deed, unread) = judge::judge(&link, behind, look.budget);
    look.opened.deeds.push(deed);
    if let Some(unread) = unread {
        look.opened.note(unread, look.kind.id());
    }
}
