//! A link carries a name before an @, so that the true host is overlooked.

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, domain};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "リンクの中で本当の行き先が隠されています",
        "A link hides where it leads",
    ),
    says: Text::new(
        "リンク {target} は {shown} に見えますが、本当の行き先は {host} です。",
        "The link {target} looks like {shown}, but leads to {host}.",
    ),
    why: Text::new(
        "アドレスの「@」より前は行き先ではありません。そこに本物のドメインを書いて安心させる手口です。",
        "What stands before the @ of a link is not where it leads. A true domain is written there to reassure.",
    ),
    misses: Text::new(
        "「@」の前がドメインの形でないものは弱い印です。メールアドレスへのリンク（mailto）は対象外です。",
        "Where no domain stands before the @, the sign is weak. Links to mail addresses are left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a true domain before the @
Subject: お知らせ
--- html
<a href="https://www.amazon.co.jp@unrelated.example/x">こちら</a>

== fires weak: a name before the @
Subject: お知らせ
--- html
<a href="https://user:pass@unrelated.example/x">こちら</a>

== quiet: an @ in the path
Subject: お知らせ
--- html
<a href="https://unrelated.example/@user">こちら</a>

== quiet: a mail address
Subject: お知らせ
--- html
<a href="mailto:yamada@partner.example">こちら</a>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for link in input.links().iter().filter(|link| link.is_web()) {
        let Some(url) = url::Url::parse(&link.target).ok().filter(|url| !url.username().is_empty()) else { continue };
        let grade = if domain::registrable(url.username()).is_some() { Grade::Strong } else { Grade::Weak };
        let values = [("target", Value::url(&link.target)), ("shown", Value::address(url.username())), ("host", Value::address(&link.host))];
        found.add_graded(grade, Some(&link.part.path), values);
    }
}
