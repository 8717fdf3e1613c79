//! Addresses → contacts: a contact is a view over the mails in which an address stands, as of a day.

use sekisho_facts::{Contact, Standing};

use super::together::each;
use crate::StoreError;
use crate::database::{Database, Value};

/// Mails counted of one contact and one kind: more are said to be so many.
const COUNTED_MAX: i64 = 2_000;

/// The contacts with these numbers, as of a moment; those never seen are left out.
pub(super) fn contacts(
    database: &mut dyn Database,
    ids: &[i64],
    as_of: i64,
) -> Result<Vec<Contact>, StoreError> {
    let count = |what: &str| {
        format!("(SELECT COUNT(*) FROM (SELECT at FROM {what} AND at <= $1 LIMIT {COUNTED_MAX}) AS some)")
    };
    let from = |trust: i64| format!("mails WHERE sender = {{id}} AND trust = {trust}");
    let to = |role: i64| format!("parties WHERE address = {{id}} AND role = {role} AND role < 3");
    let question = format!(
        "SELECT address, {}, {}, {}, {}, \
         (SELECT MIN(at) FROM {} AND at <= $1), (SELECT MAX(at) FROM {} AND at <= $1) FROM addresses WHERE id = {{id}}",
        count(&from(0)),
        count(&from(1)),
        count(&to(1)),
        count(&to(2)),
        from(1),
        from(1),
    );
    let mut found = Vec::new();
    each(database, &question, &[Value::Int(as_of)], ids, &mut |row| {
        if let [
            Value::Text(address),
            Value::Int(unproven),
            Value::Int(proven),
            Value::Int(to),
            Value::Int(answered),
            first,
            last,
        ] = row
        {
            if unproven + proven + to + answered == 0 {
                return;
            }
            found.push(Contact {
                address: address.clone(),
                standing: if *to > 0 { Standing::Known } else { Standing::Met },
                received: (unproven + proven) as u32,
                authenticated: *proven as u32,
                sent: (to + answered) as u32,
                first_at: first.int().unwrap_or_default(),
                last_at: last.int().unwrap_or_default(),
                ..Contact::default()
            });
        }
    })?;
    Ok(found)
}
