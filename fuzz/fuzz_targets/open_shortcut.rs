//! Any bytes, as a shortcut, a script, a help file or an installer → what they hold and do, with a small budget.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_content::Kind;
use sekisho_fuzz::open_as;

const KINDS: &[Kind] = &[Kind::Lnk, Kind::UrlShortcut, Kind::Rdp, Kind::LibraryMs, Kind::SettingContent, Kind::Iqy, Kind::JavaScript, Kind::VbScript, Kind::EncodedScript, Kind::Wsf, Kind::Hta, Kind::PowerShell, Kind::Batch, Kind::Reg, Kind::Msc, Kind::Chm, Kind::Msi];

fuzz_target!(|bytes: &[u8]| open_as(bytes, KINDS));
