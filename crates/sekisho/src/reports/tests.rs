//! Mails and files as receivers send them → what is read of them and said about them, without a child.

use clap::Parser;
use sekisho_reader::{Answer, Request, What, Wishes};
use sekisho_sender::reports::{Doubt, Report};

use super::*;
use crate::flags::{Command, Flags};
use crate::terminal;

/// One aggregate report of one day, with so many failing mails from so many networks.
fn aggregate(reporter: &str, day: u64, failing: u64) -> String {
    let begin = 1_790_000_000 / 86_400 * 86_400 + day * 86_400;
    let mut records = record("203.0.113.5", 100, "pass", "midori.example");
    records.push_str(&record("198.51.100.9", 30, "pass", "news.example"));
    for number in 0..failing / 10 {
        records.push_str(&record(&format!("192.0.{number}.7"), 10, "fail", ""));
    }
    format!(
        "<?xml version=\"1.0\"?><feedback><report_metadata><org_name>{reporter}</org_name><report_id>{day}</report_id>\
         <date_range><begin>{begin}</begin><end>{}</end></date_range></report_metadata>\
         <policy_published><domain>midori.example</domain><p>none</p></policy_published>{records}</feedback>",
        begin + 86_399
    )
}

fn record(address: &str, count: u64, dkim: &str, signer: &str) -> String {
    let signature = if signer.is_empty() {
        String::new()
    } else {
        format!("<dkim><domain>{signer}</domain><result>pass</result></dkim>")
    };
    format!(
        "<record><row><source_ip>{address}</source_ip><count>{count}</count><policy_evaluated><disposition>none</disposition>\
         <dkim>{dkim}</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>midori.example</header_from></identifiers>\
         <auth_results>{signature}</auth_results></record>"
    )
}

const TLS: &str = r#"{"organization-name":"webmail.example","report-id":"1","date-range":{"start-datetime":"2026-11-01T00:00:00Z","end-datetime":"2026-11-01T23:59:59Z"},
    "policies":[{"policy":{"policy-type":"sts","policy-domain":"midori.example"},"summary":{"total-successful-session-count":90,"total-failure-session-count":10},
    "failure-details":[{"result-type":"certificate-expired","receiving-mx-hostname":"mx.midori.example","failed-session-count":10}]}]}"#;

const FAILURE: &str = "From: reports@webmail.example\r\nTo: dmarc@midori.example\r\nSubject: =?iso-2022-jp?B?GyRCSnM5cBsoQg==?=\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n\
    \x1b$BJs9p\x1b(B\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: auth-failure\r\nUser-Agent: x/1\r\nVersion: 1\r\n\
    Source-IP: 192.0.2.77\r\nReported-Domain: midori.example\r\nAuth-Failure: dmarc\r\nArrival-Date: Tue, 24 Nov 2026 10:00:00 +0900\r\n\r\n\
    --b\r\nContent-Type: message/rfc822\r\n\r\nFrom: \"president\x1b[31m\" <shacho@midori.example>\r\nSubject: urgent \u{202e}payment\r\n\r\nsecret body\r\n--b--\r\n";

/// What a child would hand over.
fn read(what: What<'_>, bytes: &[u8]) -> Taken {
    match reading::answer(Request { what, bytes, wishes: &Wishes::default() }) {
        Answer::Read(read) => reading::taken(&read),
        _ => panic!("no answer"),
    }
}

fn attached(media_type: &str, name: &str, content: &[u8]) -> Vec<u8> {
    let encoded = data_encoding::BASE64.encode(content);
    format!(
        "From: noreply@webmail.example\r\nTo: dmarc@midori.example\r\nSubject: Report\r\nMIME-Version: 1.0\r\nContent-Type: {media_type}; name=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n"
    )
    .into_bytes()
}

fn setup(lang: &str) -> (Setup, Reports) {
    let flags = Flags::parse_from(["sekisho", "--home", "no-such-home", "--lang", lang, "reports", "-"]);
    let setup = Setup::of(&flags);
    match flags.command {
        Command::Reports(reports) => (setup, reports),
        _ => panic!("another command"),
    }
}

fn sum(setup: &Setup, reports: &Reports) -> Sum {
    let mut sum = Sum::new(reports, setup);
    let mut add = |what: What<'_>, bytes: &[u8]| {
        sum.add(Reading::Taken("input".to_owned(), read(what, bytes)), setup);
    };
    for day in 0..30 {
        add(
            What::File("a.xml"),
            aggregate("webmail.example", day, if day >= 27 { 300 } else { 0 }).as_bytes(),
        );
    }
    add(What::File("a.xml"), aggregate("webmail.example", 3, 0).as_bytes());
    add(What::File("a.json"), TLS.as_bytes());
    add(What::Mail, FAILURE.as_bytes());
    add(What::Mail, b"From: a@b.example\r\nSubject: no report\r\n\r\nthe word <feedback> alone is none");
    sum
}

pub fn sample_line() -> String {
    let (setup, reports) = setup("en");
    json::line(&sum(&setup, &reports), &setup)
}

#[test]
fn abuse_is_told_in_both_languages() {
    for (lang, wanted) in [
        (
            "ja",
            [
                "の名前が悪用されています",
                "sekisho check-domain midori.example",
                "個別の報告 1 件",
                "証明書の期限切れ",
                "一度だけ数えました",
            ],
        ),
        (
            "en",
            [
                "the name midori.example is abused",
                "sekisho check-domain midori.example",
                "Reports about single mails: 1",
                "certificate has expired",
                "counted once",
            ],
        ),
    ] {
        let (setup, reports) = setup(lang);
        let sum = sum(&setup, &reports);
        let text = table::draw(&sum, &reports, &setup);
        for words in wanted {
            assert!(text.contains(words), "{words} is missing in\n{text}");
        }
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}') && !text.contains("secret"), "{text}");
        assert!(verdict::wants_a_look(&sum, &setup));
        assert_eq!((sum.counted, sum.duplicates, sum.no_reports, sum.unusable), (32, 1, 1, 0));
    }
}

#[test]
fn reports_are_found_whatever_they_are_packed_and_called() {
    let xml = aggregate("webmail.example", 1, 0);
    let gzip = gzip_of(xml.as_bytes());
    let zip = stored_zip(&[("a.xml", xml.as_bytes())]);
    let nested = stored_zip(&[("inner.zip", &zip), ("b.xml.gz", &gzip)]);
    for (content, reports) in [(xml.as_bytes(), 1), (&gzip, 1), (&zip, 1), (&nested, 2)] {
        for (media_type, name) in [
            ("application/zip", "webmail.example!midori.example!1!2.zip"),
            ("application/gzip", "a.xml.gz"),
            ("application/octet-stream", ""),
            ("text/xml", "a.xml"),
            ("application/x-zip-compressed", "report"),
            ("text/plain", "a.txt"),
        ] {
            let taken = read(What::Mail, &attached(media_type, name, content));
            assert_eq!((taken.reports.len(), taken.unread), (reports, None), "{media_type} {name}");
        }
        assert_eq!(read(What::File("x"), content).reports.len(), reports);
    }
}

#[test]
fn a_damaged_archive_is_read_as_far_as_it_goes_and_told() {
    let xml = aggregate("webmail.example", 1, 5_000);
    let gzip = gzip_of(xml.as_bytes());
    let taken = read(What::File("a.xml.gz"), &gzip[..gzip.len() / 2]);
    let [report] = taken.reports.as_slice() else { panic!("{taken:?}") };
    assert!(report.doubts().contains(&Doubt::Broken), "{:?}", report.doubts());
    let Report::Aggregate(aggregate) = report else { panic!("{report:?}") };
    assert!(aggregate.records > 5);
    assert!(words::breaks(report).is_some());
    let nothing = read(What::File("a.xml.gz"), &gzip[..12]);
    assert_eq!(nothing.reports.len(), 0);
    assert!(nothing.unread.is_some());
}

#[test]
fn a_bomb_ends_and_is_told() {
    let bomb = gzip_of(&[b"<feedback>".as_slice(), &vec![b' '; 300 << 20]].concat());
    let taken = read(What::File("a.xml.gz"), &bomb);
    assert!(taken.reports.iter().all(|report| report.doubts().contains(&Doubt::Broken)));
    assert!(!taken.reports.is_empty() || taken.unread.is_some());
}

#[test]
fn an_answer_that_is_none_is_unread() {
    let nonsense = sekisho_reader::Reading {
        message: sekisho_mail::Message::default(),
        contents: vec![(String::new(), vec![0]), ("1".to_owned(), vec![0xff; 9])],
    };
    assert_eq!(reading::taken(&nonsense).unread, Some(Unread::Damaged));
}

#[test]
fn nothing_of_a_quiet_domain_asks_for_a_look() {
    let (setup, reports) = setup("en");
    let mut sum = Sum::new(&reports, &setup);
    for day in 0..30 {
        let taken = read(What::File("a.xml"), aggregate("webmail.example", day, 0).as_bytes());
        sum.add(Reading::Taken("input".to_owned(), taken), &setup);
    }
    assert!(!verdict::wants_a_look(&sum, &setup));
    assert!(!table::draw(&sum, &reports, &setup).contains("! "));
    assert!(terminal::width("▁") == 1);
}

/// A gzip file.
fn gzip_of(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, bytes).unwrap();
    encoder.finish().unwrap()
}

fn stored_zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::{Cursor, Write};
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        let options =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
