//! A domain's DMARC record → where it stands on the way to `p=reject`, and the records of the steps that are left (RFC 9989
//! section 5.1, as a way to go).
//!
//! A step never weakens what is published. Invented subdomains are refused early, because nothing genuine comes from them;
//! real ones come last, because services send with them unnoticed.

use super::item::{How, Publish, Words};
use crate::dmarc::record::{Policy, Record};

/// Where a domain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// There is no record, or none that works.
    Nothing,
    /// It only watches, and nobody sees the reports.
    Blind,
    /// It only watches, and reports arrive.
    Watching,
    /// Forged mail is treated as spam.
    Quarantine,
    /// Forged mail is refused; names below are protected less.
    Reject,
    /// Everything is refused.
    Done,
}

impl Stage {
    /// The word used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Stage::Nothing => "nothing",
            Stage::Blind => "blind",
            Stage::Watching => "watching",
            Stage::Quarantine => "quarantine",
            Stage::Reject => "reject",
            Stage::Done => "done",
        }
    }

    /// Where the domain stands, in words.
    pub fn words(self) -> Words {
        match self {
            Stage::Nothing => Words { ja: "まだ始まっていません", en: "not begun" },
            Stage::Blind => Words {
                ja: "様子見ですが、報告が届いていません",
                en: "watching, but nobody gets the reports",
            },
            Stage::Watching => Words {
                ja: "様子見（報告を集めている段階）",
                en: "watching: reports are collected",
            },
            Stage::Quarantine => Words {
                ja: "なりすましを迷惑メール扱いにしている段階",
                en: "forged mail is treated as spam",
            },
            Stage::Reject => Words {
                ja: "本体のなりすましは拒否、下位ドメインはまだ",
                en: "forged mail of the domain itself is refused, not yet that of names below it",
            },
            Stage::Done => {
                Words { ja: "完了（すべて拒否）", en: "done: all forged mail is refused" }
            }
        }
    }
}

/// One step that is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// For programs.
    pub id: &'static str,
    /// What it does.
    pub title: Words,
    /// What must be true before it is taken.
    pub before: Words,
    /// How long the stage before should have lasted, in weeks.
    pub weeks_min: u64,
    /// The record.
    pub publish: Publish,
}

/// Where a domain stands, and the steps that are left, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Where it stands.
    pub stage: Stage,
    /// The steps that are left.
    pub steps: Vec<Step>,
}

/// The way of a domain that sends mail. `record` is its own; `name` is where it is published; `reports` an address for reports
/// where the record names none.
pub(super) fn path(record: Option<&Record>, works: bool, name: &str, reports: &str) -> Path {
    let stage = record.filter(|_| works).map_or(Stage::Nothing, stage);
    let nothing = Record::default();
    let record = record.unwrap_or(&nothing);
    let left = PLAN.iter().filter(|plan| plan.from >= stage);
    let mut steps: Vec<Step> = left.map(|plan| step(plan, record, works, name, reports)).collect();
    // Who is stricter than the plan already skips what changes nothing.
    steps.dedup_by(|later, earlier| later.publish.value == earlier.publish.value);
    Path { stage, steps }
}

fn stage(record: &Record) -> Stage {
    // A test is applied one step weaker: it stands one stage lower.
    let applied = match (record.own(), record.test) {
        (Policy::Reject, true) => Policy::Quarantine,
        (Policy::Quarantine, true) => Policy::None,
        (policy, _) => policy,
    };
    match applied {
        Policy::None if record.reached().next().is_none() => Stage::Blind,
        Policy::None => Stage::Watching,
        Policy::Quarantine => Stage::Quarantine,
        Policy::Reject if record.below() < Policy::Reject || record.invented() < Policy::Reject => {
            Stage::Reject
        }
        Policy::Reject => Stage::Done,
    }
}

/// A step as it is planned for everybody.
struct Plan {
    id: &'static str,
    /// It is left for who stands here or before.
    from: Stage,
    policy: Policy,
    below: Option<Policy>,
    invented: Option<Policy>,
    weeks_min: u64,
    title: Words,
    before: Words,
}

static PLAN: &[Plan] = &[
    Plan {
        id: "watch",
        from: Stage::Blind,
        policy: Policy::None,
        below: None,
        invented: None,
        weeks_min: 0,
        title: Words {
            ja: "報告を集める（メールは何も止まりません）",
            en: "collect reports (no mail is stopped)",
        },
        before: Words {
            ja: "報告を受け取るアドレスを先に作ります。報告は毎日機械から届くので、個人の受信箱とは分けるのが楽です。",
            en: "Create the address for reports first. They come daily from machines, so an address apart from people's inboxes is best.",
        },
    },
    Plan {
        id: "quarantine",
        from: Stage::Watching,
        policy: Policy::Quarantine,
        below: Some(Policy::None),
        invented: Some(Policy::Reject),
        weeks_min: 4,
        title: Words {
            ja: "なりすましを迷惑メール扱いにする", en: "have forged mail treated as spam"
        },
        before: Words {
            ja: "`sekisho reports 報告の保存先` で送信元の一覧を見ます。自社のサーバーと契約サービス（メール配信、会計・請求、フォームなど）が SPF か DKIM で合格していること。不合格の送信元に心当たりがあれば、先にそのサービスの SPF か DKIM を設定します。月末・月初の請求メールが一巡するまで待ちます。この画面の SPF と DKIM に「要対応」があれば、それも先に直します。",
            en: "Run `sekisho reports FOLDER` and look at who sends. Your servers and services (newsletters, invoices, forms) must pass by SPF or DKIM; for any source you know that fails, set up its SPF or DKIM first. Wait until a whole month's invoices have gone out. Mend first whatever this page marks as fail under SPF and DKIM.",
        },
    },
    Plan {
        id: "reject",
        from: Stage::Quarantine,
        policy: Policy::Reject,
        below: Some(Policy::Quarantine),
        invented: Some(Policy::Reject),
        weeks_min: 4,
        title: Words { ja: "なりすましを拒否する", en: "have forged mail refused" },
        before: Words {
            ja: "`sekisho reports` で、知っている送信元がすべて合格し続けていること。「メールが迷惑メールに入った」という声が社内外から届いていないこと。メーリングリストへの投稿が多い方には、届かなくなることがあると伝えておきます。",
            en: "In `sekisho reports`, every source you know keeps passing, and nobody inside or outside has found your mail in the spam folder. Tell people who write to mailing lists that some posts may bounce.",
        },
    },
    Plan {
        id: "subdomains",
        from: Stage::Reject,
        policy: Policy::Reject,
        below: Some(Policy::Reject),
        invented: Some(Policy::Reject),
        weeks_min: 4,
        title: Words {
            ja: "下位ドメインのなりすましも拒否する",
            en: "have mail forged with names below the domain refused too",
        },
        before: Words {
            ja: "`sekisho reports` に出る下位ドメイン（news. や info. など）からの正しいメールが、すべて合格していること。",
            en: "In `sekisho reports`, genuine mail from every name below the domain (news., info. and so on) passes.",
        },
    },
];

fn step(plan: &Plan, record: &Record, works: bool, name: &str, reports: &str) -> Step {
    // What is published already is never weakened.
    let policy = plan.policy.max(record.own());
    let published_below = if record.policy.is_some() { record.below() } else { Policy::None };
    let below = plan.below.map(|below| below.max(published_below).max(record.subdomains.unwrap_or_default()));
    let below = below.or(record.subdomains);
    let invented = plan.invented.or(record.nonexistent);
    let how = if works { How::Replace } else { How::Add };
    let value = record.rewritten(policy, below, invented, Some(reports));
    let publish = Publish::txt(how, name, value);
    Step { id: plan.id, title: plan.title, before: plan.before, weeks_min: plan.weeks_min, publish }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Record (or `-`) → stage, and the records of the steps that are left without version and reports.
    const TABLE: &str = "
- | nothing | p=none > p=quarantine; sp=none; np=reject > p=reject; sp=quarantine; np=reject > p=reject; sp=reject; np=reject
p=none | blind | p=none > p=quarantine; sp=none; np=reject > p=reject; sp=quarantine; np=reject > p=reject; sp=reject; np=reject
p=none; rua=R | watching | p=quarantine; sp=none; np=reject > p=reject; sp=quarantine; np=reject > p=reject; sp=reject; np=reject
p=none; sp=reject; rua=R | watching | p=quarantine; sp=reject; np=reject > p=reject; sp=reject; np=reject
p=quarantine; t=y; rua=R | watching | p=quarantine; sp=quarantine; np=reject > p=reject; sp=quarantine; np=reject > p=reject; sp=reject; np=reject
p=quarantine; rua=R | quarantine | p=reject; sp=quarantine; np=reject > p=reject; sp=reject; np=reject
p=reject; t=y; rua=R | quarantine | p=reject; sp=reject; np=reject
p=reject; sp=none; rua=R | reject | p=reject; sp=reject; np=reject
p=reject; np=none; rua=R | reject | p=reject; sp=reject; np=reject
p=reject; rua=R | done |
p=reject | done |
";

    #[test]
    fn every_record_has_its_way() {
        for row in TABLE.lines().filter(|line| !line.is_empty()) {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let [text, stage, steps] = cells.as_slice() else { panic!("{row}") };
            let text = text.replace("=R", "=mailto:r@midori.example");
            let record = (text != "-").then(|| Record::parse(&format!("v=DMARC1; {text}")));
            let path = path(record.as_ref(), record.is_some(), "_dmarc.midori.example", "r@midori.example");
            assert_eq!(path.stage.id(), *stage, "{row}");
            let records = path.steps.iter().map(|step| {
                let value = step.publish.value.strip_prefix("v=DMARC1; ").unwrap();
                assert_eq!(value.matches("; rua=mailto:r@midori.example").count(), 1, "{row}");
                value.replace("; rua=mailto:r@midori.example", "")
            });
            assert_eq!(records.collect::<Vec<_>>().join(" > "), *steps, "{row}");
        }
    }
}
