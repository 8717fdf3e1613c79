//! What macros declare and call → how dangerous they are.
//!
//! What is reached from something that starts by itself and runs, fetches or hides is dangerous; what a person has to
//! click is active at most; what only reads or changes the document is harmless.

mod deeds;
mod names;
mod reveal;

use super::fold::{Known, Said};
use crate::Danger;
use deeds::Does;
use names::Weight;
pub(super) use names::starts;

/// A grade with its evidence.
#[derive(Debug)]
pub(super) struct Graded {
    pub(super) danger: Danger,
    pub(super) starts: Vec<String>,
    pub(super) does: Vec<String>,
    pub(super) links: Vec<String>,
    pub(super) strings: Vec<String>,
}

/// What is known of the document around the macros.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Clicks {
    /// Nothing in it is tied to a macro.
    None,
    /// Something in it starts a macro when it is clicked, or may do so.
    Possible,
}

/// Evidence shown of each sort.
const SHOWN_MAX: usize = 20;

/// Grades macros; `stomped` where compiled code says what its source does not.
pub(super) fn grade(known: &Known, stomped: bool, clicks: Clicks) -> Graded {
    let mut starts: Vec<String> =
        known.procedures.iter().filter(|name| names::starts(name)).chain(&known.ribbon).cloned().collect();
    starts.sort();
    starts.dedup();
    starts.truncate(SHOWN_MAX);
    let mut by_itself = deeds::of(&known.reached, known);
    let whole = whole(known);
    let mut in_all = deeds::of(&whole, known);
    if stomped {
        in_all.add("source and compiled code differ", Weight::Heavy);
        if !starts.is_empty() {
            by_itself.add("source and compiled code differ", Weight::Heavy);
        }
    }
    let revealed = reveal::revealed(&whole);
    for word in &revealed.hidden {
        in_all.add(&format!("hidden: {word}"), Weight::Heavy);
    }
    if !starts.is_empty() {
        for word in reveal::revealed(&known.reached).hidden {
            by_itself.add(&format!("hidden: {word}"), Weight::Heavy);
        }
    }
    let clicked = clicks == Clicks::Possible || known.procedures.iter().any(|name| names::is_clicked(name));
    let danger = danger(known, &by_itself, &in_all, clicked || !revealed.hidden.is_empty() || stomped);
    let does = by_itself.merged(in_all, SHOWN_MAX);
    Graded { danger, starts, does, links: revealed.links, strings: revealed.strings }
}

fn danger(known: &Known, by_itself: &Does, in_all: &Does, clicked: bool) -> Danger {
    match (by_itself.weight, in_all.weight) {
        (Some(Weight::Heavy), _) => Danger::Dangerous,
        (Some(Weight::Light), _) => Danger::Active,
        (_, Some(Weight::Heavy)) if clicked => Danger::Active,
        (_, None) if known.statements == 0 => Danger::Empty,
        _ => Danger::Harmless,
    }
}

/// What is said anywhere.
fn whole(known: &Known) -> Said {
    let mut whole = known.reached.clone();
    whole.calls.extend(known.rest.calls.iter().cloned());
    whole.words.extend(known.rest.words.iter().cloned());
    whole.literals.extend(known.rest.literals.iter().cloned());
    whole.folded.extend(known.rest.folded.iter().cloned());
    whole.kept.extend(known.rest.kept.iter().cloned());
    whole
}
