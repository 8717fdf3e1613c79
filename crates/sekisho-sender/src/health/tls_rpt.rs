//! `_smtp._tls` → who is told when encrypted delivery fails (RFC 8460 section 3).

use super::Scene;
use super::item::{Area, How, Item, Publish, State, Topic};
use super::published::{Published, Versioned, value};

/// All, for the reference.
pub(super) static TOPICS: &[&Topic] = &[&FINE, &MISSING, &WANTED, &NO_ANSWER, &SEVERAL, &SYNTAX];

const fn topic(id: &'static str, state: State, ja: &'static str, en: &'static str) -> Topic {
    Topic::new(id, Area::TlsRpt, state, ja, en)
}

static FINE: Topic = topic(
    "tls-rpt-record",
    State::Pass,
    "暗号化に失敗したときの報告の宛先があります（{to}）",
    "failed encryption is reported ({to})",
);

static MISSING: Topic = topic(
    "tls-rpt-missing",
    State::Note,
    "暗号化の失敗を知らせてもらう宛先はありません（任意）",
    "nobody is told when encryption fails (optional)",
);

static WANTED: Topic = topic(
    "tls-rpt-wanted",
    State::Warn,
    "暗号化を求めているのに、失敗したときの報告の宛先がありません",
    "encryption is asked for, but nobody is told when it fails",
)
.why(
    "設定を誤ると他社からのメールが届かなくなりますが、それに気づけません。",
    "A mistake in its setup keeps mail of others from arriving, and you would not notice.",
)
.fix(
    "報告を受け取るアドレスを作り、下のレコードを登録してください。",
    "Create an address for reports, and publish the record below.",
);

static NO_ANSWER: Topic = topic(
    "tls-rpt-no-answer",
    State::Unknown,
    "DNS から答えがなく、TLS-RPT を確かめられませんでした",
    "DNS did not answer, so TLS-RPT could not be looked at",
)
.fix("しばらくしてからもう一度確かめてください。", "Check again later.");

static SEVERAL: Topic = topic(
    "tls-rpt-several",
    State::Fail,
    "TLS-RPT のレコードが {count} 個あります。一つだけにしてください",
    "there are {count} TLS-RPT records; only one may be there",
)
.why("二つ以上あると、報告は送られません。", "With more than one, no reports are sent.")
.fix(
    "一つだけを残してください。宛先は「,」で並べられます。",
    "Leave only one; it may list several addresses, separated by commas.",
);

static SYNTAX: Topic = topic(
    "tls-rpt-syntax",
    State::Fail,
    "TLS-RPT のレコードが読めません: {record}",
    "the TLS-RPT record cannot be read: {record}",
)
.why("報告は送られません。", "No reports are sent.")
.fix("下の形に直してください。", "Change it to the form below.");

/// `v=TLSRPTv1` first (section 3).
const RECORD: Versioned = Versioned { version: "TLSRPTv1", resembles: "tlsrpt", bytes_max: 2_048 };

/// Looks at the record; `encryption` says whether encryption is asked for, so that reports matter.
pub(super) fn check(scene: &Scene<'_>, encryption: bool) -> Vec<Item> {
    let name = scene.domain.below("_smtp._tls");
    let address = format!("tls-reports@{}", scene.domain.ascii());
    let propose = |how| Publish::txt(how, &name, format!("v=TLSRPTv1; rua=mailto:{address}"));
    let broken =
        |record: &str| vec![Item::new(&SYNTAX).foreign("record", record).publish(propose(How::Replace))];
    match RECORD.at(scene, &name) {
        Published::One(record) => {
            let to = value(&record, "rua");
            if !to.is_empty() && to.split(',').map(str::trim).all(is_destination) {
                vec![Item::new(&FINE).foreign("to", to)]
            } else {
                broken(&record)
            }
        }
        Published::Resembling(record) => broken(&record),
        Published::NoAnswer => vec![Item::new(&NO_ANSWER)],
        Published::Nothing if encryption => vec![Item::new(&WANTED).publish(propose(How::Add))],
        Published::Nothing => vec![Item::new(&MISSING)],
        Published::Several(count) => vec![Item::new(&SEVERAL).number("count", count as u64)],
    }
}

/// `mailto:` with an address, or `https:`.
fn is_destination(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.strip_prefix("mailto:").is_some_and(|address| address.contains('@'))
        || lower.strip_prefix("https://").is_some_and(|host| !host.is_empty())
}
