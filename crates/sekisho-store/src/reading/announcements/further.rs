//! A sentence with an address → whether its writer says that it is another one of his own, or that he will write from it.
//!
//! 携帯のアドレスは …, … も私のアドレスです, しばらく … から送ります; my private address is …, I may answer from ….
//! Whose it is must be said, or nobody else be spoken of: a colleague's mobile is named in the same words.

use super::claims::Place;
use super::phrases::ends;
use super::sentences::{ADDRESS, OWN};

/// The writer.
const SELF_JA: &[&str] = &["私", "わたし", "わたくし", "僕", "自分", "小生", "小職", "当方", "弊職"];

/// What sort of address it is.
#[rustfmt::skip]
const SORTS_JA: &[&str] = &[
    "携帯電話", "携帯", "ケータイ", "スマートフォン", "スマホ", "個人用", "個人", "私用", "自宅", "プライベート", "予備", "仕事用", "出先", "サブ",
];

const ADDRESS_JA: &[&str] = &[
    "メールアドレス",
    "eメールアドレス",
    "e-mailアドレス",
    "アドレス",
    "メアド",
    "メール",
    "eメール",
    "e-mail",
    "mail",
];

const IS_JA: &[&str] = &["です", "になります", "となります", "でございます", "だ。"];

/// What may stand in a sentence before such a subject.
#[rustfmt::skip]
const BEFORE_JA: &[&str] = &["", "なお", "また", "ちなみに", "念のため", "参考までに", "ご参考までに", "一応"];

/// What he will do from there.
#[rustfmt::skip]
const WRITES_JA: &[&str] = &[
    "送ります", "送信します", "送信いたします", "送信致します", "お送りします", "お送りいたします", "お送り致します", "送らせていただ", "返事します", "返事いたします", "お返事する", "お返事させ", "返信します", "返信いたします", "返信致します", "返信する", "返信させ",
    "連絡します", "連絡いたします", "連絡致します", "連絡する", "連絡させ", "連絡差し上げ", "メールします", "メールいたします", "メールする", "メールさせ", "メールを送ります", "メールをお送りし", "メールを差し上げ", "送ることが", "お送りすること",
];

/// Nouns before が, より and から in such a sentence that are not somebody else who writes.
#[rustfmt::skip]
const NOBODY_ELSE: &[&str] = &[
    "メール", "メールソフト", "サーバー", "サーバ", "パソコン", "pc", "回線", "ネット", "ネットワーク", "システム", "アドレス", "会社", "社内", "事務所", "私", "僕", "小職", "小生", "当方", "自分", "都合", "調子", "状態", "携帯", "スマホ", "自宅", "出先", "出張先", "現場", "本日", "今日", "明日", "今週", "来週", "今月", "来月", "日", "月", "今",
];

/// Times in which somebody writes from elsewhere: 出張中は.
const TIMES: &[&str] = &[
    "中", "間", "時", "際", "期間", "今週", "来週", "今日", "本日", "明日", "日", "週", "月", "当面", "今後",
    "私", "方",
];

const SELF_EN: &[&str] = &[
    "i will",
    "i'll",
    "i may",
    "i might",
    "i shall",
    "i can",
    "i am going to",
    "i'm going to",
    "i am",
    "i'm",
    "i sometimes",
    "i often",
    "we will",
    "we'll",
    "we may",
    "we might",
    "we shall",
];
const WRITES_EN: &[&str] = &[
    "write",
    "writing",
    "answer",
    "answering",
    "reply",
    "replying",
    "respond",
    "responding",
    "email",
    "e-mail",
    "mail",
    "emailing",
    "e-mailing",
    "mailing",
];

/// What may stand between "I will" and "from" beside one of these: with a noun it would be somebody's mail from there.
#[rustfmt::skip]
const BETWEEN_EN: &[&str] = &[
    "to", "you", "also", "be", "sometimes", "therefore", "then", "now", "for", "a", "while", "until", "next", "week", "month", "monday", "tuesday", "wednesday", "thursday", "friday", "this", "temporarily", "occasionally", "back", "usually",
];
const SORTS_EN: &[&str] =
    &["private", "personal", "mobile", "home", "other", "second", "secondary", "alternative", "backup"];
const ADDRESS_EN: &[&str] = &[
    "address",
    "email",
    "e-mail",
    "mail",
    "email address",
    "e-mail address",
    "mail address",
    "account",
    "mailbox",
];

/// Whether the sentence says it of the address.
pub(super) fn is_further(place: &Place<'_>) -> bool {
    is_mine(place) || names_mine(place) || writes_from(place) || is_mine_en(place) || writes_from_en(place)
}

/// … も私のアドレスです。 It says so of whatever was said before.
pub(super) fn is_mine(place: &Place<'_>) -> bool {
    let after = place.after.trim_start_matches([' ', ')', '>', '」', ']']);
    let Some(rest) = ["も", "は", "が"].iter().find_map(|topic| after.strip_prefix(topic)) else {
        return false;
    };
    let Some(rest) = strip_start(rest, SELF_JA).and_then(|rest| rest.strip_prefix('の')) else {
        return false;
    };
    let rest = strip_start(rest, SORTS_JA).map_or(rest, |rest| rest.strip_prefix('の').unwrap_or(rest));
    strip_start(rest, ADDRESS_JA).is_some_and(|rest| starts(rest, IS_JA))
}

/// 携帯のアドレスは … です, 私のアドレスは … です: of nobody else, where nobody else is named before it.
fn names_mine(place: &Place<'_>) -> bool {
    let before = place.before.trim_end_matches([' ', '、', ':', '(', '<', '「', '[']);
    let Some(before) = before.strip_suffix('は').or_else(|| before.strip_suffix("も")) else {
        return false;
    };
    let clause = before.rsplit(['、', ',']).next().unwrap_or_default().trim();
    let Some(owner) = strip_end(clause, ADDRESS_JA) else { return false };
    let sort = strip_end(owner.strip_suffix('の').unwrap_or(owner), SORTS_JA);
    let owner = sort.unwrap_or(owner);
    let is_selfs = owner.strip_suffix('の').and_then(|owner| strip_end(owner, SELF_JA)) == Some("");
    let is_nobodys = sort.is_some() && owner.is_empty();
    let lead = before.get(..before.len() - clause.len()).unwrap_or_default();
    let lead = lead.trim_end_matches(['、', ',', ' ']);
    starts(place.after, IS_JA) && (is_selfs || (is_nobodys && BEFORE_JA.contains(&lead)))
}

/// しばらく … から送ります。
fn writes_from(place: &Place<'_>) -> bool {
    let after = place.after.trim_start_matches([' ', ')', '>', '」', ']']);
    let from = ["から", "より"].iter().find_map(|word| after.strip_prefix(word));
    let Some(deed) = from else { return false };
    let clause = deed.split(['、', '。']).next().unwrap_or_default();
    let said = clause.trim_start_matches(['も', 'の', 'ご', 'お', '、', ' ']);
    let is_own_deed = !clause.contains([ADDRESS, OWN]) && said_first(said);
    is_own_deed && !has_writer(place.before) && !has_thing(place.before)
}

/// Whether a clause begins with what its writer will do; a time may stand before it.
fn said_first(clause: &str) -> bool {
    let at_once = |text: &str| {
        WRITES_JA.iter().any(|deed| {
            text.strip_prefix(deed)
                .or_else(|| text.strip_prefix(deed.trim_start_matches(['お', 'ご'])))
                .is_some()
        })
    };
    at_once(clause)
        || ["しばらく", "当面", "今後", "当分", "時々", "ときどき", "たまに"].iter().any(|time| {
            clause
                .strip_prefix(time)
                .is_some_and(|rest| at_once(rest.trim_start_matches(['の', 'は', '、', 'お', 'ご', ' '])))
        })
}

/// Whether somebody else is said to write: 鈴木が, 鈴木より.
fn has_writer(before: &str) -> bool {
    ["が", "より", "から"].iter().any(|particle| {
        before.match_indices(particle).any(|(at, _)| {
            let noun = noun_before(before.get(..at).unwrap_or_default());
            !noun.is_empty() && !NOBODY_ELSE.iter().any(|known| noun.ends_with(known))
        })
    })
}

/// Whether it is a thing, and not all his mail, that comes from there: 図面は.
fn has_thing(before: &str) -> bool {
    before.match_indices(['は', 'を']).any(|(at, _)| {
        let noun = noun_before(before.get(..at).unwrap_or_default());
        let known = |list: &[&str]| list.iter().any(|known| noun.ends_with(known));
        !noun.is_empty() && !known(TIMES) && !known(SELF_JA) && !known(ADDRESS_JA) && noun != "連絡"
    })
}

fn noun_before(text: &str) -> &str {
    let is_noun = |c: char| {
        matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー' | '々' | '\u{4e00}'..='\u{9fff}')
            || c.is_ascii_alphanumeric()
    };
    let start =
        text.char_indices().rev().take_while(|(_, c)| is_noun(*c)).last().map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

/// My private address is …; … is also my address.
fn is_mine_en(place: &Place<'_>) -> bool {
    let before = place.before.trim_end_matches([' ', ':', '(', '<']);
    let named =
        before.strip_suffix(" is").and_then(|before| strip_end(before, ADDRESS_EN)).map(str::trim_end);
    let sort = named.and_then(|before| strip_end(before, SORTS_EN)).map(str::trim_end);
    let is_named = sort.is_some_and(|owner| owner == "my" || owner.ends_with(" my"));
    let after = place.after.trim_start_matches([' ', ')', '>', ',', '(']);
    let said = [
        "is also my ",
        "is my ",
        "is mine, too",
        "is mine too",
        "is another address of mine",
        "is also mine",
    ];
    let is_said = said.iter().any(|said| {
        let rest = after.strip_prefix(said);
        rest.is_some_and(|rest| !said.ends_with("my ") || is_own_noun(rest))
    });
    is_named || is_said
}

fn is_own_noun(text: &str) -> bool {
    let rest = strip_start(text, SORTS_EN).map_or(text, str::trim_start);
    let goes_on =
        |rest: &str| !rest.is_empty() && !starts(rest, &[".", ",", ";", "!", "too", "as well", "and "]);
    strip_start(rest, ADDRESS_EN).is_some_and(|rest| !goes_on(rest))
}

/// I may answer from …
fn writes_from_en(place: &Place<'_>) -> bool {
    let Some(before) = place.before.trim_end().strip_suffix(" from") else { return false };
    let says_so = |said: &str| {
        let is_deed = |word: &&str| WRITES_EN.contains(word);
        said.split_whitespace().filter(is_deed).count() == 1
            && said.split_whitespace().all(|word| is_deed(&word) || BETWEEN_EN.contains(&word))
    };
    SELF_EN.iter().any(|begin| ends(before, begin).any(|at| says_so(before.get(at..).unwrap_or_default())))
}

fn starts(text: &str, beginnings: &[&str]) -> bool {
    let text = text.trim_start_matches([' ', ')', '>', '」', ']', '*', '_']);
    strip_start(text, beginnings).is_some()
}

fn strip_start<'t>(text: &'t str, beginnings: &[&str]) -> Option<&'t str> {
    beginnings.iter().filter_map(|beginning| text.strip_prefix(beginning)).min_by_key(|rest| rest.len())
}

fn strip_end<'t>(text: &'t str, endings: &[&str]) -> Option<&'t str> {
    endings.iter().filter_map(|ending| text.strip_suffix(ending)).min_by_key(|rest| rest.len())
}
