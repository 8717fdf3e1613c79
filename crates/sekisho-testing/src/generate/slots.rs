//! `{slot}` in a text → a name, date, sum or address; the same slot has the same value throughout one mail.

use super::texts::section;
use super::world::{NAMES, Party};
use crate::Rng;
use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};
use std::collections::BTreeMap;

/// Lists of values, one section a slot.
pub(crate) const SLOTS: &str = include_str!("../../texts/slots.txt");

/// Everything one mail is made from.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) rng: Rng,
    pub(crate) date: DateTime,
    pub(crate) sender: Party,
    pub(crate) receiver: Party,
    filled: BTreeMap<String, String>,
}

impl Scene {
    pub(crate) fn new(rng: Rng, date: DateTime, sender: Party, receiver: Party) -> Self {
        Self { rng, date, sender, receiver, filled: BTreeMap::new() }
    }

    /// The template with every slot filled.
    ///
    /// # Panics
    /// On a slot that does not exist: a misspelt text must not reach a figure.
    pub(crate) fn fill(&mut self, template: &str) -> String {
        let mut out = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((slot, tail)) = after.split_once('}') else {
                out.push('{');
                rest = after;
                continue;
            };
            out.push_str(&self.value(slot));
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    fn value(&mut self, slot: &str) -> String {
        if let Some(known) = self.filled.get(slot) {
            return known.clone();
        }
        let value = self
            .of_people(slot)
            .or_else(|| self.of_time(slot))
            .or_else(|| self.of_numbers(slot))
            .or_else(|| self.of_lists(slot))
            .unwrap_or_else(|| panic!("unknown slot {{{slot}}}"));
        self.filled.insert(slot.to_owned(), value.clone());
        value
    }

    fn of_people(&mut self, slot: &str) -> Option<String> {
        let sender = &self.sender;
        Some(match slot {
            "me" => self.receiver.surname.clone(),
            "me_full" => self.receiver.full.clone(),
            "me_address" => self.receiver.address.clone(),
            "me_romaji" => self.receiver.romaji.split(' ').next().unwrap_or_default().to_owned(),
            "me_company" => self.receiver.company.clone(),
            "sender" => sender.surname.clone(),
            "sender_full" => sender.full.clone(),
            "romaji" => sender.romaji.clone(),
            "sender_first" => sender.romaji.split(' ').next().unwrap_or_default().to_owned(),
            "company" => sender.company.clone(),
            "company_short" => sender.company_short(),
            "title" if !sender.title.is_empty() => sender.title.clone(),
            "address" => sender.address.clone(),
            "domain" => sender.domain().to_owned(),
            "site" => format!("https://www.{}/", sender.domain()),
            "url" => format!("https://www.{}/{}", sender.domain(), self.rng.alphanumeric(8)),
            "tel" => sender.telephone.clone(),
            "fax" => {
                let head = sender.telephone.trim_end_matches(|c: char| c.is_ascii_digit());
                format!("{head}{}", 1000 + sender.taste % 9000)
            }
            "mobile" => format!("090-0000-{}", 1000 + sender.taste % 8999),
            "zip" => format!("{}-{}", 100 + sender.taste % 800, "0000"),
            "other" | "other2" | "customer" => self.stranger_surname(),
            "colleague" | "colleague2" => self.colleague(),
            _ => return None,
        })
    }

    fn of_time(&mut self, slot: &str) -> Option<String> {
        let today = self.date.date();
        let later = |rng: &mut Rng, low: usize, high: usize| {
            business_day(today.saturating_add((rng.between(low, high) as i64).days()))
        };
        Some(match slot {
            "today" => short_date(today),
            "tomorrow" => short_date(business_day(today.saturating_add(1.days()))),
            "date" => short_date(later(&mut self.rng, 3, 12)),
            "date2" => short_date(later(&mut self.rng, 14, 24)),
            "date3" => short_date(later(&mut self.rng, 26, 45)),
            "past" => {
                let days = Span::new().days(self.rng.between(2, 12) as i64);
                short_date(business_day(today.saturating_sub(days)))
            }
            "time" => format!("{}:{}0", self.rng.between(9, 11), self.rng.pick(&["0", "3"])),
            "time2" => format!("{}:{}0", self.rng.between(13, 17), self.rng.pick(&["0", "3"])),
            "clock" => format!("{:02}:{:02}:{:02}", self.date.hour(), self.date.minute(), self.date.second()),
            "month" => today.month().to_string(),
            "next_month" => (today.month() % 12 + 1).to_string(),
            "last_month" => ((today.month() + 10) % 12 + 1).to_string(),
            "year" => today.year().to_string(),
            "next_year" => (today.year() + 1).to_string(),
            "reiwa" => (today.year() - 2018).to_string(),
            "iso" => today.to_string(),
            "ymd" => today.to_string().replace('-', ""),
            "mmdd" => format!("{:02}{:02}", today.month(), today.day()),
            "ym" => format!("{}{:02}", today.year(), today.month()),
            _ => return None,
        })
    }

    fn of_numbers(&mut self, slot: &str) -> Option<String> {
        let rng = &mut self.rng;
        Some(match slot {
            "yen" | "yen2" | "yen3" => thousands(rng.between(12, 4800) * 1000 + rng.between(0, 1) * 500),
            "small_yen" => thousands(rng.between(3, 290) * 100),
            "n" | "n3" => rng.between(2, 30).to_string(),
            // Two numbers of one sentence are two numbers.
            "n2" => {
                let drawn = rng.between(2, 29).to_string();
                if self.filled.get("n") == Some(&drawn) { "30".to_owned() } else { drawn }
            }
            "people" => rng.between(3, 60).to_string(),
            "percent" => rng.between(60, 97).to_string(),
            "floor" => rng.between(1, 7).to_string(),
            "version" => format!("{}.{}.{}", rng.between(1, 9), rng.between(0, 12), rng.between(0, 9)),
            "num" | "num2" => {
                format!("{}-{}", rng.token("ABCDEHJKMNQSTZ", 1), rng.digits(5))
            }
            "digits" => rng.digits(8),
            "digits12" => rng.digits(12),
            "digits4" => rng.digits(4),
            "id" => rng.alphanumeric(12),
            "id2" => rng.alphanumeric(22),
            "hex" => rng.hex(32),
            "hex8" => rng.hex(8),
            "password" => rng.token("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789", 10),
            "ip" => format!("192.0.2.{}", rng.between(2, 250)),
            _ => return None,
        })
    }

    fn of_lists(&mut self, slot: &str) -> Option<String> {
        let name = slot.trim_end_matches(|c: char| c.is_ascii_digit());
        let values = section(SLOTS, name);
        if values.is_empty() { None } else { Some((*self.rng.pick(&values)).to_owned()) }
    }

    fn stranger_surname(&mut self) -> String {
        let surnames = section(NAMES, "surname");
        self.rng.pick(&surnames).split(' ').next().unwrap_or_default().to_owned()
    }

    fn colleague(&mut self) -> String {
        let taken = [&self.sender.address, &self.receiver.address];
        let others: Vec<_> = crate::organisation()
            .people
            .iter()
            .filter(|person| taken.iter().all(|address| *address != person.address))
            .collect();
        self.rng.pick(&others).surname().to_owned()
    }
}

/// `10月5日（月）`
pub(crate) fn short_date(date: Date) -> String {
    format!("{}月{}日（{}）", date.month(), date.day(), weekday(date))
}

/// One character for the day of the week.
pub(crate) fn weekday(date: Date) -> &'static str {
    ["月", "火", "水", "木", "金", "土", "日"]
        .get(date.weekday().to_monday_zero_offset() as usize)
        .copied()
        .unwrap_or("月")
}

/// The date or, on a weekend, the Monday after it.
pub(crate) fn business_day(date: Date) -> Date {
    match date.weekday().to_monday_zero_offset() {
        5 => date.saturating_add(2.days()),
        6 => date.saturating_add(1.days()),
        _ => date,
    }
}

fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
