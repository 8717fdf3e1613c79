//! For the tests of archives: an archive in hexadecimal → one line a member, and what damage to it does.

use crate::open::{Budget, Keys, Member, Opened};
use crate::{Kind, Unread, kind, open};

/// The bytes that hexadecimal digits stand for; white space between them is left away.
pub(super) fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits: Vec<u8> = hexadecimal.bytes().filter(u8::is_ascii_hexdigit).collect();
    let value = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(value).collect()
}

/// Opens with these passwords: the members as `name | size | text or reason`, and the rest of the answer.
pub(super) fn opened(bytes: &[u8], keys: &[&str]) -> (Vec<String>, Opened) {
    opened_as(kind(bytes), bytes, keys, &mut Budget::default())
}

pub(super) fn opened_as(
    kind: Kind,
    bytes: &[u8],
    keys: &[&str],
    budget: &mut Budget,
) -> (Vec<String>, Opened) {
    let keys = Keys::new(keys.iter().map(|key| (*key).to_owned()));
    let mut lines = Vec::new();
    let opened = open(bytes, kind, &keys, budget, &mut |member| lines.push(line(&member)));
    (lines, opened)
}

fn line(member: &Member<'_>) -> String {
    let names = member.names.join(" = ");
    let told = match member.unread {
        Some(unread) => unread.id().to_owned(),
        None => String::from_utf8_lossy(&member.bytes).into_owned(),
    };
    format!("{names} | {} | {told}", member.size_bytes)
}

/// Cuts at every length and flips every byte: what is not the whole archive's answer says so.
pub(super) fn withstands_damage(whole: &[u8], keys: &[&str]) {
    let of = kind(whole);
    let mut budget = Budget::default();
    let (lines, opened) = opened_as(of, whole, keys, &mut budget);
    assert_eq!(opened.unread, [], "{lines:?}");
    let check = |bytes: &[u8], what: &str| {
        // Derivation is what takes long; a stated number of rounds may have grown.
        let mut budget = Budget { derivation_left: 2_000_000, ..Budget::default() };
        let (damaged, told) = opened_as(of, bytes, keys, &mut budget);
        let same = damaged == lines;
        let says = !told.unread.is_empty();
        assert!(same || says, "{what}: {damaged:?} {told:?}");
    };
    // Each try with a password derives its key: then some places stand for all.
    let (step, flips): (usize, &[u8]) = if keys.is_empty() { (1, &[0x01, 0x80, 0xff]) } else { (7, &[0x80]) };
    for at in (0..whole.len()).step_by(step) {
        check(whole.get(..at).unwrap(), &format!("cut at {at}"));
        for flip in flips {
            let mut bytes = whole.to_vec();
            *bytes.get_mut(at).unwrap() ^= flip;
            check(&bytes, &format!("byte {at} by {flip:02x}"));
        }
    }
}

/// Whether this reason was given.
pub(super) fn says(opened: &Opened, unread: Unread) -> bool {
    opened.unread.iter().any(|(reason, _)| *reason == unread)
}
