//! The checks → `docs/checks/README.md` and a page for each.

use sekisho_judge::{ALL, Expected, Grade, Lang, Registered, trials};

use super::{GENERATED, Pages, cell};
use crate::explain;
use crate::words;

/// Adds the index and the page of each check.
pub fn add(pages: &mut Pages) {
    pages.insert("checks/README.md".to_owned(), index());
    for registered in ALL {
        pages.insert(format!("checks/{}.md", registered.id), page(registered));
    }
}

fn index() -> String {
    let mut out = format!(
        "{GENERATED}# 検査の一覧 / The checks\n\n\
         一つの検査は一つのことだけを見ます。見つけたことは手がかりであって、判定ではありません。判定は[規則](../policy.md)が決めます。\n\n\
         A check looks for one thing. What it finds is a sign, not a verdict: verdicts are the business of the [rules](../policy.md).\n\n\
         | check | 強さ / grade | 見つけるもの | finds |\n|---|---|---|---|\n"
    );
    for registered in ALL {
        let check = registered.check;
        out.push_str(&format!(
            "| [`{id}`]({id}.md) | {} | {} | {} |\n",
            grade(check.grade),
            cell(&check.title.ja),
            cell(&check.title.en),
            id = registered.id
        ));
    }
    out.push_str("\n## 強さの意味 / What the grades mean\n\n");
    for one in [Grade::Info, Grade::Weak, Grade::Strong] {
        let (ja, en) = (explain::grade_meaning(one, Lang::Ja), explain::grade_meaning(one, Lang::En));
        out.push_str(&format!("- **{}**: {ja} {en}\n", grade(one)));
    }
    out
}

fn page(registered: &Registered) -> String {
    let check = registered.check;
    let mut out =
        format!("{GENERATED}# `{}`\n\n**{}**\n\n**{}**\n\n", registered.id, check.title.ja, check.title.en);
    out.push_str(&format!("| | |\n|---|---|\n| 強さ / grade | {} |\n", grade(check.grade)));
    out.push_str(&format!("| 必要なもの / needs | {} |\n", both(|lang| explain::needs(registered, lang))));
    if !check.lists.is_empty() {
        out.push_str(&format!("| リスト / lists | [{}](../lists.md) |\n", explain::lists(registered)));
    }
    out.push_str("\n## 日本語\n\n");
    out.push_str(&format!(
        "### 伝える言葉\n\n> {}\n\n### なぜ見るか\n\n{}\n\n### 見落とすもの\n\n{}\n\n",
        check.says.ja, check.why.ja, check.misses.ja
    ));
    out.push_str("## English\n\n");
    out.push_str(&format!(
        "### What it says\n\n> {}\n\n### Why it matters\n\n{}\n\n### What it misses\n\n{}\n\n",
        check.says.en, check.why.en, check.misses.en
    ));
    out.push_str("## 例 / Cases\n\nThese run as tests, with a near miss for each condition.\n\n");
    for trial in trials(check.cases).unwrap_or_default() {
        let word = match trial.expected {
            Expected::Fires => "finds",
            Expected::FiresInfo => "finds, as information",
            Expected::FiresWeak => "finds, weakly",
            Expected::FiresStrong => "finds, strongly",
            Expected::Quiet => "leaves alone",
        };
        out.push_str(&format!("- {word}: {}\n", trial.title));
    }
    out
}

fn grade(grade: Grade) -> String {
    format!("{} / {}", words::grade(grade, Lang::Ja), words::grade(grade, Lang::En))
}

fn both(words: impl Fn(Lang) -> String) -> String {
    let (ja, en) = (words(Lang::Ja), words(Lang::En));
    if ja == en { ja } else { format!("{ja} / {en}") }
}
