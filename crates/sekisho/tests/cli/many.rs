//! Many mails: the order of the input, an mbox like the same mails as files, and memory that does not grow.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::process::Stdio;

use crate::{mail, outcome, process, sekisho};

/// Mails of the test that compares an mbox with files.
const MAILS: usize = 2_000;

/// Size of the mbox of the memory test. What grows with the input would show far below this.
const LARGE_BYTES: usize = 150 * 1024 * 1024;

/// What reading it may take at most.
const PEAK_KIB_MAX: u64 = 96 * 1024;

const FROM_LINE: &str = "From yamada@partner.example Tue Nov 24 10:00:00 2026";

#[test]
fn an_mbox_is_judged_like_the_same_mails_as_files_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("files");
    fs::create_dir(&files).unwrap();
    let mut mbox = BufWriter::new(File::create(folder.path().join("a.mbox")).unwrap());
    for number in 0..MAILS {
        // Sizes differ, so that later mails are finished earlier.
        let text = mail(number) + &"line of text\r\n".repeat((number * 37) % 400);
        fs::write(files.join(format!("{number:06}.eml")), &text).unwrap();
        write!(mbox, "{FROM_LINE}\r\n{text}\r\n").unwrap();
    }
    mbox.into_inner().unwrap().sync_all().unwrap();
    let scan = |path: &str| {
        let mut command = sekisho();
        let (stdout, _, status) =
            outcome(command.current_dir(folder.path()).args(["scan", "--json", "--threads", "8", path]));
        assert_eq!(status, 0);
        let case = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["mail"].clone();
        stdout.lines().map(case).collect::<Vec<_>>()
    };
    let (of_mbox, of_files) = (scan("a.mbox"), scan("files"));
    assert_eq!(of_mbox.len(), MAILS);
    for (number, mail) in of_mbox.iter().enumerate() {
        assert_eq!(mail["subject"], format!("Estimate {number}"));
    }
    assert_eq!(of_mbox, of_files);
}

#[test]
fn after_the_first_mails_only_those_above_deliver_are_listed() {
    let mbox: String = (0..120).map(|number| format!("{FROM_LINE}\r\n{}\r\n", mail(number))).collect();
    let listed = |arguments: &[&str]| {
        let (stdout, _, _) =
            outcome(sekisho().arg("scan").args(arguments).arg("-").write_stdin(mbox.clone()));
        assert!(stdout.contains("120 mails judged: deliver 120"), "{stdout}");
        stdout.lines().filter(|line| line.starts_with("deliver ")).count()
    };
    assert_eq!(listed(&[]), 50);
    assert_eq!(listed(&["--all"]), 120);
}

#[test]
fn who_reads_no_further_ends_the_run_quietly() {
    let mbox: String = (0..3_000).map(|number| format!("{FROM_LINE}\r\n{}\r\n", mail(number))).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.mbox");
    fs::write(&file, mbox).unwrap();
    let mut child = process()
        .args(["scan", "--json"])
        .arg(&file)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// What was finished when a run is broken off has been written: each mail is let through as soon as it is ready.
#[test]
fn each_mail_is_told_while_more_come() {
    use std::io::{BufRead, BufReader};
    let mut child =
        process().args(["scan", "--json", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    // More than is read at a time, so that the program need not wait for the rest; and less than may be on its way while
    // nobody reads the output.
    let mbox: String = (0..300).map(|number| format!("{FROM_LINE}\r\n{}\r\n", mail(number))).collect();
    input.write_all(mbox.as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("{\"schema\":\"sekisho.case/1\"") && line.ends_with("}\n"), "{line}");
    drop(input);
    child.wait().unwrap();
}

/// The peak is asked of the system while the program waits for the end of its input.
#[cfg(target_os = "linux")]
#[test]
fn a_large_mbox_needs_no_more_memory_than_a_small_one() {
    let mut child = process()
        .args(["-q", "scan", "--threads", "2", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = BufWriter::new(child.stdin.take().unwrap());
    // One attachment of two megabytes a mail: reading is quick, and what is kept by mistake shows.
    let attachment =
        "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB\r\n".repeat(27_000);
    let one = format!(
        "{FROM_LINE}\r\nFrom: yamada@partner.example\r\nTo: sato@midori.example\r\nSubject: drawing\r\nMIME-Version: 1.0\r\n\
         Content-Type: application/octet-stream; name=a.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n{attachment}\r\n"
    );
    for _ in 0..LARGE_BYTES / one.len() {
        input.write_all(one.as_bytes()).unwrap();
    }
    input.flush().unwrap();
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    drop(input);
    assert!(child.wait().unwrap().success());
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak_kib: u64 = peak.trim().trim_end_matches(" kB").trim().parse().unwrap();
    assert!(peak_kib < PEAK_KIB_MAX, "{peak_kib} KiB, the limit is {PEAK_KIB_MAX}");
}
