//! A DDE conversation that a document asks for → how dangerous it is ([MS-XLS] 2.4.271, [ECMA-376] part 1, 17.16.5.15).
//!
//! Dynamic data exchange first starts the program that it names as server, if that is not running. Tables linked from
//! Excel or quotations from a trading program use it as it was meant; a command processor never does.

pub(crate) mod csv;

use crate::open::Opened;
use crate::{Danger, DeedKind};

use super::told::{Sign, tell};

/// Adds the deed of a conversation with `server` about `topic`.
pub(crate) fn judge(place: &str, start: &str, server: &str, topic: &str, opened: &mut Opened) {
    let command = format!("{server} {topic}");
    tell(
        opened,
        &Sign {
            kind: DeedKind::Dde,
            danger: danger(server, topic),
            place,
            start,
            does: &program(server),
            link: link(&command),
            string: command.trim(),
        },
    );
}

/// How dangerous a conversation is.
pub(crate) fn danger(server: &str, topic: &str) -> Danger {
    let name = program(server);
    let topic = topic.to_ascii_lowercase().replace('^', "");
    // `MSEXCEL|'\..\..\Windows\System32\cmd.exe …'`: the topic itself leads to a program.
    let climbs = topic.contains("..\\") || topic.contains("../");
    let runs = STARTED
        .iter()
        .any(|started| topic.contains(&format!("{started}.exe")) || topic.contains(&format!("{started} ")));
    if STARTED.contains(&name.as_str()) || is_path(server) || (climbs && topic.contains(".exe")) {
        return Danger::Dangerous;
    }
    let document =
        DOCUMENT_SERVERS.iter().any(|known| name == *known || name.starts_with(&format!("{known}.")));
    match (document, runs && climbs) {
        (_, true) => Danger::Dangerous,
        (true, false) => Danger::Harmless,
        (false, false) => Danger::Active,
    }
}

/// Whether a server is a program that runs what it is told.
pub(crate) fn is_started_program(server: &str) -> bool {
    STARTED.contains(&program(server).as_str()) || is_path(server)
}

/// Programs that run what they are told.
const STARTED: &[&str] = &[
    "cmd",
    "powershell",
    "powershell_ise",
    "pwsh",
    "mshta",
    "rundll32",
    "regsvr32",
    "wscript",
    "cscript",
    "msiexec",
    "certutil",
    "bitsadmin",
    "wmic",
    "forfiles",
    "schtasks",
    "explorer",
    "curl",
    "installutil",
    "msbuild",
    "odbcconf",
    "hh",
    "control",
    "regasm",
    "regsvcs",
    "ftp",
    "cmstp",
    "pcalua",
    "conhost",
    "bash",
    "wsl",
    "sh",
    "calc",
    "notepad",
    "iexplore",
    "msedge",
    "net",
    "reg",
    "at",
    "start",
    "command",
    "dfsvc",
    "mavinject",
    "scriptrunner",
    "msdt",
    "desktopimgdownldr",
    "finger",
    "tracker",
    "psexec",
    "python",
    "perl",
    "ruby",
    "java",
    "javaw",
];

/// Servers that hand out documents.
const DOCUMENT_SERVERS: &[&str] = &[
    "excel",
    "winword",
    "word",
    "powerpnt",
    "powerpoint",
    "msaccess",
    "access",
    "soffice",
    "msproject",
    "winproj",
    "visio",
    "package",
    "opendocument",
    "acroexch",
    "acroview",
    "et",
    "wps",
    "jxw",
];

/// The last part of a server's name, without directory, quotes and `.exe`, lower case.
fn program(server: &str) -> String {
    let server = server.trim().trim_matches(['"', '\'', '(', ')', '=', '@', '+', '-']).replace('^', "");
    let name = server.rsplit(['\\', '/']).next().unwrap_or_default().trim().to_ascii_lowercase();
    name.strip_suffix(".exe").unwrap_or(&name).to_owned()
}

/// Whether a server is given as a file, which no ordinary link does.
fn is_path(server: &str) -> bool {
    let server = server.trim().trim_matches(['"', '\'']).to_ascii_lowercase();
    server.ends_with(".exe") || server.contains(":\\") || server.contains("..\\") || server.contains("%")
}

/// The first web address in a command.
fn link(command: &str) -> &str {
    let Some(at) = command.find("http://").or_else(|| command.find("https://")) else { return "" };
    let rest = command.get(at..).unwrap_or_default();
    rest.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | ';')).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_graded() {
        let cases = [
            ("c:\\\\windows\\\\system32\\\\cmd.exe", "\"/k calc\"", Danger::Dangerous),
            ("cmd", "/c calc.exe", Danger::Dangerous),
            ("c^md", "/c a", Danger::Dangerous),
            ("MSEXCEL", "\\..\\..\\..\\Windows\\System32\\cmd.exe /c a", Danger::Dangerous),
            ("powershell.exe", "-w hidden", Danger::Dangerous),
            ("Excel.Sheet.12", "\"C:\\\\売上\\\\表.xlsx\" \"Sheet1!R1C1\"", Danger::Harmless),
            ("excel", "[Book1.xlsx]Sheet1", Danger::Harmless),
            ("RSS", "N225", Danger::Active),
        ];
        for (server, topic, expected) in cases {
            assert_eq!(danger(server, topic), expected, "{server} {topic}");
        }
    }
}
