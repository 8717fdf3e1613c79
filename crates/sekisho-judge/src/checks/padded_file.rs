//! A file is blown up with filling, so that scanners skip it as too large.

use sekisho_content::Family;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "中身のない詰め物で膨らませたファイルです",
        "The file is blown up with filling",
    ),
    says: Text::new(
        "添付 {name} は {total} のうち {padding} が同じ文字の詰め物です。",
        "Of {total} in the attachment {name}, {padding} are filling.",
    ),
    why: Text::new(
        "大きすぎるファイルを検査しない仕組みをすり抜けるための細工です。",
        "Scanners that skip large files are to skip this one.",
    ),
    misses: Text::new(
        "本物の大きなファイルや、数百キロバイトまでの余白は対象外です。",
        "Truly large files, and filling of a few hundred kilobytes, are left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a document with megabytes of zeros behind it
Subject: 資料

ご確認ください。
--- attach 資料.doc padded office-word-97

== quiet: a disk image, which may be empty
Subject: 資料

ご確認ください。
--- attach 資料.iso padded iso

== quiet: the same document without them
Subject: 資料

ご確認ください。
--- attach 資料.doc as office-word-97
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for part in input.files() {
        let Some(padding) = part.file().and_then(|file| file.padding.as_ref()) else { continue };
        // A disk image or a database is allowed to be empty; a document or program has no reason to.
        let is_made_to_grow = part.file().is_some_and(|file| matches!(file.kind.family(), Family::DiskImage | Family::Data | Family::Text | Family::Unknown));
        if !is_made_to_grow {
            let values = [("name", files::name(part)), ("total", Value::Bytes(padding.total_bytes)), ("padding", Value::Bytes(padding.padded_bytes))];
            found.add(Some(&part.path), values);
        }
    }
}
