//! A data file of Outlook → one line of JSON a mail, as it is read: for comparing with other readers (`tools/compare-pst.sh`).
//!
//!     cargo run -p sekisho-testing --example mails_of_pst -- FILE

#![allow(clippy::print_stdout)]

use std::fs::File;
use std::io;
use std::ops::ControlFlow;

use sekisho_mail::pst::{self, PstMail, Step};
use sekisho_mail::{Limits, Mailbox, Role};
use sekisho_reader::OnDisk;

fn main() -> io::Result<()> {
    let path = std::env::args().nth(1).ok_or_else(|| io::Error::other("name a data file"))?;
    let (mut others, mut lost, mut index_damaged) = (0, 0, 0);
    let walked = pst::walk(&OnDisk::new(File::open(&path)?)?, 0, &mut |step| {
        match step {
            Step::Mail(mail) => println!("{}", line(&mail)),
            Step::NotMail => others += 1,
            Step::Lost(..) => lost += 1,
            Step::IndexDamaged => index_damaged += 1,
            Step::Next(_) | Step::Going => {}
        }
        ControlFlow::Continue(())
    });
    walked.map_err(|refused| io::Error::other(format!("{path}: not read: {refused:?}")))?;
    let counts = serde_json::json!({"others": others, "lost": lost, "index_damaged": index_damaged});
    println!("{counts}");
    Ok(())
}

fn line(mail: &PstMail) -> serde_json::Value {
    let message = sekisho_mail::read(&mail.bytes, &Limits::default());
    let people = |all: &[Mailbox]| -> Vec<String> {
        let addresses = all.iter().map(|one| one.address.as_ref().map(ToString::to_string));
        addresses.map(Option::unwrap_or_default).collect()
    };
    // What a file holds stands below it.
    let files = message.parts.iter().filter(|part| part.role != Role::Text && !part.path.contains('.'));
    let files: Vec<(String, u64)> = files
        .map(|part| (part.names.first().map(|name| name.value.clone()).unwrap_or_default(), part.size_bytes))
        .collect();
    serde_json::json!({
        "number": mail.number,
        "folder": mail.folder.names,
        "subject": message.subject,
        "date": message.date.map(|date| date.unix_seconds),
        "message_id": message.message_id,
        "from": people(&message.from),
        "to": people(&message.to),
        "fields": message.fields.len(),
        "texts": message.shown().iter().map(|view| view.text.as_str()).collect::<Vec<_>>(),
        "files": files,
        "defects": message.defects.iter().map(|defect| format!("{:?}", defect.kind)).collect::<Vec<_>>(),
    })
}
