//! What was learned → a sentence and a table for people, or one JSON object for programs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sekisho_judge::Lang;
use sekisho_mail::Address;
use sekisho_store::{Expired, MailboxSummary, Store};
use serde::Serialize;

use super::folders::Folder;
use super::not_taken::{self, NotTaken};
use super::people::Part;
use super::sum::Sum;
use super::whose::Other;
use super::withdraw;
use crate::flags::Learn;
use crate::judging::json_line;
use crate::setup::{Setup, Speech};
use crate::terminal::{self, Tone, width};
use crate::words::{self, either, harmless, harmless_address};

/// Folders of a folder that are named.
const PARTS_SHOWN_MAX: usize = 20;

/// Tells it, with what is remembered of each mailbox by now.
pub fn tell(sums: &[Sum], expired: Option<Expired>, store: &mut Store, learn: &Learn, setup: &Setup) {
    // The mails are learned; a database that cannot count them now takes nothing of that back.
    let now = store.summary().map(|summary| summary.mailboxes).unwrap_or_default();
    if learn.json {
        let _ = terminal::print(&json_line(&Learned::of(sums, expired, &now)));
    } else if setup.speech == Speech::Full && !sums.is_empty() {
        let _ = terminal::print(&draw(sums, expired.unwrap_or_default(), &now, setup));
    }
}

/// What is remembered of a mailbox.
fn remembered<'a>(sum: &Sum, now: &'a [MailboxSummary]) -> Option<&'a MailboxSummary> {
    let owner = sum.mailbox.to_string();
    now.iter().find(|summary| summary.mailbox.eq_ignore_ascii_case(&owner))
}

/// Whose mailbox it is taken for, and how to say otherwise.
pub fn guessed(path: &Path, owner: &Address, counted: u32, all: u32, setup: &Setup) -> String {
    let (path, owner) = (harmless(&path.to_string_lossy()), harmless_address(&owner.to_string()));
    let line = either(
        setup.lang,
        format!(
            "{path}: {owner} さんのメールボックスとして学習します（調べた {all} 通のうち {counted} 通から）。違うときは --mailbox で指定してください。"
        ),
        format!(
            "{path}: learned as the mailbox of {owner} ({counted} of {all} mails looked at say so); if that is wrong, name the owner with --mailbox."
        ),
    );
    setup.page.paragraph("", &line)
}

/// Warns of an owner who is none of our people. Who helps another organisation may mean it, so learning goes on.
pub fn complain_of_stranger(owner: &Address, setup: &Setup) {
    if setup.own.domains().is_empty() || setup.own.is_own_address(owner) {
        return;
    }
    let (owner, domains) = (harmless_address(&owner.to_string()), harmless(&setup.own.domains().join(", ")));
    let way_back = withdraw::of_mailbox(&owner);
    terminal::complain(&either(
        setup.lang,
        format!(
            "{owner}: 設定にある組織のドメイン（{domains}）のアドレスではありませんが、学習します。間違いなら {way_back} で取り消せます"
        ),
        format!(
            "{owner}: is of none of your domains ({domains}), and is learned all the same; if that is a mistake, {way_back} takes it back"
        ),
    ));
}

/// Warns where the mails clearly belong to another of our addresses than the one that was named.
pub fn complain_of_other(sum: &Sum, setup: &Setup) {
    let Some(Other { address, mails, of_owner, all }) = sum.other() else { return };
    let (path, owner) = (harmless(&sum.path), harmless_address(&sum.mailbox.to_string()));
    let other = harmless_address(&address.to_string());
    let way_back = withdraw::of_mailbox(&owner);
    terminal::complain(&either(
        setup.lang,
        format!(
            "{path}: {owner} のメールボックスとして学習しましたが、{all} 通のうち {mails} 通は {other} が差出人か宛先で、{owner} の名があるのは {of_owner} 通です。指定が間違いなら、{way_back} で取り消し、このフォルダーを --mailbox {other} で学習し直してください（{owner} 本人のメールも学習してあった場合は、それも学習し直してください）"
        ),
        format!(
            "{path}: learned as the mailbox of {owner}, but {mails} of {all} mails are from or to {other}, and {of_owner} from or to {owner}; if it is {other}'s, {way_back} takes it back, then learn it with --mailbox {other} (and {owner}'s own mail again, where it had been learned)"
        ),
    ));
}

/// Why nothing was learned of a mailbox whose owner is not clear, and the way out.
pub fn unsure(path: &Path, likely: &[Address], lang: Lang) -> String {
    let path = harmless(&path.to_string_lossy());
    let names: Vec<String> = likely.iter().map(|address| harmless_address(&address.to_string())).collect();
    let example = names.first().cloned().unwrap_or_else(|| "sato@midori.example".to_owned());
    let (ja, en) = if names.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("（候補: {}）", names.join("、")), format!(" (perhaps {})", names.join(", ")))
    };
    either(
        lang,
        format!(
            "{path}: 誰のメールボックスか分からないため、学習していません{ja}。--mailbox {example} のように指定してください。何人分かが入っているフォルダーなら、一人ずつ指定してください"
        ),
        format!(
            "{path}: nothing was learned, since it is not clear whose mailbox this is{en}; name the owner, as with --mailbox {example}; \
             where a folder holds several people's mail, learn one by one"
        ),
    )
}

/// Why nothing was learned of a folder with several people's mailboxes, and the way out.
pub fn several(path: &Path, parts: &[Part], lang: Lang) -> String {
    let shown = |part: &Part| {
        let owners: Vec<String> = part.owners.iter().map(|owner| harmless_address(owner)).collect();
        let owners =
            if owners.is_empty() { vec![either(lang, "不明", "not clear").to_owned()] } else { owners };
        format!("{}: {}", harmless(&part.path.to_string_lossy()), owners.join(either(lang, "、", ", ")))
    };
    let people: BTreeSet<&String> = parts.iter().flat_map(|part| &part.owners).collect();
    let listed: Vec<String> = parts.iter().take(PARTS_SHOWN_MAX).map(shown).collect();
    let more = if parts.len() > PARTS_SHOWN_MAX { "…" } else { "" };
    let command: Vec<String> = parts.iter().take(PARTS_SHOWN_MAX).map(|part| quoted(&part.path)).collect();
    let (path, people) = (harmless(&path.to_string_lossy()), people.len());
    let (listed, command) = (listed.join(either(lang, "、", "; ")) + more, command.join(" ") + more);
    either(
        lang,
        format!(
            "{path}: {people} 人のメールボックスが入っているようなので、学習していません（{listed}）。一人ずつ分けて指定してください: `sekisho learn {command}`。すべて一人のメールなら、--mailbox で持ち主を指定してください"
        ),
        format!(
            "{path}: nothing was learned, since the mailboxes of {people} people seem to lie in it ({listed}); name them one by one: `sekisho learn {command}`; \
             if all of it is one person's mail, name the owner with --mailbox"
        ),
    )
}

/// A path as it is typed.
fn quoted(path: &Path) -> String {
    let path = harmless(&path.to_string_lossy());
    let is_plain = path.chars().all(|sign| sign.is_alphanumeric() || "/._-+@:".contains(sign));
    if is_plain { path } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

fn draw(sums: &[Sum], expired: Expired, now: &[MailboxSummary], setup: &Setup) -> String {
    let lang = setup.lang;
    let mut out = format!("\n{}\n", setup.page.paint(Tone::Heading, &sentence(sums, lang)));
    out.push_str(&table(sums, now, lang));
    let mut note = |text: String| out.push_str(&setup.page.paragraph(either(lang, "・", "- "), &text));
    for sum in sums {
        notes(sum, now, lang, &mut note);
    }
    if expired != Expired::default() {
        note(forgotten(expired, setup));
    }
    for sum in sums.iter().filter(|sum| sum.not_taken.count > 0) {
        out.push_str(&not_taken(sum, setup));
    }
    if sums.iter().any(|sum| sum.not_taken.count > 0) {
        out.push_str(&setup.page.paragraph("", not_taken::way_out(lang)));
    }
    out
}

/// The mails of a mailbox of which nothing was learned.
fn not_taken(sum: &Sum, setup: &Setup) -> String {
    let owner = harmless_address(&sum.mailbox.to_string());
    let (count, before) = (sum.not_taken.count, sum.not_taken.count.saturating_sub(sum.suspicious));
    let (before_ja, before_en) = match before {
        0 => (String::new(), String::new()),
        _ => (
            format!("（うち {before} 通は前の学習のときから）"),
            format!(" ({before} of them since an earlier run)"),
        ),
    };
    let words = either(
        setup.lang,
        format!(
            "{owner}: 判定が「通過」でないメールが {count} 通あります{before_ja}。届いたことだけを記録し、内容は学習していません。"
        ),
        format!(
            "{owner}: mails not judged deliver: {count}{before_en}; it was noted that they came, and nothing of them was learned."
        ),
    );
    setup.page.paragraph(either(setup.lang, "・", "- "), &words) + &sum.not_taken.list(setup)
}

/// What was forgotten for its age.
fn forgotten(expired: Expired, setup: &Setup) -> String {
    let Expired { conversations, contacts } = expired;
    let retention = &setup.config.retention;
    let (words_days, contacts_days) = (retention.conversations, retention.contacts);
    either(
        setup.lang,
        format!(
            "保存期間を過ぎたものを忘れました: {words_days} 日より古いメール {conversations} 通の文面の指紋、{contacts_days} 日を超えて見かけない相手 {contacts} 件（設定の [retention]）。"
        ),
        format!(
            "forgotten for their age: the fingerprints of {conversations} mails older than {words_days} days, and {contacts} contacts not seen for more than {contacts_days} days ([retention] of the configuration)."
        ),
    )
}

/// The whole in a sentence.
fn sentence(sums: &[Sum], lang: Lang) -> String {
    let new: u64 = sums.iter().map(Sum::new_mails).sum();
    let known: u64 = sums.iter().map(|sum| sum.known).sum();
    match (new, known) {
        (0, 0) => {
            either(lang, "学習できるメールはありませんでした。", "There was no mail to learn.").to_owned()
        }
        (0, _) => either(
            lang,
            format!("新しいメールはありませんでした（{known} 通は学習済み）。"),
            format!("Nothing new: all {known} mails had been learned before."),
        ),
        (_, 0) => {
            either(lang, format!("{new} 通を新しく学習しました。"), format!("{new} new mails learned."))
        }
        _ => either(
            lang,
            format!("{new} 通を新しく学習しました（{known} 通は学習済み）。"),
            format!("{new} new mails learned; {known} had been learned before."),
        ),
    }
}

fn table(sums: &[Sum], now: &[MailboxSummary], lang: Lang) -> String {
    let heading = either(
        lang,
        ["メールボックス", "メール", "送信", "受信", "学習済み", "学習せず", "読めず", "相手", "やり取り"],
        [
            "mailbox",
            "mails",
            "sent",
            "received",
            "known",
            "left out",
            "not read",
            "contacts",
            "conversations",
        ],
    );
    let mut rows = vec![heading.map(str::to_owned)];
    for sum in sums {
        let counted = |count: fn(&MailboxSummary) -> u64| {
            remembered(sum, now).map_or_else(|| "–".to_owned(), |summary| count(summary).to_string())
        };
        rows.push([
            harmless_address(&sum.mailbox.to_string()),
            sum.mails().to_string(),
            sum.sent.to_string(),
            sum.received.to_string(),
            sum.known.to_string(),
            (sum.passed.values().sum::<u64>() + sum.forgotten).to_string(),
            (sum.not_read.values().sum::<u64>() + sum.unusable).to_string(),
            counted(|summary| summary.contacts),
            counted(|summary| summary.conversations),
        ]);
    }
    let columns: Vec<usize> = (0..heading.len())
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (at, (cell, columns)) in row.iter().zip(&columns).enumerate() {
            let filling = " ".repeat(columns.saturating_sub(width(cell)));
            // Names stand left, figures right.
            line.push_str(&if at == 0 { format!("{cell}{filling}") } else { format!("  {filling}{cell}") });
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// What a person should know about one mailbox beyond the figures.
fn notes(sum: &Sum, now: &[MailboxSummary], lang: Lang, note: &mut impl FnMut(String)) {
    let owner = harmless_address(&sum.mailbox.to_string());
    if !sum.passed.is_empty() {
        let folders: Vec<String> = sum
            .passed
            .iter()
            .map(|(folder, count)| format!("{} {count}", folder_word(*folder, lang)))
            .collect();
        note(either(
            lang,
            format!(
                "{owner}: 置かれたフォルダーや付いている印から、学習しないメール（{}）。--all-folders を付けると学習します。",
                folders.join("、")
            ),
            format!(
                "{owner}: mail that is left out by its folder or by a mark on it ({}); --all-folders learns it too.",
                folders.join(", ")
            ),
        ));
    }
    if sum.forgotten > 0 {
        let count = sum.forgotten;
        note(either(
            lang,
            format!(
                "{owner}: 忘れた方からのメールが {count} 通あります。学習していません。その方をもう一度学習するには `sekisho contacts readmit アドレス` を実行してください。"
            ),
            format!(
                "{owner}: mails from people who were forgotten: {count}; nothing of them was learned. `sekisho contacts readmit ADDRESS` lets somebody be learned again."
            ),
        ));
    }
    if sum.in_owners_name > 0 {
        let count = sum.in_owners_name;
        note(either(
            lang,
            format!(
                "{owner}: 本人の名前で外から届いた、本人と確かめられないメールが {count} 通あります。送信メールとしては学習していません。"
            ),
            format!(
                "{owner}: mails that came from outside in the owner's name, without proof: {count}; they were not learned as sent."
            ),
        ));
    }
    let reasons: Vec<String> = sum
        .not_read
        .iter()
        .map(|(why, count)| format!("{} {count}", words::why_not(why.id(), lang)))
        .collect();
    if !reasons.is_empty() {
        note(either(
            lang,
            format!("{owner}: 読めなかったメール（{}）。", reasons.join("、")),
            format!("{owner}: mails that could not be read ({}).", reasons.join(", ")),
        ));
    }
    // Sent mail may have been learned in another run, or from another path.
    if sum.has_learned() && remembered(sum, now).is_some_and(|summary| summary.sent == 0) {
        note(either(
            lang,
            format!(
                "{owner}: 送信メールがありません。誰に書いたかが分からないと、連絡先を信頼できる相手として覚えられません。送信済みフォルダーも学習してください。"
            ),
            format!(
                "{owner}: no sent mail. Without knowing whom the owner writes to, hardly any contact is trusted; learn the folder of sent mail too."
            ),
        ));
    }
}

fn folder_word(folder: Folder, lang: Lang) -> &'static str {
    match folder {
        Folder::Sent => either(lang, "送信済み", "sent"),
        Folder::Received => either(lang, "受信", "received"),
        Folder::Junk => either(lang, "迷惑メール", "junk"),
        Folder::Deleted => either(lang, "ごみ箱", "deleted"),
        Folder::Drafts => either(lang, "下書き", "drafts"),
    }
}

/// The answer for programs.
#[derive(Serialize)]
struct Learned<'a> {
    schema: &'static str,
    program: &'static str,
    mailboxes: Vec<LearnedMailbox<'a>>,
    /// `null` where it could not be done.
    expired: Option<ExpiredJson>,
}

#[derive(Serialize)]
struct ExpiredJson {
    conversations: u64,
    contacts: u64,
}

#[derive(Serialize)]
struct LearnedMailbox<'a> {
    path: String,
    mailbox: String,
    mails: u64,
    sent: u64,
    received: u64,
    authenticated: u64,
    suspicious: u64,
    not_taken: &'a [NotTaken],
    not_taken_count: u64,
    in_owners_name: u64,
    seems_of: Option<String>,
    known: u64,
    forgotten: u64,
    left_out: BTreeMap<&'static str, u64>,
    not_read: BTreeMap<&'static str, u64>,
    unusable: u64,
    /// In the mailbox by now; `null` where that could not be counted.
    contacts: Option<u64>,
    conversations: Option<u64>,
}

impl<'a> Learned<'a> {
    fn of(sums: &'a [Sum], expired: Option<Expired>, now: &[MailboxSummary]) -> Self {
        let mailboxes = sums.iter().map(|sum| LearnedMailbox {
            path: sum.path.clone(),
            mailbox: sum.mailbox.to_string(),
            mails: sum.mails(),
            sent: sum.sent,
            received: sum.received,
            authenticated: sum.authenticated,
            suspicious: sum.suspicious,
            not_taken: sum.not_taken.latest(),
            not_taken_count: sum.not_taken.count,
            in_owners_name: sum.in_owners_name,
            seems_of: sum.other().map(|other| other.address.to_string()),
            known: sum.known,
            forgotten: sum.forgotten,
            left_out: sum.passed.iter().map(|(folder, count)| (folder.id(), *count)).collect(),
            not_read: sum.not_read.iter().map(|(why, count)| (why.id(), *count)).collect(),
            unusable: sum.unusable,
            contacts: remembered(sum, now).map(|summary| summary.contacts),
            conversations: remembered(sum, now).map(|summary| summary.conversations),
        });
        Self {
            schema: "sekisho.learned/1",
            program: env!("CARGO_PKG_VERSION"),
            mailboxes: mailboxes.collect(),
            expired: expired
                .map(|Expired { conversations, contacts }| ExpiredJson { conversations, contacts }),
        }
    }
}
