//! Parts of an Office Open XML package → strings that macros read, and what in it calls macros ([ECMA-376] parts 1 and 4,
//! [MS-CUSTOMUI]).

use super::{CELLS_MAX, KEPT_MAX, Stored, cut};
use crate::office::excel4::held;
use crate::office::vba::grade::Clicks;
use crate::open::Look;
use crate::xml::{Token, Xml, decoded};
use crate::{Cost, Family, Kind, Unread};

/// A part larger than this is content, not settings; sheets are read to this size.
const PART_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Adds what the parts of a package say; other files say nothing here.
pub(super) fn read(look: &mut Look<'_>, stored: &mut Stored) {
    let Some(zip) = look.package() else { return };
    stored.clicks = Some(Clicks::None);
    let mut words: Vec<String> = Vec::new();
    let mut sheets = Vec::new();
    let mut binary = Vec::new();
    for (at, member) in zip.members.iter().enumerate() {
        let name = member.name.to_ascii_lowercase();
        let Some(part) = Part::of(&name) else { continue };
        let content = match zip.unpack(at, look.budget) {
            Ok(content) => content,
            Err(unread) => {
                look.opened.note(unread, &member.name);
                continue;
            }
        };
        let content = content.get(..PART_BYTES_MAX).unwrap_or(&content);
        if look.budget.pay(Cost::Work(content.len() as u64 / 16)).is_err() {
            look.opened.note(Unread::TooLarge, &member.name);
            return;
        }
        if matches!(part, Part::BinaryWords | Part::BinarySheet) {
            binary.push((part, member.name.as_str(), content.to_vec()));
            continue;
        }
        let text = decoded(content);
        match part {
            Part::BinaryWords | Part::BinarySheet => {}
            Part::Properties => properties(&text, stored),
            Part::Settings => variables(&text, stored),
            Part::Ribbon => ribbon(&text, look.kind, stored),
            Part::Drawn => drawn(&text, stored),
            Part::Words => words = shared(&text),
            Part::Sheet => sheets.push(text.into_owned()),
        }
    }
    // The shared strings may come behind the sheets.
    for sheet in &sheets {
        cells(sheet, &words, stored);
    }
    let words = binary.iter().find(|(part, ..)| *part == Part::BinaryWords);
    let words = words.map(|(_, _, content)| held::shared(content)).unwrap_or_default();
    for (_, name, content) in binary.iter().filter(|(part, ..)| *part == Part::BinarySheet) {
        stored.keep_cells(held::of_part(content, &words, look.budget), name, look.opened);
    }
    stored.descriptions.sort_by_key(|text| std::cmp::Reverse(text.len()));
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Properties,
    Settings,
    Ribbon,
    Drawn,
    Words,
    Sheet,
    /// The strings of a binary workbook.
    BinaryWords,
    /// A sheet of one.
    BinarySheet,
}

impl Part {
    fn of(name: &str) -> Option<Part> {
        if name.ends_with(".bin") {
            let is_sheet = name.contains("worksheets/");
            let is_words = name.ends_with("sharedstrings.bin");
            return if is_sheet { Some(Part::BinarySheet) } else { is_words.then_some(Part::BinaryWords) };
        }
        if !(name.ends_with(".xml") || name.ends_with(".vml")) {
            return None;
        }
        Some(if name.starts_with("docprops/") {
            Part::Properties
        } else if name.ends_with("word/settings.xml") {
            Part::Settings
        } else if name.contains("customui") {
            Part::Ribbon
        } else if name.ends_with("sharedstrings.xml") {
            Part::Words
        } else if name.contains("worksheets/") {
            Part::Sheet
        } else if ["drawing", "ctrlprop", "slides/slide", "document.xml", "header", "footer"]
            .iter()
            .any(|part| name.contains(part))
        {
            Part::Drawn
        } else {
            return None;
        })
    }
}

/// `<dc:description>…`, or `<property name="x"><vt:lpwstr>…`.
fn properties(text: &str, stored: &mut Stored) {
    let mut name = String::new();
    for token in Xml::new(text) {
        match token {
            Token::Open(tag) if tag.name == "property" => {
                name = tag.attribute("name").unwrap_or_default().into_owned();
            }
            // A value of its own inside a named property keeps that name.
            Token::Open(tag) if tag.name.starts_with("lp") || tag.name == "bstr" => {}
            Token::Open(tag) => {
                name = match tag.name {
                    "description" => "comments",
                    "creator" => "author",
                    "lastModifiedBy" => "last author",
                    other => other,
                }
                .to_owned();
            }
            Token::Text(text) if !text.trim().is_empty() && !name.is_empty() => {
                stored.keep_named(&name, &text)
            }
            _ => {}
        }
    }
}

/// `<w:docVar w:name="x" w:val="…"/>`
fn variables(text: &str, stored: &mut Stored) {
    for token in Xml::new(text) {
        if let Token::Open(tag) = token
            && tag.name == "docVar"
            && let (Some(name), Some(value)) = (tag.attribute("name"), tag.attribute("val"))
        {
            stored.keep_named(&name, &value);
        }
    }
}

/// Callbacks that are called when the ribbon is shown, and those that are called on a click. A click on an add-in's own
/// ribbon comes after the person has installed it.
fn ribbon(text: &str, kind: Kind, stored: &mut Stored) {
    for token in Xml::new(text) {
        let Token::Open(tag) = token else { continue };
        for (name, value) in tag.attributes() {
            if matches!(name, "onLoad" | "loadImage" | "onShow")
                || name.starts_with("get") && !value.is_empty()
            {
                let called = value.rsplit(['.', '!']).next().unwrap_or_default();
                if stored.started.len() < KEPT_MAX {
                    stored.started.insert(called.to_lowercase());
                }
            } else if name == "onAction" && kind.family() != Family::AddIn {
                stored.clicks = Some(Clicks::Possible);
            }
        }
    }
}

/// Shapes: their macros and alternative texts.
fn drawn(text: &str, stored: &mut Stored) {
    for token in Xml::new(text) {
        match token {
            Token::Open(tag) => {
                if tag.name == "FmlaMacro" {
                    stored.clicks = Some(Clicks::Possible);
                }
                for (name, value) in tag.attributes() {
                    let calls =
                        matches!(name, "macro" | "fmlaMacro" | "entryMacro" | "exitMacro" | "onAction");
                    if calls && !value.is_empty() || value.starts_with("ppaction://macro") {
                        stored.clicks = Some(Clicks::Possible);
                    }
                    let describes = matches!(name, "descr" | "alt" | "title") && value.len() > 3;
                    if describes && stored.descriptions.len() < KEPT_MAX {
                        stored.descriptions.push(cut(&value));
                    }
                }
                // Controls and fields of Word that call macros.
                if matches!(tag.name, "control" | "entryMacro" | "exitMacro") {
                    stored.clicks = Some(Clicks::Possible);
                }
            }
            Token::Text(text) if text.to_ascii_uppercase().contains("MACROBUTTON") => {
                stored.clicks = Some(Clicks::Possible);
            }
            _ => {}
        }
    }
}

/// The shared strings of a workbook.
fn shared(text: &str) -> Vec<String> {
    const STRINGS_MAX: usize = 100_000;
    let mut strings = Vec::new();
    let mut current: Option<String> = None;
    for token in Xml::new(text) {
        match token {
            Token::Open(tag) if tag.name == "si" => current = Some(String::new()),
            Token::Close("si") => strings.extend(current.take()),
            Token::Text(text) => {
                if let Some(current) = &mut current {
                    current.push_str(&text);
                }
            }
            _ => {}
        }
        if strings.len() >= STRINGS_MAX {
            break;
        }
    }
    strings
}

/// Cells with text or numbers.
fn cells(sheet: &str, words: &[String], stored: &mut Stored) {
    let (mut address, mut is_shared, mut inside) = (String::new(), false, false);
    for token in Xml::new(sheet) {
        match token {
            Token::Open(tag) if tag.name == "c" => {
                address = tag.attribute("r").unwrap_or_default().to_lowercase();
                is_shared = tag.attribute("t").as_deref() == Some("s");
            }
            Token::Open(tag) => inside = matches!(tag.name, "v" | "t") && !tag.empty,
            Token::Close(_) => inside = false,
            Token::Text(text) if inside && !address.is_empty() && stored.cells.len() < CELLS_MAX => {
                let word = text.trim().parse::<usize>().ok().filter(|_| is_shared);
                let value = if is_shared { word.and_then(|at| words.get(at)) } else { None };
                let value = value.map_or_else(|| cut(&text), |word| cut(word));
                stored.cells.entry(std::mem::take(&mut address)).or_default().push(value);
            }
            Token::Text(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_variables_and_cells_are_kept() {
        let mut stored = Stored::default();
        properties(
            "<cp:coreProperties><dc:description>cmd /c &quot;rem&quot;</dc:description></cp:coreProperties>",
            &mut stored,
        );
        properties(
            "<Properties><property name=\"Weg\"><vt:lpwstr>nach</vt:lpwstr></property></Properties>",
            &mut stored,
        );
        variables("<w:docVars><w:docVar w:name=\"a\" w:val=\"1&lt;2\"/></w:docVars>", &mut stored);
        assert_eq!(stored.named.get("comments").map(String::as_str), Some("cmd /c \"rem\""));
        assert_eq!(stored.named.get("weg").map(String::as_str), Some("nach"));
        assert_eq!(stored.named.get("a").map(String::as_str), Some("1<2"));
        let words = shared("<sst><si><t>eins</t></si><si><r><t>zw</t></r><r><t>ei</t></r></si></sst>");
        cells("<row><c r=\"B7\" t=\"s\"><v>1</v></c><c r=\"C7\"><v>65</v></c></row>", &words, &mut stored);
        assert_eq!(stored.cells.get("b7").map(Vec::as_slice), Some(&["zwei".to_owned()][..]));
        assert_eq!(stored.cells.get("c7").map(Vec::as_slice), Some(&["65".to_owned()][..]));
    }

    #[test]
    fn what_calls_macros_is_known() {
        let clicks = |text: &str| {
            let mut stored = Stored { clicks: Some(Clicks::None), ..Stored::default() };
            drawn(text, &mut stored);
            stored.clicks()
        };
        assert_eq!(clicks("<xdr:sp macro=\"[0]!Start\" textlink=\"\"/>"), Clicks::Possible);
        assert_eq!(clicks("<xdr:sp macro=\"\" textlink=\"\"/>"), Clicks::None);
        assert_eq!(clicks("<a:hlinkClick action=\"ppaction://macro?name=Start\"/>"), Clicks::Possible);
        assert_eq!(clicks("<w:instrText> MACROBUTTON Start Click</w:instrText>"), Clicks::Possible);
        let mut stored = Stored { clicks: Some(Clicks::None), ..Stored::default() };
        let text = "<customUI onLoad=\"Geladen\"><button getLabel=\"Wort\" onAction=\"Tun\"/></customUI>";
        ribbon(text, Kind::OfficeExcelAddIn, &mut stored);
        assert_eq!(stored.clicks(), Clicks::None);
        assert_eq!(stored.started.iter().collect::<Vec<_>>(), ["geladen", "wort"]);
        ribbon(text, Kind::OfficeWordOoxmlMacro, &mut stored);
        assert_eq!(stored.clicks(), Clicks::Possible);
    }
}
