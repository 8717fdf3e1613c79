//! Harmless mail with honest results of authentication, kind by kind → verdicts that these results make graver.
//!
//! How often each kind occurs is not known from any set that can be fetched, so each is tried on every mail.

use sekisho_facts::Outcome::{self, Fail, Pass, Softfail, Temperror};
use sekisho_facts::{AuthNote, Facts};
use sekisho_judge::lists::Lists;
use sekisho_mail::Message;
use sekisho_testing::corpus::{self, Label};
use sekisho_testing::generate;
use sekisho_testing::interval::wilson;
use sekisho_testing::results::{Results, domain};

use crate::judging::{Court, Outcome as Verdict, outcome, reasons};

/// Every nth mail of the labelled set.
const STEP: usize = 4;

/// Generated mails, and their seed: others than those of the harmless figure.
const GENERATED: usize = 1_000;
const SEED: u64 = 20_201_109;

/// No mail may be held for honest results, and at most this share be warned of.
const WARNED_SHARE_MAX: f64 = 0.002;

/// A kind of honest results: its name, and the facts for a mail whose sender has this domain; `None` where mail of that
/// kind has no such results.
type Kind = (&'static str, fn(&Message, &str) -> Option<Facts>);

const KINDS: &[Kind] = &[
    ("aligned pass", |_, sender| told(with_pass(sender))),
    ("nothing published, SPF passes", |_, sender| {
        told(Results::default().dmarc(Outcome::None, sender, &[]).spf(Pass, sender))
    }),
    ("nothing published at all", |_, sender| {
        told(Results::default().dmarc(Outcome::None, sender, &[]).spf(Outcome::None, sender))
    }),
    ("nothing published, SPF softfail", |_, sender| {
        told(Results::default().dmarc(Outcome::None, sender, &[]).spf(Softfail, sender))
    }),
    ("a service signs as itself", |_, sender| told(by_service(not_ours(sender)?, Outcome::None, &[]))),
    ("a service, p=none", |_, sender| told(by_service(no_brand(sender)?, Fail, &[AuthNote::PolicyNone]))),
    ("forwarded and changed, p=none", |_, sender| told(changed(not_ours(sender)?, AuthNote::PolicyNone))),
    ("forwarded, vouched for", |_, sender| {
        let seal = [AuthNote::TrustedSealer];
        told(changed(sender, AuthNote::PolicyReject).arc(Pass, "forwarder.example", &seal))
    }),
    ("passed on by a list, p=reject", |message, sender| {
        let list = message.mailing_list()?.domains.first()?.clone();
        told(changed(sender, AuthNote::PolicyReject).spf(Pass, &list))
    }),
    ("DNS does not answer", |_, sender| {
        told(Results::default().dmarc(Temperror, sender, &[]).spf(Temperror, sender).dkim(
            Temperror,
            sender,
            &[],
        ))
    }),
];

/// Prints a row a kind and every false alarm; returns the promises that do not hold.
pub(crate) fn print() -> Result<Vec<String>, String> {
    let court = Court::new()?;
    let labelled = corpus::labelled().map_err(|error| error.to_string())?;
    let harmless = labelled.into_iter().filter(|mail| mail.label != Label::Unsolicited).step_by(STEP);
    let mut mails: Vec<Message> = harmless.map(|mail| court.read(&mail.bytes)).collect();
    mails.extend(generate::office(SEED, GENERATED).map(|mail| court.read(&mail.bytes)));
    println!("{:<34} {:>6} {:>5} {:<28} {:>6} {:<28}", "honest results", "mails", "held", "", "warned", "");
    let mut broken = Vec::new();
    for (name, facts) in KINDS {
        let row = Row::count(&court, &mails, *facts);
        let (held, warned) = (wilson(row.held, row.mails), wilson(row.warned, row.mails));
        println!(
            "{name:<34} {:>6} {:>5} {:<28} {:>6} {:<28}",
            row.mails,
            row.held,
            held.to_string(),
            row.warned,
            warned.to_string()
        );
        row.alarms.iter().for_each(|alarm| println!("  {alarm}"));
        if row.held > 0 || row.warned as f64 > row.mails as f64 * WARNED_SHARE_MAX {
            broken.push(format!("{name}: {} held and {} warned of, of {}", row.held, row.warned, row.mails));
        }
    }
    Ok(broken)
}

/// Mails of one kind, and those of them whose verdict these results made graver.
#[derive(Default)]
struct Row {
    mails: u64,
    held: u64,
    warned: u64,
    alarms: Vec<String>,
}

impl Row {
    fn count(court: &Court, mails: &[Message], kind: fn(&Message, &str) -> Option<Facts>) -> Self {
        let mut row = Row::default();
        for message in mails {
            let Some(sender) = message.from.iter().find_map(|mailbox| mailbox.address.as_ref()) else {
                continue;
            };
            let Some(facts) = kind(message, domain(&sender.to_string())) else { continue };
            row.mails += 1;
            let judgement = court.judge_with(message, facts);
            let before = outcome(&court.judge_read(message));
            match outcome(&judgement) {
                after if after == before => continue,
                Verdict::Held => row.held += 1,
                Verdict::Warned if before == Verdict::Delivered => row.warned += 1,
                _ => continue,
            }
            row.alarms.push(format!("{sender}: {}", reasons(&judgement, sekisho_judge::Lang::En)));
        }
        row
    }
}

fn told(results: Results) -> Option<Facts> {
    Some(results.into_facts())
}

/// Leaves mail of our own domain out: whoever has a service send for it names it in the configuration.
fn not_ours(sender: &str) -> Option<&str> {
    (sender != "midori.example" && !sender.ends_with(".midori.example")).then_some(sender)
}

/// Leaves the well-known brands out as well: mail in their name that fails and leads elsewhere is what the check is for.
fn no_brand(sender: &str) -> Option<&str> {
    not_ours(sender).filter(|sender| Lists::built_in().brands.owner_of(sender).is_none())
}

fn with_pass(sender: &str) -> Results {
    Results::default().dmarc(Pass, sender, &[]).dkim(Pass, sender, &[AuthNote::Aligned]).spf(Pass, sender)
}

fn by_service(sender: &str, dmarc: Outcome, notes: &[AuthNote]) -> Results {
    Results::default().dmarc(dmarc, sender, notes).dkim(Pass, "bulk.test", &[]).spf(Pass, "bounce.bulk.test")
}

fn changed(sender: &str, wish: AuthNote) -> Results {
    let notes = [AuthNote::Aligned, AuthNote::BodyChanged];
    Results::default().dmarc(Fail, sender, &[wish]).dkim(Fail, sender, &notes).spf(Pass, "forwarder.example")
}
