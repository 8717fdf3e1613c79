//! A link through a shortening service: where it leads cannot be seen.

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "短縮URLで行き先が隠れています",
        "A shortened link hides where it leads",
    ),
    says: Text::new(
        "リンク {target} は短縮サービスを通るため、行き先が分かりません。",
        "The link {target} goes through a shortening service; where it leads cannot be seen.",
    ),
    why: Text::new(
        "短縮URLは行き先を隠します。広告や案内にもふつうに使われるので、弱い印です。",
        "Shortened links hide their target. Advertisements use them honestly, so the sign is weak.",
    ),
    misses: Text::new(
        "一覧にない短縮サービスは分かりません。",
        "Services that are not on the list are not known.",
    ),
    needs: &[],
    lists: &[ListName::Shorteners],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a shortened link
Subject: お知らせ

https://bit.ly/3abcdef をご覧ください。

== quiet: the service's own page
Subject: お知らせ

https://bit.ly/ は短縮サービスです。

== quiet: an ordinary link
Subject: お知らせ

https://partner.example/3abcdef をご覧ください。
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for link in input.links().iter().filter(|link| link.is_web() && input.lists.shorteners.holds(&link.host)) {
        let has_path = url::Url::parse(&link.target).is_ok_and(|url| url.path().len() > 1);
        if has_path {
            found.add(Some(&link.part.path), [("target", Value::url(&link.target))]);
        }
    }
}
