//! Wordings of real life, invented anew: from which the password is taken, and mails from which nothing is.

use super::{FoundIn, passwords};

/// Each text, and the candidate that must come first.
const WORDINGS: &[(&str, &str)] = &[
    ("パスワード：abc123", "abc123"),
    ("パスワード: Kx7!pq", "Kx7!pq"),
    ("パスワード　ｍｉｄｏｒｉ２０２６", "midori2026"),
    ("パスワード：ａｂｃ１２３", "abc123"),
    ("ﾊﾟｽﾜｰﾄﾞ:gh56jk", "gh56jk"),
    ("【パスワード】abc123", "abc123"),
    ("【パスワード】 4821", "4821"),
    ("■パスワード■ zx81vb", "zx81vb"),
    ("■解凍パスワード：zx81vb", "zx81vb"),
    ("解凍PW：7788aa", "7788aa"),
    ("解凍ＰＷ＝7788aa", "7788aa"),
    ("PWは abc123 です。", "abc123"),
    ("PWはabc123です", "abc123"),
    ("pw:abc123", "abc123"),
    ("PW→abc123", "abc123"),
    ("ＰＷ⇒abc123", "abc123"),
    ("P/W : abc123", "abc123"),
    ("pass: sakura55", "sakura55"),
    ("PASS：sakura55", "sakura55"),
    ("パス：sakura55", "sakura55"),
    ("パスは sakura55 になります。", "sakura55"),
    ("暗証番号：4821", "4821"),
    ("暗証番号は4821です。", "4821"),
    ("暗証番号は「4821」でございます。", "4821"),
    ("開封パスワードは「Tn42-xy」です。", "Tn42-xy"),
    ("開封パスワードは、「Tn42-xy」となります。", "Tn42-xy"),
    ("添付ファイルのパスワードは『Tn42xy』です。", "Tn42xy"),
    ("パスワードは\"Tn42xy\"です。", "Tn42xy"),
    ("パスワードは半角で「Tn42xy」と入力してください。", "Tn42xy"),
    ("パスワードは以下の通りです。\n\nTn42xy\n", "Tn42xy"),
    ("パスワードは下記のとおりです。\n　Tn42xy\n", "Tn42xy"),
    ("パスワード：\nTn42xy", "Tn42xy"),
    ("パスワード\n------------\nTn42xy\n------------", "Tn42xy"),
    ("【解凍パスワード】\n  Tn42xy", "Tn42xy"),
    ("▼パスワード▼\n・Tn42xy", "Tn42xy"),
    ("添付ファイルのパスワードをお知らせいたします。\n\nTn42xy\n", "Tn42xy"),
    ("先ほどお送りしたファイルのパスワードをお送りします。\nご確認ください。\n\n88421937\n", "88421937"),
    ("「Tn42xy」がパスワードです。", "Tn42xy"),
    ("「Tn42xy」が解凍パスワードになります。", "Tn42xy"),
    ("Tn42xy がパスワードです。", "Tn42xy"),
    ("「Tn42xy」をパスワードとして設定しています。", "Tn42xy"),
    ("パスワードはTn42xyに設定しております。", "Tn42xy"),
    ("パスワード（解凍用）：Tn42xy", "Tn42xy"),
    ("パスワード（半角英数）： Tn42xy", "Tn42xy"),
    ("パスワード：Tn42xy（半角）", "Tn42xy"),
    ("パスワード「Tn42xy」で開けます。", "Tn42xy"),
    ("パスワード [Tn42xy]", "Tn42xy"),
    ("パスワード：【Tn42xy】", "Tn42xy"),
    ("パスワード … Tn42xy", "Tn42xy"),
    ("パスワード - Tn42xy", "Tn42xy"),
    ("解凍キー：Tn42xy", "Tn42xy"),
    ("復号キーは Tn42xy です", "Tn42xy"),
    ("パスコード：582913", "582913"),
    ("パスフレーズ：correct-horse-battery", "correct-horse-battery"),
    ("合言葉は「sakura」です。", "sakura"),
    ("解凍の際は「Tn42xy」と入力してください。", "Tn42xy"),
    ("ZIPのPASSはTn42xyでお願いします。", "Tn42xy"),
    ("パスワード:infected", "infected"),
    ("Password: infected", "infected"),
    ("password is abc123", "abc123"),
    ("The password is Xk29dd.", "Xk29dd"),
    ("The password for the attached file is: Xk29dd", "Xk29dd"),
    ("Password for zip: Xk29dd", "Xk29dd"),
    ("Password to open the document - 7731", "7731"),
    ("The password to open it is \"bluesky\".", "bluesky"),
    ("Use Xk29dd as the password.", "Xk29dd"),
    ("Please use \"Xk29dd\" as password", "Xk29dd"),
    ("Open it with password Xk29dd", "Xk29dd"),
    ("Archive password: 8842", "8842"),
    ("passcode = 558102", "558102"),
    ("PIN: 5521", "5521"),
    ("pwd: Xk29dd", "Xk29dd"),
    ("Password below:\nXk29dd", "Xk29dd"),
    ("Your password is as follows:\n\n  Xk29dd\n\nRegards", "Xk29dd"),
    ("Unzip it with 'Xk29dd'", "Xk29dd"),
    ("パスワードは弊社電話番号の下4桁です。\n\n-- \nみどり設計事務所\nTEL 03-5550-4821", "4821"),
    ("パスワードは弊社代表電話の下四桁となります。\n電話：０３－５５５０－４８２２", "4822"),
    ("パスワードは今日の日付8桁です。", "20261124"),
    ("パスワードは送信日4桁（MMDD）です。", "1124"),
    ("パスワードは本日の日付（YYYYMMDD）です。", "20261124"),
    ("The password is today's date (8 digits).", "20261124"),
    ("The password is the last 4 digits of our phone number.\nPhone: +81 3-5550-4823", "4823"),
];

/// Mails of business about passwords, or with words like them: nothing is told in them.
const NOTHING: &[&str] = &[
    "パスワードは別途お送りします。",
    "パスワードは別メールにてお知らせいたします。",
    "パスワードはいつものものです。",
    "パスワードは前回と同じです。よろしくお願いいたします。",
    "パスワードは8文字以上で設定してください。",
    "パスワードは12文字以上の英数字にしてください。",
    "パスワードの有効期限は2026/12/31までです。",
    "パスワードの変更は本日から8日以内にお願いします。",
    "パスワードは90日ごとに変更してください。",
    "パスワードは Microsoft 365 の画面から変更できます。",
    "パスワード再設定はこちら: https://login.partner.example/reset",
    "パスワードをお忘れの方は下記へご連絡ください。\nhelp@partner.example",
    "パスワードの使い回しはおやめください。",
    "パスワード付きZIPは廃止しました。",
    "パスワードを電話でお伝えします。03-5550-4821 までお電話ください。",
    "初期パスワードは郵送いたします。",
    "パスワード：********",
    "パスワード： ●●●●●●",
    "パスワード：別送",
    "暗証番号は書留でお送りします。",
    "暗証番号を他人に教えないでください。",
    "PINコードを郵送しました。到着まで7日かかります。",
    "パスポートの写しを3部お送りください。",
    "パスタの特売は1kg 500円です。",
    "PWの管理規程を改定しました（第12版）。",
    "SpaceX の資料は PDF です。",
    "Your password will expire in 14 days.",
    "Your password was changed on 2026-11-20.",
    "The password is required to open the file.",
    "Password reset instructions: https://accounts.partner.example/reset?id=8842",
    "Password must be at least 12 characters.",
    "Please pass this on to Room 1204.",
    "We will send the password separately.",
    "Password policy: see intranet.",
    "Pin the notice to board 3.",
    "議事録を添付します。次回は11/30 14:00です。",
    "電話番号の下4桁をお知らせください。\nTEL 03-5550-4821",
];

fn told(subject: &str, text: &str) -> Vec<super::PasswordCandidate> {
    let mail = format!(
        "From: a@partner.example\nSubject: {subject}\nDate: Tue, 24 Nov 2026 10:00:00 +0900\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    );
    passwords(&crate::read(mail.as_bytes(), &crate::Limits::default()))
}

#[test]
fn every_wording_tells_its_password_first() {
    assert!(WORDINGS.len() >= 60);
    let wrong: Vec<String> = WORDINGS
        .iter()
        .filter_map(|(text, value)| {
            let told = told(
                "File",
                &format!("お世話になっております。\n\n{text}\n\n以上、よろしくお願いいたします。"),
            );
            let first = told.first().map(|candidate| candidate.value.as_str());
            (first != Some(value)).then(|| format!("{text:?}: {told:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_taken_from_mails_that_tell_none() {
    assert!(NOTHING.len() >= 30);
    let wrong: Vec<String> = NOTHING
        .iter()
        .filter_map(|text| {
            let told = told(
                "ご連絡",
                &format!("お世話になっております。\n\n{text}\n\n以上、よろしくお願いいたします。"),
            );
            (!told.is_empty()).then(|| format!("{text:?}: {told:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn places_are_told_and_old_passwords_come_later() {
    assert_eq!(told("PW: Ab12cd", "")[0].found_in, FoundIn::Subject);
    assert_eq!(told("", "パスワード：Ab12cd")[0].found_in, FoundIn::Text);
    let date = told("", "パスワードは今日の日付8桁です。");
    assert_eq!(date[0].found_in, FoundIn::Date);
    let phone = told("", "パスワードは弊社電話番号の下4桁です。\n電話 03-5550-4821\nFAX 03-5550-4822");
    assert_eq!(phone.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(), ["4821", "4822"]);
    assert_eq!(phone[0].found_in, FoundIn::Signature);
    let quoted = told("Re: x", "ありがとうございます。\n\n> パスワード：old123\n\nパスワード：new456");
    assert_eq!(quoted.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(), ["new456", "old123"]);
    let html = "From: a@partner.example\nContent-Type: text/html; charset=utf-8\n\n<p>パスワード：</p><p><b>Ab12cd</b></p>\n";
    let html = passwords(&crate::read(html.as_bytes(), &crate::Limits::default()));
    assert_eq!((html[0].value.as_str(), html[0].found_in), ("Ab12cd", FoundIn::Html));
}

#[test]
fn a_text_of_nothing_but_passwords_is_bounded() {
    let many: String = (0..5_000).map(|number| format!("パスワード：abc{number}\n")).collect();
    assert_eq!(told("", &many).len(), super::CANDIDATES_MAX);
    let long = "パスワード".repeat(20_000);
    assert!(told("", &long).is_empty());
}
