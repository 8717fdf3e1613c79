//! Archives cut at every length and with every byte changed: the members come out as they were, or something is said.

use sekisho_content::{Budget, Kind, sample};

use super::build::{Part, archive};
use super::foreign::{AES, METHODS, TRADITIONAL, decoded};
use super::shrunk::part;
use super::{Seen, seen_as};

fn purse() -> Budget {
    Budget { derivation_left: 200_000, ..Budget::default() }
}

fn contents(seen: &[Seen]) -> Vec<&[u8]> {
    let mut contents: Vec<&[u8]> = seen.iter().map(|(_, content)| content.as_slice()).collect();
    contents.sort_unstable();
    contents
}

/// The members are the same as without damage, or it is said that they are not.
fn is_told(whole: &[Seen], bytes: &[u8], passwords: &[&str]) -> bool {
    let (seen, opened) = seen_as(Kind::Zip, bytes, passwords, &mut purse());
    !opened.unread.is_empty() || contents(&seen) == contents(whole)
}

fn withstands(bytes: &[u8], passwords: &[&str], flips: &[u8], step: usize) {
    let (whole, opened) = seen_as(Kind::Zip, bytes, passwords, &mut purse());
    assert_eq!(opened.unread, []);
    for length in (0..bytes.len()).step_by(step) {
        let (_, opened) = seen_as(Kind::Zip, &bytes[..length], passwords, &mut purse());
        assert!(!opened.unread.is_empty(), "clean when cut at {length}");
    }
    for at in (0..bytes.len()).step_by(step) {
        for flip in flips {
            let mut damaged = bytes.to_vec();
            damaged[at] ^= flip;
            assert!(is_told(&whole, &damaged, passwords), "byte {at} by {flip:#x}");
        }
    }
}

#[test]
fn damage_is_said() {
    let text = "line after line after line after line\n".repeat(3);
    let parts = [Part::stored("a.txt", "the first"), Part::deflated("b/c.txt", text)];
    withstands(&archive(&parts), &[], &[0x01, 0x08, 0x40, 0x80, 0xff], 1);
    withstands(&sample(Kind::Zip).expect("a sample"), &[], &[0x01, 0x80, 0xff], 1);
}

#[test]
fn damage_in_any_method_is_said() {
    for (method, base64) in METHODS {
        let step = if method.ends_with("AES-256") { 9 } else { 1 };
        withstands(&decoded(base64), &["sekisho", "first"], &[0x01, 0x80], step);
    }
    let text = b"line after line after line after line\n".repeat(3);
    withstands(&archive(&[part("a.txt", &text)]), &[], &[0x01, 0x80], 1);
}

#[test]
fn damage_to_locked_archives_is_said() {
    withstands(&decoded(TRADITIONAL), &["sekisho", "barrier"], &[0x01, 0x80], 1);
    // Each try derives keys, which takes long.
    withstands(&decoded(AES), &["first", "second", "third"], &[0x80], 7);
}
