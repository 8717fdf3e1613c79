//! Any bytes, as each kind that holds objects, links or fields → what is in them, with a small budget.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_content::{Budget, Keys, Kind, open};

fuzz_target!(|bytes: &[u8]| {
    for kind in [
        Kind::Rtf,
        Kind::OneNote,
        Kind::Mht,
        Kind::Csv,
        Kind::FlatOdf,
        Kind::Odt,
        Kind::Ole,
        Kind::OfficeWordOoxml,
        Kind::OfficeWordXml2003,
        Kind::OfficeWord97,
        Kind::OfficePowerPoint97,
    ] {
        let mut budget = Budget { expanded_bytes_left: 16 << 20, work_left: 1_000_000, ..Budget::default() };
        let _ = open(bytes, kind, &Keys::default(), &mut budget, &mut |_| {});
    }
});
