//! Mails named, a day, or a mailbox → forgotten, with everything that was learned of them.

use std::process::ExitCode;

use sekisho_mail::Address;
use sekisho_store::{MailboxSummary, Store, Withdrawn};

use crate::conversations::agreed;
use crate::days;
use crate::flags::Learn;
use crate::memory;
use crate::scan::{EXIT_FOUND, EXIT_NOTHING, EXIT_UNUSABLE};
use crate::setup::{Setup, Speech};
use crate::terminal;
use crate::words::{either, harmless, harmless_address};

/// Before every mail.
const ALL_OF_THE_PAST: i64 = i64::MIN;
/// Mailboxes named where another one was typed.
const NAMED_MAX: usize = 10;

/// The command that takes back all that was learned of a mailbox.
pub fn of_mailbox(owner: &str) -> String {
    format!("`sekisho learn --unlearn-mailbox {owner}`")
}

/// Forgets. Exit status 1 where a mail or mailbox named is not remembered, 2 where mails stay for the sake of the law.
pub fn run(learn: &Learn, store: &mut Store, setup: &Setup) -> ExitCode {
    let lang = setup.lang;
    let mut all = Withdrawn::default();
    let mut missing = false;
    for name in &learn.unlearn {
        let name = name.trim().trim_start_matches('<').trim_end_matches('>');
        match store.unlearn_named(name, learn.mailbox.as_ref()) {
            Ok(done) => {
                missing |= done == Withdrawn::default();
                if done == Withdrawn::default() {
                    terminal::complain(&unknown(name, setup));
                }
                add(&mut all, done);
            }
            Err(error) => return refused(&memory::words(&error, lang)),
        }
    }
    if let Some(day) = learn.unlearn_since {
        match store.unlearn_since(days::start_of(day), learn.mailbox.as_ref()) {
            Ok(done) => add(&mut all, done),
            Err(error) => return refused(&memory::words(&error, lang)),
        }
    }
    if let Some(mailbox) = &learn.unlearn_mailbox {
        match whole_mailbox(mailbox, learn, store, setup) {
            Ok(Some(done)) => add(&mut all, done),
            Ok(None) => {
                missing = true;
                terminal::complain(&unknown_mailbox(mailbox, store, setup));
            }
            Err(line) => return refused(&line),
        }
    }
    memory::erase(store, setup);
    tell(all, learn, setup);
    ExitCode::from(match all.held {
        0 if missing => EXIT_FOUND,
        0 => EXIT_NOTHING,
        _ => EXIT_UNUSABLE,
    })
}

/// Forgets a mailbox, once a person agreed. `None` where it was not learned.
///
/// # Errors
/// Nobody agreed, or the memory refused; the line for the person, empty where they said no.
fn whole_mailbox(
    mailbox: &Address,
    learn: &Learn,
    store: &mut Store,
    setup: &Setup,
) -> Result<Option<Withdrawn>, String> {
    let refused = |error| memory::words(&error, setup.lang);
    let owner = mailbox.to_string();
    let learned = store.summary().map_err(refused)?.mailboxes;
    let Some(summary) = learned.iter().find(|one| one.mailbox.eq_ignore_ascii_case(&owner)) else {
        return Ok(None);
    };
    let question = plan(summary, setup) + either(setup.lang, "よろしいですか", "Go on?");
    // Where there is nobody to ask, it is said what would go, too.
    let agreed = agreed(learn.yes, &question, setup);
    if !agreed.map_err(|line| format!("{}{line}", plan(summary, setup)))? {
        return Err(String::new());
    }
    store.unlearn_since(ALL_OF_THE_PAST, Some(mailbox)).map(Some).map_err(refused)
}

/// What would be forgotten of a mailbox.
fn plan(summary: &MailboxSummary, setup: &Setup) -> String {
    let MailboxSummary { mails, sent, received, contacts, conversations, .. } = summary;
    let owner = harmless_address(&summary.mailbox);
    either(
        setup.lang,
        format!(
            "{owner} のメールボックスから学習したことをすべて忘れます: メール {mails} 通（送信 {sent}、受信 {received}）、相手 {contacts} 件、やり取り {conversations} 件。メールが残っていれば、学習し直せます。"
        ),
        format!(
            "Everything learned of the mailbox of {owner} is forgotten: {mails} mails ({sent} sent, {received} received), {contacts} contacts, {conversations} conversations. What still lies in the mailbox can be learned again. "
        ),
    )
}

fn add(all: &mut Withdrawn, done: Withdrawn) {
    all.forgotten += done.forgotten;
    all.held += done.held;
}

fn unknown(name: &str, setup: &Setup) -> String {
    let name = harmless(name);
    either(
        setup.lang,
        format!(
            "{name}: このメールは学習されていません。Message-ID か、scan --json の mail.key を指定してください"
        ),
        format!("{name}: no such mail was learned; name its Message-ID, or mail.key of scan --json"),
    )
}

fn unknown_mailbox(owner: &Address, store: &mut Store, setup: &Setup) -> String {
    let owner = harmless_address(&owner.to_string());
    let learned = store.summary().map(|summary| summary.mailboxes).unwrap_or_default();
    let mut names: Vec<String> = learned.iter().map(|one| harmless_address(&one.mailbox)).collect();
    if names.len() > NAMED_MAX {
        names.truncate(NAMED_MAX);
        names.push("…".to_owned());
    }
    let (ja, en) = match names.is_empty() {
        true => (String::new(), String::new()),
        false => (
            format!("。学習してあるのは {} です", names.join("、")),
            format!("; those that were: {}", names.join(", ")),
        ),
    };
    either(
        setup.lang,
        format!("{owner}: このメールボックスは学習されていません{ja}"),
        format!("{owner}: no such mailbox was learned{en}"),
    )
}

fn tell(all: Withdrawn, learn: &Learn, setup: &Setup) {
    let Withdrawn { forgotten, held } = all;
    let lang = setup.lang;
    if learn.json {
        let _ = terminal::print(&format!(
            "{{\"schema\":\"sekisho.unlearned/1\",\"mails\":{forgotten},\"held\":{held}}}\n"
        ));
    } else if setup.speech == Speech::Full && (forgotten > 0 || held == 0) {
        let words = either(
            lang,
            format!("{forgotten} 通から学習したことを忘れました。"),
            format!(
                "{forgotten} {} forgotten, with what was learned of {}.",
                if forgotten == 1 { "mail" } else { "mails" },
                if forgotten == 1 { "it" } else { "them" }
            ),
        );
        let _ = terminal::print(&setup.page.paragraph("", &words));
    }
    if held > 0 {
        terminal::complain(&either(
            lang,
            format!(
                "法律上の保全の対象になっている方のメール {held} 通は、忘れずに残しました。`sekisho contacts legal-holds` で保全の一覧を見られます"
            ),
            format!(
                "mails of people under a legal hold: {held}; they are not forgotten (`sekisho contacts legal-holds` lists the holds)"
            ),
        ));
    }
}

fn refused(line: &str) -> ExitCode {
    if !line.is_empty() {
        terminal::complain(line);
    }
    ExitCode::from(EXIT_UNUSABLE)
}
