//! A table of an address book (CSV, RFC 4180) → entries: Outlook's and Google's exports in English and Japanese, Thunderbird's, and plain lists.
//!
//! Columns are known by their headings; an address is taken wherever one stands, since every program calls those columns otherwise.

use csv::{Position, StringRecord};

use super::book::Entry;
use super::quotes::{self, Unclosed};

/// What a table holds.
#[derive(Debug, Default)]
pub struct Table {
    /// Its entries.
    pub entries: Vec<Entry>,
    /// Lines in which no entry can be told from the next.
    pub unclosed: Vec<Unclosed>,
    /// Whether a column has a heading that is known.
    pub has_headings: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Shown,
    /// A name that programs make of address and name; used where there is no other.
    ShownInMail,
    Family,
    Given,
    Organisation,
    Other,
}

const HEADINGS: &[(Column, &[&str])] = &[
    (
        Column::Shown,
        &[
            "name",
            "displayname",
            "fullname",
            "表示名",
            "名前",
            "氏名",
            "お名前",
            "担当者",
            "担当者名",
            "連絡先",
            "表題",
            "フルネーム",
        ],
    ),
    (Column::ShownInMail, &["e-maildisplayname", "emaildisplayname", "電子メール表示名", "メール表示名"]),
    (Column::Family, &["lastname", "familyname", "surname", "姓", "名字", "苗字"]),
    (Column::Given, &["firstname", "givenname", "名"]),
    (
        Column::Organisation,
        &[
            "company",
            "organization",
            "organisation",
            "organizationname",
            "organization1-name",
            "会社名",
            "会社",
            "勤務先",
            "組織",
            "組織名",
            "団体名",
            "取引先",
            "取引先名",
            "法人名",
        ],
    ),
];

/// Reads a table; `None` where it has no column of addresses.
pub fn read(text: &str) -> Option<Table> {
    let delimiter = delimiter(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut columns: Option<Vec<Column>> = None;
    let mut table = Table::default();
    let mut record = StringRecord::new();
    loop {
        let from = reader.position().clone();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => continue,
        }
        if let Some(unclosed) =
            quotes::unclosed(between(text, &from, reader.position()), from.line(), delimiter)
        {
            table.unclosed.push(unclosed);
            continue;
        }
        // Without headings the first cell that is no address is the name.
        let is_heading = columns.is_none() && !record.iter().any(|cell| cell.contains('@'));
        let fresh = || if is_heading { record.iter().map(column).collect() } else { Vec::new() };
        let columns = columns.get_or_insert_with(fresh);
        if !is_heading {
            table.entries.push(entry(&record, columns));
        }
    }
    let columns = columns.unwrap_or_default();
    table.has_headings = is_headed(&columns);
    let has_addresses = table.entries.iter().any(|entry| !entry.addresses.is_empty());
    // Nobody is in an address book of which only the headings are there; one word alone is no heading.
    let is_empty = columns.len() > 1 && table.entries.iter().all(|entry| *entry == Entry::default());
    let is_book = has_addresses || table.has_headings && (is_empty || !table.unclosed.is_empty());
    is_book.then_some(table)
}

/// A record as it is written.
fn between<'a>(text: &'a str, from: &Position, to: &Position) -> &'a str {
    let at = |position: &Position| usize::try_from(position.byte()).unwrap_or(usize::MAX);
    text.get(at(from)..at(to)).unwrap_or_default()
}

/// Whether a column's heading is known.
fn is_headed(columns: &[Column]) -> bool {
    columns.iter().any(|column| *column != Column::Other)
}

fn entry(record: &StringRecord, columns: &[Column]) -> Entry {
    let is_list = !is_headed(columns) && record.len() == 1;
    let mut entry = Entry::default();
    let mut shown_in_mail = String::new();
    for (at, cell) in record.iter().enumerate() {
        let cell = cell.trim();
        match columns.get(at) {
            Some(Column::Shown) if entry.shown.is_empty() && !cell.contains('@') => {
                entry.shown = cell.to_owned()
            }
            Some(Column::ShownInMail) if shown_in_mail.is_empty() => shown_in_mail = cell.to_owned(),
            Some(Column::Family) => entry.family = cell.to_owned(),
            Some(Column::Given) => entry.given = cell.to_owned(),
            Some(Column::Organisation) if entry.organisation.is_empty() => {
                entry.organisation = cell.to_owned()
            }
            None if columns.is_empty() && entry.shown.is_empty() && !cell.contains('@') => {
                entry.shown = cell.to_owned()
            }
            // That is a Message-ID's form: in a list that people keep, a name stands before an address in angle brackets.
            _ if is_list && cell.starts_with('<') => {}
            _ => entry.add_addresses(cell),
        }
    }
    if entry.shown.is_empty() && entry.family.is_empty() && entry.given.is_empty() {
        entry.shown = shown_in_mail;
    }
    entry
}

fn column(heading: &str) -> Column {
    let folded: String = heading
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{feff}' && *c != '_')
        .flat_map(char::to_lowercase)
        .collect();
    let known = HEADINGS.iter().find(|(_, names)| names.contains(&folded.as_str()));
    known.map_or(Column::Other, |(column, _)| *column)
}

/// The sign that divides the cells of the first line most often.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: u8| first.bytes().filter(|byte| *byte == sign).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}
