//! Failure reports → a list of the mails that they are about: when, from where, as whom, why; no text of a mail.

use sekisho_judge::foreign;
use sekisho_sender::reports::{Failure, Picture};

use crate::flags::Reports;
use crate::reports::words;
use crate::setup::Setup;
use crate::terminal::{Tone, cut};
use crate::words::{either, harmless, harmless_address};

/// Reports listed, unless all are asked for.
const LISTED_MAX: usize = 10;

/// Columns of a subject.
const SUBJECT_COLUMNS: usize = 50;

/// The list, or nothing.
pub fn draw(picture: &Picture, reports: &Reports, setup: &Setup) -> String {
    if picture.failures_count == 0 {
        return String::new();
    }
    let (lang, page) = (setup.lang, &setup.page);
    let count = words::number(picture.failures_count);
    let head = either(lang, format!("個別の報告 {count} 件"), format!("Reports about single mails: {count}"));
    let mut out = format!("{}\n", page.paint(Tone::Heading, &head));
    let mut failures: Vec<&Failure> = picture.failures().iter().collect();
    failures.sort_by(|a, b| b.arrived.cmp(&a.arrived));
    let listed = if reports.all { failures.len() } else { LISTED_MAX };
    for failure in failures.iter().take(listed) {
        out.push_str(&page.paragraph(either(lang, "  ・", "  - "), &one(failure, setup)));
    }
    let more = picture.failures_count.saturating_sub(failures.len().min(listed) as u64);
    if more > 0 {
        let more = words::number(more);
        let line = either(lang, format!("ほか {more} 件"), format!("{more} more"));
        out.push_str(&page.paint(Tone::Quiet, &page.paragraph("  ", &line)));
    }
    out.push('\n');
    out
}

/// A folded field without the white space of its folding.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn one(failure: &Failure, setup: &Setup) -> String {
    let lang = setup.lang;
    let kind = match failure.kind.as_str() {
        "auth-failure" => either(lang, "認証の失敗", "authentication failed").to_owned(),
        "abuse" => either(lang, "迷惑メールの苦情", "complaint about spam").to_owned(),
        "" => either(lang, "種類の記載なし", "kind not said").to_owned(),
        other => harmless(&cut(other, 30)),
    };
    let mut pieces = vec![kind];
    let mut tell = |ja: &str, en: &str, value: String| {
        if !value.is_empty() {
            pieces.push(format!("{} {value}", either(lang, ja, en)));
        }
    };
    tell("到着", "arrived", failure.arrived.get(..16).unwrap_or_default().replace('T', " "));
    tell("送信元", "from", failure.source.map(|address| address.to_string()).unwrap_or_default());
    let shown = if failure.from.is_empty() { &failure.domain } else { &failure.from };
    tell("差出人", "as", harmless_address(shown));
    if !failure.subject.is_empty() {
        tell("件名", "subject", foreign(&cut(&failure.subject, SUBJECT_COLUMNS), lang));
    }
    let failed = failure.failures.iter().map(|failure| harmless(&cut(failure, 30))).collect::<Vec<_>>();
    tell("不合格", "failed", failed.join(", "));
    tell(
        "結果",
        "results",
        failure
            .results
            .first()
            .map(|results| foreign(&cut(&in_one_line(results), 80), lang))
            .unwrap_or_default(),
    );
    tell("扱い", "delivery", harmless(&cut(&failure.delivery, 30)));
    tell("報告者", "told by", harmless(&cut(&failure.reporter, 40)));
    if failure.incidents > 1 {
        tell("同様のメール", "mails alike", words::number(failure.incidents));
    }
    pieces.join(either(lang, "、", ", "))
}
