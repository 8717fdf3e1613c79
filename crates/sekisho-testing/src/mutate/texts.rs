//! Changes of the words and of how they are shown: forms, lures, hidden text, two texts in one mail, odd Japanese.

use super::{Change, Mail, Mutation};
use crate::Rng;

pub(super) const MUTATIONS: &[Mutation] = &[
    Mutation {
        id: "password-form",
        fires: Change::Bytes(password_form),
        near_miss: Change::Bytes(search_form),
    },
    Mutation {
        id: "topical-lure",
        fires: Change::Bytes(topical_lure),
        near_miss: Change::Bytes(topical_matter),
    },
    Mutation {
        id: "text-and-html-differ",
        fires: Change::Bytes(two_texts),
        near_miss: Change::Bytes(same_texts),
    },
    Mutation {
        id: "invisible-text",
        fires: Change::Bytes(invisible),
        near_miss: Change::Bytes(preview_line),
    },
    Mutation {
        id: "odd-japanese",
        fires: Change::Bytes(odd_japanese),
        near_miss: Change::Bytes(plain_japanese),
    },
];

fn password_form(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let field = *rng.pick(&[
        "<input type=\"password\" name=\"p\">",
        "<input name=\"password\" placeholder=\"パスワード\">",
        "<INPUT TYPE=PASSWORD NAME=pass>",
        "暗証番号 <input type=\"password\" name=\"pin\" maxlength=\"4\">",
    ]);
    let form = format!(
        "<form action=\"https://collect.test/p\" method=\"post\"><input name=\"user\">{field}<input type=\"submit\" value=\"送信\"></form>"
    );
    with_html(mail, &form)
}

fn search_form(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let form = *rng.pick(&[
        "<form action=\"https://search.example/\" method=\"get\"><input name=\"q\"><input type=\"submit\" value=\"検索\"></form>",
        "<form action=\"https://survey.example/a\"><input type=\"radio\" name=\"r\" value=\"1\">満足<input type=\"submit\" value=\"送信\"></form>",
        "<p>パスワードを入れる画面では、アドレスの欄をご確認ください。</p>",
    ]);
    with_html(mail, form)
}

fn topical_lure(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (subject, text) = *rng.pick(&[
        ("新型コロナウイルス感染予防対策のお知らせ", "感染予防対策について、添付の通知をご確認ください。"),
        ("【重要】給付金の申請について", "給付金の申請期限が迫っています。下記より至急お手続きください。\nhttps://kyufu-shinsei.test/apply"),
        ("税務署からの【未払い税金のお知らせ】", "あなたの所得税について未払いがあります。期限までに納付しない場合、差押えとなります。\nhttps://nouzei.test/pay"),
        ("賞与支払届", "賞与の支払について、添付の文書をご覧ください。"),
        ("台風被害の義援金のお願い", "被災された方々への義援金を下記の口座へ至急お振込みください。\nhttps://gienkin.test/"),
        ("マイナポイント申請の最終案内", "ポイントの有効期限は本日までです。今すぐお手続きください。\nhttps://mynapoint.test/"),
    ]);
    let mut changed = mail.clone();
    changed.set_subject(subject);
    changed.set_bodies(rng, &format!("{text}\n"), None);
    let file = crate::files::compound(rng, "WordDocument");
    changed.attach(rng, "お知らせ.doc", &file);
    Some(changed.to_bytes())
}

fn topical_matter(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (subject, text) = *rng.pick(&[
        ("インフルエンザの予防接種", "予防接種は来週の水曜です。問診票を総務に出してください。"),
        ("台風の日の出勤", "明日は台風の予報です。無理に出勤せず、自宅で作業してください。"),
        ("年末調整の書類", "保険料の証明書がまだの方は、金曜までにお願いします。"),
        ("防災訓練", "来月の防災訓練は10時からです。避難場所は公園です。"),
    ]);
    let mut changed = mail.clone();
    changed.set_subject(subject);
    changed.set_bodies(rng, &format!("{text}\n"), None);
    Some(changed.to_bytes())
}

fn two_texts(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let own = super::own_text(mail);
    let other = *rng.pick(&[
        "<h1>アカウントの確認</h1><p>お客様のアカウントに異常な操作が見つかりました。24時間以内に確認の手続きを行ってください。手続きがない場合、ご利用を停止いたします。</p><p><a href=\"https://verify.test/\">確認する</a></p>",
        "<p>お荷物をお届けに上がりましたが、ご不在のため持ち帰りました。再配達のお手続きは次の画面からお願いいたします。保管の期限を過ぎたお荷物は送り主に返送されます。</p><p><a href=\"https://redeliver.test/\">再配達</a></p>",
        "<p>請求書の支払が確認できません。下記のファイルを開いて金額を確認し、本日中にお支払いください。ご連絡のない場合は法的な手続きに移ります。</p>",
    ]);
    let mut changed = mail.clone();
    changed.set_bodies(rng, &own, Some(&format!("<html><body>{other}</body></html>\n")));
    Some(changed.to_bytes())
}

fn same_texts(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let own = super::own_text(mail);
    let page = match rng.below(3) {
        0 => super::paragraphs(&own),
        1 => format!(
            "<table><tr><td>{}</td></tr></table><p><small>配信停止</small></p>",
            super::paragraphs(&own)
        ),
        _ => format!(
            "<div style=\"font-size:14px\">{}</div><img src=\"https://img.example/a.png\">",
            super::paragraphs(&own)
        ),
    };
    let mut changed = mail.clone();
    changed.set_bodies(rng, &own, Some(&format!("<html><body>{page}</body></html>\n")));
    Some(changed.to_bytes())
}

fn invisible(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let style = *rng.pick(&[
        "display:none",
        "visibility:hidden",
        "font-size:0",
        "color:#ffffff;background:#ffffff",
        "opacity:0",
        "position:absolute;left:-9999px",
        "max-height:0;overflow:hidden",
    ]);
    let filler = *rng.pick(&[
        "春の遠足は川沿いの公園で行われ、子どもたちは桜の下でお弁当を食べました。",
        "図書館の開館時間は午前九時から午後七時までで、月曜日は休館日となっています。",
        "The quick report on the weather of the northern islands was read by many people.",
    ]);
    let hidden: String =
        (0..rng.between(6, 12)).map(|_| format!("<span style=\"{style}\">{filler}</span>")).collect();
    with_html(mail, &hidden)
}

fn preview_line(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let extra = *rng.pick(&[
        "<div style=\"display:none;max-height:0\">今月の新着情報をお届けします</div>",
        "<img src=\"https://img.example/o.gif\" width=\"1\" height=\"1\" style=\"display:none\">",
        "<div style=\"background:#003366;color:#ffffff\">白い字の見出し</div>",
        "<style>.a{color:#111}</style><p class=\"a\">見える文</p>",
    ]);
    with_html(mail, extra)
}

fn odd_japanese(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let text = *rng.pick(&[
        "尊敬するお客様、\n\nあなたのアカウントは异常な活动が検出されました。私たちは您の安全を保护するため、アカウントを停止しました。\nすぐに確認をしてくださいませ。",
        "こんにちは！\n\nご注意下さい、あなたの订单は支付に失败しました。24時間以内に支払い方法を更新することが必要とされています。",
        "親愛なるユーザー様\n\n我々は貴方の口座に不正なログイン試みを発見しました。お客さまの財産安全の為に、リンクをクリックして本人確認を完了してください。ありがとうございますございました。",
        "拝啓する,\n\n私はこのメールを書いているのは、貴社の製品に興味を持っているためである。添付ファイルは我々の注文の詳細です、それを见て、価格を教えてくれ。",
        "ご利用いただきありがとうございます。 お客様の会员资格が过期しました。 更新しないと、 サービスが停止 されます 。",
    ]);
    let mut changed = mail.clone();
    changed.set_bodies(rng, &format!("{text}\n"), None);
    Some(changed.to_bytes())
}

fn plain_japanese(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let text = *rng.pick(&[
        "お世話になっております。\n王です。先日の会議の写真を送ります。日本語がまだ上手ではありませんので、間違いがあったら教えてください。",
        "國立劇場の改修について、舊字体で書かれた資料が見つかりました。髙橋様、﨑山様にもお見せしたいと思います。",
        "來週の打合せですが、上海の事務所（上海明光照明有限公司）の方も参加されます。",
        "了解っす。じゃあ土曜、現場で。よろしくー",
    ]);
    let mut changed = mail.clone();
    changed.set_bodies(rng, &format!("{text}\n"), None);
    Some(changed.to_bytes())
}

fn with_html(mail: &Mail, extra: &str) -> Option<Vec<u8>> {
    let own = super::own_text(mail);
    let mut changed = mail.clone();
    changed.set_html(&format!("<html><body>{}{extra}</body></html>\n", super::paragraphs(&own)));
    Some(changed.to_bytes())
}
