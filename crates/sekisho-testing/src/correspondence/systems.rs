//! What is no talk between people: newsletters and notices, a mailing list, a help desk's tickets, answers by absent people's machines.

use jiff::civil::DateTime;

use super::grammar::{Pen, words};
use super::letter::{Letter, Posting, quotation};
use super::people::{Circle, Organisation, Proof};
use super::post::seconds;
use super::thread::{answer, bare, laid_out, later};
use super::{Content, Kind, Posted};
use crate::Rng;
use crate::generate::client::Client;
use crate::generate::letter;
use crate::generate::prose;
use crate::generate::slots::Scene;
use crate::generate::texts::{From, Shape, texts};
use crate::generate::world::{Party, World};

/// Newsletters and notices of services, on these days.
pub(crate) fn services(seed: u64, days: &[DateTime]) -> Vec<Posted> {
    let world = World::new(seed);
    let fitting: Vec<usize> = (0..texts().len())
        .filter(|at| matches!(texts()[*at].from, From::Fixed(..)) && texts()[*at].special.is_none())
        .collect();
    let mut out = Vec::new();
    for (at, day) in days.iter().enumerate() {
        let mut rng = Rng::stream(seed, 700_000 + at as u64);
        let number = *rng.pick(&fitting);
        let text = &texts()[number];
        let kind = if text.shape == Shape::Newsletter { Kind::Newsletter } else { Kind::Notification };
        let made = letter::write_at(text, number, &world, rng, *day);
        out.push(Posted {
            at: seconds(*day),
            kind,
            mailboxes: vec![made.own_address.to_owned()],
            content: Content::Raw(made.bytes),
        });
    }
    out
}

/// A list of the trade, with members of ours, of partners and from elsewhere.
#[derive(Debug)]
pub(crate) struct List {
    members: Vec<(Party, Proof)>,
    ours: Vec<Party>,
}

/// Its address.
const LIST: &str = "kenchiku-ml@lists.kenchiku-kai.example";

impl List {
    /// The members.
    pub(crate) fn new(circle: &mut Circle, rng: &mut Rng) -> Self {
        let mut members = Vec::new();
        for partner in circle.partners.iter().filter(|partner| !partner.is_english).step_by(6) {
            members.extend(partner.people.first().map(|person| (person.clone(), partner.proof)));
        }
        for _ in 0..14 {
            let elsewhere = circle.organisation(1);
            members.extend(elsewhere.people.first().map(|person| (person.clone(), elsewhere.proof)));
        }
        let ours = vec![circle.own[rng.below(6)].clone(), circle.own[6 + rng.below(6)].clone()];
        Self { members, ours }
    }

    /// A question to all and the answers to it.
    pub(crate) fn thread(&self, mut rng: Rng, start: DateTime) -> Vec<Posted> {
        let mut pen = Pen::new(Rng::new(rng.draw()), start);
        let number = rng.between(100, 9_999);
        let mut when = start;
        let mut out: Vec<Letter> = Vec::new();
        for turn in 0..rng.between(1, 5) {
            let (member, proof) = rng.pick(&self.members).clone();
            pen.date = when;
            pen.bind("sender", &member.surname);
            pen.bind("company", &member.company);
            let mut sentences = vec![pen.one_of(if turn == 0 { "list" } else { "list_reply" })];
            if pen.rng.chance(40) {
                sentences.push(pen.one_of(if turn == 0 { "list_reply" } else { "list" }));
            }
            let subject =
                format!("[kenchiku-ml:{}] {}", number + turn, pen.fill("{part}と{material}について"));
            let mut letter =
                plain(&mut pen.rng, &member, &list_party(), when, &laid_out(&sentences, member.taste, false));
            letter.subject = subject;
            if let Some(last) = out.last() {
                answer(&mut pen.rng, &mut letter, last);
                letter.subject = format!(
                    "[kenchiku-ml:{}] Re: {}",
                    number + turn,
                    bare(last.subject.split_once("] ").map_or("", |(_, rest)| rest))
                );
            }
            letter.own.push_str(&format!(
                "\n\n_______________________________________________\nkenchiku-ml mailing list\n{LIST}"
            ));
            letter.proof = proof;
            through_list(&mut pen.rng, &mut letter);
            out.push(letter);
            when = later(&mut rng, when, 30);
        }
        let boxes: Vec<String> = self.ours.iter().map(|person| person.address.clone()).collect();
        out.into_iter()
            .map(|letter| Posted { mailboxes: boxes.clone(), ..Posted::letter(letter, Kind::MailingList) })
            .collect()
    }
}

/// Some lists put themselves into `From`, others leave it and break what DMARC stands on.
fn through_list(rng: &mut Rng, letter: &mut Letter) {
    if rng.chance(40) {
        letter.from.display = format!("{} via kenchiku-ml", letter.from.full);
        letter.from.address = LIST.to_owned();
        letter.proof = Proof::Dmarc;
    } else {
        letter.proof = Proof::ThroughList;
    }
    letter.extra.push(("List-Id", "<kenchiku-ml.lists.kenchiku-kai.example>".to_owned()));
    letter.extra.push(("List-Post", format!("<mailto:{LIST}>")));
    letter.extra.push(("Precedence", "list".to_owned()));
}

fn list_party() -> Party {
    Party {
        display: String::new(),
        full: "kenchiku-ml".to_owned(),
        ..Party::fixed("kenchiku-ml", LIST, Client::Service)
    }
}

/// A service that answers in the name of those who hire it.
struct Desk {
    domain: &'static str,
    /// The address of a ticket.
    front: &'static str,
    /// How many of its mails ours answer, in a hundred: some desks say that nobody reads answers.
    answered: usize,
}

const DESKS: [Desk; 3] = [
    Desk { domain: "desk-service.example", front: "reply+", answered: 60 },
    Desk { domain: "toiawase-cloud.example", front: "ticket-", answered: 40 },
    Desk { domain: "madoguchi.example", front: "noreply+", answered: 0 },
];

/// A question of ours to the support of a partner, the `number`th with one, and what its help desk answers from an address of the ticket.
pub(crate) fn tickets(
    mut rng: Rng,
    circle: &Circle,
    (number, partner): (usize, &Organisation),
    start: DateTime,
) -> Vec<Posted> {
    let Some(agent) = partner.people.first() else { return Vec::new() };
    let ours = circle.own[partner.regular[0]].clone();
    let support = Party {
        address: format!("support@{}", partner.domain),
        full: format!("{} サポート", partner.name),
        display: String::new(),
        ..agent.clone()
    };
    let mut pen = Pen::new(Rng::new(rng.draw()), start);
    pen.bind("sender", &agent.surname);
    pen.bind("digits4", &rng.digits(4));
    let asked = question(&mut rng, &mut pen, &ours, &support, start);
    let mut out = vec![Posted::letter(asked.clone(), Kind::Outgoing)];
    let service = &DESKS[number % DESKS.len()];
    let ticket = rng.digits(6);
    let mut last = asked;
    let mut when = start;
    for turn in 0..rng.between(1, 3) {
        when = later(&mut rng, when, if turn == 0 { 1 } else { 40 });
        pen.date = when;
        let desk = Party {
            address: format!("{}{ticket}@{}", service.front, service.domain),
            display: if turn == 0 {
                format!("{} サポート", partner.name)
            } else {
                format!("{}（{}）", agent.full, partner.name)
            },
            client: Client::Service,
            ..agent.clone()
        };
        let matter = match turn {
            0 => pen.fill(words("ticket").first().copied().unwrap_or_default()),
            _ => pen.one_of("ticket_answer"),
        };
        let mut letter = plain(&mut rng, &desk, &ours, when, &matter);
        letter.own = format!("{matter}\n\n{} サポート窓口", partner.name);
        answer(&mut rng, &mut letter, &last);
        letter.subject =
            format!("[#{ticket}] {}", bare(&last.subject).trim_start_matches(&format!("[#{ticket}] ")));
        letter.posting = Posting::Top;
        letter.quoted = quotation(&mut rng, Client::Gmail, &last.earlier(), Posting::Top, "");
        letter.proof = Proof::Dmarc;
        last = letter.clone();
        out.push(Posted::letter(letter, Kind::Ticket));
        if rng.chance(service.answered) {
            when = later(&mut rng, when, 10);
            pen.date = when;
            let mut thanks = plain(&mut rng, &ours, &desk, when, &pen.one_of("ticket_thanks"));
            answer(&mut rng, &mut thanks, &last);
            thanks.posting = Posting::Top;
            thanks.quoted = quotation(&mut rng, ours.client, &last.earlier(), Posting::Top, &thanks.own);
            last = thanks.clone();
            out.push(Posted::letter(thanks, Kind::Outgoing));
        }
    }
    out
}

fn question(rng: &mut Rng, pen: &mut Pen, ours: &Party, support: &Party, start: DateTime) -> Letter {
    let question = format!(
        "{}\n{}",
        pen.fill("{room}の<複合機|端末|電話>が{past}から<つながりません|動きません>。"),
        pen.fill(
            "<画面に|表示に>{code}{digits4}と<出ます|あります>。{date}までに<直せますか|見ていただけますか>。"
        )
    );
    let mut scene = Scene::new(Rng::new(rng.draw()), start, ours.clone(), support.clone());
    let own = prose::business(&mut scene, &question, false);
    let mut asked = plain(rng, ours, support, start, &question);
    asked.own = own;
    asked.subject = pen.fill("{room}の<複合機|端末|電話>の<不調|件>（{code}）");
    asked
}

/// What the machine of somebody absent answers to a mail of ours.
pub(crate) fn away(mut rng: Rng, letter: &Letter, proof: Proof) -> Option<Posted> {
    let absent = letter.to.first()?;
    let when = letter.date.saturating_add(jiff::Span::new().seconds(rng.between(20, 200) as i64));
    let mut pen = Pen::new(Rng::new(rng.draw()), when);
    let text = if letter.is_english {
        pen.fill("I am out of the office until {date_en} and will answer when I am back.")
    } else {
        pen.one_of("away")
    };
    let mut answered = plain(&mut rng, absent, &letter.from, when, &text);
    answered.own = format!("{text}\n\n{}", if letter.is_english { &absent.romaji } else { &absent.full });
    answered.subject =
        format!("{}{}", rng.pick(&["自動応答: ", "自動返信：", "Automatic reply: "]), bare(&letter.subject));
    answered.in_reply_to = letter.message_id.clone();
    answered.references = vec![letter.message_id.clone()];
    answered.proof = proof;
    answered.is_english = letter.is_english;
    answered.extra.push(("Auto-Submitted", "auto-replied".to_owned()));
    Some(Posted::letter(answered, Kind::AutoReply))
}

/// A letter from one to one, without thread and files.
pub(crate) fn plain(rng: &mut Rng, from: &Party, to: &Party, date: DateTime, matter: &str) -> Letter {
    let mut scene = Scene::new(Rng::new(rng.draw()), date, from.clone(), to.clone());
    let signature = prose::signature(&mut scene);
    Letter {
        message_id: from.client.message_id(rng, from.domain()),
        from: from.clone(),
        to: vec![to.clone()],
        cc: Vec::new(),
        date,
        subject: String::new(),
        is_english: false,
        matter: matter.to_owned(),
        own: format!("{matter}\n\n{signature}"),
        quoted: String::new(),
        posting: Posting::Nothing,
        in_reply_to: String::new(),
        references: Vec::new(),
        files: Vec::new(),
        proof: Proof::Unrecorded,
        extra: Vec::new(),
        seed: rng.draw(),
    }
}
