//! ZIP archives → their members: what two kinds of programs would see, what a password opens, and that damage is said.

use sekisho_content::{Budget, Hold, Keys, Kind, Opened, Unread, kind, open, sample};

/// A member as one line: names, size, what is wrong.
fn listed(bytes: &[u8], passwords: &[&str]) -> (Vec<String>, Opened) {
    let keys = Keys::new(passwords.iter().map(|password| (*password).to_owned()));
    let mut lines = Vec::new();
    let opened = open(bytes, kind(bytes), &keys, &mut Budget::default(), &mut |member| {
        let unread = member.unread.map_or("", |unread| unread.id());
        let appended = if member.hold == Hold::Appended { "appended" } else { "" };
        lines.push(
            format!("{} {} {unread}{appended}", member.names.join("|"), member.size_bytes).trim().to_owned(),
        );
    });
    (lines, opened)
}

#[test]
fn members_are_listed() {
    let bytes = sample(Kind::Zip).expect("a sample");
    let (lines, opened) = listed(&bytes, &[]);
    assert_eq!(lines, ["readme.txt 6"]);
    assert_eq!(opened, Opened::default());
}

#[test]
fn an_archive_behind_a_program_is_appended() {
    let archive = sample(Kind::Zip).expect("a sample");
    let program = sample(Kind::WindowsProgram).expect("a sample");
    let (lines, opened) = listed(&[program, archive.clone()].concat(), &[]);
    assert_eq!(lines, [format!("{} appended", archive.len())]);
    assert_eq!(opened, Opened::default());
}

#[test]
fn a_cut_archive_is_never_clean() {
    let bytes = sample(Kind::Zip).expect("a sample");
    for length in 4..bytes.len() {
        let cut = &bytes[..length];
        let mut budget = Budget::default();
        let opened = open(cut, Kind::Zip, &Keys::default(), &mut budget, &mut |_| {});
        assert!(opened.unread.iter().any(|(unread, _)| *unread == Unread::Damaged), "{length}: {opened:?}");
    }
}
