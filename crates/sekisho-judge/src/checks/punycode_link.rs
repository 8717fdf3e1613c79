//! A link's host mixes scripts so that it can be taken for another name.

use unicode_security::{RestrictionLevel, RestrictionLevelDetection};

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, domain};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "リンク先の名前に紛らわしい文字が混ざっています",
        "A link's name mixes look-alike letters",
    ),
    says: Text::new(
        "リンク先 {unicode}（実際は {host}）には、別の文字体系の紛らわしい文字が混ざっています。",
        "The link's host {unicode} (in truth {host}) mixes letters of several scripts that look alike.",
    ),
    why: Text::new(
        "ロシア文字の「а」と英字の「a」のように、見分けのつかない文字で本物のふりをする手口です。",
        "Letters like the Cyrillic “а” and the Latin “a” cannot be told apart; that is how a name pretends to be another.",
    ),
    misses: Text::new(
        "日本語のドメイン（日本語と英字の組み合わせ）は対象外です。有名なドメインに似たものは別の検査が強い印とします。",
        "Japanese names (Japanese with Latin letters) are left out. Names that look like a known one are found by another check, as a strong sign.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: Cyrillic letters among Latin ones
Subject: お知らせ
--- html
<a href="https://ex{U+0430}mple-shop.example/">こちら</a>

== quiet: a Japanese name
Subject: お知らせ
--- html
<a href="https://みどり設計.example/">こちら</a>

== quiet: an ordinary name
Subject: お知らせ
--- html
<a href="https://example-shop.example/">こちら</a>

== quiet: Japanese with Latin letters
Subject: お知らせ
--- html
<a href="https://みどりshop.example/">こちら</a>

== quiet: one foreign script alone
Subject: お知らせ
--- html
<a href="https://{U+043F}{U+0440}{U+0438}{U+043C}{U+0435}{U+0440}.example/">こちら</a>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for link in input.links().iter().filter(|link| link.host.contains("xn--")) {
        let unicode = domain::to_unicode(&link.host);
        // UTS #39 allows Latin letters beside Japanese, Chinese or Korean: people write such names.
        if unicode.split('.').any(|label| !label.check_restriction_level(RestrictionLevel::HighlyRestrictive)) {
            found.add(Some(&link.part.path), [("unicode", Value::foreign(&unicode)), ("host", Value::address(&link.host))]);
        }
    }
}
