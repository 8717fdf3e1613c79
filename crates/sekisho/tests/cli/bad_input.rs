//! Input that cannot be used: one clear line that names it and the way out; the rest is judged; exit status 2.

use std::fs;
use std::path::Path;

use super::memory::{at, case, not_looked_at};
use crate::{learned_home, mail, outcome, root, sekisho};

/// What is put into the folder, what is scanned, and how the line about it begins.
struct Row {
    make: fn(&Path),
    scan: &'static str,
    ja: &'static str,
    en: &'static str,
}

const ROWS: &[Row] = &[
    Row {
        make: |_| {},
        scan: "nowhere",
        ja: "sekisho: nowhere: 見つかりません",
        en: "sekisho: nowhere: not found; check",
    },
    Row {
        make: |folder| fs::create_dir(folder.join("empty")).unwrap(),
        scan: "empty",
        ja: "sekisho: empty: このフォルダーにメールが見つかりません",
        en: "sekisho: empty: no mail found in this folder; name",
    },
    Row {
        make: |folder| {
            fs::create_dir(folder.join("notes")).unwrap();
            fs::write(folder.join("notes/a.txt"), "notes").unwrap();
        },
        scan: "notes",
        ja: "sekisho: notes: このフォルダーにメールが見つかりません",
        en: "sekisho: notes: no mail found in this folder; name",
    },
    Row {
        make: |folder| fs::write(folder.join("a.txt"), "just a text").unwrap(),
        scan: "a.txt",
        ja: "sekisho: a.txt: メールではありません（テキスト）",
        en: "sekisho: a.txt: is not a mail (Plain text); use sekisho inspect",
    },
    Row {
        make: |folder| fs::write(folder.join("a.eml"), "").unwrap(),
        scan: "a.eml",
        ja: "sekisho: a.eml: 中身が空です",
        en: "sekisho: a.eml: is empty; export it again",
    },
    Row {
        make: |folder| fs::write(folder.join("a\u{1b}[2J.txt"), "just a text").unwrap(),
        scan: "a\u{1b}[2J.txt",
        ja: "sekisho: a<U+001B>[2J.txt: メールではありません",
        en: "sekisho: a<U+001B>[2J.txt: is not a mail",
    },
];

#[test]
fn each_is_told_in_one_line_and_the_rest_is_judged() {
    for row in ROWS {
        let folder = tempfile::tempdir().unwrap();
        (row.make)(folder.path());
        fs::write(folder.path().join("good.eml"), mail(1)).unwrap();
        for (lang, wanted) in [("ja", row.ja), ("en", row.en)] {
            let mut command = sekisho();
            let command =
                command.current_dir(folder.path()).args(["--lang", lang, "scan", row.scan, "good.eml"]);
            let (stdout, stderr, status) = outcome(command);
            assert!(stderr.starts_with(wanted), "{stderr}");
            assert_eq!(stderr.lines().count(), 1, "{stderr}");
            assert!(stdout.contains("Estimate 1"), "{stdout}");
            assert_eq!(status, 2);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret.eml");
    fs::write(&file, mail(1)).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&file).is_ok() {
        return; // Who may read everything cannot try this.
    }
    let (_, stderr, status) = outcome(sekisho().current_dir(folder.path()).args(["scan", "secret.eml"]));
    assert!(stderr.starts_with("sekisho: secret.eml: permission denied; make it readable"), "{stderr}");
    assert_eq!(status, 2);
}

#[test]
fn a_broken_installation_is_told_and_mail_is_judged_all_the_same() {
    for (file, text, wanted) in [
        (
            "sekisho.toml",
            "[organisation]\ndomain = []\n",
            "home/sekisho.toml:2: unknown key in [organisation]: \"domain\"; did you mean \"domains\"?",
        ),
        (
            "policy.toml",
            "[[rule]]\nid = \"a\"\nany = [\"several-form\"]\n",
            "home/policy.toml:3: unknown check \"several-form\"; did you mean",
        ),
        ("lists/brand.toml", "", "home: lists/brand.toml: unknown list \"brand\"; did you mean \"brands\"?"),
        ("sekisho.toml", "[organisation]\npeople_file = \"gone.csv\"\n", "home/gone.csv:1: cannot be read"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("home").join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        fs::write(folder.path().join("good.eml"), mail(1)).unwrap();
        let mut command = sekisho();
        let (stdout, stderr, status) =
            outcome(command.current_dir(folder.path()).args(["--home", "home", "scan", "good.eml"]));
        assert!(stderr.starts_with(&format!("sekisho: {wanted}")), "{stderr}");
        assert_eq!((stderr.lines().count(), status), (1, 2), "{stderr}");
        assert!(stdout.contains("Estimate 1"));
        let (stdout, _, status) =
            outcome(sekisho().current_dir(folder.path()).args(["--home", "home", "doctor"]));
        assert!(stdout.contains(wanted.split(';').next().unwrap()), "{stdout}");
        assert_eq!(status, 1);
    }
}

#[test]
fn a_named_home_or_policy_that_is_missing_is_told() {
    let sample = "samples/inbox/01-estimate.eml";
    let (_, stderr, status) = outcome(sekisho().args(["--home", "no-home", "scan", sample]));
    assert!(
        stderr.starts_with("sekisho: no-home: no such folder; `sekisho init --home no-home` makes it"),
        "{stderr}"
    );
    assert_eq!(status, 2);
    let (_, stderr, status) = outcome(sekisho().args(["scan", "--policy", "gone.toml", sample]));
    assert!(stderr.starts_with("sekisho: gone.toml: not found"), "{stderr}");
    assert_eq!(status, 2);
}

#[test]
fn a_wrong_option_is_told_and_nothing_is_judged() {
    for arguments in
        [["scan", "--jsn", "x"].as_slice(), &["scan"], &["skan", "x"], &["scan", "--profile", "loud", "x"]]
    {
        let (stdout, stderr, status) = outcome(sekisho().args(arguments));
        assert_eq!((stdout.as_str(), status), ("", 2));
        assert!(stderr.starts_with("error: "), "{stderr}");
        let by_option = outcome(sekisho().arg("--lang=ja").args(arguments));
        let by_environment = outcome(sekisho().env("LANG", "ja_JP.UTF-8").args(arguments));
        assert!(by_option.1.starts_with("エラー: ") && by_option.2 == 2, "{}", by_option.1);
        assert_eq!(by_option, by_environment);
        let english = sekisho().env("LANG", "ja_JP.UTF-8").args(["--lang", "en"]).args(arguments).output();
        assert!(english.unwrap().stderr.starts_with(b"error: "));
    }
}

#[cfg(unix)]
#[test]
fn links_inside_folders_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("inside");
    fs::create_dir(&inside).unwrap();
    fs::write(inside.join("a.eml"), mail(1)).unwrap();
    fs::write(folder.path().join("outside.eml"), mail(2)).unwrap();
    std::os::unix::fs::symlink(&inside, inside.join("round")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("outside.eml"), inside.join("out.eml")).unwrap();
    let (stdout, _, status) = outcome(sekisho().arg("scan").arg(&inside));
    assert!(stdout.contains("1 mail judged") && stdout.contains("2 files were not judged"), "{stdout}");
    assert_eq!(status, 0);
}

/// Everything in a folder, to see that nothing of it was changed.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| (file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn nothing_remembered_is_changed_by_a_configuration_that_is_refused() {
    let home = learned_home();
    let home = home.path();
    let config = home.join("sekisho.toml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, format!("{text}\n[retention]\ncontact = 0\n")).unwrap();
    let before = contents(home);
    let (person, by) = ("tanaka@kita-kogyo.example", ["--by", "佐藤"]);
    let mailbox = "--unlearn-mailbox";
    let except = ["exceptions", "add", "--sender", person, "--reason", "a", "--until", "2099-03-31"];
    let writing: &[&[&str]] = &[
        &["learn", "samples/past/sato"],
        &["learn", "--start-over", "--yes"],
        &["learn", mailbox, "sato@midori.example", "--yes"],
        &["import", "samples/home/people.csv"],
        &["contacts", "confirm", person, "--name", "a", by[0], by[1]],
        &["contacts", "forget", person, "--yes", by[0], by[1]],
        &["contacts", "readmit", person],
        &["contacts", "legal-hold", person, "--reason", "a", by[0], by[1]],
        &["contacts", "legal-release", person],
        &[&except[..], &by].concat(),
        &["exceptions", "withdraw", "1", by[0], by[1]],
        &["conversations", "forget", "--yes", "samples/inbox/18-true-reply.eml"],
    ];
    for (lang, wanted) in [("en", "nothing was changed)\n"), ("ja", "何も変更していません）\n")] {
        for arguments in writing {
            let (stdout, stderr, status) = outcome(&mut at(home, lang, arguments));
            assert!(stderr.contains("sekisho.toml:") && stderr.contains("\"contact\""), "{stderr}");
            assert!(stderr.ends_with(wanted) && stderr.lines().count() == 1, "{arguments:?} {stderr}");
            assert_eq!((stdout.as_str(), status), ("", 2), "{arguments:?}");
            assert!(contents(home) == before, "{arguments:?}");
        }
    }
    // Where the memory lies is known, and so it is read; that not all of the file counts is said.
    let (stdout, stderr, status) = outcome(&mut at(home, "en", &["contacts", "tanaka"]));
    assert!(stdout.contains(person) && status == 0, "{stdout}");
    assert!(stderr.contains("going on with its store.url") && stderr.lines().count() == 1, "{stderr}");
}

#[test]
fn a_memory_is_not_taken_from_elsewhere_where_its_place_cannot_be_read() {
    let home = learned_home();
    let home = home.path();
    let config = home.join("sekisho.toml");
    let text = fs::read_to_string(&config).unwrap();
    // What is learned lies elsewhere than in the file that is there.
    fs::write(&config, format!("{text}\n[store]\nur = \"sqlite:other.db\"\n")).unwrap();
    let before = contents(home);
    for command in [&["contacts"][..], &["conversations"], &["exceptions"], &["contacts", "legal-holds"]] {
        let (stdout, stderr, status) = outcome(&mut at(home, "en", command));
        assert!(stderr.contains("\"ur\"") && stderr.ends_with("it was not looked at)\n"), "{stderr}");
        assert_eq!((stdout.as_str(), status), ("", 2), "{command:?}");
    }
    let reply = root().join("samples/inbox/18-true-reply.eml");
    let judged = case(home, &[reply.to_str().unwrap()]);
    assert_eq!(not_looked_at(&judged, "memory").as_deref(), Some("no-database"));
    assert!(contents(home) == before);
}
