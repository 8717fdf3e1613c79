//! Hand-made workbooks, each in four formats: grades, near misses, what running shows, and damage.

mod build;

use super::*;
use crate::base64;
use crate::{Danger, Keys, open};
use build::{Format, Sample};

fn opened(bytes: &[u8]) -> Opened {
    let mut budget = Budget { sources: Sources::Keep, ..Budget::default() };
    open(bytes, crate::kind(bytes), &Keys::default(), &mut budget, &mut |_| {})
}

fn deed(bytes: &[u8]) -> Option<Deed> {
    opened(bytes).deeds.into_iter().find(|deed| deed.kind == DeedKind::Excel4Macro)
}

fn dangerous() -> String {
    String::from_utf8(base64::decode(include_bytes!("../../../tests/excel4/dangerous.b64"))).unwrap()
}

fn samples(text: &str) -> Vec<(&str, Sample)> {
    let parts = text.split("== ").filter_map(|part| part.split_once('\n'));
    parts.map(|(title, lines)| (title, Sample::parse(lines))).collect()
}

#[test]
fn what_starts_by_itself_and_reaches_out_is_dangerous() {
    let text = dangerous();
    let mut missed = Vec::new();
    for (title, sample) in samples(&text) {
        for format in Format::ALL {
            let deed = deed(&sample.bytes(format));
            if deed.as_ref().map(|deed| deed.danger) != Some(Danger::Dangerous) {
                missed.push(format!("{title}, {format:?}: {deed:?}"));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn business_macros_are_graded_no_higher() {
    let mut wrong = Vec::new();
    for (title, sample) in samples(include_str!("../../../tests/excel4/graded.txt")) {
        let expected = match title.split(':').next() {
            Some("active") => Some(Danger::Active),
            Some("harmless") => Some(Danger::Harmless),
            Some("empty") => Some(Danger::Empty),
            _ => None,
        };
        for format in Format::ALL {
            let deed = deed(&sample.bytes(format));
            if deed.as_ref().map(|deed| deed.danger) != expected {
                wrong.push(format!("{title}, {format:?}: {deed:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is shown of the dangerous sample with this title.
fn shown(title: &str) -> Deed {
    let text = dangerous();
    let sample = samples(&text).into_iter().find(|(known, _)| *known == title).unwrap().1;
    deed(&sample.bytes(Format::Excel97)).unwrap()
}

#[test]
fn running_by_hand_shows_what_was_hidden() {
    let letters = shown("a program from letters");
    assert_eq!(letters.strings, ["EXEC(cmd /c echo t)"]);
    let written = shown("a formula written and reached");
    assert!(written.strings.contains(&"EXEC(cmd /c echo test)".to_owned()), "{written:?}");
    assert!(written.does.contains(&"EXEC".to_owned()), "{written:?}");
    let library = shown("a library under another name");
    assert_eq!(library.links, ["http://files.example/b"]);
    assert!(library.does.contains(&"URLDownloadToFileA".to_owned()), "{library:?}");
    assert_eq!(shown("letters out of a loop").strings, ["EXEC(cmd /c echo test)"]);
    assert_eq!(shown("pieces in a worksheet").strings, ["EXEC(powershell -nop)"]);
    assert_eq!(shown("letters put in for letters").strings, ["EXEC(cmd //c echott)"]);
    assert_eq!(shown("values set first").strings, ["EXEC(powershell -nop)"]);
    let hidden = shown("very hidden and run from another sheet");
    assert_eq!(hidden.place, "Macro1, Macro2 (very hidden)");
    assert_eq!(hidden.links, ["http://pages.example/a"]);
}

#[test]
fn names_are_found_in_every_spelling() {
    for name in
        ["Auto_Open", "AUTO_OPEN", "auto_open\u{200b}", "Auto\u{ad}_Open", "_xlnm.Auto_Open", "auto_close2"]
    {
        assert!(words::starts(name), "{name:?}");
    }
    for name in ["Open", "auto", "Autoopen", "my_auto_open", "Print_Area"] {
        assert!(!words::starts(name), "{name:?}");
    }
    let built_in = Sample::parse("built-in 1 Macro1!A1\nA1 =EXEC(\"cmd\")\n");
    let deed = deed(&built_in.bytes(Format::Excel97)).unwrap();
    assert_eq!((deed.starts, deed.danger), (vec!["Auto_Open".to_owned()], Danger::Dangerous));
}

#[test]
fn sources_are_the_formulas_as_text() {
    let sample = Sample::parse("A1 =EXEC(\"a\"\"b\"&C3)\nA2 =IF(A1>0.5,HALT(),GOTO(B7))\nB1 words\n");
    for format in Format::ALL {
        let sources = opened(&sample.bytes(format)).sources;
        let expected = "A1\t=EXEC(\"a\"\"b\"&C3)\nA2\t=IF(A1>0.5,HALT(),GOTO(B7))\nB1\twords\n";
        assert_eq!(sources, [("Macro1".to_owned(), expected.to_owned())], "{format:?}");
    }
}

/// A macro sheet that is a file of its own: a name, then a formula of BIFF3 or BIFF4.
fn old_sheet(version: u8) -> Vec<u8> {
    let record = |id: [u8; 2], body: &[u8]| [&id, &(body.len() as u16).to_le_bytes()[..], body].concat();
    let upper = if version == 3 { 2 } else { 4 };
    let number = |id: u8| if version == 3 { vec![id] } else { vec![id, 0] };
    let exec = [&[0x17, 3][..], b"cmd", &[0x42, 1], &number(0x6e)].concat();
    let formula = [&[0; 16][..], &[exec.len() as u8, 0], &exec].concat();
    let name = [&[0, 0, 0, 9, 4, 0][..], b"Auto_Open", &[0x44, 0, 0, 0]].concat();
    [
        record([9, upper], &[0, 0, 0x40, 0, 0, 0]),
        record([0x18, 2], &name),
        record([6, upper], &formula),
        record([10, 0], &[]),
    ]
    .concat()
}

#[test]
fn sheets_from_before_excel_5() {
    for version in [3, 4] {
        let mut sheet = old_sheet(version);
        assert_eq!(crate::kind(&sheet), Kind::OfficeExcelOld);
        let deed = deed(&sheet).unwrap();
        assert_eq!((deed.danger, deed.starts), (Danger::Dangerous, vec!["Auto_Open".to_owned()]));
        assert_eq!(deed.strings, ["EXEC(cmd)"]);
        // The same in a worksheet is a formula that Excel refuses.
        sheet[6] = 0x10;
        assert_eq!(opened(&sheet), Opened::default());
    }
    let formula = [&[0; 16][..], &[6, 0x17, 1, b'x', 0x42, 1, 0x6e]].concat();
    let first = [[9, 0, 4, 0, 2, 0, 0x40, 0], [6, 0, 23, 0, 0, 0, 0, 0]].concat();
    let oldest = [&first[..12], &formula, &[10, 0, 0, 0]].concat();
    let deed = deed(&oldest).map(|deed| (deed.danger, deed.strings));
    assert_eq!(deed, Some((Danger::Active, vec!["EXEC(x)".to_owned()])));
}

#[test]
fn links_to_other_workbooks_are_told_where_they_lead_outside() {
    let record =
        |id: u16, body: &[u8]| [&id.to_le_bytes(), &(body.len() as u16).to_le_bytes()[..], body].concat();
    let book = |path: &str| {
        let path = [&[0, 0, path.len() as u8, 0, 0][..], path.as_bytes()].concat();
        let bof = |kind| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let place = (20 + 18 + 4 + path.len() + 4) as u8;
        let sheet = record(0x0085, &[&[place, 0, 0, 0, 0, 0][..], &[4, 0], b"Data"].concat());
        [bof(5), sheet, record(0x01ae, &path), record(10, &[]), bof(0x10), record(10, &[])].concat()
    };
    let told = |path: &str| {
        let opened = opened(&book(path));
        assert_eq!(opened.unread, [], "{path:?}");
        opened.deeds.into_iter().map(|deed| (deed.kind, deed.danger)).collect::<Vec<_>>()
    };
    assert_eq!(told("\u{1}\u{1}@a.example\u{3}b\u{3}c.xls"), [(DeedKind::ExternalObject, Danger::Active)]);
    assert_eq!(told("\u{1}\u{1}@server\u{3}b\u{3}c.xls"), []);
    assert_eq!(told("\u{1}\u{1}Cdocs\u{3}c.xls"), []);
    assert_eq!(told("c.xls"), []);
    assert_eq!(told("cmd\u{3}/c echo"), [(DeedKind::Dde, Danger::Dangerous)]);
}

#[test]
fn a_formula_that_cannot_be_read_is_said() {
    let mut bytes = old_sheet(4);
    let at = memchr::memmem::find(&bytes, &[0x42, 1, 0x6e]).unwrap();
    bytes[at] = 0x7f;
    assert_eq!(opened(&bytes).unread, [(Unread::Damaged, "formula".to_owned())]);
}

#[test]
fn a_sylk_file_and_its_near_miss() {
    let macros = b"ID;PWXL;N;E\r\nO;L;E;D\r\nNN;NAuto_open;ER101C1;F\r\nC;Y101;X1;K0;EEXEC(\"cmd /c a;;b\")\r\nC;Y102;K0;EHALT()\r\nE\r\n";
    let deed = deed(macros).unwrap();
    assert_eq!((deed.danger, deed.strings), (Danger::Dangerous, vec!["EXEC(cmd /c a;b)".to_owned()]));
    assert_eq!(opened(macros).unread, []);
    let table = b"ID;PWXL;N;E\r\nO;L;D\r\nNN;NPrices;ER1C1\r\nC;Y1;X1;K12;ESUM(R[1]C:R[3]C)\r\nE\r\n";
    assert_eq!(opened(table), Opened::default());
    let cut = opened(&table[..table.len() - 4]);
    assert_eq!(cut.unread, [(Unread::Damaged, "sylk".to_owned())]);
}

#[test]
fn loops_without_end_are_cut_and_said() {
    for lines in [
        "name Auto_Open Macro1!A1\nA1 =WHILE(TRUE)\nA2 =ALERT(1)\nA3 =NEXT()\n",
        "name Auto_Open Macro1!A1\nA1 =GOTO(A1)\n",
        "name Auto_Open Macro1!A1\nA1 =A1()\nA2 =A1()\nA3 =RUN(A1)\n",
        "name Auto_Open Macro1!A1\nA1 =SET.NAME(\"a\",\"xx\")\nA2 =WHILE(TRUE)\nA3 =SET.NAME(\"a\",a&a)\nA4 =NEXT()\n",
        "name Auto_Open Auto_Open\nA1 =Auto_Open+A1+A2\nA2 =A1&A1&A2\n",
    ] {
        let opened = opened(&Sample::parse(lines).bytes(Format::Excel97));
        assert_eq!(opened.deeds.len(), 1, "{lines}: {opened:?}");
    }
    let endless = Sample::parse("name Auto_Open Macro1!A1\nA1 =GOTO(A1)\n");
    assert!(
        opened(&endless.bytes(Format::Excel97))
            .unread
            .contains(&(Unread::TooLarge, "excel 4 macro".to_owned()))
    );
}

#[test]
fn what_cells_hold_is_there_for_other_macros() {
    let sample =
        Sample::parse("sheet Data worksheet\nB3 a text\nC4 65\nsheet More worksheet\nMore!AA10 second");
    let told = |cells: Result<Vec<held::Held>, Unread>| -> Vec<String> {
        cells.unwrap().into_iter().map(|cell| format!("{} {} {}", cell.row, cell.column, cell.text)).collect()
    };
    let expected = ["2 1 a text", "3 2 65", "9 26 second"];
    for format in [Format::Excel97, Format::Excel95] {
        let bytes = sample.bytes(format);
        assert_eq!(told(held::of_stream(&bytes, &mut Budget::default())), expected, "{format:?}");
        for end in 0..bytes.len() {
            let _ = held::of_stream(&bytes[..end], &mut Budget::default());
        }
        let mut budget = Budget { work_left: 3, ..Budget::default() };
        assert!(held::of_stream(&bytes, &mut budget).is_err());
    }
    let bytes = sample.bytes(Format::Binary);
    let zip = crate::zip::Zip::at_start(&bytes).unwrap();
    let part = |name: &str| zip.content(name).unwrap();
    assert_eq!(told(held::of_part(&part("xl/s/0.bin"), &[], &mut Budget::default())), expected[..2]);
    assert_eq!(told(held::of_part(&part("xl/s/1.bin"), &[], &mut Budget::default())), expected[2..]);
}

#[test]
fn cut_and_changed_workbooks_end() {
    let text = dangerous();
    let sample = samples(&text).into_iter().nth(6).unwrap().1;
    for format in Format::ALL {
        let bytes = sample.bytes(format);
        for end in (1..bytes.len()).step_by(if format == Format::Package { 29 } else { 3 }) {
            let _ = opened(&bytes[..end]);
        }
        let mut seed = 7_u32;
        for _ in 0..150 {
            let mut changed = bytes.clone();
            for _ in 0..3 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (seed >> 8) as usize % changed.len();
                changed[at] = (seed & 0xff) as u8;
            }
            let _ = opened(&changed);
        }
    }
    let excel = sample.bytes(Format::Excel97);
    for end in 6..excel.len() {
        let opened = opened(&excel[..end]);
        assert!(!opened.unread.is_empty() || !opened.deeds.is_empty(), "cut at {end}");
    }
}
