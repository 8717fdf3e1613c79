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
        "一覧にない短縮サービスは分かりません。地図・写真・動画・買い物など、その会社自身のサービスにしか行かない短縮URL（maps.app.goo.gl、youtu.be など）は数えません。誰でもフォームやファイルを置けるサービスの短縮URL（forms.gle など）は transfer-service-link が示します。",
        "Services that are not on the list are not known. Short links that lead nowhere but to their own vendor's maps, pictures, videos or shop (maps.app.goo.gl, youtu.be) do not count. Those to services where anybody can put forms or files (forms.gle) are told by transfer-service-link.",
    ),
    needs: &[],
    lists: &[ListName::Shorteners, ListName::TransferServices],
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

== quiet: a map
Subject: 道順

https://maps.app.goo.gl/AbCdEf12 です。

== quiet: shared pictures
Subject: 写真

https://photos.app.goo.gl/AbCdEf12 です。

== quiet: a video
Subject: 動画

https://youtu.be/AbCdEf12 です。

== quiet: a map, as it was shortened before
Subject: 道順

https://goo.gl/maps/AbCdEf12 です。

== fires: anything else of the same service
Subject: ご案内

https://goo.gl/AbCdEf12 です。

== fires: a host that only begins like that of maps
Subject: 道順

https://maps.app.goo.gl.bit.ly/AbCdEf12 です。

== quiet: a form, which is told as a form
Subject: アンケート

https://forms.gle/AbCdEf12 です。

== quiet: a shared file, which is told as a file
Subject: 資料

https://1drv.ms/w/AbCdEf12 です。
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for link in input.links().iter().filter(|link| link.is_web() && input.lists.shorteners.holds(&link.host)) {
        let Ok(url) = url::Url::parse(&link.target) else { continue };
        // What is known to lead to a service where anybody can put something is told as that.
        let is_told = input.lists.transfer_services.at(&url).is_some();
        if input.lists.shorteners.hides(&url) && !is_told {
            found.add(Some(&link.part.path), [("target", Value::url(&link.target))]);
        }
    }
}
