//! Small PDFs → what they do and hold: a table of actions with their near misses, and damage.

use std::io::Write as _;

use crate::{Budget, Danger, DeedKind, Hold, Keys, Kind, Opened, Sources, Unread, open};

/// A PDF of these objects, numbered from 1; the first is the catalogue.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut text = "%PDF-1.7\n".to_owned();
    for (at, object) in objects.iter().enumerate() {
        text.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    text.push_str("trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n");
    text.into_bytes()
}

fn stream(dictionary: &str, bytes: &str) -> String {
    format!("<< {dictionary} /Length {} >>\nstream\n{bytes}\nendstream", bytes.len())
}

struct Told {
    opened: Opened,
    members: Vec<(Vec<String>, Vec<u8>, Hold)>,
}

fn told(bytes: &[u8]) -> Told {
    told_as(bytes, Kind::Pdf)
}

fn told_as(bytes: &[u8], kind: Kind) -> Told {
    let mut members = Vec::new();
    let mut budget = Budget { sources: Sources::Keep, ..Budget::default() };
    let opened = open(bytes, kind, &Keys::default(), &mut budget, &mut |member| {
        members.push((member.names, member.bytes.into_owned(), member.hold));
    });
    Told { opened, members }
}

/// The worst deed, with what starts it.
fn worst(bytes: &[u8]) -> String {
    let told = told(bytes);
    let unread = told.opened.unread.iter().map(|(unread, detail)| format!(" !{} {detail}", unread.id()));
    let unread: String = unread.collect();
    let worst = told.opened.deeds.iter().max_by_key(|deed| deed.danger);
    worst.map_or("quiet".to_owned(), |deed| {
        format!("{:?} {:?} {}", deed.kind, deed.danger, deed.starts.join(", ")).trim().to_owned()
    }) + &unread
}

#[test]
fn actions_by_what_starts_them() {
    let table: &[(&str, &[&str])] = &[
        (
            "Script Dangerous OpenAction",
            &["<</OpenAction <</S/JavaScript/JS(app.launchURL\\('https://a.example'\\))>>>>"],
        ),
        (
            "Script Dangerous OpenAction",
            &[
                "<</OpenAction 2 0 R>>",
                "<</S/J#61vaScript/JS 3 0 R>>",
                "(app['launch'+'URL']\\('https://a.example'\\))",
            ],
        ),
        (
            "Script Dangerous document script",
            &[
                "<</Names<</JavaScript 2 0 R>>>>",
                "<</Kids[3 0 R]>>",
                "<</Names[(a)4 0 R]>>",
                "<</S/JavaScript/JS<6576616c28756e6573636170652827253631272929>>>",
            ],
        ),
        (
            "Script Dangerous page opened",
            &[
                "<</Pages 2 0 R>>",
                "<</Type/Page/AA 3 0 R>>",
                "<</O<</S/JavaScript/JS(this.exportDataObject\\({cName:'a',nLaunch:2}\\))>>>>",
            ],
        ),
        (
            "Script Active",
            &["<</Pages 2 0 R>>", "<</A<</S/JavaScript/JS(this.submitForm\\('https://a.example'\\))>>>>"],
        ),
        ("Script Harmless", &["<</Pages 2 0 R>>", "<</A<</S/JavaScript/JS(this.print\\(\\))>>>>"]),
        ("Script Harmless OpenAction", &["<</OpenAction<</S/JavaScript/JS(this.print\\({bUI:true}\\))>>>>"]),
        (
            "Script Dangerous OpenAction",
            &[
                "<</OpenAction<</S/GoTo/Next[2 0 R]>>>>",
                "<</S/Rendition/JS(app.launchURL\\('https://a.example'\\))>>",
            ],
        ),
        ("Command Dangerous", &["<</Pages 2 0 R>>", "<</A<</S/Launch/Win<</F(cmd.exe)/P(/c calc.exe)>>>>>>"]),
        ("Command Dangerous OpenAction", &["<</OpenAction<</S/Launch/F(other.pdf)>>>>"]),
        ("Command Dangerous", &["<</A<</S/Launch/F(\\\\\\\\host\\\\share\\\\a.pdf)>>>>"]),
        ("Command Harmless", &["<</A<</S/Launch/F(other.pdf)>>>>"]),
        ("Link Active OpenAction", &["<</OpenAction<</S/URI/URI(https://a.example)>>>>"]),
        ("quiet", &["<</OpenAction[2 0 R/Fit]>>", "<</Type/Page/A<</S/URI/URI(https://a.example)>>>>"]),
        (
            "ExternalObject Dangerous page opened",
            &["<</Type/Page/AA<</O<</S/GoToR/F(\\\\\\\\host\\\\a.pdf)/D[0/Fit]>>>>>>"],
        ),
        ("quiet", &["<</A<</S/GoToR/F(chapter2.pdf)/D[0/Fit]>>>>"]),
        ("ExternalObject Active", &["<</A<</S/SubmitForm/F<</FS/URL/F(https://a.example)>>>>>>"]),
        ("ExternalObject Harmless", &["<</A<</S/SubmitForm/F(mailto:office@a.example)>>>>"]),
        ("AttackedObject Active", &["<</Type/Annot/Subtype/RichMedia/RichMediaContent<<>>>>"]),
    ];
    let wrong: Vec<String> = table
        .iter()
        .map(|(expected, objects)| (*expected, worst(&pdf(objects)), objects))
        .filter(|(expected, found, _)| expected != found)
        .map(|(expected, found, objects)| format!("{objects:?}: {expected}, not {found}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_older_version_and_an_object_in_a_stream_count() {
    let mut bytes = pdf(&["<</OpenAction<</S/JavaScript/JS(app.launchURL\\('https://a.example'\\))>>>>"]);
    bytes.extend_from_slice(b"1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n");
    assert_eq!(worst(&bytes), "Script Dangerous OpenAction");
    let inside = "5 0 <</S/JavaScript/JS(app.launchURL\\('https://a.example'\\))>>";
    let packed = stream("/Type/ObjStm/N 1/First 4", inside);
    assert_eq!(worst(&pdf(&["<</OpenAction 5 0 R>>", &packed])), "Script Dangerous OpenAction");
    let broken = stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", inside);
    assert_eq!(told(&pdf(&["<<>>", &broken])).opened.unread[0].0, Unread::Damaged);
}

#[test]
fn files_inside_are_handed_out_by_every_name() {
    let deflated = {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(b"inside").unwrap();
        encoder.finish().unwrap()
    };
    let hex: String = deflated.iter().map(|byte| format!("{byte:02x}")).collect();
    let file = stream("/Type/EmbeddedFile/Filter[/AHx/Fl]", &hex);
    let bytes = pdf(&[
        "<<>>",
        &file,
        "<</F(\\220\\277\\213\\201.exe)/UF<feff8acb6c42002e006500780065>/EF<</F 2 0 R>>>>",
    ]);
    let told = told(&bytes);
    assert_eq!(told.members.len(), 1);
    assert_eq!(told.members[0].0[0], "請求.exe");
    assert_eq!(told.members[0].1, b"inside");
    assert_eq!(told.opened.unread, []);
}

#[test]
fn objects_of_a_file_inside_are_not_this_files() {
    let inner = String::from_utf8(pdf(&["<</OpenAction<</S/Launch/F(a.exe)>>>>"])).unwrap();
    let bytes = pdf(&["<<>>", &stream("/Type/EmbeddedFile", &inner)]);
    assert_eq!(worst(&bytes), "quiet");
    assert_eq!(told(&bytes).members[0].1, inner.as_bytes());
}

#[test]
fn what_stands_behind_the_end_is_handed_out() {
    let appended = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--\r\n";
    let mut bytes = pdf(&["<<>>"]);
    bytes.extend_from_slice(appended);
    let told = told(&bytes);
    assert_eq!((told.members.len(), told.members[0].2), (1, Hold::Appended));
    let mut filled = pdf(&["<<>>"]);
    filled.extend_from_slice(&[0; 5000]);
    assert!(self::told(&filled).members.is_empty());
}

#[test]
fn a_link_over_the_page_is_a_deed_and_a_button_is_none() {
    let page = |rectangles: &[&str], target: &str| {
        let links: String = rectangles
            .iter()
            .map(|rectangle| format!("<</Subtype/Link/Rect[{rectangle}]/A<</S/URI/URI({target})>>>>"))
            .collect();
        pdf(&[
            "<</Pages 2 0 R>>",
            "<</MediaBox[0 0 600 800]>>",
            &format!("<</Type/Page/Parent 2 0 R/Annots[{links}]>>"),
        ])
    };
    let target = "https://a.example/x";
    assert_eq!(worst(&page(&["0 0 600 800"], target)), "Link Active");
    assert_eq!(worst(&page(&["0 400 600 800", "0 0 600 300"], target)), "Link Active");
    assert_eq!(worst(&page(&["200 100 400 150"], target)), "quiet");
    assert_eq!(worst(&page(&["0 0 600 800"], "mailto:a@b.example")), "quiet");
}

#[test]
fn forms_with_scripts() {
    let xml = "<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><template><event activity='initialize'>\
        <script>app.launchURL('https://a.example')</script></event></template></xdp:xdp>";
    let bytes = pdf(&["<</AcroForm<</XFA[(template)2 0 R]>>>>", &stream("", xml)]);
    assert_eq!(worst(&bytes), "Script Dangerous form: initialize");
    assert_eq!(told_as(xml.as_bytes(), Kind::PdfForm).opened.deeds[0].danger, Danger::Dangerous);
    let quiet = xml.replace("app.launchURL('https://a.example')", "this.rawValue = a.rawValue * 2");
    assert_eq!(told_as(quiet.as_bytes(), Kind::PdfForm).opened.deeds[0].danger, Danger::Harmless);
}

#[test]
fn sources_are_kept_where_asked_for() {
    let told = told(&pdf(&["<</OpenAction<</S/JavaScript/JS(var a = 1;)>>>>"]));
    assert_eq!(told.opened.sources, [("object 1".to_owned(), "var a = 1;".to_owned())]);
    assert_eq!(told.opened.deeds[0].kind, DeedKind::Script);
}

#[test]
fn another_handler_stays_locked() {
    let bytes = "%PDF-1.7\n1 0 obj\n<</Filter/Adobe.PubSec>>\nendobj\ntrailer\n<</Encrypt 1 0 R>>\nstartxref\n0\n%%EOF";
    assert_eq!(told(bytes.as_bytes()).opened.unread, [(Unread::Locked, "Adobe.PubSec".to_owned())]);
}

#[test]
fn a_cut_file_is_damaged_or_tells_the_same() {
    let script = stream("", "app.launchURL('https://a.example')");
    let bytes =
        pdf(&["<</OpenAction<</S/JavaScript/JS 2 0 R>>>>", &script, &stream("/Type/EmbeddedFile", "inside")]);
    let whole = told(&bytes);
    for end in 0..bytes.len() {
        let cut = told(&bytes[..end]);
        let is_same = cut.opened.deeds == whole.opened.deeds && cut.members.len() == whole.members.len();
        assert!(is_same || !cut.opened.unread.is_empty(), "cut at {end}: {:?}", cut.opened);
    }
}

#[test]
fn flipped_bytes_end() {
    let script = stream("/Filter/ASCIIHexDecode", "6170702e6c61756e636855524c>");
    let bytes = pdf(&[
        "<</OpenAction<</S/JavaScript/JS 2 0 R>>/Names<</EmbeddedFiles<</Names[(a)3 0 R]>>>>>>",
        &script,
        "<</F(a)/EF<</F 2 0 R>>>>",
    ]);
    for at in 0..bytes.len() {
        for flip in [1, 4, 32, 128] {
            let mut flipped = bytes.clone();
            flipped[at] ^= flip;
            let _ = told(&flipped);
        }
    }
}

#[test]
fn references_and_lists_that_lead_in_circles_end() {
    let circle = pdf(&[
        "<</OpenAction 2 0 R/Names<</JavaScript 4 0 R>>/XFA 3 0 R>>",
        "<</S/JavaScript/JS 3 0 R/Next 2 0 R>>",
        "3 0 R",
        "<</Kids[4 0 R 4 0 R]/Names 4 0 R>>",
        "<</Type/Page/Parent 5 0 R/Annots 3 0 R>>",
    ]);
    assert!(told(&circle).opened.deeds.len() < 5);
    let unclosed = "1 0 obj (".repeat(20_000);
    assert!(!told(unclosed.as_bytes()).opened.unread.is_empty());
    let streams = "1 0 obj <</Length 9 0 R>> stream\n".repeat(20_000);
    assert!(!told(streams.as_bytes()).opened.unread.is_empty());
}

#[test]
fn codes_in_pictures() {
    let rows: Vec<&str> = include_str!("../../tests/pictures/code.txt").lines().collect();
    let (side, size) = (rows.len() * 4, rows.len());
    let shades: Vec<u8> = (0..side)
        .flat_map(|y| (0..side).map(move |x| (x, y)))
        .map(|(x, y)| if rows[y / 4].as_bytes()[x / 4] == b'#' { 0 } else { 255 })
        .collect();
    let hex: String = shades.iter().map(|shade| format!("{shade:02x}")).collect();
    let grey = format!(
        "/Subtype/Image/Width {side}/Height {side}/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/AHx"
    );
    let told = |dictionary: &str, hex: &str| {
        let opened = told(&pdf(&["<<>>", &stream(dictionary, hex)])).opened;
        opened.deeds.into_iter().flat_map(|deed| deed.links).collect::<Vec<_>>()
    };
    assert_eq!(told(&grey, &hex), ["https://a.example/x"]);
    let rgb: String = shades.iter().map(|shade| format!("{shade:02x}").repeat(3)).collect();
    assert_eq!(told(&grey.replace("DeviceGray", "DeviceRGB"), &rgb), ["https://a.example/x"]);
    let listed = grey.replace("/DeviceGray", "[/Indexed/DeviceRGB 1<000000ffffff>]");
    let indices: String = shades.iter().map(|shade| if *shade == 0 { "00" } else { "01" }).collect();
    assert_eq!(told(&listed, &indices), ["https://a.example/x"]);
    assert!(told(&grey, &"7f".repeat(side * side)).is_empty());
    assert!(told(&grey, "00ff").is_empty(), "{size}");
}

#[test]
fn an_object_that_only_the_table_leads_to_counts() {
    let action = "<</OpenAction<</S/Launch/F(a.exe)>>>>";
    let hidden = format!(
        "%PDF-1.7\n1 %c\n0 %c\nobj {action} endobj\nxref\n0 2\n0000000000 65535 f\r\n0000000009 00000 n\r\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    );
    assert_eq!(worst(hidden.as_bytes()), "Command Dangerous OpenAction");
    let moved = format!("junk\n{hidden}");
    assert_eq!(worst(moved.as_bytes()), "Command Dangerous OpenAction");
}

#[test]
fn a_script_that_stays_locked_is_told() {
    let handler = format!("<</Filter/Standard/V 1/R 2/P -1/O<{0}>/U<{0}>>>", "5a".repeat(32));
    let mut bytes = pdf(&["<</OpenAction<</S/JavaScript/JS(abc)>>>>", &handler]);
    bytes.extend_from_slice(b"trailer\n<</Root 1 0 R/Encrypt 2 0 R>>\nstartxref\n0\n%%EOF\n");
    assert_eq!(worst(&bytes), "Script Active OpenAction !locked pdf");
}
