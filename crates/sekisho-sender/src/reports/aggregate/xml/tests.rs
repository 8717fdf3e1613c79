//! Reports as receivers of many kinds write them, and as nobody should.

use super::*;
use crate::reports::{Network, Outcome, Overrides};

/// The shape of RFC 7489 as the largest web mailer writes it.
const PLAIN: &str = r#"<?xml version="1.0" encoding="UTF-8" ?>
<feedback>
  <report_metadata><org_name>webmail.example</org_name><email>noreply-dmarc@webmail.example</email>
    <extra_contact_info>https://webmail.example/dmarc</extra_contact_info><report_id>2122885654478337555</report_id>
    <date_range><begin>1793750400</begin><end>1793836799</end></date_range></report_metadata>
  <policy_published><domain>midori.example</domain><adkim>r</adkim><aspf>r</aspf><p>none</p><sp>quarantine</sp><pct>100</pct></policy_published>
  <record><row><source_ip>203.0.113.7</source_ip><count>12</count>
      <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
    <identifiers><header_from>midori.example</header_from></identifiers>
    <auth_results><dkim><domain>news.example</domain><result>pass</result><selector>s1</selector></dkim>
      <dkim><domain>midori.example</domain><result>pass</result><selector>s2</selector></dkim>
      <spf><domain>bounce.news.example</domain><result>pass</result></spf></auth_results></record>
  <record><row><source_ip>2001:db8:7::25</source_ip><count>3</count>
      <policy_evaluated><disposition>reject</disposition><dkim>fail</dkim><spf>fail</spf>
        <reason><type>mailing_list</type><comment>list &amp; &#x3042;</comment></reason></policy_evaluated></row>
    <identifiers><header_from>Midori.Example.</header_from></identifiers>
    <auth_results><spf><domain>lists.example</domain><result>pass</result></spf></auth_results></record>
</feedback>"#;

#[test]
fn a_plain_report_is_read() {
    let report = read(PLAIN.as_bytes());
    assert_eq!((report.reporter.as_str(), report.id.as_str()), ("webmail.example", "2122885654478337555"));
    assert_eq!((report.begin, report.end), (Some(1_793_750_400), Some(1_793_836_799)));
    assert_eq!(report.domain, "midori.example");
    assert_eq!(
        (report.policy.demand, report.policy.below, report.policy.trial),
        (Some(Demand::None), Some(Demand::Quarantine), false)
    );
    assert_eq!((report.records, report.doubts.as_slice()), (2, [].as_slice()));
    let [ours, list] = report.rows.as_slice() else { panic!("{:?}", report.rows) };
    assert_eq!(ours.network, Network::V4("203.0.113.0".parse().unwrap()));
    assert_eq!(
        (ours.authenticated.as_deref(), ours.carrier.as_deref()),
        (Some("midori.example"), Some("news.example"))
    );
    assert_eq!((ours.outcome, ours.messages, ours.disposition), (Outcome::Dkim, 12, Disposition::Delivered));
    assert_eq!((list.authenticated.as_deref(), list.carrier.as_deref()), (None, Some("lists.example")));
    assert_eq!((list.header_from.as_str(), list.disposition), ("midori.example", Disposition::Rejected));
    assert!(list.overrides.passed_on() && list.overrides.has(Override::MailingList));
}

#[test]
fn namespaces_versions_and_the_new_words_change_nothing() {
    let old = read(PLAIN.as_bytes());
    for (from, to) in [
        ("<feedback>", "<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\"><version>1.0</version>"),
        (
            "<feedback>",
            "<feedback xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"x\"><version>1.0</version>",
        ),
        ("<disposition>none", "<disposition>pass"),
        ("<pct>100</pct>", "<np>none</np><testing>n</testing><discovery_method>treewalk</discovery_method>"),
        ("<record>", "<extension><a:b xmlns:a=\"x\"><row><count>5</count></row></a:b></extension><record>"),
        ("</policy_published>", "<fo/></policy_published>"),
        (
            "<header_from>",
            "<envelope_to>webmail.example</envelope_to><envelope_from></envelope_from><header_from>",
        ),
    ] {
        assert_eq!(read(PLAIN.replace(from, to).as_bytes()), old, "{to}");
    }
    let prefixed =
        PLAIN.replace("</", "\u{0}").replace('<', "<d:").replace('\u{0}', "</d:").replace("<d:?xml", "<?xml");
    assert_eq!(read(prefixed.as_bytes()), old);
    let trial = read(PLAIN.replace("<pct>100", "<testing>y</testing><pct>100").as_bytes());
    assert!(trial.policy.trial);
    assert!(read(PLAIN.replace("<pct>100", "<pct>10").as_bytes()).policy.trial);
}

#[test]
fn encodings_change_nothing() {
    let old = read(PLAIN.as_bytes());
    let units = |big: bool| {
        let text = PLAIN.replace("UTF-8", "utf-16");
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16().collect::<Vec<_>>());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect::<Vec<u8>>()
    };
    assert_eq!(read(&units(true)), old);
    assert_eq!(read(&units(false)), old);
    assert_eq!(read(&[b"\xef\xbb\xbf", PLAIN.as_bytes()].concat()), old);
    let japanese =
        PLAIN.replace("UTF-8", "ISO-2022-JP").replace("webmail.example</org_name>", "みどり</org_name>");
    let (bytes, _, _) = encoding_rs::ISO_2022_JP.encode(&japanese);
    assert_eq!(read(&bytes).reporter, "みどり");
    let latin = [
        b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><feedback><report_metadata><org_name>M\xfcller"
            .as_slice(),
        b"</org_name>",
    ]
    .concat();
    assert_eq!(read(&latin).reporter, "Müller");
}

#[test]
fn a_report_cut_anywhere_keeps_what_came_before_and_says_so() {
    let second = PLAIN.rfind("<record>").unwrap();
    let first_end = PLAIN.find("</record>").unwrap() + "</record>".len();
    let end = PLAIN.rfind("</feedback>").unwrap() + "</feedback>".len();
    for at in 0..PLAIN.len() {
        let report = read(&PLAIN.as_bytes()[..at]);
        assert_eq!(report.doubts.contains(&Doubt::Broken), at < end, "cut at {at}");
        if (first_end..second).contains(&at) {
            assert_eq!((report.records, report.rows[0].messages), (1, 12), "cut at {at}");
        }
    }
}

#[test]
fn broken_nesting_is_read_and_said() {
    for (from, to) in [
        ("</policy_evaluated>", ""),
        ("</identifiers>", "</identifier></identifiers>"),
        ("</row>", "</rows></row>"),
        ("<auth_results>", "<auth_results><dkim>"),
    ] {
        let report = read(PLAIN.replacen(from, to, 1).as_bytes());
        assert!(report.doubts.contains(&Doubt::Broken), "{to}");
        assert_eq!(report.records, 2, "{to}");
        assert_eq!(report.rows.iter().map(|row| row.messages).sum::<u64>(), 15, "{to}");
    }
    let unclosed = read(PLAIN.replacen("</record>", "", 1).as_bytes());
    assert_eq!((unclosed.records, unclosed.doubts.as_slice()), (2, [Doubt::Broken].as_slice()));
    let junk = read(format!("{PLAIN}\n\0 trailing & junk").as_bytes());
    assert_eq!(junk.records, 2);
}

#[test]
fn counts_that_cannot_be_are_told() {
    for (count, doubt, messages) in [
        ("-12", Some(Doubt::CountNegative), 0),
        ("", Some(Doubt::CountMissing), 0),
        ("many", Some(Doubt::CountMissing), 0),
        ("1e9", Some(Doubt::CountMissing), 0),
        ("99999999999999999999999999", Some(Doubt::CountHuge), 1_000_000_000),
        ("18446744073709551615", Some(Doubt::CountHuge), 1_000_000_000),
        (" 12\n", None, 12),
    ] {
        let report = read(PLAIN.replace("<count>12", &format!("<count>{count}")).as_bytes());
        assert_eq!(report.doubts, Vec::from_iter(doubt), "{count}");
        assert_eq!(report.rows[0].messages, messages, "{count}");
    }
    let missing = read(PLAIN.replace("<count>12</count>", "").replace("203.0.113.7", "somewhere").as_bytes());
    assert_eq!(missing.doubts, [Doubt::AddressMissing, Doubt::CountMissing]);
    let backwards = read(
        PLAIN
            .replace("1793836799", "1")
            .replace("<domain>midori.example</domain><adkim>", "<adkim>")
            .as_bytes(),
    );
    assert_eq!(backwards.doubts, [Doubt::DomainMissing, Doubt::RangeOdd]);
}

#[test]
fn without_a_verdict_the_results_decide() {
    let report = read(PLAIN.replace("<dkim>pass</dkim><spf>fail</spf>", "").as_bytes());
    assert_eq!(report.rows[0].outcome, Outcome::Dkim);
    let stranger = PLAIN
        .replace("<dkim>pass</dkim><spf>fail</spf>", "")
        .replace("<dkim><domain>midori.example", "<dkim><domain>notmidori.example");
    assert_eq!(read(stranger.as_bytes()).rows.iter().filter(|row| row.outcome.passes()).count(), 0);
}

#[test]
fn entities_are_not_expanded() {
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE feedback [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>
        <feedback><report_metadata><org_name>&c;&x;A&amp;B &#12354;&nothing;</org_name></report_metadata></feedback>"#;
    let report = read(bomb.as_bytes());
    assert_eq!(report.reporter, "A&B あ");
    assert!(!report.doubts.contains(&Doubt::Broken));
}

#[test]
fn deep_and_long_things_end() {
    let deep = format!("<feedback>{}{}", "<a>".repeat(200_000), PLAIN.split_once("<feedback>").unwrap().1);
    assert_eq!(read(deep.as_bytes()).records, 0);
    let closed = format!(
        "<feedback>{}{}{}",
        "<a>".repeat(200_000),
        "</a>".repeat(200_000),
        PLAIN.split_once("<feedback>").unwrap().1
    );
    assert_eq!(read(closed.as_bytes()).records, 2);
    let long =
        PLAIN.replace("webmail.example</org_name>", &format!("{}</org_name>", "長い".repeat(1_000_000)));
    assert_eq!(read(long.as_bytes()).reporter.chars().count(), WORDS_CHARACTERS_MAX);
}

#[test]
fn a_million_records_are_few_rows_and_all_counted() {
    let mut text = String::from("<feedback><policy_published><domain>a.example</domain></policy_published>");
    for number in 0..1_000_000_u32 {
        let address = std::net::Ipv4Addr::from_bits(number.wrapping_mul(2_654_435_761));
        text.push_str(&format!(
            "<record><row><source_ip>{address}</source_ip><count>2</count></row></record>"
        ));
    }
    text.push_str("</feedback>");
    let report = read(text.as_bytes());
    assert_eq!(report.records, 1_000_000);
    assert_eq!(report.rows.iter().map(|row| row.messages).sum::<u64>(), 2_000_000);
    assert!(report.rows.len() <= 2 * crate::reports::limits::ROWS_MAX + 1);
    assert!(report.doubts.contains(&Doubt::Folded));
}

#[test]
fn sets_of_reasons_hold_what_was_put_in() {
    let mut set = Overrides::default();
    for reason in Override::ALL {
        assert!(!set.has(reason));
        set.add(reason);
        assert!(set.has(reason));
    }
    assert_eq!(set.iter().collect::<Vec<_>>(), Override::ALL);
}
