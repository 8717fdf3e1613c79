//! Any bytes, as an image of a disk or disc → what they hold and do, with a small budget.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_content::Kind;
use sekisho_fuzz::open_as;

const KINDS: &[Kind] = &[Kind::Iso, Kind::Udf, Kind::Vhd, Kind::Vhdx, Kind::ImgFat, Kind::ImgNtfs, Kind::ImgPartitioned];

fuzz_target!(|bytes: &[u8]| open_as(bytes, KINDS));
