//! Results of several believed fields → one result a method.
//!
//! Where believed fields contradict each other, the weaker result counts. A host that evaluates a method says so once; a
//! second and better result in its name was most likely brought in by the mail itself, below the host's own.

use sekisho_facts::{AuthNote, AuthResult, Fact, Outcome};

/// Results of one method, with the number of the field in which each stands, in the order of the fields.
pub(super) type Found = Vec<(usize, AuthResult)>;

/// Signatures kept of one mail.
const SIGNATURES_MAX: usize = 50;

/// SPF: what is about MAIL FROM comes before what is about HELO.
pub(super) fn spf(found: Found) -> Fact<AuthResult> {
    let about_helo = |result: &AuthResult| result.notes.contains(&AuthNote::Helo);
    let (helo, mail_from): (Found, Found) = found.into_iter().partition(|(_, result)| about_helo(result));
    weakest(if mail_from.is_empty() { helo } else { mail_from })
}

/// The weakest of all.
pub(super) fn weakest(found: Found) -> Fact<AuthResult> {
    let all = found.into_iter().map(|(_, result)| result);
    all.reduce(|one, other| if weakness(&other) > weakness(&one) { other } else { one })
        .map_or_else(Fact::default, Fact::Known)
}

/// DKIM: every signature of a field. A domain passes only if it passes in each field that speaks of it, and not at all
/// where a field says that there is no signature (`none_in`, the numbers of such fields).
pub(super) fn dkim(found: Found, none_in: &[usize]) -> Vec<Fact<AuthResult>> {
    let fields: Vec<&[(usize, AuthResult)]> = found.chunk_by(|(one, _), (other, _)| one == other).collect();
    let mut kept: Vec<AuthResult> = Vec::new();
    for (field, result) in found.iter().take(SIGNATURES_MAX) {
        let mut result = result.clone();
        if result.known == Outcome::Pass {
            let elsewhere =
                fields.iter().filter(|other| other.first().is_some_and(|(place, _)| place != field));
            let best_elsewhere = elsewhere.filter_map(|other| best(other, &result.domain));
            let mut weaker_elsewhere = best_elsewhere.filter(|other| other.known != Outcome::Pass);
            if let Some(weaker) = weaker_elsewhere.next_back() {
                result = weaker.clone();
            }
            if none_in.iter().any(|none| none != field) {
                result.known = Outcome::None;
            }
        }
        let is_new = |one: &AuthResult| {
            one.known != result.known || one.domain != result.domain || one.notes != result.notes
        };
        if kept.iter().all(is_new) {
            kept.push(result);
        }
    }
    kept.into_iter().map(Fact::Known).collect()
}

/// The best result about `domain` in one field.
fn best<'a>(field: &'a [(usize, AuthResult)], domain: &str) -> Option<&'a AuthResult> {
    let about_it = field.iter().map(|(_, result)| result).filter(|result| result.domain == domain);
    about_it.min_by_key(|result| weakness(result))
}

/// How little a result is worth to the sender.
fn weakness(result: &AuthResult) -> (u8, usize) {
    let word = match result.known {
        Outcome::Pass => 0,
        Outcome::None => 1,
        Outcome::Neutral => 2,
        Outcome::Temperror => 3,
        Outcome::Permerror => 4,
        Outcome::Softfail => 5,
        Outcome::Fail => 6,
    };
    (word, result.notes.len())
}
