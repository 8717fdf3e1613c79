//! Strange names against protected ones, both ways: what looks like one of them, and what does not.

use super::How::Edit;
use super::*;

fn protected() -> Protected {
    let domains =
        ["amazon.co.jp", "midori.co.jp", "smbc-card.com", "jcb.co.jp", "apple.com", "nta.go.jp", "ntt.co.jp"];
    let more = ["midoribank.example", "mercari.com", "yamatotransport.co.jp", "みどり銀行.jp", "adobe.com"];
    Protected::new(domains.into_iter().chain(more), ["apple"])
}

#[test]
fn each_way_has_its_near_miss() {
    use {How::*, Strength::*};
    let cases = [
        ("amazon.co.jp.evil.example", Some((Subdomain, Strong))),
        ("www.jcb.co.jp.evil.example", Some((Subdomain, Strong))),
        ("amazon.evil.example", None),
        ("evil.amazon.co.jp", None),
        ("amаzon.co.jp", Some((Punycode, Strong))),
        ("xn--amazn-2nf.co.jp", None),
        ("amazоn.test", Some((Punycode, Strong))),
        ("アマゾン.test", None),
        ("arnazon.test", Some((Confusable, Strong))),
        ("m1dor1.test", Some((Confusable, Strong))),
        ("m0d0r0.test", None),
        ("mid0ri.test", Some((Confusable, Strong))),
        ("jc8.co.jp", None),
        ("app1e.com", Some((Confusable, Strong))),
        ("app1e.test", Some((Confusable, Weak))),
        ("appie.com", Some((Confusable, Weak))),
        ("appie.test", None),
        ("amazon-co-jp.example", Some((AddedWord, Strong))),
        ("nta-go-jp.example", Some((AddedWord, Strong))),
        ("secure.nta-go-jp.evil.example", Some((AddedWord, Strong))),
        ("midori-support.example", Some((AddedWord, Strong))),
        ("midorilogin.test", Some((AddedWord, Strong))),
        ("verify-midori-account.test", Some((AddedWord, Strong))),
        ("smbc-card-login.test", Some((AddedWord, Strong))),
        ("midori-service.test", Some((AddedWord, Weak))),
        ("midori-gardens.test", None),
        ("jcb-login.test", Some((AddedWord, Weak))),
        ("jcblogin.test", None),
        ("jcb-shop.test", None),
        ("apple-support.test", Some((AddedWord, Weak))),
        ("pineapple.test", None),
        ("smbccard.com", Some((Hyphens, Strong))),
        ("smbc-card.test", Some((OtherTld, Weak))),
        ("smbccars.com", None),
        ("smb-ccard.test", Some((Hyphens, Weak))),
        ("j-cb.test", None),
        ("amazzon.test", Some((Edit(1), Strong))),
        ("amzaon.test", Some((Edit(1), Strong))),
        ("amazin.test", Some((Edit(1), Weak))),
        ("amazons.test", Some((Edit(1), Weak))),
        ("hamazon.test", None),
        ("mamazon.test", None),
        ("amzin.test", None),
        ("yamatotranspart.test", Some((Edit(1), Strong))),
        ("yamatotransit.test", None),
        ("adobbe.com", Some((Edit(1), Weak))),
        ("adobbe.test", None),
        ("adone.com", None),
        ("midori.test", Some((OtherTld, Weak))),
        ("jcb.test", None),
        ("apple.test", None),
        ("ntt.co.jp", None),
        ("nta.co.jp", None),
        ("www.midori.co.jp", None),
        ("192.0.2.1", None),
        ("co.jp", None),
        ("", None),
    ];
    let protected = protected();
    for (candidate, expected) in cases {
        let found = protected.look_alike(candidate);
        let seen = found.as_ref().map(|found| (found.how, found.strength));
        assert_eq!(seen, expected, "{candidate} {found:?}");
    }
}

#[test]
fn protected_names_are_never_look_alikes_of_each_other() {
    let names = ["amazon.co.jp", "amazon.com", "amazom.com", "amazon-support.example"];
    let protected = Protected::new(names, []);
    for name in names {
        assert_eq!(protected.look_alike(name), None, "{name}");
    }
}

#[test]
fn nothing_protected_finds_nothing() {
    assert_eq!(Protected::default().look_alike("amazon.example"), None);
}

/// A protected name, a strange one, and by what means and how surely the second looks like the first.
const TABLE: &str = "
# letters that look alike
midori-sekkei.example | rnidori-sekkei.example | Confusable Strong
midori-sekkei.example | midori-sekkel.example | Confusable Strong
midori-sekkei.example | m1dori-sekkei.example | Confusable Strong
midori-sekkei.example | mid0ri-sekkei.example | Confusable Strong
midori-sekkei.example | rnld0rl-sekkei.test | Confusable Strong
midori-sekkei.example | miclori-sekkei.example | Confusable Strong
midori-sekkei.example | mldori-sekkei.example | Confusable Strong
worldtrade.example | vvorldtrade.example | Confusable Strong
worldtrade.example | worlcltrade.example | Confusable Strong
worldtrade.example | worldtracle.test | Confusable Strong
sandfield.example | sanclfield.example | Confusable Strong
sandfield.example | sandfie1d.example | Confusable Strong
sandfield.example | sancifield.example | -
nishikawa.example | nlshlkawa.example | Confusable Strong
nishikawa.example | nishikavva.example | Confusable Strong
abc.example | a6c.example | -
ito.example | it0.example | Confusable Strong
ito.example | lto.example | Confusable Weak
ito.example | lto.test | -
# letters of another alphabet, shown decoded or not
midori-sekkei.example | mіdori-sekkei.example | Punycode Strong
midori-sekkei.example | xn--mdori-sekkei-1ok.example | Punycode Strong
midori-sekkei.example | midorí-sekkei.example | Punycode Strong
midori-sekkei.example | мidori-sekkei.example | -
worldtrade.example | wоrldtrade.test | Punycode Strong
ito.example | itо.example | Punycode Strong
midori-sekkei.example | みどり設計.example | -
# one letter
worldtrade.example | worldtrrade.example | Edit Strong
worldtrade.example | worldtade.example | Edit Strong
worldtrade.example | wolrdtrade.example | Edit Strong
worldtrade.example | wroldtrade.example | Edit Strong
worldtrade.example | owrldtrade.example | Edit Strong
worldtrade.example | worldtrafe.example | Edit Strong
worldtrade.example | worldtrad3.example | -
worldtrade.example | w0r1dtr4de.example | Edit Strong
worldtrade.example | worldtrades.example | Edit Weak
worldtrade.example | worldtrad.example | Edit Weak
worldtrade.example | worldtrade2.example | -
worldtrade.example | worldtrade-2.example | -
worldtrade.example | vorldtrade.example | -
worldtrade.example | uorldtrade.example | -
worldtrade.example | aworldtrade.example | -
worldtrade.example | worldtrust.example | -
worldtrade.example | world-trrade.example | Edit Weak
worldtrade.example | worldgrades.example | -
sandfield.example | samdfield.example | Edit Strong
sandfield.example | sandfleld.test | Confusable Strong
sandfield.example | sanfdield.test | Edit Strong
sandfield.example | sandfīeld.test | Punycode Strong
sandfield.example | bandfield.example | -
sandfield.example | sandfields.test | Edit Weak
sandfield.example | landfield.example | -
partner.example | partmer.example | Edit Strong
partner.example | partnet.example | Edit Weak
partner.example | partber.example | Edit Weak
partner.example | partners.example | Edit Weak
partner.example | p4rtner.example | Edit Strong
partner.example | artner.example | -
partner.example | hartner.example | -
# Japanese names lie close together: other people's
takahashi.example | takanashi.example | Edit Weak
takahashi.example | takahasi.example | Edit Weak
nishikawa.example | nishizawa.example | Edit Weak
nishikawa.example | nishigawa.example | Edit Weak
nishikawa.example | nishikava.example | Edit Strong
nishikawa.example | nisihkawa.example | Edit Strong
nishikawa.example | nishiyama.example | -
nishikawa.example | ishikawa.example | -
nishikawa.example | mishikawa.example | Edit Weak
nakayama.example | takayama.example | -
nakayama.example | wakayama.example | -
nakayama.example | nakagawa.example | -
nakayama.example | nakyama.example | Edit Weak
nakayama.example | nakayarna.example | Confusable Strong
hattori.example | hatori.example | Edit Weak
hattori.example | hatorri.example | -
kuwahara.example | kawahara.example | Edit Weak
oohashi.example | ohashi.example | Edit Weak
shimbashi.example | shinbashi.example | Edit Weak
sato.example | satou.example | -
sato.example | saito.example | -
sato.example | kato.example | -
sato.example | sat0.example | Confusable Strong
ito.example | ota.example | -
ito.example | ito-kensetsu.example | -
abc.example | abd.example | -
abc.example | abcd.example | -
yamamoto-kensetsu.co.jp | yamamoto-kensetu.co.jp | Edit Weak
yamamoto-kensetsu.co.jp | yamamoto-kensetusu.co.jp | Edit Weak
yamamoto-kensetsu.co.jp | yamamoto-kenchiku.co.jp | -
yamamoto-kensetsu.co.jp | yamanaka-kensetsu.co.jp | -
yamamoto-kensetsu.co.jp | yarnamoto-kensetsu.co.jp | Confusable Strong
# hyphens and dots
midori-sekkei.example | midorisekkei.example | Hyphens Strong
midori-sekkei.example | mid-ori-sekkei.example | Hyphens Strong
midori-sekkei.example | midorisekkei.test | Hyphens Weak
nishikawa.example | nishi-kawa.example | Hyphens Strong
yamamoto-kensetsu.co.jp | yamamotokensetsu.co.jp | Hyphens Strong
yamamoto-kensetsu.co.jp | yamamoto-kensetsu-co.jp | Dots Strong
yamamoto-kensetsu.co.jp | yamamoto-kensetsuco.jp | Dots Strong
yamamoto-kensetsu.co.jp | yamamotokensetsuco.jp | Dots Strong
hoshino.or.jp | hoshino-or.jp | Dots Strong
hoshino.or.jp | hoshinoor.jp | Dots Strong
hoshino.or.jp | hoshino-go.jp | -
# another ending
yamamoto-kensetsu.co.jp | yamamoto-kensetsu.com | OtherTld Weak
yamamoto-kensetsu.co.jp | yamamoto-kensetsu.jp | OtherTld Weak
yamamoto-kensetsu.co.jp | yamamoto-kensetsu.ne.jp | OtherTld Weak
hoshino.or.jp | hoshino.co.jp | OtherTld Weak
hoshino.or.jp | hoshino.com | OtherTld Weak
ito.example | ito.test | -
abc.example | abc.co.jp | -
# words added
midori-sekkei.example | midori-sekkei-support.test | AddedWord Strong
midori-sekkei.example | midori-sekkei-example-support.test | AddedWord Strong
midori-sekkei.example | login-midori-sekkei.test | AddedWord Strong
midori-sekkei.example | midori-sekkei-cojp.test | AddedWord Strong
midori-sekkei.example | wwwmidori-sekkei.example | AddedWord Strong
midori-sekkei.example | midori-sekkei-mypage.test | AddedWord Strong
midori-sekkei.example | midori-sekkei-jp.test | AddedWord Weak
midori-sekkei.example | kabushiki-midori-sekkei.test | AddedWord Weak
midori-sekkei.example | midori-sekkei-keiri.test | AddedWord Weak
midori-sekkei.example | midori-sekkei-seikyusho.test | AddedWord Weak
midori-sekkei.example | midori-sekkei-tokyo.test | AddedWord Weak
midori-sekkei.example | m1dori-sekkei-login.test | AddedWord Strong
midori-sekkei.example | midori-sekkei-gardens.test | -
midori-sekkei.example | midori-support.test | -
yamamoto-kensetsu.co.jp | yamamoto-kensetsu-co-jp.test | AddedWord Strong
nishikawa.example | nishikawa-security.test | AddedWord Strong
nishikawa.example | nishikawa-dental.test | -
abc.example | abc-login.test | AddedWord Weak
abc.example | abclogin.test | -
# the name as a stranger's subdomain
midori-sekkei.example | midori-sekkei.example.login.test | Subdomain Strong
midori-sekkei.example | www.midori-sekkei.example.a.test | Subdomain Strong
midori-sekkei.example | midori-sekkei-example.login.test | AddedWord Strong
yamamoto-kensetsu.co.jp | mail.yamamoto-kensetsu.co.jp.test | Subdomain Strong
midori-sekkei.example | midori-sekkei.cloud-office.test | -
# Japanese letters
みどり設計.example | みどリ設計.example | Punycode Strong
みどり設計.example | みどり設計-support.example | AddedWord Strong
みどり設計.example | みどり設備.example | Edit Weak
みどり設計.example | あおば設計.example | -
みどり設計.example | xn--l8jwg2b.test | -
エコロジー.example | 工コロジー.example | Punycode Strong
エコロジー.example | エコロジ.example | Edit Strong
エコロジー.example | エコ口ジー.example | Punycode Strong
サーバー商会.example | サーバ商会.example | Edit Strong
サーバー商会.example | サーパー商会.example | Edit Weak
# its own
midori-sekkei.example | midori-sekkei.example | -
midori-sekkei.example | mail.MIDORI-sekkei.example. | -
midori-sekkei.example | 192.0.2.1 | -
みどり設計.example | www.みどり設計.example | -
";

#[test]
fn each_pair_of_the_table_is_told_as_written() {
    let rows: Vec<&str> = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let mut wrong = Vec::new();
    for row in &rows {
        let cells: Vec<&str> = row.split(" | ").collect();
        let [own, strange, expected] = cells.as_slice() else { panic!("{row}") };
        let found = Protected::new([*own], []).look_alike(strange);
        let seen = found.map_or_else(
            || "-".to_owned(),
            |found| match found.how {
                Edit(_) => format!("Edit {:?}", found.strength),
                how => format!("{how:?} {:?}", found.strength),
            },
        );
        if seen != *expected {
            wrong.push(format!("{row}, but {seen}"));
        }
    }
    let quiet = rows.iter().filter(|row| row.ends_with(" -")).count();
    assert!(rows.len() >= 120 && quiet >= 40, "{} rows, {quiet} of them quiet", rows.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
