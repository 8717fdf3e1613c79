//! Mailboxes learned, learned again, stopped and gone on with, and forgotten.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use sekisho_store::{SECRET_FILE, Secret, Store};
use serde_json::Value;

use crate::{mail, outcome, process, sekisho};

/// A mail that the owner of the mailbox wrote.
fn answer(number: usize) -> String {
    format!(
        "From: Hanako Sato <sato@midori.example>\r\nTo: Taro Yamada <yamada@partner.example>\r\nSubject: Re: Estimate {number}\r\n\
         Date: Tue, 24 Nov 2026 11:00:00 +0900\r\nMessage-ID: <{number}@midori.example>\r\nIn-Reply-To: <{number}@partner.example>\r\n\r\n\
         Thank you, we wait for the estimate {number}.\r\n\r\n> the estimate {number} follows by post.\r\n"
    )
}

/// A Maildir with folders: so many mails received and as many sent, one junk.
fn maildir(folder: &Path, mails: usize) {
    for name in ["cur", "new", "tmp", ".&kAFP4W4IMH8-/cur", ".&kAFP4W4IMH8-/new", ".Junk/cur", ".Junk/new"] {
        fs::create_dir_all(folder.join(name)).unwrap();
    }
    for number in 0..mails {
        fs::write(folder.join(format!("cur/{number:05}")), mail(number)).unwrap();
        fs::write(folder.join(format!(".&kAFP4W4IMH8-/cur/{number:05}")), answer(number)).unwrap();
    }
    fs::write(folder.join(".Junk/cur/1"), mail(99_999)).unwrap();
}

/// Learns in `folder` with a home of its own below it; the JSON of the first mailbox, and the exit status.
fn learn(folder: &Path, arguments: &[&str]) -> (Value, i32) {
    let (stdout, stderr, status) = run(folder, &[&["learn", "--json"], arguments].concat());
    let learned: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}"));
    (learned["mailboxes"][0].clone(), status)
}

fn run(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    let home = folder.join("home");
    fs::create_dir_all(&home).unwrap();
    outcome(sekisho().current_dir(folder).args(["--home", "home"]).args(arguments))
}

#[test]
fn a_maildir_is_learned_once_and_its_owner_found() {
    let folder = tempfile::tempdir().unwrap();
    maildir(&folder.path().join("m"), 40);
    let (first, status) = learn(folder.path(), &["m"]);
    assert_eq!(status, 0);
    assert_eq!(first["mailbox"], "sato@midori.example");
    assert!(first["contacts"].as_u64() > Some(0) && first["conversations"].as_u64() > Some(0), "{first}");
    assert_eq!((&first["sent"], &first["received"], &first["known"]), (&40.into(), &40.into(), &0.into()));
    assert_eq!(first["left_out"], serde_json::json!({"junk": 1}));
    let (again, _) = learn(folder.path(), &["m"]);
    assert_eq!((&again["sent"], &again["received"], &again["known"]), (&0.into(), &0.into(), &80.into()));
    // The same mails in another shape are known by what they say.
    let from = "From yamada@partner.example Tue Nov 24 10:00:00 2026\r\n";
    let mbox: String = (0..41).map(|number| format!("{from}{}\r\n", mail(number))).collect();
    fs::write(folder.path().join("a.mbox"), mbox).unwrap();
    let (mbox, _) = learn(folder.path(), &["--mailbox", "sato@midori.example", "a.mbox"]);
    assert_eq!((&mbox["received"], &mbox["known"]), (&1.into(), &40.into()));
    let (all, _) = learn(folder.path(), &["--all-folders", "m"]);
    assert_eq!((&all["received"], &all["known"]), (&1.into(), &80.into()));
    assert_eq!(fs::read(folder.path().join("home/secret.key")).unwrap().len(), 65);
}

#[test]
fn drafts_junk_and_deleted_mail_is_left_out_where_only_a_mark_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let takeout = |labels: &str, mail: String| format!("X-GM-THRID: 1\r\nX-Gmail-Labels: {labels}\r\n{mail}");
    let mails = [
        takeout("=?utf-8?b?5LiL5pu444GN?=", answer(1)),
        takeout("=?utf-8?b?6L+35oOR44Oh44O844Or?=", mail(2)),
        takeout("=?utf-8?b?44K044Of566x?=", mail(3)),
        takeout("=?utf-8?b?5Y+X5L+h44OI44Os44KkLOS4i+abuOOBjeeiuuiqjea4iOOBvw==?=", mail(4)),
        takeout("Sent", answer(5).replace("sato@midori", "ito@midori")),
        format!("X-Mozilla-Status: 0009\r\n{}", mail(6)),
        format!("X-Unsent: 1\r\n{}", answer(7)),
    ];
    let mbox: String =
        mails.iter().map(|mail| format!("From - Sat Nov 28 10:00:00 2026\r\n{mail}\r\n")).collect();
    fs::write(folder.path().join("All.mbox"), mbox).unwrap();
    let sato = ["--mailbox", "sato@midori.example"];
    fs::create_dir_all(folder.path().join("home")).unwrap();
    let config = "[organisation]\ndomains = [\"midori.example\"]\n";
    fs::write(folder.path().join("home/sekisho.toml"), config).unwrap();
    let (learned, status) = learn(folder.path(), &[&sato[..], &["All.mbox"]].concat());
    let counts = ["mails", "sent", "received"].map(|name| learned[name].as_u64().unwrap());
    assert_eq!((counts, status), ([7, 1, 1], 0), "{learned}");
    assert_eq!(learned["left_out"], serde_json::json!({"deleted": 2, "drafts": 2, "junk": 1}));
    for (lang, words) in
        [("ja", "付いている印から、学習しないメール"), ("en", "left out by its folder or by a mark")]
    {
        let (said, _, _) = run(folder.path(), &["--lang", lang, "learn", sato[0], sato[1], "All.mbox"]);
        assert!(said.contains(words), "{said}");
    }
    let m = folder.path().join("m");
    ["cur", "new", "tmp"].iter().for_each(|name| fs::create_dir_all(m.join(name)).unwrap());
    for (name, mail) in [("1.a.h:2,DS", answer(11)), ("2.a.h:2,ST", mail(12)), ("3.a.h:2,S", mail(13))] {
        fs::write(m.join("cur").join(name), mail).unwrap();
    }
    let (learned, _) = learn(folder.path(), &[&sato[..], &["m"]].concat());
    assert_eq!((&learned["sent"], &learned["received"]), (&0.into(), &1.into()), "{learned}");
    assert_eq!(learned["left_out"], serde_json::json!({"deleted": 1, "drafts": 1}));
    let (all, _) = learn(folder.path(), &[&sato[..], &["--all-folders", "m"]].concat());
    assert_eq!((&all["sent"], &all["received"], &all["known"]), (&1.into(), &1.into(), &1.into()), "{all}");
}

#[test]
fn what_was_unlearned_is_gone_until_it_is_learned_again() {
    let folder = tempfile::tempdir().unwrap();
    maildir(&folder.path().join("m"), 10);
    learn(folder.path(), &["m"]);
    let (stdout, _, status) = run(folder.path(), &["learn", "--unlearn", "<3@partner.example>"]);
    assert_eq!((stdout.as_str(), status), ("1 mail forgotten, with what was learned of it.\n", 0));
    let (_, stderr, status) = run(folder.path(), &["learn", "--unlearn", "3@partner.example"]);
    assert!(status == 1 && stderr.contains("no such mail was learned"), "{stderr}");
    assert_eq!(learn(folder.path(), &["m"]).0["received"], 1);
    let (stdout, _, _) = run(folder.path(), &["learn", "--json", "--unlearn-since", "2026-11-24"]);
    assert_eq!(stdout, "{\"schema\":\"sekisho.unlearned/1\",\"mails\":20,\"held\":0}\n");
    let (again, _) = learn(folder.path(), &["m"]);
    assert_eq!((&again["sent"], &again["received"]), (&10.into(), &10.into()));
    let hold = ["contacts", "legal-hold", "yamada@partner.example", "--reason", "audit", "--by", "sato"];
    assert_eq!(run(folder.path(), &hold).2, 0);
    for (lang, words) in [
        ("en", "mails of people under a legal hold: 20; they are not forgotten"),
        ("ja", "20 通は、忘れずに残しました"),
    ] {
        let (stdout, stderr, status) =
            run(folder.path(), &["--lang", lang, "learn", "--unlearn-since", "2026-11-24"]);
        assert!(stderr.contains(words) && stdout.is_empty() && status == 2, "{stdout}{stderr}");
    }
    assert_eq!(run(folder.path(), &["contacts", "legal-release", "yamada@partner.example"]).2, 0);
    run(folder.path(), &["learn", "--unlearn-since", "2026-11-24"]);
    let (stdout, _, _) = run(folder.path(), &["learn", "--json", "--unlearn-since", "2026-11-25"]);
    assert_eq!(stdout, "{\"schema\":\"sekisho.unlearned/1\",\"mails\":0,\"held\":0}\n");
}

/// Mails that a memory holds; `None` where it is not there yet.
fn remembered(home: &Path) -> Option<u64> {
    let secret = Secret::read(&home.join(SECRET_FILE)).ok()?;
    let mut store = Store::open_to_read("sqlite", home, secret).ok()?;
    Some(store.summary().ok()?.mailboxes.iter().map(|mailbox| mailbox.mails).sum())
}

#[test]
fn a_killed_learner_goes_on_and_counts_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mails = 1_500;
    maildir(&folder.path().join("m"), mails);
    fs::create_dir(folder.path().join("home")).unwrap();
    let mut killed = process()
        .current_dir(folder.path())
        .args(["--home", "home", "learn", "--mailbox", "sato@midori.example", "m"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // As soon as a step was kept, whatever the machine's speed.
    while remembered(&folder.path().join("home")).is_none_or(|mails| mails == 0)
        && killed.try_wait().unwrap().is_none()
    {
        std::thread::sleep(Duration::from_millis(5));
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    let (rest, status) = learn(folder.path(), &["--mailbox", "sato@midori.example", "m"]);
    let count = |name: &str| rest[name].as_u64().unwrap();
    assert_eq!(status, 0);
    assert!(count("known") > 0, "{rest}");
    assert_eq!(count("sent") + count("received") + count("known"), 2 * mails as u64);
    assert_eq!(learn(folder.path(), &["--mailbox", "sato@midori.example", "m"]).0["known"], 2 * mails as u64);
}

#[test]
fn two_learners_at_once_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    maildir(&folder.path().join("m"), 300);
    fs::create_dir(folder.path().join("home")).unwrap();
    let start = || {
        process()
            .current_dir(folder.path())
            .args(["--home", "home", "learn", "--json", "--mailbox", "sato@midori.example", "m"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let learners = [start(), start()];
    let mut new = 0;
    for learner in learners {
        let output = learner.wait_with_output().unwrap();
        assert!(output.status.success());
        let learned: Value = serde_json::from_slice(&output.stdout).unwrap();
        let mailbox = &learned["mailboxes"][0];
        new += mailbox["sent"].as_u64().unwrap() + mailbox["received"].as_u64().unwrap();
    }
    assert_eq!(new, 600);
}

#[test]
fn what_stands_in_the_way_is_said_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    maildir(&folder.path().join("m"), 10);
    for (arguments, lang, expected) in [
        (&["learn", "nowhere"][..], "en", "nowhere: not found; check the path"),
        (&["learn", "-"], "en", "name the owner, as with --mailbox"),
        (&["learn", "m/cur/00001"], "ja", "--mailbox sato@midori.example のように指定してください"),
    ] {
        let (_, stderr, status) = run(folder.path(), &[&["--lang", lang], arguments].concat());
        assert!(status == 2 && stderr.contains(expected), "{stderr}");
    }
    let mut elsewhere = sekisho();
    let (_, stderr, status) =
        outcome(elsewhere.current_dir(folder.path()).args(["--home", "typing-error", "learn", "m"]));
    assert!(status == 2 && stderr.contains("`sekisho init --home typing-error` makes it"), "{stderr}");
    learn(folder.path(), &["m"]);
    fs::remove_file(folder.path().join("home/secret.key")).unwrap();
    let (_, stderr, status) = run(folder.path(), &["learn", "m"]);
    assert!(status == 2 && stderr.contains("the secret key is gone"), "{stderr}");
    let (_, stderr, _) = run(folder.path(), &["--lang", "ja", "learn", "m"]);
    assert!(stderr.contains("バックアップから鍵を戻してください"), "{stderr}");
}

#[test]
fn an_owner_of_no_domain_of_ours_is_told_and_learned_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    maildir(&folder.path().join("m"), 5);
    let home = folder.path().join("home");
    fs::create_dir_all(&home).unwrap();
    fs::write(home.join("sekisho.toml"), "[organisation]\ndomains = [\"midori.example\"]\n").unwrap();
    for (lang, words) in
        [("ja", "組織のドメイン（midori.example）"), ("en", "none of your domains (midori.example)")]
    {
        let learn = ["--lang", lang, "--quiet", "learn", "--mailbox", "yamada@partner.example", "m"];
        let (_, stderr, status) = run(folder.path(), &learn);
        assert!(stderr.contains(words) && stderr.lines().count() == 1 && status == 0, "{stderr}");
        let list = ["conversations", "--mailbox", "yamada@partner.example"];
        assert_eq!(run(folder.path(), &list).2, 0);
        let way_back: Vec<&str> =
            stderr.split('`').nth(1).unwrap().split(' ').skip(1).chain(["--yes"]).collect();
        assert_eq!(run(folder.path(), &way_back).2, 0);
        assert_eq!(run(folder.path(), &list).2, 1);
    }
    let (_, stderr, _) = run(folder.path(), &["learn", "--mailbox", "sato@midori.example", "m"]);
    assert_eq!(stderr, "");
}

#[test]
fn a_learner_that_was_refused_does_not_say_that_there_was_no_mail() {
    let folder = tempfile::tempdir().unwrap();
    maildir(&folder.path().join("m"), 5);
    learn(folder.path(), &["m"]);
    damage_the_mails(&folder.path().join("home/sekisho.db"));
    for (lang, refused) in [("ja", "データベースのファイルが壊れています"), ("en", "the database is damaged")]
    {
        for more in [&[][..], &["--json"]] {
            let learn = ["--lang", lang, "learn", "--mailbox", "suzuki@midori.example", "m"];
            let (stdout, stderr, status) = run(folder.path(), &[&learn[..], more].concat());
            assert!(stderr.contains(refused) && status == 2, "{stderr}");
            assert_eq!(stdout, "");
        }
    }
}

/// Overwrites the page in which the table of mails begins: such a database opens, and then refuses.
fn damage_the_mails(database: &Path) {
    const PAGE_BYTES: usize = 4_096;
    const PAGES_BEFORE: usize = 8;
    let mut bytes = fs::read(database).unwrap();
    bytes[PAGES_BEFORE * PAGE_BYTES..][..PAGE_BYTES].fill(0x55);
    fs::write(database, bytes).unwrap();
}

#[test]
fn what_scan_would_hold_is_not_learned() {
    let folder = tempfile::tempdir().unwrap();
    maildir(&folder.path().join("m"), 40);
    learn(folder.path(), &["m"]);
    // Nothing is wrong with it but that the name is another address's.
    let forged = "From: Taro Yamada <taro@elsewhere.example>\r\nTo: sato@midori.example\r\nSubject: Estimate\r\n\
        Date: Wed, 25 Nov 2026 10:00:00 +0900\r\nMessage-ID: <forged@elsewhere.example>\r\n\r\nPlease use our new bank account from now on.\r\n";
    for (name, home, suspicious) in [("late", "home", 1), ("first", "empty", 0)] {
        let mailbox = folder.path().join(name);
        fs::create_dir_all(&mailbox).unwrap();
        fs::create_dir_all(folder.path().join(home)).unwrap();
        fs::write(mailbox.join("1.eml"), forged).unwrap();
        let arguments = ["--home", home, "learn", "--json", "--mailbox", "sato@midori.example", name];
        let (stdout, stderr, _) = outcome(sekisho().current_dir(folder.path()).args(arguments));
        let learned: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stdout}{stderr}"));
        let mailbox = &learned["mailboxes"][0];
        assert_eq!(mailbox["suspicious"], suspicious, "{name}: {learned}");
        assert_eq!(mailbox["not_taken_count"], suspicious, "{name}: {learned}");
        if suspicious > 0 {
            let told = &mailbox["not_taken"][0];
            assert_eq!(
                (&told["from"], &told["subject"]),
                (&"taro@elsewhere.example".into(), &"Estimate".into())
            );
            assert!(told["reasons"][0]["ja"].as_str().unwrap().contains("yamada@partner.example"), "{told}");
        }
    }
    // It is told again as long as it lies there.
    for (lang, words) in [
        (
            "ja",
            [
                "1 通は前の学習のときから",
                "「Taro Yamada」 taro@elsewhere.example",
                "・知っている方の名前",
                "`sekisho contacts confirm アドレス --by 名前`",
            ],
        ),
        (
            "en",
            [
                "1 of them since an earlier run",
                "“Taro Yamada” taro@elsewhere.example",
                "- Another address uses a name",
                "`sekisho contacts confirm ADDRESS --by WHO`",
            ],
        ),
    ] {
        let (stdout, _, _) =
            run(folder.path(), &["--lang", lang, "learn", "--mailbox", "sato@midori.example", "late"]);
        assert!(words.iter().all(|words| stdout.contains(words)), "{stdout}");
    }
    // A person's word counts from then on, and for what was only noted before.
    let confirm = ["contacts", "confirm", "taro@elsewhere.example", "--name", "Taro Yamada", "--by", "Sato"];
    assert_eq!(run(folder.path(), &confirm).2, 0);
    fs::write(folder.path().join("late/2.eml"), forged.replace("<forged@", "<later@")).unwrap();
    let (learned, _) = learn(folder.path(), &["--mailbox", "sato@midori.example", "late"]);
    assert_eq!((&learned["received"], &learned["suspicious"]), (&2.into(), &0.into()), "{learned}");
    let (learned, _) = learn(folder.path(), &["--mailbox", "sato@midori.example", "late"]);
    assert_eq!((&learned["known"], &learned["not_taken_count"]), (&2.into(), &0.into()), "{learned}");
}

#[cfg(unix)]
#[test]
fn a_limit_on_the_size_of_files_ends_nobody_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    maildir(&folder.path().join("m"), 200);
    fs::create_dir(folder.path().join("home")).unwrap();
    let program = assert_cmd::cargo::cargo_bin!("sekisho").display().to_string();
    for (lang, words) in
        [("ja", "ファイルの大きさの上限（`ulimit -f`"), ("en", "a limit on the size of files (`ulimit -f`")]
    {
        let learn = format!(
            "ulimit -f 100; exec {program} --home home --lang {lang} learn --mailbox sato@midori.example m"
        );
        let mut command = assert_cmd::Command::new("sh");
        let (_, stderr, status) = outcome(command.current_dir(folder.path()).args(["-c", &learn]));
        assert!(stderr.contains(words) && status == 2, "{status}: {stderr}");
    }
    let (learned, status) = learn(folder.path(), &["--mailbox", "sato@midori.example", "m"]);
    assert_eq!((&learned["mails"], status), (&401.into(), 0), "{learned}");
}
