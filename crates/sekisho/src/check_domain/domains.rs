//! What was typed, listed in a file or configured → the domains to look at, in that order, each once.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sekisho_sender::health::{Domain, NotADomain};

use crate::flags::CheckDomain;
use crate::setup::Setup;
use crate::words::either;

/// A list of domains is at most so large: a million names.
const LIST_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// The name of standard input.
const STDIN: &str = "-";

/// One domain as it was typed, and what it was understood as.
pub struct Typed {
    /// As typed.
    pub text: String,
    /// The domain, or why it is none.
    pub domain: Result<Domain, NotADomain>,
}

/// The domains of the command line and of the file; of the configuration where neither names any.
///
/// # Errors
/// A file that cannot be read, or no domain anywhere; in words.
pub fn typed(flags: &CheckDomain, setup: &Setup) -> Result<Vec<Typed>, String> {
    let mut texts: Vec<String> = Vec::new();
    for domain in &flags.domains {
        match domain.as_str() {
            STDIN => texts.extend(lines(&read(Path::new(STDIN), setup)?)),
            domain => texts.push(domain.to_owned()),
        }
    }
    if let Some(file) = &flags.from {
        texts.extend(lines(&read(file, setup)?));
    }
    if flags.domains.is_empty() && flags.from.is_none() {
        texts.extend(setup.own.domains().iter().map(ToString::to_string));
        if texts.is_empty() {
            return Err(either(
                setup.lang,
                "調べるドメインを指定するか、設定ファイルの [organisation] の domains に書いてください（例: sekisho check-domain midori.example）",
                "name a domain, or write yours into domains of [organisation] (for example: sekisho check-domain midori.example)",
            )
            .to_owned());
        }
    }
    let mut seen = BTreeSet::new();
    let all = texts.into_iter().map(|text| Typed { domain: Domain::parse(&text), text });
    Ok(all.filter(|typed| typed.domain.as_ref().map_or(true, |domain| seen.insert(domain.clone()))).collect())
}

/// One domain a line; what stands behind `#` is a remark.
fn lines(text: &str) -> Vec<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let domain = |line: &str| line.split('#').next().unwrap_or_default().trim().to_owned();
    text.lines().map(domain).filter(|line| !line.is_empty()).collect()
}

fn read(file: &Path, setup: &Setup) -> Result<String, String> {
    let mut bytes = Vec::new();
    let reading = if file == Path::new(STDIN) {
        io::stdin().lock().take(LIST_BYTES_MAX + 1).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|file| file.take(LIST_BYTES_MAX + 1).read_to_end(&mut bytes))
    };
    let shown = file.display();
    if let Err(error) = reading {
        return Err(either(
            setup.lang,
            format!("{shown}: 読めません（{error}）"),
            format!("{shown}: cannot be read ({error})"),
        ));
    }
    if bytes.len() as u64 > LIST_BYTES_MAX {
        return Err(either(
            setup.lang,
            format!("{shown}: 大きすぎます（上限 {LIST_BYTES_MAX} バイト）。分けてください"),
            format!("{shown}: too large (the limit is {LIST_BYTES_MAX} bytes); split it"),
        ));
    }
    // Names are ASCII or UTF-8; a line that is neither is told as no domain.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
