//! A file's name → what the name claims to be. The claim is the last extension as Windows would take it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::Kind;
use crate::family::{Family, Opening};
use crate::limits::EXTENSION_CHARACTERS_MAX;
use crate::name;

/// What a name claims. In JSON it is the extension alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Claim {
    /// The last extension: lower case, narrow letters, without the dot.
    pub extension: String,
    /// The kinds that usually have this extension; empty if the extension is not known.
    pub kinds: &'static [Kind],
}

/// How a content goes with a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// The content is one of the kinds that the name claims.
    Same,
    /// Another kind, but one that ordinary programs store under this extension, or that opens alike.
    Usual,
    /// The content is something else than the name says.
    Contrary,
    /// The extension is not known, or the content was not recognised: nothing can be said.
    Undecided,
}

/// What `name` claims, or `None` if it has no extension.
///
/// Before the extension is taken, direction marks and invisible characters are removed, full-width letters folded,
/// and trailing dots and spaces dropped, as Windows does.
pub fn claim(name: &str) -> Option<Claim> {
    let plain = name::plain(name);
    let (_, extension) = plain.rsplit_once('.')?;
    let too_long = extension.chars().count() > EXTENSION_CHARACTERS_MAX;
    if extension.is_empty() || too_long || extension.chars().any(char::is_whitespace) {
        return None;
    }
    Some(Claim::from(extension.to_lowercase()))
}

impl Claim {
    /// What opening a file of this name does on the reader's machine, whatever is in it: the most active of the
    /// claimed kinds, `None` for an unknown extension.
    pub fn opening(&self) -> Option<Opening> {
        self.kinds.iter().map(|kind| kind.opening()).max()
    }

    /// How `kind`, found in the content, goes with this name.
    pub fn fit(&self, kind: Kind) -> Fit {
        if self.kinds.is_empty() || matches!(kind, Kind::Unknown | Kind::Empty) {
            return Fit::Undecided;
        }
        if self.kinds.contains(&kind) {
            return Fit::Same;
        }
        if stored_as(&self.extension).contains(&kind) {
            return Fit::Usual;
        }
        // Every script, page or table is text, and what is named as one may be too short or too plain to tell.
        let textual = self.kinds.iter().any(|claimed| is_textual(*claimed));
        if kind == Kind::Text && textual { Fit::Usual } else { Fit::Contrary }
    }
}

impl From<String> for Claim {
    fn from(extension: String) -> Claim {
        let kinds = BY_EXTENSION.get(extension.as_str()).map_or(&[][..], Vec::as_slice);
        Claim { extension, kinds }
    }
}

impl From<Claim> for String {
    fn from(claim: Claim) -> String {
        claim.extension
    }
}

/// The kinds that usually have an extension, turned round from the table of kinds.
static BY_EXTENSION: LazyLock<BTreeMap<&'static str, Vec<Kind>>> = LazyLock::new(|| {
    let mut kinds: BTreeMap<&'static str, Vec<Kind>> = BTreeMap::new();
    for kind in Kind::ALL {
        for extension in kind.extensions() {
            kinds.entry(extension).or_default().push(*kind);
        }
    }
    kinds
});

/// What ordinary programs store under an extension although it is another format. Web systems offer HTML tables and
/// text as `.xls`, Word keeps RTF under `.doc`, cameras and phones mix up picture formats.
fn stored_as(extension: &str) -> &'static [Kind] {
    match extension {
        "doc" | "dot" => &[
            Kind::Rtf,
            Kind::OfficeWordXml2003,
            Kind::OfficeWordOoxml,
            Kind::OfficeEncrypted,
            Kind::Html,
            Kind::Text,
        ],
        "xls" | "xlt" => &[
            Kind::OfficeExcelXml2003,
            Kind::OfficeExcelOoxml,
            Kind::OfficeEncrypted,
            Kind::Html,
            Kind::Csv,
            Kind::Text,
        ],
        "ppt" | "pps" | "pot" => &[Kind::OfficePowerPointOoxml, Kind::OfficeEncrypted],
        "docx" | "dotx" => &[Kind::OfficeWordOoxml, Kind::OfficeWordTemplate],
        "xlsx" | "xltx" => &[Kind::OfficeExcelOoxml, Kind::OfficeExcelTemplate],
        "pptx" | "ppsx" | "potx" => {
            &[Kind::OfficePowerPointOoxml, Kind::OfficePowerPointShow, Kind::OfficePowerPointTemplate]
        }
        "rtf" => &[Kind::OfficeWord97],
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "bmp" | "jfif" | "heic" | "tif" | "tiff" => {
            &[Kind::Jpeg, Kind::Png, Kind::Gif, Kind::WebP, Kind::Bmp, Kind::Heic, Kind::Avif, Kind::Tiff]
        }
        "mp3" | "m4a" | "aac" | "mp4" | "mov" | "m4v" | "3gp" => {
            &[Kind::Mp3, Kind::M4a, Kind::Aac, Kind::Mp4, Kind::QuickTime]
        }
        "ttf" | "otf" => &[Kind::TrueType, Kind::OpenType],
        "txt" | "log" | "md" | "text" => &[Kind::Csv, Kind::Json, Kind::Eml, Kind::Mbox, Kind::Xml],
        "csv" | "tsv" => &[Kind::Json],
        "html" | "htm" => &[Kind::Xml],
        "xhtml" | "svg" | "rss" => &[Kind::Xml, Kind::Svg],
        "xml" => &[Kind::Svg, Kind::Plist, Kind::FlatOdf],
        "zip" => &[Kind::OfficeWordOoxml, Kind::OfficeExcelOoxml, Kind::Epub],
        "eml" | "mht" | "mhtml" => &[Kind::Eml, Kind::Mht, Kind::Mbox],
        "tgz" | "tbz" | "txz" | "gz" => &[Kind::Tar],
        "cer" | "crt" | "pem" | "p7b" | "key" => &[Kind::Certificate, Kind::PrivateKey, Kind::Smime],
        _ => &[],
    }
}

/// Whether a kind is written as text.
fn is_textual(kind: Kind) -> bool {
    matches!(kind.family(), Family::Script | Family::Markup | Family::Text | Family::Mail | Family::Shortcut)
        && !matches!(kind, Kind::Lnk | Kind::OutlookMsg | Kind::OutlookPst | Kind::Tnef)
        || matches!(kind, Kind::Csv | Kind::Json | Kind::Xml | Kind::Slk | Kind::Dxf | Kind::Step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extension(name: &str) -> Option<String> {
        claim(name).map(|claim| claim.extension)
    }

    #[test]
    fn takes_the_last_extension_as_windows_does() {
        for (name, expected) in [
            ("契約する.doc", Some("doc")),
            ("A.DOC", Some("doc")),
            ("請求書.pdf.exe", Some("exe")),
            ("x.exe. . ", Some("exe")),
            ("x．ｅｘｅ", Some("exe")),
            ("x.e\u{200b}xe", Some("exe")),
            ("x\u{202e}cod.exe", Some("exe")),
            ("C:\\temp\\a.b\\report", None),
            ("report", None),
            ("report.", None),
            ("No. 5 の件", None),
            ("", None),
            (".", None),
        ] {
            assert_eq!(extension(name).as_deref(), expected, "{name:?}");
        }
    }

    #[test]
    fn every_usual_extension_leads_back_to_its_kind() {
        for kind in Kind::ALL {
            for extension in kind.extensions() {
                let claim = Claim::from((*extension).to_owned());
                assert_eq!(claim.fit(*kind), Fit::Same, "{extension}");
                assert_eq!(*extension, extension.to_lowercase());
            }
        }
    }

    #[test]
    fn fits() {
        let fit = |name: &str, kind| claim(name).map(|claim| claim.fit(kind));
        assert_eq!(fit("a.doc", Kind::OfficeWord97), Some(Fit::Same));
        assert_eq!(fit("a.doc", Kind::Rtf), Some(Fit::Usual));
        assert_eq!(fit("a.doc", Kind::WindowsProgram), Some(Fit::Contrary));
        assert_eq!(fit("a.js", Kind::Text), Some(Fit::Usual));
        assert_eq!(fit("a.pdf", Kind::Text), Some(Fit::Contrary));
        assert_eq!(fit("a.pdf", Kind::Html), Some(Fit::Contrary));
        assert_eq!(fit("a.xyzzy", Kind::Pdf), Some(Fit::Undecided));
        assert_eq!(fit("a.pdf", Kind::Unknown), Some(Fit::Undecided));
    }

    #[test]
    fn a_claim_is_its_extension_in_json() {
        let claim = claim("a.doc").unwrap();
        let json = serde_json::to_string(&claim).unwrap();
        assert_eq!(json, "\"doc\"");
        assert_eq!(serde_json::from_str::<Claim>(&json).unwrap(), claim);
    }
}
