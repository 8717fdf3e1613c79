//! Every domain in the harmless mails of the labelled set: none looks strongly like a brand's.
//!
//! The set is fetched by `make data`; without it there is nothing to look at, and the test says so.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use regex::bytes::Regex;
use sekisho_judge::domain::{Strength, registrable};
use sekisho_judge::lists::Lists;

/// Folders of harmless mails.
const FOLDERS: &[&str] = &["easy-ham-1", "easy-ham-2", "hard-ham-1"];

#[test]
fn no_domain_of_harmless_mail_is_a_strong_look_alike() {
    let set = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/spam-assassin");
    if !set.is_dir() {
        println!("not looked at: data/spam-assassin is missing; fetch it with `make data`");
        return;
    }
    let domains = domains_in(FOLDERS.iter().map(|folder| set.join(folder)));
    let protected = Lists::built_in().brands.protected();
    let mut found: BTreeMap<Strength, Vec<String>> = BTreeMap::new();
    for domain in &domains {
        if let Some(alike) = protected.look_alike(domain) {
            let line = format!("{domain} for {} by {:?}", alike.protected, alike.how);
            found.entry(alike.strength).or_default().push(line);
        }
    }
    println!("{} domains; look-alikes: {found:#?}", domains.len());
    assert!(domains.len() > 3_000, "only {} domains were found", domains.len());
    assert_eq!(found.get(&Strength::Strong), None);
}

/// Whatever looks like a host name, by the crudest rule.
fn domains_in(folders: impl Iterator<Item = PathBuf>) -> BTreeSet<String> {
    let host = Regex::new(r"(?i)\b(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,18}\b")
        .expect("the pattern is valid");
    let mut domains = BTreeSet::new();
    for folder in folders {
        for entry in std::fs::read_dir(folder).expect("the set is complete") {
            let path = entry.expect("the folder can be read").path();
            let bytes = std::fs::read(path).expect("its files can be read");
            for found in host.find_iter(&bytes) {
                let name = String::from_utf8_lossy(found.as_bytes()).to_lowercase();
                if registrable(&name).is_some() {
                    domains.insert(name);
                }
            }
        }
    }
    domains
}
