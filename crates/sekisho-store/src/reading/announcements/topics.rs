//! A sentence with an address → whether it is about a thing for which one writes there (図面は …, send the samples to …), not about the address.
//!
//! Things are countless; so the words are listed with which one speaks of addresses, mail and oneself, and every other noun is a thing.

use super::claims::Place;
use super::phrases::ends;
use super::sentences::{ADDRESS, OWN};

/// Words between send and to that are looked at.
const SENT_WORDS_MAX: usize = 6;

/// Words before は or を that the sender's own address may be spoken of with.
#[rustfmt::skip]
const OWN_TOPICS: &[&str] = &[
    "今後", "以後", "以降", "次回", "日", "月", "年", "週", "回", "前", "度", "メール", "メルアド", "mail", "連絡", "返信", "返事", "やり取り", "私", "僕", "当方", "弊社", "当社", "小社", "当所", "当院", "当店", "当校", "当事務所", "小職", "小生", "我々", "会社", "法人", "事務所", "アドレス", "メアド", "連絡先", "宛先",
    "送り先", "ドメイン", "登録", "変更", "設定", "更新", "手数", "迷惑", "面倒", "不便", "社名", "商号", "名称", "転職先", "新会社", "勤務先", "職場", "所属", "部署", "異動", "用件", "用事", "便り", "利用", "使用", "廃止", "停止", "旧", "新", "後任", "担当", "担当者", "業務", "プロバイダー", "プロバイダ", "サーバー", "サーバ", "システム", "本社", "電話番号", "住所", "携帯", "縁",
];
/// Words after my and our, after send, and after for, of somebody who speaks of all mail.
#[rustfmt::skip]
const OWN_NOUNS: &[&str] = &[
    "email", "emails", "e-mail", "e-mails", "mail", "mails", "address", "addresses", "mailbox", "inbox", "domain", "domains", "name", "names", "contact", "message", "messages", "correspondence", "communication", "communications", "everything", "anything", "all", "any", "future", "further", "it", "them", "your", "me", "us", "side", "successor", "replacement", "projects", "project", "work", "tasks", "job", "employer", "position", "role",
    "provider", "end", "day", "move", "company", "firm", "office", "business", "organisation", "organization", "the", "of", "change", "now", "good", "new", "old", "own", "main", "personal", "private", "current", "previous", "former", "last", "only", "updated", "corporate", "official", "professional", "primary", "direct", "is", "are", "to", "records", "please", "files",
    "matters", "purposes",
];

/// Whether the address's sentence is about a thing for which one writes there: 図面は, the samples.
pub(super) fn speaks_of_something_else(place: &Place<'_>) -> bool {
    let clause = place.before.rsplit(['、', ';']).next().unwrap_or_default();
    let behind = place.after.split(['、', ';', '。']).next().unwrap_or_default();
    let topics = [place.before.replace("は、", "は"), behind.to_owned()]
        .iter()
        .any(|text| has_foreign_topic(text, 'は'));
    let objects = [clause, behind].iter().any(|text| has_foreign_topic(text, 'を'));
    topics || objects || has_foreign_noun(place)
}

fn has_foreign_topic(text: &str, particle: char) -> bool {
    text.match_indices(particle).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default();
        let noun = before.rsplit(|c: char| !is_noun_letter(c)).next().unwrap_or_default();
        !noun.is_empty() && !OWN_TOPICS.iter().any(|own| noun.ends_with(own))
    })
}

fn is_noun_letter(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー' | '々' | '\u{4e00}'..='\u{9fff}') || c.is_ascii_alphanumeric()
}

/// English: our lab, send the samples to, for password resets.
fn has_foreign_noun(place: &Place<'_>) -> bool {
    let sends = ends(place.before, "send").any(|at| {
        let rest = place.before.get(at..).unwrap_or_default();
        words(rest)
            .take_while(|word| *word != "to")
            .take(SENT_WORDS_MAX)
            .any(|word| !OWN_NOUNS.contains(&word))
    });
    let owner = ["my", "our"].iter().any(|word| is_before_foreign_noun(place.before, word));
    let purposes = ["for", "about", "regarding", "concerning"];
    sends || owner || purposes.iter().any(|word| is_before_foreign_noun(place.whole, word))
}

fn is_before_foreign_noun(text: &str, word: &str) -> bool {
    ends(text, word).any(|at| {
        let next = words(text.get(at..).unwrap_or_default()).next();
        next.is_some_and(|next| next.is_ascii() && !OWN_NOUNS.contains(&next))
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split([' ', ADDRESS, OWN]).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty())
}
