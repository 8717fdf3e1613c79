//! A data file of Outlook (`.pst`, `.ost`) → its mails, one after the other, with the folders they lie in; and a line for each reason for
//! which some could not be read.
//!
//! Confined children take it apart ([`readers::mailbox`]); this process only hands them the open file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use sekisho_content::Unread;
use sekisho_judge::Lang;
use sekisho_mail::pst::{Refused, SIGNATURE};
use sekisho_reader::{Met as Step, Place as Where};

use super::contents::Place;
use super::{Met, Obstacle, Problem, RawMail, Sink};
use crate::readers;
use crate::words::{self, either};

/// What stood in the way of mails in a data file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// So many mails could not be read.
    Lost(u64, Unread),
    /// So many parts of the index cannot be read.
    Index(u64),
    /// Readers ended on it over and over; nothing more was read.
    GivenUp(Unread),
    /// The file as a whole is not read.
    Refused(Refused),
    /// There is no mail in it, and nothing is damaged.
    NoMail,
    /// It came over a pipe, in which nothing can be looked up.
    NoFile,
}

/// Whether an open file is one. What follows is read from its beginning.
pub fn is_one(mut file: &File) -> io::Result<bool> {
    let mut head = Vec::with_capacity(SIGNATURE.len());
    file.take(SIGNATURE.len() as u64).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(head == SIGNATURE)
}

/// Hands over its mails, then what could not be read of it. That a file holds no mail is told where a person named it.
pub fn walk(shown: &str, file: &File, named: Place, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut lost: BTreeMap<Unread, u64> = BTreeMap::new();
    let mut index = 0;
    let mut rest = None;
    let mut mails = 0;
    let mut flow = ControlFlow::Continue(());
    let walked = readers::mailbox(file, &mut |step| {
        match step {
            Step::Mail(number, place, bytes) => {
                mails += 1;
                let (path, purpose) = (path(shown, &place), place.purpose);
                flow = sink(Met::Mail(RawMail {
                    path,
                    index: Some(u64::from(number)),
                    purpose,
                    is_whole: true,
                    bytes,
                }));
            }
            // Contacts, appointments and the like are no files that somebody could miss in the count.
            Step::NotMail => {}
            Step::Lost(why) => *lost.entry(why).or_default() += 1,
            Step::IndexDamaged => index += 1,
            Step::GivenUp(why) => rest = Some(Trouble::GivenUp(why)),
            Step::Refused(why) => rest = Some(Trouble::Refused(why)),
        }
        flow
    });
    flow?;
    let is_sound = lost.is_empty() && index == 0 && rest.is_none() && walked.is_ok();
    if mails == 0 && is_sound && named == Place::Named {
        rest = Some(Trouble::NoMail);
    }
    let lost = lost.into_iter().map(|(why, count)| Trouble::Lost(count, why));
    let index = (index > 0).then_some(Trouble::Index(index));
    let told = lost.chain(index).chain(rest).map(Obstacle::Outlook);
    let failed = walked.err().map(Obstacle::NoReader);
    for obstacle in told.chain(failed) {
        sink(Met::Problem(Problem::new(shown, obstacle)))?;
    }
    ControlFlow::Continue(())
}

/// The folders of a mail as a path below the file. A slash in a folder's name divides nothing.
fn path(shown: &str, place: &Where) -> String {
    let mut path = shown.to_owned();
    for name in &place.folders {
        path.push('/');
        path.extend(name.chars().map(|sign| if sign == '/' { '／' } else { sign }));
    }
    path
}

impl Trouble {
    /// How many mails it concerns, as far as that is known.
    pub fn mails(self) -> u64 {
        if let Trouble::Lost(count, _) = self { count } else { 1 }
    }

    /// What it is, and the way out.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Trouble::Lost(count, why) => {
                let reason = words::why_not(why.id(), lang);
                let (ja, en) = way_out(why);
                either(
                    lang,
                    format!("{count} 通のメールを読めませんでした（{reason}）。{ja}"),
                    format!("{count} {} in it could not be read ({reason}); {en}", if count == 1 { "mail" } else { "mails" }),
                )
            }
            Trouble::Index(count) => {
                let (ja, en) = REPAIR;
                either(
                    lang,
                    format!("メールの一覧が {count} か所で壊れていて、そこにあったメールは読めませんでした。{ja}"),
                    format!(
                        "its index is damaged in {count} {}, and mail listed there could not be read; {en}",
                        if count == 1 { "place" } else { "places" }
                    ),
                )
            }
            Trouble::GivenUp(why) => {
                let reason = words::why_not(why.id(), lang);
                let (ja, en) = REPAIR;
                either(
                    lang,
                    format!("途中で読めなくなり、残りのメールは読んでいません（{reason}）。{ja}"),
                    format!("reading it came to an end, and the rest of its mail was not read ({reason}); {en}"),
                )
            }
            Trouble::Refused(refused) => refused_words(refused, lang),
            Trouble::NoMail => either(
                lang,
                "メールが一通も入っていません。メールを書き出したファイルか確かめてください",
                "holds no mail; check that it is the file to which mail was exported",
            )
            .to_owned(),
            Trouble::NoFile => either(
                lang,
                "Outlook のデータファイルは、標準入力やパイプからは読めません。ファイルを直接指定してください",
                "is an Outlook data file, which cannot be read from a pipe; name the file itself",
            )
            .to_owned(),
        }
    }
}

/// What to do about a damaged file.
const REPAIR: (&str, &str) = (
    "Outlook を閉じてコピーしたファイルか確かめ、それでも同じなら受信トレイ修復ツール（scanpst.exe）で直してから、もう一度実行してください",
    "make sure that it was copied while Outlook was closed, else mend it with Outlook's inbox repair tool (scanpst.exe), and run this again",
);

fn way_out(why: Unread) -> (&'static str, &'static str) {
    match why {
        Unread::TooLarge | Unread::OutOfTime => (
            "必要なメールなら、Outlook から .msg で書き出して指定してください",
            "if they are needed, save them from Outlook as .msg and name those",
        ),
        _ => REPAIR,
    }
}

fn refused_words(refused: Refused, lang: Lang) -> String {
    match refused {
        Refused::Version(version) => either(
            lang,
            format!(
                "この版の Outlook データファイル（版 {version}）は読めません。Outlook でメールを .pst に書き出してください"
            ),
            format!("is an Outlook data file of version {version}, which is not known; export the mails as .pst with Outlook"),
        ),
        Refused::Locked => either(
            lang,
            "Windows の情報保護で暗号化されているため読めません。保護を外すか、Outlook で別の .pst に書き出してください",
            "is encrypted by Windows Information Protection; take the protection off, or export the mails to another .pst with Outlook",
        )
        .to_owned(),
        Refused::Damaged | Refused::NotOne => {
            let (ja, en) = REPAIR;
            either(
                lang,
                format!("Outlook のデータファイルですが、先頭が壊れていて読めません。{ja}"),
                format!("is an Outlook data file whose beginning is damaged; {en}"),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_in_a_folders_name_divides_nothing() {
        let place =
            Where { folders: vec!["受信トレイ".to_owned(), "2019/2020".to_owned()], purpose: None };
        assert_eq!(path("a.pst", &place), "a.pst/受信トレイ/2019／2020");
        assert_eq!(path("a.pst", &Where::default()), "a.pst");
    }
}
