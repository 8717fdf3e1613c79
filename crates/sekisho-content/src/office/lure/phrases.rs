//! The words that requests to enable content are made of, in Japanese and English: lower case, without spaces.

/// What is to be enabled, as the buttons and bars of Office call it, and as people do.
#[rustfmt::skip]
pub(super) const THINGS: &[&str] = &[
    "enablecontent", "enableediting", "enablemacro", "enablethecontent", "enabletheediting", "enablethemacro",
    "enableallcontent", "enableallmacro", "enabledcontent", "enabledediting", "enableedit", "allowediting", "allowmacro",
    "allowcontent", "turnonmacro", "activatemacro", "activatecontent", "macrosmustbeenabled", "macrostobeenabled",
    "コンテンツの有効化", "コンテンツを有効", "編集を有効", "編集の有効", "編集を許可", "マクロを有効", "マクロの有効", "マクロを許可",
    "マクロの実行を許可", "コンテンツを許可", "有効化ボタン", "コンテンツの許可",
];

/// Words in front of it that make it a request.
#[rustfmt::skip]
pub(super) const VERBS: &[&str] = &[
    "click", "press", "select", "choose", "push", "hit", "tap", "please", "youmust", "needto", "haveto", "required", "first,",
    "クリックして", "押して", "下の", "上の", "まず", "必ず",
];

/// Words behind it that make it a request.
#[rustfmt::skip]
pub(super) const ASKED: &[&str] = &[
    "toview", "tosee", "todisplay", "toopen", "tocontinue", "tounlock", "todecrypt", "toread", "toaccess", "toload",
    "button", "onthe", "fromthe", "inorder", "above", "topof",
    "クリック", "押し", "押下", "選択", "してください", "して下さい", "お願い", "タップ", "いただ", "頂", "必要があ", "すると表示", "してから", "してご",
];

/// Claims of a document about why it shows nothing. Those alone, next to a request, are a lure.
#[rustfmt::skip]
pub(super) const CLAIMS: &[&str] = &[
    "documentisprotected", "documentprotected", "protecteddocument", "fileisprotected", "workbookisprotected",
    "documentcreatedin", "documentwascreated", "documentiscreated", "filewascreated", "filecreatedin", "createdinanearlier",
    "createdinaprevious", "createdinanewer", "createdwithanearlier", "createdinonline", "onlineversion", "earlierversionof",
    "previousversionof", "previousversionsof", "newerversionof", "olderversionof", "documentissecured", "documentisencrypted",
    "fileisencrypted", "encrypteddocument", "contentisprotected", "contentisencrypted", "contentislocked",
    "documentislocked", "documentonlyavailable", "onlyavailablefordesktop", "desktoporlaptop", "cannotbedisplayed",
    "can'tbedisplayed", "cantbedisplayed", "notdisplayedcorrectly", "unabletodisplay", "cannotbeviewed", "cannotviewthe",
    "cantviewthe", "canttviewthe", "cannotpreview", "previewisnotavailable", "nopreviewavailable", "previewnotavailable",
    "thisstepsarerequired", "thesestepsarerequired", "decryptthedocument", "decryptionofthedocument", "toviewthecontent",
    "toviewthiscontent", "todisplaythecontent", "toseethecontent", "toviewthisdocument", "toviewthisfile",
    "toopenthisdocument", "toopenthisfile", "toviewprotected", "documentfailedtoload", "compatibilityissue", "incompatibleversion",
    "保護されています", "保護された文書", "保護された状態で", "文書は保護", "ファイルは保護", "ドキュメントは保護", "暗号化されています",
    "以前のバージョンの", "以前のバージョンで", "旧バージョンの", "旧バージョンで", "古いバージョンで", "古いバージョンの", "新しいバージョンで",
    "オンライン版", "オンラインバージョン", "別のバージョンで", "互換性がない", "互換性のない", "互換性の問題",
    "正しく表示されない", "正しく表示できない", "正しく表示されていない", "正常に表示されない", "正常に表示されていない", "表示できません", "表示されません",
    "プレビューできません", "プレビューは利用でき", "閲覧できません", "内容を表示するには", "内容を確認するには", "内容をご確認いただくには",
    "内容を閲覧するには", "内容をご覧になるには", "文書を表示するには", "ドキュメントを表示するには", "ファイルを表示するには", "文書を閲覧するには",
    "ファイルを閲覧するには", "文書を開くには", "復号するには", "ロックを解除するには", "制限を解除するには", "デスクトップ版でのみ", "スマートフォンでは",
];

/// How a document speaks of itself.
#[rustfmt::skip]
pub(super) const SELF: &[&str] = &[
    "thisdocument", "thisfile", "thisworkbook", "thisspreadsheet", "thisinvoice", "thisform", "thispresentation", "theattacheddocument",
    "この文書", "本文書", "このドキュメント", "本ドキュメント", "このファイル", "本ファイル", "当ファイル", "このブック", "本ブック", "この書類", "本書類",
    "この資料", "本資料", "このシート", "本シート", "この請求書", "本請求書", "この見積",
];

/// What goes on behind that where the document only says what it is about.
#[rustfmt::skip]
pub(super) const OF_ITSELF: &[&str] = &[
    "explain", "describe", "shows", "showshow", "isaguide", "isintended", "provides", "summari", "outline", "contains", "covers", "isfor",
    "sets", "lists", "istheproperty",
    "説明", "解説", "手順", "案内", "紹介", "まとめ", "記載", "定め", "対象", "目的", "概要", "改訂", "配布", "社外秘",
];

/// What a reader wants to do with a document.
#[rustfmt::skip]
pub(super) const LOOK_EN: &[&str] = &[
    "toview", "tosee", "todisplay", "toopen", "toread", "toload", "toaccess", "tounlock", "todecrypt", "topreview", "tocorrectlydisplay",
    "torender", "todownload", "tocorrectlyview", "toproperlyview", "toproperlydisplay",
];

/// What it is called.
#[rustfmt::skip]
pub(super) const NOUNS_EN: &[&str] = &[
    "document", "content", "file", "workbook", "spreadsheet", "invoice", "text", "data", "message", "page", "report", "order", "details",
];

/// The same in Japanese.
#[rustfmt::skip]
pub(super) const NOUNS_JA: &[&str] = &[
    "内容", "文書", "ファイル", "ドキュメント", "書類", "資料", "データ", "請求書", "見積書", "明細", "本文", "詳細", "シート", "注文書", "納品書", "文面", "文章",
];

/// And what is done with it, or what happens to it.
#[rustfmt::skip]
pub(super) const LOOK_JA: &[&str] = &[
    "見るには", "見るため", "表示するには", "表示するため", "表示させるには", "閲覧するには", "閲覧するため", "確認するには", "確認するため", "開くには", "開くため", "読むには", "読み込むには",
    "ご覧になるには", "ご確認いただくには", "ご覧いただくには", "参照するには", "が表示されます", "を表示します", "をご覧いただけます", "を閲覧でき", "が閲覧でき", "を確認でき", "が確認でき",
    "ご確認ください", "ご覧ください",
];

/// Other ways to say that the rest comes only afterwards.
#[rustfmt::skip]
pub(super) const MORE: &[&str] = &["hiddencontent", "securedcontent", "protectedcontent", "隠されたコンテンツ", "保護されたコンテンツ"];

/// The bar that Office shows above a document.
#[rustfmt::skip]
pub(super) const BAR: &[&str] = &[
    "yellowbar", "bannerabove", "baratthetop", "barabove", "messagebar", "topofthe", "securitywarning", "protectedview",
    "黄色", "上部", "画面上", "警告バー", "メッセージバー", "セキュリティの警告", "保護ビュー",
];

/// Words of those who explain, warn or administer.
#[rustfmt::skip]
pub(super) const GUIDES: &[&str] = &[
    "trustcenter", "trustcentre", "grouppolicy", "trustedlocation", "trustedpublisher", "trustedsource", "youtrust", "helpdesk", "servicedesk",
    "itdepartment", "itteam", "administrator", "training", "phishing", "malware", "emotet", "attacker", "suspicious", "handbook",
    "usermanual", "userguide", "policy", "employees", "unlessyou", "makesure", "ifyouareunsure", "chapter", "fileoptions", "file>options",
    "bydefault", "developertab",
    "トラストセンター", "セキュリティセンター", "グループポリシー", "信頼できる場所", "信頼済み", "信頼できる", "情報システム", "情シス", "ヘルプデスク", "管理者",
    "研修", "訓練", "フィッシング", "emotet", "マルウェア", "ウイルス", "標的型", "注意喚起", "不審", "マニュアル", "手順書", "利用者", "社員", "従業員",
    "攻撃", "感染", "詐欺", "送信者", "送信元", "既定では", "オプション", "開発タブ", "設定方法",
];

/// Words that turn a request round.
#[rustfmt::skip]
pub(super) const NEGATIONS: &[&str] = &[
    "donot", "don't", "dont", "never", "mustnot", "shouldnot", "shouldn't", "avoid", "refrain", "beforeyou", "onlyif", "askyouto",
    "しないで", "ないでくだ", "ないで下さい", "禁止", "押さない", "クリックしない", "有効にしない", "有効化しない", "開かない", "場合のみ", "場合に限", "避けて", "てはいけ",
    "てはなりません", "に注意", "ご注意",
];
