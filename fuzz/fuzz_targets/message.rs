//! Any bytes → a message, without a panic, inside the limits; every part's bytes are shown once, with a path of its own.

#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use sekisho_mail::{Limits, read_with};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let mut shown = HashSet::new();
    let message = read_with(bytes, &limits, &mut |part, content| {
        assert_eq!(part.size_bytes, content.len() as u64);
        assert!(shown.insert(part.path.clone()), "path {} twice", part.path);
    });
    // Mails inside are kept even when the limit was reached in them: one a level at most.
    assert!(message.parts_all().len() <= limits.parts_max + limits.depth_max);
    assert!(message.defects.len() <= limits.defects_max);
});
