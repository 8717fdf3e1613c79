//! What checks on deeds share: which deeds of which files are told, how much they weigh, and in which words.

use sekisho_content::{Danger, Deed, DeedKind};
use sekisho_mail::Part;

use crate::{Found, Grade, Input, Text, Value, files};

/// Adds a finding for each deed of this kind that is more than harmless: strong where it is dangerous, else weak.
pub(crate) fn add(input: &Input<'_>, found: &mut Found, kind: DeedKind) {
    for (part, deed) in of_kind(input, kind) {
        if let Some(grade) = grade(deed.danger) {
            found.add_graded(grade, Some(&part.path), arguments(part, deed));
        }
    }
}

/// Deeds of this kind, with the files that do them.
pub(crate) fn of_kind<'i>(
    input: &'i Input<'_>,
    kind: DeedKind,
) -> impl Iterator<Item = (&'i Part, &'i Deed)> {
    let deeds = input.files().flat_map(|part| part.deeds.iter().map(move |deed| (part, deed)));
    deeds.filter(move |(_, deed)| deed.kind == kind)
}

/// The values of a finding: the file, what starts it, what it then does, where it leads.
pub(crate) fn arguments(part: &Part, deed: &Deed) -> [(&'static str, Value); 4] {
    // A shortcut's program is no verb of a script: it stands among the strings.
    let does = if deed.does.is_empty() { &deed.strings } else { &deed.does };
    [
        ("name", files::name(part)),
        ("starts", listed(&deed.starts, Text::new("開いた人の操作", "an action of the reader"))),
        ("does", listed(does, Text::new("内容の分からない処理", "something that is not named"))),
        ("links", Value::list(deed.links.iter().map(|link| Value::url(link)))),
    ]
}

fn grade(danger: Danger) -> Option<Grade> {
    match danger {
        Danger::Dangerous => Some(Grade::Strong),
        Danger::Active => Some(Grade::Weak),
        Danger::Harmless | Danger::Empty => None,
    }
}

fn listed(words: &[String], none: Text) -> Value {
    if words.is_empty() {
        Value::Word(none)
    } else {
        Value::list(words.iter().map(|word| Value::foreign(word)))
    }
}
