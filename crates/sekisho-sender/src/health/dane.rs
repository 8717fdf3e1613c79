//! TLSA records of each mail server → whether senders can check its certificate by DNS (RFC 7672 section 3.1).
//!
//! They count only where DNSSEC protects them, which is not checked here and is said.

use super::Scene;
use super::item::{Area, Item, State, Topic};
use crate::Tlsa;

/// All, for the reference.
pub(super) static TOPICS: &[&Topic] = &[&FOUND, &MISSING, &NO_ANSWER, &PARTIAL, &UNUSABLE];

const fn topic(id: &'static str, state: State, ja: &'static str, en: &'static str) -> Topic {
    Topic::new(id, Area::Dane, state, ja, en)
}

static FOUND: Topic = topic(
    "dane-found",
    State::Pass,
    "すべてのメールサーバーに TLSA レコードがあります（効くのは DNSSEC があるときだけで、DNSSEC はここでは確かめていません）",
    "every mail server has TLSA records (they count only with DNSSEC, which is not checked here)",
);

static MISSING: Topic = topic(
    "dane-missing",
    State::Note,
    "TLSA レコードはありません（任意）",
    "there are no TLSA records (optional)",
);

static NO_ANSWER: Topic = topic(
    "dane-no-answer",
    State::Unknown,
    "DNS から答えがなく、{server} の TLSA レコードを確かめられませんでした",
    "DNS did not answer, so TLSA records of {server} could not be looked at",
)
.fix("しばらくしてからもう一度確かめてください。", "Check again later.");

static PARTIAL: Topic = topic(
    "dane-partial",
    State::Warn,
    "TLSA レコードのないメールサーバーがあります: {servers}",
    "some mail servers have no TLSA records: {servers}",
)
.why(
    "攻撃者はそのサーバーへの配送を狙えば、暗号化の確認を避けられます。",
    "Whoever attacks can aim at delivery to those, where certificates are not checked.",
)
.fix(
    "そのサーバーにも TLSA レコードを登録するか、MX から外してください。",
    "Publish TLSA records for them too, or remove them from the MX records.",
);

static UNUSABLE: Topic = topic(
    "dane-unusable",
    State::Fail,
    "{server} の TLSA レコードはメールでは使えません（{record}）",
    "the TLSA records of {server} cannot be used for mail ({record})",
)
.why(
    "使えるものがないと、届けない送信元や、確認せずに届ける送信元が出ます。",
    "Without a usable one, some senders do not deliver, and others do not check.",
)
.fix(
    "サーバーの管理者に「3 1 1」の形の TLSA レコードに替えるよう頼んでください。",
    "Ask whoever runs the server to publish a TLSA record of the form “3 1 1”.",
);

/// So many mail servers are asked about.
const SERVERS_ASKED_MAX: usize = 5;

/// Looks at the TLSA records of the mail servers.
pub(super) fn check(scene: &Scene<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut with = 0;
    let mut without = Vec::new();
    for server in scene.servers.iter().take(SERVERS_ASKED_MAX) {
        match scene.dns.tlsa(&format!("_25._tcp.{server}")) {
            Ok(records) => {
                with += 1;
                if !records.values.iter().any(is_usable) {
                    let shown = records
                        .values
                        .first()
                        .map(|one| format!("{} {} {}", one.usage, one.selector, one.matching));
                    items.push(
                        Item::new(&UNUSABLE).name("server", server).name("record", shown.unwrap_or_default()),
                    );
                }
            }
            Err(why) if why.is_certain() => without.push(server.clone()),
            Err(_) => items.push(Item::new(&NO_ANSWER).name("server", server)),
        }
    }
    if with == 0 {
        if items.is_empty() {
            items.push(Item::new(&MISSING));
        }
    } else if !without.is_empty() {
        items.push(Item::new(&PARTIAL).names("servers", without));
    } else if items.is_empty() {
        items.push(Item::new(&FOUND));
    }
    items
}

/// Usage 2 or 3, a known selector and digest of the right length (sections 3.1.1 to 3.1.3).
fn is_usable(record: &Tlsa) -> bool {
    let length_fits = match record.matching {
        0 => !record.data.is_empty(),
        1 => record.data.len() == 32,
        2 => record.data.len() == 64,
        _ => false,
    };
    matches!(record.usage, 2 | 3) && record.selector <= 1 && length_fits
}
