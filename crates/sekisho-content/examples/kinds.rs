//! Prints the kind of every file named, one a line: `cargo run -p sekisho-content --example kinds -- FILE…`.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let file = sekisho_content::read(&bytes, Some(&path));
        let claim = file.claim.as_ref().map_or("-", |claim| claim.extension.as_str());
        let fit = file.claim.as_ref().map(|claim| claim.fit(file.kind));
        writeln!(out, "{}\t{claim}\t{fit:?}\t{:?}\t{path}", file.kind.id(), file.unread)?;
    }
    Ok(())
}
