//! Tables: objects, members and functions of script languages that reach outside, with their weight.

use crate::command::Weight::{self, Heavy, Light};

/// An object by the name that `CreateObject`, `ActiveXObject`, `GetObject` or `New-Object` takes.
pub(super) fn object(name: &str) -> Option<(&'static str, Weight)> {
    let name = name.trim().to_ascii_lowercase();
    OBJECTS.iter().find(|(known, ..)| name.starts_with(known)).map(|(_, said, weight)| (*said, *weight))
}

#[rustfmt::skip]
const OBJECTS: &[(&str, &str, Weight)] = &[
    ("wscript.shell", "WScript.Shell", Light),
    ("shell.application", "Shell.Application", Light),
    ("shell.user", "Shell.Users", Heavy),
    ("msxml2.xmlhttp", "MSXML2.XMLHTTP", Heavy),
    ("msxml2.serverxmlhttp", "MSXML2.ServerXMLHTTP", Heavy),
    ("microsoft.xmlhttp", "Microsoft.XMLHTTP", Heavy),
    ("winhttp.winhttprequest", "WinHttp.WinHttpRequest", Heavy),
    ("adodb.stream", "ADODB.Stream", Heavy),
    ("schedule.service", "Schedule.Service", Heavy),
    ("scriptcontrol", "ScriptControl", Heavy),
    ("msscriptcontrol", "ScriptControl", Heavy),
    ("mmc20.application", "MMC20.Application", Heavy),
    ("internetexplorer.application", "InternetExplorer.Application", Light),
    ("htmlfile", "htmlfile", Light),
    ("scriptlet", "scriptlet:", Heavy),
    ("script:", "script:", Heavy),
    ("new:", "new:", Heavy),
    ("winmgmts:", "WMI", Light),
    ("wbemscripting", "WMI", Light),
    ("scripting.filesystemobject", "Scripting.FileSystemObject", Light),
    ("wscript.network", "WScript.Network", Light),
    ("excel.application", "Excel.Application", Light),
    ("word.application", "Word.Application", Light),
    ("outlook.application", "Outlook.Application", Light),
    ("windowsinstaller.installer", "WindowsInstaller.Installer", Light),
    ("net.webclient", "Net.WebClient", Heavy),
    ("system.net.webclient", "Net.WebClient", Heavy),
    ("net.sockets.tcpclient", "Net.Sockets.TcpClient", Heavy),
    ("system.net.sockets.tcpclient", "Net.Sockets.TcpClient", Heavy),
    ("microsoft.xmldom", "Microsoft.XMLDOM", Light),
];

/// A member that is called on an object, in lower case.
pub(super) fn member(name: &str) -> Option<(&'static str, Weight)> {
    Some(match name {
        "savetofile" => ("SaveToFile", Heavy),
        "responsebody" => ("ResponseBody", Heavy),
        "regwrite" => ("RegWrite", Heavy),
        "regdelete" => ("RegDelete", Light),
        "downloadfile" => ("DownloadFile", Heavy),
        "downloadstring" => ("DownloadString", Heavy),
        "downloaddata" => ("DownloadData", Heavy),
        "registertaskdefinition" => ("RegisterTaskDefinition", Heavy),
        "execmethod" | "execmethod_" => ("WMI ExecMethod", Heavy),
        "execquery" => ("WMI ExecQuery", Light),
        "createtextfile" => ("CreateTextFile", Light),
        "createshortcut" => ("CreateShortcut", Light),
        "copyfile" | "copyfolder" => ("CopyFile", Light),
        "deletefile" | "deletefolder" => ("DeleteFile", Light),
        "mapnetworkdrive" => ("MapNetworkDrive", Light),
        "sendkeys" => ("SendKeys", Light),
        "transformnode" => ("transformNode", Light),
        "installproduct" => ("InstallProduct", Heavy),
        _ => return None,
    })
}

/// Functions and methods that start what their arguments say.
pub(super) fn starts(path: &str) -> Option<&'static str> {
    let name = path.rsplit('.').next().unwrap_or_default();
    let is_member = path.contains('.');
    Some(match name {
        "run" | "call" | "check_output" | "check_call" if path.starts_with("subprocess.") => "subprocess",
        "run" if is_member => "Run",
        "exec" if is_member && !path.starts_with("regex") => "Exec",
        "shellexecute" => "ShellExecute",
        "shell" => "Shell",
        "start-process" | "saps" => "Start-Process",
        "invoke-item" => "Invoke-Item",
        "system" | "popen" | "shell_exec" | "passthru" | "proc_open" | "execsync" | "spawn" | "spawnsync" => {
            "runs a command"
        }
        "start" if path.contains("process") => "Process.Start",
        "create" if path.contains("win32_process") => "Win32_Process.Create",
        _ => return None,
    })
}

/// What is told of languages that do not start by a double click.
#[rustfmt::skip]
pub(super) const READ_LANGUAGES: &[(&str, &str, Weight)] = &[
    ("urllib.request.urlopen", "urlopen", Light), ("urllib.request.urlretrieve", "urlretrieve", Heavy),
    ("urllib.urlretrieve", "urlretrieve", Heavy), ("requests.get", "requests.get", Light),
    ("requests.post", "requests.post", Light), ("socket.socket", "socket", Light), ("os.dup2", "os.dup2", Heavy),
    ("pty.spawn", "pty.spawn", Heavy), ("marshal.loads", "marshal.loads", Heavy), ("ctypes.windll", "ctypes", Light),
    ("base64.b64decode", "b64decode", Light), ("base64_decode", "base64_decode", Light), ("gzinflate", "gzinflate", Heavy),
    ("str_rot13", "str_rot13", Heavy), ("create_function", "create_function", Heavy),
    ("virtualalloc", "VirtualAlloc", Heavy), ("ctypes.windll.kernel32.virtualalloc", "VirtualAlloc", Heavy),
    ("createthread", "CreateThread", Heavy), ("assembly.load", "Assembly.Load", Heavy),
    ("webclient", "WebClient", Heavy), ("process.start", "Process.Start", Heavy), ("dllimport", "DllImport", Light),
    ("writeprocessmemory", "WriteProcessMemory", Heavy), ("msxsl.node", "msxsl", Light),
];

/// Words that only pages and servers have: nothing that the script host of Windows knows.
pub(super) fn is_of_web(path: &str) -> bool {
    const FIRST: &[&str] = &[
        "document",
        "window",
        "jquery",
        "$",
        "module",
        "exports",
        "require",
        "process",
        "navigator",
        "react",
        "vue",
        "angular",
        "console",
        "import",
        "export",
        "describe",
        "it",
        "localstorage",
        "define",
        "globalthis",
        "self",
        "fetch",
        "__dirname",
        "customelements",
        "xmlhttprequest",
        "google",
        "ga",
        "gtag",
        "webpackjsonp",
        "app",
        "express",
        "html",
    ];
    FIRST.contains(&path.split('.').next().unwrap_or_default())
}
