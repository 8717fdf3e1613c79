//! The texts of a mail and what it says it answers → remembered conversations, and whether its sender knows them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use sekisho_facts::{Answered, Quoted, Region};
use sekisho_mail::Message;

use super::holdings::{self, AnsweredSenders, Bearer, Held};
use super::knowers::{Holding, candidates};
use super::lists::Lists;
use super::people::People;
use super::recall::Recall;
use super::stretches::{Stretch, joined, stretches, without_covered};
use crate::Secret;
use crate::letters::{LETTERS_MAX, Letters};
use crate::reading::Texts;
use crate::store::announcements;
use crate::store::asked::Asked;
use crate::store::contacts::{Acquaintances, View};
use crate::store::forgetting;
use crate::store::learning::message_id;
use crate::store::texts::{LookedAt, Search};
use crate::store::together::{Together, ask_addresses};

/// Quoted regions looked at in one mail: an answer between the lines has many, and the first ones tell.
const REGIONS_MAX: usize = 12;

/// Letters looked at in all regions of one mail. A thread quotes itself again and again.
const REGION_LETTERS_MAX: usize = LETTERS_MAX / 2;

/// Mails looked at that hold one stretch: fewer where a mail has many stretches, of which each proves less, and all of them cost.
const MAILS_OF_ALL_MAX: usize = 96;
const MAILS_OF_ONE: RangeInclusive<usize> = 8..=32;

/// The same of a sentence.
const MAILS_OF_SENTENCE_MAX: usize = 4;

/// Message-IDs looked at: what is answered, and its thread's last and first ones.
const ANSWERED_MAX: usize = 12;

/// People who may have brought the words to us, or whom we answered, of all conversations together.
const CANDIDATES_MAX: usize = 64;

/// What a mail says and answers, and the mails that hold it: asked for round by round, together with what else a recall asks.
#[derive(Default)]
pub(super) struct Correspondence {
    /// The texts that are looked for: which of the mail's texts each is.
    places: Vec<(usize, String, Region)>,
    search: Search,
    stretches: Vec<Stretch>,
    /// Further ones of the same texts.
    further: Vec<Stretch>,
    held: Vec<Held>,
    held_sentences: Vec<Held>,
    /// The Message-IDs that the mail says it answers.
    ids: Vec<(String, i64)>,
    messages: Vec<Bearer>,
    threads: Vec<(i64, Holding)>,
    receivers: BTreeMap<i64, Vec<i64>>,
    answered: AnsweredSenders,
    /// Those in the mails who may have brought the words, or whom we answered.
    candidates: Acquaintances,
    /// The addresses of everybody else in them.
    others: BTreeMap<i64, String>,
    /// Who announced the sender's address.
    announcers: BTreeMap<i64, BTreeSet<i64>>,
    lists: Lists,
    /// The sender, if they were forgotten.
    forgotten: BTreeSet<i64>,
}

impl Correspondence {
    /// The texts and Message-IDs that are looked for.
    pub(super) fn of(asked: &Asked<'_>, texts: &Texts, secret: &Secret) -> Self {
        let mut left = REGION_LETTERS_MAX;
        let mut seen = BTreeSet::new();
        let regions = texts.quoted.iter().filter(|text| seen.insert(*text)).take(REGIONS_MAX);
        let all = regions.map(|text| (text, Region::Quotation)).chain([(&texts.own, Region::Unmarked)]);
        let (mut places, mut looked) = (Vec::new(), Vec::new());
        for (place, (text, region)) in all.enumerate() {
            let letters = Letters::of(text);
            let Some(after) = left.checked_sub(letters.all().len()) else { continue };
            left = after;
            places.push((place, text.clone(), region));
            looked.push(LookedAt::searched(letters, secret));
        }
        let (search, ids) = (Search::new(looked), answered_ids(asked.message, secret));
        Self { places, search, ids, ..Self::default() }
    }

    /// Asks where the texts may be remembered, and for the mails that it says it answers.
    pub(super) fn ask_places<'t>(&'t mut self, together: &mut Together<'t>, view: View, sender: Option<i64>) {
        let numbers: Vec<i64> = self.ids.iter().map(|(_, number)| *number).collect();
        self.search.ask_anchors(together);
        holdings::of_messages(together, &numbers, view, &mut self.messages);
        announcements::announcers(together, sender.as_slice(), view.until, &mut self.announcers);
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
        (self.stretches, self.further) = stretches(std::mem::take(&mut self.search), &self.places);
        let (sentences, others): (Vec<&Stretch>, Vec<&Stretch>) =
            self.stretches.iter().partition(|stretch| stretch.is_sentence());
        let texts =
            |all: &[&Stretch]| all.iter().map(|stretch| stretch.run.text as i64).collect::<Vec<i64>>();
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
        let others: Vec<i64> = everybody.filter(|id| !candidates.contains(id)).collect();
        let candidates: Vec<i64> = candidates.into_iter().collect();
        let has_lists = all.iter().any(|holding| holding.list.is_some());
        let is_any = !all.is_empty();
        self.candidates.ask(together, &candidates, recall.view);
        ask_addresses(together, &others, &mut self.others);
        if has_lists {
            self.lists.ask(together, recall);
        }
        if let Some(sender) = recall.sender.filter(|_| is_any) {
            forgetting::ask(together, recall.secret, std::iter::once(sender), &mut self.forgotten);
        }
    }

    /// Asks how well those are known who may have brought the words.
    pub(super) fn ask_threads<'t>(&'t mut self, together: &mut Together<'t>, view: View) {
        self.candidates.ask_threads(together, view);
    }

    /// The conversations that the mail quotes, the heaviest first, and the mails that it says it answers.
    pub(super) fn told(mut self, recall: &Recall<'_, '_>) -> (Vec<Quoted>, Vec<Answered>) {
        let people = self.people(recall);
        let unsure = self.stretches.iter().filter(|stretch| !people.is_sure(&stretch.held_by(&self.held)));
        let parts: Vec<Stretch> = unsure.flat_map(|stretch| self.parts(stretch, &people)).collect();
        // Only of what its sender knows nothing: who was told a piece of it may know the rest.
        let all = self.stretches.iter().chain(&self.further);
        let is_strange = |stretch: &&Stretch| {
            let quoted = people.quoted(recall, stretch, &self.held);
            quoted.is_some_and(|(quoted, _)| !quoted.sender_was_party && !quoted.sender_may_know)
        };
        let joined = joined(&all.filter(is_strange).collect::<Vec<_>>(), &self.held, &self.places);
        let told = self.stretches.iter().chain(&parts).chain(&joined).filter_map(|stretch| {
            let (quoted, is_sure) = people.quoted(recall, stretch, &self.held)?;
            Some((stretch, quoted, is_sure))
        });
        let mut quoted = without_covered(&told.collect::<Vec<_>>());
        quoted.sort_by_key(|quoted| std::cmp::Reverse((quoted.weight_of_language, quoted.weight)));
        let answered = self
            .ids
            .iter()
            .filter_map(|(id, number)| people.answered(recall, id, *number, &self.messages, &self.threads));
        let mut answered: Vec<Answered> = answered.collect();
        // Of somebody who was forgotten, it is not known any more what they took part in.
        if !self.forgotten.is_empty() {
            quoted.iter_mut().for_each(|one| one.sender_may_know = true);
            answered.iter_mut().for_each(|one| one.sender_may_know = true);
        }
        (quoted, answered)
    }

    /// What is known of everybody in the mails.
    fn people(&mut self, recall: &Recall<'_, '_>) -> People {
        let candidates = std::mem::take(&mut self.candidates);
        let mut addresses = candidates.addresses();
        addresses.append(&mut self.others);
        let own = addresses.iter().filter(|(_, address)| recall.is_own(address)).map(|(id, _)| *id).collect();
        let organisations = addresses
            .iter()
            .filter_map(|(id, address)| Some((*id, recall.organisation(address)?.to_owned())))
            .collect();
        let met = candidates.contacts(recall.view);
        let trusted =
            met.into_iter().filter(|(_, contact)| super::is_trusted(contact)).map(|(id, _)| id).collect();
        let announcers = self.announcers.values().flatten().copied().collect();
        let lists = std::mem::take(&mut self.lists).of_sender(recall);
        let answered = std::mem::take(&mut self.answered.senders);
        People { trusted, answered, own, organisations, addresses, announcers, lists }
    }

    fn parts(&self, stretch: &Stretch, people: &People) -> Vec<Stretch> {
        let text = self.places.iter().find(|(place, ..)| *place == stretch.place).map(|(_, text, _)| text);
        let parts = |text: &String| stretch.parts(text, &self.held, |holding| people.is_from_us(holding));
        text.map(parts).unwrap_or_default()
    }
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

/// What the mail says it answers: the answered mail first, then its thread from the newest to the oldest.
fn answered_ids(message: &Message, secret: &Secret) -> Vec<(String, i64)> {
    let mut seen = BTreeSet::new();
    let all = message.in_reply_to.iter().chain(message.references.iter().rev());
    let new =
        all.filter_map(|id| Some((id.clone(), message_id(secret, id)?))).filter(|(_, id)| seen.insert(*id));
    let mut ids: Vec<(String, i64)> = new.collect();
    if let Some(first) = message.references.first().filter(|_| ids.len() > ANSWERED_MAX) {
        // The thread's first mail is ours or not: it counts more than those in between.
        ids.truncate(ANSWERED_MAX - 1);
        ids.extend(message_id(secret, first).map(|id| (first.clone(), id)));
    }
    ids
}
