//! One check's result, and the place where checks put them.

use serde::{Deserialize, Serialize};

use crate::check::{Grade, Registered};
use crate::{Arguments, Lang, Value, words};

/// What one check found at one place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The check's id.
    pub id: String,
    /// How much it weighs here.
    pub grade: Grade,
    /// The part it stands in, where it stands in one.
    pub part: Option<String>,
    /// The values that were compared.
    pub arguments: Arguments,
}

impl Finding {
    /// The finding in a sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        match crate::check(&self.id) {
            Some(registered) => words::render(lang.of(&registered.check.says), &self.arguments, lang),
            None => self.id.clone(),
        }
    }

    /// What was found, in a few words.
    pub fn title(&self, lang: Lang) -> String {
        crate::check(&self.id)
            .map_or_else(|| self.id.clone(), |registered| lang.of(&registered.check.title).to_owned())
    }
}

/// Findings of one check are cut to this many: a mail with a thousand bad links is told with a few of them.
const FINDINGS_A_CHECK_MAX: usize = 10;

/// Where a running check puts what it finds.
pub struct Found {
    id: &'static str,
    grade: Grade,
    grade_max: Grade,
    findings: Vec<Finding>,
}

impl Found {
    /// An empty place for one check; `grade_max` bounds the grade (a list past its date).
    pub(crate) fn new(registered: &Registered, grade_max: Grade) -> Self {
        Self { id: registered.id, grade: registered.check.grade, grade_max, findings: Vec::new() }
    }

    /// Adds a finding of the check's own grade, with the values compared.
    pub fn add<const N: usize>(&mut self, part: Option<&str>, arguments: [(&str, Value); N]) {
        self.add_graded(self.grade, part, arguments);
    }

    /// Adds a finding of another grade.
    pub fn add_graded<const N: usize>(
        &mut self,
        grade: Grade,
        part: Option<&str>,
        arguments: [(&str, Value); N],
    ) {
        let finding = Finding {
            id: self.id.to_owned(),
            grade: grade.min(self.grade_max),
            part: part.map(str::to_owned),
            arguments: arguments.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        };
        if self.findings.len() < FINDINGS_A_CHECK_MAX && !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// What was found.
    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}
