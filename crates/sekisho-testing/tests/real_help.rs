//! Compiled help that others made (`make data`) as `sekisho_content::open` reads it.

#![allow(clippy::print_stdout, reason = "a set that is missing is told")]

use std::path::Path;

use sekisho_content::{Budget, Keys, Kind, kind, open};

#[test]
fn the_program_in_a_help_file_is_the_one_in_an_archive() {
    let Some(help) = file("clamav-testfiles/clam.chm") else { return };
    assert_eq!(kind(&help), Kind::Chm);
    let (members, unread) = opened(&help);
    assert_eq!(unread, [] as [String; 0]);
    let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["clam.exe.txt", "clam.chm.hhc", "clam.chm.hhk"]);
    if let Some(archive) = file("clamav-testfiles/clam.zip") {
        let (archived, _) = opened(&archive);
        assert_eq!(archived.first().map(|(_, bytes)| bytes), members.first().map(|(_, bytes)| bytes));
    }
}

fn opened(bytes: &[u8]) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let mut members = Vec::new();
    let opened = open(bytes, kind(bytes), &Keys::default(), &mut Budget::default(), &mut |member| {
        members.push((member.names.join("|"), member.bytes.to_vec()));
    });
    let unread = opened.unread.iter().map(|(unread, detail)| format!("{} {detail}", unread.id())).collect();
    (members, unread)
}

fn file(path: &str) -> Option<Vec<u8>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let found = std::fs::read(data.join(path)).ok();
    if found.is_none() {
        println!("not looked at: {path} is not there (make data)");
    }
    found
}
