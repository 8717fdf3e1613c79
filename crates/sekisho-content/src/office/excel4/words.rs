//! What the functions of Excel 4 macros, and the functions that they call in libraries, reach for (Microsoft's "Excel
//! Macro Functions Reference").

/// How heavy a function weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// It reaches outside the workbook as business macros do: opens, saves, prints, sets a timer.
    Light,
    /// It runs programs, calls into libraries, writes files or code.
    Heavy,
}

/// The weight of a function by its name, in capitals; `None` where it stays inside.
pub(super) fn weight(name: &str) -> Option<Weight> {
    if HEAVY.contains(&name) {
        return Some(Weight::Heavy);
    }
    LIGHT.contains(&name).then_some(Weight::Light)
}

const HEAVY: &[&str] = &[
    "EXEC",
    "CALL",
    "REGISTER",
    "REGISTER.ID",
    "FWRITE",
    "FWRITELN",
    "EXECUTE",
    "VBA.INSERT.FILE",
    "VBA.MAKE.ADDIN",
    "FILE.DELETE",
    "DELETE.DIRECTORY",
    "DDE",
    "INSERT.OBJECT",
];

const LIGHT: &[&str] = &[
    "OPEN",
    "OPEN.LINKS",
    "OPEN.TEXT",
    "SAVE",
    "SAVE.AS",
    "SAVE.COPY.AS",
    "SAVE.WORKBOOK",
    "FOPEN",
    "FREAD",
    "FREADLN",
    "FILES",
    "DIRECTORY",
    "CREATE.DIRECTORY",
    "INITIATE",
    "POKE",
    "REQUEST",
    "SEND.KEYS",
    "SEND.MAIL",
    "ON.TIME",
    "RUN",
    "ADDIN.MANAGER",
    "WORKBOOK.HIDE",
    "WORKBOOK.COPY",
    "WORKBOOK.MOVE",
    "APP.ACTIVATE.MICROSOFT",
    "LINKS",
    "CHANGE.LINK",
    "SQL.OPEN",
    "SQL.EXEC.QUERY",
    "ROUTE.DOCUMENT",
    "ON.RECALC",
    "ON.ENTRY",
    "ON.KEY",
    "ON.SHEET",
    "ON.WINDOW",
    "ON.DATA",
    "ON.DOUBLECLICK",
];

/// Functions that put texts together from letters or pieces.
pub(super) const BUILDING: &[&str] = &[
    "CHAR",
    "UNICHAR",
    "MID",
    "SUBSTITUTE",
    "REPLACE",
    "CODE",
    "CONCATENATE",
    "CONCAT",
    "LEFT",
    "RIGHT",
    "INDIRECT",
    "REPT",
    "BITXOR",
];

/// Library functions that fetch, run or inject, whole or as the beginning of their names, in lower case.
pub(super) const LIBRARY: &[&str] = &[
    "urldownloadtofile",
    "urlopen",
    "shellexecute",
    "winexec",
    "createprocess",
    "createthread",
    "createremotethread",
    "virtualalloc",
    "virtualprotect",
    "writeprocessmemory",
    "rtlmovememory",
    "rtlcopymemory",
    "queueuserapc",
    "internetopen",
    "internetreadfile",
    "httpopenrequest",
    "loadlibrary",
    "createdirectory",
    "createfile",
    "writefile",
    "regsetvalue",
    "dllregisterserver",
    "openurl",
    "callwindowproc",
];

/// Whether a name is one under which Excel starts a macro by itself, in any of its languages.
pub(super) fn starts(name: &str) -> bool {
    const STARTS: &[&str] = &[
        "auto_open",
        "auto_close",
        "auto_activate",
        "auto_deactivate",
        "auto_ouvrir",
        "auto_fermer",
        "auto_öffnen",
        "auto_schließen",
        "auto_schliessen",
        "auto_abrir",
        "auto_cerrar",
        "auto_apri",
        "auto_chiudi",
        "auto_fechar",
        "auto_openen",
        "auto_sluiten",
    ];
    // Some put invisible letters in between; what Excel compares is what is left.
    let plain: String = name.chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect();
    let plain = plain.to_lowercase();
    let plain = plain.strip_prefix("_xlnm.").unwrap_or(&plain);
    STARTS.iter().any(|start| plain.starts_with(start))
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}
