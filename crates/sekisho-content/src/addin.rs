//! A program that Excel loads as an add-in (.xll) → the deed: it starts by itself and runs as machine code
//! (Excel SDK, `xlAutoOpen`).

use crate::open::Look;
use crate::{Danger, Deed, DeedKind, Kind};

/// Says what Excel does with it.
pub(crate) fn look(look: &mut Look<'_>) {
    if look.kind != Kind::Xll {
        return;
    }
    look.opened.deeds.push(Deed {
        kind: DeedKind::Command,
        danger: Danger::Dangerous,
        place: String::new(),
        starts: vec!["xlAutoOpen".to_owned()],
        does: vec!["runs as a program inside Excel".to_owned()],
        links: Vec::new(),
        strings: Vec::new(),
    });
}

#[cfg(test)]
mod tests {
    use crate::{Budget, Danger, Keys, Kind, open, sample};

    #[test]
    fn an_add_in_starts_by_itself_and_other_programs_have_no_deed() {
        let deeds = |kind| {
            let bytes = sample(kind).unwrap();
            open(&bytes, kind, &Keys::default(), &mut Budget::default(), &mut |_| {}).deeds
        };
        assert_eq!(deeds(Kind::Xll)[0].danger, Danger::Dangerous);
        assert!(deeds(Kind::WindowsProgram).is_empty() && deeds(Kind::Dll).is_empty());
    }
}
