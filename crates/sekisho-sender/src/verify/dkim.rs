//! The signatures of a mail → one result each (RFC 6376 section 6, RFC 8301, RFC 8463).

use sekisho_facts::{AuthNote, AuthResult, Outcome};

use super::Age;
use super::ask::Ask;
use super::key::NoKey;
use super::letter::{Field, Letter};
use super::limits;
use super::signature::{Flaw, Kind, NoSignature, Signature};
use super::signed::{self, Bodies, Signed};
use crate::domain::Domain;
use crate::tags::Tags;

/// The signatures of a mail, verified in two turns.
pub(crate) struct Signatures<'l, 'b> {
    letter: &'l Letter<'b>,
    bodies: Bodies<'b>,
    /// Those that are looked at, in their order.
    chosen: Vec<Chosen<'b>>,
    surplus: usize,
}

/// A signature that is looked at.
struct Chosen<'b> {
    field: Field<'b>,
    whose: Whose,
    result: Option<AuthResult>,
}

/// Whose signatures are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Of the organisation that the mail shows: only they decide, and its own servers answer for their keys.
    Shown,
    /// Of anybody else.
    Others,
}

impl<'l, 'b> Signatures<'l, 'b> {
    /// Chooses what is looked at: up to the limit, signatures of the organisation shown before others.
    pub(crate) fn choose(letter: &'l Letter<'b>, from: Option<&Domain>) -> Self {
        let fields: Vec<Field<'b>> = letter.named("dkim-signature").collect();
        let whose = |field: &Field<'_>| {
            let signer = Tags::parse(field.value).and_then(|tags| tags.value("d").and_then(Domain::parse));
            match signer.zip(from) {
                Some((signer, from)) if signer.registered() == from.registered() => Whose::Shown,
                _ => Whose::Others,
            }
        };
        let mut chosen: Vec<(usize, Chosen<'b>)> = fields
            .iter()
            .map(|field| Chosen { field: *field, whose: whose(field), result: None })
            .enumerate()
            .collect();
        chosen.sort_by_key(|(place, chosen)| (chosen.whose == Whose::Others, *place));
        chosen.truncate(limits::SIGNATURES_MAX);
        chosen.sort_by_key(|(place, _)| *place);
        let surplus = fields.len() - chosen.len();
        let chosen = chosen.into_iter().map(|(_, chosen)| chosen).collect();
        Self { letter, bodies: Bodies::new(letter.body), chosen, surplus }
    }

    /// Verifies those of `whose`.
    pub(crate) fn verify(&mut self, ask: &Ask<'_>, whose: Whose, now: u64, age: Age) {
        for chosen in self.chosen.iter_mut().filter(|chosen| chosen.whose == whose) {
            chosen.result = Some(match Signature::parse(chosen.field.value, Kind::Dkim) {
                Ok(signature) => {
                    let found = signed::verify(ask, self.letter, &self.bodies, chosen.field, &signature, now);
                    let (known, notes) = outcome(found, age);
                    AuthResult::ours(known, signature.domain.as_str(), notes)
                }
                Err(none) => unsigned(none),
            });
        }
    }

    /// One result each; a last one with `LimitReached` stands for those that are too many.
    pub(crate) fn results(self) -> Vec<AuthResult> {
        let surplus = AuthResult::ours(Outcome::Permerror, "", vec![AuthNote::LimitReached]);
        let found = self.chosen.into_iter().filter_map(|chosen| chosen.result);
        found.chain((self.surplus > 0).then_some(surplus)).collect()
    }
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
    AuthResult::ours(Outcome::Permerror, none.domain.as_ref().map_or("", Domain::as_str), notes)
}
