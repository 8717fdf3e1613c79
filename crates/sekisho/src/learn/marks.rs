//! What the program that kept a mail wrote above it → which kind of folder it was in: Gmail's labels (Takeout), Thunderbird's mark of mails that
//! are only gone once a folder is compacted, Outlook's of mail that is yet to be sent.
//!
//! Such a mark stands above everything that servers wrote: further down, whoever sent the mail may have written it.

use sekisho_mail::Message;

use super::folders::Folder;

/// What servers write on top of a mail when they take or deliver it.
const BY_SERVERS: [&str; 6] =
    ["Received", "X-Received", "Return-Path", "Delivered-To", "X-Original-To", "Authentication-Results"];

/// The bit of `X-Mozilla-Status` for a mail that was deleted or moved and still stands in the file.
const EXPUNGED: u32 = 0x0008;

/// Takeout begins every mail with this field.
const TAKEOUTS_FIRST: &str = "X-GM-THRID";

/// The kind of folder that a mail says itself that it is of, where it says so.
pub fn folder(message: &Message) -> Option<Folder> {
    let is_servers = |name: &str| BY_SERVERS.iter().any(|known| name.eq_ignore_ascii_case(known));
    let own: Vec<_> = message.fields.iter().take_while(|field| !is_servers(&field.name)).collect();
    let is_takeouts = own.first().is_some_and(|first| first.is(TAKEOUTS_FIRST));
    let is_of_no_server = own.len() == message.fields.len();
    let mut found = None;
    for field in &own {
        // What a server had in its hands was sent after all.
        if is_of_no_server && field.is("X-Unsent") && field.text.trim() == "1" {
            return Some(Folder::Drafts);
        }
        if field.is("X-Mozilla-Status") && is_expunged(&field.text) {
            return Some(Folder::Deleted);
        }
        if !field.is("X-Gmail-Labels") {
            continue;
        }
        let kinds: Vec<Folder> = labels(&field.text).iter().filter_map(|it| Folder::labelled(it)).collect();
        let left_out = kinds.iter().find(|kind| !kind.is_learned());
        // Only Takeout's word makes a mail the owner's.
        let sent = kinds.iter().find(|_| is_takeouts);
        found = found.or(left_out.or(sent).copied());
    }
    found
}

fn is_expunged(status: &str) -> bool {
    u32::from_str_radix(status.trim(), 16).is_ok_and(|status| status & EXPUNGED != 0)
}

/// Labels with commas between them; one that has a comma itself stands in quotation marks.
fn labels(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut is_quoted = false;
    for sign in text.chars() {
        match (sign, all.last_mut()) {
            ('"', _) => is_quoted = !is_quoted,
            (',', _) if !is_quoted => all.push(String::new()),
            (sign, Some(label)) => label.push(sign),
            (_, None) => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use sekisho_mail::Limits;

    use super::*;

    #[test]
    fn marks_of_whoever_kept_a_mail_say_what_it_is() {
        let takeout = |labels: &str| format!("X-GM-THRID: 1\nX-Gmail-Labels: {labels}\n");
        let received = "Received: from a.example by b.example; Tue, 24 Nov 2026 10:00:00 +0900\n";
        let (drafts, junk, deleted, sent) =
            (Some(Folder::Drafts), Some(Folder::Junk), Some(Folder::Deleted), Some(Folder::Sent));
        for (marks, expected) in [
            (takeout("Drafts"), drafts),
            (takeout("=?utf-8?b?5LiL5pu444GN?="), drafts),
            (takeout("重要,下書き"), drafts),
            (takeout("受信トレイ,下書き確認済み"), None),
            (takeout("\"東, 下書き\",受信トレイ"), None),
            (takeout("\"取引先, 東\",ゴミ箱"), deleted),
            (takeout("Entwürfe,Wichtig"), drafts),
            (takeout("Brouillons"), drafts),
            (takeout("Papelera"), deleted),
            (takeout("垃圾邮件"), junk),
            (takeout("迷惑メール"), junk),
            (takeout("Templates,Inbox"), None),
            (takeout("Sent"), sent),
            (takeout("=?UTF-8?B?6YCB5L+h5riI44G/?="), sent),
            (takeout("送信済み,ゴミ箱"), deleted),
            (format!("{}{received}", takeout("Spam")), junk),
            // Whoever sent it wrote that.
            (format!("{received}{}", takeout("Sent")), None),
            (format!("{received}{}", takeout("Spam")), None),
            ("X-Gmail-Labels: Sent\n".to_owned(), None),
            ("X-Mozilla-Status: 0009\nX-Mozilla-Status2: 00000000\n".to_owned(), deleted),
            (format!("X-Mozilla-Status: 0008\n{received}"), deleted),
            (format!("{received}X-Mozilla-Status: 0008\n"), None),
            ("X-Mozilla-Status: 0001\n".to_owned(), None),
            ("X-Mozilla-Status: 0080\n".to_owned(), None),
            ("X-Unsent: 1\n".to_owned(), drafts),
            ("X-Unsent: 0\n".to_owned(), None),
            // It was sent, then.
            (format!("X-Unsent: 1\n{received}"), None),
            (String::new(), None),
        ] {
            let mail = format!("{marks}From: sato@midori.example\nTo: a@b.example\n\nx\n");
            let message = sekisho_mail::read(mail.as_bytes(), &Limits::default());
            assert_eq!(folder(&message), expected, "{marks}");
        }
    }
}
