//! Real projects whose sources are taken away or replaced, with the compiled code left as Office wrote it.

#![allow(clippy::print_stdout, reason = "a set that is missing is told")]

use std::io::{Cursor, Read, Write};
use std::path::PathBuf;

use sekisho_content::{Budget, Danger, Deed, DeedKind, Keys, kind, open};
use sekisho_testing::corpus;

/// Files of business and of tests, with projects of VBA 6 and 7, of 32 and 64 bits, of Windows and of the Mac.
const SETS: &[&str] = &["apache-poi", "xlwings", "xlsxwriter", "oletools"];

/// A source that does nothing, as Office stores what does not compress.
const HARMLESS: &str =
    "Attribute VB_Name = \"Module1\"\r\nSub Greet()\r\n    MsgBox \"Hello\"\r\nEnd Sub\r\n";

#[test]
fn sources_that_office_wrote_agree_with_its_compiled_code() {
    let projects = projects();
    let wrong: Vec<&str> = projects
        .iter()
        .filter(|(_, bytes)| deeds(bytes).iter().any(differs))
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sources_taken_away_or_replaced_are_told() {
    let (mut tried, mut missed) = (0, Vec::new());
    for (name, bytes) in projects() {
        for (way, source) in
            [("replaced", container(HARMLESS)), ("emptied", container("")), ("zeroed", vec![0; 400])]
        {
            let Some(stomped) = stomped(&bytes, &source) else { continue };
            tried += 1;
            let told = deeds(&stomped);
            if !told.iter().any(|deed| differs(deed) && deed.danger >= Danger::Active) {
                missed.push(format!(
                    "{name}, {way}: {:?}",
                    told.iter().map(|deed| &deed.does).collect::<Vec<_>>()
                ));
            }
        }
    }
    println!("{tried} projects changed, {} not told", missed.len());
    assert!(missed.is_empty(), "{missed:#?}");
}

fn differs(deed: &Deed) -> bool {
    deed.does.iter().any(|does| does == "source and compiled code differ")
}

fn deeds(bytes: &[u8]) -> Vec<Deed> {
    let mut budget = Budget::default();
    let opened = open(bytes, kind(bytes), &Keys::default(), &mut budget, &mut |_| {});
    opened.deeds.into_iter().filter(|deed| deed.kind == DeedKind::Macro).collect()
}

/// Compound files with a project, those in packages taken out of them.
fn projects() -> Vec<(String, Vec<u8>)> {
    const SIGNATURE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
    let mut found = Vec::new();
    let files: Vec<PathBuf> = corpus::every_file().map(Iterator::collect).unwrap_or_default();
    for path in
        files.iter().filter(|path| SETS.iter().any(|set| path.starts_with(corpus::folder().join(set))))
    {
        let Ok(bytes) = std::fs::read(path) else { continue };
        // Opening all of them takes minutes; the project's name stands in the open in both containers.
        if !has(&bytes, b"vbaProject") && !has(&bytes, b"_\0V\0B\0A\0_\0P\0") {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if bytes.starts_with(SIGNATURE) {
            found.push((name, bytes));
        } else if bytes.starts_with(b"PK") {
            let _ = open(&bytes, kind(&bytes), &Keys::default(), &mut Budget::default(), &mut |member| {
                if member.bytes.starts_with(SIGNATURE) {
                    found.push((name.clone(), member.bytes.into_owned()));
                }
            });
        }
    }
    found.retain(|(_, bytes)| !deeds(bytes).is_empty());
    if found.is_empty() {
        println!("not looked at: the sets are absent; run `make data`");
    }
    found
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The file with the source behind every compiled module replaced; `None` where no module has compiled statements, or
/// the writer of compound files does not take the file.
fn stomped(bytes: &[u8], source: &[u8]) -> Option<Vec<u8>> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes.to_vec())).ok()?;
    let paths: Vec<PathBuf> =
        file.walk().filter(cfb::Entry::is_stream).map(|entry| entry.path().to_owned()).collect();
    let mut changed = false;
    for path in &paths {
        let mut content = Vec::new();
        file.open_stream(path).ok()?.read_to_end(&mut content).ok()?;
        let Some(at) =
            source_at(&content).filter(|at| has_statements(content.get(..*at).unwrap_or_default()))
        else {
            continue;
        };
        content.truncate(at);
        content.extend(source);
        file.create_stream(path).ok()?.write_all(&content).ok()?;
        changed = true;
    }
    let usable = is_used(&mut file, &paths);
    file.flush().ok()?;
    (changed && usable).then(|| file.into_inner().into_inner())
}

/// Whether the version says that the compiled code may be used.
fn is_used(file: &mut cfb::CompoundFile<Cursor<Vec<u8>>>, paths: &[PathBuf]) -> bool {
    paths.iter().filter(|path| path.ends_with("_VBA_PROJECT")).any(|path| {
        let mut head = [0; 4];
        file.open_stream(path).is_ok_and(|mut stream| stream.read_exact(&mut head).is_ok())
            && head[2..] != [0xff, 0xff]
    })
}

/// Where the compressed source begins: its first word is stored as it is.
fn source_at(bytes: &[u8]) -> Option<usize> {
    bytes.windows(11).position(|window| window == b"\0Attribut\0e")?.checked_sub(3)
}

/// Whether the table of lines has more than the beginnings and ends of procedures: at least four lines.
fn has_statements(cache: &[u8]) -> bool {
    let table = cache.windows(4).rposition(|window| window == [0xfe, 0xca, 1, 0]);
    let lines = table
        .and_then(|at| cache.get(at + 4..at + 6))
        .map_or(0, |count| u16::from_le_bytes([count[0], count[1]]));
    lines >= 4
}

/// A compressed container of literals ([MS-OVBA] 2.4.1).
fn container(source: &str) -> Vec<u8> {
    let mut chunk = Vec::new();
    for eight in source.as_bytes().chunks(8) {
        chunk.push(0);
        chunk.extend(eight);
    }
    let header = 0xb000 | (chunk.len().saturating_sub(1) as u16 & 0x0fff);
    let mut bytes = vec![1];
    if !chunk.is_empty() {
        bytes.extend(header.to_le_bytes());
        bytes.extend(chunk);
    }
    bytes
}
