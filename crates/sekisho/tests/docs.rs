//! The generated pages in `docs/` are those of this program. `UPDATE_DOCS=1 cargo test -p sekisho --test docs` renews
//! them.

#![allow(clippy::unwrap_used)] // A failed step of a test is its failure.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;

/// Folders in which every page is a generated one: what the program does not write there is an orphan.
const GENERATED_FOLDERS: &[&str] = &["checks", "man"];

#[test]
fn generated_pages_are_fresh() {
    let fresh = fresh();
    let docs = docs();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        renew(&docs, &fresh);
    }
    let mut complaints: Vec<String> = Vec::new();
    for (name, text) in &fresh {
        match fs::read_to_string(docs.join(name)) {
            Err(_) => complaints.push(format!("docs/{name} is missing")),
            Ok(committed) if committed != *text => {
                complaints.push(format!("docs/{name} is not what the program writes"))
            }
            Ok(_) => {}
        }
    }
    complaints.extend(
        orphans(&docs, &fresh).iter().map(|name| format!("docs/{name} describes nothing that is there")),
    );
    assert!(
        complaints.is_empty(),
        "\n{}\nrenew them with: UPDATE_DOCS=1 cargo test -p sekisho --test docs\n",
        complaints.join("\n")
    );
}

#[test]
fn links_between_pages_lead_somewhere() {
    let fresh = fresh();
    for (name, text) in fresh.iter().filter(|(name, _)| name.ends_with(".md")) {
        for target in
            text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target)
        {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            if file.is_empty() {
                assert!(text.contains(&format!("\n### {anchor}\n")), "{name}: nothing is called #{anchor}");
                continue;
            }
            let there = normal(&Path::new(name).parent().unwrap().join(file));
            assert!(fresh.contains_key(&there), "{name}: {target} leads nowhere");
        }
    }
}

/// What is kept of people's mail is told in full: a table that is added is described.
#[test]
fn every_table_of_the_memory_is_on_the_pages_about_privacy() {
    let store = docs().join("../crates/sekisho-store/src");
    let mut sources = BTreeMap::new();
    read(&store, &store, &mut sources);
    let tables: Vec<&str> = sources
        .iter()
        .filter(|(name, _)| !name.contains("conformance"))
        .flat_map(|(_, text)| text.split("CREATE TABLE ").skip(1))
        .map(|rest| rest.trim_start_matches("IF NOT EXISTS "))
        .filter_map(|rest| rest.split_once(" (").map(|(table, _)| table))
        .filter(|table| table.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect();
    assert!(tables.len() > 10, "{tables:?}");
    for page in ["privacy.md", "privacy.ja.md"] {
        let text = fs::read_to_string(docs().join(page)).unwrap();
        for table in &tables {
            assert!(text.contains(&format!("`{table}`")), "docs/{page} says nothing of the table {table}");
        }
    }
}

/// The pages as the program writes them, by their place below `docs/`.
fn fresh() -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    cargo_bin_cmd!("sekisho").arg("pages").arg(folder.path()).assert().success();
    let mut pages = BTreeMap::new();
    read(folder.path(), folder.path(), &mut pages);
    pages
}

fn read(root: &Path, folder: &Path, pages: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(root, &path, pages);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            pages.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

fn renew(docs: &Path, fresh: &BTreeMap<String, String>) {
    for orphan in orphans(docs, fresh) {
        fs::remove_file(docs.join(orphan)).unwrap();
    }
    for (name, text) in fresh {
        let file = docs.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

fn orphans(docs: &Path, fresh: &BTreeMap<String, String>) -> Vec<String> {
    let mut orphans = Vec::new();
    for folder in GENERATED_FOLDERS {
        let Ok(entries) = fs::read_dir(docs.join(folder)) else { continue };
        let names = entries.map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy()));
        orphans.extend(names.filter(|name| !fresh.contains_key(name)));
    }
    orphans
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// A path without `..`, with `/`.
fn normal(path: &Path) -> String {
    let mut steps: Vec<String> = Vec::new();
    for step in path.components().map(|step| step.as_os_str().to_string_lossy().into_owned()) {
        match step.as_str() {
            ".." => drop(steps.pop()),
            "." => {}
            _ => steps.push(step),
        }
    }
    steps.join("/")
}
