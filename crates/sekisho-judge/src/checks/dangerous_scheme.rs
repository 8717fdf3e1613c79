//! A link does not lead to a page: it runs something, opens a server's folder, or carries a page in itself.

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "ページではなく、機能を動かすリンクです",
        "A link acts instead of leading to a page",
    ),
    says: Text::new(
        "リンク {target} は「{scheme}:」で始まり、ウェブページではなくパソコンの機能を動かします。",
        "The link {target} begins with “{scheme}:”; it does not lead to a page but acts on the PC.",
    ),
    why: Text::new(
        "設定画面や検索、よその共有フォルダーを直接開かせたり、命令を実行させたりする手口です。仕事のメールには要りません。",
        "It opens settings, searches or a stranger's shared folder, or runs commands. Mail at work does not need it.",
    ),
    misses: Text::new(
        "http、https、mailto、tel、ftp などふつうのリンク、社内の共有フォルダー（ドメインのない名前）、会議を開くリンクは対象外です。",
        "Ordinary links (http, https, mailto, tel, ftp), shared folders of one's own network (names without a domain) and links that open a meeting are left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a script of the machine
Subject: お知らせ
--- html
<a href="vbscript:msgbox(1)">こちら</a>

== fires weak: a script of a page, copied into the mail
Subject: お知らせ
--- html
<a href="javascript:popUp('a.html')">こちら</a>

== fires: a search on a stranger's server
Subject: お知らせ
--- html
<a href="search-ms:query=a&amp;crumb=location:%5C%5Cunrelated.example">こちら</a>

== fires: a shared folder on the internet
Subject: お知らせ
--- html
<a href="file://unrelated.example/share/a.lnk">こちら</a>

== fires: a page carried in the link itself
Subject: お知らせ
--- html
<a href="data:text/html;base64,PGI+YTwvYj4=">こちら</a>

== quiet: a page
Subject: お知らせ
--- html
<a href="https://partner.example/">こちら</a>

== quiet: a script that does nothing
Subject: お知らせ
--- html
<a href="javascript:void(0)">閉じる</a>

== quiet: a folder of one's own network
Subject: お知らせ
--- html
<a href="file://server/共有/議事録.docx">議事録</a>

== quiet: a folder of the local network
Subject: お知らせ
--- html
<a href="file://nas.local/共有/議事録.docx">議事録</a>

== quiet: a telephone number
Subject: お知らせ
--- html
<a href="tel:0312345678">電話</a>

== quiet: a button that does nothing outside (javascript:;)
Subject: お知らせ
--- html
<a href="javascript:;">戻る</a>

== quiet: a button that does nothing outside (javascript:window.print())
Subject: お知らせ
--- html
<a href="javascript:window.print()">戻る</a>

== quiet: a button that does nothing outside (javascript:history.back())
Subject: お知らせ
--- html
<a href="javascript:history.back()">戻る</a>

== quiet: a picture carried in the link itself
Subject: お知らせ
--- html
<a href="data:image/png;base64,iVBORw0KGgo=">図</a>
"#,
};

/// Schemes that run a program or command of the reader's machine.
const ACTING: &[&str] = &[
    "vbscript", "ms-msdt", "search-ms", "search", "ms-officecmd", "ms-appinstaller", "ms-search", "shell", "hcp", "mhtml", "mk", "ms-its",
    "its", "view-source", "ms-word", "ms-excel", "ms-powerpoint", "ms-cxh", "ms-settings", "jar", "res", "local", "wpad", "powershell",
];

fn run(input: &Input<'_>, found: &mut Found) {
    for link in input.links() {
        // Mail programs ignore a page's scripts; in honest newsletters they are left over from a web page.
        let grade = if link.scheme == "javascript" { Grade::Weak } else { Grade::Strong };
        let acts = match link.scheme.as_str() {
            "javascript" => !is_idle(&link.target),
            "data" => is_page(&link.target),
            "file" => link.host.contains('.') && !link.host.ends_with(".local"),
            scheme => ACTING.contains(&scheme),
        };
        if acts {
            let values = [("target", Value::url(&link.target)), ("scheme", Value::address(&link.scheme))];
            found.add_graded(grade, Some(&link.part.path), values);
        }
    }
}

/// `javascript:void(0)` and its kin: buttons copied from a page.
fn is_idle(target: &str) -> bool {
    let script: String = target.split_once(':').map_or("", |(_, script)| script).chars().filter(|c| !c.is_whitespace()).collect();
    let script = script.to_ascii_lowercase();
    script.is_empty() || script.starts_with("void(") || script == ";" || script.starts_with("window.print(") || script.starts_with("history.")
}

/// A picture carried in a link shows; a page acts.
fn is_page(target: &str) -> bool {
    let rest = target.get(5..).unwrap_or_default().trim_start().to_ascii_lowercase();
    ["text/html", "application/", "image/svg", "text/xml"].iter().any(|media_type| rest.starts_with(media_type))
}
