//! ActiveX controls of a document → deeds by their class ([MS-OFFMACRO2] 2.2.1; [ECMA-376] part 1, 15.2.3).

use crate::office::classes;
use crate::office::target::{Reach, reach};
use crate::office::told::{Sign, tell};
use crate::open::Opened;
use crate::{Danger, DeedKind};

/// Adds a control. One of a class that nobody here knows is a maker's own: it runs when the document is opened.
pub(super) fn judge(place: &str, class_id: &str, opened: &mut Opened) {
    let class = classes::by_text(class_id);
    tell(
        opened,
        &Sign {
            kind: DeedKind::ActiveX,
            danger: class.map_or(Danger::Active, classes::Class::danger),
            place,
            start: "Open",
            does: class.map_or("", |class| class.name),
            link: "",
            string: class_id,
        },
    );
}

/// A property of a control that names something elsewhere.
pub(super) fn property(place: &str, name: &str, value: &str, opened: &mut Opened) {
    if reach(value) >= Reach::Web {
        tell(
            opened,
            &Sign {
                kind: DeedKind::ActiveX,
                danger: Danger::Active,
                place,
                start: "Open",
                does: name,
                link: value,
                string: "",
            },
        );
    }
}
