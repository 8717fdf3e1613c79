//! The picture → what a person reads: what needs attention first, then each domain with its days and senders, encrypted
//! transport, failure reports, and what could not be read.

mod failures;
mod picture;
mod rises;
mod senders;
mod transport;

use sekisho_sender::reports::{Domain, Reporter};

use super::{Sum, verdict, words};
use crate::flags::Reports;
use crate::setup::{Setup, Speech};
use crate::terminal::Tone;
use crate::words::{either, harmless, harmless_address};

/// Reporters named, unless all are asked for.
const REPORTERS_NAMED_MAX: usize = 5;

/// Everything in words.
pub fn draw(sum: &Sum, reports: &Reports, setup: &Setup) -> String {
    let mut out = String::new();
    let quiet = setup.speech == Speech::Quiet;
    for domain in sum.picture.domains() {
        let asks = verdict::rises(&domain).next().is_some() || domain.senders.iter().any(verdict::fails);
        if !quiet || asks {
            out.push_str(&one(&domain, sum, reports, setup));
        }
    }
    for domain in sum.picture.transport() {
        if !quiet || verdict::transport_fails(&domain) {
            out.push_str(&transport::draw(&domain, reports, setup));
        }
    }
    if !quiet {
        out.push_str(&failures::draw(&sum.picture, reports, setup));
        out.push_str(&summary(sum, setup));
    }
    out
}

/// One domain.
fn one(domain: &Domain, sum: &Sum, reports: &Reports, setup: &Setup) -> String {
    let (lang, page) = (setup.lang, &setup.page);
    let name = if domain.name.is_empty() {
        either(lang, "（ドメイン不明）", "(no domain)").to_owned()
    } else {
        harmless_address(&domain.name)
    };
    let mut out = page.paint(Tone::Heading, &name);
    if let Some((first, last)) = domain.sums.first.zip(domain.sums.last) {
        out.push_str(&either(lang, format!("  {first}〜{last}"), format!("  {first} to {last}")));
    }
    let own = setup.own.domains();
    if !own.is_empty() && !setup.own.is_own_domain(&domain.name) {
        out.push_str(either(lang, "（設定ファイルにないドメイン）", " (not among your domains)"));
    }
    out.push('\n');
    out.push_str(&page.paragraph("  ", &policy(domain, setup)));
    out.push_str(&page.paragraph("  ", &fates(domain, setup)));
    out.push_str(&page.paragraph("  ", &reporters(&domain.reporters, domain.reports, reports.all, setup)));
    out.push_str(&picture::draw(domain, setup));
    out.push_str(&rises::draw(domain, setup));
    out.push_str(&senders::draw(domain, sum, reports, setup));
    out.push('\n');
    out
}

/// The policy that receivers found, in a sentence.
fn policy(domain: &Domain, setup: &Setup) -> String {
    let lang = setup.lang;
    let Some(demand) = domain.policy.demand else {
        return either(lang, "DMARC の方針: 報告に書かれていません", "DMARC policy: not said in the reports")
            .to_owned();
    };
    let meaning = match demand.id() {
        "none" => either(lang, "不合格のメールも届く", "failing mail is delivered"),
        "quarantine" => either(lang, "不合格のメールは迷惑メールへ", "failing mail goes to spam"),
        _ => either(lang, "不合格のメールは受け取られない", "failing mail is refused"),
    };
    let trial = if domain.policy.trial { either(lang, "、試行中", ", on trial") } else { "" };
    either(
        lang,
        format!("DMARC の方針: p={}（{meaning}{trial}）", demand.id()),
        format!("DMARC policy: p={} ({meaning}{trial})", demand.id()),
    )
}

/// How many mails pass, were passed on, fail.
fn fates(domain: &Domain, setup: &Setup) -> String {
    let all = domain.sums.messages;
    let failed = all.saturating_sub(domain.passed).saturating_sub(domain.passed_on);
    let shown = |count: u64| format!("{} ({})", words::number(count), words::percent(count, all));
    let done: Vec<String> = domain
        .sums
        .dispositions
        .iter()
        .map(|(disposition, count)| {
            format!("{} {}", words::disposition(*disposition, setup.lang), words::number(*count))
        })
        .collect();
    either(
        setup.lang,
        format!(
            "{} 通: 合格 {}、転送で不合格 {}、不合格 {}（受信側の扱い: {}）",
            words::number(all),
            shown(domain.passed),
            shown(domain.passed_on),
            shown(failed),
            done.join("、")
        ),
        format!(
            "Mails: {}; {} pass, {} fail by being passed on, {} fail (what receivers did: {})",
            words::number(all),
            shown(domain.passed),
            shown(domain.passed_on),
            shown(failed),
            done.join(", ")
        ),
    )
}

/// Who reports.
fn reporters(reporters: &[Reporter], reports: u64, all: bool, setup: &Setup) -> String {
    let lang = setup.lang;
    let named = if all { reporters.len() } else { REPORTERS_NAMED_MAX };
    let mut names: Vec<String> = reporters
        .iter()
        .take(named)
        .map(|reporter| {
            let name = crate::terminal::cut(&harmless(&reporter.name), 40);
            let name = if name.is_empty() {
                either(lang, "（名前なし）", "(no name)").to_owned()
            } else {
                name
            };
            format!("{name} {}", words::number(reporter.messages))
        })
        .collect();
    let more = reporters.len().saturating_sub(named);
    if more > 0 {
        names.push(either(lang, format!("ほか {more} 社"), format!("{more} more")));
    }
    let reports = words::number(reports);
    either(
        lang,
        format!("報告 {reports} 件、{} 社から（通数順: {}）", reporters.len(), names.join("、")),
        format!("Reports: {reports}, receivers: {} (mails: {})", reporters.len(), names.join(", ")),
    )
}

/// What came in, and what of it could not be used.
fn summary(sum: &Sum, setup: &Setup) -> String {
    let (lang, page) = (setup.lang, &setup.page);
    let counted = words::number(sum.counted);
    let head = either(lang, format!("報告を {counted} 件数えました"), format!("Reports counted: {counted}"));
    let mut out = format!("{}\n", page.paint(Tone::Heading, &head));
    let mut tell = |count: u64, ja: &str, en: &str| {
        if count > 0 {
            let count = words::number(count);
            let line = either(lang, format!("{ja}: {count} 件"), format!("{en}: {count}"));
            out.push_str(&page.paragraph(either(lang, "・", "- "), &line));
        }
    };
    tell(
        sum.duplicates,
        "同じ報告が二度届いたもの（一度だけ数えました）",
        "came a second time, counted once",
    );
    tell(sum.unwanted, "指定したドメインや期間でないもの", "about another domain or other days");
    tell(sum.no_reports, "報告の入っていないファイルやメール", "files and mails without a report");
    tell(
        sum.unusable,
        "読めなかったか、途中で壊れていたもの（`sekisho:` で始まる行）",
        "could not be read, or not in full (lines that begin with `sekisho:`)",
    );
    for (doubt, count) in &sum.picture.doubts {
        tell(
            *count,
            &format!("{}報告", words::doubt(*doubt, lang)),
            &format!("reports with this: {}", words::doubt(*doubt, lang)),
        );
    }
    if sum.picture.forgot() {
        out.push_str(&page.paragraph(
            either(lang, "・", "- "),
            &either(
                lang,
                format!(
                    "報告が多く、{} 件より後は二重に数えたかもしれません",
                    words::number(sekisho_sender::reports::REPORTS_REMEMBERED_MAX as u64)
                ),
                format!(
                    "so many reports came that some after the first {} may have counted twice",
                    words::number(sekisho_sender::reports::REPORTS_REMEMBERED_MAX as u64)
                ),
            ),
        ));
    }
    out
}
