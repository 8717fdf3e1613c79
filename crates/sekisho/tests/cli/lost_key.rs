//! A lost key as a person meets it: what is said, the way out, and what is left afterwards.

use std::fs;
use std::path::Path;

use super::golden::compare;
use crate::{learned_home, learning, outcome, sekisho};

/// What a run says on both streams, with its exit status, and the folder of the test named as a person's.
fn seen(home: &Path, lang: &str, arguments: &[&str]) -> String {
    let (stdout, stderr, status) =
        outcome(sekisho().arg("--home").arg(home).args(["--lang", lang]).args(arguments));
    let said = format!("$ sekisho {}\n{stdout}{stderr}(exit status {status})\n", arguments.join(" "));
    said.replace(&home.display().to_string(), "HOME")
}

/// The line of `doctor` about the memory.
fn doctor(home: &Path, lang: &str) -> String {
    let report = seen(home, lang, &["doctor"]);
    let lines = report.lines().filter(|line| line.contains("secret.key") || line.contains("--start-over"));
    lines.collect::<Vec<&str>>().join("\n")
}

#[test]
fn a_lost_key_is_mended_as_committed_in_both_languages() {
    for lang in ["ja", "en"] {
        let home = learned_home();
        let home = home.path();
        let by = ["--by", "佐藤"];
        let add = [
            "exceptions",
            "add",
            "--sender",
            "@hikari-denki.example",
            "--reason",
            "移転",
            "--until",
            "2099-03-31",
        ];
        for prepared in [
            &["contacts", "confirm", "yamada@partner.example", "--name", "山田 太郎"][..],
            &["contacts", "forget", "tanaka@kita-kogyo.example", "--yes"],
            &add,
        ] {
            let said = seen(home, lang, &[prepared, &by].concat());
            assert!(said.ends_with("(exit status 0)\n"), "{said}");
        }
        // The day is the test's own.
        let today = jiff::Timestamp::now().to_string();
        let today = today.split('T').next().unwrap();
        let key = home.join("secret.key");
        assert!(seen(home, lang, &["learn", "--start-over", "--yes"]).ends_with("(exit status 2)\n"));
        fs::remove_file(&key).unwrap();
        let mut out = seen(home, lang, &["learn", "samples/past/sato"]);
        assert!(doctor(home, lang).contains("`sekisho learn --start-over`"), "{}", doctor(home, lang));
        out += &seen(home, lang, &["learn", "--start-over"]);
        assert!(!key.exists(), "nobody agreed");
        out += &seen(home, lang, &["learn", "--start-over", "--yes"]);
        for person in ["sato", "suzuki"] {
            assert_eq!(outcome(&mut learning(home, person)).2, 0);
        }
        out += &seen(home, lang, &["contacts", "partner.example"]);
        assert!(seen(home, lang, &["exceptions"]).contains("hikari-denki.example"));
        // Its mark stood under the lost key.
        assert!(seen(home, lang, &["contacts", "tanaka@kita-kogyo.example"]).ends_with("(exit status 0)\n"));
        out += &seen(home, lang, &["learn", "--start-over", "--yes"]);
        compare(&format!("lost-key.{lang}.txt"), &out.replace(today, "TODAY"));
    }
}

#[test]
fn another_key_is_taken_over_once_a_person_says_so() {
    let home = learned_home();
    let home = home.path();
    fs::write(home.join("secret.key"), "1".repeat(64)).unwrap();
    for lang in ["ja", "en"] {
        assert!(seen(home, lang, &["contacts"]).contains("`sekisho learn --start-over`"));
        assert!(doctor(home, lang).contains("`sekisho learn --start-over`"));
    }
    let said = seen(home, "en", &["learn", "--start-over", "--yes", "--json"]);
    assert!(said.contains("{\"schema\":\"sekisho.started-over/1\",\"mails\":"), "{said}");
    assert_eq!(outcome(&mut learning(home, "sato")).2, 0);
    assert_eq!(fs::read_to_string(home.join("secret.key")).unwrap(), "1".repeat(64));
}

#[test]
fn a_legal_hold_asks_for_a_copy_before_anything_is_dropped() {
    let home = learned_home();
    let home = home.path();
    seen(home, "en", &["contacts", "legal-hold", "--reason", "audit", "--by", "sato"]);
    fs::remove_file(home.join("secret.key")).unwrap();
    let said = seen(home, "en", &["learn", "--start-over", "--yes"]);
    assert!(
        said.contains("keep a copy of it in a safe place first") && said.ends_with("(exit status 2)\n"),
        "{said}"
    );
    let said = seen(home, "ja", &["learn", "--start-over", "--yes"]);
    assert!(said.contains("先にデータベースの写しを安全な場所に保管し"), "{said}");
    assert!(!home.join("secret.key").exists());
    let said = seen(home, "en", &["learn", "--start-over", "--yes", "--copy-kept"]);
    assert!(said.ends_with("(exit status 0)\n"), "{said}");
    assert!(seen(home, "en", &["contacts", "legal-holds"]).contains("everybody: audit (by sato)"));
}

#[test]
fn where_nothing_was_learned_there_is_nothing_to_start_over() {
    let home = tempfile::tempdir().unwrap();
    let said = seen(home.path(), "en", &["learn", "--start-over", "--yes"]);
    assert!(said.contains("nothing was learned yet") && said.ends_with("(exit status 2)\n"), "{said}");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}
