//! Requests to enable content, and the handbooks that explain it.

use super::find;

const LURES: &[&str] = &[
    // Japanese
    "この文書は保護されています。内容を表示するには「編集を有効にする」をクリックし、次に「コンテンツの有効化」をクリックしてください。",
    "このドキュメントは以前のバージョンの Microsoft Office Word で作成されました。\n表示するには上部の黄色いバーの「編集を有効にする」を押し、「コンテンツの有効化」を押してください。",
    "本ファイルはオンライン版 Office で作成されています。\n1. 編集を有効にする をクリック\n2. コンテンツの有効化 をクリック",
    "請求書の内容をご確認いただくには、コンテンツの有効化をお願いいたします。",
    "文書が正しく表示されない場合は、画面上部の『コンテンツの有効化』ボタンを押してください。",
    "このファイルは暗号化されています。復号するにはマクロを有効にしてください。",
    "プレビューできません。編集を有効にするを選択して、コンテンツを有効にしてください。",
    "この請求書はデスクトップ版でのみ閲覧できます。スマートフォンではご覧になれません。「編集を有効にする」をクリックしてください。",
    "コ ン テ ン ツ の 有 効 化 をクリックしてください。この文書は旧バージョンの Word で作成されたため、そのままでは表示されません。",
    "保護ビューで開かれています。黄色のバーの「編集を有効にする」→「コンテンツの有効化」の順にクリックしてください",
    "互換性のないバージョンで作成された書類です。コンテンツを有効にしてから、もう一度ご覧ください。",
    "本シートの表示にはマクロの有効化が必要です。上の「コンテンツの有効化」をクリックしてください。",
    "コンテンツの有効化をクリックすると、見積書の内容が表示されます。",
    "ファイルの内容を見るには、上の「コンテンツの有効化」ボタンを押す必要があります。",
    "ご注文の詳細をご確認いただくには、マクロを有効にしてください。",
    // English
    "The file was created on an iOS device. To correctly display it, click Enable Content.",
    "Attention! Macros must be enabled to display the contents of the document. Press Enable Content.",
    "To load the document, please Enable Content.",
    "This document is protected. Please click Enable Editing and then Enable Content to view it.",
    "Document created in earlier version of Microsoft Office Word. To view this content, please click \"Enable Editing\" from the yellow bar and then click \"Enable Content\"",
    "You are attempting to open a file that was created in an earlier version of Microsoft Office. If the file opens in Protected View, click Enable Editing, and then click Enable Content.",
    "THIS DOCUMENT IS ONLY AVAILABLE FOR DESKTOP OR LAPTOP VERSIONS OF MICROSOFT OFFICE WORD. CLICK ENABLE EDITING BUTTON FROM THE YELLOW BAR ABOVE. ONCE YOU HAVE ENABLED EDITING, PLEASE CLICK ENABLE CONTENT BUTTON FROM THE YELLOW BAR ABOVE",
    "To view the content press Enable Editing, then press Enable Content in the message bar",
    "Can't view the document? Enable macros to display the contents.",
    "This file was created in online version of Microsoft Office Excel. To open this file, click 'Enable Editing' then 'Enable Content'.",
    "Protected document\nThese steps are required to fully decrypt the document, encrypted by DocuSign. Click on \"Enable editing\". Click on \"Enable content\".",
    "E n a b l e   C o n t e n t to load this workbook. Click the button above.",
    "Preview is not available. Please ENABLE\nCONTENT to see this document",
    "SECURITY WARNING Macros have been disabled. Please press Enable Content on the bar above",
    "This workbook is secured. You must allow macros to continue, select Enable Content at the top of the page.",
    "The document cannot be displayed. Ｃｌｉｃｋ Ｅｎａｂｌｅ Ｅｄｉｔｉｎｇ.",
];

const GUIDES: &[&str] = &[
    // Japanese
    "外部から受け取った文書を開くと保護ビューになります。信頼できる送信元の場合のみ「編集を有効にする」をクリックしてください。不明な点は情報システム部へ。",
    "不審なメールの添付ファイルで「コンテンツの有効化」をクリックしないでください。Emotet に感染するおそれがあります。",
    "「この文書は以前のバージョンで作成されました。コンテンツの有効化をクリックしてください」などと表示されても、絶対に有効化しないでください。これはマルウェアの手口です。",
    "マクロを有効にする設定方法:ファイル→オプション→トラスト センターを開き、マクロの設定を選択します。",
    "この手順書では、Excel でマクロを有効にする手順を説明します。1. 開発タブをクリックします。",
    "本資料は、標的型攻撃メール訓練の結果をまとめたものです。12 名が「コンテンツの有効化」をクリックしました。",
    "Word の基本操作。編集を有効にすると、文書を変更できるようになります。",
    "受講者の皆さまへ 研修用のブックは、信頼できる場所に保存してからマクロを有効にしてください。",
    "共有フォルダーのコンテンツを有効に活用しましょう。この文書は社内向けです。",
    "編集を有効にするかどうかは送信者に電話で確認してから決めてください。この資料は従業員向けの注意喚起です。",
    "本契約は双方の署名により有効となる。この文書の編集を禁ずる。",
    "会議の録画を見るには、リンクをクリックしてください。コンテンツの有効期限は 30 日です。",
    "標準では編集を有効にするまで印刷できません。印刷の手順は利用者マニュアルの第 3 章をご覧ください。",
    // English
    "To edit a shared list, enable editing in its settings and invite your colleagues to the file.",
    "When a document comes from the internet, Word opens it in Protected View. Click Enable Editing only if you trust the sender. Contact the help desk when in doubt.",
    "Never click Enable Content in a document that you did not expect. Attackers send files that say \"this document is protected\".",
    "This document explains how to enable macros in Excel. Choose File > Options > Trust Center, then select Enable all macros.",
    "Security training: phishing mails ask you to press Enable Content. Do not.",
    "Group policy can block macros in files from the internet. Administrators choose whether users may enable content.",
    "This handbook describes the message bar. Select Enable Editing to leave Protected View. By default, macros stay off.",
    "Our platform will enable content creators to reach a larger audience. Click here to learn more about this document.",
    "The new release lets teams enable editing for guests. Administrators select the guests in the sharing dialogue.",
    "If you are unsure whether this file is safe, do not enable macros; ask the IT department.",
    "Chapter 4: Working with macros. To enable macros, select the Developer tab. Make sure the workbook comes from a trusted source.",
    "Quarterly report: sales grew in all regions.",
];

#[test]
fn requests_are_found() {
    let missed: Vec<_> = LURES.iter().filter(|text| find(text).is_none()).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn handbooks_are_quiet() {
    let wrong: Vec<_> = GUIDES.iter().filter_map(|text| Some((text, find(text)?))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_request_in_a_long_contract_is_found_and_distant_words_are_not_joined() {
    let filler = "契約の条項を以下のとおり定める。".repeat(400);
    assert!(find(&format!("{filler}{}{filler}", LURES[0])).is_some());
    assert!(find(&format!("この文書は重要です。{filler}「編集を有効にする」をクリックする。")).is_none());
}
