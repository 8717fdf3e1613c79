//! Fixed bytes at fixed places → kind. Formats that need a look at their structure have files of their own.
//!
//! Sources: the formats' own specifications where they are public, else the signatures that open tools agree on.

use crate::Kind;
use crate::number::slice;

/// The kind whose signature stands in `bytes`.
pub(crate) fn kind(bytes: &[u8]) -> Option<Kind> {
    MAGICS.iter().find(|magic| magic.stands_in(bytes)).map(|magic| magic.kind)
}

/// Bytes at a place, optionally confirmed by more bytes at a second place.
struct Magic {
    kind: Kind,
    offset: usize,
    bytes: &'static [u8],
    also: Option<(usize, &'static [u8])>,
}

impl Magic {
    fn stands_in(&self, bytes: &[u8]) -> bool {
        stands_at(bytes, self.offset, self.bytes)
            && self.also.is_none_or(|(offset, more)| stands_at(bytes, offset, more))
            && (!self.reads_as_word() || slice(bytes, 0, BINARY_WITHIN_BYTES).contains(&0))
    }

    /// A signature of a few letters may as well begin a sentence; the formats that have one are binary.
    fn reads_as_word(&self) -> bool {
        self.bytes.len() <= WORD_BYTES_MAX && self.bytes.iter().all(u8::is_ascii_alphanumeric)
    }
}

const WORD_BYTES_MAX: usize = 8;

/// A binary format has a zero byte within this distance.
const BINARY_WITHIN_BYTES: usize = 4096;

/// Whether `expected` stands at `offset`.
pub(crate) fn stands_at(bytes: &[u8], offset: usize, expected: &[u8]) -> bool {
    bytes.get(offset..).is_some_and(|rest| rest.starts_with(expected))
}

/// The smallest file that has the signature of `kind`, filled up with zeros.
pub(crate) fn sample(kind: Kind) -> Option<Vec<u8>> {
    const SAMPLE_BYTES: usize = 128;
    let magic = MAGICS.iter().find(|magic| magic.kind == kind)?;
    let mut bytes = vec![0; SAMPLE_BYTES];
    for (offset, part) in std::iter::once((magic.offset, magic.bytes)).chain(magic.also) {
        if let Some(place) = bytes.get_mut(offset..offset + part.len()) {
            place.copy_from_slice(part);
        }
    }
    Some(bytes)
}

const fn at(offset: usize, bytes: &'static [u8], kind: Kind) -> Magic {
    Magic { kind, offset, bytes, also: None }
}

const fn both(bytes: &'static [u8], offset: usize, more: &'static [u8], kind: Kind) -> Magic {
    Magic { kind, offset: 0, bytes, also: Some((offset, more)) }
}

#[rustfmt::skip]
static MAGICS: &[Magic] = &[
    // Documents
    at(0, b"%PDF-", Kind::Pdf),
    at(0, b"%FDF-", Kind::Pdf),
    at(0, b"%!PS", Kind::PostScript),
    at(0, &[0xc5, 0xd0, 0xd3, 0xc6], Kind::PostScript),
    at(0, &[0xe4, 0x52, 0x5c, 0x7b, 0x8c, 0xd8, 0xa7, 0x4d], Kind::OneNote),
    at(0, &[0xa1, 0x2f, 0xff, 0x43, 0xd9, 0xef, 0x76, 0x4c], Kind::OneNote),
    at(0, &[0xdb, 0xa5, 0x2d, 0x00], Kind::OfficeWord2),
    at(0, &[0x9b, 0xa5, 0x21, 0x00], Kind::OfficeWord2),
    at(0, b"ActiveMime", Kind::OfficeActiveMime),
    at(0, b"HWP Document File", Kind::Hwp),
    at(0, &[0x60, 0x0e, 0x82], Kind::DocuWorks),
    at(0, &[0xff, b'W', b'P', b'C'], Kind::WordPerfect),
    at(0, b"AT&TFORM", Kind::DjVu),
    at(60, b"BOOKMOBI", Kind::Mobi),
    at(0, &[0x01, 0xfe, 0x32, 0x00], Kind::OfficeWorks),
    // Excel before version 5: a BOF record with its length and the substream it opens
    at(0, &[0x09, 0x00, 0x04, 0x00], Kind::OfficeExcelOld),
    at(0, &[0x09, 0x02, 0x06, 0x00], Kind::OfficeExcelOld),
    at(0, &[0x09, 0x04, 0x06, 0x00], Kind::OfficeExcelOld),
    at(0, &[0x09, 0x08, 0x08, 0x00, 0x00, 0x05], Kind::OfficeExcelOld),
    at(0, &[0x09, 0x08, 0x10, 0x00, 0x00, 0x06], Kind::OfficeExcelOld),
    // Shortcuts and programs
    at(0, &[0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46], Kind::Lnk),
    at(0, b"\x7fELF", Kind::Elf),
    at(0, &[0xfe, 0xed, 0xfa, 0xce], Kind::MachO),
    at(0, &[0xfe, 0xed, 0xfa, 0xcf], Kind::MachO),
    at(0, &[0xce, 0xfa, 0xed, 0xfe], Kind::MachO),
    at(0, &[0xcf, 0xfa, 0xed, 0xfe], Kind::MachO),
    at(0, b"dex\n0", Kind::Dex),
    at(0, b"\0asm", Kind::Wasm),
    at(0, b"FWS", Kind::Flash),
    at(0, b"CWS", Kind::Flash),
    at(0, b"ZWS", Kind::Flash),
    at(0, &[0xa3, 0x48, 0x4b, 0xbe, 0x98, 0x6c, 0x4a, 0xa9, 0x99, 0x4c, 0x53, 0x0a], Kind::AutoItCompiled),
    at(0, b"FasdUAS", Kind::AppleScriptCompiled),
    at(0, b"Cr24", Kind::BrowserExtension),
    // Installers
    both(b"!<arch>\n", 8, b"debian-binary", Kind::Deb),
    at(0, &[0xed, 0xab, 0xee, 0xdb], Kind::Rpm),
    at(0, b"xar!", Kind::MacPackage),
    // Archives
    at(0, &[b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c], Kind::SevenZip),
    at(0, b"Rar!\x1a\x07", Kind::Rar),
    at(0, b"RE\x7e\x5e", Kind::Rar),
    at(0, &[0x1f, 0x8b, 0x08], Kind::Gzip),
    both(b"BZh", 4, &[0x31, 0x41, 0x59, 0x26, 0x53, 0x59], Kind::Bzip2),
    both(b"BZh", 4, &[0x17, 0x72, 0x45, 0x38, 0x50, 0x90], Kind::Bzip2),
    at(0, &[0xfd, b'7', b'z', b'X', b'Z', 0], Kind::Xz),
    at(0, b"LZIP", Kind::Lzip),
    at(0, &[0x28, 0xb5, 0x2f, 0xfd], Kind::Zstd),
    at(1, &[0x2a, 0x4d, 0x18], Kind::Zstd),
    at(0, &[0x04, 0x22, 0x4d, 0x18], Kind::Lz4),
    at(0, &[0x02, 0x21, 0x4c, 0x18], Kind::Lz4),
    at(0, &[0x89, b'L', b'Z', b'O', 0, 0x0d, 0x0a, 0x1a, 0x0a], Kind::Lzop),
    at(0, b"LRZI", Kind::Lrzip),
    at(0, &[0x1f, 0x9d], Kind::UnixCompress),
    at(0, &[0x1f, 0xa0], Kind::UnixCompress),
    at(0, b"SZDD\x88\xf0\x27\x33", Kind::MsCompress),
    at(0, b"KWAJ\x88\xf0\x27\xd1", Kind::MsCompress),
    at(0, b"MSCF\0\0\0\0", Kind::Cab),
    at(7, b"**ACE**", Kind::Ace),
    at(20, &[0xdc, 0xa7, 0xc4, 0xfd], Kind::Zoo),
    at(0, b"ALZ\x01", Kind::Alz),
    at(0, b"EGGA", Kind::Egg),
    at(0, b"GCAX", Kind::Gca),
    at(0, b"yz01", Kind::Yz1),
    both(b"SIT!", 10, b"rLau", Kind::StuffIt),
    at(0, b"StuffIt (c)1997-", Kind::StuffIt),
    at(0, b"StuffIt!", Kind::StuffIt),
    at(0, b"070701", Kind::Cpio),
    at(0, b"070702", Kind::Cpio),
    at(0, b"070707", Kind::Cpio),
    at(0, &[0xc7, 0x71], Kind::Cpio),
    at(0, &[0x71, 0xc7], Kind::Cpio),
    at(0, b"!<arch>\n", Kind::Ar),
    // Disk images
    at(0, b"vhdxfile", Kind::Vhdx),
    at(0, b"conectix", Kind::Vhd),
    at(0, b"KDMV", Kind::Vmdk),
    at(0, b"COWD", Kind::Vmdk),
    at(0, b"# Disk DescriptorFile", Kind::Vmdk),
    at(0x40, &[0x7f, 0x10, 0xda, 0xbe], Kind::Vdi),
    at(0, b"QFI\xfb", Kind::Qcow),
    at(0, b"MSWIM\0\0\0", Kind::Wim),
    at(0, b"encrcdsa", Kind::Dmg),
    at(0, b"sprs", Kind::Dmg),
    at(0, b"hsqs", Kind::SquashFs),
    at(0, b"sqsh", Kind::SquashFs),
    // Pictures
    at(0, &[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a], Kind::Png),
    at(0, &[0xff, 0xd8, 0xff], Kind::Jpeg),
    at(0, b"GIF87a", Kind::Gif),
    at(0, b"GIF89a", Kind::Gif),
    at(0, b"II*\0", Kind::Tiff),
    at(0, b"MM\0*", Kind::Tiff),
    at(0, b"8BPS\0", Kind::Psd),
    at(0, &[0, 0, 0, 0x0c, b'j', b'P', b' ', b' ', 0x0d, 0x0a], Kind::Jp2),
    at(0, &[0xff, 0x4f, 0xff, 0x51], Kind::Jp2),
    at(0, &[0, 0, 0, 0x0c, b'J', b'X', b'L', b' ', 0x0d, 0x0a], Kind::Jxl),
    at(0, &[0xff, 0x0a], Kind::Jxl),
    at(0, b"gimp xcf ", Kind::Xcf),
    both(&[1, 0, 0, 0], 40, b" EMF", Kind::Emf),
    at(0, &[0xd7, 0xcd, 0xc6, 0x9a], Kind::Wmf),
    at(0, &[1, 0, 9, 0, 0, 3], Kind::Wmf),
    at(0, &[2, 0, 9, 0, 0, 3], Kind::Wmf),
    at(0, b"AC10", Kind::Dwg),
    at(0, b"JwwData.", Kind::Jww),
    at(0, b"AutoCAD Binary DXF", Kind::Dxf),
    at(0, b"ISO-10303-21;", Kind::Step),
    // Sound and film
    at(0, b"ID3", Kind::Mp3),
    at(0, b"fLaC", Kind::Flac),
    at(0, b"OggS", Kind::Ogg),
    at(0, b"MThd\0\0\0\x06", Kind::Midi),
    at(0, b"#!AMR", Kind::Amr),
    at(0, &[0x1a, 0x45, 0xdf, 0xa3], Kind::Matroska),
    at(0, &[0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11], Kind::Asf),
    at(0, b"FLV\x01", Kind::Flv),
    at(0, &[0, 0, 1, 0xba], Kind::Mpeg),
    at(0, &[0, 0, 1, 0xb3], Kind::Mpeg),
    // Mail, help, fonts
    at(0, b"!BDN", Kind::OutlookPst),
    at(0, &[0x78, 0x9f, 0x3e, 0x22], Kind::Tnef),
    at(0, b"ITSF", Kind::Chm),
    at(0, &[0x3f, 0x5f, 0x03, 0x00], Kind::Hlp),
    at(0, &[0, 1, 0, 0, 0], Kind::TrueType),
    at(0, b"true\0", Kind::TrueType),
    at(0, b"ttcf\0", Kind::TrueType),
    at(0, b"OTTO\0", Kind::OpenType),
    at(0, b"wOFF", Kind::Woff),
    at(0, b"wOF2", Kind::Woff),
    // Data
    at(4, b"Standard Jet DB\0", Kind::Access),
    at(4, b"Standard ACE DB\0", Kind::Access),
    at(0, b"SQLite format 3\0", Kind::Sqlite),
    at(0, b"bplist0", Kind::Plist),
    at(0, b"regf", Kind::RegistryHive),
    at(0, b"ElfFile\0", Kind::EventLog),
    at(0, &[0xd4, 0xc3, 0xb2, 0xa1], Kind::Pcap),
    at(0, &[0xa1, 0xb2, 0xc3, 0xd4], Kind::Pcap),
    at(0, &[0x0a, 0x0d, 0x0d, 0x0a], Kind::Pcap),
];
