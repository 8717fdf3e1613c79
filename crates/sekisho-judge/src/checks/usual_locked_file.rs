//! A file with a password from a correspondent who always sends them so.

use sekisho_content::Unread;
use sekisho_facts::Identity;

use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Info,
    title: Text::new(
        "この相手がふだんから送ってくるパスワード付きファイルです",
        "This correspondent usually locks files",
    ),
    says: Text::new(
        "{address} からは、見たことのある {mails} 通のうち {locked} 通にパスワード付きのファイルがありました。今回の {name} も同じ形です。",
        "Of {mails} mails from {address}, {locked} had a file with a password. {name} has one too.",
    ),
    why: Text::new(
        "ふだんの習慣どおりということだけを示します。中身が安全だという意味ではありません。",
        "It says that this is the sender's habit, and nothing about what is inside.",
    ),
    misses: Text::new(
        "本人と認証されたメールだけで表示します。ほかの検査の結果は、これがあっても弱くなりません。",
        "It is only told for mail that authenticated as the sender. No other finding becomes weaker by it.",
    ),
    needs: &[Need::Memory],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a habit
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 locked=6
dmarc: pass partner.example
From: 山田太郎 <yamada@partner.example>
--- attach 資料.zip locked zip

== quiet: nothing shows that it is truly theirs
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 locked=6
From: 山田太郎 <yamada@partner.example>
--- attach 資料.zip locked zip

== quiet: it happened before, but rarely
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 locked=2
dmarc: pass partner.example
From: 山田太郎 <yamada@partner.example>
--- attach 資料.zip locked zip

== quiet: a ZIP without a password
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 locked=6
dmarc: pass partner.example
From: 山田太郎 <yamada@partner.example>
--- attach 資料.zip as zip
"#,
};

/// Locked files make a habit from this share of the mails on, in percent.
const HABIT_PERCENT: u64 = 25;

fn run(input: &Input<'_>, found: &mut Found) {
    let Some((contact, address)) = input.contact_with_habits().zip(input.sender()) else { return };
    let (locked, mails) = (u64::from(contact.habits.locked), u64::from(contact.habits.mails));
    if input.identity() != Identity::AsContact || locked * 100 < mails * HABIT_PERCENT {
        return;
    }
    // What is in an archive is told with it.
    let attached = input.files().filter(|part| part.hold.is_none());
    for part in attached.filter(|part| part.unread == Some(Unread::Locked) || part.opened_with.is_some()) {
        let values = [
            ("address", Value::address(address)),
            ("mails", Value::Number(mails)),
            ("locked", Value::Number(locked)),
            ("name", files::name(part)),
        ];
        found.add(Some(&part.path), values);
    }
}
