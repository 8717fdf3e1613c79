//! Prints what every file named holds and does, level by level: `cargo run -p sekisho-content --example inside -- FILE…`.

use std::io::Write;

use sekisho_content::{Budget, Keys, kind, open};

const DEPTH_MAX: usize = 6;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        writeln!(out, "{path}")?;
        show(&mut out, &bytes, 1)?;
    }
    Ok(())
}

fn show(out: &mut impl Write, bytes: &[u8], depth: usize) -> std::io::Result<()> {
    let indent = "  ".repeat(depth);
    let kind = kind(bytes);
    let mut members = Vec::new();
    let opened = open(bytes, kind, &Keys::default(), &mut Budget::default(), &mut |member| {
        members.push((member.names.clone(), member.hold, member.unread, member.bytes.to_vec()));
    });
    writeln!(out, "{indent}{} {:?}", kind.id(), opened.unread)?;
    for deed in opened.deeds {
        writeln!(
            out,
            "{indent}! {:?} {:?} at {:?} starts {:?} does {:?} links {:?} strings {:?}",
            deed.kind, deed.danger, deed.place, deed.starts, deed.does, deed.links, deed.strings
        )?;
    }
    for (names, hold, unread, bytes) in members {
        writeln!(out, "{indent}- {names:?} {hold:?} {unread:?} {} bytes", bytes.len())?;
        if depth < DEPTH_MAX {
            show(out, &bytes, depth + 1)?;
        }
    }
    Ok(())
}
