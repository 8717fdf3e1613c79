//! Address books: taken once, and told where they cannot be read to their end.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{mail, outcome, sekisho};

fn run(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    let home = folder.join("home");
    fs::create_dir_all(&home).unwrap();
    outcome(sekisho().current_dir(folder).args(["--home", "home"]).args(arguments))
}

#[test]
fn an_address_book_is_taken_once() {
    let folder = tempfile::tempdir().unwrap();
    let book = "氏名,メールアドレス\n山田 太郎,yamada@kita.example\n鈴木 一郎,\n";
    fs::write(folder.path().join("book.csv"), encoding_rs::SHIFT_JIS.encode(book).0).unwrap();
    fs::write(folder.path().join("note.txt"), "明日は休みです。\n").unwrap();
    let (stdout, _, status) = run(folder.path(), &["import", "--partners", "book.csv"]);
    assert_eq!(status, 0);
    assert_eq!(
        stdout,
        "book.csv: 1 contacts, 1 of them new. Entries without a mail address: 1; they were left out.\n"
    );
    let (stdout, stderr, status) = run(folder.path(), &["import", "--json", "book.csv", "note.txt"]);
    let answer: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        (&answer["files"][0]["contacts"], &answer["files"][0]["new"], status),
        (&1.into(), &0.into(), 2)
    );
    assert!(stderr.contains("note.txt: is no address book"), "{stderr}");
}

/// Else whoever sent a forged mail would be confirmed with everybody in it.
#[test]
fn a_mail_confirms_nobody() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mail"), mail(1)).unwrap();
    for (lang, words, way_out) in [
        (
            "ja",
            "mail: アドレス帳ではなくメールです",
            "`sekisho contacts confirm アドレス --name 名前 --by 担当者`",
        ),
        (
            "en",
            "mail: is a mail and no address book",
            "`sekisho contacts confirm ADDRESS --name NAME --by WHO`",
        ),
    ] {
        let (stdout, stderr, status) = run(folder.path(), &["--lang", lang, "import", "mail"]);
        assert!(stderr.contains(words) && stderr.contains(way_out), "{stderr}");
        assert!(stderr.contains("`sekisho learn`") && stdout.is_empty() && status == 2, "{stdout}{stderr}");
        assert_eq!(run(folder.path(), &["contacts"]).2, 1);
    }
}

#[test]
fn a_quotation_mark_that_is_not_closed_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let book = "氏名,メール\n佐藤 花子,sato@midori.example\n\"山田 太郎,yamada@kita.example\n鈴木,suzuki@kaze.example\n";
    fs::write(folder.path().join("book.csv"), book).unwrap();
    for (lang, words) in [
        (
            "ja",
            "book.csv: 3 行目で始まる引用符（\"）が閉じられていないため、2 行を取り込んでいません（読み取れたのは 1 件）",
        ),
        (
            "en",
            "book.csv: the quotation mark (\") that begins in line 3 is not closed; lines left out: 2, entries read: 1",
        ),
    ] {
        let (_, stderr, status) = run(folder.path(), &["--lang", lang, "import", "book.csv"]);
        assert!(stderr.contains(words) && status == 2, "{stderr}");
    }
    assert_eq!(run(folder.path(), &["contacts", "sato@midori.example"]).2, 0);
    assert_eq!(run(folder.path(), &["contacts", "yamada@kita.example"]).2, 1);
    let (stdout, _, _) = run(folder.path(), &["import", "--json", "book.csv"]);
    let answer: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(answer["files"][0]["lines_left_out"], 2);
}

#[test]
fn a_vcard_that_is_cut_is_told_and_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let card =
        |name: &str| format!("BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{name}@kita.example\nEND:VCARD\n");
    let book = format!("{}{}", card("sato").replace("END:VCARD\n", ""), card("mori"));
    fs::write(folder.path().join("book.vcf"), book).unwrap();
    for (lang, words) in [
        (
            "ja",
            "book.vcf: 途中が欠けている vCard（BEGIN:VCARD と END:VCARD が対になっていないもの）が 1 件あり、取り込んでいません（読み取れたのは 1 件）",
        ),
        ("en", "without END:VCARD, or the other way round): 1; they were left out, entries read: 1;"),
    ] {
        let (stdout, stderr, status) = run(folder.path(), &["--lang", lang, "import", "--json", "book.vcf"]);
        assert!(stderr.contains(words) && status == 2, "{stderr}");
        assert!(stdout.contains("\"cut\":1"), "{stdout}");
    }
    assert_eq!(run(folder.path(), &["contacts", "mori@kita.example"]).2, 0);
    assert_eq!(run(folder.path(), &["contacts", "sato@kita.example"]).2, 1);
}
