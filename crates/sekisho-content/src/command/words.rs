//! Words of PowerShell and of Windows' script hosts that tell wherever they stand in a command.

use super::{Evidence, Weight};

/// Adds every telling word of a text.
pub(crate) fn words(text: &str, found: &mut Evidence) {
    let lower = text.to_ascii_lowercase();
    for (word, said, weight) in WORDS {
        if holds(&lower, word) {
            found.add(said, *weight);
        }
    }
    if has_hidden_window(&lower) {
        found.add("-WindowStyle Hidden", Weight::Heavy);
    }
    let encoded = lower.split_whitespace().any(|word| {
        let name = word.strip_prefix(['-', '/']).unwrap_or_default();
        name == "ec" || !name.is_empty() && "encodedcommand".starts_with(name)
    });
    if encoded && ["powershell", "pwsh"].iter().any(|program| lower.contains(program)) {
        found.add("-EncodedCommand", Weight::Heavy);
    }
}

/// Words that are hidden only by those who have a reason to.
pub(crate) fn telling(text: &str) -> impl Iterator<Item = &'static str> + use<> {
    const TELLING: &[&str] = &[
        "http://",
        "https://",
        "powershell",
        "mshta",
        "rundll32",
        "regsvr32",
        "certutil",
        "bitsadmin",
        "wscript",
        "curl",
        "downloadstring",
        "invoke-expression",
        "xmlhttp",
        "iex",
    ];
    let lower = text.to_ascii_lowercase();
    TELLING.iter().copied().filter(move |word| holds(&lower, word))
}

/// Whether a word stands in a text (both in lower case), not as a part of a longer one.
fn holds(lower: &str, word: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    lower.match_indices(word).any(|(at, _)| {
        let before = lower.get(..at).and_then(|before| before.chars().next_back());
        let after = lower.get(at + word.len()..).and_then(|after| after.chars().next());
        let begins = !word.starts_with(is_letter) || !before.is_some_and(|c| is_letter(c) || c == '-');
        let ends = !word.ends_with(is_letter) || !after.is_some_and(is_letter);
        begins && ends
    })
}

/// `-WindowStyle Hidden` in any of its shorter forms, and `1`, which means the same.
fn has_hidden_window(lower: &str) -> bool {
    let mut words = lower.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let name = word.strip_prefix(['-', '/']).unwrap_or_default();
        let style = !name.is_empty() && "windowstyle".starts_with(name);
        let value = words.peek().map(|next| next.trim_matches(['"', '\''])).unwrap_or_default();
        if style && (value == "1" || value.len() >= 3 && "hidden".starts_with(value)) {
            return true;
        }
    }
    false
}

#[rustfmt::skip]
const WORDS: &[(&str, &str, Weight)] = &[
    ("downloadstring", "DownloadString", Weight::Heavy),
    ("downloadfile", "DownloadFile", Weight::Heavy),
    ("downloaddata", "DownloadData", Weight::Heavy),
    ("openread", "OpenRead", Weight::Light),
    ("net.webclient", "Net.WebClient", Weight::Heavy),
    ("net.webrequest", "Net.WebRequest", Weight::Heavy),
    ("net.sockets.tcpclient", "Net.Sockets.TcpClient", Weight::Heavy),
    ("invoke-webrequest", "Invoke-WebRequest", Weight::Heavy),
    ("iwr", "Invoke-WebRequest", Weight::Heavy),
    ("invoke-restmethod", "Invoke-RestMethod", Weight::Heavy),
    ("irm", "Invoke-RestMethod", Weight::Heavy),
    ("start-bitstransfer", "Start-BitsTransfer", Weight::Heavy),
    ("invoke-expression", "Invoke-Expression", Weight::Heavy),
    ("iex", "Invoke-Expression", Weight::Heavy),
    ("[scriptblock]::create", "[ScriptBlock]::Create", Weight::Heavy),
    ("frombase64string", "FromBase64String", Weight::Heavy),
    ("reflection.assembly]::load", "Assembly.Load", Weight::Heavy),
    ("assembly.load", "Assembly.Load", Weight::Heavy),
    ("virtualalloc", "VirtualAlloc", Weight::Heavy),
    ("add-mppreference", "Add-MpPreference", Weight::Heavy),
    ("set-mppreference", "Set-MpPreference", Weight::Heavy),
    ("amsiutils", "AmsiUtils", Weight::Heavy),
    ("amsiscanbuffer", "AmsiScanBuffer", Weight::Heavy),
    ("register-scheduledtask", "Register-ScheduledTask", Weight::Heavy),
    ("start-process", "Start-Process", Weight::Light),
    ("invoke-item", "Invoke-Item", Weight::Light),
    ("invoke-command", "Invoke-Command", Weight::Light),
    ("invoke-wmimethod", "Invoke-WmiMethod", Weight::Light),
    ("invoke-cimmethod", "Invoke-CimMethod", Weight::Light),
    ("set-executionpolicy", "Set-ExecutionPolicy", Weight::Light),
    ("-executionpolicy bypass", "-ExecutionPolicy Bypass", Weight::Light),
    ("-ep bypass", "-ExecutionPolicy Bypass", Weight::Light),
    ("-exec bypass", "-ExecutionPolicy Bypass", Weight::Light),
    ("-bxor", "-bxor", Weight::Light),
    ("javascript:", "javascript:", Weight::Heavy),
    ("vbscript:", "vbscript:", Weight::Heavy),
    ("scrobj.dll", "scrobj.dll", Weight::Heavy),
    ("wscript.shell", "WScript.Shell", Weight::Light),
    ("shell.application", "Shell.Application", Weight::Light),
    ("xmlhttp", "XMLHTTP", Weight::Heavy),
    ("adodb.stream", "ADODB.Stream", Weight::Heavy),
    ("winhttprequest", "WinHttpRequest", Weight::Heavy),
    ("win32_process", "Win32_Process", Weight::Light),
    ("davwwwroot", "WebDAV", Weight::Heavy),
    ("currentversion\\run", "CurrentVersion\\Run", Weight::Heavy),
    ("currentversion\\runonce", "CurrentVersion\\RunOnce", Weight::Heavy),
    ("programs\\startup", "Startup folder", Weight::Heavy),
    ("shell:startup", "Startup folder", Weight::Heavy),
];
