//! Prints the macros of every file named, one deed a line: `cargo run -p sekisho-content --example macros -- FILE…`.

use std::io::Write;

use sekisho_content::{Budget, Keys, kind, open};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let kind = kind(&bytes);
        let opened = open(&bytes, kind, &Keys::default(), &mut Budget::default(), &mut |_| {});
        if opened.deeds.is_empty() {
            writeln!(out, "{}\t-\t{path}", kind.id())?;
        }
        for deed in opened.deeds {
            let (starts, does) = (deed.starts.join(" "), deed.does.join(", "));
            writeln!(out, "{}\t{:?}\t{path}\t{}\t{starts}\t{does}", kind.id(), deed.danger, deed.place)?;
        }
    }
    Ok(())
}
