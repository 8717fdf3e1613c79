//! The questions about the memory: whether it can be opened, whether its key is saved, whose mail is missing from it.
//!
//! Whether a backup exists cannot be seen from here. So a person says it (`doctor --key-saved`), and that is noted with the id of the key: for
//! another key it is asked again.

use std::fs;

use jiff::Timestamp;
use sekisho_store::{
    LEARNED_MAILS_MIN, MAILBOX_MAILS_MIN, MailboxSummary, Secret, Store, StoreError, Summary,
};

use super::Answer;
use super::questions::{NAMED_MAX, fine};
use crate::judging::today;
use crate::memory::{self, NoMemory};
use crate::setup::Setup;
use crate::words::{either, harmless_address};

/// Asks everything about the memory.
pub fn ask_all(setup: &Setup) -> Vec<Answer> {
    let summary = match memory::open_to_read(setup) {
        Ok(Some(mut store)) => Store::summary(&mut store).map_err(NoMemory::Store),
        Ok(None) => return vec![nothing_learned(setup)],
        Err(error) => Err(error),
    };
    let summary = match summary {
        Ok(summary) => summary,
        Err(error) => return vec![unusable(&error, setup)],
    };
    let mut answers = vec![learned(&summary, setup)];
    answers.extend(too_little_in_all(&summary, setup).or_else(|| too_little(&summary, setup)));
    answers.extend(missing_people(&summary, setup));
    answers.push(key_saved(setup));
    answers
}

/// Notes that a person saved the key.
///
/// # Errors
/// There is no key, or it cannot be written down; the line for the person.
pub fn note_key_saved(setup: &Setup) -> Result<(), String> {
    let key = key_id(setup).map_err(|error| error.words(setup.lang))?;
    let file = setup.home.key_saved();
    let line = format!("{key} {}\n", today(Timestamp::now()));
    fs::write(&file, line).map_err(|error| {
        let shown = file.display();
        either(
            setup.lang,
            format!("{shown}: 書き込めません（{error}）"),
            format!("{shown}: cannot be written ({error})"),
        )
    })
}

fn key_id(setup: &Setup) -> Result<String, NoMemory> {
    let secret = Secret::of(&setup.home.folder, setup.home.credentials().as_deref());
    secret.map(|secret| secret.id()).map_err(NoMemory::Key)
}

fn nothing_learned(setup: &Setup) -> Answer {
    let ja = "まだ何も学習していません。取引先の名前や過去のやり取りを騙るメールを調べられません";
    let en = "nothing was learned yet; mail in partners' names, and stolen conversations, are not looked for";
    fine(setup, "memory", ja.to_owned(), en.to_owned()).note(
        setup,
        "`sekisho learn` で、社内の方のメールボックスを学習させてください",
        "let it learn the mailboxes of your people with `sekisho learn`",
    )
}

/// The line of the error says the way out: what is lost, another key, a server that does not answer.
fn unusable(error: &NoMemory, setup: &Setup) -> Answer {
    let id = match error {
        NoMemory::KeyLost { .. } | NoMemory::Key(_) | NoMemory::Store(StoreError::OtherSecret { .. }) => {
            "memory-key"
        }
        _ => "memory",
    };
    fine(setup, id, error.words(setup.lang), error.words(setup.lang)).way_out(
        setup,
        "直すまで、やり取りの記憶にもとづく検査は行われません",
        "until it is mended, nothing is compared with past correspondence",
    )
}

fn mails(summary: &Summary) -> u64 {
    summary.mailboxes.iter().map(|mailbox| mailbox.mails).sum()
}

fn learned(summary: &Summary, setup: &Setup) -> Answer {
    let mails = mails(summary);
    let (mailboxes, addresses, confirmed) = (summary.mailboxes.len(), summary.addresses, summary.confirmed);
    fine(
        setup,
        "memory",
        format!(
            "学習したもの: メールボックス {mailboxes} 個、メール {mails} 通、アドレス {addresses} 件（うち確認済み {confirmed} 件）"
        ),
        format!(
            "learned: {mailboxes} mailboxes, {mails} mails, {addresses} addresses ({confirmed} confirmed)"
        ),
    )
}

/// A first look at a part of one mailbox knows nobody: nothing is said of anybody then, also where address books were imported.
fn too_little_in_all(summary: &Summary, setup: &Setup) -> Option<Answer> {
    let mails = mails(summary);
    if mails >= LEARNED_MAILS_MIN.unsigned_abs() {
        return None;
    }
    let ja = format!(
        "学習したメールが {LEARNED_MAILS_MIN} 通に足りません（{mails} 通）。取引先の名前や過去のやり取りを騙るメールは、まだ調べません"
    );
    let en = format!(
        "fewer than {LEARNED_MAILS_MIN} mails were learned ({mails}); mail in partners' names, and stolen conversations, are not looked for yet"
    );
    Some(fine(setup, "memory-mailboxes", ja, en).note(
        setup,
        "過去のメールも学習させてください",
        "let it learn older mail, too",
    ))
}

fn too_little(summary: &Summary, setup: &Setup) -> Option<Answer> {
    let few = |mailbox: &&MailboxSummary| mailbox.mails < MAILBOX_MAILS_MIN.unsigned_abs();
    let few: Vec<String> = summary.mailboxes.iter().filter(few).map(|one| one.mailbox.clone()).collect();
    let list = named(&few, setup)?;
    let ja = format!(
        "学習がまだ足りないメールボックス（{MAILBOX_MAILS_MIN} 通未満）: {list}。この方あての初めての相手は調べません"
    );
    let en = format!(
        "mailboxes with fewer than {MAILBOX_MAILS_MIN} mails learned: {list}; for them nobody is called new"
    );
    Some(fine(setup, "memory-mailboxes", ja, en).note(
        setup,
        "過去のメールも学習させてください",
        "let it learn their older mail, too",
    ))
}

fn missing_people(summary: &Summary, setup: &Setup) -> Option<Answer> {
    let is_learned =
        |address: &str| summary.mailboxes.iter().any(|mailbox| mailbox.mailbox.eq_ignore_ascii_case(address));
    let people = setup.own.people().iter().map(|person| person.address.to_string());
    let missing: Vec<String> = people.filter(|address| !is_learned(address)).collect();
    let list = named(&missing, setup)?;
    let ja = format!("名簿にいて、メールを学習していない方: {list}");
    let en = format!("own people whose mail was not learned: {list}");
    Some(fine(setup, "memory-people", ja, en).note(
        setup,
        "`sekisho learn` で、この方々のメールも学習させてください",
        "let it learn their mail with `sekisho learn`",
    ))
}

fn key_saved(setup: &Setup) -> Answer {
    let key = setup.home.key();
    let shown = key.display();
    let noted = fs::read_to_string(setup.home.key_saved()).unwrap_or_default();
    let (id, day) = noted.trim().split_once(' ').unwrap_or_default();
    if key_id(setup).is_ok_and(|known| known == id) {
        return fine(
            setup,
            "memory-key",
            format!("秘密鍵のバックアップ: {day} に保管したと記録されています"),
            format!("backup of the secret key: said to be kept elsewhere on {day}"),
        );
    }
    fine(
        setup,
        "memory-key",
        format!("秘密鍵 {shown} のバックアップが記録されていません。失うと、学習した会話は使えなくなります"),
        format!("no backup of the secret key {shown} is noted; without the key, learned conversations are of no use"),
    )
    .way_out(
        setup,
        "データベースとは別の安全な場所に写しを保管し、`sekisho doctor --key-saved` を実行してください",
        "keep a copy in a safe place apart from the database, then run `sekisho doctor --key-saved`",
    )
}

/// A few addresses, and how many more; `None` for none.
fn named(addresses: &[String], setup: &Setup) -> Option<String> {
    let mut named: Vec<String> =
        addresses.iter().take(NAMED_MAX).map(|address| harmless_address(address)).collect();
    let more = addresses.len().saturating_sub(named.len());
    if more > 0 {
        named.push(either(setup.lang, format!("ほか {more} 名"), format!("{more} more")));
    }
    (!named.is_empty()).then(|| named.join(either(setup.lang, "、", ", ")))
}
