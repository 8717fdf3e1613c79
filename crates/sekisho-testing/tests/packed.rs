//! 7z, RAR, CAB and LZH archives that nobody here wrote: every file that other programs list is handed out.
//!
//! The RAR archives of `data/rarfile` come with lists of their own. For those of `data/libarchive` the numbers are what
//! `bsdtar -tf` lists without directories (7-Zip where it can't open one). Without `data/` there is nothing to look at.

#![allow(clippy::print_stderr, reason = "a set that is missing is told")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sekisho_content::{Budget, Keys, Kind, Unread, kind, open};

/// Passwords of the two sets, in the order of their README files.
const PASSWORDS: [&str; 2] = ["password", "12345678"];

/// Archive, files in it, and how many of them can't be read.
const LISTED: &[(&str, usize, usize)] = &[
    ("test_read_format_7zip_bcj2_bzip2.7z", 1, 0),
    ("test_read_format_7zip_bcj2_copy_1.7z", 1, 0),
    ("test_read_format_7zip_bcj2_copy_2.7z", 1, 0),
    ("test_read_format_7zip_bcj2_copy_lzma.7z", 1, 0),
    ("test_read_format_7zip_bcj2_deflate.7z", 1, 0),
    ("test_read_format_7zip_bcj2_lzma1_1.7z", 1, 0),
    ("test_read_format_7zip_bcj2_lzma1_2.7z", 1, 0),
    ("test_read_format_7zip_bcj2_lzma2_1.7z", 1, 0),
    ("test_read_format_7zip_bcj2_lzma2_2.7z", 1, 0),
    ("test_read_format_7zip_bcj_bzip2.7z", 1, 0),
    ("test_read_format_7zip_bcj_copy.7z", 1, 0),
    ("test_read_format_7zip_bcj_deflate.7z", 1, 0),
    ("test_read_format_7zip_bcj_lzma1.7z", 1, 0),
    ("test_read_format_7zip_bcj_lzma2.7z", 1, 0),
    ("test_read_format_7zip_bzip2.7z", 1, 0),
    ("test_read_format_7zip_copy.7z", 1, 0),
    ("test_read_format_7zip_copy_2.7z", 4, 0),
    ("test_read_format_7zip_deflate.7z", 1, 0),
    ("test_read_format_7zip_delta4_lzma1.7z", 1, 0),
    ("test_read_format_7zip_delta4_lzma2.7z", 1, 0),
    ("test_read_format_7zip_delta_lzma1.7z", 1, 0),
    ("test_read_format_7zip_delta_lzma2.7z", 1, 0),
    ("test_read_format_7zip_empty_archive.7z", 0, 0),
    ("test_read_format_7zip_empty_file.7z", 1, 0),
    ("test_read_format_7zip_encryption.7z", 1, 0),
    ("test_read_format_7zip_encryption_header.7z", 1, 0),
    ("test_read_format_7zip_encryption_partially.7z", 2, 0),
    ("test_read_format_7zip_lzma1.7z", 1, 0),
    ("test_read_format_7zip_lzma1_2.7z", 4, 0),
    ("test_read_format_7zip_lzma1_lzma2.7z", 8, 0),
    ("test_read_format_7zip_lzma2.7z", 1, 0),
    ("test_read_format_7zip_malformed.7z", 0, 0),
    ("test_read_format_7zip_malformed2.7z", 0, 0),
    ("test_read_format_7zip_packinfo_digests.7z", 2, 0),
    ("test_read_format_7zip_ppmd.7z", 1, 0),
    ("test_read_format_7zip_symbolic_name.7z", 2, 0),
    ("test_fuzz.cab", 4, 0),
    ("test_read_format_cab_1.cab", 3, 0),
    ("test_read_format_cab_2.cab", 4, 0),
    ("test_read_format_cab_3.cab", 4, 0),
    ("test_read_format_cab_filename_cp932.cab", 2, 0),
    ("test_fuzz.lzh", 19, 0),
    ("test_read_format_lha_bugfix_0.lzh", 1, 0),
    ("test_read_format_lha_filename_cp932.lzh", 2, 0),
    ("test_read_format_lha_filename_utf16.lzh", 4, 0),
    ("test_read_format_lha_header0.lzh", 4, 0),
    ("test_read_format_lha_header1.lzh", 4, 0),
    ("test_read_format_lha_header2.lzh", 4, 0),
    ("test_read_format_lha_header3.lzh", 2, 0),
    ("test_read_format_lha_lh0.lzh", 4, 0),
    ("test_read_format_lha_lh6.lzh", 4, 0),
    ("test_read_format_lha_lh7.lzh", 4, 0),
    ("test_read_format_lha_withjunk.lzh", 4, 0),
];

struct Seen {
    names: Vec<Vec<String>>,
    unread: usize,
    notes: Vec<(Unread, String)>,
}

fn see(path: &Path) -> Option<Seen> {
    let bytes = std::fs::read(path).ok()?;
    let keys = Keys::new(PASSWORDS.map(str::to_owned));
    let mut seen = Seen { names: Vec::new(), unread: 0, notes: Vec::new() };
    // In front of a program that unpacks itself stands the program: the archive is a member of it.
    let mut inner = None;
    let opened = open(&bytes, kind(&bytes), &keys, &mut Budget::default(), &mut |member| {
        seen.unread += usize::from(member.unread.is_some());
        if kind(&member.bytes) == Kind::Rar {
            inner = Some(member.bytes.to_vec());
        }
        seen.names.push(member.names);
    });
    seen.notes = opened.unread;
    if let Some(bytes) = inner {
        seen = Seen { names: Vec::new(), unread: 0, notes: Vec::new() };
        let opened = open(&bytes, Kind::Rar, &keys, &mut Budget::default(), &mut |member| {
            seen.unread += usize::from(member.unread.is_some());
            seen.names.push(member.names);
        });
        seen.notes = opened.unread;
    }
    Some(seen)
}

/// A set of real files, or a word on the terminal that it is missing.
fn set(name: &str) -> Option<PathBuf> {
    let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(name);
    if set.is_dir() {
        return Some(set);
    }
    eprintln!("not looked at: data/{name} is missing; fetch it with `make data`");
    None
}

#[test]
fn files_that_other_programs_list_are_handed_out() {
    let Some(set) = set("libarchive") else { return };
    let mut differ = Vec::new();
    for (name, files, unread) in LISTED {
        let seen = see(&set.join(name)).map(|seen| (seen.names.len(), seen.unread));
        if seen != Some((*files, *unread)) {
            differ.push(format!("{name}: {files} files, {unread} unread; seen {seen:?}"));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn names_of_rar_archives_are_those_that_their_lists_tell() {
    let Some(set) = set("rarfile") else { return };
    let mut differ = Vec::new();
    let mut lists = 0;
    for entry in std::fs::read_dir(set).into_iter().flatten().flatten() {
        let path = entry.path();
        let Some(list) =
            path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".exp"))
        else {
            continue;
        };
        let Some(seen) = see(&path.with_file_name(list)) else { continue };
        lists += 1;
        let names: BTreeSet<&str> = seen.names.iter().flatten().map(String::as_str).collect();
        let is_part = seen.notes.iter().any(|(_, detail)| detail == "rar: split");
        let told = std::fs::read_to_string(&path).unwrap_or_default();
        // The list of the first of several files goes on over the others.
        if !is_part {
            let missing = listed(&told).into_iter().filter(|name| !names.contains(name.as_str()));
            differ.extend(missing.map(|name| format!("{list}: {name} is not among {names:?}")));
            differ.extend((!seen.notes.is_empty()).then(|| format!("{list}: {:?}", seen.notes)));
        }
    }
    println!("{lists} lists");
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

/// The names of files in a list; directories end with a slash.
fn listed(told: &str) -> Vec<String> {
    told.lines()
        .filter_map(|line| line.trim_start().strip_prefix("name="))
        .filter(|name| !name.ends_with('/'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn archives_behind_programs_are_found() {
    for (name, file, files) in [
        ("libarchive", "test_read_format_rar_sfx.exe", 1),
        ("libarchive", "test_read_format_rar5_sfx.exe", 1),
        ("rarfile", "rar3-seektest.sfx", 2),
        ("rarfile", "rar5-crc.sfx", 2),
    ] {
        let Some(set) = set(name) else { continue };
        let seen = see(&set.join(file)).map(|seen| seen.names.len());
        assert!(seen >= Some(files), "{file}: {seen:?}");
    }
    let Some(set) = set("clamav-testfiles") else { return };
    for file in ["clam.7z", "clam.cab"] {
        let seen = see(&set.join(file)).map(|seen| (seen.names.len(), seen.notes));
        assert_eq!(seen, Some((1, Vec::new())), "{file}");
    }
}
