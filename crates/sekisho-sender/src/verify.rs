//! A mail's bytes, its envelope and DNS → results of SPF, DKIM, DMARC and ARC, and the client's name.

use sekisho_facts::{Envelope, Sender};
use sekisho_mail::Message;

use crate::{Dns, Trust};

/// Verifies who sent a mail. `raw` are the bytes that `message` was read from, `now` is in seconds since 1970 (UTC).
///
/// Nothing fails: what DNS did not answer is unknown or `temperror`.
pub fn verify(
    dns: &dyn Dns,
    raw: &[u8],
    message: &Message,
    envelope: &Envelope,
    trust: &Trust,
    now: u64,
) -> Sender {
    let _ = (dns, raw, message, envelope, trust, now);
    Sender::default()
}
