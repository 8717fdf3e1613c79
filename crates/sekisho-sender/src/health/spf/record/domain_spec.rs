//! A domain-spec → a name, or a name that macros make for each mail (RFC 7208 sections 7.1 and 12).

use super::Why;

/// A name in a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DomainSpec {
    /// Always the same, in lower case.
    Name(String),
    /// Made of the mail's sender or client: it cannot be asked about beforehand.
    Macro(String),
}

/// Letters that stand for something; `c`, `r` and `t` only in explanations.
const LETTERS: &str = "slodipvhSLODIPVH";

/// What may split a macro's value.
const DELIMITERS: &str = ".-+,/_=";

impl DomainSpec {
    pub(super) fn parse(text: &str) -> Result<Self, Why> {
        check_macros(text)?;
        if text.contains('%') {
            // It ends in a macro, or in a top label like any other name.
            let ends_in_macro =
                text.ends_with('}') || text.ends_with("%%") || text.ends_with("%_") || text.ends_with("%-");
            let ends_in_label = text.rsplit_once('.').is_some_and(|(_, label)| is_top_label(label));
            return if ends_in_macro || ends_in_label {
                Ok(Self::Macro(text.to_owned()))
            } else {
                Err(Why::Domain)
            };
        }
        let name = text.strip_suffix('.').unwrap_or(text);
        let top_is_fine = name.rsplit_once('.').is_some_and(|(_, top)| is_top_label(top));
        let labels_fit = name.split('.').all(|label| !label.is_empty() && label.len() <= 63);
        if top_is_fine && labels_fit && name.len() <= 253 && !name.contains(['/', ':', '@', ',', ';', '"']) {
            Ok(Self::Name(name.to_ascii_lowercase()))
        } else {
            Err(Why::Domain)
        }
    }

    /// The name, where it is always the same.
    pub fn fixed(&self) -> Option<&str> {
        match self {
            DomainSpec::Name(name) => Some(name),
            DomainSpec::Macro(_) => None,
        }
    }

    /// As written.
    pub fn text(&self) -> &str {
        match self {
            DomainSpec::Name(text) | DomainSpec::Macro(text) => text,
        }
    }
}

/// Whether every `%` begins a macro.
pub(super) fn check_macros(text: &str) -> Result<(), Why> {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('%') {
        rest = match after.as_bytes().first() {
            Some(b'%' | b'_' | b'-') => after.get(1..).unwrap_or_default(),
            Some(b'{') => {
                let (inside, behind) =
                    after.get(1..).and_then(|text| text.split_once('}')).ok_or(Why::Macro)?;
                if !is_macro(inside) {
                    return Err(Why::Macro);
                }
                behind
            }
            _ => return Err(Why::Macro),
        };
    }
    Ok(())
}

/// A letter, digits (not 0), `r`, delimiters.
fn is_macro(inside: &str) -> bool {
    let Some(rest) = inside.strip_prefix(|c| LETTERS.contains(c)) else { return false };
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.strip_suffix(behind).unwrap_or_default();
    let zero = !digits.is_empty() && digits.bytes().all(|digit| digit == b'0');
    let behind = behind.strip_prefix(['r', 'R']).unwrap_or(behind);
    !zero && behind.chars().all(|c| DELIMITERS.contains(c))
}

/// Letters, digits and inner hyphens, not all digits.
fn is_top_label(label: &str) -> bool {
    let characters = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    characters
        && !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && !label.bytes().all(|byte| byte.is_ascii_digit())
}
