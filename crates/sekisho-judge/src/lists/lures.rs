//! Words that want a mail to be opened: openings, topics, attachment names, and what a forged president asks for.

use serde::Deserialize;
use toml::Spanned;

use super::phrases::PhraseSet;
use super::requests::{RawWords, Request, Requests};
use super::source::{Dated, ListError, Source};
use crate::fold::{Folded, fold};

mod attachment_names;

pub use attachment_names::{AttachmentLure, AttachmentSign};
use attachment_names::{AttachmentNames, RawAttachmentNames};

/// An address to everybody stands in one of the first lines: a company's name may come before it.
const OPENING_LINES_MAX: usize = 3;

/// What may follow it in its line: 様, a comma.
const OPENING_REST_CHARS_MAX: usize = 3;

/// All lures.
#[derive(Debug)]
pub struct Lures {
    pub(super) dated: Dated,
    /// Folded and as the list spells them, the longest first.
    openings: Vec<(String, String)>,
    cut_endings: Vec<String>,
    attachments: AttachmentNames,
    topics: Vec<Topic>,
    topic_words: PhraseSet,
    requests: Requests,
}

/// A subject that rides on the news or the season.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Short name, as in evidence.
    pub id: String,
    /// Name in Japanese.
    pub ja: String,
    /// Name in English.
    pub en: String,
    /// Words that stand for it.
    pub words: Vec<String>,
    /// Months (1 to 12) in which everybody writes about it; none where there is no season.
    #[serde(default)]
    pub months: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    date: Spanned<String>,
    stale_after_days: Option<u16>,
    openings: Vec<String>,
    cut_endings: Vec<String>,
    attachment_names: RawAttachmentNames,
    topics: Vec<Topic>,
    #[serde(default)]
    request_words: RawWords,
    requests: Vec<Request>,
}

impl Lures {
    pub(super) fn read(source: Source) -> Result<Lures, ListError> {
        let raw: Raw = source.parse()?;
        let dated = source.dated(&raw.date, raw.stale_after_days)?;
        let words = raw.topics.iter().enumerate();
        let words = words.flat_map(|(at, topic)| topic.words.iter().map(move |word| (at, word.as_str())));
        let mut openings: Vec<(String, String)> =
            raw.openings.into_iter().map(|opening| (fold(&opening), opening)).collect();
        openings.sort_by_key(|(folded, _)| std::cmp::Reverse(folded.len()));
        Ok(Lures {
            dated,
            openings,
            cut_endings: raw.cut_endings.iter().map(|ending| fold(ending)).collect(),
            attachments: AttachmentNames::new(&raw.attachment_names),
            topic_words: PhraseSet::new(words),
            topics: raw.topics,
            requests: Requests::new(source, &raw.request_words, raw.requests)?,
        })
    }

    /// The opening (協力会社各位) with which a text begins, as the list spells it: one of the first lines is nothing
    /// else, but for marks around it and a title behind it.
    pub fn opening_of(&self, text: &str) -> Option<&str> {
        let lines = text.lines().filter(|line| !line.trim().is_empty()).take(OPENING_LINES_MAX);
        let lines: Vec<String> =
            lines.map(|line| fold(line.trim_matches(|c: char| !c.is_alphanumeric()))).collect();
        let begins = |line: &String, opening: &str| {
            let rest = line.strip_prefix(opening).map(|rest| rest.chars().count());
            rest.is_some_and(|rest| rest <= OPENING_REST_CHARS_MAX)
        };
        let opening = self.openings.iter().find(|(folded, _)| lines.iter().any(|line| begins(line, folded)));
        opening.map(|(_, spelt)| spelt.as_str())
    }

    /// Whether a subject stops in the middle of a sentence.
    pub fn is_cut(&self, subject: &Folded) -> bool {
        let subject = subject.as_str();
        let has_more =
            |ending: &String| subject.strip_suffix(ending.as_str()).is_some_and(|rest| !rest.is_empty());
        self.cut_endings.iter().any(has_more)
    }

    /// What is wrong with the name of an attachment, if its kind can carry macros or hide a file.
    pub fn attachment_name(&self, name: &str) -> Option<AttachmentLure> {
        self.attachments.judge(name)
    }

    /// The topics named in a text, each once.
    pub fn topics_in(&self, text: &Folded) -> Vec<&Topic> {
        self.topic_words.owners(text).into_iter().filter_map(|at| self.topics.get(at)).collect()
    }

    /// What a text asks for and how it presses, each once.
    pub fn requests_in(&self, text: &Folded) -> Vec<&Request> {
        self.requests.found_in(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lists::Lists;

    fn lures() -> &'static Lures {
        &Lists::built_in().lures
    }

    #[test]
    fn openings_stand_at_the_beginning() {
        let opening = |text: &str| lures().opening_of(text).map(str::to_owned);
        assert_eq!(opening("協力会社 各位\nいつもお世話に").as_deref(), Some("協力会社各位"));
        assert_eq!(opening("お取引先各位").as_deref(), Some("お取引先各位"));
        assert_eq!(opening("佐藤様\nいつもお世話になっております"), None);
        assert_eq!(opening("一行目\n二行目\n三行目\n協力会社各位"), None);
        assert_eq!(opening("先日の「協力会社各位」で始まる通知の件"), None);
    }

    #[test]
    fn subjects_are_cut_or_whole() {
        for (subject, cut) in [
            ("お手伝いいただける日程について、アンケートを", true),
            ("お手伝いいただける日程について、アンケートwお", true),
            ("見積書の", true),
            ("日程について", false),
            ("見積書を送ります", false),
            ("を", false),
            ("", false),
        ] {
            assert_eq!(lures().is_cut(&Folded::new(subject)), cut, "{subject}");
        }
    }

    #[test]
    fn topics_are_words() {
        let topics = |text: &str| -> Vec<&str> {
            lures().topics_in(&Folded::new(text)).iter().map(|topic| topic.id.as_str()).collect()
        };
        assert_eq!(topics("冬季賞与の支給について"), ["bonus"]);
        assert_eq!(topics("年末調整のお知らせ"), ["tax-season"]);
        assert_eq!(topics("Your Invoice 123"), ["invoice-en"]);
        assert_eq!(topics("invoices-like voiceover"), [""; 0]);
        assert_eq!(topics("打ち合わせの件"), [""; 0]);
    }

    #[test]
    fn requests_are_found_with_their_role() {
        let requests = |text: &str| -> Vec<(&str, RequestRole)> {
            let found = lures().requests_in(&Folded::new(text));
            found.iter().map(|request| (request.id.as_str(), request.role)).collect()
        };
        use super::super::RequestRole;
        use RequestRole::*;
        assert_eq!(
            requests("今すぐLINEのグループを作成し、QRコードをこのメールに返信してください"),
            [("line-group", Demand), ("urgency", Pressure)]
        );
        assert_eq!(
            requests("本日中に振込をお願いします。内密に。"),
            [("transfer", Demand), ("bill", Bill), ("secrecy", Pressure)]
        );
        assert_eq!(requests("Please buy Apple Gift Cards"), [("gift-card", Demand)]);
        assert_eq!(requests("来週の会議の資料を送ります"), []);
    }

    #[test]
    fn months_and_ids_are_sound() {
        let mut ids: Vec<&str> = lures().topics.iter().map(|topic| topic.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), lures().topics.len());
        assert!(lures().topics.iter().flat_map(|topic| &topic.months).all(|month| (1..=12).contains(month)));
    }
}
