//! ZIP packages with stored members.

use crate::Kind;

/// The package of a kind that is a ZIP archive.
pub(super) fn sample(kind: Kind) -> Option<Vec<u8>> {
    members(kind).map(|members| archive(&members, 0))
}

/// The same with bit 0 set in every member's flags.
pub(super) fn locked(kind: Kind) -> Option<Vec<u8>> {
    (kind == Kind::Zip).then(|| archive(&[("secret.txt".to_owned(), b"............".to_vec())], 1))
}

type Members = Vec<(String, Vec<u8>)>;

fn members(kind: Kind) -> Option<Members> {
    if let Some((folder, content_type)) = office(kind) {
        let types = format!(
            "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Override PartName=\"/{folder}\" ContentType=\"application/vnd.{content_type}+xml\"/></Types>"
        );
        return Some(vec![
            ("[Content_Types].xml".to_owned(), types.into_bytes()),
            (folder.to_owned(), b"<?xml version=\"1.0\"?><root/>".to_vec()),
        ]);
    }
    if let Some(mimetype) = mimetype(kind) {
        return Some(vec![("mimetype".to_owned(), mimetype.as_bytes().to_vec())]);
    }
    let names: &[&str] = match kind {
        Kind::Zip => &["readme.txt"],
        Kind::Jar => &["META-INF/MANIFEST.MF", "Main.class"],
        Kind::Apk => &["AndroidManifest.xml", "classes.dex"],
        Kind::Ipa => &["Payload/Sample.app/Info.plist"],
        Kind::Msix => &["AppxManifest.xml", "AppxBlockMap.xml"],
        Kind::Keynote => &["Index/Document.iwa", "Index/Slide.iwa"],
        Kind::Numbers => &["Index/Document.iwa", "Index/CalculationEngine.iwa", "Index/Tables/DataList.iwa"],
        Kind::Pages => &["Index/Document.iwa", "Index/Section.iwa"],
        Kind::Xps => &["FixedDocumentSequence.fdseq"],
        _ => return None,
    };
    Some(names.iter().map(|name| ((*name).to_owned(), b"sample".to_vec())).collect())
}

/// The main part of an office package and its content type.
#[rustfmt::skip]
fn office(kind: Kind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        Kind::OfficeWordOoxml => ("word/document.xml", "openxmlformats-officedocument.wordprocessingml.document.main"),
        Kind::OfficeWordOoxmlMacro => ("word/document.xml", "ms-word.document.macroEnabled.main"),
        Kind::OfficeWordTemplate => ("word/document.xml", "openxmlformats-officedocument.wordprocessingml.template.main"),
        Kind::OfficeWordTemplateMacro => ("word/document.xml", "ms-word.template.macroEnabledTemplate.main"),
        Kind::OfficeExcelOoxml => ("xl/workbook.xml", "openxmlformats-officedocument.spreadsheetml.sheet.main"),
        Kind::OfficeExcelOoxmlMacro => ("xl/workbook.xml", "ms-excel.sheet.macroEnabled.main"),
        Kind::OfficeExcelBinary => ("xl/workbook.bin", "ms-excel.sheet.binary.macroEnabled.main"),
        Kind::OfficeExcelTemplate => ("xl/workbook.xml", "openxmlformats-officedocument.spreadsheetml.template.main"),
        Kind::OfficeExcelTemplateMacro => ("xl/workbook.xml", "ms-excel.template.macroEnabled.main"),
        Kind::OfficeExcelAddIn => ("xl/workbook.xml", "ms-excel.addin.macroEnabled.main"),
        Kind::OfficePowerPointOoxml => ("ppt/presentation.xml", "openxmlformats-officedocument.presentationml.presentation.main"),
        Kind::OfficePowerPointOoxmlMacro => ("ppt/presentation.xml", "ms-powerpoint.presentation.macroEnabled.main"),
        Kind::OfficePowerPointShow => ("ppt/presentation.xml", "openxmlformats-officedocument.presentationml.slideshow.main"),
        Kind::OfficePowerPointShowMacro => ("ppt/presentation.xml", "ms-powerpoint.slideshow.macroEnabled.main"),
        Kind::OfficePowerPointTemplate => ("ppt/presentation.xml", "openxmlformats-officedocument.presentationml.template.main"),
        Kind::OfficePowerPointTemplateMacro => ("ppt/presentation.xml", "ms-powerpoint.template.macroEnabled.main"),
        Kind::OfficePowerPointAddIn => ("ppt/presentation.xml", "ms-powerpoint.addin.macroEnabled.main"),
        Kind::OfficeVisioOoxml => ("visio/document.xml", "ms-visio.drawing.main"),
        Kind::OfficeVisioOoxmlMacro => ("visio/document.xml", "ms-visio.drawing.macroEnabled.main"),
        _ => return None,
    })
}

fn mimetype(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Odt => "application/vnd.oasis.opendocument.text",
        Kind::Ods => "application/vnd.oasis.opendocument.spreadsheet",
        Kind::Odp => "application/vnd.oasis.opendocument.presentation",
        Kind::Odg => "application/vnd.oasis.opendocument.graphics",
        Kind::Odf => "application/vnd.oasis.opendocument.formula",
        Kind::Epub => "application/epub+zip",
        Kind::Hwpx => "application/hwp+zip",
        _ => return None,
    })
}

/// A ZIP archive of stored members, all with these flags.
fn archive(members: &[(String, Vec<u8>)], flags: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in members {
        let offset = bytes.len() as u32;
        let fields = fields(name, content, flags);
        bytes.extend_from_slice(b"PK\x03\x04");
        bytes.extend_from_slice(&fields);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(content);
        directory.extend_from_slice(b"PK\x01\x02\x14\0");
        directory.extend_from_slice(&fields);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let count = (members.len() as u16).to_le_bytes();
    let offset = bytes.len() as u32;
    bytes.extend_from_slice(&directory);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend_from_slice(&[count, count].concat());
    bytes.extend_from_slice(&(directory.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&offset.to_le_bytes());
    bytes.extend_from_slice(&[0, 0]);
    bytes
}

/// The 26 bytes that both headers share: version to length of the extra field.
fn fields(name: &str, content: &[u8], flags: u16) -> Vec<u8> {
    // Midnight of 1 January 2020, so that samples are the same every day.
    const DATE: [u8; 2] = [0x21, 0x50];
    let mut crc = flate2::Crc::new();
    crc.update(content);
    let size = (content.len() as u32).to_le_bytes();
    let mut fields = vec![20, 0];
    fields.extend_from_slice(&flags.to_le_bytes());
    fields.extend_from_slice(&[0, 0, 0, 0]);
    fields.extend_from_slice(&DATE);
    fields.extend_from_slice(&crc.sum().to_le_bytes());
    fields.extend_from_slice(&[size, size].concat());
    fields.extend_from_slice(&(name.len() as u16).to_le_bytes());
    fields.extend_from_slice(&[0, 0]);
    fields
}
