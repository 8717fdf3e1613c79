//! Office documents: what holds them, and what they do when they are opened.

pub(crate) mod biff;
mod classes;
#[allow(dead_code, reason = "the readers of macros and objects are to use all of it")]
pub(crate) mod compound;
mod dde;
mod encoded;
pub(crate) mod encryption;
pub(crate) mod excel4;
mod excel97;
mod fields;
pub(crate) mod lure;
mod mht;
mod objects;
mod odf;
mod package;
mod powerpoint97;
mod rtf;
mod target;
pub(crate) mod told;
pub(crate) mod vba;
mod word97;

use crate::open::Look;
use crate::{Family, Kind, Unread};

/// Looks at documents and what they can be packed in.
pub(crate) fn look(look: &mut Look<'_>) {
    // What stood in the missing end is named nowhere else, if the directory ended with it.
    if reads(look.kind) && look.compound().is_some_and(|compound| compound.is_cut()) {
        look.opened.note(Unread::Damaged, "cut");
    }
    if holds_macros(look.kind) {
        vba::look(look);
    }
    package::look(look);
    objects::look(look);
    word97::look(look);
    excel97::look(look);
    powerpoint97::look(look);
    rtf::look(look);
    mht::look(look);
    odf::look(look);
    dde::csv::look(look);
    excel4::look(look);
}

/// Whether all that can hide in this kind is looked at here: macros of both languages, objects, links, fields, what a
/// password locks. What only its own program reads (Publisher, Visio before 2013, Project, Works, Hangul, Ichitaro,
/// Pages) is not.
pub(crate) fn reads(kind: Kind) -> bool {
    encryption::reads(kind)
        || excel4::reads(kind)
        || odf::reads(kind)
        || package::is_package(kind)
        || matches!(
            kind,
            Kind::OfficeWord97
                | Kind::OfficeExcel97
                | Kind::OfficeExcelAddIn97
                | Kind::OfficePowerPoint97
                | Kind::OfficeWordXml2003
                | Kind::OfficeExcelXml2003
                | Kind::OfficeActiveMime
                | Kind::Ole
                | Kind::Rtf
                | Kind::Mht
        )
}

/// Kinds that can keep a VBA project, wherever in them.
fn holds_macros(kind: Kind) -> bool {
    let office = matches!(
        kind.family(),
        Family::Document | Family::Spreadsheet | Family::Presentation | Family::AddIn
    );
    office && !matches!(kind, Kind::Pdf | Kind::OneNote | Kind::Rtf | Kind::Xll)
        || matches!(kind, Kind::Mht | Kind::Ole | Kind::Xml)
}
