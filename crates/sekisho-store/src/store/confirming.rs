//! A person's word about who somebody is: confirmed contacts and imported lists. Kept as it was given, so that it outlives a lost key.

use sekisho_mail::Address;

use super::learning::{Words, address_id};
use super::{forgetting, names, ranks, withdrawing};
use crate::database::{Database, Value};
use crate::learnt::Correspondent;
use crate::{Secret, StoreError};

/// The tables.
pub(crate) const TABLES: &[&str] = &[
    // `author` is who confirmed it, or the list that it was imported from.
    "CREATE TABLE confirmed (address TEXT NOT NULL, name TEXT NOT NULL, author TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (address, name))",
];

/// Characters kept of a name or an author.
const CHARS_MAX: usize = 200;

/// Confirmations told of one address, the newest.
const TOLD_MAX: i64 = 20;

/// That a person vouched for an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// Under which name; empty where only the address is known.
    pub name: String,
    /// Who confirmed it, or the list that it was imported from.
    pub author: String,
    /// When, in seconds since 1970.
    pub at: i64,
}

/// What became of those that somebody vouched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vouched {
    /// How many were new.
    pub new: u64,
    /// Those who were forgotten, each once: nothing is kept of them until their tombstone is taken away.
    pub forgotten: Vec<Address>,
}

/// Notes that these are contacts, but for those who were forgotten: a mark that says so, and a person who counts as confirmed, would be at odds.
pub(super) fn vouch(
    database: &mut dyn Database,
    secret: &Secret,
    people: &[Correspondent],
    author: &str,
    at: i64,
) -> Result<Vouched, StoreError> {
    let addresses = people.iter().map(|person| &person.address);
    let forgotten = forgetting::forgotten(database, secret, addresses)?;
    let mut vouched = Vouched::default();
    for person in people {
        let address = &person.address;
        if !forgotten.contains(&address_id(secret, address)) {
            vouched.new += u64::from(confirm(database, secret, person, author, at)?);
        } else if !vouched.forgotten.iter().any(|known| written(known) == written(address)) {
            vouched.forgotten.push(address.clone());
        }
    }
    Ok(vouched)
}

/// Notes that an address is a contact's, under a name (empty where only the address is known). Whether that is new.
fn confirm(
    database: &mut dyn Database,
    secret: &Secret,
    person: &Correspondent,
    author: &str,
    at: i64,
) -> Result<bool, StoreError> {
    let name = cut(&person.name);
    let row = [written(&person.address).as_str(), &name, &cut(author)].map(Value::from);
    let row: Vec<Value> = row.into_iter().chain([Value::Int(at)]).collect();
    let new = database.insert("confirmed", &["address", "name", "author", "at"], &[row])? > 0;
    bind(database, secret, &person.address, &name, at)?;
    if new {
        // What came from there and was suspicious is looked at anew when it is learned again.
        withdrawing::let_go_of_noted(database, address_id(secret, &person.address))?;
    }
    Ok(new)
}

/// Who confirmed an address until a moment, the newest first.
pub(super) fn of(
    database: &mut dyn Database,
    address: &Address,
    until: i64,
) -> Result<Vec<Confirmation>, StoreError> {
    let sql = "SELECT name, author, at FROM confirmed WHERE address = $1 AND at <= $2 ORDER BY at DESC, name LIMIT $3";
    let values = [Value::from(written(address).as_str()), Value::Int(until), Value::Int(TOLD_MAX)];
    let mut all = Vec::new();
    database.rows(sql, &values, &mut |row| {
        if let [Value::Text(name), Value::Text(author), Value::Int(at)] = row {
            all.push(Confirmation { name: name.clone(), author: author.clone(), at: *at });
        }
    })?;
    Ok(all)
}

/// Makes the rows again that stand under the key.
pub(super) fn bind_all(database: &mut dyn Database, secret: &Secret) -> Result<(), StoreError> {
    let mut all = Vec::new();
    database.rows("SELECT address, name, at FROM confirmed", &[], &mut |row| {
        if let [Value::Text(address), Value::Text(name), Value::Int(at)] = row {
            all.extend(Address::parse(address).map(|address| (address, name.clone(), *at)));
        }
    })?;
    all.iter().try_for_each(|(address, name, at)| bind(database, secret, address, name, *at))
}

fn bind(
    database: &mut dyn Database,
    secret: &Secret,
    address: &Address,
    name: &str,
    at: i64,
) -> Result<(), StoreError> {
    let mut words = Words::default();
    let id = words.address(secret, address);
    words.keep(database)?;
    ranks::confirm(database, id)?;
    names::confirm(database, secret, id, name, at)
}

/// An address as it is compared.
pub(super) fn written(address: &Address) -> String {
    address.to_string().to_lowercase()
}

pub(super) fn cut(text: &str) -> String {
    text.trim().chars().filter(|c| *c != '\0').take(CHARS_MAX).collect()
}
