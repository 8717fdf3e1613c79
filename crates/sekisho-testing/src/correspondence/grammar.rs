//! Sections of templates → sentences: `{slot}` is filled from a section, a number or a date, `<a|b>` is a choice; both nest.
//!
//! Words of the matter (a room, a material) stay the same in most mails of a thread, as people keep to their subject.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use crate::Rng;
use crate::generate::slots::{business_day, short_date};
use crate::generate::texts::section;

/// Who begins a thread about a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begun {
    Ours,
    Theirs,
    Either,
    Internal,
}

/// A topic with its sections: `first`, `detail`, `reply`, ….
#[derive(Debug)]
pub(crate) struct Topic {
    pub(crate) name: &'static str,
    pub(crate) begun: Begun,
    sections: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Topic {
    /// The templates of a section; none for a section that the topic does not have.
    pub(crate) fn section(&self, name: &str) -> &[&'static str] {
        self.sections.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether it is written in English.
    pub(crate) fn is_english(&self) -> bool {
        self.name.ends_with("-en")
    }
}

/// All topics that threads are about.
pub(crate) fn topics() -> &'static [Topic] {
    static TOPICS: LazyLock<Vec<Topic>> =
        LazyLock::new(|| TOPIC_FILES.iter().flat_map(|file| parse(file)).collect());
    &TOPICS
}

/// Writes sentences of one mail.
#[derive(Debug)]
pub(crate) struct Pen {
    pub(crate) rng: Rng,
    pub(crate) date: DateTime,
    bound: BTreeMap<String, String>,
}

/// Slots that keep their value in most mails of a thread, in percent.
const KEPT_PERCENT: usize = 65;

impl Pen {
    /// A pen on a day.
    pub(crate) fn new(rng: Rng, date: DateTime) -> Self {
        Self { rng, date, bound: BTreeMap::new() }
    }

    /// Gives a slot its value, for good.
    pub(crate) fn bind(&mut self, slot: &str, value: &str) {
        self.bound.insert(slot.to_owned(), value.to_owned());
    }

    /// The template with its choices made and its slots filled.
    pub(crate) fn fill(&mut self, template: &str) -> String {
        let chosen = self.choose(template);
        let mut out = String::with_capacity(chosen.len() * 2);
        let mut rest = chosen.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let (slot, tail) = after.split_once('}').unwrap_or((after, ""));
            out.push_str(&self.value(slot));
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// One template of a section of the word files, filled.
    pub(crate) fn one_of(&mut self, name: &str) -> String {
        let templates = words(name);
        let template = *self.rng.pick(templates);
        self.fill(template)
    }

    /// `count` different templates, filled.
    pub(crate) fn some_of(&mut self, templates: &[&'static str], count: usize) -> Vec<String> {
        let mut order: Vec<&str> = templates.to_vec();
        self.rng.shuffle(&mut order);
        order.into_iter().take(count).map(|template| self.fill(template)).collect()
    }

    /// Makes the choices, the outer ones first.
    fn choose(&mut self, template: &str) -> String {
        let mut out = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('<') {
            out.push_str(before);
            let (choices, tail) = closed(after);
            let taken = *self.rng.pick(&choices);
            out.push_str(&self.choose(taken));
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// # Panics
    /// On a slot that does not exist: a misspelt text must not reach a figure.
    fn value(&mut self, slot: &str) -> String {
        if let Some(known) = self.bound.get(slot) {
            let is_matter = MATTER.contains(&slot);
            if !is_matter || self.rng.chance(KEPT_PERCENT) {
                return known.clone();
            }
        }
        if let Some(value) = self.of_numbers(slot).or_else(|| self.of_time(slot)) {
            return value;
        }
        let name: String = slot.chars().filter(|c| !c.is_ascii_digit()).collect();
        let templates = words(&name);
        assert!(!templates.is_empty(), "unknown slot {{{slot}}}");
        let mut template = *self.rng.pick(templates);
        // The second of two things is another than the first.
        while name != slot
            && templates.len() > 1
            && self.bound.get(&name).is_some_and(|first| first == template)
        {
            template = *self.rng.pick(templates);
        }
        if name == "surname" {
            return template.split(' ').next().unwrap_or_default().to_owned();
        }
        let value = self.fill(template);
        if MATTER.contains(&slot) {
            self.bound.entry(slot.to_owned()).or_insert_with(|| value.clone());
        }
        value
    }

    fn of_numbers(&mut self, slot: &str) -> Option<String> {
        let rng = &mut self.rng;
        Some(match slot {
            "n" => rng.between(10, 40).to_string(),
            "small" => rng.between(2, 9).to_string(),
            "number_en" => rng.between(3, 60).to_string(),
            "days" => rng.between(2, 14).to_string(),
            "sheets" => rng.between(2, 24).to_string(),
            "mm" => (rng.between(1, 60) * 3).to_string(),
            "mm2" => (rng.between(90, 720) * 5).to_string(),
            "thick" => (*rng.pick(&["3", "5", "6", "9", "9.5", "12", "12.5", "15"])).to_owned(),
            "m2" | "m22" => format!("{}.{}", rng.between(6, 240), rng.below(10)),
            "percent" => rng.between(11, 96).to_string(),
            "percent2" => rng.between(2, 14).to_string(),
            "man" => (rng.between(3, 480) * 5).to_string(),
            "yen" | "yen2" => thousands(rng.between(80, 6_400) * 1_000 + rng.between(0, 9) * 100),
            "yen3" => thousands(rng.between(12, 980) * 100),
            "eur" => format!("{},{:02}0", rng.between(1, 18), rng.between(0, 99)),
            "floor" => rng.between(1, 7).to_string(),
            "letter" => rng.token("ABCDEFGHKLMNPRSTW", 1),
            "digits4" => rng.digits(4),
            "code" | "code2" => format!("{}-{}", rng.token("ABCDEKMSW", 1), rng.digits(3)),
            "url" => {
                let host = stray_domain(rng);
                format!("https://{host}/{}/{}", rng.alphanumeric(5), rng.alphanumeric(9))
            }
            _ => return None,
        })
    }

    fn of_time(&mut self, slot: &str) -> Option<String> {
        let today = self.date.date();
        let days = match slot {
            "date" | "date_en" => self.rng.between(2, 13) as i64,
            "date2" | "date2_en" => self.rng.between(14, 40) as i64,
            "past" | "past_en" => -(self.rng.between(1, 9) as i64),
            _ => 0,
        };
        let day = business_day(today.saturating_add(days.days()));
        Some(match slot {
            "date" | "date2" | "past" => japanese_day(&mut self.rng, day),
            "date_en" | "date2_en" | "past_en" => day.strftime("%-d %B").to_string(),
            "time" => format!("{}時{}", self.rng.between(9, 11), self.rng.pick(&["", "", "半"])),
            "time2" => {
                format!("{}:{}", self.rng.between(13, 17), self.rng.pick(&["00", "15", "30", "45"]))
            }
            "month" => day.month().to_string(),
            _ => return None,
        })
    }
}

/// The templates under a name in the word files.
pub(crate) fn words(name: &str) -> &'static [&'static str] {
    static WORDS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(all_words);
    WORDS.get(name).map_or(&[], Vec::as_slice)
}

/// A domain that has nothing to do with anybody's business here.
pub(crate) fn stray_domain(rng: &mut Rng) -> String {
    let (one, two) = (*rng.pick(words("stray")), *rng.pick(words("stray")));
    format!("{one}-{two}{}.{}", rng.between(1, 999), rng.pick(&["example", "test"]))
}

/// What a thread is about, and what therefore mostly stays the same in it.
const MATTER: &[&str] = &[
    "room",
    "part",
    "material",
    "drawing",
    "doc",
    "code",
    "trade",
    "event",
    "food",
    "hobby",
    "town",
    "office",
    "order_en",
    "building_en",
    "thing_en",
    "room_en",
    "finish_en",
    "facility",
    "surname",
    "month",
    "place",
];

const TOPIC_FILES: &[&str] = &[
    include_str!("../../texts/correspondence/design.txt"),
    include_str!("../../texts/correspondence/site.txt"),
    include_str!("../../texts/correspondence/people.txt"),
    include_str!("../../texts/correspondence/english.txt"),
];

const WORD_FILES: &[&str] = &[
    include_str!("../../texts/correspondence/words.txt"),
    include_str!("../../texts/correspondence/names.txt"),
    include_str!("../../texts/correspondence/newcomers.txt"),
    include_str!("../../texts/correspondence/lures.txt"),
];

/// Names of the other office of this crate are used too.
const MORE_NAMES: &str = include_str!("../../texts/names.txt");

fn all_words() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut all: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    for file in WORD_FILES {
        for (name, templates) in sections(file) {
            all.entry(name).or_default().extend(templates);
        }
    }
    for topic in TOPIC_FILES.iter().flat_map(|file| file.split("=== ")) {
        if topic.starts_with("words-") {
            all.extend(sections(topic));
        }
    }
    for name in ["surname", "given"] {
        all.entry(name).or_default().extend(section(MORE_NAMES, name));
    }
    all
}

fn parse(file: &'static str) -> impl Iterator<Item = Topic> {
    file.split("=== ").filter_map(|block| {
        let (head, rest) = block.split_once('\n')?;
        let (name, begun) = head.split_once(" | ").filter(|(name, _)| !name.starts_with("words-"))?;
        let begun = match begun {
            "ours" => Begun::Ours,
            "theirs" => Begun::Theirs,
            "internal" => Begun::Internal,
            _ => Begun::Either,
        };
        Some(Topic { name, begun, sections: sections(rest) })
    })
}

fn sections(block: &'static str) -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut all: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    let mut current = "";
    for line in block.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => current = name,
            None if current.is_empty() => {}
            None => all.entry(current).or_default().push(line),
        }
    }
    all
}

/// The choices up to the `>` that closes them, and what follows it.
fn closed(after: &str) -> (Vec<&str>, &str) {
    let mut choices = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in after.char_indices() {
        match c {
            '<' => depth += 1,
            '|' if depth == 0 => {
                choices.push(&after[start..at]);
                start = at + 1;
            }
            '>' if depth == 0 => {
                choices.push(&after[start..at]);
                return (choices, &after[at + 1..]);
            }
            '>' => depth -= 1,
            _ => {}
        }
    }
    (vec![after], "")
}

fn japanese_day(rng: &mut Rng, day: Date) -> String {
    match rng.below(4) {
        0 => format!("{}/{}", day.month(), day.day()),
        1 => format!("{}月{}日", day.month(), day.day()),
        2 => format!("{}日", day.day()),
        _ => short_date(day),
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_template_can_be_filled() {
        let mut pen = Pen::new(Rng::new(1), date(2026, 3, 3).at(9, 0, 0, 0));
        for slot in [
            "project",
            "by",
            "company",
            "sender",
            "old_company",
            "new_company",
            "new_address",
            "new_sender",
            "trade2",
        ] {
            pen.bind(slot, "某");
        }
        let mut count = 0;
        for topic in topics() {
            for template in topic.sections.values().flatten() {
                for _ in 0..20 {
                    let filled = pen.fill(template);
                    assert!(
                        !filled.contains(['<', '>', '{', '}', '|']),
                        "{}: {template} → {filled}",
                        topic.name
                    );
                }
                count += 1;
            }
        }
        assert!(count >= 330, "only {count} building blocks");
        for (name, templates) in all_words() {
            for template in templates {
                let filled = pen.fill(template);
                assert!(!filled.contains(['<', '>', '{', '}', '|']), "{name}: {template} → {filled}");
            }
        }
    }

    #[test]
    fn choices_nest() {
        let mut pen = Pen::new(Rng::new(7), date(2026, 3, 3).at(9, 0, 0, 0));
        let made: std::collections::BTreeSet<String> = (0..60).map(|_| pen.fill("a<b|c<d|e>>f")).collect();
        assert_eq!(made.into_iter().collect::<Vec<_>>(), ["abf", "acdf", "acef"]);
    }
}
