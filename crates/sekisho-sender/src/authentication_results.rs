//! What was found out about a sender → the value of our own `Authentication-Results` field (RFC 8601 section 2.2).
//!
//! Every value that a stranger chose is written as a name of letters, digits, dots and hyphens, or quoted; nothing of it can
//! end a value, a comment or a line.

use std::net::IpAddr;

use sekisho_facts::{AuthNote, AuthResult, Envelope, Fact, Outcome, Sender};

use crate::domain::Domain;
use crate::normal_name;

/// Characters of a line, the field's name included, beyond which it is folded (RFC 5322 section 2.1.1).
const LINE_MAX: usize = 78;
/// Characters kept of a value that is no domain name.
const VALUE_MAX: usize = 200;
/// Signatures of which the results are written.
const SIGNATURES_MAX: usize = 50;

/// The value of the field that the host `id` writes about a mail, folded with CRLF and a tab, without a final line end.
/// What is unknown is left out; `none` where nothing was found out. A signature that passes, but that something weakens (a
/// test key, an unsigned tail), is written as `policy`: who reads the field looks at the word alone.
pub fn authentication_results(id: &str, sender: &Sender, envelope: &Envelope) -> String {
    let mut results: Vec<Vec<String>> = Vec::new();
    let client = envelope.client.as_deref().and_then(|client| client.trim().parse::<IpAddr>().ok());
    if let (Some(client), Some(name)) = (client, sender.reverse.known()) {
        results.push(reverse(client, name));
    }
    results.extend(sender.spf.known().map(spf));
    let signatures = sender.dkim.iter().filter_map(Fact::known);
    results.extend(signatures.take(SIGNATURES_MAX).map(dkim));
    // Who looked at ARC looked for signatures as well.
    if sender.dkim.is_empty() && sender.arc.known().is_some() {
        results.push(vec!["dkim=none".to_owned()]);
    }
    results.extend(sender.dmarc.known().map(dmarc));
    results.extend(sender.arc.known().map(|arc| vec![format!("arc={}", arc.known.word())]));
    if results.is_empty() {
        results.push(vec!["none".to_owned()]);
    }
    folded(&token_or_quoted(&normal_name(id)), &results)
}

/// The name of the client's address (RFC 8601 section 2.7.3).
fn reverse(client: IpAddr, name: &str) -> Vec<String> {
    let mut pieces = vec![if name.is_empty() { "iprev=fail" } else { "iprev=pass" }.to_owned()];
    pieces.extend(Domain::parse(name.trim_end_matches('.')).map(|name| format!("({name})")));
    pieces.push(match client {
        IpAddr::V4(address) => format!("policy.iprev={address}"),
        IpAddr::V6(address) => format!("policy.iprev=\"{address}\""),
    });
    pieces
}

fn spf(result: &AuthResult) -> Vec<String> {
    let property = if result.notes.contains(&AuthNote::Helo) { "smtp.helo" } else { "smtp.mailfrom" };
    made("spf", result.known.word(), comment(result), property, &result.domain)
}

fn dkim(result: &AuthResult) -> Vec<String> {
    let is_weak = result.known == Outcome::Pass && !result.passes_fully();
    let word = if is_weak { "policy" } else { result.known.word() };
    made("dkim", word, comment(result), "header.d", &result.domain)
}

fn dmarc(result: &AuthResult) -> Vec<String> {
    let is_weak = result.known == Outcome::Pass && !result.passes_fully();
    let word = if is_weak { "permerror" } else { result.known.word() };
    made("dmarc", word, comment(result), "header.from", &result.domain)
}

fn made(method: &str, word: &str, comment: String, property: &str, domain: &str) -> Vec<String> {
    let mut pieces = vec![format!("{method}={word}")];
    if !comment.is_empty() {
        pieces.push(format!("({comment})"));
    }
    if !domain.is_empty() {
        pieces.push(format!("{property}={}", token_or_quoted(domain)));
    }
    pieces
}

/// What explains or weakens a result, in words that readers of such fields know.
fn comment(result: &AuthResult) -> String {
    let words = result.notes.iter().filter_map(|note| match note {
        AuthNote::PolicyReject => Some("p=reject"),
        AuthNote::PolicyQuarantine => Some("p=quarantine"),
        AuthNote::PolicyNone => Some("p=none"),
        AuthNote::UnsignedTail => Some("only a part of the body is signed"),
        AuthNote::WeakKey => Some("weak key"),
        AuthNote::TestKey => Some("test mode"),
        AuthNote::Expired => Some("signature expired"),
        AuthNote::BodyChanged => Some("body hash did not verify"),
        AuthNote::SignatureWrong => Some("bad signature"),
        AuthNote::FieldsUncovered => Some("shown fields are not signed"),
        AuthNote::NoKey => Some("no key"),
        AuthNote::LimitReached => Some("limit reached"),
        AuthNote::FromDoubtful => Some("doubtful From"),
        AuthNote::Aligned | AuthNote::Helo | AuthNote::TrustedSealer => None,
    });
    words.collect::<Vec<_>>().join(", ")
}

/// A domain in A-labels as it is; anything else quoted, cut, and with `?` for what is no printable ASCII.
fn token_or_quoted(text: &str) -> String {
    if let Some(domain) = Domain::parse(text) {
        return domain.to_string();
    }
    let mut quoted = String::from("\"");
    for c in text.chars().take(VALUE_MAX) {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            ' '..='~' => quoted.push(c),
            _ => quoted.push('?'),
        }
    }
    quoted.push('"');
    quoted
}

/// One result a line; longer ones are folded between their pieces.
fn folded(id: &str, results: &[Vec<String>]) -> String {
    let mut out = id.to_owned();
    for result in results {
        out.push_str(";\r\n\t");
        // A tab is shown as up to eight columns; a `;` may follow.
        let mut column = 9;
        for (place, piece) in result.iter().enumerate() {
            if place > 0 && column + piece.len() + 1 > LINE_MAX {
                out.push_str("\r\n\t");
                column = 9;
            } else if place > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(piece);
            column += piece.len();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sekisho_mail::{AuthenticationResults, Limits, read};

    use super::*;
    use crate::{Trust, recorded};

    const ID: &str = "mx.midori.example";

    fn result(known: Outcome, domain: &str, notes: &[AuthNote]) -> AuthResult {
        AuthResult { known, domain: domain.to_owned(), by: ID.to_owned(), notes: notes.to_vec() }
    }

    /// What our own reader finds in a mail with the field.
    fn read_back(value: &str) -> Sender {
        let received = "from a (a.example [192.0.2.1]) by mx.midori.example; Thu, 26 Nov 2026 10:00:00 +0900";
        let mail = format!(
            "Authentication-Results: {value}\r\nReceived: {received}\r\nFrom: x@unrelated.example\r\n\r\nx\r\n"
        );
        let trust = Trust { authserv_ids: vec![ID.to_owned()], ..Trust::default() };
        recorded(&read(mail.as_bytes(), &Limits::default()), &trust).sender
    }

    #[test]
    fn one_field_in_full() {
        let sender = Sender {
            spf: Fact::Known(result(Outcome::Pass, "bounce.kawa.example", &[AuthNote::Aligned])),
            dkim: vec![
                Fact::Known(result(Outcome::Pass, "みどり.example", &[])),
                Fact::Known(result(Outcome::Fail, "list.example", &[AuthNote::BodyChanged])),
                Fact::Known(result(Outcome::Pass, "old.example", &[AuthNote::WeakKey, AuthNote::TestKey])),
                Fact::default(),
            ],
            dmarc: Fact::Known(result(Outcome::Fail, "kawa.example", &[AuthNote::PolicyReject])),
            arc: Fact::Known(result(Outcome::None, "", &[])),
            reverse: Fact::Known("mail.kawa.example".to_owned()),
            ..Sender::default()
        };
        let envelope = Envelope { client: Some("2001:db8::5".to_owned()), ..Envelope::default() };
        assert_eq!(
            authentication_results("MX.Midori.example.", &sender, &envelope),
            "mx.midori.example;\r\n\
             \tiprev=pass (mail.kawa.example) policy.iprev=\"2001:db8::5\";\r\n\
             \tspf=pass smtp.mailfrom=bounce.kawa.example;\r\n\
             \tdkim=pass header.d=xn--p9j0b8a.example;\r\n\
             \tdkim=fail (body hash did not verify) header.d=list.example;\r\n\
             \tdkim=policy (weak key, test mode) header.d=old.example;\r\n\
             \tdmarc=fail (p=reject) header.from=kawa.example;\r\n\
             \tarc=none"
        );
        let nothing = authentication_results(ID, &Sender::default(), &Envelope::default());
        assert_eq!(nothing, "mx.midori.example;\r\n\tnone");
    }

    #[test]
    fn long_results_are_folded() {
        let domain = format!("{}.kawa.example", ["a"; 30].join("."));
        let sender = Sender {
            dkim: vec![Fact::Known(result(
                Outcome::Fail,
                &domain,
                &[AuthNote::BodyChanged, AuthNote::WeakKey],
            ))],
            ..Sender::default()
        };
        let value = authentication_results(ID, &sender, &Envelope::default());
        assert!(value.contains("weak key)\r\n\theader.d=a.a."), "{value}");
    }

    fn outcomes() -> impl Strategy<Value = Outcome> {
        prop_oneof![
            Just(Outcome::None),
            Just(Outcome::Neutral),
            Just(Outcome::Pass),
            Just(Outcome::Fail),
            Just(Outcome::Softfail),
            Just(Outcome::Temperror),
            Just(Outcome::Permerror),
        ]
    }

    fn notes() -> impl Strategy<Value = Vec<AuthNote>> {
        let dkim = [AuthNote::BodyChanged, AuthNote::SignatureWrong, AuthNote::NoKey, AuthNote::Expired];
        proptest::sample::subsequence(dkim.to_vec(), 0..=1)
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            (spf, mail_from) in (outcomes(), "[a-z]{1,9}\\.example"),
            signatures in proptest::collection::vec((outcomes(), "[a-z]{1,9}\\.example", notes()), 0..4),
            (dmarc, from) in (outcomes(), "[a-z]{1,9}\\.example"),
            policy in prop_oneof![Just(AuthNote::PolicyNone), Just(AuthNote::PolicyQuarantine), Just(AuthNote::PolicyReject)],
        ) {
            let mut dkim: Vec<Fact<AuthResult>> = Vec::new();
            for (known, domain, notes) in signatures {
                let notes = if known == Outcome::Fail { notes } else { Vec::new() };
                let one = Fact::Known(result(known, &domain, &notes));
                // Without a signature there is none to tell of.
                if known != Outcome::None && !dkim.contains(&one) {
                    dkim.push(one);
                }
            }
            let sender = Sender {
                spf: Fact::Known(result(spf, &mail_from, &[])),
                dkim,
                dmarc: Fact::Known(result(dmarc, &from, &[policy])),
                arc: Fact::Known(result(Outcome::None, "", &[])),
                ..Sender::default()
            };
            let read = read_back(&authentication_results(ID, &sender, &Envelope::default()));
            prop_assert_eq!(&read.spf, &sender.spf);
            prop_assert_eq!(&read.dkim, &sender.dkim);
            prop_assert_eq!(&read.dmarc, &sender.dmarc);
            prop_assert_eq!(&read.arc, &sender.arc);
        }

        #[test]
        fn hostile_values_bring_in_nothing(
            id in ".{0,30}",
            domain in r#"(.|[\r\n\t";()\\= ]|dmarc=pass|header\.from=bank\.example|é){0,60}"#,
            name in r#"(.|[\r\n"();]|a\.example){0,20}"#,
        ) {
            let one = || Fact::Known(result(Outcome::Fail, &domain, &[AuthNote::Helo]));
            let sender = Sender {
                spf: one(),
                dkim: vec![one(), one()],
                dmarc: one(),
                arc: one(),
                reverse: Fact::Known(name.clone()),
                ..Sender::default()
            };
            let envelope = Envelope { client: Some("192.0.2.1".to_owned()), ..Envelope::default() };
            let value = authentication_results(&id, &sender, &envelope);
            prop_assert!(value.is_ascii());
            prop_assert!(!value.replace("\r\n\t", "").contains(|c: char| c.is_control()), "{}", value);
            prop_assert!(value.lines().all(|line| line.len() < 998));
            let unfolded = value.replace("\r\n", "");
            let field = AuthenticationResults::parse(unfolded.as_bytes());
            let methods: Vec<&str> = field.results.iter().map(|result| result.method.name()).collect();
            prop_assert_eq!(methods, ["iprev", "spf", "dkim", "dkim", "dmarc", "arc"]);
        }
    }
}
