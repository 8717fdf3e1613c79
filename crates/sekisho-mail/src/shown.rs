//! A message → the texts that a person sees of it, each once.

use crate::{Message, Part, Source, View};

impl Message {
    /// The texts that a receiver sees, each once: of alternatives the HTML, unless nothing can be read in it.
    pub fn shown(&self) -> Vec<&View> {
        let texts: Vec<(&Part, &View)> = self.texts().collect();
        if texts.len() < 2 {
            return texts.into_iter().map(|(_, view)| view).collect();
        }
        let alternatives = alternatives(self);
        let chosen: Vec<(&str, &str)> = alternatives
            .iter()
            .filter_map(|alternative| {
                let inside = || {
                    texts.iter().filter_map(|(part, view)| Some((branch(&part.path, alternative)?, *view)))
                };
                let is_read = |(_, view): &(&str, &View)| !view.text.trim().is_empty();
                let html = inside().rfind(|found| is_read(found) && found.1.source == Source::Html);
                let branch = html.or_else(|| inside().find(is_read)).or_else(|| inside().next())?.0;
                Some((*alternative, branch))
            })
            .collect();
        let is_chosen = |path: &str| {
            chosen
                .iter()
                .all(|(alternative, wanted)| branch(path, alternative).is_none_or(|branch| branch == *wanted))
        };
        texts.into_iter().filter(|(part, _)| is_chosen(&part.path)).map(|(_, view)| view).collect()
    }
}

/// Paths of the parts whose children say the same in several forms; empty for the mail itself.
fn alternatives(message: &Message) -> Vec<&str> {
    // Outlook's own format keeps both bodies side by side.
    const FORMS: &[&str] = &["multipart/alternative", "application/vnd.ms-outlook"];
    let whole = FORMS.contains(&message.media_type.as_str()).then_some("");
    let parts = message.parts.iter().filter(|part| part.media_type == "multipart/alternative");
    whole.into_iter().chain(parts.map(|part| part.path.as_str())).collect()
}

/// The child of `above` on the way to `path`; `None` where it is not on the way.
fn branch<'a>(path: &'a str, above: &str) -> Option<&'a str> {
    let below = if above.is_empty() { path } else { path.strip_prefix(above)?.strip_prefix('.')? };
    below.split('.').next()
}
