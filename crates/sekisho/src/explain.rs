//! `explain`: a check's page on the terminal, or the table of all checks.

use std::process::ExitCode;

use sekisho_judge::nearest::nearest;
use sekisho_judge::{ALL, Expected, Grade, Lang, Registered, trials};
use serde::Serialize;

use crate::flags::Explain;
use crate::judging::json_line;
use crate::setup::Setup;
use crate::terminal::{self, Tone, column};
use crate::words::{self, either};

/// The check of that name is not known.
const EXIT_UNKNOWN: u8 = 2;

/// Explains one check, or lists them all.
pub fn run(explain: &Explain, setup: &Setup) -> ExitCode {
    let Some(id) = explain.check.as_deref() else {
        let text = if explain.json {
            ALL.iter().map(|check| json_line(&Page::of(check))).collect()
        } else {
            overview(setup)
        };
        let _ = terminal::print(&text);
        return ExitCode::SUCCESS;
    };
    let Some(registered) = sekisho_judge::check(id) else {
        terminal::complain(&unknown(id, setup.lang));
        return ExitCode::from(EXIT_UNKNOWN);
    };
    let text = if explain.json { json_line(&Page::of(registered)) } else { page(registered, setup) };
    let _ = terminal::print(&text);
    ExitCode::SUCCESS
}

fn unknown(id: &str, lang: Lang) -> String {
    let id = words::harmless(id);
    let near = nearest(&id, ALL.iter().map(|check| check.id));
    match (near, lang) {
        (Some(near), Lang::Ja) => format!("\"{id}\" という検査はありません。\"{near}\" のことですか"),
        (Some(near), Lang::En) => format!("unknown check \"{id}\"; did you mean \"{near}\"?"),
        (None, Lang::Ja) => format!("\"{id}\" という検査はありません。`sekisho explain` で一覧が出ます"),
        (None, Lang::En) => format!("unknown check \"{id}\"; `sekisho explain` lists them"),
    }
}

/// All checks: id, grade, what each finds.
fn overview(setup: &Setup) -> String {
    let (lang, page) = (setup.lang, &setup.page);
    let ids = ALL.iter().map(|registered| registered.id.len()).max().unwrap_or_default();
    let mut out = String::new();
    for registered in ALL {
        let check = registered.check;
        let grade = page.paint(check.grade.into(), &column(words::grade(check.grade, lang), GRADE_COLUMNS));
        let first = format!("{}  {grade}  ", column(registered.id, ids));
        out.push_str(&page.paragraph(&first, lang.of(&check.title)));
    }
    let hint = either(lang, "詳しくは `sekisho explain 検査名`", "More: `sekisho explain CHECK`");
    format!("{out}\n{hint}\n")
}

/// Columns of the longest grade.
const GRADE_COLUMNS: usize = 12;

/// One check, as its file states it.
fn page(registered: &Registered, setup: &Setup) -> String {
    let (lang, check, page) = (setup.lang, registered.check, &setup.page);
    let mut out = page.paragraph("", &page.paint(Tone::Heading, lang.of(&check.title)));
    let grade = page.paint(check.grade.into(), words::grade(check.grade, lang));
    out.push_str(&format!("{}  {grade}\n", registered.id));
    let mut section = |heading: &str, text: &str| {
        out.push_str(&format!("\n{}\n", page.paint(Tone::Heading, heading)));
        out.push_str(&page.paragraph("  ", text));
    };
    section(either(lang, "なぜ見るか", "Why it matters"), lang.of(&check.why));
    section(either(lang, "見落とすもの", "What it misses"), lang.of(&check.misses));
    section(either(lang, "強さの意味", "What the grade means"), grade_meaning(check.grade, lang));
    if !check.needs.is_empty() {
        section(either(lang, "必要なもの", "What it needs"), &needs(registered, lang));
    }
    if !check.lists.is_empty() {
        section(either(lang, "使うリスト", "Lists it stands on"), &lists(registered));
    }
    let headings = |wanted: &[Expected]| -> Vec<String> {
        let trials = trials(check.cases).unwrap_or_default();
        trials.into_iter().filter(|trial| wanted.contains(&trial.expected)).map(|trial| trial.title).collect()
    };
    for (heading, wanted) in [
        (
            either(lang, "例: 見つけるもの（英語）", "Examples: what it finds"),
            [Expected::Fires, Expected::FiresInfo, Expected::FiresWeak, Expected::FiresStrong].as_slice(),
        ),
        (
            either(lang, "例: 似ているが見つけないもの（英語）", "Examples: near misses it leaves alone"),
            &[Expected::Quiet],
        ),
    ] {
        out.push_str(&format!("\n{}\n", page.paint(Tone::Heading, heading)));
        for title in headings(wanted) {
            out.push_str(&page.paragraph(either(lang, "  ・", "  - "), &title));
        }
    }
    out
}

/// What a grade says about a mail.
pub fn grade_meaning(grade: Grade, lang: Lang) -> &'static str {
    match grade {
        Grade::Info => either(
            lang,
            "知っておくとよいことです。メールが怪しいという意味ではありません。",
            "Worth knowing. It says nothing against the mail.",
        ),
        Grade::Weak => either(
            lang,
            "まともなメールにもあることです。これだけでメールを止めることはありません。",
            "Honest mail shows it too. Weak signs alone never hold a mail.",
        ),
        Grade::Strong => {
            either(lang, "まともなメールにはほとんどありません。", "Honest mail hardly ever shows it.")
        }
    }
}

/// What a check needs, in words; a dash where it needs nothing.
pub fn needs(registered: &Registered, lang: Lang) -> String {
    let needs: Vec<String> =
        registered.check.needs.iter().map(|need| lang.of(&need.label()).to_owned()).collect();
    if needs.is_empty() { "–".to_owned() } else { needs.join(either(lang, "、", ", ")) }
}

/// The lists a check stands on, by name.
pub fn lists(registered: &Registered) -> String {
    registered.check.lists.iter().map(|list| list.id()).collect::<Vec<_>>().join(", ")
}

/// A check as programs read it.
#[derive(Serialize)]
struct Page<'a> {
    schema: &'static str,
    id: &'a str,
    grade: Grade,
    title: &'a sekisho_judge::Text,
    why: &'a sekisho_judge::Text,
    misses: &'a sekisho_judge::Text,
    needs: Vec<&'static str>,
    lists: Vec<&'static str>,
}

impl Page<'static> {
    fn of(registered: &'static Registered) -> Self {
        let check = registered.check;
        Self {
            schema: "sekisho.check/1",
            id: registered.id,
            grade: check.grade,
            title: &check.title,
            why: &check.why,
            misses: &check.misses,
            needs: check.needs.iter().map(|need| need.id()).collect(),
            lists: check.lists.iter().map(|list| list.id()).collect(),
        }
    }
}
