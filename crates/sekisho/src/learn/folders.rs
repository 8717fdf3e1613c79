//! Where a mail lies below a mailbox → which kind of folder that is: sent, received, or one that nothing is learned of.
//!
//! Known are the names that mail programs give their folders in English and Japanese, in Maildir++ (`.Sent`, `.INBOX.Sent`), in modified
//! UTF-7 (RFC 3501 section 5.1.3), as files (mbox), and as Outlook names them.

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

const SENT: &[&str] = &[
    "sent",
    "sent items",
    "sent mail",
    "sent messages",
    "sent-mail",
    "sentmail",
    "送信済み",
    "送信済みアイテム",
    "送信済みメール",
    "送信済みメッセージ",
    "送信済",
    "送信控え",
    "送信箱",
];

const JUNK: &[&str] = &[
    "junk",
    "junk e-mail",
    "junk email",
    "junk mail",
    "spam",
    "bulk",
    "bulk mail",
    "迷惑メール",
    "迷惑メールフォルダ",
    "迷惑メールフォルダー",
    "スパム",
    "[迷惑メール]",
];

const DELETED: &[&str] = &[
    "trash",
    "deleted",
    "deleted items",
    "deleted messages",
    "recoverable items",
    "bin",
    "ゴミ箱",
    "ごみ箱",
    "削除済みアイテム",
    "削除済みメール",
    "削除済み",
    "回復可能なアイテム",
];

const DRAFTS: &[&str] = &[
    "drafts",
    "draft",
    "templates",
    "outbox",
    "unsent messages",
    "下書き",
    "草稿",
    "テンプレート",
    "送信トレイ",
    "未送信",
    "未送信メール",
    "同期の失敗",
    "sync issues",
    "rss feeds",
    "rss フィード",
];

impl Folder {
    /// The kind of the folder in which a mail of the mailbox at `mailbox` lies. What a data file of Outlook says of a folder goes before its name.
    pub fn of_mail(mailbox: &Path, mail: &RawMail) -> Self {
        match mail.purpose {
            Some(Purpose::Sent) => Folder::Sent,
            Some(Purpose::Deleted) => Folder::Deleted,
            Some(Purpose::Junk) => Folder::Junk,
            Some(Purpose::Drafts | Purpose::Outbox) => Folder::Drafts,
            None => Self::of(mailbox, Path::new(&mail.path)),
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
        let name = name.trim().to_lowercase();
        let kinds = [
            (SENT, Folder::Sent),
            (JUNK, Folder::Junk),
            (DELETED, Folder::Deleted),
            (DRAFTS, Folder::Drafts),
        ];
        kinds.into_iter().find(|(names, _)| names.contains(&name.as_str())).map(|(_, kind)| kind)
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
            ("/m/.Kunden.Presentation/cur/1", Folder::Received),
            ("/m/.A&-B/cur/1", Folder::Received),
            ("/m/.&broken/cur/1", Folder::Received),
        ] {
            assert_eq!(Folder::of(Path::new("/m"), Path::new(path)), expected, "{path}");
        }
        assert_eq!(Folder::of(Path::new("/srv/sent/m"), Path::new("/srv/sent/m/cur/1")), Folder::Received);
        assert_eq!(Folder::of(Path::new("/m/Sent"), Path::new("/m/Sent")), Folder::Sent);
    }
}
