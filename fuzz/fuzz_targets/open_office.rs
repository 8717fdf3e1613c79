//! Any bytes, as what they are and as each container that Office documents come in → all that opening tells, with a small
//! budget.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_content::{Budget, Keys, Kind, Sources, kind, open};

const KINDS: &[Kind] = &[
    Kind::OfficeWord97,
    Kind::OfficeExcel97,
    Kind::OfficePowerPoint97,
    Kind::OfficeWordOoxmlMacro,
    Kind::OfficeExcelOoxmlMacro,
    Kind::OfficeExcelBinary,
    Kind::OfficePowerPointOoxmlMacro,
    Kind::OfficeWordXml2003,
    Kind::OfficeActiveMime,
    Kind::Rtf,
    Kind::Mht,
    Kind::Xml,
];

fuzz_target!(|bytes: &[u8]| {
    let recognised = kind(bytes);
    let others = KINDS.iter().copied().filter(|other| *other != recognised);
    for kind in std::iter::once(recognised).chain(others) {
        let mut budget = Budget {
            expanded_bytes_left: 8 << 20,
            work_left: 400_000,
            derivation_left: 10_000,
            sources: Sources::Keep,
            ..Budget::default()
        };
        let keys = Keys::new(["password".to_owned()]);
        let _ = open(bytes, kind, &keys, &mut budget, &mut |_| {});
    }
});
