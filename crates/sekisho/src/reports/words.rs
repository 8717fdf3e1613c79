//! What reports say, and what is wrong with them → words for people, in Japanese and in English.

use sekisho_content::Unread;
use sekisho_judge::{Lang, harmless};
use sekisho_sender::reports::{Disposition, Doubt, Mark, Override, Report};

use crate::words::{self, either};

/// What is broken in a report so that part of it is missing.
pub fn breaks(report: &Report) -> Option<(Doubt, u64)> {
    let records = match report {
        Report::Aggregate(report) => report.records,
        Report::Tls(report) => report.policies.len() as u64,
        Report::Failure(_) => 0,
    };
    let gravest = [Doubt::Broken, Doubt::ContainerBroken, Doubt::DomainMissing];
    gravest.into_iter().find(|doubt| report.doubts().contains(doubt)).map(|doubt| (doubt, records))
}

/// The line for a report that is broken.
pub fn broken(input: &str, (doubt, records): (Doubt, u64), lang: Lang) -> String {
    let input = harmless(input);
    match doubt {
        Doubt::DomainMissing => either(
            lang,
            format!(
                "{input}: どのドメインについての報告か書かれていません。「ドメイン不明」として数えました"
            ),
            format!("{input}: does not say which domain it is about; counted under “no domain”"),
        ),
        _ => either(
            lang,
            format!("{input}: 報告が途中で壊れています。壊れる前の {records} 件の記録だけ数えました"),
            format!(
                "{input}: the report is broken; only what stands before the break is counted (records: {records})"
            ),
        ),
    }
}

/// The line for an input that could not be read.
pub fn unread(input: &str, unread: Unread, lang: Lang) -> String {
    let (input, why) = (harmless(input), words::why_not(unread.id(), lang));
    either(
        lang,
        format!("{input}: 中身を読めず、報告が入っているか分かりません（{why}）"),
        format!("{input}: could not be read, so it may hold a report ({why})"),
    )
}

/// The line for an input without a report.
pub fn no_report(input: &str, lang: Lang) -> String {
    let input = harmless(input);
    either(lang, format!("{input}: 報告は入っていません"), format!("{input}: holds no report"))
}

/// What a sender is to us, in a word.
pub fn mark(mark: Mark, lang: Lang) -> &'static str {
    match mark {
        Mark::Own => either(lang, "自組織", "own"),
        Mark::Service => either(lang, "登録済み", "service"),
        Mark::Permitted => either(lang, "他社経由", "via others"),
        Mark::ServiceFails => either(lang, "要設定", "to set up"),
        Mark::PassedOn => either(lang, "転送", "passed on"),
        Mark::Foreign => either(lang, "他の名義", "other name"),
        Mark::Nameless => either(lang, "名義なし", "no name"),
    }
}

/// What a sender is to us, in a sentence for the legend.
pub fn mark_explained(mark: Mark, lang: Lang) -> &'static str {
    match mark {
        Mark::Own => {
            either(lang, "自分たちのドメインで認証に合格したメール", "mail that passes as your own domain")
        }
        Mark::Service => either(
            lang,
            "設定ファイルに登録した外部サービスからの、合格したメール",
            "mail that passes, from a service listed in your configuration",
        ),
        Mark::Permitted => either(
            lang,
            "他社のサーバーから、自分たちのドメインで合格したメール。組織の誰かが送信を許可したサービスです。心当たりがあれば own_services に登録してください",
            "passes as your domain from another company's servers: somebody here allowed it. If you know it, list it in own_services",
        ),
        Mark::ServiceFails => either(
            lang,
            "登録したサービスや自分たちのサーバーなのに不合格。サービスの管理画面で自分たちのドメインの DKIM を有効にし、SPF に加えてください",
            "a listed service or server of yours that fails: switch on DKIM for your domain in its settings, and add it to SPF",
        ),
        Mark::PassedOn => either(
            lang,
            "転送やメーリングリストを通ったため不合格になったと、受け取った側が判断したメール。対応は不要です",
            "fails only because somebody forwarded it, as the receiver says; nothing to do",
        ),
        Mark::Foreign => either(
            lang,
            "自分たちのドメインを名乗り、別のドメインとして認証されたメール。登録漏れのサービス、メーリングリスト、なりすましのどれかです",
            "shows your domain but authenticates as another: a service nobody set up, a mailing list, or a forger",
        ),
        Mark::Nameless => either(
            lang,
            "自分たちのドメインを名乗り、どのドメインとしても認証されないメール。多くはなりすましです",
            "shows your domain and authenticates as nobody: most of it is forged",
        ),
    }
}

/// What receivers did, in a word.
pub fn disposition(disposition: Disposition, lang: Lang) -> &'static str {
    match disposition {
        Disposition::Delivered => either(lang, "配達", "delivered"),
        Disposition::Quarantined => either(lang, "迷惑メール扱い", "to spam"),
        Disposition::Rejected => either(lang, "拒否", "refused"),
        Disposition::Unsaid => either(lang, "記載なし", "not said"),
    }
}

/// Why a receiver did something else than was asked.
pub fn reason(reason: Override, lang: Lang) -> &'static str {
    match reason {
        Override::Forwarded => either(lang, "転送", "forwarded"),
        Override::MailingList => either(lang, "メーリングリスト", "mailing list"),
        Override::TrustedForwarder => either(lang, "信頼された転送", "trusted forwarder"),
        Override::LocalPolicy => either(lang, "受信側の判断", "receiver's own rule"),
        Override::SampledOut => either(lang, "pct の対象外", "left out by pct"),
        Override::PolicyTestMode => either(lang, "試行中", "policy on trial"),
        Override::Other => either(lang, "その他", "other"),
    }
}

/// What is odd about reports, in a clause behind their number.
pub fn doubt(doubt: Doubt, lang: Lang) -> &'static str {
    match doubt {
        Doubt::Broken => either(lang, "途中で壊れている", "broken before the end"),
        Doubt::ContainerBroken => {
            either(lang, "圧縮ファイルが壊れているか大きすぎる", "packed in a damaged or too large archive")
        }
        Doubt::CountMissing => {
            either(lang, "通数が読めない（0 通と数えました）", "a count that is no number (counted as 0)")
        }
        Doubt::CountNegative => {
            either(lang, "通数が負（0 通と数えました）", "a negative count (counted as 0)")
        }
        Doubt::CountHuge => either(
            lang,
            "通数がありえない大きさ（10 億で打ち切り）",
            "a count beyond belief (cut at 1,000,000,000)",
        ),
        Doubt::AddressMissing => {
            either(lang, "送信元の IP アドレスが読めない", "a source that is no address")
        }
        Doubt::RangeOdd => either(
            lang,
            "期間がおかしい（日ごとの集計から除外）",
            "days that cannot be (left out of the days)",
        ),
        Doubt::DomainMissing => either(lang, "ドメインが書かれていない", "no domain"),
        Doubt::Folded => {
            either(lang, "件数が多すぎて一部をまとめた", "too much to tell apart (partly counted together)")
        }
    }
}

/// A word of RFC 8460 section 4.3, explained; the word itself where it is a new one.
pub fn tls_result(result: &str, lang: Lang) -> String {
    let (ja, en) = match result {
        "starttls-not-supported" => ("暗号化（STARTTLS）に対応していない", "offers no encryption (STARTTLS)"),
        "certificate-host-mismatch" => ("証明書の名前が違う", "the certificate is for another name"),
        "certificate-expired" => ("証明書の期限切れ", "the certificate has expired"),
        "certificate-not-trusted" => ("証明書が信頼されていない", "the certificate is not trusted"),
        "validation-failure" => ("検証に失敗", "validation failed"),
        "tlsa-invalid" => ("TLSA レコードが正しくない", "the TLSA record is invalid"),
        "dnssec-invalid" => ("DNSSEC が正しくない", "DNSSEC is invalid"),
        "dane-required" => ("DANE が必要なのに使えない", "DANE is required and not there"),
        "sts-policy-fetch-error" => {
            ("MTA-STS のポリシーを取得できない", "the MTA-STS policy cannot be fetched")
        }
        "sts-policy-invalid" => ("MTA-STS のポリシーが正しくない", "the MTA-STS policy is invalid"),
        "sts-webpki-invalid" => {
            ("MTA-STS のサイトの証明書が正しくない", "the certificate of the MTA-STS site is invalid")
        }
        "" => ("理由の記載なし", "no reason said"),
        other => return harmless(other),
    };
    either(lang, ja, en).to_owned()
}

/// A number with its thousands divided.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A part as per cent, with one digit; rounded down, so that 100 means all, and nothing is 0 that is something.
pub fn percent(part: u64, all: u64) -> String {
    let per_mille = (u128::from(part) * 1000).checked_div(u128::from(all)).unwrap_or(0);
    match (per_mille, part) {
        (1000, _) => "100%".to_owned(),
        (0, 0) => "0%".to_owned(),
        (0, _) => "<0.1%".to_owned(),
        _ => format!("{}.{}%", per_mille / 10, per_mille % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(number(u64::MAX), "18,446,744,073,709,551,615");
        assert_eq!(
            [(0, 0), (0, 5), (5, 5), (9_999, 10_000), (1, 100_000), (1, 3)]
                .map(|(part, all)| percent(part, all)),
            ["0%", "0%", "100%", "99.9%", "<0.1%", "33.3%"]
        );
    }
}
