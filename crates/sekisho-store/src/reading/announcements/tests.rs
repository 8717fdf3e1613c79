//! Texts → what they announce.

use super::*;

/// A sender's new address, or a successor's.
#[rustfmt::skip]
const ANNOUNCED: &[&str] = &[
    "メールアドレスが変わりました。\n新しいアドレスは new@kita.example です。",
    "このたびメールアドレスを変更いたしました。\n\n新: new@kita.example\n\nよろしくお願いいたします。",
    "メールアドレス変更のお知らせ\n変更後のアドレス：new@kita.example",
    "今後は new@kita.example 宛にお送りください。",
    "今後のご連絡は new@kita.example へお願いいたします。",
    "来月から new@kita.example をお使いください。",
    "担当が鈴木に代わります。今後は new@kita.example までご連絡ください。",
    "4月より担当が鈴木に変更になりました。\n連絡先は次のとおりです。\nnew@kita.example",
    "後任は鈴木です。メールは new@kita.example です。",
    "業務は鈴木に引き継ぎます（new@kita.example）。",
    "旧アドレス old@kita.example\n新アドレス new@kita.example",
    "旧アドレス：old@kita.example　新アドレス：new@kita.example",
    "下記のアドレスに変わりますので、ご登録の変更をお願いします。\nｎｅｗ＠ｋｉｔａ．ｅｘａｍｐｌｅ",
    "ドメインの移行に伴い、アドレスが変更となります。\n\nnew@kita.example",
    "明日から私のメールは new@kita.example になります。",
    "new@kita.example\nこちらが新しいメールアドレスです。",
    "このたび縁あって、みどり工業で働くことになりました。\nメールは new@kita.example です。",
    "九月末で退職し、別の会社に移ることになりました。new@kita.example でお待ちしています。",
    "I am moving to another firm; write to new@kita.example.",
    "My new address is new@kita.example.",
    "Please note my new email address: new@kita.example",
    "My email has changed. You can reach me at new@kita.example from Monday.",
    "I will be replaced by Ichiro Suzuki (new@kita.example) from April.",
    "Ichiro Suzuki will take over my projects.\nHis mail: new@kita.example",
    "From now on please write to new@kita.example.",
    "Our e-mail address has changed:\n\n  new@kita.example\n",
    "As of 1 April, please use new@kita.example for all mail.",
    "My successor is Ichiro, new@kita.example.",
    "来月よりメールアドレスが下記に変わります。\nnew@kita.example",
    "社名変更に伴い、new@kita.example に変わりますので、ご登録の変更をお願いいたします。",
    "メールアドレスが変わりました。\n新：new@kita.example\n旧：yamada@kita-old.example",
    "このたびメールアドレスを下記の通り変更いたしました。\n\nnew@kita.example\n\nお手数ですがアドレス帳の登録変更をお願いします。",
    "今後のご連絡は new@kita.example 宛てにお願いいたします。",
    "ドメイン変更のご案内です。8月1日より @以降が変わり、私のアドレスは new@kita.example となります。",
    "新しい連絡先は次のとおりです。\nE-mail: new@kita.example",
    "アドレスを変えましたので登録をお願いします。new@kita.example",
    "異動に伴いメールアドレスが new@kita.example になりました。",
    "これからは new@kita.example にメールをください。",
    "弊社のメールアドレスが変更になります。\n変更前：yamada@kita-old.example\n変更後：new@kita.example",
    "yamada@kita-old.example は廃止し、new@kita.example を使用いたします。",
    "メールアドレス変更のご連絡\n　旧　yamada@kita-old.example\n　新　new@kita.example",
    "転籍により、9月から新会社のアドレス（new@kita.example）に切り替わります。",
    "下記メールアドレスに変更となりましたので、ご連絡いたします。\n\n　new@kita.example",
    "My new email address is new@kita.example.",
    "I have moved to a new firm; please write to new@kita.example from now on.",
    "Please update your records: my email address has changed to new@kita.example.",
    "From next month you can reach me at new@kita.example.",
    "Our domain has changed. My address is now new@kita.example; the old one will stop working in September.",
    "We are rebranding, so our e-mail addresses are changing.\nOld: yamada@kita-old.example\nNew: new@kita.example",
    "As of Monday I'll be using new@kita.example.",
    "Note my change of email: new@kita.example",
    "平素は格別のお引き立てを賜り厚く御礼申し上げます。\nさて、弊社では10月1日より、メールアドレスを以下のとおり変更させていただくこととなりました。\n\n  new@kita.example\n\n旧アドレスは年末まで併用いたします。",
    "私のアドレスが new@kita.example に変わりましたので、アドレス帳の更新をお願いできますでしょうか。",
    "部署異動により、本日からメールは new@kita.example で受け取ります。",
    "9月1日以降は、下記のメールアドレスをご利用ください。\nnew@kita.example",
    "会社の統合でドメインが変わり、メールアドレスも new@kita.example に切り替わりました。",
    "【メールアドレス変更のご案内】\n旧アドレス：yamada@kita-old.example\n新アドレス：new@kita.example\n変更日：10月1日",
    "プロバイダーを変えたため、メアドを new@kita.example に変えました。",
    "yamada@kita-old.example から new@kita.example に変更しました。お手数ですがご登録をお願いします。",
    "新しいメールは new@kita.example です。旧アドレスは月末で使えなくなります。",
    "次回からはこちらのアドレスへお願いします。new@kita.example",
    "I've switched to a new mailbox: new@kita.example. The old address will be closed.",
    "We have changed our company name, and my email is now new@kita.example.",
    "Starting next week, please email me at new@kita.example.",
    "Effective 1 October our e-mail address will be new@kita.example.",
    "Please use new@kita.example from now on, as this mailbox will be shut down.",
    "I changed jobs. You will find me at new@kita.example.",
    "Old address: yamada@kita-old.example\nNew address: new@kita.example",
    "Please note the change of my e-mail address to new@kita.example.",
    "my email address will change on Friday. The new one is new@kita.example.",
    "We're moving to a new domain, so please replace my address with new@kita.example.",
    "拝啓　時下ますますご清栄のこととお慶び申し上げます。\nさて、このたび弊社ではメールシステムの更改に伴い、下記のとおりメールアドレスが変更になりますのでお知らせいたします。\n記\n新メールアドレス　new@kita.example\n旧メールアドレス　yamada@kita-old.example\n変更日　令和8年10月1日\nなお、電話番号・FAX番号に変更はございません。",
    "メアド変えました！ new@kita.example です。登録よろしくお願いします。",
    "今月末で現在のアドレスが使用できなくなるため、以後は new@kita.example までご連絡くださいますようお願いいたします。",
    "新住所・新連絡先\n〒100-0001 東京都千代田区\nTEL 03-0000-0000\nE-mail new@kita.example",
    "迷惑メールが増えたため、アドレスを new@kita.example に変更いたしました。",
    "このメールアドレスは9月末日をもって廃止いたします。10月以降は new@kita.example をご利用くださいませ。",
    "ドメインが kita-old.example から kita.example に変わります。私のアドレスも new@kita.example になります。",
    "独立して事務所を構えました。\nメールアドレスは new@kita.example です。",
    "結婚により姓が変わり、メールアドレスも変更となりました。新しいアドレスは次の通りです。\nnew@kita.example",
    "お手数ですが、私のメールアドレスのご登録を下記に変更していただけますでしょうか。\nnew@kita.example",
    "アドレスが変わります。\n現：yamada@kita-old.example\n新：new@kita.example\n切替日：11/1",
    "来週月曜より、私へのメールは new@kita.example にお送りいただけますと幸いです。",
    "ﾒｰﾙｱﾄﾞﾚｽが new@kita.example に変わりました。",
    "We have migrated to a new mail system. Please send all correspondence to new@kita.example going forward.",
    "I'm now using new@kita.example; this address will be switched off at the end of the month.",
    "Kindly replace yamada@kita-old.example with new@kita.example in your address book.",
    "After 15 July I can only be reached at new@kita.example.",
    "Just a quick note that I have a new e-mail: new@kita.example",
    "Our company was acquired, and all our email addresses are changing. Mine will be new@kita.example.",
    "yamada@kita-old.example -> new@kita.example (please change it in your contacts)",
    "As I am leaving Kita at the end of March, you can contact me at new@kita.example after that.",
    "With effect from 1 May my address changes to new@kita.example. My phone number remains the same.",
    "私事ですが、九月末をもちましてみどり設計を退職し、みなと商事に移ることになりました。今後は new@kita.example へお願いいたします。",
    "私事ですが、九月末をもちましてみどり設計を離れ、みなと商事に勤めることになりました。新しい連絡先は new@kita.example となります。",
    "このたびメールアドレスが変わります。10月1日からは new@kita.example にご連絡ください。",
    "10月1日付で担当替えとなり、後任は鈴木一郎（new@kita.example）が務めます。CCに入れております。",
    "港湾計画の担当を鈴木に引き継ぎました。以後のご連絡は new@kita.example までお願いします。",
    "港湾計画の担当を鈴木に譲ります。次からは new@kita.example までお願いします。",
    "お世話になっております。来年1月より弊社ドメインの変更に伴い、私の連絡先メールアドレスが下記に切り替わります。\n　new@kita.example\nご不便をおかけしますがよろしくお願いいたします。",
    "このアドレスは近く使えなくなります。今後の連絡は new@kita.example にくださいますようお願いします。",
    "携帯を変えたのでメアドも変わりました。new@kita.example です。",
    "4/1からアドレスが変わりますのでお知らせします → new@kita.example",
    "（新）new@kita.example\n（旧）yamada@kita-old.example\n上記のとおりアドレスが変更となっております。",
    "メールアドレスを変更しましたので、お手元の連絡先の書き換えをお願いいたします。\n\n新しいアドレス\nnew@kita.example",
    "社内の規程により個人アドレスの運用が改まり、私宛のメールは今後 new@kita.example でお受けします。",
    "Gmailからの移行に伴い、今後の連絡先を new@kita.example とさせていただきます。",
    "10月より new@kita.example が私のアドレスになります。",
    "I've got a new address: new@kita.example",
    "New job, new address: new@kita.example",
    "Hi, this is my new work email (new@kita.example). Please delete the old one.",
    "From 1 January all mail for me should go to new@kita.example.",
    "The address yamada@kita-old.example will be retired soon, please use new@kita.example instead.",
    "Please be informed that our e-mail domain is changing; you can write to me at new@kita.example.",
    "My email changes to new@kita.example on Monday.",
    "You can now reach me at new@kita.example, my previous address no longer works.",
    "お世話になります。メールの調子が悪いため、当面は個人のアドレスに切り替えます。new@kita.example",
    "今回よりメールアドレスが new@kita.example へ変わっております。お手数ですが差し替えをお願いします。",
    "アドレスの変更のみご連絡します。\n新アドレス：new@kita.example\n以上です。",
    "サーバー入れ替えにより旧アドレスは受信できません。以降は new@kita.example にてお願いいたします。",
    "新年度から所属が変わり、アドレスも変更になりました（new@kita.example）。",
    "Hello all,\n\nI have a new email address.\n\nnew@kita.example\n\nThe old one is gone.",
    "Please write me at new@kita.example in future; I am giving up this account.",
    "Our firm is now called Kiri. Please use my new address new@kita.example.",
    "Change of address: as from today new@kita.example",
    "We're switching providers, so from Friday my email will be new@kita.example.",
];

/// Another address of the sender's own, or one from which he will write.
#[rustfmt::skip]
const FURTHER: &[&str] = &[
    "携帯のアドレスは new@kita.example です。急ぎのときはこちらへお願いします。",
    "なお、携帯のメールアドレスは new@kita.example です。",
    "私の個人用アドレスは new@kita.example になります。",
    "私のメールアドレスは new@kita.example です。",
    "出張中は個人のアドレス new@kita.example からお返事することがあります。",
    "休暇中は自宅の new@kita.example からご連絡いたします。",
    "会社のメールが不調のため、しばらく new@kita.example から送ります。",
    "サーバーが止まっているため、本日は new@kita.example よりメールをお送りします。",
    "new@kita.example からもメールを差し上げる場合がございます。",
    "Cc に入れた new@kita.example も私のアドレスです。",
    "new@kita.example は私の携帯のアドレスです。",
    "new@kita.example も私の個人用メールアドレスになります。",
    "ご登録の変更をお願いします。変更後：new@kita.example",
    "お手数ですがアドレス帳の更新をお願いいたします。\n\n変更前：yamada@kita-old.example\n変更後：new@kita.example",
    "登録内容の変更をお願いいたします。\n新　new@kita.example",
    "My private address is new@kita.example.",
    "I may also answer from new@kita.example while I am travelling.",
    "Our server is down, so I'll write to you from new@kita.example for a while.",
    "new@kita.example is also my address.",
    "Kindly update your records.\nNew: new@kita.example",
];

/// In the same words, of somebody else, denied, asked, told or past.
#[rustfmt::skip]
const NOT_FURTHER: &[&str] = &[
    "鈴木の携帯のアドレスは new@kita.example です。",
    "鈴木さんの携帯のアドレスは new@kita.example です。",
    "担当は鈴木、携帯のアドレスは new@kita.example です。",
    "現場監督の個人用アドレスは new@kita.example です。",
    "会議室の予備のアドレスは new@kita.example です。",
    "携帯のアドレスは new@kita.example ではありません。",
    "携帯のアドレスは new@kita.example ですか。",
    "携帯のアドレスは new@kita.example でしたね。",
    "携帯のアドレスは new@kita.example とのことです。",
    "鈴木さんから連絡がありました。携帯のアドレスは new@kita.example です。",
    "「携帯のアドレスは new@kita.example です」と届きました。",
    "new@kita.example は私のアドレスではありません。",
    "new@kita.example は私のアドレスですか。",
    "new@kita.example は私のアドレスですと書かれたメールが来ました。",
    "new@kita.example も鈴木のアドレスです。",
    "Cc に入れた new@kita.example は鈴木のアドレスです。",
    "Cc に new@kita.example を入れました。",
    "鈴木が new@kita.example からお返事することがあります。",
    "担当の鈴木より、new@kita.example からご連絡いたします。",
    "鈴木さんは new@kita.example から送ります。",
    "図面は new@kita.example から送ります。",
    "図面を new@kita.example から送ります。",
    "予約システムは new@kita.example から送信します。",
    "new@kita.example からお知らせが届くことがあります。",
    "new@kita.example から送りました。",
    "new@kita.example から送られたメールをお送りします。",
    "new@kita.example から届いたファイルをお送りします。",
    "もし new@kita.example からご連絡することがありましたら、お電話ください。",
    "私が new@kita.example からお返事することはありません。",
    "new@kita.example から私の名前でご連絡することがあるようです。私ではありません。",
    "new@kita.example からご連絡することがあります、というメールは偽物です。",
    "住所のご登録の変更をお願いします。\n総務：new@kita.example",
    "会員登録の変更をお願いします。\nnew@kita.example",
    "ご登録の変更はお済みですか。変更後：new@kita.example",
    "鈴木様のご登録の変更をお願いします。変更後：new@kita.example",
    "ご登録の変更をお願いします。変更後：yamada@kita-old.example\n変更前：new@kita.example",
    "Suzuki's private address is new@kita.example.",
    "His private address is new@kita.example.",
    "My colleague's mobile address is new@kita.example.",
    "Is my private address new@kita.example?",
    "new@kita.example is not my address.",
    "new@kita.example is my colleague.",
    "new@kita.example is my address book's test entry.",
    "I will forward you the mail from new@kita.example.",
    "I may have a mail from new@kita.example.",
    "I am sending you the report from new@kita.example.",
    "I will answer the mail from our customer new@kita.example.",
    "I will answer mail from new@kita.example.",
    "I will reply to the mail from new@kita.example.",
    "He will write to you from new@kita.example.",
    "I got an answer from new@kita.example.",
];

/// Others' words, warnings and questions.
#[rustfmt::skip]
const WARNED: &[&str] = &[
    "new@kita.example というアドレスから私の名前でメールが届いた方がいらっしゃるようです。私が送ったものではありません。",
    "【重要】弊社を装ったメールにご注意ください\n\nメールアドレスが変更になったとの案内が送られているようですが、弊社はアドレスを変更しておりません。\n送信元: new@kita.example",
    "私のメールが乗っ取られたようです。新しいアドレスだと言って new@kita.example を案内するメールが来ても、無視してください。",
    "先ほど「アドレス変更のお知らせ」という件名で、新アドレスは new@kita.example というメールが私から届いたと伺いましたが、身に覚えがありません。",
    "弊社社員を名乗る者から、今後は new@kita.example に送るようにとの連絡があった場合は、お電話でご確認ください。",
    "新しいアドレスは new@kita.example でしょうか。念のため確認させてください。",
    "new@kita.example は弊社のアドレスではございません。アドレスの変更もしておりません。",
    "御社の田中様より、メールアドレスが new@kita.example に変わったと伺いましたが、お間違いないでしょうか。",
    "フィッシングメールが流行っています。例：「弊社のメールアドレスが変わりました。今後は new@kita.example へ」",
    "アドレス変更のお知らせ new@kita.example\n↑このようなメールが来ましたが、送られましたか？",
    "取引先から、私の新しいメールアドレスとして new@kita.example を登録したと言われました。そのような連絡はしていません。",
    "Somebody is sending mail in my name: \"I have a new email address, new@kita.example\". It is not me.",
    "We have been informed that fraudulent emails announce a new email address (new@kita.example) for our company. Our address has not changed.",
    "Did you write to me that your new email address is new@kita.example?",
    "A customer tells me that I supposedly changed my email to new@kita.example. I did not.",
    "If you receive a message saying our e-mail address has changed to new@kita.example, do not answer it.",
    "My account was hacked last night. Any mail about a new address (new@kita.example) is not from us.",
    "new@kita.example is not my new address, whatever the message says.",
    "I got a strange mail: \"From now on please write to new@kita.example\". Was that you?",
    "Please don't use new@kita.example, my new email address is still being set up.",
    "昨日、new@kita.example から「アドレスが変わった」と書かれたメールが当社宛てに届きました。発信者は当方ではございません。",
    "当方のメールアドレスが漏れた可能性があり、new@kita.example からお客様へ連絡がいっているようです。アドレスの変更はございません。",
    "新アドレスとして new@kita.example をお知らせしたメールは、当社から発信したものではありません。",
    "メールアドレス変更を装う手口が増えています。弊社の場合、new@kita.example などが使われました。",
    "貴社からアドレス変更（new@kita.example）の案内をいただいたのですが、真偽を確認させてください。",
    "アドレスが new@kita.example に変わったとの案内、そちらにも行っていませんか。",
    "こちらの new@kita.example というアドレス、私は使っておりません。新しいアドレスと書いてあっても返信不要です。",
    "私のアカウントに第三者が侵入し、変更先アドレスとして new@kita.example を案内しておりました。",
    "弊社を語る不届き者が、今後は new@kita.example に請求書を送れと言ってきています。",
    "メールアドレスの変更連絡（new@kita.example）は誤りですので取り消します。",
    "先日の「新アドレス new@kita.example」の件ですが、あれは私ではないです。",
    "いつもの山田さんからアドレス変更のメールをもらいました。\n今後は new@kita.example 宛にお送りください、だそうです。",
    "There is a mail going round announcing that I moved to new@kita.example. I have not moved anywhere.",
    "We noticed messages from new@kita.example stating that our e-mail address had been replaced. Those messages were not ours.",
    "Is it correct that your mail is now new@kita.example?",
    "Please delete any mail telling you that our new address is new@kita.example.",
    "Our IT found that a third party announced new@kita.example as my new email address.",
    "new@kita.example isn't our new email address - we keep the old one.",
    "I understand from Paul that your new address is new@kita.example, please confirm.",
    "They write: from now on use new@kita.example. We don't know who that is.",
    "Someone set up new@kita.example and tells our clients it is my new email.",
    "My email address has not changed to new@kita.example, contrary to what you were told.",
    "Can you check whether new@kita.example is really his new email address?",
    "最近、私の名前を騙るメールが new@kita.example から届いているようです。\nnew@kita.example は私のアドレスではありませんので、ご注意ください。",
    "注意喚起です。「メールアドレスが変わりました。新しいアドレスは new@kita.example です」というメールが出回っていますが、偽物です。開かないでください。",
    "Please be careful: someone claims that my new email address is new@kita.example. This is not true.",
    "new@kita.example から三浦名義でメールアドレス変更の連絡が届きましたか。こちらでは送っておりません。",
    "三浦様のメールアドレスが変わりました。\n新しいアドレス: new@kita.example",
    "下のメールは私ではありません。\n\n差出人: 三浦 <new@kita.example>\n件名: アドレス変更\n\n新しいアドレスです。",
    "new@kita.example からの「アドレスを変えました」は無視で。わたしじゃないです。",
    "弊社アドレスが new@kita.example に変更されたという連絡は一切行っておりません。",
    "新アドレス new@kita.example の件、社内で確認しましたがそのような変更はないとのことです。",
    "アドレス変更のメール（new@kita.example）は弊社の発信ではないため、破棄をお願いします。",
    "先方を名乗るアドレス new@kita.example から、今後はこちらに連絡してほしいと依頼が来ています。",
    "山田さんのアドレス、new@kita.example に変わりましたよね？",
    "新しいアドレスが new@kita.example になったそうですね。",
    "I hear your address is now new@kita.example.",
    "We learned that new@kita.example was presented to you as our new email address; it does not belong to us.",
    "No, my email did not become new@kita.example.",
    "Mails asking you to use new@kita.example from now on do not originate from our company.",
    "Please treat the message about our new address new@kita.example with caution.",
    "My email is still the same. new@kita.example has been registered by criminals.",
    "Do you know whether new@kita.example is the new address of Mr. Yamada?",
    "例の「アドレス変更しました」メール、差出人は new@kita.example で、うちの者ではありませんでした。",
    "new@kita.example を新しい連絡先として案内する電話とメールがあったそうです。当社ではございませんのでご放念ください。",
    "昨日のアドレス変更メールは私のなりかわりによるものです。new@kita.example には返事をしないようお願いします。",
    "弊社からアドレス変更（new@kita.example）をお願いした事実はなく、確認中です。",
    "新しいアドレス new@kita.example へ送れとのメールが来たのですが、御社のものでしょうか。",
    "田中さんいわく、今後のアドレスは new@kita.example だそうです。",
    "Paul mentioned that your new address is new@kita.example.",
    "Our colleague received this: my new address is new@kita.example. We do not know it.",
    "Nobody here uses new@kita.example. My email address has been and will be the same.",
    "Some clients were informed of a new e-mail address, new@kita.example. We are investigating this.",
    "We've seen mail about a new address (new@kita.example) in circulation. Call us before you trust it.",
    "Kita's new mail address new@kita.example - real or not?",
];

/// Addresses that are named for another purpose.
#[rustfmt::skip]
const NAMED: &[&str] = &[
    "お問い合わせは new@kita.example まで。",
    "請求書は new@kita.example に送ってください。",
    "仕事の合間にご覧ください。new@kita.example",
    "CC に new@kita.example を入れてください。",
    "電話番号が変わりました。メールアドレスは変わりません。\nyamada@kita.example",
    "メールアドレスの変更はありません。\nnew@kita.example",
    "新しいアドレスが決まりましたら教えてください。\n控え: new@kita.example へ",
    "見積書をお送りします。\nnew@kita.example",
    "お申し込みは今後は new@kita.example 宛にお願いします。",
    "担当がお電話いたします。\nnew@kita.example",
    "不審なメールが new@kita.example から届いています。新しいアドレスからのようです。",
    "今後の予定を添付します。\n参加者: new@kita.example",
    "お客様の新しいアドレス new@kita.example を登録しました。",
    "鈴木さん（new@kita.example）にも共有しました。",
    "旧アドレスは new@kita.example です。",
    "以前のアドレス new@kita.example は使えません。",
    "yamada@kita.example は変わりました。新しいアドレスは次回お知らせします。",
    "Please send invoices to new@kita.example.",
    "Our telephone number is new; our e-mail address has not changed: new@kita.example",
    "What is your new email address? Is it new@kita.example?",
    "I spoke to new@kita.example about the new office.",
    "To unsubscribe write to new@kita.example.",
    "Use the contact form, or write to new@kita.example.",
    "My old address new@kita.example is closed.",
    "From today the shop is open.\nQuestions: new@kita.example",
    "The customer's new email address is new@kita.example.",
    "請求書は今後 new@kita.example 宛てにお送りください。",
    "今後、図面のデータは印刷会社（new@kita.example）へ直接お送りください。",
    "新しく入りました弊社の鈴木（new@kita.example）をご紹介いたします。",
    "お客様のメールアドレスは new@kita.example に変更済みです。",
    "CCに上司の new@kita.example を追加しました。",
    "新製品についてはこちらへどうぞ new@kita.example",
    "From now on please send the samples to our lab at new@kita.example.",
    "Our new colleague Anna can be reached at new@kita.example.",
    "The client has a new email address: new@kita.example",
    "From Monday contact support at new@kita.example for password resets.",
    "住所が変わりました。\n請求先: new@kita.example",
    "Your new login is new@kita.example.",
    "明日以降のお問い合わせは new@kita.example まで。",
    "サンプルは今後 new@kita.example のほうへ送ってください。",
    "鈴木様の新しいメールアドレスは new@kita.example です。",
    "弊社経理のアドレスは new@kita.example です。",
    "今後のやり取りには new@kita.example を CC に入れてください。",
    "社内システムのパスワード変更は new@kita.example へ連絡してください。",
    "アドレス変更をご希望の方は new@kita.example までご連絡ください。",
    "オフィスを移転しました。新しい事務所でお待ちしています。\n受付: new@kita.example",
    "Going forward, please copy new@kita.example on all replies.",
    "Starting next month, tickets must be opened via new@kita.example.",
    "Our accountant has moved; her address is new@kita.example.",
    "From now on our shipping department (new@kita.example) will send you the tracking numbers.",
    "Please update the delivery address and send the parcel note to new@kita.example.",
    "I have changed the email template and sent it to new@kita.example.",
    "弊社の新サービスのご案内です。お申込みアドレス new@kita.example",
    "明日からの研修の受付は new@kita.example です。",
    "忘年会の幹事が代わりました。出欠は new@kita.example へ。",
    "新しい図面管理の担当は鈴木（new@kita.example）ではありません。",
    "今後の工事写真は new@kita.example にアップしてください。",
    "営業の鈴木のアドレスを知りたいとのことでしたので、お送りします。new@kita.example",
    "本日より夏季休業です。緊急の場合は new@kita.example まで。",
    "見積依頼の宛先は new@kita.example に変わりました。",
    "I am out of office until Monday. In urgent cases please contact new@kita.example.",
    "From today the printer sends its toner alerts to new@kita.example.",
    "Please send the contract to Ms. Sato at new@kita.example.",
    "We have a new office. The landlord is new@kita.example.",
    "I am on parental leave from May. My colleague Tom (new@kita.example) knows everything.",
];

fn addresses(text: &str) -> Vec<String> {
    let sender = Address::parse("yamada@kita-old.example");
    announced(text, sender.as_ref()).iter().map(ToString::to_string).collect()
}

#[test]
fn new_addresses_are_found_in_many_words() {
    let wrong: Vec<_> = ANNOUNCED.iter().filter(|text| addresses(text) != ["new@kita.example"]).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn further_addresses_of_ones_own_are_found() {
    let wrong: Vec<_> = FURTHER.iter().filter(|text| addresses(text) != ["new@kita.example"]).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_same_words_of_others_announce_nothing() {
    let wrong: Vec<_> = NOT_FURTHER.iter().filter(|text| !addresses(text).is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn warnings_questions_and_reports_announce_nothing() {
    let wrong: Vec<_> = WARNED.iter().filter(|text| !addresses(text).is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn addresses_for_another_purpose_are_not_announced() {
    let wrong: Vec<_> = NAMED.iter().filter(|text| !addresses(text).is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_warning_anywhere_in_the_text_counts() {
    let announcement = "メールアドレスが変わりました。\n新しいアドレス: new@kita.example\n";
    assert_eq!(addresses(announcement), ["new@kita.example"]);
    for far in ["というメールは偽物です。", "私は送っておりません。", "It is a scam.", "Please ignore it."]
    {
        let text = format!("{announcement}{}\n\n{far}\n", "いつもお世話になっております。\n".repeat(20));
        assert_eq!(addresses(&text), [""; 0], "{far}");
    }
    let footer = "\n\nIf you are not the intended recipient, ignore this mail and beware of fraud.\n";
    assert_eq!(addresses(&format!("{announcement}{footer}")), ["new@kita.example"]);
}

#[test]
fn a_directory_announces_nobody() {
    let text: String = (0..20).map(|n| format!("新しいアドレス: a{n}@kita.example\n")).collect();
    assert_eq!(addresses(&text), [""; 0]);
}

#[test]
fn an_address_that_is_denied_once_is_not_announced() {
    let text =
        "新しいアドレスは new@kita.example です。\n担当者より: new@kita.example は使っておりません。\n";
    assert_eq!(addresses(text), [""; 0]);
}

#[test]
fn long_texts_end_soon() {
    for words in
        ["新しいアドレスはa@b.exampleです、", "「a@b.example\n", "'a@b.example\n\n", "a@b.example 「"]
    {
        let text = words.repeat((256 << 10) / words.len());
        assert_eq!(addresses(&text), [""; 0], "{words}");
    }
}

#[test]
fn a_desk_is_announced_only_by_itself_or_as_such() {
    let from_desk = Address::parse("info@kita-old.example");
    for (text, sender, count) in [
        ("今後は info@kita.example までご連絡ください。", None, 0),
        ("今後は info@kita.example までご連絡ください。", from_desk.as_ref(), 1),
        ("弊社の代表アドレスが info@kita.example に変わりました。", None, 1),
        ("From now on please write to sales@kita.example.", None, 0),
    ] {
        assert_eq!(announced(text, sender).len(), count, "{text}");
    }
}
