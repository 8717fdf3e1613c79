//! Shortcuts and other files that lead elsewhere → where they lead, and what is started on the way.

mod address;
mod fields;
mod install;
mod internet;
mod library;
mod lnk;
mod query;
mod remote;
mod setting;
#[cfg(test)]
mod tests;

use crate::limits::TEXT_BYTES_MAX;
use crate::open::Look;
use crate::{Cost, Deed, Kind, Unread, recognise};

/// Looks at files that lead elsewhere.
pub(crate) fn look(look: &mut Look<'_>) {
    if look.kind == Kind::Lnk {
        return lnk::look(look);
    }
    let Some(judge) = judge(look.kind) else { return };
    let bytes = look.bytes.get(..TEXT_BYTES_MAX).unwrap_or(look.bytes);
    if bytes.len() < look.bytes.len() {
        look.opened.note(Unread::TooLarge, look.kind.id());
    }
    if !look.pays(Cost::Bytes(bytes.len() as u64)) || !look.pays(Cost::Work(bytes.len() as u64)) {
        return;
    }
    let text = recognise::whole_text(bytes);
    match judge(&text, look) {
        Ok(deed) => look.opened.deeds.extend(deed),
        Err(unread) => look.opened.note(unread, look.kind.id()),
    }
}

/// Whether all that can hide in this kind is looked at here.
pub(crate) fn reads(kind: Kind) -> bool {
    kind == Kind::Lnk || judge(kind).is_some()
}

/// What a file of one kind does, if anything; `Err` where it could not be read to its end.
type Judge = fn(&str, &mut Look<'_>) -> Result<Option<Deed>, Unread>;

fn judge(kind: Kind) -> Option<Judge> {
    Some(match kind {
        Kind::UrlShortcut => internet::url,
        Kind::Webloc => internet::webloc,
        Kind::DesktopEntry => internet::desktop,
        Kind::Scf => library::scf,
        Kind::LibraryMs | Kind::SearchConnector => library::library,
        Kind::Theme => library::theme,
        Kind::SettingContent => setting::setting,
        Kind::Rdp => remote::rdp,
        Kind::Ica => remote::ica,
        Kind::Iqy | Kind::Dqy => query::query,
        Kind::AppRef => install::reference,
        Kind::ClickOnce | Kind::AppInstaller | Kind::Jnlp => install::manifest,
        _ => return None,
    })
}
