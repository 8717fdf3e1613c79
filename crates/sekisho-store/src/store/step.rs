//! One transaction of learning: what is known of the database meanwhile, so that it is asked once, and the rows that wait to be written.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::learning::{SUSPICIOUS, Words, address_id, mail_hash, unlearn};
use super::ranks::{self, Grounds};
use super::returning::Lacking;
use super::together::each;
use super::{names, returning, texts};
use crate::database::{Database, Value};
use crate::learnt::{Direction, Learnt, Trust};
use crate::{Secret, StoreError};

/// What is known within one transaction. Nobody else writes meanwhile.
pub(super) struct Step<'a, 'd> {
    pub(super) database: &'a mut (dyn Database + 'd),
    pub(super) secret: &'a Secret,
    /// The day before which a mail is of the old archive.
    pub(super) installed: i64,
    /// Whether anybody was forgotten.
    pub(super) has_tombstones: bool,
    /// Hashes of the mails that are remembered, as far as they are among those to be learned.
    pub(super) known: HashSet<i64>,
    /// Those of them of which it is only noted that they came.
    pub(super) noted: HashSet<i64>,
    /// Those of them that somebody was forgotten in who may have returned.
    pub(super) lacking: HashMap<i64, Lacking>,
    /// The number of the last mail.
    pub(super) last: i64,
    pub(super) words: Words,
    /// What makes addresses more than strangers'.
    pub(super) grounds: HashMap<i64, Grounds>,
    /// As it was of those of whom more is known by now.
    pub(super) grounds_before: BTreeMap<i64, Grounds>,
    pub(super) sources: names::Sources,
    pub(super) texts: texts::Learning,
    pub(super) mails: Vec<Vec<Value>>,
    pub(super) ways: Vec<Vec<Value>>,
    pub(super) parties: Vec<Vec<Value>>,
    pub(super) announcements: Vec<Vec<Value>>,
}

impl<'a, 'd> Step<'a, 'd> {
    pub(super) fn begin(
        database: &'a mut (dyn Database + 'd),
        secret: &'a Secret,
        mails: &[Learnt],
        installed: i64,
    ) -> Result<Self, StoreError> {
        let hashes: Vec<i64> = mails.iter().map(|mail| mail_hash(secret, &mail.mailbox, &mail.key)).collect();
        let mut known = HashSet::new();
        let mut noted = HashMap::new();
        let sql = "SELECT hash, id, trust, sender FROM mails WHERE hash = {id}";
        each(database, sql, &[], &hashes, &mut |row| {
            known.extend(row.first().and_then(Value::int));
            // Of a mail without a sender, the sender was forgotten.
            if let [Value::Int(hash), Value::Int(id), Value::Int(SUSPICIOUS), Value::Int(_)] = row {
                noted.insert(*hash, *id);
            }
        })?;
        // What a person's word has cleared since then is learned like a new one.
        for mail in mails.iter().filter(|mail| mail.trust != Trust::Suspicious) {
            let hash = mail_hash(secret, &mail.mailbox, &mail.key);
            if let Some(id) = noted.remove(&hash) {
                unlearn(database, id)?;
                known.remove(&hash);
            }
        }
        let lacking = returning::among(database, &hashes)?;
        let has_tombstones = database.one("SELECT id FROM tombstones LIMIT 1", &[])?.is_some();
        let last = database.one("SELECT MAX(id) FROM mails", &[])?;
        let grounds = ranks::read(database, &correspondents(secret, mails))?;
        Ok(Self {
            database,
            secret,
            installed,
            has_tombstones,
            known,
            noted: noted.into_keys().collect(),
            lacking,
            last: last.as_ref().and_then(Value::int).unwrap_or(0),
            words: Words::default(),
            grounds,
            grounds_before: BTreeMap::new(),
            sources: names::Sources::default(),
            texts: texts::Learning::default(),
            mails: Vec::new(),
            ways: Vec::new(),
            parties: Vec::new(),
            announcements: Vec::new(),
        })
    }
}

/// Who wrote the mails, to whom ours went, and in whose mailboxes they lie.
fn correspondents(secret: &Secret, mails: &[Learnt]) -> Vec<i64> {
    let senders = mails.iter().filter_map(|mail| mail.sender.as_ref());
    let sent = mails.iter().filter(|mail| mail.direction == Direction::Sent);
    let all = senders.chain(sent.flat_map(|mail| &mail.receivers));
    let all = all.map(|person| &person.address).chain(mails.iter().map(|mail| &mail.mailbox));
    all.map(|address| address_id(secret, address)).collect::<BTreeSet<_>>().into_iter().collect()
}
