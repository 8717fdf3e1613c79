//! `conversations`: a mail or text → the remembered conversations that it holds, and in which mails; or remembered mails as a list.
//!
//! Who runs it is in charge: everybody's conversations are shown. No word of any mail is remembered, so none is shown.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sekisho_store::{Conversation, Direction, Remembered, Store, StoreError, Wanted};
use serde::Serialize;

use crate::days;
use crate::files::{self, Met, Want};
use crate::flags::{Conversations, ConversationsAct, ForgetConversations};
use crate::judging::json_line;
use crate::memory::{self, NoMemory};
use crate::relations::{days_seen, parties};
use crate::setup::Setup;
use crate::terminal::{self, Answer, Tone};
use crate::words::{either, harmless_address};

/// Something was found, or done.
const EXIT_DONE: u8 = 0;
/// Nothing was found.
const EXIT_NOTHING: u8 = 1;
/// It could not be done.
const EXIT_FAILED: u8 = 2;

/// What counts as words of a conversation, in tenths of a Latin letter of language: less is a greeting that many write.
const LANGUAGE_WEIGHT_MIN: u32 = 400;

/// Lists, finds or forgets.
pub fn run(conversations: &Conversations, setup: &Setup) -> ExitCode {
    let done = match &conversations.act {
        Some(ConversationsAct::Forget(forget)) => forget_words(forget, setup),
        None => show(conversations, setup),
    };
    ExitCode::from(done.unwrap_or_else(|line| {
        terminal::complain(&line);
        EXIT_FAILED
    }))
}

fn show(wish: &Conversations, setup: &Setup) -> Result<u8, String> {
    let mut store = opened(setup)?;
    let refused = |error: StoreError| memory::words(&error, setup.lang);
    let as_of = wish.as_of.map(days::end_of);
    let text = match &wish.file {
        Some(file) => {
            let mut found = Vec::new();
            let mut holding = Vec::new();
            for text in texts(file, setup)? {
                found.extend(store.conversations(&text, as_of).map_err(refused)?);
                holding.extend(store.holding(&text, as_of, wish.limit).map_err(refused)?);
            }
            told_once(&mut found, &mut holding, wish.limit);
            if found.is_empty() {
                return nothing(wish.json, setup);
            }
            match wish.json {
                true => found.iter().map(conversation_json).chain(holding.iter().map(mail_json)).collect(),
                false => drawn(&found, &holding, setup),
            }
        }
        None => {
            let wanted =
                Wanted { party: wish.party.as_ref(), mailbox: wish.mailbox.as_ref(), limit: wish.limit };
            let mails = store.mails(&wanted, as_of).map_err(refused)?;
            if mails.is_empty() {
                return nothing(wish.json, setup);
            }
            match wish.json {
                true => mails.iter().map(mail_json).collect(),
                false => mails.iter().map(|mail| mail_line("", mail, setup)).collect(),
            }
        }
    };
    let _ = terminal::print(&text);
    Ok(EXIT_DONE)
}

/// What is worth telling: greetings are not, and a plain and an HTML text of one mail say the same.
fn told_once(found: &mut Vec<Conversation>, mails: &mut Vec<Remembered>, limit: usize) {
    let mut seen = BTreeSet::new();
    found.retain(|one| one.weight_of_language >= LANGUAGE_WEIGHT_MIN);
    found.sort_by_key(|one| std::cmp::Reverse((one.weight_of_language, one.weight)));
    found.retain(|one| seen.insert((one.parties.clone(), one.from, one.until)));
    mails.sort_by(|a, b| (a.at, &a.mailbox).cmp(&(b.at, &b.mailbox)));
    mails.dedup();
    mails.truncate(limit);
}

fn nothing(json: bool, setup: &Setup) -> Result<u8, String> {
    if !json {
        let _ = terminal::print(either(
            setup.lang,
            "覚えているものの中には見つかりません\n",
            "nothing of it is remembered\n",
        ));
    }
    Ok(EXIT_NOTHING)
}

fn forget_words(forget: &ForgetConversations, setup: &Setup) -> Result<u8, String> {
    let lang = setup.lang;
    let texts = texts(&forget.file, setup)?;
    let mut found = Vec::new();
    let mut store = opened(setup)?;
    for text in &texts {
        found.extend(store.conversations(text, None).map_err(|error| memory::words(&error, lang))?);
    }
    drop(store);
    told_once(&mut found, &mut Vec::new(), 0);
    let _ = terminal::print(&drawn(&found, &[], setup));
    let question = either(
        lang,
        "これらの会話のうち、この文面と同じ所のある文章の指紋を、すべてのメールボックスの記憶から消します。よろしいですか",
        "Of these conversations, the fingerprints of every text that shares these words are removed from every mailbox's memory. Go on?",
    );
    if !agreed(forget.yes, question, setup)? {
        return Ok(EXIT_FAILED);
    }
    let mut store = memory::open(setup).map_err(|error| error.words(lang))?;
    let mut forgotten = 0;
    for text in texts {
        forgotten += store.forget_words(&text).map_err(|error| memory::words(&error, lang))?;
    }
    if forgotten == 0 {
        return nothing(false, setup);
    }
    let _ = terminal::print(&either(
        lang,
        format!("会話の文面を {forgotten} 件忘れました。いつ誰と誰がやり取りしたかは残っています\n"),
        format!("Forgot the words of {forgotten} remembered texts; who wrote to whom and when stays.\n"),
    ));
    Ok(EXIT_DONE)
}

/// Whether a person agrees to what cannot be taken back.
///
/// # Errors
/// Nobody can be asked.
pub fn agreed(yes: bool, question: &str, setup: &Setup) -> Result<bool, String> {
    if yes {
        return Ok(true);
    }
    match terminal::ask(question) {
        Answer::Yes => Ok(true),
        Answer::No => Ok(false),
        Answer::Nobody => Err(either(
            setup.lang,
            "確かめる相手がいません（端末ではありません）。よければ --yes を付けてください".to_owned(),
            "there is nobody to ask (no terminal); say --yes if you mean it".to_owned(),
        )),
    }
}

/// The memory, to be read.
///
/// # Errors
/// There is none yet, or it cannot be opened; the line for the person.
pub fn opened(setup: &Setup) -> Result<Store, String> {
    let opened = memory::open_to_read(setup);
    if let (Ok(_), Some(refused)) = (&opened, &setup.refused) {
        terminal::complain(&either(
            setup.lang,
            format!("{}（store.url だけを使い、ほかは組み込みの設定で続けます）", refused.line),
            format!("{} (going on with its store.url, and else with what is built in)", refused.line),
        ));
    }
    match opened {
        Ok(Some(store)) => Ok(store),
        Ok(None) => Err(nothing_learned(setup)),
        Err(error) => Err(NoMemory::words(&error, setup.lang)),
    }
}

/// That there is no memory yet.
pub fn nothing_learned(setup: &Setup) -> String {
    either(
        setup.lang,
        "まだ何も学習していません。`sekisho learn` で始めてください".to_owned(),
        "nothing was learned yet; begin with `sekisho learn`".to_owned(),
    )
}

/// The texts in a file: those of the mails in it, or the file's own.
fn texts(file: &Path, setup: &Setup) -> Result<Vec<String>, String> {
    let mut texts = Vec::new();
    let mut problem = None;
    let paths: [PathBuf; 1] = [file.to_owned()];
    let _ = files::walk(&paths, Want::AnyFile, &mut |met| {
        match met {
            Met::Mail(mail) => match setup.readers.mail(&mail.bytes) {
                Ok(reading) => texts.extend(reading.message.texts().map(|(_, view)| view.text.clone())),
                Err(error) => problem = Some(error.to_string()),
            },
            Met::File(file) => texts.push(decoded(&file.bytes)),
            Met::Problem(met) => problem = Some(met.words(setup.lang)),
            Met::NotMail => {}
        }
        match problem {
            Some(_) => ControlFlow::Break(()),
            None => ControlFlow::Continue(()),
        }
    });
    problem.map_or(Ok(texts), Err)
}

/// A text as Japanese editors save it: UTF-8, or Shift_JIS.
fn decoded(bytes: &[u8]) -> String {
    let encoding =
        if std::str::from_utf8(bytes).is_ok() { encoding_rs::UTF_8 } else { encoding_rs::SHIFT_JIS };
    encoding.decode(bytes).0.into_owned()
}

fn drawn(found: &[Conversation], holding: &[Remembered], setup: &Setup) -> String {
    let (lang, page) = (setup.lang, &setup.page);
    let mut out = String::new();
    for one in found {
        let days = days_seen(one.from, one.until, lang);
        let who = parties(&one.parties, one.parties.len(), lang);
        let mailboxes = parties(&one.mailboxes, one.mailboxes.len(), lang);
        let words = either(
            lang,
            format!("{who} のやり取り（{days}）。覚えているメールボックス: {mailboxes}"),
            format!("of {who} ({days}); remembered by {mailboxes}"),
        );
        out.push_str(&page.paragraph(either(lang, "・", "- "), &words));
    }
    if !holding.is_empty() {
        let heading = either(lang, "この文面を含むメール", "Mails that hold these words");
        out.push_str(&format!("\n{}\n", page.paint(Tone::Heading, heading)));
        out.extend(holding.iter().map(|mail| mail_line("  ", mail, setup)));
    }
    out
}

fn mail_line(indent: &str, mail: &Remembered, setup: &Setup) -> String {
    let lang = setup.lang;
    let direction = match mail.direction {
        Direction::Sent => either(lang, "送信", "sent    "),
        Direction::Received => either(lang, "受信", "received"),
    };
    let (day, mailbox) = (days::shown(mail.at), harmless_address(&mail.mailbox));
    let others: Vec<String> = mail.parties.iter().filter(|party| **party != mail.mailbox).cloned().collect();
    let others = parties(&others, others.len(), lang);
    setup.page.paragraph(&format!("{indent}{day}  {direction}  "), &format!("{mailbox}  {others}"))
}

#[derive(Serialize)]
struct ConversationLine<'a> {
    schema: &'static str,
    weight: u32,
    weight_of_language: u32,
    parties: &'a [String],
    mailboxes: &'a [String],
    from: Option<String>,
    until: Option<String>,
}

fn conversation_json(one: &Conversation) -> String {
    json_line(&ConversationLine {
        schema: "sekisho.conversation/1",
        weight: one.weight,
        weight_of_language: one.weight_of_language,
        parties: &one.parties,
        mailboxes: &one.mailboxes,
        from: days::rfc3339(one.from),
        until: days::rfc3339(one.until),
    })
}

#[derive(Serialize)]
struct RememberedLine<'a> {
    schema: &'static str,
    mailbox: &'a str,
    direction: &'static str,
    at: Option<String>,
    parties: &'a [String],
}

fn mail_json(mail: &Remembered) -> String {
    json_line(&RememberedLine {
        schema: "sekisho.remembered/1",
        mailbox: &mail.mailbox,
        direction: match mail.direction {
            Direction::Sent => "sent",
            Direction::Received => "received",
        },
        at: days::rfc3339(mail.at),
        parties: &mail.parties,
    })
}
