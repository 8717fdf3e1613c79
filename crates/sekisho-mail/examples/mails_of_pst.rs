//! A data file of Outlook → one line a mail as it is read: for comparing with other readers (`tools/compare-pst.sh`).
//!
//!     cargo run -p sekisho-mail --example mails_of_pst -- FILE
//!
//! Each line is a JSON object: number, folder, subject, date, Message-ID, From, the length of the text, the files.

use std::fs::File;
use std::io;
use std::ops::ControlFlow;

use sekisho_mail::pst::{self, ReadAt, Step};
use sekisho_mail::{Limits, Message, Role};

/// An open file.
struct OnDisk(File);

impl ReadAt for OnDisk {
    #[cfg(unix)]
    fn read_at(&self, place: u64, into: &mut [u8]) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.0, into, place)
    }

    #[cfg(windows)]
    fn read_at(&self, place: u64, into: &mut [u8]) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&self.0, into, place)
    }

    fn size_bytes(&self) -> u64 {
        self.0.metadata().map_or(0, |metadata| metadata.len())
    }
}

fn main() -> io::Result<()> {
    let path = std::env::args().nth(1).ok_or_else(|| io::Error::other("name a data file"))?;
    let (mut others, mut lost, mut pages) = (0, 0, 0);
    let walked = pst::walk(&OnDisk(File::open(&path)?), 0, &mut |step| {
        match step {
            Step::Mail(mail) => {
                let message = sekisho_mail::read(&mail.bytes, &Limits::default());
                println!("{}", line(mail.number, &mail.folder.names.join("/"), &message));
            }
            Step::NotMail => others += 1,
            Step::Lost(folder, why) => {
                lost += 1;
                eprintln!("lost in {:?}: {why:?}", folder.names);
            }
            Step::IndexDamaged => pages += 1,
            Step::Next(_) | Step::Going => {}
        }
        ControlFlow::Continue(())
    });
    eprintln!("{path}: {walked:?}; {others} that are no mail, {lost} lost, {pages} pages of the index damaged");
    Ok(())
}

fn line(number: u32, folder: &str, message: &Message) -> String {
    let texts: Vec<usize> = message.texts().map(|(_, view)| view.text.chars().count()).collect();
    let start: String = message.texts().next().map(|(_, view)| view.text.clone()).unwrap_or_default();
    let files: Vec<String> = message
        .parts
        .iter()
        .filter(|part| part.role == Role::Attachment)
        .map(|part| part.names.first().map(|name| name.value.clone()).unwrap_or_default())
        .collect();
    let from: Vec<String> = message.from.iter().map(|from| format!("{} <{}>", from.name, from.address.as_ref().map(ToString::to_string).unwrap_or_default())).collect();
    let to: Vec<String> = message.to.iter().map(|from| format!("{} <{}>", from.name, from.address.as_ref().map(ToString::to_string).unwrap_or_default())).collect();
    let defects: Vec<String> = message.defects.iter().map(|defect| format!("{:?}", defect.kind)).collect();
    format!(
        "{{\"number\":{number},\"folder\":{folder:?},\"subject\":{:?},\"date\":{:?},\"id\":{:?},\"from\":{from:?},\"to\":{to:?},\"texts\":{texts:?},\"files\":{files:?},\"fields\":{},\"defects\":{defects:?},\"start\":{start:?}}}",
        message.subject,
        message.date.map(|date| date.unix_seconds),
        message.message_id,
        message.fields.len(),
    )
}
