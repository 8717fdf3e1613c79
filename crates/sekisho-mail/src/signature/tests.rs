//! Signature blocks as offices write them, and ends of mails that are none.

use super::{is_closing, letter_below, signature};

/// Own text, then what is found: where the block begins, people, organisations.
struct Case {
    text: &'static str,
    begins: &'static str,
    people: &'static [&'static str],
    organisations: &'static [&'static str],
}

const fn case(
    text: &'static str,
    begins: &'static str,
    people: &'static [&'static str],
    organisations: &'static [&'static str],
) -> Case {
    Case { text, begins, people, organisations }
}

const JAPANESE: &[Case] = &[
    case(
        "お世話になっております。\n見積書をお送りします。\n\n-- \n佐藤 花子\nみどり設計事務所\nTEL 03-0000-0000\n",
        "-- ",
        &["佐藤 花子"],
        &["みどり設計事務所"],
    ),
    case(
        "よろしくお願いいたします。\n\n────────────────\n株式会社北建設　営業部\n山田　太郎（やまだ たろう）\n〒100-0000 東京都千代田区1-2-3\nTEL：03-0000-0000　FAX：03-0000-0001\nE-mail：yamada@kita.example\n────────────────\n",
        "────",
        &["山田 太郎"],
        &["株式会社北建設"],
    ),
    case(
        "以上です。\n\n-- \nRyo Suzuki / 鈴木 亮\n株式会社北建設\nTEL 03-0000-0000\n",
        "-- ",
        &["鈴木 亮", "Ryo Suzuki"],
        &["株式会社北建設"],
    ),
    case(
        "以上です。\n\n-- \n鈴木 亮（Ryo Suzuki）\nTEL 03-0000-0000\n",
        "-- ",
        &["鈴木 亮", "Ryo Suzuki"],
        &[],
    ),
    case(
        "以上、ご確認ください。\n\n＝＝＝＝＝＝＝＝＝＝＝＝\n有限会社みなみ塗装\n鈴木一郎\n電話 045-000-0000\nhttps://minami.example/\n＝＝＝＝＝＝＝＝＝＝＝＝",
        "＝＝＝",
        &["鈴木一郎"],
        &["有限会社みなみ塗装"],
    ),
    case(
        "承知いたしました。\n━━━━━━━━━━━━━━━━\n東西商事株式会社\n総務部 高橋 次郎\nTEL:06-0000-0000\n━━━━━━━━━━━━━━━━",
        "━━━",
        &["高橋 次郎"],
        &["東西商事株式会社"],
    ),
    case(
        "ご連絡ありがとうございます。\n\n****************************\n㈱さくら製作所\n伊藤 三郎\n携帯 090-0000-0000\n****************************",
        "****",
        &["伊藤 三郎"],
        &["㈱さくら製作所"],
    ),
    case(
        "確認しました。\n\n***************\n渡辺 四郎\nwatanabe@kaze.example\n***************\n",
        "***",
        &["渡辺 四郎"],
        &[],
    ),
    case(
        "お願いいたします。\n\n株式会社北建設\n営業部　部長　山田 太郎\nTEL 03-0000-0000\nMail yamada@kita.example\n",
        "株式会社北建設",
        &["山田 太郎"],
        &["株式会社北建設"],
    ),
    case(
        "宜しくお願い致します。\n\n中村五郎\nなかむら税理士事務所\n電話：075-000-0000\n",
        "中村五郎",
        &["中村五郎"],
        &["なかむら税理士事務所"],
    ),
    case(
        "それでは失礼いたします。\n\n◆◇◆◇◆◇◆◇◆◇◆◇\n一般社団法人みらい協会\n事務局　小林 六子\nTEL 052-000-0000\n◆◇◆◇◆◇◆◇◆◇◆◇",
        "◆◇",
        &["小林 六子"],
        &["一般社団法人みらい協会"],
    ),
    case("よろしくお願いします。\n\n--\n加藤 七海\n", "--", &["加藤 七海"], &[]),
    case(
        "よろしくお願いいたします。\n\n■□■□■□■□■□■□\n医療法人あおば会 あおばクリニック\n吉田 八重子\n〒000-0000 神奈川県横浜市1-1\n■□■□■□■□■□■□\n",
        "■□",
        &["吉田 八重子"],
        &["医療法人あおば会"],
    ),
    case(
        "ご査収ください。\n\n======================================\n山本 九郎 (Kuro Yamamoto)\n青空大学 工学部\n〒000-0000 ○○県○○市1-1\n======================================\n",
        "====",
        &["山本 九郎", "Kuro Yamamoto"],
        &["青空大学"],
    ),
    case(
        "取り急ぎご連絡まで。\n\n_______________________________\n松本 十子\nひかり銀行 本店営業部\n03-0000-0000\n",
        "____",
        &["松本 十子"],
        &["ひかり銀行"],
    ),
    case(
        "お手数ですがよろしくお願いいたします。\n\n株式会社 大空ソフト\n開発部 井上 一子\nE-mail: inoue@ozora.example\n※本メールには機密情報が含まれることがあります。\n\n",
        "",
        &[],
        &[],
    ),
    case(
        "かしこまりました。\n\n…………………………………………\n木村 二郎\n木村工務店\n☎ 0120-000-000\n…………………………………………",
        "……",
        &["木村 二郎"],
        &["木村工務店"],
    ),
    case("敬具\n\n林 三郎\n", "林 三郎", &["林 三郎"], &[]),
    case(
        "ご検討ください。\n\n＊＊＊＊＊＊＊＊＊＊＊＊＊＊\n代表取締役　清水 四郎\n合同会社しみず\nFAX 03-0000-0002\n＊＊＊＊＊＊＊＊＊＊＊＊＊＊\n",
        "＊＊",
        &["清水 四郎"],
        &["合同会社しみず"],
    ),
    case(
        "よろしくお願いいたします。\n\n―――――――――――――――――\n斎藤 五月\nさいとう不動産（株）\n〒000-0000 大阪府大阪市北区1-1-1 北ビル3階\nURL https://saito.example/\n―――――――――――――――――\n当社は10月に移転しました。\n",
        "――",
        &["斎藤 五月"],
        &["さいとう不動産（株）"],
    ),
    case(
        "写真を添付します。\n\nNPO法人もりの会\n担当：阿部 六実\nTEL/FAX 022-000-0000\nmori@npo.example",
        "NPO法人もりの会",
        &["阿部 六実"],
        &["NPO法人もりの会"],
    ),
    case(
        "以上です。よろしくお願いします。\n\n~~~~~~~~~~~~~~~~~~~~~~\n橋本 七恵\n〇〇市役所 市民課\n内線 1234\n~~~~~~~~~~~~~~~~~~~~~~",
        "~~~",
        &["橋本 七恵"],
        &["〇〇市役所"],
    ),
];

const ENGLISH: &[Case] = &[
    case(
        "Please find the estimate attached.\n\n-- \nTaro Yamada\nKita Construction Co., Ltd.\nTel +81-3-0000-0000\n",
        "-- ",
        &["Taro Yamada"],
        &["Kita Construction Co., Ltd."],
    ),
    case("See you tomorrow.\n\nBest regards,\nHanako Sato\n", "Hanako Sato", &["Hanako Sato"], &[]),
    case(
        "The drawings follow.\n\nKind regards,\n\nJohn Smith\nProject Manager\nOakfield Architects Ltd\n+44 20 0000 0000\njohn@oakfield.example\n",
        "John Smith",
        &["John Smith"],
        &["Oakfield Architects Ltd"],
    ),
    case(
        "Thanks for the quick answer.\n\nMary O'Neill | Accountant | Oakfield Ltd\nPhone: 020 0000 0000\nwww.oakfield.example\n",
        "Mary",
        &["Mary O'Neill"],
        &["Oakfield Ltd"],
    ),
    case(
        "I agree.\n\nRegards\nJ. R. Brown\nBrown & Sons Inc.\n1 High Street, Springfield\n",
        "J. R. Brown",
        &["J. R. Brown"],
        &["Brown & Sons Inc."],
    ),
    case("Works for me.\n\n--\nAnna Lindqvist\nhttp://anna.example/\n", "--", &["Anna Lindqvist"], &[]),
    case(
        "Noted, thank you.\n\n===============================\nPeter Meyer\nMeyer GmbH\nFax: 000-0000-0000\n===============================\n",
        "====",
        &["Peter Meyer"],
        &["Meyer GmbH"],
    ),
    case(
        "Let me know.\n\nSincerely,\n\nKenji Tanaka\nSales Department\nToho Trading Corporation\nEmail: tanaka@toho.example\n",
        "Kenji",
        &["Kenji Tanaka"],
        &["Toho Trading Corporation"],
    ),
    case(
        "All done.\n\nCheers,\nLiam Byrne\nByrne Consulting\n",
        "Liam",
        &["Liam Byrne"],
        &["Byrne Consulting"],
    ),
];

/// Ends without a mark, a closing or a telephone, and who stands in them.
const ALONE: &[(&str, &[&str])] = &[
    ("資料をお送りします。\n\n三浦 健太郎\n", &["三浦 健太郎"]),
    ("資料をお送りします。\n\n三浦健太郎\n", &["三浦健太郎"]),
    ("資料をお送りします。\n\n株式会社北斗建設\n三浦 健太郎\n", &["三浦 健太郎"]),
    ("資料をお送りします。\n\n清涼法律事務所\n弁護士 秋山 文子\n", &["秋山 文子"]),
    ("資料をお送りします。\n\n株式会社北斗建設　工事部　三浦 健太郎\n", &["三浦 健太郎"]),
    ("資料をお送りします。\n\n三浦 健太郎\nTEL 03-1111-2222\n", &["三浦 健太郎"]),
    ("資料をお送りします。\n\n佐野 さやか\n", &["佐野 さやか"]),
    ("資料をお送りします。\n\n鱸 健太郎\n", &["鱸 健太郎"]),
    ("資料をお送りします。\n以上です。\n三浦 健太郎\n", &["三浦 健太郎"]),
    ("資料をお送りします。\n\n（三浦 健太郎）\n", &["三浦 健太郎"]),
    ("資料をお送りします。\n\n三浦 健太郎\n工事部　課長\n", &["三浦 健太郎"]),
    ("Please see the attached file.\n\nOliver Whitfield\nLogistics\n", &["Oliver Whitfield"]),
    ("以上\n\n三浦 健太郎\n", &["三浦 健太郎"]),
    ("何卒よろしくお願い申し上げます。\n三浦 健太郎\n", &["三浦 健太郎"]),
    ("以上、宜しくお願い致します。\n株式会社北斗建設\n三浦 健太郎\n", &["三浦 健太郎"]),
    ("資料です。\n\n===\n三浦 健太郎 (Kentaro Miura)\n株式会社北斗建設\n", &["三浦 健太郎", "Kentaro Miura"]),
    ("Please see the attached file.\n\nOliver Whitfield\n", &["Oliver Whitfield"]),
    ("Please see the attached file.\n\n- Oliver Whitfield\n", &["Oliver Whitfield"]),
    ("Please see the attached file.\n\nOliver Whitfield, Northgate Instruments Ltd\n", &["Oliver Whitfield"]),
    ("Please see the attached file.\n\nJudith Caldera\nCaldera & Wren LLP\n", &["Judith Caldera"]),
];

const NONE: &[&str] = &[
    "三浦 健太郎\n",
    "資料をお送りします。\n三浦 健太郎\n",
    "出席者は次のとおりです。\n\n三浦 健太郎\n",
    "出席者：\n\n三浦 健太郎\n",
    "欠席者をお知らせします。\n\n三浦 健太郎\n大野 真由美\n",
    "資料をお送りします。\n\n三浦 健太郎様\n",
    "資料をお送りします。\n\n添付資料一覧\n",
    "資料をお送りします。\n\n石川 県庁前\n",
    "資料をお送りします。\n\n千葉 支店\n",
    "資料をお送りします。\n\n福島 出張\n",
    "資料をお送りします。\n\n良いお年を\n",
    "資料をお送りします。\n\n取り急ぎ ご連絡まで\n",
    "資料をお送りします。\n\n三浦\n",
    "資料をお送りします。\n\n株式会社北斗建設\n",
    "Please see the attached file.\n\nHappy Christmas\n",
    "Please see the attached file.\n\nMany Thanks\n",
    "Please see the attached file.\n\nBrightwater Tools\n",
    "Please see the attached file.\n\nOliver\n",
    "Please see the attached file.\n\nSEE ATTACHED\n",
    "Please see the attached file.\n\nProject Manager\n",
    "These will come:\n\nOliver Whitfield\n",
    "These will come.\n\nOliver Whitfield\nDennis Okafor\n",
    "Please see the attached file.\n\nOliver Whitfield\nwill come, too\n",
    "資料をお送りします。\n\n三浦 健太郎\n雨天決行\n",
    "以上です。\n詳細は後日\n",
    "I will call you\n\nNext Monday\n",
    "お世話になっております。\n見積書をお送りします。\nよろしくお願いいたします。\n",
    "明日の会議は10時からです。\n場所は第一会議室です。\n",
    "ご確認のうえ、03-0000-0000 までお電話ください。\nよろしくお願いします。",
    "お問い合わせは info@shop.example まで。\n",
    "日時：11月30日 10:00\n場所：本社3階\n議題：来期の予算について\n",
    "次のとおりです。\n・見積書\n・図面\n・工程表\n",
    "────────────────\n■ 今月のお知らせ\n────────────────\n新しい店舗が開店しました。\nぜひお越しください。\nお待ちしております。\n",
    "請求書番号 12345\n金額 10,000円\n支払期限 11月30日\n",
    "佐藤様\n\nありがとうございます。",
    "I will call you tomorrow at ten.\nThe meeting is in room three.\n",
    "Please send it to accounts@oakfield.example.\nWe will answer on Monday.\n",
    "- one\n- two\n- three\n",
    "Thanks\n",
    "Total: 1,200\nDue: 30 November\n",
    "int main(void) {\n  return 0;\n}\n",
    "",
    "了解です。\n",
    "On Monday we start with the foundation,\non Tuesday we go on with the walls,\nand then the roof follows.",
];

#[test]
fn signatures_are_found_with_their_names() {
    let cases: Vec<&Case> = JAPANESE.iter().chain(ENGLISH).filter(|case| !case.begins.is_empty()).collect();
    assert!(cases.len() >= 25, "{}", cases.len());
    for case in cases {
        let found = signature(case.text).unwrap_or_else(|| panic!("none in: {}", case.text));
        let block = &case.text[found.range.clone()];
        assert!(block.starts_with(case.begins), "{block:?} should begin with {:?}", case.begins);
        assert_eq!(found.people, case.people, "{block}");
        assert_eq!(found.organisations, case.organisations, "{block}");
    }
}

#[test]
fn other_ends_are_no_signatures() {
    assert!(NONE.len() >= 15);
    for text in NONE {
        assert_eq!(signature(text), None, "{text}");
    }
}

#[test]
fn who_stands_alone_at_the_end_signs() {
    for (text, people) in ALONE {
        let found = signature(text).unwrap_or_else(|| panic!("none in: {text}"));
        assert_eq!(found.people, *people, "{text}");
    }
}

#[test]
fn a_long_text_is_looked_at_from_its_end() {
    let text = format!("{}\n-- \nTaro Yamada\n", "a line of text that goes on.\n".repeat(20_000));
    assert_eq!(signature(&text).unwrap().people, ["Taro Yamada"]);
    assert_eq!(signature(&"─".repeat(100_000)), None);
    assert_eq!(signature(&"\n".repeat(100_000)), None);
}

/// Own texts in which a letter stands below another, and how it begins.
const BELOW: &[(&str, &str)] = &[
    (
        "見積書をお送りします。\n\n────────\n株式会社北建設\n山田 太郎\nTEL：03-0000-0000\n────────\n\nみどり設計事務所\n設計部 田中 様\n\nお世話になっております。\n",
        "みどり設計事務所",
    ),
    (
        "See below.\n\nBest regards,\nLiam Byrne\nByrne Consulting\nPhone +44 20 5555 0100\n\nDear Hanako,\n\nThank you.\n",
        "Dear",
    ),
    ("承知しました。\n\n-- \n佐藤 花子\nTEL 03-0000-0000\n\n鈴木さん\n\nお疲れさまです。\n", "鈴木さん"),
];

/// Own texts of one letter.
const ONE_LETTER: &[&str] = &[
    "みどり設計事務所\n田中様\n\nお世話になっております。\n\n-- \n佐藤 花子\nTEL 03-0000-0000\n",
    "佐藤です。\n\n田中様、鈴木様\n\nお疲れさまです。\n",
    "-- \n佐藤 花子\nTEL 03-0000-0000\n\n追伸 山田様にもよろしくお伝えください。\n",
    "出席者は次のとおりです。\n\n田中様\n鈴木様\n",
    "Hi Hanako,\n\nHello from Oxford.\n\nLiam\n",
];

#[test]
fn a_letter_below_another_begins_as_letters_do() {
    for (text, begins) in BELOW {
        let at = letter_below(text).unwrap_or_else(|| panic!("none in: {text}"));
        assert!(text[at..].starts_with(begins), "{:?} should begin with {begins}", &text[at..]);
    }
    for text in ONE_LETTER {
        assert_eq!(letter_below(text), None, "{text}");
    }
    assert_eq!(letter_below(&"a\n\nDear X,\n".repeat(50_000)), None);
}

#[test]
fn addresses_are_taken_however_they_are_written() {
    for (line, expected) in [
        ("E-mail：yamada@kita.example", "yamada@kita.example"),
        ("Ｍａｉｌ：ｙａｍａｄａ＠ｋｉｔａ．ｅｘａｍｐｌｅ", "yamada@kita.example"),
        ("TEL 03-0000-0001 / <yamada@kita.example>", "yamada@kita.example"),
        ("info@kita.example, sales@kita.example", "info@kita.example sales@kita.example"),
        ("Twitter @kita", ""),
    ] {
        let found = signature(&format!("以上です。\n\n-- \n山田 太郎\nTEL 03-0000-0000\n{line}\n")).unwrap();
        let addresses: Vec<String> = found.addresses.iter().map(ToString::to_string).collect();
        assert_eq!(addresses.join(" "), expected, "{line}");
    }
}

#[test]
fn a_closing_says_nothing_of_its_letter() {
    for sentence in [
        "以上、ご確認のほどお願いいたします。",
        "何卒ご検討くださいますようお願い申し上げます。",
        "引き続きどうぞよろしくお願いいたします。",
        "取り急ぎご連絡まで。",
        "まずはお礼まで",
        "Kind regards,",
    ] {
        assert!(is_closing(sentence), "{sentence}");
    }
    for sentence in [
        "以上の三点を、金曜までに工場へお送りいただくようお願いいたします。",
        "ご確認のうえ、押印した注文書をお送りくださるようお願いいたします。",
        "まずはお見積もりの金額を金曜までに当方の山田へお知らせくださるようお願いいたします。",
        "以上、図面は三枚です。",
        "取り急ぎ、ご請求書を金曜までにお願いいたします。",
        "何卒、ご返送は5部お願いいたします。",
        "The regards of the surveyors came on Friday.",
        "",
    ] {
        assert!(!is_closing(sentence), "{sentence}");
    }
}
