//! Shrunk members: nobody writes them any more, so the tests pack them (PKWARE APPNOTE 5.1).

use std::collections::{BTreeMap, BTreeSet};

use sekisho_content::{Budget, Kind};

use super::build::{Part, archive};
use super::seen_as;

/// Packs as PKZIP 1 did: the codes grow from 9 to 13 bits, and when they are used up their leaves are cleared.
fn shrunk(content: &[u8]) -> Vec<u8> {
    let mut packer = Packer { code_bits: 9, ..Packer::default() };
    let mut at = usize::from(content[0]);
    let mut last_given = 256;
    let mut used = BTreeSet::new();
    for byte in &content[1..] {
        if let Some(code) = packer.codes.get(&(at, *byte)) {
            at = *code;
            continue;
        }
        packer.put(at);
        if packer.codes.len() + 257 == 8192 {
            packer.put_control(2);
            let prefixes: BTreeSet<usize> = packer.codes.keys().map(|(prefix, _)| *prefix).collect();
            packer.codes.retain(|_, code| prefixes.contains(code));
            used = packer.codes.values().copied().collect();
            last_given = 256;
        }
        last_given = (last_given + 1..8192).find(|code| !used.contains(code)).expect("cleared");
        used.insert(last_given);
        packer.codes.insert((at, *byte), last_given);
        at = usize::from(*byte);
    }
    packer.put(at);
    if packer.count > 0 {
        packer.bytes.push(packer.held as u8);
    }
    packer.bytes
}

#[derive(Default)]
struct Packer {
    codes: BTreeMap<(usize, u8), usize>,
    bytes: Vec<u8>,
    held: u32,
    count: u32,
    code_bits: u32,
}

impl Packer {
    fn put(&mut self, code: usize) {
        while code >= 1 << self.code_bits {
            self.put_control(1);
            self.code_bits += 1;
        }
        self.put_bits(code);
    }

    fn put_control(&mut self, what: usize) {
        self.put_bits(256);
        self.put_bits(what);
    }

    fn put_bits(&mut self, code: usize) {
        self.held |= (code as u32) << self.count;
        self.count += self.code_bits;
        while self.count >= 8 {
            self.bytes.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }
}

pub fn part(name: &str, content: &[u8]) -> Part {
    let packed = shrunk(content);
    Part { method: 1, compressed: packed.len() as u32, packed, ..Part::stored(name, content) }
}

/// Words in an order that no short pattern repeats.
fn words(count: u32) -> Vec<u8> {
    let mut state = 20_26_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 24
    };
    (0..count).flat_map(|_| format!("{:x} {} ", next(), next() % 7).into_bytes()).collect()
}

#[test]
fn shrunk_members_come_out_whole() {
    for content in [b"a".to_vec(), vec![b'a'; 5000], b"the plan, the plan".to_vec(), words(14_000)] {
        let bytes = archive(&[part("plan.txt", &content)]);
        if let Ok(folder) = std::env::var("KEEP_SHRUNK") {
            // For Info-ZIP's unzip, which still reads them.
            std::fs::write(format!("{folder}/{}.zip", content.len()), &bytes).expect("a folder");
        }
        let (seen, opened) = seen_as(Kind::Zip, &bytes, &[], &mut Budget::default());
        assert_eq!(opened.unread, [], "{} bytes", content.len());
        assert!(seen[0].1 == content);
    }
}
