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
    let add = [
        "exceptions",
        "add",
        "--sender",
        "yamada@kita.example",
        "--until",
        "2099-03-31",
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
