//! Judgements → rows of a table: how many were held, warned of and found, each with its interval.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use sekisho_judge::{Grade, Judgement, Lang, Need, check};
use sekisho_mail::Message;
use sekisho_testing::interval::wilson;

use crate::judging::{Outcome, outcome, reasons};

/// The checks that say that a mail quotes a conversation of ours.
const QUOTATION_CHECKS: &[&str] = &["stolen-conversation"];

/// Counts of one row.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Verdicts {
    pub(crate) mails: u64,
    pub(crate) held: u64,
    pub(crate) warned: u64,
    /// Mails whose quotation is known to be of a conversation of ours that its sender has no part in.
    pub(crate) found: u64,
}

/// Rows in the order in which they were first counted.
#[derive(Debug, Default)]
pub(crate) struct Table {
    title: String,
    rows: Vec<(String, Verdicts)>,
}

impl Table {
    /// An empty table.
    pub(crate) fn new(title: &str) -> Self {
        Self { title: title.to_owned(), rows: Vec::new() }
    }

    /// Counts a judgement in a row.
    pub(crate) fn count(&mut self, row: &str, judgement: &Judgement) {
        let at = self.rows.iter().position(|(name, _)| name == row).unwrap_or_else(|| {
            self.rows.push((row.to_owned(), Verdicts::default()));
            self.rows.len() - 1
        });
        let Some((_, row)) = self.rows.get_mut(at) else { return };
        row.mails += 1;
        match outcome(judgement) {
            Outcome::Held => row.held += 1,
            Outcome::Warned => row.warned += 1,
            Outcome::Delivered => {}
        }
        row.found += u64::from(is_found(judgement));
    }

    /// The counts of a row.
    pub(crate) fn row(&self, name: &str) -> Verdicts {
        self.rows.iter().find(|(row, _)| row == name).map(|(_, row)| *row).unwrap_or_default()
    }

    /// A share of a row; of nothing it is 0.
    pub(crate) fn share(&self, name: &str, count: fn(&Verdicts) -> u64) -> f64 {
        let row = self.row(name);
        wilson(count(&row), row.mails).share
    }

    /// Prints it.
    pub(crate) fn print(&self) {
        println!("-- {}", self.title);
        println!(
            "{:<36} {:>6} {:>6} {:<26} {:>6} {:<26} {:>6} {:<26}",
            "", "mails", "held", "", "warned", "", "found", ""
        );
        for (name, row) in &self.rows {
            println!(
                "{:<36} {:>6} {:>6} {:<26} {:>6} {:<26} {:>6} {:<26}",
                name,
                row.mails,
                row.held,
                wilson(row.held, row.mails).to_string(),
                row.warned,
                wilson(row.warned, row.mails).to_string(),
                row.found,
                wilson(row.found, row.mails).to_string()
            );
        }
    }
}

/// How often the checks that look at the memory found something.
#[derive(Debug, Default)]
pub(crate) struct Checks(BTreeMap<(String, &'static str), u64>);

impl Checks {
    /// Counts one mail.
    pub(crate) fn count(&mut self, judgement: &Judgement) {
        let mut seen: Vec<(String, &'static str)> = Vec::new();
        for finding in &judgement.findings {
            let of_memory = check(&finding.id).is_some_and(|one| {
                one.check.needs.iter().any(|need| matches!(need, Need::Memory | Need::Mailbox))
            });
            let grade = match finding.grade {
                Grade::Info => "info",
                Grade::Weak => "weak",
                Grade::Strong => "strong",
            };
            if of_memory && !seen.contains(&(finding.id.clone(), grade)) {
                seen.push((finding.id.clone(), grade));
            }
        }
        for key in seen {
            *self.0.entry(key).or_default() += 1;
        }
    }

    /// Prints the counts.
    pub(crate) fn print(&self, title: &str) {
        println!("-- {title}");
        for ((id, grade), count) in &self.0 {
            println!("{count:>6} {id} ({grade})");
        }
    }
}

/// Whether a check says that the mail quotes a conversation of ours.
pub(crate) fn is_found(judgement: &Judgement) -> bool {
    judgement.findings.iter().any(|finding| QUOTATION_CHECKS.contains(&finding.id.as_str()))
}

/// Prints a miss or a false alarm with its mail, as long as `--show` asks for more.
pub(crate) fn show(what: &str, label: &str, judgement: &Judgement, read: impl FnOnce() -> Message) {
    static ALARMS: AtomicUsize = AtomicUsize::new(0);
    static MISSES: AtomicUsize = AtomicUsize::new(0);
    let shown = if what == "miss" { &MISSES } else { &ALARMS };
    if shown.load(Ordering::Relaxed) >= crate::shown() {
        return;
    }
    shown.fetch_add(1, Ordering::Relaxed);
    let message = read();
    let from: Vec<String> = message
        .from
        .iter()
        .map(|one| {
            format!("{} <{}>", one.name, one.address.as_ref().map(ToString::to_string).unwrap_or_default())
        })
        .collect();
    println!(
        "** {what}: {label}\n   {} | {}\n   {}",
        from.join(", "),
        message.subject,
        reasons(judgement, Lang::En)
    );
    let found: Vec<String> =
        judgement.findings.iter().map(|finding| format!("{}:{:?}", finding.id, finding.grade)).collect();
    println!("   findings: {}", found.join(" "));
    let text = message.texts().next().map_or("", |(_, view)| view.text.as_str());
    for line in text.lines().take(24) {
        println!("   | {line}");
    }
}
