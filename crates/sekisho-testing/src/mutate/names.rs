//! Files that are attached under a name which says something else, or wants to be opened.

use super::{Change, Mail, Mutation};
use crate::{Rng, files};

pub(super) const MUTATIONS: &[Mutation] = &[
    Mutation {
        id: "lure-attachment-name",
        fires: Change::Bytes(lure),
        near_miss: Change::Bytes(business_name),
    },
    Mutation {
        id: "double-extension",
        fires: Change::Bytes(double_extension),
        near_miss: Change::Bytes(dots_in_name),
    },
    Mutation {
        id: "direction-override",
        fires: Change::Bytes(direction_override),
        near_miss: Change::Bytes(foreign_letters),
    },
    Mutation {
        id: "trailing-dots",
        fires: Change::Bytes(trailing_dots),
        near_miss: Change::Bytes(dots_in_name),
    },
    Mutation {
        id: "kind-against-name",
        fires: Change::Bytes(kind_against_name),
        near_miss: Change::Bytes(kind_as_named),
    },
];

fn lure(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (year, month) = (rng.between(20, 26), rng.between(1, 12));
    let day = rng.between(1, 28);
    let word = *rng.pick(&["変化", "変更", "契約する", "ビル", "注文", "請求する", "情報", "通知する"]);
    let name = match rng.below(6) {
        0 => format!("からの{word}{year}-{month:02}.doc"),
        1 => format!("{word}20{year}-{month:02}-{day:02}.doc"),
        2 => format!("に{word} 20{year} {month}月.doc"),
        3 => format!("に修 20{year} {month}月.doc"),
        4 => format!("の{word} {}.doc", rng.digits(3)),
        _ => format!("{word}.doc"),
    };
    let bytes = files::compound(rng, "WordDocument");
    attached(rng, mail, &name, &bytes)
}

fn business_name(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let stamp = format!("202{}{:02}{:02}", rng.between(3, 6), rng.between(1, 12), rng.between(1, 28));
    let name = match rng.below(5) {
        0 => format!("契約書_{stamp}.docx"),
        1 => format!("見積書（{stamp}）.pdf"),
        2 => format!("注文書_第{}号.pdf", rng.between(2, 40)),
        3 => format!("{stamp}_変更箇所一覧.xlsx"),
        _ => "若葉町ビル_改修工事_工程表.xlsx".to_owned(),
    };
    let bytes = files::by_name(rng, &name);
    attached(rng, mail, &name, &bytes)
}

fn double_extension(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let stem = *rng.pick(&["請求書", "見積書_0410", "写真", "invoice"]);
    let shown = *rng.pick(&["pdf", "doc", "xlsx", "jpg", "txt"]);
    let real = *rng.pick(&["exe", "scr", "js", "lnk", "vbs"]);
    let gap = if rng.chance(30) { " ".repeat(rng.between(8, 60)) } else { String::new() };
    let bytes = match real {
        "lnk" => files::shortcut(),
        "js" | "vbs" => b"' inert\r\n".to_vec(),
        _ => files::program(rng),
    };
    attached(rng, mail, &format!("{stem}.{shown}{gap}.{real}"), &bytes)
}

fn dots_in_name(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let name = *rng.pick(&[
        "見積書.ver2.pdf",
        "2024.04.10_議事録.docx",
        "No.12_図面.pdf",
        "仕様書 v1.3.xlsx",
        "株式会社A.B.C.御中.pdf",
        "平面図...最終.pdf",
    ]);
    let bytes = files::by_name(rng, name);
    attached(rng, mail, name, &bytes)
}

fn direction_override(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let mark = *rng.pick(&['\u{202E}', '\u{202E}', '\u{202D}', '\u{2067}']);
    let name = match rng.below(3) {
        0 => format!("請求書{mark}fdp.exe"),
        1 => format!("photo_{mark}gpj.scr"),
        _ => format!("{mark}cod.資料.exe"),
    };
    let bytes = files::program(rng);
    attached(rng, mail, &name, &bytes)
}

fn foreign_letters(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let name = *rng.pick(&["תוכנית.pdf", "مخطط.pdf", "café_résumé.pdf", "図面（縦書き）.pdf", "план.pdf"]);
    let bytes = files::pdf(rng);
    attached(rng, mail, name, &bytes)
}

fn trailing_dots(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let tail = *rng.pick(&[".", "..", " ", ". .", "   ", "。 ."]);
    let name = *rng.pick(&["見積書.exe", "請求書.js", "写真.scr", "案内.doc"]);
    let bytes =
        if name.ends_with("doc") { files::compound(rng, "WordDocument") } else { files::program(rng) };
    attached(rng, mail, &format!("{name}{tail}"), &bytes)
}

fn kind_against_name(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (name, bytes) = match rng.below(6) {
        0 => ("請求書.pdf", files::program(rng)),
        1 => ("写真.jpg", files::program(rng)),
        2 => ("資料.pdf", files::zip(&[("a.txt", b"a".to_vec())])),
        3 => ("案内.txt", files::shortcut()),
        4 => ("図面.png", files::compound(rng, "WordDocument")),
        _ => ("一覧.csv", files::disk_image()),
    };
    attached(rng, mail, name, &bytes)
}

fn kind_as_named(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let name =
        *rng.pick(&["図面.pdf", "写真.jpg", "写真.jpeg", "議事録.doc", "一覧.xlsx", "資料.zip", "ロゴ.png"]);
    let bytes = files::by_name(rng, name);
    attached(rng, mail, name, &bytes)
}

fn attached(rng: &mut Rng, mail: &Mail, name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut changed = mail.clone();
    changed.attach_as(rng, name, crate::mime::media_of(name), bytes);
    Some(changed.to_bytes())
}
