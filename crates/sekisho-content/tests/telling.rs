//! Bytes as they come in mail → kind, with near misses: what only mentions a script, a header or a page is text.

use sekisho_content::{Kind, kind, sample};

fn assert_kinds(cases: &[(&str, Kind)]) {
    for (text, expected) in cases {
        assert_eq!(kind(text.as_bytes()), *expected, "{text:?}");
    }
}

#[test]
fn text_about_code_is_text() {
    assert_kinds(&[
        ("The function is called twice, and the variable is never set. Could you look at it?\n", Kind::Text),
        (
            "佐藤様\n\nvar の使い方についてご質問いただいた件です。\nfunction と書くところを間違えていました。\n\
             var x = 1;\nという行を直してください。\nよろしくお願いいたします。\n",
            Kind::Text,
        ),
        (
            "Set the table, call your mother and start the car.\nSet off early, please.\nCall me then.\n",
            Kind::Text,
        ),
        ("import the goods from Osaka\nand class them as: food\n", Kind::Text),
        (
            "> var a = 1;\n> I do not think that this line is needed here any more.\nMe neither, to be honest with you.\n",
            Kind::Text,
        ),
        (
            "# Usage\n\nCall it like this:\n\n```js\nvar a = 1;\nvar b = 2;\nconsole.log(a);\n```\n",
            Kind::Text,
        ),
        ("body { color: red; }\n.a { margin: 0; }\n", Kind::Text),
        ("#include <stdio.h>\nint main(void) {\n  const char *a = \"var \";\n  return 0;\n}\n", Kind::Text),
    ]);
}

#[test]
fn scripts_are_told_without_their_names() {
    assert_kinds(&[
        (
            "var shell = new ActiveXObject(\"WScript.Shell\");\nvar a = \"inert\";\nfunction b() { return a; }\n",
            Kind::JavaScript,
        ),
        (
            "(function(){var a=[1,2];var b=function(c){return c};a.map(b);document.title=b(a[0]);})();",
            Kind::JavaScript,
        ),
        ("On Error Resume Next\nDim a\nSet a = Nothing\nWScript.Sleep 1\n", Kind::VbScript),
        (
            "/* This program does nothing at all.\n   It only shows how long a comment may be. */\n\
             var a = 1;\nvar b = function () { return a; };\nmodule.exports = b;\n",
            Kind::JavaScript,
        ),
        ("\r\n\r\n  @ECHO OFF\r\nrem nothing\r\n", Kind::Batch),
        ("$a = 1\n$b = 2\nWrite-Output ($a + $b)\nStart-Sleep 1\n", Kind::PowerShell),
        ("import os\nimport sys\n\ndef main():\n    print(os.name)\n", Kind::Python),
        ("#!/usr/bin/env -S node --no-warnings\nconsole.log(1)\n", Kind::JavaScript),
    ]);
}

#[test]
fn utf16_scripts_and_pages_are_told() {
    let wide = |text: &str| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    assert_eq!(
        kind(&wide("Dim a\r\nSet a = CreateObject(\"Sample\")\r\nMsgBox \"hello\"\r\n")),
        Kind::VbScript
    );
    assert_eq!(kind(&wide("<html><body>sample</body></html>")), Kind::Html);
    assert_eq!(kind(&wide("Windows Registry Editor Version 5.00\r\n")), Kind::Reg);
    assert_eq!(kind(&wide("お世話になっております。")), Kind::Text);
}

#[test]
fn pages_and_xml() {
    assert_kinds(&[
        ("\u{feff}\r\n  <!-- saved --> <HTML><body>", Kind::Html),
        ("Dear customer,\n<BODY bgcolor=\"#fff\">hello</BODY>\n", Kind::Text),
        ("Dear customer,\n<html><body>hello</body></html>\n", Kind::Html),
        ("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.0 Transitional//EN\">\0\0", Kind::Html),
        ("<?xml version=\"1.0\"?><!DOCTYPE svg><svg xmlns=\"http://www.w3.org/2000/svg\"/>", Kind::Svg),
        ("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", Kind::Html),
        ("<yamada@midori.example> wrote:\n> hello\n", Kind::Text),
        ("<< お知らせ >>\n明日は休みです。\n", Kind::Text),
    ]);
}

#[test]
fn messages_and_near_misses() {
    assert_kinds(&[
        ("Received: from a.example\r\n by b.example\r\nSubject: x\r\n\r\nbody\r\n", Kind::Eml),
        ("Subject: minutes\n\nWe met on Monday.\n", Kind::Text),
        ("Note: this is no mail\nFrom: here\n", Kind::Text),
        ("From today on, we close at five.\nThank you.\n", Kind::Text),
        ("begin with the first page\nand read on\n", Kind::Text),
        ("名前: 佐藤\n住所: 大阪\n", Kind::Text),
    ]);
}

#[test]
fn data_and_near_misses() {
    assert_kinds(&[
        ("[1, 2, 3]", Kind::Json),
        ("[{\"a\": 1}]", Kind::Json),
        ("[重要] お知らせ\n", Kind::Text),
        ("{name} 様\n", Kind::Text),
        ("日付,品名,金額\n1/2,\"紙, A4\",300\n1/3,鉛筆,50\n", Kind::Csv),
        ("Apples, pears, plums.\nBread, milk, eggs.\nThat is all, thank you.\n", Kind::Text),
        ("[Version]\nnone of your business\n", Kind::Text),
    ]);
}

#[test]
fn what_stands_behind_junk_is_found() {
    let behind = |junk: &[u8], kind: Kind| [junk, &sample(kind).unwrap()].concat();
    assert_eq!(kind(&behind(b"\r\n\r\njunk ", Kind::Pdf)), Kind::Pdf);
    assert_eq!(kind(&behind(&[b'x'; 1100], Kind::Pdf)), Kind::Text);
    assert_eq!(kind(&behind(b"junk in front", Kind::Zip)), Kind::Zip);
    assert_eq!(kind(&behind(&[0, 1, 2, 3, 0xfe], Kind::OfficeWordOoxmlMacro)), Kind::OfficeWordOoxmlMacro);
    assert_eq!(kind(&behind(b" \r\n", Kind::Rtf)), Kind::Rtf);
}

#[test]
fn an_old_excel_sheet_or_program_needs_more_than_two_letters() {
    assert_eq!(kind(b"MZ is the beginning of a name"), Kind::Text);
    assert_eq!(kind(b"BM 2020 Tokyo"), Kind::Text);
    assert_eq!(kind(b"PK is a pair of letters"), Kind::Text);
    assert_eq!(kind(b"ID3 tags are text, too"), Kind::Text);
    assert_eq!(kind(b"GCAX, yz01 and true"), Kind::Text);
}

#[test]
fn a_compound_file_that_runs_in_circles_ends() {
    let mut bytes = sample(Kind::OfficeWord97).unwrap();
    // The allocation table is the first sector: every sector follows itself.
    for (index, entry) in bytes[512..1024].chunks_exact_mut(4).enumerate() {
        entry.copy_from_slice(&(index as u32).to_le_bytes());
    }
    assert_eq!(kind(&bytes), Kind::OfficeWord97);
    // The list of table sectors goes on in a sector that lists nothing and leads to itself.
    let mut bytes = sample(Kind::OfficeWord97).unwrap();
    bytes[0x44..0x48].copy_from_slice(&2_u32.to_le_bytes());
    bytes[3 * 512..4 * 512].fill(0xff);
    bytes[4 * 512 - 4..4 * 512].copy_from_slice(&2_u32.to_le_bytes());
    assert_eq!(kind(&bytes), Kind::OfficeWord97);
}
