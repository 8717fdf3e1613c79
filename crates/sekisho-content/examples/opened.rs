//! Prints what opening each file named tells, and the time it took: `cargo run -p sekisho-content --example opened -- FILE…`.

use std::io::Write;

use sekisho_content::{Budget, Keys, Sources, kind, open};

fn main() {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let kind = kind(&bytes);
        let mut budget = Budget { sources: Sources::Drop, ..Budget::default() };
        let started = std::time::Instant::now();
        let mut members = Vec::new();
        let keys = Keys::new(std::env::var("PASSWORD").ok());
        let opened = open(&bytes, kind, &keys, &mut budget, &mut |member| {
            let kind = sekisho_content::kind(&member.bytes);
            members.push(format!(
                "  {:?} {:?} {} {} {:?}",
                member.hold,
                member.names,
                member.size_bytes,
                kind.id(),
                member.unread
            ));
        });
        let elapsed = started.elapsed().as_millis();
        let _ = writeln!(out, "{path}: {} {:?} key {:?} {elapsed} ms", kind.id(), opened.unread, opened.key);
        for deed in &opened.deeds {
            let _ = writeln!(out, "  {deed:?}");
        }
        for member in members {
            let _ = writeln!(out, "{member}");
        }
    }
}
