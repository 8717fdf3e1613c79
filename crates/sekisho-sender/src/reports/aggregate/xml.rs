//! XML of an aggregate report → the report, record by record. Names count without their namespace and case, unknown elements
//! are passed by, elements closed in the wrong order are closed where they were opened; entities other than the five of XML
//! are never expanded. At a break, what was read before stays.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::record::{AuthResult, Record};
use super::rows::Rows;
use super::{Aggregate, Demand, Disposition, Override};
use crate::reports::limits::{LEVELS_MAX, RANGE_DAYS_MAX, VALUE_BYTES_MAX, WORDS_CHARACTERS_MAX};
use crate::reports::{Doubt, content, cut, day, domain, note};

/// Reads a report, as far as it goes.
pub(in crate::reports) fn read(bytes: &[u8]) -> Aggregate {
    let text = content::text(bytes);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.expand_empty_elements = true;
    let mut reading = Reading::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => reading.open(Tag::of(start.local_name().as_ref())),
            Ok(Event::End(end)) => reading.close(Tag::of(end.local_name().as_ref())),
            Ok(Event::Text(text)) => reading.value(&text),
            Ok(Event::CData(text)) => reading.value(&text),
            Ok(Event::GeneralRef(reference)) => {
                let number = reference.resolve_char_ref().ok().flatten();
                reading.value(&plain_entity(&reference, number));
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => {
                note(&mut reading.report.doubts, Doubt::Broken);
                break;
            }
        }
    }
    reading.finish()
}

/// What one of the five entities of XML, or a number, stands for (XML 1.0 sections 4.1 and 4.6); nothing for others.
fn plain_entity(name: &str, number: Option<char>) -> String {
    if let Some(character) = number {
        return character.to_string();
    }
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}

/// The elements that are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Metadata,
    OrgName,
    Email,
    ReportId,
    DateRange,
    Begin,
    End,
    Published,
    Domain,
    P,
    Sp,
    Pct,
    Testing,
    Record,
    Row,
    SourceIp,
    Count,
    Evaluated,
    Disposition,
    Dkim,
    Spf,
    Reason,
    Type,
    Identifiers,
    HeaderFrom,
    EnvelopeFrom,
    AuthResults,
    Result,
    Feedback,
    Other,
}

/// Names of elements in RFC 7489 appendix C and RFC 9990 appendix A.
const TAGS: &[(&str, Tag)] = &[
    ("feedback", Tag::Feedback),
    ("report_metadata", Tag::Metadata),
    ("org_name", Tag::OrgName),
    ("email", Tag::Email),
    ("report_id", Tag::ReportId),
    ("date_range", Tag::DateRange),
    ("begin", Tag::Begin),
    ("end", Tag::End),
    ("policy_published", Tag::Published),
    ("domain", Tag::Domain),
    ("p", Tag::P),
    ("sp", Tag::Sp),
    ("pct", Tag::Pct),
    ("testing", Tag::Testing),
    ("record", Tag::Record),
    ("row", Tag::Row),
    ("source_ip", Tag::SourceIp),
    ("count", Tag::Count),
    ("policy_evaluated", Tag::Evaluated),
    ("disposition", Tag::Disposition),
    ("dkim", Tag::Dkim),
    ("spf", Tag::Spf),
    ("reason", Tag::Reason),
    ("type", Tag::Type),
    ("identifiers", Tag::Identifiers),
    ("header_from", Tag::HeaderFrom),
    ("envelope_from", Tag::EnvelopeFrom),
    ("auth_results", Tag::AuthResults),
    ("result", Tag::Result),
];

impl Tag {
    fn of(name: &str) -> Self {
        let known = TAGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        known.map_or(Tag::Other, |(_, tag)| *tag)
    }
}

/// A report while it is read.
#[derive(Default)]
struct Reading {
    report: Aggregate,
    rows: Rows,
    /// The elements that are open.
    open: Vec<Tag>,
    /// Open elements beyond those that are followed.
    beyond: usize,
    /// The text of the innermost open element.
    text: String,
    record: Option<Record>,
    result: AuthResult,
    closed: bool,
}

impl Reading {
    fn open(&mut self, tag: Tag) {
        self.text.clear();
        if self.open.len() >= LEVELS_MAX {
            self.beyond += 1;
            return;
        }
        match tag {
            Tag::Record if self.record.is_some() => {
                // The one before was never closed: it counts as far as it goes.
                note(&mut self.report.doubts, Doubt::Broken);
                self.end_record();
                self.record = Some(Record::default());
            }
            Tag::Record => self.record = Some(Record::default()),
            Tag::Dkim | Tag::Spf => self.result = AuthResult::default(),
            _ => {}
        }
        self.open.push(tag);
    }

    fn value(&mut self, text: &str) {
        let room = VALUE_BYTES_MAX.saturating_sub(self.text.len());
        if text.len() <= room {
            self.text.push_str(text);
        } else {
            self.text.extend(text.chars().take(room));
        }
    }

    fn close(&mut self, tag: Tag) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if self.open.last() != Some(&tag) {
            note(&mut self.report.doubts, Doubt::Broken);
            // Closed in the wrong order: everything above the one that is meant ends here; one never opened is nothing.
            let Some(at) = self.open.iter().rposition(|open| *open == tag) else { return };
            self.open.truncate(at + 1);
            self.text.clear();
        }
        self.open.pop();
        let parent = self.open.last().copied().unwrap_or(Tag::Other);
        self.leaf(parent, tag);
        self.text.clear();
    }

    /// Takes what the element `tag` inside `parent` says.
    fn leaf(&mut self, parent: Tag, tag: Tag) {
        let text = self.text.trim().to_owned();
        match (parent, tag) {
            (Tag::Metadata, Tag::OrgName) => self.report.reporter = cut(&text, WORDS_CHARACTERS_MAX),
            (Tag::Metadata, Tag::Email) => self.report.email = cut(&text, WORDS_CHARACTERS_MAX),
            (Tag::Metadata, Tag::ReportId) => self.report.id = text,
            (Tag::DateRange, Tag::Begin) => self.report.begin = seconds(&text),
            (Tag::DateRange, Tag::End) => self.report.end = seconds(&text),
            (Tag::Published, Tag::Domain) => self.report.domain = domain(&text),
            (Tag::Published, Tag::P) => self.report.policy.demand = Demand::of(&text),
            (Tag::Published, Tag::Sp) => self.report.policy.below = Demand::of(&text),
            (Tag::Published, Tag::Testing) => self.report.policy.trial |= text.eq_ignore_ascii_case("y"),
            (Tag::Published, Tag::Pct) => {
                self.report.policy.trial |= text.parse::<u8>().is_ok_and(|percent| percent < 100);
            }
            (_, Tag::Record) => self.end_record(),
            (_, Tag::Feedback) => self.closed = true,
            _ => self.leaf_of_record(parent, tag, &text),
        }
    }

    fn leaf_of_record(&mut self, parent: Tag, tag: Tag, text: &str) {
        let Some(record) = &mut self.record else { return };
        match (parent, tag) {
            (Tag::Row, Tag::SourceIp) => text.clone_into(&mut record.source),
            (Tag::Row, Tag::Count) => record.count = Some(text.to_owned()),
            (Tag::Evaluated, Tag::Disposition) => record.disposition = Disposition::of(text),
            (Tag::Evaluated, Tag::Dkim) => record.dkim = verdict(text),
            (Tag::Evaluated, Tag::Spf) => record.spf = verdict(text),
            (Tag::Reason, Tag::Type) => record.overrides.add(Override::of(text)),
            (Tag::Identifiers, Tag::HeaderFrom) => record.header_from = domain(text),
            (Tag::Identifiers, Tag::EnvelopeFrom) => record.envelope_from = domain(text),
            (Tag::Dkim | Tag::Spf, Tag::Domain) => self.result.domain = domain(text),
            (Tag::Dkim | Tag::Spf, Tag::Result) => self.result.passes = text.eq_ignore_ascii_case("pass"),
            (Tag::AuthResults, Tag::Dkim) => record.add_dkim(std::mem::take(&mut self.result)),
            (Tag::AuthResults, Tag::Spf) => {
                let mut result = std::mem::take(&mut self.result);
                // Some reporters leave out the domain that SPF was asked for: it is that of MAIL FROM.
                if result.domain.is_empty() {
                    result.domain.clone_from(&record.envelope_from);
                }
                record.add_spf(result);
            }
            _ => {}
        }
    }

    fn end_record(&mut self) {
        let Some(mut record) = self.record.take() else { return };
        self.report.records += 1;
        if record.header_from.is_empty() {
            record.header_from.clone_from(&self.report.domain);
        }
        let fate = record.fate(&self.report.domain, &mut self.report.doubts);
        self.rows.add(&record, fate, &mut self.report.doubts);
    }

    fn finish(self) -> Aggregate {
        let Reading { mut report, rows, closed, .. } = self;
        let doubts = &mut report.doubts;
        if !closed {
            note(doubts, Doubt::Broken);
        }
        if report.domain.is_empty() {
            note(doubts, Doubt::DomainMissing);
        }
        let range = report.begin.zip(report.end);
        if range.and_then(|(begin, end)| day::days(begin, end, RANGE_DAYS_MAX)).is_none() {
            note(doubts, Doubt::RangeOdd);
        }
        report.rows = rows.finish();
        report
    }
}

/// Seconds since 1970. Some reporters write a fraction.
fn seconds(text: &str) -> Option<i64> {
    text.split('.').next()?.parse().ok()
}

/// `pass` or not; nothing where nothing is written.
fn verdict(text: &str) -> Option<bool> {
    (!text.is_empty()).then(|| text.eq_ignore_ascii_case("pass"))
}

#[cfg(test)]
mod tests;
