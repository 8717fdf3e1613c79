//! A report about one mail (RFC 5965 with RFC 6591 or 9991) → whose mail it was, from where, and why it failed. Texts of the
//! mail are not kept.

use std::net::IpAddr;

use sekisho_mail::{Date, Limits, Message};
use serde::{Deserialize, Serialize};

use super::limits::WORDS_CHARACTERS_MAX;
use super::{count, cut, domain};

/// What one failure report says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// `Feedback-Type`: `auth-failure`, `abuse`, …
    pub kind: String,
    /// `Reporting-MTA`, else the program that wrote the report.
    pub reporter: String,
    /// `Source-IP`: where the mail came from.
    pub source: Option<IpAddr>,
    /// `Reported-Domain`, else the domain in the mail's `From`.
    pub domain: String,
    /// The address in the mail's `From`.
    pub from: String,
    /// `Original-Mail-From`.
    pub mail_from: String,
    /// The mail's subject.
    pub subject: String,
    /// When it arrived, RFC 3339; empty where that is not said.
    pub arrived: String,
    /// `Auth-Failure`: `dmarc`, `spf`, `signature`, …
    pub failures: Vec<String>,
    /// `Authentication-Results` as they stand.
    pub results: Vec<String>,
    /// `Delivery-Result`.
    pub delivery: String,
    /// `Incidents`: how many mails were alike.
    pub incidents: u64,
}

/// Characters of a line of results that are kept.
const RESULTS_CHARACTERS_MAX: usize = 300;
/// Lines of results, and kinds of failure, that are kept.
const LINES_MAX: usize = 8;

/// Whether these bytes are the part of a report that programs read, whatever its media type says.
pub fn is_feedback(media_type: &str, bytes: &[u8]) -> bool {
    const FIRST: &[u8] = b"feedback-type:";
    let start = bytes.trim_ascii_start();
    media_type == "message/feedback-report"
        || start.get(..FIRST.len()).is_some_and(|start| start.eq_ignore_ascii_case(FIRST))
}

/// Reads a report: the part for programs, and the mail that it is about, where that is there.
pub fn read(feedback: &[u8], original: Option<&Message>) -> Failure {
    let fields = sekisho_mail::read(feedback, &Limits::default());
    let words = |name: &str| cut(fields.field(name).unwrap_or_default(), WORDS_CHARACTERS_MAX);
    let all = |name: &str| {
        let named = fields.fields.iter().filter(|field| field.is(name));
        named.take(LINES_MAX).map(|field| cut(&field.text, RESULTS_CHARACTERS_MAX)).collect::<Vec<_>>()
    };
    let from = original.and_then(|mail| mail.from.first()?.address.as_ref());
    let reporter = fields.field("Reporting-MTA").map(|mta| mta.rsplit(';').next().unwrap_or(mta));
    let arrived =
        fields.field("Arrival-Date").or_else(|| fields.field("Received-Date")).and_then(Date::parse);
    let reported = domain(fields.field("Reported-Domain").unwrap_or_default());
    let mut doubts = Vec::new();
    Failure {
        kind: words("Feedback-Type").to_lowercase(),
        reporter: cut(
            reporter.or_else(|| fields.field("User-Agent")).unwrap_or_default(),
            WORDS_CHARACTERS_MAX,
        ),
        source: fields.field("Source-IP").and_then(address),
        domain: if reported.is_empty() {
            from.map(|from| domain(from.domain())).unwrap_or_default()
        } else {
            reported
        },
        from: from.map(|from| cut(&from.to_string(), WORDS_CHARACTERS_MAX)).unwrap_or_default(),
        mail_from: words("Original-Mail-From").trim_matches(['<', '>']).to_owned(),
        subject: original.map(|mail| cut(&mail.subject, WORDS_CHARACTERS_MAX)).unwrap_or_default(),
        arrived: arrived.map(|date| date.rfc3339()).unwrap_or_default(),
        failures: all("Auth-Failure"),
        results: all("Authentication-Results"),
        delivery: words("Delivery-Result"),
        incidents: fields.field("Incidents").map_or(1, |text| count(text, &mut doubts)).max(1),
    }
}

/// An address, in brackets or not, with a port or a comment behind it or not.
fn address(text: &str) -> Option<IpAddr> {
    let word = text.split_whitespace().next()?.trim_start_matches('[');
    let word = word.split(']').next()?;
    word.trim_start_matches("IPv6:").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEEDBACK: &str = "Feedback-Type: auth-failure\r\nUser-Agent: Lua/1.0\r\nVersion: 1\r\nOriginal-Mail-From: <bounce@forger.example>\r\n\
        Arrival-Date: Tue, 24 Nov 2026 10:00:00 +0900\r\nSource-IP: [192.0.2.1]\r\nReported-Domain: Midori.example\r\n\
        Authentication-Results: mx.receiver.example;\r\n dmarc=fail header.from=midori.example\r\nAuth-Failure: dmarc\r\n\
        Delivery-Result: reject\r\nIncidents: 3\r\nReporting-MTA: dns; mx.receiver.example\r\n";

    #[test]
    fn a_report_says_whose_mail_it_was() {
        let original = sekisho_mail::read(
            "From: =?iso-2022-jp?B?GyRCO1A4fRsoQg==?= <keiri@midori.example>\nSubject: =?iso-2022-jp?B?GyRCQEE1YT1xGyhC?=\n\nsecret text".as_bytes(),
            &Limits::default(),
        );
        assert!(is_feedback("text/plain", FEEDBACK.as_bytes()));
        let failure = read(FEEDBACK.as_bytes(), Some(&original));
        assert_eq!(failure.kind, "auth-failure");
        assert_eq!(failure.source, Some("192.0.2.1".parse().unwrap()));
        assert_eq!(failure.domain, "midori.example");
        assert_eq!((failure.from.as_str(), failure.subject.as_str()), ("keiri@midori.example", "請求書"));
        assert_eq!(failure.mail_from, "bounce@forger.example");
        assert_eq!(failure.arrived, "2026-11-24T10:00:00+09:00");
        assert_eq!(failure.reporter, "mx.receiver.example");
        assert_eq!((failure.failures.as_slice(), failure.incidents), (["dmarc".to_owned()].as_slice(), 3));
        assert!(!format!("{failure:?}").contains("secret"));
    }

    #[test]
    fn without_a_mail_and_with_nonsense_something_is_said() {
        let failure = read(b"Feedback-Type: abuse\nSource-IP: somewhere\nIncidents: -4\n", None);
        assert_eq!((failure.kind.as_str(), failure.source, failure.incidents), ("abuse", None, 1));
        assert_eq!(read(b"", None), Failure { incidents: 1, ..Failure::default() });
    }
}
