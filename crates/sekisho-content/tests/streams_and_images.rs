//! Small streams, archives and disk images, made by the programs that make such files → what `open` hands out of them;
//! and the same files cut and damaged, which must never panic nor look whole.
//!
//! The samples stand in `streams_and_images/samples.txt`: a name and the file, packed with xz, in base64.

use std::fmt::Write as _;
use std::io::Read as _;

use data_encoding::BASE64;
use sekisho_content::{Budget, Keys, Kind, Unread, kind, open};

const SAMPLES: &str = include_str!("streams_and_images/samples.txt");

/// Samples whose end can't be missed: nothing in the format says where it is, or what is cut off was never theirs.
const ENDS_ANYWHERE: &[&str] =
    &["list.Z", "legacy.lz4", "kwaj1.tx_", "garbage.gz", "members.gz", "names.a", "package.deb", "two.uue"];

fn ends_anywhere(name: &str) -> bool {
    ENDS_ANYWHERE.contains(&name) || name.ends_with(".tar")
}

/// Samples with a checksum over the whole content.
const CHECKED: &[&str] = &[
    "list.bz2",
    "list.xz",
    "filtered.xz",
    "list.lz",
    "list.zst",
    "list.lz4",
    "figures.hqx",
    "list.lzo",
    "packed.arj",
];

#[test]
fn each_sample_gives_what_was_packed() {
    let mut all = String::new();
    for (name, bytes) in samples() {
        let kind = kind(&bytes);
        let _ = writeln!(all, "== {name} {}\n{}", kind.id(), listing(&bytes, kind).text);
    }
    insta::assert_snapshot!(all);
}

#[test]
fn what_is_cut_is_said() {
    for (name, bytes) in samples() {
        let kind = kind(&bytes);
        let whole = listing(&bytes, kind).text;
        for length in places(&bytes) {
            let cut = listing(&bytes[..length], kind);
            let said = cut.has_reason || cut.text == whole || ends_anywhere(name);
            assert!(said, "{name} cut at {length}:\n{}", cut.text);
        }
    }
}

#[test]
fn damage_never_panics_and_checksums_tell() {
    for (name, mut bytes) in samples() {
        let kind = kind(&bytes);
        let whole = listing(&bytes, kind).text;
        for place in places(&bytes) {
            for flip in [0x01, 0xff] {
                bytes[place] ^= flip;
                let damaged = listing(&bytes, kind);
                bytes[place] ^= flip;
                let same = same_contents(&damaged.text, &whole);
                assert!(
                    damaged.has_reason || same || !CHECKED.contains(&name),
                    "{name} at {place}: {}",
                    damaged.text
                );
            }
        }
    }
}

/// Formats that are named and not opened: each says so, with its own word.
#[test]
fn what_is_not_read_is_said() {
    let unread = [
        Kind::Ace,
        Kind::Zoo,
        Kind::Alz,
        Kind::Egg,
        Kind::Gca,
        Kind::Yz1,
        Kind::StuffIt,
        Kind::Lrzip,
        Kind::DocuWorks,
        Kind::Vmdk,
        Kind::Vdi,
        Kind::Qcow,
        Kind::Dmg,
        Kind::Wim,
        Kind::SquashFs,
    ];
    for kind in unread {
        let bytes = sekisho_content::sample(kind).expect("a sample");
        let opened = open(&bytes, kind, &Keys::default(), &mut Budget::default(), &mut |_| {});
        assert_eq!(opened.unread, [(Unread::Unsupported, kind.id().to_owned())]);
    }
}

#[test]
fn a_garbled_archive_opens_with_its_password_alone() {
    let (_, bytes) = samples().find(|(name, _)| *name == "garbled.arj").expect("the sample");
    for (passwords, key) in [(&["wrong", "open123"][..], Some(1)), (&["wrong", "open1234"], None)] {
        let keys = Keys::new(passwords.iter().map(|password| (*password).to_owned()));
        let mut sizes = Vec::new();
        let opened = open(&bytes, Kind::Arj, &keys, &mut Budget::default(), &mut |member| {
            sizes.push(member.bytes.len())
        });
        assert_eq!((opened.key, sizes == [1354]), (key, key.is_some()), "{:?}", opened.unread);
    }
}

struct Listing {
    text: String,
    has_reason: bool,
}

/// A line a member: names, size, how it is held, the end of its content.
fn listing(bytes: &[u8], kind: Kind) -> Listing {
    // What damage asks for must not make the tests slow.
    let mut budget = Budget {
        expanded_bytes_left: 8 * 1024 * 1024,
        work_left: 100_000,
        member_bytes_kept_max: 64 * 1024,
        ..Budget::default()
    };
    let mut text = String::new();
    let mut has_reason = false;
    let opened = open(bytes, kind, &Keys::default(), &mut budget, &mut |member| {
        let end = &member.bytes[member.bytes.len().saturating_sub(16)..];
        let reason = member.unread.map_or("", |unread| unread.id());
        has_reason |= member.unread.is_some();
        let _ = writeln!(
            text,
            "{:?} {} {:?} \"{}\" {reason}",
            member.names,
            member.size_bytes,
            member.hold,
            end.escape_ascii()
        );
    });
    for (unread, detail) in &opened.unread {
        let _ = writeln!(text, "! {} {detail}", unread.id());
        has_reason = true;
    }
    Listing { text, has_reason }
}

/// Whether two listings differ at most in names, which no checksum covers.
fn same_contents(one: &str, other: &str) -> bool {
    let contents = |text: &str| -> Vec<String> {
        text.lines().filter_map(|line| line.split_once(']')).map(|(_, rest)| rest.to_owned()).collect()
    };
    contents(one) == contents(other)
}

/// Every place of a small file; of a large one, those around which something stands, spread evenly.
fn places(bytes: &[u8]) -> Vec<usize> {
    const EVERY_UP_TO: usize = 400;
    if bytes.len() <= EVERY_UP_TO {
        return (0..bytes.len()).collect();
    }
    let filled: Vec<usize> = (0..bytes.len()).filter(|place| bytes[*place] != 0).collect();
    let step = (filled.len() / 60).max(1);
    filled.into_iter().step_by(step).collect()
}

fn samples() -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    SAMPLES.lines().map(|line| {
        let (name, packed) = line.split_once(' ').expect("a name and base64");
        let packed = BASE64.decode(packed.as_bytes()).expect("base64");
        let mut bytes = Vec::new();
        lzma_rust2::XzReader::new(packed.as_slice(), false).read_to_end(&mut bytes).expect("xz");
        (name, bytes)
    })
}
