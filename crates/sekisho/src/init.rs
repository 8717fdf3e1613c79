//! `init`: writes the annotated configuration, filled with what the person said, and never over an existing one.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;

use sekisho_judge::Lang;

use crate::config::{self, Config};
use crate::flags::Init;
use crate::setup::Setup;
use crate::terminal;
use crate::words::{either, harmless};

/// What the person said, by flags or by answers.
#[derive(Debug, Default, PartialEq, Eq)]
struct Answers {
    name: String,
    domains: Vec<String>,
    people: Vec<String>,
    people_file: String,
}

/// The configuration could not be written.
const EXIT_FAILED: u8 = 2;

/// Writes the configuration.
pub fn run(init: &Init, setup: &Setup) -> ExitCode {
    match write(init, setup) {
        Ok(words) => {
            let _ = terminal::print(&words);
            ExitCode::SUCCESS
        }
        Err(line) => {
            terminal::complain(&line);
            ExitCode::from(EXIT_FAILED)
        }
    }
}

fn write(init: &Init, setup: &Setup) -> Result<String, String> {
    let lang = setup.lang;
    let file = setup.home.config();
    let shown = file.display();
    let exists = || {
        either(
            lang,
            format!("{shown}: すでにあります。上書きはしません。直接編集してください"),
            format!("{shown}: is there already and is not overwritten; edit it"),
        )
    };
    if file.exists() {
        return Err(exists());
    }
    let mut answers = Answers::of_flags(init);
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        answers.ask(lang, &mut io::stdin().lock());
    }
    let text = config::sample(&answers.filled(lang)?);
    Config::parse(&file, &text).map_err(|error| error.to_string())?;
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => exists(),
        _ => either(
            lang,
            format!("{shown}: 書き込めません（{error}）"),
            format!("{shown}: cannot be written ({error})"),
        ),
    };
    fs::create_dir_all(&setup.home.folder).map_err(failed)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, FILE_MODE);
    let mut begun = options.open(&file).map_err(failed)?;
    let whole = begun.write_all(text.as_bytes()).and_then(|()| begun.sync_all());
    drop(begun);
    whole.map_err(|error| {
        // A part of one would stand in the way of the next try.
        let _ = fs::remove_file(&file);
        failed(error)
    })?;
    Ok(written(&file.display().to_string(), lang))
}

/// The file names people and addresses: others of the group may read it, nobody else.
#[cfg(unix)]
const FILE_MODE: u32 = 0o640;

fn written(file: &str, lang: Lang) -> String {
    either(
        lang,
        format!(
            "{file} を書きました。\n次は、人の名簿を書き足して `sekisho doctor` で確かめ、`sekisho scan メールの場所` で判定してください。\n"
        ),
        format!(
            "Wrote {file}.\nNext: add your people, check with `sekisho doctor`, and judge mail with `sekisho scan PATH`.\n"
        ),
    )
}

impl Answers {
    fn of_flags(init: &Init) -> Self {
        Self {
            name: init.name.clone().unwrap_or_default(),
            domains: init.domains.clone(),
            people: init.people.clone(),
            people_file: init.people_file.clone().unwrap_or_default(),
        }
    }

    /// Asks for what no flag gave. An empty answer leaves it open.
    fn ask(&mut self, lang: Lang, input: &mut impl BufRead) {
        if self.name.is_empty() {
            self.name = answer(either(lang, "組織の名前: ", "Organisation's name: "), input);
        }
        if self.domains.is_empty() {
            let domains = answer(
                either(
                    lang,
                    "メールのドメイン（@ より後ろ、複数は空白で区切る）: ",
                    "Mail domains (behind the @, divided by spaces): ",
                ),
                input,
            );
            self.domains = domains
                .split([' ', ',', '、', '　'])
                .filter(|domain| !domain.is_empty())
                .map(str::to_owned)
                .collect();
        }
        while self.people.len() < PEOPLE_ASKED_MAX && self.people_file.is_empty() {
            let person = answer(
                either(
                    lang,
                    "人（例: 佐藤 花子 <sato@midori.example>、空行で終わり）: ",
                    "Person (NAME <ADDRESS>, empty to end): ",
                ),
                input,
            );
            if person.is_empty() {
                break;
            }
            match config::person(&person) {
                Some(_) => self.people.push(person),
                None => terminal::complain(&not_a_person(&person, lang)),
            }
        }
    }

    /// The settings as TOML.
    fn filled(&self, lang: Lang) -> Result<BTreeMap<&'static str, String>, String> {
        let text = |text: &str| toml::Value::from(text).to_string();
        let mut filled = BTreeMap::new();
        if !self.name.is_empty() {
            filled.insert("organisation.name", text(&self.name));
        }
        if !self.people_file.is_empty() {
            filled.insert("organisation.people_file", text(&self.people_file));
        }
        let domains: Result<Vec<String>, String> = self
            .domains
            .iter()
            .map(|domain| Ok(text(own_domain(domain).ok_or_else(|| not_a_domain(domain, lang))?)))
            .collect();
        let domains = domains?;
        if !domains.is_empty() {
            filled.insert("organisation.domains", format!("[{}]", domains.join(", ")));
        }
        let person = |person: &String| {
            let (name, address) = config::person(person).ok_or_else(|| not_a_person(person, lang))?;
            Ok(format!("  {},\n", config::person_text(&name, &address)))
        };
        let people: String = self.people.iter().map(person).collect::<Result<_, String>>()?;
        if !people.is_empty() {
            filled.insert("organisation.people", format!("[\n{people}]"));
        }
        Ok(filled)
    }
}

/// More people are easier written into the file, or into a people file.
const PEOPLE_ASKED_MAX: usize = 20;

/// A domain without the `@` in front; `None` where it is none.
fn own_domain(text: &str) -> Option<&str> {
    let domain = text.trim().trim_start_matches('@');
    let is_domain = domain.contains('.')
        && !domain.contains(['@', '/', ' ', ':'])
        && !domain.starts_with('.')
        && !domain.ends_with('.');
    is_domain.then_some(domain)
}

fn not_a_domain(seen: &str, lang: Lang) -> String {
    let seen = harmless(seen);
    either(
        lang,
        format!("--domain \"{seen}\": ドメインではありません。midori.example のように書いてください"),
        format!("--domain \"{seen}\": is no domain; write it like midori.example"),
    )
}

fn not_a_person(seen: &str, lang: Lang) -> String {
    let seen = harmless(seen);
    either(
        lang,
        format!(
            "--person \"{seen}\": 人として読めません。\"佐藤 花子 <sato@midori.example>\" のように書いてください"
        ),
        format!("--person \"{seen}\": is no person; write it like \"Hanako Sato <sato@midori.example>\""),
    )
}

fn answer(question: &str, input: &mut impl BufRead) -> String {
    let _ = terminal::print(question);
    let mut line = String::new();
    match input.read_line(&mut line) {
        Ok(_) => line.trim().to_owned(),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_become_settings() {
        let mut answers = Answers::default();
        let said =
            "みどり設計事務所\n@midori.example midori.test\n佐藤 花子 <sato@midori.example>\nnobody\n\n";
        answers.ask(Lang::Ja, &mut said.as_bytes());
        let text = config::sample(&answers.filled(Lang::Ja).unwrap());
        let read = Config::parse(std::path::Path::new("s"), &text).unwrap();
        assert_eq!(read.organisation.domains, ["midori.example", "midori.test"]);
        assert_eq!(read.organisation.people.len(), 1);
    }

    #[test]
    fn what_is_no_domain_is_refused() {
        for (text, domain) in [
            ("@a.example", Some("a.example")),
            ("a", None),
            ("x@a.example", None),
            ("https://a.example", None),
        ] {
            assert_eq!(own_domain(text), domain);
        }
    }
}
