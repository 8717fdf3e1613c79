//! Real conversations on technical lists, where strangers share logs and settings → what the memory says against them, and why.
//!
//! One reader of ours learns the earlier 70 % by date, the later 30 % are judged. Their archives prove nobody, so they are judged twice:
//! as they are, and as if each sender were authenticated, which is when somebody new is a stranger.

use std::collections::BTreeMap;

use sekisho_facts::{Facts, Outcome as AuthOutcome};
use sekisho_judge::{Action, Judgement};
use sekisho_mail::Message;
use sekisho_testing::corpus::{self, Label};
use sekisho_testing::results::Results;

use super::office::Office;
use super::tables::{Checks, Table, show};
use crate::judging::{Outcome, outcome};

/// Who reads the lists.
const READER: &str = "suzuki@midori.example";

/// The share by date that is learned, in percent.
const LEARNED_PERCENT: usize = 70;

/// Prints the tables.
pub(super) fn print() -> Result<Vec<String>, String> {
    let court = crate::judging::Court::new()?;
    let labelled = corpus::labelled().map_err(|error| error.to_string())?;
    let step = if crate::is_gate() { 4 } else { 1 };
    let mut mails: Vec<Message> = labelled
        .into_iter()
        .filter(|mail| mail.label != Label::Unsolicited)
        .step_by(step)
        .map(|mail| court.read(&mail.bytes))
        .collect();
    let mut lists: Vec<Message> =
        corpus::lists().map_err(|error| error.to_string())?.iter().map(|bytes| court.read(bytes)).collect();
    for (set, mails) in [("labelled set", &mut mails), ("kernel and notmuch lists", &mut lists)] {
        mails.sort_by_key(moment);
        judged(mails, &format!("{set}, as they are"), false)?;
        judged(mails, &format!("{set}, as if authenticated"), true)?;
    }
    Ok(Vec::new())
}

fn judged(mails: &[Message], name: &str, is_proven: bool) -> Result<(), String> {
    let mut office = Office::new()?;
    let reader = [READER.to_owned()];
    let split = mails.len() * LEARNED_PERCENT / 100;
    let mut seen: Vec<String> = Vec::new();
    for mail in mails.iter().take(split) {
        office.learn_read(mail, &facts(mail, is_proven).sender, moment(mail), &reader, None)?;
        seen.push(sender(mail));
    }
    let mut table = Table::new(&format!(
        "real harmless mail, {name}: the later {} % of {}",
        100 - LEARNED_PERCENT,
        mails.len()
    ));
    let mut checks = Checks::default();
    let mut reasons: BTreeMap<String, u64> = BTreeMap::new();
    for mail in mails.iter().skip(split) {
        let facts = facts(mail, is_proven);
        let trust = facts.sender.clone();
        let judgement = office.judge_read(mail, facts, moment(mail), &reader)?;
        let from = sender(mail);
        for row in rows(mail, !seen.contains(&from)) {
            table.count(row, &judgement);
        }
        checks.count(&judgement);
        for reason in &judgement.verdict.reasons {
            *reasons.entry(reason.rule.clone()).or_default() += 1;
        }
        if outcome(&judgement) != Outcome::Delivered {
            show("false alarm", name, &judgement, || mail.clone());
        }
        office.learn_read(mail, &trust, moment(mail), &reader, suspicious(&judgement))?;
        seen.push(from);
    }
    table.print();
    checks.print("checks that look at the memory, there");
    println!("-- rules that matched, there");
    for (rule, count) in reasons {
        println!("{count:>6} {rule}");
    }
    Ok(())
}

fn rows(mail: &Message, is_new: bool) -> Vec<&'static str> {
    let is_reply = !mail.in_reply_to.is_empty() || mail.subject.to_lowercase().starts_with("re:");
    let quotes = mail.texts().any(|(_, view)| !view.quotes.is_empty());
    let mut rows = vec!["all"];
    if mail.mailing_list().is_some() {
        rows.push("through a list");
    }
    if is_reply {
        rows.push("answers");
    }
    if is_new && quotes {
        rows.push("of somebody new who quotes");
    }
    rows
}

fn facts(mail: &Message, is_proven: bool) -> Facts {
    let address = mail.from.first().and_then(|mailbox| mailbox.address.as_ref());
    let mut facts = match address {
        Some(address) if is_proven => {
            Results::default().dmarc(AuthOutcome::Pass, address.domain(), &[]).into_facts()
        }
        _ => Facts::default(),
    };
    facts.sender.identity = sekisho_facts::identity(&facts.sender, &address.into_iter().collect::<Vec<_>>());
    facts
}

fn suspicious(judgement: &Judgement) -> Option<sekisho_store::Trust> {
    (judgement.verdict.action > Action::Deliver).then_some(sekisho_store::Trust::Suspicious)
}

fn sender(mail: &Message) -> String {
    let address = mail.from.first().and_then(|mailbox| mailbox.address.as_ref());
    address.map(|address| address.to_string().to_lowercase()).unwrap_or_default()
}

fn moment(mail: &Message) -> i64 {
    mail.date.map_or(0, |date| date.unix_seconds)
}
