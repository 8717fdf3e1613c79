//! Archives behind something, and with something behind them.

use sekisho_content::{Kind, kind, sample};

use super::build::{Part, archive};
use super::{CLEAN, listed};

fn two() -> Vec<u8> {
    archive(&[Part::stored("a.txt", "a"), Part::deflated("b.txt", "bbbbbbbbbbbbbbbb")])
}

/// The same with places counted from the beginning of the file that holds it.
fn two_behind(length: usize) -> Vec<u8> {
    let mut bytes = two();
    let end = bytes.len() - 22;
    let directory = u32::from_le_bytes(bytes[end + 16..end + 20].try_into().expect("four")) as usize;
    let mut places = vec![end + 16];
    let mut at = directory;
    while bytes[at..].starts_with(b"PK\x01\x02") {
        places.push(at + 42);
        at += 46 + usize::from(bytes[at + 28]);
    }
    for place in places {
        let number = u32::from_le_bytes(bytes[place..place + 4].try_into().expect("four"));
        bytes[place..place + 4].copy_from_slice(&(number + length as u32).to_le_bytes());
    }
    bytes
}

#[test]
fn an_archive_behind_a_program_or_picture_is_appended() {
    for carrier in [Kind::WindowsProgram, Kind::Png, Kind::Jpeg] {
        let carrier = sample(carrier).expect("a sample");
        for archive in [two(), two_behind(carrier.len())] {
            let bytes = [carrier.clone(), archive.clone()].concat();
            assert_eq!(kind(&bytes), kind(&carrier));
            let (lines, unread) = listed(&bytes, &[]);
            assert_eq!((lines, unread.len()), (vec![format!("{} appended", archive.len())], 0));
            assert_eq!(listed(&archive, &[]).0, ["a.txt 1", "b.txt 16"], "places of the holder");
        }
    }
}

#[test]
fn a_program_without_an_archive_holds_nothing() {
    for mark in ["PK\x03\x04", "PK\x05\x06", "PK\x03\x04PK\x01\x02PK\x05\x06"] {
        let bytes = [sample(Kind::WindowsProgram).expect("a sample"), mark.into(), vec![0; 200]].concat();
        assert_eq!(listed(&bytes, &[]).0, CLEAN);
    }
}

#[test]
fn what_stands_in_front_or_behind_does_not_matter() {
    for prefix in ["", "text in front\r\n"] {
        for suffix in [0, 100, 100_000] {
            let bytes = [prefix.as_bytes(), &two(), &vec![b'x'; suffix]].concat();
            let (lines, unread) = listed(&bytes, &[]);
            assert_eq!(lines, ["a.txt 1", "b.txt 16"], "{prefix} {suffix}");
            assert_eq!(unread, CLEAN);
        }
    }
}

#[test]
fn without_an_end_record_the_local_headers_remain() {
    let bytes = two();
    let directory = bytes.windows(4).position(|four| four == b"PK\x01\x02").expect("a directory");
    let (lines, unread) = listed(&bytes[..directory], &[]);
    assert_eq!(lines, ["a.txt 1", "b.txt 16"]);
    assert_eq!(unread, ["damaged:directory"]);
}

#[test]
fn a_browser_extension_is_an_archive_behind_its_signature() {
    let signed = [sample(Kind::BrowserExtension).expect("a sample"), two()].concat();
    assert_eq!(kind(&signed), Kind::BrowserExtension);
    assert_eq!(listed(&signed, &[]), (vec!["a.txt 1".to_owned(), "b.txt 16".to_owned()], Vec::new()));
}
