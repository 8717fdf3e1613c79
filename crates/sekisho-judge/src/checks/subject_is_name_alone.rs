//! The subject is nothing but the receiver's or sender's name: `RE: name`, `Fwd: name`, or the name alone.

use sekisho_facts::NameKey;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "件名が名前だけです",
        "The subject is nothing but a name",
    ),
    says: Text::new(
        "件名 {subject} は名前だけで、用件がありません。",
        "The subject {subject} is only a name and says nothing of the matter.",
    ),
    why: Text::new(
        "盗んだ連絡先から機械が作るメールは、件名に受信者や差出人の名前だけを入れます（2020年からのEmotetに多い形）。",
        "Mail that a machine builds from stolen contacts has a bare name as its subject (Emotet's since 2020).",
    ),
    misses: Text::new(
        "名字だけの件名、名前のほかに用件がある件名は対象外です。",
        "Surnames alone, and subjects that say more than the name, are left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: RE: and the receiver's name
To: 佐藤花子 <sato@midori.example>
Subject: RE: 佐藤花子

== fires: Fwd: and the name with a title
To: 佐藤花子 <sato@midori.example>
Subject: Fwd: 佐藤 花子 様

== fires: the name of one of our people alone
own: midori.example
person: 佐藤 花子 <sato@midori.example>
Subject: 佐藤花子

== quiet: the name and a matter
To: 佐藤花子 <sato@midori.example>
Subject: RE: 佐藤花子様 見積書の件

== quiet: a subject that is no name
To: 佐藤花子 <sato@midori.example>
Subject: 打ち合わせ
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let message = input.message;
    let subject = NameKey::shown(sekisho_mail::without_prefixes(&message.subject));
    let shown = message.to.iter().chain(&message.cc).chain(&message.from).filter_map(|mailbox| NameKey::full(&mailbox.name));
    let own = input.own.people().iter().flat_map(|person| person.keys.iter().cloned());
    if shown.chain(own).any(|name| subject.is(&name)) {
        found.add(None, [("subject", Value::foreign(&message.subject))]);
    }
}
