//! A `Date` field → a moment with its offset (RFC 5322 sections 3.3 and 4.3, and the ways real programs write it:
//! ISO 8601, `ctime`, weekdays in any language, a missing weekday, seconds or zone).

use serde::{Deserialize, Serialize};

/// A moment as a mail states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Date {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub unix_seconds: i64,
    /// The offset from UTC that the sender wrote, in minutes; 0 for an unknown zone.
    pub offset_minutes: i16,
}

/// Longest value that is looked at, in bytes. A date with a comment stays below 100.
const DATE_BYTES_MAX: usize = 400;
/// The years that are believed. Mail before 1970 and beyond 2199 is a mistake or a trick.
const YEARS: std::ops::RangeInclusive<i64> = 1970..=2199;
const DAY_SECONDS: i64 = 86_400;

impl Date {
    /// Parses a `Date` value as leniently as mail programs do. `None` where a day, a month, a year or a time is
    /// missing or out of range.
    pub fn parse(text: &str) -> Option<Self> {
        let cut =
            text.char_indices().map(|(at, _)| at).find(|&at| at >= DATE_BYTES_MAX).unwrap_or(text.len());
        let plain = without_comments(text.get(..cut)?);
        let mut found = Found::default();
        for word in plain.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
            found.take(word);
        }
        found.moment()
    }

    /// As RFC 3339, in the sender's offset: `2020-09-23T11:00:00+09:00`.
    pub fn rfc3339(&self) -> String {
        let offset = i64::from(self.offset_minutes);
        let local = self.unix_seconds.saturating_add(offset * 60);
        let (days, second) = (local.div_euclid(DAY_SECONDS), local.rem_euclid(DAY_SECONDS));
        let (year, month, day) = civil(days);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let time = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
        if offset == 0 {
            return time + "Z";
        }
        let sign = if offset < 0 { '-' } else { '+' };
        format!("{time}{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
    }
}

/// The pieces of a date found so far.
#[derive(Default)]
struct Found {
    day: Option<i64>,
    month: Option<i64>,
    year: Option<i64>,
    time_seconds: Option<i64>,
    offset_minutes: Option<i64>,
    /// `PM` behind a time of twelve hours.
    afternoon: Option<bool>,
}

impl Found {
    fn take(&mut self, word: &str) {
        let iso = self.day.is_none() && self.year.is_none() && self.take_iso(word);
        if iso || self.take_time(word) || self.take_zone(word) {
            return;
        }
        if word.contains(['-', '/']) && self.day.is_none() {
            // `23-Sep-2020`.
            for piece in word.split(['-', '/']) {
                self.take_plain(piece);
            }
        } else {
            self.take_plain(word);
        }
    }

    /// `2020-09-23`, `2020/09/23`, both also with a time behind a `T`.
    fn take_iso(&mut self, word: &str) -> bool {
        let (date, time) =
            word.split_once(['T', 't']).map_or((word, None), |(date, time)| (date, Some(time)));
        let mut pieces = date.split(['-', '/']);
        let (Some(year), Some(month), Some(day), None) =
            (pieces.next(), pieces.next(), pieces.next(), pieces.next())
        else {
            return false;
        };
        let (Some(year), Some(month), Some(day)) =
            (digits(year, 4..=4), digits(month, 1..=2), digits(day, 1..=2))
        else {
            return false;
        };
        (self.year, self.month, self.day) = (Some(year), Some(month), Some(day));
        time.is_none_or(|time| self.take_time(time))
    }

    /// `11:00`, `11:00:00`, `11:00:00.123`, each with a zone glued to it or not.
    fn take_time(&mut self, word: &str) -> bool {
        if self.time_seconds.is_some()
            || !word.contains(':')
            || !word.starts_with(|c: char| c.is_ascii_digit())
        {
            return false;
        }
        let zone_at =
            word.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(word.len());
        let Some((time, zone)) = word.split_at_checked(zone_at) else { return false };
        let mut pieces = time.split(':');
        let hour = pieces.next().and_then(|piece| digits(piece, 1..=2));
        let minute = pieces.next().and_then(|piece| digits(piece, 1..=2));
        let second = match pieces.next() {
            Some(piece) => digits(piece.split('.').next().unwrap_or_default(), 1..=2),
            None => Some(0),
        };
        let (Some(hour @ 0..=24), Some(minute @ 0..=59), Some(second @ 0..=60)) = (hour, minute, second)
        else {
            return false;
        };
        self.time_seconds = Some(hour * 3600 + minute * 60 + second.min(59));
        if !zone.is_empty() {
            self.take_zone(zone);
        }
        true
    }

    fn take_zone(&mut self, word: &str) -> bool {
        if self.time_seconds.is_none() {
            return false;
        }
        if word.eq_ignore_ascii_case("AM") || word.eq_ignore_ascii_case("PM") {
            self.afternoon = Some(word.eq_ignore_ascii_case("PM"));
            return true;
        }
        // A number goes before a name, wherever it stands: `GMT +0900`.
        if let Some(offset) = numeric_zone(word) {
            if self.offset_minutes.is_none_or(|known| known == 0) {
                self.offset_minutes = Some(offset);
            }
            return true;
        }
        match named_zone(word) {
            Some(offset) => {
                self.offset_minutes = self.offset_minutes.or(Some(offset));
                true
            }
            None => false,
        }
    }

    fn take_plain(&mut self, word: &str) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if self.take_japanese(word) {
            return;
        }
        if let Some(number) = digits(word, 1..=4) {
            let may_be_day = word.len() <= 2 && (1..=31).contains(&number);
            if self.day.is_none() && may_be_day {
                self.day = Some(number);
            } else if self.year.is_none() && word.len() >= 2 {
                self.year = Some(full_year(number, word.len()));
            }
        } else if self.month.is_none() {
            self.month = month(word);
        }
    }

    /// `2020年9月23日`, `9月`.
    fn take_japanese(&mut self, word: &str) -> bool {
        let mut rest = word;
        let mut any = false;
        while let Some(at) = rest.find(['年', '月', '日']) {
            let (number, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
            let Some(mark) = tail.chars().next() else { break };
            let value = digits(number, 1..=4);
            match mark {
                '年' => self.year = value.or(self.year),
                '月' => self.month = value.or(self.month),
                _ => self.day = value.or(self.day),
            }
            any |= value.is_some();
            rest = tail.get(mark.len_utf8()..).unwrap_or_default();
        }
        any
    }

    fn moment(&self) -> Option<Date> {
        let (year, month, day) = (self.year?, self.month?, self.day?);
        let mut seconds = self.time_seconds?;
        match self.afternoon {
            Some(true) if seconds < DAY_SECONDS / 2 => seconds += DAY_SECONDS / 2,
            Some(false) if (DAY_SECONDS / 2..DAY_SECONDS / 2 + 3600).contains(&seconds) => {
                seconds -= DAY_SECONDS / 2
            }
            _ => {}
        }
        let offset = self.offset_minutes.unwrap_or(0);
        if !YEARS.contains(&year) || !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day)
        {
            return None;
        }
        if seconds > DAY_SECONDS {
            return None;
        }
        let unix_seconds = days_since_1970(year, month, day) * DAY_SECONDS + seconds - offset * 60;
        Some(Date { unix_seconds, offset_minutes: i16::try_from(offset).ok()? })
    }
}

fn digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<i64> {
    (lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// RFC 5322 section 4.3: two digits below 50 are of this century, three count from 1900; so does `0102`.
fn full_year(number: i64, length: usize) -> i64 {
    match length {
        4 if number < 200 => 1900 + number,
        2 if number < 50 => 2000 + number,
        2 | 3 => 1900 + number,
        _ => number,
    }
}

fn month(word: &str) -> Option<i64> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?.to_ascii_lowercase();
    let place = MONTHS.iter().position(|name| *name == start)?;
    i64::try_from(place).ok().map(|place| place + 1)
}

/// `+0900`, `+09:00`, `-930`, `+9`; offsets of a day or more count as unknown.
fn numeric_zone(word: &str) -> Option<i64> {
    let word = ["GMT", "UTC", "UT"].iter().find_map(|name| word.strip_prefix(name)).unwrap_or(word);
    // `+-0500`, as some bulk mailers write.
    let word = word.strip_prefix('+').filter(|rest| rest.starts_with('-')).unwrap_or(word);
    let (sign, rest) = match word.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let plain: String = rest.chars().filter(|&c| c != ':').collect();
    let number = digits(&plain, 1..=4)?;
    let (hours, minutes) = if plain.len() <= 2 { (number, 0) } else { (number / 100, number % 100) };
    if hours > 23 || minutes > 59 {
        return Some(0);
    }
    Some(sign * (hours * 60 + minutes))
}

fn named_zone(word: &str) -> Option<i64> {
    let hours = match word.to_ascii_uppercase().as_str() {
        "UT" | "UTC" | "GMT" | "Z" | "WET" => 0,
        "JST" | "KST" | "東京" => 9,
        "EST" | "CDT" => -5,
        "EDT" => -4,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        "CET" | "MET" | "BST" | "WEST" => 1,
        "CEST" | "MEST" | "EET" => 2,
        "EEST" | "MSK" => 3,
        "HKT" | "SGT" => 8,
        "AEST" => 10,
        _ => return None,
    };
    Some(hours * 60)
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|&c| {
            if c == '(' {
                depth += 1;
            }
            let outside = depth == 0;
            if c == ')' {
                depth = depth.saturating_sub(1);
            }
            outside
        })
        .collect()
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar; the year is counted from March, so that the leap day
/// comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse: year, month, day.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(719_468);
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let (month, day) = ((shifted + 2) % 12 + 1, day_of_year - (153 * shifted + 2) / 5 + 1);
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_mails_write_them() {
        for (written, expected) in [
            ("Wed, 23 Sep 2020 11:00:00 +0900", "2020-09-23T11:00:00+09:00"),
            ("23 Sep 2020 11:00:00 +0900", "2020-09-23T11:00:00+09:00"),
            ("Wed, 23 Sep 2020 11:00 +0900 (JST)", "2020-09-23T11:00:00+09:00"),
            ("Wed, 23 Sep 2020 11:00:00 JST", "2020-09-23T11:00:00+09:00"),
            ("Wed, 23 Sep 20 11:00:00 GMT", "2020-09-23T11:00:00Z"),
            ("Fri, 31 Dec 99 23:59:59 EST", "1999-12-31T23:59:59-05:00"),
            ("Wed, 23 Sep 2020 11:00:00", "2020-09-23T11:00:00Z"),
            ("Wed Sep 23 11:00:00 2020", "2020-09-23T11:00:00Z"),
            ("Wed Sep 23 11:00:00 JST 2020", "2020-09-23T11:00:00+09:00"),
            ("2020-09-23T11:00:00+09:00", "2020-09-23T11:00:00+09:00"),
            ("2020-09-23T02:00:00Z", "2020-09-23T02:00:00Z"),
            ("2020-09-23 11:00:00.123 +0900", "2020-09-23T11:00:00+09:00"),
            ("2020/09/23 11:00", "2020-09-23T11:00:00Z"),
            ("水, 23 9月 2020 11:00:00 +0900", "2020-09-23T11:00:00+09:00"),
            ("2020年9月23日(水) 11:00:00 +0900", "2020-09-23T11:00:00+09:00"),
            ("\u{fffd}\u{fffd}, 23 Sep 2020 11:00:00 +0900", "2020-09-23T11:00:00+09:00"),
            ("Wed, 23-Sep-2020 11:00:00 GMT", "2020-09-23T11:00:00Z"),
            ("Wed, 23 Sep 2020 11:00:00 GMT+0900", "2020-09-23T11:00:00+09:00"),
            ("Wed, 23 September 2020 11:00:00 -0330", "2020-09-23T11:00:00-03:30"),
            ("Wed, 23 Sep 120 11:00:00 +0900", "2020-09-23T11:00:00+09:00"),
            ("Wed, 23 Sep 2020 01:00:00 PM +0900", "2020-09-23T13:00:00+09:00"),
            ("Sat, 29 Feb 2020 24:00:00 +0000", "2020-03-01T00:00:00Z"),
            ("Wed, 23 Sep 0120 11:00:00 +-0500", "2020-09-23T11:00:00-05:00"),
            ("Wed, 23 Sep 2020 11:00:00 -1600", "2020-09-23T11:00:00-16:00"),
            ("Wed,23 Sep 2020 11:00:00+0900", "2020-09-23T11:00:00+09:00"),
            ("Wed, 23 Sep 2020 (the (very) day) 11:00:60 +0900", "2020-09-23T11:00:59+09:00"),
        ] {
            let date = Date::parse(written).unwrap_or_else(|| panic!("{written}"));
            assert_eq!(date.rfc3339(), expected, "{written}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for written in [
            "",
            "yesterday",
            "Wed, 31 Feb 2020 11:00:00 +0900",
            "Wed, 23 Sep 2020",
            "Wed, 23 Sep 2020 25:00:00 +0900",
            "Wed, 23 Sep 9999 11:00:00 +0900",
            "2020-13-01T00:00:00Z",
            "99999999999999999999",
        ] {
            assert_eq!(Date::parse(written), None, "{written}");
        }
    }

    #[test]
    fn seconds_are_those_of_utc() {
        let date = Date::parse("Thu, 01 Jan 1970 09:00:01 +0900").unwrap();
        assert_eq!((date.unix_seconds, date.offset_minutes), (1, 540));
        for days in [-400_000, -1, 0, 1, 11_016, 18_528, 84_005] {
            let (year, month, day) = civil(days);
            assert_eq!(days_since_1970(year, month, day), days);
        }
    }
}
