//! Everybody in the mails that hold what a mail quotes or answers → whether its sender knows it, and whose words it is.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_facts::{Answered, Quoted};

use super::holdings::{Bearer, Held};
use super::knowers::{Around, Holding, Knowers, knowers};
use super::recall::Recall;
use super::stretches::Stretch;

/// Parties named of one conversation.
const PARTIES_SHOWN: usize = 50;

/// An answer that comes so soon is one to a mail that its sender truly got.
const PROMPT_SECONDS: i64 = 2 * 60 * 60;

/// What is known of everybody in the mails.
pub(super) struct People {
    pub(super) trusted: BTreeSet<i64>,
    pub(super) answered: BTreeMap<i64, BTreeSet<Option<i64>>>,
    pub(super) own: BTreeSet<i64>,
    pub(super) organisations: BTreeMap<i64, String>,
    pub(super) addresses: BTreeMap<i64, String>,
    /// Who announced the sender's address.
    pub(super) announcers: BTreeSet<i64>,
    /// The lists through which the sender truly wrote, or this mail truly came.
    pub(super) lists: BTreeSet<i64>,
}

impl People {
    /// What is told of a stretch, and whether it is sure whose words it is of: ours, or a contact's.
    pub(super) fn quoted(
        &self,
        recall: &Recall<'_, '_>,
        stretch: &Stretch,
        held: &[Held],
    ) -> Option<(Quoted, bool)> {
        let holdings = stretch.held_by(held);
        let first = holdings.iter().min_by_key(|held| held.at)?;
        let known = self.knowers(&holdings);
        let shown = shown_to_receiver(recall, &holdings);
        let parties = self.parties(recall, &known, &shown);
        let days = || shown.iter().map(|held| held.at);
        let quoted = Quoted {
            excerpt: stretch.excerpt.clone(),
            region: stretch.region,
            weight: stretch.weight(),
            weight_of_language: stretch.weight_of_language(),
            parties_total: parties.len() as u32,
            sender_was_party: self.is_among(recall, &known.members),
            sender_may_know: self.may_know(recall, &known, &holdings),
            sender_was_prompt: first.is_sent && first.is_own && was_prompt(recall, first.at, &holdings),
            parties: parties.into_iter().take(PARTIES_SHOWN).collect(),
            held_by: recall.held_by(holdings.iter().map(|held| held.mailbox)),
            from_at: days().min()?,
            until_at: days().max()?,
        };
        Some((quoted, self.is_sure(&holdings)))
    }

    /// Whether it is sure whose words these mails hold: ours, or a contact's.
    pub(super) fn is_sure(&self, holdings: &[&Holding]) -> bool {
        holdings.iter().any(|holding| holding.is_own && self.is_from_us(holding))
    }

    /// Whether a mail is ours or a contact's.
    pub(super) fn is_from_us(&self, holding: &Holding) -> bool {
        holding.is_sent || holding.sender.is_some_and(|sender| self.trusted.contains(&sender))
    }

    pub(super) fn answered(
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
        let parties = self.parties(recall, &known, &shown_to_receiver(recall, &holdings));
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

    /// Who of those that know the words stands in these mails; of several receivers, in a mail that each of them has.
    fn parties(&self, recall: &Recall<'_, '_>, known: &Knowers, shown: &[&Holding]) -> Vec<String> {
        let named = |mailbox: Option<i64>| -> BTreeSet<i64> {
            let of_it = shown.iter().filter(|holding| mailbox.is_none_or(|one| holding.mailbox == one));
            let all = of_it.flat_map(|holding| {
                holding.receivers.iter().copied().chain(holding.sender).chain([holding.mailbox])
            });
            all.collect()
        };
        let of_each = recall.mailboxes().iter().map(|mailbox| named(Some(*mailbox)));
        let held = of_each.filter(|named| !named.is_empty());
        let named = held.reduce(|one, other| &one & &other).unwrap_or_else(|| named(None));
        let ids = known.members.union(&known.told).filter(|id| named.contains(id));
        let mut names: Vec<String> = ids.filter_map(|id| self.addresses.get(id).cloned()).collect();
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

/// The mails that the receiver has: whom a colleague sent the same words is not the receiver's to know. Where the receiver has none, all, of
/// which nothing is shown.
fn shown_to_receiver<'h>(recall: &Recall<'_, '_>, holdings: &[&'h Holding]) -> Vec<&'h Holding> {
    let own: Vec<&Holding> =
        holdings.iter().copied().filter(|held| recall.mailboxes().contains(&held.mailbox)).collect();
    if own.is_empty() { holdings.to_vec() } else { own }
}

/// Whether the mail, or an earlier one of its sender's address among these, came soon after a moment.
fn was_prompt(recall: &Recall<'_, '_>, moment: i64, holdings: &[&Holding]) -> bool {
    let is_senders = |holding: &&&Holding| recall.sender_id.is_some() && holding.sender == recall.sender_id;
    let earlier = holdings.iter().filter(is_senders).map(|holding| holding.at);
    let mut since = earlier.chain([recall.asked.at]).map(|at| at.saturating_sub(moment));
    since.any(|seconds| (0..=PROMPT_SECONDS).contains(&seconds))
}
