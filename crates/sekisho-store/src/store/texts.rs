//! Texts ↔ keyed fingerprints in the database: which remembered texts a text shares a stretch with, and which mails hold them.
//!
//! A text is one row with all its marks. Its anchors are rows of their own, by which texts are found that are worth comparing; there is
//! no other way from a fingerprint to a text. A stretch that is remembered already is not kept again: the mail becomes one more holder of
//! the text that has it, and only what is new is a new text. All work for one text is bounded, whoever wrote it.

#[cfg(test)]
mod conformance;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use sekisho_facts::Region;

use super::formulas::{self, Use, Uses};
use super::ranks::Rank;
use super::together::each;
use crate::database::{Database, Value};
use crate::fingerprint::{Fingerprint, chosen, grams};
use crate::letters::Letters;
use crate::marks::{self, MARK_BYTES_MIN, Mark, number, pack, unpack};
use crate::matching::{Places, Run, heaviest_first, runs_with_one};
use crate::{Secret, StoreError};

/// The tables.
pub(crate) const TABLES: &[&str] = &[
    // Texts, numbered as they came, with the number of the writer where they count (see `formulas`), and their marks (see `marks`).
    "CREATE TABLE texts (id BIGINT PRIMARY KEY, writer BIGINT, marks BYTEA NOT NULL)",
    // The anchors of texts: where a stretch is looked for.
    "CREATE TABLE anchors (hash INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (hash, text))",
    // Which mails hold which letters of a text, as their sender's own words (0) or quoted (1). `rank` (see `ranks`) and `at` are the mail's,
    // so that those come first that prove something.
    "CREATE TABLE holders (text INTEGER NOT NULL, rank INTEGER NOT NULL, at BIGINT NOT NULL, mail BIGINT NOT NULL, first INTEGER NOT NULL, \
     until INTEGER NOT NULL, quoted INTEGER NOT NULL, PRIMARY KEY (text, rank, at, mail, first))",
    "CREATE INDEX holders_by_mail ON holders (mail)",
];

/// Texts that are found by one anchor. One that more texts have is a phrase that everybody writes: it takes no further rows, so the
/// oldest texts stay found by it, and nobody can make it slow.
const PLACES_MAX: usize = 16;

/// Remembered texts compared with one text: those that share most, and the rarest, anchors.
const COMPARED_MAX: usize = 32;

/// The same where only long stretches count: what shares one is among the first.
const COMPARED_UNMARKED_MAX: usize = 16;

/// Marks of remembered texts compared with one text: as many as some dozens of long mails have.
const MARKS_MAX: usize = 64 * 1024;

/// Grams of a text of which all are looked up, and not its anchors alone: in a short quotation other grams may be anchors than in its
/// original.
const ALL_LOOKED_UP: usize = 128;

/// Grams of a text that is not marked as quoted, from which on half of its anchors are looked up: only long stretches count there, and they
/// have many.
const HALF_LOOKED_UP: usize = 1_024;

/// Runs with less language than this, formulas apart, are not told: they prove nothing.
const RUN_WEIGHT_MIN: u32 = 200;

/// An unmarked run lighter than this is not told: 60 Latin letters. Among one's own words everybody repeats some; from where on it counts,
/// the checks say.
const UNMARKED_WEIGHT_MIN: u32 = 600;

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
}

/// Notes that a mail holds a text. `used` says who wrote it in which conversation, where they count: our own people and contacts in mail
/// that proves them.
pub(super) fn hold(
    database: &mut dyn Database,
    secret: &Secret,
    holder: Holder,
    text: &str,
    held: Held,
    used: Option<Use>,
) -> Result<(), StoreError> {
    let letters = Letters::of(text);
    let looked = LookedAt::new(&letters, Region::Quotation, secret);
    let marks = &looked.marks;
    if marks.is_empty() {
        return Ok(());
    }
    let compared = Compared::with(database, &looked)?;
    let (mut held_already, covered) = held_already(&letters, &compared.runs);
    let kept: Vec<Mark> = marks.iter().filter(|mark| !is_inside(mark, &covered)).map(Mark::from).collect();
    let texts: Vec<i64> = held_already.iter().map(|run| run.text as i64).collect();
    let uses = Uses::of(database, &texts, &compared.writers)?;
    if let (Some(used), Held::Own) = (used, held) {
        uses.note(database, holder.mail, used, &held_already)?;
    }
    // Whoever writes a formula holds nothing of the text that it was first seen in.
    uses.pass_over(&letters, &mut held_already);
    held_already.retain(|run| run.weight_of_language >= RUN_WEIGHT_MIN || run.formal == 0);
    let mut holders: Vec<(u64, Range<u32>)> =
        held_already.iter().map(|run| (run.text, run.there.clone())).collect();
    if !kept.is_empty()
        && let Some(text) = keep(database, &kept, &compared, used)?
    {
        let (first, last) = (marks.first(), marks.last());
        let end = last.map_or(0, |last| last.start + last.letters);
        holders.push((text, first.map_or(0, |first| first.start)..end));
    }
    let quoted = i64::from(held == Held::Quoted);
    let Holder { mail, rank, at } = holder;
    let row = |(text, letters): &(u64, Range<u32>)| {
        let (first, until) = (i64::from(letters.start), i64::from(letters.end));
        [*text as i64, rank as i64, at, mail, first, until, quoted].map(Value::Int).to_vec()
    };
    let rows: Vec<Vec<Value>> = holders.iter().map(row).collect();
    database.insert("holders", &["text", "rank", "at", "mail", "first", "until", "quoted"], &rows)?;
    Ok(())
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
    Ok(found_in(database, secret, &[(letters, Region::Quotation)])?.pop().unwrap_or_default())
}

/// The same of several texts, in as many statements as of one; of what is not marked as quoted only long ones.
pub(crate) fn found_in(
    database: &mut dyn Database,
    secret: &Secret,
    all: &[(Letters, Region)],
) -> Result<Vec<Vec<Run>>, StoreError> {
    let looked: Vec<LookedAt<'_>> =
        all.iter().map(|(letters, region)| LookedAt::new(letters, *region, secret)).collect();
    let mut compared = compare_all(database, &looked)?;
    // Formulas take weight away and add none: what is too light already need not be asked about.
    for (one, (_, region)) in compared.iter_mut().zip(all) {
        let least = if *region == Region::Unmarked { UNMARKED_WEIGHT_MIN } else { 0 };
        one.runs.retain(|run| run.weight_of_language >= RUN_WEIGHT_MIN && run.weight >= least);
    }
    let every: Vec<i64> =
        compared.iter().flat_map(|one| one.runs.iter().map(|run| run.text as i64)).collect();
    let writers = compared.iter_mut().flat_map(|one| std::mem::take(&mut one.writers)).collect();
    let uses = Uses::of(database, &every, &writers)?;
    let tell = |((letters, _), one): (&(Letters, Region), Compared)| {
        let mut runs = one.runs;
        uses.pass_over(letters, &mut runs);
        heaviest_first(&mut runs);
        let mut texts = BTreeSet::new();
        runs.retain(|run| run.weight_of_language >= RUN_WEIGHT_MIN && texts.insert(run.text));
        runs
    };
    Ok(all.iter().zip(compared).map(tell).collect())
}

/// A text that is looked at.
struct LookedAt<'t> {
    letters: &'t Letters,
    region: Region,
    grams: Vec<Fingerprint>,
    marks: Vec<Fingerprint>,
}

impl<'t> LookedAt<'t> {
    fn new(letters: &'t Letters, region: Region, secret: &Secret) -> Self {
        let grams = grams(letters, secret);
        let marks = chosen(&grams);
        Self { letters, region, grams, marks }
    }

    /// The numbers that are looked up.
    fn looked_up(&self) -> impl Iterator<Item = i32> {
        let is_short = self.grams.len() <= ALL_LOOKED_UP;
        let all = if is_short { &self.grams } else { &self.marks };
        let numbers = all.iter().filter(move |one| is_short || one.is_anchor).map(|one| number(one.hash));
        let is_halved = self.region == Region::Unmarked && self.grams.len() >= HALF_LOOKED_UP;
        numbers.filter(move |number| !is_halved || number & 1 == 0)
    }

    /// How many remembered texts it is compared with.
    fn compared_max(&self) -> usize {
        if self.region == Region::Unmarked { COMPARED_UNMARKED_MAX } else { COMPARED_MAX }
    }
}

/// What a text shares with remembered ones.
#[derive(Default)]
struct Compared {
    /// How many texts each of its anchors leads to, in order.
    places: Vec<(i32, usize)>,
    /// All runs with the texts that share most.
    runs: Vec<Run>,
    /// Who wrote these texts, where they count.
    writers: BTreeMap<u64, i64>,
}

impl Compared {
    fn with(database: &mut dyn Database, looked: &LookedAt<'_>) -> Result<Self, StoreError> {
        Ok(compare_all(database, std::slice::from_ref(looked))?.pop().unwrap_or_default())
    }
}

/// A remembered text: who wrote it, where they count, and its marks.
type Remembered = (Option<i64>, Vec<u8>);

fn compare_all(database: &mut dyn Database, looked: &[LookedAt<'_>]) -> Result<Vec<Compared>, StoreError> {
    let numbers: Vec<i64> = looked.iter().flat_map(LookedAt::looked_up).map(i64::from).collect();
    let mut rows: Vec<(i32, i64)> = Vec::new();
    each(database, "SELECT hash, text FROM anchors WHERE hash = {id}", &[], &numbers, &mut |row| {
        if let [Value::Int(hash), Value::Int(text)] = row {
            rows.push((*hash as i32, *text));
        }
    })?;
    rows.sort_unstable();
    let places: Vec<Vec<Leads<'_>>> = looked.iter().map(|one| leads(one, &rows)).collect();
    let worth = |(one, leads): (&LookedAt<'_>, &Vec<Leads<'_>>)| worth_comparing(leads, one.compared_max());
    let texts: Vec<Vec<i64>> = looked.iter().zip(&places).map(worth).collect();
    let mut remembered: BTreeMap<i64, Remembered> = BTreeMap::new();
    let question = "SELECT id, writer, marks FROM texts WHERE id = {id}";
    each(database, question, &[], &texts.concat(), &mut |row| {
        if let [Value::Int(text), writer, Value::Bytes(bytes)] = row {
            remembered.insert(*text, (writer.int(), bytes.clone()));
        }
    })?;
    let compared = looked.iter().zip(texts).zip(places).map(|((one, texts), places)| Compared {
        places: places.into_iter().map(|(hash, rows)| (hash, rows.len())).collect(),
        runs: compare(one, &texts, &remembered),
        writers: texts.iter().filter_map(|text| Some((*text as u64, remembered.get(text)?.0?))).collect(),
    });
    Ok(compared.collect())
}

/// An anchor, and the rows of the texts that it leads to.
type Leads<'r> = (i32, &'r [(i32, i64)]);

/// Where the anchors of a text lead to, in order. `rows` are in order.
fn leads<'r>(looked: &LookedAt<'_>, rows: &'r [(i32, i64)]) -> Vec<Leads<'r>> {
    let mut hashes: Vec<i32> = looked.looked_up().collect();
    hashes.sort_unstable();
    hashes.dedup();
    let its = |hash: i32| {
        let first = rows.partition_point(|(of, _)| *of < hash);
        let last = rows.partition_point(|(of, _)| *of <= hash);
        Some((hash, rows.get(first..last).filter(|rows| !rows.is_empty())?))
    };
    hashes.into_iter().filter_map(its).collect()
}

/// The texts that share most and the rarest anchors; of equal ones the oldest.
fn worth_comparing(leads: &[Leads<'_>], most: usize) -> Vec<i64> {
    let share = |rows: &[(i32, i64)]| 1 + PLACES_MAX / rows.len().max(1);
    let mut all: Vec<(i64, usize)> =
        leads.iter().flat_map(|(_, rows)| rows.iter().map(|(_, text)| (*text, share(rows)))).collect();
    all.sort_unstable();
    let mut texts: Vec<(i64, usize)> = Vec::new();
    for (text, share) in all {
        match texts.last_mut() {
            Some((last, sum)) if *last == text => *sum += share,
            _ => texts.push((text, share)),
        }
    }
    texts.sort_by_key(|(text, share)| (std::cmp::Reverse(*share), *text));
    texts.into_iter().take(most).map(|(text, _)| text).collect()
}

fn compare(looked: &LookedAt<'_>, texts: &[i64], remembered: &BTreeMap<i64, Remembered>) -> Vec<Run> {
    let places = Places::of(&looked.grams);
    let mut runs = Vec::new();
    let mut left = MARKS_MAX;
    for text in texts {
        let bytes = remembered.get(text).map_or(&[][..], |(_, bytes)| bytes.as_slice());
        // A mark has three bytes or more.
        let Some(after) = left.checked_sub(bytes.len() / MARK_BYTES_MIN) else { break };
        left = after;
        runs.extend(runs_with_one(looked.letters, places.shared(*text as u64, marks::each(bytes))));
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

/// Keeps marks as a new text. `None` where all its anchors are everybody's phrases: nothing could ever find it.
fn keep(
    database: &mut dyn Database,
    marks: &[Mark],
    compared: &Compared,
    used: Option<Use>,
) -> Result<Option<u64>, StoreError> {
    let anchors: BTreeSet<i32> = marks.iter().filter_map(|mark| mark.anchor).collect();
    let led = |anchor: &i32| compared.places.binary_search_by_key(anchor, |(hash, _)| *hash).ok();
    let is_free = |anchor: &i32| {
        led(anchor).and_then(|at| compared.places.get(at)).is_none_or(|(_, places)| *places < PLACES_MAX)
    };
    let anchors: Vec<i32> = anchors.into_iter().filter(is_free).collect();
    if anchors.is_empty() {
        return Ok(None);
    }
    let last = database.one("SELECT MAX(id) FROM texts", &[])?;
    let text = last.as_ref().and_then(Value::int).unwrap_or(0) + 1;
    let writer = used.map_or(Value::Null, |used| Value::Int(used.user));
    let row = vec![Value::Int(text), writer, Value::Bytes(pack(marks))];
    database.insert("texts", &["id", "writer", "marks"], &[row])?;
    let rows: Vec<Vec<Value>> =
        anchors.into_iter().map(|anchor| vec![Value::Int(i64::from(anchor)), Value::Int(text)]).collect();
    database.insert("anchors", &["hash", "text"], &rows)?;
    Ok(Some(text as u64))
}

pub(super) fn forget(database: &mut dyn Database, text: i64) -> Result<(), StoreError> {
    let marks = database.one("SELECT marks FROM texts WHERE id = $1", &[Value::Int(text)])?;
    if let Some(Value::Bytes(bytes)) = marks {
        for anchor in unpack(&bytes).into_iter().filter_map(|mark| mark.anchor) {
            database.run(
                "DELETE FROM anchors WHERE hash = $1 AND text = $2",
                &[Value::Int(i64::from(anchor)), Value::Int(text)],
            )?;
        }
    }
    formulas::forget(database, text)?;
    database.run("DELETE FROM texts WHERE id = $1", &[Value::Int(text)])?;
    Ok(())
}
