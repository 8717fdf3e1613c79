//! The built-in rules → `docs/policy.md`, with how they are changed.

use sekisho_judge::{Action, Grade, Lang, Policy, Profile, Rule};

use super::{GENERATED, Pages, cell};
use crate::words;

/// Adds the page.
pub fn add(pages: &mut Pages) {
    let Ok(policy) = Policy::built_in(Profile::Balanced) else { return };
    let mut out = format!("{GENERATED}{BEGINNING}");
    out.push_str(
        "## 規則の一覧 / All rules\n\n| rule | 言うこと / says | balanced | strict |\n|---|---|---|---|\n",
    );
    for rule in policy.rules() {
        let says = format!("{} / {}", rule.reason.ja, rule.reason.en);
        let (balanced, strict) =
            (action(rule.action(Profile::Balanced)), action(rule.action(Profile::Strict)));
        out.push_str(&format!(
            "| [`{id}`](#{id}) | {} | {balanced} | {strict} |\n",
            cell(&says),
            id = rule.id
        ));
    }
    for rule in policy.rules() {
        out.push_str(&one(rule));
    }
    pages.insert("policy.md".to_owned(), out);
}

const BEGINNING: &str = "# 規則 / Policy

検査が見つけたことを、規則が判定に変えます。当てはまった規則のうち、最も厳しい扱いが判定になり、当てはまった規則はすべて理由として残ります。

Rules turn what the checks found into a verdict: the strictest action that any rule asks for. Every rule that matched is kept as a reason.

| 扱い / action | | |
|---|---|---|
| `deliver` | 通過 | It goes its way. |
| `warn` | 注意 | It goes its way, with a warning. |
| `hold` | 保留 | It is kept back until a person releases it. |
| `reject` | 拒否 | It is refused. |

弱い手がかりだけで止めることはありません。規則が何を求めても、弱い手がかりだけのときは `warn` までです。

Weak signs alone never hold a mail: whatever a rule asks for, they lead to `warn` at most.

## 厳しさ / Profiles

| profile | | |
|---|---|---|
| `watch` | 判定は balanced と同じで、何も止めません。始めるときの設定です。 | Judges as balanced and acts on nothing. To begin with. |
| `balanced` | 標準です。 | What most organisations want. |
| `strict` | 見逃すより止めるほうを選びます。 | Rather one false alarm more than one miss. |

設定ファイルの `[policy] profile`、または `--profile` で選びます。 Chosen by `profile` in `[policy]` of `sekisho.toml`, or by `--profile`.

## 変えるには / Changing them

`HOME/policy.toml` に書いた規則が、同じ `id` の規則に置き換わります。新しい `id` は加わります。`--policy FILE` は、代わりにそのファイルを使います。
間違った名前は、ファイルと行と、近い名前を添えて断られます。

Rules in `HOME/policy.toml` take the place of those with the same `id`; others are added. `--policy FILE` uses that file instead.
What is not known is refused with file, line and the nearest name.

```toml
[[rule]]                                  # 置き換え / replaces the built-in rule of this id
id = \"address-shown-is-not-the-sender\"
any = [\"address-in-name@strong\"]          # いずれか / at least one of these; @strong: of this grade or above (weak if nothing is said)
none = [\"several-from\"]                   # どれもない / none of these
action = \"hold\"                           # deliver, warn, hold, reject
strict = \"reject\"                         # strict のとき / in the strict profile, where it differs
reason = { ja = \"表示と違うアドレスです。\", en = \"The address shown is another one.\" }

[[rule]]                                  # 追加 / added
id = \"ours\"
all = [\"several-from\"]                    # すべて / each of these
at_least = { count = 2, of = [\"address-in-name\", \"several-from\"] }   # このうち 2 種以上 / two different ones of these
action = \"warn\"
reason = { ja = \"…\", en = \"…\" }

[[rule]]                                  # 取り消し / takes a built-in rule away
id = \"outward-signs\"
off = true
```

`all`・`any`・`none`・`at_least` を合わせて書いたときは、すべてを満たす必要があります。 Conditions given together must all hold.

";

fn one(rule: &Rule) -> String {
    let mut out = format!("\n### {}\n\n{}\n\n{}\n\n", rule.id, rule.reason.ja, rule.reason.en);
    let names = |wanted: &dyn Fn() -> Vec<(String, Grade)>| -> String {
        let all: Vec<String> = wanted().into_iter().map(|(id, grade)| name(&id, grade)).collect();
        all.join(", ")
    };
    let condition = &rule.condition;
    for (heading, wanted) in [
        ("すべて / all of", &condition.all),
        ("いずれか / any of", &condition.any),
        ("どれもない / none of", &condition.none),
    ] {
        if !wanted.is_empty() {
            let list = names(&|| wanted.iter().map(|one| (one.id.clone(), one.grade_min)).collect());
            out.push_str(&format!("- {heading}: {list}\n"));
        }
    }
    if let Some(least) = &condition.at_least {
        let list = names(&|| least.of.iter().map(|one| (one.id.clone(), one.grade_min)).collect());
        out.push_str(&format!("- {} 種以上 / at least {} of: {list}\n", least.count, least.count));
    }
    let (balanced, strict) = (rule.action(Profile::Balanced), rule.action(Profile::Strict));
    out.push_str(&format!("- 扱い / action: {}", action(balanced)));
    if strict != balanced {
        out.push_str(&format!(" (strict: {})", action(strict)));
    }
    out.push('\n');
    out
}

/// A check with the least grade that counts.
fn name(id: &str, grade: Grade) -> String {
    let suffix = match grade {
        Grade::Strong => "@strong",
        Grade::Info => "@info",
        Grade::Weak => "",
    };
    format!("[`{id}{suffix}`](checks/{id}.md)")
}

fn action(action: Action) -> String {
    format!("{} / {}", words::action(action, Lang::Ja), words::action(action, Lang::En))
}
