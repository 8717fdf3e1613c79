//! A year of an office's correspondence, and real lists → false alarms and misses of what the memory adds, in tables with intervals.
//!
//! The first part is learned, the later part judged with what the memory says; forged mails are built from the first part. Mails are
//! judged as in earnest: read, the recorded authentication gathered, the memory asked, judged, and then learned.

mod forgeries;
mod lists;
mod office;
mod tables;

use std::time::Instant;

use sekisho_testing::correspondence::{Correspondence, Kind, Size, correspondence};

use crate::judging::{Outcome, outcome};
use office::Office;
use tables::{Table, Verdicts};

/// The seed is fixed so that the figure is; `SEKISHO_SEED` takes another, and `SEKISHO_OFFICE=2` an office with twice the mail and no more
/// newcomers.
const SEED: u64 = 20_260_801;

/// At most these shares of harmless mail may be held, and warned of; and of newcomers be held.
const HELD_SHARE_MAX: f64 = 0.001;
const WARNED_SHARE_MAX: f64 = 0.01;
const NEWCOMERS_HELD_SHARE_MAX: f64 = 0.02;

/// What is written for the figure, and for the gate.
const FULL: Size = Size { threads: 7_400, newcomers: 600, services: 2_600, systems: 260 };
const SMALL: Size = Size { threads: 1_000, newcomers: 200, services: 300, systems: 60 };

/// Prints the tables; returns the promises that do not hold.
pub(crate) fn print() -> Result<Vec<String>, String> {
    let seed = named("SEKISHO_SEED").unwrap_or(SEED);
    let times = named("SEKISHO_OFFICE").unwrap_or(1).clamp(1, 8) as usize;
    let full = Size {
        threads: FULL.threads * times,
        services: FULL.services * times,
        systems: FULL.systems * times,
        ..FULL
    };
    let made = correspondence(seed, if crate::is_gate() { SMALL } else { full });
    let mut office = Office::new()?;
    let began = Instant::now();
    for posted in &made.first {
        office.learn(posted)?;
    }
    office.flush()?;
    println!(
        "{} mails of the first part learned into {} mailboxes in {:.1} s",
        made.first.len(),
        sekisho_testing::organisation().people.len(),
        began.elapsed().as_secs_f64()
    );
    let mut broken = forgeries::print(&mut office, &made, seed)?;
    broken.extend(later(&mut office, &made)?);
    broken.extend(lists::print()?);
    Ok(broken)
}

/// A number in the environment.
fn named(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Judges the later part mail by mail, and learns each as it was judged.
fn later(office: &mut Office, made: &Correspondence) -> Result<Vec<String>, String> {
    let mut table = Table::new("later mails, harmless all of them");
    let mut checks = tables::Checks::default();
    let began = Instant::now();
    let mut judged = 0_u64;
    for posted in &made.later {
        if !posted.is_outgoing() {
            let judgement = office.judge(&posted.bytes(), posted.at, &posted.mailboxes)?;
            judged += 1;
            table.count(posted.kind.label(), &judgement);
            let group = if matches!(posted.kind, Kind::Newcomer(_)) { NEWCOMERS } else { OTHERS };
            table.count(group, &judgement);
            table.count(ALL, &judgement);
            checks.count(&judgement);
            if outcome(&judgement) != Outcome::Delivered {
                tables::show("false alarm", posted.kind.label(), &judgement, || {
                    office.court.read(&posted.bytes())
                });
            }
            office.learn_judged(posted, &judgement)?;
        } else {
            office.learn(posted)?;
        }
    }
    table.print();
    checks.print("checks that look at the memory, in harmless mail");
    println!("judged and learned {:.0} mails a second", judged as f64 / began.elapsed().as_secs_f64());
    let mut broken = Vec::new();
    let mut promise = |row: &str, what: &str, share: f64, most: f64| {
        if share > most {
            broken.push(format!(
                "{row}: {:.2} % {what}, at most {:.1} % may be",
                share * 100.0,
                most * 100.0
            ));
        }
    };
    let share = |row: &str, count: fn(&Verdicts) -> u64| table.share(row, count);
    promise(OTHERS, "held", share(OTHERS, |row| row.held), HELD_SHARE_MAX);
    promise(ALL, "warned", share(ALL, |row| row.warned), WARNED_SHARE_MAX);
    promise(NEWCOMERS, "held", share(NEWCOMERS, |row| row.held), NEWCOMERS_HELD_SHARE_MAX);
    Ok(broken)
}

const NEWCOMERS: &str = "= newcomers";
const OTHERS: &str = "= all but newcomers";
const ALL: &str = "= all";
