//! Mails of which nothing was learned, because the judge would not deliver them → a list for people, and one for programs.
//!
//! Who wonders why a partner stays unknown finds the reason here, and what to do where the mail is genuine.

use sekisho_judge::{Judgement, Lang, foreign};
use sekisho_mail::Message;
use serde::Serialize;

use crate::files::RawMail;
use crate::scan::listing;
use crate::setup::Setup;
use crate::terminal::{Tone, column, cut, width};
use crate::words::either;

/// Mails listed for people.
const LISTED_MAX: usize = 10;
/// Mails of one mailbox that are kept to be told, and so those in JSON.
const KEPT_MAX: usize = 1_000;
/// Reasons told of one mail in JSON.
const REASONS_MAX: usize = 5;
/// Characters told of a subject.
const SUBJECT_CHARS_MAX: usize = 200;

/// Columns of the date, and of the sender.
const DATE_COLUMNS: usize = 18;
const SENDER_COLUMNS: usize = 38;
/// Columns of the subject where nothing bounds the page.
const SUBJECT_COLUMNS: usize = 60;
/// Reasons stand below their mail, this far in.
const INDENT: &str = "    ";

/// A mail of which nothing was learned.
#[derive(Clone, Debug, Serialize)]
pub struct NotTaken {
    path: String,
    index: Option<u64>,
    key: String,
    from: Option<String>,
    date: Option<String>,
    subject: String,
    reasons: Vec<WhyNot>,
    /// Sender and date as they are shown.
    #[serde(skip)]
    shown: (String, String),
    #[serde(skip)]
    at: i64,
}

/// A rule that asks for more than delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct WhyNot {
    rule: String,
    ja: String,
    en: String,
}

impl NotTaken {
    /// What is told of a mail that was judged so; `key` and `at` are its digest and its moment.
    pub fn of(
        raw: &RawMail,
        message: &Message,
        judgement: &Judgement,
        key: &str,
        at: i64,
        lang: Lang,
    ) -> Self {
        let from = message.from.first().and_then(|from| from.address.as_ref());
        let reasons = judgement.verdict.reasons.iter().take(REASONS_MAX).map(|reason| WhyNot {
            rule: reason.rule.clone(),
            ja: reason.words(Lang::Ja),
            en: reason.words(Lang::En),
        });
        Self {
            path: raw.path.clone(),
            index: raw.index,
            key: key.to_owned(),
            from: from.map(ToString::to_string),
            date: message.date.map(|date| date.rfc3339()),
            subject: message.subject.chars().take(SUBJECT_CHARS_MAX).collect(),
            reasons: reasons.collect(),
            shown: (listing::sender(message, lang), listing::date(message)),
            at,
        }
    }
}

/// Those of one mailbox: the latest ones, and how many there are.
#[derive(Default)]
pub struct AllNotTaken {
    latest: Vec<NotTaken>,
    /// How many there are, those that were noted in earlier runs too.
    pub count: u64,
}

impl AllNotTaken {
    /// Adds one.
    pub fn push(&mut self, mail: NotTaken) {
        self.count += 1;
        self.latest.push(mail);
        if self.latest.len() >= 2 * KEPT_MAX {
            self.keep_the_latest();
        }
    }

    /// Puts the latest first, and drops what is too much.
    pub fn keep_the_latest(&mut self) {
        self.latest.sort_by_key(|mail| std::cmp::Reverse(mail.at));
        self.latest.truncate(KEPT_MAX);
    }

    /// Those that are told to programs.
    pub fn latest(&self) -> &[NotTaken] {
        &self.latest
    }

    /// The list for people: when, who, about what, and below it why.
    pub fn list(&self, setup: &Setup) -> String {
        let lang = setup.lang;
        let heading = either(lang, ["日時", "差出人", "件名"], ["date", "from", "subject"]);
        let [date, sender, subject] = heading;
        let heading = format!("{}{}{subject}", column(date, DATE_COLUMNS), column(sender, SENDER_COLUMNS));
        let mut out = format!("{INDENT}{}\n", setup.page.paint(Tone::Heading, &heading));
        let subject_columns = setup.page.columns.map_or(SUBJECT_COLUMNS, |all| {
            all.saturating_sub(INDENT.len() + DATE_COLUMNS + SENDER_COLUMNS).max(SENDER_COLUMNS / 2)
        });
        let listed = || self.latest.iter().take(LISTED_MAX);
        for (mail, next) in listed().zip(listed().skip(1).map(Some).chain([None])) {
            let (sender, date) = &mail.shown;
            let subject = cut(&foreign(&mail.subject, lang), subject_columns);
            // An address is never cut: it is what a person types next.
            let sender = match width(sender) < SENDER_COLUMNS {
                true => column(sender, SENDER_COLUMNS),
                false => format!("{sender}  "),
            };
            out.push_str(&format!("{INDENT}{}{sender}{subject}\n", column(date, DATE_COLUMNS)));
            // What holds for several mails in a row is said below the last of them.
            let why = mail.reasons.first().map(|why| either(lang, &why.ja, &why.en));
            if let Some(words) =
                why.filter(|_| next.is_none_or(|next| next.reasons.first() != mail.reasons.first()))
            {
                let mark = format!("{INDENT}  {}", either(lang, "・", "- "));
                out.push_str(&setup.page.paragraph(&mark, words));
            }
        }
        let more = self.count.saturating_sub(LISTED_MAX as u64);
        if more > 0 {
            out.push_str(&format!(
                "{INDENT}{}\n",
                either(
                    lang,
                    format!("ほか {more} 通（--json を付けると、新しい順に {KEPT_MAX} 通まで出ます）"),
                    format!("and {more} more (--json prints up to {KEPT_MAX}, the latest first)")
                )
            ));
        }
        out
    }
}

/// What to do where one of them is genuine.
pub fn way_out(lang: Lang) -> &'static str {
    either(
        lang,
        "本物と分かったメールがあれば、`sekisho contacts confirm アドレス --by 名前` で相手を確認するか `sekisho exceptions add` で例外を作り、もう一度 `sekisho learn` を実行してください。差出人についての理由だけなら、そのメールから学習します（添付ファイルやリンクが理由のメールは、確認しても学習しません）。",
        "If one of them is genuine, confirm the sender (`sekisho contacts confirm ADDRESS --by WHO`) or make an exception (`sekisho exceptions add`), and run `sekisho learn` again: where only the sender was doubted, the mail is learned then. What is said of attachments and links stays, whoever is confirmed.",
    )
}
