//! The programs that a command starts, and how heavily each weighs with its arguments.

use super::{Evidence, Weight};

/// Programs one inside the other.
const INSIDE_MAX: usize = 8;

/// Adds every program of Windows that tells, wherever a statement starts it.
pub(crate) fn run(command: &str, found: &mut Evidence) {
    for statement in command.split(['&', '|', '\n', ';', '(', ')', '{', '}']) {
        let mut rest = statement;
        for _ in 0..INSIDE_MAX {
            let (program, arguments) = split_program(rest);
            let stem = file_stem(program);
            let lower = arguments.to_ascii_lowercase();
            if let Some(weight) = weight(&stem, &lower) {
                found.add(&said(&stem, &lower), weight);
            }
            match inside(&stem, arguments) {
                Some(next) => rest = next,
                None => break,
            }
        }
    }
}

/// The program at the beginning of a command line, without its quotes, and what stands behind it.
pub(crate) fn split_program(line: &str) -> (&str, &str) {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '@' | ',' | '='));
    if let Some(quoted) = line.strip_prefix(['"', '\'']) {
        let (program, rest) = quoted.split_once(['"', '\'']).unwrap_or((quoted, ""));
        // `cmd /c "program arguments"` is quoted whole.
        let whole = program.split_once(' ').filter(|(first, _)| is_bare_program(first));
        return whole.unwrap_or((program, rest));
    }
    // A path with spaces and no quotes ends with the extension of a program.
    let lower = line.to_ascii_lowercase();
    let end = if lower.get(1..3) == Some(":\\") || lower.starts_with("\\\\") {
        lower.find(".exe").map(|at| at + 4)
    } else {
        None
    };
    let end = end.or_else(|| line.find(|c: char| c.is_whitespace())).unwrap_or(line.len());
    (line.get(..end).unwrap_or(line), line.get(end..).unwrap_or_default())
}

fn is_bare_program(word: &str) -> bool {
    let stem = file_stem(word);
    is_interpreter(&stem) || weight(&stem, " x").is_some()
}

/// The name of a program without folders and without the extension that programs have, in lower case.
pub(crate) fn file_stem(path: &str) -> String {
    let name = path.trim_matches(['"', '\'']).rsplit(['\\', '/']).next().unwrap_or_default().to_lowercase();
    let name = name.trim_end_matches(['.', ' ']);
    let stem = [".exe", ".com", ".cmd", ".bat"].iter().find_map(|end| name.strip_suffix(end));
    stem.unwrap_or(name).to_owned()
}

/// The extension of a path in lower case, or nothing.
pub(crate) fn file_extension(path: &str) -> String {
    let name = path.rsplit(['\\', '/']).next().unwrap_or_default();
    let name = name.trim_end_matches(['"', ' ', '.']);
    name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

/// Whether Windows starts a file with this extension by a double click.
pub(crate) fn is_started(extension: &str) -> bool {
    #[rustfmt::skip]
    const STARTED: &[&str] = &[
        "exe", "com", "scr", "pif", "bat", "cmd", "vbs", "vbe", "js", "jse", "wsf", "wsh", "wsc", "sct", "hta", "msi",
        "msp", "mst", "cpl", "lnk", "ps1", "reg", "jar", "dll", "msc", "chm", "hlp", "inf", "url", "scf", "appref-ms",
        "application", "gadget", "jnlp", "xll", "settingcontent-ms", "library-ms", "search-ms", "py", "pyw",
    ];
    STARTED.contains(&extension)
}

/// Whether a program does what its arguments say, so that a shortcut or document that starts it with some is a command.
pub(crate) fn is_interpreter(stem: &str) -> bool {
    #[rustfmt::skip]
    const INTERPRETERS: &[&str] = &[
        "cmd", "powershell", "powershell_ise", "pwsh", "mshta", "wscript", "cscript", "rundll32", "regsvr32", "msiexec",
        "certutil", "curl", "wget", "bitsadmin", "forfiles", "conhost", "pcalua", "hh", "installutil", "msbuild", "regasm",
        "regsvcs", "cmstp", "wmic", "schtasks", "odbcconf", "ftp", "finger", "scp", "sftp", "ssh", "extrac32", "expand",
        "esentutl", "ieexec", "presentationhost", "syncappvpublishingserver", "mavinject", "xwizard", "verclsid",
        "scriptrunner", "bash", "wsl", "msdt", "at", "pubprn", "csc", "vbc", "jsc", "dnx", "rcsi", "fsi", "robocopy",
        "xcopy", "replace", "print", "makecab", "diantz", "tar", "reg", "regedit", "sc", "net", "net1", "netsh", "ipconfig",
        "nslookup", "ping", "start", "control", "infdefaultinstall", "workfolders", "runscripthelper", "winrs", "wt",
        "python", "pythonw", "node", "perl", "ruby", "php", "autoit3", "wuauclt", "dfsvc", "desktopimgdownldr", "certoc",
        "configsecuritypolicy", "mpcmdrun", "ssh-keygen", "stordiag", "gpscript", "atbroker", "dfshim", "computerdefaults",
        "fodhelper", "eventvwr", "explorer",
    ];
    INTERPRETERS.contains(&stem)
}

/// How far away a path leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Distance {
    /// On this machine.
    Here,
    /// On a server that is named as those of an office are.
    Server,
    /// On the web: HTTP, WebDAV, or an address outside private networks.
    Web,
}

/// Where a path, UNC path or URL leads.
pub(crate) fn is_remote(path: &str) -> Distance {
    let lower = path.trim().to_ascii_lowercase().replace('/', "\\");
    if ["http:", "https:", "ftp:", "ftps:"].iter().any(|scheme| lower.starts_with(scheme)) {
        return Distance::Web;
    }
    let rest = lower.strip_prefix("file:").unwrap_or(&lower);
    let from_file = rest.len() < lower.len();
    let unc = rest.strip_prefix("\\\\").filter(|rest| !rest.starts_with(['?', '.']));
    let unc = unc.or_else(|| rest.strip_prefix("\\\\?\\unc\\"));
    let Some(host) = unc.and_then(|rest| rest.trim_start_matches('\\').split('\\').next()) else {
        return Distance::Here;
    };
    // `file:///C:\folder` is this machine.
    if from_file
        && (host.is_empty() || host.contains(':') || host == "localhost" || rest.starts_with("\\\\\\"))
    {
        return Distance::Here;
    }
    let web = host.contains('@') || lower.contains("davwwwroot") || is_public_address(host);
    if web { Distance::Web } else { Distance::Server }
}

fn is_public_address(host: &str) -> bool {
    let Ok(address) = host.parse::<std::net::Ipv4Addr>() else { return false };
    !(address.is_private() || address.is_loopback() || address.is_link_local())
}

/// What a program is given to start in its turn.
fn inside<'a>(stem: &str, arguments: &'a str) -> Option<&'a str> {
    let lower = arguments.to_ascii_lowercase();
    let behind = |switches: &[&str]| {
        let found =
            switches.iter().filter_map(|switch| lower.find(switch).map(|at| at + switch.len())).min()?;
        arguments.get(found..)
    };
    match stem {
        "cmd" | "comspec" => behind(&["/c", "/k", "/r"]),
        "powershell" | "pwsh" => behind(&["-command ", "-c ", "/c ", "-com "]),
        "forfiles" => behind(&["/c "]),
        "pcalua" => behind(&["-a "]),
        "call" | "conhost" | "@call" | "do" | "else" | "cmd.exe" => {
            Some(arguments.trim_start_matches(" --headless"))
        }
        "start" => {
            let mut rest = arguments.trim_start();
            for _ in 0..INSIDE_MAX {
                let title = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
                match title {
                    Some((title, after)) if !title.contains(['\\', '.']) => rest = after.trim_start(),
                    _ if rest.starts_with('/') => {
                        rest = rest.split_once(' ').map_or("", |(_, after)| after).trim_start();
                    }
                    _ => break,
                }
            }
            Some(rest)
        }
        "if" | "for" => {
            let starts = arguments.match_indices(' ').take(32).filter_map(|(at, _)| arguments.get(at..));
            starts.into_iter().find(|rest| is_bare_program(split_program(rest).0))
        }
        _ => None,
    }
}

/// How a program is shown: its name, and the switch that tells.
fn said(stem: &str, arguments: &str) -> String {
    const TELLING_SWITCHES: &[&str] = &[
        "-urlcache",
        "-decode",
        "/transfer",
        "/create",
        "process call create",
        "/i:",
        "/addfile",
        "-addstore",
        "add",
        "use",
    ];
    let padded = format!("{arguments} ");
    match TELLING_SWITCHES.iter().find(|switch| padded.contains(&format!(" {switch}"))) {
        Some(switch) if !matches!(stem, "powershell" | "cmd" | "mshta") => format!("{stem} {switch}"),
        _ => stem.to_owned(),
    }
}

/// The weight of a program by its arguments (lower case); `None` where it says nothing.
fn weight(stem: &str, arguments: &str) -> Option<Weight> {
    let has = |words: &[&str]| words.iter().any(|word| arguments.contains(word));
    let heavy = |is: bool| Some(if is { Weight::Heavy } else { Weight::Light });
    let given = !arguments.trim().is_empty();
    let web = has(&["http:", "https:", "ftp:", "davwwwroot", "@ssl", "@80", "@8080", "@443"]);
    match stem {
        "powershell" | "pwsh" | "cmd" => heavy(false),
        "mshta"
        | "cmstp"
        | "odbcconf"
        | "finger"
        | "mavinject"
        | "syncappvpublishingserver"
        | "scriptrunner"
        | "pcalua"
        | "presentationhost"
        | "ieexec"
        | "infdefaultinstall"
        | "bitsadmin"
        | "msdt" => heavy(given),
        "forfiles" => heavy(has(&["/c"])),
        "conhost" => heavy(has(&["--headless"])),
        "wscript" | "cscript" => heavy(web || has(&["//e:", "/e:", "%temp%", "appdata", "\\temp\\"])),
        "rundll32" => heavy(!QUIET_LIBRARIES.iter().any(|library| arguments.contains(library)) || web),
        "regsvr32" => heavy(web || has(&["scrobj", "/i:"])),
        "msiexec" | "installutil" | "regasm" | "regsvcs" | "msbuild" | "hh" | "csc" | "esentutl" => {
            heavy(web)
        }
        "certutil" => heavy(web || has(&["urlcache", "decode", "verifyctl", "decodehex"])),
        "curl" | "wget" => heavy(web || has(&["-o", "--output", "-fs"])),
        "wmic" => heavy(web || has(&["call create", "/format:", "shadowcopy"])),
        "schtasks" => heavy(has(&["/create", "/change"])),
        "reg" => {
            let adds = has(&["add ", "import ", "delete "]);
            let takes_over = adds && has(TAKEN_OVER);
            if takes_over { Some(Weight::Heavy) } else { adds.then_some(Weight::Light) }
        }
        "sc" => heavy(has(&["create ", "config "])),
        "net" | "net1" => {
            let account = has(&["user "]) && has(&["/add"]) || has(&["localgroup "]) && has(&["/add"]);
            heavy(account || web)
        }
        "vssadmin" | "wbadmin" | "bcdedit" => heavy(has(&["delete", "resize", "/set"])),
        "ftp" => heavy(has(&["-s:"])),
        "ssh" => heavy(has(&["proxycommand", "localcommand"])),
        "copy" | "xcopy" | "robocopy" | "move" => {
            let startup = has(&["\\startup", "shell:startup"]);
            if startup || web { Some(Weight::Heavy) } else { has(&["\\\\"]).then_some(Weight::Light) }
        }
        "del" | "erase" => has(&["%~f0", "%0"]).then_some(Weight::Heavy),
        "attrib" => has(&["+h", "+s"]).then_some(Weight::Light),
        "netsh" | "taskkill" | "shutdown" | "regedit" | "python" | "pythonw" | "node" | "java" | "javaw"
        | "perl" | "autoit3" | "bash" | "wsl" | "start" | "explorer" | "control" | "scp" | "sftp" | "wt" => {
            heavy(web && stem != "start")
        }
        _ => None,
    }
}

/// Libraries that `rundll32` is used with on ordinary desktops.
#[rustfmt::skip]
const QUIET_LIBRARIES: &[&str] = &[
    "printui", "user32", "powrprof", "shell32.dll,control_rundll", "shell32.dll,options_rundll", "inetcpl", "keymgr",
    "shell32.dll,shhelp", "dsquery", "amehost", "iedkcs32", "tcpmonui", "devmgr", "sysdm",
];

/// Keys of the registry that start programs or switch protection off.
#[rustfmt::skip]
const TAKEN_OVER: &[&str] = &[
    "currentversion\\run", "windows defender", "winlogon", "image file execution", "shell\\open\\command", "appinit_dlls",
    "policies\\system", "\\amsi", "safeboot", "lsa",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_of_a_line() {
        for (line, program, rest) in [
            ("\"C:\\Program Files\\a.exe\" /b", "C:\\Program Files\\a.exe", " /b"),
            ("C:\\Program Files\\a.exe /b", "C:\\Program Files\\a.exe", " /b"),
            ("cmd /c dir", "cmd", " /c dir"),
            ("\"powershell -c dir\"", "powershell", "-c dir"),
            ("", "", ""),
        ] {
            assert_eq!(split_program(line), (program, rest));
        }
        assert_eq!(file_stem("C:\\Windows\\System32\\CMD.EXE"), "cmd");
    }

    #[test]
    fn how_far_away() {
        for (path, distance) in [
            ("C:\\a", Distance::Here),
            ("file:///C:/a.txt", Distance::Here),
            ("\\\\server\\share\\a.xlsx", Distance::Server),
            ("file://server/share/a.xlsx", Distance::Server),
            ("\\\\192.168.1.5\\share", Distance::Server),
            ("\\\\203.0.113.9\\share", Distance::Web),
            ("\\\\files.example@SSL\\DavWWWRoot\\a.exe", Distance::Web),
            ("\\\\files.example@80\\a.exe", Distance::Web),
            ("file://203.0.113.9/a.exe", Distance::Web),
            ("https://site.example/", Distance::Web),
        ] {
            assert_eq!(is_remote(path), distance, "{path}");
        }
    }
}
