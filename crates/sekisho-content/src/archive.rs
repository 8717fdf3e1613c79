//! Compressed streams and archives → what is packed in them.
//!
//! One file a format; each says which specification it follows. A stream's content is one member, whatever it is: where it
//! is an archive, the caller walks on into it.

mod appended;
mod ar;
mod arj;
mod binhex;
mod bzip2;
mod cab;
mod checked;
mod compress;
mod cpio;
pub(crate) mod foreign_name;
mod frames;
mod gzip;
mod lz4;
mod lzh;
mod lzma;
mod lzop;
mod ms_compress;
mod rar;
mod rpm;
mod seven_zip;
mod tar;
#[cfg(test)]
mod tested;
mod uuencode;
mod xar;
mod zip;
mod zstd;

use crate::Kind;
use crate::open::{Hold, Look};

/// Hands out what the file holds, where it is one of the kinds read here.
pub(crate) fn look(look: &mut Look<'_>) {
    match look.kind {
        Kind::Gzip => gzip::look(look),
        Kind::Bzip2 => bzip2::look(look),
        Kind::Xz => lzma::look_xz(look),
        Kind::Lzma => lzma::look_alone(look),
        Kind::Lzip => lzma::look_lzip(look),
        Kind::Zstd => zstd::look(look),
        Kind::Lz4 => lz4::look(look),
        Kind::UnixCompress => compress::look(look),
        Kind::Zip | Kind::Msix | Kind::Epub | Kind::BrowserExtension => zip::look(look),
        Kind::Cab => cab::look(look, look.bytes, Hold::Archived),
        Kind::Lzh => lzh::look(look, look.bytes, Hold::Archived),
        Kind::Rar => rar::look(look, look.bytes, Hold::Archived),
        Kind::SevenZip => seven_zip::look(look, look.bytes, Hold::Archived),
        Kind::Lzop => lzop::look(look),
        Kind::Arj => arj::look(look),
        Kind::MacPackage => xar::look(look),
        Kind::Tar => tar::look(look),
        Kind::Cpio => cpio::look(look),
        Kind::Ar | Kind::Deb => ar::look(look),
        Kind::Uuencode => uuencode::look(look),
        Kind::BinHex => binhex::look(look),
        Kind::Rpm => rpm::look(look),
        Kind::MsCompress => ms_compress::look(look),
        _ => {}
    }
    appended::look(look);
}

/// Hands out an archive behind the end of a file of any kind, unless another room has handed out what is there.
pub(crate) fn look_behind(look: &mut Look<'_>) {
    zip::look_behind(look);
}

/// Whether all that can hide in a file of this kind is looked at.
pub(crate) fn reads(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Gzip
            | Kind::Bzip2
            | Kind::Xz
            | Kind::Lzma
            | Kind::Lzip
            | Kind::Zstd
            | Kind::Lz4
            | Kind::UnixCompress
            | Kind::Zip
            | Kind::Msix
            | Kind::Epub
            | Kind::BrowserExtension
            | Kind::Cab
            | Kind::Lzh
            | Kind::Rar
            | Kind::SevenZip
            | Kind::Lzop
            | Kind::Arj
            | Kind::MacPackage
            | Kind::Tar
            | Kind::Cpio
            | Kind::Ar
            | Kind::Deb
            | Kind::Uuencode
            | Kind::BinHex
            | Kind::Rpm
            | Kind::MsCompress
    )
}
