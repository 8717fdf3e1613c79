//! Real DNS: `System` and what stands on it, asked of an unbound that is started for it on a free port of this machine.
//!
//! Where unbound is not installed, what needs it is passed over with a line.

#![allow(clippy::unwrap_used)] // A failed step of a test is its failure.

#[path = "real_dns/server.rs"]
mod server;

use std::net::UdpSocket;
use std::time::{Duration, Instant};

use sekisho_sender::dns::{Ask, Kind, MAIL_PATIENCE, QUESTION_PATIENCE, Question};
use sekisho_sender::{Dns, NoAnswer, Resolver, System, Tlsa};

use server::Server;

/// Some questions of its own, an answer over TCP, names that lead in circles, and everything that is no answer.
const ZONE: &str = r#"
$ORIGIN midori.example.
@       300 SOA ns hostmaster 1 3600 600 86400 77
@       300 NS  ns
@       300 MX  10 mx
@       300 MX  20 mx.backup.test.
@       300 TXT "v=spf1 mx" " -all"
@       120 TXT "another"
ns      300 A   192.0.2.1
mx      300 A   192.0.2.25
mx      300 AAAA 2001:db8::25
alias   60  CNAME mx
a       300 CNAME b
b       300 CNAME a
nowhere 300 CNAME gone
no-mail 300 MX  0 .
_25._tcp.mx 300 TLSA 3 1 1 00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF
"#;

#[test]
fn real_servers_are_asked_and_their_answers_told_apart() {
    let Some(server) = Server::start(&[("midori.example", &zone())]) else { return };
    let dns = System::new(&[server.address().into()]).unwrap();
    let texts = dns.txt("Midori.Example.").unwrap();
    assert_eq!(texts.values.len(), 2);
    assert!(texts.values.contains(&b"v=spf1 mx -all".to_vec()));
    assert!(texts.ttl_seconds <= 120);
    assert_eq!(
        dns.a("mx.midori.example").unwrap().values,
        ["192.0.2.25".parse::<std::net::Ipv4Addr>().unwrap()]
    );
    assert_eq!(dns.aaaa("mx.midori.example").unwrap().values.len(), 1);
    let mut exchangers = dns.mx("midori.example").unwrap().values;
    exchangers.sort();
    assert_eq!(exchangers, [(10, "mx.midori.example".to_owned()), (20, "mx.backup.test".to_owned())]);
    assert_eq!(dns.mx("no-mail.midori.example").unwrap().values, [(0, ".".to_owned())]);
    assert_eq!(dns.ns("midori.example").unwrap().values, ["ns.midori.example"]);
    assert_eq!(dns.ptr("192.0.2.25".parse().unwrap()).unwrap().values, ["mx.midori.example"]);
    assert_eq!(dns.ptr("2001:db8::25".parse().unwrap()).unwrap().values, ["mx.midori.example"]);
    let Tlsa { usage, selector, matching, data } =
        dns.tlsa("_25._tcp.mx.midori.example").unwrap().values.remove(0);
    assert_eq!((usage, selector, matching, data.len()), (3, 1, 1, 32));

    // An alias is followed; what is remembered ends with the first of its records.
    let alias = dns.a("alias.midori.example").unwrap();
    assert_eq!((alias.values.len(), alias.ttl_seconds), (1, 60));
    assert_eq!(dns.cname("alias.midori.example").unwrap().values, ["mx.midori.example"]);
    assert_eq!(dns.cname("mx.midori.example"), Err(NoAnswer::NoRecords));
    // Too large for a packet: over TCP.
    assert_eq!(dns.txt("big.midori.example").unwrap().values, [text_of(BIG_BYTES)]);

    for (name, why) in [
        ("gone.midori.example", NoAnswer::NoSuchName),
        ("nowhere.midori.example", NoAnswer::NoSuchName),
        ("mx.midori.example", NoAnswer::NoRecords),
        // Circles and long ways.
        ("a.midori.example", NoAnswer::Failed),
        ("chain0.midori.example", NoAnswer::Failed),
        // More than is taken.
        ("huge.midori.example", NoAnswer::Failed),
        ("many.midori.example", NoAnswer::Failed),
        // SERVFAIL, REFUSED, silence.
        ("mail.failing.example", NoAnswer::Failed),
        ("mail.refused.example", NoAnswer::Failed),
        ("mail.silent.example", NoAnswer::TimedOut),
    ] {
        let asked_at = Instant::now();
        assert_eq!(dns.txt(name), Err(why), "{name}");
        assert!(asked_at.elapsed() < QUESTION_PATIENCE + Duration::from_secs(1), "{name}");
    }
    let absent = dns.ask(&Question::new("gone.midori.example", Kind::Txt), QUESTION_PATIENCE);
    assert_eq!(absent.ttl_seconds, Some(77));
}

#[test]
fn one_silent_name_leaves_time_for_the_others() {
    let Some(server) = Server::start(&[("midori.example", &zone())]) else { return };
    let dns = Resolver::new(&[server.address().into()]).unwrap();
    let mail = dns.for_one_mail();
    assert_eq!(mail.txt("mail.silent.example"), Err(NoAnswer::TimedOut));
    assert!(mail.txt("midori.example").is_ok());
    // Remembered, by the next mail too.
    let asked_at = Instant::now();
    assert!(dns.for_one_mail().txt("midori.example").is_ok());
    assert!(asked_at.elapsed() < Duration::from_millis(50));
}

#[test]
fn a_server_that_swallows_everything_costs_a_mail_its_deadline_once() {
    let swallowing = UdpSocket::bind("127.0.0.1:0").unwrap();
    let dns = Resolver::new(&[swallowing.local_addr().unwrap().into()]).unwrap();
    let begun = Instant::now();
    for n in 0..100 {
        let mail = dns.for_one_mail();
        assert_eq!(mail.txt(&format!("{n}.example")), Err(NoAnswer::TimedOut));
        assert_eq!(mail.a(&format!("{n}.example")), Err(NoAnswer::TimedOut));
    }
    assert!(begun.elapsed() < MAIL_PATIENCE, "{:?}", begun.elapsed());
}

#[test]
fn a_port_without_a_server_is_no_answer() {
    let port = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let dns = System::new(&[port.into()]).unwrap();
    assert_eq!(dns.txt("midori.example"), Err(NoAnswer::TimedOut));
}

/// A text that only TCP carries.
const BIG_BYTES: usize = 8_000;
/// A text that is not taken.
const HUGE_BYTES: usize = 20_000;
/// Records that are not taken.
const MANY: usize = 300;
/// A chain of aliases that is not followed to its end.
const CHAIN: usize = 40;

fn zone() -> String {
    let mut zone = ZONE.to_owned();
    for (name, bytes) in [("big", BIG_BYTES), ("huge", HUGE_BYTES)] {
        zone += &format!("{name} 300 TXT");
        for string in text_of(bytes).chunks(250) {
            zone += &format!(" \"{}\"", String::from_utf8_lossy(string));
        }
        zone += "\n";
    }
    for n in 0..MANY {
        zone += &format!("many 300 TXT \"{n}\"\n");
    }
    for n in 0..CHAIN {
        zone += &format!("chain{n} 300 CNAME chain{}\n", n + 1);
    }
    zone + &format!("chain{CHAIN} 300 TXT \"end\"\n")
}

fn text_of(bytes: usize) -> Vec<u8> {
    b"abcdefghij".iter().copied().cycle().take(bytes).collect()
}
