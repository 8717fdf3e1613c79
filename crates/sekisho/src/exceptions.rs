//! `exceptions`: what people decided about senders → listed, added, withdrawn.

use std::collections::BTreeSet;
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::civil::Date;
use sekisho_facts::Exception;
use sekisho_judge::nearest::nearest;
use sekisho_judge::{ALL, Lang, SilencedBy};
use sekisho_mail::Address;
use serde::Serialize;

use crate::conversations::opened;
use crate::days;
use crate::decisions;
use crate::flags::{AddException, Exceptions, ExceptionsAct, Withdraw};
use crate::judging::json_line;
use crate::memory;
use crate::setup::Setup;
use crate::terminal;
use crate::words::{either, harmless, harmless_address};

/// Something was found, or done.
const EXIT_DONE: u8 = 0;
/// There is none.
const EXIT_NOTHING: u8 = 1;
/// It could not be done.
const EXIT_FAILED: u8 = 2;

/// Lists, adds or withdraws.
pub fn run(exceptions: &Exceptions, setup: &Setup) -> ExitCode {
    let done = match &exceptions.act {
        Some(ExceptionsAct::Add(add)) => self::add(add, setup),
        Some(ExceptionsAct::Withdraw(withdraw)) => self::withdraw(withdraw, setup),
        None => list(exceptions, setup),
    };
    ExitCode::from(done.unwrap_or_else(|line| {
        terminal::complain(&line);
        EXIT_FAILED
    }))
}

fn list(wish: &Exceptions, setup: &Setup) -> Result<u8, String> {
    let at = wish.as_of.map_or_else(|| Timestamp::now().as_second(), days::end_of);
    let exceptions = opened(setup)?.exceptions(at).map_err(|error| memory::words(&error, setup.lang))?;
    if exceptions.is_empty() {
        if !wish.json {
            let _ = terminal::print(either(setup.lang, "例外はありません\n", "there are no exceptions\n"));
        }
        return Ok(EXIT_NOTHING);
    }
    let text: String = match wish.json {
        true => exceptions.iter().map(json).collect(),
        false => exceptions.iter().map(|exception| lines(exception, setup)).collect(),
    };
    let _ = terminal::print(&text);
    Ok(EXIT_DONE)
}

fn add(add: &AddException, setup: &Setup) -> Result<u8, String> {
    decisions::why(&add.reason, setup.lang)?;
    decisions::by_whom(&add.by, setup.lang)?;
    not_for_everybody(&add.sender, setup)?;
    not_over(add.until, Timestamp::now().as_second(), setup.lang)?;
    for id in &add.checks {
        match sekisho_judge::check(id) {
            None => return Err(unknown_check(id, setup.lang)),
            Some(registered) if registered.check.silenced_by == SilencedBy::Nothing => {
                return Err(either(
                    setup.lang,
                    format!("--check \"{id}\": この検査は例外では止められません"),
                    format!("--check \"{id}\": no exception can silence this check"),
                ));
            }
            Some(_) => {}
        }
    }
    let mut seen = BTreeSet::new();
    let exception = Exception {
        id: 0,
        sender: add.sender.clone(),
        checks: add.checks.iter().filter(|id| seen.insert(*id)).cloned().collect(),
        reason: add.reason.clone(),
        author: add.by.clone(),
        made_at: Timestamp::now().as_second(),
        // It holds on that day, too.
        until_at: days::end_of(add.until).saturating_add(1),
    };
    let mut store = memory::open(setup).map_err(|error| error.words(setup.lang))?;
    let holding = store.exceptions(exception.made_at).map_err(|error| memory::words(&error, setup.lang))?;
    if let Some(same) = holding.iter().find(|held| says_it_already(held, &exception)) {
        return Err(there_already(same, setup.lang));
    }
    let id = store.except(&exception).map_err(|error| memory::words(&error, setup.lang))?;
    let (sender, until) = (harmless_address(&exception.sender), add.until);
    let _ = terminal::print(&either(
        setup.lang,
        format!(
            "例外 {id} を記録しました: {sender}、{until} まで。差出人の認証が通ったときだけ働き、添付ファイルやリンクの動作についての判定は変わりません\n"
        ),
        format!(
            "Exception {id} is kept: {sender}, until {until}. It counts only while the sender authenticates, and changes nothing about what attachments and links do.\n"
        ),
    ));
    doubts(id, &exception, add.until, setup).iter().for_each(|line| terminal::complain(line));
    Ok(EXIT_DONE)
}

/// An exception that holds longer than this, in days, is told: in two years nobody knows any more why it was made.
const DAYS_MAX: i64 = 2 * 366;
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// Whether one that holds covers the same sender and checks, for as long.
fn says_it_already(held: &Exception, new: &Exception) -> bool {
    let checks = |exception: &Exception| exception.checks.iter().cloned().collect::<BTreeSet<String>>();
    held.sender == new.sender && checks(held) == checks(new) && held.until_at >= new.until_at
}

fn there_already(same: &Exception, lang: Lang) -> String {
    let (id, sender, until) = (same.id, harmless_address(&same.sender), days::last_before(same.until_at));
    either(
        lang,
        format!(
            "--sender {sender}: 同じ例外がもうあります（番号 {id}、{until} まで）。期限を延ばすなら、それより後の日を --until で指定してください"
        ),
        format!(
            "--sender {sender}: there is such an exception already (number {id}, until {until}); to extend it, give a later day with --until"
        ),
    )
}

/// What a person should think over about an exception that was kept.
fn doubts(id: i64, exception: &Exception, until: Date, setup: &Setup) -> Vec<String> {
    let lang = setup.lang;
    let sender = harmless_address(&exception.sender);
    let way_back = format!("`sekisho exceptions withdraw {id} --by {}`", either(lang, "名前", "WHO"));
    let mut lines = Vec::new();
    if exception.until_at.saturating_sub(exception.made_at) > DAYS_MAX.saturating_mul(DAY_SECONDS) {
        lines.push(either(
            lang,
            format!(
                "--until {until}: 2 年より先まで続く例外です。打ち間違いや、もっと短くてよい場合は、{way_back} で取り消して作り直してください"
            ),
            format!(
                "--until {until}: more than two years ahead; if that is a slip, or a shorter time will do, {way_back} takes it back, and make it anew"
            ),
        ));
    }
    let is_ours = match exception.sender.strip_prefix('@') {
        Some(domain) => setup.own.is_own_domain(domain),
        None => Address::parse(&exception.sender).is_some_and(|sender| setup.own.is_own_address(&sender)),
    };
    if is_ours {
        lines.push(either(
            lang,
            format!(
                "--sender {sender}: 自分の組織のアドレスです。組織の名をかたるメールへの用心が弱まります。取引先のつもりだったなら、{way_back} で取り消してください"
            ),
            format!(
                "--sender {sender}: is one of your own; you are less on your guard against mail in your own name now; if a partner was meant, {way_back} takes it back"
            ),
        ));
    }
    lines
}

/// That the domain of a sender is not one at which anybody gets an address.
fn not_for_everybody(sender: &str, setup: &Setup) -> Result<(), String> {
    match sender.strip_prefix('@') {
        Some(domain) if setup.lists().freemail.holds(domain) => {
            let sender = harmless_address(sender);
            Err(either(
                setup.lang,
                format!(
                    "--sender {sender}: 誰でもアドレスを持てるドメインなので、全体を例外にはできません。アドレスを一つ指定してください（例: --sender yamada{sender}）"
                ),
                format!(
                    "--sender {sender}: anybody can have an address there, so no exception is made for all of it; name one address, as with --sender yamada{sender}"
                ),
            ))
        }
        _ => Ok(()),
    }
}

/// That the last day of an exception is not over.
fn not_over(until: Date, now: i64, lang: Lang) -> Result<(), String> {
    if days::end_of(until) >= now {
        return Ok(());
    }
    let today = days::shown(now);
    Err(either(
        lang,
        format!("--until {until}: もう過ぎた日です。今日（{today}）以降の日を指定してください"),
        format!("--until {until}: is over; give a day from today ({today}) on"),
    ))
}

fn withdraw(withdraw: &Withdraw, setup: &Setup) -> Result<u8, String> {
    let id = withdraw.id;
    decisions::by_whom(&withdraw.by, setup.lang)?;
    drop(opened(setup)?);
    let mut store = memory::open(setup).map_err(|error| error.words(setup.lang))?;
    let now = Timestamp::now().as_second();
    let was_there =
        store.withdraw_exception(id, &withdraw.by, now).map_err(|error| memory::words(&error, setup.lang))?;
    let (text, status) = match was_there {
        true => (
            either(
                setup.lang,
                format!("例外 {id} を取り消しました\n"),
                format!("Exception {id} is withdrawn.\n"),
            ),
            EXIT_DONE,
        ),
        false => (
            either(
                setup.lang,
                format!("例外 {id} はないか、すでに取り消されています\n"),
                format!("there is no exception {id}, or it was withdrawn before\n"),
            ),
            EXIT_NOTHING,
        ),
    };
    let _ = terminal::print(&text);
    Ok(status)
}

fn unknown_check(id: &str, lang: Lang) -> String {
    let id = harmless(id);
    match nearest(&id, ALL.iter().map(|check| check.id)) {
        Some(near) => either(
            lang,
            format!("--check \"{id}\": この検査はありません。\"{near}\" のことですか"),
            format!("--check \"{id}\": unknown check; did you mean \"{near}\"?"),
        ),
        None => either(
            lang,
            format!("--check \"{id}\": この検査はありません。`sekisho explain` で一覧が出ます"),
            format!("--check \"{id}\": unknown check; `sekisho explain` lists them"),
        ),
    }
}

fn lines(exception: &Exception, setup: &Setup) -> String {
    let lang = setup.lang;
    let sender = harmless_address(&exception.sender);
    let (from, until) = (days::shown(exception.made_at), days::last_before(exception.until_at));
    let checks = match exception.checks.is_empty() {
        true => either(lang, "止められる検査すべて", "every check that may be silenced").to_owned(),
        false => exception.checks.join(either(lang, "、", ", ")),
    };
    let (author, reason) = (harmless(&exception.author), harmless(&exception.reason));
    let words = either(
        lang,
        format!("{sender}（{from} から {until} まで）: {checks}。決めた人: {author}。理由: {reason}"),
        format!("{sender} ({from} to {until}): {checks}; by {author}: {reason}"),
    );
    setup.page.paragraph(&format!("{:>4}  ", exception.id), &words)
}

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    id: i64,
    sender: &'a str,
    checks: &'a [String],
    reason: &'a str,
    author: &'a str,
    made_at: Option<String>,
    until_at: Option<String>,
}

fn json(exception: &Exception) -> String {
    json_line(&Line {
        schema: "sekisho.exception/1",
        id: exception.id,
        sender: &exception.sender,
        checks: &exception.checks,
        reason: &exception.reason,
        author: &exception.author,
        made_at: days::rfc3339(exception.made_at),
        until_at: days::end_rfc3339(exception.until_at),
    })
}
