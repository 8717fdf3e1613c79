//! The encrypted files of the oletools set: what opens under a program's own password is opened, what does not is locked.

#![allow(clippy::print_stdout, reason = "a set that is missing is told")]

use std::path::{Path, PathBuf};

use sekisho_content::{Budget, DeedKind, Keys, Opened, Unread, kind, open};

/// Every encrypted file of the set, or nothing where the set was not fetched.
fn files() -> Vec<PathBuf> {
    let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/oletools");
    let Ok(folder) = std::fs::read_dir(set.join("encrypted")) else {
        println!("not looked at: data/oletools is missing; fetch it with `make data`");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = folder.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.push(set.join("basic/encrypted.docx"));
    files.sort();
    files
}

fn opened(bytes: &[u8], keys: &[&str], budget: Budget) -> Opened {
    let keys = Keys::new(keys.iter().map(|key| (*key).to_owned()));
    open(bytes, kind(bytes), &keys, &mut { budget }, &mut |_| {})
}

fn is_locked(opened: &Opened) -> bool {
    opened.unread.iter().any(|(unread, _)| *unread == Unread::Locked)
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

#[test]
fn a_programs_own_password_opens_without_a_key() {
    for path in files() {
        let (name, bytes) = (name(&path), std::fs::read(&path).expect("a file of the set"));
        let opened = opened(&bytes, &["wrong"], Budget::default());
        assert_eq!(is_locked(&opened), !name.contains("standardpassword"), "{name}: {:?}", opened.unread);
        assert_eq!(opened.key, None, "{name}");
        let has_macro = opened.deeds.iter().any(|deed| deed.kind == DeedKind::Macro);
        assert_eq!(has_macro, name.starts_with("autostart"), "{name}: {:?}", opened.deeds);
    }
}

#[test]
fn the_right_key_is_found_and_named() {
    for path in files() {
        let (name, bytes) = (name(&path), std::fs::read(&path).expect("a file of the set"));
        if name.contains("standardpassword") {
            continue;
        }
        let opened = opened(&bytes, &["wrong", "encrypted", "oletools"], Budget::default());
        assert!(!is_locked(&opened), "{name}: {:?}", opened.unread);
        assert_eq!(opened.key, Some(if path.ends_with("basic/encrypted.docx") { 2 } else { 1 }), "{name}");
    }
}

#[test]
fn what_cannot_be_tried_or_does_not_agree_is_said() {
    let Some(path) = files().into_iter().find(|path| name(path) == "encrypted.docx") else { return };
    let mut bytes = std::fs::read(&path).expect("a file of the set");
    let poor = Budget { derivation_left: 99_999, ..Budget::default() };
    let stays = opened(&bytes, &["encrypted"], poor);
    assert!(stays.unread.contains(&(Unread::Locked, "derivation".to_owned())), "{:?}", stays.unread);
    // A byte of the package is changed: it opens, and the keyed hash over it disagrees.
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    let changed = opened(&bytes, &["encrypted", "oletools"], Budget::default());
    assert!(changed.unread.contains(&(Unread::Damaged, "integrity".to_owned())), "{:?}", changed.unread);
}

#[test]
fn cut_files_are_never_clean() {
    for path in files() {
        let bytes = std::fs::read(&path).expect("a file of the set");
        for end in (512..bytes.len()).step_by(bytes.len() / 12) {
            let budget = Budget { derivation_left: 1_000, ..Budget::default() };
            let opened = opened(&bytes[..end], &["encrypted"], budget);
            assert!(!opened.unread.is_empty(), "{} cut at {end}", name(&path));
        }
    }
}
