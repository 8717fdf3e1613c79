//! Trace fields → who handed the mail on, and what they say to have found out: `Received` (RFC 5321 section 4.4),
//! `Authentication-Results` (RFC 8601), `Received-SPF` (RFC 7208 section 9.1).
//!
//! Reading never fails: hostile bytes give what could be read. Whether a field is to be believed is not decided here.
//! Encoded words are not decoded: no program that writes these fields writes them, and what they hide is text of the
//! sender.

mod authentication_results;
mod received;
mod received_spf;
mod scan;

use serde::{Deserialize, Serialize};

pub use authentication_results::{AuthenticationResults, Method, MethodResult, Property, ResultWord};
pub use received::Received;
pub use received_spf::ReceivedSpf;

use crate::Field;

/// A trace field, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceField {
    /// Its place among [`crate::Message::fields`], from 0.
    pub at: usize,
    /// What it says.
    pub says: Trace,
}

/// What a trace field says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trace {
    /// Who took the mail from whom.
    Received(Box<Received>),
    /// What a host found out about the sender.
    Results(AuthenticationResults),
    /// What a host found out by SPF.
    ReceivedSpf(ReceivedSpf),
}

/// The trace fields among `fields`, in order.
pub(crate) fn read(fields: &[Field]) -> Vec<TraceField> {
    let says = |field: &Field| {
        if field.is("Received") {
            Some(Trace::Received(Box::new(Received::parse(&field.raw))))
        } else if field.is("Authentication-Results") {
            Some(Trace::Results(AuthenticationResults::parse(&field.raw)))
        } else if field.is("Received-SPF") {
            Some(Trace::ReceivedSpf(ReceivedSpf::parse(&field.raw)))
        } else {
            None
        }
    };
    let mut found = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        if let Some(says) = says(field) {
            found.push(TraceField { at, says });
        }
    }
    found
}

#[cfg(test)]
mod tests;
