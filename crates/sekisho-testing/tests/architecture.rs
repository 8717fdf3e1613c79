//! Holds the table of crates in `ARCHITECTURE.md` against `cargo metadata`: who is there, and who uses whom.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates that ship, which `all` in the table stands for, are all but this one.
const TESTING: &str = "sekisho-testing";

#[test]
fn the_table_lists_the_crates_that_exist() {
    let mut listed: Vec<String> = table().into_iter().map(|row| row.name).collect();
    listed.sort_unstable();
    let present: Vec<String> = dependencies().into_keys().collect();
    assert_eq!(listed, present, "left: ARCHITECTURE.md; right: cargo metadata");
}

#[test]
fn no_crate_uses_what_the_table_does_not_allow() {
    let dependencies = dependencies();
    for row in table() {
        for used in &dependencies[&row.name] {
            assert!(
                row.may_use.contains(used),
                "{} uses {used}; ARCHITECTURE.md allows it only {:?}",
                row.name,
                row.may_use
            );
        }
    }
}

#[test]
fn the_table_goes_from_low_to_high() {
    let mut lower: Vec<String> = Vec::new();
    for row in table() {
        for used in &row.may_use {
            assert!(lower.contains(used), "{} may use {used}, which must then stand above it", row.name);
        }
        lower.push(row.name);
    }
}

/// One row of the table: `| crate | turns what into what | may use |`.
struct Row {
    name: String,
    may_use: Vec<String>,
}

/// The rows in their order. In the last column, `mail` means `sekisho-mail`, `–` nothing, `all` the rows above.
fn table() -> Vec<Row> {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is readable");
    let mut rows: Vec<Row> = Vec::new();
    for line in page.lines().filter(|line| line.starts_with("| `sekisho")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, may_use] = cells[..] else { panic!("not three columns: {line}") };
        let above = rows.iter().map(|row| row.name.clone());
        let may_use = match may_use {
            "–" => Vec::new(),
            "all" => above.filter(|name| name != TESTING).collect(),
            some => some.split(", ").map(|short| format!("sekisho-{short}")).collect(),
        };
        rows.push(Row { name: name.trim_matches('`').to_owned(), may_use });
    }
    rows
}

/// Each crate of the workspace with the crates of the workspace that it needs to be built (not its tests' needs).
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo can be started");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let packages = metadata["packages"].as_array().expect("packages is a list");
    packages.iter().map(|package| (text(&package["name"]), used_by(package))).collect()
}

fn used_by(package: &serde_json::Value) -> Vec<String> {
    let all = package["dependencies"].as_array().expect("dependencies is a list");
    // A dependency of this workspace has a path; one for tests only has the kind `dev`.
    all.iter()
        .filter(|one| one["path"].is_string() && one["kind"].is_null())
        .map(|one| text(&one["name"]))
        .collect()
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().expect("a name is text").to_owned()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
