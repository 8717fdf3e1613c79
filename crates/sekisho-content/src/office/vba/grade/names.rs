//! Tables: what starts by itself, and which names reach outside the document.

/// How heavily a deed weighs. Light ones are ordinary in offices when a person asks for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Business macros do it of themselves: a log is written.
    Slight,
    /// It reaches outside the document, or hides a name.
    Light,
    /// It runs, fetches, or writes programs.
    Heavy,
}

/// Whether a procedure of this name (lower case) runs without a click: Office calls it, or a control fires it.
pub(in crate::office::vba) fn starts(name: &str) -> bool {
    BY_OFFICE.contains(&name) || BY_CONTROLS.iter().any(|end| name.ends_with(end))
}

#[rustfmt::skip]
const BY_OFFICE: &[&str] = &[
    "autoopen", "autoexec", "autoclose", "autonew", "autoexit", "auto_open", "auto_close", "auto_exec", "auto_new",
    "auto_activate", "auto_deactivate", "auto_add", "auto_remove", "auto_ouvrir", "document_open", "document_close",
    "document_new", "document_beforeclose", "documentopen", "documentclose", "documentbeforeclose",
    "documentbeforeprint", "documentbeforesave", "documentchange", "documentsync", "newdocument", "windowactivate",
    "windowdeactivate", "workbook_open", "workbook_close", "workbook_beforeclose", "workbook_activate",
    "workbook_deactivate", "workbook_windowactivate", "workbook_windowdeactivate", "workbook_addininstall",
    "workbook_sheetactivate", "workbook_sheetcalculate", "workbook_beforesave", "workbook_beforeprint",
    "worksheet_activate", "worksheet_calculate", "worksheet_selectionchange", "onslideshowpagechange",
    "onslideshowterminate", "presentation_open", "fileopen", "filesave", "fileprint", "fileclose", "fileexit",
    "app_documentopen", "app_workbookopen", "app_presentationopen", "application_startup", "application_newmail",
    "application_newmailex", "main",
];

#[rustfmt::skip]
const BY_CONTROLS: &[&str] = &[
    "_layout", "_gotfocus", "_lostfocus", "_mousemove", "_mousehover", "_mouseenter", "_mouseleave", "_painted",
    "_painting", "_resize", "_titlechange", "_documentcomplete", "_downloadcomplete", "_downloadbegin",
    "_beforenavigate2", "_navigatecomplete2", "_statustextchange", "_progresschange", "_propertychange",
    "_windowstatechanged", "_onconnecting", "_onconnected", "_ondisconnected", "_onlogincomplete", "_ready",
    "_docked", "_propertyset", "_commandstatechange", "_filedownload", "_systemcolorschanged", "_displaychanged",
    "_endrequest",
];

/// Whether a procedure of this name runs when a person clicks or types something in the document.
pub(super) fn is_clicked(name: &str) -> bool {
    const ENDS: &[&str] = &["_click", "_dblclick", "_mousedown", "_mouseup", "_keydown", "_change", "_enter"];
    // A sheet's own change is an entry, not a button.
    ENDS.iter().any(|end| name.ends_with(end))
        && !name.starts_with("worksheet_")
        && !name.starts_with("workbook_")
}

/// A function of a library that is declared, by its name in lower case.
pub(super) fn library(name: &str) -> Option<Weight> {
    let name = name.strip_suffix(['a', 'w']).unwrap_or(name);
    if HEAVY_LIBRARY.iter().any(|known| *known == name || known.strip_suffix(['a', 'w']) == Some(name)) {
        return Some(Weight::Heavy);
    }
    LIGHT_LIBRARY.contains(&name).then_some(Weight::Light)
}

#[rustfmt::skip]
const HEAVY_LIBRARY: &[&str] = &[
    "urldownloadtofile", "urldownloadtocachefile", "shellexecute", "shellexecuteex", "winexec", "createprocess",
    "virtualalloc", "virtualallocex", "virtualprotect", "virtualprotectex", "writeprocessmemory", "createthread",
    "createremotethread", "queueuserapc", "ntwritevirtualmemory", "zwwritevirtualmemory", "ntallocatevirtualmemory",
    "heapcreate", "internetopenurl", "internetreadfile", "internetconnect", "httpsendrequest", "httpopenrequest",
    "rtlcreateheap", "createtimerqueuetimer", "certenumsystemstore", "loadmodule", "createfiber", "mapviewoffile",
    "ntcreatethreadex", "zwallocatevirtualmemory", "popen", "system", "execl", "execv", "dlopen",
];

const LIGHT_LIBRARY: &[&str] = &["openprocess", "dispcallfunc", "callwindowproc"];

/// Functions that call what they are handed.
pub(super) const CALLS_BACK: &[&str] = &[
    "enumwindows",
    "enumchildwindows",
    "enumdesktops",
    "enumsystemlocales",
    "enumsystemlanguagegroups",
    "enumtimeformats",
    "enumdateformats",
    "enumfonts",
    "enumobjects",
    "graystring",
    "callwindowproc",
    "settimer",
    "enumresourcetypes",
    "linedda",
    "imagegetdigeststream",
];

/// Whether a library's function loads another library.
pub(super) fn starts_with_load(name: &str) -> bool {
    name.starts_with("loadlibrary")
}

/// An object by the name that `CreateObject` or `GetObject` takes.
pub(super) fn object(name: &str) -> Option<Weight> {
    let name = name.to_ascii_lowercase();
    let begins = |names: &[&str]| names.iter().any(|known| name.trim_start().starts_with(known));
    if begins(HEAVY_OBJECTS) {
        return Some(Weight::Heavy);
    }
    if begins(LIGHT_OBJECTS) {
        return Some(Weight::Light);
    }
    begins(SLIGHT_OBJECTS).then_some(Weight::Slight)
}

#[rustfmt::skip]
const HEAVY_OBJECTS: &[&str] = &[
    "shell.user", "msxml2.xmlhttp", "msxml2.serverxmlhttp", "microsoft.xmlhttp", "winhttp.winhttprequest",
    "msxml2.domdocument.3.0.xmlhttp", "schedule.service", "scriptcontrol", "msscriptcontrol", "mmc20.application",
    "new:", "script:", "internetexplorer.application", "shellbrowserwindow", "shellwindows", "wscript.network.run",
    "scriptlet:", "wsmprov", "wsman.automation",
];

/// Objects that honest macros use for small things too, a folder's name or a waiting message.
const LIGHT_OBJECTS: &[&str] = &["winmgmts:", "wbemscripting", "system.net"];

#[rustfmt::skip]
const SLIGHT_OBJECTS: &[&str] = &[
    "wscript.shell", "shell.application", "adodb.stream", "wscript.network", "access.application", "htmlfile",
    "outlook.application",
];

/// A member that is called, in lower case.
pub(super) fn member(name: &str) -> Option<(&'static str, Weight)> {
    Some(match name {
        "shellexecute" => ("ShellExecute", Weight::Heavy),
        "execscript" => ("execScript", Weight::Heavy),
        "execmethod" | "execmethod_" => ("WMI", Weight::Heavy),
        "regwrite" => ("RegWrite", Weight::Heavy),
        "downloadfile" => ("DownloadFile", Weight::Heavy),
        "registertaskdefinition" => ("RegisterTaskDefinition", Weight::Heavy),
        "createshortcut" => ("CreateShortcut", Weight::Light),
        "transformnode" => ("transformNode", Weight::Light),
        "followhyperlink" => ("FollowHyperlink", Weight::Light),
        "insertlines" | "addfromstring" | "addfromfile" | "organizercopy" => {
            ("changes macros", Weight::Heavy)
        }
        "createtextfile" => ("CreateTextFile", Weight::Slight),
        "deletefolder" => ("DeleteFolder", Weight::Slight),
        _ => return None,
    })
}

/// A word of the code that tells wherever it stands.
pub(super) fn word(word: &str) -> Option<(&'static str, Weight)> {
    Some(match word {
        "xmlhttp" | "xmlhttp60" | "xmlhttp30" | "serverxmlhttp" | "serverxmlhttp60" => {
            ("XMLHTTP", Weight::Heavy)
        }
        "winhttprequest" => ("WinHttpRequest", Weight::Heavy),
        "wshshell" | "iwshshell" => ("WScript.Shell", Weight::Slight),
        "virusprotection" => ("VirusProtection", Weight::Heavy),
        "organizercopy" => ("changes macros", Weight::Heavy),
        "applescripttask" => ("AppleScriptTask", Weight::Slight),
        "ddeinitiate" | "ddeexecute" => ("DDE", Weight::Heavy),
        "sendkeys" => ("SendKeys", Weight::Slight),
        "kill" => ("Kill", Weight::Slight),
        "filecopy" => ("FileCopy", Weight::Slight),
        "savesetting" => ("SaveSetting", Weight::Slight),
        _ => return None,
    })
}

/// Whether a formula of Excel 4 runs or loads something.
pub(super) fn runs_in_excel4(formula: &str) -> bool {
    let formula = formula.to_ascii_uppercase();
    ["EXEC(", "CALL(", "REGISTER(", "FOPEN(", "RUN("].iter().any(|function| formula.contains(function))
}

/// Whether a text ends like the name of something that runs.
pub(super) fn is_program(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    const ENDS: &[&str] = &[
        ".exe", ".dll", ".scr", ".bat", ".cmd", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".ps1",
        ".lnk", ".com", ".cpl", ".msi", ".sct", ".jar",
    ];
    ENDS.iter().any(|end| text.ends_with(end))
}
