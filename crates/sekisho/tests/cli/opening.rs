//! What is inside: passwords from the mail and from a file, sources, extraction.

use std::fs;

use data_encoding::BASE64;

use crate::{outcome, sekisho};

/// A ZIP archive with the password `midori2026` (ZipCrypto), as Info-ZIP writes it; inside a text and a program that is none.
const LOCKED_ZIP: &str = include_str!("locked.zip.base64");

fn mail(text: &str) -> String {
    format!(
        "From: yamada@partner.example\r\nTo: sato@midori.example\r\nSubject: files\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n\
         --b\r\nContent-Type: application/zip; name=files.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n{LOCKED_ZIP}\r\n--b--\r\n"
    )
}

#[test]
fn a_password_in_the_text_opens_what_is_locked() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.eml"), mail("解凍パスワード：midori2026")).unwrap();
    let (stdout, _, status) =
        outcome(sekisho().current_dir(folder.path()).args(["--lang", "ja", "scan", "a.eml"]));
    assert!(stdout.contains("保留") && stdout.contains("run.exe"), "{stdout}");
    assert_eq!(status, 1);
    let (json, _, _) = outcome(sekisho().current_dir(folder.path()).args(["scan", "--json", "a.eml"]));
    let case: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(case["parts"][1]["opened_with"]["found_in"], "text");
    assert!(!json.contains("midori2026"), "a case never holds a password");
}

#[test]
fn a_list_of_passwords_opens_what_is_locked() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.eml"), mail("see the files")).unwrap();
    let (stdout, _, _) = outcome(sekisho().current_dir(folder.path()).args(["scan", "--json", "a.eml"]));
    let case: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(case["parts"][1]["unread"], "locked");
    fs::write(folder.path().join("list.txt"), "wrong\r\nmidori2026\r\n").unwrap();
    let arguments = ["scan", "--json", "--passwords", "list.txt", "a.eml"];
    let (stdout, _, status) = outcome(sekisho().current_dir(folder.path()).args(arguments));
    let case: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((case["parts"][1]["opened_with"]["found_in"].as_str(), status), (Some("given"), 1));
    let arguments = ["scan", "--passwords", "no-list.txt", "a.eml"];
    let (_, stderr, status) = outcome(sekisho().current_dir(folder.path()).args(arguments));
    assert!(stderr.contains("no-list.txt"), "{stderr}");
    assert_eq!(status, 2);
}

#[test]
fn parts_are_extracted_into_a_locked_archive_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("files.zip"),
        BASE64.decode(LOCKED_ZIP.replace('\n', "").as_bytes()).unwrap(),
    )
    .unwrap();
    fs::write(folder.path().join("list.txt"), "midori2026").unwrap();
    let arguments = ["inspect", "files.zip", "--passwords", "list.txt", "--extract", "out.zip"];
    let (_, stderr, status) = outcome(sekisho().current_dir(folder.path()).args(arguments));
    assert!(stderr.contains("3 parts") && stderr.contains("infected"), "{stderr}");
    assert_eq!(status, 1);
    // What was written is read again, with its own password.
    fs::write(folder.path().join("custom.txt"), "infected").unwrap();
    let arguments = ["inspect", "--json", "out.zip", "--passwords", "custom.txt"];
    let (stdout, _, _) = outcome(sekisho().current_dir(folder.path()).args(arguments));
    assert!(stdout.contains("_run.exe.part") && stdout.contains("\"found_in\":\"given\""), "{stdout}");
    let arguments = ["inspect", "files.zip", "--extract", "out.zip"];
    let (_, stderr, status) = outcome(sekisho().current_dir(folder.path()).args(arguments));
    assert!(stderr.contains("already there"), "{stderr}");
    assert_eq!(status, 2);
}

#[test]
fn sources_of_macros_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    let script = "Set shell = CreateObject(\"WScript.Shell\")\nshell.Run \"cmd /c rem\"\n";
    fs::write(folder.path().join("a.vbs"), script).unwrap();
    let (stdout, _, _) = outcome(sekisho().current_dir(folder.path()).args(["inspect", "--source", "a.vbs"]));
    assert!(stdout.contains("shell.Run \"cmd /c rem\""), "{stdout}");
}
