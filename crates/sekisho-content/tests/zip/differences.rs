//! Archives whose headers disagree: what a program that believes either would read is shown.

use super::build::{Part, archive, disagreeing, end};
use super::foreign::{CP932, decoded};
use super::{CLEAN, listed};

fn plan() -> Part {
    Part::deflated("plan.txt", "the plan, the plan, the plan")
}

#[test]
fn headers_that_agree_show_a_member_once() {
    let (lines, unread) = listed(&archive(&[plan(), Part::stored("b/c.txt", "c")]), &[]);
    assert_eq!(lines, ["plan.txt 28", "b/c.txt 1"]);
    assert_eq!(unread, CLEAN);
}

#[test]
fn a_name_that_only_the_local_header_has_is_shown_too() {
    let bytes = disagreeing(&[(plan().named("plan.exe"), Some(plan()))], b"");
    assert_eq!(listed(&bytes, &[]).0, ["plan.txt|plan.exe 28"]);
}

#[test]
fn a_member_that_no_directory_lists_is_shown() {
    let hidden = Part::stored("hidden.js", "hidden");
    let bytes = disagreeing(&[(plan(), Some(plan())), (hidden, None), (plan(), Some(plan()))], b"");
    let (lines, unread) = listed(&bytes, &[]);
    assert_eq!(lines, ["plan.txt 28", "plan.txt 28", "hidden.js 6"]);
    assert_eq!(unread, CLEAN);
}

#[test]
fn two_methods_are_two_members() {
    let central = Part { method: 0, size: plan().compressed, crc: crc32fast::hash(&plan().packed), ..plan() };
    let (lines, _) = listed(&disagreeing(&[(plan(), Some(central))], b""), &[]);
    assert_eq!(lines, [format!("plan.txt {}", plan().compressed), "plan.txt 28".to_owned()]);
}

#[test]
fn encrypted_for_the_one_and_clear_for_the_other() {
    let bytes = disagreeing(&[(plan(), Some(plan().flagged(1)))], b"");
    let (lines, unread) = listed(&bytes, &[]);
    assert_eq!(lines, ["plan.txt 28 locked", "plan.txt 28"]);
    assert_eq!(unread, ["locked:plan.txt"]);
}

#[test]
fn clear_for_the_one_and_encrypted_for_the_other() {
    let bytes = disagreeing(&[(plan().flagged(1), Some(plan()))], b"");
    let (lines, unread) = listed(&bytes, &[]);
    assert_eq!(lines, ["plan.txt 28", "plan.txt 28 locked"]);
    assert_eq!(unread, ["locked:plan.txt"]);
}

#[test]
fn members_in_what_a_stream_leaves_of_its_bytes_are_shown() {
    let hidden = Part::stored("hidden.js", "hidden").local();
    let packed = [&plan().packed[..], &hidden].concat();
    let part = Part { compressed: packed.len() as u32, packed, ..plan() };
    let (lines, unread) = listed(&archive(&[part]), &[]);
    assert_eq!(lines, ["plan.txt 28".to_owned(), format!("{} appended", hidden.len())]);
    assert_eq!(unread, CLEAN);
}

#[test]
fn sizes_that_lie_lose_nothing_and_are_said() {
    let small = Part { size: 3, compressed: 4, ..plan() };
    let (lines, unread) = listed(&archive(&[small]), &[]);
    assert_eq!(lines, ["plan.txt 28 damaged"]);
    assert_eq!(unread, ["damaged:plan.txt"]);
    let unknown = Part { size: 0, compressed: 0, crc: 0, ..plan() };
    let (lines, unread) = listed(&disagreeing(&[(unknown, Some(plan()))], b""), &[]);
    assert_eq!((lines, unread.len()), (vec!["plan.txt 28".to_owned()], 0));
    let known = decoded(CP932);
    let lost = [&known[..14], &[0; 12], &known[26..]].concat();
    assert_eq!(listed(&lost, &["パス"]).0, ["plan.txt 171"], "encrypted, without sizes in front");
}

#[test]
fn a_wrong_checksum_keeps_the_content() {
    let wrong = Part { crc: 1, ..plan() };
    assert_eq!(listed(&archive(&[wrong]), &[]).0, ["plan.txt 28 damaged"]);
}

#[test]
fn sizes_behind_the_content_are_found_without_a_directory() {
    for with_mark in [true, false] {
        let before = Part { size: 0, compressed: 0, crc: 0, ..plan() }.flagged(8);
        let mut bytes = before.local();
        if with_mark {
            bytes.extend_from_slice(b"PK\x07\x08");
        }
        for number in [plan().crc, plan().compressed, plan().size] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        let (lines, unread) = listed(&[bytes, Part::stored("b.txt", "b").local()].concat(), &[]);
        assert_eq!(lines, ["plan.txt 28", "b.txt 1"]);
        assert_eq!(unread, ["damaged:directory"]);
    }
}

#[test]
fn the_members_of_two_archives_in_one_file_are_shown() {
    let first = archive(&[Part::stored("first.txt", "1")]);
    let both = [first, archive(&[Part::stored("second.txt", "2")])].concat();
    let (mut lines, unread) = listed(&both, &[]);
    lines.sort();
    assert_eq!(lines, ["first.txt 1", "second.txt 1"]);
    assert_eq!(unread, CLEAN);
}

#[test]
fn an_archive_inside_is_a_member_and_its_members_are_not() {
    let inner = archive(&[Part::stored("inner.txt", "1")]);
    let bytes = archive(&[Part::stored("inner.zip", &inner), plan()]);
    assert_eq!(listed(&bytes, &[]).0, [format!("inner.zip {}", inner.len()), "plan.txt 28".to_owned()]);
}

#[test]
fn a_comment_that_looks_like_an_end_record_hides_nothing() {
    let comment = end(0, 0, 0, b"");
    let bytes = disagreeing(&[(plan(), Some(plan()))], &comment);
    assert_eq!(listed(&bytes, &[]).0, ["plan.txt 28"]);
}

#[test]
fn a_method_that_nobody_reads_here_is_said() {
    let (lines, unread) = listed(&archive(&[Part { method: 96, ..plan() }]), &[]);
    assert_eq!(lines, ["plan.txt 28 unsupported"]);
    assert_eq!(unread, ["unsupported:method 96"]);
}

#[test]
fn strong_encryption_is_locked() {
    let (lines, unread) = listed(&archive(&[plan().flagged(0x41)]), &["sekisho"]);
    assert_eq!(lines, ["plan.txt 28 locked"]);
    assert_eq!(unread, ["locked:plan.txt"]);
}

#[test]
fn one_volume_of_several_is_called_split() {
    let first = [b"PK\x07\x08".to_vec(), plan().local()].concat();
    assert_eq!(listed(&first, &[]).1, ["unsupported:split"]);
    let directory = plan().central(0);
    let mut last = end(1, directory.len(), 0, b"");
    last[4] = 2;
    let (lines, unread) = listed(&[b"PK\x03\x04 rest".to_vec(), directory, last].concat(), &[]);
    assert!(lines.contains(&"plan.txt 28 unsupported".to_owned()), "{lines:?}");
    assert_eq!(unread[0], "unsupported:split");
}
