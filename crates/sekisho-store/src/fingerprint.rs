//! Letters → keyed fingerprints of which every copy of a stretch keeps the same ones (winnowing: Schleimer, Wilkerson and Aiken, 2003).
//!
//! A gram is as many letters as weigh [`GRAM_WEIGHT`], so grams of kanji are short and of Latin letters long. Of every [`WINDOW`]
//! neighbouring grams the one with the smallest hash is kept. Two texts that share a stretch of at least `gram + WINDOW - 1` letters share
//! at least one fingerprint, and grams overlap windows, so fingerprints that follow each other mean that *all* letters between them are
//! the same. The hash is keyed: without the secret nobody can test whether a text is remembered, nor make one that collides.
//!
//! Fewer of them, chosen alike by a wider window, are *anchors*: those are looked up to find which remembered texts are worth comparing.

use std::ops::Range;

use sekisho_facts::letter_weight;
use siphasher::sip::SipHasher24;

use crate::Secret;
use crate::letters::Letters;

/// What a gram weighs at least, in tenths of a Latin letter: 16 Latin letters, 11 kana, 7 kanji. Shorter ones are phrases that everybody writes.
pub const GRAM_WEIGHT: u32 = 160;

/// Of so many neighbouring grams one is kept. The shortest kanji gram has as many letters, so nothing between two neighbours is unseen.
pub const WINDOW: usize = 7;

/// Of so many neighbouring grams one is an anchor: about one in ten letters, and at least one in a stretch of 33 Latin letters (a
/// quotation of 40 characters). Why: `docs/decisions/0006-fingerprints-of-texts.md`.
pub const ANCHOR_WINDOW: usize = 18;

/// A fingerprint of a stretch of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// The keyed hash.
    pub hash: u64,
    /// The first letter.
    pub start: u32,
    /// How many letters.
    pub letters: u32,
    /// Whether remembered texts are found by it.
    pub is_anchor: bool,
}

/// The fingerprints of a text, in order.
pub fn fingerprints(text: &Letters, secret: &Secret) -> Vec<Fingerprint> {
    chosen(&grams(text, secret))
}

/// The fingerprints among all grams of a text.
pub(crate) fn chosen(grams: &[Fingerprint]) -> Vec<Fingerprint> {
    let (mut kept, anchors) = (winnowed(grams, WINDOW), winnowed(grams, ANCHOR_WINDOW));
    // What is smallest in the wider window is so in a narrow one too, but of equal ones another may have been taken.
    kept.extend(&anchors);
    // Two lists in order, one behind the other: this sort sees it.
    kept.sort();
    kept.dedup();
    let mut anchors = anchors.into_iter().peekable();
    let marked = |at: usize| {
        let gram = *grams.get(at)?;
        Some(Fingerprint { is_anchor: anchors.next_if_eq(&at).is_some(), ..gram })
    };
    kept.into_iter().filter_map(marked).collect()
}

/// Where the smallest gram of each window stands, in order, each once. One that is smallest stays so while it is in the window and no
/// smaller one comes: in repetitive text one gram serves many windows.
fn winnowed(grams: &[Fingerprint], window: usize) -> Vec<usize> {
    let hash = |at: usize| grams.get(at).map_or(u64::MAX, |gram| gram.hash);
    let mut kept = Vec::with_capacity(grams.len() * 2 / window + 1);
    let mut smallest: Option<usize> = None;
    let windows = grams.len().saturating_sub(window - 1).max(usize::from(!grams.is_empty()));
    for first in 0..windows {
        let end = (first + window).min(grams.len());
        let next = match smallest.filter(|at| *at >= first) {
            Some(best) if hash(end - 1) < hash(best) => end - 1,
            Some(best) => best,
            None => (first..end).rev().min_by_key(|at| hash(*at)).unwrap_or(first),
        };
        if smallest != Some(next) {
            kept.push(next);
        }
        smallest = Some(next);
    }
    kept
}

/// One gram for each letter at which one can begin.
pub(crate) fn grams(text: &Letters, secret: &Secret) -> Vec<Fingerprint> {
    let letters = text.all();
    // In UTF-8, where most letters take fewer bytes to hash than four.
    let mut written = String::with_capacity(letters.len() * 3);
    let mut places = Vec::with_capacity(letters.len() + 1);
    for one in letters {
        places.push(written.len());
        written.push(one.letter);
    }
    places.push(written.len());
    let bytes = |letters: Range<usize>| {
        let bytes = places.get(letters.start).zip(places.get(letters.end));
        bytes.and_then(|(start, end)| written.as_bytes().get(*start..*end)).unwrap_or_default()
    };
    let hasher = SipHasher24::new_with_key(&secret.key("fingerprints"));
    let mut grams = Vec::with_capacity(letters.len());
    let (mut end, mut total) = (0, 0);
    for start in 0..letters.len() {
        while total < GRAM_WEIGHT {
            let Some(letter) = letters.get(end) else { return grams };
            total += letter_weight(letter.letter);
            end += 1;
        }
        grams.push(Fingerprint {
            hash: hasher.hash(bytes(start..end)),
            start: start as u32,
            letters: (end - start) as u32,
            is_anchor: false,
        });
        total -= letters.get(start).map_or(0, |letter| letter_weight(letter.letter));
    }
    grams
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn secret() -> Secret {
        Secret::from_bytes([7; 32])
    }

    fn hashes(text: &str) -> Vec<u64> {
        fingerprints(&Letters::of(text), &secret()).iter().map(|fingerprint| fingerprint.hash).collect()
    }

    proptest! {
        #[test]
        fn a_shared_stretch_shares_a_fingerprint(
            shared in "[a-z]{22}|[あ-ん]{17}|[一-龠]{13}", before in "[a-zあ-ん一-龠 ]{0,80}", after in "[a-zあ-ん一-龠 ]{0,80}",
            before2 in "[a-zあ-ん一-龠 ]{0,80}", after2 in "[a-zあ-ん一-龠 ]{0,80}",
        ) {
            let one = hashes(&format!("{before}{shared}{after}"));
            let two = hashes(&format!("{before2}{shared}{after2}"));
            prop_assert!(one.iter().any(|hash| two.contains(hash)));
        }

        #[test]
        fn a_shared_quotation_shares_an_anchor(
            shared in "[a-z]{33}|[あ-ん]{28}|[一-龠]{24}", before in "[a-zあ-ん一-龠 ]{0,80}", after in "[a-zあ-ん一-龠 ]{0,80}",
            before2 in "[a-zあ-ん一-龠 ]{0,80}", after2 in "[a-zあ-ん一-龠 ]{0,80}",
        ) {
            let anchors = |text: String| -> Vec<u64> {
                let all = fingerprints(&Letters::of(&text), &secret());
                all.iter().filter(|mark| mark.is_anchor).map(|mark| mark.hash).collect()
            };
            let one = anchors(format!("{before}{shared}{after}"));
            let two = anchors(format!("{before2}{shared}{after2}"));
            prop_assert!(one.iter().any(|hash| two.contains(hash)));
        }

        #[test]
        fn charset_width_and_wrapping_change_nothing(text in "[a-zA-Z0-9あ-んア-ン一-龠 、。]{20,200}", width in 1_usize..40) {
            let mut wrapped = String::from("> ");
            for (at, letter) in text.chars().enumerate() {
                // Latin letters and digits in full width, as Japanese mail programs send them.
                let wide = letter.is_ascii_alphanumeric().then(|| char::from_u32(letter as u32 + 0xfee0)).flatten();
                wrapped.push(wide.unwrap_or(letter));
                if at % width == width - 1 {
                    wrapped.push_str("\r\n> ");
                }
            }
            prop_assert_eq!(hashes(&text), hashes(&wrapped));
        }

        #[test]
        fn nothing_between_neighbours_is_unseen(text in "[a-zあ-ん一-龠]{0,400}") {
            let all = fingerprints(&Letters::of(&text), &secret());
            for pair in all.windows(2) {
                prop_assert!(pair[0].start < pair[1].start);
                prop_assert!(pair[1].start <= pair[0].start + pair[0].letters);
            }
        }
    }

    #[test]
    fn another_key_gives_other_fingerprints() {
        let text =
            Letters::of("来週の打ち合わせの件、会議室を予約しておきました。よろしくお願いいたします。");
        let one = fingerprints(&text, &secret());
        let two = fingerprints(&text, &Secret::from_bytes([8; 32]));
        assert!(!one.is_empty());
        assert!(one.iter().all(|fingerprint| two.iter().all(|other| other.hash != fingerprint.hash)));
    }

    #[test]
    fn short_texts_have_none() {
        assert_eq!(hashes("お世話になります"), []);
        assert_eq!(hashes("ok thanks"), []);
        assert_eq!(hashes(""), []);
    }

    #[test]
    fn few_grams_are_kept() {
        let words = [
            "mill", "river", "stone", "paper", "cloud", "garden", "window", "letter", "summer", "bridge",
            "candle",
        ];
        let mut text = String::new();
        let mut state = 1_usize;
        while text.len() < 60_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            text.push_str(words[(state >> 33) % words.len()]);
        }
        let kept = fingerprints(&Letters::of(&text), &secret());
        let share = text.len() / kept.len();
        assert!((3..=5).contains(&share), "one of {share} letters");
        let share = text.len() / kept.iter().filter(|mark| mark.is_anchor).count();
        assert!((9..=11).contains(&share), "an anchor in {share} letters");
    }

    #[test]
    fn repetitive_text_has_few() {
        let kept = hashes(&"あ".repeat(70_000)).len();
        assert!(kept <= crate::LETTERS_MAX / WINDOW + crate::LETTERS_MAX / ANCHOR_WINDOW + 2, "{kept}");
    }
}
