//! Real mails (`make data`) → one large data file of Outlook, for `tools/bench-pst.sh`: every tenth mail in the folder of sent mail.
//!
//!     cargo run --release -p sekisho-testing --example make_pst -- FILE MAILS
//!
//! The mails are repeated under Message-IDs of their own.

use std::io;

use sekisho_mail::Limits;
use sekisho_mail::pst::Encoding;
use sekisho_testing::corpus;
use sekisho_testing::data_file::{Attachment, DataFile, Form, Letter, ROOT, Value};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(count)) = (arguments.next(), arguments.next().and_then(|count| count.parse().ok()))
    else {
        return Err(io::Error::other("name a file and a number of mails"));
    };
    let mails = corpus::labelled().map_err(io::Error::other)?;
    let mut file = DataFile::new(Form::Unicode, Encoding::Permute);
    let named = |name: &str| vec![(0x3001, Value::Wide(name.to_owned()))];
    file.root(&[]);
    let top = file.folder(ROOT, &named("Top"));
    let (inbox, sent) =
        (file.folder(top, &named("受信トレイ")), file.folder(top, &named("送信済みアイテム")));
    file.store(&[(0x35e0, Value::Binary(DataFile::entry(top)))]);
    for number in 0..count {
        let mail = &mails[number % mails.len()];
        let folder = if number % 10 == 0 { sent } else { inbox };
        file.mail(folder, &letter(&mail.bytes, number));
    }
    std::fs::write(path, file.finish())
}

/// A mail as Outlook keeps it: its header as it came, its texts and files apart.
fn letter(mail: &[u8], number: usize) -> Letter {
    let mut files = Vec::new();
    let mut keep = |part: &sekisho_mail::Part, bytes: &[u8]| {
        if part.role == sekisho_mail::Role::Attachment && files.len() < 20 {
            files.push((
                part.names.first().map(|name| name.value.clone()).unwrap_or_default(),
                bytes.to_vec(),
            ));
        }
    };
    let message = sekisho_mail::read_with(mail, &Limits::default(), &mut keep);
    let fields = message.fields.iter().filter(|field| !field.is("Message-ID"));
    let mut header: String = fields
        .map(|field| format!("{}: {}\r\n", field.name, field.text.replace(['\r', '\n'], " ")))
        .collect();
    header.push_str(&format!("Message-ID: <{number}.{}>\r\n\r\n", message.message_id));
    let wide = |text: &str| Value::Wide(text.to_owned());
    let mut properties = vec![(0x0037, wide(&message.subject)), (0x007d, Value::Wide(header))];
    if let Some(view) = message.shown().first() {
        properties.push((0x1000, wide(&view.text)));
    }
    let attachments = files.into_iter().map(|(name, bytes)| Attachment {
        properties: vec![(0x3707, Value::Wide(name)), (0x3701, Value::Binary(bytes))],
        inside: None,
    });
    Letter { properties, receivers: Vec::new(), attachments: attachments.collect() }
}
