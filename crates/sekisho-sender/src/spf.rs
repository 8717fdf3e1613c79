//! What stands in an SPF record (RFC 7208): the one reading that verification and the look at a domain's health share.

pub(crate) mod macros;
pub(crate) mod record;
