//! What DNS costs a mail: time with a resolver that is dead, CPU with everything remembered.

use std::hint::black_box;
use std::net::UdpSocket;
use std::time::{Duration, Instant};

use sekisho_facts::{Fact, Identity, Outcome, Sender};
use sekisho_mail::{Limits, Message};
use sekisho_sender::dns::{
    Ask, CacheLimits, Cached, Clock, Kind, MAIL_PATIENCE, NoAnswer, Question, Record, Reply,
};
use sekisho_sender::{Dns, Resolver, Trust, gather};

use crate::cpu::thread_cpu_seconds;

/// A mail with a signature by a key of 2,048 bits, and its key.
const SIGNED: &[u8] = include_bytes!("../../../../sekisho-sender/tests/signed/partner.eml");
const KEY: &str =
    include_str!("../../../../sekisho-sender/tests/signed/office._domainkey.partner.example.txt");

/// The moment of verifying, in seconds since 1970: the same in every run.
const NOW: u64 = 1_795_500_000;

/// Mails with the resolver dead, each of another domain, so that nothing is remembered of the name.
const DEAD_MAILS: usize = 200;

/// Mails with everything remembered.
const WARM_MAILS: usize = 2_000;

/// Prints both.
pub(crate) fn print() -> Result<Vec<String>, String> {
    let mut broken = dead()?;
    broken.extend(warm()?);
    Ok(broken)
}

/// A port that swallows every packet.
fn dead() -> Result<Vec<String>, String> {
    let words = |error: std::io::Error| error.to_string();
    let swallowing = UdpSocket::bind("127.0.0.1:0").map_err(words)?;
    let resolver =
        Resolver::new(&[swallowing.local_addr().map_err(words)?.into()]).map_err(|e| e.to_string())?;
    let mut added = Vec::new();
    let mut failures = 0;
    for number in 0..DEAD_MAILS {
        let raw =
            String::from_utf8_lossy(SIGNED).replace("partner.example", &format!("partner{number}.example"));
        let message = read(raw.as_bytes());
        let without = timed(|| find_out(None, raw.as_bytes(), &message)).0;
        let mail = resolver.for_one_mail();
        let (with, sender) = timed(|| find_out(Some(&mail), raw.as_bytes(), &message));
        added.push(with.saturating_sub(without));
        failures += usize::from(has_failed(&sender));
    }
    added.sort_unstable();
    let median = added.get(DEAD_MAILS / 2).copied().unwrap_or_default();
    let worst = added.last().copied().unwrap_or_default();
    let total: Duration = added.iter().sum();
    println!("resolver dead, {DEAD_MAILS} signed mails of as many domains, one after another");
    println!(
        "added time a mail: median {:.3} ms, worst {:.2} s (deadline {} s)",
        milliseconds(median),
        worst.as_secs_f64(),
        MAIL_PATIENCE.as_secs()
    );
    println!("all together: {:.2} s; wrongly failed: {failures}", total.as_secs_f64());
    println!(
        "{{\"dead_median_ms\":{:.4},\"dead_worst_ms\":{:.0},\"dead_failures\":{failures}}}",
        milliseconds(median),
        milliseconds(worst)
    );
    let mut broken = Vec::new();
    if worst > MAIL_PATIENCE {
        broken.push(format!("a dead resolver cost a mail {:.1} s", worst.as_secs_f64()));
    }
    if failures > 0 {
        broken.push(format!("a dead resolver made {failures} mails fail"));
    }
    Ok(broken)
}

/// Everything remembered: what is left is reading, hashing and the signature.
fn warm() -> Result<Vec<String>, String> {
    let cached = Cached::new(Partner, Clock::real(), CacheLimits::default());
    let message = read(SIGNED);
    let first = find_out(Some(&cached), SIGNED, &message);
    let before = thread_cpu_seconds();
    for _ in 0..WARM_MAILS {
        black_box(find_out(Some(&cached), SIGNED, &message));
    }
    let with = (thread_cpu_seconds() - before) * 1_000.0 / WARM_MAILS as f64;
    let before = thread_cpu_seconds();
    for _ in 0..WARM_MAILS {
        black_box(find_out(None, SIGNED, &message));
    }
    let without = (thread_cpu_seconds() - before) * 1_000.0 / WARM_MAILS as f64;
    println!("cache warm, {WARM_MAILS} times one mail with a signature (rsa-sha256, 2,048 bits)");
    println!("CPU a mail: {with:.3} ms, without --dns {without:.4} ms");
    println!("{{\"warm_cpu_ms_a_message\":{with:.4}}}");
    let is_proven = first.identity == Identity::AsContact;
    Ok((!is_proven).then(|| "the signed mail is not as its contact".to_owned()).into_iter().collect())
}

/// The partner's zone.
struct Partner;

impl Ask for Partner {
    fn ask(&self, question: &Question, _: Duration) -> Reply {
        let text = match (question.name.as_str(), question.kind) {
            ("office._domainkey.partner.example", Kind::Txt) => KEY.trim(),
            ("_dmarc.partner.example", Kind::Txt) => "v=DMARC1; p=reject",
            _ => return Reply { answer: Err(NoAnswer::NoRecords), ttl_seconds: Some(3_600) },
        };
        Reply { answer: Ok(vec![Record::Text(text.as_bytes().to_vec())]), ttl_seconds: Some(3_600) }
    }
}

fn find_out(dns: Option<&dyn Dns>, raw: &[u8], message: &Message) -> Sender {
    gather(dns, raw, message, &Trust::default(), NOW).sender
}

fn has_failed(sender: &Sender) -> bool {
    let all = sender.dkim.iter().chain([&sender.spf, &sender.dmarc, &sender.arc]);
    let fails = [Outcome::Fail, Outcome::Softfail, Outcome::Permerror];
    sender.identity == Identity::NotAsContact
        || all.filter_map(Fact::known).any(|result| fails.contains(&result.known))
}

fn read(raw: &[u8]) -> Message {
    sekisho_mail::read(raw, &Limits::default())
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let done = work();
    (begun.elapsed(), done)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
