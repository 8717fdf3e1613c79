//! A number → a mail of an office as its memory learns it: distinct texts from word lists, Japanese and English, in threads that quote.
//!
//! Own texts have from 60 to 1,500 letters, every order of size as often as the next (mean about 450), with the greeting, closing and
//! signature that their writer always uses. A thread has four mails in turn of one of ours and a partner; three of five answers quote the mail before.

use sekisho_mail::Address;
use sekisho_store::{Correspondent, Direction, Learnt, Trust, Ways};
use sekisho_testing::Rng;

/// Where the streams begin.
const SEED: u64 = 11;
/// Mails of a thread.
const THREAD: u64 = 4;
/// Our people.
const OURS: usize = 300;
/// Partners.
const PARTNERS: usize = 4_000;
/// The first mail, in seconds since 1970, and how far one is from the next.
const FIRST_AT: i64 = 1_600_000_000;
/// Seconds between mails.
const STEP: i64 = 97;

const THINGS: &str = "図面 見積 部材 検査 工程 現場 階段 屋根 配管 塗装 窓枠 基礎 照明 床板 看板 倉庫 電源 門扉 足場 断熱 換気 防水 鉄骨 外壁 内装 備品 予算 契約 請求 納品 出荷 在庫 棚卸 発注 返品 保証 修理 点検 清掃 警備 駐車 案内 会場 受付 名簿 資料 議事 録音 写真 動画 原稿 校正 印刷 製本 封筒 切手 宛名 回覧 掲示 研修 採用 面接 入社 退職 休暇 残業 給与 保険 年金 健康 診断 机上 椅子 書棚 複写 電話 回線 端末 機器 設定 更新 障害 復旧 試験 測定 記録 報告 分析 調査 統計 予測 計画 戦略 広告 宣伝 展示 販売 営業 顧客 苦情 回答 提案 比較 選定 導入 移転 引越 改修 増築 解体 測量 地盤 造園 植栽 舗装 水道 下水 空調 昇降 避難 消防";
const ENDS: &str = "確認しました 変更になりました お送りします 来週までに決めます まだ届いていません 少し遅れています 問題ありませんでした もう一度お願いできますか 担当者に伝えました 先方と話し合いました 写真を撮っておきました 金額が合いませんでした 二部用意してください 明日中に直します 社内で検討しています 電話で説明しました 日程を調整しています 古いものを外しました 新しい版に差し替えました 部長が承認しました 今月は見送ります 数量を増やしたいそうです 色見本を取り寄せました 寸法を測り直しました";
const FAMILY: &str = "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎 森 池田 橋本 阿部 石川 山下 中島 石井 小川";
const WORDS: &str = "drawing estimate contract invoice delivery schedule meeting budget report sample window stair railing kitchen ceiling floor painter plumber carpenter client supplier factory warehouse engineer manager colleague neighbour council permit deadline weekend morning afternoon payment discount quantity quality surface colour timber concrete steel glass marble insulation heating lighting cable socket router printer folder password training interview holiday insurance accountant lawyer warranty repair inspection measurement photograph catalogue brochure exhibition customer complaint proposal answer question reason result change version revision detail corner entrance garden terrace balcony elevator basement parking fence gate roof gutter chimney";
const VERBS: &str = "checked moved ordered returned measured cancelled postponed approved repaired replaced discussed described counted painted delivered signed mentioned forgotten corrected compared requested finished started tested";
const LINKS: &str = "with for after before without because of instead of next to together with in front of against under behind despite";

/// One mail.
pub(crate) fn mail(number: u64) -> Result<Learnt, String> {
    let thread = number / THREAD;
    let mut rng = Rng::stream(SEED, thread);
    let ours = person("midori.example", rng.below(OURS))?;
    let partner = rng.below(PARTNERS);
    let partner = person(&format!("partner{}.example", partner / 4), partner)?;
    let is_answer = !number.is_multiple_of(THREAD);
    let is_sent = number.is_multiple_of(2);
    let (sender, receiver) = if is_sent { (&ours, &partner) } else { (&partner, &ours) };
    let quotes = is_answer && Rng::stream(SEED + 1, number).chance(60);
    let id = |number: u64| format!("{number}@midori.example");
    let key = format!("{number:016x}");
    let direction = if is_sent { Direction::Sent } else { Direction::Received };
    Ok(Learnt {
        message_id: id(number),
        references: (thread * THREAD..number).map(id).collect(),
        trust: if is_sent { Trust::Unproven } else { Trust::Authenticated },
        sender: Some(sender.clone()),
        receivers: vec![receiver.clone()],
        own_text: text(number, &sender.name),
        quoted: if quotes { vec![quoted(&text(number - 1, &receiver.name))] } else { Vec::new() },
        signed: vec![sender.name.clone()],
        ways: Ways { language: if is_english(number) { "en" } else { "ja" }.to_owned(), ..Ways::default() },
        ..Learnt::bare(&ours.address, &key, FIRST_AT + number as i64 * STEP, direction)
    })
}

/// A mail to look for, of about 2,000 characters, that answers one of the first `mails`: half of them quote 200 letters of it. With the
/// mailbox that receives it.
pub(crate) fn looked_for(number: u64, mails: u64) -> Result<(Vec<u8>, Address), String> {
    let mut rng = Rng::stream(SEED + 2, number);
    let remembered = mail(rng.draw() % mails.max(1))?;
    let mut text = String::new();
    if rng.chance(50) {
        text.push_str(&quoted(&remembered.own_text.chars().skip(20).take(200).collect::<String>()));
    }
    let is_english = rng.chance(33);
    while text.chars().count() < 2_000 {
        text.push_str(&sentence(&mut rng, is_english));
        text.push('\n');
    }
    let stranger = person("elsewhere.example", rng.below(PARTNERS))?;
    let (name, from, to) = (stranger.name, stranger.address, &remembered.mailbox);
    let id = &remembered.message_id;
    let eml = format!(
        "From: \"{name}\" <{from}>\r\nTo: <{to}>\r\nSubject: Re: {}\r\nDate: Thu, 26 Nov 2026 10:00:00 +0900\r\nMessage-ID: <{number}@elsewhere.example>\r\n\
         In-Reply-To: <{id}>\r\nReferences: <{id}>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{}",
        sentence(&mut rng, is_english),
        text.replace('\n', "\r\n")
    );
    Ok((eml.into_bytes(), remembered.mailbox.clone()))
}

fn is_english(number: u64) -> bool {
    (number / THREAD).is_multiple_of(3)
}

fn person(domain: &str, number: usize) -> Result<Correspondent, String> {
    let names: Vec<&str> = FAMILY.split(' ').collect();
    let things: Vec<&str> = THINGS.split(' ').collect();
    let (family, given) = (names.get(number % names.len()), things.get(number % things.len()));
    let name = format!("{} {}", family.unwrap_or(&"林"), given.unwrap_or(&"健"));
    let address = format!("p{number}@{domain}");
    let address = Address::parse(&address).ok_or(format!("{address}: no address"))?;
    Ok(Correspondent { address, name })
}

fn text(number: u64, writer: &str) -> String {
    let mut rng = Rng::stream(SEED + 3, number);
    let is_english = is_english(number);
    let letters = 60 << rng.below(5);
    let letters = rng.between(letters, letters * 3 / 2);
    let mut text = String::new();
    text.push_str(if is_english { "Hello,\n\n" } else { "いつもお世話になっております。\n" });
    let mut long = 0;
    while long < letters {
        let sentence = sentence(&mut rng, is_english);
        long += sentence.chars().count();
        text.push_str(&sentence);
    }
    if is_english {
        text.push_str(&format!("\nKind regards,\n{writer}\nMidori Design Office, Aoba 2-4-1\n"));
    } else {
        text.push_str(&format!(
            "\n以上、よろしくお願いいたします。\n--\n{writer}\n青葉区緑町二丁目四番一号 青葉ビル三階\n"
        ));
    }
    text
}

fn sentence(rng: &mut Rng, is_english: bool) -> String {
    let mut word = |list: &'static str| {
        let all: Vec<&str> = list.split(' ').collect();
        *rng.pick(&all)
    };
    if is_english {
        let (a, b, c) = (word(WORDS), word(WORDS), word(WORDS));
        let (verb, link, last) = (word(VERBS), word(LINKS), word(WORDS));
        format!("The {a} {b} was {verb} {link} the {c} {last}. ")
    } else {
        let (a, b, c, d) = (word(THINGS), word(THINGS), word(THINGS), word(THINGS));
        let (family, end) = (word(FAMILY), word(ENDS));
        format!("{family}さんの{a}{b}は{c}と{d}の件で{end}。")
    }
}

fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}\n")).collect()
}
