//! A judged mail → its tree of parts on the terminal, with everything found in it beside the part it stands in.

mod part;

use sekisho_facts::Facts;
use sekisho_judge::{Finding, Judgement, foreign};
use sekisho_mail::{Mailbox, Message, Part};

use crate::authentication;
use crate::judging::{JudgedFile, JudgedMail};
use crate::relations;
use crate::scan::listing;
use crate::setup::Setup;
use crate::terminal::Tone;
use crate::words::{self, either, harmless};

/// Draws the mail.
pub fn draw(mail: &JudgedMail<'_>, setup: &Setup) -> String {
    let mut out = verdict(mail, setup);
    out.push_str(&head(mail.message, mail.input.facts, setup));
    out.push_str(&findings_of_mail(mail, setup));
    out.push('\n');
    out.push_str(&parts(mail, setup));
    out.push_str(&reasons(mail.judgement, setup));
    out.push_str(&not_looked_at(mail, setup));
    out.push_str(&sources(mail.message, setup));
    out.push('\n');
    out
}

fn verdict(mail: &JudgedMail<'_>, setup: &Setup) -> String {
    let action = mail.judgement.verdict.action;
    let word = setup.page.paint(action.into(), words::action(action, setup.lang));
    format!("{}  {word}\n", setup.page.paint(Tone::Heading, &listing::place(mail)))
}

/// People, who of them is proven, what is remembered of them, subject, date and defects of the mail itself.
fn head(message: &Message, facts: &Facts, setup: &Setup) -> String {
    let lang = setup.lang;
    let mut lines = Vec::new();
    let people = |mailboxes: &[Mailbox]| {
        let mut words: Vec<String> =
            mailboxes.iter().take(PEOPLE_MAX).map(|mailbox| listing::mailbox_words(mailbox, lang)).collect();
        let more = mailboxes.len().saturating_sub(PEOPLE_MAX);
        if more > 0 {
            words.push(either(lang, format!("ほか {more} 件"), format!("{more} more")));
        }
        words.join(either(lang, "、", ", "))
    };
    for (what, mailboxes) in [
        (either(lang, "差出人", "from"), &message.from),
        (either(lang, "送信者", "sender"), &message.sender),
        (either(lang, "返信先", "reply-to"), &message.reply_to),
        (either(lang, "宛先", "to"), &message.to),
        (either(lang, "写し", "cc"), &message.cc),
    ] {
        if !mailboxes.is_empty() {
            lines.push((what, people(mailboxes)));
        }
    }
    let proof = authentication::line(message, &facts.sender, lang).unwrap_or_default();
    lines.push((either(lang, "認証", "authentication"), proof));
    let remembered = facts.relations.known().map(|relations| relations::lines(relations, lang));
    lines.extend(remembered.into_iter().flatten().map(|line| (either(lang, "やり取り", "memory"), line)));
    lines.push((either(lang, "件名", "subject"), foreign(&message.subject, lang)));
    let date = message.date.map_or_else(|| foreign(&message.date_raw, lang), |date| date.rfc3339());
    lines.push((either(lang, "日時", "date"), date));
    lines.push(("Message-ID", harmless(&message.message_id)));
    lines.push((either(lang, "大きさ", "size"), words::size(message.size_bytes)));
    lines.push(("SHA-256", message.sha256.clone()));
    for defect in message.defects.iter().filter(|defect| defect.part.is_empty()) {
        lines.push((either(lang, "崩れ", "defect"), part::defect_words(defect, lang)));
    }
    let filled = lines.iter().filter(|(_, words)| !words.is_empty());
    filled.map(|(what, words)| setup.page.paragraph(&format!("  {what}: "), words)).collect()
}

/// So many people of one field are named.
const PEOPLE_MAX: usize = 10;

/// Findings that stand in no part.
fn findings_of_mail(mail: &JudgedMail<'_>, setup: &Setup) -> String {
    let findings = mail.judgement.findings.iter().filter(|finding| finding.part.is_none());
    findings.map(|finding| finding_lines("  ", finding, setup)).collect()
}

/// A finding with its grade and check.
fn finding_lines(indent: &str, finding: &Finding, setup: &Setup) -> String {
    let grade = setup.page.paint(finding.grade.into(), words::grade(finding.grade, setup.lang));
    let sentence = finding.sentence(setup.lang);
    setup.page.paragraph(&format!("{indent}▲ "), &format!("{sentence} [{}: {grade}]", finding.id))
}

/// What stands in a file and below it: notes and findings of its own, then the tree of what it holds.
pub fn below_a_file(judged: &JudgedFile<'_>, setup: &Setup) -> String {
    let (message, judgement) = (judged.message, judged.judgement);
    let all = message.parts_all();
    let (own, below): (Vec<&Part>, Vec<&Part>) = all.into_iter().partition(|part| part.path == "1");
    let mut out = String::new();
    for part in own {
        for note in part::deeds(part, setup) {
            out.push_str(&setup.page.paragraph("  ", &note));
        }
        out.push_str(&findings_of_part("  ", part, judgement, setup));
    }
    out.push_str(&tree(&below, message, judgement, setup));
    out.push_str(&reasons(judgement, setup));
    out.push_str(&sources(message, setup));
    out.push('\n');
    out
}

/// All parts, those of mails inside included, each with its lines.
fn parts(mail: &JudgedMail<'_>, setup: &Setup) -> String {
    tree(&mail.message.parts_all(), mail.message, mail.judgement, setup)
}

fn tree(parts: &[&Part], message: &Message, judgement: &Judgement, setup: &Setup) -> String {
    let mut out = String::new();
    for (at, one) in parts.iter().enumerate() {
        let (branch, trunk) = lines_before(parts, at);
        out.push_str(&setup.page.paragraph(&branch, &part::title(one, setup)));
        for note in part::notes(one, message, setup) {
            out.push_str(&setup.page.paragraph(&format!("{trunk}  "), &note));
        }
        out.push_str(&findings_of_part(&format!("{trunk}  "), one, judgement, setup));
    }
    out
}

fn findings_of_part(indent: &str, part: &Part, judgement: &Judgement, setup: &Setup) -> String {
    let findings = judgement.findings.iter().filter(|finding| finding.part.as_deref() == Some(&part.path));
    findings.map(|finding| finding_lines(indent, finding, setup)).collect()
}

/// The sources that were asked for, each line made harmless.
fn sources(message: &Message, setup: &Setup) -> String {
    let mut out = String::new();
    for part in message.parts_all() {
        for (name, text) in &part.sources {
            let heading = format!("\n── {} {} ──", part.path, harmless(name));
            out.push_str(&format!("{}\n", setup.page.paint(Tone::Heading, &heading)));
            for line in text.lines() {
                out.push_str(&format!("{}\n", harmless(&line.replace('\t', "    "))));
            }
        }
    }
    out
}

/// The lines of the tree in front of a part, and in front of what stands below it.
fn lines_before(parts: &[&Part], at: usize) -> (String, String) {
    let Some(own) = parts.get(at) else { return (String::new(), String::new()) };
    let mut front = String::new();
    let mut path = String::new();
    let steps: Vec<&str> = own.path.split('.').collect();
    for (depth, step) in steps.iter().enumerate() {
        let above = path.clone();
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(step);
        let goes_on = parts.iter().skip(at + 1).any(|later| is_sibling(&later.path, &above, &path));
        if depth + 1 == steps.len() {
            let branch = if goes_on { "├─ " } else { "└─ " };
            let trunk = if goes_on { "│  " } else { "   " };
            return (format!("{front}{branch}"), format!("{front}{trunk}"));
        }
        front.push_str(if goes_on { "│  " } else { "   " });
    }
    (front.clone(), front)
}

/// Whether `later` stands directly below `above` and is not `path` itself.
fn is_sibling(later: &str, above: &str, path: &str) -> bool {
    let below = match above {
        "" => Some(later),
        above => later.strip_prefix(above).and_then(|rest| rest.strip_prefix('.')),
    };
    below.is_some_and(|rest| !rest.contains('.')) && later != path
}

fn reasons(judgement: &Judgement, setup: &Setup) -> String {
    if judgement.verdict.reasons.is_empty() {
        return String::new();
    }
    let mut out =
        format!("\n{}\n", setup.page.paint(Tone::Heading, either(setup.lang, "判定の理由", "Reasons")));
    for reason in &judgement.verdict.reasons {
        let action = setup.page.paint(reason.action.into(), words::action(reason.action, setup.lang));
        out.push_str(&setup.page.paragraph(
            &format!("  {action} "),
            &format!("{} [{}]", setup.lang.of(&reason.text), reason.rule),
        ));
    }
    out
}

fn not_looked_at(mail: &JudgedMail<'_>, setup: &Setup) -> String {
    let lang = setup.lang;
    if mail.judgement.not_looked_at.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "\n{}\n",
        setup.page.paint(Tone::Heading, either(lang, "確認していないこと", "Not looked at"))
    );
    for missing in &mail.judgement.not_looked_at {
        let what = match missing.what.strip_prefix("part:") {
            Some(path) => either(lang, format!("{path} 番の中身"), format!("the inside of part {path}")),
            None => words::not_looked_at(&missing.what, lang),
        };
        let why = words::why_not(&missing.why, lang);
        out.push_str(
            &setup.page.paragraph("  ", &either(lang, format!("{what}（{why}）"), format!("{what} ({why})"))),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(path: &str) -> Part {
        Part {
            path: path.to_owned(),
            names: Vec::new(),
            media_type: String::new(),
            role: sekisho_mail::Role::Container,
            content_id: String::new(),
            size_bytes: 0,
            sha256: String::new(),
            unread: None,
            unread_details: Vec::new(),
            hold: None,
            opened_with: None,
            deeds: Vec::new(),
            sources: Vec::new(),
            body: sekisho_mail::Body::Container,
        }
    }

    #[test]
    fn lines_go_on_while_siblings_come() {
        let parts: Vec<Part> = ["1", "1.1", "1.2", "1.2.1", "2"].into_iter().map(part).collect();
        let parts: Vec<&Part> = parts.iter().collect();
        let drawn: Vec<String> = (0..parts.len()).map(|at| lines_before(&parts, at).0).collect();
        assert_eq!(drawn, ["├─ ", "│  ├─ ", "│  └─ ", "│     └─ ", "└─ "]);
    }
}
