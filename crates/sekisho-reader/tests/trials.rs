//! Readers that try to do harm, and what comes of it: nothing outside is touched, the reason is right, no other mail is lost.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // A failed step of a test is its failure.

use std::fs::File;
use std::net::{TcpListener, UdpSocket};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use sekisho_content::Unread;
use sekisho_mail::{Limits, Message};
use sekisho_reader::{Contents, Layer, MAILS_A_READER_MAX, Met, Patience, Pool, Wishes, read_mailbox};

const HARMLESS: &[u8] = b"From: Taro <taro@partner.example>\nSubject: estimate\n\nHello\n";

fn pool(mail: Duration) -> Pool {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_trial-reader"));
    Pool::new(program, &[], Patience { mail, header: Duration::from_secs(10) }).unwrap()
}

fn patient() -> Pool {
    pool(Duration::from_secs(60))
}

fn read(pool: &Pool, mail: &[u8]) -> Message {
    pool.mail(mail, &Wishes::default()).unwrap().message
}

fn trial(pool: &Pool, word: &str) -> Message {
    let mail = format!("Subject: from a trial\n\ntrial: {word}\n");
    let message = read(pool, mail.as_bytes());
    assert_ne!(message.subject, "did it", "{word}");
    assert_eq!(message.size_bytes, mail.len() as u64, "{word}");
    // Whatever happened, the next mail is read.
    assert_eq!(read(pool, HARMLESS).subject, "estimate", "after {word}");
    message
}

fn unread(message: &Message) -> Option<Unread> {
    message.parts.first().and_then(|part| part.unread)
}

#[test]
fn this_system_confines_readers() {
    let confinement = patient().confinement().unwrap();
    assert_eq!((confinement.calls, confinement.resources), (Layer::Full, Layer::Full));
    if confinement.files == Layer::Missing {
        eprintln!("not looked at: this kernel has no Landlock");
    }
}

#[test]
fn files_sockets_and_processes_are_out_of_reach() {
    let pool = patient();
    let folder = std::env::temp_dir();
    let file = folder.join(format!("sekisho-trial-{}", std::process::id()));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    for word in [
        "open-file /etc/passwd".to_owned(),
        "open-file /proc/self/maps".to_owned(),
        format!("write-file {}", file.display()),
        format!("list-folder {}", folder.display()),
    ] {
        assert_eq!(trial(&pool, &word).subject, "could not", "{word}");
    }
    for word in [
        format!("connect {}", listener.local_addr().unwrap()),
        format!("send {}", socket.local_addr().unwrap()),
        "run /bin/true".to_owned(),
        "thread".to_owned(),
        "look-around".to_owned(),
    ] {
        assert_eq!(unread(&trial(&pool, &word)), Some(Unread::Damaged), "{word}");
    }
    assert!(!file.exists());
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "somebody connected");
    assert!(socket.recv(&mut [0; 8]).is_err(), "somebody sent");
}

#[test]
fn stack_and_memory_end_with_a_reason() {
    let pool = patient();
    assert_eq!(unread(&trial(&pool, "stack")), Some(Unread::TooLarge));
    assert_eq!(unread(&trial(&pool, "memory")), Some(Unread::TooLarge));
}

#[test]
fn a_reader_without_an_end_is_killed_in_time() {
    let pool = pool(Duration::from_millis(700));
    for word in ["loop", "sleep"] {
        let started = Instant::now();
        assert_eq!(unread(&trial(&pool, word)), Some(Unread::OutOfTime), "{word}");
        assert!(started.elapsed() < Duration::from_secs(20), "{word}");
    }
}

#[test]
fn faults_crashes_and_lies_are_damage() {
    let pool = patient();
    for (word, reason) in [
        ("panic", Unread::Damaged),
        ("abort", Unread::TooLarge),
        ("end", Unread::Damaged),
        ("lie", Unread::Damaged),
    ] {
        assert_eq!(unread(&trial(&pool, word)), Some(reason), "{word}");
    }
}

#[test]
fn the_header_of_an_unread_mail_is_told() {
    for word in ["panic", "stack", "run /bin/true"] {
        let message = trial(&patient(), word);
        assert_eq!((message.subject.as_str(), message.sha256.len()), ("from a trial", 64), "{word}");
    }
}

#[test]
fn a_reader_that_was_killed_loses_no_other_mail() {
    let pool = patient();
    thread::scope(|scope| {
        for worker in 0..4 {
            let pool = &pool;
            scope.spawn(move || {
                for number in 0..40 {
                    if number % 10 == worker {
                        assert_eq!(
                            unread(&read(pool, b"Subject: x\n\ntrial: run /bin/true")),
                            Some(Unread::Damaged)
                        );
                    }
                    let mail = format!("Subject: {worker}-{number}\n\nHello\n");
                    assert_eq!(read(pool, mail.as_bytes()).subject, format!("{worker}-{number}"));
                }
            });
        }
    });
}

#[test]
fn readings_are_those_of_the_same_process() {
    let pool = patient();
    let mut mails: Vec<Vec<u8>> =
        mails_below(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../samples"));
    assert!(!mails.is_empty());
    mails.push(vec![b'x'; 3 * 1024 * 1024]);
    mails.push(Vec::new());
    for bytes in &mails {
        let mut here = sekisho_mail::read(bytes, &Limits::default());
        forget_raw(&mut here);
        assert_eq!(read(&pool, bytes), here);
        let limits = Limits::default();
        let mut contents = Vec::new();
        let mut here = sekisho_mail::Request::new(&limits).read_file_with(
            bytes,
            "契約書.doc.exe",
            &mut |part, content| contents.push((part.path.clone(), content.to_vec())),
        );
        forget_raw(&mut here);
        let wishes = Wishes { contents: Contents::Keep, ..Wishes::default() };
        let there = pool.file(bytes, "契約書.doc.exe", &wishes).unwrap();
        assert_eq!((there.message, there.contents), (here, contents));
    }
}

#[test]
fn readers_are_replaced_without_a_gap() {
    let pool = patient();
    for _ in 0..MAILS_A_READER_MAX * 2 + 10 {
        assert_eq!(read(&pool, HARMLESS).subject, "estimate");
    }
}

/// The raw bytes of header fields stay in the reader: whoever needs them has the mail.
fn forget_raw(message: &mut Message) {
    message.fields.iter_mut().for_each(|field| field.raw.clear());
    for part in &mut message.parts {
        if let sekisho_mail::Body::Message(inner) = &mut part.body {
            forget_raw(inner);
        }
    }
}

fn mails_below(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let mut mails = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            mails.extend(mails_below(&path));
        } else {
            mails.push(std::fs::read(path).unwrap());
        }
    }
    mails
}

/// What is met in a small mailbox of Outlook whose readers do harm before the mail number `at`; 0 stands for each.
fn mailbox(word: &str, at: u32) -> (Vec<u32>, Vec<Unread>, Option<Unread>) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../sekisho/tests/cli/office.pst");
    let program = PathBuf::from(env!("CARGO_BIN_EXE_trial-reader"));
    let (mut mails, mut lost, mut given_up) = (Vec::new(), Vec::new(), None);
    let arguments = [word, &at.to_string()];
    read_mailbox(program, &arguments, &File::open(path).unwrap(), &mut |met| {
        match met {
            Met::Mail(number, ..) => mails.push(number),
            Met::Lost(why) => lost.push(why),
            Met::GivenUp(why) => given_up = Some(why),
            Met::NotMail | Met::IndexDamaged | Met::Refused(_) => {}
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    (mails, lost, given_up)
}

#[test]
fn a_mail_that_ends_the_reader_of_a_mailbox_costs_itself() {
    let (all, lost, given_up) = mailbox("none", 1);
    assert_eq!((all.len(), lost.len(), given_up), (7, 0, None));
    for (word, why) in [
        ("abort", Unread::TooLarge),
        ("end", Unread::Damaged),
        ("panic", Unread::Damaged),
        ("connect 127.0.0.1:9", Unread::Damaged),
        ("sleep", Unread::OutOfTime),
    ] {
        let (mails, lost, given_up) = mailbox(word, all[3]);
        let rest: Vec<u32> = all.iter().copied().filter(|number| *number != all[3]).collect();
        assert_eq!((mails, lost.as_slice(), given_up), (rest, &[why][..], None), "{word}");
    }
    let (mails, lost, given_up) = mailbox("abort", 0);
    assert_eq!((mails.len(), lost.len(), given_up), (0, 8, None));
}

#[test]
fn the_reader_of_a_mailbox_reaches_no_other_file() {
    for word in ["open-file /etc/passwd", "list-folder /"] {
        let (mails, lost, given_up) = mailbox(word, 0);
        assert_eq!((mails.len(), lost.len(), given_up), (7, 0, None), "{word}: it is refused, and goes on");
    }
}
