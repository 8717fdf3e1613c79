//! Data files of Outlook and `.msg` files, learned, judged and looked at. `office.pst` is written by `sekisho-testing` (`data_file`).

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{outcome, root, sekisho};

const OFFICE: &str = "crates/sekisho/tests/cli/office.pst";

fn learn(home: &Path, arguments: &[&str]) -> (Value, String, i32) {
    let (stdout, stderr, status) =
        outcome(sekisho().arg("--home").arg(home).args(["learn", "--json"]).args(arguments));
    let learned: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}"));
    (learned["mailboxes"][0].clone(), stderr, status)
}

fn count(learned: &Value, name: &str) -> u64 {
    learned[name].as_u64().unwrap()
}

#[test]
fn a_data_file_is_learned_once_by_its_folders() {
    let home = tempfile::tempdir().unwrap();
    let (first, stderr, status) = learn(home.path(), &["--mailbox", "suzuki@midori.example", OFFICE]);
    assert_eq!((stderr.as_str(), status), ("", 0));
    assert_eq!(
        (count(&first, "sent"), count(&first, "received"), count(&first, "known")),
        (3, 4, 0),
        "{first}"
    );
    let (again, _, _) = learn(home.path(), &["--mailbox", "suzuki@midori.example", OFFICE]);
    assert_eq!((count(&again, "sent"), count(&again, "known")), (0, 7));
    // The owner, who wrote some and got the others, is found.
    let (found, _, _) = learn(home.path(), &[OFFICE]);
    assert_eq!(found["mailbox"], "suzuki@midori.example");
    // A copy that lies elsewhere changes nothing.
    fs::copy(root().join(OFFICE), home.path().join("copy.pst")).unwrap();
    let (copy, _, _) =
        learn(home.path(), &["--mailbox", "suzuki@midori.example", home.path().to_str().unwrap()]);
    assert_eq!((count(&copy, "sent"), count(&copy, "known")), (0, 7));
}

#[test]
fn a_mail_counts_once_from_a_maildir_and_from_outlook() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("m/cur")).unwrap();
    fs::create_dir_all(home.path().join("m/new")).unwrap();
    // Mail number 1 of the file as it came over the Internet: another charset, wrapped.
    let mail = "From: =?utf-8?B?5bGx55Sw?= <yamada@kita.example>\nTo: suzuki@midori.example\nSubject: x\nDate: Tue, 24 Nov 2026 10:00:00 +0900\n\
                Message-ID: <1@midori.example>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n本文です\n1\n\n";
    fs::write(home.path().join("m/cur/1"), mail).unwrap();
    let maildir = home.path().join("m");
    let owner = ["--mailbox", "suzuki@midori.example"];
    let (first, _, _) = learn(home.path(), &[&owner[..], &[maildir.to_str().unwrap()]].concat());
    assert_eq!(count(&first, "received"), 1, "{first}");
    let (second, _, _) = learn(home.path(), &[&owner[..], &[OFFICE]].concat());
    assert_eq!(
        (count(&second, "sent"), count(&second, "received"), count(&second, "known")),
        (3, 3, 1),
        "{second}"
    );
}

#[test]
fn what_is_damaged_is_counted_and_told_with_the_way_out() {
    let home = tempfile::tempdir().unwrap();
    let whole = fs::read(root().join(OFFICE)).unwrap();
    let file = home.path().join("damaged.pst");
    let path = file.to_str().unwrap();
    let owner = ["--mailbox", "suzuki@midori.example", path];
    // Cut within the trees, which Outlook writes last here: nothing can be found any more.
    fs::write(&file, &whole[..whole.len() - 700]).unwrap();
    let (learned, stderr, status) = learn(home.path(), &owner);
    assert_eq!((status, count(&learned, "sent")), (2, 0));
    assert!(stderr.contains("its index is damaged") || stderr.contains("could not be read"), "{stderr}");
    // One block of properties flipped: one mail is lost.
    let mut lost = 0;
    for at in (1_024..whole.len() - 4_096).step_by(2_048) {
        let mut flipped = whole.clone();
        flipped[at] ^= 0xff;
        fs::write(&file, &flipped).unwrap();
        let empty = tempfile::tempdir().unwrap();
        let (learned, stderr, status) = learn(empty.path(), &owner);
        let unusable = count(&learned, "unusable");
        assert!(
            count(&learned, "sent") + count(&learned, "received") + unusable == 7 && unusable <= 1,
            "{at}: {learned}{stderr}"
        );
        assert_eq!(
            (status == 2, stderr.contains("1 mail in it could not be read (damaged)")),
            (unusable == 1, unusable == 1)
        );
        lost += unusable;
    }
    assert!(lost > 0);
    for (bytes, words) in [
        (&b"!BDN"[..], "whose beginning is damaged"),
        (&[&whole[..10], &[99], &whole[11..]].concat()[..], "of version 99"),
    ] {
        fs::write(&file, bytes).unwrap();
        let (_, stderr, status) = outcome(sekisho().args(["scan", path]));
        assert!(status == 2 && stderr.contains(words), "{stderr}");
    }
    let (_, stderr, status) = outcome(sekisho().args(["scan", "-"]).write_stdin(whole));
    assert!(status == 2 && stderr.contains("name the file itself"), "{stderr}");
}

#[test]
fn scan_names_folder_and_number() {
    let (stdout, stderr, status) = outcome(sekisho().args(["scan", "--json", OFFICE]));
    assert!(status < 2, "{stderr}");
    let cases: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(cases.len(), 7);
    let source = &cases[6]["source"];
    assert!(source["path"].as_str().unwrap().ends_with("office.pst/受信トレイ/2025／26"), "{source}");
    assert!(source["index"].as_u64() > Some(0));
    assert_eq!(cases[0]["mail"]["subject"], "見積書");
    assert!(
        cases.iter().all(|case| case["sender"]["dkim"][0]["known"].is_null()),
        "nothing is verified over other bytes"
    );
}

#[test]
fn msg_files_are_learned() {
    let data = root().join("data/msg_parser");
    if !data.is_dir() {
        eprintln!("not looked at: msg_parser is not there (make data)");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (first, stderr, _) =
        learn(home.path(), &["--mailbox", "someone@midori.example", data.to_str().unwrap()]);
    let new = count(&first, "received") + count(&first, "sent");
    assert!(new >= 4, "{first}{stderr}");
    let (again, _, _) = learn(home.path(), &["--mailbox", "someone@midori.example", data.to_str().unwrap()]);
    assert_eq!(count(&again, "received") + count(&again, "sent"), 0);
}
