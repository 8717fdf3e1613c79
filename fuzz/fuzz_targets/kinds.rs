//! Any bytes, and any damage to a sample of any kind → a kind and a file, without a panic. Kind and reading agree.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_content::{Kind, kind, locked_sample, plain_name_tricks, read, sample};

fuzz_target!(|bytes: &[u8]| {
    examine(bytes);
    if let [index, damage @ ..] = bytes {
        let Some(chosen) = Kind::ALL.get(usize::from(*index)) else { return };
        for mut sample in [sample(*chosen), locked_sample(*chosen)].into_iter().flatten() {
            apply(damage, &mut sample);
            examine(&sample);
        }
    }
    if let Ok(name) = std::str::from_utf8(bytes) {
        let _ = plain_name_tricks(name);
    }
});

fn examine(bytes: &[u8]) {
    let file = read(bytes, Some("a.doc"));
    assert_eq!(file.kind, kind(bytes));
}

/// Three bytes each: a place, and what to write there; a place behind the end cuts the sample off.
fn apply(damage: &[u8], sample: &mut Vec<u8>) {
    for change in damage.chunks_exact(3) {
        let place = usize::from(u16::from_le_bytes([change[0], change[1]]));
        match sample.get_mut(place) {
            Some(byte) => *byte = change[2],
            None => sample.truncate(place % (sample.len() + 1)),
        }
    }
}
