//! One part of a mail → its title and notes: names, kind, links, quotations, hidden text, forms, defects.

use sekisho_content::{Danger, Deed, DeedKind, Unread};
use sekisho_judge::{Lang, foreign};
use sekisho_mail::{
    Defect, Form, FoundIn, Hidden, HiddenBy, Link, LinkKind, Message, NameSource, Part, Quote, QuoteStyle,
    Role, View,
};

use crate::inspect::plain_file;
use crate::setup::Setup;
use crate::terminal::Tone;
use crate::words::{self, either, harmless, harmless_link};

/// So many links, quotations, hidden texts or forms of one part are drawn; the rest is counted.
const NOTES_OF_A_SORT_MAX: usize = 20;

/// Path, name, kind and size.
pub fn title(part: &Part, setup: &Setup) -> String {
    let lang = setup.lang;
    let role = match part.role {
        Role::Container => either(lang, "入れ物", "container"),
        Role::Text => either(lang, "本文", "text"),
        Role::Inline => either(lang, "埋め込み", "inline"),
        Role::Attachment => either(lang, "添付", "attachment"),
    };
    let mut words = vec![setup.page.paint(Tone::Heading, &part.path), role.to_owned()];
    if !part.name().is_empty() {
        words.push(foreign(part.name(), lang));
    }
    words.push(harmless(&part.media_type));
    // That a text is text needs no words.
    if let Some(file) = part.file().filter(|_| part.role != Role::Text) {
        let label = file.kind.label();
        words.push(either(lang, format!("実際の種類: {}", label.ja), format!("is: {}", label.en)));
    }
    words.push(words::size(part.size_bytes));
    words.join("  ")
}

/// Everything else that is known of the part, a line each.
pub fn notes(part: &Part, message: &Message, setup: &Setup) -> Vec<String> {
    let lang = setup.lang;
    let mut notes = Vec::new();
    for name in part.names.iter().skip(1) {
        let source = name_source(name.source, lang);
        let value = foreign(&name.value, lang);
        notes.push(either(
            lang,
            format!("別の名前: {value}（{source}）"),
            format!("other name: {value} ({source})"),
        ));
    }
    if let Some(words) = part.file().and_then(|file| plain_file::claim_words(file, lang)) {
        notes.push(either(lang, format!("名前: {words}"), format!("name {words}")));
    }
    if part.role != Role::Text {
        for trick in sekisho_content::plain_name_tricks(part.name()).tricks {
            let words = plain_file::trick_words(&trick, lang);
            notes.push(either(lang, format!("名前の仕掛け: {words}"), format!("trick in the name: {words}")));
        }
    }
    notes.extend(unread_words(part, lang));
    notes.extend(deeds(part, setup));
    for defect in message.defects.iter().filter(|defect| defect.part == part.path) {
        let words = defect_words(defect, lang);
        notes.push(either(lang, format!("崩れ: {words}"), format!("defect: {words}")));
    }
    if let Some(view) = part.view() {
        notes.extend(several(&view.quotes, lang, |quote| quote_words(quote, lang)));
        notes.extend(several(&view.hidden, lang, |hidden| hidden_words(hidden, lang)));
        notes.extend(several(&view.forms, lang, |form| form_words(form, lang)));
        notes.extend(several(&shown_links(view), lang, |link| link_words(link, lang)));
    }
    notes
}

/// What opened a part, and what it does when it is opened.
pub fn deeds(part: &Part, setup: &Setup) -> Vec<String> {
    let lang = setup.lang;
    let mut notes = Vec::new();
    if let Some(place) = part.opened_with {
        let place = password_place(place, lang);
        notes.push(either(
            lang,
            format!("{place}にあったパスワードで開きました"),
            format!("opened with a password from {place}"),
        ));
    }
    notes.extend(several(&part.deeds, lang, |deed| deed_words(deed, setup)));
    notes
}

fn deed_words(deed: &Deed, setup: &Setup) -> String {
    let lang = setup.lang;
    let listed = |texts: &[String]| {
        let words: Vec<String> =
            texts.iter().take(WORDS_OF_A_DEED_MAX).map(|text| harmless(&cut(text))).collect();
        words.join(", ")
    };
    let danger = danger_words(deed.danger, lang);
    let mut words = format!("{}（{danger}）", deed_kind_words(deed.kind, lang));
    if lang == Lang::En {
        words = format!("{} ({danger})", deed_kind_words(deed.kind, lang));
    }
    for (ja, en, texts) in [
        ("場所", "in", std::slice::from_ref(&deed.place)),
        ("開始", "starts with", deed.starts.as_slice()),
        ("動作", "does", deed.does.as_slice()),
        ("文字列", "strings", deed.strings.as_slice()),
    ] {
        let listed = listed(texts);
        if !listed.is_empty() {
            words.push_str(&either(lang, format!("、{ja}: {listed}"), format!("; {en}: {listed}")));
        }
    }
    let links: Vec<String> =
        deed.links.iter().take(WORDS_OF_A_DEED_MAX).map(|link| harmless_link(link)).collect();
    if !links.is_empty() {
        let links = links.join(", ");
        words.push_str(&either(lang, format!("、リンク: {links}"), format!("; links: {links}")));
    }
    words
}

/// So many words of one sort are told of a deed.
const WORDS_OF_A_DEED_MAX: usize = 8;

fn deed_kind_words(kind: DeedKind, lang: Lang) -> &'static str {
    match kind {
        DeedKind::Macro => either(lang, "マクロ", "macro"),
        DeedKind::Excel4Macro => either(lang, "Excel 4.0 マクロ", "Excel 4 macro"),
        DeedKind::ExternalTemplate => either(lang, "外部のひな形", "template from elsewhere"),
        DeedKind::ExternalObject => either(lang, "外部の部品", "object from elsewhere"),
        DeedKind::Dde => either(lang, "プログラムを起動する式（DDE）", "formula that starts a program (DDE)"),
        DeedKind::ActiveX => either(lang, "動く部品（ActiveX）", "active control (ActiveX)"),
        DeedKind::AltChunk => either(lang, "取り込まれる別の文書", "another document taken in"),
        DeedKind::AttackedObject => either(lang, "弱点を突く部品", "attacked object"),
        DeedKind::Script => either(lang, "スクリプト", "script"),
        DeedKind::Command => either(lang, "起動される命令", "command"),
        DeedKind::Link => either(lang, "行き先", "link"),
        DeedKind::BuildsFile => either(lang, "作られるファイル", "file that is built"),
        DeedKind::EnableContentLure => {
            either(lang, "「有効化」を求める文", "words that ask to enable content")
        }
    }
}

fn danger_words(danger: Danger, lang: Lang) -> &'static str {
    match danger {
        Danger::Empty => either(lang, "空", "empty"),
        Danger::Harmless => either(lang, "無害", "harmless"),
        Danger::Active => either(lang, "動きます", "active"),
        Danger::Dangerous => either(lang, "危険", "dangerous"),
    }
}

fn password_place(found_in: FoundIn, lang: Lang) -> &'static str {
    match found_in {
        FoundIn::Subject => either(lang, "件名", "the subject"),
        FoundIn::Text | FoundIn::Html => either(lang, "本文", "the text"),
        FoundIn::Signature => either(lang, "署名", "the signature"),
        FoundIn::Date => either(lang, "日付", "the date"),
        FoundIn::Given => either(lang, "指定の一覧", "the given list"),
    }
}

/// Why a part, or something in it, was not looked at: each reason with its details.
fn unread_words(part: &Part, lang: Lang) -> Vec<String> {
    let kind = part.file().map_or("", |file| file.kind.id());
    let told = |why: Unread, detail: &str| {
        // The kind stands in the title.
        let detail = if detail == kind { "" } else { detail };
        let why = words::why_not(why.id(), lang);
        let detail =
            if detail.is_empty() { String::new() } else { format!(": {}", foreign(&cut(detail), lang)) };
        either(
            lang,
            format!("中身を見ていません（{why}{detail}）"),
            format!("not looked into ({why}{detail})"),
        )
    };
    if part.unread_details.is_empty() {
        return part.unread.map(|why| told(why, "")).into_iter().collect();
    }
    several(&part.unread_details, lang, |(why, detail)| told(*why, detail))
}

/// A defect: its id, which documents explain, and the value seen.
pub fn defect_words(defect: &Defect, lang: Lang) -> String {
    match defect.seen.is_empty() {
        true => defect.kind.id().to_owned(),
        false => format!("{} {}", defect.kind.id(), foreign(&defect.seen, lang)),
    }
}

fn several<T>(all: &[T], lang: Lang, words: impl Fn(&T) -> String) -> Vec<String> {
    let mut notes: Vec<String> = all.iter().take(NOTES_OF_A_SORT_MAX).map(words).collect();
    let more = all.len().saturating_sub(NOTES_OF_A_SORT_MAX);
    if more > 0 {
        notes.push(either(lang, format!("ほか {more} 件"), format!("{more} more")));
    }
    notes
}

/// Pictures loaded from elsewhere are no links a person follows; they come last. Targets of forms stand with the forms.
fn shown_links(view: &View) -> Vec<&Link> {
    let beside_forms = view.links.iter().filter(|link| link.kind != LinkKind::Form || view.forms.is_empty());
    let (loaded, followed): (Vec<&Link>, Vec<&Link>) =
        beside_forms.partition(|link| link.kind == LinkKind::Loaded);
    followed.into_iter().chain(loaded).collect()
}

fn link_words(link: &Link, lang: Lang) -> String {
    let what = match link.kind {
        LinkKind::Anchor | LinkKind::Bare => either(lang, "リンク", "link"),
        LinkKind::Form => either(lang, "フォームの送り先", "form target"),
        LinkKind::Loaded => either(lang, "外から読み込む", "loaded"),
        LinkKind::Automatic => either(lang, "自動で移る先", "leads by itself"),
    };
    let target = harmless_link(&link.target);
    let bare = link.kind == LinkKind::Bare || link.text.is_empty() || harmless_link(&link.text) == target;
    if bare {
        format!("{what}: {target}")
    } else {
        format!("{what}: {} → {target}", foreign(&cut(&link.text), lang))
    }
}

fn quote_words(quote: &Quote, lang: Lang) -> String {
    let style = match quote.style {
        QuoteStyle::Marked => either(lang, "> の印", "marked with >"),
        QuoteStyle::HeaderBlock => either(lang, "差出人・件名などの見出し", "header block"),
        QuoteStyle::Divider => either(lang, "区切り線", "dividing line"),
        QuoteStyle::Introduced => either(lang, "前置きの行", "introduced"),
        QuoteStyle::Block => either(lang, "HTML の引用", "HTML quotation"),
    };
    let bytes = words::size((quote.words.end.saturating_sub(quote.words.start)) as u64);
    let author = if quote.author.is_empty() {
        String::new()
    } else {
        format!(" {}", foreign(&cut(&quote.author), lang))
    };
    either(lang, format!("引用{author}（{style}、{bytes}）"), format!("quotation{author} ({style}, {bytes})"))
}

fn hidden_words(hidden: &Hidden, lang: Lang) -> String {
    let by = match hidden.by {
        HiddenBy::Display => either(lang, "非表示の指定", "not displayed"),
        HiddenBy::Size => either(lang, "大きさがない", "without size"),
        HiddenBy::Colour => either(lang, "背景と同じ色", "in the colour of the background"),
        HiddenBy::Position => either(lang, "画面の外", "outside the view"),
        HiddenBy::Invisible => either(lang, "見えない文字", "invisible characters"),
    };
    let text = foreign(&cut(&hidden.text), lang);
    either(lang, format!("見えない文: {text}（{by}）"), format!("hidden text: {text} ({by})"))
}

fn form_words(form: &Form, lang: Lang) -> String {
    let fields: Vec<String> =
        form.fields.iter().take(NOTES_OF_A_SORT_MAX).map(|field| harmless(&cut(field))).collect();
    let action = if form.action.is_empty() { "–".to_owned() } else { harmless_link(&form.action) };
    let fields = fields.join(", ");
    either(lang, format!("入力フォーム → {action}（{fields}）"), format!("form → {action} ({fields})"))
}

fn name_source(source: NameSource, lang: Lang) -> &'static str {
    match source {
        NameSource::DispositionExtended => "Content-Disposition filename*",
        NameSource::Disposition => "Content-Disposition filename",
        NameSource::TypeExtended => "Content-Type name*",
        NameSource::Type => "Content-Type name",
        NameSource::Container => either(lang, "入れ物の中", "inside the container"),
        NameSource::Subject => either(lang, "中のメールの件名", "subject of the mail inside"),
    }
}

/// A snippet has at most this many characters.
const SNIPPET_CHARS_MAX: usize = 80;

fn cut(text: &str) -> String {
    match text.char_indices().nth(SNIPPET_CHARS_MAX) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
