//! The target of a link → how far a program goes when it follows it by itself (RFC 3986, [MS-DTYP] 2.2.57 for UNC paths,
//! [MS-WEBDAV]).

use std::borrow::Cow;

/// How far a target lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// In the document, on the user's own drive, or at an address that nothing is loaded from (mail, telephone).
    Near,
    /// On a share of the own network: a name without a domain, a private address.
    Network,
    /// In the office programs' own cloud, where firms keep their templates and linked tables.
    Cloud,
    /// On the web.
    Web,
    /// On a share that may stand anywhere: asking for it hands out the user's name and a proof of the password.
    Share,
    /// A scheme that hands its text to a program or script engine.
    Handler,
}

/// Where `target` lies, however it is written.
pub(crate) fn reach(target: &str) -> Reach {
    let target = plain(target);
    let lower = target.to_ascii_lowercase();
    if lower.starts_with("//") {
        return share(lower.trim_start_matches('/'));
    }
    let Some((scheme, rest)) = lower.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        return Reach::Near;
    };
    match scheme {
        "http" | "https" | "ftp" | "ftps" => web(rest),
        "smb" | "cifs" | "dav" | "davs" => share(rest.trim_start_matches('/')),
        "file" => file(rest),
        "mailto" | "tel" | "callto" | "sip" | "sms" | "ppaction" | "cid" | "data" | "about" | "onenote"
        | "urn" | "tag" | "news" | "outlook" | "wordml" => Reach::Near,
        "ms-word" | "ms-excel" | "ms-powerpoint" | "ms-visio" | "ms-access" | "msteams" => Reach::Cloud,
        _ => Reach::Handler,
    }
}

/// Whether following a hyperlink with this scheme starts a program of the system with parameters.
pub(crate) fn is_program_scheme(target: &str) -> bool {
    const SCHEMES: &[&str] = &[
        "ms-msdt",
        "search-ms",
        "search",
        "ms-officecmd",
        "ms-appinstaller",
        "ms-its",
        "mk",
        "its",
        "hcp",
        "shell",
        "script",
        "vbscript",
        "mhtml",
        "res",
        "ms-cxh",
        "ms-gamingoverlay",
        "telnet",
        "x-usc",
        "ms-settings-power",
    ];
    let target = plain(target);
    target.split_once(':').is_some_and(|(scheme, _)| SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()))
}

/// Percent escapes resolved, slashes turned one way, white space and control characters taken off.
fn plain(target: &str) -> String {
    let bytes = unescaped(target.as_bytes());
    let text = String::from_utf8_lossy(&bytes);
    text.chars()
        .filter(|c| !c.is_control())
        .map(|c| if c == '\\' { '/' } else { c })
        .collect::<String>()
        .trim()
        .to_owned()
}

fn unescaped(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.contains(&b'%') {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, behind)) = rest.split_first() {
        let escaped = || {
            let digits = std::str::from_utf8(behind.get(..2)?).ok()?;
            u8::from_str_radix(digits, 16).ok()
        };
        match escaped().filter(|_| *first == b'%') {
            Some(byte) => {
                out.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                rest = behind;
            }
        }
    }
    Cow::Owned(out)
}

/// One letter is a drive.
fn is_scheme(scheme: &str) -> bool {
    scheme.len() >= 2
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn web(rest: &str) -> Reach {
    let host = host(rest.trim_start_matches('/'));
    let cloud = [".sharepoint.com", ".sharepoint.us", ".sharepoint.cn"].iter().any(|end| host.ends_with(end))
        || host == "d.docs.live.net";
    match host {
        "" => Reach::Near,
        _ if cloud => Reach::Cloud,
        host if is_own(host) => Reach::Network,
        _ => Reach::Web,
    }
}

/// `file:///C:/…` is a drive; `file://host/…`, `file:////host/…` and `file:///\\host\…` are shares.
fn file(rest: &str) -> Reach {
    let slashes = rest.bytes().take_while(|byte| *byte == b'/').count();
    let path = rest.get(slashes..).unwrap_or_default();
    let drive = path.get(1..2).is_some_and(|second| matches!(second, ":" | "|"));
    if drive || matches!(slashes, 0 | 1 | 3) { Reach::Near } else { share(path) }
}

fn share(path: &str) -> Reach {
    let host = path.split('/').next().unwrap_or_default();
    // `host@SSL@8080` and `DavWWWRoot` send the request over HTTP.
    let over_web = host.contains('@') || path.contains("/davwwwroot");
    let host = host.split('@').next().unwrap_or_default();
    match host {
        "" | "localhost" | "127.0.0.1" | "?" | "." => Reach::Near,
        host if is_own(host) && !over_web => Reach::Network,
        _ => Reach::Share,
    }
}

fn host(rest: &str) -> &str {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default()
}

/// A name that means nothing outside the own network.
fn is_own(host: &str) -> bool {
    const ENDS: &[&str] =
        &[".local", ".lan", ".intra", ".internal", ".corp", ".localdomain", ".home.arpa", ".private"];
    let numbers: Option<Vec<u8>> = host.split('.').map(|part| part.parse().ok()).collect();
    let private = match numbers.unwrap_or_default().as_slice() {
        [10, _, _, _] | [192, 168, _, _] | [127, _, _, _] | [169, 254, _, _] => true,
        [172, second, _, _] => (16..32).contains(second),
        _ => false,
    };
    // A whole address written as one number has no dot either.
    let one_number = host.parse::<u32>().is_ok() || host.starts_with("0x");
    private || ENDS.iter().any(|end| host.ends_with(end)) || (!host.contains('.') && !one_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_lie_where_programs_find_them() {
        let cases: &[(&str, Reach)] = &[
            ("media/image1.png", Reach::Near),
            ("/word/media/image1.png", Reach::Near),
            ("file:///C:\\Users\\sato\\AppData\\Roaming\\Microsoft\\Templates\\Normal.dotm", Reach::Near),
            ("C:\\Templates\\letter.dotx", Reach::Near),
            ("file:///c|/templates/letter.dotx", Reach::Near),
            ("Normal.dotm", Reach::Near),
            ("mailto:sato@midori.example", Reach::Near),
            ("file:///\\\\fileserver\\共有\\雛形.dotx", Reach::Network),
            ("\\\\192.168.1.10\\share\\letter.dotx", Reach::Network),
            ("file://fs.midori.local/templates/letter.dotx", Reach::Network),
            ("http://intranet/templates/letter.dotx", Reach::Network),
            ("https://midori.sharepoint.com/sites/a/letter.dotx", Reach::Cloud),
            ("https://templates.example/letter.dotm", Reach::Web),
            ("HTTP://user@203.0.113.7:8080/a", Reach::Web),
            (" ht%74p://templates.example/a", Reach::Web),
            ("\\\\203.0.113.7\\share\\a.dotm", Reach::Share),
            ("\\\\10.0.0.1.files.example\\share\\a.dotm", Reach::Share),
            ("//files.example/share/a.dotm", Reach::Share),
            ("file:////files.example/share/a.dotm", Reach::Share),
            ("file:///%5C%5Cfiles.example%5Cshare", Reach::Share),
            ("\\\\server@SSL@443\\DavWWWRoot\\a.dotm", Reach::Share),
            ("\\\\3405803783\\share\\a", Reach::Share),
            ("mhtml:http://pages.example/a.html!x-usc:http://pages.example/a.html", Reach::Handler),
            ("script:http://pages.example/a.sct", Reach::Handler),
            ("ms-msdt:/id PCWDiagnostic", Reach::Handler),
        ];
        let wrong: Vec<_> = cases
            .iter()
            .map(|(text, expected)| (text, reach(text), expected))
            .filter(|it| it.1 != *it.2)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(is_program_scheme("Search-MS:query=a") && !is_program_scheme("https://a.example"));
    }
}
