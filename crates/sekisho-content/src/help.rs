//! Compiled help → its topics, and what they run.

use crate::Kind;
use crate::open::Look;

/// Looks at compiled help.
pub(crate) fn look(_look: &mut Look<'_>) {}

/// Whether all that can hide in this kind is looked at here.
pub(crate) fn reads(_kind: Kind) -> bool {
    false
}
