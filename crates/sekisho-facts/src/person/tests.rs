//! Names as they are shown, and who is found in them.

use super::NameKey;

#[test]
fn full_names_are_found_however_they_are_written() {
    let key = NameKey::full("佐藤 花子").unwrap();
    for shown in [
        "佐藤花子",
        "佐藤　花子",
        "花子 佐藤",
        "佐藤 花子 様",
        "佐藤花子部長",
        "佐藤花子（みどり設計）",
        "みどり設計事務所 佐藤花子",
        "【重要】佐藤 花子",
        "佐藤 花子 <sato@midori.example>",
        "佐藤\u{200b}花子",
        "佐藤花子さん",
    ] {
        assert!(NameKey::shown(shown).holds(&key), "{shown}");
    }
    for shown in ["佐藤", "花子", "佐藤花", "佐藤 花子夫", "伊佐藤花子", "佐藤 一郎", "加藤 花子", ""]
    {
        assert!(!NameKey::shown(shown).holds(&key), "{shown}");
    }
}

#[test]
fn of_a_long_title_nothing_is_left() {
    for titled in ["佐藤花子事業部長", "佐藤花子本部長様", "佐藤花子准教授", "佐藤花子代表"]
    {
        assert_eq!(NameKey::full(titled), NameKey::full("佐藤花子"), "{titled}");
    }
}

#[test]
fn a_title_leaves_the_surname_whole() {
    for (shown, surname) in
        [("坂本部長", "坂本"), ("山本部長様", "山本"), ("服部部長", "服部"), ("林代表", "林")]
    {
        assert_eq!(NameKey::shown(shown), NameKey::shown(surname), "{shown}");
    }
}

#[test]
fn latin_names_need_both_words_side_by_side() {
    let key = NameKey::full("Hanako Sato").unwrap();
    assert!(NameKey::shown("SATO Hanako (Midori)").holds(&key));
    assert!(NameKey::shown("Mr. Hanako Sato").holds(&key));
    assert!(!NameKey::shown("Sato and Hanako").holds(&key));
    assert!(!NameKey::shown("Hanako Satoh").holds(&key));
}

#[test]
fn one_name_is_known_in_other_forms_and_with_what_stands_behind_it() {
    for (shown, name, is_held) in [
        ("⻑谷部 隆", "長谷部 隆", true),
        ("陣內 沙耶", "陣内 沙耶", true),
        ("江口 逹也", "江口 達也", true),
        ("濵口 由紀子", "濱口 由紀子", true),
        ("桥爪 里香", "橋爪 里香", true),
        ("槗爪 里香", "橋爪 里香", true),
        ("长谷部 隆", "長谷部 隆", true),
        ("長谷部 隆より", "長谷部 隆", true),
        ("Nora Field様", "Nora Field", true),
        // An initial tells people of one name apart.
        ("Nora J. Field", "Nora Field", false),
        ("Nora Williams", "Nora Willia", false),
        ("J. Field", "Nora Field", false),
        ("Nora J. Fielding", "Nora Field", false),
    ] {
        let (shown, key) = (NameKey::shown(shown), NameKey::full(name));
        let held = key.as_ref().is_some_and(|key| shown.holds(key));
        assert_eq!(held, is_held, "{shown:?} {name}");
        let is_run = key.is_some_and(|key| key.spellings().iter().any(|one| shown.runs().contains(one)));
        assert_eq!(is_run, is_held, "{shown:?} {name}");
    }
}

#[test]
fn a_name_is_found_where_its_letters_stand_apart() {
    let key = NameKey::person("三浦 健太郎").unwrap();
    for shown in ["三 浦 健 太 郎", "三　浦　健　太　郎 様"] {
        assert!(NameKey::shown(shown).holds(&key), "{shown}");
    }
    assert!(!NameKey::shown("三 浦 健太郎兵衛").holds(&key));
}

#[test]
fn names_are_compared_with_others_and_with_domains() {
    let name = |name| NameKey::person(name).unwrap();
    assert!(name("Nora Moore").shares_word(&name("Nora Field")));
    assert!(!name("Brightwater Precision").shares_word(&name("Nora Field")));
    assert!(name("Nora Field").is_latin() && !name("三浦 健太郎").is_latin());
    assert!(name("Brightwater Precision").is_part_of("mail.brightwater-precision.example"));
    assert!(!name("Nora Field").is_part_of("brightwater.example"));
    assert!(!name("Nora Field").is_part_of("norafields.example"));
}

#[test]
fn addresses_spell_names() {
    let key = NameKey::person("Yamada Taro").unwrap();
    for (local, is_same) in [
        ("taro.yamada", true),
        ("Yamada_Taro", true),
        ("yamada-taro", true),
        ("t.yamada", false),
        ("yamada", false),
        ("taro.yamada2", false),
        ("sales.team", false),
        ("info.taro", false),
        ("no-reply", false),
        ("", false),
    ] {
        let found = NameKey::local_part(local);
        assert_eq!(found.is_some_and(|found| found.spellings() == key.spellings()), is_same, "{local}");
    }
}

#[test]
fn variants_are_one_letter_and_short_names_bind_nobody() {
    assert!(NameKey::shown("髙橋 眞一").holds(&NameKey::full("高橋真一").unwrap()));
    assert!(NameKey::shown("ヤマダ タロウ").holds(&NameKey::full("やまだ たろう").unwrap()));
    assert_eq!(NameKey::full("佐藤"), None);
    assert_eq!(NameKey::full("長谷川"), None);
    assert_eq!(NameKey::person("佐々木様"), None);
    assert!(NameKey::person("長谷川 葵").is_some());
    assert_eq!(NameKey::full("経理"), None);
    assert_eq!(NameKey::full("Info"), None);
}

#[test]
fn people_are_told_from_what_stands_beside_them() {
    for (name, expected) in [
        ("佐藤 花子", "佐藤花子"),
        ("佐藤花子（みどり設計）", "佐藤花子"),
        ("株式会社みどり設計 佐藤花子", "佐藤花子"),
        ("みどり設計　営業部　佐藤 花子 様", "佐藤花子"),
        ("佐藤花子/みどり設計", "佐藤花子"),
        ("【みどり設計】佐藤花子", "佐藤花子"),
        ("Hanako Sato (Midori)", "hanako sato"),
        ("Satō Hanako", "hanako sato"),
        ("Sato, Hanako", "hanako sato"),
        ("Nora Field, Brightwater Tools Ltd", "field nora"),
        ("Support, Nora Field", "field nora"),
        ("Sam Field", "field sam"),
        ("Ann Wood", "ann wood"),
        ("株式会社みどり設計 Hanako Sato", "hanako sato"),
        ("Brightwater Tools Ltd", ""),
        ("Brightwater Tools, Inc.", ""),
        ("Oakfield Precision, Inc.", ""),
        ("Oakfield Precision GmbH", ""),
        ("Oakfield Precision Co., Ltd.", ""),
        ("Oakfield Precision Limited", ""),
        ("Field & Moore LLP", ""),
        ("Field & Moore", ""),
        ("Support, Brightwater Tools Ltd", ""),
        ("Brightwater Tools", ""),
        ("Riverside Precision Group", ""),
        ("株式会社 Acme Forge", ""),
        ("㈱Acme Forge", ""),
        ("Acme Forge 株式会社", ""),
        ("服部 太郎", "服部太郎"),
        ("長谷部 花子", "長谷部花子"),
        ("佐藤", ""),
        ("営業部", ""),
        ("みどり設計", ""),
        ("お客様サポート", ""),
        ("Sales Team", ""),
        ("Hanako", ""),
        ("sato@midori.example", ""),
        ("", ""),
    ] {
        let found = NameKey::person(name).and_then(|key| key.spellings().into_iter().next());
        assert_eq!(found.unwrap_or_default(), expected, "{name}");
    }
}

#[test]
fn every_spelling_of_a_known_name_is_a_run_of_what_shows_it() {
    for (known, shown) in [
        ("佐藤 花子", "花子 佐藤"),
        ("佐藤花子", "【重要】佐藤 花子 様"),
        ("佐藤 花子", "みどり設計事務所 佐藤花子"),
        ("Hanako Sato", "RE: SATO Hanako (Midori)"),
        ("髙橋 眞一", "高橋真一"),
    ] {
        let spellings = NameKey::person(known).unwrap().spellings();
        let runs = NameKey::shown(shown).runs();
        assert!(spellings.iter().any(|spelling| runs.contains(spelling)), "{known} in {shown}: {runs:?}");
    }
    let runs = NameKey::shown("伊佐藤花子 からの連絡").runs();
    assert!(!runs.contains(&"佐藤花子".to_owned()), "{runs:?}");
}
