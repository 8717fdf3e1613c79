//! Policy text → rules. What is not known is refused with file, line and the nearest name.

use serde::Deserialize;
use thiserror::Error;
use toml::Spanned;

use super::rule::{Action, AtLeast, Condition, Rule, Wanted};
use crate::{Grade, Text, nearest::nearest};

/// Why a policy was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}: {what}")]
pub struct PolicyError {
    /// The file, as given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, the value seen and the way out.
    pub what: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Spanned<RawRule>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: String,
    #[serde(default)]
    all: Vec<Spanned<String>>,
    #[serde(default)]
    any: Vec<Spanned<String>>,
    #[serde(default)]
    none: Vec<Spanned<String>>,
    at_least: Option<RawAtLeast>,
    action: Option<Action>,
    strict: Option<Action>,
    reason: Option<RawReason>,
    #[serde(default)]
    off: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAtLeast {
    count: usize,
    of: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReason {
    ja: String,
    en: String,
}

/// Reads the rules of one file.
pub(super) fn parse(file: &str, text: &str) -> Result<Vec<Rule>, PolicyError> {
    let place = Place { file, text };
    let raw: File = toml::from_str(text).map_err(|error| {
        place.error(error.span().map_or(0, |span| span.start), error.message().to_owned())
    })?;
    raw.rule.into_iter().map(|rule| place.rule(rule)).collect()
}

/// Where errors are told from.
struct Place<'a> {
    file: &'a str,
    text: &'a str,
}

impl Place<'_> {
    fn error(&self, at: usize, what: String) -> PolicyError {
        let line = self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        PolicyError { file: self.file.to_owned(), line, what }
    }

    fn rule(&self, raw: Spanned<RawRule>) -> Result<Rule, PolicyError> {
        let at = raw.span().start;
        let raw = raw.into_inner();
        let missing =
            |key: &str| self.error(at, format!("rule \"{}\" has no {key}; give one, or off = true", raw.id));
        let condition = Condition {
            all: self.wanted(&raw.all)?,
            any: self.wanted(&raw.any)?,
            none: self.wanted(&raw.none)?,
            at_least: match &raw.at_least {
                Some(least) => Some(AtLeast { count: least.count, of: self.wanted(&least.of)? }),
                None => None,
            },
        };
        if raw.off {
            return Ok(Rule {
                id: raw.id,
                condition,
                action: Action::Deliver,
                strict: None,
                reason: Text::new("", ""),
                off: true,
            });
        }
        if condition.all.is_empty() && condition.any.is_empty() && condition.at_least.is_none() {
            return Err(missing("condition (all, any or at_least)"));
        }
        let action = raw.action.ok_or_else(|| missing("action (deliver, warn, hold or reject)"))?;
        let reason = raw.reason.as_ref().ok_or_else(|| missing("reason (ja and en)"))?;
        let reason = Text { ja: reason.ja.clone().into(), en: reason.en.clone().into() };
        Ok(Rule { id: raw.id.clone(), condition, action, strict: raw.strict, reason, off: false })
    }

    fn wanted(&self, ids: &[Spanned<String>]) -> Result<Vec<Wanted>, PolicyError> {
        ids.iter().map(|id| self.one_wanted(id)).collect()
    }

    fn one_wanted(&self, id: &Spanned<String>) -> Result<Wanted, PolicyError> {
        let at = id.span().start;
        let (name, grade) = id.get_ref().split_once('@').unwrap_or((id.get_ref(), "weak"));
        let grade_min = match grade {
            "info" => Grade::Info,
            "weak" => Grade::Weak,
            "strong" => Grade::Strong,
            other => {
                return Err(self.error(at, format!("unknown grade \"{other}\"; write info, weak or strong")));
            }
        };
        if crate::check(name).is_none() {
            let known = crate::ALL.iter().map(|registered| registered.id);
            let hint =
                nearest(name, known).map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
            return Err(self.error(at, format!("unknown check \"{name}\"{hint}")));
        }
        Ok(Wanted { id: name.to_owned(), grade_min })
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn errors_name_file_line_value_and_way_out() {
        for (text, wanted) in [
            (
                "[[rule]]\nid = \"a\"\nany = [\"several-form\"]\naction = \"hold\"\n",
                "policy.toml:3: unknown check \"several-form\"; did you mean \"several-from\"?",
            ),
            (
                "[[rule]]\nid = \"a\"\nany = [\"several-from@loud\"]\n",
                "policy.toml:3: unknown grade \"loud\"; write info, weak or strong",
            ),
            ("[[rule]]\nid = \"a\"\nany = [\"several-from\"]\n", "policy.toml:1: rule \"a\" has no action"),
            ("[[rule]]\nid = \"a\"\naction = \"hold\"\n", "policy.toml:1: rule \"a\" has no condition"),
            ("[[rule]]\nid = \"a\"\nwhen = 1\n", "policy.toml:3: unknown field `when`"),
            ("[[rule]\n", "policy.toml:1: "),
        ] {
            let error = parse("policy.toml", text).unwrap_err().to_string();
            assert!(error.starts_with(wanted), "{error}");
        }
    }
}
