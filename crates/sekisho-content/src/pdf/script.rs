//! Script text of a PDF → what it does (Acrobat's JavaScript API; XFA 3.3, section 10).

use crate::javascript::{joined, live};

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

/// A constant longer than this is no text for people.
const CONSTANT_CHARACTERS_MAX: usize = 500;

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
    use crate::javascript::functions;

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
