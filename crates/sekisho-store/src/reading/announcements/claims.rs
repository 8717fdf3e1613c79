//! A sentence with an address → whether it says that this is now the sender's own; one without → whether it says that one follows.
//!
//! What is changed (an address) stands with a word for change, or a word for a beginning (今後, from now on) with what is then to be done.

use super::phrases::{ends, has, near, tail, together};
use super::sentences::{ADDRESS, OWN};
use super::topics::speaks_of_something_else;

/// A sentence around one of its addresses.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) whole: &'a str,
    pub(super) before: &'a str,
    pub(super) after: &'a str,
}

/// Characters between an address's name and the word that says it changed.
const NEAR: usize = 16;
/// As in English, where words are longer.
const NEAR_EN: usize = 28;
/// Letters of a line that does no more than write an address down.
const ITEM_LETTERS_MAX: usize = 36;

const NOUNS_JA: &[&str] = &["アドレス", "メアド", "連絡先", "ドメイン", "mail", "eメール", "e-mail"];
#[rustfmt::skip]
const CHANGES_JA: &[&str] = &[
    "変更", "変わ", "変え", "かわりまし", "かわります", "替わ", "替え", "代わ", "新し", "新たに", "新", "あたらしい", "切り替", "切替", "切り換", "移行", "移転", "更新", "刷新", "改め", "統一", "差し替", "乗り換", "取り直", "に統合", "取得",
];
/// Directly behind the address: new@kita.example に変わります.
#[rustfmt::skip]
const BECOMES_JA: &[&str] = &[
    "に変", "へ変", "に代わ", "に替", "に切り替", "へ切り替", "に切替", "へ切替", "に切り換", "に移行", "へ移行", "に更新", "に改め", "に統一", "にかわ", "に差し替",
];
/// Directly behind it, where it is named as an address.
const IS_NOW_JA: &[&str] = &[
    "になりまし",
    "となりまし",
    "になります",
    "となります",
    "になる",
    "となる",
    "になった",
    "となった",
    "になり、",
    "となり、",
];
#[rustfmt::skip]
const FROM_NOW_JA: &[&str] = &[
    "今後", "これから", "以後", "以降", "次回", "次から", "日より", "日から", "月より", "月から", "明日", "本日", "今日", "来週", "今週", "来月", "月曜", "週明け", "年度", "年から", "年より", "日付", "春から", "夏から", "秋から", "冬から", "今回から",
];
const BEHIND_JA: &[&str] =
    &["宛", "あて", "に", "へ", "まで", "を", "で", "が", "となり", "です", "のほう", "の方"];
#[rustfmt::skip]
const DONE_JA: &[&str] = &["送", "連絡", "メール", "使", "利用", "願", "くださ", "下さ", "返信", "なり", "変", "いただ", "頂", "受け", "宛"];
/// Behind the old address, before the new one.
const ARROWS: &[&str] = &["から", "より", "→", "⇒", "➡", "->", "=>"];
const FOLLOWS_JA: &[&str] = &["次の", "下記", "以下", "こちら", "左記", "この"];
const RETIRED_JA: &[&str] = &[
    "廃止",
    "使えな",
    "使えません",
    "使用でき",
    "利用でき",
    "停止",
    "閉鎖",
    "無効",
    "終了",
    "やめ",
    "なくな",
];

const NOUNS_EN: &[&str] = &[
    "email",
    "e-mail",
    "emails",
    "e-mails",
    "mail",
    "address",
    "addresses",
    "mailbox",
    "inbox",
    "contact details",
    "contact information",
    "contact info",
];
const NEW_EN: &[&str] = &["new", "updated", "current"];
const CHANGES_EN: &[&str] = &[
    "changed",
    "changing",
    "change",
    "changes",
    "moved",
    "moving",
    "switched",
    "switching",
    "replaced",
    "migrated",
    "updated",
    "is now",
    "are now",
    "now",
    "will become",
    "becomes",
    "has become",
];
const CHANGE_OF_EN: &[&str] = &[
    "change of",
    "changed",
    "changing",
    "changes to",
    "change to",
    "switched",
    "switching",
    "moved",
    "moving",
    "migrated",
    "replace",
    "update",
    "updated",
    "got a new",
    "have a new",
];
#[rustfmt::skip]
const FROM_NOW_EN: &[&str] = &[
    "from now on", "from now", "from today", "from tomorrow", "from monday", "from tuesday", "from wednesday", "from thursday", "from friday", "from next", "from this", "from then on", "from january", "from february", "from march",
    "from april", "from may", "from june", "from july", "from august", "from september", "from october", "from november", "from december", "from 1*", "from 2*", "from 3*", "from the", "as of", "as from", "starting", "starts", "beginning", "effective", "in future",
    "in the future", "for the future", "henceforth", "hereafter", "going forward", "after", "until further notice", "with effect from", "instead", "can now", "now be reached", "now use",
];
const USE_EN: &[&str] = &[
    "use",
    "using",
    "reach me",
    "reach us",
    "reached at",
    "reachable",
    "write to",
    "write me",
    "email me",
    "e-mail me",
    "mail me",
    "contact me",
    "contact us",
    "find me",
    "send",
    "reply to",
    "my email",
    "my e-mail",
    "my mail",
    "my address",
    "our email",
    "our e-mail",
    "our mail",
    "our address",
    "go to",
    "be at",
    "available at",
];

/// What goes with a new address: an address that follows is the new one.
#[rustfmt::skip]
const MOVES: &[&str] = &[
    "転職", "退職", "移ることにな", "移ることとな", "移籍し", "勤めることにな", "勤めることとな", "働くことにな", "働くこととな", "仕事を始め", "着任", "転籍", "異動", "独立し", "社名変更", "社名を変更", "社名が変わ",
    "i am moving to", "i'm moving to", "i have moved to", "i've moved to", "we have moved to", "we are moving to", "we're moving to", "i have joined", "i've joined", "i joined", "i will be joining", "i am joining", "i am leaving", "i'm leaving", "i will be leaving", "i have left", "i've left",
    "changed jobs", "changed companies", "rebrand*", "our domain", "our company name",
];
#[rustfmt::skip]
const SUCCESSION: &[&str] = &["後任", "引き継", "引継", "担当替", "担当変更", "be replaced by", "taking over from me", "taking over my", "takes over from me", "take over", "takes over", "my successor", "replaces me", "handed over to", "handing over to"];
const IN_CHARGE_JA: &[&str] = &["担当が", "担当者が"];
const IN_CHARGE_CHANGES_JA: &[&str] =
    &["代わ", "替わ", "変わ", "交代", "交替", "変更", "なりました", "なります"];

/// Whether the sentence itself says it.
pub(super) fn states(place: &Place<'_>) -> bool {
    if speaks_of_something_else(place) {
        return false;
    }
    let becomes = starts(place.after, BECOMES_JA)
        || (starts(place.after, IS_NOW_JA) && has(place.before, NOUNS_JA))
        || (starts(place.after, IS_NOW_JA) && place.before.contains("メール"));
    becomes
        || changes_address(place.whole)
        || replaces_own(place)
        || begins_to_be_used(place)
        || moves_with(place)
}

/// Whether a sentence says that an address has changed: one that follows is the new one.
pub(super) fn leads(text: &str) -> bool {
    let follows = has(text, FROM_NOW_JA) && together(text, FOLLOWS_JA, NOUNS_JA, 12) && has(text, DONE_JA);
    let stays_with_sender = !has(text, SUCCESSION);
    changes_address(text) || follows || hands_over(text) || (stays_with_sender && has(text, MOVES))
}

/// Whether a sentence behind the address says that this is the new one.
pub(super) fn points_back(text: &str) -> bool {
    has(text, &["こちら", "これ", "上記", "this", "above"]) && changes_address(text)
}

/// Whether a sentence names a successor: another's address is announced.
pub(super) fn hands_over(text: &str) -> bool {
    has(text, SUCCESSION) || (has(text, IN_CHARGE_JA) && has(text, IN_CHARGE_CHANGES_JA))
}

/// Whether the sentence does no more than write the address down.
pub(super) fn is_item(place: &Place<'_>) -> bool {
    place.whole.chars().filter(|c| c.is_alphanumeric()).count() <= ITEM_LETTERS_MAX
        && !speaks_of_something_else(place)
}

/// Whether nothing stands before the address but that it is the new one.
pub(super) fn is_labelled_new(place: &Place<'_>) -> bool {
    let label = place.before.rsplit(OWN).next().unwrap_or_default();
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    ["変更後", "移行後", "新", "new"].contains(&label)
}

/// Whether a sentence asks that what is registered is changed.
pub(super) fn asks_to_register(text: &str) -> bool {
    let registers = ["登録", "アドレス帳", "名簿", "電話帳", "連絡先", "records", "address book", "contacts"];
    let changes = ["変更", "更新", "書き換え", "書換", "修正", "差し替え", "update", "change", "correct"];
    together(text, &registers, &changes, NEAR) && has(text, &["願", "ください", "下さい", "please", "kindly"])
}

/// Whether the address is named as the old one.
pub(super) fn is_old(place: &Place<'_>) -> bool {
    let (before, after) = (tail(place.before, 20), place.after.trim_start());
    let old = [
        "旧",
        "以前",
        "古い",
        "変更前",
        "移行前",
        "これまで",
        "今まで",
        "従来",
        "old",
        "previous",
        "former",
        "before",
    ];
    let new = ["新", "変更後", "移行後", "今後", "new", "after", "now"];
    let last = |words: &[&str]| words.iter().flat_map(|word| ends(before, word)).max();
    let labelled = match (last(&old), last(&new)) {
        (Some(old), Some(new)) => old > new,
        (old, _) => old.is_some(),
    };
    let left = ARROWS.iter().any(|arrow| after.starts_with(arrow));
    let is_left = left && after.contains([ADDRESS, OWN]);
    let clause = after.split(['、', ',', ';', '。']).next().unwrap_or_default();
    let retired = (clause.starts_with('は') || clause.starts_with('が')) && has(clause, RETIRED_JA);
    let retired_en = starts(
        clause,
        &[
            "will stop",
            "will be closed",
            "will no longer",
            "is no longer",
            "stops",
            "has been closed",
            "is closed",
            "will cease",
            "expires",
        ],
    );
    labelled || is_left || retired || retired_en
}

fn changes_address(text: &str) -> bool {
    let japanese = together(text, NOUNS_JA, CHANGES_JA, NEAR)
        || near(text, &["新しい", "新", "変更後の"], &["メール"], 4);
    let is_new = near(text, NEW_EN, NOUNS_EN, NEAR_EN) && !has(text, &["about the new", "of the new"]);
    japanese
        || is_new
        || near(text, NOUNS_EN, CHANGES_EN, NEAR_EN)
        || near(text, CHANGE_OF_EN, NOUNS_EN, NEAR_EN)
}

/// The sender's own address goes, this one comes.
fn replaces_own(place: &Place<'_>) -> bool {
    if !place.before.contains(OWN) {
        return false;
    }
    let written = place.before.replace(' ', "");
    let arrow = ARROWS.iter().any(|arrow| written.contains(&format!("{OWN}{arrow}")));
    let retired = has(place.before, RETIRED_JA)
        || has(
            place.before,
            &["instead of", "will stop", "will be closed", "no longer", "not use", "retire*"],
        );
    arrow
        || (retired && starts(place.after, &["を", "に", "へ", "が", "で", "宛", "あて"]))
        || (retired && has(place.before, USE_EN))
}

/// 今後は … 宛に, from now on … write to.
fn begins_to_be_used(place: &Place<'_>) -> bool {
    let japanese =
        has(place.whole, FROM_NOW_JA) && starts(place.after, BEHIND_JA) && has(place.after, DONE_JA);
    let english = has(place.whole, FROM_NOW_EN) && has(tail(place.before, 40), USE_EN);
    japanese || english
}

/// I am moving to another firm; write to …
fn moves_with(place: &Place<'_>) -> bool {
    (has(place.before, MOVES) && !has(place.before, SUCCESSION)) || hands_over(place.whole)
}

fn starts(text: &str, beginnings: &[&str]) -> bool {
    let text = text.trim_start_matches([' ', ')', '>', '」', ']', '*', '_']);
    beginnings.iter().any(|beginning| text.starts_with(beginning))
}
