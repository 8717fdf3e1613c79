//! An exception that a person made was applied to this mail.

use crate::check::Registered;
use crate::checks::{ALL, run_one};
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Info,
    title: Text::new("担当者の決めた例外を適用しました", "An exception that a person made was applied"),
    says: Text::new(
        "例外 {number}（{author}さん、理由は{reason}）により、次の点を問題にしていません：{checks}。",
        "By exception {number} ({author}, because {reason}), this is let pass: {checks}.",
    ),
    why: Text::new(
        "管理担当者が確かめて、この差出人について問題にしないと決めたものです。差出人の認証に通ったときだけ有効で、添付やリンクの検査には影響しません。",
        "The person in charge looked into it and decided to let it pass for this sender. It holds only while the sender authenticates, and never for what an attachment or a link does.",
    ),
    misses: Text::new(
        "例外がなければ出ていたものだけを表示します。",
        "Only what would have been told without the exception is shown.",
    ),
    needs: &[Need::Memory],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a partner's second address
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
exception: 7 taro@other.example checks=known-name-from-elsewhere author=緑川一郎 reason=電話で本人に確認
dmarc: pass other.example
From: 山田太郎 <taro@other.example>

== fires: everything that can be silenced, for a whole domain
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
exception: 7 @other.example
dmarc: pass other.example
From: 山田太郎 <taro@other.example>

== quiet: it did not authenticate
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
exception: 7 taro@other.example
dmarc: fail other.example
From: 山田太郎 <taro@other.example>

== quiet: whether it authenticates is not known
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
exception: 7 taro@other.example
From: 山田太郎 <taro@other.example>

== quiet: an exception for somebody else
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
exception: 7 jiro@other.example
dmarc: pass other.example
From: 山田太郎 <taro@other.example>

== quiet: an exception to another check
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
exception: 7 taro@other.example checks=stolen-conversation
dmarc: pass other.example
From: 山田太郎 <taro@other.example>

== quiet: there is nothing to silence
exception: 7 taro@other.example
dmarc: pass other.example
From: 山田太郎 <taro@other.example>

== quiet: what a file does cannot be silenced
exception: 7 taro@other.example checks=program-attached
dmarc: pass other.example
From: 山田太郎 <taro@other.example>
--- attach 見積書.exe as windows-program
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let Some(relations) = input.relations() else { return };
    for exception in &relations.exceptions {
        let is_by_it = |registered: &&Registered| input.exception_to(registered).is_some_and(|applied| applied.id == exception.id);
        let would_tell = |registered: &&Registered| {
            registered.check.needs.iter().all(|need| input.unmet(*need).is_none()) && !run_one(registered, input).is_empty()
        };
        let silenced: Vec<Value> = ALL.iter().filter(is_by_it).filter(would_tell).map(|registered| Value::Word(registered.check.title.clone())).collect();
        if !silenced.is_empty() {
            let values = [
                ("number", Value::Own(exception.id.to_string())),
                ("author", Value::Own(exception.author.clone())),
                ("reason", Value::foreign(&exception.reason)),
                ("checks", Value::list(silenced)),
            ];
            found.add(None, values);
        }
    }
}
