//! Encrypted transport of a domain → sessions by policy, and what went wrong, server by server.

use sekisho_sender::reports::TlsDomain;

use crate::flags::Reports;
use crate::reports::{verdict, words};
use crate::setup::Setup;
use crate::terminal::Tone;
use crate::words::{either, harmless, harmless_address};

/// Troubles listed, unless all are asked for.
const TROUBLES_MAX: usize = 5;

/// One domain.
pub fn draw(domain: &TlsDomain, reports: &Reports, setup: &Setup) -> String {
    let (lang, page) = (setup.lang, &setup.page);
    let name = if domain.name.is_empty() {
        either(lang, "（ドメイン不明）", "(no domain)").to_owned()
    } else {
        harmless_address(&domain.name)
    };
    let head = either(
        lang,
        format!("暗号化通信（TLS-RPT）: {name}"),
        format!("Encrypted transport to {name} (TLS-RPT)"),
    );
    let mut out = page.paint(Tone::Heading, &head);
    if let Some((first, last)) = domain.first.zip(domain.last) {
        out.push_str(&either(lang, format!("  {first}〜{last}"), format!("  {first} to {last}")));
    }
    out.push('\n');
    for (kind, (successful, failed)) in &domain.policies {
        let all = successful.saturating_add(*failed);
        let (kind, all_words) = (policy(kind, setup), words::number(all));
        let (failed_words, share) = (words::number(*failed), words::percent(*failed, all));
        let line = either(
            lang,
            format!("{kind}: {all_words} 回の通信のうち失敗 {failed_words} 回（{share}）"),
            format!("{kind}: {failed_words} of {all_words} sessions failed ({share})"),
        );
        out.push_str(&page.paragraph("  ", &line));
    }
    let listed = if reports.all { domain.failures.len() } else { TROUBLES_MAX };
    for failure in domain.failures.iter().take(listed) {
        let mark =
            if verdict::transport_fails(domain) { page.paint(Tone::Doubtful, "! ") } else { "- ".to_owned() };
        let server = if failure.mx.is_empty() {
            either(lang, "（サーバー名なし）", "(no server named)").to_owned()
        } else {
            harmless_address(&failure.mx)
        };
        let (result, sessions) = (words::tls_result(&failure.result, lang), words::number(failure.sessions));
        let last = failure
            .last
            .map(|day| either(lang, format!("、最後は {day}"), format!(", last on {day}")))
            .unwrap_or_default();
        let line = either(
            lang,
            format!("{server}: {result} {sessions} 回{last}"),
            format!("{server}: {result}; sessions: {sessions}{last}"),
        );
        out.push_str(&page.paragraph(&format!("  {mark}"), &line));
    }
    let more = domain.failures.len().saturating_sub(listed);
    if more > 0 {
        let line = either(
            lang,
            format!("ほか {more} 種類（--all で全部）"),
            format!("more kinds: {more} (--all lists them)"),
        );
        out.push_str(&page.paragraph("  ", &line));
    }
    out.push('\n');
    out
}

fn policy(kind: &str, setup: &Setup) -> String {
    let lang = setup.lang;
    match kind {
        "sts" => "MTA-STS".to_owned(),
        "tlsa" => "DANE".to_owned(),
        "no-policy-found" => either(lang, "方針の公開なし", "no policy published").to_owned(),
        "" => either(lang, "方針の記載なし", "no policy said").to_owned(),
        other => harmless(&crate::terminal::cut(other, 40)),
    }
}
