//! A mail that is remembered itself → the moment before it came: a mailbox that was learned is looked through again, and a mail bears no
//! witness for itself, neither to its sender nor to its words.

use sekisho_mail::Message;

use crate::database::{Database, Value};
use crate::reading::references;
use crate::store::asked::Asked;
use crate::store::learning::{message_id, message_number};
use crate::{Secret, StoreError};

/// Copies of one mail come within a day. What comes later is somebody who sends an old mail again, with who knows what attached.
const COPIES_SECONDS: i64 = 86_400;

/// Copies of one mail looked at: one in each mailbox of a large organisation.
const COPIES_MAX: i64 = 10_000;

/// The moment before the first copy of the mail was sent, in whatever mailbox it was learned; `None` where no copy was, or only long ago.
pub(super) fn before_it(
    database: &mut dyn Database,
    secret: &Secret,
    asked: &Asked<'_>,
) -> Result<Option<i64>, StoreError> {
    let first = first_copy_at(database, secret, asked.message)?;
    let is_copy = |first: &i64| asked.at.saturating_sub(*first).saturating_abs() <= COPIES_SECONDS;
    Ok(first.filter(is_copy).map(|first| first.saturating_sub(1)))
}

/// Looked up by its Message-ID; by its thread where it has none: both have an index, and copies have the same.
fn first_copy_at(
    database: &mut dyn Database,
    secret: &Secret,
    message: &Message,
) -> Result<Option<i64>, StoreError> {
    let copy = message_number(secret, &message.key());
    let (column, value) = match message_id(secret, &message.message_id) {
        Some(own_id) => ("message_id", own_id),
        None => {
            let root = references(message).first().and_then(|root| message_id(secret, root));
            ("thread", root.unwrap_or(copy))
        }
    };
    let sql = format!(
        "SELECT MIN(at) FROM (SELECT at FROM mails WHERE {column} = $1 AND message = $2 LIMIT {COPIES_MAX}) AS copies"
    );
    Ok(database.one(&sql, &[Value::Int(value), Value::Int(copy)])?.as_ref().and_then(Value::int))
}
