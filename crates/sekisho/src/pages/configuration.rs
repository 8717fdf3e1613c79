//! The table of settings → `docs/configuration.md`.

use std::collections::BTreeMap;

use super::{GENERATED, Pages, cell};
use crate::config::{self, SECTIONS, Use};

/// Adds the page.
pub fn add(pages: &mut Pages) {
    let mut out = format!("{GENERATED}{BEGINNING}");
    for section in SECTIONS {
        out.push_str(&format!("## [{}]\n\n{}\n\n{}\n\n", section.name, section.about.ja, section.about.en));
        out.push_str("| key | 既定値 / default | | |\n|---|---|---|---|\n");
        for setting in section.settings {
            let later = match setting.used {
                Use::Now => "",
                Use::Later => " （まだ使われません / not used yet）",
            };
            let example = match setting.example {
                "" | "[]" => String::new(),
                example => format!(" 例 / example: `{example}`"),
            };
            out.push_str(&format!(
                "| `{}` | `{}`{later} | {}{} | {} |\n",
                setting.key,
                setting.default,
                cell(&setting.about.ja),
                cell(&example),
                cell(&setting.about.en)
            ));
        }
        out.push('\n');
    }
    out.push_str(&format!("## 見本 / The sample\n\n```toml\n{}```\n", config::sample(&BTreeMap::new())));
    pages.insert("configuration.md".to_owned(), out);
}

const BEGINNING: &str = "# 設定 / Configuration

一つの組織の設定は、一つのフォルダー（HOME）に入ります。

One organisation's settings lie in one folder (HOME).

| ファイル / file | | |
|---|---|---|
| `HOME/sekisho.toml` | 組織と動作の設定。`sekisho init` が見本を書きます。 | The organisation and its settings; `sekisho init` writes a sample. |
| `HOME/policy.toml` | [規則](policy.md)の変更。 | Changes to the [rules](policy.md). |
| `HOME/lists/*.toml` | [リスト](lists.md)の差し替え。 | Own [lists](lists.md) in place of the built-in ones. |

HOME は、`--home DIR`、環境変数 `SEKISHO_HOME`、`$XDG_DATA_HOME/sekisho`、`~/.local/share/sekisho` の順で最初に決まったものです。

HOME is the first of: `--home DIR`, the environment variable `SEKISHO_HOME`, `$XDG_DATA_HOME/sekisho`, `~/.local/share/sekisho`.

言葉は `--lang ja|en`、なければ `LC_ALL`・`LC_MESSAGES`・`LANG` で決まります（`ja` で始まれば日本語、ほかは英語）。

The language is that of `--lang ja|en`, else of `LC_ALL`, `LC_MESSAGES`, `LANG` (Japanese where it begins with `ja`, English otherwise).

知らない項目は、行番号と近い名前を添えて断られ、判定は組み込みの設定で続きます（終了ステータスは 2）。その間、覚えていることは何も変更されません（`learn` や `contacts forget` などは断られます）。store.url まで読み取れないときは、記憶を別の場所に探さず、「調べていない」とします。

An unknown key is refused with its line and the nearest name; judging goes on with what is built in, and the exit status is 2. Meanwhile nothing that is remembered is changed (`learn`, `contacts forget` and the like are refused). Where not even store.url can be read, the memory is not looked for elsewhere, but told as not looked at.

";
