//! One mail → rows, and back to none.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;

use sekisho_mail::Address;
use siphasher::sip::SipHasher24;

use super::formulas::Use;
use super::organisations::organisation_of;
use super::ranks::{self, Ground, Rank};
use super::step::Step;
use super::texts::{self, Held, Holder, LookedAt};
use super::{announcements, forgetting, names};
use crate::database::{Database, Value};
use crate::learnt::{Correspondent, Direction, Learning, Learnt, Trust, Ways};
use crate::{Secret, StoreError};

/// The tables.
pub(crate) const TABLES: &[&str] = &[
    // Addresses, each once; `id` is a keyed hash, so that learning twice gives the same rows, and `organisation` one of the registered domain.
    // `rank` says whether we write there, the moments after it since when, since when it has a mailbox here, and since when mail comes from it
    // (see `ranks`).
    "CREATE TABLE addresses (id BIGINT PRIMARY KEY, address TEXT NOT NULL, organisation BIGINT, rank BIGINT NOT NULL, opened BIGINT, \
        answered BIGINT, owned BIGINT, came BIGINT)",
    "CREATE INDEX addresses_by_organisation ON addresses (organisation, rank)",
    // By what people write: confirmed contacts and exceptions are kept as text.
    "CREATE INDEX addresses_by_text ON addresses (address)",
    // What repeats in many mails: names shown, mail programs, networks, domains, kinds of files. `id` is a keyed hash.
    "CREATE TABLE words (id BIGINT PRIMARY KEY, word TEXT NOT NULL)",
    // A mail as one mailbox has it, numbered in the order of learning; `hash` is a keyed hash of what makes it that mail in that mailbox.
    // `message` is the same for every copy of it, `at` in seconds since 1970, `direction` 0 for received and 1 for sent, `trust` as in
    // `trust_number`, `rank` as in `ranks`; `thread`, `message_id` and `answers` are keyed hashes of Message-IDs.
    "CREATE TABLE mails (id BIGINT PRIMARY KEY, hash BIGINT NOT NULL, message BIGINT NOT NULL, mailbox BIGINT NOT NULL, sender BIGINT, \
        at BIGINT NOT NULL, direction BIGINT NOT NULL, trust BIGINT NOT NULL, rank BIGINT NOT NULL, thread BIGINT NOT NULL, message_id BIGINT, \
        answers BIGINT, list BIGINT, name_key BIGINT)",
    "CREATE UNIQUE INDEX mails_by_hash ON mails (hash)",
    "CREATE INDEX mails_by_time ON mails (at)",
    "CREATE INDEX mails_by_mailbox ON mails (mailbox, at)",
    "CREATE INDEX mails_by_message_id ON mails (message_id, rank, at)",
    "CREATE INDEX mails_by_thread ON mails (thread, rank, at)",
    "CREATE INDEX mails_by_name ON mails (name_key, at, sender, message) WHERE direction = 0",
    // How the mails of an address came, side by side in the order of time: one contact is one stretch of this table. The words are of `words`.
    "CREATE TABLE ways (sender BIGINT NOT NULL, trust BIGINT NOT NULL, at BIGINT NOT NULL, mail BIGINT NOT NULL, message BIGINT NOT NULL, \
        mailbox BIGINT NOT NULL, thread BIGINT NOT NULL, list BIGINT, name BIGINT, language BIGINT, mailer BIGINT, network BIGINT, \
        domains BIGINT, files BIGINT, has_locked BIGINT NOT NULL, has_link BIGINT NOT NULL, PRIMARY KEY (sender, trust, at, mail))",
    // Everybody who wrote or received a mail, with what they did in it: see `Role`. `thread` is there of those to whom we write.
    "CREATE TABLE parties (mail BIGINT NOT NULL, address BIGINT NOT NULL, role BIGINT NOT NULL, at BIGINT NOT NULL, thread BIGINT, \
        PRIMARY KEY (mail, address) INCLUDE (role))",
    // To whom we write: of incoming mail nobody is looked up, so that strangers cannot fill this index.
    "CREATE INDEX parties_written_to ON parties (address, role, at, thread) WHERE role < 3",
];

/// The columns of `mails`, in order.
const MAILS: &[&str] = &[
    "id",
    "hash",
    "message",
    "mailbox",
    "sender",
    "at",
    "direction",
    "trust",
    "rank",
    "thread",
    "message_id",
    "answers",
    "list",
    "name_key",
];

/// Those of `ways`.
const WAYS: &[&str] = &[
    "sender",
    "trust",
    "at",
    "mail",
    "message",
    "mailbox",
    "thread",
    "list",
    "name",
    "language",
    "mailer",
    "network",
    "domains",
    "files",
    "has_locked",
    "has_link",
];

/// Receivers remembered of one mail: a mail to more is an announcement and no conversation.
pub(super) const PARTIES_MAX: usize = 200;

/// No address has this number.
pub(super) const NOBODY: i64 = 0;

/// Letters kept of a name, a mail program, a list of domains.
const WORD_CHARS_MAX: usize = 200;

/// Bytes of text looked at before they are learned: more would take more memory than it saves time.
const TEXT_BYTES_MAX: usize = 1024 * 1024;

/// What somebody did in a mail. Those who were forgotten stand at [`NOBODY`] (see `returning`).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Somebody took part who was forgotten and may have returned; the mail was not found where it was looked for.
    LookedFor = -1,
    /// Somebody took part who was forgotten and may have returned.
    Returning = 0,
    /// Received a mail of ours that answers nothing: we write to them of our own accord.
    WrittenTo = 1,
    /// Received a mail of ours that answers or quotes another.
    Answered = 2,
    /// Wrote it.
    Wrote = 3,
    /// Received it, or it lies in their mailbox.
    Received = 4,
    /// Somebody took part who was forgotten.
    Forgotten = 5,
}

/// Learns mails in one transaction.
pub(super) fn learn(
    database: &mut dyn Database,
    secret: &Secret,
    mails: &[Learnt],
    installed: i64,
) -> Result<Vec<Learning>, StoreError> {
    let mut step = Step::begin(database, secret, mails, installed)?;
    let mut done = Vec::with_capacity(mails.len());
    for some in of_bounded_text(mails) {
        let texts: Vec<Vec<LookedAt>> = some.iter().map(|mail| looked_at(&step, mail)).collect();
        step.texts.ask(step.database, texts.iter().flatten())?;
        for (mail, texts) in some.iter().zip(texts) {
            done.push(step.learn(mail, &texts)?);
        }
    }
    step.end()?;
    Ok(done)
}

/// The mails, as many at a time as have [`TEXT_BYTES_MAX`], or one.
fn of_bounded_text(mut mails: &[Learnt]) -> impl Iterator<Item = &[Learnt]> {
    let bytes = |mail: &Learnt| mail.own_text.len() + mail.quoted.iter().map(String::len).sum::<usize>();
    std::iter::from_fn(move || {
        let mut left = TEXT_BYTES_MAX;
        let fits = |mail: &&Learnt| {
            let after = left.checked_sub(bytes(mail));
            left = after.unwrap_or_default();
            after.is_some()
        };
        let some = mails.iter().take_while(fits).count().max(1);
        let (some, rest) = mails.split_at_checked(some)?;
        mails = rest;
        Some(some)
    })
}

/// What a mail says itself, then what it quotes.
fn looked_at(step: &Step<'_, '_>, mail: &Learnt) -> Vec<LookedAt> {
    let is_known = step.known.contains(&mail_hash(step.secret, &mail.mailbox, &mail.key));
    if is_known || mail.trust == Trust::Suspicious {
        return Vec::new();
    }
    let all = std::iter::once(&mail.own_text).chain(&mail.quoted);
    all.map(|text| LookedAt::learned(text, step.secret)).collect()
}

impl Step<'_, '_> {
    fn learn(&mut self, mail: &Learnt, texts: &[LookedAt]) -> Result<Learning, StoreError> {
        let hash = mail_hash(self.secret, &mail.mailbox, &mail.key);
        if !self.known.insert(hash) {
            if let Some(lacking) = self.lacking.remove(&hash) {
                self.make_whole(lacking, mail)?;
            }
            return Ok(if self.noted.contains(&hash) { Learning::Noted } else { Learning::Known });
        }
        let has_sender = mail.sender.is_some();
        let (mail, lacks) = without_forgotten(self, mail)?;
        let mail = mail.as_ref();
        self.last += 1;
        let id = self.last;
        let rank = self.rank_of(mail);
        let thread = self.keep_mail(id, hash, rank, mail);
        if mail.trust == Trust::Suspicious {
            let is_forgotten = has_sender && mail.sender.is_none();
            return Ok(if is_forgotten { Learning::Forgotten } else { Learning::New });
        }
        // The names and the texts first: they ask whether we wrote to somebody before.
        names::learn(self, id, mail)?;
        announcements::learn(self, id, mail);
        let used = self.used(mail);
        self.keep_parties(id, thread, mail, lacks);
        let is_proven = trust_number(mail) == PROVEN && rank <= Rank::WrittenTo;
        let holder = Holder { mail: id, rank, at: mail.at, is_proven };
        let Some((own, quoted)) = texts.split_first() else { return Ok(Learning::New) };
        self.texts.hold(self.database, holder, own, Held::Own, used)?;
        for quoted in quoted {
            self.texts.hold(self.database, holder, quoted, Held::Quoted, None)?;
        }
        Ok(Learning::New)
    }

    /// The rows of a mail and of how it came. What they name is put into the words. The thread that it is of.
    fn keep_mail(&mut self, id: i64, hash: i64, rank: Rank, mail: &Learnt) -> i64 {
        let mailbox = self.words.address(self.secret, &mail.mailbox);
        self.note(mailbox, Ground::Owned, mail.at);
        let (secret, words) = (self.secret, &mut self.words);
        let sender = mail.sender.as_ref().map(|sender| words.address(secret, &sender.address));
        if mail.trust != Trust::Suspicious {
            for receiver in mail.receivers.iter().take(PARTIES_MAX) {
                words.address(secret, &receiver.address);
            }
        }
        let message = message_number(secret, &mail.key);
        let thread = thread_of(secret, mail);
        let name = mail.sender.as_ref().map_or("", |sender| sender.name.as_str());
        let name_key = names::keys(secret, name).into_iter().map(|(key, _)| key).min();
        let trust = trust_number(mail);
        let list = optional(words.word(secret, &mail.list));
        self.mails.push(vec![
            Value::Int(id),
            Value::Int(hash),
            Value::Int(message),
            Value::Int(mailbox),
            optional(sender),
            Value::Int(mail.at),
            Value::Int(i64::from(mail.direction == Direction::Sent)),
            Value::Int(trust),
            Value::Int(rank as i64),
            Value::Int(thread),
            optional(message_id(secret, &mail.message_id)),
            optional(mail.references.last().and_then(|parent| message_id(secret, parent))),
            list.clone(),
            optional(name_key),
        ]);
        let Some(sender) = sender else { return thread };
        let mut way = [sender, trust, mail.at, id, message, mailbox, thread].map(Value::Int).to_vec();
        way.push(list);
        let ways = &mail.ways;
        let (domains, files) = (ways.domains.join(" "), ways.files.join(" "));
        for text in [name, &ways.language, &ways.mailer, &ways.network, &domains, &files] {
            way.push(optional(words.word(secret, text)));
        }
        way.extend([ways.has_locked_file, ways.has_link].map(|has| Value::Int(i64::from(has))));
        self.ways.push(way);
        self.note(sender, Ground::Came, mail.at);
        thread
    }

    /// The rows of everybody in a mail. From now on we write to those who receive a mail of ours.
    pub(super) fn keep_parties(&mut self, id: i64, thread: i64, mail: &Learnt, lacks: Lacks) {
        let received = match mail.direction {
            Direction::Received => Role::Received,
            Direction::Sent if mail.is_answer || !mail.references.is_empty() || !mail.quoted.is_empty() => {
                Role::Answered
            }
            Direction::Sent => Role::WrittenTo,
        };
        let wrote = mail.sender.iter().map(|sender| (&sender.address, Role::Wrote));
        let receivers = mail.receivers.iter().take(PARTIES_MAX);
        let named = wrote.chain(receivers.map(|Correspondent { address, .. }| (address, received)));
        // Whoever wrote it stays its writer where they also received it: the first row counts.
        let mut seen = BTreeSet::new();
        for (address, role) in named.chain([(&mail.mailbox, Role::Received)]) {
            let address = address_id(self.secret, address);
            if !seen.insert(address) {
                continue;
            }
            let is_written_to = matches!(role, Role::WrittenTo | Role::Answered);
            let mut row = [id, address, role as i64, mail.at].map(Value::Int).to_vec();
            row.push(optional(is_written_to.then_some(thread)));
            self.parties.push(row);
            if is_written_to {
                let ground = if role == Role::WrittenTo { Ground::Opened } else { Ground::Answered };
                self.note(address, ground, mail.at);
            }
        }
        if lacks == Lacks::Somebody {
            let mut row = [id, NOBODY, Role::Forgotten as i64, mail.at].map(Value::Int).to_vec();
            row.push(Value::Null);
            self.parties.push(row);
        }
    }

    /// Who wrote a mail in which conversation, where they count among those who make a stretch a formula: our own people, and whoever we
    /// wrote to of our own accord, in mail that proves them.
    fn used(&self, mail: &Learnt) -> Option<Use> {
        let first = mail.references.first().unwrap_or(&mail.message_id);
        let (Some(sender), Some(conversation)) = (&mail.sender, message_id(self.secret, first)) else {
            return None;
        };
        let user = address_id(self.secret, &sender.address);
        let counts = match (mail.direction, mail.trust) {
            (Direction::Sent, _) => true,
            (Direction::Received, Trust::Authenticated) => self.grounds_of(user).opened.is_some(),
            (Direction::Received, _) => false,
        };
        counts.then_some(Use { user, conversation })
    }

    /// Writes what waits.
    fn end(mut self) -> Result<(), StoreError> {
        std::mem::take(&mut self.words).keep(self.database)?;
        self.database.insert("mails", MAILS, &self.mails)?;
        // In the order of the table, so that rows that lie together are written together.
        self.ways.sort_by_key(|row| row.first().and_then(Value::int));
        self.database.insert("ways", WAYS, &self.ways)?;
        self.database.insert("parties", &["mail", "address", "role", "at", "thread"], &self.parties)?;
        let columns = ["address", "announcer", "mail", "at"];
        self.database.insert("announcements", &columns, &self.announcements)?;
        std::mem::take(&mut self.texts).end(self.database)?;
        self.keep_grounds()
    }
}

/// Whether people who were forgotten were taken out of a mail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lacks {
    Nobody,
    Somebody,
}

/// A mail without people who were forgotten: of one that they wrote, it is only remembered that it was there.
pub(super) fn without_forgotten<'a>(
    step: &mut Step<'_, '_>,
    mail: &'a Learnt,
) -> Result<(Cow<'a, Learnt>, Lacks), StoreError> {
    if !step.has_tombstones {
        return Ok((Cow::Borrowed(mail), Lacks::Nobody));
    }
    let secret = step.secret;
    let people = mail.sender.iter().chain(mail.receivers.iter().take(PARTIES_MAX));
    let addresses = people.map(|person| &person.address).chain(&mail.announces);
    let forgotten = forgetting::forgotten(step.database, secret, addresses)?;
    let is_forgotten = |person: &Correspondent| forgotten.contains(&address_id(secret, &person.address));
    if forgotten.is_empty() {
        return Ok((Cow::Borrowed(mail), Lacks::Nobody));
    }
    let mut rest = mail.clone();
    rest.receivers.retain(|person| !is_forgotten(person));
    rest.announces.retain(|address| !forgotten.contains(&address_id(secret, address)));
    if rest.sender.as_ref().is_some_and(is_forgotten) {
        rest.sender = None;
        rest.trust = Trust::Suspicious;
        rest.list = String::new();
        rest.ways = Ways::default();
    }
    Ok((Cow::Owned(rest), Lacks::Somebody))
}

fn optional(number: Option<i64>) -> Value {
    number.map_or(Value::Null, Value::Int)
}

/// The trust of a mail that is authenticated or our own, and of a suspicious one.
pub(super) const PROVEN: i64 = 1;
pub(super) const SUSPICIOUS: i64 = 2;

/// 0 unproven, [`PROVEN`], [`SUSPICIOUS`].
fn trust_number(mail: &Learnt) -> i64 {
    match (mail.trust, mail.direction) {
        (Trust::Suspicious, _) => SUSPICIOUS,
        (Trust::Authenticated, _) | (Trust::Unproven, Direction::Sent) => PROVEN,
        (Trust::Unproven, Direction::Received) => 0,
    }
}

/// Forgets the mail with this number. Whether there was one.
pub(super) fn unlearn(database: &mut dyn Database, mail: i64) -> Result<bool, StoreError> {
    let one = [Value::Int(mail)];
    let mut way = None;
    database.rows("SELECT mailbox, sender, trust, at FROM mails WHERE id = $1", &one, &mut |row| {
        way = row.split_first().map(|(mailbox, way)| (mailbox.int(), way.to_vec()));
    })?;
    let Some((mailbox, way)) = way else { return Ok(false) };
    texts::let_go(database, mail)?;
    forget_people(database, mail)?;
    let way: Vec<Value> = way.into_iter().chain([Value::Int(mail)]).collect();
    database.run("DELETE FROM ways WHERE sender = $1 AND trust = $2 AND at = $3 AND mail = $4", &way)?;
    database.run("DELETE FROM mails WHERE id = $1", &one)?;
    let sender = way.first().and_then(Value::int);
    let people: Vec<i64> = mailbox.into_iter().chain(sender).collect();
    ranks::lose_ground(database, &people)?;
    Ok(true)
}

/// Forgets who wrote and received a mail, under what names, and what it announced.
pub(super) fn forget_people(database: &mut dyn Database, mail: i64) -> Result<(), StoreError> {
    let mut written_to = Vec::new();
    let sql = "SELECT address FROM parties WHERE mail = $1 AND role < 3";
    database.rows(sql, &[Value::Int(mail)], &mut |row| {
        written_to.extend(row.first().and_then(Value::int));
    })?;
    // Names are those of the parties; the table has no way from a mail to them.
    let names =
        "DELETE FROM names WHERE address IN (SELECT address FROM parties WHERE mail = $1) AND mail = $1";
    for statement in
        [names, "DELETE FROM parties WHERE mail = $1", "DELETE FROM announcements WHERE mail = $1"]
    {
        database.run(statement, &[Value::Int(mail)])?;
    }
    ranks::lose_ground(database, &written_to)
}

/// The number of the mail with this hash.
pub(super) fn mail_with(database: &mut dyn Database, hash: i64) -> Result<Option<i64>, StoreError> {
    let found = database.one("SELECT id FROM mails WHERE hash = $1", &[Value::Int(hash)])?;
    Ok(found.as_ref().and_then(Value::int))
}

/// The addresses and words that rows name, each once.
#[derive(Default)]
pub(super) struct Words {
    addresses: BTreeMap<i64, Vec<Value>>,
    words: BTreeMap<i64, Vec<Value>>,
}

impl Words {
    pub(super) fn address(&mut self, secret: &Secret, address: &Address) -> i64 {
        let id = address_id(secret, address);
        self.addresses.entry(id).or_insert_with(|| {
            let written = address.to_string().to_lowercase();
            let organisation = organisation_of(&written).map(|name| organisation_id(secret, name));
            let rank = Value::Int(Rank::Others as i64);
            vec![Value::Int(id), Value::Text(written), optional(organisation), rank]
        });
        id
    }

    pub(super) fn word(&mut self, secret: &Secret, text: &str) -> Option<i64> {
        let id = word_id(secret, text)?;
        self.words.entry(id).or_insert_with(|| vec![Value::Int(id), Value::Text(kept(text))]);
        Some(id)
    }

    pub(super) fn keep(self, database: &mut dyn Database) -> Result<(), StoreError> {
        let rows = |all: BTreeMap<i64, Vec<Value>>| all.into_values().collect::<Vec<_>>();
        let columns = ["id", "address", "organisation", "rank"];
        database.insert("addresses", &columns, &rows(self.addresses))?;
        database.insert("words", &["id", "word"], &rows(self.words))?;
        Ok(())
    }
}

/// What makes it that mail in that mailbox.
pub(super) fn mail_hash(secret: &Secret, mailbox: &Address, key: &str) -> i64 {
    number(secret, "mails", [mailbox.to_string().to_lowercase().as_bytes(), key.as_bytes()])
}

/// The thread that a mail is of: what it answers first, else itself.
pub(super) fn thread_of(secret: &Secret, mail: &Learnt) -> i64 {
    let root = mail.references.first().and_then(|root| message_id(secret, root));
    root.or_else(|| message_id(secret, &mail.message_id)).unwrap_or_else(|| message_number(secret, &mail.key))
}

/// The number of a mail in whatever mailbox.
pub(super) fn message_number(secret: &Secret, key: &str) -> i64 {
    number(secret, "messages", [key.as_bytes()])
}

/// The number of an address.
pub(super) fn address_id(secret: &Secret, address: &Address) -> i64 {
    number(secret, "addresses", [address.to_string().to_lowercase().as_bytes()])
}

/// The number of an organisation, by its registered domain.
pub(super) fn organisation_id(secret: &Secret, domain: &str) -> i64 {
    number(secret, "organisations", [domain.as_bytes()])
}

/// The number of a word; `None` for an empty one.
pub(super) fn word_id(secret: &Secret, text: &str) -> Option<i64> {
    let text = kept(text);
    (!text.is_empty()).then(|| number(secret, "words", [text.as_bytes()]))
}

/// What is kept of a word.
fn kept(text: &str) -> String {
    text.trim().chars().filter(|c| *c != '\0').take(WORD_CHARS_MAX).collect()
}

/// The number of a Message-ID; `None` for an empty one.
pub(super) fn message_id(secret: &Secret, id: &str) -> Option<i64> {
    let id = id.trim();
    (!id.is_empty()).then(|| number(secret, "message-ids", [id.as_bytes()]))
}

/// A number that names something: the same everywhere, and nobody without the secret can make two things collide.
pub(super) fn number<const N: usize>(secret: &Secret, purpose: &'static str, parts: [&[u8]; N]) -> i64 {
    let mut hasher = SipHasher24::new_with_key(&secret.key(purpose));
    for part in parts {
        hasher.write_u64(part.len() as u64);
        hasher.write(part);
    }
    hasher.finish() as i64
}
