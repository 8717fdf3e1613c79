//! Any bytes, as an old sheet, as SYLK, as a compound file and as what a locked package holds → their macros, with a
//! small budget.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_content::{Budget, Keys, Kind, open};

fuzz_target!(|bytes: &[u8]| {
    let kinds = [Kind::OfficeExcelOld, Kind::Slk, Kind::OfficeExcel97, Kind::OfficeExcelBinary, Kind::OfficeEncrypted];
    for kind in kinds {
        let mut budget = Budget {
            expanded_bytes_left: 16 << 20,
            work_left: 1_000_000,
            derivation_left: 10_000,
            ..Budget::default()
        };
        let keys = Keys::new(["password".to_owned()]);
        let _ = open(bytes, kind, &keys, &mut budget, &mut |_| {});
    }
});
