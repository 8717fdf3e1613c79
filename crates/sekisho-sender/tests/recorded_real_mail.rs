//! Every mail of the real sets → what its topmost host would have recorded: never a panic, never slow, and nothing believed
//! of mails that carry no results.

use std::path::Path;
use std::time::{Duration, Instant};

use sekisho_mail::{Limits, Trace, read};
use sekisho_sender::{Trust, recorded};

#[test]
fn the_hosts_of_real_mails_are_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let sets = ["spam-assassin", "talon", "flufl-bounce", "dkimpy", "mail-parser", "python-testsuite"];
    let (mut mails, mut received, mut with_by, mut with_client, mut believed) = (0, 0, 0, 0, 0);
    let (mut spent, mut slowest) = (Duration::ZERO, Duration::ZERO);
    for set in sets {
        let mut folders = vec![root.join(set)];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = std::fs::read_dir(&folder) else {
                println!("not looked at: {set} is missing; fetch it with `make data`");
                continue;
            };
            for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let Ok(bytes) = std::fs::read(&path) else { continue };
                // The header is enough.
                let message = read(bytes.get(..32 * 1024).unwrap_or(&bytes), &Limits::default());
                mails += 1;
                let mut top = None;
                for field in &message.trace {
                    if let Trace::Received(field) = &field.says {
                        received += 1;
                        with_by += usize::from(field.by.is_some());
                        with_client += usize::from(!field.from || field.client.is_some());
                        top = top.or_else(|| field.by.clone());
                    }
                }
                let ids = vec![top.clone().unwrap_or_default(), "mx.midori.example".to_owned()];
                for hosts in [Vec::new(), top.into_iter().collect()] {
                    let trust = Trust { authserv_ids: ids.clone(), border_hosts: hosts, ..Trust::default() }
                        .normalised();
                    let started = Instant::now();
                    let found = recorded(&message, &trust);
                    slowest = slowest.max(started.elapsed());
                    spent += started.elapsed();
                    believed += usize::from(found.sender.dmarc.known().is_some());
                }
            }
        }
    }
    if mails == 0 {
        return;
    }
    println!(
        "{mails} mails; {received} Received: {with_by} with the writer, {with_client} with the client's address or none"
    );
    println!(
        "{believed} with a DMARC result; {} us a mail, slowest {} us",
        spent.as_micros() / (2 * mails),
        slowest.as_micros()
    );
    // All sets are older than DMARC, or written for other tests.
    assert!(with_by * 100 > received * 80, "{with_by} of {received}");
    assert!(slowest < Duration::from_millis(200), "{slowest:?}");
}
