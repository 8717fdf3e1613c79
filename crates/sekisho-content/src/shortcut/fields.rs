//! Text of sections and named values (`[Section]`, `Name=Value`) → its values in order.

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Field<'t> {
    /// In lower case, without brackets.
    pub(super) section: String,
    /// In lower case.
    pub(super) name: String,
    pub(super) value: &'t str,
}

/// All values; comments left out.
pub(super) fn fields(text: &str) -> impl Iterator<Item = Field<'_>> {
    let mut section = String::new();
    text.lines().filter_map(move |line| {
        let line = line.trim();
        if line.starts_with([';', '#']) {
            return None;
        }
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']').trim().to_lowercase();
            return None;
        }
        let (name, value) = line.split_once('=')?;
        let value = value.trim();
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
        Some(Field { section: section.clone(), name: name.trim().to_lowercase(), value })
    })
}
