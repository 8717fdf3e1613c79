//! A Japanese line of a signature → the people and organisations that it names.

use super::super::institutions::INSTITUTIONS;
use super::super::offices::OFFICES;
use super::super::surnames::is_surname;
use super::{is_japanese, is_kanji, latin, without_brackets};

/// Letters of a full name.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=7;
/// Letters of a given name in kanji.
const GIVEN_MAX: usize = 3;
/// Letters of a given name in kana.
const GIVEN_KANA_MAX: usize = 5;
/// Letters of a surname.
const SURNAME_MAX: usize = 4;
/// Words of a line that may name somebody; more are a sentence.
const WORDS_MAX: usize = 5;

/// People and organisations, as written.
pub(super) fn of(line: &str) -> (Vec<String>, Vec<String>) {
    let (latin, line) = beside_japanese(line);
    let (organisation, rest) = organisation(&line);
    // 「株式会社北建設 Taro Yamada」
    let people =
        if rest.contains(is_japanese) { person(&rest) } else { latin::of(&rest).0.into_iter().next() };
    (people.into_iter().chain(latin).collect(), organisation.into_iter().collect())
}

pub(super) fn has_organisation(line: &str) -> bool {
    organisation(line).0.is_some()
}

pub(super) fn is_calling(line: &str) -> bool {
    pieces(line).into_iter().flat_map(|piece| piece.split(' ')).all(|word| is_nobody(untitled(word)))
}

/// Whether a name is surely a person's: a usual surname, or a given name that only people have, and nothing that speaks against it.
pub(super) fn is_clear(name: &str) -> bool {
    match name.split_once(' ') {
        Some((family, given)) => {
            let is_usual = is_surname(family) && (is_given(given) || is_kana(given));
            is_usual
                || (is_kanji_word(family) && given.chars().count() > 1 && ends_as_given(given, GIVEN_SURE))
        }
        None => is_unspaced_name(name) && surname_of(name).is_some_and(|(_, given)| is_given(given)),
    }
}

const LEGAL_FORMS: &[&str] = &[
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "一般社団法人",
    "公益社団法人",
    "一般財団法人",
    "公益財団法人",
    "社会福祉法人",
    "医療法人",
    "学校法人",
    "独立行政法人",
    "特定非営利活動法人",
    "NPO法人",
    "税理士法人",
    "弁護士法人",
    "（株）",
    "(株)",
    "㈱",
    "（有）",
    "(有)",
    "㈲",
];

/// What divides an organisation from those who work there.
fn pieces(line: &str) -> Vec<&str> {
    line.split(['　', '／', '/', '|', '｜', '\t'])
        .flat_map(|piece| piece.split("  "))
        .map(str::trim)
        .collect()
}

/// An organisation in a Japanese line, and the line without it.
fn organisation(line: &str) -> (Option<String>, String) {
    let words: Vec<&str> =
        pieces(line).into_iter().flat_map(|piece| piece.split(' ')).filter(|word| !word.is_empty()).collect();
    let formal = |word: &str| LEGAL_FORMS.iter().find(|form| word.contains(**form)).copied();
    let mut found = None;
    let mut rest = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        if found.is_none() {
            if let Some(form) = formal(word) {
                // `株式会社 みどり設計`: the form alone stands before its name.
                let next = words.get(at).filter(|_| *word == form);
                found = Some(next.map_or_else(|| (*word).to_owned(), |name| format!("{word} {name}")));
                at += usize::from(next.is_some());
                continue;
            }
            let is_ended = |word: &str| INSTITUTIONS.iter().any(|ending| word.ends_with(ending));
            if is_ended(word) && word.chars().count() > 3 && !word.contains(':') {
                found = Some((*word).to_owned());
                continue;
            }
        }
        rest.push(*word);
    }
    (found, rest.join(" "))
}

/// Labels before a name; like offices, they are no part of it.
const LABELS: &[&str] = &["担当", "秘書"];

/// What people do, where it is written without 「部」 and 「課」: 「営業 永井 勝」. No person's name ends in them.
const DUTIES: &[&str] = &[
    "営業",
    "経理",
    "総務",
    "人事",
    "労務",
    "広報",
    "法務",
    "財務",
    "会計",
    "監査",
    "購買",
    "調達",
    "資材",
    "採用",
    "企画",
    "開発",
    "技術",
    "設計",
    "製造",
    "生産",
    "管理",
    "品質",
    "保証",
    "業務",
    "工事",
    "施工",
    "現場",
    "監督",
    "代理人",
    "配車",
    "運行",
    "物流",
    "倉庫",
    "受付",
    "窓口",
    "事務",
    "庶務",
    "渉外",
    "宣伝",
    "販売",
    "販促",
    "仕入",
    "商品",
    "制作",
    "製作",
    "編集",
    "測量",
    "積算",
    "保守",
    "運用",
    "支援",
    "教務",
    "学務",
    "相談",
    "看護師",
    "薬剤師",
    "医師",
    "技師",
    "技術士",
    "測量士",
    "司法書士",
    "行政書士",
    "弁理士",
    "研究員",
    "係員",
    "職員",
    "社員",
    "講師",
    "教諭",
    "教頭",
    "副",
    "統括",
    "上席",
    "主席",
    "首席",
    "専任",
    "担当者",
    "責任者",
    "管理者",
    "補佐",
    "見習",
    "連絡先",
    "問合せ先",
    "問い合わせ先",
    "お問い合わせ",
    "電子メール",
    "電話",
    "携帯",
    "直通",
    "宛先",
    "差出人",
    "送信者",
    "氏名",
    "署名",
    "発信者",
    "記",
    "拝",
];

/// What a word of a department, a place or a label ends in.
const NO_NAME_ENDINGS: &[&str] = &[
    "部",
    "課",
    "係",
    "室",
    "局",
    "科",
    "支店",
    "支社",
    "本社",
    "本店",
    "営業所",
    "センター",
    "グループ",
    "チーム",
    "本部",
    "委員会",
    "ビル",
    "丁目",
    "市",
    "区",
    "町",
    "村",
    "県",
    "府",
    "都",
    "道",
    "会社",
    "時間",
    "定休日",
    "休業",
    "番",
    "号",
    "階",
    "館",
    "店",
    "所",
    "学部",
    "研究科",
    "専攻",
    "株",
    "以上",
    "各位",
];

/// Letters that given names end in.
const GIVEN_ENDINGS: &str = "郎朗夫男雄士司志史之介助輔也哉弥矢人斗翔太大一二三四五六七八九十吾悟治次浩宏弘博広明彰昭晃光彦樹輝希紀規基幸行喜義吉良亮涼諒崇隆孝高貴尚直正政雅昌勝克功勇武毅剛豪健賢謙憲研建徹哲鉄敏俊駿瞬春秋夏冬馬真誠信伸進新慎仁久寿恒常潤淳順純旬準学修収秀英栄永瑛衛平洋陽要曜葉遥遼龍竜隼蓮連廉錬漣颯蒼碧圭慶啓敬恭京桂佳子美恵江枝代世香華花奈菜那凪絵衣依衿里理梨莉璃沙紗咲桜織穂帆乃音緒央優裕由友結柚悠有夕千智知未実海心愛藍彩綾文月姫妃歩舞麻耶宵羽雪静響鈴玲怜礼令凛琴萌望葵茜杏渚楓椿蘭百合摘芽苗巳己壱稔茂繁滋守護満充保忍力努譲登昇聡総惣則典範徳篤厚温治";
/// What joins words; a given name in kana has no kanji behind it.
const PARTICLES: &str = "のはがをにもとでへや";
/// Letters in which hardly anything else ends.
const GIVEN_SURE: &str = "郎朗夫男雄介輔樹也哉彦代江恵香奈菜子美";

/// How a Japanese name beside it is read (「Ryo Suzuki / 鈴木 亮」, 「鈴木 亮（Ryo Suzuki）」), and the line without that.
fn beside_japanese(line: &str) -> (Option<String>, String) {
    let pieces = || line.split(['/', '／', '|', '｜', '(', ')', '（', '）']).map(str::trim);
    let reading = pieces().find_map(|piece| Some((piece, latin::person(piece)?)));
    match reading {
        Some((piece, name)) if line.contains(is_japanese) => (Some(name), line.replacen(piece, " ", 1)),
        _ => (None, line.to_owned()),
    }
}

fn person(line: &str) -> Option<String> {
    let plain = without_brackets(line);
    let (label, plain) = plain.rsplit_once([':', '：']).unwrap_or(("", &plain));
    // 「件名: 柳瀬」
    if !pieces(label).into_iter().flat_map(|piece| piece.split(' ')).all(|word| is_nobody(untitled(word))) {
        return None;
    }
    let all: Vec<&str> = pieces(plain.trim()).into_iter().flat_map(|piece| piece.split(' ')).collect();
    let words: Vec<&str> =
        all.iter().map(|word| behind_duty(word)).map(untitled).filter(|word| !is_nobody(word)).collect();
    let name = spaced_out(&all).or_else(|| named(without_callings(&words)))?;
    let letters = name.chars().filter(|c| *c != ' ').count();
    LETTERS.contains(&letters).then_some(name)
}

/// 「営業・永井」 → 「永井」; 「ジョン・スミス」 stays.
fn behind_duty(word: &str) -> &str {
    word.split_once('・').filter(|(duty, _)| is_no_name(untitled(duty))).map_or(word, |(_, behind)| behind)
}

fn is_nobody(word: &str) -> bool {
    word.is_empty() || is_no_name(word)
}

/// 「三 浦 健 太 郎」, behind a department or an office or alone.
fn spaced_out(words: &[&str]) -> Option<String> {
    let is_letter = |word: &&str| word.chars().count() == 1;
    let is_before = |word: &&&str| !is_letter(word) && is_nobody(untitled(word));
    let before = words.iter().take_while(is_before).count();
    let letters: Vec<&str> = words.iter().skip(before).filter(|word| !word.is_empty()).copied().collect();
    let is_name = letters.iter().all(|word| is_letter(word) && is_name_word(word));
    (LETTERS.contains(&letters.len()) && is_name).then(|| letters.concat())
}

fn named(words: &[&str]) -> Option<String> {
    match words {
        [one] => (is_name_word(one) && is_unspaced_name(one)).then(|| (*one).to_owned()),
        [family, given] => (is_name_word(family) && is_name_word(given)).then(|| format!("{family} {given}")),
        // What is not known as a duty stands before it, or a reading behind it.
        _ if words.len() > WORDS_MAX => None,
        _ => {
            let is_sure = |two: &&[&str]| matches!(two, [family, given] if is_surname(family) && is_name_word(given) && !is_surname(given));
            let found =
                words.windows(2).find(is_sure).or_else(|| words.get(..2).filter(|_| words.len() <= 4))?;
            found.iter().all(|word| is_name_word(word)).then(|| found.join(" "))
        }
    }
}

/// Without callings in katakana or Latin letters before it (「パラリーガル 久保田 亮」, 「DTP 吉川 彩」).
fn without_callings<'w>(words: &'w [&'w str]) -> &'w [&'w str] {
    let Some((first, rest)) = words.split_first() else { return words };
    let is_calling = is_kana(first) || !first.contains(is_japanese);
    let is_named = match rest {
        [one] => is_unspaced_name(one) && !is_surname(one),
        [family, given, ..] => is_kanji_word(family) && is_name_word(given),
        [] => false,
    };
    if is_calling && is_named { rest } else { words }
}

/// A full name without a space: a usual surname begins it, or it ends as given names do.
fn is_unspaced_name(word: &str) -> bool {
    let letters = word.chars().count();
    let (known, given) = surname_of(word).unwrap_or(("", word));
    LETTERS.contains(&letters)
        && word.contains(is_kanji)
        && !is_phrase(given)
        && (!known.is_empty() || (letters <= 5 && ends_as_given(word, GIVEN_ENDINGS)))
}

/// Whether a particle joins something to what stands before it, as in a heading: 「柴田の懲戒」, 「手術は火曜」.
fn is_phrase(behind_surname: &str) -> bool {
    let letters = behind_surname.chars().zip(behind_surname.chars().skip(1));
    letters.into_iter().any(|(particle, next)| PARTICLES.contains(particle) && is_kanji(next))
}

/// The usual surname that begins a word, the longest, and the rest.
fn surname_of(word: &str) -> Option<(&str, &str)> {
    let ends = word.char_indices().map(|(at, _)| at).skip(1).take(SURNAME_MAX);
    ends.filter_map(|at| word.split_at_checked(at)).filter(|(surname, _)| is_surname(surname)).last()
}

fn is_given(word: &str) -> bool {
    let letters = word.chars().count();
    if is_kana(word) {
        return letters > 1 && letters <= GIVEN_KANA_MAX;
    }
    letters <= GIVEN_MAX && is_name_word(word) && ends_as_given(word, GIVEN_ENDINGS)
}

fn ends_as_given(word: &str, endings: &str) -> bool {
    word.chars().next_back().is_some_and(|letter| endings.contains(letter))
}

/// A word without offices and labels at its ends.
fn untitled(word: &str) -> &str {
    let mut word = word;
    while let Some(shorter) = OFFICES
        .iter()
        .chain(LABELS)
        .find_map(|title| word.strip_prefix(title).or_else(|| word.strip_suffix(title)))
    {
        word = shorter;
    }
    word
}

fn is_no_name(word: &str) -> bool {
    if is_surname(word) {
        return false;
    }
    let is_longer = |ending: &str| word.len() > ending.len() && word.ends_with(ending);
    let ends = NO_NAME_ENDINGS.iter().any(|ending| is_longer(ending) && word.chars().count() > 2);
    let is_duty =
        DUTIES.iter().any(|duty| duty.chars().count() > 1 && is_longer(duty)) || DUTIES.contains(&word);
    ends || is_duty || NO_NAME_ENDINGS.contains(&word) || OFFICES.contains(&word) || LABELS.contains(&word)
}

fn is_name_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_japanese)
}

fn is_kanji_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_kanji)
}

fn is_kana(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, '\u{3041}'..='\u{30ff}'))
}
