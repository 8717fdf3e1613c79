//! `sekisho reports` on folders as they lie on a disk, read by confined children: exit status, order, bad input.

use std::fs;
use std::path::Path;

use crate::{mail, outcome, sekisho};

/// A report of one day; so many mails fail.
fn report(day: u64, failing: u64) -> String {
    let begin = 1_785_542_400 + day * 86_400;
    let record = |address: &str, count: u64, fate: &str| {
        format!(
            "<record><row><source_ip>{address}</source_ip><count>{count}</count><policy_evaluated><disposition>none</disposition>\
             <dkim>{fate}</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>midori.example</header_from></identifiers></record>"
        )
    };
    format!(
        "<?xml version=\"1.0\"?>\n<feedback><report_metadata><org_name>webmail.example</org_name><report_id>{day}</report_id><date_range><begin>{begin}</begin>\
         <end>{}</end></date_range></report_metadata><policy_published><domain>midori.example</domain><p>none</p></policy_published>{}{}</feedback>",
        begin + 86_399,
        record("203.0.113.5", 100, "pass"),
        record("192.0.2.7", failing, "fail")
    )
}

fn write(folder: &Path, failing: impl Fn(u64) -> u64) {
    for day in 0..20 {
        fs::write(folder.join(format!("{day:02}.xml")), report(day, failing(day))).unwrap();
    }
}

#[test]
fn the_exit_status_says_whether_to_look() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), |_| 0);
    let (quiet, complaints, status) = outcome(sekisho().arg("reports").arg(folder.path()));
    assert_eq!((complaints.as_str(), status), ("", 0), "{quiet}");
    assert!(quiet.contains("No sudden rise") && quiet.contains("Mails: 2,000"), "{quiet}");
    write(folder.path(), |day| if day == 15 { 400 } else { 0 });
    let (abused, _, status) = outcome(sekisho().arg("reports").arg(folder.path()));
    assert_eq!(status, 1);
    assert!(abused.contains("On 2026-08-16 the name midori.example is abused: 400 mails"), "{abused}");
    let (quiet, _, status) =
        outcome(sekisho().args(["reports", "--until", "2026-08-10", "--quiet"]).arg(folder.path()));
    assert_eq!((quiet.as_str(), status), ("", 0));
    let (japanese, _, _) = outcome(sekisho().args(["reports", "--lang", "ja"]).arg(folder.path()));
    assert!(japanese.contains("2026-08-16 に、midori.example の名前が悪用されています"), "{japanese}");
}

#[test]
fn what_is_no_report_or_broken_is_told_and_the_rest_counts() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), |_| 0);
    let whole = report(30, 0);
    let broken = folder.path().join("broken.xml");
    fs::write(&broken, &whole[..whole.rfind("<record>").unwrap() + 20]).unwrap();
    let letter = folder.path().join("letter.eml");
    fs::write(&letter, mail(1)).unwrap();
    let locked = folder.path().join("damaged.zip");
    fs::write(&locked, b"PK\x03\x04 and no more").unwrap();
    let run = || {
        let mut command = sekisho();
        command.args(["reports", "--json"]).arg(folder.path()).arg(&letter).arg("no-such-file");
        outcome(&mut command)
    };
    let (json, complaints, status) = run();
    let answer: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((answer["schema"].as_str(), status), (Some("sekisho.reports/1"), 2));
    assert_eq!(answer["inputs"]["reports"], 21);
    assert_eq!(answer["domains"][0]["messages"], 2_100);
    for (file, words) in [
        ("broken.xml", "the report is broken; only what stands before the break is counted (records: 1)"),
        ("letter.eml", "holds no report"),
        ("damaged.zip", "could not be read, so it may hold a report"),
        ("no-such-file", "not found"),
    ] {
        assert!(
            complaints.lines().any(|line| line.contains(file) && line.contains(words)),
            "{file}: {complaints}"
        );
    }
    assert_eq!(run().0, json);
}

#[test]
fn standard_input_and_other_days_are_read() {
    let (text, complaints, status) = outcome(sekisho().args(["reports", "-"]).write_stdin(report(1, 0)));
    assert_eq!((complaints.as_str(), status), ("", 0), "{text}");
    assert!(text.contains("midori.example  2026-08-02 to 2026-08-02"), "{text}");
    let (_, complaints, status) = outcome(sekisho().args(["reports", "--since", "2026-13-01", "-"]));
    assert_eq!(status, 2);
    assert!(complaints.contains("write it as 2026-11-01"), "{complaints}");
}
