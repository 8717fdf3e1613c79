//! Texts and pages of `tests/views/` → drawings of their views, compared with what stands beside them.
//!
//! `UPDATE_VIEWS=1 cargo test -p sekisho-mail golden` writes the drawings anew; read the difference before committing.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::View;
use crate::Limits;

#[test]
fn views_are_drawn_as_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/views");
    let mut inputs: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "txt" || kind == "html"))
        .collect();
    inputs.sort();
    let mut wrong = Vec::new();
    for input in &inputs {
        let drawing = draw_cases(input);
        let mut golden = input.clone().into_os_string();
        golden.push(".view");
        if std::env::var_os("UPDATE_VIEWS").is_some() {
            std::fs::write(&golden, &drawing).unwrap();
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != drawing {
            wrong.push(format!("{}:\n{drawing}", input.display()));
        }
    }
    assert!(wrong.is_empty(), "run with UPDATE_VIEWS=1 and read the difference\n{}", wrong.join("\n"));
}

/// A file holds several cases, each under a heading `=== name`.
fn draw_cases(input: &Path) -> String {
    let is_html = input.extension().is_some_and(|kind| kind == "html");
    let source = std::fs::read_to_string(input).unwrap();
    let mut drawing = String::new();
    for case in source.split("=== ").skip(1) {
        let (name, body) = case.split_once('\n').unwrap();
        let body = body.strip_suffix('\n').unwrap_or(body);
        let limits = Limits::default();
        let view =
            if is_html { View::of_html(body, &limits) } else { View::of_plain(body.to_owned(), &limits) };
        super::laws::hold(&view);
        writeln!(drawing, "=== {name}").unwrap();
        drawing.push_str(&draw(&view));
    }
    drawing
}

fn draw(view: &View) -> String {
    let mut drawing = String::new();
    let at = |offset: usize| format!("{offset}");
    for line in view.text.lines() {
        writeln!(drawing, "| {line}").unwrap();
    }
    for hidden in &view.hidden {
        let text: String = hidden.text.chars().take(120).flat_map(char::escape_debug).collect();
        writeln!(drawing, "hidden {:?} at {}: {text}", hidden.by, at(hidden.at)).unwrap();
    }
    for link in &view.links {
        let shown = &view.text[link.range.clone()];
        let same = if shown == link.text { String::new() } else { format!(" (shown {shown:?})") };
        writeln!(drawing, "link {:?} {:?}{same} -> {}", link.kind, link.text, link.target).unwrap();
    }
    for form in &view.forms {
        writeln!(drawing, "form {:?} {}", form.action, form.fields.join(" ")).unwrap();
    }
    for quote in &view.quotes {
        let intro = &view.text[quote.range.start..quote.words.start];
        let words = &view.text[quote.words.clone()];
        let behind = &view.text[quote.words.end..quote.range.end];
        writeln!(
            drawing,
            "quote {:?} by {:?}\n    intro {intro:?}\n    words {words:?}",
            quote.style, quote.author
        )
        .unwrap();
        if !behind.is_empty() {
            writeln!(drawing, "    behind {behind:?}").unwrap();
        }
    }
    drawing
}
