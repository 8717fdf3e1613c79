//! Every command as a person or a script uses it: output in both languages, bad input, order, exit status, memory.

#![allow(clippy::unwrap_used)] // A failed step of a test is its failure.

mod cli {
    pub mod bad_input;
    pub mod commands;
    pub mod dns;
    pub mod golden;
    pub mod learning;
    pub mod many;
    pub mod opening;
    pub mod reports;
}

use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// The program, in English, away from the user's own installation.
fn sekisho() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("sekisho"));
    command.env_clear().env("HOME", "/nonexistent").current_dir(root());
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

/// A harmless mail.
fn mail(number: usize) -> String {
    format!(
        "From: Taro Yamada <yamada@partner.example>\r\nTo: sato@midori.example\r\nSubject: Estimate {number}\r\n\
         Date: Tue, 24 Nov 2026 10:00:00 +0900\r\nMessage-ID: <{number}@partner.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n\r\nthe estimate {number} follows by post.\r\n"
    )
}
