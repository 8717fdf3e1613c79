//! A client's address → the name that leads back to it (RFC 8601 section 2.7.3, `iprev`).

use std::net::IpAddr;

use sekisho_facts::{Fact, Why};

use super::ask::Ask;
use super::limits;

/// The first of the address's names that has the address; an empty one where there is none.
pub(crate) fn name(ask: &Ask<'_>, client: IpAddr) -> Fact<String> {
    const UNKNOWN: Fact<String> = Fact::Unknown { unknown: Why::NoDns };
    let names = match ask.ptr(client) {
        Ok(records) => records.values,
        Err(why) if why.is_certain() => return Fact::Known(String::new()),
        Err(_) => return UNKNOWN,
    };
    let mut all_answered = true;
    for name in names.iter().take(limits::REVERSE_NAMES_MAX) {
        match ask.addresses(name, client) {
            Ok(records) if records.values.contains(&client) => {
                return Fact::Known(name.trim_end_matches('.').to_ascii_lowercase());
            }
            Ok(_) => {}
            Err(why) => all_answered &= why.is_certain(),
        }
    }
    if all_answered { Fact::Known(String::new()) } else { UNKNOWN }
}
