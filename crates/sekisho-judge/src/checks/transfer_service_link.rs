//! A link to a file on a public transfer or cloud service, where anybody can put anything.

use crate::lists::{Gives, ListName, TransferService};
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "誰でもファイルやページを置けるサービスへのリンクです",
        "A link to a service where anybody can put files or pages",
    ),
    says: Text::new(
        "リンク {target} は、{place}を指しています。",
        "The link {target} points to {place}.",
    ),
    why: Text::new(
        "有名なサービスの名前でも、置いた人の身元は保証されません。日本の仕事ではふつうの送り方でもあるので、弱い印です。",
        "The service's good name says nothing about who put the file there. It is an ordinary way to send files at work, so the sign is weak.",
    ),
    misses: Text::new(
        "リンク先の中身は見ていません。",
        "What lies behind the link is not looked at.",
    ),
    needs: &[],
    lists: &[ListName::TransferServices],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a file on a transfer service
Subject: データ送付

https://36.gigafile.nu/1234-abcdef からダウンロードしてください。

== fires: a form
Subject: アンケート

https://forms.gle/AbCdEf12 にご回答ください。

== quiet: a map
Subject: 道順

https://maps.app.goo.gl/AbCdEf12 です。

== quiet: an ordinary link
Subject: データ送付

https://partner.example/1234-abcdef をご覧ください。
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for link in input.links().iter().filter(|link| link.is_web()) {
        let Ok(url) = url::Url::parse(&link.target) else { continue };
        if let Some(service) = input.lists.transfer_services.at(&url) {
            found.add(Some(&link.part.path), [("target", Value::url(&link.target)), ("place", Value::Word(place(service)))]);
        }
    }
}

fn place(service: &TransferService) -> Text {
    let name = &service.name;
    match service.gives {
        Gives::Forms => Text { ja: format!("誰でも作れる入力フォーム（{name}）").into(), en: format!("a form of the kind that anybody can make ({name})").into() },
        Gives::Files | Gives::Pages => Text {
            ja: format!("誰でもファイルやページを置ける{name}").into(),
            en: format!("{name}, where anybody can put files or pages").into(),
        },
    }
}
