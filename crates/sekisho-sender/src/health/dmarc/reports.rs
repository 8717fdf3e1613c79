//! The destinations of reports → whether reports are really sent there, and received (RFC 9990 section 4).

use super::topics;
use crate::Dns;
use crate::dmarc::record::{Destination, Fault, Record, is_dmarc};
use crate::health::Scene;
use crate::health::domain::same_registrant;
use crate::health::item::{How, Item, Publish, Words};
use crate::health::mx::Servers;
use crate::health::text;

/// Looks at every destination.
pub(super) fn check(scene: &Scene<'_>, record: &Record) -> Vec<Item> {
    let mut items: Vec<Item> = record.aggregate.iter().chain(&record.failure).filter_map(fault).collect();
    if record.aggregate.is_empty() {
        items.push(Item::new(&topics::NO_REPORTS));
    }
    let mut asked: Vec<&str> = Vec::new();
    for address in record.reached() {
        let Some((_, domain)) = address.rsplit_once('@') else { continue };
        if !asked.contains(&domain) {
            asked.push(domain);
            items.extend(destination(scene, address, &domain.to_ascii_lowercase()));
        }
    }
    if !record.failure.is_empty() {
        items.push(Item::new(&topics::FAILURE_REPORTS));
    }
    items
}

fn fault(one: &Destination) -> Option<Item> {
    let words = match one.fault? {
        Fault::NoScheme => {
            Words { ja: "先頭に「mailto:」がありません", en: "mailto: is missing in front" }
        }
        Fault::OtherScheme => {
            Words { ja: "「mailto:」以外は使えません", en: "only mailto: can be used" }
        }
        Fault::NoAddress => {
            Words { ja: "メールアドレスではありません", en: "it is no mail address" }
        }
        Fault::SizeLimit => return Some(Item::new(&topics::REPORT_SIZE).foreign("address", &one.address)),
    };
    Some(Item::new(&topics::REPORT_ADDRESS).foreign("address", &one.address).word("wrong", words))
}

fn destination(scene: &Scene<'_>, address: &str, domain: &str) -> Vec<Item> {
    let own = scene.domain.ascii();
    let mut items = Vec::new();
    if !same_registrant(own, domain) {
        let name = format!("{own}._report._dmarc.{domain}");
        match consents(scene.dns, &name) {
            Some(true) => {}
            Some(false) => {
                let item = Item::new(&topics::NOT_AUTHORISED).name("address", address);
                items.push(item.publish(Publish::txt(How::Add, name, "v=DMARC1")));
            }
            None => items.push(Item::new(&topics::REPORTS_NO_ANSWER).name("address", address)),
        }
    }
    let servers = if domain == own { scene.receives.clone() } else { Servers::of(scene.dns, domain).0 };
    if matches!(servers, Servers::Null | Servers::Nowhere) {
        items.push(Item::new(&topics::NOBODY_RECEIVES).name("address", address));
    }
    items
}

/// Whether the other domain says that it takes reports; `None` where DNS did not answer.
fn consents(dns: &dyn Dns, name: &str) -> Option<bool> {
    if name.len() > 253 {
        return Some(false);
    }
    match dns.txt(name) {
        Ok(records) => Some(records.values.iter().any(|value| is_dmarc(&text(value)))),
        Err(why) if why.is_certain() => Some(false),
        Err(_) => None,
    }
}
