//! The pieces of a page → what can act in it: scripts, addresses that are followed or loaded, data kept in elements.

use std::borrow::Cow;

use super::constants::{Base64, CONSTANT_BYTES_MIN};
use super::tokens::{Piece, Tag, pieces};
use crate::limits::PAGE_DATA_MAX;

/// What can act in a page.
#[derive(Default)]
pub(super) struct Page {
    /// Scripts, in order.
    pub(super) scripts: Vec<Script>,
    /// Long texts and values without spaces: scripts take them from there.
    pub(super) data: Vec<String>,
    /// Where a refresh leads, with its delay in seconds.
    pub(super) refreshes: Vec<(u32, String)>,
    /// Elements that show another document, with its address.
    pub(super) frames: Vec<(String, String)>,
    /// Addresses of scripts.
    pub(super) sources: Vec<String>,
    /// Addresses that a click saves, with the name to save them as.
    pub(super) downloads: Vec<(String, String)>,
    /// Pages kept in an attribute.
    pub(super) inner: Vec<String>,
    /// Addresses that are loaded when the page is shown, and the element that loads them.
    pub(super) loaded: Vec<(String, String)>,
    /// Addresses of links in a drawing.
    pub(super) links: Vec<String>,
    /// Elements of pages that stand in a drawing and can act.
    pub(super) foreign: Vec<String>,
    /// Characters that are shown as text.
    pub(super) shown: usize,
}

/// One script.
pub(super) struct Script {
    pub(super) source: String,
    /// Whether it runs when the page is shown, and not at a click.
    pub(super) is_started: bool,
}

/// Gathers what can act.
pub(super) fn gather(text: &str) -> Page {
    let mut page = Page::default();
    // What stands in `noscript` acts only where scripts are off.
    let mut is_without_scripts = false;
    let mut is_foreign = false;
    for piece in pieces(text) {
        match piece {
            Piece::Open(tag) => {
                match tag.name.as_str() {
                    "noscript" => is_without_scripts = true,
                    "foreignobject" => is_foreign = true,
                    name @ ("iframe" | "object" | "embed" | "form" | "script") if is_foreign => {
                        page.foreign.push(name.to_owned());
                    }
                    _ => {}
                }
                if !is_without_scripts {
                    page.tag(&tag);
                }
            }
            Piece::Close(name) => match name.as_str() {
                "noscript" => is_without_scripts = false,
                "foreignobject" => is_foreign = false,
                _ => {}
            },
            Piece::Text(text) => {
                page.shown += text.chars().filter(|letter| !letter.is_whitespace()).count();
                page.keep(text);
            }
            Piece::Raw(tag, text) => page.raw(&tag, text),
        }
    }
    page
}

impl Page {
    /// All scripts as one text.
    pub(super) fn script(&self) -> String {
        let sources: Vec<&str> = self.scripts.iter().map(|script| script.source.as_str()).collect();
        sources.join("\n")
    }

    fn raw(&mut self, tag: &Tag<'_>, text: &str) {
        match tag.name.as_str() {
            "script" if is_code(tag) => {
                let source = text.trim().trim_start_matches("<![CDATA[").trim_start_matches("<!--");
                let source = source.trim_end().trim_end_matches("]]>").trim_end_matches("-->");
                // A script in a drawing is text like any other there: its references are decoded.
                let decoded = if source.contains("&#") {
                    super::tokens::decoded(source)
                } else {
                    Cow::Borrowed(source)
                };
                self.code(&decoded, true);
            }
            "style" | "title" => {}
            _ => self.keep(text),
        }
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        for (name, value) in tag.attributes() {
            if name.starts_with("on") && name.len() > 3 {
                self.code(&value, !is_click(name));
            } else if let Some(code) = javascript(&value) {
                let is_started = matches!(tag.name.as_str(), "iframe" | "frame" | "object" | "embed");
                self.code(code, is_started);
            } else if !matches!(name, "d" | "points" | "style" | "class" | "content" | "srcset")
                && !value.trim_start().starts_with("data:")
            {
                self.keep(&value);
            }
        }
        let attribute =
            |name: &str| tag.attribute(name).map(|value| address(&value)).filter(|it| !it.is_empty());
        match tag.name.as_str() {
            "meta" if attribute("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh")) => {
                self.refreshes.extend(tag.attribute("content").and_then(|content| refresh(&content)));
            }
            "script" => {
                for source in [attribute("src"), attribute("href")].into_iter().flatten() {
                    self.source(source);
                }
            }
            name @ ("iframe" | "frame" | "embed") => {
                self.inner.extend(tag.attribute("srcdoc").map(Cow::into_owned));
                self.frames.extend(attribute("src").map(|source| (name.to_owned(), source)));
            }
            "object" => self.frames.extend(attribute("data").map(|data| ("object".to_owned(), data))),
            "a" | "area" => {
                let target = attribute("href");
                if let (Some(name), Some(target)) = (tag.attribute("download"), &target) {
                    self.downloads.push((name.into_owned(), target.clone()));
                }
                self.links.extend(target);
            }
            name @ ("img" | "image" | "use" | "video" | "audio" | "source" | "input" | "link" | "body"
            | "feimage") => {
                for source in
                    ["src", "href", "poster", "background"].iter().filter_map(|name| attribute(name))
                {
                    self.loaded.push((name.to_owned(), source));
                }
            }
            _ => {}
        }
    }

    /// A script's address; reports that carry everything with them have their scripts in it.
    fn source(&mut self, source: String) {
        let data =
            source.get(..5).filter(|start| start.eq_ignore_ascii_case("data:")).and(source.split_once(','));
        match data {
            Some((head, packed)) if head.contains("base64") => {
                let plain: Vec<u8> = Base64::new(packed.bytes()).collect();
                self.code(&String::from_utf8_lossy(&plain), true);
            }
            Some((_, plain)) => self.code(plain, true),
            None => self.sources.push(source),
        }
    }

    fn code(&mut self, source: &str, is_started: bool) {
        if !source.trim().is_empty() {
            self.scripts.push(Script { source: source.to_owned(), is_started });
        }
    }

    fn keep(&mut self, text: &str) {
        let text = text.trim();
        let beginning = text.get(..CONSTANT_BYTES_MIN);
        let is_data =
            beginning.is_some_and(|start| !start.contains([' ', '<', '/', '\u{3000}']) && start.is_ascii());
        if is_data && self.data.len() < PAGE_DATA_MAX {
            self.data.push(text.to_owned());
        }
    }
}

/// Whether a script element runs: other types keep data.
fn is_code(tag: &Tag<'_>) -> bool {
    let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
    kind.is_empty()
        || ["javascript", "ecmascript", "vbscript", "module", "jscript"]
            .iter()
            .any(|word| kind.contains(word))
}

fn is_click(event: &str) -> bool {
    const STARTED: &[&str] = &[
        "onload",
        "onerror",
        "onbegin",
        "onend",
        "onpageshow",
        "onfocus",
        "onanimationstart",
        "ontoggle",
        "onunload",
        "onbeforeunload",
    ];
    !STARTED.contains(&event)
}

/// The code of a `javascript:` address, however it is written.
fn javascript(value: &str) -> Option<&str> {
    const SCHEME: &str = "javascript:";
    let start: String =
        value.chars().filter(|letter| !letter.is_control() && *letter != ' ').take(SCHEME.len()).collect();
    start.eq_ignore_ascii_case(SCHEME).then(|| value.split_once(':').map_or("", |(_, code)| code))
}

/// Browsers pass over line ends and tabs in addresses.
fn address(value: &str) -> String {
    value.trim().chars().filter(|letter| !matches!(letter, '\t' | '\r' | '\n')).collect()
}

/// `0; url=https://…` (HTML Standard, 4.2.5.3).
fn refresh(content: &str) -> Option<(u32, String)> {
    let (delay, rest) = content.split_once([';', ','])?;
    let delay = delay.trim().split('.').next()?.parse().unwrap_or(0);
    let rest = rest.trim();
    let target = match rest.get(..3) {
        Some(start) if start.eq_ignore_ascii_case("url") => rest.get(3..)?.trim_start().strip_prefix('=')?,
        _ => rest,
    };
    let target = address(target.trim().trim_matches(['"', '\'']));
    (!target.is_empty()).then_some((delay, target))
}
