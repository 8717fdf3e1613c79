//! One method's result as a host wrote it → an [`AuthResult`]: which word counts as what, about which domain, and what the
//! host says besides (RFC 8601 section 2.7, and the words that mail servers use).

use sekisho_facts::{AuthNote, AuthResult, Outcome};
use sekisho_mail::{MethodResult, ReceivedSpf, ResultWord};

use crate::domain::Domain;

/// SPF, with the name that was checked.
pub(super) fn spf(result: &MethodResult, by: &str) -> Option<AuthResult> {
    const MAIL_FROM: &[&str] =
        &["smtp.mailfrom", "smtp.mail", "smtp.mfrom", "smtp.envelope-from", "smtp.from"];
    const HELO: &[&str] = &["smtp.helo", "smtp.ehlo"];
    let first = |names: &[&str]| names.iter().find_map(|name| domain_of(result.property(name)?));
    let mail_from = first(MAIL_FROM);
    let is_helo = mail_from.is_none() && HELO.iter().any(|name| result.property(name).is_some());
    // A record that a host made up because none is published.
    let is_guess = result.comments.iter().any(|comment| has(comment, "best guess"));
    let known = match outcome(&result.result)? {
        Outcome::Pass if is_guess => Outcome::Neutral,
        known => known,
    };
    let domain = mail_from.or_else(|| first(HELO)).unwrap_or_default();
    Some(made(known, domain, by, if is_helo { vec![AuthNote::Helo] } else { Vec::new() }))
}

/// SPF, from a field of its own.
pub(super) fn received_spf(field: &ReceivedSpf, by: &str) -> Option<AuthResult> {
    let is_helo = field.identity.as_deref() == Some("helo");
    let name = if is_helo { &field.helo } else { &field.envelope_from };
    let domain = name.as_deref().and_then(domain_of);
    let domain = domain.or_else(|| field.comment_domain.as_deref().and_then(domain_of)).unwrap_or_default();
    let notes = if is_helo { vec![AuthNote::Helo] } else { Vec::new() };
    Some(made(outcome(&field.result)?, domain, by, notes))
}

/// DKIM; `None` also where the host says that there is no signature.
pub(super) fn dkim(result: &MethodResult, by: &str) -> Option<AuthResult> {
    let known = outcome(&result.result).filter(|known| *known != Outcome::None)?;
    let domain = result.property("header.d").and_then(domain_of);
    let domain = domain.or_else(|| result.property("header.i").and_then(domain_of)).unwrap_or_default();
    Some(made(known, domain, by, dkim_notes(result, known)))
}

fn dkim_notes(result: &MethodResult, known: Outcome) -> Vec<AuthNote> {
    // Bits below which a key can be broken (RFC 8301 section 3.2).
    const RSA_BITS_MIN: u32 = 1024;
    let mut notes = Vec::new();
    let texts = result.comments.iter().chain([&result.reason]);
    let says = |words: &[&str]| texts.clone().any(|text| words.iter().any(|word| has(text, word)));
    let algorithm = result.property("header.a").unwrap_or_default();
    let is_ed25519 = has(algorithm, "ed25519") || says(&["ed25519"]);
    let bits = texts.clone().filter_map(|text| bits(text)).next();
    if algorithm.to_ascii_lowercase().ends_with("sha1")
        || bits.is_some_and(|bits| bits < RSA_BITS_MIN && !is_ed25519)
        || says(&["weak key"])
    {
        notes.push(AuthNote::WeakKey);
    }
    if says(&["test mode", "testing", "test key"]) {
        notes.push(AuthNote::TestKey);
    }
    if known == Outcome::Pass {
        return notes;
    }
    if says(&["expired"]) {
        notes.push(AuthNote::Expired);
    }
    if says(&["body hash", "body has been altered"]) {
        notes.push(AuthNote::BodyChanged);
    } else if says(&["no key", "key not found", "key_not_found"]) {
        notes.push(AuthNote::NoKey);
    } else if says(&["bad signature", "did not verify", "verification failed", "signature failed", "altered"])
    {
        notes.push(AuthNote::SignatureWrong);
    }
    notes
}

/// DMARC, with the policy that the host read.
pub(super) fn dmarc(result: &MethodResult, by: &str) -> Option<AuthResult> {
    let known = match &result.result {
        // Nothing is published; it would have passed if something were.
        ResultWord::Other(word) if word == "bestguesspass" => Outcome::None,
        word => outcome(word)?,
    };
    let domain = result.property("header.from").and_then(domain_of).unwrap_or_default();
    Some(made(known, domain, by, policy(result, known).into_iter().collect()))
}

fn policy(result: &MethodResult, known: Outcome) -> Option<AuthNote> {
    let written = ["p", "policy"].iter().find_map(|name| result.comment_value(name));
    let property = ["policy.published-domain-policy", "policy.dmarc", "policy.p"];
    let written =
        written.or_else(|| property.iter().find_map(|name| result.property(name)).map(str::to_owned));
    // What Microsoft did says what was asked for, only where it failed.
    let action = result.property("action").filter(|_| known == Outcome::Fail);
    match written.as_deref().or(action)?.to_ascii_lowercase().as_str() {
        "reject" | "oreject" => Some(AuthNote::PolicyReject),
        "quarantine" | "oquarantine" => Some(AuthNote::PolicyQuarantine),
        "none" => Some(AuthNote::PolicyNone),
        _ => None,
    }
}

/// ARC. Who sealed last is not said: that is for the signatures themselves.
pub(super) fn arc(result: &MethodResult, by: &str) -> Option<AuthResult> {
    Some(made(outcome(&result.result)?, String::new(), by, Vec::new()))
}

/// The name of the client's address, where the host confirmed it.
pub(super) fn reverse(result: &MethodResult) -> Option<String> {
    if result.result != ResultWord::Pass {
        return None;
    }
    let words = result.comments.iter().flat_map(|comment| comment.split_whitespace());
    let named = words.filter(|word| word.contains('.')).find_map(domain_of);
    named.or_else(|| result.property("smtp.client-name").and_then(domain_of))
}

fn made(known: Outcome, domain: String, by: &str, notes: Vec<AuthNote>) -> AuthResult {
    AuthResult { known, domain, by: by.to_owned(), notes }
}

/// The domain of an address, of `@domain` or of a bare name; `None` for what is no domain.
pub(super) fn domain_of(value: &str) -> Option<String> {
    let value = value.trim().trim_start_matches('<').trim_end_matches('>');
    let name = value.rsplit('@').next().unwrap_or_default();
    let name = name.strip_suffix('.').unwrap_or(name);
    // `header.d=none` of Microsoft, and words that stand for nothing.
    Domain::parse(name).filter(|domain| domain.label_count() > 1).map(|domain| domain.to_string())
}

/// What a word says; `None` for one that no standard has, which says nothing.
fn outcome(word: &ResultWord) -> Option<Outcome> {
    match word {
        ResultWord::None => Some(Outcome::None),
        ResultWord::Pass => Some(Outcome::Pass),
        ResultWord::Fail => Some(Outcome::Fail),
        ResultWord::Softfail => Some(Outcome::Softfail),
        ResultWord::Neutral | ResultWord::Policy => Some(Outcome::Neutral),
        ResultWord::Temperror => Some(Outcome::Temperror),
        ResultWord::Permerror => Some(Outcome::Permerror),
        ResultWord::Other(_) => None,
    }
}

/// The number in front of `-bit`.
fn bits(text: &str) -> Option<u32> {
    let (before, _) = text.split_once("-bit")?;
    before.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn has(text: &str, word: &str) -> bool {
    text.to_ascii_lowercase().contains(word)
}
