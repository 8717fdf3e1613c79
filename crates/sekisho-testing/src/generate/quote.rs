//! An earlier mail → its quotation below an answer or a forwarded mail, in the shape of the mail program.

use super::client::Client;
use super::slots::weekday;
use jiff::civil::DateTime;

/// The mail that is quoted.
#[derive(Debug, Clone)]
pub(crate) struct Earlier {
    pub(crate) message_id: String,
    pub(crate) date: DateTime,
    pub(crate) name: String,
    pub(crate) address: String,
    pub(crate) to_name: String,
    pub(crate) to_address: String,
    pub(crate) subject: String,
    pub(crate) body: String,
}

/// The introduction of the quotation and the quoted lines, as they stand below an answer.
pub(crate) fn reply(client: Client, earlier: &Earlier) -> String {
    let Earlier { name, address, body, .. } = earlier;
    let stamp = slashes(earlier.date);
    match client {
        Client::Outlook => format!("{}\n{}\n\n{body}", "_".repeat(32), fields_ja(earlier)),
        Client::OutlookOld => format!("-----Original Message-----\n{}\n\n{body}", fields_en(earlier)),
        Client::OutlookEnglish => format!("{}\n\n{body}", fields_en(earlier)),
        Client::Gmail => format!("{}\n\n{}", gmail_line(earlier), marked(body)),
        Client::GmailEnglish => {
            format!(
                "On {}, {name} <{address}> wrote:\n\n{}",
                earlier.date.strftime("%a, %b %-d, %Y at %-I:%M %p"),
                marked(body)
            )
        }
        Client::Thunderbird => format!("{stamp}、{name} のメール:\n{}", marked(body)),
        Client::ThunderbirdOld => format!("On {stamp}, {name} wrote:\n{}", marked(body)),
        Client::AppleMail | Client::Iphone => {
            format!("{stamp}、{name} <{address}>のメール:\n\n{}", marked(body))
        }
        Client::Becky => format!(
            "On {}\n{name} <{address}> wrote:\n\n{}",
            earlier.date.strftime("%a, %d %b %Y %H:%M:%S +0900"),
            marked(body)
        ),
        Client::Shuriken => format!("{name} さんは書きました：\n{}", marked(body)),
        Client::Webmail => {
            format!(
                "----- Original Message -----\nFrom: {name} <{address}>\nTo: {} <{}>\nDate: {}\nSubject: {}\n\n{}",
                earlier.to_name,
                earlier.to_address,
                earlier.date.strftime("%Y/%m/%d, %a %H:%M"),
                earlier.subject,
                marked(body)
            )
        }
        _ => marked(body),
    }
}

/// The block that stands before the text of a forwarded mail.
pub(crate) fn forward(client: Client, earlier: &Earlier) -> String {
    let body = &earlier.body;
    match client {
        Client::Outlook => format!("{}\n{}\n\n{body}", "_".repeat(32), fields_ja(earlier)),
        Client::Gmail | Client::GmailEnglish => {
            format!("---------- Forwarded message ---------\n{}\n\n{body}", fields_en(earlier))
        }
        Client::Thunderbird | Client::ThunderbirdOld => {
            format!("-------- 転送されたメッセージ --------\n{}\n\n{body}", fields_ja(earlier))
        }
        Client::AppleMail | Client::Iphone => {
            format!("転送されたメッセージ:\n\n{}\n\n{}", marked(&fields_ja(earlier)), marked(body))
        }
        _ => format!("----- Forwarded by -----\n{}\n\n{body}", fields_en(earlier)),
    }
}

/// `2024年3月4日(月) 10:12 佐藤 花子 <…>:`
pub(crate) fn gmail_line(earlier: &Earlier) -> String {
    let date = earlier.date;
    format!(
        "{}年{}月{}日({}) {}:{:02} {} <{}>:",
        date.year(),
        date.month(),
        date.day(),
        weekday(date.date()),
        date.hour(),
        date.minute(),
        earlier.name,
        earlier.address
    )
}

/// `差出人:` and the lines below it.
pub(crate) fn fields_ja(earlier: &Earlier) -> String {
    let date = earlier.date;
    format!(
        "差出人: {} <{}>\n送信日時: {}年{}月{}日 {}:{:02}\n宛先: {} <{}>\n件名: {}",
        earlier.name,
        earlier.address,
        date.year(),
        date.month(),
        date.day(),
        date.hour(),
        date.minute(),
        earlier.to_name,
        earlier.to_address,
        earlier.subject
    )
}

fn fields_en(earlier: &Earlier) -> String {
    format!(
        "From: {} <{}>\nSent: {}\nTo: {} <{}>\nSubject: {}",
        earlier.name,
        earlier.address,
        earlier.date.strftime("%A, %B %-d, %Y %-I:%M %p"),
        earlier.to_name,
        earlier.to_address,
        earlier.subject
    )
}

fn marked(body: &str) -> String {
    body.lines()
        .map(|line| if line.starts_with('>') { format!(">{line}") } else { format!("> {line}") })
        .collect::<Vec<_>>()
        .join("\n")
}

fn slashes(date: DateTime) -> String {
    date.strftime("%Y/%m/%d %H:%M").to_string()
}
