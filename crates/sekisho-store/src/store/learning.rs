//! One mail → rows, and back to none.

use std::borrow::Cow;
use std::hash::Hasher;

use sekisho_mail::Address;
use siphasher::sip::SipHasher24;

use super::formulas::Use;
use super::organisations::organisation_of;
use super::texts::{self, Held};
use super::{announcements, forgetting, names};
use crate::database::{Database, Value};
use crate::learnt::{Correspondent, Direction, Learning, Learnt, Trust, Ways};
use crate::{Secret, StoreError};

/// The tables.
pub(crate) const TABLES: &[&str] = &[
    // Addresses, each once; `id` is a keyed hash, so that learning twice gives the same rows, and `organisation` one of the registered domain.
    "CREATE TABLE addresses (id BIGINT PRIMARY KEY, address TEXT NOT NULL, organisation BIGINT)",
    "CREATE INDEX addresses_by_organisation ON addresses (organisation)",
    // By what people write: confirmed contacts and exceptions are kept as text.
    "CREATE INDEX addresses_by_text ON addresses (address)",
    // What repeats in many mails: names shown, mail programs, networks, domains, kinds of files. `id` is a keyed hash.
    "CREATE TABLE words (id BIGINT PRIMARY KEY, word TEXT NOT NULL)",
    // A mail as one mailbox has it. `message` is the same for every copy of it, `at` in seconds since 1970, `direction` 0 for received and
    // 1 for sent, `trust` as in `trust_number`; `thread`, `message_id` and `answers` are keyed hashes of Message-IDs. The words are of `words`.
    "CREATE TABLE mails (id BIGINT PRIMARY KEY, message BIGINT NOT NULL, mailbox BIGINT NOT NULL, sender BIGINT, at BIGINT NOT NULL, \
        direction BIGINT NOT NULL, trust BIGINT NOT NULL, thread BIGINT NOT NULL, message_id BIGINT, answers BIGINT, list BIGINT, name BIGINT, \
        name_key BIGINT, language BIGINT, mailer BIGINT, network BIGINT, domains BIGINT, files BIGINT, has_locked BIGINT NOT NULL, \
        has_link BIGINT NOT NULL)",
    "CREATE INDEX mails_by_time ON mails (at)",
    "CREATE INDEX mails_by_mailbox ON mails (mailbox, at)",
    "CREATE INDEX mails_by_sender ON mails (sender, trust, at, message)",
    "CREATE INDEX mails_by_name ON mails (name_key, at)",
    "CREATE INDEX mails_by_message_id ON mails (message_id, direction)",
    "CREATE INDEX mails_by_thread ON mails (thread, direction, at)",
    // Everybody who wrote or received a mail, with what they did in it: see `Role`.
    "CREATE TABLE parties (mail BIGINT NOT NULL, address BIGINT NOT NULL, role BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (mail, address))",
    // To whom we write: of incoming mail nobody is looked up, so that strangers cannot fill this index.
    "CREATE INDEX parties_written_to ON parties (address, role, at) WHERE role < 3",
];

/// The columns of `mails`, in order.
const COLUMNS: &[&str] = &[
    "id",
    "message",
    "mailbox",
    "sender",
    "at",
    "direction",
    "trust",
    "thread",
    "message_id",
    "answers",
    "list",
    "name",
    "name_key",
    "language",
    "mailer",
    "network",
    "domains",
    "files",
    "has_locked",
    "has_link",
];

/// Receivers remembered of one mail: a mail to more is an announcement and no conversation.
const PARTIES_MAX: usize = 200;

/// Letters kept of a name, a mail program, a list of domains.
const WORD_CHARS_MAX: usize = 200;

/// What somebody did in a mail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Received a mail of ours that answers nothing: we write to them of our own accord.
    WrittenTo = 1,
    /// Received a mail of ours that answers or quotes another.
    Answered = 2,
    /// Wrote it.
    Wrote = 3,
    /// Received it, or it lies in their mailbox.
    Received = 4,
}

pub(super) fn learn(
    database: &mut dyn Database,
    secret: &Secret,
    mail: &Learnt,
    installed: i64,
) -> Result<Learning, StoreError> {
    let id = mail_id(secret, &mail.mailbox, &mail.key);
    let seen = database.one("SELECT id FROM mails WHERE id = $1", &[Value::Int(id)])?;
    if seen.is_some() {
        return Ok(Learning::Known);
    }
    let mail = &without_forgotten(database, secret, mail)?;
    let mut words = Words::default();
    let row = row(secret, id, mail, &mut words);
    words.keep(database)?;
    database.insert("mails", COLUMNS, &[row])?;
    if mail.trust == Trust::Suspicious {
        return Ok(Learning::New);
    }
    // The names first: they ask whether we wrote to somebody before.
    names::learn(database, secret, id, mail, installed)?;
    announcements::learn(database, secret, id, mail)?;
    database.insert("parties", &["mail", "address", "role", "at"], &parties(secret, id, mail))?;
    let used = used(database, secret, mail)?;
    texts::hold(database, secret, id, &mail.own_text, Held::Own, used)?;
    for quoted in &mail.quoted {
        texts::hold(database, secret, id, quoted, Held::Quoted, None)?;
    }
    Ok(Learning::New)
}

/// A mail without people who were forgotten: of one that they wrote, it is only remembered that it was there.
fn without_forgotten<'a>(
    database: &mut dyn Database,
    secret: &Secret,
    mail: &'a Learnt,
) -> Result<Cow<'a, Learnt>, StoreError> {
    let people = mail.sender.iter().chain(mail.receivers.iter().take(PARTIES_MAX));
    let forgotten = forgetting::forgotten(database, secret, people.map(|person| &person.address))?;
    let is_forgotten = |person: &Correspondent| forgotten.contains(&address_id(secret, &person.address));
    if forgotten.is_empty() {
        return Ok(Cow::Borrowed(mail));
    }
    let mut rest = mail.clone();
    rest.receivers.retain(|person| !is_forgotten(person));
    rest.announces.retain(|address| !forgotten.contains(&address_id(secret, address)));
    if rest.sender.as_ref().is_some_and(is_forgotten) {
        rest.sender = None;
        rest.trust = Trust::Suspicious;
        rest.ways = Ways::default();
    }
    Ok(Cow::Owned(rest))
}

/// The row of a mail. What it names is put into `words`.
fn row(secret: &Secret, id: i64, mail: &Learnt, words: &mut Words) -> Vec<Value> {
    let mailbox = words.address(secret, &mail.mailbox);
    let sender = mail.sender.as_ref().map(|sender| words.address(secret, &sender.address));
    if mail.trust != Trust::Suspicious {
        for receiver in mail.receivers.iter().take(PARTIES_MAX) {
            words.address(secret, &receiver.address);
        }
    }
    let message = message_number(secret, &mail.key);
    let own_id = message_id(secret, &mail.message_id);
    let thread = mail.references.first().and_then(|root| message_id(secret, root)).or(own_id);
    let name = mail.sender.as_ref().map_or("", |sender| sender.name.as_str());
    let name_key = names::keys(secret, name).into_iter().map(|(key, _)| key).min();
    let mut word = |text: &str| optional(words.word(secret, text));
    let list = word(&mail.list);
    let name = word(name);
    let language = word(&mail.ways.language);
    let mailer = word(&mail.ways.mailer);
    let network = word(&mail.ways.network);
    let domains = word(&mail.ways.domains.join(" "));
    let files = word(&mail.ways.files.join(" "));
    vec![
        Value::Int(id),
        Value::Int(message),
        Value::Int(mailbox),
        optional(sender),
        Value::Int(mail.at),
        Value::Int(i64::from(mail.direction == Direction::Sent)),
        Value::Int(trust_number(mail)),
        Value::Int(thread.unwrap_or(message)),
        optional(own_id),
        optional(mail.references.last().and_then(|parent| message_id(secret, parent))),
        list,
        name,
        optional(name_key),
        language,
        mailer,
        network,
        domains,
        files,
        Value::Int(i64::from(mail.ways.has_locked_file)),
        Value::Int(i64::from(mail.ways.has_link)),
    ]
}

fn optional(number: Option<i64>) -> Value {
    number.map_or(Value::Null, Value::Int)
}

/// 0 unproven, 1 authenticated or our own, 2 suspicious.
fn trust_number(mail: &Learnt) -> i64 {
    match (mail.trust, mail.direction) {
        (Trust::Suspicious, _) => 2,
        (Trust::Authenticated, _) | (Trust::Unproven, Direction::Sent) => 1,
        (Trust::Unproven, Direction::Received) => 0,
    }
}

fn parties(secret: &Secret, id: i64, mail: &Learnt) -> Vec<Vec<Value>> {
    let received = match mail.direction {
        Direction::Received => Role::Received,
        Direction::Sent if mail.references.is_empty() && mail.quoted.is_empty() => Role::WrittenTo,
        Direction::Sent => Role::Answered,
    };
    let wrote = mail.sender.iter().map(|sender| (&sender.address, Role::Wrote));
    let receivers = mail.receivers.iter().take(PARTIES_MAX);
    let named = wrote.chain(receivers.map(|Correspondent { address, .. }| (address, received)));
    let all = named.chain([(&mail.mailbox, Role::Received)]);
    // Whoever wrote it stays its writer where they also received it: the first row counts.
    all.map(|(address, role)| {
        vec![
            Value::Int(id),
            Value::Int(address_id(secret, address)),
            Value::Int(role as i64),
            Value::Int(mail.at),
        ]
    })
    .collect()
}

/// Who wrote a mail in which conversation, where they count among those who make a stretch a formula: our own people, and whoever we
/// wrote to of our own accord, in mail that proves them.
fn used(database: &mut dyn Database, secret: &Secret, mail: &Learnt) -> Result<Option<Use>, StoreError> {
    let first = mail.references.first().unwrap_or(&mail.message_id);
    let (Some(sender), Some(conversation)) = (&mail.sender, message_id(secret, first)) else {
        return Ok(None);
    };
    let user = address_id(secret, &sender.address);
    let counts = match (mail.direction, mail.trust) {
        (Direction::Sent, _) => true,
        (Direction::Received, Trust::Authenticated) => {
            let sql = "SELECT mail FROM parties WHERE address = $1 AND role < 3 AND role = $2 LIMIT 1";
            let values = [Value::Int(user), Value::Int(Role::WrittenTo as i64)];
            database.one(sql, &values)?.is_some()
        }
        (Direction::Received, _) => false,
    };
    Ok(counts.then_some(Use { user, conversation }))
}

pub(super) fn unlearn(database: &mut dyn Database, mail: i64) -> Result<bool, StoreError> {
    texts::let_go(database, mail)?;
    for table in ["parties", "names", "announcements"] {
        database.run(&format!("DELETE FROM {table} WHERE mail = $1"), &[Value::Int(mail)])?;
    }
    Ok(database.run("DELETE FROM mails WHERE id = $1", &[Value::Int(mail)])? > 0)
}

/// Mails forgotten in one step: so many numbers are kept in memory.
const UNLEARNED_AT_ONCE: i64 = 1_000;

/// Forgets what was sent since `at`; how many mails.
pub(super) fn unlearn_since(
    database: &mut dyn Database,
    at: i64,
    mailbox: Option<i64>,
) -> Result<u64, StoreError> {
    let mut total = 0;
    loop {
        let mut mails = Vec::new();
        let mut keep = |row: &[Value]| mails.extend(row.first().and_then(Value::int));
        let most = Value::Int(UNLEARNED_AT_ONCE);
        match mailbox {
            Some(mailbox) => {
                let sql = "SELECT id FROM mails WHERE mailbox = $1 AND at >= $2 LIMIT $3";
                database.rows(sql, &[Value::Int(mailbox), Value::Int(at), most], &mut keep)?;
            }
            None => {
                database.rows(
                    "SELECT id FROM mails WHERE at >= $1 LIMIT $2",
                    &[Value::Int(at), most],
                    &mut keep,
                )?;
            }
        }
        if mails.is_empty() {
            return Ok(total);
        }
        for mail in mails {
            total += u64::from(unlearn(database, mail)?);
        }
    }
}

/// The addresses and words that rows name.
#[derive(Default)]
pub(super) struct Words {
    addresses: Vec<Vec<Value>>,
    words: Vec<Vec<Value>>,
}

impl Words {
    pub(super) fn address(&mut self, secret: &Secret, address: &Address) -> i64 {
        let id = address_id(secret, address);
        let written = address.to_string().to_lowercase();
        let organisation = organisation_of(&written).map(|name| organisation_id(secret, name));
        self.addresses.push(vec![Value::Int(id), Value::Text(written), optional(organisation)]);
        id
    }

    pub(super) fn word(&mut self, secret: &Secret, text: &str) -> Option<i64> {
        let id = word_id(secret, text)?;
        self.words.push(vec![Value::Int(id), Value::Text(kept(text))]);
        Some(id)
    }

    pub(super) fn keep(self, database: &mut dyn Database) -> Result<(), StoreError> {
        database.insert("addresses", &["id", "address", "organisation"], &self.addresses)?;
        database.insert("words", &["id", "word"], &self.words)?;
        Ok(())
    }
}

/// The number of a mail in a mailbox.
pub(super) fn mail_id(secret: &Secret, mailbox: &Address, key: &str) -> i64 {
    number(secret, "mails", [mailbox.to_string().to_lowercase().as_bytes(), key.as_bytes()])
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
pub(super) fn number<const N: usize>(secret: &Secret, purpose: &str, parts: [&[u8]; N]) -> i64 {
    let mut hasher = SipHasher24::new_with_key(&secret.key(purpose));
    for part in parts {
        hasher.write_u64(part.len() as u64);
        hasher.write(part);
    }
    hasher.finish() as i64
}
