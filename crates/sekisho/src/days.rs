//! Days as people say them ↔ moments in seconds since 1970. A day is one of the computer's time zone: `TZ`, else the system's, else UTC.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::words::Bilingual;

/// The day with which moments begin.
const FIRST: Date = date(1970, 1, 1);

/// A day as it is typed: `2026-11-01`.
///
/// # Errors
/// It is none; the value and how to write it.
pub fn parse(text: &str) -> Result<Date, Bilingual> {
    text.parse().map_err(|_| no_day(text))
}

/// That something typed is no day.
pub fn no_day(text: &str) -> Bilingual {
    Bilingual {
        ja: "日付は 2026-11-01 のように書いてください".to_owned(),
        en: format!("no day: \"{text}\"; write it as 2026-11-01"),
    }
}

/// The first second of a day. Moments begin with 1 January 1970: that day and those before have all of the past.
pub fn start_of(day: Date) -> i64 {
    start_in(day, &TimeZone::system()).filter(|_| day > FIRST).unwrap_or(i64::MIN)
}

/// The last second of a day. The end of time, where the calendar ends.
pub fn end_of(day: Date) -> i64 {
    end_in(day, &TimeZone::system())
}

/// The day of a moment, `2026-11-01`; a dash where the calendar does not reach so far: the moment stood in a mail.
pub fn shown(at: i64) -> String {
    shown_in(at, &TimeZone::system())
}

/// The last day before a moment at which something ends; the calendar's own where that is the end of time.
pub fn last_before(at: i64) -> String {
    if at == i64::MAX { Date::MAX.to_string() } else { shown(at.saturating_sub(1)) }
}

/// A moment at which something ends, for programs: the calendar's last one where that is the end of time.
pub fn end_rfc3339(at: i64) -> Option<String> {
    rfc3339(at.min(Timestamp::MAX.as_second()))
}

/// A moment for programs: RFC 3339, UTC; `None` where the calendar does not reach so far.
pub fn rfc3339(at: i64) -> Option<String> {
    Timestamp::from_second(at).ok().map(|moment| moment.to_string())
}

/// Where clocks are turned at midnight, a day begins with the first second that there is.
fn start_in(day: Date, zone: &TimeZone) -> Option<i64> {
    zone.to_timestamp(day.at(0, 0, 0, 0)).ok().map(|start| start.as_second())
}

fn end_in(day: Date, zone: &TimeZone) -> i64 {
    let next = day.checked_add(1.day()).ok();
    next.and_then(|next| start_in(next, zone)).map_or(i64::MAX, |next| next - 1)
}

fn shown_in(at: i64, zone: &TimeZone) -> String {
    Timestamp::from_second(at)
        .map_or_else(|_| "–".to_owned(), |moment| zone.to_datetime(moment).date().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_before_the_next_begins() {
        let day = parse("2026-11-24").unwrap();
        let end = end_of(day);
        assert_eq!((shown(end), shown(end + 1)), ("2026-11-24".to_owned(), "2026-11-25".to_owned()));
        assert_eq!(
            (shown(start_of(day)), shown(start_of(day) - 1)),
            ("2026-11-24".to_owned(), "2026-11-23".to_owned())
        );
        assert_eq!((start_of(FIRST), end_of(Date::MAX)), (i64::MIN, i64::MAX));
        assert_eq!((shown(i64::MAX), rfc3339(i64::MIN)), ("–".to_owned(), None));
        assert_eq!(last_before(end_of(Date::MAX).saturating_add(1)), "9999-12-31");
        assert!(end_rfc3339(i64::MAX).unwrap().starts_with("9999-12-30"));
        assert_eq!(rfc3339(0).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert!(parse("2026-02-30").unwrap_err().en.ends_with("write it as 2026-11-01"));
    }

    #[test]
    fn a_day_is_one_of_the_zone() {
        let tokyo = TimeZone::get("Asia/Tokyo").unwrap();
        let day = parse("2026-10-01").unwrap();
        let start = start_in(day, &tokyo).unwrap();
        assert_eq!(rfc3339(start).as_deref(), Some("2026-09-30T15:00:00Z"));
        assert_eq!(
            (shown_in(start, &tokyo), shown_in(start, &TimeZone::UTC)),
            ("2026-10-01".to_owned(), "2026-09-30".to_owned())
        );
        assert_eq!(end_in(day, &tokyo), start + 86_399);
        // In Santiago this day has no midnight.
        let santiago = TimeZone::get("America/Santiago").unwrap();
        let start = start_in(parse("2026-09-06").unwrap(), &santiago).unwrap();
        assert_eq!(
            (shown_in(start, &santiago), shown_in(start - 1, &santiago)),
            ("2026-09-06".to_owned(), "2026-09-05".to_owned())
        );
    }
}
