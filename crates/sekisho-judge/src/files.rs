//! What checks on attached files ask of a part: does it belong to a family, by content or by what its name makes of it.

use sekisho_content::{Family, File, Kind, Opening};
use sekisho_mail::Part;

use crate::related::is_report;
use crate::{Input, Text, Value};

/// Attached files that act as one of `families` when opened: by content; or by name, where the content is text that
/// the program for that name would run, or was not recognised. `group` is that of the list `kinds`.
pub(crate) fn of_families<'i>(
    input: &'i Input<'_>,
    families: &'static [Family],
    group: &'static str,
) -> impl Iterator<Item = (&'i Part, &'i File)> {
    let files = input.files().filter_map(|part| Some((part, part.file()?)));
    files.filter(move |(_, file)| is_one_by_content(file, families) || is_one_by_name(input, file, group))
}

fn is_one_by_content(file: &File, families: &[Family]) -> bool {
    families.contains(&file.kind.family()) && file.kind.opening() != Opening::Shows
}

fn is_one_by_name(input: &Input<'_>, file: &File, group: &str) -> bool {
    let vague = matches!(file.kind.family(), Family::Text | Family::Unknown | Family::Data)
        && file.kind != Kind::Empty;
    vague && is_named(input, file, group)
}

/// How many files the same archive or mail holds.
pub(crate) fn held_together(input: &Input<'_>, part: &Part) -> usize {
    let above = |part: &Part| part.path.rsplit_once('.').map(|(above, _)| above.to_owned());
    input.files().filter(|other| above(other) == above(part)).count()
}

/// Whether the name's extension is in `group` of the list `kinds`.
pub(crate) fn is_named(input: &Input<'_>, file: &File, group: &str) -> bool {
    let extension = file.claim.as_ref().map_or("", |claim| claim.extension.as_str());
    input.lists.kinds.group_of(extension).is_some_and(|found| found.id == group)
}

/// The kind of a file in words; where only the name says it, the kind that the name claims.
pub(crate) fn kind_words(file: &File) -> Value {
    let vague = matches!(file.kind.family(), Family::Text | Family::Unknown | Family::Data);
    let claimed = file.claim.as_ref().and_then(|claim| claim.kinds.first().copied());
    let kind = if vague { claimed.unwrap_or(file.kind) } else { file.kind };
    let label = kind.label();
    Value::Word(Text::new(label.ja, label.en))
}

/// The name of a part as a receiver sees it, as a stranger's text; what it is, where it has none.
pub(crate) fn name(part: &Part) -> Value {
    match part.file() {
        _ if !part.name().is_empty() => Value::foreign(part.name()),
        _ if is_report(part) => Value::Word(Text::new("配送結果の通知", "a delivery report")),
        Some(file) => kind_words(file),
        None => Value::Word(Text::new("添付されたメール", "a mail inside")),
    }
}
