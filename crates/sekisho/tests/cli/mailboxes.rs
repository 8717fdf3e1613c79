//! Mailboxes as they lie about: damaged, sent and received in one file, learned bit by bit, taken back.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{mail, outcome, sekisho};

const FROM: &str = "From yamada@partner.example Tue Nov 24 10:00:00 2026\r\n";

fn run(folder: &Path, lang: &str, arguments: &[&str]) -> (String, String, i32) {
    let home = folder.join("home");
    fs::create_dir_all(&home).unwrap();
    outcome(sekisho().current_dir(folder).args(["--home", "home", "--lang", lang]).args(arguments))
}

fn mbox(mails: impl IntoIterator<Item = String>) -> String {
    mails.into_iter().map(|mail| format!("{FROM}{mail}\r\n")).collect()
}

/// A mail that the owner of the mailbox wrote.
fn sent(number: usize) -> String {
    mail(number)
        .replace(
            "Taro Yamada <yamada@partner.example>\r\nTo: sato@midori.example",
            "sato@midori.example\r\nTo: yamada@partner.example",
        )
        .replace("@partner.example>\r\nMIME", "@midori.example>\r\nMIME")
}

#[test]
fn that_there_is_no_sent_mail_is_said_only_where_the_memory_has_none() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.mbox"), mbox((0..5).map(mail))).unwrap();
    fs::write(folder.path().join("more.mbox"), mbox((5..9).map(mail))).unwrap();
    fs::write(folder.path().join("Sent.mbox"), mbox((0..5).map(sent))).unwrap();
    for (lang, words) in [("ja", "送信メールがありません"), ("en", "no sent mail")] {
        let learn = |paths: &[&str]| {
            let learn = [&["learn", "--mailbox", "sato@midori.example"], paths].concat();
            let (stdout, _, status) = run(folder.path(), lang, &learn);
            assert_eq!(status, 0);
            stdout.contains(words)
        };
        assert!(learn(&["in.mbox"]));
        assert!(learn(&["in.mbox"]));
        assert!(!learn(&["Sent.mbox"]));
        assert!(!learn(&["more.mbox"]));
        fs::remove_dir_all(folder.path().join("home")).unwrap();
        fs::create_dir(folder.path().join("home")).unwrap();
        assert!(!learn(&["in.mbox", "Sent.mbox"]));
        fs::remove_dir_all(folder.path().join("home")).unwrap();
    }
}

#[test]
fn whose_an_archive_of_sent_and_received_mail_is_shows_where_it_is_clear() {
    let colleague = |number| mail(number).replace("sato@", "suzuki@");
    let together = |others: usize| {
        mbox((0..20).map(mail).chain((0..20).map(sent)).chain((20..20 + others).map(colleague)))
    };
    for (name, mails, config, expected) in [
        ("clear", together(4), "domains = [\"midori.example\"]", Some("sato@midori.example")),
        ("a colleague's too", together(8), "domains = [\"midori.example\"]", None),
        ("ours unknown", together(0), "", None),
        ("few", mbox((0..4).map(mail).chain((0..4).map(sent))), "domains = [\"midori.example\"]", None),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("home")).unwrap();
        fs::write(folder.path().join("home/sekisho.toml"), format!("[organisation]\n{config}\n")).unwrap();
        fs::write(folder.path().join("all.mbox"), mails).unwrap();
        let (stdout, stderr, status) = run(folder.path(), "en", &["learn", "--json", "all.mbox"]);
        let answer: Value = serde_json::from_str(&stdout).unwrap();
        let mailbox = &answer["mailboxes"][0];
        assert_eq!(mailbox["mailbox"].as_str(), expected, "{name}: {stderr}");
        assert_eq!(status, if expected.is_some() { 0 } else { 2 }, "{name}");
        if expected.is_some() {
            assert_eq!((&mailbox["sent"], &mailbox["received"]), (&20.into(), &24.into()));
        } else {
            assert!(stderr.contains("name the owner, as with --mailbox"), "{stderr}");
        }
    }
}

#[test]
fn mail_that_is_lost_in_an_mbox_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let whole = mbox((0..12).map(mail)) + FROM;
    let at = |text: &str| whole.find(text).unwrap();
    let (from, until) = (at("the estimate 3"), at("the estimate 6"));
    let (before, behind) = (&whole[..from], &whole[until..]);
    fs::write(folder.path().join("a.mbox"), format!("{before}{}{behind}", "\0".repeat(until - from)))
        .unwrap();
    for (lang, words) in [
        ("ja", "a.mbox: メールとして読めない所が 2 か所あります"),
        ("en", "a.mbox: 2 places in it could not be read as mail"),
    ] {
        let learn = ["learn", "--json", "--mailbox", "sato@midori.example", "a.mbox"];
        let (stdout, stderr, status) = run(folder.path(), lang, &learn);
        assert!(stderr.contains(words) && stderr.lines().count() == 1 && status == 2, "{stderr}");
        assert!(stdout.contains("\"mails\":8,") && stdout.contains("\"unusable\":2,"), "{stdout}");
        let (stdout, stderr, status) = run(folder.path(), lang, &["scan", "--json", "a.mbox"]);
        assert!(stderr.contains(words) && stdout.lines().count() == 9 && status == 2, "{stderr}");
    }
}

#[test]
fn a_cut_mbox_is_told_and_its_last_mail_counts_once() {
    let whole = mbox((0..12).map(mail));
    let last = whole.rfind("From yamada").unwrap();
    let is_judged = |cut: usize| whole[last..cut].contains("Subject");
    let cuts = ["yamada@partner.example>", "Subject", "the estimate 11", "estimate 11 follows by"];
    for cut in cuts.map(|text| last + whole[last..].find(text).unwrap() + text.len()) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.mbox"), &whole[..cut]).unwrap();
        let learn = ["learn", "--json", "--mailbox", "sato@midori.example", "a.mbox"];
        for (lang, words) in [
            ("ja", "a.mbox[11]: ファイルがこのメールの途中で終わっています"),
            ("en", "a.mbox[11]: the file ends in the middle of this mail"),
        ] {
            let (stdout, stderr, status) = run(folder.path(), lang, &learn);
            assert!(stderr.contains(words) && stderr.lines().count() == 1 && status == 2, "{stderr}");
            assert!(stdout.contains("\"mails\":11,") && stdout.contains("\"unusable\":1,"), "{stdout}");
            let (stdout, stderr, status) = run(folder.path(), lang, &["scan", "--json", "a.mbox"]);
            assert!(stderr.contains(words) && status == 2, "{stderr}");
            assert!(stdout.lines().count() == 12 || !is_judged(cut), "{stdout}");
        }
        fs::write(folder.path().join("a.mbox"), &whole).unwrap();
        let (stdout, stderr, status) = run(folder.path(), "en", &learn);
        assert!(stdout.contains("\"received\":1,") && stdout.contains("\"known\":11,"), "{stdout}");
        assert_eq!((stderr.as_str(), status), ("", 0));
    }
}

#[test]
fn a_lost_from_line_is_told_and_both_mails_count_once() {
    let folder = tempfile::tempdir().unwrap();
    let on_day = |number: usize| mail(number).replace("Date: Tue, 24", &format!("Date: {}", number + 10));
    let whole = mbox((0..12).map(on_day));
    let at = whole.match_indices(FROM).nth(5).unwrap().0;
    fs::write(folder.path().join("a.mbox"), format!("{}{}", &whole[..at], &whole[at + FROM.len()..]))
        .unwrap();
    let learn = ["learn", "--json", "--mailbox", "sato@midori.example", "a.mbox"];
    for (lang, words) in [
        ("ja", "a.mbox: メールとして読めない所が 1 か所あります"),
        ("en", "a.mbox: 1 place in it could not be read as mail"),
    ] {
        let (stdout, stderr, status) = run(folder.path(), lang, &learn);
        assert!(stderr.contains(words) && stderr.lines().count() == 1 && status == 2, "{stderr}");
        assert!(stdout.contains("\"mails\":10,") && stdout.contains("\"unusable\":1,"), "{stdout}");
        let (stdout, stderr, status) = run(folder.path(), lang, &["scan", "--json", "a.mbox"]);
        assert!(stderr.contains(words) && stdout.lines().count() == 11 && status == 2, "{stderr}");
    }
    fs::write(folder.path().join("a.mbox"), &whole).unwrap();
    let (stdout, stderr, status) = run(folder.path(), "en", &learn);
    assert!(stdout.contains("\"received\":2,") && stdout.contains("\"known\":10,"), "{stdout}");
    assert_eq!((stderr.as_str(), status), ("", 0));
}

#[test]
fn a_mailbox_is_taken_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.mbox"), mbox((0..5).map(mail))).unwrap();
    for owner in ["sato@midori.example", "suzuki@midori.example"] {
        run(folder.path(), "en", &["learn", "--mailbox", owner, "in.mbox"]);
    }
    let take_back = ["learn", "--unlearn-mailbox", "Sato@midori.example"];
    for (lang, words) in [
        (
            "ja",
            "sato@midori.example のメールボックスから学習したことをすべて忘れます: メール 5 通（送信 0、受信 5）",
        ),
        ("en", "of the mailbox of sato@midori.example is forgotten: 5 mails (0 sent, 5 received)"),
    ] {
        let (stdout, stderr, status) = run(folder.path(), lang, &take_back);
        assert!(
            stderr.contains(words) && stderr.contains("--yes") && stdout.is_empty() && status == 2,
            "{stderr}"
        );
    }
    let take_back = [&take_back[..], &["--yes"]].concat();
    let (stdout, stderr, status) = run(folder.path(), "ja", &take_back);
    assert_eq!((stdout.as_str(), stderr.as_str(), status), ("5 通から学習したことを忘れました。\n", "", 0));
    let of = |owner| run(folder.path(), "en", &["conversations", "--mailbox", owner]).2;
    assert_eq!([of("sato@midori.example"), of("suzuki@midori.example")], [1, 0]);
    for (lang, words) in [
        ("ja", "このメールボックスは学習されていません。学習してあるのは suzuki@midori.example です"),
        ("en", "no such mailbox was learned; those that were: suzuki@midori.example"),
    ] {
        let (_, stderr, status) = run(folder.path(), lang, &take_back);
        assert!(stderr.contains(words) && status == 1, "{stderr}");
    }
    let (_, _, status) = run(folder.path(), "en", &[&take_back[..], &["in.mbox"]].concat());
    assert_eq!(status, 2);
}

#[test]
fn a_colleagues_mailbox_under_the_wrong_name_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("home")).unwrap();
    fs::write(folder.path().join("home/sekisho.toml"), "[organisation]\ndomains = [\"midori.example\"]\n")
        .unwrap();
    fs::write(folder.path().join("all.mbox"), mbox((0..12).map(mail).chain((0..12).map(sent)))).unwrap();
    for (lang, words) in [
        (
            "ja",
            [
                "24 通のうち 24 通は sato@midori.example が差出人か宛先で、mori@midori.example の名があるのは 0 通です",
                "--mailbox sato@midori.example で学習し直して",
            ],
        ),
        (
            "en",
            [
                "24 of 24 mails are from or to sato@midori.example",
                "learn it with --mailbox sato@midori.example",
            ],
        ),
    ] {
        let learn = ["--quiet", "learn", "--json", "--mailbox", "mori@midori.example", "all.mbox"];
        let (stdout, stderr, status) = run(folder.path(), lang, &learn);
        assert!(words.iter().all(|words| stderr.contains(words)) && stderr.lines().count() == 1, "{stderr}");
        assert!(stdout.contains("\"seems_of\":\"sato@midori.example\"") && status == 0, "{stdout}");
        let way_back: Vec<&str> =
            stderr.split('`').nth(1).unwrap().split(' ').skip(1).chain(["--yes"]).collect();
        assert_eq!(run(folder.path(), lang, &way_back).2, 0);
    }
    let (_, stderr, _) = run(folder.path(), "en", &["learn", "--mailbox", "sato@midori.example", "all.mbox"]);
    assert_eq!(stderr, "");
}

#[test]
fn an_mbox_with_a_mark_or_empty_lines_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for before in ["\u{feff}", "\r\n\r\n", "\u{feff}\n"] {
        fs::write(folder.path().join("a.mbox"), format!("{before}{}", mbox((0..3).map(mail)))).unwrap();
        let (stdout, stderr, status) = run(folder.path(), "en", &["scan", "--json", "a.mbox"]);
        assert_eq!((stdout.lines().count(), stderr.as_str(), status), (3, "", 0), "{before:?}");
    }
}

#[test]
fn a_mail_whose_end_is_of_another_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let parts = |number: usize| {
        let boundary = format!("=_part_{number:02}abcdefgh");
        let text = format!(
            "--{boundary}\r\n\r\nthe estimate {number} follows\r\n--{boundary}\r\n\r\nby post\r\n--{boundary}--\r\n"
        );
        let header = mail(number)
            .replace("text/plain; charset=utf-8", &format!("multipart/mixed; boundary=\"{boundary}\""));
        format!("{}\r\n\r\n{text}", header.split("\r\n\r\n").next().unwrap())
    };
    let whole = mbox((0..12).map(parts));
    fs::write(folder.path().join("whole.mbox"), &whole).unwrap();
    assert_eq!(run(folder.path(), "en", &["scan", "--json", "whole.mbox"]).1, "");
    let at = |text: &str| whole.find(text).unwrap();
    let cut = format!("{}{}", &whole[..at("estimate 3 follows")], &whole[at("estimate 6 follows")..]);
    fs::write(folder.path().join("cut.mbox"), cut).unwrap();
    for (lang, words) in [
        ("ja", "cut.mbox: メールとして読めない所が 1 か所あります"),
        ("en", "cut.mbox: 1 place in it could not be read as mail"),
    ] {
        let (stdout, stderr, status) = run(folder.path(), lang, &["scan", "--json", "cut.mbox"]);
        assert!(stderr.contains(words) && status == 2, "{stderr}");
        assert_eq!(stdout.lines().count(), 9);
    }
}
