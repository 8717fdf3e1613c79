//! Flags, environment and the installation's files → everything a command works with, worked out once.
//!
//! A broken file never stops the work: its line is kept in `complaints`, and what is built in takes its place.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sekisho_facts::Own;
use sekisho_judge::lists::Lists;
use sekisho_judge::{Lang, Policy, Profile};
use sekisho_mail::Address;
use sekisho_reader::Wishes;
use sekisho_sender::{Resolver, Trust};

use crate::config::{self, Config};
use crate::days;
use crate::flags::{Command, Flags, Judging};
use crate::given_passwords;
use crate::home::{Chosen, Home};
use crate::readers::Readers;
use crate::recall::Recall;
use crate::terminal::{self, Page};
use crate::words::{either, language_of_environment};

/// Everything a command works with.
pub struct Setup {
    /// The language of everything said.
    pub lang: Lang,
    /// What standard output looks like.
    pub page: Page,
    /// How much is said.
    pub speech: Speech,
    /// Where the installation lives.
    pub home: Home,
    /// Its configuration.
    pub config: Config,
    /// Why its configuration file is not it, where the file was refused.
    pub refused: Option<Refused>,
    /// The organisation, as the judge wants it.
    pub own: Own,
    /// The rules.
    pub policy: Policy,
    /// Those who read mails and files.
    pub readers: Readers,
    /// Whose words about senders are believed.
    pub trust: Trust,
    /// DNS, where it is to be asked.
    pub dns: Option<Resolver>,
    /// What is remembered, while mail is judged.
    pub recall: Recall,
    /// The mailbox that mail is judged for, where a person named it.
    pub mailbox: Option<Address>,
    /// The moment whose knowledge mail is judged by, where a person named its day.
    pub as_of: Option<i64>,
    lists: OwnLists,
    /// One line for each of the installation's files that could not be used.
    pub complaints: Vec<String>,
}

/// A configuration file that was refused: what is built in stands in its place, and is not what the organisation wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The file, and what is wrong in it.
    pub line: String,
    /// Whether its `[store]` could be read all the same.
    pub store: StorePlace,
}

/// Whether it is known where the memory of a refused configuration lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorePlace {
    /// It is where the configuration says.
    Known,
    /// It cannot be told; it is nowhere else either.
    Unknown,
}

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    /// Everything useful.
    Full,
    /// Only what needs attention.
    Quiet,
}

enum OwnLists {
    BuiltIn(&'static Lists),
    Overridden(Box<Lists>),
}

/// A list of ours is some hundred kilobytes; a file over this size is a mistake.
const OWN_FILE_BYTES_MAX: u64 = 16 * 1024 * 1024;

impl Setup {
    /// Works everything out.
    pub fn of(flags: &Flags) -> Self {
        let lang = flags
            .common
            .lang
            .map_or_else(|| language_of_environment(|name| std::env::var(name).ok()), Lang::from);
        let home =
            Home::choose(flags.common.home.as_deref(), |name| std::env::var_os(name).map(PathBuf::from));
        let judging = flags.command.judging();
        let mut complaints = Vec::new();
        if judging.is_some() && home.chosen == Chosen::ByName && !home.folder.is_dir() {
            let folder = home.folder.to_string_lossy();
            complaints.push(either(
                lang,
                format!("{folder}: このフォルダーはありません。`sekisho init --home {folder}` で作れます。設定なしで続けます"),
                format!("{folder}: no such folder; `sekisho init --home {folder}` makes it; going on without configuration"),
            ));
        }
        let (config, refused) = config(&home);
        complaints.extend(refused.iter().map(|refused| go_on(&refused.line, lang)));
        let own = config.own(&home.folder).unwrap_or_else(|error| {
            complaints.push(go_on(&error.to_string(), lang));
            config.own_with(Vec::new())
        });
        let profile =
            judging.and_then(|judging| judging.profile).map_or(config.policy.profile, Profile::from);
        let policy = policy(profile, judging, &home, lang, &mut complaints);
        let lists = lists(&home, lang, &mut complaints);
        let readers = readers(&flags.command, lang, &mut complaints);
        let dns = flags.command.asks_dns().then(|| dns(&config, lang, &mut complaints));
        Self {
            lang,
            page: Page::of_stdout(flags.common.color),
            speech: if flags.common.quiet { Speech::Quiet } else { Speech::Full },
            home,
            trust: config.trust(),
            config,
            refused,
            own,
            policy,
            readers,
            dns,
            recall: Recall::default(),
            mailbox: judging.and_then(|judging| judging.mailbox.clone()),
            as_of: judging.and_then(|judging| judging.as_of).map(days::end_of),
            lists,
            complaints,
        }
    }

    /// The dated lists.
    pub fn lists(&self) -> &Lists {
        match &self.lists {
            OwnLists::BuiltIn(lists) => lists,
            OwnLists::Overridden(lists) => lists,
        }
    }

    /// Tells everything that could not be used; whether there was anything.
    pub fn complain(&self) -> bool {
        for complaint in &self.complaints {
            terminal::complain(complaint);
        }
        !self.complaints.is_empty()
    }
}

/// Readers that know the passwords given, and what the command wants of them.
fn readers(command: &Command, lang: Lang, complaints: &mut Vec<String>) -> Readers {
    let mut wishes = Wishes::default();
    if let Some(file) = command.judging().and_then(|judging| judging.passwords.as_deref()) {
        wishes.passwords = given_passwords::read(file, lang).unwrap_or_else(|error| {
            complaints.push(error);
            Vec::new()
        });
    }
    if let Command::Inspect(inspect) = command {
        inspect.wish(&mut wishes);
    }
    Readers::new(wishes)
}

/// DNS at the configured name servers; where it cannot be asked, everything stays unknown.
fn dns(config: &Config, lang: Lang, complaints: &mut Vec<String>) -> Resolver {
    Resolver::new(&config.nameservers()).unwrap_or_else(|error| {
        complaints.push(either(
            lang,
            format!("--dns: DNS に問い合わせられません（{error}）。問い合わせずに続けます"),
            format!("--dns: {error}; going on without DNS"),
        ));
        Resolver::nobody()
    })
}

/// An error of one of our files, and what happens now.
fn go_on(error: &str, lang: Lang) -> String {
    either(
        lang,
        format!("{error}（組み込みの内容で続けます）"),
        format!("{error} (going on with what is built in)"),
    )
}

/// The configuration, and why it is not that of the file.
fn config(home: &Home) -> (Config, Option<Refused>) {
    let file = home.config();
    let (line, store) = match own_file(&file) {
        Ok(None) => return (Config::default(), None),
        Ok(Some(text)) => match Config::parse(&file, &text) {
            Ok(config) => return (config, None),
            Err(error) => (error.to_string(), config::store_alone(&text)),
        },
        Err(line) => (line, None),
    };
    let place = if store.is_some() { StorePlace::Known } else { StorePlace::Unknown };
    let config = Config { store: store.unwrap_or_default(), ..Config::default() };
    (config, Some(Refused { line, store: place }))
}

/// The rules: those of `--policy`, else of HOME/policy.toml, over the built-in ones.
fn policy(
    profile: Profile,
    judging: Option<&Judging>,
    home: &Home,
    lang: Lang,
    complaints: &mut Vec<String>,
) -> Policy {
    let named = judging.and_then(|judging| judging.policy.as_deref());
    let file = named.map_or_else(|| home.policy(), Path::to_owned);
    let read = match own_file(&file) {
        Ok(Some(text)) => {
            Policy::with_override(profile, &file.to_string_lossy(), &text).map_err(|error| error.to_string())
        }
        Ok(None) if named.is_some() => Err(either(
            lang,
            format!("{}: 見つかりません", file.display()),
            format!("{}: not found", file.display()),
        )),
        Ok(None) => return built_in(profile),
        Err(error) => Err(error),
    };
    read.unwrap_or_else(|error| {
        complaints.push(go_on(&error, lang));
        built_in(profile)
    })
}

#[allow(clippy::expect_used)] // The text is compiled in, and a test of the judge reads it.
fn built_in(profile: Profile) -> Policy {
    Policy::built_in(profile).expect("the built-in policy is valid")
}

/// The built-in lists, with those of HOME/lists/*.toml in their places.
fn lists(home: &Home, lang: Lang, complaints: &mut Vec<String>) -> OwnLists {
    let built_in = OwnLists::BuiltIn(Lists::built_in());
    let entries = match fs::read_dir(home.lists()) {
        Ok(entries) => entries,
        Err(_) => return built_in,
    };
    let mut texts: Vec<(String, String)> = Vec::new();
    for file in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if file.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match own_file(&file) {
            Ok(text) => texts.extend(text.map(|text| (name, text))),
            Err(error) => complaints.push(go_on(&error, lang)),
        }
    }
    if texts.is_empty() {
        return built_in;
    }
    match Lists::with_overrides(texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))) {
        Ok(lists) => OwnLists::Overridden(Box::new(lists)),
        Err(error) => {
            complaints.push(go_on(&format!("{}: {error}", home.folder.display()), lang));
            built_in
        }
    }
}

/// The text of one of the installation's own files; `None` where there is none.
fn own_file(file: &Path) -> Result<Option<String>, String> {
    let shown = file.display();
    match fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("{shown}: cannot be read ({error})")),
        Ok(metadata) if metadata.len() > OWN_FILE_BYTES_MAX => {
            return Err(format!("{shown}: has {} bytes; the limit is {OWN_FILE_BYTES_MAX}", metadata.len()));
        }
        Ok(_) => {}
    }
    let bytes = fs::read(file).map_err(|error| format!("{shown}: cannot be read ({error})"))?;
    let text = String::from_utf8(bytes).map_err(|_| format!("{shown}: is not UTF-8; save it as UTF-8"))?;
    Ok(Some(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()))
}
