//! Archives that LHA wrote, whole and damaged; and headers made here.

use crate::archive::tested::{bytes, opened, says};
use crate::{Kind, Unread, kind};

/// `b.txt`, packed with -lh5-, in headers of level 0, 1 and 2.
const LEVELS: [&str; 3] = [
    "1b5a2d6c68352d180000002b000000ec5c7a5d200005622e747874ceb200103b6e6635819ec7c211ea724324409ca72e834e1691f800",
    "1e652d6c68352d1d0000002b000000ec5c7a5d200105622e747874ceb200050000dac8000000103b6e6635819ec7c211ea724324409ca72e834e
    1691f800",
    "27002d6c68352d180000002b0000006d1a086b2002ceb20005000096e3080001622e747874000000103b6e6635819ec7c211ea724324409ca72e
    834e1691f800",
];

const LINE: &str = "b.txt | 43 | second member, second member, second member";

/// A file of a level 0 archive, stored.
fn stored(method: &[u8; 5], name: &[u8], content: &[u8], crc: u16) -> Vec<u8> {
    let size = (content.len() as u32).to_le_bytes();
    let base =
        [method.as_slice(), &size, &size, &[0; 4], &[0x20, 0, name.len() as u8], name, &crc.to_le_bytes()]
            .concat();
    let sum = base.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    [&[base.len() as u8, sum], base.as_slice(), content].concat()
}

#[test]
fn every_level_of_header_is_read() {
    for archive in LEVELS {
        let (members, told) = opened(&bytes(archive), &[]);
        assert_eq!((members, told.unread), (vec![LINE.to_owned()], Vec::new()));
    }
}

#[test]
fn names_are_read_in_the_code_page_of_japanese_systems() {
    let name = encoding_rs::SHIFT_JIS.encode("注文\\表.txt").0;
    let archive =
        [stored(b"-lhd-", b"dir\\", b"", 0), stored(b"-lh0-", &name, b"hello", 0x34d2), vec![0]].concat();
    assert_eq!(kind(&archive), Kind::Lzh);
    let (members, told) = opened(&archive, &[]);
    assert!(members[0].starts_with("注文/表.txt"), "{members:?}");
    assert_eq!((members.len(), told.unread), (1, Vec::new()), "{members:?}");
}

#[test]
fn a_method_that_is_not_read_is_named() {
    let archive = [stored(b"-lh2-", b"a.txt", b"hello", 0), vec![0]].concat();
    let (members, told) = opened(&archive, &[]);
    assert_eq!(members, ["a.txt | 5 | unsupported"]);
    assert_eq!(told.unread, [(Unread::Unsupported, "lzh -lh2-".to_owned())]);
}

#[test]
fn what_stands_behind_a_damaged_header_is_found() {
    let whole = bytes(LEVELS[0]);
    let first = stored(b"-lh0-", b"a.txt", b"hello", 0x34d2);
    let archive = [first.as_slice(), b"\x07 rubbish ", &whole].concat();
    let (members, told) = opened(&archive, &[]);
    assert_eq!(members, ["a.txt | 5 | hello", LINE]);
    assert!(says(&told, Unread::Damaged));
}

#[test]
fn damage_to_the_content_is_said_and_no_damage_panics() {
    for archive in LEVELS {
        let whole = bytes(archive);
        for at in 0..whole.len() {
            let (members, told) = opened(whole.get(..at).unwrap(), &[]);
            assert!(members.first().is_none_or(|line| line == LINE) || !told.unread.is_empty(), "{at}");
            for flip in [0x01, 0x80, 0xff] {
                let mut damaged = whole.clone();
                damaged[at] ^= flip;
                let (members, told) = opened(&damaged, &[]);
                // Only the last 25 bytes before the end are content; the rest of level 2 has no checksum.
                let in_content = (whole.len() - 25..whole.len() - 1).contains(&at);
                assert!(!in_content || !told.unread.is_empty() || members == [LINE], "{at}: {members:?}");
            }
        }
    }
}
