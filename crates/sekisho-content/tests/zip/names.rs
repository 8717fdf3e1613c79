//! The bytes of names → every name that a program would show.

use encoding_rs::{EUC_JP, SHIFT_JIS};

use super::build::{Part, archive};
use super::{CLEAN, listed};

fn names(part: Part) -> String {
    let (lines, unread) = listed(&archive(&[part]), &[]);
    assert_eq!(unread, CLEAN);
    lines.join("\n")
}

#[test]
fn japanese_names_are_read_in_the_encoding_of_their_writer() {
    let name = "表と請求書/一覧.exe";
    let windows = SHIFT_JIS.encode(name).0;
    assert!(names(Part::stored(&windows, "1")).starts_with(name));
    assert!(names(Part::stored(EUC_JP.encode(name).0, "1")).starts_with(name));
    assert!(names(Part::stored(name, "1")).starts_with(name), "UTF-8 without its flag");
    assert_eq!(names(Part::stored(name, "1").flagged(1 << 11)), format!("{name} 1"));
}

#[test]
fn backslashes_divide_folders() {
    assert_eq!(names(Part::stored(r"a\b.txt", "1")), "a/b.txt 1");
    assert_eq!(names(Part::stored(SHIFT_JIS.encode(r"表\表.txt").0, "1")), "表/表.txt 1");
}

#[test]
fn a_zero_byte_ends_the_name_for_some() {
    assert_eq!(names(Part::stored("plan.txt\0.exe", "1")), "plan.txt\0.exe|plan.txt 1");
}

#[test]
fn the_unicode_path_counts_where_it_was_made_for_the_name() {
    let field = |crc: u32| [&[1], &crc.to_le_bytes()[..], "計画.exe".as_bytes()].concat();
    let part = Part::stored("plan.txt", "1");
    let made_for_it = part.clone().with_extra(0x7075, &field(crc32fast::hash(b"plan.txt")));
    assert_eq!(names(made_for_it), "計画.exe|plan.txt 1");
    assert_eq!(names(part.with_extra(0x7075, &field(7))), "plan.txt 1");
}

#[test]
fn folders_are_no_members_unless_they_hold_something() {
    let bytes = archive(&[Part::stored("a/", ""), Part::stored(r"b\", ""), Part::stored("c/", "1")]);
    assert_eq!(listed(&bytes, &[]).0, ["c 1"]);
}
