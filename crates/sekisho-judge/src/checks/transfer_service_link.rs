//! A link to a file on a public transfer or cloud service, where anybody can put anything.

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "誰でも置けるファイル共有サービスへのリンクです",
        "A link to a public file service",
    ),
    says: Text::new(
        "リンク {target} は、誰でもファイルやページを置ける{service}を指しています。",
        "The link {target} points to {service}, where anybody can put files or pages.",
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

== quiet: an ordinary link
Subject: データ送付

https://partner.example/1234-abcdef をご覧ください。
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for link in input.links().iter().filter(|link| link.is_web()) {
        let Ok(url) = url::Url::parse(&link.target) else { continue };
        if let Some(service) = input.lists.transfer_services.at(&url) {
            found.add(Some(&link.part.path), [("target", Value::url(&link.target)), ("service", Value::Own(service.name.clone()))]);
        }
    }
}
