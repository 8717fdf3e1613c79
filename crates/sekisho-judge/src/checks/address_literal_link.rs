//! A link leads to a bare IP address.

use std::net::IpAddr;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "リンク先が番号だけのアドレスです",
        "A link leads to a bare number",
    ),
    says: Text::new(
        "リンク {target} の行き先は、名前のない番号 {host} です。",
        "The link {target} leads to the bare number {host}.",
    ),
    why: Text::new(
        "ふつうの会社のウェブサイトには名前（ドメイン）があります。番号だけの行き先は、持ち主を確かめられません。",
        "Companies' sites have names. Nobody can tell whose a bare number is.",
    ),
    misses: Text::new(
        "社内の機器（192.168… など）は対象外です。",
        "Devices in one's own network (192.168… and the like) are left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: an address on the internet
Subject: お知らせ
--- html
<a href="http://203.0.113.5/login">こちら</a>

== fires: the same written as one number
Subject: お知らせ
--- html
<a href="http://3405803781/login">こちら</a>

== quiet: a device in one's own network
Subject: スキャン完了
--- html
<a href="http://192.168.1.20/scan">スキャン結果</a>

== quiet: a name
Subject: お知らせ
--- html
<a href="http://partner.example/203.0.113.5">こちら</a>

== fires: an address of the longer kind
Subject: お知らせ
--- html
<a href="http://[2001:db8::1]/x">こちら</a>

== quiet: the machine itself
Subject: お知らせ
--- html
<a href="http://127.0.0.1/x">こちら</a>

== quiet: an address that a device gave itself
Subject: お知らせ
--- html
<a href="http://169.254.1.1/x">こちら</a>

== quiet: the machine itself, longer kind
Subject: お知らせ
--- html
<a href="http://[::1]/x">こちら</a>

== quiet: a device in one's own network, longer kind
Subject: お知らせ
--- html
<a href="http://[fd00::1]/x">こちら</a>

== quiet: an address that a device gave itself, longer kind
Subject: お知らせ
--- html
<a href="http://[fe80::1]/x">こちら</a>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for link in input.links().iter().filter(|link| link.is_web()) {
        let host = link.host.trim_matches(['[', ']']);
        let is_outside = match host.parse::<IpAddr>() {
            Ok(IpAddr::V4(address)) => !(address.is_private() || address.is_loopback() || address.is_link_local()),
            Ok(IpAddr::V6(address)) => !(address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()),
            Err(_) => false,
        };
        if is_outside {
            found.add(Some(&link.part.path), [("target", Value::url(&link.target)), ("host", Value::address(host))]);
        }
    }
}
