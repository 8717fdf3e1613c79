//! `Authentication-Results` → who says it, and each method's result with its properties (RFC 8601 section 2.2), as mail
//! servers really write it: without authserv-id, with the receiver's domain between the results, with words of their own.

use serde::{Deserialize, Serialize};

use super::scan::{Scanner, start_of};
use crate::words;

/// Results kept of one field: DKIM gives one a signature.
const RESULTS_MAX: usize = 100;
/// Properties kept of one result. Real ones have up to eight.
const PROPERTIES_MAX: usize = 40;
/// Names kept that may be meant as the id.
const ID_READINGS_MAX: usize = 20;
/// Bytes of a field in which an id is looked for.
const ID_BYTES_MAX: usize = 1024;

/// One `Authentication-Results` field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticationResults {
    /// The authserv-id as written, without quotes; `None` where the field begins with a result.
    pub id: Option<String>,
    /// Everything before the first `=`, as written, that a careless program could take for the id: comments and encoded
    /// words included.
    pub id_readings: Vec<String>,
    /// The version behind the id, where one is given.
    pub version: Option<String>,
    /// The results in order; none where it says `none`.
    pub results: Vec<MethodResult>,
}

/// One method's result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodResult {
    /// The method.
    pub method: Method,
    /// The result.
    pub result: ResultWord,
    /// The reason given, or empty.
    pub reason: String,
    /// What stands in comments, in order.
    pub comments: Vec<String>,
    /// What the result is about, in order.
    pub properties: Vec<Property>,
}

/// `ptype.property=value`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// `smtp`, `header`, `body`, `policy`, … in lower case; empty for words without one (`action=none`).
    pub ptype: String,
    /// The property in lower case.
    pub name: String,
    /// The value without quotes, as written.
    pub value: String,
}

/// A method of RFC 8601 section 2.7, of its registry, or of one vendor.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Method {
    /// SPF (RFC 7208).
    Spf,
    /// DKIM (RFC 6376).
    Dkim,
    /// DMARC (RFC 9989, RFC 7489).
    Dmarc,
    /// ARC (RFC 8617).
    Arc,
    /// The name of the client's address (RFC 8601 section 2.7.3).
    Iprev,
    /// SMTP AUTH (RFC 4954).
    Auth,
    /// Any other, in lower case.
    Other(String),
}

/// A result word, as it is registered or commonly written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ResultWord {
    /// Nothing published or signed.
    None,
    /// It is who it claims.
    Pass,
    /// It is not (`hardfail` of RFC 5451 too).
    Fail,
    /// It probably is not.
    Softfail,
    /// Not said, or not usable.
    Neutral,
    /// Good, but not acceptable to the host's own policy.
    Policy,
    /// Could not be found out now (`error` and `temp error` of old programs too).
    Temperror,
    /// Cannot be found out.
    Permerror,
    /// Any other word, in lower case (`bestguesspass`).
    Other(String),
}

impl AuthenticationResults {
    /// Parses an unfolded value.
    pub fn parse(raw: &[u8]) -> Self {
        let (text, is_cut) = start_of(raw);
        let mut scanner = Scanner::new(&text, is_cut);
        let mut field = Self { id_readings: id_readings(raw), ..Self::default() };
        let mut open = None;
        field.head(&mut scanner, &mut open);
        let mut comments = Vec::new();
        loop {
            scanner
                .space(open.as_mut().map_or(&mut comments, |result: &mut MethodResult| &mut result.comments));
            if scanner.eat(';') {
                field.close(&mut open);
            } else if scanner.peek().is_none() || field.results.len() >= RESULTS_MAX {
                break;
            } else {
                field.pair(&mut scanner, &mut open);
            }
        }
        field.close(&mut open);
        field
    }

    /// The results of one method.
    pub fn of(&self, method: &Method) -> impl Iterator<Item = &MethodResult> {
        self.results.iter().filter(move |result| result.method == *method)
    }

    /// The id and its version; or the first pair, where there is no id.
    fn head(&mut self, scanner: &mut Scanner<'_>, open: &mut Option<MethodResult>) {
        let mut comments = Vec::new();
        scanner.space(&mut comments);
        let word = scanner.word(Some('='));
        scanner.space(&mut comments);
        if scanner.eat('=') {
            scanner.space(&mut comments);
            self.take(&word, scanner.word(None), open);
            return;
        }
        if !word.is_empty() {
            self.id = Some(word);
        }
        let is_version = scanner.peek().is_some_and(|c| c.is_ascii_digit());
        if is_version {
            self.version = Some(scanner.word(Some('='))).filter(|version| !version.is_empty());
        }
    }

    /// `name=value`, or a word that stands alone.
    fn pair(&mut self, scanner: &mut Scanner<'_>, open: &mut Option<MethodResult>) {
        let mut comments = Vec::new();
        let mut name = scanner.word(Some('='));
        scanner.space(&mut comments);
        // `dkim / 1` and `policy . expired`, which the standard allows.
        for mark in ['/', '.'] {
            if scanner.eat(mark) {
                scanner.space(&mut comments);
                name = format!("{name}{mark}{}", scanner.word(Some('=')));
                scanner.space(&mut comments);
            }
        }
        if scanner.eat('=') {
            scanner.space(&mut comments);
            let value = scanner.word(None);
            self.take(&name, value, open);
        }
        if let Some(result) = open {
            result.comments.extend(comments);
        }
    }

    /// The first pair between two `;` is a method's result, the others are about it.
    fn take(&mut self, name: &str, value: String, open: &mut Option<MethodResult>) {
        let name = name.to_ascii_lowercase();
        let Some(result) = open else {
            if name.contains('.') {
                // Yahoo! JAPAN ends the result before its only property.
                if let Some(result) = self.results.last_mut().filter(|result| result.properties.is_empty()) {
                    result.push(&name, value);
                }
            } else if !name.is_empty() {
                let method = Method::of(name.split('/').next().unwrap_or_default());
                let result = ResultWord::of(&value);
                *open = Some(MethodResult {
                    method,
                    result,
                    reason: String::new(),
                    comments: Vec::new(),
                    properties: Vec::new(),
                });
            }
            return;
        };
        if name == "reason" {
            result.reason = value;
        } else {
            result.push(&name, value);
        }
    }

    fn close(&mut self, open: &mut Option<MethodResult>) {
        self.results.extend(open.take());
    }
}

impl MethodResult {
    /// The value of the first property `name` (`header.d`), where it is not empty.
    pub fn property(&self, name: &str) -> Option<&str> {
        let (ptype, name) = name.split_once('.').unwrap_or(("", name));
        let found =
            self.properties.iter().find(|property| property.ptype == ptype && property.name == name)?;
        Some(found.value.as_str()).filter(|value| !value.is_empty())
    }

    fn push(&mut self, name: &str, value: String) {
        if self.properties.len() < PROPERTIES_MAX {
            let (ptype, name) = name.split_once('.').unwrap_or(("", name));
            self.properties.push(Property { ptype: ptype.to_owned(), name: name.to_owned(), value });
        }
    }

    /// The value of `name=value` in a comment (`p=reject` in `(p=reject dis=none)`), in lower case.
    pub fn comment_value(&self, name: &str) -> Option<String> {
        let pairs = self.comments.iter().flat_map(|comment| comment.split([' ', ',', ';', '\t']));
        let mut values = pairs.filter_map(|pair| {
            let (given, value) = pair.split_once('=')?;
            given.eq_ignore_ascii_case(name).then(|| value.trim_matches('"').to_ascii_lowercase())
        });
        values.find(|value| !value.is_empty())
    }
}

impl Method {
    /// The method of this name.
    fn of(name: &str) -> Self {
        match name {
            "spf" => Method::Spf,
            "dkim" => Method::Dkim,
            "dmarc" => Method::Dmarc,
            "arc" => Method::Arc,
            "iprev" => Method::Iprev,
            "auth" => Method::Auth,
            other => Method::Other(other.to_owned()),
        }
    }

    /// The name as it is registered.
    pub fn name(&self) -> &str {
        match self {
            Method::Spf => "spf",
            Method::Dkim => "dkim",
            Method::Dmarc => "dmarc",
            Method::Arc => "arc",
            Method::Iprev => "iprev",
            Method::Auth => "auth",
            Method::Other(name) => name,
        }
    }
}

impl ResultWord {
    /// The result of this word, in any case.
    pub(super) fn of(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "none" => ResultWord::None,
            "pass" => ResultWord::Pass,
            "fail" | "hardfail" | "hard_fail" => ResultWord::Fail,
            "softfail" | "soft_fail" => ResultWord::Softfail,
            "neutral" => ResultWord::Neutral,
            "policy" => ResultWord::Policy,
            "temperror" | "error" | "tempfail" => ResultWord::Temperror,
            "permerror" | "permfail" => ResultWord::Permerror,
            other => ResultWord::Other(other.to_owned()),
        }
    }
}

/// Names before the first `=`, in comments, quotes and encoded words as well.
fn id_readings(raw: &[u8]) -> Vec<String> {
    let start = raw.get(..ID_BYTES_MAX).unwrap_or(raw);
    let decoded = words::decode(start, &mut Vec::new());
    let before = decoded.split('=').next().unwrap_or_default();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '。' | '．' | '｡');
    let names = before.split(|c| !is_name(c)).filter(|name| !name.is_empty());
    names.take(ID_READINGS_MAX).map(str::to_owned).collect()
}
