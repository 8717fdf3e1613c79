//! `_mta-sts` → whether senders are asked to deliver only encrypted, and what the policy file must say (RFC 8461).
//!
//! The policy itself is a file on a web server. Only DNS is asked, so the file is to be looked at by hand.

use super::Scene;
use super::item::{Area, File, How, Item, Publish, State, Topic};
use super::mx::{Addresses, addresses};
use super::published::{Published, Versioned, value};

/// All, for the reference.
pub(super) static TOPICS: &[&Topic] =
    &[&FINE, &MISSING, &NO_ANSWER, &SEVERAL, &SYNTAX, &HOST_MISSING, &HOST_WITHOUT_RECORD];

const fn topic(id: &'static str, state: State, ja: &'static str, en: &'static str) -> Topic {
    Topic::new(id, Area::MtaSts, state, ja, en)
}

static FINE: Topic = topic(
    "mta-sts-record",
    State::Pass,
    "暗号化を求める宣言があります（id={version}）",
    "senders are asked to deliver only encrypted (id={version})",
)
.fix(
    "DNS から分かるのはここまでです。方針のファイルが下のとおりかを、ブラウザーで開いて確かめてください。ファイルを変えたら id も新しくします。",
    "DNS tells no more than this. Open the policy file in a browser and compare it with the one below. Whenever the file changes, change the id too.",
);

static MISSING: Topic = topic(
    "mta-sts-missing",
    State::Note,
    "暗号化を求める宣言はありません（任意）",
    "senders are not asked to deliver only encrypted (optional)",
);

static NO_ANSWER: Topic = topic(
    "mta-sts-no-answer",
    State::Unknown,
    "DNS から答えがなく、MTA-STS を確かめられませんでした",
    "DNS did not answer, so MTA-STS could not be looked at",
)
.fix("しばらくしてからもう一度確かめてください。", "Check again later.");

static SEVERAL: Topic = topic(
    "mta-sts-several",
    State::Fail,
    "MTA-STS のレコードが {count} 個あります。一つだけにしてください",
    "there are {count} MTA-STS records; only one may be there",
)
.why("二つ以上あると、ないものとみなされます。", "With more than one, senders act as if there were none.")
.fix("id の新しいもの一つだけを残してください。", "Leave only the one with the newest id.");

static SYNTAX: Topic = topic(
    "mta-sts-syntax",
    State::Fail,
    "MTA-STS のレコードが読めません: {record}",
    "the MTA-STS record cannot be read: {record}",
)
.why("暗号化を求める宣言が効きません。", "The request for encryption has no effect.")
.fix(
    "下の形に直してください。id は英数字 32 文字までで、日付にするのが簡単です。",
    "Change it to the form below. The id has up to 32 letters and digits; a date is simplest.",
);

static HOST_MISSING: Topic = topic(
    "mta-sts-host-missing",
    State::Fail,
    "宣言はありますが、方針のファイルを置くサーバー {host} がありません",
    "it is declared, but {host}, where the policy file must lie, does not exist",
)
.why("ファイルが読めないため、宣言が効きません。", "The file cannot be read, so the request has no effect.")
.fix(
    "{host} を作って下のファイルを置くか、_mta-sts のレコードを消してください。",
    "Set up {host} with the file below, or remove the _mta-sts record.",
);

static HOST_WITHOUT_RECORD: Topic = topic(
    "mta-sts-host-without-record",
    State::Note,
    "方針のファイルを置くサーバー {host} はありますが、宣言のレコードがありません",
    "{host}, where a policy file would lie, exists, but the record that announces it does not",
)
.fix(
    "MTA-STS を使うつもりなら、下のレコードを登録してください（id は日付などに変えます）。",
    "If MTA-STS is meant to be used, publish the record below (with a date or the like as id).",
);

/// `v=STSv1` first (section 3.1).
const RECORD: Versioned = Versioned { version: "STSv1", resembles: "sts", bytes_max: 1_024 };

/// The id in records that are proposed; any other does as well.
const ID_PROPOSED: &str = "20260101T000000";

/// Looks at the record and the host of the file.
pub(super) fn check(scene: &Scene<'_>) -> Vec<Item> {
    let name = scene.domain.below("_mta-sts");
    let host = scene.domain.below("mta-sts");
    let propose = |how| Publish::txt(how, &name, format!("v=STSv1; id={ID_PROPOSED}"));
    let broken =
        |record: &str| vec![Item::new(&SYNTAX).foreign("record", record).publish(propose(How::Replace))];
    let record = match RECORD.at(scene, &name) {
        Published::One(record) => record,
        Published::NoAnswer => return vec![Item::new(&NO_ANSWER)],
        Published::Resembling(record) => return broken(&record),
        Published::Several(count) => return vec![Item::new(&SEVERAL).number("count", count as u64)],
        Published::Nothing => {
            return match addresses(scene.dns, &host) {
                Addresses::Found(_) => {
                    vec![Item::new(&HOST_WITHOUT_RECORD).name("host", host).publish(propose(How::Add))]
                }
                _ => vec![Item::new(&MISSING)],
            };
        }
    };
    let id = value(&record, "id");
    if id.is_empty() || id.len() > 32 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return broken(&record);
    }
    let mut item = match addresses(scene.dns, &host) {
        Addresses::None => Item::new(&HOST_MISSING).name("host", &host),
        _ => Item::new(&FINE).name("version", id),
    };
    item.file = Some(policy_file(scene, &host));
    vec![item]
}

/// The file of a domain with these mail servers (section 3.2): to begin with, in testing mode.
fn policy_file(scene: &Scene<'_>, host: &str) -> File {
    const MX_MAX: usize = 10;
    let mut content = String::from("version: STSv1\nmode: testing\n");
    for server in scene.servers.iter().take(MX_MAX) {
        content.push_str(&format!("mx: {server}\n"));
    }
    content.push_str("max_age: 604800\n");
    File { url: format!("https://{host}/.well-known/mta-sts.txt"), content }
}
