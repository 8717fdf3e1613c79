//! Cabinets, whole and damaged.

use crate::archive::tested::{bytes, opened, opened_as, says};
use crate::{Budget, Kind, Unread};

/// `b.txt`, `注文/見積.txt` and `空.txt`, MSZIP, as gcab writes them.
const MSZIP: &str = "
4d53434600000000a1000000000000002c000000000000000301010003000000000000007c000000010001001c0000000000000000007a5d4e552000
622e74787400170000001c00000000007a5d4e55a000e6b3a8e696875ce8a68be7a98d2e74787400000000003300000000007a5d4e55a000e7a9ba2e
74787400dca077881d003300434b2b4e4dcecf4b51c84dcd4d4a2dd2512846e666a4e6e4e42b609000";

const FILES: [&str; 3] = [
    "b.txt | 28 | second member, second member",
    "注文/見積.txt | 23 | hello hello hello hello",
    "空.txt | 0 | ",
];

/// Where the data of the folder begin.
const DATA_AT: usize = 0x7c;

#[test]
fn files_come_in_the_order_of_their_content() {
    let (members, told) = opened(&bytes(MSZIP), &[]);
    assert_eq!((members.as_slice(), told.unread), (FILES.map(str::to_owned).as_slice(), Vec::new()));
}

#[test]
fn other_packings_and_sets_are_named() {
    let mut quantum = bytes(MSZIP);
    quantum[0x2a] = 2;
    let (members, told) = opened(&quantum, &[]);
    assert_eq!(members.len(), 3);
    assert_eq!(told.unread, [(Unread::Unsupported, "cab: quantum".to_owned())]);
    let mut split = bytes(MSZIP);
    // The first file goes on in the next cabinet.
    split[0x34..0x36].copy_from_slice(&[0xfe, 0xff]);
    let (members, told) = opened(&split, &[]);
    assert!(members.contains(&"b.txt | 28 | unsupported".to_owned()), "{members:?}");
    assert!(says(&told, Unread::Unsupported));
}

#[test]
fn content_under_two_names_is_one_member() {
    let mut twice = bytes(MSZIP);
    // The second file is given the place and size of the first.
    twice.copy_within(0x2c..0x34, 0x2c + 16 + 6);
    let (members, _) = opened(&twice, &[]);
    assert!(
        members.contains(&"b.txt = 注文/見積.txt | 28 | second member, second member".to_owned()),
        "{members:?}"
    );
}

#[test]
fn damage_is_said() {
    let whole = bytes(MSZIP);
    for cut in 1..whole.len() {
        let (_, told) = opened_as(Kind::Cab, whole.get(..cut).unwrap(), &[], &mut Budget::default());
        assert!(!told.unread.is_empty(), "cut at {cut}");
    }
    for at in 0..whole.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut damaged = whole.clone();
            damaged[at] ^= flip;
            let (members, told) = opened(&damaged, &[]);
            assert!(at < DATA_AT || !told.unread.is_empty(), "{at}: {members:?}");
        }
    }
}
