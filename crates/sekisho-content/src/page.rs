//! Web pages and drawings → the files that they build and what they do when they are opened (HTML Standard; SVG 2).
//!
//! Scripts are not run: their constants are decoded, and their calls are looked for in their text.

mod builds;
pub(crate) mod constants;
mod decode;
mod gather;
mod hints;
mod leads;
mod names;
#[cfg(test)]
mod tests;
mod tokens;

use std::borrow::Cow;

use crate::limits::PAGE_BYTES_MAX;
use crate::number::slice;
use crate::open::{Cost, Deeds, Done, Look, Sources};
use crate::{Danger, DeedKind, Kind, Unread};

/// Looks at a page or a drawing.
pub(crate) fn look(look: &mut Look<'_>) {
    if !matches!(look.kind, Kind::Html | Kind::Svg | Kind::Hta) {
        return;
    }
    let bytes = slice(look.bytes, 0, PAGE_BYTES_MAX);
    if bytes.len() < look.bytes.len() {
        look.opened.note(Unread::TooLarge, "page");
    }
    if !look.pays(Cost::Work(1 + bytes.len() as u64 / 8)) {
        return;
    }
    let text = text(bytes);
    let mut page = gather::gather(&text);
    let mut deeds = Deeds::default();
    let inner = builds::look(&page, look, &mut deeds);
    page.scripts.extend(inner.into_iter().map(|source| gather::Script { source, is_started: true }));
    leads::look(&page, look.kind, &mut deeds);
    if look.kind == Kind::Svg && !page.scripts.is_empty() {
        deeds.add(
            DeedKind::Script,
            script_danger(&page),
            "",
            Done { does: vec!["script".to_owned()], ..Done::default() },
        );
    }
    if look.budget.sources == Sources::Keep {
        let sources = page.scripts.iter().enumerate();
        look.opened
            .sources
            .extend(sources.map(|(at, script)| (format!("script {}", at + 1), script.source.clone())));
    }
    look.opened.deeds.extend(deeds.list());
}

/// A drawing with a script is a page; one that moves its own lines does nothing else.
fn script_danger(page: &gather::Page) -> Danger {
    const REACHES: &[&str] = &[
        "location",
        "fetch(",
        "XMLHttpRequest",
        "window.open",
        "atob",
        "eval",
        "document.cookie",
        "createElement(\"script",
        "createElement('script",
        "sendBeacon",
        "unescape",
        "fromCharCode",
    ];
    let reaches = |script: &gather::Script| REACHES.iter().any(|word| script.source.contains(word));
    let is_remote = page.sources.iter().any(|source| leads::is_elsewhere(source));
    if is_remote || page.scripts.iter().any(reaches) { Danger::Active } else { Danger::Harmless }
}

/// The page's text: by its byte order mark, else as it says, else as UTF-8.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    let head = String::from_utf8_lossy(slice(bytes, 0, 1024)).to_ascii_lowercase();
    let stated = head.split_once("charset=").or_else(|| head.split_once("encoding=")).map(|(_, label)| {
        let label = label.trim_start_matches(['"', '\'']);
        label.split(['"', '\'', '>', ' ', ';', '/']).next().unwrap_or_default().to_owned()
    });
    let encoding = stated.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    match encoding.filter(|encoding| encoding.is_ascii_compatible()) {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
        None => String::from_utf8_lossy(bytes),
    }
}
