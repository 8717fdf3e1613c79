//! The first part of a correspondence → forged mails: true names and true quotations over addresses that have nothing to do with them.
//!
//! The method of Emotet and its heirs: a stolen mailbox gives names, words and identifiers; what is added wants to be opened, clicked or
//! answered. Nothing here does harm: files are inert, links lead to reserved domains.

mod names;
mod quotes;

use jiff::ToSpan;

use crate::Rng;
use crate::correspondence::grammar::{Pen, stray_domain};
use crate::correspondence::letter::{Letter, Posting};
use crate::correspondence::people::{Circle, Proof};
use crate::correspondence::post::{self, seconds};
use crate::correspondence::thread::bare;
use crate::correspondence::{Correspondence, Kind, Posted, SPLIT};
use crate::generate::client::Client;
use crate::generate::world::Party;

pub use names::Shown;
pub use quotes::Length;

/// A forged mail and how it was made.
#[derive(Debug, Clone)]
pub struct Forged {
    /// The raw message.
    pub bytes: Vec<u8>,
    /// When it comes, in seconds since 1970.
    pub at: i64,
    /// The mailbox of ours that it comes to.
    pub mailbox: String,
    /// Whose name it shows.
    pub name: Shown,
    /// How that name is written.
    pub writing: &'static str,
    /// The shape of the quotation.
    pub style: &'static str,
    /// How long the quotation is.
    pub length: Length,
    /// Whether what it quotes is English.
    pub is_english: bool,
    /// The charset of its text.
    pub charset: &'static str,
    /// What comes along.
    pub bait: Bait,
    /// Whether it names a true Message-ID as the one that it answers.
    pub is_threaded: bool,
    /// Whether the unrelated sender authenticates.
    pub proof: &'static str,
    /// Whether the receiver took part in what is quoted.
    pub is_to_party: bool,
}

/// What comes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bait {
    /// A document.
    File,
    /// A locked archive.
    Locked,
    /// A link.
    Link,
    /// The wish for money or an answer.
    Request,
    /// Nothing.
    Nothing,
}

impl Bait {
    /// In a table.
    pub fn label(self) -> &'static str {
        match self {
            Bait::File => "attachment",
            Bait::Locked => "locked archive",
            Bait::Link => "link",
            Bait::Request => "request",
            Bait::Nothing => "nothing",
        }
    }
}

/// What is fixed of the forged mails; the rest is drawn.
#[derive(Debug, Clone, Copy)]
pub enum Aim {
    /// Names, lengths, shapes and baits as they come.
    Mixed,
    /// An unknown name and nothing but a quotation of this length, in Japanese or in English.
    QuotationAlone(Length, Language),
}

/// The language of what is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Japanese.
    Japanese,
    /// English.
    English,
}

/// So many forged mails.
pub fn forged(correspondence: &Correspondence, seed: u64, count: usize, aim: Aim) -> Vec<Forged> {
    let english = match aim {
        Aim::Mixed => None,
        Aim::QuotationAlone(_, language) => Some(language == Language::English),
    };
    let stolen: Vec<&Letter> = correspondence
        .first
        .iter()
        .filter(|posted| is_stolen(posted.kind))
        .filter_map(Posted::as_letter)
        .filter(|letter| english.is_none_or(|english| letter.is_english == english))
        .collect();
    // Names that nobody bears are drawn from the circle, which knows all that are taken.
    let mut circle = Circle::new(seed ^ 0x5EED, crate::organisation().people);
    let mut out = Vec::new();
    for number in 0..count as u64 * 4 {
        if out.len() == count || stolen.is_empty() {
            break;
        }
        let rng = Rng::stream(seed, number);
        out.extend(one(correspondence, &mut circle, &stolen, rng, aim));
    }
    out
}

fn is_stolen(kind: Kind) -> bool {
    matches!(kind, Kind::Continued | Kind::Outgoing | Kind::NewThread)
}

/// `None` where the letter drawn is too short for the quotation drawn.
fn one(
    made: &Correspondence,
    circle: &mut Circle,
    stolen: &[&Letter],
    mut rng: Rng,
    aim: Aim,
) -> Option<Forged> {
    let source = *rng.pick(stolen);
    let (length, shown, bait) = match aim {
        Aim::Mixed => (Length::drawn(&mut rng), Shown::drawn(&mut rng), drawn_bait(&mut rng)),
        Aim::QuotationAlone(length, _) => (length, Shown::Unknown, Bait::Nothing),
    };
    let stretch = quotes::stretch(&mut rng, source, length)?;
    let (person, writing) = names::sender(&mut rng, made, circle, source, stolen, shown)?;
    let (receiver, is_to_party) = receiver(&mut rng, made, source, &person);
    let when = SPLIT.at(9, 0, 0, 0).saturating_add((rng.between(10, 150_000) as i64).minutes());
    let mut pen = Pen::new(Rng::new(rng.draw()), when);
    let mut letter = letter(&mut rng, &person, &receiver, source, bait, &mut pen);
    letter.date = when;
    let is_threaded = rng.chance(40);
    if is_threaded {
        letter.in_reply_to = source.message_id.clone();
        letter.references = vec![source.message_id.clone()];
    }
    let style = quotes::quote(&mut rng, &mut letter, source, &stretch);
    let bytes = post::bytes(&letter);
    Some(Forged {
        charset: charset(&bytes),
        bytes,
        at: seconds(when),
        mailbox: receiver.address.clone(),
        name: shown,
        writing,
        style,
        length,
        is_english: source.is_english,
        bait,
        is_threaded,
        proof: proof_label(letter.proof),
        is_to_party,
    })
}

fn letter(
    rng: &mut Rng,
    person: &Party,
    receiver: &Party,
    source: &Letter,
    bait: Bait,
    pen: &mut Pen,
) -> Letter {
    let suffix = if source.is_english { "_en" } else { "" };
    let section = match bait {
        Bait::File => "file",
        Bait::Locked => "locked",
        Bait::Link => "link",
        Bait::Request => "request",
        Bait::Nothing => "nothing",
    };
    let lure = pen.one_of(&format!("{section}{suffix}"));
    let greeting = match rng.below(4) {
        _ if source.is_english => {
            format!("Hello {},\n\n", receiver.romaji.split(' ').next().unwrap_or_default())
        }
        0 => String::new(),
        1 => format!("{}様\n\n", receiver.surname),
        2 => format!("{} 様\n\n", receiver.full),
        _ => format!("{}\n{}様\n\n", receiver.company, receiver.surname),
    };
    // The true signature or a bare name; some sign nothing.
    let signature = match rng.below(3) {
        0 => String::new(),
        1 => format!("\n\n{}", if source.is_english { &person.romaji } else { &person.full }),
        _ if source.is_english => format!("\n\nBest regards,\n{}\n{}", person.romaji, person.company),
        _ => format!("\n\n{}\n{}\nTEL {}", person.company, person.full, person.telephone),
    };
    let prefix = *rng.pick(&["Re: ", "RE: ", "Fwd: ", "FW: "]);
    let subject = match rng.below(10) {
        0 => person.full.clone(),
        1 => format!("{prefix}{}", receiver.full.replace(' ', "")),
        2 => pen.fill("<請求書|資料|ご確認|ご連絡><の件|について|>"),
        3 if source.is_english => format!("Invoice {}", rng.digits(5)),
        _ => format!("{prefix}{}", bare(&source.subject)),
    };
    let files = match bait {
        Bait::File => {
            let extension = *rng.pick(&["doc", "docx", "xls", "xlsx", "pdf", "zip", "docx", "pdf"]);
            let name = if source.is_english {
                "document {digits4}"
            } else {
                "<請求書|資料|見積書|{doc}|書類>{digits4}"
            };
            vec![format!("{}.{extension}", pen.fill(name))]
        }
        Bait::Locked => vec![format!("locked:{}.zip", pen.fill("<{digits4}|doc{digits4}|{code}>"))],
        _ => Vec::new(),
    };
    let proof = match rng.below(20) {
        0..=11 => Proof::Dmarc,
        12..=15 => Proof::Spf,
        16 | 17 => Proof::Nothing,
        _ => Proof::SpfFails,
    };
    Letter {
        message_id: person.client.message_id(rng, person.domain()),
        from: person.clone(),
        to: vec![receiver.clone()],
        cc: Vec::new(),
        date: source.date,
        subject,
        is_english: source.is_english,
        matter: lure.clone(),
        own: format!("{greeting}{lure}{signature}"),
        quoted: String::new(),
        posting: Posting::Top,
        in_reply_to: String::new(),
        references: Vec::new(),
        files,
        proof,
        extra: Vec::new(),
        seed: rng.draw(),
    }
}

/// Mostly somebody who took part in what is quoted.
fn receiver(rng: &mut Rng, made: &Correspondence, source: &Letter, person: &Party) -> (Party, bool) {
    let parties: Vec<&Party> = source
        .parties()
        .filter(|party| party.domain() == "midori.example" && party.full != person.full)
        .collect();
    if parties.is_empty() || rng.chance(18) {
        let others: Vec<&Party> = made.circle.own.iter().filter(|own| own.full != person.full).collect();
        let chosen = (*rng.pick(&others)).clone();
        let is_party = parties.iter().any(|party| party.address == chosen.address);
        return (chosen, is_party);
    }
    ((*rng.pick(&parties)).clone(), true)
}

fn drawn_bait(rng: &mut Rng) -> Bait {
    *rng.pick(&[Bait::File, Bait::File, Bait::Locked, Bait::Locked, Bait::Link, Bait::Request, Bait::Nothing])
}

/// What the programs of forgers send as; with them come the charsets.
const PROGRAMS: &[Client] = &[
    Client::Outlook,
    Client::OutlookOld,
    Client::Service,
    Client::Service,
    Client::Becky,
    Client::Webmail,
    Client::OldServer,
    Client::OldServer,
    Client::Carrier,
    Client::ThunderbirdOld,
    Client::GmailEnglish,
];

/// An address of somebody unrelated, whose account or server was taken over.
fn stray_address(rng: &mut Rng) -> String {
    let local = *rng.pick(&[
        "info",
        "contact",
        "admin",
        "j.garcia",
        "sales",
        "reservas",
        "a.kowalski",
        "office",
        "mail",
        "support",
    ]);
    format!("{local}@{}", stray_domain(rng))
}

fn charset(bytes: &[u8]) -> &'static str {
    let head = String::from_utf8_lossy(bytes).to_lowercase();
    ["iso-2022-jp", "shift_jis", "euc-jp"]
        .into_iter()
        .find(|label| {
            head.contains(&format!("charset={label}")) || head.contains(&format!("charset=\"{label}\""))
        })
        .unwrap_or("utf-8")
}

fn proof_label(proof: Proof) -> &'static str {
    match proof {
        Proof::Dmarc => "passes DMARC as itself",
        Proof::Spf => "passes SPF as itself",
        Proof::SpfFails => "SPF softfail",
        _ => "nothing published",
    }
}

#[cfg(test)]
mod tests;
