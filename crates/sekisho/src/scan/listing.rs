//! One judged mail → its lines in the table: verdict, date, sender and subject; below them the reasons, where there
//! are any, and what was not looked at.

use sekisho_content::Unread;
use sekisho_facts::Identity;
use sekisho_judge::{Action, Finding, Lang, NotLookedAt, Reason, foreign};
use sekisho_mail::{Mailbox, Message, Part};

use crate::authentication;
use crate::judging::JudgedMail;
use crate::setup::Setup;
use crate::terminal::{Tone, column, cut, width};
use crate::words::{self, either, harmless, harmless_address};

/// A mail as it is listed and counted.
pub struct Listed {
    /// Its lines, or its JSON.
    pub text: String,
    /// What is done with it.
    pub action: Action,
    /// Why parts of it were not looked at.
    pub unread: Vec<Unread>,
    /// Whether the sender is as shown, where anything was found out about that.
    pub identity: Option<Identity>,
    /// What was not looked at for want of facts; parts left out.
    pub not_looked_at: Vec<NotLookedAt>,
}

/// Columns of the verdict.
const ACTION_COLUMNS: usize = 8;
/// Columns of the date.
const DATE_COLUMNS: usize = 16;
/// Columns of the sender, of the room that is left.
const SENDER_SHARE: (usize, usize) = (45, 100);
/// Columns of the sender where lines are neither cut nor wrapped.
const SENDER_COLUMNS_UNBOUNDED: usize = 36;
/// Spaces between columns.
const GAP: usize = 2;
/// Reasons and other lines below a mail stand this far in.
const INDENT: &str = "          ";

impl Listed {
    /// Puts a judged mail into words, or into JSON.
    pub fn of(mail: &JudgedMail<'_>, setup: &Setup, json: bool) -> Self {
        let parts = mail.message.parts_all();
        Self {
            text: if json { mail.json_line() } else { lines(mail, &parts, setup) },
            action: mail.judgement.verdict.action,
            unread: parts.iter().filter_map(|part| part.unread).collect(),
            identity: authentication::identity(&mail.input.facts.sender),
            not_looked_at: mail
                .judgement
                .not_looked_at
                .iter()
                .filter(|what| !what.what.starts_with("part:"))
                .cloned()
                .collect(),
        }
    }
}

/// The line above the table.
pub fn heading(setup: &Setup) -> String {
    let (action, date, sender, subject) =
        either(setup.lang, ("判定", "日時", "差出人", "件名"), ("verdict", "date", "from", "subject"));
    let line = format!(
        "{}{}{}{subject}",
        column(action, ACTION_COLUMNS + GAP),
        column(date, DATE_COLUMNS + GAP),
        column(sender, sender_columns(setup) + GAP)
    );
    format!("{}\n", setup.page.paint(Tone::Heading, line.trim_end()))
}

fn lines(mail: &JudgedMail<'_>, parts: &[&Part], setup: &Setup) -> String {
    let mut out = line(mail, setup);
    let action = mail.judgement.verdict.action;
    if action > Action::Deliver {
        out.push_str(&what_was_cut(mail, setup));
        let proof = authentication::line(mail.message, &mail.input.facts.sender, setup.lang);
        let label = either(setup.lang, "認証: ", "authentication: ");
        out.extend(proof.map(|line| setup.page.paragraph(&format!("{INDENT}{label}"), &line)));
    }
    let mut said = Vec::new();
    for reason in &mail.judgement.verdict.reasons {
        out.push_str(&reason_lines(reason, &mut said, setup));
    }
    let unread = unread_words(parts, setup.lang);
    if !unread.is_empty() {
        let words = either(
            setup.lang,
            format!("中身を見ていない添付: {unread}"),
            format!("attachments not looked into: {unread}"),
        );
        out.push_str(&setup.page.paint(Tone::Quiet, &setup.page.paragraph(INDENT, &words)));
    }
    if action > Action::Deliver && setup.page.columns.is_some() {
        out.push_str(&setup.page.paint(Tone::Quiet, &format!("{INDENT}{}\n", place(mail))));
    }
    out
}

fn line(mail: &JudgedMail<'_>, setup: &Setup) -> String {
    let action = mail.judgement.verdict.action;
    let word = setup.page.paint(action.into(), &column(words::action(action, setup.lang), ACTION_COLUMNS));
    let date = column(&date(mail.message), DATE_COLUMNS);
    let sender = sender(mail.message, setup.lang);
    let subject = foreign(&mail.message.subject, setup.lang);
    let gap = " ".repeat(GAP);
    let columns = sender_columns(setup);
    let (sender, subject) = match setup.page.columns {
        Some(all) => (column(&sender, columns), cut(&subject, all.saturating_sub(before_subject(columns)))),
        None => {
            // Nothing is cut, and who reads it by machine or later needs the place of every mail.
            let filling = columns.saturating_sub(width(&sender));
            (format!("{sender}{}", " ".repeat(filling)), format!("{subject}{gap}{}", place(mail)))
        }
    };
    format!("{word}{gap}{date}{gap}{sender}{gap}{subject}\n")
}

/// Sender and subject of a mail to look at, in full, where the line above had no room for them.
fn what_was_cut(mail: &JudgedMail<'_>, setup: &Setup) -> String {
    let Some(all) = setup.page.columns else { return String::new() };
    let (sender_room, lang) = (sender_columns(setup), setup.lang);
    let sender = (either(lang, "差出人: ", "from: "), sender(mail.message, lang), sender_room);
    let subject = foreign(&mail.message.subject, lang);
    let subject =
        (either(lang, "件名: ", "subject: "), subject, all.saturating_sub(before_subject(sender_room)));
    let cut_ones = [sender, subject].into_iter().filter(|(_, text, room)| width(text) > *room);
    cut_ones.map(|(what, text, _)| setup.page.paragraph(&format!("{INDENT}{what}"), &text)).collect()
}

/// What a rule says, then what was compared. What a stricter rule said already is not said again, and a rule that rests on nothing else has
/// nothing to add.
fn reason_lines(reason: &Reason, said: &mut Vec<String>, setup: &Setup) -> String {
    let is_said = |finding: &Finding| said.contains(&finding.sentence(setup.lang));
    if !reason.findings.is_empty() && reason.findings.iter().all(is_said) {
        return String::new();
    }
    let mark = setup.page.paint(reason.action.into(), either(setup.lang, "・", "- "));
    let mut out = String::new();
    out.push_str(&setup.page.paragraph(INDENT, &format!("{mark}{}", setup.lang.of(&reason.text))));
    let mut told = 0;
    for finding in &reason.findings {
        let sentence = finding.sentence(setup.lang);
        if told < SENTENCES_MAX && !said.contains(&sentence) {
            out.push_str(&setup.page.paragraph(&format!("{INDENT}  "), &sentence));
            said.push(sentence);
            told += 1;
        }
    }
    out
}

/// Of one reason, so many sentences are told; `inspect` tells all.
const SENTENCES_MAX: usize = 3;

/// The file, and the number of the mail in it.
pub fn place(mail: &JudgedMail<'_>) -> String {
    let path = harmless(&mail.raw.path);
    mail.raw.index.map_or_else(|| path.clone(), |index| format!("{path}[{index}]"))
}

/// The first sender as a person would see it, with the address always.
pub fn sender(message: &Message, lang: Lang) -> String {
    match message.from.first() {
        Some(mailbox) => mailbox_words(mailbox, lang),
        None => either(lang, "（差出人なし）", "(no sender)").to_owned(),
    }
}

/// A mailbox: the name quoted, the address plain.
pub fn mailbox_words(mailbox: &Mailbox, lang: Lang) -> String {
    let address = mailbox.address.as_ref().map(|address| harmless_address(&address.to_string()));
    match (mailbox.name.is_empty(), address) {
        (true, Some(address)) => address,
        (true, None) => either(lang, "（アドレスなし）", "(no address)").to_owned(),
        (false, Some(address)) => format!("{} {address}", foreign(&mailbox.name, lang)),
        (false, None) => foreign(&mailbox.name, lang),
    }
}

/// Date and time as the sender wrote them, in the sender's own zone.
pub fn date(message: &Message) -> String {
    message
        .date
        .map(|date| date.rfc3339().chars().take(DATE_COLUMNS).collect::<String>().replace('T', " "))
        .unwrap_or_default()
}

/// The parts that were not looked at, by name and reason.
fn unread_words(parts: &[&Part], lang: Lang) -> String {
    let named = |part: &&Part| {
        let unread = part.unread?;
        let name = if part.name().is_empty() { part.path.clone() } else { foreign(part.name(), lang) };
        let why = words::why_not(unread.id(), lang);
        Some(either(lang, format!("{name}（{why}）"), format!("{name} ({why})")))
    };
    let unread: Vec<String> = parts.iter().filter_map(named).collect();
    let more = unread.len().saturating_sub(UNREAD_NAMED_MAX);
    let mut words =
        unread.iter().take(UNREAD_NAMED_MAX).cloned().collect::<Vec<_>>().join(either(lang, "、", ", "));
    if more > 0 {
        words.push_str(&either(lang, format!("、ほか {more} 個"), format!(", {more} more")));
    }
    words
}

/// So many unread parts of one mail are named.
const UNREAD_NAMED_MAX: usize = 3;

fn sender_columns(setup: &Setup) -> usize {
    match setup.page.columns {
        Some(all) => all.saturating_sub(before_subject(0)) * SENDER_SHARE.0 / SENDER_SHARE.1,
        None => SENDER_COLUMNS_UNBOUNDED,
    }
}

fn before_subject(sender_columns: usize) -> usize {
    ACTION_COLUMNS + DATE_COLUMNS + sender_columns + 3 * GAP
}
