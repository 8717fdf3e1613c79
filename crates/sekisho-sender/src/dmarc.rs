//! What domains publish about DMARC (RFC 9989): the one reading that verification and the look at a domain's health share.

pub(crate) mod record;
pub(crate) mod walk;
