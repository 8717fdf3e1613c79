//! Records → errors with term and place; near misses read well.

use super::*;

/// Record → errors as `why@place`; nothing where it is fine.
const TABLE: &str = "
v=spf1 -all |
v=spf1 |
v=spf1  a  mx   ~all |
V=SPF1 IP4:192.0.2.1 INCLUDE:spf.example -ALL |
v=spf1 a:mail.midori.example/24//64 -all |
v=spf1 a/24 mx//64 -all |
v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 ?all |
v=spf1 exists:%{ir}.%{l1r+-}._spf.%{d} -all |
v=spf1 exists:%{d/}.example/ -all | Domain@8
v=spf1 a:%{d2}/24 -all |
v=spf1 redirect=_spf.midori.example |
v=spf1 redirect=a.example redirect=b.example | Twice@27
v=spf1 exp=a.example exp=b.example -all | Twice@22
v=spf1 moo.cow-far_out=man:dog/cat ~all |
v=spf1 ipv4:192.0.2.1 -all | UnknownMechanism@8
v=spf1 a mxx -all | UnknownMechanism@10
v=spf1 192.0.2.1 -all | UnknownMechanism@8
v=spf1 ip4:192.0.2.256 -all | Ip4@8
v=spf1 ip4:192.0.2.1/33 -all | Ip4@8
v=spf1 ip4:192.0.2.1/ -all | Ip4@8
v=spf1 ip4:192.0.2.1/024 -all | Ip4@8
v=spf1 ip4:2001:db8::1 -all | Ip4@8
v=spf1 ip6:192.0.2.1 -all | Ip6@8
v=spf1 ip6:2001:db8::/129 -all | Ip6@8
v=spf1 ip4: 192.0.2.1 -all | NoValue@8 UnknownMechanism@13
v=spf1 include -all | NoValue@8
v=spf1 include: spf.example -all | NoValue@8 UnknownMechanism@17
v=spf1 include:localhost -all | Domain@8
v=spf1 include:spf..example -all | Domain@8
v=spf1 include:https://spf.example -all | Domain@8
v=spf1 include:spf.example. -all |
v=spf1 a:192.0.2.1 -all | Domain@8
v=spf1 a/33 -all | Prefix@8
v=spf1 a//129 -all | Prefix@8
v=spf1 mx/ -all | Prefix@8
v=spf1 all:midori.example | NeedlessValue@8
v=spf1 -all. | UnknownMechanism@8
v=spf1 exists:%{x}.example -all | Macro@8
v=spf1 exists:%d.example -all | Macro@8
v=spf1 exists:%{d0}.example -all | Macro@8
v=spf1 exists:%{d -all | Macro@8
v=spf1 ptr -all |
v=spf1 ptr:midori.example -all |
v=spf1 include:spf.example,mx -all | Domain@8
v=spf1 a;mx -all | UnknownMechanism@8
v=spf1 include:みどり.example -all | NotAscii@8
v=spf1　-all |
v=spf1 ip4:192.0.2.1　-all | NotAscii@8
v=spf1 a\tmx -all | NotAscii@8
";

#[test]
fn every_record_is_read_as_written() {
    for row in TABLE.lines().filter(|line| !line.is_empty()) {
        let (record, expected) = row.split_once('|').unwrap();
        let record = record.strip_suffix(' ').unwrap().replace("\\t", "\t");
        let read = Record::parse(&record).with_names_checked();
        let found: Vec<String> =
            read.wrong.iter().map(|wrong| format!("{:?}@{}", wrong.why, wrong.at)).collect();
        assert_eq!(found.join(" "), expected.trim(), "{row}");
    }
}

#[test]
fn the_version_is_followed_by_a_space_or_nothing() {
    for (text, expected) in [
        ("v=spf1 -all", true),
        ("V=spf1", true),
        ("v=spf10 -all", false),
        ("v=spf1\u{3000}-all", false),
        ("spf1 -all", false),
        ("", false),
    ] {
        assert_eq!(is_spf(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn widths_and_qualifiers_are_read() {
    let record = Record::parse("v=spf1  a/24//64 ?mx:b.example/8 IP4:192.0.2.0/24 ~all x=%{d}  ");
    assert_eq!(record.wrong, []);
    let whats: Vec<&What> = record.terms.iter().map(|term| &term.what).collect();
    let a = Mechanism::A(None, Widths { v4: 24, v6: 64 });
    assert_eq!(*whats[0], What::Mechanism(Qualifier::Pass, a));
    assert!(matches!(
        whats[1],
        What::Mechanism(Qualifier::Neutral, Mechanism::Mx(Some(_), Widths { v4: 8, v6: 128 }))
    ));
    assert_eq!(whats.len(), 5);
}

#[test]
fn what_is_broken_for_receivers() {
    let broken = "a: a/ a/33 a/024 a//129 a:b.example/ ip4:192.0.2 ip4:1.2.3.4/ ip6:1.2.3.4 all:x.example include exists \
        foo -redirect=a.example x=% 1=a =a a.b=%{ redirect= include:a.example/24 all. all/8 ptr/24 a:%{d}a";
    for term in broken.split_ascii_whitespace() {
        assert_eq!(Record::parse(&format!("v=spf1 {term} -all")).wrong.len(), 1, "{term}");
    }
}

#[test]
fn names_that_nobody_can_ask_about_are_wrong_for_people_alone() {
    for name in ["a..example", "a/b.example", "a:b.example", &format!("{}.example", "a".repeat(64))] {
        let record = Record::parse(&format!("v=spf1 a:{name} redirect=_spf.midori.example"));
        assert_eq!(record.wrong, [], "{name}");
        let record = record.with_names_checked();
        assert_eq!(
            record.wrong.iter().map(|wrong| (wrong.why, wrong.at)).collect::<Vec<_>>(),
            [(Why::Domain, 8)]
        );
        assert_eq!(record.terms[0].what, What::Unreadable);
    }
}

#[test]
fn terms_behind_all_do_not_count_but_modifiers_do() {
    let record = Record::parse("v=spf1 a -all mx exp=why.example include:b.example");
    let counted: Vec<&str> = record.effective().map(|term| term.text.as_str()).collect();
    assert_eq!(counted, ["a", "-all", "exp=why.example"]);
}

#[test]
fn no_record_is_read_without_end() {
    let record = Record::parse(&format!("v=spf1{}", " a".repeat(100_000)));
    assert_eq!((record.terms.len(), record.wrong.len()), (TERMS_MAX, 1));
    assert_eq!(record.wrong[0].why, Why::TooMany);
}
