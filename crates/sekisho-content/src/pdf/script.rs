//! Script text of a PDF → what it does (Acrobat's JavaScript API; XFA 3.3, section 10).

use std::collections::BTreeSet;

/// What a script was found to do.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Doings {
    /// Words for what reaches out of the document.
    pub(super) outside: Vec<&'static str>,
    /// Words for what runs, writes, or attacks the reader program.
    pub(super) runs: Vec<&'static str>,
    /// Words for what hides what the script does.
    pub(super) hides: Vec<&'static str>,
}

impl Doings {
    pub(super) fn words(&self) -> Vec<String> {
        [&self.runs, &self.outside, &self.hides]
            .into_iter()
            .flatten()
            .map(|word| (*word).to_owned())
            .collect()
    }
}

/// Calls that send to, or fetch from, elsewhere.
const OUTSIDE: &[&str] = &[
    "launchURL",
    "getURL",
    "gotoURL",
    "submitForm",
    "mailDoc",
    "mailMsg",
    "mailForm",
    "mailGetAddrs",
    "importDataObject",
    "importAnFDF",
    "importAnXFDF",
    "importTextData",
    "importXFAData",
    "openDoc",
    "SOAP.",
    "Net.HTTP",
    "Net.SOAP",
    "Net.streamDigest",
    "ADBC.",
    "RSS.",
    "createTempFile",
    "uploadWS",
    "Collab.uriCreateFolder",
];

/// Calls that open or write files, or that were only ever called to break the reader program.
const RUNS: &[&str] = &[
    "exportDataObject",
    "openDataObject",
    "execMenuItem",
    "launchApp",
    "Collab.collectEmailInfo",
    "Collab.getIcon",
    "media.newPlayer",
    "customDictionaryOpen",
    "printSeps",
    "closeDoc(true",
    "setPersistent",
    "spawnPageFromTemplate",
    "mediaNewPlayer",
    "ANFancyAlertImpl",
    "ANSendForReview",
    "trustPropagatorFunction",
    "beginPriv",
];

/// Calls that give a script words it does not show.
const DECODES: &[&str] = &[
    "unescape(",
    "fromCharCode",
    "decodeURIComponent(",
    "util.stringFromStream",
    "util.streamFromString",
    "getAnnots(",
    "getAnnot(",
    "syncAnnotScan",
    "getPageNthWord",
    "info.title",
    "info.subject",
    "info.author",
    "info.Title",
    "info.keywords",
    "info.producer",
    "atob(",
];

/// What the parts of a script do that run: those outside functions, and the functions that these call.
pub(super) fn doings(source: &str, functions: &[(String, String)], is_started: bool) -> Doings {
    let live = if is_started { live(source, functions) } else { source.to_owned() };
    let text = joined(&live);
    let found = |words: &[&'static str]| words.iter().copied().filter(|word| text.contains(word)).collect();
    let mut doings = Doings { outside: found(OUTSIDE), runs: found(RUNS), hides: Vec::new() };
    if text.contains("exportDataObject") && !text.contains("nLaunch") {
        // Saving an attachment where the person says is what a click on it does, too.
        doings.runs.retain(|word| *word != "exportDataObject");
        doings.outside.push("exportDataObject");
    }
    if has_wide_format(&text) {
        doings.runs.push("util.printf with a field of thousands of characters");
    }
    let evaluates =
        ["eval(", "eval (", "['eval']", "[\"eval\"]", "new Function(", "setTimeOut(", "setInterval("]
            .iter()
            .any(|word| text.contains(word));
    if evaluates {
        doings.hides.extend(DECODES.iter().copied().filter(|word| text.contains(word)).take(3));
        if longest_constant(&text) > CONSTANT_CHARACTERS_MAX {
            doings.hides.push("eval of a long constant");
        }
    }
    if text.contains("%u9090")
        || text.contains("%u0c0c")
        || text.contains("%u0a0a")
        || text.contains("%u4141")
    {
        doings.hides.push("a spray of machine code");
    }
    doings
}

/// The functions that a script declares by name, with their bodies, and the script without them.
pub(super) fn functions(source: &str) -> (Vec<(String, String)>, String) {
    let mut functions = Vec::new();
    let mut top = String::new();
    let mut rest = source;
    while let Some(at) = rest.find("function ").filter(|_| functions.len() < FUNCTIONS_MAX) {
        let (before, declaration) = rest.split_at(at);
        let body = declaration.find('{').and_then(|open| Some((open, closing(declaration.get(open..)?)?)));
        let name = declaration
            .strip_prefix("function ")
            .and_then(|name| name.split('(').next())
            .map(str::trim)
            .unwrap_or_default();
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
        // `x = function f() {…}` and `(function f() {…})()` may run at once.
        let is_statement = before.trim_end().ends_with([';', '}', '{', '\n', '/'])
            || before.trim().is_empty()
            || before.ends_with(['\n', '\r']);
        let (Some((open, length)), true, true) = (body, is_name, is_statement) else {
            let (word, behind) = declaration.split_at("function ".len());
            top.push_str(before);
            top.push_str(word);
            rest = behind;
            continue;
        };
        top.push_str(before);
        let end = open.saturating_add(length);
        functions.push((name.to_owned(), declaration.get(open..end).unwrap_or_default().to_owned()));
        rest = declaration.get(end..).unwrap_or_default();
    }
    top.push_str(rest);
    (functions, top)
}

/// A constant longer than this is no text for people.
const CONSTANT_CHARACTERS_MAX: usize = 500;

/// Functions told apart in one script; with more, the rest is read as running.
const FUNCTIONS_MAX: usize = 500;

/// Bytes of one function; what is longer is read as running.
const FUNCTION_BYTES_MAX: usize = 64 * 1024;

/// Searches for calls, in bytes; beyond this everything is read as running.
const CALL_SEARCH_BYTES_MAX: usize = 32 * 1024 * 1024;

fn live(source: &str, declared: &[(String, String)]) -> String {
    if source.len().saturating_mul(declared.len()) > CALL_SEARCH_BYTES_MAX {
        return source.to_owned();
    }
    let (_, mut text) = functions(source);
    let mut called = BTreeSet::new();
    // Each round adds what the last one called; what is deeper is read with the whole source.
    for _ in 0..4 {
        let fresh: Vec<usize> = declared
            .iter()
            .enumerate()
            .filter(|(at, (name, _))| !called.contains(at) && text.contains(name.as_str()))
            .map(|(at, _)| at)
            .collect();
        if fresh.is_empty() {
            return text;
        }
        for at in fresh {
            called.insert(at);
            text.push('\n');
            text.push_str(declared.get(at).map_or("", |(_, body)| body));
        }
    }
    text.push_str(source);
    text
}

/// The length of a block in braces at the beginning of `text`. Braces in strings are counted like others: what is
/// judged wrongly for them is judged as running.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().take(FUNCTION_BYTES_MAX) {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The script with its escapes undone and its joined strings joined: `"ev" + 'al'` is `eval`.
fn joined(source: &str) -> String {
    let plain = unescaped(source);
    let mut out = String::with_capacity(plain.len());
    let mut rest = plain.as_str();
    while let Some(at) = rest.find(['"', '\'']) {
        let (before, quoted) = rest.split_at(at);
        out.push_str(before);
        let behind = quoted.get(1..).unwrap_or_default();
        let next = behind.trim_start().strip_prefix('+').map(str::trim_start);
        match next.filter(|next| next.starts_with(['"', '\''])) {
            Some(next) => rest = next.get(1..).unwrap_or_default(),
            None => {
                out.push_str(quoted.get(..1).unwrap_or_default());
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    // `app["launchURL"]` calls the same as `app.launchURL`.
    for quote in ['"', '\''] {
        out = out.replace(&format!("[{quote}"), ".").replace(&format!("{quote}]"), "");
    }
    out
}

/// `\x65` and `\u0065` are `e`, in strings and, the second, in names.
fn unescaped(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let digits = match escape.as_bytes().get(1) {
            Some(b'x') => escape.get(2..4),
            Some(b'u') => escape.get(2..6),
            _ => None,
        };
        let letter = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        match (letter, digits) {
            (Some(letter), Some(digits)) => {
                out.push(letter);
                rest = escape.get(2 + digits.len()..).unwrap_or_default();
            }
            _ => {
                out.push('\\');
                rest = escape.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// `%45000f` overflowed old readers; dates and sums need a few digits.
fn has_wide_format(text: &str) -> bool {
    text.contains("printf")
        && text.split('%').skip(1).any(|format| {
            let digits = format.bytes().take_while(u8::is_ascii_digit).count();
            digits >= 3
                && format.get(..digits).is_some_and(|number| number.parse::<u64>().unwrap_or(u64::MAX) > 999)
        })
}

fn longest_constant(text: &str) -> usize {
    text.split(['"', '\'']).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<String> {
        let (declared, _) = functions(source);
        doings(source, &declared, true).words()
    }

    #[test]
    fn hidden_words_are_found() {
        assert_eq!(words("app['laun' + \"chURL\"]('https://a.example')"), ["launchURL"]);
        assert_eq!(words("app.l\\u0061unchURL('https://a.example')"), ["launchURL"]);
        assert_eq!(words("this.exportDataObject({cName:'a', nLaunch:2})"), ["exportDataObject"]);
        assert_eq!(words("eval(unescape('%61'))"), ["unescape("]);
        assert_eq!(words("util.printf('%45000f', 1)").len(), 1);
    }

    #[test]
    fn what_only_a_button_calls_does_not_run_by_itself() {
        assert!(words("function send() { this.submitForm('mailto:a@b.example'); }\nvar x = 1;").is_empty());
        assert_eq!(words("function send() { this.submitForm('x'); }\nsend();"), ["submitForm"]);
        assert_eq!(words("var f = function send() { this.submitForm('x'); }(); "), ["submitForm"]);
        assert_eq!(words("function a() { b(); }\nfunction b() { app.launchURL('x'); }\na()"), ["launchURL"]);
    }

    #[test]
    fn forms_are_quiet() {
        let form = "AFNumber_Format(2, 0, 0, 0, \"\", true);\n\
            event.value = util.printf(\"%.2f\", this.getField(\"a\").value * 1.1);\n\
            if (event.value == '') app.alert('Please fill in the field: ' + event.target.name);\n\
            var d = util.printd('yyyy/mm/dd', new Date()); this.print(); this.resetForm();";
        assert!(words(form).is_empty());
    }
}
