//! The names that mail programs give their folders, and Gmail its labels, in the languages that are common → what lies there.
//!
//! Spaces, hyphens and case do not matter, nor whether signs are put together of several (as macOS writes names of files) or are wide.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::Folder;

/// Names of folders and of labels.
const NAMES: &[(Folder, &[&str])] = &[
    (
        Folder::Sent,
        &[
            "sent",
            "sent items",
            "sent mail",
            "sent messages",
            "送信済み",
            "送信済みアイテム",
            "送信済みメール",
            "送信済みメッセージ",
            "送信済",
            "送信控え",
            "送信箱",
            "gesendet",
            "gesendete elemente",
            "gesendete objekte",
            "envoyés",
            "éléments envoyés",
            "messages envoyés",
            "courrier envoyé",
            "enviados",
            "elementos enviados",
            "mensajes enviados",
            "correo enviado",
            "inviati",
            "inviata",
            "posta inviata",
            "elementi inviati",
            "itens enviados",
            "e-mails enviados",
            "已发送",
            "已发送邮件",
            "已发邮件",
            "寄件備份",
            "已傳送",
            "보낸편지함",
            "보낸메일함",
        ],
    ),
    (
        Folder::Junk,
        &[
            "junk",
            "junk e-mail",
            "junk mail",
            "spam",
            "迷惑メール",
            "迷惑メールフォルダ",
            "迷惑メールフォルダー",
            "スパム",
            "[迷惑メール]",
            "spamverdacht",
            "unerwünschte werbung",
            "indésirables",
            "courrier indésirable",
            "pourriel",
            "spams",
            "correo no deseado",
            "posta indesiderata",
            "lixo eletrônico",
            "lixo eletrónico",
            "垃圾邮件",
            "垃圾郵件",
            "스팸",
            "스팸함",
            "스팸메일",
            "스팸메일함",
            "스팸편지함",
            "정크메일",
        ],
    ),
    (
        Folder::Deleted,
        &[
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
            "papierkorb",
            "gelöscht",
            "gelöschte elemente",
            "gelöschte objekte",
            "corbeille",
            "éléments supprimés",
            "messages supprimés",
            "papelera",
            "papelera de reciclaje",
            "elementos eliminados",
            "eliminados",
            "cestino",
            "posta eliminata",
            "elementi eliminati",
            "lixeira",
            "itens excluídos",
            "已删除",
            "已删除邮件",
            "已刪除的郵件",
            "垃圾桶",
            "回收站",
            "휴지통",
            "지운편지함",
        ],
    ),
    (
        Folder::Drafts,
        &[
            "drafts",
            "draft",
            "unsent messages",
            "下書き",
            "草稿",
            "entwürfe",
            "entwurf",
            "brouillons",
            "brouillon",
            "borradores",
            "borrador",
            "bozze",
            "bozza",
            "rascunhos",
            "草稿箱",
            "草稿夾",
            "임시보관함",
        ],
    ),
];

/// Names of folders alone: a label of this name is one that a person made.
const OF_FOLDERS: &[(Folder, &[&str])] = &[
    (Folder::Junk, &["bulk", "bulk mail"]),
    (
        Folder::Drafts,
        &[
            "templates",
            "outbox",
            "テンプレート",
            "送信トレイ",
            "未送信",
            "未送信メール",
            "同期の失敗",
            "sync issues",
            "rss feeds",
            "rss フィード",
        ],
    ),
];

/// What lies in a folder of this name, where the name says it.
pub(super) fn of_folder(name: &str) -> Option<Folder> {
    static KNOWN: LazyLock<Names> = LazyLock::new(|| by_name(NAMES.iter().chain(OF_FOLDERS)));
    KNOWN.get(&compared(name)).copied()
}

/// What a label says of a mail.
pub(super) fn of_label(label: &str) -> Option<Folder> {
    static KNOWN: LazyLock<Names> = LazyLock::new(|| by_name(NAMES.iter()));
    KNOWN.get(&compared(label)).copied()
}

/// Folders by their names, as these are compared: every mail of a mailbox asks for its folders.
type Names = HashMap<String, Folder>;

fn by_name<'n>(names: impl Iterator<Item = &'n (Folder, &'n [&'n str])>) -> Names {
    names.flat_map(|(folder, names)| names.iter().map(|name| (compared(name), *folder))).collect()
}

/// A name as it is compared.
fn compared(name: &str) -> String {
    let is_passed_over = |c: &char| c.is_whitespace() || matches!(c, '-' | '_' | '\u{2010}' | '\u{2011}');
    name.nfkc().filter(|c| !is_passed_over(c)).flat_map(char::to_lowercase).collect()
}
