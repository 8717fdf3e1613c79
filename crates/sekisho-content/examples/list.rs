//! Files → what is in them, one level deep, as lines of fields divided by tabs: `file`, `member` and `unread`.
//!
//! `cargo run -p sekisho-content --example list -- [-p PASSWORD]… FILE…`. `tools/compare-archives.sh` reads this.

use std::io::{Result, Write};

use sekisho_content::{Budget, Keys, Kind, Member, Opened, kind, open};

fn main() -> Result<()> {
    let mut passwords = Vec::new();
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-p" => passwords.extend(arguments.next()),
            _ => files.push(argument),
        }
    }
    let keys = Keys::new(passwords);
    let mut out = std::io::stdout().lock();
    for file in files {
        let bytes = std::fs::read(&file)?;
        list(&file, &bytes, &keys, &mut out)?;
    }
    Ok(())
}

fn list(file: &str, bytes: &[u8], keys: &Keys, out: &mut impl Write) -> Result<()> {
    let kind = kind(bytes);
    let mut members = Vec::new();
    let opened = open(bytes, kind, keys, &mut Budget::default(), &mut |member| members.push(line(&member)));
    writeln!(out, "file\t{file}\t{}\t{}", kind.id(), key(&opened))?;
    for member in members {
        writeln!(out, "{member}")?;
    }
    for (unread, detail) in &opened.unread {
        writeln!(out, "unread\t{}\t{}", unread.id(), plain(detail))?;
    }
    Ok(())
}

/// `member`, size, why it is not whole or `-`, kind, names.
fn line(member: &Member<'_>) -> String {
    let unread = member.unread.map_or("-", |unread| unread.id());
    let is_absent = member.unread.is_some() && member.bytes.is_empty();
    let kind = if is_absent { Kind::Unknown } else { kind(&member.bytes) };
    let names: Vec<String> = member.names.iter().map(|name| plain(name)).collect();
    format!("member\t{}\t{unread}\t{}\t{}", member.size_bytes, kind.id(), names.join("\t"))
}

fn key(opened: &Opened) -> String {
    opened.key.map_or_else(|| "-".to_owned(), |key| key.to_string())
}

/// One line, whatever stands in a name.
fn plain(name: &str) -> String {
    name.chars().map(|char| if char.is_control() { '\u{fffd}' } else { char }).collect()
}
