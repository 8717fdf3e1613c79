//! The texts of a mail and what it says it answers → remembered conversations, and whether its sender knows them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};

use sekisho_facts::{Answered, Quoted, Region};

use super::holdings::{self, AnsweredSenders, Bearer, Held};
use super::knowers::{Around, Holding, Knowers, candidates, knowers};
use super::recall::Recall;
use crate::StoreError;
use crate::letters::{LETTERS_MAX, Letters};
use crate::matching::Run;
use crate::store::announcements;
use crate::store::contacts::Acquaintances;
use crate::store::forgetting;
use crate::store::learning::message_id;
use crate::store::texts::{LookedAt, Search};
use crate::store::together::Together;

/// Quoted regions looked at in one mail: an answer between the lines has many, and the first ones tell.
const REGIONS_MAX: usize = 12;

/// Letters looked at in all regions of one mail. A thread quotes itself again and again.
const REGION_LETTERS_MAX: usize = LETTERS_MAX / 2;

/// Stretches of which it is asked who knows them, the heaviest; so many conversations may be told of one mail.
const FOUND_MAX: usize = 12;

/// A mail holds what is looked at where it holds this share of it.
const SHARE_PERCENT: i64 = 50;

/// A stretch covers another where it has this share of it.
const COVER_PERCENT: usize = 80;

/// A stretch lighter than this (40 Latin letters) is a phrase where it stands in a heavier one: that one tells whose words they are.
const PHRASE_WEIGHT: u32 = 400;

/// An unmarked stretch lighter than this (60 Latin letters) is a sentence, of which everybody repeats some: so many are looked into, and only
/// where nothing heavier was found.
const SENTENCE_WEIGHT: u32 = 600;
const SENTENCES_MAX: usize = 2;

/// Mails looked at that hold one stretch: fewer where a mail has many stretches, of which each proves less, and all of them cost.
const MAILS_OF_ALL_MAX: usize = 96;
const MAILS_OF_ONE: RangeInclusive<usize> = 8..=32;

/// The same of a sentence.
const MAILS_OF_SENTENCE_MAX: usize = 4;

/// Parts told of one stretch, those of ours and of our contacts first, then the longest: what different mails hold of it.
const PARTS_MAX: usize = 4;

/// Message-IDs looked at: what is answered, and its thread's last and first ones.
const ANSWERED_MAX: usize = 12;

/// Parties named of one conversation.
const PARTIES_SHOWN: usize = 50;

/// A stretch found so near the beginning of a text is taken to begin there.
const NEAR_LETTERS: usize = 24;

/// Characters shown of a stretch.
const EXCERPT_CHARS: usize = 80;

/// An answer that comes so soon is one to a mail that its sender truly got.
const PROMPT_SECONDS: i64 = 2 * 60 * 60;

/// People who may have brought the words to us, or whom we answered, of all conversations together.
const CANDIDATES_MAX: usize = 64;

/// A stretch of the mail that is remembered.
struct Found {
    run: Run,
    /// Which of the mail's texts it stands in.
    place: usize,
    region: Region,
    excerpt: String,
}

/// What a mail says and answers, and the mails that hold it: asked for round by round, together with what else a recall asks.
pub(super) struct Correspondence {
    /// The texts that are looked for: which of the mail's texts each is.
    places: Vec<(usize, String, Region)>,
    search: Search,
    found: Vec<Found>,
    held: Vec<Held>,
    held_sentences: Vec<Held>,
    /// The Message-IDs that the mail says it answers.
    ids: Vec<(String, i64)>,
    messages: Vec<Bearer>,
    threads: Vec<(i64, Holding)>,
    receivers: BTreeMap<i64, Vec<i64>>,
    answered: AnsweredSenders,
    /// Everybody in the mails.
    people: Acquaintances,
    /// Those of them who may have brought the words, or whom we answered.
    candidates: BTreeSet<i64>,
    /// Who announced the sender's address.
    announcers: BTreeMap<i64, BTreeSet<i64>>,
}

impl Correspondence {
    /// The texts and Message-IDs that are looked for.
    pub(super) fn of(recall: &Recall<'_, '_>) -> Self {
        let mut left = REGION_LETTERS_MAX;
        let mut seen = BTreeSet::new();
        let regions = recall.texts.quoted.iter().filter(|text| seen.insert(*text)).take(REGIONS_MAX);
        let all =
            regions.map(|text| (text, Region::Quotation)).chain([(&recall.texts.own, Region::Unmarked)]);
        let (mut places, mut looked) = (Vec::new(), Vec::new());
        for (place, (text, region)) in all.enumerate() {
            let letters = Letters::of(text);
            let Some(after) = left.checked_sub(letters.all().len()) else { continue };
            left = after;
            places.push((place, text.clone(), region));
            looked.push(LookedAt::searched(letters, recall.secret));
        }
        Self {
            places,
            search: Search::new(looked),
            found: Vec::new(),
            held: Vec::new(),
            held_sentences: Vec::new(),
            ids: asked_ids(recall),
            messages: Vec::new(),
            threads: Vec::new(),
            receivers: BTreeMap::new(),
            answered: AnsweredSenders::default(),
            people: Acquaintances::default(),
            candidates: BTreeSet::new(),
            announcers: BTreeMap::new(),
        }
    }

    /// Asks where the texts may be remembered, and for the mails that it says it answers.
    pub(super) fn ask_places<'t>(&'t mut self, together: &mut Together<'t>, recall: &Recall<'_, '_>) {
        let (view, numbers) = (recall.view, self.ids.iter().map(|(_, number)| *number).collect::<Vec<i64>>());
        self.search.ask_anchors(together);
        holdings::of_messages(together, &numbers, view, &mut self.messages);
        announcements::announcers(together, recall.sender_id.as_slice(), view.until, &mut self.announcers);
    }

    /// Asks for the remembered texts, and for the threads.
    pub(super) fn ask_texts<'t>(&'t mut self, together: &mut Together<'t>, recall: &Recall<'_, '_>) {
        self.messages.sort_by_key(|bearer| !bearer.holding.is_sent);
        let threads: Vec<i64> = self.messages.iter().map(|bearer| bearer.thread).collect();
        self.search.ask_texts(together);
        holdings::of_threads(together, &threads, recall.view, &mut self.threads);
    }

    /// Asks who holds what was found.
    pub(super) fn ask_holders<'t>(&'t mut self, together: &mut Together<'t>, recall: &Recall<'_, '_>) {
        self.threads.sort_by_key(|(_, holding)| !holding.is_sent);
        self.found = found(std::mem::take(&mut self.search), &self.places);
        let (sentences, others): (Vec<&Found>, Vec<&Found>) =
            self.found.iter().partition(|found| found.is_sentence());
        let texts = |found: &[&Found]| found.iter().map(|found| found.run.text as i64).collect::<Vec<i64>>();
        let most = (MAILS_OF_ALL_MAX / others.len().max(1)).clamp(*MAILS_OF_ONE.start(), *MAILS_OF_ONE.end());
        holdings::of_texts(together, &texts(&others), most, recall.view, &mut self.held);
        let held = &mut self.held_sentences;
        holdings::of_texts(together, &texts(&sentences), MAILS_OF_SENTENCE_MAX, recall.view, held);
    }

    /// Asks who received these mails, and whom ours among them answer.
    pub(super) fn ask_receivers<'t>(&'t mut self, together: &mut Together<'t>, recall: &Recall<'_, '_>) {
        self.held.append(&mut self.held_sentences);
        let all = || holdings_of(&self.held, &self.messages, &self.threads);
        holdings::receivers(together, all(), &mut self.receivers);
        self.answered.ask(together, all(), recall.view);
    }

    /// Asks about everybody in them.
    pub(super) fn ask_people<'t>(&'t mut self, together: &mut Together<'t>, recall: &Recall<'_, '_>) {
        let held = self.held.iter_mut().map(|held| &mut held.holding);
        let messages = self.messages.iter_mut().map(|bearer| &mut bearer.holding);
        let threads = self.threads.iter_mut().map(|(_, holding)| holding);
        for holding in held.chain(messages).chain(threads) {
            holding.receivers = self.receivers.get(&holding.mail).cloned().unwrap_or_default();
        }
        let all: Vec<&Holding> = holdings_of(&self.held, &self.messages, &self.threads).collect();
        let everybody = all.iter().flat_map(|holding| {
            holding.sender.into_iter().chain(holding.receivers.iter().copied()).chain([holding.mailbox])
        });
        let candidates: BTreeSet<i64> =
            candidates(&all, &self.answered.senders).into_iter().take(CANDIDATES_MAX).collect();
        let everybody: Vec<i64> = everybody.chain(candidates.iter().copied()).collect();
        self.candidates = candidates;
        self.people.ask_standings(together, &everybody, recall.view);
    }

    /// The conversations that the mail quotes, the heaviest first, and the mails that it says it answers.
    pub(super) fn told(
        mut self,
        recall: &mut Recall<'_, '_>,
    ) -> Result<(Vec<Quoted>, Vec<Answered>), StoreError> {
        let people = People::around(recall, &mut self)?;
        let unsure = self.found.iter().filter(|found| !people.is_sure(&found.held_by(&self.held)));
        let parts: Vec<Found> = unsure.flat_map(|found| self.parts(found, &people)).collect();
        let told = self.found.iter().chain(&parts).filter_map(|found| {
            let (quoted, is_sure) = people.quoted(recall, found, &self.held)?;
            Some((found, quoted, is_sure))
        });
        let mut quoted = without_covered(told.collect());
        quoted.sort_by_key(|quoted| std::cmp::Reverse((quoted.weight_of_language, quoted.weight)));
        let answered = self
            .ids
            .iter()
            .filter_map(|(id, number)| people.answered(recall, id, *number, &self.messages, &self.threads));
        let mut answered: Vec<Answered> = answered.collect();
        let is_strange = quoted.iter().any(|one| !one.sender_was_party && !one.sender_may_know)
            || answered.iter().any(|one| !one.sender_was_party && !one.sender_may_know);
        // Of somebody who was forgotten, it is not known any more what they took part in.
        if let Some(sender) = recall.sender
            && is_strange
            && !forgetting::forgotten(recall.database, recall.secret, std::iter::once(sender))?.is_empty()
        {
            quoted.iter_mut().for_each(|one| one.sender_may_know = true);
            answered.iter_mut().for_each(|one| one.sender_may_know = true);
        }
        Ok((quoted, answered))
    }
}

impl Correspondence {
    /// What different mails hold of a stretch of which nobody is sure to have written the most: whoever quotes two conversations in one text
    /// joins them, and each is still its own people's.
    fn parts(&self, found: &Found, people: &People) -> Vec<Found> {
        let there = &found.run.there;
        let held = self.held.iter().filter(|held| held.text == found.run.text as i64);
        let within = |held: &Held| {
            let at = |letter: i64| u32::try_from(letter).unwrap_or(0);
            there.start.max(at(held.letters.start))..there.end.min(at(held.letters.end))
        };
        let mut all: Vec<(bool, Range<u32>)> =
            held.map(|held| (people.is_from_us(&held.holding), within(held))).collect();
        all.retain(|(_, part)| !part.is_empty());
        // However a stranger cuts it, what we and our contacts hold of it comes first.
        all.sort_by_key(|(is_ours, part)| std::cmp::Reverse((*is_ours, part.len(), part.end)));
        let mut parts: Vec<Range<u32>> = Vec::new();
        for (_, part) in all {
            if parts.len() < PARTS_MAX && !parts.iter().chain([there]).any(|other| is_most_of(&part, other)) {
                parts.push(part);
            }
        }
        let Some((_, text, _)) = self.places.iter().find(|(place, ..)| *place == found.place) else {
            return Vec::new();
        };
        let letters = if parts.is_empty() { Letters::default() } else { Letters::of(text) };
        let told = |part: Range<u32>| {
            let run = found.run.part(&letters, &part)?;
            let excerpt = excerpt(text, run.letters.start);
            (run.weight_of_language >= PHRASE_WEIGHT).then_some(Found {
                run,
                place: found.place,
                region: found.region,
                excerpt,
            })
        };
        parts.into_iter().filter_map(told).collect()
    }
}

/// Whether a part has nearly the whole of another, or lies nearly whole in it and says no more than it.
fn is_most_of(part: &Range<u32>, other: &Range<u32>) -> bool {
    let shared = part.end.min(other.end).saturating_sub(part.start.max(other.start)) as usize;
    shared * 100 >= part.len().max(other.len()) * COVER_PERCENT
}

fn holdings_of<'h>(
    held: &'h [Held],
    messages: &'h [Bearer],
    threads: &'h [(i64, Holding)],
) -> impl Iterator<Item = &'h Holding> {
    let held = held.iter().map(|held| &held.holding);
    let messages = messages.iter().map(|bearer| &bearer.holding);
    held.chain(messages).chain(threads.iter().map(|(_, holding)| holding))
}

/// The stretches that are remembered: each text once, from the region that has most of it.
fn found(search: Search, places: &[(usize, String, Region)]) -> Vec<Found> {
    let mut all: Vec<(Found, &str)> = Vec::new();
    for ((place, text, region), runs) in places.iter().zip(search.found()) {
        let of = |run| Found { run, place: *place, region: *region, excerpt: String::new() };
        all.extend(runs.into_iter().map(|run| (of(run), text.as_str())));
    }
    all.sort_by_key(|(found, _)| std::cmp::Reverse((found.run.weight_of_language, found.run.weight)));
    let mut texts = BTreeSet::new();
    let mut told: Vec<Found> = Vec::new();
    let mut sentences = 0;
    for (mut found, text) in all.into_iter().filter(|(found, _)| texts.insert(found.run.text)) {
        let has_room = !found.is_sentence() || (sentences < SENTENCES_MAX && told.len() == sentences);
        if has_room && told.len() < FOUND_MAX && !told.iter().any(|by| found.is_phrase_of(by)) {
            sentences += usize::from(found.is_sentence());
            found.excerpt = excerpt(text, found.run.letters.start);
            told.push(found);
        }
    }
    told
}

impl Found {
    /// The mails that hold enough of it.
    fn held_by<'h>(&self, held: &'h [Held]) -> Vec<&'h Holding> {
        let there = i64::from(self.run.there.start)..i64::from(self.run.there.end);
        let of_it = held.iter().filter(|held| held.text == self.run.text as i64);
        of_it.filter(|held| holds(&held.letters, &there)).map(|held| &held.holding).collect()
    }

    fn is_in(&self, other: &Found) -> bool {
        let (one, other_letters) = (&self.run.letters, &other.run.letters);
        let shared = one.end.min(other_letters.end).saturating_sub(one.start.max(other_letters.start));
        self.place == other.place && shared * 100 >= one.len() * COVER_PERCENT
    }

    /// Whether it is a sentence among the mail's own words.
    fn is_sentence(&self) -> bool {
        self.region == Region::Unmarked && self.run.weight_of_language < SENTENCE_WEIGHT
    }

    /// Whether it is a phrase in a stretch at least twice as heavy.
    fn is_phrase_of(&self, other: &Found) -> bool {
        let (one, other_weight) = (self.run.weight_of_language, other.run.weight_of_language);
        one < PHRASE_WEIGHT && other_weight >= one * 2 && self.is_in(other)
    }
}

/// Leaves out what stands in a stretch of our words or a contact's that the sender knows: a formula that several conversations have is no
/// theft. A stranger's words excuse nothing: he may have brought stolen ones piece by piece.
fn without_covered(all: Vec<(&Found, Quoted, bool)>) -> Vec<Quoted> {
    let is_known = |(_, quoted, is_sure): &&(&Found, Quoted, bool)| *is_sure && quoted.sender_was_party;
    let known: Vec<&Found> = all.iter().filter(is_known).map(|(found, _, _)| *found).collect();
    let is_told = |(found, quoted, _): &(&Found, Quoted, bool)| {
        quoted.sender_was_party || !known.iter().any(|by| found.is_in(by))
    };
    all.into_iter().filter(is_told).map(|(_, quoted, _)| quoted).collect()
}

/// What the mail says it answers: the answered mail first, then its thread from the newest to the oldest.
fn asked_ids(recall: &Recall<'_, '_>) -> Vec<(String, i64)> {
    let message = recall.asked.message;
    let mut seen = BTreeSet::new();
    let all = message.in_reply_to.iter().chain(message.references.iter().rev());
    let new = all
        .filter_map(|id| Some((id.clone(), message_id(recall.secret, id)?)))
        .filter(|(_, id)| seen.insert(*id));
    let mut ids: Vec<(String, i64)> = new.collect();
    if let Some(first) = message.references.first().filter(|_| ids.len() > ANSWERED_MAX) {
        // The thread's first mail is ours or not: it counts more than those in between.
        ids.truncate(ANSWERED_MAX - 1);
        ids.extend(message_id(recall.secret, first).map(|id| (first.clone(), id)));
    }
    ids
}

/// What is known of everybody in the mails.
struct People {
    trusted: BTreeSet<i64>,
    answered: BTreeMap<i64, BTreeSet<Option<i64>>>,
    own: BTreeSet<i64>,
    organisations: BTreeMap<i64, String>,
    addresses: BTreeMap<i64, String>,
    /// Who announced the sender's address.
    announcers: BTreeSet<i64>,
    /// The lists through which the sender truly wrote, or this mail truly came.
    lists: BTreeSet<i64>,
}

impl People {
    fn around(recall: &mut Recall<'_, '_>, correspondence: &mut Correspondence) -> Result<Self, StoreError> {
        let people = std::mem::take(&mut correspondence.people);
        let addresses = people.addresses();
        let own = addresses.iter().filter(|(_, address)| recall.is_own(address)).map(|(id, _)| *id).collect();
        let organisations = addresses
            .iter()
            .filter_map(|(id, address)| Some((*id, recall.organisation(address)?.to_owned())))
            .collect();
        let answered = std::mem::take(&mut correspondence.answered.senders);
        let Correspondence { held, messages, threads, candidates, .. } = correspondence;
        let met = people.only(candidates).contacts(recall.database, recall.view)?;
        let trusted =
            met.into_iter().filter(|(_, contact)| super::is_trusted(contact)).map(|(id, _)| id).collect();
        let announcers = correspondence.announcers.values().flatten().copied().collect();
        let has_lists = holdings_of(held, messages, threads).any(|holding| holding.list.is_some());
        let lists = if has_lists { super::lists::of_sender(recall)? } else { BTreeSet::new() };
        Ok(Self { trusted, answered, own, organisations, addresses, announcers, lists })
    }

    /// What is told of a stretch, and whether it is sure whose words it is of: ours, or a contact's.
    fn quoted(&self, recall: &Recall<'_, '_>, found: &Found, held: &[Held]) -> Option<(Quoted, bool)> {
        let holdings = found.held_by(held);
        let first = holdings.iter().min_by_key(|held| held.at)?;
        let last = holdings.iter().map(|held| held.at).max()?;
        let known = self.knowers(&holdings);
        let parties = self.names(&known.members.union(&known.told).copied().collect());
        let quoted = Quoted {
            excerpt: found.excerpt.clone(),
            region: found.region,
            weight: found.run.weight,
            weight_of_language: found.run.weight_of_language,
            parties_total: parties.len() as u32,
            sender_was_party: self.is_among(recall, &known.members),
            sender_may_know: self.may_know(recall, &known, &holdings),
            sender_was_prompt: first.is_sent && first.is_own && was_prompt(recall, first.at, &holdings),
            parties: parties.into_iter().take(PARTIES_SHOWN).collect(),
            held_by: recall.held_by(holdings.iter().map(|held| held.mailbox)),
            from_at: first.at,
            until_at: last,
        };
        Some((quoted, self.is_sure(&holdings)))
    }

    /// Whether it is sure whose words these mails hold: ours, or a contact's.
    fn is_sure(&self, holdings: &[&Holding]) -> bool {
        holdings.iter().any(|holding| holding.is_own && self.is_from_us(holding))
    }

    /// Whether a mail is ours or a contact's.
    fn is_from_us(&self, holding: &Holding) -> bool {
        holding.is_sent || holding.sender.is_some_and(|sender| self.trusted.contains(&sender))
    }

    fn answered(
        &self,
        recall: &Recall<'_, '_>,
        id: &str,
        number: i64,
        messages: &[Bearer],
        threads: &[(i64, Holding)],
    ) -> Option<Answered> {
        let bearing: Vec<&Bearer> = messages.iter().filter(|bearer| bearer.message_id == number).collect();
        let is_ours = bearing.iter().any(|bearer| bearer.holding.is_sent);
        // Another mail with the Message-ID of ours is a forgery.
        let true_ones: Vec<&Bearer> =
            bearing.into_iter().filter(|bearer| bearer.holding.is_sent || !is_ours).collect();
        let Bearer { thread, holding: first, .. } = true_ones.first()?;
        let own: BTreeSet<i64> = true_ones.iter().map(|bearer| bearer.holding.mail).collect();
        let others = threads.iter().filter(|(of, holding)| of == thread && !own.contains(&holding.mail));
        let holdings: Vec<&Holding> = true_ones
            .iter()
            .map(|bearer| &bearer.holding)
            .chain(others.map(|(_, holding)| holding))
            .collect();
        let known = self.knowers(&holdings);
        let parties = self.names(&known.members.union(&known.told).copied().collect());
        Some(Answered {
            message_id: id.to_owned(),
            at: first.at,
            is_ours,
            sender_was_prompt: was_prompt(recall, first.at, &holdings),
            sender_was_party: self.is_among(recall, &known.members),
            sender_may_know: self.may_know(recall, &known, &holdings),
            parties: parties.into_iter().take(PARTIES_SHOWN).collect(),
            held_by: recall.held_by(true_ones.iter().map(|bearer| bearer.holding.mailbox)),
        })
    }

    fn knowers(&self, holdings: &[&Holding]) -> Knowers {
        let around = Around {
            trusted: &self.trusted,
            answered: &self.answered,
            own: &self.own,
            organisations: &self.organisations,
        };
        knowers(holdings, &around)
    }

    fn names(&self, ids: &BTreeSet<i64>) -> Vec<String> {
        let mut names: Vec<String> = ids.iter().filter_map(|id| self.addresses.get(id).cloned()).collect();
        names.sort_unstable();
        names
    }

    /// Whether the sender, or a colleague of theirs, is among these.
    fn is_among(&self, recall: &Recall<'_, '_>, ids: &BTreeSet<i64>) -> bool {
        ids.iter().any(|id| {
            recall.sender_id == Some(*id)
                || self.addresses.get(id).is_some_and(|address| recall.is_colleague(address))
        })
    }

    fn may_know(&self, recall: &Recall<'_, '_>, known: &Knowers, holdings: &[&Holding]) -> bool {
        let is_told = self.is_among(recall, &known.told);
        let is_announced = known.members.iter().any(|member| self.announcers.contains(member));
        is_told || is_announced || recall.is_ours || self.is_of_list(holdings)
    }

    /// Whether the words went through lists alone, and the sender writes to one of them.
    fn is_of_list(&self, holdings: &[&Holding]) -> bool {
        let has_own = holdings.iter().any(|held| held.is_own);
        let first: Vec<&Holding> = holdings.iter().copied().filter(|held| held.is_own || !has_own).collect();
        first.iter().all(|held| held.list.is_some())
            && first.iter().filter_map(|held| held.list).any(|list| self.lists.contains(&list))
    }
}

/// Whether the mail, or an earlier one of its sender's address among these, came soon after a moment.
fn was_prompt(recall: &Recall<'_, '_>, moment: i64, holdings: &[&Holding]) -> bool {
    let is_senders = |holding: &&&Holding| recall.sender_id.is_some() && holding.sender == recall.sender_id;
    let earlier = holdings.iter().filter(is_senders).map(|holding| holding.at);
    let mut since = earlier.chain([recall.asked.at]).map(|at| at.saturating_sub(moment));
    since.any(|seconds| (0..=PROMPT_SECONDS).contains(&seconds))
}

/// Whether a holder's letters are enough of those looked at.
fn holds(held: &Range<i64>, there: &Range<i64>) -> bool {
    let shared = held.end.min(there.end) - held.start.max(there.start);
    shared * 100 >= (there.end - there.start) * SHARE_PERCENT && shared > 0
}

/// The text from about its letter `start` on, on one line, without quote marks: a stretch is found some letters behind its beginning.
fn excerpt(text: &str, start: usize) -> String {
    let start = if start <= NEAR_LETTERS { 0 } else { start };
    let mut letters = 0;
    let from = text.char_indices().find(|(_, c)| {
        let is_letter = c.is_alphanumeric();
        let is_there = is_letter && letters >= start;
        letters += usize::from(is_letter);
        is_there
    });
    let rest = from.and_then(|(at, _)| text.get(at..)).unwrap_or(text);
    let is_mark = |word: &&str| word.chars().all(|c| matches!(c, '>' | '＞' | '|' | '》'));
    let words: Vec<&str> =
        rest.split_whitespace().filter(|word| !is_mark(word)).take(EXCERPT_CHARS).collect();
    words.join(" ").chars().take(EXCERPT_CHARS).collect()
}
