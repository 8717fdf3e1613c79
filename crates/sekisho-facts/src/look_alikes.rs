//! Letters that only look like others → those that a reader takes them for.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};
use unicode_security::skeleton;

/// Small capitals, of which Unicode's list of look-alikes has none, and what they are read as.
const SMALL_CAPITALS: (&str, &str) = ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz");

/// Cyrillic letters that look Latin as capitals, and are small capitals in lower case.
const CYRILLIC: (&str, &str) = ("вкмнт", "bkmht");

/// Katakana and kanji that look alike.
const KANA_AND_KANJI: &[(char, char)] = &[
    ('ー', '一'),
    ('ロ', '口'),
    ('カ', '力'),
    ('タ', '夕'),
    ('ニ', '二'),
    ('エ', '工'),
    ('ハ', '八'),
    ('ト', '卜'),
    ('チ', '千'),
    ('ヌ', '又'),
    ('オ', '才'),
    ('ヒ', '匕'),
];

/// The Latin letter without marks, in lower case, as which a letter of another alphabet or one with marks is read (`а` in Cyrillic, `é`);
/// `None` for what is no letter beside plain Latin ones, kana and kanji, or looks like no Latin one.
pub fn latin_look_alike(letter: char) -> Option<char> {
    let is_cjk = ('\u{2e80}'..'\u{a720}').contains(&letter);
    if letter.is_ascii() || is_cjk || !letter.is_alphabetic() {
        return None;
    }
    let mut base = None;
    decompose_canonical(letter, |part| base = base.or(Some(part)));
    let base = base.unwrap_or(letter);
    if base.is_ascii_alphabetic() {
        return Some(base.to_ascii_lowercase());
    }
    let lower = base.to_lowercase().next()?;
    let listed = [SMALL_CAPITALS, CYRILLIC].into_iter().find_map(|(from, to)| {
        from.chars().zip(to.chars()).find(|(from, _)| *from == lower).map(|(_, to)| to)
    });
    if listed.is_some() {
        return listed;
    }
    let mut buffer = [0; 4];
    let mut alike = skeleton(base.encode_utf8(&mut buffer));
    let first = alike.next().filter(char::is_ascii_alphabetic)?;
    // For Unicode a capital I looks like a small l; a capital is read as a capital.
    let first = if first == 'l' && base.is_uppercase() { 'i' } else { first.to_ascii_lowercase() };
    alike.all(is_combining_mark).then_some(first)
}

/// A name in which katakana that stand alone among kanji are the kanji that they look like (関ロ), and a kanji that ends or stands in a word of
/// katakana the kana (アカデミ一); but not 井ノ口.
pub(crate) fn as_read(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let at = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied();
    let read = |(place, letter): (usize, &char)| {
        let pair = KANA_AND_KANJI.iter().find(|(kana, kanji)| kana == letter || kanji == letter);
        let Some((kana, kanji)) = pair else { return *letter };
        let before = [at(place.checked_sub(2)), at(place.checked_sub(1))];
        let near = [before[1], at(Some(place + 1))];
        let has = |some: &[Option<char>], is: fn(char) -> bool| some.iter().flatten().any(|c| is(*c));
        if has(&near, is_kanji) && !has(&near, is_kana) {
            *kanji
        } else if before.iter().flatten().filter(|c| is_kana(**c)).count() == 2 && !has(&near, is_kanji) {
            *kana
        } else {
            *letter
        }
    };
    letters.iter().enumerate().map(read).collect()
}

/// Whether a character takes no room on the screen: it divides a word for programs and not for people.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    )
}

fn is_kanji(letter: char) -> bool {
    matches!(letter, '々' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_kana(letter: char) -> bool {
    matches!(letter, 'ァ'..='ヺ' | 'ー' | 'ぁ'..='ゖ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_other_alphabets_are_read_as_latin() {
        let read = |text: &str| -> String {
            text.chars().map(|c| latin_look_alike(c).unwrap_or_else(|| c.to_ascii_lowercase())).collect()
        };
        for (text, latin) in [
            ("Маkоtо Nаkаjіmа", "makoto nakajima"),
            ("НІТАСНІ", "hitachi"),
            ("ΝΙΤΤΟ", "nitto"),
            ("Νοra", "nora"),
            ("ɑlɑn", "alan"),
            ("ıto", "ito"),
            ("Satō Þ", "sato þ"),
            ("Ạṇạ Øre ł", "ana ore l"),
            ("ᴋᴇɴᴛᴀ", "kenta"),
            ("սոօ", "uno"),
        ] {
            let expected: String = latin.chars().collect();
            assert_eq!(read(text).replace('Þ', "þ"), expected, "{text}");
        }
        for letter in "aZ0あア一山가ж日ﾊ".chars().filter(|c| *c != 'ﾊ') {
            assert_eq!(latin_look_alike(letter), None, "{letter}");
        }
    }

    #[test]
    fn kana_among_kanji_are_kanji() {
        for (name, read) in [
            ("関ロ 太ー", "関口 太一"),
            ("野ロ", "野口"),
            ("エ藤ニ郎", "工藤二郎"),
            ("アカデミ一", "アカデミー"),
            ("トヨ夕", "トヨタ"),
            ("一ノ瀬", "一ノ瀬"),
            ("井ノ口 一", "井ノ口 一"),
            ("ジョー", "ジョー"),
            ("工藤 ハナ", "工藤 ハナ"),
            ("八木", "八木"),
            ("山口 カナ子", "山口 カナ子"),
            ("エヌ工業", "エヌ工業"),
        ] {
            assert_eq!(as_read(name), read, "{name}");
        }
    }
}
