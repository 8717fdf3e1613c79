//! Days as people say them ↔ moments in seconds since 1970. Days are those of UTC, as in reports.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

/// A day as it is typed: `2026-11-01`.
///
/// # Errors
/// It is none; the value and how to write it.
pub fn parse(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| format!("no day: \"{text}\"; write it as 2026-11-01"))
}

/// The last second of a day. The end of time, where the calendar ends.
pub fn end_of(day: Date) -> i64 {
    start_of_next(day).map_or(i64::MAX, |next| next.as_second() - 1)
}

/// The day of a moment, `2026-11-01`; a dash where the calendar does not reach so far: the moment stood in a mail.
pub fn shown(at: i64) -> String {
    Timestamp::from_second(at)
        .map_or_else(|_| "–".to_owned(), |moment| Offset::UTC.to_datetime(moment).date().to_string())
}

/// A moment for programs: RFC 3339, UTC; `None` where the calendar does not reach so far.
pub fn rfc3339(at: i64) -> Option<String> {
    Timestamp::from_second(at).ok().map(|moment| moment.to_string())
}

fn start_of_next(day: Date) -> Option<Timestamp> {
    let next = day.checked_add(1.day()).ok()?;
    Offset::UTC.to_timestamp(next.at(0, 0, 0, 0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_before_the_next_begins() {
        let day = parse("2026-11-24").unwrap();
        let end = end_of(day);
        assert_eq!((shown(end), shown(end + 1)), ("2026-11-24".to_owned(), "2026-11-25".to_owned()));
        assert_eq!(end_of(Date::MAX), i64::MAX);
        assert_eq!((shown(i64::MAX), rfc3339(i64::MIN)), ("–".to_owned(), None));
        assert_eq!(rfc3339(0).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert!(parse("2026-02-30").unwrap_err().ends_with("write it as 2026-11-01"));
    }
}
