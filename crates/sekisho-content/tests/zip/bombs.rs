//! Archives that never end: each is left within the purse, and what was left is said.

use sekisho_content::{Budget, Kind, Unread};

use super::build::{Part, archive, end};
use super::{listed, seen_as};

const MIB: usize = 1024 * 1024;

fn small_purse() -> Budget {
    Budget { expanded_bytes_left: 8 * MIB as u64, member_bytes_kept_max: 64 * 1024, ..Budget::default() }
}

#[test]
fn members_that_share_their_bytes_pay_for_them_each_time() {
    let zeros = Part::deflated("zeros", vec![0; MIB]);
    let mut directory = Vec::new();
    for number in 0..1000 {
        directory.extend(zeros.named(format!("zeros-{number:04}")).central(0));
    }
    let local = zeros.local();
    let end = end(1000, directory.len(), local.len(), b"");
    let bytes = [local, directory, end].concat();
    let (seen, opened) = seen_as(Kind::Zip, &bytes, &[], &mut small_purse());
    assert!(opened.unread.iter().any(|(unread, _)| *unread == Unread::TooLarge), "{opened:?}");
    assert!(seen.iter().filter(|(line, _)| !line.ends_with("too-large")).count() <= 8);
    assert_eq!(seen.len(), 1000, "names are listed to the end");
}

#[test]
fn more_members_than_the_purse_pays_for_are_said() {
    let parts: Vec<Part> = (0..50).map(|number| Part::stored(format!("{number}"), "1")).collect();
    let mut purse = Budget { members_left: 20, ..Budget::default() };
    let (seen, opened) = seen_as(Kind::Zip, &archive(&parts), &[], &mut purse);
    assert_eq!(seen.len(), 20);
    assert!(opened.unread.iter().any(|(unread, _)| *unread == Unread::TooLarge));
}

#[test]
fn an_archive_that_holds_itself_is_opened_one_level() {
    // A stored member that covers the whole file, its own headers included.
    let mut part = Part::stored("self.zip", "");
    let length = (30 + 8) + (46 + 8) + 22;
    (part.size, part.compressed) = (length, length);
    let bytes = archive(&[part]);
    let (lines, unread) = listed(&bytes, &[]);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_eq!(unread, ["damaged:self.zip"]);
}

#[test]
fn archives_in_archives_are_members_each_level_paid_for() {
    let mut level = Part::deflated("0", vec![0; 4 * MIB]);
    for depth in 1..5 {
        let parts: Vec<Part> = (0..16).map(|number| level.named(format!("{number}.zip"))).collect();
        level = Part::deflated(format!("{depth}"), archive(&parts));
    }
    let (seen, _) = seen_as(Kind::Zip, &archive(&[level]), &[], &mut small_purse());
    assert_eq!(seen.len(), 1);
}

#[test]
fn headers_without_end_are_left() {
    let mut bytes = Vec::new();
    for _ in 0..70_000 {
        bytes.extend(Part::stored("a", "").local());
    }
    let (_, opened) = seen_as(Kind::Zip, &bytes, &[], &mut Budget { members_left: 100_000, ..small_purse() });
    assert!(opened.unread.iter().any(|(unread, _)| *unread == Unread::TooLarge));
}
