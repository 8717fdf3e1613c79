//! A shown name → the addresses that are written in it, as people read them.
//!
//! A name may hold an address that is not the sender's: with a full-width ＠, with marks that nobody sees, or taken apart so that programs
//! do not take it for one (`k.miura @ partner.example`, `k.miura [at] partner.example`).

use sekisho_mail::Address;
use unicode_normalization::UnicodeNormalization;

use crate::look_alikes::is_invisible;

/// Words of a name that are looked at; no name of a person or firm has more.
const WORDS_MAX: usize = 64;

/// Characters of a name that are looked at.
const CHARS_MAX: usize = 1_000;

/// What is written for the sign, in brackets.
const SIGNS: &[&str] = &["at", "a", "アット", "アットマーク", "@"];

/// The addresses in a name, as far as each has a domain with a dot.
pub fn addresses_written(name: &str) -> Vec<Address> {
    if !name.contains(['@', '＠', '﹫']) && !name.contains(['[', '(', '{', '<', '［', '（', '｛', '＜', '【'])
    {
        return Vec::new();
    }
    let name = joined(&folded(name));
    let words = name.split(is_edge).filter(|word| !word.is_empty()).take(WORDS_MAX);
    let has_dot = |word: &&str| word.rsplit_once('@').is_some_and(|(_, domain)| domain.contains('.'));
    words.filter(has_dot).filter_map(|word| Address::parse(word.trim_matches('.'))).collect()
}

/// In compatibility form, without what nobody sees, with the sign for a word in brackets.
fn folded(name: &str) -> String {
    let mut folded: String = name.nfkc().filter(|c| !is_invisible(*c)).take(CHARS_MAX).collect();
    for (open, close) in [('[', ']'), ('(', ')'), ('{', '}'), ('<', '>'), ('【', '】')] {
        for sign in SIGNS {
            for spelt in [(*sign).to_owned(), sign.to_uppercase(), format!(" {sign} ")] {
                folded = folded.replace(&format!("{open}{spelt}{close}"), "@");
            }
        }
    }
    folded
}

/// Without spaces around a sign between what reads as the two halves of an address.
fn joined(name: &str) -> String {
    let mut joined = String::with_capacity(name.len());
    let mut pieces = name.split('@').peekable();
    while let Some(piece) = pieces.next() {
        let after_sign = joined.ends_with('@');
        let piece = if after_sign && reads_as_domain(piece) { piece.trim_start() } else { piece };
        match pieces.peek() {
            Some(next) if reads_as_domain(next) => {
                joined.push_str(piece.trim_end());
                joined.push('@');
            }
            Some(_) => {
                joined.push_str(piece);
                joined.push('@');
            }
            None => joined.push_str(piece),
        }
    }
    joined
}

/// Whether a text begins with a host's name: 「山田 @ みどり設計」 is no address.
fn reads_as_domain(text: &str) -> bool {
    let word = text.trim_start().split(is_edge).next().unwrap_or_default();
    word.is_ascii() && word.trim_end_matches('.').contains('.')
}

/// Whether a character stands between the words of a shown name.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || "<>()[]{}（）＜＞「」【】『』\"',:;、。|/".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_however_they_are_written() {
        for (name, expected) in [
            ("yamada@partner.example", "yamada@partner.example"),
            ("山田 太郎 <yamada@partner.example>", "yamada@partner.example"),
            ("ｙａｍａｄａ＠ｐａｒｔｎｅｒ．ｅｘａｍｐｌｅ", "yamada@partner.example"),
            ("山田（yamada＠partner.example）", "yamada@partner.example"),
            ("yama\u{200b}da@partner\u{ad}.example", "yamada@partner.example"),
            ("yamada\u{200b} @\u{2060} partner.example", "yamada@partner.example"),
            ("山田 yamada @ partner.example 様", "yamada@partner.example"),
            ("yamada [at] partner.example", "yamada@partner.example"),
            ("yamada(AT)partner.example", "yamada@partner.example"),
            ("yamada【アットマーク】partner.example", "yamada@partner.example"),
            ("yamada[@]partner.example", "yamada@partner.example"),
            ("a@b.example, c @ d.example", "a@b.example c@d.example"),
            ("佐藤@みどり設計", ""),
            ("佐藤 @ みどり設計", ""),
            ("Taro @ Midori", ""),
            ("Taro at partner.example", ""),
            ("partner.example", ""),
            ("root@localhost", ""),
            ("@partner.example", ""),
            ("", ""),
        ] {
            let found: Vec<String> = addresses_written(name).iter().map(ToString::to_string).collect();
            assert_eq!(found.join(" "), expected, "{name}");
        }
    }

    #[test]
    fn a_long_name_ends_soon() {
        for words in ["@", " @ a.b", "[at]", "a@b.example "] {
            assert!(addresses_written(&words.repeat(20_000)).len() <= WORDS_MAX, "{words}");
        }
    }
}
