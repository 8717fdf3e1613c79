//! ZIP archives that others made (`make data`) as `sekisho_content::open` reads them: all members of all, but for those
//! that are damaged, locked or broken on purpose, and then with the reason.

#![allow(clippy::print_stdout, reason = "a set that is missing is told")]

use std::path::{Path, PathBuf};

use sekisho_content::{Budget, Keys, Kind, kind, open};

/// What is not read of which file, as `reason detail`; several of these are libarchive's broken ones.
const UNREAD: &[(&str, &[&str])] = &[
    ("test_read_format_zip.zip", &["damaged file2"]),
    ("test_read_format_zip_bz2_hang.zip", &["locked directory", "unsupported method 12300"]),
    ("test_read_format_zip_encryption_data.zip", &["locked bar.txt"]),
    ("test_read_format_zip_encryption_header.zip", &["locked directory"]),
    ("test_read_format_zip_encryption_partially.zip", &["locked foo.txt"]),
    ("test_read_format_zip_extra_padding.zip", &["damaged directory"]),
    ("test_read_format_zip_lzma_alone_leak.zipx", &["locked directory", "unsupported method 8206"]),
    ("test_read_format_zip_malformed1.zip", &["locked directory", "unsupported method 12336"]),
    ("test_option_passphrase.zip", &["locked file1"]),
];

/// The passwords of libarchive's and oletools' tests.
const PASSWORDS: &[&str] = &["12345678", "password", "infected-test"];

#[test]
fn each_member_is_read_or_the_reason_said() {
    let files = files(&["libarchive", "clamav-testfiles", "python-testsuite", "oletools"]);
    let mut archives = 0;
    for (name, bytes) in files.iter().filter(|(_, bytes)| kind(bytes) == Kind::Zip) {
        archives += 1;
        let expected = UNREAD.iter().find(|(of, _)| of == name).map_or(&[][..], |(_, unread)| unread);
        assert_eq!(unread(bytes), expected, "{name}");
    }
    println!("{archives} ZIP archives opened");
    assert!(files.is_empty() || archives >= 70, "{archives}");
}

#[test]
fn the_same_program_comes_out_of_each_method() {
    let files = files(&["clamav-testfiles"]);
    let content = |wanted: &str| {
        let (_, bytes) = files.iter().find(|(name, _)| name == wanted)?;
        let mut contents = Vec::new();
        open(bytes, kind(bytes), &Keys::default(), &mut Budget::default(), &mut |member| {
            contents.push(member.bytes.to_vec());
        });
        contents.pop()
    };
    let deflated = content("clam.zip");
    for other in ["clam.bz2.zip", "clam.d64.zip", "clam.impl.zip"] {
        assert_eq!(content(other), deflated, "{other}");
    }
}

fn unread(bytes: &[u8]) -> Vec<String> {
    let keys = Keys::new(PASSWORDS.iter().map(|password| (*password).to_owned()));
    let opened = open(bytes, kind(bytes), &keys, &mut Budget::default(), &mut |_| {});
    opened.unread.iter().map(|(unread, detail)| format!("{} {detail}", unread.id())).collect()
}

/// All files of these sets, with their names.
fn files(sets: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for set in sets {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(set);
        let mut folders = vec![folder.clone()];
        if !folder.is_dir() {
            println!("not looked at: {} is absent (`make data` brings it)", folder.display());
        }
        while let Some(folder) = folders.pop() {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
            paths.sort();
            for path in paths {
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(bytes) = std::fs::read(&path) {
                    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    found.push((name, bytes));
                }
            }
        }
    }
    found
}
