//! A domain → the DMARC policy that holds for it, what is wrong with it, and where its reports go (RFC 9989).

mod reports;
mod topics;

use super::item::{How, Item, Publish, Topic, Words};
use super::{Domain, Scene, Sends, text};
use crate::Dns;
use crate::dmarc::record::{Policy, Record, Suffix, Why, Wrong, is_dmarc};
use crate::dmarc::walk::{NotAnswered, Walk};
use crate::verify::ask::Ask;

pub(super) static TOPICS: &[&Topic] = topics::ALL;

/// A record over this size is not read.
const RECORD_BYTES_MAX: usize = 8_192;

/// So many errors of one record are told.
const TOLD_MAX: usize = 5;

/// The local part that is proposed for reports.
const REPORTS_LOCAL: &str = "dmarc-reports";

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub items: Vec<Item>,
    /// The domain's own record, as it is published.
    pub published: Option<String>,
    /// The same, read; also where it does not work and was only meant.
    pub record: Option<Record>,
    /// The domain whose record holds, where that is one above.
    pub parent: Option<String>,
    /// The policy that holds.
    pub policy: Option<Policy>,
    /// Whether DNS answered.
    pub is_known: bool,
}

/// What lies under `_dmarc` of one name.
#[derive(Debug)]
enum There {
    Nothing,
    NoAnswer,
    Several(usize),
    TooLarge(usize),
    /// Text that begins almost like a record.
    Misspelt(String),
    Record(String),
}

/// Looks for the policy that holds for the domain.
pub(super) fn check(scene: &Scene<'_>) -> Found {
    let domain = scene.domain.ascii();
    let name = scene.domain.below("_dmarc");
    let broken = |item: Item, record: Option<Record>| Found {
        items: vec![item],
        record,
        is_known: true,
        ..Found::default()
    };
    let first = Item::new;
    match look(scene.dns, domain) {
        There::NoAnswer => Found { items: vec![first(&topics::NO_ANSWER)], ..Found::default() },
        There::Record(published) => own(scene, published),
        There::Several(count) => broken(first(&topics::SEVERAL).number("count", count as u64), None),
        There::TooLarge(bytes) => {
            let item = first(&topics::TOO_LARGE).number("bytes", bytes as u64);
            broken(item.publish(Publish::txt(How::Replace, name, starting(domain))), None)
        }
        There::Misspelt(record) => {
            // It never had an effect, so nobody knows what a strict policy would stop: it begins anew.
            let read = Record::parse(&record).without_policy();
            let value = read.rewritten(Policy::None, None, None, Some(&reports_address(domain)));
            let item = first(&topics::MISSPELT).foreign("record", record);
            broken(item.publish(Publish::txt(How::Replace, name, value)), Some(read))
        }
        There::Nothing => match above(scene.dns, scene.domain) {
            Above::Record(parent, record) => inherited(scene, &parent, &record),
            Above::NoAnswer => Found { items: vec![first(&topics::NO_ANSWER)], ..Found::default() },
            Above::Nothing => broken(missing(scene), None),
        },
    }
}

fn look(dns: &dyn Dns, domain: &str) -> There {
    let values = match dns.txt(&format!("_dmarc.{domain}")) {
        Ok(records) => records.values,
        Err(why) if why.is_certain() => return There::Nothing,
        Err(_) => return There::NoAnswer,
    };
    let read = |value: &Vec<u8>| {
        let head = value.get(..RECORD_BYTES_MAX.min(value.len())).unwrap_or_default();
        (value.len(), text(head))
    };
    let texts: Vec<(usize, String)> = values.iter().map(read).collect();
    let mut records = texts.iter().filter(|(_, text)| is_dmarc(text));
    match (records.next(), records.count()) {
        (Some((bytes, _)), 0) if *bytes > RECORD_BYTES_MAX => There::TooLarge(*bytes),
        (Some((_, text)), 0) => There::Record(text.clone()),
        (Some(_), more) => There::Several(more + 1),
        (None, _) => match texts.into_iter().find(|(_, text)| is_almost(text)) {
            Some((_, text)) => There::Misspelt(text),
            None => There::Nothing,
        },
    }
}

/// Whether a text was meant as a record: it names DMARC, or has a policy.
fn is_almost(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.contains("dmarc")
        || sekisho_mail::tag_list(&lower).iter().any(|tag| tag.name == "p" && tag.value.is_some())
}

/// What the names above say.
enum Above {
    Nothing,
    NoAnswer,
    Record(String, Record),
}

/// Looks for it as receivers do.
fn above(dns: &dyn Dns, domain: &Domain) -> Above {
    match Walk::from(&Ask::new(dns), domain.name()) {
        Err(NotAnswered) => Above::NoAnswer,
        // What a public suffix publishes for those below it is no reason to have no record of one's own.
        Ok(walk) => match walk.above() {
            Some((name, record)) if record.suffix != Suffix::Yes && name.label_count() > 1 => {
                Above::Record(name.to_string(), record.clone())
            }
            _ => Above::Nothing,
        },
    }
}

/// A record to begin with.
fn starting(domain: &str) -> String {
    Record::default().rewritten(Policy::None, None, None, Some(&reports_address(domain)))
}

/// Where reports are proposed to go.
pub(super) fn reports_address(domain: &str) -> String {
    format!("{REPORTS_LOCAL}@{domain}")
}

fn missing(scene: &Scene<'_>) -> Item {
    let domain = scene.domain.ascii();
    let name = scene.domain.below("_dmarc");
    if scene.sends == Sends::Nothing {
        return Item::new(&topics::SILENT_OPEN).publish(Publish::txt(How::Add, name, SILENT_RECORD));
    }
    let at_domain =
        scene.txt.as_ref().is_ok_and(|records| records.values.iter().any(|value| is_dmarc(&text(value))));
    // Forms that add the domain by themselves make this of a whole name typed into them.
    let doubled = format!("_dmarc.{domain}.{domain}");
    let found = if at_domain {
        Some(domain.to_owned())
    } else if doubled.len() <= 253
        && matches!(look(scene.dns, &format!("{domain}.{domain}")), There::Record(_))
    {
        Some(doubled)
    } else {
        None
    };
    match found {
        Some(found) => Item::new(&topics::WRONG_NAME).name("found", found).name("name", &name),
        None => Item::new(&topics::MISSING).publish(Publish::txt(How::Add, name, starting(domain))),
    }
}

/// For a domain that sends nothing.
const SILENT_RECORD: &str = "v=DMARC1; p=reject; sp=reject; np=reject; adkim=s; aspf=s";

/// The record is that of a domain above.
fn inherited(scene: &Scene<'_>, parent: &str, record: &Record) -> Found {
    let policy = record.below();
    let item = Item::new(&topics::INHERITED).name("parent", parent).name("policy", policy.id());
    let mut items = vec![item];
    match (policy, scene.sends) {
        (Policy::Reject, Sends::Nothing) => items.insert(0, Item::new(&topics::SILENT)),
        (_, Sends::Nothing) => {
            let name = scene.domain.below("_dmarc");
            items.insert(
                0,
                Item::new(&topics::SILENT_OPEN).publish(Publish::txt(How::Add, name, SILENT_RECORD)),
            );
        }
        (policy, Sends::Mail) => items.insert(0, Item::new(topic_of(policy))),
    }
    let parent = Some(parent.to_owned());
    Found { items, parent, policy: Some(policy), is_known: true, ..Found::default() }
}

fn topic_of(policy: Policy) -> &'static Topic {
    match policy {
        Policy::None => &topics::NONE,
        Policy::Quarantine => &topics::QUARANTINE,
        Policy::Reject => &topics::REJECT,
    }
}

/// The domain's own record.
fn own(scene: &Scene<'_>, published: String) -> Found {
    let record = Record::parse(&published);
    let domain = scene.domain.ascii();
    let mut items = vec![match scene.sends {
        Sends::Mail => Item::new(topic_of(record.own())),
        Sends::Nothing if record.own() == Policy::Reject && !record.test => Item::new(&topics::SILENT),
        Sends::Nothing => Item::new(&topics::SILENT_OPEN),
    }];
    items.extend(record.wrong.iter().take(TOLD_MAX).map(syntax));
    if record.policy.is_none()
        && !record.wrong.iter().any(|wrong| wrong.text.to_ascii_lowercase().starts_with("p="))
    {
        items.push(Item::new(&topics::NO_POLICY));
    }
    items.extend(
        record.unknown.iter().take(TOLD_MAX).map(|tag| Item::new(&topics::UNKNOWN_TAG).foreign("tag", tag)),
    );
    items.extend(record.removed.iter().map(|tag| Item::new(&topics::REMOVED_TAG).name("tag", tag)));
    match record.percent {
        Some(100) => items.push(Item::new(&topics::REMOVED_TAG).name("tag", "pct")),
        Some(percent) => items.push(Item::new(&topics::PERCENT).number("percent", percent)),
        None => {}
    }
    if record.suffix == Suffix::Yes {
        items.push(Item::new(&topics::PUBLIC_SUFFIX));
    }
    if scene.sends == Sends::Mail {
        items.extend(of_strength(&record, domain));
        items.extend(reports::check(scene, &record));
    }
    propose(scene, &record, &mut items);
    let policy = Some(record.own());
    Found {
        items,
        published: Some(published),
        record: Some(record),
        policy,
        is_known: true,
        ..Found::default()
    }
}

fn syntax(wrong: &Wrong) -> Item {
    let words = match wrong.why {
        Why::NoEquals => Words { ja: "「=」がありません", en: "there is no =" },
        Why::Value => Words { ja: "使えない値です", en: "the value is not allowed" },
        Why::Twice => Words { ja: "同じ項目が二度あります", en: "the tag stands twice" },
    };
    Item::new(&topics::SYNTAX)
        .number("place", wrong.at as u64)
        .foreign("tag", &wrong.text)
        .word("wrong", words)
}

fn of_strength(record: &Record, domain: &str) -> Vec<Item> {
    let mut items = Vec::new();
    if record.test {
        items.push(Item::new(&topics::TEST));
    }
    if record.below() < record.own() {
        items.push(
            Item::new(&topics::SUBDOMAINS_OPEN).name("domain", domain).name("below", record.below().id()),
        );
    }
    // Said only where it was written so: without `np`, invented names are treated as those that exist.
    if record.nonexistent.is_some() && record.invented() < record.own() {
        items.push(
            Item::new(&topics::INVENTED_OPEN).name("domain", domain).name("invented", record.invented().id()),
        );
    }
    if record.is_strict() {
        items.push(Item::new(&topics::STRICT));
    }
    items
}

/// Puts the record without its errors, and with the same policy, beside the first item that asks for one.
fn propose(scene: &Scene<'_>, record: &Record, items: &mut [Item]) {
    let name = scene.domain.below("_dmarc");
    if let Some(item) = items.iter_mut().find(|item| item.topic == &topics::SILENT_OPEN) {
        item.publish.push(Publish::txt(How::Replace, name, SILENT_RECORD));
        return;
    }
    let mends = [
        &topics::SYNTAX,
        &topics::NO_POLICY,
        &topics::PERCENT,
        &topics::NO_REPORTS,
        &topics::REPORT_ADDRESS,
        &topics::PUBLIC_SUFFIX,
        &topics::INVENTED_OPEN,
        &topics::UNKNOWN_TAG,
    ];
    if let Some(item) = items.iter_mut().find(|item| mends.contains(&item.topic)) {
        let invented = record.nonexistent.map(|policy| policy.max(record.own()));
        let reports = (scene.sends == Sends::Mail).then(|| reports_address(scene.domain.ascii()));
        let value = record.rewritten(record.own(), record.subdomains, invented, reports.as_deref());
        item.publish.push(Publish::txt(How::Replace, name, value));
    }
}

/// What is said where forgeries are to be stopped, and nothing lets genuine mail pass.
pub(super) fn nothing_to_pass(policy: Option<Policy>, spf_works: bool, dkim_works: bool) -> Option<Item> {
    let enforced = policy.is_some_and(|policy| policy > Policy::None);
    (enforced && !spf_works && !dkim_works).then(|| Item::new(&topics::NOTHING_TO_PASS))
}
