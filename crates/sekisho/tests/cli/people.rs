//! Folders with one person's mail, and with the mailboxes of several.

use std::fs;
use std::path::Path;

use crate::{outcome, sekisho};

/// So many mails in a folder: the folder, how many, from whom and to whom. The first word of an address of ours stands for it.
type Mails<'a> = (&'a str, usize, &'a str, &'a str);

fn address(name: &str) -> String {
    if name.contains('@') { name.to_owned() } else { format!("{name}@midori.example") }
}

fn write(root: &Path, mails: &[Mails<'_>]) {
    for (at, (folder, count, from, to)) in mails.iter().enumerate() {
        let mail = |number: usize| {
            format!(
                "From: {}\r\nTo: {}\r\nSubject: Estimate {number}\r\nDate: Tue, 24 Nov 2026 10:00:00 +0900\r\n\
                 Message-ID: <{at}-{number}@mail.example>\r\n\r\nThe estimate {at} {number} follows.\r\n",
                address(from),
                address(to)
            )
        };
        let path = root.join(folder);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if folder.ends_with(".mbox") {
            let from_line = "From - Tue Nov 24 10:00:00 2026\r\n";
            let known = fs::read_to_string(&path).unwrap_or_default();
            let mbox: String = (0..*count).map(|number| format!("{from_line}{}\r\n", mail(number))).collect();
            fs::write(&path, known + &mbox).unwrap();
            continue;
        }
        fs::create_dir_all(&path).unwrap();
        if folder.ends_with("cur") {
            fs::create_dir_all(path.with_file_name("new")).unwrap();
        }
        (0..*count)
            .for_each(|number| fs::write(path.join(format!("{at}-{number:03}.eml")), mail(number)).unwrap());
    }
}

/// Learns the folder `m`; what is told, and the exit status.
fn learn(mails: &[Mails<'_>], config: &str, more: &[&str]) -> (String, String, i32) {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("m"), mails);
    fs::create_dir(folder.path().join("home")).unwrap();
    fs::write(folder.path().join("home/sekisho.toml"), format!("[organisation]\n{config}\n")).unwrap();
    outcome(sekisho().current_dir(folder.path()).args(["--home", "home"]).args(more).args(["learn", "m"]))
}

const DOMAINS: &str = "domains = [\"midori.example\"]";
const KITA: &str = "yamada@kita.example";

#[test]
fn several_peoples_mailboxes_are_not_learned_as_one() {
    for (what, config, mails, parts) in [
        (
            "Maildirs, one of them large",
            DOMAINS,
            &[
                ("mori/cur", 200, KITA, "mori"),
                ("mori/.Sent/cur", 200, "mori", KITA),
                ("sato/cur", 20, KITA, "sato"),
                ("sato/.Sent/cur", 20, "sato", KITA),
            ][..],
            "m/mori: mori@midori.example; m/sato: sato@midori.example",
        ),
        (
            "no domain is known",
            "",
            &[
                ("ito/cur", 90, KITA, "ito"),
                ("ito/.Sent/cur", 90, "ito", KITA),
                ("saito/cur", 9, KITA, "saito"),
                ("saito/.Sent/cur", 9, "saito", KITA),
            ],
            "m/ito: ito@midori.example; m/saito: saito@midori.example",
        ),
        (
            "mboxes and mails, deeper down",
            DOMAINS,
            &[
                ("backup/sato/Inbox.mbox", 40, KITA, "sato"),
                ("backup/sato/Sent.mbox", 40, "sato", KITA),
                ("backup/mori", 40, KITA, "mori"),
                ("backup/mori/Sent", 40, "mori", KITA),
                ("backup/old", 2, KITA, "ueno@kita.example"),
            ],
            "m/backup/mori: mori@midori.example; m/backup/old: not clear; m/backup/sato: sato@midori.example",
        ),
        (
            "received mail alone, of people who write to one another",
            DOMAINS,
            &[
                ("mori/cur", 10, "sato", "mori"),
                ("mori/cur", 40, KITA, "mori"),
                ("sato/cur", 10, "mori", "sato"),
            ],
            "m/mori: mori@midori.example; m/sato: sato@midori.example",
        ),
        (
            "archives of sent and received mail together",
            DOMAINS,
            &[
                ("mori.mbox", 8, KITA, "mori"),
                ("mori.mbox", 8, "mori", KITA),
                ("sato.mbox", 8, KITA, "sato"),
                ("sato.mbox", 8, "sato", KITA),
            ],
            "m/mori.mbox: mori@midori.example; m/sato.mbox: sato@midori.example",
        ),
    ] {
        let (stdout, stderr, status) = learn(mails, config, &["--lang", "en"]);
        assert!(stderr.contains(parts) && stderr.lines().count() == 1, "{what}: {stdout}{stderr}");
        assert!(stdout.is_empty() && status == 2, "{what}: {stdout}");
        let command = stderr.split('`').nth(1).unwrap();
        assert!(command.starts_with("sekisho learn m/"), "{what}: {command}");
        let (_, stderr, _) = learn(mails, config, &["--lang", "ja"]);
        assert!(
            stderr.contains("m: 2 人のメールボックスが入っているようなので、学習していません"),
            "{stderr}"
        );
    }
}

#[test]
fn one_persons_folders_are_learned_as_before() {
    for (what, config, mails) in [
        (
            "folders with lists, a desk, a colleague and a system",
            DOMAINS,
            &[
                ("INBOX", 40, KITA, "sato"),
                ("Sent", 40, "sato", KITA),
                ("Colleague", 6, "mori", "sato"),
                ("Colleague", 14, "sato", "mori"),
                ("Desk", 8, KITA, "info"),
                ("List", 8, KITA, "tenji"),
                ("News", 8, "kintai", "zenshain"),
                ("Junk", 40, KITA, "mori"),
            ][..],
        ),
        (
            "years, under two addresses",
            DOMAINS,
            &[
                ("2024/Inbox.mbox", 40, KITA, "sato"),
                ("2024/Sent.mbox", 40, "sato", KITA),
                ("2025/Inbox.mbox", 10, KITA, "t.sato"),
                ("2025/Sent.mbox", 10, "t.sato", KITA),
            ],
        ),
        ("sent and received apart", "", &[("in", 40, KITA, "sato"), ("sent", 40, "sato", KITA)]),
        (
            "a partner's folder",
            "",
            &[("in", 40, "b@kita.example", "sato"), ("sent", 60, "sato", KITA), ("Kita", 20, "sato", KITA)],
        ),
        (
            "a Maildir with what a colleague left",
            DOMAINS,
            &[
                ("cur", 40, KITA, "sato"),
                (".Sent/cur", 40, "sato", KITA),
                (".Mori/cur", 20, KITA, "mori"),
                (".Mori.Sent/cur", 9, "mori", KITA),
            ],
        ),
    ] {
        let (stdout, stderr, status) = learn(mails, config, &["--lang", "en"]);
        assert!(
            stdout.contains("m: learned as the mailbox of sato@midori.example"),
            "{what}: {stdout}{stderr}"
        );
        assert_eq!((stderr.as_str(), status), ("", 0), "{what}");
    }
}

#[test]
fn whoever_names_the_owner_decides() {
    let mails = [
        ("mori/cur", 20, KITA, "mori"),
        ("mori/.Sent/cur", 20, "mori", KITA),
        ("sato/cur", 20, KITA, "sato"),
        ("sato/.Sent/cur", 20, "sato", KITA),
    ];
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("m"), &mails);
    fs::create_dir(folder.path().join("home")).unwrap();
    let learn = ["--home", "home", "learn", "--json", "--mailbox", "sato@midori.example", "m"];
    let (stdout, stderr, status) = outcome(sekisho().current_dir(folder.path()).args(learn));
    assert!(stdout.contains("\"mails\":80,") && status == 0, "{stdout}{stderr}");
}
