//! The PDFs of pypdf's own tests (`make data`) as `sekisho_content::open` reads them: all are opened, none is called
//! dangerous, those that need a password open with theirs.

#![allow(clippy::print_stdout, reason = "a set that is missing is told")]

use std::path::{Path, PathBuf};

use sekisho_content::{Budget, Danger, Keys, Opened, Unread, kind, open};

/// Files that open with one of these words; with others, or none, they stay locked.
const LOCKED: &[(&str, &str)] = &[
    ("encrypted-file.pdf", "test"),
    ("crazyones-encrypted-256.pdf", "password"),
    ("libreoffice-writer-password.pdf", "openpassword"),
    ("r2-user-password.pdf", "asdfzxcv"),
    ("r3-user-password.pdf", "asdfzxcv"),
    ("r4-user-password.pdf", "asdfzxcv"),
    ("r4-aes-user-password.pdf", "asdfzxcv"),
    ("r6-both-passwords.pdf", "foo"),
    ("r6-both-passwords.pdf", "bar"),
    ("r6-cleartext-metadata.pdf", "foo"),
];

#[test]
fn real_documents_are_opened_and_quiet() {
    let files = files();
    let mut loud = Vec::new();
    for (name, bytes) in &files {
        let opened = opened(bytes, &["wrong".to_owned()]);
        let is_locked = LOCKED.iter().any(|(locked, _)| locked == name);
        let expected = if is_locked { vec![Unread::Locked] } else { Vec::new() };
        let unread: Vec<Unread> = opened.unread.iter().map(|(unread, _)| *unread).collect();
        assert_eq!(unread, expected, "{name}: {:?}", opened.unread);
        loud.extend(opened.deeds.iter().filter(|deed| deed.danger >= Danger::Active).map(|deed| {
            let links = deed.links.join(" ");
            format!("{name}: {:?} {:?} {} {links}", deed.kind, deed.danger, deed.does.join(", "))
        }));
    }
    // A form of the author's with a button that sends it to a web address.
    let expected = ["pdflatex-forms.pdf: ExternalObject Active SubmitForm http://exampe.com"];
    assert!(files.is_empty() || loud == expected, "{loud:#?}");
}

#[test]
fn each_locked_document_opens_with_its_password() {
    let files = files();
    for (name, password) in LOCKED.iter().filter(|_| !files.is_empty()) {
        let (_, bytes) = files.iter().find(|(known, _)| known == name).expect("the file");
        let opened = opened(bytes, &["wrong".to_owned(), (*password).to_owned()]);
        assert_eq!((opened.unread, opened.key), (Vec::new(), Some(1)), "{name}");
    }
}

#[test]
fn cut_documents_are_never_clean() {
    for (name, bytes) in files().iter().filter(|(_, bytes)| bytes.len() < 40_000) {
        for tenth in 1..10 {
            let (kept, cut_off) = bytes.split_at(bytes.len() * tenth / 10);
            let opened = opened(kept, &[]);
            // Where only the table of contents is cut off, every object is still read.
            let lacks_objects = cut_off.windows(6).any(|word| word == b"endobj");
            assert!(!lacks_objects || !opened.unread.is_empty(), "{name} cut to {tenth} tenths");
        }
    }
}

fn opened(bytes: &[u8], passwords: &[String]) -> Opened {
    let keys = Keys::new(passwords.iter().cloned());
    open(bytes, kind(bytes), &keys, &mut Budget::default(), &mut |_| {})
}

/// Every PDF with its name; none, and a word about it, where the data are not there.
fn files() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/pypdf");
    let folders = [root.clone(), root.join("encryption")];
    let mut paths: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flat_map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())))
        .filter(|path| path.extension().is_some_and(|extension| extension == "pdf"))
        .collect();
    paths.sort();
    if paths.is_empty() {
        println!("data/pypdf is not there: real PDFs were not looked at");
    }
    let named = |path: &PathBuf| Some((path.file_name()?.to_str()?.to_owned(), std::fs::read(path).ok()?));
    paths.iter().filter_map(named).collect()
}
