//! The sample mails against what is committed in `tests/golden/`. `UPDATE_DOCS=1 cargo test -p sekisho --test cli golden`
//! renews them, so that a change of words is seen in review.

use std::fs;

use crate::{learned_home, outcome, root, sekisho};

#[test]
fn samples_are_judged_as_committed_in_both_languages() {
    let home = learned_home();
    for lang in ["ja", "en"] {
        let arguments = ["--lang", lang, "scan", "samples/inbox"];
        let (stdout, stderr, status) = outcome(sekisho().arg("--home").arg(home.path()).args(arguments));
        assert_eq!((stderr.as_str(), status), ("", 1));
        compare(&format!("scan.{lang}.txt"), &stdout);
    }
}

#[test]
fn trees_are_drawn_as_committed_in_both_languages() {
    let home = learned_home();
    let mails = [
        "05-all-partners-doc",
        "10-reply-shift-jis",
        "11-speaks-for-us",
        "13-password-page",
        "17-stolen-conversation",
        "18-true-reply",
    ];
    for lang in ["ja", "en"] {
        let mails = mails.map(|name| format!("samples/inbox/{name}.eml"));
        let (stdout, _, _) =
            outcome(sekisho().arg("--home").arg(home.path()).args(["--lang", lang, "inspect"]).args(mails));
        compare(&format!("inspect.{lang}.txt"), &stdout);
    }
}

#[test]
fn a_check_is_explained_as_committed_in_both_languages() {
    for lang in ["ja", "en"] {
        let (stdout, _, status) =
            outcome(sekisho().args(["--lang", lang, "explain", "staff-name-from-outside"]));
        assert_eq!(status, 0);
        compare(&format!("explain.{lang}.txt"), &stdout);
    }
}

pub fn compare(name: &str, seen: &str) {
    let file = root().join("crates/sekisho/tests/golden").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, seen).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    let line = committed.lines().zip(seen.lines()).position(|(a, b)| a != b);
    assert!(
        committed == seen,
        "{name} differs (first at line {line:?}); renew it with: UPDATE_DOCS=1 cargo test -p sekisho --test cli golden\n{seen}"
    );
}
