//! What stood in the way of an input → one line for the person, naming the input and the way out.

use std::io;

use sekisho_content::Kind;
use sekisho_judge::Lang;

use super::MAIL_BYTES_MAX;
use super::outlook::Trouble;
use crate::words::{either, harmless};

/// An input that could not be used.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The path, and the number of the mail in it where there are several.
    pub input: String,
    /// What stood in the way.
    pub obstacle: Obstacle,
}

/// What stood in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Nothing is there.
    Missing,
    /// It may not be read.
    Denied,
    /// Reading failed; the system's own words.
    Failed(String),
    /// A folder in which no mail was found.
    NoMailInFolder,
    /// A file without content.
    Empty,
    /// A file that is no mail, and what it is instead.
    NotMail(Kind),
    /// Something in a data file of Outlook, or the whole of it.
    Outlook(Trouble),
    /// So many places of an mbox where mail was lost.
    Gaps(u64),
    /// A mail in the middle of which its file ends.
    CutOff,
    /// A mail or file over the limit; the limit in bytes.
    TooLarge(u64),
    /// Folders nested deeper than the limit.
    TooDeep(usize),
    /// No reader could be started; the system's own words.
    NoReader(String),
    /// The judge itself failed on it.
    JudgeFailed,
}

impl Problem {
    /// A problem with `input`.
    pub fn new(input: impl Into<String>, obstacle: Obstacle) -> Self {
        Self { input: input.into(), obstacle }
    }

    /// A problem with one mail of a file.
    pub fn of_mail(path: &str, index: Option<u64>, obstacle: Obstacle) -> Self {
        let input = index.map_or_else(|| path.to_owned(), |index| format!("{path}[{index}]"));
        Self { input, obstacle }
    }

    /// How many mails it concerns, as far as that is known.
    pub fn mails(&self) -> u64 {
        match &self.obstacle {
            Obstacle::Outlook(trouble) => trouble.mails(),
            Obstacle::Gaps(places) => *places,
            _ => 1,
        }
    }

    /// The line for the person.
    pub fn words(&self, lang: Lang) -> String {
        format!("{}: {}", harmless(&self.input), self.obstacle.words(lang))
    }
}

impl Obstacle {
    /// What an error of the system stands for.
    pub fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Obstacle::Missing,
            io::ErrorKind::PermissionDenied => Obstacle::Denied,
            _ => Obstacle::Failed(error.to_string()),
        }
    }

    fn words(&self, lang: Lang) -> String {
        let pick = |ja: &str, en: &str| either(lang, ja, en).to_owned();
        match self {
            Obstacle::Missing => pick("見つかりません。パスを確かめてください", "not found; check the path"),
            Obstacle::Denied => pick(
                "読み取りの権限がありません。読み取れる権限を付けるか、権限のある利用者で実行してください",
                "permission denied; make it readable, or run as a user who may read it",
            ),
            Obstacle::Failed(error) => either(
                lang,
                format!("読み取りに失敗しました（{error}）。ファイルの場所に届くか確かめてください"),
                format!("reading failed ({error}); check that its place can be reached"),
            ),
            Obstacle::NoMailInFolder => pick(
                "このフォルダーにメールが見つかりません。.eml・.msg・mbox・Maildir・.pst のある場所を指定してください",
                "no mail found in this folder; name a place with .eml, .msg, mbox, Maildir or .pst",
            ),
            Obstacle::Empty => pick("中身が空です。書き出し直してください", "is empty; export it again"),
            Obstacle::NotMail(kind) => either(
                lang,
                format!(
                    "メールではありません（{}）。一つのファイルを調べるには sekisho inspect を使ってください",
                    kind.label().ja
                ),
                format!("is not a mail ({}); use sekisho inspect to look at a single file", kind.label().en),
            ),
            Obstacle::Outlook(trouble) => trouble.words(lang),
            Obstacle::Gaps(places) => gaps(*places, lang),
            Obstacle::CutOff => pick(
                "ファイルがこのメールの途中で終わっています（続きが欠けているため、learn では学習しません）。書き出し直すか、バックアップから戻して、もう一度実行してください。メールがこれで全部なら、ファイルの最後に空の行を加えてください",
                "the file ends in the middle of this mail (the rest is missing, so learn leaves it out); export it again or take it from a backup, and run this again; if this is all of the mail, put an empty line at the end of the file",
            ),
            Obstacle::TooLarge(limit) => {
                let limit = limit / 1024 / 1024;
                either(
                    lang,
                    format!(
                        "大きすぎるため判定していません（上限 {limit} MiB）。開かずに担当者が確かめてください"
                    ),
                    format!(
                        "is too large and was not judged (limit {limit} MiB); leave it closed and have it looked at"
                    ),
                )
            }
            Obstacle::TooDeep(levels) => either(
                lang,
                format!("フォルダーが深すぎます（上限 {levels} 段）。下のフォルダーを直接指定してください"),
                format!(
                    "folders are nested too deeply (limit {levels} levels); name the lower folder itself"
                ),
            ),
            Obstacle::NoReader(error) => either(
                lang,
                format!(
                    "読み取り用のプロセスを起動できません（{error}）。メモリやプロセス数の制限を確かめてください"
                ),
                format!("no reader can be started ({error}); check the limits of memory and processes"),
            ),
            Obstacle::JudgeFailed => pick(
                "判定できませんでした（プログラムの不具合です）。開かずに担当者が確かめ、このファイルを開発元へお知らせください",
                "could not be judged (a fault of this program); leave it closed, have it looked at, and report the file",
            ),
        }
    }
}

fn gaps(places: u64, lang: Lang) -> String {
    either(
        lang,
        format!(
            "メールとして読めない所が {places} か所あります（「From 」行だけで中身がない、データが欠けている、区切りがずれている、二通がつながっている）。そこにあったメールは含まれていません。書き出し直すか、バックアップから戻して、もう一度実行してください"
        ),
        format!(
            "{places} {} in it could not be read as mail (a \"From \" line with nothing behind it, data that is gone, a \"From \" line out of place, or two mails that run into one another); \
             mail that stood there is missing; export it again or take it from a backup, and run this again",
            if places == 1 { "place" } else { "places" }
        ),
    )
}

/// The limit for one mail, as an obstacle.
pub fn mail_too_large() -> Obstacle {
    Obstacle::TooLarge(MAIL_BYTES_MAX as u64)
}
