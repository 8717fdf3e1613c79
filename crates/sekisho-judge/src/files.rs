//! What checks on attached files ask of a part: does it belong to a family, by content or by what its name makes of it.

use sekisho_content::{Family, File, Kind, Opening};
use sekisho_mail::Part;

use crate::{Input, Text, Value};

/// Attached files that act as one of `families` when opened: by content; or by name, where the content is text that
/// the program for that name would run, or was not recognised.
pub(crate) fn of_families<'i>(
    input: &'i Input<'_>,
    families: &'static [Family],
) -> impl Iterator<Item = (&'i Part, &'i File)> {
    let files = input.files().filter_map(|part| Some((part, part.file()?)));
    files.filter(move |(_, file)| acts_as(file, families))
}

fn acts_as(file: &File, families: &[Family]) -> bool {
    let by_content = families.contains(&file.kind.family()) && file.kind.opening() != Opening::Shows;
    let vague = matches!(file.kind.family(), Family::Text | Family::Unknown | Family::Data)
        || file.kind == Kind::Empty;
    let by_name = file.claim.as_ref().is_some_and(|claim| {
        let runs = |kind: &Kind| families.contains(&kind.family()) && kind.opening() != Opening::Shows;
        !claim.kinds.is_empty() && claim.kinds.iter().all(runs)
    });
    by_content || (vague && by_name && file.kind != Kind::Empty)
}

/// The kind of a file in words; where only the name says it, the kind that the name claims.
pub(crate) fn kind_words(file: &File) -> Value {
    let vague = matches!(file.kind.family(), Family::Text | Family::Unknown | Family::Data);
    let claimed = file.claim.as_ref().and_then(|claim| claim.kinds.first().copied());
    let kind = if vague { claimed.unwrap_or(file.kind) } else { file.kind };
    let label = kind.label();
    Value::Word(Text::new(label.ja, label.en))
}

/// The name of a part as a receiver sees it, as a stranger's text.
pub(crate) fn name(part: &Part) -> Value {
    Value::foreign(part.name())
}
