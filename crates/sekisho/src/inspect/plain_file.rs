//! A file that is no mail → what it is, what its name claims, what it holds and does, and what was not looked at;
//! `sekisho.file/1`.

use sekisho_content::{File, Fit, NameTrick, Opening, plain_name_tricks};
use sekisho_judge::{Action, CaseFinding, CasePart, Lang, foreign};
use serde::Serialize;

use super::tree;
use crate::judging::{self, JudgedFile};
use crate::setup::Setup;
use crate::terminal::Tone;
use crate::words::{self, either, harmless};

/// A plain file as programs read it. Version 1 may gain fields, never change them.
#[derive(Serialize)]
struct FileCase<'a> {
    schema: &'static str,
    program: &'static str,
    path: &'a str,
    name: String,
    claims: Option<String>,
    kind: &'static str,
    fit: Option<Fit>,
    opening: Opening,
    size_bytes: u64,
    sha256: String,
    tricks: Vec<NameTrick>,
    padded_bytes: Option<u64>,
    unread: Option<&'static str>,
    parts: Vec<CasePart>,
    findings: Vec<CaseFinding>,
    action: Action,
}

/// The file as one line of JSON.
pub fn json_line(judged: &JudgedFile<'_>) -> String {
    judging::json_line(&FileCase::of(judged))
}

/// The file in words.
pub fn draw(judged: &JudgedFile<'_>, setup: &Setup) -> String {
    let (lang, page) = (setup.lang, &setup.page);
    let file = own_file(judged);
    let action = judged.judgement.verdict.action;
    let word = page.paint(action.into(), words::action(action, lang));
    let mut out = format!("{}  {word}\n", page.paint(Tone::Heading, &harmless(&judged.raw.path)));
    let mut tell = |what: &str, words: &str| out.push_str(&page.paragraph(&format!("  {what}: "), words));
    let label = file.kind.label();
    tell(either(lang, "種類", "kind"), either(lang, label.ja, label.en));
    tell(either(lang, "開くと", "opening it"), opening_words(file.kind.opening(), lang));
    if let Some(words) = claim_words(&file, lang) {
        tell(either(lang, "名前", "name"), &words);
    }
    for trick in plain_name_tricks(judged.name).tricks {
        tell(either(lang, "名前の仕掛け", "trick in the name"), &trick_words(&trick, lang));
    }
    tell(either(lang, "大きさ", "size"), &words::size(file.size_bytes));
    if let Some(padding) = file.padding {
        tell(either(lang, "水増し", "padding"), &words::size(padding.padded_bytes));
    }
    tell("SHA-256", &judged.message.sha256);
    if let Some(unread) = file.unread {
        let why = words::why_not(unread.id(), lang);
        let words = either(
            lang,
            format!("{why}。安全と確かめたわけではありません"),
            format!("{why}; it was not found safe"),
        );
        tell(either(lang, "中身を見ていません", "not looked into"), &words);
    }
    out.push_str(&tree::below_a_file(judged, setup));
    out
}

/// What is known of the file itself.
fn own_file(judged: &JudgedFile<'_>) -> File {
    let known = judged.message.parts.first().and_then(|part| Some((part.file()?, part.unread)));
    match known {
        Some((file, unread)) => File { unread, ..file.clone() },
        // A container that is no file of its own (a letter of Outlook's): what is told of it comes from its bytes.
        None => sekisho_content::read(&judged.raw.bytes, Some(judged.name)),
    }
}

/// What happens when a person opens such a file.
pub fn opening_words(opening: Opening, lang: Lang) -> &'static str {
    match opening {
        Opening::Shows => either(lang, "内容が表示されます", "shows its content"),
        Opening::Carries => either(lang, "中のファイルが現れます", "shows other files"),
        Opening::Runs => either(lang, "プログラムが動きます", "runs something"),
    }
}

/// What the name claims, where it claims something else than the content is.
pub fn claim_words(file: &File, lang: Lang) -> Option<String> {
    let claim = file.claim.as_ref()?;
    let extension = harmless(&claim.extension);
    let claimed = claim.kinds.first().map(|kind| kind.label());
    match (claim.fit(file.kind), claimed) {
        (Fit::Contrary, Some(label)) => Some(either(
            lang,
            format!(".{extension}（{}）と名乗っていますが、中身は違います", label.ja),
            format!("claims .{extension} ({}), but the content is something else", label.en),
        )),
        _ => None,
    }
}

/// A trick in a file's name, in words.
pub fn trick_words(trick: &NameTrick, lang: Lang) -> String {
    match trick {
        NameTrick::DoubleExtension { seen, real } => {
            let (seen, real) = (harmless(seen), harmless(real));
            either(
                lang,
                format!(".{seen} に見せかけて、本当は .{real} です"),
                format!("looks like .{seen}, is .{real}"),
            )
        }
        NameTrick::Distance { filling, real } => {
            let real = harmless(real);
            either(
                lang,
                format!("本当の拡張子 .{real} が {filling} 文字先に隠れています"),
                format!("the true extension .{real} stands {filling} characters away"),
            )
        }
        NameTrick::DirectionOverride { seen, real } => {
            let (seen, real) = (harmless(seen), harmless(real));
            either(
                lang,
                format!("文字の向きを変えて .{seen} に見せていますが、本当は .{real} です"),
                format!("turned round to look like .{seen}, is .{real}"),
            )
        }
        NameTrick::TrailingDotsOrSpaces { count } => either(
            lang,
            format!("末尾に点や空白が {count} 個あります"),
            format!("{count} dots or spaces at the end"),
        ),
        NameTrick::Invisible { characters } => {
            let list = characters.join(", ");
            either(lang, format!("見えない文字があります: {list}"), format!("invisible characters: {list}"))
        }
        NameTrick::WideExtension { written } => {
            let written = foreign(written, lang);
            either(
                lang,
                format!("拡張子が紛らわしい文字で書かれています: {written}"),
                format!("the extension is written with look-alike characters: {written}"),
            )
        }
    }
}

impl<'a> FileCase<'a> {
    fn of(judged: &JudgedFile<'a>) -> Self {
        let file = own_file(judged);
        Self {
            schema: "sekisho.file/1",
            program: env!("CARGO_PKG_VERSION"),
            path: &judged.raw.path,
            name: judged.name.to_owned(),
            fit: file.claim.as_ref().map(|claim| claim.fit(file.kind)),
            claims: file.claim.map(String::from),
            kind: file.kind.id(),
            opening: file.kind.opening(),
            size_bytes: file.size_bytes,
            sha256: judged.message.sha256.clone(),
            tricks: plain_name_tricks(judged.name).tricks,
            padded_bytes: file.padding.map(|padding| padding.padded_bytes),
            unread: file.unread.map(sekisho_content::Unread::id),
            parts: judged.message.parts_all().into_iter().map(CasePart::of).collect(),
            findings: judged.judgement.findings.iter().map(CaseFinding::of).collect(),
            action: judged.judgement.verdict.action,
        }
    }
}
