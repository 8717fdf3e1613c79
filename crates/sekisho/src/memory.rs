//! The installation's memory: where it lies, which key opens it, and what to do where it cannot be opened, in words.
//!
//! The place is `store.url` of the configuration, the key a file of its own (`HOME/secret.key`, or a credential of the service). A key is made
//! only where nothing was learned yet: with another one, what was learned would be of no use.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sekisho_judge::Lang;
use sekisho_store::{NoSecret, Secret, Store, StoreError};

use crate::home::Chosen;
use crate::setup::{Setup, StorePlace};
use crate::terminal;
use crate::words::either;

/// Why the memory cannot be used.
#[derive(Debug)]
pub enum NoMemory {
    /// The configuration was refused, and what it says is needed to change what is remembered; the line about it.
    NotConfigured(String),
    /// The configuration was refused, and does not even say where the memory lies; the line about it.
    Nowhere(String),
    /// The installation's folder, named by a person, is not there.
    NoFolder(PathBuf),
    /// The key is gone, and there is something that was learned with it.
    KeyLost {
        /// Where the key should lie.
        key: PathBuf,
        /// The memory.
        place: String,
    },
    /// The database is gone or empty, and there is the key that it was learned with.
    DatabaseLost {
        /// The key.
        key: PathBuf,
        /// Where the database should lie.
        file: PathBuf,
    },
    /// The key cannot be used, or none can be made.
    Key(NoSecret),
    /// The database.
    Store(StoreError),
}

/// Whether what is remembered may be changed: never by a configuration that is not the organisation's, which forgets what it wants to keep, trusts
/// nobody's word, and may name another database.
///
/// # Errors
/// The configuration was refused.
pub fn may_change(setup: &Setup) -> Result<(), NoMemory> {
    setup.refused.as_ref().map_or(Ok(()), |refused| Err(NoMemory::NotConfigured(refused.line.clone())))
}

/// Opens the memory for learning; memory and key are made where nothing was learned yet.
///
/// # Errors
/// It cannot be opened.
pub fn open(setup: &Setup) -> Result<Store, NoMemory> {
    may_change(setup)?;
    let home = &setup.home;
    if !home.folder.is_dir() {
        if home.chosen == Chosen::ByName {
            return Err(NoMemory::NoFolder(home.folder.clone()));
        }
        fs::create_dir_all(&home.folder)
            .map_err(|error| NoMemory::Key(NoSecret::Refused(home.folder.display().to_string(), error)))?;
    }
    let key = home.key();
    let url = &setup.config.store.url;
    let read = || Secret::of(&home.folder, home.credentials().as_deref());
    let (secret, made) = match read() {
        Ok(secret) => (secret, false),
        // Another learner may have made both a moment ago, the key first.
        Err(NoSecret::Missing(_)) if file(setup).is_some_and(|file| file.exists()) => {
            (read().map_err(|_| lost(setup, key.clone()))?, false)
        }
        Err(NoSecret::Missing(_)) => match Secret::create(&key) {
            Ok(secret) => (secret, true),
            // Another learner made it a moment ago.
            Err(NoSecret::Exists(_)) => (read().map_err(NoMemory::Key)?, false),
            Err(error) => return Err(NoMemory::Key(error)),
        },
        Err(error) => return Err(NoMemory::Key(error)),
    };
    match Store::open(url, &home.folder, secret) {
        Ok(store) => Ok(store),
        Err(StoreError::OtherSecret { .. }) if made => {
            // The new key opens nothing, and must not look as if it were the right one.
            let _ = fs::remove_file(&key);
            Err(lost(setup, key))
        }
        Err(error) => Err(NoMemory::Store(error)),
    }
}

/// Opens the memory for asking. `None` where nothing was learned yet.
///
/// # Errors
/// It cannot be opened.
pub fn open_to_read(setup: &Setup) -> Result<Option<Store>, NoMemory> {
    if let Some(refused) = setup.refused.as_ref().filter(|refused| refused.store == StorePlace::Unknown) {
        return Err(NoMemory::Nowhere(refused.line.clone()));
    }
    let key = setup.home.key();
    if let Some(file) = file(setup).filter(|file| is_gone(file)) {
        return if key.exists() { Err(NoMemory::DatabaseLost { key, file }) } else { Ok(None) };
    }
    let secret = match Secret::of(&setup.home.folder, setup.home.credentials().as_deref()) {
        Ok(secret) => secret,
        Err(NoSecret::Missing(_)) => return Err(lost(setup, key)),
        Err(error) => return Err(NoMemory::Key(error)),
    };
    match Store::open_to_read(&setup.config.store.url, &setup.home.folder, secret) {
        Ok(store) => Ok(Some(store)),
        Err(StoreError::NotThere(_)) => Ok(None),
        Err(error) => Err(NoMemory::Store(error)),
    }
}

/// Whether there is no file, or an empty one: no database is.
fn is_gone(file: &Path) -> bool {
    fs::metadata(file).map_or_else(|error| error.kind() == ErrorKind::NotFound, |file| file.len() == 0)
}

fn lost(setup: &Setup, key: PathBuf) -> NoMemory {
    let place = file(setup)
        .map_or_else(|| without_password(&setup.config.store.url), |file| file.display().to_string());
    NoMemory::KeyLost { key, place }
}

/// Has what was forgotten go from the disk as well, and says where that could not be done: forgetting counts all the same.
pub fn erase(store: &mut Store, setup: &Setup) {
    let Err(error) = store.erase() else { return };
    let cause = words(&error, setup.lang);
    terminal::complain(&either(
        setup.lang,
        format!(
            "忘れましたが、データベースを書き直せなかったので、ファイルの空いた領域に内容がまだ残っていることがあります（{cause}）。次に `sekisho learn` を実行するか、何かを忘れさせたときに、もう一度書き直します"
        ),
        format!(
            "it is forgotten, but the database could not be rewritten, and freed space in its files may still hold it ({cause}); \
             this is tried again whenever `sekisho learn` runs or something is forgotten"
        ),
    ));
}

/// The database's file, where it is one.
pub fn file(setup: &Setup) -> Option<PathBuf> {
    let is_known = setup.refused.as_ref().is_none_or(|refused| refused.store == StorePlace::Known);
    is_known.then(|| file_of(&setup.config.store.url, &setup.home.folder)).flatten()
}

fn file_of(url: &str, folder: &Path) -> Option<PathBuf> {
    match url {
        "sqlite" => Some(folder.join("sekisho.db")),
        _ => url.strip_prefix("sqlite:").map(|name| folder.join(name)),
    }
}

/// The server without what stands before the `@`.
fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://{rest}"),
        _ => url.to_owned(),
    }
}

impl NoMemory {
    /// The line for the person, with the way out.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            NoMemory::NotConfigured(line) => either(
                lang,
                format!(
                    "{line}（設定ファイルが直るまで、覚えていることは変更できません。何も変更していません）"
                ),
                format!(
                    "{line} (until the configuration is mended, nothing remembered can be changed; nothing was changed)"
                ),
            ),
            NoMemory::Nowhere(line) => either(
                lang,
                format!("{line}（覚えていることの置き場所 store.url を読み取れないので、調べていません）"),
                format!(
                    "{line} (store.url, where what is remembered lies, cannot be read; it was not looked at)"
                ),
            ),
            NoMemory::NoFolder(folder) => {
                let folder = folder.display();
                either(
                    lang,
                    format!(
                        "{folder}: このフォルダーはありません。`sekisho init --home {folder}` で作れます"
                    ),
                    format!("{folder}: no such folder; `sekisho init --home {folder}` makes it"),
                )
            }
            NoMemory::KeyLost { key, place } => {
                let key = key.display();
                either(
                    lang,
                    format!(
                        "{key}: 秘密鍵がありません。{place} はこの鍵で学習したものです。バックアップから鍵を戻してください。\
                         バックアップがどこにもなければ、`sekisho learn --start-over` で新しい鍵を作り、学習し直せます"
                    ),
                    format!(
                        "{key}: the secret key is gone, and {place} was learned with it; put the key back from the backup; \
                         if there is no backup, `sekisho learn --start-over` makes a new key, and you learn again"
                    ),
                )
            }
            NoMemory::DatabaseLost { key, file } => {
                let (key, file) = (key.display(), file.display());
                either(
                    lang,
                    format!(
                        "{file}: 秘密鍵（{key}）はありますが、その鍵で学習したデータベースがないか、空になっています。バックアップから戻してください。\
                         なければ `sekisho learn` で学習し直せますが、例外、確認済みの相手、忘れた相手の印、法律上の保全は戻りません"
                    ),
                    format!(
                        "{file}: there is a secret key ({key}), and the database that was learned with it is gone or empty; put it back from the backup; \
                         if there is none, `sekisho learn` learns again, without exceptions, confirmed contacts, marks of people forgotten and legal holds"
                    ),
                )
            }
            NoMemory::Key(error) => key_words(error, lang),
            NoMemory::Store(error) => words(error, lang),
        }
    }
}

/// What the store refused, in words for the person.
pub fn words(error: &StoreError, lang: Lang) -> String {
    let ja = match error {
        StoreError::NotAPlace(url) => {
            format!("store.url = \"{url}\": sqlite、sqlite:ファイル名、postgres://… のどれかを書いてください")
        }
        StoreError::NotOpened { place, cause } => {
            format!("{place}: データベースを開けません（{cause}）。置き場所と権限を（サーバーなら、動いているかも）確かめてください")
        }
        StoreError::Newer { place, found, known } => format!(
            "{place}: 新しい版のプログラムが作ったデータベースです（版 {found}、このプログラムは版 {known} まで）。新しい版を入れてください"
        ),
        StoreError::OtherSecret { place, wanted, given } => format!(
            "{place}: 別の秘密鍵（{wanted}）で学習したものです。今の鍵は {given} です。正しい鍵をバックアップから戻してください。失われたときは、`sekisho learn --start-over` で今の鍵を使って学習し直せます"
        ),
        StoreError::NotThere(place) => format!("{place}: まだ何も学習していません。sekisho learn で始めます"),
        StoreError::Older { place, found, known } => format!(
            "{place}: 古い版のデータベースです（版 {found}、このプログラムは版 {known}）。次に学習するときに新しくなります"
        ),
        StoreError::Busy(seconds) => format!(
            "別のプログラムがデータベースに書き込んでいて、{seconds} 秒待っても終わりませんでした。終わってからもう一度実行してください"
        ),
        StoreError::InUse => {
            "別のプログラムがデータベースを読んでいます。終わってからもう一度実行してください".to_owned()
        }
        StoreError::Full => "ディスクに空きがありません。空きを作ってからもう一度実行してください。ここまでに済んだ分は残っています".to_owned(),
        StoreError::NoRoom => "データベースのファイルに、これ以上書き込めません。ファイルの大きさの上限（`ulimit -f` やサービスの制限）に達したか、ディスクが故障しています。上限を上げるか、store.url で別の場所を指定して、もう一度実行してください。ここまでに済んだ分は残っています".to_owned(),
        StoreError::LegallyHeld(address) => {
            let who = address.as_deref().unwrap_or("すべての方");
            format!("{who}: 法律上の保全の対象です。保全が解かれるまで、覚えていることは消せません")
        }
        StoreError::NotASender(sender) => {
            format!("例外の対象「{sender}」：メールアドレスか @ドメイン で指定してください（.com や .co.jp の全体は指定できません）")
        }
        StoreError::Expired => "例外の期限が開始より前です。後の日付を指定してください".to_owned(),
        StoreError::Damaged => "データベースのファイルが壊れています。バックアップから戻してください。なければ、別の場所へ移してから、残っているメールをもう一度学習してください（例外、確認済みの相手、法律上の保全は戻りません）".to_owned(),
        StoreError::Lost => "データベースとの接続が切れました。データベースのサーバーが動いているかを確かめて、もう一度実行してください。ここまでに済んだ分は残っています".to_owned(),
        StoreError::Refused(cause) => format!("データベースが受け付けませんでした（{cause}）"),
    };
    either(lang, ja, error.to_string())
}

fn key_words(error: &NoSecret, lang: Lang) -> String {
    let ja = match error {
        NoSecret::Missing(path) => format!(
            "{path}: 秘密鍵がありません。バックアップから戻してください。なければ、`sekisho learn --start-over` で新しい鍵を作り、学習し直せます"
        ),
        NoSecret::Damaged(path) => format!(
            "{path}: 秘密鍵の中身が壊れています。バックアップから戻してください。なければ、このファイルを別の場所へ移し、`sekisho learn --start-over` を実行してください"
        ),
        NoSecret::Open { path, mode } => {
            format!(
                "{path}: ほかの人も秘密鍵を読めます（モード {mode:03o}）。chmod 600 {path} を実行してください"
            )
        }
        NoSecret::Exists(path) => format!("{path}: 秘密鍵はすでにあります。上書きはしません"),
        NoSecret::Refused(path, cause) => format!("{path}: {cause}"),
    };
    either(lang, ja, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setup(home: &Path) -> Setup {
        let flags = <crate::flags::Flags as clap::Parser>::parse_from([
            "sekisho".as_ref(),
            "--home".as_ref(),
            home.as_os_str(),
            "doctor".as_ref(),
        ]);
        Setup::of(&flags)
    }

    fn error(setup: &Setup) -> String {
        open(setup).err().map(|error| error.words(Lang::En)).unwrap_or_default()
    }

    #[test]
    fn a_key_is_made_with_the_memory_and_never_beside_one() {
        let folder = tempfile::tempdir().unwrap();
        let setup = setup(folder.path());
        assert!(open_to_read(&setup).unwrap().is_none());
        open(&setup).unwrap();
        assert!(open_to_read(&setup).unwrap().is_some());
        open(&setup).unwrap();
        let key = folder.path().join("secret.key");
        let first = fs::read(&key).unwrap();
        fs::remove_file(&key).unwrap();
        let lost = error(&setup);
        assert!(
            lost.contains("the secret key is gone") && lost.contains("sekisho learn --start-over"),
            "{lost}"
        );
        assert!(!key.exists());
        assert!(matches!(open_to_read(&setup), Err(NoMemory::KeyLost { .. })));
        Secret::create(&key).unwrap();
        assert!(error(&setup).contains("put the right key back"));
        fs::write(&key, first).unwrap();
        open(&setup).unwrap();
    }

    #[test]
    fn a_database_that_is_gone_is_not_called_a_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let setup = setup(folder.path());
        open(&setup).unwrap();
        let file = folder.path().join("sekisho.db");
        for what in ["empty", "gone"] {
            if what == "empty" { fs::write(&file, "") } else { fs::remove_file(&file) }.unwrap();
            let lost = open_to_read(&setup).err().unwrap().words(Lang::En);
            assert!(lost.contains("put it back from the backup"), "{what}: {lost}");
        }
        // To learn again is one of the ways out.
        open(&setup).unwrap();
        assert!(open_to_read(&setup).unwrap().is_some());
    }

    #[test]
    fn a_folder_that_a_person_named_is_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("typing-error");
        assert!(error(&setup(&missing)).contains("no such folder"));
        assert!(!missing.exists());
    }

    #[test]
    fn places_are_shown_without_passwords() {
        assert_eq!(without_password("postgres://a:b@c.example/d"), "postgres://c.example/d");
        assert_eq!(without_password("postgres://c.example/d"), "postgres://c.example/d");
        assert_eq!(file_of("sqlite:a.db", Path::new("/h")), Some(PathBuf::from("/h/a.db")));
        assert_eq!(file_of("postgres://c", Path::new("/h")), None);
    }
}
