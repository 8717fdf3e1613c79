//! Changes of how a mail is built: no sender, a page as an attachment, a structure that two programs read differently.

use super::{Change, Mail, Mutation};
use crate::Rng;
use crate::mime::{Entity, field};

pub(super) const MUTATIONS: &[Mutation] = &[
    Mutation { id: "no-sender", fires: Change::Bytes(no_sender), near_miss: Change::Bytes(odd_sender) },
    Mutation { id: "html-attached", fires: Change::Bytes(page), near_miss: Change::Bytes(plain_text_file) },
    Mutation {
        id: "read-in-two-ways",
        fires: Change::Bytes(two_structures),
        near_miss: Change::Bytes(plain_disorder),
    },
];

fn no_sender(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let mut changed = mail.clone();
    match rng.below(3) {
        0 => changed.remove("From"),
        1 => changed.set("From", "Office West"),
        _ => changed.set("From", "undisclosed-senders:;"),
    }
    Some(changed.to_bytes())
}

fn odd_sender(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (_, address) = mail.sender()?;
    let mut changed = mail.clone();
    let value = match rng.below(3) {
        0 => address,
        1 => format!("<{address}>"),
        _ => format!("{address} (Office West)"),
    };
    changed.set("From", value);
    Some(changed.to_bytes())
}

fn page(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (name, content) = *rng.pick(&[
        ("請求書.html", "<!DOCTYPE html><html><body><p>inert</p></body></html>\r\n"),
        ("明細.htm", "<html><head><title>inert</title></head><body>inert</body></html>\r\n"),
        ("図.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>inert</text></svg>\r\n"),
        ("確認.xhtml", "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>inert</body></html>\r\n"),
    ]);
    let mut changed = mail.clone();
    changed.attach(rng, name, content.as_bytes());
    Some(changed.to_bytes())
}

fn plain_text_file(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (name, content) = *rng.pick(&[
        ("手順.txt", "<b> と書いた所を太字にしてください。\r\n"),
        ("一覧.csv", "番号,品名\r\n1,照明\r\n"),
        ("html_手引き.txt", "html の書き方を三つにまとめました。\r\n"),
    ]);
    let mut changed = mail.clone();
    changed.attach(rng, name, content.as_bytes());
    Some(changed.to_bytes())
}

fn two_structures(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let own = super::own_text(mail);
    let body = format!(
        "--one\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{own}\r\n--one--\r\n\
         --two\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nanother text\r\n--two--\r\n"
    );
    let mut changed = mail.clone();
    if rng.chance(33) {
        changed.attach_entity(rng, file_with_two_names());
        return Some(changed.to_bytes());
    }
    changed.remove("Content-Transfer-Encoding");
    match rng.below(2) {
        0 => {
            changed.set("Content-Type", "multipart/mixed; boundary=\"one\"");
            changed.add("Content-Type", "multipart/mixed; boundary=\"two\"");
        }
        _ => changed.set("Content-Type", "multipart/mixed; boundary=\"one\"; boundary=\"two\""),
    }
    changed.set_raw_body(body.into_bytes());
    Some(changed.to_bytes())
}

/// Programs that read `name` and programs that read `filename` show different files.
fn file_with_two_names() -> Entity {
    Entity {
        fields: vec![
            field("Content-Type", "application/octet-stream; name=\"list.csv\""),
            field("Content-Disposition", "attachment; filename=\"report.txt\""),
        ],
        body: b"1,2,3\r\n".to_vec(),
    }
}

fn plain_disorder(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let mut changed = mail.clone();
    match rng.below(3) {
        0 => changed.remove("MIME-Version"),
        1 => changed.add("X-Empty", ""),
        _ => changed.remove("Date"),
    }
    Some(changed.to_bytes())
}
