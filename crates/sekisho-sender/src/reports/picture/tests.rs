//! Months of reports → what is said about them, and when nothing is.

use super::*;
use crate::reports::{Disposition, Network, Outcome, Override, Overrides, Row};

const DOMAIN: &str = "midori.example";

/// What one reporter sees on one day: passing mails, failing ones of a mailing list, failing ones of nobody.
#[derive(Clone, Copy, Default)]
struct Sees {
    passing: u64,
    foreign: u64,
    nameless: u64,
}

fn row(address: &str, outcome: Outcome, carrier: Option<&str>, messages: u64) -> Row {
    let address: std::net::IpAddr = address.parse().unwrap();
    Row {
        network: Network::of(address),
        header_from: DOMAIN.to_owned(),
        authenticated: outcome.passes().then(|| DOMAIN.to_owned()),
        carrier: carrier.map(str::to_owned),
        outcome,
        disposition: Disposition::Delivered,
        overrides: Overrides::default(),
        messages,
        addresses: [address].into(),
    }
}

fn report(reporter: &str, day: i32, rows: Vec<Row>) -> Report {
    let begin = i64::from(20_000 + day) * 86_400;
    Report::Aggregate(Box::new(Aggregate {
        reporter: reporter.to_owned(),
        id: format!("{reporter}-{day}"),
        begin: Some(begin),
        end: Some(begin + 86_399),
        domain: DOMAIN.to_owned(),
        records: rows.len() as u64,
        rows,
        ..Aggregate::default()
    }))
}

fn seen(reporter: &str, day: i32, sees: Sees) -> Report {
    let rows = vec![
        row("203.0.113.5", Outcome::Both, None, sees.passing),
        row("198.51.100.5", Outcome::Fails, Some("lists.example"), sees.foreign),
        row(&format!("192.0.2.{}", day % 200), Outcome::Fails, None, sees.nameless),
    ];
    report(reporter, day, rows.into_iter().filter(|row| row.messages > 0).collect())
}

/// Sixty days of two reporters, with what is usual and a bit of noise, changed by `change`.
fn months(change: impl Fn(&str, i32, &mut Sees)) -> Option<Vec<Rise>> {
    let mut picture = Picture::default();
    for day in 0..60_i32 {
        let noise = u64::from(day.unsigned_abs() * 7919 % 13);
        let weekend = day % 7 >= 5;
        for (reporter, size) in [("webmail.example", 10), ("office.example", 4), ("joins.example", 0)] {
            let size = if weekend { size / 3 } else { size };
            let mut sees =
                Sees { passing: 30 * size + noise, foreign: size / 2, nameless: (noise * size) / 20 };
            if size == 0 && reporter == "joins.example" {
                sees = Sees::default();
            }
            change(reporter, day, &mut sees);
            if sees.passing + sees.foreign + sees.nameless > 0 {
                picture.add(seen(reporter, day, sees));
            }
        }
    }
    picture.domains().remove(0).rises
}

#[test]
fn quiet_months_stay_quiet() {
    type Change = fn(&str, i32, &mut Sees);
    let cases: [(&str, Change); 8] = [
        ("a steady stream", |_, _, _| {}),
        ("a newsletter that passes, with the failures of forwarding that any mail has", |_, day, sees| {
            if day == 40 {
                *sees =
                    Sees { passing: sees.passing * 50, foreign: sees.foreign * 50, nameless: sees.nameless };
            }
        }),
        ("a reporter that joins and sees what others see", |reporter, day, sees| {
            if reporter == "joins.example" && day >= 30 {
                *sees = Sees { passing: 2_000, foreign: 60, nameless: 60 };
            }
        }),
        ("a reporter that joins and hosts mailing lists", |reporter, day, sees| {
            if reporter == "joins.example" && day >= 30 {
                *sees = Sees { passing: 50, foreign: 300, nameless: 5 };
            }
        }),
        ("a handful of forged mails", |reporter, day, sees| {
            if reporter == "webmail.example" && day == 40 {
                sees.nameless += 12;
            }
        }),
        ("a noisy domain whose failures come in waves", |_, day, sees| {
            sees.nameless = [5, 60, 10, 45, 80, 2, 30][day as usize % 7]
        }),
        ("a slow growth of everything", |_, day, sees| {
            let more = 1 + day as u64 / 15;
            *sees = Sees {
                passing: sees.passing * more,
                foreign: sees.foreign * more,
                nameless: sees.nameless * more,
            };
        }),
        ("a fall", |_, day, sees| {
            if day > 30 {
                sees.nameless = 0;
            }
        }),
    ];
    for (name, change) in cases {
        assert_eq!(months(change), Some(Vec::new()), "{name}");
    }
}

#[test]
fn abuse_is_told_with_its_days() {
    let rises = months(|reporter, day, sees| {
        if reporter == "webmail.example" && (45..50).contains(&day) {
            sees.nameless += 400;
        }
    });
    let Some([rise]) = rises.as_deref() else { panic!("{rises:?}") };
    assert_eq!((rise.since, rise.until, rise.lasts), (Day(20_045), Day(20_049), false));
    assert!(rise.failed >= 2_000 && rise.foreign < 100, "{rise:?}");
    // One address a day of one network, and the mailing list's.
    assert_eq!((rise.addresses, rise.networks, rise.more), (6, 2, false));
}

#[test]
fn abuse_that_lasts_is_one_rise_however_long() {
    let rises = months(|_, day, sees| {
        if day >= 20 && day % 7 < 5 {
            sees.nameless += 200;
        }
    });
    let Some([rise]) = rises.as_deref() else { panic!("{rises:?}") };
    // The twentieth day is at a weekend.
    assert!(rise.since == Day(20_021) && rise.lasts, "{rise:?}");
}

#[test]
fn abuse_seen_only_by_reporters_that_never_reported_is_told() {
    let rises = months(|reporter, day, sees| {
        if reporter == "joins.example" && day == 50 {
            *sees = Sees { passing: 0, foreign: 0, nameless: 900 };
        }
    });
    assert_eq!(rises.map(|rises| rises.len()), Some(1));
}

#[test]
fn a_domain_that_sends_nothing_is_watched_too() {
    let mut picture = Picture::default();
    for day in 0..20 {
        let sees = Sees { nameless: if day == 15 { 500 } else { 2 }, ..Sees::default() };
        picture.add(seen("webmail.example", day, sees));
    }
    assert_eq!(picture.domains()[0].rises.as_ref().map(Vec::len), Some(1));
}

#[test]
fn too_few_days_say_nothing() {
    let mut picture = Picture::default();
    for day in 0..7 {
        picture.add(seen(
            "webmail.example",
            day,
            Sees { nameless: 1_000 * u64::from(day == 6), passing: 5, foreign: 0 },
        ));
    }
    assert_eq!(picture.domains()[0].rises, None);
}

#[test]
fn the_same_report_counts_once() {
    let mut picture = Picture::default();
    let one = seen("webmail.example", 1, Sees { passing: 5, ..Sees::default() });
    assert_eq!(picture.add(one.clone()), Added::Counted);
    assert_eq!(picture.add(one), Added::Duplicate);
    // The same name from another reporter, or about another day, is another report.
    assert_eq!(
        picture.add(seen("office.example", 1, Sees { passing: 5, ..Sees::default() })),
        Added::Counted
    );
    assert_eq!(
        picture.add(seen("webmail.example", 2, Sees { passing: 5, ..Sees::default() })),
        Added::Counted
    );
    assert_eq!(picture.domains()[0].sums.messages, 15);
    assert!(!picture.forgot());
}

#[test]
fn senders_are_told_by_what_they_are_to_us() {
    let known = Known::new(["news.example".to_owned(), "198.51.100.0/28".to_owned()]);
    let mut picture = Picture::new(known, Filter::default());
    let mut listed = row("192.0.2.9", Outcome::Fails, Some("lists.example"), 4);
    listed.overrides.add(Override::MailingList);
    picture.add(report(
        "webmail.example",
        1,
        vec![
            row("203.0.113.5", Outcome::Both, None, 100),
            row("203.0.114.5", Outcome::Dkim, Some("send.news.example"), 50),
            row("203.0.114.6", Outcome::Fails, Some("send.news.example"), 7),
            row("203.0.115.5", Outcome::Dkim, Some("crm.example"), 20),
            listed,
            row("198.51.100.3", Outcome::Fails, None, 3),
            row("198.51.100.77", Outcome::Fails, Some("other.example"), 2),
            row("192.0.3.1", Outcome::Fails, None, 1),
        ],
    ));
    let domains = picture.domains();
    let [domain] = domains.as_slice() else { panic!("{domains:?}") };
    let told: Vec<(Mark, u64)> =
        domain.senders.iter().map(|sender| (sender.mark, sender.sums.messages)).collect();
    assert_eq!(
        told,
        [
            (Mark::Own, 100),
            (Mark::Service, 50),
            (Mark::Permitted, 20),
            (Mark::ServiceFails, 7),
            (Mark::PassedOn, 4),
            (Mark::ServiceFails, 3),
            (Mark::Foreign, 2),
            (Mark::Nameless, 1),
        ]
    );
    assert_eq!((domain.sums.messages, domain.passed, domain.passed_on), (187, 170, 4));
    // Services that fail and strangers; what was passed on is neither.
    assert_eq!(domain.series[&Day(20_001)].failed, 13);
}

#[test]
fn filters_keep_what_is_asked_for() {
    let filter =
        Filter { domain: Some("example".to_owned()), since: Some(Day(20_002)), until: Some(Day(20_003)) };
    let mut picture = Picture::new(Known::default(), filter);
    let added: Vec<Added> =
        (0..6).map(|day| picture.add(seen("a", day, Sees { passing: 1, ..Sees::default() }))).collect();
    use Added::{Counted, Unwanted};
    assert_eq!(added, [Unwanted, Unwanted, Counted, Counted, Unwanted, Unwanted]);
    let other = Filter { domain: Some("dori.example".to_owned()), ..Filter::default() };
    let mut picture = Picture::new(Known::default(), other);
    assert_eq!(picture.add(seen("a", 1, Sees { passing: 1, ..Sees::default() })), Unwanted);
}

#[test]
fn a_report_of_a_week_is_spread_over_its_days() {
    let mut picture = Picture::default();
    let Report::Aggregate(mut weekly) =
        report("slow.example", 0, vec![row("203.0.113.5", Outcome::Both, None, 10)])
    else {
        return;
    };
    weekly.end = weekly.begin.map(|begin| begin + 7 * 86_400 - 1);
    picture.add(Report::Aggregate(weekly));
    let series = &picture.domains()[0].series;
    assert_eq!(series.values().map(|day| day.messages).collect::<Vec<_>>(), [1, 1, 1, 1, 2, 2, 2]);
}

#[test]
fn floods_of_names_and_networks_are_folded_and_all_counted() {
    let room = Room { sources: 10, cells: 10, failing: 10 };
    let mut picture = Picture { room, ..Picture::default() };
    for number in 0..1_000_u32 {
        let address = std::net::Ipv4Addr::from_bits(number << 12).to_string();
        let carrier = format!("c{number}.example");
        picture.add(report(
            &format!("r{number}"),
            1,
            vec![row(&address, Outcome::Fails, Some(&carrier), u64::MAX / 500)],
        ));
    }
    let domain = picture.domains().remove(0);
    assert_eq!(domain.sums.messages, u64::MAX);
    assert!(domain.senders.len() <= 12);
    assert_eq!(domain.reporters.len(), 1_000);
}

/// Bytes changed, taken out and doubled in places that a number chooses.
fn damaged(bytes: &[u8], number: u64) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut draw = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % (below.max(1) as u64)).unwrap()
    };
    let mut bytes = bytes.to_vec();
    for _ in 0..=draw(12) {
        let at = draw(bytes.len());
        match draw(4) {
            0 => bytes[at] = u8::try_from(draw(256)).unwrap(),
            1 => drop(bytes.splice(at..(at + draw(40)).min(bytes.len()), [])),
            2 => drop(bytes.splice(at..at, *b"<>&\"/![-0x;\0\xff\xfe\xef")),
            _ => {
                let piece = bytes[at..(at + draw(200)).min(bytes.len())].to_vec();
                drop(bytes.splice(at..at, piece));
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

#[test]
fn damage_of_any_kind_is_survived() {
    const XML: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE feedback [<!ENTITY a \"b\">]><feedback xmlns=\"urn:x\"><report_metadata><org_name><![CDATA[a]]>&amp;</org_name>\
        <report_id>1</report_id><date_range><begin>1793750400</begin><end>1793836799</end></date_range></report_metadata><policy_published><domain>midori.example</domain><p>none</p></policy_published>\
        <record><row><source_ip>192.0.2.1</source_ip><count>5</count><policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row>\
        <identifiers><header_from>midori.example</header_from></identifiers><auth_results><spf><domain>a.example</domain><result>pass</result></spf></auth_results></record></feedback>";
    const JSON: &[u8] = b"{\"organization-name\":\"a\",\"date-range\":{\"start-datetime\":\"2026-04-01T00:00:00Z\",\"end-datetime\":\"2026-04-01T23:59:59Z\"},\"report-id\":\"1\",\"policies\":[{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"m.example\"},\
        \"summary\":{\"total-successful-session-count\":5,\"total-failure-session-count\":3},\"failure-details\":[{\"result-type\":\"x\",\"failed-session-count\":1}]}]}";
    let mut picture = Picture::new(Known::new(["a.example".to_owned()]), Filter::default());
    let mut read = 0;
    for number in 0..4_000 {
        let source = if number % 3 == 0 { JSON } else { XML };
        let bytes = damaged(source, number);
        if let Some(report) = crate::reports::read(&bytes) {
            picture.add(report);
            read += 1;
        }
        picture.add(Report::Failure(Box::new(crate::reports::failure::read(&bytes, None))));
    }
    assert!(read > 2_000, "{read}");
    for domain in picture.domains() {
        assert!(domain.passed.saturating_add(domain.passed_on) <= domain.sums.messages);
    }
    let _ = picture.transport();
}
