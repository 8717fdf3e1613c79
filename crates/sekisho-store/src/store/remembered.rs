//! Remembered mails as such: those of a party or a mailbox, and those that hold a text.

use std::collections::{BTreeMap, BTreeSet};

use sekisho_mail::Address;

use super::learning::address_id;
use super::together::each;
use super::{forgetting, texts};
use crate::database::{Database, Value};
use crate::learnt::Direction;
use crate::letters::Letters;
use crate::matching::Run;
use crate::{Secret, StoreError};

/// A mail as one mailbox remembers it: who and when, and no word of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// The mailbox's owner.
    pub mailbox: String,
    /// Whether the owner sent or received it.
    pub direction: Direction,
    /// When, in seconds since 1970.
    pub at: i64,
    /// Everybody who wrote or received it, by address in order; cut at 50.
    pub parties: Vec<String>,
}

/// Which remembered mails are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Those that this address wrote or received.
    pub party: Option<&'a Address>,
    /// Those of this mailbox.
    pub mailbox: Option<&'a Address>,
    /// So many at most, the newest.
    pub limit: usize,
}

/// Parties named of one mail.
const PARTIES_MAX: usize = 50;

/// A stretch whose language weighs less (40 Latin letters) is nobody's in particular.
const SAME_WEIGHT_MIN: u32 = 400;

/// Rounds of forgetting one text: each takes some dozens of remembered ones.
const ROUNDS_MAX: usize = 20;

/// What is asked of `mails`, in the order that `Rows` reads.
const SELECTED: &str = "SELECT mails.id, mails.at, mails.direction, addresses.address FROM mails \
    JOIN addresses ON addresses.id = mails.mailbox WHERE mails.at <= $1";

/// The newest mails that are wanted until a moment.
pub(super) fn mails(
    database: &mut dyn Database,
    secret: &Secret,
    wanted: &Wanted<'_>,
    until: i64,
) -> Result<Vec<Remembered>, StoreError> {
    let mut values = vec![Value::Int(until)];
    let mut sql = SELECTED.to_owned();
    if let Some(mailbox) = wanted.mailbox {
        values.push(Value::Int(address_id(secret, mailbox)));
        sql.push_str(&format!(" AND mails.mailbox = ${}", values.len()));
    }
    if let Some(party) = wanted.party {
        // No index leads from receivers of incoming mail to it: a person waits for this, and no mail does.
        values.push(Value::Int(address_id(secret, party)));
        sql.push_str(&format!(
            " AND mails.id IN (SELECT mail FROM parties WHERE address = ${})",
            values.len()
        ));
    }
    values.push(Value::Int(wanted.limit as i64));
    sql.push_str(&format!(" ORDER BY mails.at DESC, mails.id LIMIT ${}", values.len()));
    let mut rows = Rows::default();
    database.rows(&sql, &values, &mut |row| rows.take(row))?;
    rows.with_parties(database)
}

/// The oldest mails until a moment that hold what `text` is of.
pub(super) fn holding(
    database: &mut dyn Database,
    secret: &Secret,
    text: &str,
    until: i64,
    limit: usize,
) -> Result<Vec<Remembered>, StoreError> {
    let mut ids = BTreeSet::new();
    let question =
        format!("SELECT mail FROM holders WHERE at <= $1 AND text = {{id}} ORDER BY at LIMIT {limit}");
    let texts = same_texts(database, secret, text)?;
    each(database, &question, &[Value::Int(until)], &texts, &mut |row| {
        ids.extend(row.first().and_then(Value::int));
    })?;
    let ids: Vec<i64> = ids.into_iter().collect();
    let mut rows = Rows::default();
    each(database, &format!("{SELECTED} AND mails.id = {{id}}"), &[Value::Int(until)], &ids, &mut |row| {
        rows.take(row);
    })?;
    rows.0.sort_by_key(|(id, mail)| (mail.at, *id));
    rows.0.truncate(limit);
    rows.with_parties(database)
}

/// Forgets the remembered texts that `text` is of, whoever holds them. How many they were.
pub(super) fn forget_words(
    database: &mut dyn Database,
    secret: &Secret,
    text: &str,
) -> Result<u64, StoreError> {
    let mut forgotten = 0;
    // Of one text, only so many are compared at a time.
    for _ in 0..ROUNDS_MAX {
        let texts = same_texts(database, secret, text)?;
        not_held(database, &texts)?;
        for text in &texts {
            database.run("DELETE FROM holders WHERE text = $1", &[Value::Int(*text)])?;
            texts::forget(database, *text)?;
        }
        forgotten += texts.len() as u64;
        if texts.is_empty() {
            break;
        }
    }
    Ok(forgotten)
}

/// What must be kept for the sake of the law comes before forgetting: refused where a party of a mail that holds such a text is under a hold.
fn not_held(database: &mut dyn Database, texts: &[i64]) -> Result<(), StoreError> {
    let holds = forgetting::holds(database)?;
    if holds.is_empty() || texts.is_empty() {
        return Ok(());
    }
    if holds.iter().any(|hold| hold.address.is_none()) {
        return Err(StoreError::LegallyHeld(None));
    }
    let mut held = None;
    let question = "SELECT DISTINCT legal_holds.address FROM holders JOIN parties ON parties.mail = holders.mail \
        JOIN addresses ON addresses.id = parties.address JOIN legal_holds ON legal_holds.address = addresses.address \
        WHERE holders.text = {id}";
    each(database, question, &[], texts, &mut |row| {
        held = row.first().and_then(Value::text).map(str::to_owned);
    })?;
    held.map_or(Ok(()), |address| Err(StoreError::LegallyHeld(Some(address))))
}

/// The remembered texts that a text is of: those that share enough of its language, or of which it has the better part, as of the little that
/// an answer changed in its quotation. A greeting that both have makes no text the same.
fn same_texts(database: &mut dyn Database, secret: &Secret, text: &str) -> Result<Vec<i64>, StoreError> {
    let runs = texts::found(database, secret, Letters::of(text))?;
    let all: Vec<i64> = runs.iter().map(|run| run.text as i64).collect();
    let mut lengths: BTreeMap<i64, i64> = BTreeMap::new();
    let question =
        "SELECT text, MAX(until) - MIN(first) AS letters FROM holders WHERE text = {id} GROUP BY text";
    each(database, question, &[], &all, &mut |row| {
        if let [Value::Int(text), Value::Int(letters)] = row {
            lengths.insert(*text, *letters);
        }
    })?;
    let is_most = |run: &Run| {
        let shared = i64::from(run.there.end.saturating_sub(run.there.start));
        lengths.get(&(run.text as i64)).is_some_and(|letters| shared.saturating_mul(2) >= *letters)
    };
    let same = runs.iter().filter(|run| run.weight_of_language >= SAME_WEIGHT_MIN || is_most(run));
    Ok(same.map(|run| run.text as i64).collect::<BTreeSet<i64>>().into_iter().collect())
}

/// Mails by their numbers, in the order they came.
#[derive(Default)]
struct Rows(Vec<(i64, Remembered)>);

impl Rows {
    fn take(&mut self, row: &[Value]) {
        if let [Value::Int(id), Value::Int(at), Value::Int(direction), Value::Text(mailbox)] = row {
            let direction = if *direction == 1 { Direction::Sent } else { Direction::Received };
            let mail = Remembered { mailbox: mailbox.clone(), direction, at: *at, parties: Vec::new() };
            self.0.push((*id, mail));
        }
    }

    fn with_parties(self, database: &mut dyn Database) -> Result<Vec<Remembered>, StoreError> {
        let mut parties: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
        let ids: Vec<i64> = self.0.iter().map(|(id, _)| *id).collect();
        let question = format!(
            "SELECT parties.mail, addresses.address FROM parties JOIN addresses ON addresses.id = parties.address \
             WHERE parties.mail = {{id}} LIMIT {PARTIES_MAX}"
        );
        each(database, &question, &[], &ids, &mut |row| {
            if let [Value::Int(mail), Value::Text(address)] = row {
                parties.entry(*mail).or_default().insert(address.clone());
            }
        })?;
        let with = |(id, mail): (i64, Remembered)| Remembered {
            parties: parties.remove(&id).unwrap_or_default().into_iter().collect(),
            ..mail
        };
        Ok(self.0.into_iter().map(with).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::learnt::{Correspondent, Learnt};
    use crate::server::on_both;
    use crate::store::Store;

    const WORDS: &str = "二階の間仕切りに使う下地材を検討しています。防火の認定が取れていて、厚みが六十ミリ以内に収まる組み合わせはありますでしょうか。";

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    fn learnt(mailbox: &str, key: &str, at: i64, sender: &str, receiver: &str, own_text: &str) -> Learnt {
        let party = |text: &str| Correspondent { address: address(text), name: String::new() };
        let direction = if mailbox == sender { Direction::Sent } else { Direction::Received };
        Learnt {
            message_id: format!("{key}@midori.example"),
            sender: Some(party(sender)),
            receivers: vec![party(receiver)],
            own_text: own_text.to_owned(),
            ..Learnt::bare(&address(mailbox), key, at, direction)
        }
    }

    #[test]
    fn mails_are_listed_and_forgotten_on_both() {
        on_both(lists_and_forgets);
    }

    fn lists_and_forgets(url: &str, home: &Path) {
        let mut store = Store::open(url, home, Secret::from_bytes([1; 32])).unwrap();
        let (ours, theirs, other) =
            ("suzuki@midori.example", "yamada@partner.example", "sato@midori.example");
        let sent = learnt(ours, "1", 1_000, ours, theirs, WORDS);
        let quoted = Learnt {
            quoted: vec![WORDS.to_owned()],
            ..learnt(ours, "2", 2_000, theirs, ours, "承知しました。")
        };
        let elsewhere = learnt(
            other,
            "3",
            3_000,
            other,
            theirs,
            "来月の請求書をお送りください。よろしくお願いいたします。",
        );
        store.learn(&[sent, quoted, elsewhere]).unwrap();
        let days = |mails: &[Remembered]| mails.iter().map(|mail| mail.at).collect::<Vec<i64>>();
        let list = |store: &mut Store,
                    party: Option<&str>,
                    mailbox: Option<&str>,
                    limit: usize,
                    as_of: Option<i64>| {
            let (party, mailbox) = (party.map(address), mailbox.map(address));
            let wanted = Wanted { party: party.as_ref(), mailbox: mailbox.as_ref(), limit };
            days(&store.mails(&wanted, as_of).unwrap())
        };
        assert_eq!(list(&mut store, None, None, 10, None), [3_000, 2_000, 1_000]);
        assert_eq!(list(&mut store, Some(theirs), None, 2, None), [3_000, 2_000]);
        assert_eq!(list(&mut store, Some(theirs), Some(ours), 10, None), [2_000, 1_000]);
        assert_eq!(list(&mut store, Some(theirs), None, 10, Some(1_500)), [1_000]);
        assert_eq!(list(&mut store, Some("mori@midori.example"), None, 10, None), []);

        let holding = store.holding(WORDS, None, 10).unwrap();
        assert_eq!(days(&holding), [1_000, 2_000]);
        assert_eq!(holding[0].parties, [ours, theirs]);
        assert_eq!((holding[0].direction, holding[1].direction), (Direction::Sent, Direction::Received));
        assert_eq!(days(&store.holding(WORDS, Some(1_500), 10).unwrap()), [1_000]);
        assert_eq!(
            store
                .holding("明日の天気は晴れのようです。洗濯物を干してから出かけましょう。", None, 10)
                .unwrap(),
            []
        );

        store.hold_legally(Some(&address(theirs)), "訴訟", "佐藤", 4_000).unwrap();
        assert!(
            matches!(store.forget_words(WORDS), Err(StoreError::LegallyHeld(Some(held))) if held == theirs)
        );
        assert!(store.release_legally(Some(&address(theirs))).unwrap());
        assert!(store.forget_words(WORDS).unwrap() > 0);
        assert_eq!(store.forget_words(WORDS).unwrap(), 0);
        assert_eq!(store.conversations(WORDS, None).unwrap(), []);
        // Who wrote to whom stays.
        assert_eq!(list(&mut store, None, Some(ours), 10, None), [2_000, 1_000]);
    }
}
