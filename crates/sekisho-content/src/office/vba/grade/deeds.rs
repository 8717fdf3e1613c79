//! What code says → what it does outside the document, with the weight of each deed.

use std::collections::BTreeSet;

use super::names::{self, Weight};
use crate::office::vba::fold::{Known, Said, Value};

/// What was found, with the heaviest weight.
#[derive(Debug, Default)]
pub(super) struct Does {
    words: Vec<String>,
    pub(super) weight: Option<Weight>,
}

impl Does {
    pub(super) fn add(&mut self, word: &str, weight: Weight) {
        self.weight = self.weight.max(Some(weight));
        // What is found is bounded; what is shown of it is less still.
        const WORDS_MAX: usize = 64;
        let known = || self.words.iter().any(|known| known.eq_ignore_ascii_case(word));
        if self.words.len() < WORDS_MAX && !known() {
            self.words.push(word.to_owned());
        }
    }

    /// The words of both, the first ones first, `most` at most.
    pub(super) fn merged(mut self, other: Does, most: usize) -> Vec<String> {
        for word in other.words {
            self.add(&word, Weight::Slight);
        }
        self.words.truncate(most);
        self.words
    }
}

/// Deeds of a part of the code.
pub(super) fn of(said: &Said, known: &Known) -> Does {
    let mut look =
        Look { said, lower: lower(said), has_shell: false, reaches_far: false, says_shell_script: false };
    look.has_shell = look.has(&["wshshell", "iwshshell"]) || look.mentions(&["wscript.shell"]);
    look.reaches_far = look.lower.iter().any(|text| reaches_far(text));
    look.says_shell_script = look.mentions(&["do shell script"]);
    let mut does = Does::default();
    for (path, arguments) in &said.calls {
        look.call(path, arguments, &mut does);
    }
    for (name, names) in &known.declared {
        if said.words.contains(name) {
            look.declared(names, &mut does);
        }
    }
    for word in &said.words {
        if let Some((word, weight)) = names::word(word) {
            does.add(word, weight);
        }
    }
    look.together(known.exhausted, &mut does);
    does
}

struct Look<'s> {
    said: &'s Said,
    /// All strings in lower case, each once.
    lower: BTreeSet<String>,
    has_shell: bool,
    /// Whether a string leads to a program or a page that is run, or to another machine's files.
    reaches_far: bool,
    says_shell_script: bool,
}

impl Look<'_> {
    fn call(&self, path: &str, arguments: &[Value], does: &mut Does) {
        let last = path.rsplit('.').next().unwrap_or_default();
        let member = path.contains('.');
        let first = arguments.first();
        match last {
            "createobject" | "getobject" => self.object(last, arguments, does),
            "shell" if is_shell(path) && !arguments.is_empty() => does.add("Shell", Weight::Heavy),
            "run" | "exec" if member && self.has_shell && !path.starts_with("application") => {
                does.add(
                    if last == "run" { "WScript.Shell.Run" } else { "WScript.Shell.Exec" },
                    Weight::Heavy,
                );
            }
            "run" if path == "application.run" && !matches!(first, Some(Value::Text(_))) => {
                does.add("Application.Run of a built name", Weight::Slight);
            }
            "callbyname" => does.add("CallByName", Weight::Light),
            "executeexcel4macro" => {
                let heavy = matches!(first, Some(Value::Text(text)) if names::runs_in_excel4(text));
                does.add("ExecuteExcel4Macro", if heavy { Weight::Heavy } else { Weight::Light });
            }
            "macscript" => {
                let heavy = self.says_shell_script || !matches!(first, Some(Value::Text(_)));
                does.add("MacScript", if heavy { Weight::Heavy } else { Weight::Slight });
            }
            "followhyperlink" | "navigate" | "navigate2" | "loadlibrary" | "load" if self.reaches_far => {
                does.add(&format!("{last} of what is elsewhere"), Weight::Heavy);
            }
            _ if member => {
                if let Some((word, weight)) = names::member(last) {
                    does.add(word, weight);
                }
            }
            _ => {}
        }
    }

    /// Objects by name: a dangerous one, or a name that is built when it runs.
    fn object(&self, call: &str, arguments: &[Value], does: &mut Does) {
        let texts: Vec<&String> = arguments
            .iter()
            .filter_map(|value| if let Value::Text(text) = value { Some(text) } else { None })
            .collect();
        if texts.is_empty() && !arguments.is_empty() {
            does.add(&format!("{call} of a built name"), Weight::Light);
        }
        for text in texts {
            if let Some(weight) = names::object(text) {
                does.add(text, weight);
            }
        }
    }

    fn declared(&self, names: &[String], does: &mut Does) {
        for name in names {
            if let Some(weight) = names::library(name) {
                does.add(name, weight);
            }
            if name.starts_with("\\\\") || name.starts_with("http") {
                does.add("library from elsewhere", Weight::Heavy);
            }
            if names::starts_with_load(name) && self.reaches_far {
                does.add("loads a library from elsewhere", Weight::Heavy);
            }
        }
        // Memory that is filled and handed to something that calls back runs what was filled in.
        let has = |list: &[&str]| {
            names.iter().any(|name| list.contains(&name.strip_suffix(['a', 'w']).unwrap_or(name)))
        };
        if has(names::CALLS_BACK) && self.said.words.contains("addressof") && self.has(&["rtlmovememory"]) {
            does.add("callback into memory", Weight::Heavy);
        }
    }

    /// What tells only together.
    fn together(&self, exhausted: bool, does: &mut Does) {
        self.files(does);
        self.templates(does);
        self.mails(does);
        let fetches = self.has(&["responsebody", "responsetext", "urldownloadtofile"]);
        if fetches && self.has(&["savetofile", "put", "createtextfile", "shell", "exec"]) {
            does.add("keeps what it fetches", Weight::Heavy);
        }
        let wmi = self.mentions(&["winmgmts", "wbemscripting"]);
        if wmi && self.mentions(&["win32_process", "stdregprov", "win32_scheduledjob", "win32_product"]) {
            does.add("WMI", Weight::Heavy);
        }
        if self.mentions(&["hkey_", "hkcu\\", "hklm\\"])
            && self.has(&["privateprofilestring", "regwrite", "regdelete"])
        {
            does.add("writes the registry", Weight::Heavy);
        }
        if self.mentions(&["shell.application"])
            && self.has(&["open", "shellexecute"])
            && self.names_a_program()
        {
            does.add("Shell.Application opens a program", Weight::Heavy);
        }
        // An object whose name is hidden, and that is made to do something: an honest macro has no need of it.
        let built = does.words.iter().any(|word| word.ends_with("object of a built name"));
        let runs = |(path, _): &(String, Vec<Value>)| {
            let last = path.rsplit('.').next().unwrap_or_default();
            path.contains('.')
                && matches!(last, "run" | "exec" | "create" | "shellexecute" | "eval" | "execute" | "open")
        };
        if built && (exhausted || self.has(&["callbyname"]) || self.said.calls.iter().any(runs)) {
            does.add("runs an object of a built name", Weight::Heavy);
        }
    }

    /// `Open` for writing is heavy where a program's name stands among the strings.
    fn files(&self, does: &mut Does) {
        let writes = self.has(&["open"])
            && self.has(&["binary", "output", "append"])
            && self.has(&["put", "print", "write"]);
        let by_object =
            self.has(&["createtextfile", "savetofile", "copyfile", "filecopy", "movefile", "savecopyas"]);
        if writes || by_object {
            let program = self.names_a_program();
            let word = if writes { "Open for writing" } else { "writes a file" };
            does.add(word, if program { Weight::Heavy } else { Weight::Slight });
        }
        let where_programs_start = self.has(&["startuppath", "altstartuppath"])
            || self.mentions(&["\\startup\\", "xlstart", "\\currentversion\\run"])
            || self.lower.iter().any(|text| text == "startup" || text.ends_with("\\startup"));
        if where_programs_start
            && (writes || by_object || self.has(&["saveas", "saveas2", "createshortcut", "copy"]))
        {
            does.add("writes to where programs start", Weight::Heavy);
        }
        let many = self.has(&["kill"]) && self.lower.iter().any(|text| text.contains("*."));
        let own = self.mentions(&["%userprofile%", "%homepath%", "%windir%", "%systemroot%", "%appdata%"]);
        if own && (many || self.has(&["deletefolder"])) {
            does.add("deletes files", Weight::Heavy);
        }
    }

    /// Macros that go into other documents, and templates that come from elsewhere.
    fn templates(&self, does: &mut Does) {
        if self.has(&["vbproject", "vbcomponents", "codemodule", "vbe"])
            && self.has(&[
                "import",
                "addfromstring",
                "addfromfile",
                "insertlines",
                "replaceline",
                "createeventproc",
            ])
        {
            does.add("changes macros", Weight::Heavy);
        }
        let far = |text: &String| text.starts_with("http") || text.starts_with("\\\\");
        if self.has(&["attachedtemplate"]) && self.lower.iter().any(far) {
            does.add("template from elsewhere", Weight::Heavy);
        }
    }

    /// Mail that goes out by itself.
    fn mails(&self, does: &mut Does) {
        let outlook = self.mentions(&["outlook.application"]) || self.has(&["outlook"]);
        let sends = self.said.calls.iter().any(|(path, _)| path.ends_with(".send"));
        if (outlook && self.has(&["createitem"]) || self.has(&["cdo"])) && sends {
            does.add("sends mail", Weight::Heavy);
        }
    }

    /// Whether one of these words stands in the code.
    fn has(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.said.words.contains(*word))
    }

    /// Whether a string has one of these in it.
    fn mentions(&self, parts: &[&str]) -> bool {
        self.lower.iter().any(|text| parts.iter().any(|part| text.contains(part)))
    }

    fn names_a_program(&self) -> bool {
        self.lower.iter().any(|text| names::is_program(text))
    }
}

fn reaches_far(text: &str) -> bool {
    let far = text.starts_with("http") || text.starts_with("\\\\") || text.starts_with("file:");
    far && (text.starts_with("\\\\") || names::is_program(text) || text.ends_with(".xsl"))
}

/// The function of VBA itself, not somebody's member of that name.
fn is_shell(path: &str) -> bool {
    matches!(path, "shell" | "vba.shell" | "interaction.shell" | "vba.interaction.shell")
}

fn lower(said: &Said) -> BTreeSet<String> {
    let of_calls = said.calls.iter().flat_map(|(_, arguments)| arguments).filter_map(|value| match value {
        Value::Text(text) => Some(text),
        _ => None,
    });
    let texts = said.literals.iter().chain(&said.folded).chain(&said.kept).chain(of_calls);
    texts.map(|text| text.to_ascii_lowercase()).collect()
}
