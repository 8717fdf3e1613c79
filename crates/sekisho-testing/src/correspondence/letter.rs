//! One mail of the correspondence before it becomes bytes: people, words, what it quotes, how it is shaped.

use jiff::civil::DateTime;

use super::people::Proof;
use crate::Rng;
use crate::generate::client::Client;
use crate::generate::quote::{self, Earlier};
use crate::generate::world::Party;

/// A mail.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) from: Party,
    pub(crate) to: Vec<Party>,
    pub(crate) cc: Vec<Party>,
    pub(crate) date: DateTime,
    pub(crate) subject: String,
    pub(crate) is_english: bool,
    /// The matter alone, without greeting and signature.
    pub(crate) matter: String,
    /// Everything that its writer wrote for it.
    pub(crate) own: String,
    /// What is quoted, shaped; empty for nothing.
    pub(crate) quoted: String,
    pub(crate) posting: Posting,
    pub(crate) message_id: String,
    pub(crate) in_reply_to: String,
    pub(crate) references: Vec<String>,
    pub(crate) files: Vec<String>,
    pub(crate) proof: Proof,
    /// Header fields of its own.
    pub(crate) extra: Vec<(&'static str, String)>,
    /// Decides everything in its bytes that is left to chance.
    pub(crate) seed: u64,
}

/// Where an answer stands to what it quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Posting {
    /// Above it.
    Top,
    /// Below it.
    Bottom,
    /// Between its lines.
    Inline,
    /// Above it, and nothing marks where it begins.
    Unmarked,
    /// It quotes nothing.
    Nothing,
}

impl Letter {
    /// The whole text as it stands in the mail.
    pub(crate) fn text(&self) -> String {
        match self.posting {
            _ if self.quoted.is_empty() => self.own.clone(),
            Posting::Bottom => format!("{}\n\n{}", self.quoted, self.own),
            // The quotation already holds the answers.
            Posting::Inline => self.quoted.clone(),
            _ => format!("{}\n\n{}", self.own, self.quoted),
        }
    }

    /// Everybody in it.
    pub(crate) fn parties(&self) -> impl Iterator<Item = &Party> {
        std::iter::once(&self.from).chain(&self.to).chain(&self.cc)
    }

    /// As it is quoted by others: cut where a program would not keep more.
    pub(crate) fn earlier(&self) -> Earlier {
        let to = self.to.first().unwrap_or(&self.from);
        let body: String = self.text().lines().take(LINES_QUOTED_MAX).collect::<Vec<_>>().join("\n");
        Earlier {
            message_id: self.message_id.clone(),
            date: self.date,
            name: if self.from.display.is_empty() {
                self.from.full.clone()
            } else {
                self.from.display.clone()
            },
            address: self.from.address.clone(),
            to_name: to.full.clone(),
            to_address: to.address.clone(),
            subject: self.subject.clone(),
            body,
        }
    }
}

/// Lines that an answer quotes at most.
const LINES_QUOTED_MAX: usize = 120;

/// How somebody answers with this program: most above the quotation, some below or between its lines.
pub(crate) fn posting(rng: &mut Rng, client: Client) -> Posting {
    let is_old_school = matches!(
        client,
        Client::Thunderbird | Client::ThunderbirdOld | Client::Becky | Client::Shuriken | Client::Webmail
    );
    match rng.below(100) {
        0..=6 => Posting::Nothing,
        7..=10 => Posting::Unmarked,
        11..=30 if is_old_school => Posting::Bottom,
        31..=60 if is_old_school => Posting::Inline,
        _ => Posting::Top,
    }
}

/// What stands in the mail of an earlier one; answers between its lines where the posting asks for it.
pub(crate) fn quotation(
    rng: &mut Rng,
    client: Client,
    earlier: &Earlier,
    posting: Posting,
    answers: &str,
) -> String {
    match posting {
        Posting::Nothing => String::new(),
        Posting::Unmarked => earlier.body.clone(),
        Posting::Top | Posting::Bottom => rewrapped(rng, client, quote::reply(client, earlier)),
        Posting::Inline => inline(rng, &quote::reply(client, earlier), answers),
    }
}

/// The quoted lines with the answers put in after some of them.
fn inline(rng: &mut Rng, quoted: &str, answers: &str) -> String {
    let lines: Vec<&str> = quoted.lines().collect();
    let mut pieces = answers.split("\n\n").filter(|piece| !piece.trim().is_empty());
    let mut out = String::from(pieces.next().unwrap_or_default());
    out.push_str("\n\n");
    let rest: Vec<&str> = pieces.collect();
    let step = (lines.len() / (rest.len() + 1)).max(1);
    let mut rest = rest.into_iter();
    for (at, line) in lines.iter().enumerate() {
        out.push_str(line);
        out.push('\n');
        let is_end = (at + 1) % step == 0 && line.starts_with('>');
        if is_end && let Some(piece) = rest.next() {
            out.push_str(&format!("\n{piece}\n\n"));
            // Some leave out lines that they have nothing to say to.
            if rng.chance(10) {
                continue;
            }
        }
    }
    for piece in rest {
        out.push_str(&format!("\n{piece}\n"));
    }
    out
}

/// Old programs break quoted lines anew at 70 columns, and mark the rest of the line or leave it unmarked.
fn rewrapped(rng: &mut Rng, client: Client, quoted: String) -> String {
    let breaks = match client {
        Client::Becky | Client::Shuriken | Client::Webmail => rng.chance(60),
        Client::ThunderbirdOld => rng.chance(40),
        _ => false,
    };
    if !breaks {
        return quoted;
    }
    let marks_rest = rng.chance(70);
    let mut out = String::new();
    for line in quoted.lines() {
        let mark: String = line.chars().take_while(|c| matches!(c, '>' | ' ')).collect();
        let mut width = 0;
        for c in line.chars() {
            width += if c.is_ascii() { 1 } else { 2 };
            if width > COLUMNS {
                out.push('\n');
                width = 0;
                if marks_rest && !mark.is_empty() {
                    out.push_str(&mark);
                    width = mark.len();
                }
            }
            out.push(c);
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

const COLUMNS: usize = 70;
