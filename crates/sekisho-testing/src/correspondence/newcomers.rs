//! A thread that went on → somebody new who has every right to quote it and to attach something, and the mails that brought them in.

use jiff::civil::DateTime;

use super::grammar::{Pen, words};
use super::letter::{Letter, Posting, posting, quotation};
use super::people::{Circle, Organisation, Proof};
use super::systems::plain;
use super::thread::{Thread, answer, bare, english, laid_out, later};
use super::{Kind, Posted};
use crate::Rng;
use crate::generate::prose;
use crate::generate::quote;
use crate::generate::slots::Scene;
use crate::generate::world::Party;

/// How somebody new came to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Newcomer {
    /// A subcontractor whom a partner brought in, with the partner in copy.
    Subcontractor,
    /// Somebody who works for a partner, at the same domain.
    Assistant,
    /// Somebody to whom one of ours forwarded the thread.
    ForwardedByOurs,
    /// Somebody to whom a partner forwarded the thread, unseen by us.
    ForwardedByPartner,
    /// A partner who changed jobs and announced the new address.
    Moved,
    /// The successor whom a partner's mail introduced.
    Successor,
    /// A subcontractor who is called like somebody known.
    Namesake,
    /// A colleague of a partner who answers in their place.
    Colleague,
}

impl Newcomer {
    /// All of them.
    pub const ALL: [Newcomer; 8] = [
        Newcomer::Subcontractor,
        Newcomer::Assistant,
        Newcomer::ForwardedByOurs,
        Newcomer::ForwardedByPartner,
        Newcomer::Moved,
        Newcomer::Successor,
        Newcomer::Namesake,
        Newcomer::Colleague,
    ];

    /// In a table.
    pub fn label(self) -> &'static str {
        match self {
            Newcomer::Subcontractor => "subcontractor, partner in copy",
            Newcomer::Assistant => "assistant of a partner",
            Newcomer::ForwardedByOurs => "forwarded to by one of ours",
            Newcomer::ForwardedByPartner => "forwarded to by a partner, unseen",
            Newcomer::Moved => "changed jobs, announced",
            Newcomer::Successor => "successor, introduced",
            Newcomer::Namesake => "namesake, partner in copy",
            Newcomer::Colleague => "colleague answers for another",
        }
    }

    fn sections(self) -> (&'static str, &'static str) {
        match self {
            Newcomer::Subcontractor | Newcomer::Namesake => ("subcontractor", "subcontractor_matter"),
            Newcomer::Assistant => ("assistant", "assistant_matter"),
            Newcomer::ForwardedByOurs | Newcomer::ForwardedByPartner => ("forwarded", "forwarded_matter"),
            Newcomer::Moved => ("moved", "moved_matter"),
            Newcomer::Successor => ("successor", "successor_matter"),
            Newcomer::Colleague => ("colleague", "colleague_matter"),
        }
    }
}

/// The mails that bring somebody in, and theirs; in order.
pub(crate) fn newcomer(
    circle: &mut Circle,
    kind: Newcomer,
    thread: &Thread,
    mut rng: Rng,
) -> Option<Vec<Posted>> {
    let last = thread.letters.last()?;
    let partner = thread.cast.organisation.as_ref()?;
    let theirs = thread.cast.theirs.clone();
    let when = later(&mut rng, last.date, 50);
    let (organisation, person) = who(circle, kind, thread, partner, &mut rng);
    let mut pen = Pen::new(Rng::new(rng.draw()), when);
    for (slot, value) in [("by", &theirs.surname), ("company", &person.company), ("sender", &person.surname)]
    {
        pen.bind(slot, value);
    }
    pen.bind("project", matter_of(&last.subject));
    pen.bind("trade2", rng.pick::<&str>(words("trades")));
    let bound = [
        ("old_company", &theirs.company),
        ("new_company", &person.company),
        ("new_address", &person.address),
        ("new_sender", &person.full),
    ];
    bound.iter().for_each(|(slot, value)| pen.bind(slot, value));
    let before = introduction(kind, thread, &person, &mut pen, &mut rng, when);
    let quoted = before.clone().filter(|_| kind == Newcomer::ForwardedByOurs).unwrap_or_else(|| last.clone());
    let when = later(&mut rng, before.as_ref().map_or(when, |letter| letter.date), 40);
    pen.date = when;
    let mut letter = theirs_own(kind, thread, &person, &mut pen, &mut rng, when, last.is_english);
    letter.proof = organisation.proof;
    quote_thread(kind, &mut letter, &quoted, &mut rng);
    if kind == Newcomer::ForwardedByPartner || (kind == Newcomer::Moved && rng.chance(50)) {
        // What was forwarded to them out of our sight has identifiers that we do not know.
        letter.in_reply_to.clear();
        letter.references.clear();
    }
    let mut out: Vec<Posted> = before
        .map(|letter| {
            let is_ours = letter.from.domain() == "midori.example";
            Posted::letter(letter, if is_ours { Kind::Outgoing } else { Kind::Announcement })
        })
        .into_iter()
        .collect();
    out.push(Posted::letter(letter, Kind::Newcomer(kind)));
    Some(out)
}

fn who(
    circle: &mut Circle,
    kind: Newcomer,
    thread: &Thread,
    partner: &Organisation,
    rng: &mut Rng,
) -> (Organisation, Party) {
    let theirs = &thread.cast.theirs;
    let person_at = |circle: &mut Circle, at: &Organisation| {
        if at.is_english { circle.foreigner(at) } else { circle.person(at) }
    };
    match kind {
        Newcomer::Assistant | Newcomer::Successor => (partner.clone(), person_at(circle, partner)),
        Newcomer::Colleague => {
            let others: Vec<&Party> = partner
                .people
                .iter()
                .filter(|person| {
                    thread
                        .letters
                        .iter()
                        .all(|letter| letter.parties().all(|party| party.address != person.address))
                })
                .collect();
            let person = match others.is_empty() {
                true => person_at(circle, partner),
                false => (*rng.pick(&others)).clone(),
            };
            (partner.clone(), person)
        }
        _ => {
            let mut new = circle.organisation(0);
            if thread.topic.is_english() {
                new.name = latin_name(&new.domain);
            }
            let person = match kind {
                Newcomer::Moved => {
                    let local = theirs.address.split('@').next().unwrap_or("office");
                    Party {
                        company: new.name.clone(),
                        address: format!("{local}@{}", new.domain),
                        display: theirs.full.clone(),
                        ..theirs.clone()
                    }
                }
                Newcomer::Namesake => {
                    let known: Vec<Party> = circle
                        .partners
                        .iter()
                        .filter(|other| !other.is_english && other.domain != partner.domain)
                        .flat_map(|other| other.people.clone())
                        .collect();
                    let of = rng.pick(&known).clone();
                    circle.namesake(&new, &of)
                }
                _ if thread.topic.is_english() => circle.foreigner(&new),
                _ => circle.person(&new),
            };
            new.is_english = thread.topic.is_english();
            (new, person)
        }
    }
}

/// What a subject is about, without the words that make it a subject.
fn matter_of(subject: &str) -> &str {
    let mut rest = bare(subject);
    while let Some(shorter) = ["の件", "について", "のお願い"].iter().find_map(|end| rest.strip_suffix(end))
    {
        rest = shorter;
    }
    rest
}

/// `aomine-glass.example` → `Aomine Glass`.
fn latin_name(domain: &str) -> String {
    let label = domain.split('.').next().unwrap_or(domain);
    let words = label.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect::<String>())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The mail that brought them in, where there is one that we have seen.
fn introduction(
    kind: Newcomer,
    thread: &Thread,
    person: &Party,
    pen: &mut Pen,
    rng: &mut Rng,
    when: DateTime,
) -> Option<Letter> {
    let last = thread.letters.last()?;
    let proof = thread.cast.organisation.as_ref().map_or(Proof::Unrecorded, |one| one.proof);
    let (ours, theirs) = (&thread.cast.ours, &thread.cast.theirs);
    let (text, from, to, cc) = match kind {
        Newcomer::Moved => (pen.one_of("moved_notice"), theirs, ours, None),
        Newcomer::Successor => (pen.one_of("successor_notice"), theirs, ours, Some(person.clone())),
        Newcomer::ForwardedByOurs => {
            let text = pen.fill("{company}様には下の件を<ご相談|お願い>したく、<転送します|お送りします>。{date}までに<ご意見|見積り>をいただけますか。");
            (text, ours, person, None)
        }
        Newcomer::Subcontractor | Newcomer::Namesake if rng.chance(50) => {
            let text = pen.fill("{project}の件、{trade2}は{company}の{sender}さんに<お願いします|入ってもらいます>。CCに<入れました|加えています>。{date}から<やり取りを|現場を>お願いします。");
            (text, theirs, ours, Some(person.clone()))
        }
        _ => return None,
    };
    let mut letter = plain(rng, from, to, when, &text);
    letter.cc.extend(cc);
    letter.is_english = last.is_english;
    if last.is_english {
        let english_text = match kind {
            Newcomer::Moved => format!("I am leaving {} at the end of the month. From then on please write to {}.", theirs.company, person.address),
            Newcomer::Successor => format!("{} ({}) takes over my projects and reads this in copy.", person.full, person.address),
            Newcomer::ForwardedByOurs => pen.fill("Could you have a look at the message below and tell us by {date_en} what you think about the {thing_en}?"),
            _ => format!("{} of {} joins us for this and is in copy.", person.full, person.company),
        };
        let mut scene = Scene::new(Rng::new(rng.draw()), when, from.clone(), to.clone());
        letter.own = english(&mut scene, &english_text);
    }
    letter.proof = if from.address == ours.address { Proof::Unrecorded } else { proof };
    if kind == Newcomer::ForwardedByOurs {
        letter.subject = format!("{}{}", from.client.habits().forward, bare(&last.subject));
        letter.posting = Posting::Top;
        letter.quoted = quote::forward(from.client, &last.earlier());
    } else if matches!(kind, Newcomer::Moved) {
        letter.subject = if last.is_english {
            "New address".to_owned()
        } else {
            pen.fill("<転職|アドレス変更|連絡先変更>のお知らせ")
        };
    } else {
        answer(rng, &mut letter, last);
    }
    Some(letter)
}

fn theirs_own(
    kind: Newcomer,
    thread: &Thread,
    person: &Party,
    pen: &mut Pen,
    rng: &mut Rng,
    when: DateTime,
    is_english: bool,
) -> Letter {
    let ours = &thread.cast.ours;
    let mut letter = plain(rng, person, ours, when, "");
    let (intro, matter) = if is_english { ("english", "english_matter") } else { kind.sections() };
    let mut sentences = vec![pen.one_of(intro)];
    let count = pen.rng.between(1, 2);
    sentences.extend(pen.some_of(words(matter), count));
    letter.matter = laid_out(&sentences, person.taste, is_english);
    let mut scene = Scene::new(Rng::new(rng.draw()), when, person.clone(), ours.clone());
    letter.own = if is_english {
        english(&mut scene, &letter.matter)
    } else {
        let salutation = prose::salutation(&mut scene.rng, ours);
        let end = *rng.pick(&[
            "よろしくお願いいたします。",
            "どうぞよろしくお願い申し上げます。",
            "ご確認のほどお願いいたします。",
        ]);
        format!("{salutation}\n\n{}\n\n{end}\n\n{}", letter.matter, prose::signature(&mut scene))
    };
    letter.is_english = is_english;
    let with_partner = match kind {
        Newcomer::Subcontractor | Newcomer::Namesake | Newcomer::Successor => true,
        Newcomer::Assistant | Newcomer::Colleague => rng.chance(50),
        _ => false,
    };
    if with_partner {
        letter.cc.push(thread.cast.theirs.clone());
    }
    letter.cc.extend(thread.cast.copies.iter().filter(|copy| copy.domain() == "midori.example").cloned());
    let name = *pen.rng.pick(&[
        "{doc}.pdf",
        "{code}_{digits4}.pdf",
        "{drawing}.pdf",
        "会社案内.pdf",
        "{doc}.docx",
        "見積_{code}.xlsx",
        "写真{digits4}.jpg",
    ]);
    let name = if is_english { "data sheet {code}.pdf" } else { name };
    letter.files.push(pen.fill(name));
    letter
}

/// They answer below what they were shown; hardly anybody takes it away.
fn quote_thread(kind: Newcomer, letter: &mut Letter, quoted: &Letter, rng: &mut Rng) {
    answer(rng, letter, quoted);
    if kind == Newcomer::Moved {
        letter.subject = format!("{}{}", letter.from.client.habits().reply, bare(&quoted.subject));
    }
    while matches!(letter.posting, Posting::Nothing) {
        letter.posting = posting(rng, letter.from.client);
    }
    letter.quoted = quotation(rng, letter.from.client, &quoted.earlier(), letter.posting, &letter.own);
}
