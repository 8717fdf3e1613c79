//! Harmless mail, changed so that one check should fire, and by its near miss → the share found, and the share quiet.

use sekisho_facts::Facts;
use sekisho_judge::ALL;
use sekisho_testing::corpus::{self, Label};
use sekisho_testing::interval::wilson;
use sekisho_testing::mutate::{Change, Mail, mutations};
use sekisho_testing::{Rng, generate};

use crate::judging::Court;

/// Mails of each set that every mutation is tried on. A padded file has megabytes, so few are enough for it.
const MAILS: usize = 120;
const MAILS_PADDED: usize = 10;

/// The seed of the changes, and of the mails that are changed: others than those of the harmless figure.
const SEED: u64 = 20_200_925;

/// At least this share must be found, and stay quiet at the near miss.
const FOUND_SHARE_MIN: f64 = 0.90;
const QUIET_SHARE_MIN: f64 = 0.98;

/// Checks that no change of a mail can show: they need a reader that ended.
const WITHOUT_MUTATION: &[&str] = &["mail-not-read"];

/// A mail with what the checks find in it before any change.
struct Base {
    mail: Mail,
    found: Vec<String>,
}

/// How often a change had the wanted effect.
#[derive(Default)]
struct Share {
    hits: u64,
    trials: u64,
}

/// Prints a row a check; returns the promises that do not hold.
pub(crate) fn print() -> Result<Vec<String>, String> {
    let court = Court::new()?;
    let labelled = corpus::labelled().map_err(|error| error.to_string())?;
    let harmless = labelled.into_iter().filter(|mail| mail.label != Label::Unsolicited);
    // Every nth mail, so that all lists and newsletters of the set have their share.
    let real = harmless.step_by(4_150 / MAILS).map(|mail| mail.bytes);
    let generated = generate::office(SEED, MAILS).map(|mail| mail.bytes);
    let sets = [("labelled", bases(&court, real)), ("generated", bases(&court, generated))];
    let mut broken = missing();
    println!("{:<28} {:<10} {:>6} {:<24} {:>6} {:<24}", "check", "set", "found", "", "quiet", "");
    for mutation in mutations() {
        for (name, bases) in &sets {
            let take = if mutation.id == "padded-file" { MAILS_PADDED } else { MAILS };
            let found =
                share(&court, mutation.id, mutation.fires, &bases[..take.min(bases.len())], Wanted::Found);
            let quiet = share(
                &court,
                mutation.id,
                mutation.near_miss,
                &bases[..take.min(bases.len())],
                Wanted::Quiet,
            );
            println!(
                "{:<28} {name:<10} {:>6} {:<24} {:>6} {:<24}",
                mutation.id,
                found.hits,
                wilson(found.hits, found.trials).to_string(),
                quiet.hits,
                wilson(quiet.hits, quiet.trials).to_string()
            );
            broken.extend(found.promise(FOUND_SHARE_MIN, &format!("{} found in {name} mail", mutation.id)));
            broken.extend(quiet.promise(QUIET_SHARE_MIN, &format!("{} quiet in {name} mail", mutation.id)));
        }
    }
    Ok(broken)
}

/// Checks that have no mutation although they could.
fn missing() -> Vec<String> {
    let has = |id: &str| mutations().any(|mutation| mutation.id == id) || WITHOUT_MUTATION.contains(&id);
    let unknown = mutations().filter(|mutation| sekisho_judge::check(mutation.id).is_none());
    let without = ALL.iter().filter(|registered| !has(registered.id));
    let missing = without.map(|registered| format!("no mutation for {}", registered.id));
    missing.chain(unknown.map(|mutation| format!("no check {}", mutation.id))).collect()
}

fn bases(court: &Court, mails: impl Iterator<Item = Vec<u8>>) -> Vec<Base> {
    mails
        .take(MAILS)
        .map(|bytes| Base { mail: Mail::parse(&bytes), found: found(court, &bytes, &Facts::default()) })
        .collect()
}

/// The ids of what the checks find.
fn found(court: &Court, bytes: &[u8], facts: &Facts) -> Vec<String> {
    court.judge_told(bytes, facts).findings.into_iter().map(|finding| finding.id).collect()
}

/// What a change should lead to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Found,
    Quiet,
}

/// Mails in which the check fires before any change tell nothing and are left out.
fn share(court: &Court, id: &str, change: Change, bases: &[Base], wanted: Wanted) -> Share {
    let mut share = Share::default();
    for (number, base) in
        bases.iter().enumerate().filter(|(_, base)| !base.found.iter().any(|found| found == id))
    {
        let mut rng = Rng::stream(SEED, number as u64);
        let Some(changed) = change.make(&mut rng, &base.mail) else { continue };
        let fires = found(court, &changed.bytes, &changed.facts).iter().any(|found| found == id);
        let hit = fires == (wanted == Wanted::Found);
        if !hit && std::env::var_os("SEKISHO_SHOW_MISSES").is_some_and(|wanted| wanted == id) {
            println!("---- {number}\n{}\n----", String::from_utf8_lossy(&changed.bytes));
        }
        share.trials += 1;
        share.hits += u64::from(hit);
    }
    share
}

impl Share {
    fn promise(&self, least: f64, what: &str) -> Option<String> {
        let share = if self.trials == 0 { 0.0 } else { self.hits as f64 / self.trials as f64 };
        (share < least).then(|| {
            format!("{what}: {} of {}, at least {:.0} % must be", self.hits, self.trials, least * 100.0)
        })
    }
}
