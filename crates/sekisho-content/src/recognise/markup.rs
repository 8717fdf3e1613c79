//! HTML and XML → which of them, by the first element, its namespace and a few telling words.

use memchr::memmem;

use super::head::{Head, Texture};
use crate::Kind;
use crate::limits::HTA_ELEMENT_WITHIN_BYTES;
use crate::number::slice;

/// The kind of a page or XML document, `None` if the text is neither.
pub(crate) fn kind(bytes: &[u8], head: &Head) -> Option<Kind> {
    let start = head.start();
    if start.starts_with("<?xml") || start.starts_with("<?component") || start.starts_with("<?mso-") {
        return Some(xml(bytes, head));
    }
    if start.starts_with("<?php") || start.starts_with("<?=") {
        return Some(Kind::Php);
    }
    if start.starts_with("<%") {
        return Some(Kind::Asp);
    }
    let body = skip_comments(start);
    if let Some(kind) = by_element(bytes, head, body) {
        return Some(kind);
    }
    if body.starts_with("<!doctype html") {
        return Some(page(bytes));
    }
    let element = element_name(body)?;
    if HTML_ELEMENTS.contains(&element) {
        return Some(page(bytes));
    }
    // An element with a name of its own is XML if it is closed or declares a namespace.
    let closed = head.lower.contains(&format!("</{element}>")) || body.contains(" xmlns");
    (closed && head.texture == Texture::Text).then_some(Kind::Xml)
}

/// A page in the middle of other text: `<html` at the beginning of a line, and a body or head behind it.
pub(crate) fn later_page(bytes: &[u8], head: &Head) -> Option<Kind> {
    let line = head.lower.lines().any(|line| {
        let line = line.trim_start();
        line.starts_with("<html") || line.starts_with("<!doctype html")
    });
    let goes_on = ["<body", "<head", "<script"].iter().any(|element| head.lower.contains(element));
    (line && goes_on).then(|| page(bytes))
}

/// A page that `mshta` runs says so with an element of its own; a connection of Excel's is a page of its own type.
fn page(bytes: &[u8]) -> Kind {
    let start = slice(bytes, 0, HTA_ELEMENT_WITHIN_BYTES).to_ascii_lowercase();
    if memmem::find(slice(&start, 0, PROLOG_BYTES), b"text/x-ms-odc").is_some() {
        return Kind::Dqy;
    }
    let wide: Vec<u8> = HTA.bytes().flat_map(|byte| [byte, 0]).collect();
    let found = memmem::find(&start, HTA.as_bytes()).is_some() || memmem::find(&start, &wide).is_some();
    if found { Kind::Hta } else { Kind::Html }
}

/// Where a page says of which type it is.
const PROLOG_BYTES: usize = 1024;

const HTA: &str = "<hta:application";

fn xml(bytes: &[u8], head: &Head) -> Kind {
    let mut body = head.start();
    // Prolog: declarations, processing instructions, comments, a document type.
    for _ in 0..PROLOG_ITEMS_MAX {
        body = skip_comments(body);
        let end = match body {
            _ if body.starts_with("<?") => body.find("?>").map(|at| at + 2),
            _ if body.starts_with("<!doctype html") => break,
            _ if body.starts_with("<!") => declaration_end(body),
            _ => break,
        };
        let Some(rest) = end.and_then(|end| body.get(end..)) else { break };
        body = rest.trim_start();
    }
    if let Some(kind) = by_program(&head.lower).or_else(|| by_element(bytes, head, body)) {
        return kind;
    }
    let html = element_name(body) == Some("html") || body.starts_with("<!doctype html");
    if html { page(bytes) } else { Kind::Xml }
}

/// Items looked at in front of the first element.
const PROLOG_ITEMS_MAX: usize = 16;

/// Where a document type ends; one with declarations of its own ends behind their bracket.
fn declaration_end(body: &str) -> Option<usize> {
    let end = body.find('>')?;
    match body.find('[') {
        Some(bracket) if bracket < end => body.find("]>").map(|at| at + 2),
        _ => Some(end + 1),
    }
}

/// Office marks its XML with the program that is to open it.
fn by_program(lower: &str) -> Option<Kind> {
    if lower.contains("progid=\"word.document\"") {
        return Some(Kind::OfficeWordXml2003);
    }
    lower.contains("progid=\"excel.sheet\"").then_some(Kind::OfficeExcelXml2003)
}

fn by_element(bytes: &[u8], head: &Head, body: &str) -> Option<Kind> {
    let name = element_name(body)?;
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    let says = |word: &str| head.lower.contains(word);
    match local {
        "svg" => Some(Kind::Svg),
        "job" if name == "job" && says("<script") => Some(Kind::Wsf),
        "package" if says("<job") && says("<script") => Some(Kind::Wsf),
        "package" if says("schemas.microsoft.com/office/2006/xmlpackage") => Some(flat_package(bytes)),
        "scriptlet" | "component" if says("<script") || says("<registration") || says("<public") => {
            Some(Kind::Sct)
        }
        "stylesheet" | "transform"
            if says("www.w3.org/1999/xsl/transform") || says("www.w3.org/tr/wd-xsl") =>
        {
            Some(Kind::Xslt)
        }
        "worddocument" => Some(Kind::OfficeWordXml2003),
        "workbook" if says("urn:schemas-microsoft-com:office:spreadsheet") => Some(Kind::OfficeExcelXml2003),
        "document" if name.starts_with("office:") => Some(Kind::FlatOdf),
        "pcsettings" | "searchablecontent" if says("settingcontent") || says("<deeplink") => {
            Some(Kind::SettingContent)
        }
        "librarydescription" => Some(Kind::LibraryMs),
        "searchconnectordescription" | "persistedquery" | "opensearchdescription" => {
            Some(Kind::SearchConnector)
        }
        "assembly" if says("<deployment") || says("<entrypoint") || says("clickonce") => {
            Some(Kind::ClickOnce)
        }
        "appinstaller" => Some(Kind::AppInstaller),
        "mmc_consolefile" => Some(Kind::Msc),
        "jnlp" => Some(Kind::Jnlp),
        "xdp" => Some(Kind::PdfForm),
        "task" if says("schemas.microsoft.com/windows/2004/02/mit/task") => Some(Kind::ScheduledTask),
        "project" if says("schemas.microsoft.com/developer/msbuild") || says("sdk=\"microsoft") => {
            Some(Kind::MsBuild)
        }
        "plist" if says("payloadtype") => Some(Kind::MobileConfig),
        "plist" if says("<key>url</key>") => Some(Kind::Webloc),
        "plist" => Some(Kind::Plist),
        _ => None,
    }
}

/// An Office document kept as one XML file names its main part like the package does.
fn flat_package(bytes: &[u8]) -> Kind {
    let spreadsheet = memmem::find(bytes, b"spreadsheetml.sheet.main").is_some();
    if spreadsheet { Kind::OfficeExcelXml2003 } else { Kind::OfficeWordXml2003 }
}

/// The name of the element that a text begins with.
fn element_name(body: &str) -> Option<&str> {
    let rest = body.strip_prefix('<')?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-' | '.')))?;
    let name = rest.get(..end)?;
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(name)
}

fn skip_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    for _ in 0..PROLOG_ITEMS_MAX {
        let Some(after) = rest.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) else {
            break;
        };
        rest = after.1.trim_start();
    }
    rest
}

/// Elements that browsers take as the beginning of a page (WHATWG MIME Sniffing, 7.1, and what mail programs write).
const HTML_ELEMENTS: &[&str] = &[
    "html",
    "head",
    "body",
    "script",
    "iframe",
    "h1",
    "h2",
    "h3",
    "div",
    "font",
    "table",
    "a",
    "style",
    "title",
    "b",
    "br",
    "p",
    "meta",
    "center",
    "form",
    "img",
    "span",
    "link",
    "base",
    "frameset",
    "object",
    "embed",
    "input",
    "ul",
    "hr",
    "pre",
    "strong",
    "section",
    "main",
    "article",
    "button",
    "hta:application",
];
