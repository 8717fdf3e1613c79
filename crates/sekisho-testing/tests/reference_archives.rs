//! libarchive's reference archives (`make data`) as `sekisho_content::open` reads them: of each format that is read, each
//! file gives members or a reason, whatever is wrong with it, and the names that libarchive's own tests expect.

#![allow(clippy::print_stdout, reason = "a set that is missing is told")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sekisho_content::{Budget, Keys, Kind, kind, open};

/// Formats in formats in these files: a compressed image of a disc, and files in it.
const DEPTH_MAX: usize = 4;

/// Kinds whose members are listed here; members of other kinds are read elsewhere.
const KINDS: &[Kind] = &[
    // Streams
    Kind::Gzip,
    Kind::Bzip2,
    Kind::Xz,
    Kind::Lzma,
    Kind::Lzip,
    Kind::Zstd,
    Kind::Lz4,
    Kind::UnixCompress,
    // Archives
    Kind::Tar,
    Kind::Cpio,
    Kind::Ar,
    Kind::Deb,
    Kind::Rpm,
    Kind::Uuencode,
    Kind::BinHex,
    Kind::Lzop,
    Kind::Arj,
    Kind::MacPackage,
    // Disk images
    Kind::Iso,
    Kind::Udf,
    Kind::ImgFat,
    Kind::ImgNtfs,
    Kind::ImgPartitioned,
    Kind::Vhd,
    Kind::Vhdx,
];

/// Archives that hold folders or links alone, or nothing.
const EMPTY: &[&str] = &["tar_empty", "tar_directory", "test_patterns_3"];

#[test]
fn each_reference_archive_gives_members_or_a_reason() {
    let Some(files) = files() else { return };
    let mut looked = 0;
    for (name, bytes) in &files {
        if !KINDS.contains(&kind(bytes)) {
            continue;
        }
        looked += 1;
        let is_empty = EMPTY.iter().any(|empty| name.contains(empty));
        let listing = listing(bytes);
        assert!(is_empty || !listing.trim().is_empty(), "{name}: neither members nor a reason");
    }
    println!("{looked} reference archives opened");
    assert!(looked >= 90, "{looked}");
}

/// What is in each file: `LIST=part-of-a-name cargo test -p sekisho-testing --test reference_archives show -- --ignored
/// --nocapture`; `LIST` may also be the path of any file.
#[test]
#[ignore = "for people to read"]
fn show() {
    let wanted = std::env::var("LIST").unwrap_or_default();
    if let Ok(bytes) = std::fs::read(&wanted) {
        println!("{wanted} ({})\n{}", kind(&bytes).id(), listing(&bytes));
        return;
    }
    for (name, bytes) in files().unwrap_or_default() {
        if name.contains(&wanted) {
            println!("== {name} ({})\n{}", kind(&bytes).id(), listing(&bytes));
        }
    }
}

/// One line a member: its names, kind, size and reason; what is inside it follows, further in.
fn listing(bytes: &[u8]) -> String {
    let mut lines = String::new();
    let mut budget = Budget { member_bytes_kept_max: 64 * 1024 * 1024, ..Budget::default() };
    list(bytes, 0, &mut budget, &mut lines);
    lines
}

fn list(bytes: &[u8], depth: usize, budget: &mut Budget, lines: &mut String) {
    let indent = "  ".repeat(depth);
    let mut inside: Vec<Vec<u8>> = Vec::new();
    let mut members = Vec::new();
    let opened = open(bytes, kind(bytes), &Keys::default(), budget, &mut |member| {
        let reason = member.unread.map_or("", |unread| unread.id());
        let kind = kind(&member.bytes);
        members.push(format!(
            "{:?} {} {} {:?} {reason}",
            member.names,
            kind.id(),
            member.size_bytes,
            member.hold
        ));
        inside.push(member.bytes.into_owned());
    });
    for (unread, detail) in &opened.unread {
        let _ = writeln!(lines, "{indent}! {} {detail}", unread.id());
    }
    for (member, bytes) in members.iter().zip(inside) {
        let _ = writeln!(lines, "{indent}{member}");
        if depth < DEPTH_MAX && KINDS.contains(&kind(&bytes)) {
            list(&bytes, depth + 1, budget, lines);
        }
    }
}

fn files() -> Option<Vec<(String, Vec<u8>)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/libarchive");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("not looked at: {} is absent (`make data` brings it)", folder.display());
        return None;
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    Some(
        paths
            .into_iter()
            .filter_map(|path| {
                Some((path.file_name()?.to_string_lossy().into_owned(), std::fs::read(&path).ok()?))
            })
            .collect(),
    )
}
