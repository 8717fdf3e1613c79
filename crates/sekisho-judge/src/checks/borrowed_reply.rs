//! A mail that says it answers one of ours, from somebody who never got it.

use crate::lists::ListName;
use crate::{Check, Found, Grade, Input, Need, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new(
        "受け取っていないはずのメールに返信しています",
        "It answers a mail that its sender never got",
    ),
    says: Text::new(
        "{whose}メール（{parties}）への返信の形をしています。差出人 {address} は{tie}。",
        "It answers a mail {whose} ({parties}). The sender {address} {tie}.",
    ),
    why: Text::new(
        "盗まれたメールの番号（Message-ID）を使うと、メールソフトの中で本物のやり取りの続きに並びます。番号を知っていることは、相手が本物である証拠にはなりません。別のアドレスへ転送して読む方もいるので、弱い印です。",
        "With the number (Message-ID) of a stolen mail, a forgery is sorted into the true conversation. Knowing the number proves nothing. People who read their mail at another address do the same honestly, so the sign is weak.",
    ),
    misses: Text::new(
        "記憶する前のメールは分かりません。宛先に元の相手が入っているもの、メーリングリスト、よく知っている相手、2時間以内に届き、認証され、添付・リンク・依頼のないものは参考に表示するだけです。",
        "Mail before anything was learned is not known. With another party among the receivers, from mailing lists, from people known well, and where it comes within two hours, authenticates, and brings no file, link or request, it is information only.",
    ),
    needs: &[Need::Memory],
    lists: &[ListName::Brands, ListName::Freemail],
    silenced_by: SilencedBy::Exception,
    run,
    cases: r#"
== fires: a stranger answers our mail
own: midori.example
answered: a@midori.example parties=yamada@partner.example,sato@midori.example
dmarc: pass unrelated.example
From: 鈴木次郎 <info@unrelated.example>
In-Reply-To: <a@midori.example>

== fires: a mail to us, answered by a third
own: midori.example
answered: a@partner.example parties=yamada@partner.example,sato@midori.example by=them
From: 鈴木次郎 <info@unrelated.example>
In-Reply-To: <a@partner.example>

== quiet: whom it was sent to
own: midori.example
answered: a@midori.example parties=yamada@partner.example,sato@midori.example sender=party
From: 山田太郎 <yamada@partner.example>
In-Reply-To: <a@midori.example>

== fires: whom it was sent to, who always authenticated and does not now
own: midori.example
known: 山田太郎 <yamada@partner.example>
habits: yamada@partner.example mails=12 domains=partner.example:12
answered: a@midori.example parties=yamada@partner.example,sato@midori.example sender=party
dmarc: fail partner.example
From: 山田太郎 <yamada@partner.example>
In-Reply-To: <a@midori.example>
--- attach 回答書.docx as office-word-ooxml

== quiet: whom it was sent to, of whom nothing was ever authenticated
own: midori.example
known: 山田太郎 <yamada@partner.example> authenticated=0
answered: a@midori.example parties=yamada@partner.example,sato@midori.example sender=party
dmarc: fail partner.example
From: 山田太郎 <yamada@partner.example>
In-Reply-To: <a@midori.example>
--- attach 回答書.docx as office-word-ooxml

== quiet: whom it was forwarded to
own: midori.example
answered: a@midori.example parties=yamada@partner.example,sato@midori.example sender=may-know
From: 鈴木次郎 <suzuki@other.example>
In-Reply-To: <a@midori.example>

== quiet: it answers nothing that is remembered
own: midori.example
mailbox: enough
From: 鈴木次郎 <suzuki@other.example>
In-Reply-To: <b@elsewhere.example>

== fires info: the partner is among the receivers
own: midori.example
answered: a@midori.example parties=yamada@partner.example,sato@midori.example
From: 鈴木次郎 <suzuki@other.example>
Cc: 山田太郎 <yamada@partner.example>
In-Reply-To: <a@midori.example>

== fires info: a help desk that answers at once, and brings nothing
own: midori.example
answered: a@midori.example parties=support@partner.example,sato@midori.example prompt=1
dmarc: pass desk.example
From: 窓口 <ticket-8812@desk.example>
In-Reply-To: <a@midori.example>

お問い合わせを受け付けました。

== fires info: a mailing list
own: midori.example
answered: a@midori.example parties=sato@midori.example
From: 鈴木次郎 <suzuki@other.example>
List-Post: <mailto:kenkyu@lists.example>
In-Reply-To: <a@midori.example>

== quiet: a colleague answers
own: midori.example
answered: a@midori.example parties=yamada@partner.example,sato@midori.example
From: 伊藤四郎 <ito@midori.example>
In-Reply-To: <a@midori.example>
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    let Some(address) = input.sender() else { return };
    // The whole thread is listed in References; one mail of it tells as much as all.
    let mut borrowed = input.borrowed_replies();
    borrowed.sort_by_key(|borrowed| std::cmp::Reverse((borrowed.grade, borrowed.answered.is_ours, borrowed.answered.at)));
    if let Some(gravest) = borrowed.first() {
        let answered = gravest.answered;
        let values = [
            ("whose", Value::Word(whose(answered.is_ours))),
            ("parties", input.parties_told(answered.held_by, &answered.parties)),
            ("address", Value::address(address)),
            ("tie", Value::Word(tie(gravest.is_forged))),
        ];
        found.add_graded(gravest.grade, None, values);
    }
}

fn whose(is_ours: bool) -> Text {
    if is_ours { Text::new("こちらから送った", "of ours") } else { Text::new("こちらに届いた", "that came to us") }
}

fn tie(is_forged: bool) -> Text {
    if is_forged {
        Text::new(
            "その相手のアドレスですが、このメールが本当にそこから送られたとは確かめられません",
            "is one of those addresses, but nothing proves that this mail came from there",
        )
    } else {
        Text::new("その宛先ではありません", "was not among its receivers")
    }
}
