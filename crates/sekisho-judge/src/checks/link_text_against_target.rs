//! The text of a link shows one site, the link leads to another.

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, domain};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "リンクの見た目と行き先が違います",
        "A link leads elsewhere than it says",
    ),
    says: Text::new(
        "リンクの文字は {shown} ですが、行き先は {host} です。",
        "The link says {shown}, but leads to {host}.",
    ),
    why: Text::new(
        "本物のアドレスを文字で見せて、偽のページへ飛ばす手口です。広告配信も行き先を計測用に変えるため、有名な会社や当組織の名前を見せるもの以外は弱い印です。",
        "The true address is shown, a forged page opened. Newsletters lead through counters too, so only links that show a known brand or our own name are strong.",
    ),
    misses: Text::new(
        "URLの形をしていない文字（「こちら」など）、同じ組織の別のページ、知られたリンク書き換えサービスを通るものは対象外です。",
        "Texts that are no URL (“here”), other pages of the same organisation, and links through known rewriting services are left out.",
    ),
    needs: &[],
    lists: &[ListName::Brands, ListName::LinkWrappers],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a brand's address is shown
From: お知らせ <info@unrelated.example>
Subject: お知らせ
--- html
<a href="https://unrelated.example/x">https://www.amazon.co.jp/login</a>

== fires: our own address is shown
own: midori.example
From: 管理者 <info@unrelated.example>
Subject: お知らせ
--- html
<a href="https://unrelated.example/x">https://mail.midori.example/</a>

== fires weak: a brand's bare name is shown
From: お知らせ <info@unrelated.example>
Subject: お知らせ
--- html
<a href="https://unrelated.example/x">amazon.co.jp</a>

== fires: our own bare name is shown
own: midori.example
From: お知らせ <info@unrelated.example>
Subject: お知らせ
--- html
<a href="https://unrelated.example/x">midori.example</a>

== quiet: a file's name has the shape of a host
Subject: お知らせ
--- html
<a href="https://partner.example/docs">readme.md</a>

== fires weak: a stranger's address is shown
Subject: お知らせ
--- html
<a href="https://unrelated.example/x">https://www.partner.example/</a>

== quiet: another page of the same organisation
Subject: お知らせ
--- html
<a href="https://click.partner.example/x">https://www.partner.example/</a>

== quiet: text that is no address
Subject: お知らせ
--- html
<a href="https://unrelated.example/x">こちらをクリック</a>

== quiet: a rewritten link that leads where it says
Subject: お知らせ
--- html
<a href="https://jpn01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.partner.example%2F&amp;data=05">https://www.partner.example/</a>

== fires weak: the brand's own mail leads through a counter
From: Amazon.co.jp <info@amazon.co.jp>
Subject: お知らせ
--- html
<a href="https://counter.example/x">https://www.amazon.co.jp/login</a>

== fires: a brand's name with www.
From: お知らせ <info@unrelated.example>
Subject: お知らせ
--- html
<a href="https://unrelated.example/x">www.amazon.co.jp</a>

== fires: a brand's name with a path
From: お知らせ <info@unrelated.example>
Subject: お知らせ
--- html
<a href="https://unrelated.example/x">amazon.co.jp/login</a>

== quiet: a mail address is shown
own: midori.example
From: お知らせ <info@unrelated.example>
Subject: お知らせ
--- html
<a href="https://unrelated.example/x">sato@midori.example</a>

== quiet: the link writes a mail
Subject: お知らせ
--- html
<a href="mailto:a@unrelated.example">https://www.partner.example/</a>

== quiet: a rewriter that does not tell where it leads
Subject: お知らせ
--- html
<a href="https://protect-eu.mimecast.com/s/abcdef">https://www.partner.example/</a>

== fires weak: our own mail leads through a counter
own: midori.example
From: 佐藤花子 <sato@midori.example>
Subject: お知らせ
--- html
<a href="https://counter.example/x">https://www.midori.example/</a>

== fires weak: the brand's mail from another of its domains
From: Amazon <info@amazon.com>
Subject: お知らせ
--- html
<a href="https://counter.example/x">https://www.amazon.co.jp/login</a>

== quiet: a rewriter's address in the text, as it is written
Subject: お知らせ

https://www.google.com/url?q=https%3A%2F%2Fwww.partner.example%2F をご覧ください。
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for link in input.links().iter().filter(|link| link.is_web() && !link.is_opaque) {
        let Some(shown) = shown_host(input, &link.link.text) else { continue };
        // A rewriter's own address, shown as it is written, hides nothing: it is the target as well.
        let written = url::Url::parse(&link.link.target).ok().and_then(|url| url.host_str().map(str::to_lowercase));
        let leads_there = |host: &str| domain::same_organisation(&shown, host);
        if leads_there(&link.host) || written.is_some_and(|host| leads_there(&host)) {
            continue;
        }
        let brand = input.lists.brands.owner_of(&shown);
        if brand.is_some_and(|brand| brand.owns(&link.host)) {
            continue;
        }
        let sent_by_itself = input.sender().is_some_and(|address| domain::same_organisation(address.domain(), &shown) || brand.is_some_and(|brand| brand.owns(address.domain())));
        // A bare brand name in a text may only speak of the brand; our own name is meant as an address.
        let is_protected = (brand.is_some() && is_address(&link.link.text)) || input.own.is_own_domain(&shown);
        let grade = if is_protected && !sent_by_itself { Grade::Strong } else { Grade::Weak };
        found.add_graded(grade, Some(&link.part.path), [("shown", Value::address(&shown)), ("host", Value::address(&link.host))]);
    }
}

/// The host that a link's text shows, where the whole text is one address of a site.
fn shown_host(input: &Input<'_>, text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['<', '>', '「', '」', '"', '.']);
    if text.contains('@') {
        return None;
    }
    let with_scheme = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    let host = url::Url::parse(&with_scheme).ok()?.host_str()?.to_lowercase();
    // "node.js" and "readme.md" have the shape of a host as well; what begins with a scheme or www. means one, and so
    // does a bare name that is a brand's or our own.
    let is_meant = is_address(text);
    let is_protected = || input.lists.brands.owner_of(&host).is_some() || input.own.is_own_domain(&host);
    (domain::registrable(&host).is_some() && (is_meant || is_protected())).then_some(host)
}

/// Whether a text has the shape of an address of a page, and not of a bare name.
fn is_address(text: &str) -> bool {
    text.trim().to_ascii_lowercase().starts_with("www.") || text.contains('/')
}
