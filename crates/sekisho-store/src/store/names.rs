//! Names in mails ↔ the addresses that showed them, and what speaks for it.
//!
//! A name is kept as keyed hashes of its spellings (`NameKey`). What speaks for a name at an address is ranked, and the ranks are never
//! mixed: whatever strangers show, it stands in another rank than what our own people wrote, and of each rank the oldest sources stay.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sekisho_facts::NameKey;
use sekisho_mail::Address;

use super::learning::{Words, address_id, number};
use super::step::Step;
use super::together::{Together, each};
use crate::database::{Database, Value};
use crate::learnt::{Correspondent, Direction, Learnt, Trust};
use crate::{Secret, StoreError};

/// The tables.
pub(crate) const TABLES: &[&str] = &[
    // That a mail showed a name for an address. `kind` and `rank` as in `Kind` and `Rank`; `word` is the name as shown where addresses are; of a
    // name in a text there is none. A confirmed name has no mail: 0 stands for it.
    // It lies in the order in which owners are looked for. Nothing leads from a mail here but its parties.
    "CREATE TABLE names (name BIGINT NOT NULL, rank BIGINT NOT NULL, at BIGINT NOT NULL, address BIGINT NOT NULL, mail BIGINT NOT NULL, \
        kind BIGINT NOT NULL, word BIGINT, PRIMARY KEY (name, rank, at, address, mail))",
    "CREATE INDEX names_by_address ON names (address, name, rank, at, kind)",
];

/// Sources kept of one name, address and rank: the oldest. More would say nothing new, and one can be unlearned without losing the name.
const SOURCES_MAX: i64 = 8;

/// Names taken from one mail's signature.
const SIGNED_MAX: usize = 8;

/// Keys of people by surname and organisation taken from one mail.
const MEMBERS_MAX: usize = 8;

/// Receivers of our own mail whose names are learned.
const RECEIVERS_MAX: usize = 50;

/// Rows of one address that are looked at when we first write to it: all names of a mail.
const RISEN_MAX: i64 = 16;

/// Names of different people that one address may show before it is a service that writes for many: it then owns none of them. A person
/// has a few spellings, two keys each.
const AGENT_KEYS_MAX: i64 = 16;

/// Local parts that machines write from.
const AUTOMATIC: &[&str] = &[
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
    "notification",
    "notifications",
    "notify",
    "mailer-daemon",
    "postmaster",
    "bounce",
    "bounces",
    "alerts",
    "automailer",
    "system",
    "robot",
    "daemon",
];

/// What speaks for a name at an address, the strongest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Its own mail, of which nothing is proven.
    Said = 0,
    /// Its own mail, authenticated or of the old archive.
    Proven = 1,
    /// The same, and we write to the address; or our own mail names it so.
    Ours = 2,
    /// A person confirmed it.
    Confirmed = 3,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Person = 1,
    Organisation = 2,
    /// Somebody by surname and organisation, as nobody wrote it yet: put together from a full name and the organisation beside it. It is
    /// looked up as a person's and says nothing of how many people an address shows.
    Member = 3,
}

/// A name at an address, as it was learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    /// The name's key.
    pub(super) name: i64,
    pub(super) address: i64,
    pub(super) rank: Rank,
    /// Since when.
    pub(super) at: i64,
}

/// The keys of a shown name: a person's, else an organisation's.
pub(super) fn keys(secret: &Secret, shown: &str) -> Vec<(i64, Kind)> {
    let mut keys = Vec::new();
    if let Some(key) = NameKey::organisation(shown) {
        keys.push((key_of(secret, Kind::Organisation, key.spelling()), Kind::Organisation));
    }
    let people = NameKey::person(shown);
    for spelling in people.iter().flat_map(NameKey::spellings).chain(NameKey::member(shown)) {
        keys.push((key_of(secret, Kind::Person, &spelling), Kind::Person));
    }
    keys
}

/// The key of the full name that an address spells: a Japanese correspondent may never show how the name is read, and a forger may.
fn spelt(secret: &Secret, address: &Address) -> Option<i64> {
    let key = NameKey::local_part(address.local())?;
    key.spellings().first().map(|spelling| key_of(secret, Kind::Person, spelling))
}

/// Whether a name in Latin letters, in a signature, is not the sender's own: it shares no word with the full name that the mail shows for
/// them, or none with any name of theirs but one with their domain. A firm's name has no more than two words either.
fn is_of_another(signed: &str, sender: &Correspondent) -> bool {
    let Some(signed) = NameKey::person(signed) else { return false };
    let domain = sender.address.domain();
    let own = NameKey::shown(&format!("{} {}", sender.address.local(), sender.name));
    let is_firms = signed.is_part_of(domain) || signed.shares_word(&NameKey::shown(domain));
    let shows_another = NameKey::person(&sender.name).is_some_and(|shown| shown.is_latin());
    signed.is_latin() && !signed.shares_word(&own) && (is_firms || shows_another)
}

/// Keys of the people in a mail by surname and organisation: 「三浦 健太郎」 of 「株式会社北斗建設」 may be shown as 「北斗建設 三浦」 one day.
fn members(secret: &Secret, shown: &[&str]) -> Vec<i64> {
    let pairs = shown.iter().flat_map(|person| shown.iter().map(move |organisation| (person, organisation)));
    let spellings = pairs.flat_map(|(person, organisation)| NameKey::membership(person, organisation));
    let mut keys: Vec<i64> = spellings.map(|spelling| key_of(secret, Kind::Member, &spelling)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.truncate(MEMBERS_MAX);
    keys
}

/// The key of one spelling.
pub(super) fn key_of(secret: &Secret, kind: Kind, spelling: &str) -> i64 {
    let purpose = match kind {
        Kind::Person | Kind::Member => "names-of-people",
        Kind::Organisation => "names-of-organisations",
    };
    number(secret, purpose, [spelling.as_bytes()])
}

/// Learns the names in a mail.
pub(super) fn learn(step: &mut Step<'_, '_>, mail: i64, learnt: &Learnt) -> Result<(), StoreError> {
    let secret = step.secret;
    let mut rows = Vec::new();
    if let Some(sender) = learnt.sender.as_ref().filter(|_| speaks_for_itself(learnt)) {
        let address = address_id(secret, &sender.address);
        let is_automatic = is_automatic(&sender.address);
        let (rank, since) = rank(step, learnt, address);
        let at = since.map_or(learnt.at, |since| since.max(learnt.at));
        let signed = learnt.signed.iter().take(SIGNED_MAX).map(String::as_str);
        let shown: Vec<&str> = std::iter::once(sender.name.as_str())
            .chain(signed)
            .filter(|shown| !is_passed_on(shown))
            .collect();
        for shown in &shown {
            // What a signature says is a piece of the text: of that, nothing is kept that can be read.
            let is_shown = *shown == sender.name;
            let word = if is_shown { step.words.word(secret, shown) } else { None };
            let is_nobodys = is_automatic || is_of_another(shown, sender);
            let keys =
                keys(secret, shown).into_iter().filter(|(_, kind)| *kind != Kind::Person || !is_nobodys);
            rows.extend(keys.map(|(name, kind)| (Bound { name, address, rank, at }, kind, word)));
        }
        if !is_automatic {
            let members = members(secret, &shown).into_iter();
            rows.extend(members.map(|name| (Bound { name, address, rank, at }, Kind::Member, None)));
        }
        if !is_automatic {
            let spelt = spelt(secret, &sender.address).map(|name| Bound { name, address, rank, at });
            rows.extend(spelt.map(|bound| (bound, Kind::Person, None)));
        }
    }
    if learnt.direction == Direction::Sent {
        for Correspondent { address, name } in learnt.receivers.iter().take(RECEIVERS_MAX) {
            let word = step.words.word(secret, name);
            let spelt = spelt(secret, address).map(|name| (name, Kind::Person));
            let address = address_id(secret, address);
            let bound = |name| Bound { name, address, rank: Rank::Ours, at: learnt.at };
            let keys = keys(secret, name).into_iter();
            rows.extend(keys.map(|(name, kind)| (bound(name), kind, word)));
            rows.extend(spelt.map(|(name, kind)| (bound(name), kind, None)));
            let members = members(secret, &[name.as_str()]).into_iter();
            rows.extend(members.map(|member| (bound(member), Kind::Member, None)));
        }
        rows.extend(risen(step.database, secret, learnt)?);
    }
    step.sources.keep(step.database, mail, rows)
}

/// Binds a confirmed name.
pub(super) fn confirm(
    database: &mut dyn Database,
    secret: &Secret,
    address: i64,
    name: &str,
    at: i64,
) -> Result<(), StoreError> {
    let mut words = Words::default();
    let word = words.word(secret, name);
    words.keep(database)?;
    let bound = |name| Bound { name, address, rank: Rank::Confirmed, at };
    let rows = keys(secret, name).into_iter().map(|(name, kind)| (bound(name), kind, word)).collect();
    Sources::default().keep(database, 0, rows)
}

/// Asks whom names belong to by our own mail or by a person's word, the oldest first.
pub(super) fn owners<'t>(together: &mut Together<'t>, names: &[i64], until: i64, owners: &'t mut Vec<Bound>) {
    let question = format!(
        "SELECT name, address, rank, at FROM names WHERE name IN ({{ids}}) AND rank >= 2 AND at <= $1 ORDER BY rank DESC, at LIMIT {OWNERS_MAX}"
    );
    together.listed(&question, &[Value::Int(until)], names, |row| owners.extend(bound(row)));
}

/// Asks what one address showed of some names, in whatever rank.
pub(super) fn shown_by<'t>(
    together: &mut Together<'t>,
    address: i64,
    names: &[i64],
    until: i64,
    shown: &'t mut Vec<Bound>,
) {
    let question = format!(
        "SELECT name, address, rank, at FROM names WHERE address = $1 AND at <= $2 AND name IN ({{ids}}) ORDER BY at LIMIT {OWNERS_MAX}"
    );
    let values = [Value::Int(address), Value::Int(until)];
    together.listed(&question, &values, names, |row| shown.extend(bound(row)));
}

/// Rows looked at for the names of one mail.
const OWNERS_MAX: i64 = 512;

/// Asks which of these addresses show the names of many people.
pub(super) fn agents<'t>(together: &mut Together<'t>, addresses: &[i64], agents: &'t mut BTreeSet<i64>) {
    let question = format!(
        "SELECT address, COUNT(*) AS keys FROM (SELECT DISTINCT address, name FROM names WHERE address = {{id}} AND rank >= 1 AND rank < 3 \
         AND kind = 1 LIMIT {}) AS people GROUP BY address",
        AGENT_KEYS_MAX + 1
    );
    together.each(question, &[], addresses, |row| {
        if let [Value::Int(address), Value::Int(keys)] = row
            && *keys > AGENT_KEYS_MAX
        {
            agents.insert(*address);
        }
    });
}

fn bound(row: &[Value]) -> Option<Bound> {
    let [Value::Int(name), Value::Int(address), Value::Int(rank), Value::Int(at)] = row else { return None };
    let rank = match rank {
        0 => Rank::Said,
        1 => Rank::Proven,
        2 => Rank::Ours,
        _ => Rank::Confirmed,
    };
    Some(Bound { name: *name, address: *address, rank, at: *at })
}

/// What a mail proves for the names that it shows for its own sender, and since when we write to them.
fn rank(step: &Step<'_, '_>, learnt: &Learnt, address: i64) -> (Rank, Option<i64>) {
    let is_proven = learnt.direction == Direction::Sent
        || learnt.trust == Trust::Authenticated
        || learnt.at < step.installed;
    if !is_proven {
        return (Rank::Said, None);
    }
    if learnt.direction == Direction::Sent {
        return (Rank::Ours, None);
    }
    let since = step.grounds_of(address).written_since();
    (if since.is_some() { Rank::Ours } else { Rank::Proven }, since)
}

/// The names that addresses showed before we wrote to them: now they are of those we write to.
fn risen(
    database: &mut dyn Database,
    secret: &Secret,
    learnt: &Learnt,
) -> Result<Vec<(Bound, Kind, Option<i64>)>, StoreError> {
    let receivers: Vec<i64> = learnt
        .receivers
        .iter()
        .take(RECEIVERS_MAX)
        .map(|receiver| address_id(secret, &receiver.address))
        .collect();
    let question = format!(
        "SELECT name, address, kind, at, word FROM names WHERE address = {{id}} AND rank = 1 ORDER BY at LIMIT {RISEN_MAX}"
    );
    let mut risen = Vec::new();
    each(database, &question, &[], &receivers, &mut |row| {
        if let [Value::Int(name), Value::Int(address), Value::Int(kind), Value::Int(at), word] = row {
            let at = learnt.at.max(*at);
            let kinds = [Kind::Person, Kind::Organisation, Kind::Member];
            let kind = kinds.into_iter().find(|one| *one as i64 == *kind).unwrap_or(Kind::Organisation);
            risen.push((Bound { name: *name, address: *address, rank: Rank::Ours, at }, kind, word.int()));
        }
    })?;
    Ok(risen)
}

/// A name at an address in a rank, and its sources: when, and in which mail.
type Kept = HashMap<(i64, i64, i64), BTreeSet<(i64, i64)>>;

/// The sources of names, as far as they were asked for in one transaction.
#[derive(Default)]
pub(super) struct Sources(Kept);

impl Sources {
    /// Keeps names with their source, where there are not enough older ones.
    fn keep(
        &mut self,
        database: &mut dyn Database,
        mail: i64,
        rows: Vec<(Bound, Kind, Option<i64>)>,
    ) -> Result<(), StoreError> {
        self.read(database, rows.iter().map(|(bound, _, _)| bound))?;
        let mut new = Vec::new();
        for (Bound { name, address, rank, at }, kind, word) in rows {
            let kept = self.0.entry((address, name, rank as i64)).or_default();
            // One source counts once: a mail may show a name in several places.
            if kept.iter().any(|(_, source)| *source == mail) {
                continue;
            }
            let newest = kept.last().copied().filter(|_| kept.len() >= SOURCES_MAX as usize);
            if newest.is_some_and(|(newest, _)| newest <= at) {
                continue;
            }
            if let Some((newest_at, newest_mail)) = newest {
                kept.remove(&(newest_at, newest_mail));
                let gone = [name, rank as i64, newest_at, address, newest_mail].map(Value::Int);
                let sql = "DELETE FROM names WHERE name = $1 AND rank = $2 AND at = $3 AND address = $4 AND mail = $5";
                database.run(sql, &gone)?;
            }
            kept.insert((at, mail));
            let mut row = [name, rank as i64, at, address, mail, kind as i64].map(Value::Int).to_vec();
            row.push(word.map_or(Value::Null, Value::Int));
            new.push(row);
        }
        database.insert("names", &["name", "rank", "at", "address", "mail", "kind", "word"], &new).map(|_| ())
    }

    /// Asks for those that were not asked for yet.
    fn read<'b>(
        &mut self,
        database: &mut dyn Database,
        bound: impl Iterator<Item = &'b Bound>,
    ) -> Result<(), StoreError> {
        let mut missing: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for one in bound.filter(|one| !self.0.contains_key(&(one.address, one.name, one.rank as i64))) {
            missing.entry(one.address).or_default().push(one.name);
        }
        let question = "SELECT name, rank, at, mail FROM names WHERE address = $1 AND name = {id}";
        for (address, names) in missing {
            // All ranks of a name come at once; where there is none, that is known then.
            for name in &names {
                for rank in [Rank::Said, Rank::Proven, Rank::Ours, Rank::Confirmed] {
                    self.0.insert((address, *name, rank as i64), BTreeSet::new());
                }
            }
            each(database, question, &[Value::Int(address)], &names, &mut |row| {
                if let [Value::Int(name), Value::Int(rank), Value::Int(at), Value::Int(mail)] = row {
                    self.0.entry((address, *name, *rank)).or_default().insert((*at, *mail));
                }
            })?;
        }
        Ok(())
    }
}

/// Whether a mail shows its sender's own name: a list shows the names of those who write to it.
fn speaks_for_itself(learnt: &Learnt) -> bool {
    learnt.trust != Trust::Suspicious && learnt.list.is_empty()
}

/// Whether a name is shown by somebody who passes it on: 「山田太郎 via 研究会ML」, 「山田太郎 (Slack)」 comes from a machine's address.
fn is_passed_on(shown: &str) -> bool {
    let shown = shown.to_lowercase();
    shown.contains(" via ") || shown.contains("経由") || shown.contains("代理")
}

fn is_automatic(address: &Address) -> bool {
    let local = address.local().to_lowercase();
    let front = local.split(['+', '=']).next().unwrap_or_default();
    AUTOMATIC.iter().any(|machine| {
        front == *machine
            || front.starts_with(&format!("{machine}-"))
            || front.ends_with(&format!("-{machine}"))
    })
}
