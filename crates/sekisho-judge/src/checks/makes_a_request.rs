//! A mail whose sender is in doubt asks for money, data or another way to talk.

use crate::lists::{ListName, RequestRole};
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "差出人に疑いのあるメールが、お金や情報を求めています",
        "Its sender is in doubt, and it asks for money or data",
    ),
    says: Text::new(
        "差出人の疑わしいこのメールには、次の内容があります: {demands}。",
        "The sender of this mail is in doubt, and this stands in it: {demands}.",
    ),
    why: Text::new(
        "取引先を装い、振込先の変更や至急の支払い、名簿などを求める詐欺があります。メールに書かれた電話番号ではなく、これまでの番号で確かめてください。",
        "Frauds in a partner's name ask for a changed account, an urgent payment, a list of staff. Ask by the telephone number that you had before, not by the one in the mail.",
    ),
    misses: Text::new(
        "差出人や会話に疑いのあるメールだけを、決まった言い回しと、一つの文に並ぶ言葉で見ます。急がせるだけの言葉、電話の依頼、初めての相手の請求は参考です。",
        "Only mail whose sender or conversation is in doubt is looked at, for set phrases and for words that stand together in a sentence. Words that merely hurry, a wish to be called, and a newcomer's bill are information.",
    ),
    needs: &[Need::Memory],
    lists: &[ListName::Lures],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a changed account under a known name
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

振込先の変更をお知らせします。

== fires info: haste alone
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

至急ご対応をお願いします。

== fires info: a newcomer's bill, over a conversation of ours
quoted: 1200 parties=yamada@partner.example,sato@midori.example
own: midori.example
From: 加藤一郎 <kato@other.example>

請求書をお送りします。月末までにお振込みをお願いいたします。

== fires: the same bill, and it is urgent
quoted: 1200 parties=yamada@partner.example,sato@midori.example
own: midori.example
From: 加藤一郎 <kato@other.example>

請求書をお送りします。本日中にお振込みをお願いいたします。

== fires: a bill under a known name
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

請求書をお送りします。月末までにお振込みをお願いいたします。

== quiet: nothing is asked for
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

明日はよろしくお願いします。

== quiet: a changed account by somebody in no doubt
mailbox: enough
From: 鈴木次郎 <suzuki@other.example>

振込先の変更をお知らせします。

== quiet: what is quoted was asked before
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

承知しました。

> 振込先の変更をお知らせします。

== fires: there is nothing but what looks quoted
known: 山田太郎 <yamada@partner.example>
name: 山田太郎 of yamada@partner.example
From: 山田太郎 <info@unrelated.example>

> 振込先の変更をお知らせします。
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    if !input.is_questioned() {
        return;
    }
    let demands = input.demands();
    let is_bill = demands.iter().all(|request| request.role == RequestRole::Bill);
    let (grade, asked) = match demands {
        demands if demands.is_empty() => (Grade::Info, input.pressure()),
        // Whoever is new sends bills under a name of their own.
        demands if is_bill && is_newcomer(input) => (Grade::Info, demands),
        demands => (Grade::Weak, demands),
    };
    if !asked.is_empty() {
        let words = asked.iter().map(|request| Value::Word(Text { ja: request.ja.clone().into(), en: request.en.clone().into() }));
        found.add_graded(grade, None, [("demands", Value::list(words))]);
    }
}

/// Whether a stranger writes, under an address and names that belong to nobody else.
fn is_newcomer(input: &Input<'_>) -> bool {
    let is_known = input.relations().is_some_and(|relations| relations.sender.is_some());
    !is_known && input.claimed_anywhere().next().is_none()
}
