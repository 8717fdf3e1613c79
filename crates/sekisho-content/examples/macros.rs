//! Prints the macros of every file named, one deed a line, and with `--sources` what they say:
//! `cargo run -p sekisho-content --example macros -- [--sources] FILE…`.

use std::io::Write;

use sekisho_content::{Budget, Keys, Sources, kind, open};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let (options, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let sources = if options.is_empty() { Sources::Drop } else { Sources::Keep };
    for path in paths {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let kind = kind(&bytes);
        let mut budget = Budget { sources, ..Budget::default() };
        let opened = open(&bytes, kind, &Keys::default(), &mut budget, &mut |_| {});
        if opened.deeds.is_empty() {
            writeln!(out, "{}\t-\t{path}", kind.id())?;
        }
        for deed in opened.deeds {
            let (starts, does) = (deed.starts.join(" "), deed.does.join(", "));
            writeln!(out, "{}\t{:?}\t{path}\t{}\t{starts}\t{does}", kind.id(), deed.danger, deed.place)?;
            for text in deed.links.iter().chain(&deed.strings) {
                writeln!(out, "\t{text}")?;
            }
        }
        for (name, source) in opened.sources {
            writeln!(out, "---- {name}\n{source}")?;
        }
    }
    Ok(())
}
