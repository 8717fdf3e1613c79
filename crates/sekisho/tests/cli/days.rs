//! Days as people type and read them: those of the computer's time zone, while programs get moments in UTC.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{mail, outcome, sekisho};

/// Mails that came in Japan in the morning of 1 October 2026, while it was still September in UTC.
const MAILS: usize = 3;

/// A mailbox with these mails, and a folder for the installation.
fn morning() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["home", "m"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    for number in 0..MAILS {
        let text = mail(number).replace("Tue, 24 Nov 2026 10:00:00 +0900", "Thu, 1 Oct 2026 08:30:00 +0900");
        fs::write(folder.path().join(format!("m/{number}.eml")), text).unwrap();
    }
    folder
}

/// What a run in a time zone says, and its exit status; nothing goes to standard error.
fn says(folder: &Path, zone: &str, arguments: &[&str]) -> (String, i32) {
    let mut command = sekisho();
    command.env("TZ", zone).current_dir(folder).args(["--home", "home"]).args(arguments);
    let (stdout, stderr, status) = outcome(&mut command);
    assert_eq!(stderr, "", "{arguments:?}");
    (stdout, status)
}

fn learned(folder: &Path) {
    let (_, status) = says(folder, "Asia/Tokyo", &["learn", "--mailbox", "sato@midori.example", "m"]);
    assert_eq!(status, 0);
}

#[test]
fn a_mail_of_the_morning_stands_under_the_day_of_the_office() {
    let folder = morning();
    let folder = folder.path();
    learned(folder);
    for (zone, day) in [("Asia/Tokyo", "2026-10-01"), ("UTC", "2026-09-30")] {
        for list in [&["contacts"][..], &["conversations", "--mailbox", "sato@midori.example"]] {
            let (said, _) = says(folder, zone, list);
            assert_eq!(said.matches(day).count(), said.matches("2026-").count(), "{said}");
            assert!(said.contains(day), "{said}");
        }
        let (json, _) = says(folder, zone, &["contacts", "--json"]);
        let contact: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(contact["first"], "2026-09-30T23:30:00Z");
    }
}

#[test]
fn a_day_that_is_typed_is_one_of_the_office() {
    let folder = morning();
    let folder = folder.path();
    learned(folder);
    for (zone, day, status) in
        [("Asia/Tokyo", "2026-09-30", 1), ("Asia/Tokyo", "2026-10-01", 0), ("UTC", "2026-09-30", 0)]
    {
        assert_eq!(says(folder, zone, &["contacts", "--as-of", day]).1, status, "{zone} {day}");
    }
    let taken = |zone: &str, day: &str| {
        let (json, _) = says(folder, zone, &["learn", "--json", "--unlearn-since", day]);
        serde_json::from_str::<Value>(&json).unwrap()["mails"].as_u64().unwrap()
    };
    assert_eq!(taken("UTC", "2026-10-01"), 0);
    assert_eq!(taken("Asia/Tokyo", "2026-10-02"), 0);
    assert_eq!(taken("Asia/Tokyo", "2026-10-01"), MAILS as u64);
}

#[test]
fn since_the_first_day_is_everything_in_every_zone() {
    let folder = morning();
    let folder = folder.path();
    // Its clock stood before the beginning of all moments.
    let text = mail(MAILS).replace("Tue, 24 Nov 2026 10:00:00 +0900", "Wed, 31 Dec 1969 10:00:00 +0000");
    fs::write(folder.join("m/old.eml"), text).unwrap();
    learned(folder);
    let (json, _) = says(folder, "America/New_York", &["learn", "--json", "--unlearn-since", "1970-01-01"]);
    assert_eq!(json, format!("{{\"schema\":\"sekisho.unlearned/1\",\"mails\":{},\"held\":0}}\n", MAILS + 1));
}

#[test]
fn an_exception_ends_with_its_last_day_in_the_office() {
    let folder = morning();
    let folder = folder.path();
    let add = [
        "exceptions",
        "add",
        "--sender",
        "@partner.example",
        "--reason",
        "a new name",
        "--by",
        "sato",
        "--until",
        "2036-12-31",
    ];
    // It is warned of one that holds for so long.
    let mut command = sekisho();
    let command = command.env("TZ", "Asia/Tokyo").current_dir(folder).args(["--home", "home"]).args(add);
    assert_eq!(outcome(command).2, 0);
    assert!(says(folder, "Asia/Tokyo", &["exceptions"]).0.contains("to 2036-12-31)"));
    let (json, _) = says(folder, "Asia/Tokyo", &["exceptions", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["until_at"], "2036-12-31T15:00:00Z");
}
