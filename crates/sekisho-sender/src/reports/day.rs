//! Seconds since 1970 → days of the calendar, in UTC.

use std::fmt;

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// A day, counted from 1 January 1970, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

/// Seconds of a day.
pub(crate) const DAY_SECONDS: i64 = 86_400;

impl Day {
    /// The day in which a second stands; `None` outside the years 1970 to 2200, where no report was written.
    pub fn of_seconds(seconds: i64) -> Option<Self> {
        const DAYS_MAX: i64 = 84_000;
        let day = seconds.div_euclid(DAY_SECONDS);
        (0..=DAYS_MAX).contains(&day).then(|| i32::try_from(day).ok().map(Day)).flatten()
    }

    /// A day as `2026-11-24`.
    pub fn parse(text: &str) -> Option<Self> {
        let day = text.parse::<Date>().ok()?;
        Some(Day(epoch().until(day).ok()?.get_days()))
    }

    /// The day so many days later.
    pub fn plus(self, days: i32) -> Self {
        Day(self.0.saturating_add(days))
    }

    /// Days from `other` to this one.
    pub fn since(self, other: Day) -> i32 {
        self.0.saturating_sub(other.0)
    }
}

fn epoch() -> Date {
    date(1970, 1, 1)
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = epoch().saturating_add(jiff::Span::new().try_days(self.0).unwrap_or_default());
        write!(f, "{day}")
    }
}

/// The days that a report is about: the first, and how many. A range of about a day counts for the day in its middle, so
/// that a reporter's midnight elsewhere in the world does not matter; a longer one covers each of its days.
pub(crate) fn days(begin: i64, end: i64, days_max: i64) -> Option<(Day, i32)> {
    let length = end.checked_sub(begin)?;
    if length < 0 {
        return None;
    }
    // Most ends are the last second of the day, some the first of the next.
    let days = (length + DAY_SECONDS / 2) / DAY_SECONDS;
    if days > days_max {
        return None;
    }
    if days <= 1 {
        return Some((Day::of_seconds(begin + length / 2)?, 1));
    }
    Some((Day::of_seconds(begin + DAY_SECONDS / 2)?, i32::try_from(days).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_people_do() {
        for text in ["1970-01-01", "2024-02-29", "2026-11-26"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Day::parse("2026-02-30"), None);
        assert_eq!(Day::parse("2026-11-26").unwrap().since(Day::parse("2026-11-01").unwrap()), 25);
    }

    #[test]
    fn a_report_counts_for_the_day_in_its_middle() {
        let midnight = 20_000 * DAY_SECONDS;
        for (begin, end, first, count) in [
            (midnight, midnight + 86_399, 20_000, 1),
            (midnight, midnight + 86_400, 20_000, 1),
            // A day of Japan begins at 15:00 UTC of the day before.
            (midnight - 9 * 3600, midnight + 15 * 3600, 20_000, 1),
            (midnight + 3600, midnight + 7200, 20_000, 1),
            (midnight, midnight + 7 * 86_400 - 1, 20_000, 7),
        ] {
            assert_eq!(days(begin, end, 31), Some((Day(first), count)), "{begin} {end}");
        }
        assert_eq!(days(midnight, midnight - 1, 31), None);
        assert_eq!(days(midnight, midnight + 400 * DAY_SECONDS, 31), None);
        assert_eq!(days(i64::MIN, i64::MAX, 31), None);
        assert_eq!(days(-5, -1, 31), None);
    }
}
