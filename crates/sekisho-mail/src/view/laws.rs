//! What must hold for every view, whatever it was made from.

use std::ops::Range;

use super::{HiddenBy, View};
use crate::Limits;

/// Panics where a view breaks a promise of its type.
pub(super) fn hold(view: &View) {
    let inside =
        |range: &Range<usize>| assert!(view.text.get(range.clone()).is_some(), "{range:?} of {view:?}");
    let mut last = 0;
    for hidden in &view.hidden {
        assert!(view.text.is_char_boundary(hidden.at) && hidden.at >= last, "{view:?}");
        assert!(hidden.text.chars().count() <= 4_000);
        last = hidden.at;
    }
    let mut last = 0;
    for link in &view.links {
        inside(&link.range);
        assert!(link.range.start >= last, "{view:?}");
        last = link.range.start;
    }
    let mut last = 0;
    for quote in &view.quotes {
        inside(&quote.range);
        inside(&quote.words);
        assert!(quote.range.start >= last && quote.range.start <= quote.words.start, "{view:?}");
        assert!(quote.words.end <= quote.range.end, "{view:?}");
        last = quote.range.end;
    }
    assert!(!view.text.contains('\r'), "{view:?}");
}

#[test]
fn invisible_characters_leave_the_text() {
    let view = View::of_html("パス\u{200B}ワー<b>\u{E0041}\u{E0042}</b>ド　A\u{AD}B", &Limits::default());
    hold(&view);
    assert_eq!(view.text, "パスワード　AB");
    assert_eq!(view.hidden.len(), 3);
    assert!(view.hidden.iter().all(|hidden| hidden.by == HiddenBy::Invisible));
}

/// Pieces that meet in hostile pages and texts.
const PIECES: [&str; 69] = [
    "<div>",
    "</div>",
    "<a href=https://a.test>",
    "<a href='",
    "</a>",
    "<p>",
    "<table><tr><td>",
    "</td>",
    "</table>",
    "<blockquote>",
    "</blockquote>",
    "<font color=white>",
    "</font>",
    "<b style='display:none'>",
    "</b>",
    "<li>",
    "<style>.a{display:none}",
    "</style>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<!--[if mso]>",
    "<![endif]-->",
    "<img alt='あ' src=x>",
    "<form action=/x>",
    "<input name=",
    "<pre>\n",
    "&nbsp;",
    "&amp",
    "&#x200b;",
    "\u{200B}",
    "\u{E0041}",
    "\u{FE0F}",
    "> ",
    ">> ",
    "＞",
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "\u{3000}",
    "あ",
    "山田太郎 <y@example.test>",
    "2026年11月1日(日) 12:00 ",
    "のメール:",
    " wrote:",
    "On Sun, Nov 1, 2026, ",
    "差出人: ",
    "From: x@a.test\n",
    "Subject: y\n",
    "To: z\n",
    "送信日時: 2026/11/01 12:00\n",
    "-----Original Message-----\n",
    "https://a.test/",
    "<https://a.test/\n",
    "www.あ.test。",
    "mailto:",
    "________\n",
    "--- 転送ここまで ---\n",
    "<bdo dir=rtl>",
    "</bdo>",
    "\u{202E}",
    "\u{202C}",
    "か\u{3099}",
    "<style>.a b>i:nth-child(2n),[href^=x] a,.\\61.b{display:none}</style>",
    "<i class='a b'>",
    "いつもお世話になっております。",
    "\u{1}",
];

proptest::proptest! {
    #[test]
    fn any_mixture_of_pieces_gives_a_lawful_view(picks in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let text: String = picks.iter().filter_map(|pick| PIECES.get(*pick)).copied().collect();
        hold(&View::of_html(&text, &Limits::default()));
        hold(&View::of_plain(text, &Limits::default()));
    }

    #[test]
    fn any_text_gives_a_lawful_view(text in "\\PC{0,200}") {
        hold(&View::of_html(&text, &Limits::default()));
        hold(&View::of_plain(text, &Limits::default()));
    }
}

/// Texts of about a megabyte, each of which some other reader has taken square time for.
fn adversaries() -> Vec<(&'static str, String)> {
    let times = |piece: &str| piece.repeat(1_000_000 / piece.len());
    vec![
        ("divs", times("<div>")),
        ("anchors", times("<a href=x>")),
        ("formatting", times("<b><p>")),
        ("crossed", times("<b><p></b><i></p>")),
        ("ends", format!("{}{}", "<div>".repeat(500), times("</x>"))),
        ("ends of formatting", format!("{}{}", "<p><b>".repeat(500), times("</u>"))),
        ("cells", format!("<table><tr>{}", times("<td>x"))),
        (
            "one tag",
            format!("<a {}>", (0..120_000).map(|number| format!("a{number}=1 ")).collect::<String>()),
        ),
        ("one value", format!("<a href=\"{}\">x</a>", times("x&amp;"))),
        ("no end", times("<a href=\"x\n")),
        (
            "rules",
            format!(
                "<style>{}</style>{}",
                (0..30_000).map(|n| format!(".a,.b{n}{{color:red}}")).collect::<String>(),
                "<b class=a>".repeat(30_000)
            ),
        ),
        (
            "composed rules",
            format!(
                "<style>{}</style>{}{}",
                (0..3_000).map(|n| format!(".a .b>.c{n} *{{color:red}}")).collect::<String>(),
                "<b class='a b'><p class=b>".repeat(100),
                "<i>".repeat(100_000)
            ),
        ),
        ("selectors", format!("<style>{}{{color:red}}</style><i>", times("a>b ["))),
        ("brackets of selectors", format!("<style>{}{{color:red}}</style><i>", times("[a='"))),
        ("outlook's comments", times("<!--[if mso]>a b c d e f g<![endif]-->")),
        (
            "outlook's long comments",
            times("<!--[if mso]><b><i><p>いつもお世話になっております。お支払いの件です。<![endif]--><b>"),
        ),
        ("outlook's open comments", times("<!--[if mso]>abcdefghijklmn")),
        ("overrides", times("<bdo dir=rtl>a<a href=x>b</bdo>c")),
        ("overridden lines", times("\u{202E}ab\u{202C}\u{200B}c")),
        ("controls", times("\u{1}a")),
        ("open rules", format!("<style>{}", times("a{"))),
        ("media", format!("<style>{}", times("@media x{"))),
        ("comments", times("<!-- <!--")),
        ("dashes", format!("<!--{}", times("--"))),
        ("css comments", format!("<style>{}", times("/*/"))),
        ("scripts", times("<script><!--<script>")),
        ("raw", times("<textarea>")),
        ("less", times("<")),
        ("references", times("&#1")),
        ("names", times("&CounterClockwiseContourIntegra")),
        ("unseen", times("\u{200B}a")),
        ("hidden", times("<i hidden>a</i>b")),
        ("quotes", times("<blockquote>a</blockquote>b")),
        ("open quotes", times("<blockquote>a")),
        ("marks", times("> a\nb\n")),
        ("blank marks", times(">\n\n\n")),
        ("initials", times("a> b\n")),
        ("introductions", times("On 2026/11/01\n")),
        ("fields", times("From: a\n")),
        ("closings", times("--- 転送 ---\n a\n--- 転送ここまで ---\n")),
        ("dividers", times("-----Original Message-----\n\n\n\n\n")),
        ("notes", times("a/b\n2026/11/01 12:00\n")),
        ("links", times("http://")),
        ("brackets", times("<http://a.test/\n")),
        ("brackets of a url", format!("http://a.test/{}", times(")"))),
        ("hosts", times("http://あ.")),
        ("one line", times("On 1:00 ")),
        ("colons", times(":")),
    ]
}

#[test]
#[ignore = "timing; run with --release"]
fn a_hostile_megabyte_takes_linear_time() {
    let mut slow = Vec::new();
    for (name, text) in adversaries() {
        let started = std::time::Instant::now();
        hold(&View::of_html(&text, &Limits::default()));
        let html = started.elapsed().as_millis();
        let started = std::time::Instant::now();
        hold(&View::of_plain(text, &Limits::default()));
        let plain = started.elapsed().as_millis();
        eprintln!("{name}: html {html} ms, plain {plain} ms");
        if html >= 300 || plain >= 300 {
            slow.push(name);
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}
