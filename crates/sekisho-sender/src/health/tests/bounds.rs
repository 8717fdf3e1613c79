//! Hostile zones: what they can make us ask, hold and spend.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::dns_through;
use crate::health::{Domain, Health, NodeState, QUESTIONS_MAX, State, UNANSWERED_MAX, Wish, check};
use crate::{Answer, Dns, NoAnswer, Zone};

/// Counts the questions that another DNS is asked.
struct Counting<'a> {
    dns: &'a dyn Dns,
    asked: AtomicUsize,
}

impl Counting<'_> {
    fn ask<T>(&self, _: &str, _: &str, question: impl FnOnce(&dyn Dns) -> Answer<T>) -> Answer<T> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        question(self.dns)
    }
}

dns_through!(Counting<'_>);

/// Answers so many questions, and none after.
struct Dying<'a> {
    dns: &'a dyn Dns,
    left: AtomicUsize,
}

impl Dying<'_> {
    fn ask<T>(&self, _: &str, _: &str, question: impl FnOnce(&dyn Dns) -> Answer<T>) -> Answer<T> {
        let take = |left: usize| left.checked_sub(1);
        match self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take) {
            Ok(_) => question(self.dns),
            Err(_) => Err(NoAnswer::TimedOut),
        }
    }
}

dns_through!(Dying<'_>);

/// No hostile zone may take longer, in a build without optimisation on a busy machine.
const PATIENCE: Duration = Duration::from_secs(5);

fn examine(zone: &Zone) -> (Health, usize) {
    let counting = Counting { dns: zone, asked: AtomicUsize::new(0) };
    let begin = Instant::now();
    let health = check(&counting, &Domain::parse("midori.example").unwrap(), &Wish::default());
    assert!(begin.elapsed() < PATIENCE, "{:?}", begin.elapsed());
    let asked = counting.asked.load(Ordering::Relaxed);
    assert_eq!(health.questions, asked);
    assert!(asked <= QUESTIONS_MAX, "{asked}");
    (health, asked)
}

fn met(health: &Health, id: &str) -> bool {
    health.items.iter().any(|item| item.topic.id == id)
}

#[test]
fn records_of_megabytes_are_named_and_not_read() {
    let mut zone = Zone::default();
    let large = |begin: &str| format!("{begin}{}", " a".repeat(2_000_000));
    zone.add_txt("midori.example", large("v=spf1")).add_mx("midori.example", 10, "mail.midori.example");
    zone.add_txt("_dmarc.midori.example", large("v=DMARC1; p=none;"));
    zone.add_txt("default._domainkey.midori.example", large("v=DKIM1; p="));
    zone.add_txt("_mta-sts.midori.example", large("v=STSv1; id="));
    zone.add_txt("_smtp._tls.midori.example", large("v=TLSRPTv1; rua="));
    zone.add_txt("default._bimi.midori.example", large("v=BIMI1; l="));
    let (health, _) = examine(&zone);
    for id in ["spf-too-large", "dmarc-too-large", "dkim-key-broken", "mta-sts-syntax", "tls-rpt-syntax"] {
        assert!(met(&health, id), "{id}");
    }
    let longest = health.items.iter().flat_map(|item| &item.publish).map(|publish| publish.value.len()).max();
    assert!(longest.unwrap() < 10_000);
}

#[test]
fn a_thousand_includes_are_counted_and_a_few_asked_for() {
    let mut zone = Zone::default();
    let mut record = String::from("v=spf1");
    for number in 0..1_000 {
        record.push_str(&format!(" include:s{number}.spf.example"));
        zone.add_txt(&format!("s{number}.spf.example"), "v=spf1 ip4:192.0.2.1 -all");
    }
    zone.add_txt("midori.example", format!("{record} -all"));
    let (health, asked) = examine(&zone);
    assert!(met(&health, "spf-too-many-lookups") && met(&health, "spf-tree-cut"));
    assert_eq!(health.spf_tree.as_ref().unwrap().root.lookups, 1_000);
    assert!(asked < 100, "{asked}");
}

#[test]
fn includes_that_multiply_do_not() {
    let mut zone = Zone::default();
    for depth in 0..12 {
        let fan: String = (0..300).map(|_| format!(" include:d{}.spf.example", depth + 1)).collect();
        zone.add_txt(&format!("d{depth}.spf.example"), format!("v=spf1{fan} -all"));
    }
    zone.add_txt("midori.example", "v=spf1 include:d0.spf.example -all");
    let (health, _) = examine(&zone);
    assert!(met(&health, "spf-too-many-lookups"));
    assert!(health.spf_tree.unwrap().root.all().len() < 5_000);
}

#[test]
fn circles_end() {
    let mut zone = Zone::default();
    zone.add_txt("midori.example", "v=spf1 include:a.example redirect=b.example");
    zone.add_txt("a.example", "v=spf1 include:b.example -all");
    zone.add_txt("b.example", "v=spf1 redirect=midori.example");
    zone.add_cname("mail.midori.example", "post.midori.example");
    zone.add_cname("post.midori.example", "mail.midori.example");
    zone.add_mx("midori.example", 10, "mail.midori.example");
    let (health, _) = examine(&zone);
    let loops = health
        .spf_tree
        .as_ref()
        .unwrap()
        .root
        .all()
        .iter()
        .filter(|node| node.state == NodeState::Loop)
        .count();
    assert_eq!(loops, 2);
    assert!(met(&health, "spf-include-loop") && met(&health, "mx-alias"));
}

#[test]
fn ten_thousand_mail_servers_are_not_all_asked_about() {
    let mut zone = Zone::default();
    for number in 0..10_000 {
        zone.add_mx("midori.example", 10, &format!("m{number}.midori.example"));
    }
    let (health, asked) = examine(&zone);
    assert!(met(&health, "mx-many"));
    assert!(asked < 100, "{asked}");
}

#[test]
fn reports_to_ten_thousand_places_are_not_all_asked_about() {
    let mut zone = Zone::default();
    let places: Vec<String> = (0..10_000).map(|number| format!("mailto:d@r{number}.example")).collect();
    zone.add_txt("_dmarc.midori.example", format!("v=DMARC1; p=none; rua={}", places.join(",")));
    zone.add_mx("midori.example", 10, "mail.midori.example");
    let (_, asked) = examine(&zone);
    assert!(asked < 120, "{asked}");
}

#[test]
fn a_dead_dns_is_given_up_soon_and_nothing_is_called_missing() {
    let dead = Dying { dns: &Zone::default(), left: AtomicUsize::new(0) };
    let health = check(&dead, &Domain::parse("midori.example").unwrap(), &Wish::default());
    assert_eq!(health.worst(), State::Unknown);
    assert!(health.questions <= UNANSWERED_MAX);
}

#[test]
fn a_dns_that_dies_on_the_way_fails_nobody() {
    let zone = super::zone(&super::Case::default());
    let whole = examine(&zone).1;
    for alive in 0..whole {
        let dying = Dying { dns: &zone, left: AtomicUsize::new(alive) };
        let health = check(&dying, &Domain::parse("midori.example").unwrap(), &Wish::default());
        let accused: Vec<&str> = health
            .items
            .iter()
            .filter(|item| matches!(item.state(), State::Warn | State::Fail))
            .map(|item| item.topic.id)
            .collect();
        assert!(accused.is_empty(), "after {alive} answers: {accused:?}");
        // The last question is about a logo, of which nothing is said without an answer.
        assert!(
            alive + 1 == whole || health.worst() == State::Unknown,
            "after {alive} answers everything seems to be known"
        );
    }
}

#[test]
fn no_text_in_a_record_ends_the_looking() {
    const PIECES: [&str; 24] = [
        "%{",
        "}",
        "%",
        ";",
        "=",
        ":",
        "/",
        "//",
        " ",
        "\0",
        "é",
        "　",
        "all",
        "include:",
        "ip4:",
        "redirect=",
        "v=",
        "p=",
        "rua=",
        "mailto:",
        "!",
        ",",
        "+",
        "99999999999999999999",
    ];
    let records = [
        (
            "midori.example",
            "v=spf1 mx a:mail.midori.example/24//64 include:%{d2}.example ip6:2001:db8::/32 -all",
        ),
        ("default._domainkey.midori.example", "v=DKIM1; k=rsa; t=y:s; h=sha1; p=MIGfMA0GCSqGSIb3"),
        (
            "_dmarc.midori.example",
            "v=DMARC1; p=reject; sp=none; pct=5; rua=mailto:a@b.example!5m,mailto:c@midori.example",
        ),
        ("_mta-sts.midori.example", "v=STSv1; id=20260401"),
        ("_smtp._tls.midori.example", "v=TLSRPTv1; rua=mailto:a@midori.example"),
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        // xorshift64: the same texts every time.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for _ in 0..1_500 {
        let mut zone = Zone::default();
        zone.add_mx("midori.example", 10, "mail.midori.example");
        for (name, record) in records {
            let mut text = record.as_bytes().to_vec();
            for _ in 0..next(4) {
                let at = next(text.len() + 1);
                let end = (at + next(6)).min(text.len());
                text.splice(at..end, PIECES[next(PIECES.len())].bytes());
            }
            zone.add_txt(name, text);
        }
        let health = check(&zone, &Domain::parse("midori.example").unwrap(), &Wish::default());
        for publish in health.items.iter().flat_map(|item| &item.publish) {
            assert!(publish.value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()), "{publish:?}");
        }
    }
}
