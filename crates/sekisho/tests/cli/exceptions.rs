//! Exceptions that people make: kept, withdrawn, refused, and acting on the mail for whose sake they were made.

use std::fs;

use serde_json::Value;

use super::memory::{at, case, found, says};
use crate::{learned_home, outcome};

#[test]
fn exceptions_are_kept_with_their_reason_and_withdrawn() {
    let home = learned_home();
    let home = home.path();
    let (said, status) = says(home, "ja", &["exceptions"]);
    assert_eq!((said.as_str(), status), ("例外はありません\n", 1));
    let add = ["exceptions", "add", "--sender", "@Partner.example", "--reason", "社名の変更", "--by", "佐藤"];
    let with = |more: &[&str]| outcome(at(home, "en", &add).args(more));
    let (_, stderr, status) = with(&[]);
    assert!(stderr.contains("--until") && status == 2, "{stderr}");
    let (_, stderr, status) = with(&["--until", "2027-03-31", "--check", "stolen-conversatio"]);
    assert!(stderr.contains("did you mean \"stolen-conversation\"?") && status == 2, "{stderr}");
    let (_, stderr, status) = with(&["--until", "2027-03-31", "--check", "macro-runs-on-open"]);
    assert!(stderr.contains("no exception can silence this check") && status == 2, "{stderr}");
    let (_, stderr, status) = with(&["--until", "2020-03-31"]);
    assert!(
        stderr.contains("--until 2020-03-31: is over; give a day from today (") && status == 2,
        "{stderr}"
    );
    let (stdout, stderr, status) = with(&["--until", "2099-03-31", "--check", "known-name-from-elsewhere"]);
    assert!(
        stdout.starts_with("Exception 1 is kept: @partner.example, until 2099-03-31.") && status == 0,
        "{stderr}"
    );
    let (list, _) = says(home, "ja", &["exceptions"]);
    assert!(list.contains("2099-03-31 まで") && list.contains("決めた人: 佐藤。理由: 社名の変更"), "{list}");
    let (line, _) = says(home, "en", &["exceptions", "--json"]);
    let exception: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(
        (exception["schema"].as_str(), exception["id"].as_i64()),
        (Some("sekisho.exception/1"), Some(1))
    );
    assert_eq!(says(home, "en", &["exceptions", "--as-of", "2020-01-01"]).1, 1);
    let withdraw = ["exceptions", "withdraw", "1", "--by", "鈴木"];
    assert_eq!(says(home, "ja", &withdraw), ("例外 1 を取り消しました\n".to_owned(), 0));
    assert_eq!(says(home, "en", &withdraw).1, 1);
    assert_eq!(says(home, "en", &["exceptions"]).1, 1);
}

#[test]
fn a_check_named_twice_is_kept_once_and_the_last_day_of_the_calendar_is_shown() {
    let home = learned_home();
    let home = home.path();
    let check = ["--check", "known-name-from-elsewhere"];
    let add = ["exceptions", "add", "--sender", "@partner.example", "--reason", "a", "--by", "佐藤"];
    let add = [&add[..], &check, &check, &["--until", "9999-12-31"]].concat();
    assert_eq!(outcome(&mut at(home, "en", &add)).2, 0);
    let (list, _) = says(home, "en", &["exceptions"]);
    assert!(list.contains("to 9999-12-31)"), "{list}");
    let (line, _) = says(home, "en", &["exceptions", "--json"]);
    let exception: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(exception["checks"], serde_json::json!(["known-name-from-elsewhere"]));
    assert!(exception["until_at"].as_str().unwrap().starts_with("9999-12-3"), "{line}");
}

#[test]
fn no_exception_is_made_for_everybody_at_a_shared_domain_or_for_days_that_are_over() {
    let home = tempfile::tempdir().unwrap();
    for (sender, until, ja, en) in [
        (
            "@gmail.com",
            "2099-03-31",
            "--sender @gmail.com: 誰でもアドレスを持てるドメイン",
            "--sender @gmail.com: anybody can have an address there",
        ),
        (
            "@Docomo.ne.jp",
            "2099-03-31",
            "（例: --sender yamada@docomo.ne.jp）",
            "as with --sender yamada@docomo.ne.jp",
        ),
        (
            "yamada@gmail.com",
            "2020-03-31",
            "--until 2020-03-31: もう過ぎた日です。今日（",
            "give a day from today (",
        ),
    ] {
        for (lang, words) in [("ja", ja), ("en", en)] {
            let add =
                ["exceptions", "add", "--sender", sender, "--until", until, "--reason", "x", "--by", "y"];
            let (stdout, stderr, status) = outcome(&mut at(home.path(), lang, &add));
            assert!(stderr.contains(words), "{stderr}");
            assert_eq!((stdout.as_str(), status), ("", 2));
        }
    }
    let now = jiff::Timestamp::now().to_string();
    let today = &now[.."2026-11-28".len()];
    let add =
        ["exceptions", "add", "--sender", "yamada@gmail.com", "--until", today, "--reason", "x", "--by", "y"];
    assert_eq!(says(home.path(), "en", &add).1, 0);
}

#[test]
fn an_exception_acts_on_the_mail_for_whose_sake_it_was_made() {
    let home = learned_home();
    let mail = home.path().join("held.eml");
    let text = "Authentication-Results: mx.midori.example;\r\n\tspf=pass smtp.mailfrom=kita.example;\r\n\tdkim=pass header.d=kita.example;\r\n\t\
         dmarc=pass header.from=kita.example\r\n\
         Received: from mail.kita.example (mail.kita.example [192.0.2.30])\r\n\tby mx.midori.example with ESMTPS; Tue, 24 Nov 2026 10:31:04 +0900\r\n\
         From: \"山田 太郎\" <yamada@kita.example>\r\nTo: sato@midori.example\r\nSubject: Estimate\r\n\
         Date: Tue, 24 Nov 2026 10:31:00 +0900\r\nMessage-ID: <1@kita.example>\r\n\r\nHello.\r\n";
    fs::write(&mail, text).unwrap();
    let judged = || case(home.path(), &[mail.to_str().unwrap()]);
    assert!(found(&judged(), "known-name-from-elsewhere"), "{}", judged());
    let until = days_ahead(90);
    let add = [
        "exceptions",
        "add",
        "--sender",
        "yamada@kita.example",
        "--until",
        &until,
        "--reason",
        "x",
        "--by",
        "y",
    ];
    assert_eq!(says(home.path(), "en", &add).1, 0);
    assert!(!found(&judged(), "known-name-from-elsewhere"), "{}", judged());
    assert_eq!(says(home.path(), "en", &["exceptions", "withdraw", "1", "--by", "y"]).1, 0);
    assert!(found(&judged(), "known-name-from-elsewhere"), "{}", judged());
}

#[test]
fn what_should_be_thought_over_is_told_and_the_same_again_refused() {
    let home = learned_home();
    let (soon, later) = (days_ahead(90), days_ahead(91));
    let (soon, later) = (soon.as_str(), later.as_str());
    let add = |lang: &str, sender: &str, until: &str, more: &[&str]| {
        let add = ["exceptions", "add", "--sender", sender, "--until", until, "--reason", "x", "--by", "y"];
        outcome(at(home.path(), lang, &add).args(more))
    };
    let checks = ["--check", "known-name-from-elsewhere", "--check", "stolen-conversation"];
    let turned = ["--check", "stolen-conversation", "--check", "known-name-from-elsewhere"];
    assert_eq!(add("en", "yamada@kita.example", soon, &checks).1, "");
    for (lang, words) in
        [("ja", "同じ例外がもうあります（番号 1、"), ("en", "such an exception already (number 1, until ")]
    {
        let (stdout, stderr, status) = add(lang, "Yamada@kita.example", soon, &turned);
        assert!(stderr.contains(words) && stdout.is_empty() && status == 2, "{stderr}");
    }
    // Near misses: longer, for other checks, for somebody else.
    assert_eq!(add("en", "yamada@kita.example", later, &checks).1, "");
    assert_eq!(add("en", "yamada@kita.example", soon, &checks[..2]).1, "");
    assert_eq!(add("en", "suzuki@kita.example", soon, &checks).1, "");
    for (lang, sender, until, words) in [
        ("ja", "mori@kita.example", "2126-11-28", "--until 2126-11-28: 2 年より先まで続く例外です"),
        ("en", "ito@kita.example", "2126-11-28", "`sekisho exceptions withdraw 6 --by WHO` takes it back"),
        ("ja", "sato@midori.example", soon, "--sender sato@midori.example: 自分の組織のアドレスです"),
        ("en", "@midori.example", soon, "--sender @midori.example: is one of your own"),
    ] {
        let (stdout, stderr, status) = add(lang, sender, until, &[]);
        assert!(stderr.contains(words) && stderr.lines().count() == 1, "{stderr}");
        assert!(!stdout.is_empty() && status == 0);
    }
    // What was withdrawn may be made again.
    assert_eq!(says(home.path(), "en", &["exceptions", "withdraw", "4", "--by", "y"]).1, 0);
    assert_eq!(add("en", "suzuki@kita.example", soon, &checks).2, 0);
}

/// The day so many days from now.
fn days_ahead(days: i64) -> String {
    let then = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days);
    then.to_string().chars().take("2026-11-28".len()).collect()
}
