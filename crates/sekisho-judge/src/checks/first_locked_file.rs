//! The first file with a password from a correspondent who never locks any.

use sekisho_content::Unread;

use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "この相手からははじめてのパスワード付きファイルです",
        "The first locked file from this correspondent",
    ),
    says: Text::new(
        "{address} からはこれまで {mails} 通を見ましたが、パスワード付きのファイルは届いていません。今回の {name} にはパスワードがかかっています。",
        "In {mails} mails from {address} there was no file with a password. {name} is locked with one.",
    ),
    why: Text::new(
        "パスワード付きのファイルはウイルス検査を素通りします。急に送られてきたら、相手に電話などで確かめてから開いてください。",
        "Locked files pass virus scanners unseen. Where one comes all of a sudden, ask the sender in another way before opening it.",
    ),
    misses: Text::new(
        "10通以上を見た相手だけを比べます。はじめての相手のものは、ほかの検査が見ます。",
        "Only correspondents with ten mails or more are compared. Somebody new is told by other checks.",
    ),
    needs: &[Need::Memory],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a locked ZIP from somebody who never sent one
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 files=zip:9
From: 山田太郎 <yamada@partner.example>
--- attach 資料.zip locked zip

== fires: one that opened with the password in the mail
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12
From: 山田太郎 <yamada@partner.example>
--- attach 資料.zip as zip
opened with: text

== quiet: somebody who sent one before
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 locked=1
From: 山田太郎 <yamada@partner.example>
--- attach 資料.zip locked zip

== quiet: too few mails for a habit
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=9
From: 山田太郎 <yamada@partner.example>
--- attach 資料.zip locked zip

== quiet: a ZIP without a password
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12
From: 山田太郎 <yamada@partner.example>
--- attach 資料.zip as zip
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let Some((contact, address)) = input.contact_with_habits().zip(input.sender()) else { return };
    if contact.habits.locked > 0 {
        return;
    }
    // What is in an archive is told with it.
    let attached = input.files().filter(|part| part.hold.is_none());
    for part in attached.filter(|part| part.unread == Some(Unread::Locked) || part.opened_with.is_some()) {
        let values = [
            ("address", Value::address(address)),
            ("mails", Value::Number(contact.habits.mails.into())),
            ("name", files::name(part)),
        ];
        found.add(Some(&part.path), values);
    }
}
