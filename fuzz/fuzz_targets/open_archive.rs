//! Any bytes, as an archive or compressed stream → what they hold and do, with a small budget.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_content::Kind;
use sekisho_fuzz::open_as;

const KINDS: &[Kind] = &[Kind::SevenZip, Kind::Rar, Kind::Cab, Kind::Lzh, Kind::Arj, Kind::Tar, Kind::Cpio, Kind::Ar, Kind::Gzip, Kind::Bzip2, Kind::Xz, Kind::Lzma, Kind::Lzip, Kind::Zstd, Kind::Lz4, Kind::UnixCompress, Kind::Lzop, Kind::MsCompress, Kind::Rpm, Kind::Uuencode, Kind::BinHex, Kind::MacPackage];

fuzz_target!(|bytes: &[u8]| open_as(bytes, KINDS));
