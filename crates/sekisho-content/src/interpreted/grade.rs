//! What a script calls → evidence with its weight.

use std::collections::BTreeSet;

use super::fold::{self, Known};
use super::language::Language;
use super::names;
use super::value::Value;
use crate::command::{self, Evidence, Weight, telling};
use crate::open::Budget;
use crate::{Cost, Unread};

/// What a script was found to be.
#[derive(Debug, Default)]
pub(crate) struct Graded {
    /// What it does.
    pub(crate) found: Evidence,
    /// Whether it speaks to a page or to a server program, and not to the script host.
    pub(super) web: bool,
    /// Whether it speaks to the script host of Windows.
    pub(super) host: bool,
    /// How many heavy things there are.
    pub(super) heavy: usize,
    /// Objects whose names only running would tell.
    pub(super) built_names: usize,
    /// Whether there is anything to run.
    pub(super) empty: bool,
    /// Why it was not read to its end.
    pub(crate) unread: Option<Unread>,
}

/// Reads a script and grades it; what was found stays where the budget ends, with the reason.
pub(crate) fn grade(source: &str, language: Language, budget: &mut Budget) -> Graded {
    let mut graded = Graded::default();
    graded.unread = if language == Language::Batch || language == Language::Shell {
        lines(source, language, &mut graded, budget).err()
    } else {
        let (known, unread) = fold::read(source, language, budget);
        unread.or(known_script(&known, language, &mut graded, budget).err())
    };
    if language == Language::JavaScript && graded.web && !graded.host {
        // Pages and server programs may do all this; the script host of Windows would stop at their first line.
        graded.found.weight = graded.found.weight.min(Some(Weight::Light));
        graded.heavy = 0;
    }
    if language == Language::PowerShell {
        // Addresses need no quotes there.
        let code = source.lines().filter(|line| !line.trim_start().starts_with('#'));
        code.for_each(|line| {
            graded.found.links_of(line);
            let lower = line.to_ascii_lowercase();
            // Letters of names that every machine has, put together to `iex`.
            if ["$env:comspec[", "$shellid[", "$pshome[", "$verbosepreference.tostring()["]
                .iter()
                .any(|of| lower.contains(of))
            {
                graded.add("hidden: iex", Weight::Heavy);
            }
        });
    }
    graded
}

fn known_script(
    known: &Known,
    language: Language,
    graded: &mut Graded,
    budget: &mut Budget,
) -> Result<(), Unread> {
    let units = known.calls.len() + known.paths.len();
    budget.pay(Cost::Work(units as u64)).map_err(|_| Unread::TooLarge)?;
    graded.empty = known.tokens == 0;
    speaks_to(known, language, graded);
    calls(known, language, graded, budget)?;
    paths(known, language, graded);
    decodes_and_runs(known, language, graded);
    strings(known, graded, budget)
}

impl Graded {
    fn add(&mut self, word: &str, weight: Weight) {
        let before = self.found.does.len();
        self.found.add(word, weight);
        if weight == Weight::Heavy && self.found.does.len() > before {
            self.heavy += 1;
        }
    }

    fn merge(&mut self, other: Evidence) {
        let heavy = other.weight == Some(Weight::Heavy);
        let before = self.found.does.len();
        for word in &other.does {
            self.found.add(word, Weight::Light);
        }
        if heavy {
            self.found.weight = Some(Weight::Heavy);
            self.heavy += (self.found.does.len() - before).max(1);
        }
        other.links.iter().for_each(|link| self.found.link(link));
        other.strings.iter().for_each(|text| self.found.show(text));
    }
}

/// Batch and shell: each line is a command.
fn lines(source: &str, language: Language, graded: &mut Graded, budget: &mut Budget) -> Result<(), Unread> {
    let mut code = String::new();
    for line in source.lines() {
        let plain = line.trim_start().trim_start_matches('@').trim_start();
        let remark = plain.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("rem"));
        let comment = match language {
            Language::Batch => {
                remark && !plain.get(3..4).is_some_and(|c| c.starts_with(char::is_alphanumeric))
                    || plain.starts_with("::")
            }
            _ => plain.starts_with('#'),
        };
        if !comment && !plain.is_empty() {
            code.push_str(line);
            code.push('\n');
        }
    }
    graded.empty = code.is_empty();
    graded.host = true;
    let mut found = Evidence::default();
    command::examine(&code, &mut found, budget)?;
    found.strings = Vec::new();
    telling_lines(&code, &mut found);
    if language == Language::Shell {
        // What is unusual on Windows is every day's work there.
        found.weight = found.weight.min(Some(Weight::Light));
        shell(&code, &mut found);
    }
    graded.merge(found);
    Ok(())
}

/// The lines worth showing.
fn telling_lines(code: &str, found: &mut Evidence) {
    let mut variables = command::Variables::default();
    for line in code.lines() {
        let plain = command::plain(line, &mut variables);
        if telling(&plain).next().is_some() {
            found.show(&plain);
        }
    }
}

fn shell(code: &str, found: &mut Evidence) {
    let lower = code.to_ascii_lowercase();
    let piped = |line: &str| ["| sh", "|sh", "| bash", "|bash"].iter().any(|pipe| line.contains(pipe));
    let fetches = |line: &str| ["curl ", "wget ", "base64 "].iter().any(|word| line.contains(word));
    if lower.lines().any(|line| piped(line) && fetches(line)) {
        found.add("runs what it fetched", Weight::Heavy);
        found.add("pipe into a shell", Weight::Heavy);
    }
    if lower.contains("/dev/tcp/") {
        found.add("/dev/tcp", Weight::Heavy);
        found.add("opens a connection back", Weight::Heavy);
    }
}

fn speaks_to(known: &Known, language: Language, graded: &mut Graded) {
    const HOST: &[&str] = &["wscript", "wsh", "createobject", "getobject", "enumerator", "vbarray"];
    const OBJECTS: &[&str] =
        &["wscript.shell", "adodb.stream", "shell.application", "scripting.filesystemobject"];
    let first = |path: &str, names: &[&str]| names.contains(&path.split('.').next().unwrap_or_default());
    let packed =
        |text: &String| text.contains("document|") || text.contains("|document") || text.contains("jQuery");
    graded.web = known.literals.iter().any(packed) || known.paths.iter().any(|path| names::is_of_web(path));
    let named = known.literals.iter().chain(&known.folded).any(|text| {
        let lower = text.to_ascii_lowercase();
        OBJECTS.iter().any(|object| lower.contains(object))
    });
    // Pages for old browsers ask for their requests by `ActiveXObject`.
    let makes = known.paths.iter().any(|path| first(path, &["activexobject"]));
    graded.host = known.paths.iter().any(|path| first(path, HOST))
        || makes && (named || !graded.web)
        || named && language != Language::JavaScript;
}

fn calls(known: &Known, language: Language, graded: &mut Graded, budget: &mut Budget) -> Result<(), Unread> {
    let has_shell = known.literals.iter().chain(&known.folded).any(|text| {
        let lower = text.to_ascii_lowercase();
        lower.contains("wscript.shell") || lower.contains("shell.application")
    });
    for (path, arguments) in &known.calls {
        let name = path.rsplit('.').next().unwrap_or_default();
        if matches!(
            name,
            "createobject" | "activexobject" | "getobject" | "new-object" | "create" | "get" | "comobject"
        ) {
            objects(path, arguments, graded);
        }
        if let Some(word) = names::starts(path) {
            // Patterns and tests have members of these names too.
            let host = matches!(language, Language::Basic | Language::JavaScript);
            let known = has_shell || graded.host && language == Language::Basic;
            if matches!(word, "Run" | "Exec" | "Shell") && !(host && known) {
                continue;
            }
            starts(word, arguments, language, graded, budget)?;
        }
        if path.contains('.')
            && let Some((word, weight)) = names::member(name)
        {
            graded.add(word, weight);
        }
        evaluates(name, path, arguments, language, graded);
        opens(name, arguments, graded);
    }
    Ok(())
}

fn objects(path: &str, arguments: &[Value], graded: &mut Graded) {
    for argument in arguments {
        match argument {
            Value::Text(text) => {
                if let Some((word, weight)) = names::object(text) {
                    graded.add(word, weight);
                }
                // Asked for by its name, not looked for among what runs.
                if text.to_ascii_lowercase().ends_with("win32_process") {
                    graded.add("Win32_Process", Weight::Heavy);
                }
            }
            Value::Unknown if CREATES.contains(&path) => {
                graded.built_names += 1;
                // A function may take a name; names that are built one after the other are hidden.
                let hidden = path == "activexobject" || graded.built_names > 1;
                let weight = if hidden { Weight::Heavy } else { Weight::Light };
                graded.add(&format!("{path} of a built name"), weight);
            }
            _ => {}
        }
    }
}

/// What makes an object of a name.
const CREATES: &[&str] = &["createobject", "activexobject", "wscript.createobject", "getobject"];

fn starts(
    word: &str,
    arguments: &[Value],
    language: Language,
    graded: &mut Graded,
    budget: &mut Budget,
) -> Result<(), Unread> {
    let texts: Vec<&str> = arguments.iter().filter_map(Value::text).collect();
    let line = texts.join(" ");
    let mut inner = Evidence::default();
    command::examine(&line, &mut inner, budget)?;
    let (program, _) = command::split_program(&line);
    let stem = command::file_stem(program);
    let interprets = command::is_interpreter(&stem) && line.trim().len() > program.len() + 2;
    let started = command::is_started(&command::file_extension(program));
    // A window that is not shown, as the second argument of `Run`.
    let hidden = word == "Run" && matches!(arguments.get(1), Some(Value::Number(0)));
    let built = texts.is_empty() && !arguments.is_empty();
    let weight = match language {
        Language::PowerShell | Language::Python | Language::Perl | Language::Ruby | Language::Php => {
            Weight::Light
        }
        _ if interprets || started || hidden || built => Weight::Heavy,
        _ => Weight::Light,
    };
    graded.merge(inner);
    graded.add(word, weight);
    Ok(())
}

/// `eval` of something that only running would tell.
fn evaluates(name: &str, path: &str, arguments: &[Value], language: Language, graded: &mut Graded) {
    let runs =
        matches!(name, "eval" | "execute" | "executeglobal" | "execscript" | "iex" | "invoke-expression")
            || path == "Function"
            || path == "exec" && language == Language::Python;
    if !runs || arguments.is_empty() && path != "iex" {
        return;
    }
    let known =
        arguments.iter().all(|argument| matches!(argument, Value::Text(text) if !text.contains('\u{2026}')));
    // The other languages build and run text every day; there, what is decoded first tells.
    let host = matches!(language, Language::JavaScript | Language::Basic | Language::PowerShell);
    let weight = if known || !host { Weight::Light } else { Weight::Heavy };
    graded.add(&format!("{} of built text", name.to_lowercase()), weight);
}

/// A text that is decoded and then run, in languages that a person has to start.
fn decodes_and_runs(known: &Known, language: Language, graded: &mut Graded) {
    const DECODES: &[&str] = &["base64_decode", "b64decode", "gzinflate", "str_rot13", "decompress"];
    const RUNS: &[&str] = &["eval", "exec", "assert", "create_function", "system", "popen"];
    if matches!(language, Language::JavaScript | Language::Basic | Language::PowerShell | Language::CSharp) {
        return;
    }
    let decodes =
        known.calls.iter().any(|(path, _)| DECODES.contains(&path.rsplit('.').next().unwrap_or_default()));
    let runs = known.calls.iter().any(|(path, arguments)| {
        RUNS.contains(&path.as_str()) && arguments.iter().any(|argument| argument.text().is_none())
    });
    if decodes && runs {
        graded.add("decodes and runs", Weight::Heavy);
        graded.heavy += 1;
    }
}

/// Requests, and files opened for writing that have the name of a program.
fn opens(name: &str, arguments: &[Value], graded: &mut Graded) {
    let texts = || arguments.iter().filter_map(Value::text);
    if name == "open"
        && texts()
            .next()
            .is_some_and(|method| matches!(method.to_ascii_uppercase().as_str(), "GET" | "POST" | "PUT"))
    {
        graded.add("request", Weight::Light);
        texts().for_each(|text| graded.found.links_of(text));
    }
    if matches!(
        name,
        "createtextfile"
            | "opentextfile"
            | "savetofile"
            | "copyfile"
            | "movefile"
            | "writealltext"
            | "writeallbytes"
            | "set-content"
            | "out-file"
    ) {
        let program = texts().any(|text| command::is_started(&command::file_extension(text)));
        if program {
            graded.add("writes a program", Weight::Heavy);
        }
    }
}

fn paths(known: &Known, language: Language, graded: &mut Graded) {
    let shell = language == Language::PowerShell;
    for path in &known.paths {
        if shell {
            let mut inner = Evidence::default();
            command::words(&path.replace(['[', ']'], ""), &mut inner);
            for word in inner.does.clone() {
                graded.add(&word, inner.weight.unwrap_or(Weight::Light));
            }
        }
        if !matches!(language, Language::JavaScript | Language::Basic | Language::PowerShell) {
            let found = names::READ_LANGUAGES.iter().find(|(known, ..)| {
                path == known || *known != "create_function" && path.ends_with(&format!(".{known}"))
            });
            if let Some((_, word, weight)) = found {
                graded.add(word, *weight);
            }
        }
        let last = path.rsplit('.').next().unwrap_or_default();
        if matches!(last, "responsebody" | "responsetext") && language != Language::JavaScript {
            graded.add("reads an answer", Weight::Light);
        }
    }
}

/// Links and commands in strings are shown; what only folding shows was hidden.
fn strings(known: &Known, graded: &mut Graded, budget: &mut Budget) -> Result<(), Unread> {
    const OBJECTS: &[&str] =
        &["wscript.shell", "adodb.stream", "xmlhttp", "shell.application", "scripting.filesystemobject"];
    let mut open: BTreeSet<&'static str> = BTreeSet::new();
    for text in &known.literals {
        budget.pay(Cost::Work(text.len() as u64)).map_err(|_| Unread::TooLarge)?;
        graded.found.links_of(text);
        let lower = text.to_ascii_lowercase();
        open.extend(OBJECTS.iter().filter(|word| lower.contains(**word)));
        for word in telling(text) {
            graded.found.show(text);
            open.insert(word);
        }
    }
    for text in &known.folded {
        budget.pay(Cost::Work(text.len() as u64)).map_err(|_| Unread::TooLarge)?;
        graded.found.links_of(text);
        let lower = text.to_ascii_lowercase();
        let words = telling(text).chain(OBJECTS.iter().copied().filter(|word| lower.contains(word)));
        for word in words {
            graded.found.show(text);
            if !open.contains(word) && !word.starts_with("http") {
                graded.add(&format!("hidden: {word}"), Weight::Heavy);
            }
        }
    }
    Ok(())
}
