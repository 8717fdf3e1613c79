//! Pages and drawings → what they do and build: ways of smuggling with their near misses, and damage.

use data::{base64, hexadecimal, percent, program};

use crate::{Budget, Keys, Kind, Member, Opened, Sources, Unread, kind, open};

/// Inert files and their encodings.
mod data {
    /// The beginning of a program, which does nothing.
    pub(super) fn program() -> Vec<u8> {
        crate::sample(crate::Kind::WindowsProgram).expect("a sample")
    }

    pub(super) fn base64(bytes: &[u8]) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for group in bytes.chunks(3) {
            let at = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
            let bits = at(0) << 16 | at(1) << 8 | at(2);
            for place in 0..4 {
                let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
                text.push(if place <= group.len() { digit.into() } else { '=' });
            }
        }
        text
    }

    pub(super) fn hexadecimal(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(super) fn percent(text: &str) -> String {
        text.bytes().map(|byte| format!("%{byte:02X}")).collect()
    }
}

struct Told {
    opened: Opened,
    members: Vec<Member<'static>>,
}

fn told_as(bytes: &[u8], kind: Kind) -> Told {
    let mut members = Vec::new();
    let mut budget = Budget { sources: Sources::Drop, ..Budget::default() };
    let opened = open(bytes, kind, &Keys::default(), &mut budget, &mut |member| {
        members.push(Member { bytes: member.bytes.into_owned().into(), ..member });
    });
    Told { opened, members }
}

/// Every deed but harmless ones, and every member by its kind.
fn summary(page: &str, as_kind: Kind) -> String {
    let told = told_as(page.as_bytes(), as_kind);
    let deeds = told.opened.deeds.iter().filter(|deed| deed.danger > crate::Danger::Harmless);
    let mut words: Vec<String> = deeds.map(|deed| format!("{:?} {:?}", deed.kind, deed.danger)).collect();
    words.extend(told.members.iter().map(|member| {
        let name = member.names.first().map(|name| format!(" {name}")).unwrap_or_default();
        format!("+{}{name}", kind(&member.bytes).id())
    }));
    words.join(", ")
}

fn html(page: &str) -> String {
    summary(page, Kind::Html)
}

#[test]
fn files_built_in_every_usual_way() {
    let program = program();
    let packed = base64(&program);
    let save = "var b = new Blob([u], {type: 'octet/stream'}); var a = document.createElement('a'); \
        a.href = URL.createObjectURL(b); a.download = 'Invoice.exe'; a.click();";
    let chunks: Vec<String> =
        packed.as_bytes().chunks(60).map(|chunk| format!("'{}'", String::from_utf8_lossy(chunk))).collect();
    let numbers: Vec<String> = program.iter().map(u8::to_string).collect();
    let mixed: Vec<u8> = program.iter().map(|byte| byte ^ 0x5a).collect();
    let keyed: Vec<u8> = program.iter().zip(b"secret".iter().cycle()).map(|(byte, key)| byte ^ key).collect();
    let reversed: String = packed.chars().rev().collect();
    let junk = packed.replace('A', "A#!");
    let twice = base64(packed.as_bytes());
    let escaped: String = program.iter().map(|byte| format!("\\x{byte:02x}")).collect();
    let scripts = [
        ("one string", format!("var s = atob('{packed}'); {save}")),
        ("chunks added", format!("var s = {}; s = atob(s); {save}", chunks.join(" + "))),
        ("chunks in a list", format!("var s = atob([{}].join('')); {save}", chunks.join(",\n"))),
        (
            "chunks appended",
            format!(
                "var s = ''; {} {save} atob(s);",
                chunks.iter().map(|chunk| format!("s += {chunk};")).collect::<String>()
            ),
        ),
        ("numbers", format!("var u = new Uint8Array([{}]); {save}", numbers.join(","))),
        ("hexadecimal", format!("var s = '{}'; parseInt(s.substr(i, 2), 16); {save}", hexadecimal(&program))),
        ("one key", format!("var s = atob('{}'); u[i] = s.charCodeAt(i) ^ 90; {save}", base64(&mixed))),
        (
            "a word as key",
            format!(
                "var k = 'secret'; var s = atob('{}'); u[i] = s.charCodeAt(i) ^ k.charCodeAt(i % k.length); {save}",
                base64(&keyed)
            ),
        ),
        ("turned round", format!("var s = atob('{reversed}'.split('').reverse().join('')); {save}")),
        ("marks between", format!("var s = atob('{junk}'.replace(/[#!]/g, '')); {save}")),
        ("twice", format!("var s = atob(atob('{twice}')); {save}")),
        ("escapes", format!("var s = '{escaped}'; {save}")),
        (
            "old browsers",
            format!("var s = atob('{packed}'); navigator.msSaveOrOpenBlob(new Blob([s]), 'Invoice.exe');"),
        ),
        (
            "an address of data",
            format!(
                "a.href = 'data:application/octet-stream;base64,{packed}'; a.setAttribute('download', 'Invoice.exe'); a.click();"
            ),
        ),
        (
            "a script in a script",
            format!("eval(atob('{}'))", base64(format!("var s = atob('{packed}'); {save}").as_bytes())),
        ),
    ];
    let wrong: Vec<String> = scripts
        .iter()
        .map(|(name, script)| (name, html(&format!("<html><body><script>{script}</script></body></html>"))))
        .filter(|(_, found)| {
            !found.contains("BuildsFile Dangerous") || !found.ends_with("+windows-program Invoice.exe")
        })
        .map(|(name, found)| format!("{name}: {found}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn pages_written_over_this_one() {
    let page = "<html><body><form><input type=password></form></body></html>";
    let written = [
        format!("document.write(atob('{}'))", base64(page.as_bytes())),
        format!("document.write(unescape('{}'))", percent(page)),
        format!("document.write(decodeURIComponent(escape(atob('{}'))))", base64(page.as_bytes())),
        format!(
            "document.body.innerHTML = String.fromCharCode({});",
            page.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(", ")
        ),
        format!("document.write(\"{page}\")"),
        format!("location = 'data:text/html;base64,{}'", base64(page.as_bytes())),
    ];
    for script in &written {
        let found = html(&format!("<script>{script}</script>"));
        assert!(found.contains("BuildsFile Active") && found.contains("+html"), "{script}: {found}");
    }
}

#[test]
fn data_kept_outside_scripts() {
    let packed = base64(&program());
    let save = "var b = new Blob([atob(document.getElementById('d').innerText)]); a.href = URL.createObjectURL(b); a.download = 'a.exe';";
    for place in [
        format!("<div id=d style='display:none'>{packed}</div>"),
        format!("<input id=d type=hidden value='{packed}'>"),
        format!("<textarea id=d>{packed}</textarea>"),
        format!("<script id=d type='text/plain'>{packed}</script>"),
        format!("<p id=d data-x='{packed}'>"),
    ] {
        let found = html(&format!("<html>{place}<script>{save}</script></html>"));
        assert_eq!(found, "BuildsFile Dangerous, +windows-program a.exe", "{place}");
    }
    let link = format!("<a download='b.exe' href='data:application/octet-stream;base64,{packed}'>open</a>");
    assert_eq!(html(&link), "BuildsFile Dangerous, +windows-program b.exe");
    let frame = format!(
        "<iframe src='data:text/html;base64,{}'></iframe>",
        base64(b"<html><body>hello, hello</body></html>")
    );
    assert!(html(&frame).contains("+html"), "{}", html(&frame));
}

#[test]
fn scripts_of_old_browsers() {
    let hex = hexadecimal(&program());
    let page = format!(
        "<html><script language=VBScript>Data = \"{hex}\"\nSet f = CreateObject(\"Scripting.FileSystemObject\")\n\
         f.CreateTextFile(\"svc.exe\", True)\nfor i = 1 to Len(Data) step 2\nf.Write Chr(CLng(\"&H\" & Mid(Data, i, 2)))\nnext</script></html>"
    );
    let found = html(&page);
    assert!(found.contains("Script Dangerous") && found.contains("+windows-program svc.exe"), "{found}");
}

#[test]
fn pages_that_lead_on() {
    let table = [
        ("Link Active", "<meta http-equiv=refresh content=\"0; url=https://a.example/x\">"),
        ("Link Active", "<script>window.location.replace('https://a.example')</script>"),
        ("Link Active", "<script>var u = 'https://a.example'; window.location.href = u + email;</script>"),
        ("Link Active", "<body onload=\"location='https://a.example'\">"),
        ("Link Active", "<script>location.href = atob('aHR0cHM6Ly9hLmV4YW1wbGU=')</script>"),
        (
            "Link Active",
            "<script>eval(atob('bG9jYXRpb24uaHJlZj0naHR0cHM6Ly9hLmV4YW1wbGUvbG9nLWluLWhlcmUn'))</script>",
        ),
        (
            "Script Dangerous, Link Dangerous",
            "<script>location.href=\'search-ms:query=a&crumb=location:\\\\\\\\host\\\\b'</script>",
        ),
        ("ExternalObject Active", "<body><script src='https://a.example/x.js'></script>"),
        ("ExternalObject Active", "<iframe src='https://a.example' width=100%></iframe>"),
        ("ExternalObject Dangerous", "<img src='file://host.example/a.png'>"),
        ("", "<img src='file:///C:/Users/a/b.png'>"),
        ("", "<noscript><meta http-equiv=refresh content='0; url=https://a.example/x'></noscript>"),
        (
            "",
            "<script>function go() { location.href = 'https://a.example'; }</script><a onclick='go()'>more</a>",
        ),
        (
            "",
            "<script>if (location.href == 'https://a.example') { a(); } if (top != self) top.location = self.location;</script>",
        ),
        ("", "<meta http-equiv=refresh content='600; url=https://a.example/x'>"),
        ("", "<meta http-equiv=refresh content='0; url=page2.html'>"),
    ];
    let wrong: Vec<String> = table
        .iter()
        .map(|(expected, page)| (expected, html(page), page))
        .filter(|(expected, found, _)| *expected != found)
        .map(|(expected, found, page)| format!("{page}: {expected:?}, not {found:?}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn ordinary_pages_are_quiet() {
    let picture = base64(&crate::sample(Kind::Png).expect("a sample").repeat(40));
    let text = "これは普通のお知らせです。".repeat(60);
    let analytics = "var gaJsHost = (('https:' == document.location.protocol) ? 'https://ssl.' : 'http://www.');\n\
        document.write(unescape(\"%3Cscript src='\" + gaJsHost + \"stats.example/ga.js' type='text/javascript'%3E%3C/script%3E\"));";
    let export = "function save() { var csv = rows.map(r => r.join(',')).join('\\n'); var b = new Blob([csv], {type: 'text/csv'}); \
        var a = document.createElement('a'); a.href = URL.createObjectURL(b); a.download = 'table.csv'; a.click(); }";
    let library = "!function(e,t){\"object\"==typeof module?module.exports=t(e):t(e)}(window,function(C){function m(e){return new Function(\"return \"+e)()}var r=/[\"']/g;\
        C.href=C.location.href;s.innerHTML='<a href=\"#\"></a>';});";
    for page in [
        format!(
            "<html><head><script>{analytics}</script><script src='https://cdn.example/jquery.js'></script></head><body>{text}</body></html>"
        ),
        format!(
            "<html><body>{text}<img src='data:image/png;base64,{picture}'><script>{export}</script></body></html>"
        ),
        format!("<html><body>{text}<script>var logo = '{picture}'; {export}</script></body></html>"),
        format!(
            "<html><script>{library}</script><body>{text}<iframe src='https://video.example/embed/1'></iframe></body></html>"
        ),
        format!(
            "<html><body>{text}<a download='a.png' href='data:image/png;base64,{picture}'>save</a></body></html>"
        ),
        format!(
            "<html><body>{text}<script>var w = atob('{}');</script></body></html>",
            base64(b"{\"a\": [1, 2, 3], \"b\": \"some data of a page, as JSON\"}")
        ),
    ] {
        assert_eq!(html(&page), "", "{page}");
    }
}

#[test]
fn hidden_scripts_are_active() {
    let noise: Vec<u8> = (0..2000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let page = format!("<script>var k = '{}'; document.write(decrypt(atob(k)));</script>", base64(&noise));
    assert_eq!(html(&page), "Script Active");
    let kept = format!("<script>var k = '{}'; var t = k.length;</script>", base64(&noise));
    assert_eq!(html(&kept), "");
}

#[test]
fn drawings() {
    let svg = |inside: &str| {
        summary(
            &format!(
                "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>{inside}</svg>"
            ),
            Kind::Svg,
        )
    };
    let packed = base64(&program());
    assert!(svg(&format!("<script><![CDATA[var b = new Blob([atob('{packed}')]); a.href = URL.createObjectURL(b); a.download = 'a.exe';]]></script>")).starts_with("BuildsFile Dangerous"));
    assert!(svg("<script>window.location.href = 'https://a.example'</script>").contains("Link Active"));
    assert!(svg("<script>window.loc&#97;tion = 'https://a.example'</script>").contains("Link Active"));
    assert!(svg("<g onload=\"location='https://a.example'\"/>").contains("Link Active"));
    assert_eq!(svg("<use xlink:href='https://a.example/x.svg#a'/>"), "ExternalObject Active");
    assert_eq!(
        svg("<foreignObject><iframe src='https://a.example'/></foreignObject>"),
        "ExternalObject Active, Script Active"
    );
    for quiet in [
        "<path d='M0 0L1 1'/><use xlink:href='#a'/><image xlink:href='data:image/png;base64,AAAA'/>",
        "<foreignObject><div xmlns='http://www.w3.org/1999/xhtml'>label</div></foreignObject>",
        "<script>function zoom(e) { e.target.setAttribute('width', 10); }</script>",
        "<image xlink:href='file:///C:/Users/a/b.png'/><a xlink:href='https://a.example'><text>more</text></a>",
    ] {
        assert_eq!(svg(quiet), "", "{quiet}");
    }
}

#[test]
fn pages_in_other_charsets() {
    let page = "<html><meta charset=shift_jis><a download='請求書.exe' href='data:;base64,".to_owned()
        + &base64(&program())
        + "'>";
    let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(&page);
    assert_eq!(told_as(&bytes, Kind::Html).members[0].names, ["請求書.exe"]);
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(page.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(told_as(&wide, Kind::Html).members[0].names, ["請求書.exe"]);
}

#[test]
fn cut_and_flipped_pages_end() {
    let packed = base64(&program());
    let page = format!(
        "<body onload=\"a()\"><!-- x --><script>var s = atob('{}' + \"{}\"); var k = [1,2,3]; document.write(unescape('%41\\x41\\u0041')); b = new Blob([s]); a.download = 'a.exe';</script><a href='data:,x' download>",
        &packed[..40],
        &packed[40..80]
    );
    for end in 0..page.len() {
        let _ = told_as(&page.as_bytes()[..end], Kind::Html);
        let mut flipped = page.clone().into_bytes();
        flipped[end] ^= 0x15;
        let _ = told_as(&flipped, Kind::Svg);
    }
}

#[test]
fn costly_pages_end() {
    let many = "<script>'".to_owned() + &"a'+'".repeat(100_000) + "</script>";
    let _ = html(&many);
    let functions = "<script>".to_owned() + &"function a(){".repeat(50_000) + "</script>";
    let _ = html(&functions);
    let calls = "<script>".to_owned() + &"location=x;x=".repeat(50_000) + "</script>";
    let _ = html(&calls);
    let tags = "<a b".repeat(100_000);
    let _ = html(&tags);
    let mut budget = Budget { work_left: 100, ..Budget::default() };
    let opened = open(many.as_bytes(), Kind::Html, &Keys::default(), &mut budget, &mut |_| {});
    assert_eq!(opened.unread, [(Unread::TooLarge, "html".to_owned())]);
}
