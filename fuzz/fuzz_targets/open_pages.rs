//! Any bytes, as a PDF, a form, a page, a drawing, a calendar entry and a picture → what they do, with a small budget.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_content::{Budget, Keys, Kind, open};

const KINDS: &[Kind] = &[
    Kind::Pdf,
    Kind::PdfForm,
    Kind::Html,
    Kind::Svg,
    Kind::Ics,
    Kind::Png,
    Kind::Jpeg,
    Kind::Gif,
    Kind::Bmp,
];

fuzz_target!(|bytes: &[u8]| {
    for kind in KINDS {
        let mut budget = Budget { expanded_bytes_left: 16 << 20, work_left: 1_000_000, ..Budget::default() };
        let _ = open(bytes, *kind, &Keys::new(["a".to_owned()]), &mut budget, &mut |_| {});
    }
});
