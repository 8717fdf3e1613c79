//! Suites of SPF, DKIM and ARC → cases passed, misses by name; verification with a warm cache → CPU a mail.

use std::hint::black_box;
use std::net::IpAddr;

use sekisho_facts::Envelope;
use sekisho_mail::Limits;
use sekisho_sender::{Trust, Zone, verify};
use sekisho_testing::authentication::{Case, signed, spf};
use sekisho_testing::corpus;

use crate::cpu::thread_cpu_seconds;

/// Passes over the set that are counted, after one that is not.
const PASSES: u32 = 3;
/// The day of the figures, in seconds since 1970.
const NOW_SECONDS: u64 = 1_700_000_000;

/// Prints the counts; returns the promises that do not hold.
pub(crate) fn print() -> Result<Vec<String>, String> {
    let mut broken = Vec::new();
    for (name, cases) in [
        ("SPF, RFC 7208", spf("rfc7208-tests.yml")?),
        ("SPF, RFC 4408", spf("rfc4408-tests.yml")?),
        ("DKIM and ARC, dkimpy and mail-auth", signed()?),
    ] {
        let missed: Vec<&Case> = cases.iter().filter(|case| !case.is_passed()).collect();
        println!("{name:<36} {} of {} passed", cases.len() - missed.len(), cases.len());
        for case in missed {
            let expected = case.expected.join(" or ");
            println!("  missed {}: {} instead of {expected}", case.name, case.found);
            broken.push(format!("{name}: {}", case.name));
        }
    }
    print_cpu()?;
    Ok(broken)
}

/// CPU of verifying every labelled mail as if it came in now, all questions answered from memory.
fn print_cpu() -> Result<(), String> {
    let mails = corpus::labelled().map_err(|error| error.to_string())?;
    let client = "192.0.2.1";
    let address: IpAddr = client.parse().map_err(|error| format!("{client}: {error}"))?;
    let mut zone = Zone::default();
    zone.add_txt("midori.example", "v=spf1 include:_spf.midori.example a mx -all")
        .add_txt("_spf.midori.example", "v=spf1 ip4:198.51.100.0/24 ip4:203.0.113.0/24 ~all")
        .add_address("mx.midori.example", address)
        .add_mx("midori.example", 10, "mx.midori.example")
        .add_ptr(address, "mx.midori.example");
    let envelope = Envelope {
        client: Some(client.to_owned()),
        helo: Some("mx.midori.example".to_owned()),
        mail_from: Some("hanako@midori.example".to_owned()),
        ..Envelope::default()
    };
    let trust = Trust::default();
    let messages: Vec<_> =
        mails.iter().map(|mail| sekisho_mail::read(&mail.bytes, &Limits::default())).collect();
    let pass = || {
        for (mail, message) in mails.iter().zip(&messages) {
            drop(black_box(verify(&zone, &mail.bytes, message, &envelope, &trust, NOW_SECONDS)));
        }
    };
    pass();
    let before = thread_cpu_seconds();
    (0..PASSES).for_each(|_| pass());
    let seconds = (thread_cpu_seconds() - before) / f64::from(PASSES);
    let a_mail = seconds * 1_000.0 / mails.len() as f64;
    println!(
        "{} labelled mails, verified with every answer in memory: {a_mail:.4} ms of CPU a mail",
        mails.len()
    );
    let before = thread_cpu_seconds();
    let count = signed()?.len();
    let a_mail = (thread_cpu_seconds() - before) * 1_000.0 / count as f64;
    println!("{count} signed mails, opened, read and verified: {a_mail:.4} ms of CPU a mail");
    Ok(())
}
