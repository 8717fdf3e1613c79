//! Every command as a person or a script uses it: output in both languages, bad input, order, exit status, memory.

#![allow(clippy::unwrap_used)] // A failed step of a test is its failure.

mod cli {
    pub mod bad_input;
    pub mod commands;
    pub mod days;
    pub mod dns;
    pub mod exceptions;
    pub mod golden;
    pub mod importing;
    pub mod json;
    pub mod learning;
    pub mod lost_key;
    pub mod mailboxes;
    pub mod many;
    pub mod memory;
    pub mod opening;
    pub mod outlook;
    pub mod people;
    pub mod reports;
}

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// The program, in English, away from the user's own installation and time zone.
fn sekisho() -> Command {
    Command::from_std(process())
}

/// The same, for who talks with it while it runs.
fn process() -> std::process::Command {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("sekisho"));
    command.env_clear().env("HOME", "/nonexistent").env("TZ", "UTC").current_dir(root());
    command
}

/// The repository, from which samples are named.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What a run wrote to standard output and standard error, and its exit status.
fn outcome(command: &mut Command) -> (String, String, i32) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// An installation of the invented office that learned the past in the samples. Its key is always the same: where a shared stretch is
/// said to begin depends a little on the key.
fn learned_home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let key = home.path().join("secret.key");
    fs::write(&key, "5e".repeat(32)).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    fs::copy(root().join("samples/home/sekisho.toml"), home.path().join("sekisho.toml")).unwrap();
    for person in ["sato", "suzuki"] {
        let (_, stderr, status) = outcome(&mut learning(home.path(), person));
        assert_eq!((stderr.as_str(), status), ("", 0));
    }
    home
}

/// The command that learns one person's past.
fn learning(home: &Path, person: &str) -> Command {
    let mut command = sekisho();
    command.arg("--home").arg(home).args(["--quiet", "learn", "--mailbox"]);
    command.arg(format!("{person}@midori.example")).arg(format!("samples/past/{person}"));
    command
}

/// A harmless mail.
fn mail(number: usize) -> String {
    format!(
        "From: Taro Yamada <yamada@partner.example>\r\nTo: sato@midori.example\r\nSubject: Estimate {number}\r\n\
         Date: Tue, 24 Nov 2026 10:00:00 +0900\r\nMessage-ID: <{number}@partner.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n\r\nthe estimate {number} follows by post.\r\n"
    )
}
