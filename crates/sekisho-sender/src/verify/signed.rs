//! One signature and the mail it stands in → whether both belong together (RFC 6376 sections 3.7 and 6.1.3).

use std::cell::RefCell;
use std::collections::HashMap;

use sekisho_facts::AuthNote;

use super::ask::Ask;
use super::canonical::{Canonical, without_signature};
use super::key::{Key, NoKey};
use super::letter::{Field, Letter};
use super::limits;
use super::signature::Signature;
use crate::crypto::sha256;

/// What came of verifying a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Signed {
    /// It is right, with what weakens it.
    Right(Vec<AuthNote>),
    /// Its time is over.
    Expired,
    /// It is dated in the future.
    Early,
    /// The body is not the one signed.
    BodyChanged,
    /// Fields were changed, or it is forged.
    Wrong,
    /// There is no key to say.
    NoKey(NoKey),
}

/// The bodies of a mail as signatures hash them, each made once.
pub(crate) struct Bodies<'b> {
    body: &'b [u8],
    made: RefCell<HashMap<bool, Vec<u8>>>,
    hashes: RefCell<HashMap<(bool, usize), Vec<u8>>>,
}

impl<'b> Bodies<'b> {
    pub(crate) fn new(body: &'b [u8]) -> Self {
        Self { body, made: RefCell::default(), hashes: RefCell::default() }
    }

    /// The hash of the first `length_bytes` of the canonical body, and the bytes that follow them; `None` where there are
    /// not so many.
    fn hash(&self, canonical: Canonical, length_bytes: Option<u64>) -> Option<(Vec<u8>, usize)> {
        let relaxed = canonical == Canonical::Relaxed;
        let mut made = self.made.borrow_mut();
        let body = made.entry(relaxed).or_insert_with(|| canonical.body(self.body));
        let length = match length_bytes {
            Some(length) => usize::try_from(length).ok()?,
            None => body.len(),
        };
        let covered = body.get(..length)?;
        let mut hashes = self.hashes.borrow_mut();
        let hash = hashes.entry((relaxed, length)).or_insert_with(|| sha256(covered));
        Some((hash.clone(), body.len() - length))
    }
}

/// Verifies `signature`, which stands in `field`, at `now` (seconds since 1970). The key is asked for only where nothing
/// speaks against the signature without it.
pub(crate) fn verify(
    ask: &Ask<'_>,
    letter: &Letter<'_>,
    bodies: &Bodies<'_>,
    field: Field<'_>,
    signature: &Signature,
    now: u64,
) -> Signed {
    if signature.expires_at.is_some_and(|expires| expires < now) {
        return Signed::Expired;
    }
    if signature.signed_at.is_some_and(|signed| signed > now.saturating_add(limits::CLOCK_SKEW_SECONDS)) {
        return Signed::Early;
    }
    let tail_bytes = match bodies.hash(signature.body, signature.length_bytes) {
        Some((hash, tail)) if hash == signature.body_hash => tail,
        _ => return Signed::BodyChanged,
    };
    let key = match Key::ask(ask, &signature.selector, &signature.domain, signature.algorithm) {
        Ok(key) => key,
        Err(why) => return Signed::NoKey(why),
    };
    if key.is_exact && signature.user_domain != signature.domain {
        return Signed::NoKey(NoKey::Unfit);
    }
    if !key.verifies(&hashed_fields(letter, field, signature), &signature.signature) {
        return Signed::Wrong;
    }
    let mut notes = Vec::new();
    if tail_bytes > 0 {
        notes.push(AuthNote::UnsignedTail);
    }
    if key.is_test {
        notes.push(AuthNote::TestKey);
    }
    if leaves_fields(letter, signature) {
        notes.push(AuthNote::FieldsUncovered);
    }
    Signed::Right(notes)
}

/// The fields that are signed, from the last of each name upwards, then the signature's own (section 5.4.2).
fn hashed_fields(letter: &Letter<'_>, own: Field<'_>, signature: &Signature) -> Vec<u8> {
    let mut hashed = Vec::new();
    let mut taken: HashMap<&str, usize> = HashMap::new();
    for name in &signature.names {
        let place = taken.entry(name.as_str()).or_default();
        // A name that has no (further) field signs that there is none.
        if let Some(field) = letter.named(name).rev().nth(*place) {
            signature.header.add_field(field, &mut hashed);
        }
        *place += 1;
    }
    let value = without_signature(own.value);
    signature.header.add_field(Field { name: own.name, value: &value }, &mut hashed);
    hashed.truncate(hashed.len().saturating_sub(2));
    hashed
}

/// Fields of which a reader sees one.
const SEEN_ONCE: &[&str] = &[
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "subject",
    "date",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
];

/// Whether a field that a reader sees was, or could have been, added without breaking the signature: the subject is not
/// signed, or of a field that stands several times only some are.
///
/// That a *first* `Content-Type` could be added says nothing: some of the largest providers leave it unsigned.
fn leaves_fields(letter: &Letter<'_>, signature: &Signature) -> bool {
    SEEN_ONCE.iter().any(|name| {
        let (present, signed) = (letter.named(name).count(), signature.names_count(name));
        let must = if *name == "subject" || *name == "from" { 1 } else { 2 };
        present >= must && signed < present
    })
}
