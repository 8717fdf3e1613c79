//! `default._bimi` → whether a logo is published (draft-brand-indicators-for-message-identification). For information only.

use sekisho_mail::tag_list;

use super::item::{Area, Item, State, Topic};
use super::{Scene, text};
use crate::dmarc::record::Policy;

/// All, for the reference.
pub(super) static TOPICS: &[&Topic] = &[&FOUND, &IDLE];

const fn topic(id: &'static str, state: State, ja: &'static str, en: &'static str) -> Topic {
    Topic::new(id, Area::Bimi, state, ja, en)
}

static FOUND: Topic = topic(
    "bimi-found",
    State::Note,
    "ロゴが公開されています（表示するかどうかは受信側が決めます）",
    "a logo is published (whether it is shown is up to receivers)",
);

static IDLE: Topic = topic(
    "bimi-without-dmarc",
    State::Note,
    "ロゴが公開されていますが、DMARC が quarantine か reject でないと表示されません",
    "a logo is published, but it is shown only with DMARC at quarantine or reject",
);

/// Looks at the record.
pub(super) fn check(scene: &Scene<'_>, policy: Option<Policy>) -> Vec<Item> {
    /// A record over this size is not read.
    const RECORD_BYTES_MAX: usize = 2_048;
    let Ok(records) = scene.dns.txt(&scene.domain.below("default._bimi")) else { return Vec::new() };
    let is_bimi = |value: &Vec<u8>| {
        let text = text(value.get(..RECORD_BYTES_MAX.min(value.len())).unwrap_or_default());
        tag_list(&text).first().is_some_and(|tag| tag.name == "v" && tag.value == Some("BIMI1"))
    };
    if !records.values.iter().any(is_bimi) {
        return Vec::new();
    }
    let enforced = policy.is_none_or(|policy| policy > Policy::None);
    vec![Item::new(if enforced { &FOUND } else { &IDLE })]
}
