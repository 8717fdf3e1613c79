//! Files that are attached for what they are: programs, scripts, shortcuts, images of disks, locks, paddings.

use super::{Change, Mail, Mutation, attached};
use crate::mime::{Entity, field};
use crate::{Rng, files};

pub(super) const MUTATIONS: &[Mutation] = &[
    Mutation {
        id: "old-office-format",
        fires: Change::Bytes(old_office),
        near_miss: Change::Bytes(new_office),
    },
    Mutation {
        id: "program-attached",
        fires: Change::Bytes(program),
        near_miss: Change::Bytes(talk_of_program),
    },
    Mutation { id: "script-attached", fires: Change::Bytes(script), near_miss: Change::Bytes(plain_listing) },
    Mutation {
        id: "shortcut-attached",
        fires: Change::Bytes(shortcut),
        near_miss: Change::Bytes(picture_of_shortcut),
    },
    Mutation {
        id: "disk-image-attached",
        fires: Change::Bytes(disk_image),
        near_miss: Change::Bytes(plain_archive),
    },
    Mutation { id: "add-in-attached", fires: Change::Bytes(add_in), near_miss: Change::Bytes(new_office) },
    Mutation {
        id: "locked-attachment",
        fires: Change::Bytes(locked),
        near_miss: Change::Bytes(plain_archive),
    },
    Mutation { id: "padded-file", fires: Change::Bytes(padded), near_miss: Change::Bytes(large_file) },
    Mutation { id: "unread-part", fires: Change::Bytes(unreadable), near_miss: Change::Bytes(readable) },
];

fn old_office(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (name, stream) = *rng.pick(&[
        ("議事録.doc", "WordDocument"),
        ("名簿.xls", "Workbook"),
        ("発表資料.ppt", "PowerPoint Document"),
        ("報告書.dot", "WordDocument"),
        // The content decides, not the name.
        ("ご案内.docx", "WordDocument"),
    ]);
    let bytes = files::compound(rng, stream);
    attached(rng, mail, name, &bytes)
}

fn new_office(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let name = *rng.pick(&["議事録.docx", "名簿.xlsx", "発表資料.pptx", "見積書.pdf"]);
    let bytes = files::by_name(rng, name);
    attached(rng, mail, name, &bytes)
}

fn program(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let bytes = files::program(rng);
    let name = *rng.pick(&["setup.exe", "見積書.exe", "viewer.scr", "tool.com", "update.dat", "図面"]);
    attached(rng, mail, name, &bytes)
}

fn talk_of_program(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (name, bytes) = match rng.below(3) {
        0 => (
            "setup.exe の手順.txt",
            "setup.exe を開いて「次へ」を押します。\r\nMZ は関係ありません。\r\n".as_bytes().to_vec(),
        ),
        1 => ("導入手順.pdf", files::pdf(rng)),
        _ => ("画面.png", files::png()),
    };
    attached(rng, mail, name, &bytes)
}

fn script(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (name, content) = *rng.pick(&[
        ("請求書.js", "// inert\r\nvar greeting = 'hello';\r\nfunction show() { return greeting; }\r\n"),
        ("data.vbs", "' inert\r\nDim greeting\r\ngreeting = \"hello\"\r\n"),
        ("open.bat", "@echo off\r\nrem inert\r\necho hello\r\n"),
        ("run.cmd", "@echo off\r\necho hello\r\n"),
        ("setup.ps1", "# inert\r\nWrite-Output \"hello\"\r\n"),
        ("案内.hta", "<html><head><hta:application id=\"a\"/></head><body>hello</body></html>\r\n"),
        ("資料.wsf", "<job><script language=\"JScript\">var a = 1;</script></job>\r\n"),
        ("list.jse", "// inert\r\nvar a = 1;\r\n"),
    ]);
    attached(rng, mail, name, content.as_bytes())
}

fn plain_listing(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (name, content) = *rng.pick(&[
        ("手順.txt", "1. バッチ処理を実行する\r\n2. echo の結果を確認する\r\n"),
        ("一覧.csv", "番号,品名\r\n1,照明\r\n"),
        ("設定.json", "{\"script\": \"none\"}\r\n"),
    ]);
    attached(rng, mail, name, content.as_bytes())
}

fn shortcut(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let bytes = files::shortcut();
    let name = *rng.pick(&["請求書.lnk", "資料.pdf.lnk", "フォルダ", "一覧.txt"]);
    attached(rng, mail, name, &bytes)
}

fn picture_of_shortcut(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let bytes = files::png();
    let name = *rng.pick(&["ショートカットの作り方.png", "lnk.png", "リンク集.png"]);
    attached(rng, mail, name, &bytes)
}

fn disk_image(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    if rng.chance(30) {
        // A fixed-size virtual disk ends in a footer of 512 bytes that begins with its name.
        let mut bytes = vec![0_u8; 8192];
        let footer = bytes.len();
        bytes.resize(footer + 512, 0);
        bytes[footer..footer + 8].copy_from_slice(b"conectix");
        bytes[..8].copy_from_slice(b"conectix");
        return attached(rng, mail, "backup.vhd", &bytes);
    }
    let bytes = files::disk_image();
    let name = *rng.pick(&["書類.iso", "document.img", "請求書.iso", "scan.dat"]);
    attached(rng, mail, name, &bytes)
}

fn plain_archive(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let drawing = files::pdf(rng);
    let bytes = files::zip(&[("図面.pdf", drawing), ("配置.jpg", files::jpeg(rng))]);
    let name = *rng.pick(&["図面一式.zip", "写真.zip", "iso_規格.zip"]);
    attached(rng, mail, name, &bytes)
}

fn add_in(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (name, bytes) = match rng.below(4) {
        0 => ("集計.xll", files::program(rng)),
        1 => ("便利機能.xlam", files::office_package(rng, "xl/workbook.xml")),
        2 => ("拡張.ppam", files::office_package(rng, "ppt/presentation.xml")),
        _ => ("追加.xla", files::compound(rng, "Workbook")),
    };
    attached(rng, mail, name, &bytes)
}

fn locked(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let member = *rng.pick(&["請求書.doc", "図面.pdf", "資料.xlsx", "一覧.csv"]);
    let bytes = files::locked_zip(rng, &[member]);
    let name = *rng.pick(&["資料.zip", "請求書.zip", "ymd_0915.zip", "添付"]);
    attached(rng, mail, name, &bytes)
}

fn padded(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (name, mut bytes) = match rng.below(3) {
        0 => ("見積書.exe", files::program(rng)),
        1 => ("ご案内.doc", files::compound(rng, "WordDocument")),
        _ => ("明細.pdf", files::pdf(rng)),
    };
    let fill = *rng.pick(&[0x00_u8, 0x00, 0x20, 0xFF]);
    let size = rng.between(2, 4) << 20;
    bytes.resize(size, fill);
    attached(rng, mail, name, &bytes)
}

fn large_file(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    // As much as a padded file, but nothing of it is padding.
    let size = 2 << 20;
    let mut bytes = Vec::with_capacity(size + 32);
    let name = *rng.pick(&["測量点.csv", "測量データ.bin"]);
    while bytes.len() < size {
        let number = rng.draw();
        if name.ends_with("csv") {
            bytes.extend_from_slice(format!("{number},{}\r\n", number % 9973).as_bytes());
        } else {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
    }
    attached(rng, mail, name, &bytes)
}

fn unreadable(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let mut changed = mail.clone();
    match rng.below(3) {
        0 => {
            let bytes = files::locked_zip(rng, &["資料.pdf"]);
            changed.attach(rng, "資料.zip", &bytes);
        }
        1 => {
            // The archive breaks off in the middle of its first member.
            let mut bytes = files::zip(&[("図面.pdf", files::pdf(rng))]);
            bytes.truncate(bytes.len() / 3);
            changed.attach(rng, "図面.zip", &bytes);
        }
        _ => {
            let value = "message/partial; id=\"a@b.example\"; number=1; total=3";
            let part = Entity {
                fields: vec![field("Content-Type", value)],
                body: b"Subject: part\r\n\r\none of three\r\n".to_vec(),
            };
            changed.attach_entity(rng, part);
        }
    }
    Some(changed.to_bytes())
}

fn readable(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let name = *rng.pick(&["写真.jpg", "一覧.csv", "手順.txt"]);
    let bytes = files::by_name(rng, name);
    attached(rng, mail, name, &bytes)
}
