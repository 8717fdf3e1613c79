//! Forged mails built from the first part → held, warned of and found, by name, quoting style, length, language, charset and bait.

use sekisho_testing::correspondence::Correspondence;
use sekisho_testing::forge::{Aim, Bait, Forged, Language, Length, Shown, forged};

use super::office::Office;
use super::tables::{Checks, Table, show};
use crate::judging::{Outcome, outcome};

/// Of forged mails in a true name, at least these shares must be held where something wants to be opened or answered, and noticed in all.
const HELD_SHARE_MIN: f64 = 0.99;
const NOTICED_SHARE_MIN: f64 = 0.99;

/// The share of quotations that must be found, by their length.
const FOUND_SHARES_MIN: [(Length, f64); 4] =
    [(Length::To60, 0.90), (Length::To120, 0.95), (Length::To400, 0.99), (Length::Whole, 0.99)];

const WITH_BAIT: &str = "= true name, something comes along";
const TRUE_NAME: &str = "= true name, all";
const UNKNOWN: &str = "= unknown name, all";

/// Prints the tables; returns the promises that do not hold.
pub(super) fn print(office: &mut Office, made: &Correspondence, seed: u64) -> Result<Vec<String>, String> {
    let mut broken = mixed(office, made, seed)?;
    broken.extend(alone(office, made, seed)?);
    Ok(broken)
}

fn mixed(office: &mut Office, made: &Correspondence, seed: u64) -> Result<Vec<String>, String> {
    let count = if crate::is_gate() { 500 } else { 2_500 };
    let mut table = Table::new("forged mails");
    let mut rows: Vec<(usize, String)> = Vec::new();
    let mut judged = Vec::new();
    let mut checks = Checks::default();
    for one in forged(made, seed, count, Aim::Mixed) {
        let judgement = office.judge(&one.bytes, one.at, std::slice::from_ref(&one.mailbox))?;
        for row in labels(&one) {
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        checks.count(&judgement);
        let label = format!(
            "{} ({}), {}, {}, {}",
            one.name.label(),
            one.writing,
            one.style,
            one.length.label(),
            one.bait.label()
        );
        let is_let_through = outcome(&judgement) != Outcome::Held && one.bait != Bait::Nothing;
        if one.name != Shown::Unknown && (is_let_through || outcome(&judgement) == Outcome::Delivered) {
            show("miss", &label, &judgement, || office.court.read(&one.bytes));
        }
        judged.push((one, judgement));
    }
    // Rows that belong together stand together.
    rows.sort();
    for row in &rows {
        for (one, judgement) in &judged {
            if labels(one).contains(row) {
                table.count(&row.1, judgement);
            }
        }
    }
    table.print();
    checks.print("checks that look at the memory, in forged mail");
    let mut broken = Vec::new();
    let mut promise = |row: &str, what: &str, share: f64, least: f64| {
        if share < least {
            broken.push(format!(
                "{row}: {:.2} % {what}, at least {:.0} % must be",
                share * 100.0,
                least * 100.0
            ));
        }
    };
    promise(WITH_BAIT, "held", table.share(WITH_BAIT, |row| row.held), HELD_SHARE_MIN);
    promise(
        TRUE_NAME,
        "warned or held",
        table.share(TRUE_NAME, |row| row.held + row.warned),
        NOTICED_SHARE_MIN,
    );
    Ok(broken)
}

/// The rows in which a forged mail counts, with the number of the group of rows.
fn labels(one: &Forged) -> Vec<(usize, String)> {
    let language = if one.is_english { "English" } else { "Japanese" };
    let mut rows = vec![
        (1, format!("name: {}", one.name.label())),
        (2, format!("length: {}", one.length.label())),
        (3, format!("language: {language}")),
        (4, format!("charset: {}", one.charset)),
        (5, format!("with it: {}", one.bait.label())),
        (6, format!("style: {}", one.style)),
        (7, format!("proof: {}", one.proof)),
        (8, format!("thread: {}", if one.is_threaded { "true identifier" } else { "none" })),
        (9, format!("receiver: {}", if one.is_to_party { "took part in it" } else { "did not" })),
    ];
    if one.name == Shown::Unknown {
        rows.push((0, UNKNOWN.to_owned()));
        return rows;
    }
    rows.push((0, TRUE_NAME.to_owned()));
    rows.push((10, format!("written: {}", one.writing)));
    if one.bait != Bait::Nothing {
        rows.push((0, WITH_BAIT.to_owned()));
    }
    rows
}

/// An unknown name and nothing but a quotation.
fn alone(office: &mut Office, made: &Correspondence, seed: u64) -> Result<Vec<String>, String> {
    let count = if crate::is_gate() { 60 } else { 300 };
    let mut table = Table::new("the quotation alone, the name unknown, nothing with it");
    let mut broken = Vec::new();
    for (language, name) in [(Language::Japanese, "Japanese"), (Language::English, "English")] {
        for (length, least) in FOUND_SHARES_MIN {
            let row = format!("{name}, {}", length.label());
            let unmarked = format!("{row}, no marks");
            for one in forged(made, seed ^ 0xA10E, count, Aim::QuotationAlone(length, language)) {
                let judgement = office.judge(&one.bytes, one.at, std::slice::from_ref(&one.mailbox))?;
                table.count(&row, &judgement);
                if one.style == "no marks" {
                    table.count(&unmarked, &judgement);
                }
                if !super::tables::is_found(&judgement) {
                    show("miss", &format!("{row}, {}", one.style), &judgement, || {
                        office.court.read(&one.bytes)
                    });
                }
            }
            let share = table.share(&row, |row| row.found);
            if share < least {
                broken.push(format!(
                    "quotation alone, {row}: {:.2} % found, at least {:.0} % must be",
                    share * 100.0,
                    least * 100.0
                ));
            }
        }
    }
    table.print();
    Ok(broken)
}
