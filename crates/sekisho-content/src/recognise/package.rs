//! A ZIP archive → the document, program or installer that it is the package of (ISO/IEC 29500-2 for
//! `[Content_Types].xml`, OpenDocument 1.3 part 2 for `mimetype`, else the names of its members).

use crate::Kind;
use crate::zip::{Cipher, Zip};

/// The kind of a ZIP archive: what it packs, or `Zip`.
pub(crate) fn kind(zip: &Zip<'_>) -> Kind {
    office(zip).or_else(|| by_mimetype(zip)).or_else(|| by_members(zip)).unwrap_or(Kind::Zip)
}

/// Whether any part of it needs a password.
pub(crate) fn is_encrypted(zip: &Zip<'_>) -> bool {
    let opendocument = || {
        let manifest = zip.content("META-INF/manifest.xml").unwrap_or_default();
        memchr::memmem::find(&manifest, b"encryption-data").is_some()
    };
    zip.members.iter().any(|member| member.cipher == Cipher::Encrypted) || opendocument()
}

fn office(zip: &Zip<'_>) -> Option<Kind> {
    const TYPES: &str = "[Content_Types].xml";
    if !zip.has(TYPES) {
        return None;
    }
    let types = zip.content(TYPES).unwrap_or_default();
    let types = String::from_utf8_lossy(&types).to_ascii_lowercase();
    let by_type = MAIN_PARTS.iter().find(|(part, _)| types.contains(part)).map(|(_, kind)| *kind);
    by_type.or_else(|| by_folders(zip))
}

/// Content types of main parts, lower case. Those with macros come first: a file that declares both opens as either.
#[rustfmt::skip]
const MAIN_PARTS: &[(&str, Kind)] = &[
    ("ms-word.document.macroenabled.main", Kind::OfficeWordOoxmlMacro),
    ("ms-word.template.macroenabledtemplate.main", Kind::OfficeWordTemplateMacro),
    ("ms-excel.sheet.binary.macroenabled.main", Kind::OfficeExcelBinary),
    ("ms-excel.sheet.macroenabled.main", Kind::OfficeExcelOoxmlMacro),
    ("ms-excel.template.macroenabled.main", Kind::OfficeExcelTemplateMacro),
    ("ms-excel.addin.macroenabled.main", Kind::OfficeExcelAddIn),
    ("ms-powerpoint.presentation.macroenabled.main", Kind::OfficePowerPointOoxmlMacro),
    ("ms-powerpoint.slideshow.macroenabled.main", Kind::OfficePowerPointShowMacro),
    ("ms-powerpoint.template.macroenabled.main", Kind::OfficePowerPointTemplateMacro),
    ("ms-powerpoint.addin.macroenabled.main", Kind::OfficePowerPointAddIn),
    ("ms-visio.drawing.macroenabled.main", Kind::OfficeVisioOoxmlMacro),
    ("ms-visio.stencil.macroenabled.main", Kind::OfficeVisioOoxmlMacro),
    ("ms-visio.template.macroenabled.main", Kind::OfficeVisioOoxmlMacro),
    ("wordprocessingml.document.main", Kind::OfficeWordOoxml),
    ("wordprocessingml.template.main", Kind::OfficeWordTemplate),
    ("spreadsheetml.sheet.main", Kind::OfficeExcelOoxml),
    ("spreadsheetml.template.main", Kind::OfficeExcelTemplate),
    ("presentationml.presentation.main", Kind::OfficePowerPointOoxml),
    ("presentationml.slideshow.main", Kind::OfficePowerPointShow),
    ("presentationml.template.main", Kind::OfficePowerPointTemplate),
    ("ms-visio.drawing.main", Kind::OfficeVisioOoxml),
    ("ms-visio.stencil.main", Kind::OfficeVisioOoxml),
    ("ms-visio.template.main", Kind::OfficeVisioOoxml),
    ("fixeddocumentsequence", Kind::Xps),
    ("application/oxps", Kind::Xps),
    ("ms-appx.manifest", Kind::Msix),
    ("ms-appx.bundlemanifest", Kind::Msix),
];

/// Where the content types cannot be read, the folders of the three programs remain.
fn by_folders(zip: &Zip<'_>) -> Option<Kind> {
    let under = |folder: &str| zip.any(|name| name.starts_with(folder));
    let macros = zip.any(|name| name.ends_with("vbaProject.bin"));
    if under("word/") {
        Some(if macros { Kind::OfficeWordOoxmlMacro } else { Kind::OfficeWordOoxml })
    } else if zip.has("xl/workbook.bin") {
        Some(Kind::OfficeExcelBinary)
    } else if under("xl/") {
        Some(if macros { Kind::OfficeExcelOoxmlMacro } else { Kind::OfficeExcelOoxml })
    } else if under("ppt/") {
        Some(if macros { Kind::OfficePowerPointOoxmlMacro } else { Kind::OfficePowerPointOoxml })
    } else if under("visio/") {
        Some(if macros { Kind::OfficeVisioOoxmlMacro } else { Kind::OfficeVisioOoxml })
    } else {
        None
    }
}

fn by_mimetype(zip: &Zip<'_>) -> Option<Kind> {
    let mimetype = zip.content("mimetype")?;
    let mimetype = String::from_utf8_lossy(mimetype.get(..128).unwrap_or(&mimetype)).to_ascii_lowercase();
    let (_, kind) = MIMETYPES.iter().find(|(prefix, _)| mimetype.trim_start().starts_with(prefix))?;
    Some(*kind)
}

const MIMETYPES: &[(&str, Kind)] = &[
    ("application/vnd.oasis.opendocument.text", Kind::Odt),
    ("application/vnd.oasis.opendocument.spreadsheet", Kind::Ods),
    ("application/vnd.oasis.opendocument.presentation", Kind::Odp),
    ("application/vnd.oasis.opendocument.graphics", Kind::Odg),
    ("application/vnd.oasis.opendocument.formula", Kind::Odf),
    ("application/epub+zip", Kind::Epub),
    ("application/hwp+zip", Kind::Hwpx),
    ("application/owpml", Kind::Hwpx),
];

fn by_members(zip: &Zip<'_>) -> Option<Kind> {
    let ends = |end: &str| zip.any(|name| name.ends_with(end));
    let has = |name: &str| zip.has(name);
    let first = |choices: &[(bool, Kind)]| choices.iter().find(|(found, _)| *found).map(|(_, kind)| *kind);
    first(&[
        (has("AndroidManifest.xml") || has("base/manifest/AndroidManifest.xml"), Kind::Apk),
        (
            has("AppxManifest.xml") || has("AppxMetadata/AppxBundleManifest.xml") || has("AppxBlockMap.xml"),
            Kind::Msix,
        ),
        (zip.any(|name| name.starts_with("Payload/") && name.contains(".app/")), Kind::Ipa),
        (has("install.rdf") || has("META-INF/mozilla.rsa"), Kind::BrowserExtension),
        (has("Contents/content.hpf"), Kind::Hwpx),
        (has("FixedDocSeq.fdseq") || has("FixedDocumentSequence.fdseq"), Kind::Xps),
        (has("index.apxl") || zip.any(|name| name.contains("Index/Slide")), Kind::Keynote),
        (has("index.numbers") || is_numbers(zip), Kind::Numbers),
        (has("Index/Document.iwa") || has("Index.zip"), Kind::Pages),
        (ends(".class"), Kind::Jar),
        (has("META-INF/MANIFEST.MF") && ends(".jar"), Kind::Jar),
    ])
}

/// A Numbers file keeps a calculation engine and its tables; a Pages file with tables has sections as well.
fn is_numbers(zip: &Zip<'_>) -> bool {
    zip.has("Index/CalculationEngine.iwa")
        && zip.any(|name| name.starts_with("Index/Tables/"))
        && !zip.any(|name| name.contains("Section"))
}
