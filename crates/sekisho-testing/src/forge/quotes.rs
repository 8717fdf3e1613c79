//! A true letter → the stretch of it that is quoted, and its shape in the forged mail.

use crate::Rng;
use crate::correspondence::letter::{Letter, Posting};
use crate::generate::client::Client;
use crate::generate::quote;

/// How long a quotation is, in letters without white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Length {
    /// 40 to 59.
    To60,
    /// 60 to 119.
    To120,
    /// 120 to 400.
    To400,
    /// The whole mail with what it quotes.
    Whole,
}

impl Length {
    /// All of them.
    pub const ALL: [Length; 4] = [Length::To60, Length::To120, Length::To400, Length::Whole];

    /// In a table.
    pub fn label(self) -> &'static str {
        match self {
            Length::To60 => "40–59 letters",
            Length::To120 => "60–119 letters",
            Length::To400 => "120–400 letters",
            Length::Whole => "whole mail",
        }
    }

    pub(super) fn drawn(rng: &mut Rng) -> Self {
        *rng.pick(&[
            Length::To60,
            Length::To120,
            Length::To120,
            Length::To400,
            Length::To400,
            Length::Whole,
            Length::Whole,
        ])
    }
}

/// A stretch of what the letter's writer said, of this length. `None` where there is not so much.
pub(super) fn stretch(rng: &mut Rng, source: &Letter, length: Length) -> Option<String> {
    let (low, high) = match length {
        Length::To60 => (40, 59),
        Length::To120 => (60, 119),
        Length::To400 => (120, 400),
        // A mail that says less than a sentence or two is of the other classes.
        Length::Whole => return (letters(&source.matter) >= 60).then(|| source.text()),
    };
    let matter = &source.matter;
    let mut starts = vec![0];
    let stops = if source.is_english { ". " } else { "。" };
    starts.extend(matter.match_indices(stops).map(|(at, stop)| at + stop.len()));
    let starts: Vec<usize> = starts.into_iter().filter(|at| letters(&matter[*at..]) >= low).collect();
    if starts.is_empty() {
        return None;
    }
    let rest = matter[*rng.pick(&starts)..].trim_start();
    let wanted = rng.between(low, high);
    let mut taken = String::new();
    let mut count = 0;
    for c in rest.chars() {
        if count == wanted {
            break;
        }
        count += letters(c.encode_utf8(&mut [0; 4]));
        taken.push(c);
    }
    Some(taken.trim_end().to_owned()).filter(|taken| letters(taken) >= low)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Puts the stretch into the letter; what the shape is called.
pub(super) fn quote(rng: &mut Rng, letter: &mut Letter, source: &Letter, stretch: &str) -> &'static str {
    let body = rewrapped(rng, source.is_english, stretch);
    let earlier = quote::Earlier { body, ..source.earlier() };
    let (client, name) = *rng.pick(SHAPES);
    letter.posting = if rng.chance(10) { Posting::Bottom } else { Posting::Top };
    letter.quoted = match name {
        "no marks" => {
            letter.posting = Posting::Unmarked;
            earlier.body.clone()
        }
        "forwarded" => quote::forward(client, &earlier),
        "HTML blockquote" => {
            letter.posting = Posting::Top;
            letter.from.client = Client::Outlook;
            if rng.chance(50) {
                letter.from.client = Client::Gmail;
            }
            quote::reply(Client::Gmail, &earlier)
        }
        _ => quote::reply(client, &earlier),
    };
    name
}

const SHAPES: &[(Client, &str)] = &[
    (Client::Outlook, "Outlook, 差出人"),
    (Client::Outlook, "Outlook, 差出人"),
    (Client::OutlookOld, "Original Message"),
    (Client::OutlookEnglish, "Outlook, From"),
    (Client::Gmail, "Gmail, ja"),
    (Client::GmailEnglish, "Gmail, en"),
    (Client::Thunderbird, "Thunderbird"),
    (Client::ThunderbirdOld, "Thunderbird, en"),
    (Client::AppleMail, "Apple Mail"),
    (Client::Becky, "Becky!"),
    (Client::Shuriken, "Shuriken"),
    (Client::Webmail, "Webmail"),
    (Client::Android, "marks alone"),
    (Client::Gmail, "HTML blockquote"),
    (Client::Outlook, "forwarded"),
    (Client::Gmail, "forwarded"),
    (Client::Outlook, "no marks"),
    (Client::Outlook, "no marks"),
];

/// Lines as they were, joined, or broken anew.
fn rewrapped(rng: &mut Rng, is_english: bool, text: &str) -> String {
    match rng.below(4) {
        0 | 1 => text.to_owned(),
        2 if is_english => text.replace('\n', " "),
        2 => text.replace('\n', ""),
        _ => {
            let width = if is_english { rng.between(50, 76) } else { rng.between(18, 38) };
            let mut out = String::new();
            let mut column = 0;
            for c in text.chars() {
                let breaks = column >= width && (!is_english || c == ' ');
                if breaks && c != '\n' {
                    out.push('\n');
                    column = 0;
                    if c == ' ' {
                        continue;
                    }
                }
                column = if c == '\n' { 0 } else { column + 1 };
                out.push(c);
            }
            out
        }
    }
}
