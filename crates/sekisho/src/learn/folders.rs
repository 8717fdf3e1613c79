//! Where a mail lies below a mailbox → which kind of folder that is: sent, received, or one that nothing is learned of.
//!
//! Known are the names that mail programs give their folders (`names`), in Maildir++ (`.Sent`, `.INBOX.Sent`), in modified UTF-7 (RFC 3501
//! section 5.1.3), as files (mbox), and as Outlook names them. A Maildir says of a single mail, in the name of its file, that it is a draft or
//! deleted.

mod names;

use std::path::Path;

use crate::files::{Purpose, RawMail};

/// A kind of folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Folder {
    /// The owner's own mail.
    Sent,
    /// Any other mail.
    Received,
    /// Mail that a filter or a person took for junk.
    Junk,
    /// Deleted mail.
    Deleted,
    /// Mail that was not sent.
    Drafts,
}

impl Folder {
    /// The kind of the folder in which a mail of the mailbox at `mailbox` lies. What a data file of Outlook says of a folder goes before its name.
    pub fn of_mail(mailbox: &Path, mail: &RawMail) -> Self {
        match mail.purpose {
            Some(Purpose::Sent) => Folder::Sent,
            Some(Purpose::Deleted) => Folder::Deleted,
            Some(Purpose::Junk) => Folder::Junk,
            Some(Purpose::Drafts | Purpose::Outbox) => Folder::Drafts,
            None => {
                let path = Path::new(&mail.path);
                flagged(path).filter(|_| mail.index.is_none()).unwrap_or_else(|| Self::of(mailbox, path))
            }
        }
    }

    /// The kind of the folder in which `path` lies, seen from the mailbox at `mailbox`, whose own name counts too.
    pub fn of(mailbox: &Path, path: &Path) -> Self {
        let below = path.strip_prefix(mailbox).unwrap_or(path);
        let names = mailbox.file_name().into_iter().chain(below.iter());
        let mut found = Folder::Received;
        for name in names.filter_map(|name| name.to_str()) {
            for piece in pieces(name) {
                found = Self::named(&piece).unwrap_or(found);
            }
        }
        found
    }

    /// The kind of a folder with this name, where the name says it.
    pub fn named(name: &str) -> Option<Self> {
        names::of_folder(name)
    }

    /// What Gmail's own label says of a mail; a label that a person made says nothing.
    pub fn labelled(label: &str) -> Option<Self> {
        names::of_label(label)
    }

    /// The kind of the folder with what a mark in the mail says of it: that one was sent counts where its place says nothing.
    #[must_use]
    pub fn marked(self, mark: Option<Self>) -> Self {
        match mark {
            Some(Folder::Sent | Folder::Received) if self != Folder::Received => self,
            Some(mark) => mark,
            None => self,
        }
    }

    /// Whether something is learned of it unless a person says otherwise.
    pub fn is_learned(self) -> bool {
        matches!(self, Folder::Sent | Folder::Received)
    }

    /// The word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Folder::Sent => "sent",
            Folder::Received => "received",
            Folder::Junk => "junk",
            Folder::Deleted => "deleted",
            Folder::Drafts => "drafts",
        }
    }
}

/// What the flags behind the name of a file in a Maildir say: `1.host:2,DS`, where a colon cannot stand with another sign in its place.
fn flagged(path: &Path) -> Option<Folder> {
    let is_in = |folder: &str| path.parent().and_then(Path::file_name).is_some_and(|name| name == folder);
    let name = path.file_name()?.to_str()?;
    let (before, flags) = name.rsplit_once("2,")?;
    let is_info = before.ends_with([':', ';', '!', '-', '\u{f022}']) && is_in("cur");
    if !is_info || !flags.bytes().all(|flag| flag.is_ascii_alphabetic()) {
        return None;
    }
    let kinds = [('T', Folder::Deleted), ('D', Folder::Drafts)];
    kinds.into_iter().find(|(flag, _)| flags.contains(*flag)).map(|(_, kind)| kind)
}

/// The names in one part of a path: Maildir++ puts a whole path into one name, and files have an extension.
fn pieces(name: &str) -> Vec<String> {
    let decoded = modified_utf7(name);
    if let Some(path) = decoded.strip_prefix('.') {
        return path.split('.').map(str::to_owned).collect();
    }
    let stem = [".mbox", ".mbx", ".sbd", ".eml", ".msg", ".pst", ".ost"]
        .iter()
        .find_map(|end| decoded.strip_suffix(end));
    vec![stem.unwrap_or(&decoded).to_owned()]
}

/// Modified UTF-7 → text; what is not written so stays as it is.
fn modified_utf7(name: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((coded, behind)) = after.split_once('-') else {
            return name.to_owned();
        };
        match (coded.is_empty(), base64(coded)) {
            (true, _) => out.push('&'),
            (false, Some(text)) => out.push_str(&text),
            (false, None) => return name.to_owned(),
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Base64 with `,` for `/`, of UTF-16 with the larger end first.
fn base64(coded: &str) -> Option<String> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for sign in coded.bytes() {
        let value = u32::try_from(SIGNS.iter().position(|known| *known == sign)?).ok()?;
        bits = (bits << 6 | value) & 0xffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_known_by_their_names() {
        for (path, expected) in [
            ("/m/cur/1", Folder::Received),
            ("/m/.Sent/cur/1", Folder::Sent),
            ("/m/.INBOX.Sent/cur/1", Folder::Sent),
            ("/m/.Sent Items/cur/1", Folder::Sent),
            ("/m/.&kAFP4W4IMH8-/cur/1", Folder::Sent),
            ("/m/.&kAFP4W4IMH8wojCkMMYw4A-/cur/1", Folder::Sent),
            ("/m/送信済みアイテム/1.eml", Folder::Sent),
            ("/m/Sent.mbox", Folder::Sent),
            ("/m/[Gmail]/Sent Mail/1.eml", Folder::Sent),
            ("/m/.Junk/cur/1", Folder::Junk),
            ("/m/.&j,dg0TDhMPww6w-/cur/1", Folder::Junk),
            ("/m/迷惑メール/1.eml", Folder::Junk),
            ("/m/.Trash/new/1", Folder::Deleted),
            ("/m/.Trash.Sent/new/1", Folder::Sent),
            ("/m/ゴミ箱/1.eml", Folder::Deleted),
            ("/m/Drafts", Folder::Drafts),
            ("/m/迷惑メール フォルダー/1.eml", Folder::Junk),
            ("/m/Junk-E-Mail/1.eml", Folder::Junk),
            ("/m/.Entw&APw-rfe/cur/1", Folder::Drafts),
            ("/m/Entwu\u{308}rfe/1.eml", Folder::Drafts),
            ("/m/Papierkorb/1.eml", Folder::Deleted),
            ("/m/Gesendete Elemente/1.eml", Folder::Sent),
            ("/m/Brouillons.mbox", Folder::Drafts),
            ("/m/CORBEILLE/1.eml", Folder::Deleted),
            ("/m/Indésirables/1.eml", Folder::Junk),
            ("/m/Éléments envoyés/1.eml", Folder::Sent),
            ("/m/Borradores/1.eml", Folder::Drafts),
            ("/m/Papelera/1.eml", Folder::Deleted),
            ("/m/Correo no deseado/1.eml", Folder::Junk),
            ("/m/Enviados/1.eml", Folder::Sent),
            ("/m/Bozze/1.eml", Folder::Drafts),
            ("/m/Cestino/1.eml", Folder::Deleted),
            ("/m/Posta inviata/1.eml", Folder::Sent),
            ("/m/草稿箱/1.eml", Folder::Drafts),
            ("/m/垃圾邮件/1.eml", Folder::Junk),
            ("/m/已删除邮件/1.eml", Folder::Deleted),
            ("/m/已发送/1.eml", Folder::Sent),
            ("/m/임시보관함/1.eml", Folder::Drafts),
            ("/m/휴지통/1.eml", Folder::Deleted),
            ("/m/스팸/1.eml", Folder::Junk),
            ("/m/보낸 편지함/1.eml", Folder::Sent),
            ("/m/下書き確認済み/1.eml", Folder::Received),
            ("/m/Papierkorbleerung/1.eml", Folder::Received),
            ("/m/.Kunden.Presentation/cur/1", Folder::Received),
            ("/m/.A&-B/cur/1", Folder::Received),
            ("/m/.&broken/cur/1", Folder::Received),
        ] {
            assert_eq!(Folder::of(Path::new("/m"), Path::new(path)), expected, "{path}");
        }
        assert_eq!(Folder::of(Path::new("/srv/sent/m"), Path::new("/srv/sent/m/cur/1")), Folder::Received);
        assert_eq!(Folder::of(Path::new("/m/Sent"), Path::new("/m/Sent")), Folder::Sent);
    }

    #[test]
    fn flags_of_a_maildir_say_what_a_single_mail_is() {
        let mail = |path: &str, index| RawMail {
            path: path.to_owned(),
            index,
            purpose: None,
            is_whole: true,
            bytes: Vec::new(),
        };
        for (path, index, expected) in [
            ("/m/cur/1.a.h:2,S", None, Folder::Received),
            ("/m/cur/1.a.h:2,DS", None, Folder::Drafts),
            ("/m/cur/1.a.h:2,ST", None, Folder::Deleted),
            ("/m/.Sent/cur/1.a.h;2,ST", None, Folder::Deleted),
            ("/m/.Sent/cur/1.a.h:2,S", None, Folder::Sent),
            // No flags: of a file elsewhere, of one whose name only looks so, of a mail in an mbox.
            ("/m/new/1.a.h:2,DS", None, Folder::Received),
            ("/m/cur/12,DRAFT", None, Folder::Received),
            ("/m/cur/1:2,D.eml", None, Folder::Received),
            ("/m/cur/1:2,D", Some(0), Folder::Received),
        ] {
            assert_eq!(Folder::of_mail(Path::new("/m"), &mail(path, index)), expected, "{path}");
        }
    }
}
