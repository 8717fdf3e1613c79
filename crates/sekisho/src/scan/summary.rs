//! Everything that was judged → the figures at the end, what was not looked at, and the exit status.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_facts::Identity;
use sekisho_judge::{Action, Lang, NotLookedAt};

use super::{EXIT_FOUND, EXIT_NOTHING, EXIT_UNUSABLE, Seen};
use crate::setup::Setup;
use crate::terminal::Tone;
use crate::words::{self, either};

/// What was seen so far.
#[derive(Default)]
pub struct Summary {
    /// Mails by what is done with them.
    actions: BTreeMap<Action, u64>,
    /// Parts that were not looked at, by reason.
    unread: BTreeMap<&'static str, u64>,
    /// Mails with such parts.
    with_unread: u64,
    /// Mails of which something about the sender was found out: those as shown, not as shown, and of which it is not known.
    as_shown: u64,
    not_as_shown: u64,
    open: u64,
    /// What was not looked at for want of facts, with the reason.
    not_looked_at: BTreeSet<NotLookedAt>,
    /// Files in folders that are no mails.
    not_mails: u64,
    /// Inputs that could not be used.
    pub unusable: u64,
}

impl Summary {
    /// Counts one more.
    pub fn count(&mut self, seen: &Seen) {
        match seen {
            Seen::NotMail => self.not_mails += 1,
            Seen::Problem(problem) => self.unusable += problem.mails(),
            Seen::Mail(mail) => {
                *self.actions.entry(mail.action).or_default() += 1;
                self.with_unread += u64::from(!mail.unread.is_empty());
                for unread in &mail.unread {
                    *self.unread.entry(unread.id()).or_default() += 1;
                }
                match mail.identity {
                    Some(Identity::AsContact) => self.as_shown += 1,
                    Some(Identity::NotAsContact) => self.not_as_shown += 1,
                    Some(Identity::Unknown) => self.open += 1,
                    None => {}
                }
                self.not_looked_at.extend(mail.not_looked_at.iter().cloned());
            }
        }
    }

    /// How many mails were judged.
    pub fn mails(&self) -> u64 {
        self.actions.values().sum()
    }

    /// 2 where an input could not be used, else 1 where something is above `deliver`, else 0.
    pub fn exit_status(&self) -> u8 {
        let found = self.actions.keys().any(|action| *action > Action::Deliver);
        match (self.unusable, found) {
            (0, false) => EXIT_NOTHING,
            (0, true) => EXIT_FOUND,
            _ => EXIT_UNUSABLE,
        }
    }

    /// The figures in words.
    pub fn words(&self, setup: &Setup) -> String {
        let lang = setup.lang;
        let mut out = format!("\n{}\n", setup.page.paint(Tone::Heading, &self.verdicts(lang)));
        let mut tell = |text: String| out.push_str(&setup.page.paragraph(either(lang, "・", "- "), &text));
        if self.as_shown + self.not_as_shown + self.open > 0 {
            tell(self.sender_words(lang));
        }
        if self.with_unread > 0 {
            tell(self.unread_words(lang));
        }
        for (why, whats) in self.not_looked_at_by_reason() {
            tell(not_looked_at(&whats, why, setup));
        }
        if self.not_mails > 0 {
            let number = self.not_mails;
            tell(either(
                lang,
                format!("メールでないファイル {number} 個は判定していません。"),
                format!("{} not judged: no mail.", files(number)),
            ));
        }
        if self.unusable > 0 {
            let number = self.unusable;
            tell(either(
                lang,
                format!("使えなかった入力が {number} 件あります（`sekisho:` で始まる行）。"),
                format!("Inputs that could not be used: {number} (lines that begin with `sekisho:`)."),
            ));
        }
        out
    }

    fn verdicts(&self, lang: Lang) -> String {
        let actions = [Action::Deliver, Action::Warn, Action::Hold, Action::Reject];
        let counts: Vec<String> = actions
            .iter()
            .filter_map(|action| Some((action, self.actions.get(action)?)))
            .map(|(action, count)| format!("{} {count}", words::action(*action, lang)))
            .collect();
        let number = self.mails();
        either(
            lang,
            format!("{number} 通を判定しました: {}", counts.join("、")),
            format!("{number} {} judged: {}", if number == 1 { "mail" } else { "mails" }, counts.join(", ")),
        )
    }

    /// What was not looked at, together where the reason is the same.
    fn not_looked_at_by_reason(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for missing in &self.not_looked_at {
            by_reason.entry(&missing.why).or_default().push(&missing.what);
        }
        by_reason
    }

    fn sender_words(&self, lang: Lang) -> String {
        let (yes, no) = (self.as_shown, self.not_as_shown);
        // Also those of which nothing was asked.
        let open = self.mails().saturating_sub(yes + no);
        either(
            lang,
            format!(
                "差出人: 表示どおりと確かめられたもの {yes} 通、表示どおりとは認められないもの {no} 通、分からないもの {open} 通。"
            ),
            format!("Senders: {yes} as shown, {no} not accepted as shown, {open} not known."),
        )
    }

    fn unread_words(&self, lang: Lang) -> String {
        let mails = self.with_unread;
        let reasons: Vec<String> = self
            .unread
            .iter()
            .map(|(why, count)| {
                either(
                    lang,
                    format!("{} {count} 個", words::why_not(why, lang)),
                    format!("{}: {count}", words::why_not(why, lang)),
                )
            })
            .collect();
        either(
            lang,
            format!(
                "中身を見ていない添付のあるメールが {mails} 通あります（{}）。安全と判定したわけではありません。",
                reasons.join("、")
            ),
            format!(
                "Mails with attachments not looked into: {mails} ({}). They were not found safe.",
                reasons.join(", ")
            ),
        )
    }
}

fn files(number: u64) -> String {
    if number == 1 { "1 file was".to_owned() } else { format!("{number} files were") }
}

/// What was not looked at, why, and the way out.
fn not_looked_at(whats: &[&str], why: &str, setup: &Setup) -> String {
    let lang = setup.lang;
    let names: Vec<String> = whats.iter().map(|what| words::not_looked_at(what, lang)).collect();
    let name = names.join(either(lang, "、", ", "));
    let reason = words::why_not(why, lang);
    let config = setup.home.config();
    let way_out = match (why, config.is_file()) {
        ("not-configured", true) => {
            let file = config.display();
            either(
                lang,
                format!("{file} の [organisation] に書いてください。"),
                format!("Write it into [organisation] of {file}."),
            )
        }
        ("not-configured", false) => either(
            lang,
            "`sekisho init` で設定ファイルを作り、書いてください。".to_owned(),
            "Make a configuration with `sekisho init` and write it there.".to_owned(),
        ),
        _ => String::new(),
    };
    either(
        lang,
        format!("確認していないこと: {name}（{reason}）。{way_out}"),
        format!("Not looked at: {name} ({reason}). {way_out}").trim_end().to_owned(),
    )
}
