//! Each command once, as a person would use it.

use std::fs;

use assert_cmd::Command;

use crate::{mail, outcome, root, sekisho};

#[test]
fn json_is_one_case_a_line_and_nothing_else() {
    let (stdout, stderr, status) =
        outcome(sekisho().args(["--home", "samples/home", "scan", "--json", "samples/inbox"]));
    assert_eq!((stderr.as_str(), status), ("", 1));
    let lines: Vec<serde_json::Value> =
        stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 19);
    for line in &lines {
        assert_eq!(line["schema"], "sekisho.case/1");
    }
    assert_eq!(lines[15]["source"]["index"], 1);
    assert!(!stdout.contains(['\u{1b}', '\u{202e}', '\u{9b}']));
}

#[test]
fn exit_status_says_what_was_found() {
    for (arguments, wanted) in [
        (["scan", "samples/inbox/01-estimate.eml"].as_slice(), 0),
        (&["scan", "samples/inbox/08-double-extension.eml"], 1),
        (&["scan", "samples/inbox/08-double-extension.eml", "nowhere"], 2),
        (&["inspect", "samples/inbox/01-estimate.eml"], 0),
        (&["inspect", "samples/inbox/08-double-extension.eml"], 1),
        (&["inspect", "README.md"], 0),
        (&["inspect", "nowhere"], 2),
        (&["explain"], 0),
        (&["explain", "several-from"], 0),
        (&["explain", "several-form"], 2),
        (&["--home", "samples/home", "doctor"], 0),
        (&["--home", "nowhere", "doctor"], 1),
        (&["manual", "scan"], 0),
        (&["manual", "skan"], 2),
    ] {
        let (_, stderr, status) = outcome(sekisho().args(arguments));
        assert_eq!(status, wanted, "{arguments:?}: {stderr}");
    }
}

#[test]
fn standard_input_is_a_mail_or_an_mbox() {
    let one = fs::read(root().join("samples/inbox/01-estimate.eml")).unwrap();
    let (stdout, _, status) = outcome(sekisho().args(["scan", "-"]).write_stdin(one));
    assert!(stdout.contains("1 mail judged") && status == 0, "{stdout}");
    let two = fs::read(root().join("samples/inbox/15-archive.mbox")).unwrap();
    let (stdout, _, status) = outcome(sekisho().args(["scan", "-"]).write_stdin(two));
    assert!(stdout.contains("2 mails judged") && stdout.contains("-[1]") && status == 1, "{stdout}");
}

#[test]
fn a_maildir_is_read_whole_but_for_tmp() {
    let folder = tempfile::tempdir().unwrap();
    for (number, place) in
        ["cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"].into_iter().enumerate()
    {
        fs::create_dir_all(folder.path().join(place)).unwrap();
        fs::write(folder.path().join(place).join("1234.host:2,S"), mail(number)).unwrap();
    }
    fs::write(folder.path().join("dovecot.index"), [1, 2, 3, 0]).unwrap();
    let (stdout, _, _) = outcome(sekisho().arg("scan").arg(folder.path()));
    let subjects: Vec<&str> =
        stdout.lines().filter_map(|line| line.split_once("Estimate ")?.1.get(..1)).collect();
    assert_eq!(subjects, ["3", "4", "0", "1"]);
    assert!(stdout.contains("1 file was not judged"), "{stdout}");
}

#[test]
fn quiet_says_only_what_needs_attention() {
    let (stdout, _, _) = outcome(sekisho().args(["-q", "scan", "samples/inbox/01-estimate.eml"]));
    assert_eq!(stdout, "");
    let (stdout, _, _) = outcome(sekisho().args([
        "-q",
        "scan",
        "samples/inbox/01-estimate.eml",
        "samples/inbox/14-shortcut.eml",
    ]));
    assert!(stdout.starts_with("hold") && !stdout.contains("judged"), "{stdout}");
}

#[test]
fn profiles_and_policies_can_be_tried() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("p.toml");
    fs::write(&policy, "[[rule]]\nid = \"file-that-runs\"\noff = true\n").unwrap();
    let scan = |more: &[&str]| {
        let (stdout, _, _) =
            outcome(sekisho().args(["scan", "--json", "samples/inbox/14-shortcut.eml"]).args(more));
        serde_json::from_str::<serde_json::Value>(&stdout).unwrap()
    };
    let rules = |case: &serde_json::Value| case["verdict"]["rules"].to_string();
    assert!(rules(&scan(&[])).contains("file-that-runs"));
    let other = scan(&["--policy", policy.to_str().unwrap()]);
    assert!(!rules(&other).contains("file-that-runs"));
    assert_ne!(scan(&[])["policy"], scan(&["--profile", "strict"])["policy"]);
}

#[test]
fn init_writes_once_and_doctor_is_content_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let init = |more: &[&str]| outcome(sekisho().arg("--home").arg(&home).arg("init").args(more));
    let (_, stderr, status) = init(&["--domain", "no domain"]);
    assert!(stderr.contains("is no domain; write it like") && status == 2, "{stderr}");
    let (stdout, _, status) = init(&[
        "--name",
        "みどり設計事務所",
        "--domain",
        "@midori.example",
        "--person",
        "佐藤 花子 <sato@midori.example>",
    ]);
    assert!(stdout.starts_with("Wrote ") && status == 0, "{stdout}");
    let before = fs::read_to_string(home.join("sekisho.toml")).unwrap();
    let (_, stderr, status) = init(&["--name", "Other"]);
    assert!(stderr.contains("is there already and is not overwritten") && status == 2, "{stderr}");
    assert_eq!(fs::read_to_string(home.join("sekisho.toml")).unwrap(), before);
    let (stdout, _, status) = outcome(sekisho().arg("--home").arg(&home).arg("doctor"));
    assert_eq!(status, 0, "{stdout}");
    let (stdout, _, _) = outcome(sekisho().arg("--home").arg(&home).args(["doctor", "--json"]));
    let report: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(report["schema"], "sekisho.doctor/1");
}

/// A limit on the size of files stands for a full disk.
#[cfg(unix)]
#[test]
fn where_writing_fails_init_leaves_nothing_behind() {
    let home = tempfile::tempdir().unwrap();
    let init = |program: &str, limit: &[&str]| {
        let mut command = Command::new(program);
        command.env_clear().env("TZ", "UTC").args(limit).arg(assert_cmd::cargo::cargo_bin!("sekisho"));
        outcome(command.arg("--home").arg(home.path()).arg("init"))
    };
    let (_, stderr, status) = init("/bin/sh", &["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"]);
    assert!(stderr.contains("cannot be written") && status == 2, "{stderr}");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    assert_eq!(init("/usr/bin/env", &[]).2, 0);
}

#[test]
fn a_people_file_as_excel_writes_it_is_used() {
    let home = tempfile::tempdir().unwrap();
    let (people, _, _) = encoding_rs::SHIFT_JIS.encode("氏名,アドレス\r\n佐藤 花子,sato@midori.example\r\n");
    fs::write(home.path().join("people.csv"), people).unwrap();
    let config = "[organisation]\ndomains = [\"midori.example\"]\npeople_file = \"people.csv\"\n";
    fs::write(home.path().join("sekisho.toml"), config).unwrap();
    let mut command = sekisho();
    command.arg("--home").arg(home.path()).args(["scan", "--json", "samples/inbox/04-forged-president.eml"]);
    let (stdout, _, _) = outcome(&mut command);
    assert!(stdout.contains("staff-name-from-outside"), "{stdout}");
}

#[test]
fn the_language_follows_option_and_environment() {
    for (variables, arguments, wanted) in [
        (["C", "ja_JP.UTF-8"], ["--lang", "ja"].as_slice(), "強い手がかり"),
        (["ja_JP.UTF-8", ""], &[], "強い手がかり"),
        (["", "ja_JP.UTF-8"], &[], "強い手がかり"),
        (["C", "ja_JP.UTF-8"], &[], "strong"),
        (["", ""], &["--lang", "en"], "strong"),
    ] {
        let mut command = sekisho();
        command
            .env("LC_ALL", variables[0])
            .env("LANG", variables[1])
            .args(arguments)
            .args(["explain", "several-from"]);
        let (stdout, _, _) = outcome(&mut command);
        assert!(stdout.contains(wanted), "{stdout}");
    }
}

#[test]
fn completions_and_manual_come_from_the_same_flags() {
    for shell in ["bash", "zsh", "fish"] {
        let (stdout, _, _) = outcome(sekisho().args(["completions", shell]));
        assert!(stdout.contains("profile") && stdout.contains("inspect"), "{shell}");
    }
    let (stdout, _, _) = outcome(sekisho().arg("manual"));
    assert!(stdout.contains(".TH sekisho 1"), "{stdout}");
}

#[test]
fn a_file_that_is_no_mail_is_described() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("請求書.pdf.exe"), b"just a text").unwrap();
    let mut command = sekisho();
    let (stdout, _, status) =
        outcome(command.current_dir(folder.path()).args(["inspect", "--json", "請求書.pdf.exe"]));
    let file: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(
        (file["schema"].as_str(), file["tricks"][0]["trick"].as_str(), status),
        (Some("sekisho.file/1"), Some("double-extension"), 1)
    );
    let (stdout, _, _) =
        outcome(sekisho().current_dir(folder.path()).args(["--lang", "ja", "inspect", "請求書.pdf.exe"]));
    assert!(stdout.contains("名前の仕掛け: .pdf に見せかけて、本当は .exe です"), "{stdout}");
}

#[test]
fn help_is_in_the_language_of_the_person() {
    for (arguments, lang, words) in [
        (&["--help"][..], "ja_JP.UTF-8", "メールの関所"),
        (&["learn", "-h"], "ja_JP.UTF-8", "誰のメールボックスか"),
        (&["--lang", "ja", "exceptions", "add", "--help"], "C", "有効な最後の日"),
        (&["--lang=en", "learn", "-h"], "ja_JP.UTF-8", "Whose mailbox it is"),
        (&["learn", "--help"], "C", "is the mailbox of one person"),
    ] {
        let (stdout, stderr, status) = outcome(sekisho().env("LANG", lang).args(arguments));
        assert!(stdout.contains(words), "{stdout}");
        assert_eq!((stderr.as_str(), status), ("", 0));
    }
}
