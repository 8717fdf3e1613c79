//! Firms' names in Latin letters: told from the people and departments beside them.

use sekisho_mail::{is_department, is_trade};

use super::forms::{around_form, is_form, touches};
use super::organisation::folded;

/// A name in Latin letters without the firms and departments that commas divide from it: "Nora Field, Brightwater Tools Ltd". Nothing is
/// left of a firm's name.
pub(super) fn without_firms(name: &str) -> String {
    if name.contains(|c| c >= '\u{3040}') {
        return name.to_owned();
    }
    let parts: Vec<&str> = name.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_firms = |at: usize| {
        let part = parts.get(at).copied().unwrap_or_default();
        let is_continued = parts.get(at + 1).is_some_and(|next| is_form_alone(next));
        is_firm(part) || is_form_alone(part) || is_continued || is_department(part)
    };
    let kept = parts.iter().enumerate().filter(|(at, _)| !is_firms(*at));
    kept.map(|(_, part)| *part).collect::<Vec<&str>>().join(" ")
}

/// Whether words in Latin letters are a firm's name: by a legal form behind it, a trade in it, or several partners' names.
fn is_firm(part: &str) -> bool {
    let words: Vec<String> = part.split_whitespace().map(bare_word).collect();
    let has_form = words.iter().skip(1).any(|word| is_form(word));
    has_form || words.iter().any(|word| is_trade(word) || word == "&" || word == "and")
}

fn is_form_alone(part: &str) -> bool {
    part.split_whitespace().map(bare_word).all(|word| is_form(&word))
}

fn bare_word(word: &str) -> String {
    word.trim_matches(',').to_lowercase().replace('.', "")
}

/// "Support, Brightwater Tools Ltd" → "Brightwater Tools Ltd"; what stands before a firm that bears its form itself is a department or
/// somebody who works there. "Smith, Field & Moore LLP" stays: one word is no full name.
pub(super) fn behind_departments(folded: &str) -> String {
    let mut parts: Vec<&str> = folded.split(',').collect();
    let bears_form = |part: &str| part.split_whitespace().map(bare_word).skip(1).any(|word| is_form(&word));
    let stands_before = |part: &str| part.split_whitespace().count() > 1 || is_department(part);
    while let [first, rest @ ..] = parts.as_slice()
        && stands_before(first)
        && rest.iter().any(|part| bears_form(part))
    {
        parts = rest.to_vec();
    }
    parts.join(",")
}

/// Whether a Japanese legal form stands beside a name in Latin letters: the firm's, and nobody's (「株式会社 Acme Forge」).
pub(super) fn has_form_beside_latin(name: &str) -> bool {
    let folded = folded(name);
    let Some((before, after)) = around_form(&folded, |form| !form.is_ascii() || form.starts_with('(')) else {
        return false;
    };
    let beside = if touches(before) || after.trim().is_empty() {
        before.trim_end().chars().next_back()
    } else {
        after.trim_start().chars().next()
    };
    beside.is_some_and(|c| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use crate::NameKey;

    #[test]
    fn a_department_before_a_firm_is_no_part_of_it() {
        for (name, expected) in [
            ("Support, Brightwater Tools Ltd", "brightwatertools"),
            ("Customer Service, Brightwater Tools Co., Ltd.", "brightwatertools"),
            ("Nora Field, Brightwater Tools Ltd", "brightwatertools"),
            ("Brightwater Tools, Inc.", "brightwatertools"),
            ("Smith, Field & Moore LLP", "smithfieldmoore"),
            ("Acme Tools 株式会社", "acmetools"),
            ("㈱Acme Tools 営業部", "acmetools"),
            ("株式会社ACMEX Hanako Sato", "acmex"),
        ] {
            let found = NameKey::organisation(name);
            assert_eq!(found.as_ref().map(NameKey::spelling), Some(expected), "{name}");
        }
        let long = "Oakfield Precision Turned Parts Ltd";
        let key = NameKey::organisation(long).unwrap();
        assert!(NameKey::organisations_in(long).contains(&key.spelling().to_owned()));
    }
}
