//! The dated lists → `docs/lists.md`.

use sekisho_judge::ALL;
use sekisho_judge::lists::{ListName, Lists};

use super::{GENERATED, Pages};

/// Adds the page.
pub fn add(pages: &mut Pages) {
    let mut out = format!("{GENERATED}{BEGINNING}");
    out.push_str("| list | 日付 / date | 使う検査 / used by |\n|---|---|---|\n");
    let dates = Lists::built_in().dates();
    for list in ListName::ALL {
        let users: Vec<String> = ALL
            .iter()
            .filter(|registered| registered.check.lists.contains(&list))
            .map(|registered| format!("[`{id}`](checks/{id}.md)", id = registered.id))
            .collect();
        let date = dates.get(list.id()).map(ToString::to_string).unwrap_or_default();
        out.push_str(&format!("| `{}` | {date} | {} |\n", list.id(), users.join(", ")));
    }
    pages.insert("lists.md".to_owned(), out);
}

const BEGINNING: &str = "# リスト / Lists

名前や言い回しは変わっていくので、リストには日付があります。期限を過ぎたリストに基づく強い手がかりは、弱い手がかりとして扱われます（`sekisho doctor` が知らせます）。

Names and wordings change, so every list has a date. Past it, what a list finds strongly counts as weak, and `sekisho doctor` says so.

`HOME/lists/名前.toml` を置くと、組み込みのリストに丸ごと置き換わります。書き方は `crates/sekisho-judge/lists/` の同じ名前のファイルのとおりです。

A file `HOME/lists/NAME.toml` takes the place of the whole built-in list. Its form is that of the file of the same name in `crates/sekisho-judge/lists/`.

";
