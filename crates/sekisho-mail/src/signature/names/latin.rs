//! A Latin line of a signature → the people and organisations that it names.

use super::super::forms::is_form;
use super::super::institutions::is_latin_institution;
use super::super::trades::{is_department, is_trade};
use super::without_brackets;

/// Words of a full name.
const WORDS: std::ops::RangeInclusive<usize> = 2..=4;
/// Words of a full name that stands alone.
const WORDS_ALONE: std::ops::RangeInclusive<usize> = 2..=3;
/// Words of an organisation's name.
const ORGANISATION_WORDS: std::ops::RangeInclusive<usize> = 2..=8;

/// People and organisations, as written: "Nora Field, Brightwater Tools Ltd" has one of each.
pub(super) fn of(line: &str) -> (Vec<String>, Vec<String>) {
    let bare = without_brackets(line);
    let unlabelled = bare.split([':', '：']).next_back().unwrap_or_default();
    // Whoever stands behind a department or a firm is looked at, too; behind any other words nobody is.
    let first = pieces(unlabelled).into_iter().find(|piece| !is_passed_by(piece));
    let person = first.and_then(|piece| person(&piece));
    (person.into_iter().collect(), organisation(line).into_iter().collect())
}

pub(super) fn has_organisation(line: &str) -> bool {
    organisation(line).is_some()
}

pub(super) fn is_calling(line: &str) -> bool {
    let is_role = |word: &str| is_trade(word) || NO_NAMES.contains(&word) || is_department(word);
    !line.is_empty()
        && line.split([' ', ',', '/', '&']).map(bare).all(|word| word.is_empty() || is_role(&word))
}

/// What an organisation is, where it has no legal form.
const KINDS: &[&str] = &[
    "university",
    "foundation",
    "institute",
    "laboratories",
    "bank",
    "hospital",
    "association",
    "office",
    "architects",
    "consulting",
];

/// An organisation in a line: up to its legal form, without the department before it ("Support, Brightwater Tools Ltd").
fn organisation(line: &str) -> Option<String> {
    let first = pieces(line).into_iter().find(|piece| has_form(piece))?;
    let digits = first.chars().filter(char::is_ascii_digit).count();
    let words = first.split_whitespace().count();
    let starts_large = first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    (digits <= 2 && ORGANISATION_WORDS.contains(&words) && starts_large && !is_department(&first))
        .then_some(first)
}

fn has_form(piece: &str) -> bool {
    let words: Vec<String> = piece.split([' ', ',']).map(bare).filter(|word| !word.is_empty()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.iter().skip(1).any(|word| is_form(word) || KINDS.contains(word)) || is_latin_institution(&words)
}

fn is_legal_form(word: &str) -> bool {
    is_form(&bare(word))
}

fn bare(word: &str) -> String {
    word.trim_matches(['.', ',']).to_lowercase()
}

/// What signs divide; a legal form behind a comma belongs to the name before it, and a lone word before a firm's name does, too.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let sides = line
        .split(['|', '/', ';', '•', '·', '・', '\t'])
        .flat_map(|side| side.split(" - "))
        .flat_map(|side| side.split("  "));
    for side in sides {
        let mut is_first = true;
        for part in side.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let is_form = part.split_whitespace().all(is_legal_form);
            match pieces.last_mut().filter(|_| !is_first) {
                Some(before) if is_form || belongs_before(before, part) => {
                    before.push_str(", ");
                    before.push_str(part);
                }
                _ => pieces.push(part.to_owned()),
            }
            is_first = false;
        }
    }
    pieces
}

/// "Smith, Brown & Moore LLP"
fn belongs_before(before: &str, part: &str) -> bool {
    let is_word = before.split_whitespace().count() == 1;
    is_word && part.contains('&') && has_form(part) && !is_department(before)
}

fn is_passed_by(piece: &str) -> bool {
    piece.split_whitespace().count() <= *WORDS.end() && is_nobody(piece) || has_form(piece)
}

/// Whether words are a department's, a role's or a firm's.
fn is_nobody(piece: &str) -> bool {
    let mut words = piece.split_whitespace().map(bare);
    has_form(piece) || words.any(|word| is_trade(&word) || NO_NAMES.contains(&word.as_str()))
}

/// Words that stand in Latin signatures with capitals and are no names.
const NO_NAMES: &[&str] = &[
    "department",
    "division",
    "team",
    "sales",
    "manager",
    "director",
    "engineer",
    "street",
    "avenue",
    "road",
    "floor",
    "tokyo",
    "osaka",
    "japan",
    "building",
    "bldg",
    "tel",
    "fax",
    "phone",
    "mobile",
    "email",
    "mail",
    "web",
    "office",
    "officer",
    "president",
    "chief",
    "head",
    "group",
    "the",
    "and",
    "of",
    "for",
    "from",
    "your",
    "this",
    "support",
    "accounting",
    "marketing",
    "customer",
    "service",
    "suite",
    "regards",
    "thanks",
    "best",
    "sent",
    "please",
    "senior",
    "junior",
    "assistant",
    "general",
    "affairs",
    "dept",
    "research",
    "development",
    "vice",
    "professor",
    "mr",
    "new",
    "york",
    "london",
    "san",
    "united",
    "kingdom",
    "states",
    "software",
    "systems",
    "design",
    "studio",
    "confidential",
    "dear",
    "hi",
    "account",
    "accounts",
    "administrator",
    "analyst",
    "attorney",
    "consultant",
    "coordinator",
    "executive",
    "founder",
    "logistics",
    "operations",
    "paralegal",
    "partner",
    "procurement",
    "project",
    "purchasing",
    "representative",
    "secretary",
    "specialist",
    "supervisor",
    "technician",
    "owner",
    "architect",
    "technologist",
    "editor",
    "researcher",
    "scientist",
    "lecturer",
    "student",
    "programmer",
    "designer",
    "maintainer",
    "freelance",
    "developer",
    "technical",
];

/// Words of good wishes and headings, which stand alone at the end of letters as names do.
const WISHES: &[&str] = &[
    "all",
    "bless",
    "bye",
    "care",
    "christmas",
    "congratulations",
    "day",
    "easter",
    "enclosed",
    "end",
    "enjoy",
    "evening",
    "faithfully",
    "good",
    "goodbye",
    "great",
    "greetings",
    "happy",
    "have",
    "hello",
    "holidays",
    "hong",
    "hope",
    "in",
    "kind",
    "list",
    "luck",
    "many",
    "meeting",
    "merry",
    "message",
    "morning",
    "most",
    "much",
    "my",
    "next",
    "nice",
    "notes",
    "on",
    "our",
    "page",
    "respectfully",
    "safe",
    "season's",
    "see",
    "sincerely",
    "soon",
    "stay",
    "take",
    "thank",
    "to",
    "truly",
    "very",
    "warm",
    "warmest",
    "week",
    "weekend",
    "well",
    "wishes",
    "with",
    "year",
    "you",
    "yours",
    "zealand",
    "draft",
    "unsent",
    "attached",
    "attachment",
    "agenda",
    "minutes",
    "part",
    "annex",
    "appendix",
];

/// Whether a name is surely a person's.
pub(super) fn is_clear(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_wish = |word: &&str| WISHES.contains(&bare(word).as_str());
    let is_written_small = words.iter().any(|word| word.chars().any(char::is_lowercase));
    WORDS_ALONE.contains(&words.len()) && is_written_small && !words.iter().any(is_wish)
}

/// A full name that is all of a piece of a line.
pub(super) fn person(piece: &str) -> Option<String> {
    let first = piece.split(['|', ',', '/', '(', ';']).next().unwrap_or_default();
    let first = first.split(" - ").next().unwrap_or_default().trim();
    let words: Vec<&str> = first.split_whitespace().collect();
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’');
    let is_word = |word: &&str| {
        let bare = word.trim_end_matches('.');
        bare.starts_with(char::is_uppercase) && bare.chars().all(is_letter)
    };
    let long = words.iter().filter(|word| word.chars().count() > 2).count();
    (WORDS.contains(&words.len()) && words.iter().all(is_word) && long >= 1 && !is_nobody(first))
        .then(|| words.join(" "))
}
