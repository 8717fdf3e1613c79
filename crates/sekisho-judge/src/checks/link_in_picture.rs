//! A picture holds a QR code that leads to a web page.

use sekisho_content::{DeedKind, Family};

use crate::{Check, Found, Grade, Input, SilencedBy, Text, Value, deeds, files};

pub(crate) static CHECK: Check = Check {
    grade: Grade::Weak,
    title: Text::new("QRコードの付いた画像です", "A picture with a QR code"),
    says: Text::new(
        "画像 {name} に、{links} へ導くQRコードがあります。",
        "The picture {name} holds a QR code that leads to {links}.",
    ),
    why: Text::new(
        "QRコードはスマートフォンで読ませるため、会社の検査を通らずに偽のページへ導けます。名刺や案内にもふつうに使われるので、これだけでは疑いません。",
        "A QR code is read with a telephone, past every check of the office. Cards and invitations use it honestly too, so it is no reason by itself.",
    ),
    misses: Text::new(
        "文書の中の画像と、ゆがめたり装飾したりしたQRコードは読めないことがあります。",
        "Pictures in documents, and codes that are bent or decorated, may not be read.",
    ),
    needs: &[],
    lists: &[],
    silenced_by: SilencedBy::Nothing,
    run,
    cases: r#"
== fires: a code with a link
Subject: ご案内

ご確認ください。
--- attach 案内.png as png
deed: link harmless > QR | https://files.example/a

== quiet: a code without a link
Subject: ご案内

ご確認ください。
--- attach 案内.png as png
deed: link harmless > QR

== quiet: a link in a document
Subject: ご案内

ご確認ください。
--- attach 案内.pdf as pdf
deed: link harmless > URI | https://files.example/a
"#,
};

fn run(input: &Input<'_>, found: &mut Found) {
    for (part, deed) in deeds::of_kind(input, DeedKind::Link) {
        let is_picture = part.file().is_some_and(|file| file.kind.family() == Family::Image);
        if is_picture && !deed.links.is_empty() {
            let links = Value::list(deed.links.iter().map(|link| Value::url(link)));
            found.add(Some(&part.path), [("name", files::name(part)), ("links", links)]);
        }
    }
}
