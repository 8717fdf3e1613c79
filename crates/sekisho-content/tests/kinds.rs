//! The table of kinds as people and policies see it, and what holds for any bytes.

use std::collections::BTreeSet;

use proptest::prelude::*;
use sekisho_content::{Kind, claim, kind, locked_sample, plain_name_tricks, read, sample};

/// Ids are in policies and stored cases: a row may be added, none may change.
#[test]
fn the_table_of_kinds() {
    let rows: Vec<String> = Kind::ALL
        .iter()
        .map(|kind| {
            let label = kind.label();
            let family = format!("{:?}", kind.family());
            format!(
                "{} | {family} | {} | {} | {}",
                kind.id(),
                label.ja,
                label.en,
                kind.extensions().join(" ")
            )
        })
        .collect();
    insta::assert_snapshot!(rows.join("\n"));
}

#[test]
fn ids_are_distinct_kebab_case_words_and_the_words_of_json() {
    let ids: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(ids.len(), Kind::ALL.len());
    assert!(ids.len() >= 90);
    for kind in Kind::ALL {
        let id = kind.id();
        assert!(id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{id}");
        assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{id}\""));
        assert_eq!(serde_json::from_str::<Kind>(&format!("\"{id}\"")).unwrap(), *kind);
        assert_eq!(Kind::by_id(id), Some(*kind));
    }
}

#[test]
fn a_file_survives_json() {
    for kind in Kind::ALL {
        let file = read(&sample(*kind).unwrap(), Some("契約する.doc"));
        let json = serde_json::to_string(&file).unwrap();
        assert_eq!(serde_json::from_str::<sekisho_content::File>(&json).unwrap(), file);
    }
}

#[test]
fn every_beginning_and_every_end_of_a_sample_is_read() {
    for kind_of_sample in Kind::ALL {
        for bytes in [sample(*kind_of_sample), locked_sample(*kind_of_sample)].into_iter().flatten() {
            // Large samples are disk images, mostly empty: each hundredth cut is enough.
            let step = bytes.len() / 200 + 1;
            for cut in (0..bytes.len()).step_by(step) {
                let _ = read(&bytes[..cut], Some("a.doc"));
                let _ = read(&bytes[cut..], None);
            }
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..2048)) {
        let _ = read(&bytes, Some("a.doc"));
    }

    #[test]
    fn any_damage_to_a_sample_is_read(
        index in 0..Kind::ALL.len(),
        locked in any::<bool>(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let of = if locked { locked_sample } else { sample };
        let mut bytes = of(Kind::ALL[index]).unwrap_or_default();
        for (at, byte) in damage {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
        }
        let _ = read(&bytes, None);
    }

    #[test]
    fn any_name_is_read(name in "\\PC{0,40}(\u{202e})?\\.?[a-zａ-ｚ\u{200b} .]{0,12}") {
        let tricks = plain_name_tricks(&name);
        let extension = claim(&name).map(|claim| claim.extension).unwrap_or_default();
        prop_assert_eq!(tricks.extension, extension);
    }

    #[test]
    fn japanese_prose_in_any_encoding_is_text(text in "[ぁ-ん一-龠ァ-ヶ、。]{8,200}", which in 0..4_usize) {
        let encodings = [encoding_rs::UTF_8, encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::ISO_2022_JP];
        let (bytes, _, lost) = encodings[which].encode(&text);
        prop_assume!(!lost);
        prop_assert_eq!(kind(&bytes), Kind::Text);
    }
}
