//! Any bytes, as a compound file and as a saved page → their macros, with a small budget.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_content::{Budget, Keys, Kind, open};

fuzz_target!(|bytes: &[u8]| {
    for kind in [Kind::OfficeWord97, Kind::Mht] {
        let mut budget = Budget { expanded_bytes_left: 16 << 20, work_left: 1_000_000, ..Budget::default() };
        let _ = open(bytes, kind, &Keys::default(), &mut budget, &mut |_| {});
    }
});
