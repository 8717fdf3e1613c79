//! Whose name a forged mail shows, and how it is written.

use super::{PROGRAMS, stray_address};
use crate::Rng;
use crate::correspondence::Correspondence;
use crate::correspondence::letter::Letter;
use crate::correspondence::people::Circle;
use crate::generate::world::Party;

/// Whose name it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// The partner of the conversation that it quotes.
    Partner,
    /// Another partner, who has nothing to do with it.
    OtherPartner,
    /// One of our own people.
    Colleague,
    /// Nobody whom we know.
    Unknown,
}

impl Shown {
    /// In a table.
    pub fn label(self) -> &'static str {
        match self {
            Shown::Partner => "partner of the conversation",
            Shown::OtherPartner => "another partner",
            Shown::Colleague => "one of ours",
            Shown::Unknown => "unknown",
        }
    }

    pub(super) fn drawn(rng: &mut Rng) -> Self {
        match rng.below(20) {
            0..=10 => Shown::Partner,
            11 | 12 => Shown::OtherPartner,
            13..=15 => Shown::Colleague,
            _ => Shown::Unknown,
        }
    }
}

/// The sender as it is shown, with an unrelated address, and how the name is written.
pub(super) fn sender(
    rng: &mut Rng,
    made: &Correspondence,
    circle: &mut Circle,
    source: &Letter,
    stolen: &[&Letter],
    shown: Shown,
) -> Option<(Party, &'static str)> {
    let outside = |party: &&Party| party.domain() != "midori.example";
    let person = match shown {
        // A desk's name is nobody's.
        Shown::Partner => {
            source.parties().find(outside).filter(|party| !party.address.starts_with("support@"))?.clone()
        }
        Shown::OtherPartner => {
            // Whoever stole the mailbox knows those whom it wrote with.
            let other = *rng.pick(stolen);
            let is_elsewhere = |party: &&Party| source.parties().all(|known| known.address != party.address);
            let person = other.parties().filter(is_elsewhere).find(outside)?;
            Some(person).filter(|party| !party.address.starts_with("support@"))?.clone()
        }
        Shown::Colleague => rng.pick(&made.circle.own).clone(),
        Shown::Unknown => {
            let nobody = circle.organisation(1).people.first()?.clone();
            if made.circle.knows(&nobody.full) {
                return None;
            }
            nobody
        }
    };
    // How a name is read, only those know whom it was written to.
    let shows_latin = person.display.contains(&person.romaji) || source.text().contains(&person.romaji);
    let (display, writing) = written(rng, &person, shows_latin);
    let address = stray_address(rng);
    Some((Party { display, address, client: *rng.pick(PROGRAMS), ..person }, writing))
}

fn written(rng: &mut Rng, person: &Party, shows_latin: bool) -> (String, &'static str) {
    let (full, short) = (&person.full, person.company_short());
    let tight = full.replace(' ', "");
    let (given, surname) = person.romaji.split_once(' ').unwrap_or((&person.romaji, ""));
    if person.trade == "foreign" {
        return match rng.below(4) {
            0 => (format!("{surname}, {given}"), "turned round"),
            1 => (format!("{full} ({})", person.company), "with the company"),
            2 => (format!("{full} <{}>", person.address), "with the true address"),
            _ => (full.clone(), "as it is"),
        };
    }
    match rng.below(20) {
        // As the true one shows it; some show no full name, and then neither does the forger.
        0..=6 if !person.display.is_empty() => (person.display.clone(), "as the true one shows it"),
        7..=9 => (full.clone(), "as it is"),
        10 | 11 => (tight, "as it is"),
        12 => (full.replace(' ', "　"), "as it is"),
        13 => {
            let (one, two) = full.split_once(' ').unwrap_or((full, ""));
            (format!("{two} {one}"), "turned round")
        }
        14 => (format!("{tight}様"), "with a title"),
        15 => (format!("{} {full}", person.title), "with a title"),
        16 => (format!("{tight}（{short}）"), "with the company"),
        17 => (format!("{} {full}", person.company), "with the company"),
        18 => (format!("{full} <{}>", person.address), "with the true address"),
        _ if shows_latin => (format!("{surname} {given}"), "in Latin letters"),
        _ => (full.clone(), "as it is"),
    }
}
