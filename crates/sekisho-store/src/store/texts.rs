//! Texts ↔ keyed fingerprints in the database: which remembered texts a text shares a stretch with, and which mails hold them.
//!
//! A text is one row with all its marks; by its anchors it is found where it is worth comparing. A stretch that is remembered already is
//! not kept again: the mail becomes one more holder of the text that has it, and only what is new is a new text. All work for one text is
//! bounded, whoever wrote it.

mod anchors;
#[cfg(test)]
mod conformance;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::formulas::{self, Formulas, Use};
use super::ranks::Rank;
use super::together::{Together, at_once};
use crate::database::{Database, Value};
use crate::fingerprint::{Fingerprint, chosen, grams};
use crate::letters::{LETTERS_MAX, Letters};
use crate::marks::{MARK_BYTES_MIN, Mark, number, pack, unpack};
use crate::matching::{Places, Run, heaviest_first, runs_with_one};
use crate::{Secret, StoreError};
use anchors::{Anchors, Lead, PLACES_MAX};

/// The tables.
pub(crate) const TABLES: &[&str] = &[
    // Texts, numbered as they came, with the number of the writer where they count and what of them is formulas (see `formulas`), and their
    // marks (see `marks`).
    "CREATE TABLE texts (id BIGINT PRIMARY KEY, writer BIGINT, formulas BYTEA, marks BYTEA NOT NULL)",
    anchors::TABLE,
    // Which mails hold which letters of a text, as their sender's own words (0) or quoted (1), in the order in which they are looked at (see
    // `precedence`). `at` is the mail's.
    "CREATE TABLE holders (text INTEGER NOT NULL, precedence INTEGER NOT NULL, at BIGINT NOT NULL, mail BIGINT NOT NULL, \
     first INTEGER NOT NULL, until INTEGER NOT NULL, quoted INTEGER NOT NULL, \
     PRIMARY KEY (text, precedence, at, mail, first) INCLUDE (until, quoted))",
    "CREATE INDEX holders_by_mail ON holders (mail)",
];

/// Remembered texts compared with one text: those that share most, and the rarest, anchors.
const COMPARED_MAX: usize = 32;

/// The same in a search for stretches of a long text: what it quotes shares many anchors and is among the first.
const COMPARED_WITH_LONG_MAX: usize = 16;

/// Marks of remembered texts compared with one text: as many as some dozens of long mails have.
const MARKS_MAX: usize = 64 * 1024;

/// Grams of a text of which not its anchors alone are looked up. In a short quotation other grams may be anchors than in its original; those
/// are marks there nearly always, so a search looks the marks up. More would lead to so many phrases that what is searched is no longer
/// among what is compared. Learning looks up all: a text that begins or ends within a phrase may have no mark of it.
const SHORT_GRAMS: usize = 128;

/// Where a text has more than so many of them, in a search about so many are looked up, evenly spread, or more where they would lie further
/// apart than [`APART_MAX`].
const SPREAD_OVER: usize = 24;

/// What lies at most between two that are looked up, in weight: 60 Latin letters, so any stretch of 100 is found, and shorter ones mostly.
const APART_MAX: u32 = 600;

/// Runs with less language than this, formulas apart, are not told: they prove nothing.
const RUN_WEIGHT_MIN: u32 = 200;

/// A stretch as heavy as this is not kept again: 40 Latin letters, what counts as a quotation.
const STRETCH_WEIGHT: u32 = 400;

/// A text of which this share is remembered is that text, however short.
const SAME_TEXT_PERCENT: u32 = 80;

/// How a mail holds a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// Its sender wrote it.
    Own,
    /// It quotes it.
    Quoted,
}

/// A mail that holds texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holder {
    pub(super) mail: i64,
    pub(super) rank: Rank,
    /// When it was sent, in seconds since 1970.
    pub(super) at: i64,
    /// Whether one of ours sent it, or it proves a contact to whom we write.
    pub(super) is_proven: bool,
}

/// The ranks in a precedence.
const RANKS: i64 = 8;

/// When a holder of a text is looked at among all of them: the less, the sooner. First those that prove something; of these, and then of the
/// others, those that hold most of it, for a phrase of it may be in every mail of ours; of as much, those of the first rank.
fn precedence(rank: Rank, letters: i64) -> i64 {
    let most = LETTERS_MAX as i64;
    let behind = if rank < Rank::Others { 0 } else { most };
    (behind + most - letters) * RANKS + rank as i64
}

/// Gives the mails that `mails` chooses a new rank as holders of texts; what one of ours sent stays ours. `mails` knows the address as `$1`.
pub(super) fn give_rank(
    database: &mut dyn Database,
    mails: &str,
    address: i64,
    rank: Rank,
) -> Result<(), StoreError> {
    let (ours, suspicious) = (Rank::Ours as i64, Rank::Suspicious as i64);
    let sql = format!(
        "UPDATE holders SET precedence = $2 - (until - first) * {RANKS} WHERE mail IN {mails} \
         AND precedence % {RANKS} > {ours} AND precedence % {RANKS} < {suspicious} AND precedence % {RANKS} <> $3"
    );
    let values = [address, precedence(rank, 0), rank as i64].map(Value::Int);
    database.run(&sql, &values).map(|_| ())
}

/// The texts of the mails of one transaction: what is known of the database meanwhile, and what waits to be written.
#[derive(Default)]
pub(super) struct Learning {
    anchors: Anchors,
    /// The number of the last text, once it was asked for.
    last: Option<i64>,
    holders: Vec<Vec<Value>>,
}

impl Learning {
    /// Asks for what the texts of several mails will ask for, in the order of the table: one by one they would ask all over it.
    pub(super) fn ask<'t>(
        &mut self,
        database: &mut dyn Database,
        texts: impl Iterator<Item = &'t LookedAt>,
    ) -> Result<(), StoreError> {
        self.anchors.ask_at_once(database, texts.flat_map(|text| text.looked_up.iter().copied()))
    }

    /// Notes that a mail holds a text. `used` says who wrote it in which conversation, where they count: our own people and contacts in
    /// mail that proves them.
    pub(super) fn hold(
        &mut self,
        database: &mut dyn Database,
        holder: Holder,
        text: &LookedAt,
        held: Held,
        used: Option<Use>,
    ) -> Result<(), StoreError> {
        let LookedAt { letters, marks, .. } = text;
        if marks.is_empty() {
            return Ok(());
        }
        let Holder { mail, rank, at, is_proven } = holder;
        let compared = Compared::with(database, &mut self.anchors, text)?;
        let (mut held_already, covered) = held_already(letters, &compared.runs);
        let kept: Vec<Mark> =
            marks.iter().filter(|mark| !is_inside(mark, &covered)).map(Mark::from).collect();
        if let (Some(used), Held::Own) = (used, held) {
            formulas::note(database, mail, used, &held_already)?;
        }
        if is_proven {
            self.prove(marks, &held_already);
        }
        // Whoever writes a formula holds nothing of the text that it was first seen in.
        formulas::pass_over(&compared.formulas, letters, &mut held_already);
        held_already.retain(|run| run.weight_of_language >= RUN_WEIGHT_MIN || run.formal == 0);
        let mut holders: Vec<(u64, Range<u32>)> =
            held_already.iter().map(|run| (run.text, run.there.clone())).collect();
        if !kept.is_empty()
            && let Some(text) = self.keep(database, &kept, used, is_proven)?
        {
            let (first, last) = (marks.first(), marks.last());
            let end = last.map_or(0, |last| last.start + last.letters);
            holders.push((text, first.map_or(0, |first| first.start)..end));
        }
        let quoted = i64::from(held == Held::Quoted);
        self.holders.extend(holders.into_iter().map(|(text, letters)| {
            let (first, until) = (i64::from(letters.start), i64::from(letters.end));
            let precedence = precedence(rank, until - first);
            [text as i64, precedence, at, mail, first, until, quoted].map(Value::Int).to_vec()
        }));
        Ok(())
    }

    /// Keeps marks as a new text. `None` where all its anchors are everybody's phrases: nothing could ever find it.
    fn keep(
        &mut self,
        database: &mut dyn Database,
        marks: &[Mark],
        used: Option<Use>,
        is_proven: bool,
    ) -> Result<Option<u64>, StoreError> {
        let mut anchors: BTreeSet<u32> = marks.iter().filter_map(|mark| mark.anchor).collect();
        anchors.retain(|anchor| self.anchors.has_room(*anchor, is_proven));
        if anchors.is_empty() {
            return Ok(None);
        }
        let last = match self.last {
            Some(last) => last,
            None => {
                let last = database.one("SELECT MAX(id) FROM texts", &[])?;
                last.as_ref().and_then(Value::int).unwrap_or(0)
            }
        };
        let text = last + 1;
        self.last = Some(text);
        let writer = used.map_or(Value::Null, |used| Value::Int(used.user));
        let row = vec![Value::Int(text), writer, Value::Null, Value::Bytes(pack(marks))];
        database.insert("texts", &["id", "writer", "formulas", "marks"], &[row])?;
        let lead = Lead { text: text as u32, is_proven };
        anchors.into_iter().for_each(|anchor| self.anchors.lead(anchor, lead));
        Ok(Some(text as u64))
    }

    /// Notes that what a mail shares with remembered texts is proven to be ours or a contact's, whoever sent it first.
    fn prove(&mut self, marks: &[Fingerprint], runs: &[Run]) {
        for run in runs {
            let within = |mark: &&Fingerprint| run.letters.contains(&(mark.start as usize));
            for mark in marks.iter().filter(|mark| mark.is_anchor).filter(within) {
                self.anchors.prove(number(mark.hash), run.text as u32);
            }
        }
    }

    /// Writes what waits.
    pub(super) fn end(mut self, database: &mut dyn Database) -> Result<(), StoreError> {
        self.anchors.write(database)?;
        let columns = ["text", "precedence", "at", "mail", "first", "until", "quoted"];
        database.insert("holders", &columns, &self.holders).map(|_| ())
    }
}

/// Forgets which texts a mail holds, and the texts that nobody else holds.
pub(crate) fn let_go(database: &mut dyn Database, mail: i64) -> Result<(), StoreError> {
    let mut texts = BTreeSet::new();
    database.rows("SELECT text FROM holders WHERE mail = $1", &[Value::Int(mail)], &mut |row| {
        texts.extend(row.first().and_then(Value::int));
    })?;
    database.run("DELETE FROM holders WHERE mail = $1", &[Value::Int(mail)])?;
    formulas::let_go(database, mail)?;
    for text in texts {
        let held = database.one("SELECT mail FROM holders WHERE text = $1 LIMIT 1", &[Value::Int(text)])?;
        if held.is_none() {
            forget(database, text)?;
        }
    }
    Ok(())
}

/// The stretches of a text that remembered texts have too, the heaviest of each, the heaviest first. Formulas (see `formulas`) do not
/// count as language.
pub(crate) fn found(
    database: &mut dyn Database,
    secret: &Secret,
    letters: Letters,
) -> Result<Vec<Run>, StoreError> {
    let mut search = Search::new([LookedAt::searched(letters, secret)]);
    at_once(database, |round| search.ask_anchors(round))?;
    at_once(database, |round| search.ask_texts(round))?;
    let mut runs = search.found().pop().unwrap_or_default();
    let mut texts = BTreeSet::new();
    runs.retain(|run| texts.insert(run.text));
    Ok(runs)
}

/// A search for the stretches of several texts.
#[derive(Default)]
pub(super) struct Search {
    looked: Vec<LookedAt>,
    anchors: Anchors,
    /// The remembered texts that each is compared with.
    texts: Vec<Vec<i64>>,
    remembered: BTreeMap<i64, Remembered>,
}

impl Search {
    pub(super) fn new(looked: impl IntoIterator<Item = LookedAt>) -> Self {
        Self { looked: looked.into_iter().collect(), ..Self::default() }
    }

    /// Asks where the anchors of the texts lead to.
    pub(super) fn ask_anchors<'t>(&'t mut self, together: &mut Together<'t>) {
        self.anchors.ask(together, self.looked.iter().flat_map(|one| one.looked_up.iter().copied()));
    }

    /// Asks for the texts that are worth comparing.
    pub(super) fn ask_texts<'t>(&'t mut self, together: &mut Together<'t>) {
        let worth_comparing = |one: &LookedAt| {
            let most = if one.is_short() { COMPARED_MAX } else { COMPARED_WITH_LONG_MAX };
            worth_comparing(&self.anchors, one, most)
        };
        self.texts = self.looked.iter().map(worth_comparing).collect();
        ask_texts(together, &self.texts.concat(), &mut self.remembered);
    }

    /// What was found of each of the texts, in the order in which they were given: all runs, the heaviest first.
    pub(super) fn found(self) -> Vec<Vec<Run>> {
        let tell = |(looked, texts): (&LookedAt, &Vec<i64>)| {
            let Compared { mut runs, formulas } = Compared::of(looked, texts, &self.remembered);
            formulas::pass_over(&formulas, &looked.letters, &mut runs);
            runs.retain(|run| run.weight_of_language >= RUN_WEIGHT_MIN);
            heaviest_first(&mut runs);
            runs
        };
        self.looked.iter().zip(&self.texts).map(tell).collect()
    }
}

/// A text that is looked at.
pub(super) struct LookedAt {
    letters: Letters,
    grams: Vec<Fingerprint>,
    marks: Vec<Fingerprint>,
    /// Where one looks what leads to remembered texts: numbers in order, each once.
    looked_up: Vec<u32>,
}

impl LookedAt {
    /// A text that is to be learned.
    pub(super) fn learned(text: &str, secret: &Secret) -> Self {
        let mut looked = Self::new(Letters::of(text), secret);
        looked.look_up(looked.leading(&looked.grams).map(|one| number(one.hash)).collect());
        looked
    }

    /// A text of which stretches are searched.
    pub(super) fn searched(letters: Letters, secret: &Secret) -> Self {
        let mut looked = Self::new(letters, secret);
        looked.look_up(looked.spread().map(|one| number(one.hash)).collect());
        looked
    }

    fn new(letters: Letters, secret: &Secret) -> Self {
        let grams = grams(&letters, secret);
        let marks = chosen(&grams);
        Self { letters, grams, marks, looked_up: Vec::new() }
    }

    fn look_up(&mut self, mut numbers: Vec<u32>) {
        numbers.sort_unstable();
        numbers.dedup();
        self.looked_up = numbers;
    }

    fn is_short(&self) -> bool {
        self.grams.len() <= SHORT_GRAMS
    }

    /// What may lead to remembered texts: its anchors, or `all` where it is short.
    fn leading<'t>(&'t self, all: &'t [Fingerprint]) -> impl Iterator<Item = &'t Fingerprint> {
        let is_short = self.is_short();
        let some = if is_short { all } else { &self.marks };
        some.iter().filter(move |one| is_short || one.is_anchor)
    }

    /// As many of its marks as suffice to find stretches.
    fn spread(&self) -> impl Iterator<Item = &Fingerprint> {
        let is_many = self.leading(&self.marks).count() > SPREAD_OVER;
        let weight = self.letters.weight(0..self.letters.all().len());
        let apart = (weight / SPREAD_OVER as u32).min(APART_MAX);
        let mut next = 0;
        self.leading(&self.marks).filter(move |one| {
            let before = self.letters.weight(0..one.start as usize);
            let is_taken = !is_many || before >= next;
            if is_taken {
                next = before + apart;
            }
            is_taken
        })
    }
}

/// What a text shares with remembered ones.
#[derive(Default)]
struct Compared {
    /// All runs with the texts that share most.
    runs: Vec<Run>,
    /// What of these texts is formulas.
    formulas: Formulas,
}

impl Compared {
    fn with(
        database: &mut dyn Database,
        anchors: &mut Anchors,
        looked: &LookedAt,
    ) -> Result<Self, StoreError> {
        anchors.ask_at_once(database, looked.looked_up.iter().copied())?;
        let texts = worth_comparing(anchors, looked, COMPARED_MAX);
        let mut remembered = BTreeMap::new();
        at_once(database, |round| ask_texts(round, &texts, &mut remembered))?;
        Ok(Self::of(looked, &texts, &remembered))
    }

    fn of(looked: &LookedAt, texts: &[i64], remembered: &BTreeMap<i64, Remembered>) -> Self {
        let of = |text: &i64| Some((*text as u64, remembered.get(text)?.formulas.clone()));
        let formulas = texts.iter().filter_map(of).filter(|(_, formulas)| !formulas.is_empty()).collect();
        Self { runs: compare(looked, texts, remembered), formulas }
    }
}

/// A remembered text.
struct Remembered {
    marks: Vec<u8>,
    formulas: Vec<Range<u32>>,
}

fn ask_texts<'t>(together: &mut Together<'t>, texts: &[i64], remembered: &'t mut BTreeMap<i64, Remembered>) {
    together.each("SELECT id, formulas, marks FROM texts WHERE id = {id}", &[], texts, |row| {
        if let [Value::Int(text), formulas, Value::Bytes(marks)] = row {
            let formulas = formulas::read(formulas);
            remembered.insert(*text, Remembered { marks: marks.clone(), formulas });
        }
    });
}

/// The texts that share most and the rarest anchors; of equal ones the oldest. Those that are not proven to be ours or a contact's are at most
/// half of them where there are others, and the last: however many of a stranger's texts share more, and however long they are.
fn worth_comparing(anchors: &Anchors, looked: &LookedAt, most: usize) -> Vec<i64> {
    let mut all: Vec<(Lead, usize)> = Vec::new();
    for number in &looked.looked_up {
        let leads = anchors.leads(*number);
        let share = 1 + PLACES_MAX / leads.len().max(1);
        all.extend(leads.map(|lead| (lead, share)));
    }
    all.sort_unstable_by_key(|(lead, _)| lead.text);
    let mut texts: Vec<(Lead, usize)> = Vec::new();
    for (lead, share) in all {
        match texts.last_mut() {
            Some((last, sum)) if last.text == lead.text => {
                last.is_proven |= lead.is_proven;
                *sum += share;
            }
            _ => texts.push((lead, share)),
        }
    }
    texts.sort_by_key(|(lead, share)| (std::cmp::Reverse(*share), lead.text));
    let mut unproven = 0;
    let (first, last): (Vec<Lead>, Vec<Lead>) = texts.into_iter().map(|(lead, _)| lead).partition(|lead| {
        unproven += usize::from(!lead.is_proven);
        lead.is_proven || unproven <= most / 2
    });
    let mut chosen: Vec<Lead> = first.into_iter().chain(last).take(most).collect();
    chosen.sort_by_key(|lead| !lead.is_proven);
    chosen.into_iter().map(|lead| i64::from(lead.text)).collect()
}

fn compare(looked: &LookedAt, texts: &[i64], remembered: &BTreeMap<i64, Remembered>) -> Vec<Run> {
    if texts.is_empty() {
        return Vec::new();
    }
    let places = Places::of(&looked.grams);
    let mut runs = Vec::new();
    let mut left = MARKS_MAX;
    for text in texts {
        let bytes = remembered.get(text).map_or(&[][..], |text| text.marks.as_slice());
        // A mark has three bytes or more.
        let Some(after) = left.checked_sub(bytes.len() / MARK_BYTES_MIN) else { continue };
        left = after;
        runs.extend(runs_with_one(&looked.letters, places.shared(*text as u64, unpack(bytes))));
    }
    runs
}

/// The runs by which stretches of a text are remembered already, and the letters that they cover, in order.
fn held_already(letters: &Letters, runs: &[Run]) -> (Vec<Run>, Vec<Range<usize>>) {
    let whole = letters.weight(0..letters.all().len());
    let same_text = (u64::from(whole) * u64::from(SAME_TEXT_PERCENT) / 100) as u32;
    let enough = STRETCH_WEIGHT.min(same_text).max(1);
    let mut by_weight: Vec<&Run> = runs.iter().filter(|run| run.weight >= enough).collect();
    by_weight.sort_by_key(|run| (std::cmp::Reverse(run.weight), run.text, run.letters.start));
    let mut held: Vec<Run> = Vec::new();
    let mut covered = vec![false; letters.all().len()];
    for run in by_weight {
        let mut new = 0;
        for (same, _) in &run.same {
            let stretch = covered.get(same.clone()).unwrap_or_default();
            let fresh = same.clone().zip(stretch).filter(|(_, covered)| !**covered);
            new += fresh.map(|(at, _)| letters.weight(at..at + 1)).sum::<u32>();
        }
        if new < enough {
            continue;
        }
        for (same, _) in &run.same {
            covered.get_mut(same.clone()).unwrap_or_default().fill(true);
        }
        held.push(run.clone());
    }
    (held, stretches(&covered))
}

fn stretches(covered: &[bool]) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for at in covered.iter().enumerate().filter(|(_, covered)| **covered).map(|(at, _)| at) {
        match stretches.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => stretches.push(at..at + 1),
        }
    }
    stretches
}

fn is_inside(mark: &Fingerprint, covered: &[Range<usize>]) -> bool {
    let (start, end) = (mark.start as usize, (mark.start + mark.letters) as usize);
    let at = covered.partition_point(|stretch| stretch.end < end);
    covered.get(at).is_some_and(|stretch| stretch.start <= start)
}

pub(super) fn forget(database: &mut dyn Database, text: i64) -> Result<(), StoreError> {
    let marks = database.one("SELECT marks FROM texts WHERE id = $1", &[Value::Int(text)])?;
    if let Some(Value::Bytes(bytes)) = marks {
        Anchors::forget(database, unpack(&bytes).filter_map(|mark| mark.anchor), text as u32)?;
    }
    formulas::forget(database, text)?;
    database.run("DELETE FROM texts WHERE id = $1", &[Value::Int(text)])?;
    Ok(())
}
