//! A domain's health → a page for people: area by area what was found, why it matters, what to do and what to hand to the DNS
//! provider; then the way to a policy that refuses forged mail.

use sekisho_judge::Lang;
use sekisho_sender::health::{
    Area, Health, Item, LOOKUPS_MAX, Node, Path, Publish, Sends, Stage, State, Step,
};

use super::sentences;
use crate::setup::{Setup, Speech};
use crate::terminal::{Page, Tone, column};
use crate::words::{either, harmless};

/// Rows of the tree of lookups that are shown.
const TREE_ROWS_MAX: usize = 30;

/// Columns in front of what is said of a point.
const INDENT: &str = "            ";

/// How much is said of the steps after the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What must be true before each.
    Full,
    /// Only what they are: there are several pages.
    Brief,
}

/// The page of one domain; with `--quiet` only what needs attention, and nothing where nothing does.
pub fn of(health: &Health, setup: &Setup, detail: Detail) -> String {
    let quiet = setup.speech == Speech::Quiet;
    if quiet && health.worst() <= State::Note {
        return String::new();
    }
    let writer = Writer { page: &setup.page, lang: setup.lang, detail };
    let mut out = writer.heading(health);
    let mut was_idle = false;
    for area in Area::ALL {
        let items: Vec<&Item> = health
            .items
            .iter()
            .filter(|item| item.topic.area == area && (!quiet || item.state() > State::Note))
            .collect();
        if items.is_empty() {
            continue;
        }
        // Optional things that are not in use take one line together with their name.
        let idle = items.iter().all(|item| item.state() == State::Note && item.topic.fix.ja.is_empty());
        out.push_str(if idle && was_idle { "" } else { "\n" });
        was_idle = idle;
        if idle {
            items.iter().for_each(|item| out.push_str(&writer.idle(area, item)));
            continue;
        }
        out.push_str(&writer.area(area));
        for item in items {
            out.push_str(&writer.item(item));
        }
        if area == Area::Spf {
            out.push_str(&writer.tree(health));
        }
    }
    if let Some(path) = health.path.as_ref().filter(|_| !quiet) {
        out.push('\n');
        out.push_str(&writer.path(path, health));
    }
    out.push('\n');
    out
}

/// A line for the table of several domains.
pub fn summary(health: &Health, setup: &Setup) -> String {
    let lang = setup.lang;
    let state = health.worst();
    let word = setup.page.paint(tone(state), sentences::state(state, lang));
    let policy = match (health.policy, health.sends) {
        (Some(policy), _) => format!("DMARC {}", policy.id()),
        (None, Sends::Mail) if health.path.is_none() => String::new(),
        (None, _) => either(lang, "DMARC なし", "no DMARC").to_owned(),
    };
    let name = column(&name(health), 36);
    format!("{word}  {name}  {}  {policy}", counts(health, lang)).trim_end().to_owned()
}

/// What stands under all pages: the table, where there are several domains, and how records are entered.
pub fn end(summaries: &[(String, State)], setup: &Setup) -> String {
    let lang = setup.lang;
    let mut out = String::new();
    if summaries.len() > 1 {
        let title = either(lang, "まとめ", "Summary");
        out.push_str(&format!("{}\n", setup.page.paint(Tone::Heading, title)));
        for (line, _) in summaries {
            out.push_str(&format!("  {line}\n"));
        }
        out.push('\n');
    }
    if summaries.iter().any(|(_, state)| matches!(state, State::Warn | State::Fail)) {
        let hint = either(
            lang,
            "レコードは、ドメインの DNS を管理している会社（ドメインやサーバーの契約先）の管理画面で登録します。ドメイン名を自動で補う画面では、ホスト名から末尾のドメインを除きます（_dmarc.midori.example なら _dmarc、ドメイン自身なら @ か空欄）。値に引用符は付けません。登録後、数時間してからもう一度確かめてください。",
            "Records are entered in the control panel of whoever runs the domain's DNS (the company where the domain or server is rented). Where the form adds the domain by itself, leave it off the name (_dmarc for _dmarc.midori.example; @ or nothing for the domain itself). Enter values without quotation marks, and check again some hours later.",
        );
        out.push_str(&setup.page.paragraph("", hint));
    }
    out
}

/// Writes pieces of a page.
struct Writer<'a> {
    page: &'a Page,
    lang: Lang,
    detail: Detail,
}

impl Writer<'_> {
    fn heading(&self, health: &Health) -> String {
        let name = self.page.paint(Tone::Heading, &name(health));
        let counts = self.page.paint(tone(health.worst()), &counts(health, self.lang));
        let mut out = format!("{name}  {counts}\n");
        if health.sends == Sends::Nothing {
            let note = either(
                self.lang,
                "メールを使わないドメインとして調べました。使っている場合は、その送信元を SPF に書いてからもう一度確かめてください。",
                "Looked at as a domain that is not used for mail. If it is, list its sending servers in SPF and check again.",
            );
            out.push_str(&self.page.paragraph("  ", note));
        }
        out
    }

    fn area(&self, area: Area) -> String {
        let name = self.page.paint(Tone::Heading, sentences::of(area.name(), self.lang));
        let about = self.page.paint(Tone::Quiet, sentences::of(area.about(), self.lang));
        format!("  {name}  {about}\n")
    }

    fn idle(&self, area: Area, item: &Item) -> String {
        let name = self.page.paint(Tone::Heading, &column(sentences::of(area.name(), self.lang), 8));
        let word = self.page.paint(Tone::Quiet, sentences::state(State::Note, self.lang).trim_end());
        self.page.paragraph(&format!("  {name}  {word}  "), &sentences::says(item, self.lang))
    }

    fn item(&self, item: &Item) -> String {
        let state = item.state();
        let word = self.page.paint(tone(state), sentences::state(state, self.lang));
        let says =
            self.page.paragraph(&format!("    {word}{}", self.gap()), &sentences::says(item, self.lang));
        let mut out = says;
        let why = sentences::why(item, self.lang);
        if !why.is_empty() {
            out.push_str(
                &self.page.paragraph(&format!("{INDENT}{}", either(self.lang, "なぜ  ", "why   ")), &why),
            );
        }
        let fix = sentences::fix(item, self.lang);
        if !fix.is_empty() {
            out.push_str(
                &self.page.paragraph(&format!("{INDENT}{}", either(self.lang, "対応  ", "do    ")), &fix),
            );
        }
        for record in &item.publish {
            out.push_str(&self.record(record));
        }
        if let Some(file) = &item.file {
            out.push_str(&format!("{INDENT}{}\n", sentences::copyable(&file.url)));
            for line in file.content.lines() {
                out.push_str(&format!("{INDENT}  {}\n", sentences::copyable(line)));
            }
        }
        out
    }

    /// What stands behind is in the same column in both languages: English words are one column wider.
    fn gap(&self) -> &'static str {
        either(self.lang, "  ", " ")
    }

    /// A record to copy: the value stands alone on its line, so that it can be marked as a whole.
    fn record(&self, record: &Publish) -> String {
        let lang = self.lang;
        let title = self.page.paint(Tone::Quiet, sentences::how(record.how, lang));
        let rows = [
            (either(lang, "ホスト名", "name    "), record.name.as_str()),
            (either(lang, "種類    ", "type    "), record.kind),
            (either(lang, "値      ", "value   "), record.value.as_str()),
        ];
        let mut out = format!("{INDENT}{title}\n");
        for (label, value) in rows {
            out.push_str(&format!("{INDENT}  {label}  {}\n", sentences::copyable(value)));
        }
        out
    }

    /// Who costs how many lookups, where there are too many or a branch is broken.
    fn tree(&self, health: &Health) -> String {
        let Some(tree) = health.spf_tree.as_ref().filter(|tree| tree.root.lookups > LOOKUPS_MAX) else {
            return String::new();
        };
        let title = either(
            self.lang,
            "DNS の参照の内訳（回数と、それを求める項目）",
            "lookups, and the terms that ask for them",
        );
        let mut rows = Vec::new();
        collect(&tree.root, 0, &mut rows);
        let mut out = format!("{INDENT}{}\n", self.page.paint(Tone::Quiet, title));
        for (depth, node) in rows.iter().take(TREE_ROWS_MAX) {
            let term = harmless(&node.term.chars().take(80).collect::<String>());
            out.push_str(&format!("{INDENT}{:>5}  {}{term}\n", node.lookups, "  ".repeat(*depth)));
        }
        if rows.len() > TREE_ROWS_MAX {
            let more = rows.len() - TREE_ROWS_MAX;
            let words = either(self.lang, format!("ほか {more} 件"), format!("and {more} more"));
            out.push_str(&format!("{INDENT}       {words}\n"));
        }
        out
    }

    fn path(&self, path: &Path, health: &Health) -> String {
        let lang = self.lang;
        let title =
            self.page.paint(Tone::Heading, either(lang, "DMARC の進め方", "The way to DMARC p=reject"));
        let stage = sentences::of(path.stage.words(), lang);
        let mut out =
            format!("  {title}  {}\n", either(lang, format!("いま: {stage}"), format!("now: {stage}")));
        let Some((next, later)) = path.steps.split_first() else {
            let done = either(
                lang,
                "これからも月に一度は `sekisho reports` で報告を見て、新しい送信元に気づけるようにしてください。ほかに持っているドメインがあれば、使っていないものも含めて同じように確かめてください（使っていないドメインは --sends-nothing）。",
                "Keep looking at `sekisho reports` once a month, so that new sources are noticed. Check every other domain that you own in the same way, unused ones too (with --sends-nothing).",
            );
            out.push_str(&self.page.paragraph("    ", done));
            return out;
        };
        out.push_str(&self.next_step(next, path.stage, health));
        for step in later {
            let weeks = step.weeks_min;
            let title = sentences::of(step.title, lang);
            let line = either(
                lang,
                format!("{title}（前の段階で {weeks} 週間以上、報告に問題がなければ）"),
                format!(
                    "{title} (after {weeks} weeks or more at the step before, if the reports are in order)"
                ),
            );
            out.push_str(&self.page.paragraph(either(lang, "    その後  ", "    then    "), &line));
            if self.detail == Detail::Full {
                out.push_str(&self.page.paragraph(INDENT, sentences::of(step.before, lang)));
            }
            out.push_str(&format!("{INDENT}  {}\n", sentences::copyable(&step.publish.value)));
        }
        out
    }

    fn next_step(&self, step: &Step, stage: Stage, health: &Health) -> String {
        let lang = self.lang;
        let title = sentences::of(step.title, lang);
        let weeks = step.weeks_min;
        let line = match (weeks, stage) {
            (0, _) => title.to_owned(),
            _ => either(
                lang,
                format!("{title}（いまの状態で {weeks} 週間以上たってから）"),
                format!("{title} (after {weeks} weeks or more as it is now)"),
            ),
        };
        let mut out = self.page.paragraph(either(lang, "    次      ", "    next    "), &line);
        let before = sentences::of(step.before, lang);
        out.push_str(
            &self.page.paragraph(&format!("{INDENT}{}", either(lang, "その前に  ", "before    ")), before),
        );
        let shown = health
            .items
            .iter()
            .flat_map(|item| &item.publish)
            .any(|record| record.value == step.publish.value);
        if shown {
            let above = either(lang, "レコードは上に示したものです。", "The record is the one shown above.");
            out.push_str(&format!("{INDENT}{above}\n"));
        } else {
            out.push_str(&self.record(&step.publish));
        }
        out
    }
}

/// All below the root with their depths.
fn collect<'a>(node: &'a Node, depth: usize, rows: &mut Vec<(usize, &'a Node)>) {
    for below in &node.below {
        rows.push((depth, below));
        collect(below, depth + 1, rows);
    }
}

/// The name as people write it, and as DNS has it where that is another.
fn name(health: &Health) -> String {
    let (ascii, unicode) = (health.domain.ascii(), health.domain.unicode());
    if ascii == unicode { ascii.to_owned() } else { format!("{} ({ascii})", harmless(unicode)) }
}

fn counts(health: &Health, lang: Lang) -> String {
    let words = |state| match state {
        State::Fail => either(lang, "要対応", "failed"),
        State::Warn => either(lang, "注意", "to mind"),
        State::Unknown => either(lang, "未確認", "not looked at"),
        _ => either(lang, "良好", "in order"),
    };
    let shown = [State::Fail, State::Warn, State::Unknown, State::Pass]
        .into_iter()
        .filter(|state| health.count(*state) > 0);
    let pieces: Vec<String> = shown
        .map(|state| {
            either(
                lang,
                format!("{} {}", words(state), health.count(state)),
                format!("{} {}", health.count(state), words(state)),
            )
        })
        .collect();
    pieces.join(either(lang, "、", ", "))
}

fn tone(state: State) -> Tone {
    match state {
        State::Pass => Tone::Good,
        State::Note => Tone::Quiet,
        State::Warn | State::Unknown => Tone::Doubtful,
        State::Fail => Tone::Bad,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::width;

    #[test]
    fn words_of_a_language_are_equally_wide() {
        for lang in [Lang::Ja, Lang::En] {
            let wide = [State::Pass, State::Note, State::Warn, State::Unknown, State::Fail]
                .map(|state| width(sentences::state(state, lang)));
            assert!(wide.iter().all(|one| *one == wide[0]), "{wide:?}");
        }
    }
}
