//! `reports FOLDER COUNT [SEED]`: writes so many generated reports into a folder, and how many mails they count to standard
//! output. For `tools/bench-reports.sh`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]

use std::fs;
use std::path::Path;
use std::process::ExitCode;

/// The family that figures are made of.
const SEED: u64 = 10;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (Some(folder), Some(Ok(count))) = (words.first(), words.get(1).map(|count| count.parse::<u64>()))
    else {
        eprintln!("reports: give a folder and a number of reports");
        return ExitCode::from(2);
    };
    let seed = words.get(2).and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    match write(Path::new(folder), count, seed) {
        Ok(messages) => {
            println!("{messages}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("reports: {folder}: {error}");
            ExitCode::from(2)
        }
    }
}

fn write(folder: &Path, count: u64, seed: u64) -> std::io::Result<u64> {
    fs::create_dir_all(folder)?;
    let mut messages = 0_u64;
    for index in 0..count {
        let report = sekisho_testing::reports::report(seed, index);
        fs::write(folder.join(&report.name), &report.bytes)?;
        messages = messages.saturating_add(report.messages);
    }
    Ok(messages)
}
