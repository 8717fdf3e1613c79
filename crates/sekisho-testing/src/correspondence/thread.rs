//! A topic and the people who talk about it → the letters of one thread, turn by turn.

use jiff::ToSpan;
use jiff::civil::DateTime;

use super::grammar::{Pen, Topic};
use super::letter::{Letter, Posting, posting, quotation};
use super::people::{Organisation, Proof};
use crate::Rng;
use crate::generate::prose;
use crate::generate::slots::{Scene, business_day};
use crate::generate::world::Party;

/// Those who take part.
#[derive(Debug, Clone)]
pub(crate) struct Cast {
    /// Who of ours leads it.
    pub(crate) ours: Party,
    /// The other side; a colleague in talks among ourselves.
    pub(crate) theirs: Party,
    /// Others of ours and of theirs who read it.
    pub(crate) copies: Vec<Party>,
    /// The other side's organisation; none among ourselves.
    pub(crate) organisation: Option<Organisation>,
    /// The other organisations in it, of those in copy.
    pub(crate) further: Vec<Organisation>,
}

/// A thread as it goes on.
#[derive(Debug)]
pub(crate) struct Thread {
    pub(crate) topic: &'static Topic,
    pub(crate) cast: Cast,
    pub(crate) pen: Pen,
    pub(crate) letters: Vec<Letter>,
}

/// What a turn is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    First,
    Reply,
    Further,
    Settle,
}

impl Thread {
    /// The whole thread, begun on a day.
    pub(crate) fn written(
        topic: &'static Topic,
        cast: Cast,
        project: &str,
        mut rng: Rng,
        start: DateTime,
        ours_begin: bool,
    ) -> Self {
        let turns: &[Turn] = match rng.below(10) {
            0 => &[Turn::First],
            1 | 2 => &[Turn::First, Turn::Reply],
            3 | 4 => &[Turn::First, Turn::Reply, Turn::Settle],
            5..=7 => &[Turn::First, Turn::Reply, Turn::Further, Turn::Settle],
            8 => &[Turn::First, Turn::Reply, Turn::Further, Turn::Reply, Turn::Settle],
            _ => &[Turn::First, Turn::Reply, Turn::Further, Turn::Reply, Turn::Further, Turn::Settle],
        };
        let mut pen = Pen::new(Rng::new(rng.draw()), start);
        pen.bind("project", project);
        let mut thread = Self { topic, cast, pen, letters: Vec::new() };
        let mut when = start;
        let mut ours = ours_begin;
        for turn in turns {
            thread.take(*turn, ours, when);
            let writer = thread.letters.last().map(|letter| letter.from.clone());
            // Some have something to add before anybody answers.
            if rng.chance(5)
                && let Some(writer) = writer
            {
                when = later(&mut rng, when, 1);
                thread.follow_up(&writer, when);
            }
            when = later(&mut rng, when, 60);
            ours = !ours;
        }
        thread
    }

    fn take(&mut self, turn: Turn, ours: bool, when: DateTime) {
        self.pen.date = when;
        let writer = self.writer(ours);
        let receiver = match self.letters.last() {
            Some(last) if last.from.address != writer.address => last.from.clone(),
            _ if ours => self.cast.theirs.clone(),
            _ => self.cast.ours.clone(),
        };
        let matter = matter(&mut self.pen, self.topic, turn, writer.taste);
        self.post(&writer, &receiver, &matter, when, turn);
    }

    fn follow_up(&mut self, writer: &Party, when: DateTime) {
        let Some(last) = self.letters.last().cloned() else { return };
        let Some(receiver) = last.to.first().cloned() else { return };
        if self.topic.is_english() {
            return;
        }
        self.pen.date = when;
        let detail = self.pen.some_of(self.topic.section("detail"), 1);
        let matter = format!("{}\n{}", self.pen.one_of("followup"), detail.join("\n"));
        self.post(writer, &receiver, &matter, when, Turn::Further);
    }

    /// Now and then somebody in copy answers for the one who was asked.
    fn writer(&mut self, ours: bool) -> Party {
        let usual = if ours { &self.cast.ours } else { &self.cast.theirs };
        let own = |party: &Party| party.domain() == usual.domain() && party.address != usual.address;
        let stand_in = self.cast.copies.iter().find(|copy| own(copy)).filter(|_| !self.letters.is_empty());
        match stand_in {
            Some(other) if self.pen.rng.chance(9) => other.clone(),
            _ => usual.clone(),
        }
    }

    fn post(&mut self, writer: &Party, receiver: &Party, matter: &str, when: DateTime, turn: Turn) {
        let rng = &mut self.pen.rng;
        let is_answer = !self.letters.is_empty();
        let is_internal = self.cast.organisation.is_none();
        let mut scene = Scene::new(Rng::new(rng.draw()), when, writer.clone(), receiver.clone());
        let mut own = if self.topic.is_english() {
            english(&mut scene, matter)
        } else if is_internal {
            prose::inside(&mut scene, matter)
        } else {
            prose::business(&mut scene, matter, is_answer)
        };
        let organisations = self.cast.organisation.iter().chain(&self.cast.further);
        let organisation = organisations.clone().find(|one| one.domain == writer.domain());
        let proof = organisation.map_or(Proof::Unrecorded, |one| one.proof);
        let files = files(&mut self.pen, self.topic, turn, organisation.is_some_and(|one| one.locks));
        if files.iter().any(|name| name.starts_with("locked:")) {
            own.push_str(self.pen.rng.pick::<&str>(&[
                "\n\n※パスワードは別メールでお送りします。",
                "\n\n（添付は暗号化してあります）",
                "",
            ]));
        }
        if let Some(line) = organisation.map(|one| one.disclaimer).filter(|line| !line.is_empty()) {
            own.push_str(&format!("\n\n{line}"));
        }
        let others = self.cast.copies.iter().chain([&self.cast.ours, &self.cast.theirs]);
        let mut cc: Vec<Party> = Vec::new();
        for other in others.filter(|other| ![&writer.address, &receiver.address].contains(&&other.address)) {
            if !cc.iter().any(|known| known.address == other.address) {
                cc.push(other.clone());
            }
        }
        let mut letter = Letter {
            message_id: writer.client.message_id(&mut self.pen.rng, writer.domain()),
            from: writer.clone(),
            to: vec![receiver.clone()],
            cc,
            date: when,
            subject: String::new(),
            is_english: self.topic.is_english(),
            matter: matter.to_owned(),
            own,
            quoted: String::new(),
            posting: Posting::Nothing,
            in_reply_to: String::new(),
            references: Vec::new(),
            files,
            proof,
            extra: Vec::new(),
            seed: self.pen.rng.draw(),
        };
        match self.letters.last() {
            Some(last) => answer(&mut self.pen.rng, &mut letter, last),
            None => letter.subject = self.pen.some_of(self.topic.section("subject"), 1).join(""),
        }
        self.letters.push(letter);
    }
}

/// Makes a letter an answer to an earlier one: subject, identifiers, quotation.
pub(crate) fn answer(rng: &mut Rng, letter: &mut Letter, last: &Letter) {
    let habits = letter.from.client.habits();
    letter.subject = format!("{}{}", habits.reply, bare(&last.subject));
    // Some phones and form systems lose the thread.
    if rng.chance(95) {
        letter.in_reply_to = last.message_id.clone();
        letter.references = last.references.iter().rev().take(12).rev().cloned().collect();
        letter.references.push(last.message_id.clone());
    }
    letter.posting = posting(rng, letter.from.client);
    letter.quoted = quotation(rng, letter.from.client, &last.earlier(), letter.posting, &letter.own);
}

/// A subject without its prefixes.
pub(crate) fn bare(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some(after) =
        ["Re:", "RE:", "Fwd:", "FW:", "Re: ", "自動応答:"].iter().find_map(|mark| rest.strip_prefix(mark))
    {
        rest = after.trim_start();
    }
    rest
}

/// A moment of business some time later, by at most so many hours.
pub(crate) fn later(rng: &mut Rng, when: DateTime, hours_max: usize) -> DateTime {
    let minutes = rng.between(9, hours_max * 60) as i64;
    let moved = when.saturating_add(minutes.minutes());
    if (8..20).contains(&moved.hour()) && business_day(moved.date()) == moved.date() {
        return moved;
    }
    let next = if moved.hour() >= 20 { moved.date().saturating_add(1.days()) } else { moved.date() };
    business_day(next).at(rng.between(8, 11) as i8, rng.below(60) as i8, rng.below(60) as i8, 0)
}

/// The matter of a turn, laid out as its writer lays out mail.
pub(crate) fn matter(pen: &mut Pen, topic: &Topic, turn: Turn, taste: u64) -> String {
    let (main, detail, details) = match turn {
        Turn::First => ("first", "detail", pen.rng.between(1, 4)),
        Turn::Reply => ("reply", "reply_detail", pen.rng.between(1, 3)),
        Turn::Further => {
            ("further", if pen.rng.chance(50) { "detail" } else { "reply_detail" }, pen.rng.between(0, 2))
        }
        Turn::Settle => ("settle", "reply_detail", usize::from(pen.rng.chance(35))),
    };
    let mut sentences = pen.some_of(topic.section(main), 1);
    sentences.extend(pen.some_of(topic.section(detail), details));
    if turn == Turn::First && pen.rng.chance(70) {
        sentences.extend(pen.some_of(topic.section("request"), 1));
    }
    laid_out(&sentences, taste, topic.is_english())
}

/// Sentences as lines, as paragraphs, or broken by hand at a width.
pub(crate) fn laid_out(sentences: &[String], taste: u64, is_english: bool) -> String {
    if is_english {
        return sentences.join(if taste.is_multiple_of(3) { "\n\n" } else { " " });
    }
    match taste % 5 {
        0 => sentences.join("\n\n"),
        1 => sentences.concat(),
        2 => broken(&sentences.concat(), 30 + (taste / 5 % 8) as usize),
        _ => sentences.join("\n"),
    }
}

/// Lines of so many letters, as people break them by hand.
fn broken(text: &str, letters: usize) -> String {
    let mut out = String::new();
    for (at, c) in text.chars().enumerate() {
        // No line begins with a mark that may not stand there.
        if at > 0 && at % letters == 0 && !"、。）」".contains(c) {
            out.push('\n');
        }
        out.push(c);
    }
    out
}

/// An English letter with what stands around it.
pub(crate) fn english(scene: &mut Scene, matter: &str) -> String {
    let first = scene.receiver.romaji.split(' ').next().unwrap_or_default().to_owned();
    let head = match scene.rng.below(4) {
        0 => format!("Dear {first},"),
        1 => format!("Hello {first},"),
        2 if scene.receiver.trade == "own" => {
            format!("Dear {}-san,", scene.receiver.romaji.split(' ').next_back().unwrap_or(&first))
        }
        _ => format!("Hi {first},"),
    };
    let end =
        *scene.rng.pick(&["Best regards,", "Kind regards,", "With best wishes,", "Many thanks,", "Best,"]);
    let tail = if scene.sender.trade == "own" {
        scene.fill("{romaji}\nMidori Architects\n{address}")
    } else {
        scene.fill("{romaji}\n{title}\n{company}\nPhone {tel}")
    };
    format!("{head}\n\n{matter}\n\n{end}\n{tail}")
}

/// The files of a mail.
pub(crate) fn files(pen: &mut Pen, topic: &Topic, turn: Turn, locks: bool) -> Vec<String> {
    let percent = match (topic.name, turn) {
        ("small-talk" | "internal", _) => 6,
        ("drawings" | "invoices" | "contracts", Turn::First) => 75,
        (_, Turn::First | Turn::Reply) => 28,
        _ => 14,
    };
    if !pen.rng.chance(percent) {
        return Vec::new();
    }
    if locks && pen.rng.chance(70) {
        return vec![pen.fill("locked:{code}_{digits4}.zip")];
    }
    if topic.is_english() {
        let name = *pen.rng.pick(&[
            "{code}.pdf",
            "{code}-{code2}.pdf",
            "photo{digits4}.jpg",
            "list {code}.xlsx",
            "drawing {code}.dxf",
        ]);
        return vec![pen.fill(name)];
    }
    let name = *pen.rng.pick(&[
        "{drawing}_{code}.pdf",
        "{doc}.pdf",
        "{code}{drawing}.dxf",
        "見積書{code}.pdf",
        "{doc}{digits4}.xlsx",
        "{doc}.docx",
        "写真{digits4}.jpg",
        "{drawing}（修正）.pdf",
        "請求書_{digits4}.pdf",
        "{doc}_{code}.xls",
    ]);
    vec![pen.fill(name)]
}
