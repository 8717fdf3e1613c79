//! What was found out about a mail's sender → one line for people: who the mail proves to be from, and by what.

use sekisho_facts::{AuthResult, Fact, Identity, Outcome, Sender};
use sekisho_judge::Lang;
use sekisho_mail::Message;

use crate::words::{either, harmless};

/// So many signatures are named.
const SIGNATURES_MAX: usize = 3;

/// The line; `None` where nothing is known, which is told as not looked at.
pub fn line(message: &Message, sender: &Sender, lang: Lang) -> Option<String> {
    let results = results(sender, lang);
    let address = message.from.iter().find_map(|mailbox| mailbox.address.as_ref())?;
    if results.is_empty() {
        return None;
    }
    let shown = harmless(address.domain());
    let sentence = match (sender.identity, proven(sender, address.domain())) {
        (Identity::AsContact, _) => either(
            lang,
            format!("表示どおり {shown} から送られたメールです"),
            format!("sent by {shown}, as it shows"),
        ),
        (Identity::NotAsContact, None) => either(
            lang,
            format!("{shown} から送られたとは認められません"),
            format!("not accepted as sent by {shown}"),
        ),
        (Identity::NotAsContact, Some(other)) => either(
            lang,
            format!("{shown} から送られたとは認められません。実際の送信元は {other} です"),
            format!("not accepted as sent by {shown}; it was sent by {other}"),
        ),
        (Identity::Unknown, None) => either(
            lang,
            format!("{shown} から送られたかどうかは、分かりません"),
            format!("whether it was sent by {shown} is not known"),
        ),
        (Identity::Unknown, Some(other)) => either(
            lang,
            format!("{shown} から送られたかどうかは、分かりません（{other} を通って届いています）"),
            format!("whether it was sent by {shown} is not known; it came through {other}"),
        ),
    };
    Some(either(
        lang,
        format!("{sentence} ［{}］", results.join("、")),
        format!("{sentence} [{}]", results.join(", ")),
    ))
}

/// Whether the sender is as shown; `None` where nothing at all was found out.
pub fn identity(sender: &Sender) -> Option<Identity> {
    let mut all = sender.dkim.iter().chain([&sender.dmarc, &sender.spf, &sender.arc]);
    all.any(|fact| fact.known().is_some()).then_some(sender.identity)
}

/// Another domain than the one shown that a signature or SPF proves.
fn proven(sender: &Sender, shown: &str) -> Option<String> {
    let all = sender.dkim.iter().chain([&sender.spf]).filter_map(Fact::known);
    let mut passes = all.filter(|result| result.passes_fully() && !result.domain.is_empty());
    passes.find(|result| !result.domain.eq_ignore_ascii_case(shown)).map(|result| harmless(&result.domain))
}

/// Each method's result in the words of the standards, with its domain, and the host that found it out where it was not us.
fn results(sender: &Sender, lang: Lang) -> Vec<String> {
    let dkim = sender.dkim.iter().filter_map(Fact::known);
    let arc = sender.arc.known().filter(|result| result.known != Outcome::None);
    let mut results: Vec<String> = Vec::new();
    results.extend(sender.dmarc.known().map(|result| words("DMARC", result)));
    results.extend(dkim.take(SIGNATURES_MAX).map(|result| words("DKIM", result)));
    results.extend(sender.spf.known().map(|result| words("SPF", result)));
    results.extend(arc.map(|result| words("ARC", result)));
    let mut hosts: Vec<&str> = sender
        .dkim
        .iter()
        .chain([&sender.dmarc, &sender.spf, &sender.arc])
        .filter_map(|fact| Some(fact.known()?.by.as_str()))
        .filter(|by| !by.is_empty() && *by != AuthResult::OURSELVES)
        .collect();
    hosts.sort_unstable();
    hosts.dedup();
    if !results.is_empty() && !hosts.is_empty() {
        let hosts = harmless(&hosts.join(", "));
        results.push(either(lang, format!("{hosts} の記録による"), format!("as {hosts} recorded")));
    }
    results
}

fn words(method: &str, result: &AuthResult) -> String {
    let word = result.known.word();
    match result.domain.as_str() {
        "" => format!("{method} {word}"),
        domain => format!("{method} {word} {}", harmless(domain)),
    }
}

#[cfg(test)]
mod tests {
    use sekisho_facts::Why;

    use super::*;

    fn result(known: Outcome, domain: &str, by: &str) -> Fact<AuthResult> {
        Fact::Known(AuthResult { known, domain: domain.to_owned(), by: by.to_owned(), notes: Vec::new() })
    }

    fn message() -> Message {
        sekisho_mail::read(
            b"From: Taro <taro@partner.example>\r\n\r\ntext\r\n",
            &sekisho_mail::Limits::default(),
        )
    }

    #[test]
    fn what_is_proven_is_said_in_one_line() {
        let sender = Sender {
            dmarc: result(Outcome::Pass, "partner.example", AuthResult::OURSELVES),
            dkim: vec![result(Outcome::Pass, "partner.example", AuthResult::OURSELVES)],
            spf: result(Outcome::Pass, "bounce.example", "mx.midori.example"),
            identity: Identity::AsContact,
            ..Sender::default()
        };
        assert_eq!(
            line(&message(), &sender, Lang::En).unwrap(),
            "sent by partner.example, as it shows [DMARC pass partner.example, DKIM pass partner.example, \
             SPF pass bounce.example, as mx.midori.example recorded]"
        );
        let sender = Sender {
            dmarc: result(Outcome::Fail, "partner.example", AuthResult::OURSELVES),
            dkim: vec![result(Outcome::Pass, "bulk.example", AuthResult::OURSELVES)],
            identity: Identity::NotAsContact,
            ..Sender::default()
        };
        assert_eq!(
            line(&message(), &sender, Lang::Ja).unwrap(),
            "partner.example から送られたとは認められません。実際の送信元は bulk.example です \
             ［DMARC fail partner.example、DKIM pass bulk.example］"
        );
    }

    #[test]
    fn nothing_known_is_no_line_and_nothing_acts_on_a_terminal() {
        let unknown = Sender { dmarc: Fact::Unknown { unknown: Why::NoDns }, ..Sender::default() };
        assert_eq!(line(&message(), &unknown, Lang::En), None);
        let hostile =
            Sender { dkim: vec![result(Outcome::Temperror, "a\u{1b}[2J.example", "")], ..Sender::default() };
        let line = line(&message(), &hostile, Lang::En).unwrap();
        assert_eq!(
            line,
            "whether it was sent by partner.example is not known [DKIM temperror a<U+001B>[2J.example]"
        );
    }
}
