//! A report about encrypted transport (TLS-RPT, RFC 8460 section 4) → sessions that succeeded and failed, by policy and by
//! what went wrong. Read value by value into what is known already, so that a report that breaks off keeps what came before.

mod json;

use serde::{Deserialize, Serialize};

use super::limits::RANGE_DAYS_MAX;
use super::{Doubt, content, day, note};

/// One report about encrypted transport.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tls {
    /// Who reports, as it calls itself.
    pub reporter: String,
    /// Where it can be asked.
    pub contact: String,
    /// The report's name, unique for its reporter.
    pub id: String,
    /// The first second that it is about, since 1970.
    pub begin: Option<i64>,
    /// The last one.
    pub end: Option<i64>,
    /// What happened, policy by policy.
    pub policies: Vec<TlsPolicy>,
    /// Where it is broken or odd.
    pub doubts: Vec<Doubt>,
}

/// What happened under one policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsPolicy {
    /// `sts`, `tlsa` or `no-policy-found`.
    pub kind: String,
    /// The receiving domain, in lower case.
    pub domain: String,
    /// Sessions that were encrypted as wanted.
    pub successful: u64,
    /// Sessions that were not.
    pub failed: u64,
    /// What went wrong.
    pub troubles: Vec<TlsTrouble>,
}

/// One kind of trouble.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsTrouble {
    /// The word of RFC 8460 section 4.3: `certificate-expired`, `starttls-not-supported`, …
    pub result: String,
    /// The receiving server's name.
    pub mx: String,
    /// Sessions that met it.
    pub sessions: u64,
}

/// Reads a report, as far as it goes.
pub(super) fn read(bytes: &[u8]) -> Tls {
    let text = content::text(bytes);
    let mut report = Tls::default();
    if json::read(text.trim_start_matches('\u{feff}'), &mut report).is_err() {
        note(&mut report.doubts, Doubt::Broken);
    }
    if report.policies.iter().all(|policy| policy.domain.is_empty()) {
        note(&mut report.doubts, Doubt::DomainMissing);
    }
    let range = report.begin.zip(report.end);
    if range.and_then(|(begin, end)| day::days(begin, end, RANGE_DAYS_MAX)).is_none() {
        note(&mut report.doubts, Doubt::RangeOdd);
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"{"organization-name":"Reporter","date-range":{"start-datetime":"2026-04-01T00:00:00Z","end-datetime":"2026-04-01T23:59:59Z"},
        "contact-info":"tls@reporter.example","report-id":"1","policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1"],"policy-domain":"Midori.example","mx-host":["*.midori.example"]},
        "summary":{"total-successful-session-count":5326,"total-failure-session-count":"303"},
        "failure-details":[{"result-type":"certificate-expired","sending-mta-ip":"2001:db8::1","receiving-mx-hostname":"mx1.midori.example","failed-session-count":100},
        {"result-type":"starttls-not-supported","receiving-mx-hostname":"mx2.midori.example","failed-session-count":203}]}]}"#;

    #[test]
    fn a_report_is_read() {
        let report = read(REPORT.as_bytes());
        assert_eq!((report.reporter.as_str(), report.id.as_str()), ("Reporter", "1"));
        assert_eq!(report.begin, Some(1_775_001_600));
        let [policy] = report.policies.as_slice() else { panic!("{report:?}") };
        assert_eq!((policy.domain.as_str(), policy.kind.as_str()), ("midori.example", "sts"));
        assert_eq!((policy.successful, policy.failed), (5326, 303));
        let troubles: Vec<_> = policy
            .troubles
            .iter()
            .map(|trouble| (trouble.result.as_str(), trouble.mx.as_str(), trouble.sessions))
            .collect();
        assert_eq!(
            troubles,
            [
                ("certificate-expired", "mx1.midori.example", 100),
                ("starttls-not-supported", "mx2.midori.example", 203)
            ]
        );
        assert_eq!(report.doubts, []);
    }

    #[test]
    fn a_report_that_breaks_off_keeps_what_came_before() {
        for end in (0..REPORT.len()).filter(|end| REPORT.is_char_boundary(*end)) {
            let report = read(&REPORT.as_bytes()[..end]);
            assert!(report.doubts.contains(&Doubt::Broken), "cut at {end}");
        }
        let cut = REPORT.find("starttls-not").unwrap();
        let report = read(&REPORT.as_bytes()[..cut]);
        assert_eq!((report.policies[0].successful, report.policies[0].troubles[0].sessions), (5326, 100));
    }

    #[test]
    fn odd_values_are_told() {
        let odd = r#"{"policies":[{"summary":{"total-successful-session-count":-5,"total-failure-session-count":1e99}},7,null,[[{}]],
            {"policy":"x","summary":[{"total-failure-session-count":99999999999999999999}],"failure-details":{"failed-session-count":[1]}}]}"#;
        let report = read(odd.as_bytes());
        for doubt in [
            Doubt::CountNegative,
            Doubt::CountMissing,
            Doubt::CountHuge,
            Doubt::RangeOdd,
            Doubt::DomainMissing,
        ] {
            assert!(report.doubts.contains(&doubt), "{doubt:?} {report:?}");
        }
    }
}
