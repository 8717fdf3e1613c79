//! Pages of a PDF → links that cover them: such a page is a picture made to be clicked (ISO 32000-1, 12.5.6.5, 14.11.2).

use std::collections::BTreeMap;

use super::file::Document;
use super::object::{Dictionary, Object};
use super::text::text;
use crate::limits::PDF_LINKS_MAX;

/// The part of a page that the areas of one link cover before it is the page's only purpose.
const COVERED_MIN: f64 = 0.5;

/// The size of a page that states none.
const LETTER: [f64; 4] = [0.0, 0.0, 612.0, 792.0];

/// Addresses that cover most of one of the pages.
pub(super) fn covering(document: &Document<'_>, pages: &[Dictionary]) -> Vec<String> {
    let mut covering: Vec<String> = Vec::new();
    for page in pages {
        let area = page_box(document, page);
        let size = size(area);
        let mut by_target: BTreeMap<String, f64> = BTreeMap::new();
        let annotations = page.get("Annots").map_or(Object::Null, |value| document.resolved(value));
        for annotation in annotations.array().unwrap_or_default().iter().take(PDF_LINKS_MAX) {
            let annotation = document.resolved(annotation);
            if let Some((target, covered)) = annotation.dictionary().and_then(|one| link(document, one, area))
            {
                *by_target.entry(target).or_default() += covered;
            }
        }
        let targets =
            by_target.into_iter().filter(|(_, covered)| size > 0.0 && covered / size >= COVERED_MIN);
        for (target, _) in targets {
            if !covering.contains(&target) {
                covering.push(target);
            }
        }
    }
    covering
}

/// Whether an address leads to a file share: looking there tells it who asks.
pub(super) fn is_share(target: &str) -> bool {
    let target = target.trim_start();
    let lower: String = target.chars().take(16).flat_map(char::to_lowercase).collect();
    let file = lower.strip_prefix("file:").map(|rest| rest.trim_start_matches(['/', '\\', '|']));
    target.starts_with("\\\\") || lower.starts_with("smb:") || file.is_some()
}

/// Whether an address leads out of this machine.
pub(super) fn is_remote(target: &str) -> bool {
    let lower: String = target.trim_start().chars().take(8).flat_map(char::to_lowercase).collect();
    is_share(target) || ["http:", "https:", "ftp:", "//"].iter().any(|scheme| lower.starts_with(scheme))
}

/// The address of a link, and how much of the page it covers.
fn link(document: &Document<'_>, annotation: &Dictionary, page: [f64; 4]) -> Option<(String, f64)> {
    let action = document.resolved(annotation.get("A")?);
    let action = action.dictionary().filter(|action| action.is("S", "URI"))?;
    let target = text(document.resolved(action.get("URI")?).text()?);
    if !is_remote(&target) {
        return None;
    }
    let area = rectangle(document, annotation.get("Rect")?)?;
    let [left, low, right, high] = area;
    let clipped = [left.max(page[0]), low.max(page[1]), right.min(page[2]), high.min(page[3])];
    Some((target, size(clipped)))
}

/// The visible box of a page, which it may inherit.
fn page_box(document: &Document<'_>, page: &Dictionary) -> [f64; 4] {
    let mut node = page.clone();
    for _ in 0..ANCESTORS_MAX {
        let own = ["CropBox", "MediaBox"].iter().find_map(|name| rectangle(document, node.get(name)?));
        if let Some(own) = own {
            return own;
        }
        let Some(Object::Dictionary(parent)) = node.get("Parent").map(|parent| document.resolved(parent))
        else {
            break;
        };
        node = parent;
    }
    LETTER
}

/// Levels of a tree of pages that are climbed.
const ANCESTORS_MAX: usize = 16;

fn rectangle(document: &Document<'_>, value: &Object) -> Option<[f64; 4]> {
    let value = document.resolved(value);
    let numbers: Vec<f64> =
        value.array()?.iter().take(4).filter_map(|number| document.resolved(number).number()).collect();
    let [a, b, c, d] = <[f64; 4]>::try_from(numbers).ok()?;
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}

fn size([left, low, right, high]: [f64; 4]) -> f64 {
    (right - left).max(0.0) * (high - low).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_addresses() {
        for share in ["\\\\host\\share", "file://host/a.exe", "FILE:///c:/a.exe", "smb://host/a"] {
            assert!(is_share(share), "{share}");
        }
        assert!(!is_share("https://a.example/file:"));
        assert!(
            is_remote("https://a.example") && !is_remote("other.pdf") && !is_remote("mailto:a@b.example")
        );
    }
}
