//! Mails in files and folders → what this crate reads beside what mail-parser reads: parts that only one of them sees, and
//! the CPU of both on the same bytes. `cargo run --release -p sekisho-mail --example against_mail_parser -- PATH…`
#![allow(clippy::print_stdout)]

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mail_parser::{MessageParser, PartType};
use sekisho_mail::{Body, Limits};

fn main() {
    let mut files = Vec::new();
    for path in std::env::args_os().skip(1) {
        gather(Path::new(&path), &mut files);
    }
    files.sort();
    let mails: Vec<(PathBuf, Vec<u8>)> =
        files.into_iter().filter_map(|path| Some((path.clone(), std::fs::read(path).ok()?))).collect();
    let mut sum = Sum::default();
    for (path, bytes) in &mails {
        compare(path, bytes, &mut sum);
    }
    let bytes: usize = mails.iter().map(|(_, bytes)| bytes.len()).sum();
    let theirs = time(&mails, |bytes| MessageParser::default().parse(bytes).is_some());
    let ours = time(&mails, |bytes| !sekisho_mail::read(bytes, &Limits::default()).parts.is_empty());
    println!("mails {}, bytes {bytes}", mails.len());
    println!("parts that mail-parser sees {}, of them not in our tree {}", sum.theirs, sum.only_theirs);
    println!(
        "parts in our tree {}, of them not seen by mail-parser {} (in {} mails)",
        sum.ours, sum.only_ours, sum.mails_only_ours
    );
    println!("mails with a doubtful structure {}", sum.mails_doubtful);
    // Without views this is what mail-parser does, and hashing, kinds and the second look.
    let tree = Limits { view_bytes_max: 0, ..Limits::default() };
    let tree = time(&mails, |bytes| !sekisho_mail::read(bytes, &tree).parts.is_empty());
    println!("mail-parser {:.3} s", theirs.as_secs_f64());
    for (what, taken) in [("tree only", tree), ("with views, links, quotations", ours)] {
        let times = taken.as_secs_f64() / theirs.as_secs_f64();
        println!("this crate, {what}: {:.3} s, {times:.2} times", taken.as_secs_f64());
    }
}

#[derive(Default)]
struct Sum {
    theirs: usize,
    only_theirs: usize,
    ours: usize,
    only_ours: usize,
    mails_only_ours: usize,
    mails_doubtful: usize,
}

fn compare(path: &Path, bytes: &[u8], sum: &mut Sum) {
    let mut theirs = Vec::new();
    if let Some(message) = MessageParser::default().parse(bytes) {
        flatten(&message, &mut theirs);
    }
    let mut ours = Vec::new();
    let message = sekisho_mail::read_with(bytes, &Limits::default(), &mut |part, bytes| {
        ours.push((part.path.clone(), part.media_type.clone(), key(bytes)));
        if let Body::Text(view, _) = &part.body {
            ours.push((String::new(), String::new(), key(view.text.as_bytes())));
        }
    });
    sum.mails_doubtful += usize::from(message.defects.iter().any(|defect| {
        use sekisho_mail::DefectKind::*;
        matches!(
            defect.kind,
            SeveralContentTypes
                | SeveralBoundaries
                | BoundaryMissing
                | BoundaryDoubtful
                | NotClosed
                | PartOutsideBoundary
                | TransferEncodingDoubtful
                | Base64Broken
                | Uuencode
        )
    }));
    sum.theirs += theirs.len();
    sum.ours += ours.iter().filter(|(path, ..)| !path.is_empty()).count();
    let known: HashSet<&[u8]> = ours.iter().map(|(_, _, key)| key.as_slice()).collect();
    for (kind, size, key) in theirs.iter().filter(|(_, _, key)| !known.contains(key.as_slice())) {
        sum.only_theirs += 1;
        let start = String::from_utf8_lossy(key.get(..60).unwrap_or(key)).into_owned();
        println!("only mail-parser: {} {kind} {size} bytes {start:?}", path.display());
    }
    let known: HashSet<&[u8]> = theirs.iter().map(|(_, _, key)| key.as_slice()).collect();
    let more = ours.iter().filter(|(path, _, key)| !path.is_empty() && !known.contains(key.as_slice()));
    let more: Vec<_> = more.collect();
    sum.only_ours += more.len();
    sum.mails_only_ours += usize::from(!more.is_empty());
    if std::env::var_os("SHOW_ONLY_OURS").is_some() {
        for (part, kind, key) in more {
            let start = String::from_utf8_lossy(key.get(..60).unwrap_or(key)).into_owned();
            println!("only ours: {} {part} {kind} {} {start:?}", path.display(), key.len());
        }
    }
}

fn flatten(message: &mail_parser::Message<'_>, into: &mut Vec<(&'static str, usize, Vec<u8>)>) {
    for part in &message.parts {
        match &part.body {
            PartType::Text(text) => into.push(("text", text.len(), key(text.as_bytes()))),
            PartType::Html(text) => into.push(("html", text.len(), key(text.as_bytes()))),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                into.push(("file", bytes.len(), key(bytes)));
            }
            PartType::Message(inner) => flatten(inner, into),
            PartType::Multipart(_) => {}
        }
    }
    into.retain(|(_, _, key)| !key.is_empty());
}

/// What must be equal: the ASCII letters and digits, so that charsets and line ends do not count.
fn key(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(u8::is_ascii_alphanumeric).collect()
}

fn time(mails: &[(PathBuf, Vec<u8>)], read: impl Fn(&[u8]) -> bool) -> Duration {
    const ROUNDS: u32 = 3;
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        let read = mails.iter().filter(|(_, bytes)| read(bytes)).count();
        assert!(read <= mails.len());
        best = best.min(begin.elapsed());
    }
    best
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
            gather(&entry.path(), files);
        }
    } else {
        files.push(path.to_owned());
    }
}
