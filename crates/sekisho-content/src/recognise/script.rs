//! Text → the language whose interpreter would run it.
//!
//! A sign stands for something that the language has and prose has not, at the beginning of a line or as a call. One
//! sign proves nothing, and neither do many in a text whose lines mostly read as sentences: a mail *about* a script is
//! text. What hides its signs stays text, and its name still says what would run it.

use super::head::Head;
use crate::Kind;

/// The script language of a text, `None` if it reads as none.
pub(crate) fn kind(head: &Head) -> Option<Kind> {
    if let Some(kind) = encoded(head).or_else(|| interpreter(head)) {
        return Some(kind);
    }
    let text = Lines::of(head);
    // Prose, a document with fenced examples, or the language of an editor, whose comments begin with a quote.
    if text.is_prose() || text.count(&["```"]) > 0 || text.count(&["\" "]) > 1 {
        return None;
    }
    let by_language: [(Speaks, Kind); 7] = [
        (is_batch, Kind::Batch),
        (is_vba, Kind::VbaModule),
        (is_powershell, Kind::PowerShell),
        (is_vbscript, Kind::VbScript),
        (is_javascript, Kind::JavaScript),
        (is_python, Kind::Python),
        (is_php, Kind::Php),
    ];
    by_language.into_iter().find(|(speaks, _)| speaks(&text)).map(|(_, kind)| kind)
}

/// Scripts encoded by Microsoft's Script Encoder begin with a mark; the language is not told.
pub(crate) fn encoded(head: &Head) -> Option<Kind> {
    head.start().starts_with("#@~^").then_some(Kind::EncodedScript)
}

/// Whether a text is in one language.
type Speaks = fn(&Lines<'_>) -> bool;

/// `#!` names the interpreter.
fn interpreter(head: &Head) -> Option<Kind> {
    let line = head.text.strip_prefix("#!")?.lines().next()?;
    let program = line.split_whitespace().flat_map(|word| word.rsplit('/').next()).find(|word| {
        let option_or_env = word.starts_with('-') || *word == "env" || word.contains('=');
        !option_or_env
    })?;
    let kind = match program {
        p if p.starts_with("python") || p.starts_with("pypy") => Kind::Python,
        p if p.starts_with("perl") => Kind::Perl,
        p if p.starts_with("ruby") => Kind::Ruby,
        p if p.starts_with("php") => Kind::Php,
        "node" | "nodejs" | "deno" | "bun" => Kind::JavaScript,
        "pwsh" | "powershell" => Kind::PowerShell,
        _ => Kind::ShellScript,
    };
    Some(kind)
}

/// The head's lines, for asking which signs are among them.
struct Lines<'a> {
    /// In lower case, trimmed, without empty ones and block comments.
    lines: Vec<&'a str>,
    lower: &'a str,
}

impl<'a> Lines<'a> {
    fn of(head: &'a Head) -> Lines<'a> {
        let mut in_comment = false;
        let lines = head.lower.lines().map(str::trim).filter(|line| {
            // Licences and descriptions in front of a program are prose, but not the file's.
            let comment = in_comment || line.starts_with("/*");
            in_comment = comment && !line.contains("*/");
            !comment && !line.is_empty()
        });
        Lines { lines: lines.collect(), lower: &head.lower }
    }

    /// Whether more lines read as sentences than as code, or the text opens with sentences, as a mail does that quotes
    /// a script further down.
    fn is_prose(&self) -> bool {
        const OPENING_LINES: usize = 4;
        let sentences = |lines: &[&str]| lines.iter().filter(|line| is_sentence(line)).count();
        let opening = self.lines.get(..OPENING_LINES).unwrap_or(&self.lines);
        sentences(opening) >= 2 || sentences(&self.lines) * 2 > self.lines.len()
    }

    /// How many of the signs stand at the beginning of some line.
    fn begin(&self, signs: &[&str]) -> usize {
        signs.iter().filter(|sign| self.lines.iter().any(|line| line.starts_with(**sign))).count()
    }

    /// How many lines begin with any of the signs.
    fn count(&self, signs: &[&str]) -> usize {
        self.lines.iter().filter(|line| signs.iter().any(|sign| line.starts_with(sign))).count()
    }

    /// How many of the signs stand anywhere.
    fn hold(&self, signs: &[&str]) -> usize {
        signs.iter().filter(|sign| self.lower.contains(**sign)).count()
    }

    /// How many lines end with any of the signs.
    fn end(&self, signs: &[char]) -> usize {
        self.lines.iter().filter(|line| line.ends_with(signs)).count()
    }
}

/// A sentence: a few words in a row, hardly any of the signs that code is full of. Comments are no sentences.
fn is_sentence(line: &str) -> bool {
    const CODE_SIGNS: &str = "(){}[]=;$%<>|\\&+";
    const COMMENTS: &[&str] = &["//", "/*", "*", "#", "'", "rem ", "::", "<!--", "--", "\"\"\""];
    // Whatever somebody quotes is written by people.
    let line = line.trim_start_matches(['>', ' ']);
    if COMMENTS.iter().any(|comment| line.starts_with(comment)) {
        return false;
    }
    let code_signs = line.chars().filter(|c| CODE_SIGNS.contains(*c)).count();
    let japanese =
        line.chars().filter(|c| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')).count();
    let words = line
        .split_whitespace()
        .filter(|word| {
            word.chars().all(|c| c.is_alphabetic() || matches!(c, ',' | '.' | '\'' | '!' | '?' | ':'))
        })
        .count();
    code_signs * 12 <= line.chars().count() && (words >= 4 || japanese >= 6)
}

fn is_batch(text: &Lines<'_>) -> bool {
    let starts =
        text.lines.iter().take(8).any(|line| line.starts_with("@echo off") || line.starts_with("@echo  off"));
    let commands = text.begin(BATCH_COMMANDS);
    let variables = text.hold(BATCH_VARIABLES);
    starts || (commands >= 2 && variables >= 1) || (commands >= 1 && variables >= 2)
}

#[rustfmt::skip]
const BATCH_COMMANDS: &[&str] = &[
    "set ", "echo ", "rem ", "goto ", "if exist ", "if not exist ", "call ", "start ", "powershell",
    "cmd /c", "cmd.exe", "@set ", "@start ", "@powershell", "del ", "copy ", "xcopy ", "mkdir ", "setlocal",
    "endlocal", "exit /b", "pause", "for /f", "%comspec%", "timeout /t", "reg add", "certutil", "curl ",
    "bitsadmin", "msiexec", "rundll32",
];

#[rustfmt::skip]
const BATCH_VARIABLES: &[&str] = &[
    "%~dp0", "%~0", "%temp%", "%appdata%", "%userprofile%", "%public%", "%errorlevel%", ">nul", "> nul",
    "%1", "%%",
];

fn is_vba(text: &Lines<'_>) -> bool {
    text.lower.contains("attribute vb_name")
        || text.begin(&["version 1.0 class", "version 5.00"]) > 0 && text.hold(&["begin"]) > 0
}

fn is_powershell(text: &Lines<'_>) -> bool {
    let cmdlets = text.hold(POWERSHELL_CMDLETS);
    let forms = text.hold(POWERSHELL_FORMS);
    let variables = text.lines.iter().filter(|line| is_assignment_to(line, '$')).count();
    cmdlets + forms + variables.min(2) >= 3 && cmdlets + forms >= 1 && !text.lower.contains("<?php")
}

#[rustfmt::skip]
const POWERSHELL_CMDLETS: &[&str] = &[
    "new-object ", "invoke-expression", "invoke-webrequest", "invoke-restmethod", "start-process",
    "write-host", "write-output", "get-childitem", "get-content", "set-content", "out-file", "get-item",
    "set-itemproperty", "import-module", "foreach-object", "where-object", "set-executionpolicy",
    "start-sleep", "remove-item", "add-type", "convertto-", "convertfrom-", "test-path", "join-path",
    "get-process", "get-wmiobject", "get-ciminstance", "set-location", "copy-item", "new-item",
    "select-object", "add-mppreference",
];

#[rustfmt::skip]
const POWERSHELL_FORMS: &[&str] = &[
    "[system.", "[convert]::", "[text.encoding]", "[byte[]]", " -erroraction ", "$env:", "$_.", "param(",
    "param (", "[cmdletbinding", "$psscriptroot", " -join ", " -split ", "iex(", "iex (",
];

/// `$name = …`, as PowerShell writes it.
fn is_assignment_to(line: &str, mark: char) -> bool {
    let Some((name, _)) = line.strip_prefix(mark).and_then(|rest| rest.split_once('=')) else { return false };
    let name = name.trim_end_matches([' ', '+']);
    !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':'))
        && !line.ends_with(';')
}

fn is_vbscript(text: &Lines<'_>) -> bool {
    let strong = text.hold(VBSCRIPT_CALLS);
    let begins = text.begin(VBSCRIPT_BEGINNINGS);
    let other = text.end(&[';', '{', '}']) * 4 > text.lines.len();
    !other && ((strong >= 1 && begins >= 2) || (strong >= 2 && begins >= 1))
}

#[rustfmt::skip]
const VBSCRIPT_CALLS: &[&str] = &[
    "createobject(", "wscript.", "on error resume next", "getobject(", "executeglobal", "end sub",
    "end function", "chrw(", "msgbox", "option explicit", "wend",
];

#[rustfmt::skip]
const VBSCRIPT_BEGINNINGS: &[&str] = &[
    "dim ", "set ", "sub ", "function ", "private sub ", "private function ", "public sub ",
    "public function ", "end if", "next", "loop", "do while ", "do until ", "const ", "if ", "elseif ",
    "else", "call ", "on error ", "option explicit", "msgbox", "for each ", "execute", "select case ",
    "wscript.",
];

fn is_javascript(text: &Lines<'_>) -> bool {
    let shell = text.hold(JAVASCRIPT_CALLS);
    let forms = text.hold(JAVASCRIPT_FORMS);
    let begins = text.begin(JAVASCRIPT_BEGINNINGS);
    // Other languages with braces declare themselves.
    let foreign = text.begin(FOREIGN_BEGINNINGS);
    let foreign = foreign >= 2
        || text.begin(&[
            "#include",
            "package ",
            "using system",
            "import java",
            "<?php",
            "pub fn ",
            "fn ",
            "use std::",
        ]) > 0;
    let code_ends = text.end(&[';', '{', '}', ',', '(', ')', '[', ']', ':']);
    let reads_as_code = code_ends * 2 >= text.lines.len();
    !foreign && reads_as_code && begins >= 1 && shell + forms + begins >= 4
}

#[rustfmt::skip]
const JAVASCRIPT_CALLS: &[&str] = &[
    "activexobject(", "wscript.", "string.fromcharcode", "unescape(", "eval(", "new function(", "document.",
    "window.", "require(", "module.exports", "console.log(", "json.parse(", "export default", "math.",
    "object.define", "settimeout(",
];

#[rustfmt::skip]
const JAVASCRIPT_FORMS: &[&str] = &[
    "function(", "function (", "=>", "===", "!==", "var ", "let ", "const ", "return ", "try{", "try {",
    "new ", "typeof ", "catch(", "catch (",
];

#[rustfmt::skip]
const JAVASCRIPT_BEGINNINGS: &[&str] = &[
    "var ", "let ", "const ", "function ", "function(", "(function", "!function", "import {", "import *",
    "export ", "\"use strict\"", "'use strict'", "try{", "try {", "async function", ";(function", "eval(",
];

#[rustfmt::skip]
const FOREIGN_BEGINNINGS: &[&str] = &[
    "#include", "#define", "#pragma", "package ", "using ", "namespace ", "public class ", "use ", "fn ",
    "impl ", "pub ", "func ", "import java", "<?php", "my $", "def ", "class ", "struct ", "typedef ",
    "static ", "void ", "int ", "let mut ", "const char", "@import", "@media",
];

fn is_python(text: &Lines<'_>) -> bool {
    let imports = text.lines.iter().filter(|line| is_python_import(line)).count();
    let blocks = text.lines.iter().filter(|line| is_python_block(line)).count();
    let main = text.hold(&["if __name__ ==", "def __init__(self", "self."]);
    let braces = text.end(&[';', '{']) * 4 > text.lines.len();
    !braces
        && ((imports >= 1 && blocks >= 1)
            || (imports >= 2 && text.count(&["print(", "os.", "sys."]) >= 1)
            || (blocks >= 2 && main >= 1))
}

fn is_python_import(line: &str) -> bool {
    let name = |text: &str| {
        text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ',' | ' ' | '*'))
    };
    match line.strip_prefix("from ").and_then(|rest| rest.split_once(" import ")) {
        Some((module, names)) => name(module) && !module.contains(' ') && names.len() < 120,
        None => line.strip_prefix("import ").is_some_and(|names| name(names) && !names.ends_with('.')),
    }
}

fn is_python_block(line: &str) -> bool {
    let opens = ["def ", "class ", "async def ", "for ", "while ", "if ", "with ", "try:", "except"];
    line.ends_with(':') && opens.iter().any(|open| line.starts_with(open)) && !line.contains(". ")
}

fn is_php(text: &Lines<'_>) -> bool {
    text.begin(&["<?php"]) > 0
}
