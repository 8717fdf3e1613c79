//! Shortcuts and other files that lead elsewhere → where they lead, and what is started on the way.

mod lnk;

use crate::Kind;
use crate::open::Look;

/// Looks at files that lead elsewhere.
pub(crate) fn look(look: &mut Look<'_>) {
    if look.kind == Kind::Lnk {
        lnk::look(look);
    }
}

/// Whether all that can hide in this kind is looked at here.
pub(crate) fn reads(kind: Kind) -> bool {
    kind == Kind::Lnk
}
