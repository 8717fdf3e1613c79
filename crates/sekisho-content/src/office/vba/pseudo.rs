//! Compiled code against source. Office runs the compiled code where the version fits, whatever the source says; a
//! source that was emptied or replaced ("stomped") leaves the names and strings of what runs.

use super::project::Project;

/// Names and strings of the compiled code, one a line as source of their own, where the sources have no code although
/// the compiled code is there; else empty.
pub(super) fn missing_from_source(project: &Project) -> String {
    let compiled: usize = project.modules.iter().map(|module| module.cache.len()).sum();
    let has_code = project.modules.iter().any(|module| module.source.lines().any(is_code));
    if has_code || compiled < COMPILED_BYTES_MIN {
        return String::new();
    }
    let mut text = String::new();
    for word in runs(&project.identifiers) {
        if word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            // As a procedure, if its name is one that starts, and as a call.
            text.push_str(&format!("Sub {word}()\n{word} (x)\n"));
        }
    }
    for word in project.modules.iter().flat_map(|module| runs(&module.cache)) {
        text.push_str(&format!("x = \"{}\"\n", word.replace('"', "\"\"")));
    }
    text
}

/// An empty module of a document compiles to about this much.
const COMPILED_BYTES_MIN: usize = 1500;

fn is_code(line: &str) -> bool {
    let line = line.trim();
    !(line.is_empty()
        || line.starts_with('\'')
        || line.starts_with("Attribute ")
        || line.starts_with("Option "))
}

/// Runs of at least four printable ASCII characters, at most `RUNS_MAX` of them.
fn runs(bytes: &[u8]) -> impl Iterator<Item = String> + '_ {
    const RUNS_MAX: usize = 10_000;
    bytes
        .split(|byte| !matches!(byte, 0x20..=0x7e))
        .filter(|run| run.len() >= 4)
        .take(RUNS_MAX)
        .map(|run| String::from_utf8_lossy(run).into_owned())
}
