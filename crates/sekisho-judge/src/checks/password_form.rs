//! A form in the mail or in an attached page asks for a password or card number.

use sekisho_mail::Role;

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Strong,
    title: Text::new(
        "パスワードを入力させる画面があります",
        "A form asks for a password",
    ),
    says: Text::new(
        "{where}に、パスワードなどを入力させる画面があります（送り先: {action}）。",
        "{where} has a form that asks for a password or the like (sent to: {action}).",
    ),
    why: Text::new(
        "正しい会社が、メールの中や添付のページでパスワードやカード番号を入力させることはありません。",
        "No honest company asks for a password or card number inside a mail or an attached page.",
    ),
    misses: Text::new(
        "検索欄や配信停止など、パスワードを求めない入力欄は対象外です。",
        "Search boxes, unsubscribe buttons and other fields that ask for no password are left out.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a password field in the mail itself
Subject: 本人確認
--- html
<form action="https://unrelated.example/x"><input type="text" name="id"><input type="password" name="pw"></form>

== fires: a card number in an attached page
Subject: 本人確認

添付をご確認ください。
--- attach 確認.html text
<html><body><form action="https://unrelated.example/x"><input type="text" name="cardnumber"></form></body></html>

== quiet: a search box
Subject: お知らせ
--- html
<form action="https://shop.example/search"><input type="text" name="q"><input type="submit"></form>

== quiet: a hidden field with such a name
Subject: お知らせ
--- html
<form action="https://shop.example/search"><input type="hidden" name="password_hint"><input type="text" name="q"></form>

== quiet: a link to a log-in page
Subject: お知らせ
--- html
<p><a href="https://shop.example/login">パスワードの変更はこちら</a></p>
"#,
};

/// Pieces of field names that ask for what nobody should ask for by mail.
const SECRETS: &[&str] = &["password", "passwd", "passcode", "cardnumber", "card_number", "card-number", "cardno", "cvv", "cvc", "暗証", "パスワード", "カード番号"];

fn run(input: &Input<'_>, found: &mut Found) {
    for part in input.message.parts_all() {
        let Some(view) = part.view() else { continue };
        for form in &view.forms {
            let asks = form.fields.iter().any(|field| {
                let (kind, name) = field.split_once(':').unwrap_or((field, ""));
                kind == "password" || (kind != "hidden" && kind != "submit" && SECRETS.iter().any(|secret| name.contains(secret)))
            });
            if asks {
                let place = if part.role == Role::Text { Text::new("メールの本文", "The mail itself") } else { Text::new("添付のページ", "An attached page") };
                let action = if form.action.is_empty() { Value::Word(Text::new("不明", "unknown")) } else { Value::url(&form.action) };
                found.add(Some(&part.path), [("where", Value::Word(place)), ("action", action)]);
            }
        }
    }
}
