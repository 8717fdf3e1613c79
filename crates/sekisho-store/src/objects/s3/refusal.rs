//! The answer of an S3-compatible server that is no success → why it refused.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::objects::Refusal;

/// How far clocks may differ before Amazon refuses.
const CLOCK_SECONDS_MAX: i64 = 15 * 60;

/// What a server said.
pub(super) struct Answer {
    /// The status.
    pub status: u16,
    /// Its `Date`.
    pub date: Option<String>,
    /// Its `x-amz-bucket-region`.
    pub region: Option<String>,
    /// The beginning of its body.
    pub body: String,
}

/// What is not there.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The object.
    NoObject,
    /// Something else.
    Refused(Refusal),
}

impl Answer {
    /// Why the server refused; `now` in seconds since 1970.
    pub(super) fn why(&self, now: i64) -> Why {
        let code = element(&self.body, "Code").unwrap_or_default();
        Why::Refused(match (code, self.status) {
            ("NoSuchKey", _) => return Why::NoObject,
            ("NoSuchBucket", _) => Refusal::NoBucket,
            ("RequestTimeTooSkewed", _) => Refusal::Clock(self.clock(now)),
            // A signed address that is too old, or of tomorrow, is only "denied".
            (_, 403) if self.clock(now).is_some_and(|ahead| ahead.abs() > CLOCK_SECONDS_MAX) => {
                Refusal::Clock(self.clock(now))
            }
            ("InvalidAccessKeyId" | "SignatureDoesNotMatch" | "InvalidToken" | "ExpiredToken", _) => {
                Refusal::WrongCredentials
            }
            (
                "PermanentRedirect" | "AuthorizationHeaderMalformed" | "AuthorizationQueryParametersError",
                _,
            )
            | (_, 300..=399) => {
                let told = element(&self.body, "Region").map(str::to_owned);
                Refusal::OtherRegion(self.region.clone().or(told).unwrap_or_default())
            }
            ("XMinioStorageFull" | "QuotaExceeded" | "InsufficientStorage", _) | (_, 507) => Refusal::Full,
            (_, 401 | 403) => Refusal::Forbidden,
            ("", 404) => return Why::NoObject,
            (_, 429 | 500..=599) => Refusal::Busy(self.status),
            _ => Refusal::Other(self.status, self.words(code)),
        })
    }

    /// How far our clock is ahead of the server's.
    fn clock(&self, now: i64) -> Option<i64> {
        let date = DateTimeParser::new().parse_timestamp(self.date.as_deref()?).ok()?;
        Some(now.saturating_sub(Timestamp::as_second(date)))
    }

    /// The server's own words, on one line and short: they stand in our message.
    fn words(&self, code: &str) -> String {
        const CHARS_MAX: usize = 120;
        let words = format!("{code} {}", element(&self.body, "Message").unwrap_or_default());
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        words.chars().filter(|c| !c.is_control()).take(CHARS_MAX).collect()
    }
}

/// The text of the first such element. An error's answer is flat, and none of its values is more than a hint for a person.
fn element<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    rest.split_once("</").map(|(text, _)| text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_790_000_000;

    fn why(status: u16, body: &str, date: Option<i64>) -> Why {
        let printer = jiff::fmt::rfc2822::DateTimePrinter::new();
        let date =
            date.map(|at| printer.timestamp_to_rfc9110_string(&Timestamp::from_second(at).unwrap()).unwrap());
        Answer { status, date, region: None, body: body.to_owned() }.why(NOW)
    }

    fn said(code: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<Error><Code>{code}</Code><Message>Some\n words</Message><Region>eu-west-1</Region></Error>"
        )
    }

    #[test]
    fn each_refusal_is_told_in_words() {
        let now = Some(NOW);
        assert_eq!(why(404, &said("NoSuchKey"), now), Why::NoObject);
        for (status, code, date, wanted) in [
            (404, "NoSuchBucket", now, "there is no such bucket; make it"),
            (403, "AccessDenied", now, "the credentials may not do this; allow s3:GetObject"),
            (403, "InvalidAccessKeyId", now, "the credentials are not valid there"),
            (403, "SignatureDoesNotMatch", now, "the credentials are not valid there"),
            (403, "RequestTimeTooSkewed", None, "this machine's clock differs from the server's; set it"),
            (
                403,
                "AccessDenied",
                Some(NOW - 3_600),
                "this machine's clock is 3600 s ahead of the server's; set it",
            ),
            (
                403,
                "SignatureDoesNotMatch",
                Some(NOW + 1_000),
                "this machine's clock is 1000 s behind the server's",
            ),
            (301, "PermanentRedirect", now, "the bucket is in the region \"eu-west-1\"; mend region="),
            (400, "AuthorizationHeaderMalformed", now, "the bucket is in the region \"eu-west-1\""),
            (503, "SlowDown", now, "the server cannot answer now (status 503); try again later"),
            (507, "XMinioStorageFull", now, "no room left in the object store; nothing was kept"),
            (400, "Odd", now, "the server refused (status 400): Odd Some words"),
        ] {
            let Why::Refused(refusal) = why(status, &said(code), date) else { panic!("{code}") };
            assert!(refusal.to_string().starts_with(wanted), "{code}: {refusal}");
        }
        assert_eq!(why(403, "", None), Why::Refused(Refusal::Forbidden));
        assert_eq!(why(404, "", None), Why::NoObject);
    }
}
