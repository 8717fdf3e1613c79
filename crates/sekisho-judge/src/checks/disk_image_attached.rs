//! A disk image is attached: opening it mounts a drive.

use sekisho_content::Family;

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new("ディスクイメージが添付されています", "A disk image is attached"),
    says: Text::new("添付 {name} の中身は{kind}です。", "The attachment {name} is a {kind}."),
    why: Text::new(
        "開くとドライブとして現れ、中のプログラムは「インターネットから来た」という印を失います。警告をすり抜けるための入れ物です。",
        "Opened, it appears as a drive, and the programs in it lose the mark that they came from the internet. It is a box that slips past warnings.",
    ),
    misses: Text::new(
        "読めない種類のイメージの中は分かりません。",
        "What lies inside images of kinds that are not read is not known.",
    ),
    needs: &[],
    lists: &[ListName::Kinds],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: an ISO image
Subject: 資料

ご確認ください。
--- attach 資料.iso as iso

== fires: a virtual disk
Subject: 資料

ご確認ください。
--- attach 資料.vhd as vhd

== quiet: an ordinary archive
Subject: 資料

ご確認ください。
--- attach 資料.zip as zip
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for (part, file) in files::of_families(input, &[Family::DiskImage], "disk-image") {
        found.add(Some(&part.path), [("name", files::name(part)), ("kind", files::kind_words(file))]);
    }
}
