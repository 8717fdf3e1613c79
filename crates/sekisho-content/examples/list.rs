//! Files → what is in them, as lines of fields divided by tabs: `file`, `member`, `unread`, `deed`.
//!
//! `cargo run -p sekisho-content --example list -- [-r] [-p PASSWORD]… FILE…`; with `-r` what is in members as well.
//! `tools/compare-archives.sh` reads this.

use std::io::{Result, Write};

use sekisho_content::{Budget, Cost, Keys, Kind, Member, Opened, kind, open};

fn main() -> Result<()> {
    let mut list = List { keys: Keys::default(), depth_max: 0 };
    let mut passwords = Vec::new();
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-r" => list.depth_max = DEPTH_MAX,
            "-p" => passwords.extend(arguments.next()),
            _ => files.push(argument),
        }
    }
    list.keys = Keys::new(passwords);
    let mut out = std::io::stdout().lock();
    for file in files {
        let bytes = std::fs::read(&file)?;
        let mut lines = Vec::new();
        let opened = list.walk(&bytes, 0, Budget::default(), &mut lines);
        let key = opened.key.map_or_else(|| "-".to_owned(), |key| key.to_string());
        writeln!(out, "file\t{file}\t{}\t{key}", kind(&bytes).id())?;
        for line in lines {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// Members of members that are listed with `-r`.
const DEPTH_MAX: usize = 4;

struct List {
    keys: Keys,
    depth_max: usize,
}

impl List {
    fn walk(&self, bytes: &[u8], depth: usize, budget: Budget, lines: &mut Vec<String>) -> Opened {
        let mut own = budget.clone();
        let mut inner = budget;
        let opened = open(bytes, kind(bytes), &self.keys, &mut own, &mut |member| {
            let _ = inner.pay(Cost::Bytes(member.bytes.len() as u64));
            lines.push(line(&member, depth));
            if depth < self.depth_max && !member.bytes.is_empty() {
                self.walk(&member.bytes, depth + 1, inner.clone(), lines);
            }
        });
        for (unread, detail) in &opened.unread {
            lines.push(format!("unread\t{depth}\t{}\t{}", unread.id(), plain(detail)));
        }
        for deed in &opened.deeds {
            lines.push(format!("deed\t{depth}\t{:?}\t{:?}\t{}", deed.kind, deed.danger, plain(&deed.place)));
        }
        opened
    }
}

/// `member`, depth, size, why it is not whole or `-`, kind, names.
fn line(member: &Member<'_>, depth: usize) -> String {
    let unread = member.unread.map_or("-", |unread| unread.id());
    let is_absent = member.unread.is_some() && member.bytes.is_empty();
    let kind = if is_absent { Kind::Unknown } else { kind(&member.bytes) };
    let names: Vec<String> = member.names.iter().map(|name| plain(name)).collect();
    format!("member\t{depth}\t{}\t{unread}\t{}\t{}", member.size_bytes, kind.id(), names.join("\t"))
}

/// One line, whatever stands in a name.
fn plain(name: &str) -> String {
    name.chars().map(|char| if char.is_control() { '\u{fffd}' } else { char }).collect()
}
