//! The seals of those who handed a mail on → whether their chain is whole (RFC 8617 section 5.2).

use sekisho_facts::{AuthNote, AuthResult, Outcome};
use sekisho_mail::{AuthenticationResults, Method, MethodResult, ResultWord};

use super::Age;
use super::ask::Ask;
use super::canonical::{Canonical, without_signature};
use super::key::{Key, NoKey};
use super::letter::{Field, Letter};
use super::limits;
use super::signature::{Kind, Signature};
use super::signed::{self, Bodies, Signed};
use crate::Trust;
use crate::crypto::Algorithm;
use crate::domain::{Domain, is_same_organisation};
use crate::tags::Tags;

/// Verifies the chain. A pass is the last seal's; whether a sealer that is believed saw the mail pass as `from`'s is noted.
pub(crate) fn verify(
    ask: &Ask<'_>,
    letter: &Letter<'_>,
    from: Option<&Domain>,
    trust: &Trust,
    now: u64,
    age: Age,
) -> AuthResult {
    let sets = match sets(letter) {
        Ok(sets) => sets,
        Err(notes) => return AuthResult::ours(Outcome::Fail, "", notes),
    };
    let Some(last) = sets.last() else { return AuthResult::ours(Outcome::None, "", Vec::new()) };
    let Some(seals) = sets.iter().map(|set| Seal::parse(set.seal.value)).collect::<Option<Vec<Seal>>>()
    else {
        return AuthResult::ours(Outcome::Fail, "", Vec::new());
    };
    let sealer = seals.last().map_or("", |seal| seal.domain.as_str());
    let is_unbroken = seals.iter().enumerate().all(|(place, seal)| match place {
        0 => seal.chain == "none",
        _ => seal.chain == "pass",
    });
    if !is_unbroken {
        return AuthResult::ours(Outcome::Fail, sealer, Vec::new());
    }
    let (known, mut notes) = match last_signature(ask, letter, last, now) {
        Signed::Right(notes) => match broken_seal(ask, &sets, &seals) {
            None => (Outcome::Pass, notes),
            Some(why) => outcome(why, age),
        },
        why => outcome(why, age),
    };
    let is_vouched_for = || from.is_some_and(|from| vouches(&sets, &seals, from, trust));
    if known == Outcome::Pass && is_vouched_for() {
        notes.push(AuthNote::TrustedSealer);
    }
    AuthResult::ours(known, sealer, notes)
}

/// The three fields of one handing on.
#[derive(Clone, Copy)]
struct Set<'b> {
    results: Field<'b>,
    message: Field<'b>,
    seal: Field<'b>,
}

/// The sets by their instance; each must be there once, from 1 without a gap.
fn sets<'b>(letter: &Letter<'b>) -> Result<Vec<Set<'b>>, Vec<AuthNote>> {
    let results = by_instance(letter, "arc-authentication-results")?;
    let messages = by_instance(letter, "arc-message-signature")?;
    let seals = by_instance(letter, "arc-seal")?;
    if results.len() != messages.len() || messages.len() != seals.len() {
        return Err(Vec::new());
    }
    let sets = results.into_iter().zip(messages).zip(seals);
    Ok(sets.map(|((results, message), seal)| Set { results, message, seal }).collect())
}

fn by_instance<'b>(letter: &Letter<'b>, name: &str) -> Result<Vec<Field<'b>>, Vec<AuthNote>> {
    if letter.named(name).count() > limits::ARC_SETS_MAX {
        return Err(vec![AuthNote::LimitReached]);
    }
    let mut fields = Vec::new();
    for field in letter.named(name) {
        fields.push((instance(field).ok_or(Vec::new())?, field));
    }
    fields.sort_by_key(|(instance, _)| *instance);
    let is_whole = fields.iter().zip(1..).all(|((instance, _), expected)| *instance == expected);
    if !is_whole {
        return Err(Vec::new());
    }
    Ok(fields.into_iter().map(|(_, field)| field).collect())
}

/// `i=`. Authentication results are no tag list, but begin with that tag.
fn instance(field: Field<'_>) -> Option<usize> {
    let tags = match field.is("arc-authentication-results") {
        true => Tags::parse(field.value.split(|&b| b == b';').next()?)?,
        false => Tags::parse(field.value)?,
    };
    tags.number("i").ok().flatten().and_then(|number| usize::try_from(number).ok())
}

/// Whether a believed sealer saw the mail pass as `from`'s. Who passed on a sealed mail saw it already changed: then the one
/// before counts, as far back as all are believed.
fn vouches(sets: &[Set<'_>], seals: &[Seal], from: &Domain, trust: &Trust) -> bool {
    let believed =
        sets.iter().zip(seals).rev().take_while(|(_, seal)| trust.is_arc_sealer(seal.domain.as_str()));
    for (set, _) in believed {
        let value = set.results.value;
        let behind_instance = value.iter().position(|&b| b == b';').and_then(|at| value.get(at + 1..));
        let results = AuthenticationResults::parse(behind_instance.unwrap_or_default());
        if saw_pass(&results, from) {
            return true;
        }
        let saw_chain = results.of(&Method::Arc).any(|result| result.result == ResultWord::Pass);
        if !saw_chain {
            return false;
        }
    }
    false
}

/// Whether a sealer's results say that the mail came from `from`: by DMARC, or where it says nothing by a method aligned with it.
fn saw_pass(results: &AuthenticationResults, from: &Domain) -> bool {
    let is_about = |result: &MethodResult, property: &str| {
        let value = result.property(property).map(|value| value.rsplit('@').next().unwrap_or(value));
        let domain = value.and_then(Domain::parse);
        domain.is_some_and(|domain| is_same_organisation(domain.as_str(), from.as_str()))
    };
    let mut dmarc = results.of(&Method::Dmarc).peekable();
    if dmarc.peek().is_some_and(|first| first.result != ResultWord::None) {
        return dmarc.all(|result| result.result == ResultWord::Pass && is_about(result, "header.from"));
    }
    let passes = |method: &Method, properties: &[&str]| {
        results.of(method).any(|result| {
            result.result == ResultWord::Pass && properties.iter().any(|property| is_about(result, property))
        })
    };
    passes(&Method::Dkim, &["header.d", "header.i"]) || passes(&Method::Spf, &["smtp.mailfrom"])
}

/// What a seal claims.
struct Seal {
    algorithm: Algorithm,
    domain: Domain,
    selector: Domain,
    /// `cv=`: what its sealer found the chain before it to be.
    chain: String,
    signature: Vec<u8>,
}

impl Seal {
    fn parse(value: &[u8]) -> Option<Self> {
        if value.len() > limits::SIGNATURE_BYTES_MAX {
            return None;
        }
        let tags = Tags::parse(value)?;
        // A seal chooses no fields (section 4.1.3).
        if tags.value("h").is_some() {
            return None;
        }
        Some(Self {
            algorithm: Algorithm::parse(tags.value("a")?)?,
            domain: Domain::parse(tags.value("d")?)?,
            selector: Domain::parse(tags.value("s")?)?,
            chain: tags.value("cv")?.to_ascii_lowercase(),
            signature: tags.base64("b")?,
        })
    }
}

/// Only the last handing on must still be unchanged.
fn last_signature(ask: &Ask<'_>, letter: &Letter<'_>, last: &Set<'_>, now: u64) -> Signed {
    match Signature::parse(last.message.value, Kind::Arc) {
        Ok(signature) => {
            signed::verify(ask, letter, &Bodies::new(letter.body), last.message, &signature, now)
        }
        Err(_) => Signed::Wrong,
    }
}

/// Why a seal is not right, from the last one back.
fn broken_seal(ask: &Ask<'_>, sets: &[Set<'_>], seals: &[Seal]) -> Option<Signed> {
    for (place, seal) in seals.iter().enumerate().rev() {
        let key = match Key::ask(ask, &seal.selector, &seal.domain, seal.algorithm) {
            Ok(key) => key,
            Err(why) => return Some(Signed::NoKey(why)),
        };
        let mut hashed = Vec::new();
        for (number, set) in sets.iter().take(place + 1).enumerate() {
            Canonical::Relaxed.add_field(set.results, &mut hashed);
            Canonical::Relaxed.add_field(set.message, &mut hashed);
            if number < place {
                Canonical::Relaxed.add_field(set.seal, &mut hashed);
            } else {
                let value = without_signature(set.seal.value);
                Canonical::Relaxed.add_field(Field { name: set.seal.name, value: &value }, &mut hashed);
            }
        }
        hashed.truncate(hashed.len().saturating_sub(2));
        if !key.verifies(&hashed, &seal.signature) {
            return Some(Signed::Wrong);
        }
    }
    None
}

fn outcome(why: Signed, age: Age) -> (Outcome, Vec<AuthNote>) {
    match why {
        Signed::NoKey(NoKey::NotAnswered) => (Outcome::Temperror, Vec::new()),
        Signed::NoKey(NoKey::Gone) if age == Age::Stored => (Outcome::Temperror, vec![AuthNote::NoKey]),
        Signed::NoKey(NoKey::Gone | NoKey::Unfit) => (Outcome::Fail, vec![AuthNote::NoKey]),
        Signed::NoKey(NoKey::Short) => (Outcome::Fail, vec![AuthNote::WeakKey]),
        Signed::NoKey(NoKey::TooLarge) => (Outcome::Fail, vec![AuthNote::LimitReached]),
        Signed::BodyChanged => (Outcome::Fail, vec![AuthNote::BodyChanged]),
        Signed::Expired => (Outcome::Fail, vec![AuthNote::Expired]),
        Signed::Right(_) | Signed::Early | Signed::Wrong => (Outcome::Fail, vec![AuthNote::SignatureWrong]),
    }
}
