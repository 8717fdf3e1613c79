//! Mails that hold a text, or are of a thread → who truly knows it.
//!
//! Whoever steals a conversation sends it to us, and somebody may even answer. So a mail from outside makes nobody a member, and neither
//! does our answer to one. Knowledge flows only from those who have it: from who wrote the words, from our own mail, and on to whom these
//! wrote. Dates say nothing here: a stranger chooses his own.

use std::collections::{BTreeMap, BTreeSet};

/// A mail that holds a text, or is of a thread.
#[derive(Clone, Debug, Default)]
pub(super) struct Holding {
    pub(super) mail: i64,
    pub(super) mailbox: i64,
    pub(super) sender: Option<i64>,
    pub(super) at: i64,
    /// Whether one of ours sent it.
    pub(super) is_sent: bool,
    /// Whether it is authenticated, ours, or of the old archive.
    pub(super) is_proven: bool,
    /// Whether the words are its sender's own, or the mail itself is asked about.
    pub(super) is_own: bool,
    pub(super) list: Option<i64>,
    /// The Message-ID that it answers.
    pub(super) answers: Option<i64>,
    pub(super) receivers: Vec<i64>,
}

/// Who knows a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Knowers {
    /// Those who wrote it or received it.
    pub(super) members: BTreeSet<i64>,
    /// Those to whom a member forwarded it.
    pub(super) told: BTreeSet<i64>,
}

/// What is known of the people around.
pub(super) struct Around<'a> {
    /// Contacts that are more than met.
    pub(super) trusted: &'a BTreeSet<i64>,
    /// Message-ID → the senders of the mails that bear it; `None` among them where one is not proven.
    pub(super) answered: &'a BTreeMap<i64, BTreeSet<Option<i64>>>,
    /// Our own addresses.
    pub(super) own: &'a BTreeSet<i64>,
}

/// Passes over the mails: a forwarding of a forwarding is found, and more would be a coincidence.
const PASSES_MAX: usize = 8;

/// Who knows what these mails hold.
pub(super) fn knowers(holdings: &[Holding], around: &Around<'_>) -> Knowers {
    let mut known = Knowers { members: introducers(holdings, around), told: BTreeSet::new() };
    for _ in 0..PASSES_MAX {
        let before = known.members.len();
        for holding in holdings {
            pass_on(holding, around, &mut known);
        }
        if known.members.len() == before {
            break;
        }
    }
    known
}

/// Whom to ask about in [`Around::trusted`]: those who may have brought the words.
pub(super) fn candidates(holdings: &[Holding]) -> BTreeSet<i64> {
    holdings.iter().filter(|holding| !holding.is_sent).filter_map(|holding| holding.sender).collect()
}

/// Those from whom we have the words, where none of ours wrote them: a contact whose own they are, else one who quoted them; a stranger only
/// where nobody else has them and it is proven who he is.
fn introducers(holdings: &[Holding], around: &Around<'_>) -> BTreeSet<i64> {
    if holdings.iter().any(|holding| holding.is_sent && holding.is_own) {
        return BTreeSet::new();
    }
    for is_own in [true, false] {
        let bringers: Vec<&Holding> =
            holdings.iter().filter(|holding| !holding.is_sent && holding.is_own == is_own && holding.sender.is_some()).collect();
        if bringers.is_empty() {
            continue;
        }
        let all: BTreeSet<i64> = bringers.iter().filter_map(|holding| holding.sender).collect();
        let trusted: BTreeSet<i64> = all.intersection(around.trusted).copied().collect();
        if !trusted.is_empty() {
            return trusted;
        }
        let is_proven = bringers.iter().all(|holding| holding.is_proven);
        return if all.len() == 1 && is_proven { all } else { BTreeSet::new() };
    }
    BTreeSet::new()
}

fn pass_on(holding: &Holding, around: &Around<'_>, known: &mut Knowers) {
    let Some(sender) = holding.sender.filter(|_| holding.is_proven) else { return };
    let receivers = holding.receivers.iter().copied();
    if holding.is_sent {
        known.members.insert(sender);
        if holding.is_own || answers_a_member(holding, around, known) {
            known.members.extend(receivers);
        }
    } else if known.members.contains(&sender) {
        if holding.is_own {
            known.members.extend(receivers);
        } else {
            known.told.extend(receivers);
        }
    }
}

/// Whether a mail of ours answers nothing, or somebody who knows the words. The mail that it answers may not be remembered: then it is not
/// known whom it answers.
fn answers_a_member(holding: &Holding, around: &Around<'_>, known: &Knowers) -> bool {
    let Some(answers) = holding.answers else { return true };
    let Some(senders) = around.answered.get(&answers) else { return false };
    let is_member = |sender: &i64| known.members.contains(sender) || around.own.contains(sender);
    !senders.is_empty() && senders.iter().all(|sender| sender.as_ref().is_some_and(is_member))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SATO: i64 = 1;
    const MORI: i64 = 2;
    const YAMADA: i64 = 11;
    const SUZUKI: i64 = 12;
    const EVIL: i64 = 66;

    fn sent(to: &[i64], answers: Option<i64>, is_own: bool) -> Holding {
        Holding {
            sender: Some(SATO),
            is_sent: true,
            is_proven: true,
            is_own,
            answers,
            receivers: to.to_vec(),
            ..Holding::default()
        }
    }

    fn received(from: i64, cc: &[i64], is_own: bool, is_proven: bool) -> Holding {
        let receivers = std::iter::once(SATO).chain(cc.iter().copied()).collect();
        Holding { sender: Some(from), is_own, is_proven, receivers, ..Holding::default() }
    }

    /// Who knows, and who was told, of mails; Message-ID 100 is Yamada's, 200 Evil's, 300 ours.
    fn of(holdings: &[Holding]) -> (Vec<i64>, Vec<i64>) {
        let trusted = BTreeSet::from([YAMADA]);
        let answered = BTreeMap::from([
            (100, BTreeSet::from([Some(YAMADA)])),
            (200, BTreeSet::from([Some(EVIL)])),
            (300, BTreeSet::from([Some(SATO)])),
            (400, BTreeSet::from([Some(YAMADA), Some(EVIL)])),
            (500, BTreeSet::from([None])),
        ]);
        let own = BTreeSet::from([SATO, MORI]);
        let knowers = knowers(holdings, &Around { trusted: &trusted, answered: &answered, own: &own });
        (knowers.members.into_iter().collect(), knowers.told.into_iter().collect())
    }

    #[test]
    fn knowledge_flows_from_those_who_have_it() {
        let ours = || sent(&[YAMADA], None, true);
        let his = || received(YAMADA, &[], true, true);
        let table: &[(&str, Vec<Holding>, &[i64], &[i64])] = &[
            ("we wrote it", vec![ours()], &[SATO, YAMADA], &[]),
            ("he wrote it", vec![his()], &[SATO, YAMADA], &[]),
            ("he wrote it to two", vec![received(YAMADA, &[SUZUKI], true, true)], &[SATO, YAMADA, SUZUKI], &[]),
            ("a contact without authentication wrote it", vec![received(YAMADA, &[SUZUKI], true, false)], &[YAMADA], &[]),
            ("he forwards ours", vec![ours(), received(YAMADA, &[SUZUKI], false, true)], &[SATO, YAMADA], &[SATO, SUZUKI]),
            ("we answer him with copies", vec![his(), sent(&[YAMADA, MORI], Some(100), false)], &[SATO, MORI, YAMADA], &[]),
            ("we forward it", vec![his(), sent(&[SUZUKI], None, false)], &[SATO, YAMADA, SUZUKI], &[]),
            ("we write again in our own thread", vec![ours(), sent(&[SUZUKI], Some(300), false)], &[SATO, YAMADA, SUZUKI], &[]),
            ("a stranger quotes it", vec![ours(), received(EVIL, &[], false, true)], &[SATO, YAMADA], &[]),
            ("and we answer him", vec![ours(), received(EVIL, &[], false, true), sent(&[EVIL], Some(200), false)], &[SATO, YAMADA], &[]),
            ("his mail is not remembered", vec![ours(), sent(&[EVIL], Some(999), false)], &[SATO, YAMADA], &[]),
            ("his mail bears a contact's Message-ID", vec![ours(), sent(&[EVIL], Some(400), false)], &[SATO, YAMADA], &[]),
            ("it bears our name, and nothing proves it", vec![ours(), sent(&[EVIL], Some(500), false)], &[SATO, YAMADA], &[]),
            ("he says that it is his own", vec![his(), received(EVIL, &[], true, true)], &[SATO, YAMADA], &[]),
            ("of what we wrote", vec![ours(), received(EVIL, &[], true, true)], &[SATO, YAMADA], &[]),
            ("two strangers say so", vec![received(EVIL, &[], true, true), received(SUZUKI, &[], true, true)], &[], &[]),
            ("he alone has it", vec![received(EVIL, &[], true, true)], &[SATO, EVIL], &[]),
            ("a forged copy to others", vec![ours(), received(YAMADA, &[EVIL], true, false)], &[SATO, YAMADA], &[]),
            ("we tell him ourselves", vec![ours(), sent(&[EVIL], Some(200), true)], &[SATO, YAMADA, EVIL], &[]),
        ];
        for (what, holdings, members, told) in table {
            let mut reversed = holdings.clone();
            reversed.reverse();
            for holdings in [holdings, &reversed] {
                let found = of(holdings);
                assert_eq!((found.0.as_slice(), found.1.as_slice()), (*members, *told), "{what}");
            }
        }
    }
}
