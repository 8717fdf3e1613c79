//! What people decided about senders: exceptions, with the reason, who made them, and until when.

use sekisho_facts::Exception;
use sekisho_mail::Address;

use super::confirming::{cut, written};
use super::organisations::organisation;
use super::search::literally;
use super::together::Together;
use crate::StoreError;
use crate::database::{Database, Value};

/// The tables.
pub(crate) const TABLES: &[&str] = &[
    // `sender` is an address or `@domain` in lower case, `checks` ids with spaces between them. A withdrawn one stays, so that it can be said
    // what held on a day.
    "CREATE TABLE exceptions (id BIGINT PRIMARY KEY, sender TEXT NOT NULL, checks TEXT NOT NULL, reason TEXT NOT NULL, author TEXT NOT NULL, \
        made_at BIGINT NOT NULL, until_at BIGINT NOT NULL, withdrawn_by TEXT, withdrawn_at BIGINT)",
    "CREATE INDEX exceptions_by_sender ON exceptions (sender)",
];

/// Labels of a domain that are looked at.
const LABELS_MAX: usize = 10;

/// Exceptions told of one mail, or listed at once.
const LISTED_MAX: i64 = 1_000;

const COLUMNS: &str = "id, sender, checks, reason, author, made_at, until_at";

/// Keeps an exception under the next free number, whatever number it has.
pub(super) fn add(database: &mut dyn Database, exception: &Exception) -> Result<i64, StoreError> {
    let sender = exception.sender.trim().to_lowercase();
    let is_sender = match sender.strip_prefix('@') {
        Some(domain) => !domain.contains(['@', ' ']) && organisation(domain).is_some(),
        None => Address::parse(&sender).is_some(),
    };
    if !is_sender {
        return Err(StoreError::NotASender(exception.sender.clone()));
    }
    if exception.until_at <= exception.made_at {
        return Err(StoreError::Expired);
    }
    let newest = database.one("SELECT MAX(id) FROM exceptions", &[])?;
    let id = newest.as_ref().and_then(Value::int).unwrap_or(0) + 1;
    let row = vec![
        Value::Int(id),
        Value::Text(sender),
        Value::Text(exception.checks.join(" ")),
        Value::Text(cut(&exception.reason)),
        Value::Text(cut(&exception.author)),
        Value::Int(exception.made_at),
        Value::Int(exception.until_at),
    ];
    let columns = ["id", "sender", "checks", "reason", "author", "made_at", "until_at"];
    database.insert("exceptions", &columns, &[row])?;
    Ok(id)
}

/// Those that hold at a moment, by number.
pub(super) fn holding(database: &mut dyn Database, at: i64) -> Result<Vec<Exception>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM exceptions WHERE made_at <= $1 AND until_at > $1 AND (withdrawn_at IS NULL OR withdrawn_at > $1) \
         ORDER BY id LIMIT {LISTED_MAX}"
    );
    let mut all = Vec::new();
    database.rows(&sql, &[Value::Int(at)], &mut |row| all.extend(read(row)))?;
    Ok(all)
}

/// Asks for those that hold at a moment and cover a sender: its address, its domain or one above.
pub(super) fn covering<'t>(
    together: &mut Together<'t>,
    sender: &Address,
    at: i64,
    exceptions: &'t mut Vec<Exception>,
) {
    let mut covering = vec![Value::Int(at), Value::Text(written(sender))];
    let mut domain = Some(sender.domain());
    // A fixed number of places, so that the statement stays prepared.
    for _ in 0..LABELS_MAX {
        covering.push(Value::Text(format!("@{}", domain.unwrap_or_default())));
        domain = domain.and_then(above);
    }
    let places: Vec<String> = (2..=covering.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "SELECT {COLUMNS} FROM exceptions WHERE made_at <= $1 AND until_at > $1 AND (withdrawn_at IS NULL OR withdrawn_at > $1) \
         AND sender IN ({}) ORDER BY id LIMIT {LISTED_MAX}",
        places.join(", ")
    );
    together.rows(sql, &covering, |row| exceptions.extend(read(row)));
}

/// Ends an exception. Whether there was one that still held.
pub(super) fn withdraw(
    database: &mut dyn Database,
    id: i64,
    author: &str,
    at: i64,
) -> Result<bool, StoreError> {
    let sql =
        "UPDATE exceptions SET withdrawn_by = $1, withdrawn_at = $2 WHERE id = $3 AND withdrawn_at IS NULL";
    Ok(database.run(sql, &[Value::Text(cut(author)), Value::Int(at), Value::Int(id)])? > 0)
}

/// Forgets exceptions for a domain, or one above it, where nobody is remembered any more. How many they were.
pub(super) fn forget_of_nobody(database: &mut dyn Database, domain: &str) -> Result<u64, StoreError> {
    let domain = domain.to_lowercase();
    let mut forgotten = 0;
    for domain in std::iter::successors(Some(domain.as_str()), |domain| above(domain)).take(LABELS_MAX) {
        let escaped = literally(domain);
        let sql = "DELETE FROM exceptions WHERE sender = $1 \
            AND NOT EXISTS (SELECT 1 FROM addresses WHERE address LIKE $2 ESCAPE '\\' OR address LIKE $3 ESCAPE '\\')";
        let values = [format!("@{domain}"), format!("%@{escaped}"), format!("%.{escaped}")].map(Value::Text);
        forgotten += database.run(sql, &values)?;
    }
    Ok(forgotten)
}

/// `mail.kita.example` → `kita.example`.
fn above(domain: &str) -> Option<&str> {
    domain.split_once('.').map(|(_, rest)| rest)
}

fn read(row: &[Value]) -> Option<Exception> {
    let [
        Value::Int(id),
        Value::Text(sender),
        Value::Text(checks),
        Value::Text(reason),
        Value::Text(author),
        Value::Int(made_at),
        Value::Int(until_at),
    ] = row
    else {
        return None;
    };
    Some(Exception {
        id: *id,
        sender: sender.clone(),
        checks: checks.split_whitespace().map(str::to_owned).collect(),
        reason: reason.clone(),
        author: author.clone(),
        made_at: *made_at,
        until_at: *until_at,
    })
}
