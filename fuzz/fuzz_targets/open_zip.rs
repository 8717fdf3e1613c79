//! Any bytes, as a ZIP archive and as whatever they are → their members, with a small budget and a password.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_content::{Budget, Keys, Kind, kind, open};

fuzz_target!(|bytes: &[u8]| {
    let keys = Keys::new(["sekisho".to_owned()]);
    for kind in [Kind::Zip, kind(bytes)] {
        let mut budget = Budget { expanded_bytes_left: 16 << 20, work_left: 1_000_000, ..Budget::default() };
        let _ = open(bytes, kind, &keys, &mut budget, &mut |_| {});
    }
});
