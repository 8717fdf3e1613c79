//! Fresh and recorded results, side by side with what they come to.

use super::*;
use crate::{NoAnswer, Zone};

/// Fresh | recorded | together, of one method. `pass` is a pass, `fail!note` a failure with a note, `?` was not asked, `dns`
/// had no answer, `conf` is not configured.
const METHODS: &str = "
pass | fail | pass
pass | ? | pass
fail | pass | fail
fail | ? | fail
none | pass | none
neutral | pass | neutral
permerror | pass | permerror
temperror | pass | pass
temperror | fail | fail
temperror | ? | temperror
temperror | temperror | temperror
? | pass | pass
? | fail | fail
? | temperror | temperror
? | conf | conf
? | ? | ?
dns | pass | pass
dns | fail | fail
dns | conf | dns
dns | ? | dns
";

/// The same for DMARC, where a recorded pass stands.
const DMARC: &str = "
fail | pass | pass
fail | fail | fail
fail | none | fail
fail | temperror | fail
fail | ? | fail
pass | fail | pass
temperror | pass | pass
temperror | fail | fail
? | pass | pass
none | pass | none
";

/// The same for signatures, each with its domain; several with +, none as -.
const SIGNATURES: &str = "
- | - | -
pass:a | - | pass:a
- | pass:a | pass:a
- | ? | ?
pass:a | fail:a | pass:a
pass:a | pass:b | pass:a + pass:b
fail:a!no-key | pass:a | fail:a!no-key
fail:a | pass:a | fail:a
fail:a!body-changed | pass:a | pass:a
fail:a!body-changed | pass:A | pass:A
fail:a!signature-wrong | pass:a | pass:a
fail:a!body-changed | fail:a | fail:a!body-changed
fail:a!body-changed | pass:b | fail:a!body-changed + pass:b
temperror:a!no-key | pass:a | pass:a
temperror:a!no-key | fail:a | fail:a
temperror:a!no-key | pass:b | temperror:a!no-key + pass:b
temperror:a!no-key | - | temperror:a!no-key
temperror:a!no-key | ? | temperror:a!no-key
temperror:a | temperror:a | temperror:a
temperror:a + pass:b | fail:a + fail:b | pass:b + fail:a
pass:a + fail:a!body-changed | pass:a | pass:a + fail:a!body-changed
dns | pass:a | pass:a
dns | - | dns
dns | ? | dns
pass:a | ? | pass:a
";

#[test]
fn fresh_results_stand_unless_nothing_could_be_found_out() {
    for line in METHODS.trim().lines() {
        let [fresh, recorded, together] = columns(line);
        assert_eq!(stronger(fact(fresh), fact(recorded)), fact(together), "{line}");
    }
    for line in DMARC.trim().lines() {
        let [fresh, recorded, together] = columns(line);
        assert_eq!(dmarc(fact(fresh), fact(recorded)), fact(together), "{line}");
    }
    for line in SIGNATURES.trim().lines() {
        let [fresh, recorded, together] = columns(line);
        assert_eq!(signatures(facts(fresh), facts(recorded)), facts(together), "{line}");
    }
}

#[test]
fn each_method_comes_into_its_own_place() {
    let name = Fact::Known("mail.partner.example".to_owned());
    let recorded = Sender { spf: fact("pass"), reverse: name.clone(), ..Sender::default() };
    let fresh = Sender { arc: fact("none"), dkim: facts("pass:a"), dmarc: fact("fail"), ..Sender::default() };
    let both = combined(fresh, recorded);
    assert_eq!((both.spf, both.reverse), (fact("pass"), name));
    assert_eq!((both.arc, both.dmarc, both.dkim), (fact("none"), fact("fail"), facts("pass:a")));
}

/// A mail of partner.example with a signature by a key of its own, and that key.
const MAIL: &[u8] = include_bytes!("../../tests/signed/partner.eml");
const KEY: &str = include_str!("../../tests/signed/office._domainkey.partner.example.txt");

/// A day after it was signed, in seconds since 1970.
const NOW: u64 = 1_795_500_000;

#[test]
fn a_signature_proves_the_domain_shown_while_its_key_is_there() {
    let message = sekisho_mail::read(MAIL, &sekisho_mail::Limits::default());
    let identity = |zone: &Zone| gather(Some(zone), MAIL, &message, &Trust::default(), NOW).sender.identity;
    let mut zone = Zone::default();
    zone.add_txt("_dmarc.partner.example", "v=DMARC1; p=reject");
    // Of a stored mail whose key is gone nobody can say any more whether it was right.
    assert_eq!(identity(&zone), sekisho_facts::Identity::Unknown);
    zone.add_txt("office._domainkey.partner.example", KEY.trim());
    assert_eq!(identity(&zone), sekisho_facts::Identity::AsContact);
    // Nobody knows who handed it over.
    let sender = gather(Some(&zone), MAIL, &message, &Trust::default(), NOW).sender;
    assert_eq!(sender.spf, Fact::Unknown { unknown: Why::NoEnvelope });
}

#[test]
fn nobody_is_asked_without_dns() {
    let message = sekisho_mail::read(MAIL, &sekisho_mail::Limits::default());
    let sender = gather(None, MAIL, &message, &Trust::default(), NOW).sender;
    assert_eq!(sender.identity, sekisho_facts::Identity::Unknown);
    assert!(sender.dmarc.known().is_none() && sender.spf.known().is_none());
}

/// What our own host wrote when the mail came, above everything a stranger wrote.
const RECORDED: &str = "Authentication-Results: mx.midori.example;\r\n dmarc=pass header.from=partner.example;\r\n \
    dkim=pass header.d=partner.example;\r\n spf=pass smtp.mailfrom=yamada@partner.example\r\n\
    Received: from mail.partner.example (mail.partner.example [192.0.2.7])\r\n by mx.midori.example; \
    Tue, 24 Nov 2026 10:00:05 +0900\r\n";

#[test]
fn what_our_host_recorded_counts_where_nothing_can_be_found_out_now() {
    let mail = [RECORDED.as_bytes(), MAIL].concat();
    let message = sekisho_mail::read(&mail, &sekisho_mail::Limits::default());
    let ours = Trust { authserv_ids: vec!["mx.midori.example".to_owned()], ..Trust::default() }.normalised();
    let identity =
        |dns: Option<&dyn Dns>, trust: &Trust| gather(dns, &mail, &message, trust, NOW).sender.identity;
    let dead: Option<&dyn Dns> = Some(&Dead(NoAnswer::TimedOut));
    for dns in [None, dead, Some(&Zone::default())] {
        assert_eq!(identity(dns, &ours), sekisho_facts::Identity::AsContact);
        assert_eq!(identity(dns, &Trust::default()), sekisho_facts::Identity::Unknown);
    }
}

#[test]
fn a_dead_dns_never_makes_a_failure() {
    let message = sekisho_mail::read(MAIL, &sekisho_mail::Limits::default());
    for why in [NoAnswer::TimedOut, NoAnswer::Failed] {
        let sender = gather(Some(&Dead(why)), MAIL, &message, &Trust::default(), NOW).sender;
        assert_eq!(sender.identity, sekisho_facts::Identity::Unknown);
        let failures = [Outcome::Fail, Outcome::Softfail, Outcome::Permerror];
        for fact in sender.dkim.iter().chain([&sender.spf, &sender.dmarc, &sender.arc]) {
            assert!(fact.known().is_none_or(|result| !failures.contains(&result.known)), "{fact:?}");
        }
    }
}

/// Answers nothing about any name.
struct Dead(NoAnswer);

impl crate::dns::Ask for Dead {
    fn ask(&self, _: &crate::dns::Question, _: std::time::Duration) -> crate::dns::Reply {
        crate::dns::Reply::none(self.0)
    }
}

fn columns(line: &str) -> [&str; 3] {
    line.split('|').map(str::trim).collect::<Vec<_>>().try_into().unwrap()
}

fn facts(text: &str) -> Vec<Fact<AuthResult>> {
    if text == "-" { Vec::new() } else { text.split('+').map(|one| fact(one.trim())).collect() }
}

fn fact(text: &str) -> Fact<AuthResult> {
    let unknown = |unknown| Fact::Unknown { unknown };
    match text {
        "?" => return unknown(Why::NotAsked),
        "dns" => return unknown(Why::NoDns),
        "conf" => return unknown(Why::NotConfigured),
        _ => {}
    }
    let (result, notes) = text.split_once('!').unwrap_or((text, ""));
    let (known, domain) = result.split_once(':').unwrap_or((result, "partner.example"));
    let known = match known {
        "pass" => Outcome::Pass,
        "fail" => Outcome::Fail,
        "none" => Outcome::None,
        "neutral" => Outcome::Neutral,
        "temperror" => Outcome::Temperror,
        "permerror" => Outcome::Permerror,
        other => panic!("no such result: {other}"),
    };
    let note = |note: &str| match note {
        "no-key" => AuthNote::NoKey,
        "body-changed" => AuthNote::BodyChanged,
        "signature-wrong" => AuthNote::SignatureWrong,
        other => panic!("no such note: {other}"),
    };
    let notes = notes.split(',').filter(|text| !text.is_empty()).map(note).collect();
    Fact::Known(AuthResult { known, domain: domain.to_owned(), by: String::new(), notes })
}
