//! Typed values in findings and reasons. Words are made of them only when somebody looks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Text;

/// Named values of a finding.
pub type Arguments = BTreeMap<String, Value>;

/// A value, by who chose it and how it must be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// Text that a stranger chose: isolated, cut, defanged and quoted when shown.
    Foreign(String),
    /// An address or domain that a stranger chose: shown without quotes, but made harmless.
    Address(String),
    /// A link's target: shown defanged.
    Url(String),
    /// Text of our own (a configured name, an id).
    Own(String),
    /// A number.
    Number(u64),
    /// A size in bytes.
    Bytes(u64),
    /// Words of ours that exist in both languages.
    Word(Text),
    /// Several values.
    List(Vec<Value>),
}

/// A stranger's text is kept to this many characters; the design allows evidence no more.
const FOREIGN_CHARS_MAX: usize = 80;

/// At most this many values of a list are kept.
const LIST_MAX: usize = 5;

impl Value {
    /// A stranger's text, cut to 80 characters.
    pub fn foreign(text: &str) -> Self {
        Value::Foreign(cut(text))
    }

    /// A stranger's address or domain, cut to 80 characters.
    pub fn address(text: impl ToString) -> Self {
        Value::Address(cut(&text.to_string()))
    }

    /// A link's target, cut to 80 characters.
    pub fn url(text: &str) -> Self {
        Value::Url(cut(text))
    }

    /// Several values, at most five.
    pub fn list(values: impl IntoIterator<Item = Value>) -> Self {
        Value::List(values.into_iter().take(LIST_MAX).collect())
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(FOREIGN_CHARS_MAX) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}
