//! A mail that is remembered itself → the moment before it came: a mailbox that was learned is looked through again, and a mail bears no
//! witness for itself, neither to its sender nor to its words.

use sekisho_mail::Message;

use crate::Secret;
use crate::database::Value;
use crate::reading::references;
use crate::store::learning::{message_id, message_number};
use crate::store::together::Together;

/// Copies of one mail come within a day. What comes later is somebody who sends an old mail again, with who knows what attached.
const COPIES_SECONDS: i64 = 86_400;

/// Copies of one mail looked at: one in each mailbox of a large organisation.
const COPIES_MAX: i64 = 10_000;

/// The moment before the first copy of a mail that came at `at`; `None` where that was only long ago.
pub(super) fn before(first_copy: i64, at: i64) -> Option<i64> {
    let is_copy = at.saturating_sub(first_copy).saturating_abs() <= COPIES_SECONDS;
    is_copy.then(|| first_copy.saturating_sub(1))
}

/// Asks when the first copy of the mail was sent, in whatever mailbox it was learned. Looked up by its Message-ID; by its thread where it
/// has none: both have an index, and copies have the same.
pub(super) fn ask_first_copy<'t>(
    round: &mut Together<'t>,
    secret: &Secret,
    message: &Message,
    first: &'t mut Option<i64>,
) {
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
    round.rows(sql, &[Value::Int(value), Value::Int(copy)], |row| *first = row.first().and_then(Value::int));
}
