//! A mail's own text → whether it warns of a forger; a sentence → whether its writer does not say it of himself.
//!
//! A missed announcement holds one mail; a false one lets a forger through. So in doubt nothing is announced.

use super::phrases::{ends, has, head, near, tail};
use super::sentences::{ADDRESS, OWN, flat};

/// Words of somebody who warns, denies or wonders. They stand anywhere.
#[rustfmt::skip]
const WARNS: &[&str] = &[
    // Japanese.
    "なりすま", "成りすま", "成り済ま", "偽", "ニセ", "にせメール", "騙", "だまさ", "かたるメール", "を語るメール", "装った", "装い、", "装う", "名乗", "名義", "勝手に", "無断で",
    "第三者", "何者か", "不審", "怪し", "あやし", "疑わし", "疑い", "不正", "悪用", "悪意", "詐欺", "詐称", "フィッシング", "スパム", "迷惑メール", "乗っ取", "のっと", "ハッキング", "ハック",
    "ウイルス", "ウィルス", "マルウェア", "攻撃", "犯罪", "警察", "被害", "流出", "漏洩", "漏えい", "注意喚起", "出回", "ばらま", "デマ", "嘘", "うそ", "虚偽", "事実無根", "事実ではあり", "事実はあり", "事実はござい", "誤りです", "誤りでし", "誤った案内", "取り消", "撤回",
    "心当たり", "身に覚え", "覚えのない", "覚えはあり", "覚えがあり", "関与", "無関係", "関係あり", "関係ござい", "一切関係", "開かない", "開かず", "開封しない", "開封せず", "クリックしない", "返信しない", "返信なさら", "無視",
    "本物ではあり", "本物でしょう", "本人ではあり", "本人でない", "本人に確認", "本人確認", "私ではあり", "私ではない", "私ではござい", "私からではあり", "弊社からではあり", "からのものではあり", "が送ったものでは", "ものではありません", "ものではござい", "送信元", "ようなメール", "こんなメール", "こういうメール", "こういったメール", "送られましたか", "送られました?", "送信されましたか", "送りましたか", "お送りになりましたか", "本当です", "本当でしょう", "本当に変",
    "送っておりません", "送っていません", "送ってません", "送ってない", "送っていない", "送信しておりません", "送信していません", "送信していない", "お送りしておりません", "お送りしていません", "出しておりません", "出していません",
    "差し上げておりません",
    "連絡はしていません", "連絡はしておりません", "連絡していません", "連絡しておりません", "案内しておりません", "案内していません", "お知らせしておりません",
    // English.
    "impersonat*", "impost*", "pretend*", "posing as", "poses as", "fake*", "forged", "forger*", "forging", "fraud*", "scam*", "phish*", "spoof*", "hack*", "hijack*", "compromised", "stolen", "stole", "hoax*",
    "suspicious", "suspect*", "strange", "weird", "odd", "malicious", "malware", "bogus", "criminal*", "police", "attacker*", "crook*", "beware", "be careful", "careful", "watch out", "warning", "warn*", "caution", "alert",
    "someone", "somebody", "not belong", "no such", "not originate", "third party", "delete any", "anyone claiming", "claimed", "claiming", "claims to", "claims that", "claim to", "claim that", "claims my", "claims our", "claims it", "claims this", "who claim*", "alleged*", "supposed*", "purport*", "in my name", "in our name", "under my name", "under our name", "using my name", "using our name", "with my name", "use my name", "uses my name", "uses our name", "misus*", "abus*", "under the name", "my identity", "our identity", "identity theft", "not us", "not me", "not i", "not from me", "not from us", "not by me",
    "not by us", "not mine", "not ours", "not my", "not our", "isn't my", "isn't our", "isn't me", "isn't mine", "isn't ours", "wasn't me", "wasn't us", "wasn't from", "isn't from", "not come from", "nothing to do with",
    "did not send", "didn't send", "never sent", "not sent", "haven't sent", "hasn't sent", "did not write", "didn't write", "never wrote", "not written", "i did not", "i didn't", "we did not", "we didn't", "not true", "untrue", "false", "lie", "nonsense",
    "not genuine", "not legitimate", "unauthorised", "unauthorized", "ignore", "disregard", "do not open", "don't open", "not click", "don't click", "do not reply", "don't reply", "do not respond", "don't respond", "do not answer", "don't answer",
    "not trust", "don't trust", "not respond", "was that you", "is that you", "is this you", "did you write", "did you send", "did you change", "have you changed",
];

/// What sounds like a warning and is none.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    "迷惑メールフォルダ", "迷惑メールに振り分け", "迷惑メールに分類", "迷惑メールに入", "迷惑メールと判定", "迷惑メールが増", "迷惑メールが多", "迷惑メール対策", "迷惑メール設定", "スパムフォルダ", "ウイルス対策", "ウイルスチェック",
    "不正アクセス防止", "不正アクセス対策", "お名乗り", "本人確認書類", "spam folder", "junk folder",
];

/// Words that nothing has changed. Of a telephone number they are said beside true announcements.
#[rustfmt::skip]
const UNCHANGED: &[&str] = &[
    "変更しておりません", "変更していません", "変更していない", "変更もしておりません", "変更はしておりません", "変更いたしておりません", "変更致しておりません", "変えていません", "変えておりません", "変わっておりません", "変わっていません", "変わりません", "変更はありません", "変更はございません", "変更ありません", "変更する予定は", "変更の予定は",
    "not changed", "haven't changed", "hasn't changed", "never changed", "did not change", "didn't change", "no change", "unchanged", "remains the same", "remain the same", "stays the same",
];
const UNCHANGED_BESIDE: &[&str] = &[
    "電話",
    "tel",
    "fax",
    "番号",
    "住所",
    "所在地",
    "担当",
    "業務",
    "体制",
    "その他",
    "phone",
    "telephone",
    "mobile",
    "number",
    "numbers",
    "postal",
];

/// What stands below mails in the name of lawyers; it speaks of errors and misuse.
const DISCLAIMS: &[&str] = &[
    "intended recipient",
    "intended solely",
    "intended only for",
    "received this e-mail in error",
    "received this email in error",
    "誤って受信",
    "誤送信",
];

/// Words that make it depend on something.
#[rustfmt::skip]
const CONDITIONS: &[&str] = &["たら", "もし", "場合は", "場合に", "場合、", "教えて", "お知らせください", "お知らせ下さい", "ご連絡がない", "if", "unless", "in case", "should you", "let me know"];
const NO_CONDITIONS: &[&str] =
    &["if you want", "if you wish", "if you would like", "if you'd like", "if you need", "if possible"];

/// Words of somebody who tells what another said, or what was received.
#[rustfmt::skip]
const REPORTS: &[&str] = &[
    "とのこと", "と聞", "と伺", "とうかが", "と言わ", "と言っ", "と言い", "といって", "と書", "と称", "と主張", "と記載", "と表示", "と仰", "とおっしゃ", "と連絡", "と案内", "と通知", "らしい", "だそう", "たそう", "とされ", "とあり", "なる内容",
    "が届い", "が届きまし", "が来て", "が来まし", "が来た", "が来たら", "が来ても", "が送られ", "受け取りまし", "受け取った", "受け取られ", "受信しまし", "受信した", "届いた場合", "届いても", "からの連絡", "からのメール", "から連絡があ", "からメールがあ", "件名",
    "says", "said", "saying", "say", "tells", "told", "tell you", "telling", "states", "stated", "stating", "reads", "wrote", "according to", "apparently", "reportedly", "heard", "received", "receive", "get a mail", "get an email", "got a mail", "got a message", "got an email", "got an e-mail", "got this", "hear", "learned", "learnt", "presented", "asked me", "asks me", "asking me", "asking you",
    "you may have", "have been told", "been informed", "were informed", "whether",
];

/// という before one of these tells of a text.
#[rustfmt::skip]
const TEXTS: &[&str] = &["メール", "連絡", "ご連絡", "案内", "ご案内", "通知", "知らせ", "お知らせ", "内容", "文面", "文章", "話", "件", "もの", "指示", "依頼", "ご依頼", "主張", "旨", "趣旨", "噂", "情報", "文", "返信", "書", "要請", "申し出"];

/// Words for whoever is neither the sender nor the sender's firm.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "様の", "さまの", "さんの", "氏の", "殿の", "君の", "先生の", "様が", "さんが", "氏が", "様より", "さんより", "様から", "さんから", "様は", "さんは", "氏は", "御社", "貴社", "貴殿", "貴方", "あなた", "そちらの", "お客様", "お客さま", "顧客", "取引先", "先方", "相手", "協力会社", "仕入先",
    "業者", "印刷所", "印刷会社", "会員", "ユーザー", "同僚", "上司", "部下", "家族", "友人", "知人", "紹介",
    "your new", "your email", "your e-mail", "your address", "your mail", "his", "her", "their", "he", "she", "they", "customer*", "client*", "colleague*", "coworker*", "supplier*", "vendor*", "accountant*", "assistant*", "lawyer*",
    "printer*", "contractor*", "subcontractor*", "friend*", "boss", "intern", "introduc*", "joined our", "joined us", "joins us", "joins our", "joining our", "joining us", "new member", "new hire",
];

/// Those to whom the mail itself is written.
#[rustfmt::skip]
const GREETED: &[&str] = &["お客様各位", "お取引先様各位", "お取引先各位", "取引先各位", "お客様の皆様", "お取引先の皆様", "取引先の皆様", "お客様には", "お取引先様には", "お客様へ", "関係者各位", "address book", "address list"];

/// What an address is for that is not the sender's own.
#[rustfmt::skip]
const PURPOSES: &[&str] = &[
    "請求", "見積", "図面", "注文", "発注", "受注", "納品", "資料", "書類", "データ", "原稿", "ファイル", "写真", "応募", "履歴書", "採用", "問い合わせ", "問合", "お問合", "申し込み", "申込", "お申し出", "予約", "修理", "故障", "保守", "サポート", "苦情", "相談窓口", "配送", "出荷",
    "返品", "経理", "総務", "人事", "窓口", "参加", "出欠", "質問", "不明な点", "ご不明", "詳細", "ご希望", "希望さ", "したい方", "される方", "場合は、", "場合には", "際は", "変更は", "変更方法", "手続き", "配信停止", "退会", "購読", "教えて", "ご存じ", "ホームページ", "サイト", "cc", "bcc", "同報",
    "invoice*", "bill*", "drawing*", "order*", "quot*", "documents", "file", "files", "report*", "application*", "apply", "résumé", "cv", "support", "help", "helpdesk", "payable*", "booking*", "reservation*", "complain*", "question*",
    "quer*", "enquir*", "inquir*", "details", "copy", "copied", "rsvp", "press", "unsubscrib*", "subscri*", "newsletter*", "login", "log in", "sign in", "password*", "accounts", "accounting", "website", "web site", "form", "payment*", "sample*", "what is", "send me", "let me know",
];

/// The text without paragraphs in the name of lawyers.
pub(super) fn without_disclaimers(own_text: &str) -> String {
    let paragraphs: Vec<&str> =
        own_text.split("\n\n").filter(|paragraph| !has(&flat(paragraph), DISCLAIMS)).collect();
    paragraphs.join("\n\n")
}

/// Whether a text warns of a forger, or wonders about one.
pub(super) fn warns(text: &str) -> bool {
    let flat = flat(text);
    let says_unchanged = |text: &str| has(text, UNCHANGED) && !has(text, UNCHANGED_BESIDE);
    has(&without(&flat, HARMLESS), WARNS) || flat.split(['。', '.', '!']).any(says_unchanged)
}

/// Whether a sentence asks, depends on something, or tells what another said.
pub(super) fn is_hearsay(text: &str) -> bool {
    is_question(text) || is_told(text) || has(&without(text, NO_CONDITIONS), CONDITIONS)
}

/// Whether a sentence tells what another said.
pub(super) fn is_told(text: &str) -> bool {
    has(text, REPORTS) || tells_of_a_text(text)
}

/// Whether a sentence is about somebody else.
pub(super) fn is_of_others(text: &str) -> bool {
    let text = without(text, GREETED);
    has(&text, OTHERS) || has_foreign_genitive(&text)
}

/// Whether a sentence names an address for a purpose of its own.
pub(super) fn has_purpose(text: &str) -> bool {
    has(text, PURPOSES)
}

/// Whether the address between `before` and `after` is denied, or one from which mail came or to which it went.
pub(super) fn is_denied(before: &str, after: &str) -> bool {
    let clause = after.split(['、', ',', ';', '。']).next().unwrap_or_default();
    let no = ["ません", "ない", "なく", "せず", "is not", "isn't", "was not", "wasn't"];
    let no_denial =
        ["間違", "いただけません", "もらえません", "願えません", "旧", "以前", "古い", "従来", "前の", "old"];
    let denied = has(clause, &no) && !has(clause, &no_denial);
    let refused = near(
        tail(before, 30),
        &["not", "don't", "never", "without"],
        &["use", "write", "send", "reply", "answer", "contact", "trust"],
        12,
    ) && !has(tail(before, 30), &["old", "longer"]);
    let taken_back =
        near(after, &["it", "that", "those"], &["not", "isn't", "doesn't", "wasn't", "aren't", "never"], 12);
    denied || refused || taken_back || is_origin(before, clause) || was_written_to(before, clause)
}

/// Whether something was sent there already.
fn was_written_to(before: &str, clause: &str) -> bool {
    let sent = [
        "送りました",
        "お送りしました",
        "送信しました",
        "送ってあり",
        "共有しました",
        "共有済",
        "転送しました",
        "送付しました",
    ];
    let sent_en =
        ["sent", "forwarded", "wrote", "written", "spoke", "shared", "replied", "e-mailed", "emailed"];
    has(clause, &sent) || has(tail(before, 30), &sent_en)
}

/// Whether mail came from the address, rather than that its writer will write from it.
fn is_origin(before: &str, clause: &str) -> bool {
    let comes = (clause.starts_with("から") || clause.starts_with("より"))
        && !clause.contains([ADDRESS, OWN])
        && has(clause, &["メール", "連絡", "届", "来", "送"]);
    let writes_himself = [
        "いたします",
        "します",
        "致します",
        "差し上げ",
        "送ります",
        "申し上げ",
        "させていただ",
        "することがあ",
        "することがご",
        "ることがあ",
        "する場合が",
        "送る場合が",
    ];
    let came = before.trim_end().ends_with(" from") && !has(before, &["i", "we", "i'll", "i'm", "we'll"]);
    (comes && !has(clause, &writes_himself)) || came
}

fn without(text: &str, phrases: &[&str]) -> String {
    phrases.iter().fold(text.to_owned(), |text, phrase| text.replace(phrase, " "))
}

fn is_question(text: &str) -> bool {
    let text = text.trim_end_matches(['。', '.', ' ', '!']);
    let asks = text.ends_with('?') || text.ends_with('か') || text.contains("か?") || text.contains("か、");
    let polite = [
        "いただけ",
        "もらえ",
        "くださいま",
        "できますでしょうか",
        "願え",
        "could you",
        "can you",
        "would you",
        "will you",
    ];
    let checks = ["か教", "か確認", "かどうか", "かご確認", "確認", "confirm", "tell", "check", "verify"];
    (asks && (!has(text, &polite) || has(text, &checks)))
        || has(text, &["かどうか", "か教え", "か確認", "かご確認"])
}

fn tells_of_a_text(text: &str) -> bool {
    let after = |words: &str| {
        ends(text, words).any(|at| {
            let rest = text.get(at..).unwrap_or_default().trim_start();
            TEXTS.iter().any(|noun| rest.starts_with(noun))
        })
    };
    ["という", "と言う", "といった", "との", "旨の"].iter().any(|words| after(words))
}

/// `'s` of somebody: John's new address. That of the firm, and those that mean "is", are none.
fn has_foreign_genitive(text: &str) -> bool {
    let own = [
        "it", "that", "what", "here", "let", "there", "company", "firm", "office", "who", "today", "year",
        "month", "week", "everyone",
    ];
    text.match_indices("'s ").any(|(at, _)| {
        let word = text.get(..at).unwrap_or_default().rsplit(|c: char| !c.is_ascii_alphabetic()).next();
        let names_address = head(text.get(at..).unwrap_or_default(), 30);
        word.is_some_and(|word| !own.contains(&word))
            && has(names_address, &["address", "email", "e-mail", "mail"])
    })
}
