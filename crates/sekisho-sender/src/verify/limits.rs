//! What verifying one mail may cost: every loop whose length a sender or a DNS zone chooses has its limit here.

use crate::crypto::KEY_BITS_MAX;
pub(crate) use crate::tags::RECORD_BYTES_MAX;

/// Questions to DNS a mail. SPF may ask about 111 by its own limits, DMARC about 8 a domain, ARC two a set.
pub(crate) const QUESTIONS_MAX: usize = 300;
/// Records of one answer that are looked at. The busiest names have some dozens of TXT records.
pub(crate) const RECORDS_MAX: usize = 200;

/// Bytes of a header that are looked at for signatures.
pub(crate) const HEADER_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Fields of a header.
pub(crate) const FIELDS_MAX: usize = 10_000;
/// Bytes of one signature field.
pub(crate) const SIGNATURE_BYTES_MAX: usize = 16 * 1024;
/// DKIM signatures verified. Mail through several services carries three or four.
pub(crate) const SIGNATURES_MAX: usize = 10;
/// Names in `h=`.
pub(crate) const SIGNED_NAMES_MAX: usize = 300;
/// An RSA key with fewer bits counts as no signature (RFC 8301 section 3.2).
pub(crate) const KEY_BITS_MIN: usize = 1024;
/// Bytes of a key: the longest with what DER puts around it.
pub(crate) const KEY_BYTES_MAX: usize = KEY_BITS_MAX / 8 + 64;
/// A signature may be dated so far in the future, in seconds: clocks differ.
pub(crate) const CLOCK_SKEW_SECONDS: u64 = 3600;
/// ARC sets of a chain (RFC 8617 section 4.2.1).
pub(crate) const ARC_SETS_MAX: usize = 50;

/// SPF terms that ask DNS (RFC 7208 section 4.6.4).
pub(crate) const SPF_LOOKUPS_MAX: usize = 10;
/// SPF questions answered with nothing (same section).
pub(crate) const SPF_VOID_LOOKUPS_MAX: usize = 2;
/// Exchangers of one `mx`, and names of one `ptr` (same section).
pub(crate) const SPF_NAMES_MAX: usize = 10;
/// Records below one another by `include` and `redirect`: no more than terms that ask.
pub(crate) const SPF_DEPTH_MAX: usize = SPF_LOOKUPS_MAX + 1;

/// Names of the client's address that are looked up.
pub(crate) const REVERSE_NAMES_MAX: usize = 4;
