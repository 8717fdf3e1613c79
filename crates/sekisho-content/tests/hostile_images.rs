//! Images and archives that lie on purpose: circles of clusters and folders, sizes that no disk has, holes that would use
//! up what the next file needs. Each ends, keeps what is true, and says what is wrong.

use std::io::Read as _;

use data_encoding::BASE64;
use sekisho_content::{Budget, Keys, Kind, Unread, open};

const SAMPLES: &str = include_str!("streams_and_images/samples.txt");

#[test]
fn a_circle_of_clusters_ends() {
    let mut image = sample("fat12.img");
    let entry = find(&image, b"ALONGN~1TXT");
    let first = usize::from(u16::from_le_bytes([image[entry + 26], image[entry + 27]]));
    // The table begins behind the boot sector; its numbers have twelve bits.
    let reserved = usize::from(u16::from_le_bytes([image[14], image[15]])) * 512;
    let place = reserved + first * 3 / 2;
    if first % 2 == 1 {
        image[place] = image[place] & 0x0f | (first as u8) << 4;
        image[place + 1] = (first >> 4) as u8;
    } else {
        image[place] = first as u8;
        image[place + 1] = image[place + 1] & 0xf0 | (first >> 8) as u8;
    }
    image[entry + 28..entry + 32].copy_from_slice(&u32::MAX.to_le_bytes());
    let told = told(&image, Kind::ImgFat);
    assert!(told.contains("sub/a long name of more than thirteen.txt damaged"), "{told}");
    assert!(told.contains("sub/請求書.exe -"), "{told}");
}

#[test]
fn a_folder_in_itself_is_looked_into_once() {
    let mut image = sample("fat12.img");
    let sub = find(&image, b"SUB        ");
    let cluster = [image[sub + 26], image[sub + 27]];
    // A row behind the last of the folder.
    let last = find(&image, b"ALONGN~1TXT");
    let row = last + 32;
    assert_eq!(image[row], 0);
    image[row..row + 11].copy_from_slice(b"AGAIN      ");
    image[row + 11] = 0x10;
    image[row + 26..row + 28].copy_from_slice(&cluster);
    let told = told(&image, Kind::ImgFat);
    assert!(told.contains("! damaged folder in itself"), "{told}");
    assert_eq!(told.matches("請求書.exe").count(), 1, "{told}");
}

#[test]
fn a_folder_of_a_disc_that_leads_to_the_root_is_said() {
    let mut image = sample("boot.iso");
    // The root's own record stands in the primary descriptor; the file's record is made a folder at the same place.
    let root = image[16 * 2048 + 156 + 2..16 * 2048 + 156 + 10].to_vec();
    let record = find(&image, b"A.TXT;1") - 33;
    image[record + 2..record + 10].copy_from_slice(&root);
    image[record + 10..record + 14].copy_from_slice(&2048_u32.to_le_bytes());
    image[record + 25] = 0x02;
    let told = told(&image, Kind::Iso);
    assert!(told.contains("! damaged folder in itself"), "{told}");
    assert!(told.contains("BOOT.CAT -"), "{told}");
}

#[test]
fn a_file_larger_than_its_disk_is_damaged() {
    let mut image = sample("boot.iso");
    let record = find(&image, b"A.TXT;1") - 33;
    image[record + 10..record + 14].copy_from_slice(&u32::MAX.to_le_bytes());
    let told = told(&image, Kind::Iso);
    assert!(told.contains("A.TXT damaged"), "{told}");
}

#[test]
fn a_file_that_is_its_own_folder_keeps_its_name() {
    let mut image = sample("ntfs.img");
    // The name of list.txt, in UTF-16; the reference to its folder stands 66 bytes before it.
    let name: Vec<u8> = "list.txt".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let places: Vec<usize> =
        (0..image.len() - name.len()).filter(|at| image[*at..].starts_with(&name)).collect();
    for place in places {
        let record = place / 1024 * 1024;
        if image[record..].starts_with(b"FILE") {
            // Records are numbered from the start of the table, whose first one names itself.
            let table =
                (0..image.len()).step_by(512).find(|at| image[*at..].starts_with(b"FILE")).unwrap_or(0);
            let number = (record - table) / 1024;
            image[place - 66] = number as u8;
        }
    }
    let told = told(&image, Kind::ImgNtfs);
    assert!(told.contains("list.txt -"), "{told}");
}

#[test]
fn holes_do_not_use_up_what_other_files_need() {
    let mut tar = Vec::new();
    let records = "22 GNU.sparse.major=0\n32 GNU.sparse.size=999999999999\n29 GNU.sparse.map=0,4,8000,4\n";
    entry(&mut tar, "records", b'x', records.as_bytes());
    entry(&mut tar, "holes.bin", b'0', b"headtail");
    entry(&mut tar, "next.txt", b'0', b"still read");
    let told = told(&tar, Kind::Tar);
    assert!(told.contains("! too-large holes.bin"), "{told}");
    assert!(told.contains("holes.bin - 8"), "{told}");
    assert!(told.contains("next.txt - 10"), "{told}");
}

#[test]
fn a_size_that_leads_out_of_the_archive_hides_nothing() {
    let mut tar = Vec::new();
    entry(&mut tar, "records", b'x', b"19 size=9999999999\n");
    entry(&mut tar, "first.txt", b'0', b"one");
    entry(&mut tar, "second.txt", b'0', b"two");
    assert_eq!(told(&tar, Kind::Tar), "first.txt - 3\nsecond.txt - 3\n! damaged size\n");
}

#[test]
fn a_wrong_checksum_is_said_and_the_file_read() {
    let mut tar = Vec::new();
    entry(&mut tar, "first.txt", b'0', b"one");
    tar[148..154].copy_from_slice(b"000001");
    entry(&mut tar, "second.txt", b'0', b"two");
    let told = told(&tar, Kind::Tar);
    assert_eq!(told, "first.txt - 3\nsecond.txt - 3\n! damaged checksum\n");
}

#[test]
fn windows_beyond_the_limit_are_too_large() {
    for (name, kind) in [("window.xz", Kind::Xz), ("window.zst", Kind::Zstd)] {
        assert_eq!(told(&sample(name), kind), " too-large 0\n", "{name}");
    }
    // Plain LZMA is read as far as the allowed dictionary carries: here all of it.
    assert_eq!(told(&sample("window.lzma"), Kind::Lzma), " - 1354\n");
}

#[test]
fn members_of_many_frames_come_to_an_end() {
    let empty: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(told(&empty.repeat(70_000), Kind::Gzip), " too-large 0\n");
}

/// A line a member (its first name, reason, size), then what is noted.
fn told(bytes: &[u8], kind: Kind) -> String {
    let mut told = String::new();
    let opened = open(bytes, kind, &Keys::default(), &mut Budget::default(), &mut |member| {
        let name = member.names.first().map_or("", String::as_str);
        let reason = member.unread.map_or("-", Unread::id);
        told += &format!("{name} {reason} {}\n", member.size_bytes);
    });
    for (unread, detail) in opened.unread {
        told += &format!("! {} {detail}\n", unread.id());
    }
    told
}

/// A `ustar` header and its data.
fn entry(tar: &mut Vec<u8>, name: &str, kind: u8, data: &[u8]) {
    let mut header = vec![0_u8; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[100..107].copy_from_slice(b"0000644");
    header[124..135].copy_from_slice(format!("{:011o}", data.len()).as_bytes());
    header[136..147].copy_from_slice(b"00000000000");
    header[148..156].copy_from_slice(b"        ");
    header[156] = kind;
    header[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    tar.extend_from_slice(&header);
    tar.extend_from_slice(data);
    tar.resize(tar.len().next_multiple_of(512), 0);
}

fn find(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).position(|window| window == what).expect("it is there")
}

fn sample(wanted: &str) -> Vec<u8> {
    let line =
        SAMPLES.lines().find_map(|line| line.strip_prefix(wanted)?.strip_prefix(' ')).expect("the sample");
    let packed = BASE64.decode(line.as_bytes()).expect("base64");
    let mut bytes = Vec::new();
    lzma_rust2::XzReader::new(packed.as_slice(), false).read_to_end(&mut bytes).expect("xz");
    bytes
}
