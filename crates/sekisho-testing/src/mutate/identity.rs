//! Changes of who seems to write: From, its display name, Reply-To, the names of the office's own people.

use super::{Change, Mail, Mutation, stranger};
use crate::encode::{Charset, WordForm, header_text};
use crate::{Person, Rng, organisation};

pub(super) const MUTATIONS: &[Mutation] = &[
    Mutation {
        id: "address-in-name",
        fires: Change::Bytes(another_address_in_name),
        near_miss: Change::Bytes(own_address_in_name),
    },
    Mutation {
        id: "several-from",
        fires: Change::Bytes(several_from),
        near_miss: Change::Bytes(one_from_with_a_comma),
    },
    Mutation {
        id: "ambiguous-from",
        fires: Change::Bytes(ambiguous_from),
        near_miss: Change::Bytes(unusual_from),
    },
    Mutation {
        id: "reply-led-elsewhere",
        fires: Change::Bytes(reply_elsewhere),
        near_miss: Change::Bytes(reply_home),
    },
    Mutation {
        id: "staff-name-from-outside",
        fires: Change::Bytes(staff_name_outside),
        near_miss: Change::Bytes(staff_name_inside),
    },
    Mutation {
        id: "president-asks",
        fires: Change::Bytes(president_asks),
        near_miss: Change::Bytes(somebody_mentions),
    },
    Mutation {
        id: "brand-from-unrelated-domain",
        fires: Change::Bytes(brand_elsewhere),
        near_miss: Change::Bytes(brand_at_home),
    },
];

fn another_address_in_name(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (name, _) = mail.sender()?;
    let shown = colleague(rng).address;
    let name = match rng.below(6) {
        0 => shown.to_owned(),
        1 => format!("{name} ({shown})"),
        2 => format!("{name}（{shown}）"),
        3 => format!("{name} <{shown}>"),
        4 => shown.replace('@', "＠"),
        _ => format!("{shown} 様"),
    };
    with_sender(rng, mail, &name, None)
}

fn own_address_in_name(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (_, address) = mail.sender()?;
    let name = match rng.below(4) {
        0 => address.clone(),
        1 => format!("佐々木 ({address})"),
        2 => "佐々木@営業".to_owned(),
        _ => address.to_uppercase(),
    };
    let mut changed = mail.clone();
    changed.set_sender(rng, &name, &address);
    Some(changed.to_bytes())
}

fn several_from(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (_, address) = mail.sender()?;
    let other = stranger(rng);
    let mut changed = mail.clone();
    match rng.below(4) {
        0 => changed.add("From", format!("<{other}>")),
        1 => changed.add("FROM", colleague(rng).address),
        2 => changed.set("From", format!("<{address}>, <{other}>")),
        _ => changed.set("From", format!("\"Office\" <{other}>,\r\n {address}")),
    }
    Some(changed.to_bytes())
}

fn one_from_with_a_comma(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (_, address) = mail.sender()?;
    let mut changed = mail.clone();
    match rng.below(3) {
        0 => changed.set("From", format!("\"Sato, Hanako\" <{address}>")),
        1 => changed.add("Sender", format!("<{address}>")),
        _ => changed.add("Resent-From", format!("<{}>", colleague(rng).address)),
    }
    Some(changed.to_bytes())
}

fn ambiguous_from(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (_, address) = mail.sender()?;
    let other = stranger(rng);
    let mut changed = mail.clone();
    let value = match rng.below(6) {
        0 => format!("{address} <{other}>"),
        1 => format!("<{address}> <{other}>"),
        2 => format!("\"Office <{address}>\" x@y <{other}>"),
        3 => format!("<{address}(<{other}>)"),
        4 => format!("Office <{address}\0@{}>", domain(&other)),
        _ => format!("{address} {other}"),
    };
    changed.set("From", value);
    Some(changed.to_bytes())
}

fn unusual_from(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (_, address) = mail.sender()?;
    let mut changed = mail.clone();
    let value = match rng.below(4) {
        0 => format!("Office (head) <{address}>"),
        1 => format!("{address} (Office)"),
        2 => format!("\"Office \\\"West\\\"\"\r\n <{address}>"),
        _ => format!("Office\r\n\t<{address}>"),
    };
    changed.set("From", value);
    Some(changed.to_bytes())
}

fn reply_elsewhere(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (name, address) = mail.sender()?;
    let local = address.split('@').next()?.to_owned();
    let target = match rng.below(4) {
        0 => format!("{local}.{}@gmail.com", rng.digits(5)),
        1 => format!("{local}_{}@yahoo.co.jp", rng.digits(5)),
        2 => stranger(rng),
        _ => format!("{local}@{}-office.example", rng.alphanumeric(8)),
    };
    let mut changed = without_list(mail);
    let shown = header_text(&name.replace(['"', '<', '>'], ""), Charset::Utf8, WordForm::B);
    changed.set("Reply-To", [shown.as_slice(), format!(" <{target}>").as_bytes()].concat());
    Some(changed.to_bytes())
}

fn reply_home(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (_, address) = mail.sender()?;
    let mut changed = without_list(mail);
    let target = match rng.below(3) {
        0 => address.clone(),
        1 => format!("support@{}", domain(&address)),
        _ => address.to_uppercase(),
    };
    changed.set("Reply-To", format!("<{target}>"));
    Some(changed.to_bytes())
}

fn staff_name_outside(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let person = colleague(rng);
    let tight = person.name.replace(' ', "");
    let name = match rng.below(7) {
        0 => person.name.to_owned(),
        1 => tight,
        2 => person.name.replace(' ', "　"),
        3 => format!("{tight}（みどり設計事務所）"),
        4 => format!("みどり設計事務所 {tight}"),
        5 => person.romaji.to_owned(),
        _ => format!("{} {tight}", person.title),
    };
    with_sender(rng, mail, &name, None)
}

fn staff_name_inside(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let person = colleague(rng);
    match rng.below(3) {
        0 => with_sender(rng, mail, person.name, Some(person.address)),
        1 => with_sender(rng, mail, person.surname(), None),
        // The same surname with another given name is somebody else.
        _ => with_sender(rng, mail, &format!("{} 清兵衛", person.surname()), None),
    }
}

fn president_asks(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let president = organisation().people.first()?;
    let request = *rng.pick(&[
        "お疲れ様です。\n業務の都合により、LINEのグループを新しく作成してください。\n作成後、QRコードをこのメールに返信してください。\n他のメンバーはまだ追加しないでください。",
        "今、会社にいますか。\n新しい業務のためLINEグループを作り、グループの招待QRコードを私に送ってください。",
        "至急対応してほしい件があります。\n本日中に取引先へ振込をお願いします。振込先の口座は返信後にお送りします。\n会議中のため電話には出られません。",
        "Appleギフトカードを5万円分、コンビニで購入してください。\n購入後、番号の写真をこのメールに送ってください。後ほど精算します。",
        "取引先の振込口座が変更になりました。\n今月分から新しい口座へ支払ってください。口座情報は返信をもらってから送ります。\nこの件は内密にお願いします。",
        "現在の会社の口座残高を教えてください。\nこのあと振込の手配をお願いする予定です。",
    ]);
    let address = match rng.below(3) {
        0 => format!("{}.{}@gmail.com", "president", rng.digits(5)),
        1 => format!("ceo{}@outlook.com", rng.digits(4)),
        _ => stranger(rng),
    };
    let name = match rng.below(3) {
        0 => president.name.to_owned(),
        1 => president.name.replace(' ', ""),
        _ => format!("代表取締役 {}", president.name),
    };
    let mut changed = mail.clone();
    changed.set_sender(rng, &name, &address);
    changed.remove("List-Id");
    changed.set_subject(rng.pick::<&str>(&[
        "業務連絡",
        "お願い",
        "みどり設計事務所",
        "至急ご確認ください",
        president.name,
    ]));
    changed.set_bodies(rng, &format!("{request}\n\n{}\n", president.name), None);
    Some(changed.to_bytes())
}

fn somebody_mentions(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let mention = *rng.pick(&[
        "現場の連絡用のLINEグループは、先月から大工さんと使っています。\n写真はそちらに上げておきました。",
        "お振込みは月末の予定です。口座は請求書に書かれたとおりで、変更はありません。",
        "忘年会の景品のギフトカードは、昨年と同じお店でお願いしました。",
        "社長が来週出張のため、承認は水曜までにお願いします。",
    ]);
    let mut changed = mail.clone();
    changed.set_bodies(rng, &format!("お疲れさまです。\n\n{mention}\n"), None);
    Some(changed.to_bytes())
}

fn brand_elsewhere(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (brand, _) = brand(rng);
    let name = match rng.below(4) {
        0 => brand.to_owned(),
        1 => format!("{brand} カスタマーサービス"),
        2 => format!("【{brand}】"),
        _ => format!("{brand}サポート"),
    };
    let mut changed = mail.clone();
    let address = stranger(rng);
    changed.set_sender(rng, &name, &address);
    changed.remove("List-Id");
    Some(changed.to_bytes())
}

fn brand_at_home(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (name, domain) = brand(rng);
    let mut changed = mail.clone();
    if rng.chance(30) {
        // A word inside another word is not the brand.
        let address = stranger(rng);
        changed.set_sender(rng, "北アマゾン旅行研究会", &address);
    } else {
        changed.set_sender(rng, name, &format!("no-reply@{domain}"));
    }
    Some(changed.to_bytes())
}

fn brand(rng: &mut Rng) -> (&'static str, &'static str) {
    *rng.pick(&[
        ("Amazon", "amazon.co.jp"),
        ("楽天市場", "rakuten.co.jp"),
        ("三井住友カード", "contact.vpass.ne.jp"),
        ("ヤマト運輸", "kuronekoyamato.co.jp"),
        ("佐川急便", "sagawa-exp.co.jp"),
        ("えきねっと", "eki-net.com"),
        ("三菱UFJ銀行", "bk.mufg.jp"),
        ("PayPay", "paypay.ne.jp"),
        ("Microsoft", "microsoft.com"),
        ("Apple", "apple.com"),
        ("Google", "google.com"),
        ("メルカリ", "mercari.jp"),
        ("国税庁", "nta.go.jp"),
        ("NTTドコモ", "docomo.ne.jp"),
    ])
}

fn colleague(rng: &mut Rng) -> &'static Person {
    rng.pick(organisation().people)
}

fn with_sender(rng: &mut Rng, mail: &Mail, name: &str, address: Option<&str>) -> Option<Vec<u8>> {
    let mut changed = without_list(mail);
    let address = address.map_or_else(|| stranger(rng), str::to_owned);
    changed.set_sender(rng, name, &address);
    Some(changed.to_bytes())
}

/// Lists lead answers elsewhere by right, so a change of the sender takes the mail out of its list.
fn without_list(mail: &Mail) -> Mail {
    let mut changed = mail.clone();
    for name in ["List-Id", "List-Unsubscribe", "Precedence", "Reply-To"] {
        changed.remove(name);
    }
    changed
}

fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(_, domain)| domain)
}
