//! The name of an attachment → whether it is one of those that machines make: a beginning cut off, a translated
//! word alone, a bare noun.

use serde::Deserialize;

use crate::fold::fold;

/// Longer names say something.
const STEM_CHARS_MAX: usize = 60;

/// What is wrong with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentLure {
    /// What is wrong.
    pub sign: AttachmentSign,
    /// The particle or word that shows it.
    pub word: String,
}

/// What can be wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AttachmentSign {
    /// It begins with a particle: からの変更20-09.doc.
    CutBeginning,
    /// It is a word that no Japanese gives a file: 契約する.doc, ビル.doc.
    TranslatedWord,
    /// It is a noun alone, perhaps with a date: 請求書.zip. People do that too.
    BareNoun,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAttachmentNames {
    extensions: Vec<String>,
    particles: Vec<String>,
    translated: Vec<String>,
    nouns: Vec<String>,
}

/// The words, folded.
#[derive(Debug)]
pub(super) struct AttachmentNames {
    extensions: Vec<String>,
    particles: Vec<String>,
    translated: Vec<String>,
    nouns: Vec<String>,
}

impl AttachmentNames {
    pub(super) fn new(raw: &RawAttachmentNames) -> AttachmentNames {
        let folded = |words: &[String]| words.iter().map(|word| fold(word)).collect();
        AttachmentNames {
            extensions: folded(&raw.extensions),
            particles: folded(&raw.particles),
            translated: folded(&raw.translated),
            nouns: folded(&raw.nouns),
        }
    }

    pub(super) fn judge(&self, name: &str) -> Option<AttachmentLure> {
        let folded = fold(name);
        let (stem, extension) = folded.rsplit_once('.')?;
        if stem.chars().count() > STEM_CHARS_MAX || !self.extensions.iter().any(|known| known == extension) {
            return None;
        }
        let lure = |sign| move |word: &String| AttachmentLure { sign, word: word.clone() };
        let particle = self.particles.iter().find(|particle| is_cut_before(stem, particle));
        let bare = without_dates(stem);
        particle
            .map(lure(AttachmentSign::CutBeginning))
            .or_else(|| {
                self.translated.iter().find(|word| **word == bare).map(lure(AttachmentSign::TranslatedWord))
            })
            .or_else(|| self.nouns.iter().find(|word| **word == bare).map(lure(AttachmentSign::BareNoun)))
    }
}

/// Whether a particle begins the name and what follows is a new word: before hiragana it may be the beginning of
/// one (のり, にんじん).
fn is_cut_before(stem: &str, particle: &str) -> bool {
    let next = stem.strip_prefix(particle).and_then(|rest| rest.chars().next());
    next.is_some_and(|next| !matches!(next, '\u{3041}'..='\u{309f}' | 'ー' | '_'))
}

/// The name without digits, dates, numbers in brackets and what separates them.
fn without_dates(stem: &str) -> String {
    let counters = ['年', '月', '日', '号', '版'];
    let mut bare = String::new();
    let mut after_digit = false;
    for c in stem.chars() {
        let drops = !c.is_alphabetic() || (after_digit && counters.contains(&c));
        after_digit = c.is_ascii_digit() || (after_digit && !c.is_alphabetic());
        if !drops {
            bare.push(c);
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::Lists;

    #[test]
    fn tells_names_that_machines_make() {
        use AttachmentSign::*;
        for (name, expected) in [
            ("からの変更20-09.doc", Some(CutBeginning)),
            ("に修 2020 9月.doc", Some(CutBeginning)),
            ("の見積.xls", Some(CutBeginning)),
            ("を確認 (1).zip", Some(CutBeginning)),
            ("契約する.doc", Some(TranslatedWord)),
            ("変化2020-09-23.doc", Some(TranslatedWord)),
            ("ビル.doc", Some(TranslatedWord)),
            ("ﾋﾞﾙ 2026年11月.DOC", Some(TranslatedWord)),
            ("注文.doc", Some(BareNoun)),
            ("請求書_20261101.zip", Some(BareNoun)),
            ("請求書_20261101.pdf", None),
            ("注文.docx", None),
            ("のり弁当.doc", None),
            ("にんじん.xls", None),
            ("みどり設計事務所 注文書.doc", None),
            ("ビル管理台帳.doc", None),
            ("月.doc", None),
            ("doc", None),
            ("", None),
        ] {
            let found = Lists::built_in().lures.attachment_name(name).map(|lure| lure.sign);
            assert_eq!(found, expected, "{name}");
        }
    }
}
