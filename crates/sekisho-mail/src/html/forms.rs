//! Forms, and what they ask for.

use super::tokens::Tag;
use crate::Form;

/// Forms kept of one page; a mail with more is a page saved whole.
const FORMS_MAX: usize = 50;
/// Fields kept of one form, as [`Form`] promises.
const FIELDS_MAX: usize = 50;
/// Characters kept of a field's name.
const NAME_CHARS_MAX: usize = 80;

/// The forms seen so far.
#[derive(Debug, Default)]
pub(super) struct Forms {
    forms: Vec<Form>,
    open: Option<usize>,
    /// The form of those fields that stand outside of any.
    loose: Option<usize>,
}

impl Forms {
    /// `<form>`: a form in a form is ignored, as browsers do.
    pub(super) fn begin(&mut self, action: String) {
        if self.open.is_none() {
            self.open = self.add(action);
        }
    }

    /// `</form>`.
    pub(super) fn end(&mut self) {
        self.open = None;
    }

    /// `<input>`, `<select>`, `<textarea>`: buttons ask for nothing.
    pub(super) fn field(&mut self, tag: &Tag<'_>) {
        let kind = match tag.name.as_str() {
            "input" => tag
                .attribute("type")
                .map_or_else(|| "text".to_owned(), |kind| kind.trim().to_ascii_lowercase()),
            other => other.to_owned(),
        };
        if matches!(kind.as_str(), "submit" | "button" | "reset" | "image") {
            return;
        }
        let kind = if kind.is_empty() { "text".to_owned() } else { kind };
        let name = tag.attribute("name").or_else(|| tag.attribute("id")).unwrap_or_default();
        let field: String =
            format!("{kind}:{}", name.trim().to_lowercase()).chars().take(NAME_CHARS_MAX).collect();
        if let Some(form) = self.current().and_then(|at| self.forms.get_mut(at))
            && form.fields.len() < FIELDS_MAX
        {
            form.fields.push(field);
        }
    }

    /// Those that ask for something or lead somewhere.
    pub(super) fn finish(mut self) -> Vec<Form> {
        self.forms.retain(|form| !form.fields.is_empty() || !form.action.is_empty());
        self.forms
    }

    fn current(&mut self) -> Option<usize> {
        if self.open.is_none() && self.loose.is_none() {
            self.loose = self.add(String::new());
        }
        self.open.or(self.loose)
    }

    fn add(&mut self, action: String) -> Option<usize> {
        if self.forms.len() >= FORMS_MAX {
            return None;
        }
        self.forms.push(Form { action, fields: Vec::new() });
        Some(self.forms.len() - 1)
    }
}
