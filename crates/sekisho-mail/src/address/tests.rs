//! Address fields as mail programs and attackers write them.

use super::*;
use crate::DefectKind::{self, AmbiguousFrom, Nul, RawHeader};

fn shown(list: &[Mailbox]) -> Vec<String> {
    list.iter()
        .map(|mailbox| {
            let group = if mailbox.group.is_empty() { String::new() } else { format!("{}: ", mailbox.group) };
            let address = mailbox.address.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{group}{}|{address}", mailbox.name)
        })
        .collect()
}

fn check(cases: &[(&[u8], &[&str])], expected: &[DefectKind]) {
    for (raw, list) in cases {
        let mut defects = Vec::new();
        let read = parse_list(raw, 100, &mut defects);
        assert_eq!(shown(&read), *list, "{}", raw.escape_ascii());
        assert_eq!(defects, expected, "{}", raw.escape_ascii());
    }
}

#[test]
fn ordinary_fields() {
    check(
        &[
            (b"a@b.example", &["|a@b.example"]),
            (b"<a@b.example>", &["|a@b.example"]),
            (b"Taro Yamada <taro@B.Example>", &["Taro Yamada|taro@b.example"]),
            (b"\"Yamada, Taro\" <taro@b.example>", &["Yamada, Taro|taro@b.example"]),
            (b"\"Taro \\\"T\\\" Yamada\" <taro@b.example>", &["Taro \"T\" Yamada|taro@b.example"]),
            (b"=?UTF-8?B?5bGx55Sw?= <taro@b.example>", &["山田|taro@b.example"]),
            (b"=?UTF-8?B?5bGx55Sw?= =?UTF-8?B?5aSq6YOO?= <taro@b.example>", &["山田太郎|taro@b.example"]),
            (b"\"=?UTF-8?B?5bGx55Sw?=\" <taro@b.example>", &["山田|taro@b.example"]),
            (b"=?UTF-8?B?5bGx55Sw?=<taro@b.example>", &["山田|taro@b.example"]),
            (b"=?UTF-8?Q?Yamada,_Taro?= <taro@b.example>", &["Yamada, Taro|taro@b.example"]),
            (b"=?ISO-2022-JP?B?GyRCOzNFRBsoQg==?= <taro@b.example>", &["山田|taro@b.example"]),
            (b"taro@b.example (Taro Yamada)", &["Taro Yamada|taro@b.example"]),
            (b"taro@b.example (=?UTF-8?B?5bGx55Sw?=)", &["山田|taro@b.example"]),
            (b"Taro (Sales (East)) <taro@b.example>", &["Taro (Sales (East))|taro@b.example"]),
            (b"Yamada, Taro <taro@b.example>", &["Yamada, Taro|taro@b.example"]),
            (b"Mr. T. Yamada <taro@b.example>", &["Mr. T. Yamada|taro@b.example"]),
            (b"Dept: Sales <taro@b.example>", &["Dept: Sales|taro@b.example"]),
            (b"[list] Taro <taro@b.example>", &["[list] Taro|taro@b.example"]),
            (b"taro@b.example <taro@b.example>", &["taro@b.example|taro@b.example"]),
            (b"\"taro@b.example\" <taro@b.example>", &["taro@b.example|taro@b.example"]),
            // What a name pretends is no ambiguity: every program takes the brackets.
            (b"\"boss@c.example\" <taro@b.example>", &["boss@c.example|taro@b.example"]),
            (b"=?utf-8?Q?boss@c.example?= <taro@b.example>", &["boss@c.example|taro@b.example"]),
            (b"\"a <boss@c.example>\" <taro@b.example>", &["a <boss@c.example>|taro@b.example"]),
            (b"undisclosed-recipients:;", &["undisclosed-recipients: |"]),
            (b"undisclosed-recipients:", &["undisclosed-recipients: |"]),
            (b"Team: a@b.example;", &["Team: |a@b.example"]),
            (b"MAILER-DAEMON", &["MAILER-DAEMON|"]),
            (b"", &[]),
            (b"  ", &[]),
            (b"Mail Delivery System <>", &["Mail Delivery System|"]),
            (b"Taro <taro@b.example> ", &["Taro|taro@b.example"]),
            (b"Taro <taro@b.example>,", &["Taro|taro@b.example"]),
            (b"Taro <taro@b.example>;", &["Taro|taro@b.example"]),
            (b"Taro < taro@b.example >", &["Taro|taro@b.example"]),
            (b"Taro <taro @ b . example>", &["Taro|taro@b.example"]),
            (b"<<taro@b.example>>", &["|taro@b.example"]),
            (b"Taro <taro@b.example", &["Taro|taro@b.example"]),
            (b"Taro taro@b.example>", &["Taro|taro@b.example"]),
            (b"Taro taro@b.example", &["Taro|taro@b.example"]),
            (b"Taro <mailto:taro@b.example>", &["Taro|taro@b.example"]),
            // Addresses as carriers and standards allow them.
            (b"a..b@docomo.example", &["|a..b@docomo.example"]),
            (b"<.a@docomo.example>", &["|.a@docomo.example"]),
            (b"<a.@docomo.example>", &["|a.@docomo.example"]),
            (b"\"a b\"@c.example", &["|\"a b\"@c.example"]),
            (b"Taro <\"a b\"@c.example>", &["Taro|\"a b\"@c.example"]),
            (b"a@[192.0.2.1]", &["|a@[192.0.2.1]"]),
            (b"Taro <a@[IPv6:2001:db8::1]>", &["Taro|a@[ipv6:2001:db8::1]"]),
            (b"a@[IPv6:2001:db8::1]", &["|a@[ipv6:2001:db8::1]"]),
            (b"\"Taro\"taro@b.example", &["Taro|taro@b.example"]),
            (b"=?utf-8?Q?taro?=@b.example", &["|taro@b.example"]),
            (b"=?utf-8?Q?taro@c.example?=@b.example", &["|\"taro@c.example\"@b.example"]),
            (b"<>", &["|"]),
            (b"a@xn--wgv71a.example", &["|a@xn--wgv71a.example"]),
        ],
        &[],
    );
}

#[test]
fn raw_japanese_names() {
    check(
        &[
            ("山田 太郎 <taro@b.example>".as_bytes(), &["山田 太郎|taro@b.example"]),
            ("山田、太郎（営業） <taro@b.example>".as_bytes(), &["山田、太郎（営業）|taro@b.example"]),
            ("山田, 太郎 <taro@b.example>".as_bytes(), &["山田, 太郎|taro@b.example"]),
            ("山田 <営業部> <taro@b.example>".as_bytes(), &["山田 <営業部>|taro@b.example"]),
            ("taro＠b.example".as_bytes(), &["|taro@b.example"]),
            ("太郎 <太郎@日本.example>".as_bytes(), &["太郎|太郎@日本.example"]),
            (b"\x8eR\x93c <taro@b.example>", &["山田|taro@b.example"]),
            (b"\"\x95\\\x8eR\x93c\" <taro@b.example>", &["表山田|taro@b.example"]),
            (b"\x1b$B;3ED\x1b(B <taro@b.example>", &["山田|taro@b.example"]),
            (b"\"\x1b$B;3ED\x1b(B\" <taro@b.example>", &["山田|taro@b.example"]),
        ],
        &[RawHeader],
    );
}

#[test]
fn fields_that_programs_read_differently() {
    check(
        &[
            (b"Taro <a@b.example> <c@d.example>", &["Taro|a@b.example"]),
            (b"Taro <a@b.example>, Jiro <c@d.example>", &["Taro|a@b.example", "Jiro|c@d.example"]),
            (b"a@b.example, c@d.example", &["|a@b.example", "|c@d.example"]),
            (b"a@b.example <c@d.example>", &["a@b.example|c@d.example"]),
            (b"<a@b.example>c@d.example", &["c@d.example|a@b.example"]),
            (b"<@x.example,@y.example:a@b.example>", &["|a@b.example"]),
            (b"<a@b.example,c@d.example>", &["|a@b.example"]),
            (b"<a@b.example@d.example>", &["|a@b.example@d.example"]),
            (b"<a(x@y.example)@b.example>", &["|a@b.example"]),
            (b"<=?utf-8?Q?a@b.example?=>", &["|a@b.example"]),
            (b"a@b.example c@d.example", &["c@d.example|a@b.example"]),
            (b"\"Taro <a@b.example>, Jiro <c@d.example>", &["Taro|a@b.example", "Jiro|c@d.example"]),
        ],
        &[AmbiguousFrom],
    );
    check(
        &[(b"=?utf-8?Q?boss@c.example=00?= <a@b.example>", &["boss@c.example|a@b.example"])],
        &[Nul, AmbiguousFrom],
    );
}

#[test]
fn several_receivers() {
    let mut defects = Vec::new();
    let list = parse_list(
        b"A <a@b.example>, \"C, D\" <c@b.example>, Team: e@b.example, F <f@b.example>;, g@b.example",
        100,
        &mut defects,
    );
    assert_eq!(
        shown(&list),
        ["A|a@b.example", "C, D|c@b.example", "Team: |e@b.example", "Team: F|f@b.example", "|g@b.example"]
    );
    let list = parse_list(b"a@b.example; c@b.example; d@b.example", 2, &mut defects);
    assert_eq!(list.len(), 2);
    assert!(defects.contains(&DefectKind::LimitReached));
}

#[test]
fn long_fields_are_read_in_bounded_time() {
    for unit in
        ["<", "\"", "(", ",", "a ", "<\"", "<a@b,", "=?a?b?", "=?a?b?x ", "(\"", "<(", "a@b ", "@", ":", "\\"]
    {
        let raw = unit.repeat(200_000 / unit.len());
        let list = parse_list(raw.as_bytes(), 1000, &mut Vec::new());
        assert!(list.len() <= 1001);
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_give_bounded_lists(raw: Vec<u8>) {
        let list = parse_list(&raw, 10, &mut Vec::new());
        proptest::prop_assert!(list.len() <= 11);
    }

    #[test]
    fn any_mixture_gives_bounded_lists(raw in "(<|>|\"|\\(|\\)|,|;|:|@|＠|a|b\\.c| |\\\\|=\\?utf-8\\?q\\?|\\?=|=00|\\[|\\]|あ){0,40}") {
        let list = parse_list(raw.as_bytes(), 100, &mut Vec::new());
        let length: usize = list.iter().map(|mailbox| mailbox.name.len()).sum();
        proptest::prop_assert!(length <= raw.len() * 3);
        for address in list.iter().filter_map(|mailbox| mailbox.address.as_ref()) {
            proptest::prop_assert_eq!(Address::parse(&address.to_string()), Some(address.clone()));
        }
    }
}
