//! `default._bimi` → whether a logo is published (draft-brand-indicators-for-message-identification). For information only.

use super::Scene;
use super::item::{Area, Item, State, Topic};
use super::published::{Published, Versioned};
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

const RECORD: Versioned = Versioned { version: "BIMI1", resembles: "bimi1", bytes_max: 2_048 };

/// Looks at the record.
pub(super) fn check(scene: &Scene<'_>, policy: Option<Policy>) -> Vec<Item> {
    let published = RECORD.at(scene, &scene.domain.below("default._bimi"));
    if !matches!(published, Published::One(_) | Published::Several(_)) {
        return Vec::new();
    }
    let enforced = policy.is_none_or(|policy| policy > Policy::None);
    vec![Item::new(if enforced { &FOUND } else { &IDLE })]
}
