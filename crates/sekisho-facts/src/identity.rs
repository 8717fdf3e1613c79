//! Results of authentication and the address shown → whether the mail is from whom it shows.
//!
//! One function decides, for every channel. An aligned pass is needed: of DMARC (RFC 9989), or of DKIM or SPF themselves, from
//! which DMARC follows. What was not evaluated never counts as failed.

use sekisho_mail::Address;

use crate::{AuthNote, AuthResult, Fact, Identity, Outcome, Sender};

/// Whether the mail is authenticated as the one address that it shows as its sender.
///
/// `from` is every address that some program would show. More than one is nobody's: what passes for one is used to show
/// the other.
pub fn identity(sender: &Sender, from: &[&Address]) -> Identity {
    let Some(shown) = only(from) else {
        return if is_evaluated(sender) { Identity::NotAsContact } else { Identity::Unknown };
    };
    let passes = |fact: &Fact<AuthResult>| fact.known().is_some_and(|result| is_aligned_pass(result, shown));
    if passes(&sender.dmarc) || sender.dkim.iter().any(passes) || passes(&sender.spf) {
        return Identity::AsContact;
    }
    match sender.dmarc.known().map(|result| result.known) {
        // Forwarding breaks what DMARC stands on; a sealer of ours says that it once held.
        Some(Outcome::Fail) if sender.is_vouched_for() => Identity::Unknown,
        Some(Outcome::Fail) => Identity::NotAsContact,
        // Nothing is published, or nothing that can be read: the methods themselves decide, where all were evaluated.
        Some(Outcome::None | Outcome::Permerror) if is_settled(sender) => Identity::NotAsContact,
        _ => Identity::Unknown,
    }
}

/// The one address shown; the same address twice is one.
fn only<'a>(from: &[&'a Address]) -> Option<&'a Address> {
    let (first, rest) = from.split_first()?;
    rest.iter().all(|other| other.same_mailbox(first)).then_some(first)
}

/// A pass that is about the domain shown and that nothing weakens.
fn is_aligned_pass(result: &AuthResult, shown: &Address) -> bool {
    let is_about_it =
        result.domain.eq_ignore_ascii_case(shown.domain()) || result.notes.contains(&AuthNote::Aligned);
    result.passes_fully() && is_about_it
}

/// Whether anything at all was found out.
fn is_evaluated(sender: &Sender) -> bool {
    let all = sender.dkim.iter().chain([&sender.spf, &sender.dmarc]);
    all.filter_map(Fact::known).any(|result| result.known != Outcome::Temperror)
}

/// Whether SPF and every signature have a final result.
fn is_settled(sender: &Sender) -> bool {
    let is_final =
        |fact: &Fact<AuthResult>| fact.known().is_some_and(|result| result.known != Outcome::Temperror);
    sender.dkim.iter().all(is_final) && is_final(&sender.spf)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Why;

    /// DMARC, DKIM (several with +), SPF, ARC, From → identity. `pass:d` is a pass for the domain d, `pass:d!note` one
    /// with a note, `?` unknown for want of DNS, `-` no signature.
    const TABLE: &str = "
pass:midori.example | - | ? | none | a@midori.example | as-contact
pass:midori.example | fail:midori.example | fail:midori.example | none | a@midori.example | as-contact
pass:midori.example | pass:midori.example | pass:midori.example | none | a@midori.example | as-contact
pass:MIDORI.example | - | none | none | a@midori.example | as-contact
pass:other.example | - | none | none | a@midori.example | unknown
pass:other.example!aligned | - | none | none | a@midori.example | as-contact
fail:midori.example | - | fail:midori.example | none | a@midori.example | not-as-contact
fail:midori.example | - | pass:bulk.example | none | a@midori.example | not-as-contact
fail:midori.example | pass:bulk.example | pass:bulk.example | none | a@midori.example | not-as-contact
fail:midori.example | fail:midori.example!body-changed | none | none | a@midori.example | not-as-contact
fail:midori.example!policy-none | - | fail:midori.example | none | a@midori.example | not-as-contact
fail:midori.example!policy-reject | - | softfail:midori.example | none | a@midori.example | not-as-contact
fail:midori.example | - | fail:midori.example | pass:list.example!trusted-sealer | a@midori.example | unknown
fail:midori.example | - | fail:midori.example | pass:list.example | a@midori.example | not-as-contact
fail:midori.example | - | fail:midori.example | fail:list.example!trusted-sealer | a@midori.example | not-as-contact
fail:midori.example | - | fail:midori.example | ? | a@midori.example | not-as-contact
none:midori.example | pass:midori.example | none | none | a@midori.example | as-contact
none:midori.example | pass:mail.midori.example!aligned | none | none | a@midori.example | as-contact
none:midori.example | pass:mail.midori.example | none | none | a@midori.example | not-as-contact
none:midori.example | - | pass:midori.example | none | a@midori.example | as-contact
none:midori.example | - | pass:bounce.midori.example!aligned | none | a@midori.example | as-contact
none:midori.example | - | pass:bulk.example | none | a@midori.example | not-as-contact
none:midori.example | pass:bulk.example | pass:bulk.example | none | a@midori.example | not-as-contact
none:midori.example | - | none | none | a@midori.example | not-as-contact
none:midori.example | - | neutral:midori.example | none | a@midori.example | not-as-contact
none:midori.example | - | softfail:midori.example | none | a@midori.example | not-as-contact
none:midori.example | - | fail:midori.example | none | a@midori.example | not-as-contact
none:midori.example | - | permerror:midori.example | none | a@midori.example | not-as-contact
none:midori.example | - | temperror:midori.example | none | a@midori.example | unknown
none:midori.example | - | ? | none | a@midori.example | unknown
none:midori.example | ? | none | none | a@midori.example | unknown
none:midori.example | temperror:midori.example | none | none | a@midori.example | unknown
none:midori.example | fail:midori.example + pass:midori.example | none | none | a@midori.example | as-contact
none:midori.example | ? + pass:midori.example | ? | none | a@midori.example | as-contact
none:midori.example | fail:midori.example!signature-wrong | none | none | a@midori.example | not-as-contact
none:midori.example | fail:midori.example!no-key | none | none | a@midori.example | not-as-contact
none:midori.example | pass:midori.example!unsigned-tail | none | none | a@midori.example | not-as-contact
none:midori.example | pass:midori.example!weak-key | none | none | a@midori.example | not-as-contact
none:midori.example | pass:midori.example!test-key | none | none | a@midori.example | not-as-contact
none:midori.example | pass:midori.example!expired | none | none | a@midori.example | not-as-contact
none:midori.example | pass:midori.example!fields-uncovered | none | none | a@midori.example | not-as-contact
none:midori.example | pass:midori.example!from-doubtful | none | none | a@midori.example | not-as-contact
none:midori.example | - | pass:midori.example!from-doubtful | none | a@midori.example | not-as-contact
none:midori.example | - | pass:midori.example!helo | none | a@midori.example | not-as-contact
permerror:midori.example | pass:midori.example | none | none | a@midori.example | as-contact
permerror:midori.example | - | none | none | a@midori.example | not-as-contact
permerror:midori.example | - | ? | none | a@midori.example | unknown
temperror:midori.example | - | fail:midori.example | none | a@midori.example | unknown
temperror:midori.example | pass:midori.example | none | none | a@midori.example | as-contact
temperror:midori.example | - | pass:midori.example | none | a@midori.example | as-contact
temperror:midori.example | pass:bulk.example | none | none | a@midori.example | unknown
? | - | ? | ? | a@midori.example | unknown
? | ? | ? | ? | a@midori.example | unknown
? | pass:midori.example | ? | ? | a@midori.example | as-contact
? | pass:bulk.example | pass:bulk.example | ? | a@midori.example | unknown
? | - | pass:midori.example | ? | a@midori.example | as-contact
? | - | fail:midori.example | ? | a@midori.example | unknown
? | fail:midori.example | fail:midori.example | ? | a@midori.example | unknown
neutral:midori.example | - | none | none | a@midori.example | unknown
pass:midori.example | - | none | none | a@midori.example a@other.example | not-as-contact
pass:midori.example | - | none | none | a@other.example a@midori.example | not-as-contact
pass:midori.example | - | none | none | a@midori.example A@MIDORI.example | as-contact
pass:midori.example | - | none | none |  | not-as-contact
? | - | ? | ? |  | unknown
? | - | ? | ? | a@midori.example b@midori.example | unknown
temperror:midori.example | - | ? | ? | a@midori.example b@other.example | unknown
pass:midori.example!helo | - | none | none | a@midori.example | unknown
none:midori.example | pass:midori.example.evil.example | none | none | a@midori.example | not-as-contact
none:midori.example | pass:example | none | none | a@midori.example | not-as-contact
";

    fn fact(text: &str) -> Fact<AuthResult> {
        if text == "?" {
            return Fact::Unknown { unknown: Why::NoDns };
        }
        let (result, note) = text.split_once('!').unwrap_or((text, ""));
        let (word, domain) = result.split_once(':').unwrap_or((result, ""));
        let known = match word {
            "pass" => Outcome::Pass,
            "fail" => Outcome::Fail,
            "none" => Outcome::None,
            "neutral" => Outcome::Neutral,
            "softfail" => Outcome::Softfail,
            "temperror" => Outcome::Temperror,
            "permerror" => Outcome::Permerror,
            other => panic!("no result: {other}"),
        };
        let notes = match note {
            "" => Vec::new(),
            "aligned" => vec![AuthNote::Aligned],
            "helo" => vec![AuthNote::Helo],
            "unsigned-tail" => vec![AuthNote::UnsignedTail],
            "weak-key" => vec![AuthNote::WeakKey],
            "test-key" => vec![AuthNote::TestKey],
            "expired" => vec![AuthNote::Expired],
            "fields-uncovered" => vec![AuthNote::FieldsUncovered],
            "from-doubtful" => vec![AuthNote::FromDoubtful],
            "body-changed" => vec![AuthNote::BodyChanged],
            "signature-wrong" => vec![AuthNote::SignatureWrong],
            "no-key" => vec![AuthNote::NoKey],
            "policy-none" => vec![AuthNote::PolicyNone],
            "policy-reject" => vec![AuthNote::PolicyReject],
            "trusted-sealer" => vec![AuthNote::TrustedSealer],
            other => panic!("no note: {other}"),
        };
        Fact::Known(AuthResult {
            known,
            domain: domain.to_owned(),
            by: "mx.midori.example".to_owned(),
            notes,
        })
    }

    #[test]
    fn every_combination_is_decided_as_written() {
        let rows: Vec<&str> = TABLE.lines().filter(|line| !line.is_empty()).collect();
        assert!(rows.len() >= 60, "{}", rows.len());
        for row in rows {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let [dmarc, dkim, spf, arc, from, expected] = cells.as_slice() else { panic!("{row}") };
            let dkim = dkim.split(" + ").filter(|text| *text != "-").map(fact).collect();
            let sender =
                Sender { spf: fact(spf), dkim, dmarc: fact(dmarc), arc: fact(arc), ..Sender::default() };
            let from: Vec<Address> = from.split_whitespace().filter_map(Address::parse).collect();
            let found = match identity(&sender, &from.iter().collect::<Vec<_>>()) {
                Identity::AsContact => "as-contact",
                Identity::NotAsContact => "not-as-contact",
                Identity::Unknown => "unknown",
            };
            assert_eq!(found, *expected, "{row}");
        }
    }
}
