//! Changes of subject, opening and thread: what the outward signs of forged answers look like.

use super::{Change, Mail, Mutation, stranger};
use crate::{Rng, files, organisation};

pub(super) const MUTATIONS: &[Mutation] = &[
    Mutation {
        id: "subject-is-name-alone",
        fires: Change::Bytes(name_alone),
        near_miss: Change::Bytes(name_and_matter),
    },
    Mutation {
        id: "subject-cut-short",
        fires: Change::Bytes(cut_short),
        near_miss: Change::Bytes(whole_subject),
    },
    Mutation {
        id: "opening-to-all-partners",
        fires: Change::Bytes(to_all_partners),
        near_miss: Change::Bytes(to_all_inside),
    },
    Mutation {
        id: "reply-without-thread",
        fires: Change::Bytes(reply_without_thread),
        near_miss: Change::Bytes(reply_in_thread),
    },
];

fn name_alone(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let person = rng.pick(organisation().people);
    let tight = person.name.replace(' ', "");
    let name = match rng.below(4) {
        0 => person.name.to_owned(),
        1 => tight,
        2 => format!("{tight}様"),
        _ => person.name.replace(' ', "　"),
    };
    let prefix = *rng.pick(&["", "RE: ", "Re: ", "Fwd: ", "FW: ", "RE:"]);
    let mut changed = mail.clone();
    changed.set_subject(&format!("{prefix}{name}"));
    Some(changed.to_bytes())
}

fn name_and_matter(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let person = rng.pick(organisation().people);
    let tight = person.name.replace(' ', "");
    let subject = match rng.below(4) {
        0 => format!("{tight}様　図面の件"),
        1 => format!("Re: {tight}様の面談日程"),
        2 => format!("FW: {}さんの送別会", person.surname()),
        _ => format!("{tight}の出張報告"),
    };
    let mut changed = mail.clone();
    changed.set_subject(&subject);
    Some(changed.to_bytes())
}

const SENTENCES: &[&str] = &[
    "お手伝いいただける日程について、アンケートを",
    "先日ご相談いただいた件につきまして、資料をお",
    "下記の日程で打合せをお願いしたく、ご都合を",
    "お支払いの期日が近づいておりますので、請求書を",
    "来月の講習会の参加者について、名簿の確認が",
    "契約内容の変更について、至急ご確認いただ",
];

fn cut_short(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let sentence = *rng.pick(SENTENCES);
    let tail = *rng.pick(&["", "", "wお", "を", "に"]);
    let prefix = *rng.pick(&["", "", "RE: "]);
    let mut changed = mail.clone();
    changed.set_subject(&format!("{prefix}{sentence}{tail}"));
    Some(changed.to_bytes())
}

fn whole_subject(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let subject = *rng.pick(&[
        "お手伝いいただける日程のアンケート",
        "打合せの日程について",
        "「海辺の家」が本になりました",
        "来月の講習会、参加者はどなたに？",
        "請求書を送りました",
        "お願いが二つあります",
        "図面の件で…",
        "見積書の提出期限：金曜まで",
    ]);
    let mut changed = mail.clone();
    changed.set_subject(subject);
    Some(changed.to_bytes())
}

fn to_all_partners(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let opening = *rng.pick(&[
        "協力会社各位",
        "お取引先各位",
        "取引先各位",
        "お取引先様各位",
        "協力業者各位",
        "お取引先 各位",
    ]);
    let request = *rng.pick(&[
        "添付ファイルをご確認ください。\nよろしくお願いいたします。",
        "いつもお世話になっております。\n添付の資料をご確認の上、ご返信ください。",
        "請求書を送付いたします。\n内容をご確認ください。",
    ]);
    let mut changed = mail.clone();
    changed.set_bodies(rng, &format!("{opening}\n\n{request}\n"), None);
    let file = files::compound(rng, "WordDocument");
    let name = format!("{}.doc", rng.pick(&["ご案内", "資料", "通知"]));
    changed.attach(rng, &name, &file);
    Some(changed.to_bytes())
}

fn to_all_inside(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let text = *rng.pick(&[
        "佐藤様\n\nお世話になっております。\n先日お配りした「協力会社各位」で始まる通知の件でご連絡いたします。\n日付に誤りがありましたので、口頭でお伝えした日が正です。",
        "社員各位\n\n来週の清掃当番をお知らせします。\n月曜は設計部、火曜は総務部です。",
        "会員各位\n\n例会の会場が変わりましたのでお知らせいたします。",
        "田中様\n\nいつもお世話になっております。\nお取引先への年賀状の宛名をまとめました。",
    ]);
    let mut changed = mail.clone();
    changed.set_bodies(rng, &format!("{text}\n"), None);
    Some(changed.to_bytes())
}

fn reply_without_thread(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let mut changed = mail.clone();
    changed.remove("In-Reply-To");
    changed.remove("References");
    changed.remove("Thread-Index");
    let prefix = *rng.pick(&["Re: ", "RE: ", "RE:", "Re："]);
    changed.set_subject(&format!("{prefix}{}", bare_subject(mail)));
    let (name, _) = mail.sender()?;
    let address = stranger(rng);
    changed.set_sender(rng, &name, &address);
    Some(changed.to_bytes())
}

fn reply_in_thread(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let mut changed = mail.clone();
    let id = format!("<{}@midori.example>", rng.alphanumeric(24));
    match rng.below(3) {
        0 => changed.set("References", id),
        1 => changed.set("In-Reply-To", id),
        _ => {
            changed.set("In-Reply-To", id.clone());
            changed.set("References", id);
        }
    }
    changed.set_subject(&format!("Re: {}", bare_subject(mail)));
    Some(changed.to_bytes())
}

fn bare_subject(mail: &Mail) -> String {
    let mut subject = mail.subject();
    while let Some(rest) =
        ["Re:", "RE:", "re:", "Fwd:", "FW:"].iter().find_map(|mark| subject.strip_prefix(mark))
    {
        subject = rest.trim_start().to_owned();
    }
    if subject.trim().is_empty() { "図面の件".to_owned() } else { subject }
}
