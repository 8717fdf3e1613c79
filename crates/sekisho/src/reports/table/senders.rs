//! Senders of a domain → a table: what they are to us, who, how many, how they pass, when; below those that fail, from where.

use std::collections::BTreeSet;

use sekisho_sender::reports::{AddressCount, Domain, Mark, Network, Sender, Sums};

use crate::flags::Reports;
use crate::reports::{Sum, verdict, words};
use crate::setup::Setup;
use crate::terminal::{Tone, column, cut};
use crate::words::{either, harmless_address};

/// Senders listed, unless all are asked for; those that ask for a look always are.
const SENDERS_MAX: usize = 12;
/// Networks of a failing sender that are named.
const NETWORKS_MAX: usize = 3;
/// Networks of a failing sender that are named where all is asked for.
const NETWORKS_ALL_MAX: usize = 100;

/// Columns of the mark.
const MARK_COLUMNS: usize = 12;
/// Columns of who it is.
const WHO_COLUMNS: usize = 34;
/// Columns of a count.
const COUNT_COLUMNS: usize = 11;
/// Columns of a share.
const SHARE_COLUMNS: usize = 7;

/// The table with its legend.
pub fn draw(domain: &Domain, sum: &Sum, reports: &Reports, setup: &Setup) -> String {
    let (lang, page) = (setup.lang, &setup.page);
    let new_since = verdict::new_since(domain, sum.since);
    let mut out = heading(setup);
    let mut marks = BTreeSet::new();
    let mut left = (0_usize, 0_u64);
    for (at, sender) in domain.senders.iter().enumerate() {
        if at >= SENDERS_MAX && !reports.all && !verdict::fails(sender) {
            left = (left.0 + 1, left.1.saturating_add(sender.sums.messages));
            continue;
        }
        marks.insert(sender.mark);
        out.push_str(&line(sender, verdict::is_new(sender, new_since), setup));
        if !sender.mark.passes() || reports.all {
            out.push_str(&networks(sender, reports.all, setup));
        }
    }
    if left.0 > 0 {
        let (senders, mails) = (left.0, words::number(left.1));
        let words = either(
            lang,
            format!("ほか {senders} 件の送信元から {mails} 通（--all で全部）"),
            format!("more senders: {senders}, with {mails} mails (--all lists them)"),
        );
        out.push_str(&page.paint(Tone::Quiet, &page.paragraph("  ", &words)));
    }
    for mark in marks.into_iter().filter(|mark| *mark != Mark::Own) {
        let line = format!("{}: {}", words::mark(mark, lang), words::mark_explained(mark, lang));
        out.push_str(&page.paint(Tone::Quiet, &page.paragraph(either(lang, "  ・", "  - "), &line)));
    }
    out
}

fn heading(setup: &Setup) -> String {
    let (mark, who, mails, days) =
        either(setup.lang, ("区分", "送信元", "通数", "期間"), ("", "sender", "mails", "days"));
    let line = format!(
        "  {}{}{}{}{}  {days}",
        column(mark, MARK_COLUMNS),
        column(who, WHO_COLUMNS),
        right(mails, COUNT_COLUMNS),
        right("DKIM", SHARE_COLUMNS),
        right("SPF", SHARE_COLUMNS),
    );
    format!("{}\n", setup.page.paint(Tone::Heading, line.trim_end()))
}

fn line(sender: &Sender, new: bool, setup: &Setup) -> String {
    let lang = setup.lang;
    let tone = match sender.mark {
        Mark::Own | Mark::Service | Mark::Permitted => Tone::Good,
        Mark::PassedOn => Tone::Quiet,
        Mark::ServiceFails | Mark::Foreign | Mark::Nameless if verdict::fails(sender) => Tone::Doubtful,
        Mark::ServiceFails | Mark::Foreign | Mark::Nameless => Tone::Quiet,
    };
    let mark = setup.page.paint(tone, &column(words::mark(sender.mark, lang), MARK_COLUMNS));
    let sums = &sender.sums;
    let share = |part: u64| right(&words::percent(part, sums.messages), SHARE_COLUMNS);
    let days = match sums.first.zip(sums.last) {
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => either(lang, format!("{first}〜{last}"), format!("{first} to {last}")),
        None => String::new(),
    };
    let new = if new { either(lang, "  新", "  new") } else { "" };
    let done = done(sums, setup);
    format!(
        "  {mark}{}{}{}{}  {days}{new}{done}\n",
        column(&who(sender, setup), WHO_COLUMNS),
        right(&words::number(sums.messages), COUNT_COLUMNS),
        share(sums.dkim),
        share(sums.spf),
    )
}

/// What receivers did with failing mail, where it was not only delivered.
fn done(sums: &Sums, setup: &Setup) -> String {
    use sekisho_sender::reports::Disposition;
    let told = [Disposition::Quarantined, Disposition::Rejected];
    let words: Vec<String> = told
        .iter()
        .filter_map(|disposition| Some((disposition, sums.dispositions.get(disposition)?)))
        .map(|(disposition, count)| {
            format!("{} {}", words::disposition(*disposition, setup.lang), words::number(*count))
        })
        .collect();
    if words.is_empty() {
        String::new()
    } else {
        format!("  {}", words.join(either(setup.lang, "、", ", ")))
    }
}

/// The names of a sender: as whom it passes, and by whom it is carried.
fn who(sender: &Sender, setup: &Setup) -> String {
    let shown = |name: &String| harmless_address(name);
    match (&sender.authenticated, &sender.carrier) {
        (Some(name), Some(carrier)) => format!("{} / {}", shown(carrier), shown(name)),
        (Some(name), None) | (None, Some(name)) => shown(name),
        (None, None) => either(setup.lang, "（認証された名義なし）", "(authenticates as nobody)").to_owned(),
    }
}

/// Where a sender's mails come from.
fn networks(sender: &Sender, all: bool, setup: &Setup) -> String {
    let lang = setup.lang;
    let named = if all { NETWORKS_ALL_MAX } else { NETWORKS_MAX };
    let mut pieces: Vec<String> =
        sender.networks.iter().take(named).map(|network| one(network, setup)).collect();
    let more = sender.networks.len().saturating_sub(named);
    if more > 0 {
        pieces.push(either(lang, format!("ほか {more} か所"), format!("and {more} more")));
    }
    let reasons: Vec<String> = sender
        .sums
        .overrides
        .iter()
        .map(|(reason, count)| format!("{} {}", words::reason(*reason, lang), words::number(*count)))
        .collect();
    if !reasons.is_empty() {
        let reasons = reasons.join(either(lang, "、", ", "));
        pieces.push(either(lang, format!("受信側の説明: {reasons}"), format!("receivers say: {reasons}")));
    }
    let indent = " ".repeat(2 + MARK_COLUMNS + 2);
    setup.page.paint(Tone::Quiet, &setup.page.paragraph(&indent, &pieces.join(either(lang, "、", ", "))))
}

fn one((network, sums, addresses): &(Network, Sums, AddressCount), setup: &Setup) -> String {
    let lang = setup.lang;
    let mails = words::number(sums.messages);
    let place = match (network, addresses.some.as_slice(), addresses.more) {
        (Network::Unknown, ..) => either(lang, "不明な場所", "an unknown place").to_owned(),
        (Network::Others, ..) => either(lang, "その他の場所", "other places").to_owned(),
        (_, [address], false) => address.to_string(),
        (network, some, more) => {
            let (count, plus) = (some.len(), if more { "+" } else { "" });
            either(
                lang,
                format!("{network} の {count}{plus} 台"),
                format!("{network} (hosts: {count}{plus})"),
            )
        }
    };
    either(lang, format!("{place} {mails} 通"), format!("{place}: {mails}"))
}

/// `text` at the right of so many columns.
fn right(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    format!("{}{text}", " ".repeat(columns.saturating_sub(crate::terminal::width(&text))))
}
