//! A rise of failing mail → what it most likely is, since when, and what to do, in plain words.

use sekisho_judge::Lang;
use sekisho_sender::reports::{Domain, Rise};

use crate::reports::{verdict, words};
use crate::setup::Setup;
use crate::terminal::Tone;
use crate::words::{either, harmless_address};

/// All rises, or that there are too few days to say.
pub fn draw(domain: &Domain, setup: &Setup) -> String {
    let (lang, page) = (setup.lang, &setup.page);
    if domain.rises.is_none() && !domain.series.is_empty() {
        let words = either(
            lang,
            "不合格の急な増加は調べていません（比べられる過去が 7 日分ありません）",
            "A rise of failing mail was not looked for (there are no 7 days before to compare with)",
        );
        return page.paint(Tone::Quiet, &page.paragraph("  ", words));
    }
    if domain.rises.as_ref().is_some_and(Vec::is_empty) {
        let words = either(lang, "不合格の急な増加はありません", "No sudden rise of failing mail");
        return page.paint(Tone::Good, &page.paragraph("  ", words));
    }
    let mut out = String::new();
    for rise in verdict::rises(domain) {
        let mark = page.paint(Tone::Bad, "! ");
        out.push_str(&page.paragraph(&format!("  {mark}"), &what(domain, rise, lang)));
        out.push_str(&page.paragraph("    ", &what_to_do(domain, rise, lang)));
    }
    out
}

fn what(domain: &Domain, rise: &Rise, lang: Lang) -> String {
    let name = harmless_address(&domain.name);
    let (failed, usual) = (words::number(rise.failed), words::number(rise.usual_a_day));
    let more = if rise.more { either(lang, "以上", "at least ") } else { "" };
    let (addresses, networks) = (words::number(rise.addresses), words::number(rise.networks));
    // Nobody's name on most of it is what forgers send; one other name is more often a service.
    let is_service = rise.foreign > rise.failed / 2;
    let when = match (rise.lasts, rise.since == rise.until, lang) {
        (true, _, Lang::Ja) => format!("{} から", rise.since),
        (true, _, Lang::En) => format!("Since {}", rise.since),
        (false, true, Lang::Ja) => format!("{} に", rise.since),
        (false, true, Lang::En) => format!("On {}", rise.since),
        (false, false, Lang::Ja) => format!("{} から {} まで", rise.since, rise.until),
        (false, false, Lang::En) => format!("From {} to {}", rise.since, rise.until),
    };
    match (is_service, lang) {
        (false, Lang::Ja) => format!(
            "{when}、{name} の名前が悪用されています。{networks} か所{more}のネットワークにある {addresses} 個{more}の送信元から、認証に合格しないメール {failed} 通（普段は 1 日 {usual} 通）"
        ),
        (false, Lang::En) => format!(
            "{when} the name {name} is abused: {failed} mails that fail, from {more}{addresses} sources in {more}{networks} networks (usually {usual} a day)"
        ),
        (true, Lang::Ja) => format!(
            "{when}、別の名義で認証されたメールが {name} の名前で急に増えました。{networks} か所{more}のネットワークから {failed} 通（普段は 1 日 {usual} 通）。新しく使い始めたサービスでなければ、名前の悪用です"
        ),
        (true, Lang::En) => format!(
            "{when} much mail in the name {name} authenticates as somebody else: {failed} mails from {more}{networks} networks (usually {usual} a day). Unless you began to use a new service, the name is abused"
        ),
    }
}

fn what_to_do(domain: &Domain, rise: &Rise, lang: Lang) -> String {
    let name = harmless_address(&domain.name);
    let refused = domain.policy.demand.is_some_and(|demand| demand.id() == "reject") && !domain.policy.trial;
    let ended = !rise.lasts;
    match (refused, lang) {
        (true, Lang::Ja) => format!(
            "p=reject を公開しているので、対応している受信側では拒否されています。取引先から問い合わせがあれば、偽のメールが出回っていると伝えてください。{}",
            if ended { "" } else { "続くあいだは、この表で様子を見てください。" }
        ),
        (true, Lang::En) => format!(
            "You publish p=reject, so receivers that heed it refuse this mail. If partners ask, tell them that forged mail goes round.{}",
            if ended { "" } else { " Watch it here while it lasts." }
        ),
        (false, Lang::Ja) => format!(
            "取引先に偽のメールが届いているおそれがあります。下の送信元に自分たちのサービスがないか確かめ、なければ取引先に注意を知らせてください。`sekisho check-domain {name}` が、p=reject までの手順を示します"
        ),
        (false, Lang::En) => format!(
            "Forged mail may be reaching your partners. See below whether a service of yours is among the sources; if not, warn your partners. `sekisho check-domain {name}` shows the steps to p=reject"
        ),
    }
}
