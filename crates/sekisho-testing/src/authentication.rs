//! Suites of authentication that others wrote (`make data`) → cases passed and missed.
//!
//! SPF: the suites of RFC 4408 and RFC 7208. DKIM and ARC: the mails of dkimpy and mail-auth with their keys.

mod signatures;
mod spf;
mod suite;

use std::path::{Path, PathBuf};

pub use signatures::{Signed, signed};
pub use spf::spf;

/// One case of a suite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its name in the suite.
    pub name: String,
    /// The results that the suite allows.
    pub expected: Vec<String>,
    /// What was found.
    pub found: String,
}

impl Case {
    /// Whether the result is one that the suite allows.
    pub fn is_passed(&self) -> bool {
        self.expected.contains(&self.found)
    }
}

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(path)
}

/// A file of the data sets, or a word about what is missing.
fn bytes(path: &str) -> Result<Vec<u8>, String> {
    std::fs::read(data(path)).map_err(|error| format!("{path}: {error} (make data)"))
}

/// The word of a result.
fn word(outcome: sekisho_facts::Outcome) -> String {
    serde_json::to_value(outcome).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
