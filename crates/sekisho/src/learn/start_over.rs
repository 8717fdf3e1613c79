//! A memory whose key is lost → dropped, and bound to a new key; what people decided stays.
//!
//! Only for a key that is lost for good: it asks first, and says what goes and what stays. Where the key fits, there is nothing to do.

use std::fs;
use std::process::ExitCode;

use sekisho_store::{Copy, Secret, StartedOver, Store, StoreError, Tombstone};
use serde::Serialize;

use crate::conversations::{agreed, nothing_learned};
use crate::days;
use crate::flags::Learn;
use crate::judging::json_line;
use crate::memory::{self, NoMemory};
use crate::scan::{EXIT_NOTHING, EXIT_UNUSABLE};
use crate::setup::Setup;
use crate::terminal;
use crate::words::{either, harmless};

/// Tombstones told one by one.
const TOMBSTONES_TOLD_MAX: usize = 20;

/// Starts over, once a person agreed.
pub fn run(learn: &Learn, setup: &Setup) -> ExitCode {
    ExitCode::from(start_over(learn, setup).unwrap_or_else(|line| {
        terminal::complain(&line);
        EXIT_UNUSABLE
    }))
}

fn start_over(learn: &Learn, setup: &Setup) -> Result<u8, String> {
    let lang = setup.lang;
    let (url, folder) = (&setup.config.store.url, &setup.home.folder);
    let refused = |error: StoreError| memory::words(&error, lang);
    let given = lost(setup)?;
    let before = Store::before_starting_over(url, folder).map_err(refused)?;
    if before.legal_holds > 0 && !learn.copy_kept {
        return Err(held(before.legal_holds, setup));
    }
    let plan = plan(&before, setup);
    let question = either(lang, "続けますか", "Go on?");
    if !agreed(learn.yes, &format!("{plan}{question}"), setup).map_err(|line| format!("{plan}{line}"))? {
        return Ok(EXIT_UNUSABLE);
    }
    let is_new = given.is_none();
    let secret = given.map_or_else(|| Secret::create(&setup.home.key()), Ok);
    let secret = secret.map_err(|error| NoMemory::Key(error).words(lang))?;
    let copy = if learn.copy_kept { Copy::Kept } else { Copy::NotKept };
    let (mut store, done) = Store::start_over(url, folder, secret, copy).map_err(|error| {
        if is_new {
            // It opens nothing, and must not look as if it were the right one.
            let _ = fs::remove_file(setup.home.key());
        }
        refused(error)
    })?;
    memory::erase(&mut store, setup);
    let _ = terminal::print(&if learn.json { json(&done) } else { told(&done, setup) });
    Ok(EXIT_NOTHING)
}

/// The key that is there now, and is not the memory's; `None` where there is none.
///
/// # Errors
/// Nothing was learned yet, the key fits, or it cannot be told whether it does.
fn lost(setup: &Setup) -> Result<Option<Secret>, String> {
    match memory::open_to_read(setup) {
        Ok(None) => Err(nothing_learned(setup)),
        Ok(Some(_)) => Err(either(
            setup.lang,
            format!("{}: この鍵で記憶を開けます。捨てるものはありません", setup.home.key().display()),
            format!(
                "{}: this key opens the memory; there is nothing to start over",
                setup.home.key().display()
            ),
        )),
        Err(NoMemory::KeyLost { .. }) => Ok(None),
        Err(NoMemory::Store(StoreError::OtherSecret { .. })) => {
            let secret = Secret::of(&setup.home.folder, setup.home.credentials().as_deref());
            secret.map(Some).map_err(|error| NoMemory::Key(error).words(setup.lang))
        }
        Err(error) => Err(error.words(setup.lang)),
    }
}

fn held(holds: u64, setup: &Setup) -> String {
    either(
        setup.lang,
        format!(
            "法律上の保全が {holds} 件あります。いつ誰と誰がやり取りしたかは、鍵がなくてもデータベースから読めます。先にデータベースの写しを安全な場所に保管し、`sekisho learn --start-over --copy-kept` を実行してください"
        ),
        format!(
            "legal holds: {holds}; who wrote to whom and when can be read in the database without the key; keep a copy of it in a safe place first, then run `sekisho learn --start-over --copy-kept`"
        ),
    )
}

/// What goes and what stays.
fn plan(before: &StartedOver, setup: &Setup) -> String {
    let StartedOver { mails, confirmed, exceptions, legal_holds, .. } = before;
    let beginning = either(
        setup.lang,
        format!(
            "失われた鍵で学習したことを捨て、新しい鍵で始めます。\n\
             ・捨てるもの: メール {mails} 通から学習した相手、名前、会話の指紋。メールが残っていれば、学習し直せます\n\
             ・残るもの: 確認した相手 {confirmed} 件、例外 {exceptions} 件、法律上の保全 {legal_holds} 件、学習を始めた日\n"
        ),
        format!(
            "This drops what was learned with the lost key, and begins anew.\n\
             - dropped: contacts, names and fingerprints learned from {mails} mails; what still lies in mailboxes can be learned again\n\
             - kept: confirmed contacts ({confirmed}), exceptions ({exceptions}), legal holds ({legal_holds}), the day of installation\n"
        ),
    );
    let end = either(
        setup.lang,
        "鍵のバックアップがどこかにあるなら、ここでやめて鍵を戻してください。\n",
        "If there is a backup of the key anywhere, stop here and put it back.\n",
    );
    format!("{beginning}{}{end}", forgotten(&before.tombstones, setup))
}

/// People who must be forgotten again: nothing tells who they are but when and by whom it was decided.
fn forgotten(tombstones: &[Tombstone], setup: &Setup) -> String {
    let lang = setup.lang;
    if tombstones.is_empty() {
        return String::new();
    }
    let count = tombstones.len();
    let mut out = either(
        lang,
        format!(
            "・残せないもの: 忘れた方の印 {count} 件。失われた鍵で作ったもので、どなたの印かは分かりません。学習し直したあと、次の決定の控えを見て `sekisho contacts forget` をやり直してください\n"
        ),
        format!(
            "- cannot be kept: the marks of people who were forgotten ({count}). They were made with the lost key, and say nothing of who it was; once their mail is learned again, repeat `sekisho contacts forget` for what was decided:\n"
        ),
    );
    for Tombstone { author, at } in tombstones.iter().take(TOMBSTONES_TOLD_MAX) {
        let (day, author) = (days::shown(*at), harmless(author));
        out.push_str(&either(
            lang,
            format!("    {day}  決めた人: {author}\n"),
            format!("    {day}  by {author}\n"),
        ));
    }
    let more = count.saturating_sub(TOMBSTONES_TOLD_MAX);
    if more > 0 {
        out.push_str(&either(lang, format!("    ほか {more} 件\n"), format!("    and {more} more\n")));
    }
    out
}

fn told(done: &StartedOver, setup: &Setup) -> String {
    let key = setup.home.key();
    let key = key.display();
    let beginning = either(
        setup.lang,
        format!(
            "新しく始めました。鍵は {key} です。次のことをしてください。\n\
             ・メールボックスを `sekisho learn` で学習し直す（前は {} 通）\n\
             ・鍵の写しを別の安全な場所に保管し、`sekisho doctor --key-saved` を実行する\n",
            done.mails
        ),
        format!(
            "Begun anew with the key {key}. What is left to do:\n\
             - learn the mailboxes again with `sekisho learn` (it had been {} mails)\n\
             - keep a copy of the key in a safe place, then run `sekisho doctor --key-saved`\n",
            done.mails
        ),
    );
    beginning + &forgotten(&done.tombstones, setup)
}

#[derive(Serialize)]
struct Line {
    schema: &'static str,
    mails: u64,
    confirmed: u64,
    exceptions: u64,
    legal_holds: u64,
    forgotten: Vec<ForgottenLine>,
}

#[derive(Serialize)]
struct ForgottenLine {
    author: String,
    at: Option<String>,
}

fn json(done: &StartedOver) -> String {
    let line =
        |stone: &Tombstone| ForgottenLine { author: stone.author.clone(), at: days::rfc3339(stone.at) };
    json_line(&Line {
        schema: "sekisho.started-over/1",
        mails: done.mails,
        confirmed: done.confirmed,
        exceptions: done.exceptions,
        legal_holds: done.legal_holds,
        forgotten: done.tombstones.iter().map(line).collect(),
    })
}
