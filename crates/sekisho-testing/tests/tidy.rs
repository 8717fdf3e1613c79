//! The repository's own manners, over everything that git tracks: sizes, headers, names, and what must not be named.
//!
//! Functions over 70 lines are clippy's to find (`clippy.toml`). A list of exemptions here may only get shorter.

use std::path::{Path, PathBuf};
use std::process::Command;

/// No file that people write and read has more lines. Data (lists, sample mails, snapshots) may.
const LINES_MAX: usize = 800;

/// The median of all Rust files stays below this.
const LINES_MEDIAN_MAX: usize = 200;

/// Files over [`LINES_MAX`] that nobody has split yet. Take entries out; never put one in.
const TOO_LONG_STILL: &[&str] = &[];

/// Names that say nothing of what is inside.
const EMPTY_NAMES: &[&str] = &["util", "utils", "misc", "common", "helper", "helpers"];

/// Unfinished work. Written in two halves, so that this file does not find itself.
const UNFINISHED: &[&str] = &[
    concat!("to", "do!("),
    concat!("un", "implemented!("),
    concat!("FIX", "ME"),
    concat!("TO", "DO:"),
    concat!("TO", "DO("),
];

/// Folders of somebody's machine. A path in the repository is relative, or below the reader's own home.
const MACHINE_PATHS: &[&str] = &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];

/// Package registries' hosts: which one is asked is the reader's configuration, not ours.
const REGISTRY_HOSTS: &[&str] = &[
    concat!("deb.", "debian.org"),
    concat!("snapshot.", "debian.org"),
    concat!("registry.", "npmjs.org"),
    concat!("pypi", ".org"),
    concat!("files.", "pythonhosted.org"),
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
];

#[test]
fn no_written_file_is_too_long() {
    let too_long = |file: &Tracked| file.is_written() && file.lines().count() > LINES_MAX;
    complain(tracked().iter().filter(|file| too_long(file)).filter_map(|file| {
        let exempt = TOO_LONG_STILL.contains(&file.path.as_str());
        (!exempt).then(|| format!("{}: over {LINES_MAX} lines; split it where its subject splits", file.path))
    }));
}

#[test]
fn exemptions_only_shrink() {
    let files = tracked();
    complain(TOO_LONG_STILL.iter().filter_map(|exempt| {
        let still = files.iter().any(|file| file.path == **exempt && file.lines().count() > LINES_MAX);
        (!still).then(|| format!("{exempt}: no longer too long; take it off the list"))
    }));
}

#[test]
fn rust_files_are_short_by_median() {
    let mut lengths: Vec<usize> =
        tracked().iter().filter(|file| file.is("rs")).map(|file| file.lines().count()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(
        median < LINES_MEDIAN_MAX,
        "the median Rust file has {median} lines; the limit is {LINES_MEDIAN_MAX}"
    );
}

#[test]
fn rust_files_begin_by_saying_what_they_are() {
    complain(
        tracked()
            .iter()
            .filter(|file| file.is("rs") && !file.text.starts_with("//! "))
            .map(|file| format!("{}:1: does not begin with `//! ` and what it turns into what", file.path)),
    );
}

#[test]
fn nothing_is_left_unfinished() {
    complain(tracked().iter().filter(|file| file.is("rs") || file.is("sh") || file.is("py")).flat_map(
        |file| file.lines_with(|line| UNFINISHED.iter().any(|mark| line.contains(mark)), "unfinished work"),
    ));
}

#[test]
fn no_line_ends_in_white_space() {
    // A lone `-- ` is the mark above a mail's signature (RFC 3676, section 4.3) and means something in its test.
    let trails = |line: &str| line != "-- " && line.trim_end_matches([' ', '\t']) != line;
    complain(
        tracked()
            .iter()
            .filter(|file| file.is_written() || file.is("toml"))
            .flat_map(|file| file.lines_with(trails, "trailing white space")),
    );
}

#[test]
fn no_machine_or_registry_is_named() {
    complain(
        tracked().iter().filter(|file| file.path != "Cargo.lock").flat_map(|file| {
            file.lines_with(names_a_machine, "names a machine's folder or a registry's host")
        }),
    );
}

#[test]
fn no_file_has_an_empty_name() {
    complain(tracked().iter().filter_map(|file| {
        let empty = Path::new(&file.path)
            .components()
            .filter_map(|part| Path::new(part.as_os_str()).file_stem()?.to_str())
            .any(|stem| EMPTY_NAMES.contains(&stem));
        empty.then(|| format!("{}: name it after what it does", file.path))
    }));
}

#[test]
fn every_crate_inherits_the_lints() {
    complain(
        tracked()
            .iter()
            .filter(|file| file.path.starts_with("crates/") && file.path.ends_with("/Cargo.toml"))
            .filter(|file| !file.text.contains("[lints]\nworkspace = true\n"))
            .map(|file| format!("{}: lacks `[lints]` with `workspace = true`", file.path)),
    );
}

/// One tracked file that is text.
struct Tracked {
    /// Relative to the repository's root, with `/`.
    path: String,
    text: String,
}

impl Tracked {
    fn is(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|it| it == extension)
    }

    /// Written for people to read, as code or prose; not data.
    fn is_written(&self) -> bool {
        ["rs", "sh", "py", "md"].iter().any(|extension| self.is(extension))
            || matches!(self.path.as_str(), "Makefile" | ".ci/run")
    }

    fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }

    fn lines_with(&self, wrong: impl Fn(&str) -> bool, what: &str) -> Vec<String> {
        self.lines()
            .enumerate()
            .filter(|(_, line)| wrong(line))
            .map(|(index, _)| format!("{}:{}: {what}", self.path, index + 1))
            .collect()
    }
}

/// All tracked text files. Files that are not UTF-8 are data and are left out, as are those deleted but not committed.
fn tracked() -> Vec<Tracked> {
    let root = root();
    let listed = Command::new("git").arg("-C").arg(&root).args(["ls-files", "-z"]).output();
    let listed = listed.expect("git is needed to list the tracked files");
    assert!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
    let paths = String::from_utf8(listed.stdout).expect("tracked paths are UTF-8");
    let files: Vec<Tracked> = paths
        .split_terminator('\0')
        .filter_map(|path| {
            let text = std::fs::read_to_string(root.join(path)).ok()?;
            Some(Tracked { path: path.to_owned(), text })
        })
        .collect();
    assert!(files.iter().any(|file| file.path == "Cargo.toml"), "the list of tracked files looks wrong");
    files
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn names_a_machine(line: &str) -> bool {
    REGISTRY_HOSTS.iter().any(|host| line.contains(host))
        || MACHINE_PATHS.iter().any(|path| line.match_indices(path).any(|(at, _)| begins_a_path(&line[..at])))
}

/// Whether a `/` after this text begins an absolute path, rather than going on with a relative one or an address.
fn begins_a_path(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '~' | '}' | ')' | '/'))
}

fn complain(complaints: impl Iterator<Item = String>) {
    let complaints: Vec<String> = complaints.collect();
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}
