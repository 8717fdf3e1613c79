//! The signatures of a mail → one result each (RFC 6376 section 6, RFC 8301, RFC 8463).

use sekisho_facts::{AuthNote, AuthResult, Outcome};

use super::ask::Ask;
use super::domain::Domain;
use super::key::NoKey;
use super::letter::{Field, Letter};
use super::limits;
use super::signature::{Flaw, Kind, NoSignature, Signature};
use super::signed::{self, Bodies, Signed};
use super::tags::Tags;
use super::{Age, BY};

/// Verifies every signature, up to the limit; signatures of the organisation shown (`from`) before others. A last result
/// with `LimitReached` stands for those that are too many.
pub(crate) fn verify(
    ask: &Ask<'_>,
    letter: &Letter<'_>,
    from: Option<&Domain>,
    now: u64,
    age: Age,
) -> Vec<AuthResult> {
    let fields: Vec<Field<'_>> = letter.named("dkim-signature").collect();
    let bodies = Bodies::new(letter.body);
    let chosen = chosen(&fields, from);
    let mut results: Vec<AuthResult> = chosen
        .iter()
        .map(|&field| match Signature::parse(field.value, Kind::Dkim) {
            Ok(signature) => {
                let found = signed::verify(ask, letter, &bodies, field, &signature, now);
                let (known, notes) = outcome(found, age);
                result(known, signature.domain.as_str(), notes)
            }
            Err(none) => unsigned(none),
        })
        .collect();
    if fields.len() > chosen.len() {
        results.push(result(Outcome::Permerror, "", vec![AuthNote::LimitReached]));
    }
    results
}

/// The signatures that are looked at, in their order.
fn chosen<'b>(fields: &[Field<'b>], from: Option<&Domain>) -> Vec<Field<'b>> {
    if fields.len() <= limits::SIGNATURES_MAX {
        return fields.to_vec();
    }
    let is_related = |field: &Field<'_>| {
        let signer = Tags::parse(field.value).and_then(|tags| tags.value("d").and_then(Domain::parse));
        signer.zip(from).is_some_and(|(signer, from)| signer.registered() == from.registered())
    };
    let (related, others): (Vec<usize>, Vec<usize>) =
        (0..fields.len()).partition(|&place| fields.get(place).is_some_and(is_related));
    let mut places: Vec<usize> = related.into_iter().chain(others).take(limits::SIGNATURES_MAX).collect();
    places.sort_unstable();
    places.into_iter().filter_map(|place| fields.get(place).copied()).collect()
}

/// The word and the notes for what was found.
fn outcome(found: Signed, age: Age) -> (Outcome, Vec<AuthNote>) {
    match found {
        Signed::Right(notes) => (Outcome::Pass, notes),
        Signed::Expired => (Outcome::Fail, vec![AuthNote::Expired]),
        Signed::Early => (Outcome::Permerror, Vec::new()),
        Signed::BodyChanged => (Outcome::Fail, vec![AuthNote::BodyChanged]),
        Signed::Wrong => (Outcome::Fail, vec![AuthNote::SignatureWrong]),
        Signed::NoKey(NoKey::NotAnswered) => (Outcome::Temperror, Vec::new()),
        // Keys are changed: of a mail from the archive nobody can say any more whether it was right.
        Signed::NoKey(NoKey::Gone) if age == Age::Stored => (Outcome::Temperror, vec![AuthNote::NoKey]),
        Signed::NoKey(NoKey::Gone | NoKey::Unfit) => (Outcome::Permerror, vec![AuthNote::NoKey]),
        Signed::NoKey(NoKey::Short) => (Outcome::Permerror, vec![AuthNote::WeakKey]),
        Signed::NoKey(NoKey::TooLarge) => (Outcome::Permerror, vec![AuthNote::LimitReached]),
    }
}

fn unsigned(none: NoSignature) -> AuthResult {
    let notes = match none.flaw {
        Flaw::Broken => Vec::new(),
        Flaw::TooLarge => vec![AuthNote::LimitReached],
        Flaw::WeakHash => vec![AuthNote::WeakKey],
    };
    result(Outcome::Permerror, none.domain.as_ref().map_or("", Domain::as_str), notes)
}

fn result(known: Outcome, domain: &str, notes: Vec<AuthNote>) -> AuthResult {
    AuthResult { known, domain: domain.to_owned(), by: BY.to_owned(), notes }
}
