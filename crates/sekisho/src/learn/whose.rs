//! The mails that were learned of a mailbox → whether they clearly belong to another of our addresses than the one that a person named.
//!
//! Only a warning comes of it: who reads a shared box, gets a colleague's mail forwarded, or is named nowhere since the mails came by way of an
//! alias or a list may mean what was typed. Hence only mail that names one of ours counts, lists and desks (`info@`) do not, and an address
//! whose beginning stands in the owner's, or the other way round, is taken for an alias.

use std::collections::HashMap;

use sekisho_facts::Own;
use sekisho_mail::{Address, Message};

/// Fewer mails say nothing.
const MAILS_MIN: u32 = 10;
/// The other address stands on this share of them, in percent.
const OTHER_PERCENT_MIN: u32 = 80;
/// And the owner on no more than this share.
const OWNER_PERCENT_MAX: u32 = 10;
/// Addresses of ours that are looked at on one mail.
const ADDRESSES_MAX: usize = 50;
/// Letters of an alias that stand in both addresses.
const ALIAS_LETTERS_MIN: usize = 3;
/// Where mail servers write to whom they delivered a mail.
const DELIVERED: &[&str] = &["Delivered-To", "X-Original-To", "Envelope-To"];
/// Beginnings of addresses that several people read or that reach several people.
#[rustfmt::skip]
const SHARED: &[&str] = &[
    "info", "office", "support", "help", "helpdesk", "sales", "eigyo", "billing", "invoice", "accounts", "accounting", "keiri", "soumu", "somu",
    "jinji", "saiyo", "recruit", "hr", "order", "orders", "contact", "toiawase", "madoguchi", "jimukyoku", "webmaster", "postmaster", "admin",
    "all", "staff", "everyone", "everybody", "zenin", "minna", "team", "members", "ml", "list", "mail",
];

/// The addresses of ours, and the owner's, that stand on a mail: who wrote it, who received it, to whom it was delivered. None of mail that a
/// list passed on.
pub fn ours(message: &Message, own: &Own, owner: &Address) -> Vec<Address> {
    if is_of_list(message) {
        return Vec::new();
    }
    let delivered = message.fields.iter().filter(|field| DELIVERED.iter().any(|name| field.is(name)));
    let delivered = delivered.filter_map(|field| Address::parse(&field.text));
    let named = message.from.iter().chain(&message.to).chain(&message.cc);
    let mut ours: Vec<Address> = Vec::new();
    for address in named.filter_map(|mailbox| mailbox.address.clone()).chain(delivered) {
        let is_new = !ours.iter().any(|known| known.same_mailbox(&address));
        if ours.len() < ADDRESSES_MAX
            && is_new
            && (own.is_own_address(&address) || is_owners(&address, owner))
        {
            ours.push(address);
        }
    }
    ours
}

/// Whether a list passed it on.
pub fn is_of_list(message: &Message) -> bool {
    message.field("List-Id").is_some() || message.mailing_list().is_some()
}

/// On how many mails our addresses stand.
#[derive(Default)]
pub struct Whose {
    mails: u32,
    of_owner: u32,
    others: HashMap<String, (Address, u32)>,
}

/// Another address of ours to which a mailbox clearly belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// The address.
    pub address: Address,
    /// On how many mails it stands.
    pub mails: u32,
    /// On how many the owner does.
    pub of_owner: u32,
    /// How many there are.
    pub all: u32,
}

impl Whose {
    /// Counts a mail with the addresses of ours on it.
    pub fn add(&mut self, ours: &[Address], owner: &Address) {
        if ours.is_empty() {
            return;
        }
        self.mails += 1;
        if ours.iter().any(|address| is_owners(address, owner)) {
            self.of_owner += 1;
        }
        for address in ours.iter().filter(|address| !is_owners(address, owner)) {
            let key = address.to_string().to_lowercase();
            self.others.entry(key).or_insert_with(|| (address.clone(), 0)).1 += 1;
        }
    }

    /// The address to which nearly all of the mails belong, where the owner has hardly a part in them.
    pub fn other(&self, owner: &Address) -> Option<Other> {
        let all = self.mails;
        let (address, mails) = self
            .others
            .values()
            .max_by_key(|(address, mails)| (*mails, std::cmp::Reverse(address.to_string())))?;
        let is_clear = all >= MAILS_MIN
            && mails * 100 >= all * OTHER_PERCENT_MIN
            && self.of_owner * 100 <= all * OWNER_PERCENT_MAX;
        let is_somebody = !is_shared(address) && !is_alias(address, owner);
        (is_clear && is_somebody).then(|| Other {
            address: address.clone(),
            mails: *mails,
            of_owner: self.of_owner,
            all,
        })
    }
}

/// The owner's address, also with a tag (`sato+news@`).
fn is_owners(address: &Address, owner: &Address) -> bool {
    let untagged = |address: &Address| {
        let local = address.local().split('+').next().unwrap_or_default().to_lowercase();
        (local, address.domain().to_lowercase())
    };
    address.same_mailbox(owner) || untagged(address) == untagged(owner)
}

/// Whether it is of several people, or reaches several.
pub fn is_shared(address: &Address) -> bool {
    let local = address.local().to_lowercase();
    local.split(['-', '_', '.']).any(|word| SHARED.contains(&word))
}

fn is_alias(address: &Address, owner: &Address) -> bool {
    let (one, other) = (address.local().to_lowercase(), owner.local().to_lowercase());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.chars().count() >= ALIAS_LETTERS_MIN && long.contains(&short)
}

#[cfg(test)]
mod tests {
    use sekisho_mail::Limits;

    use super::*;

    /// To which other address so many mails each (how many, header) seem to belong.
    fn other(owner: &str, mails: &[(u32, &str)]) -> Option<String> {
        let own = Own::new("", ["midori.example".to_owned()], Vec::new());
        let owner = Address::parse(owner).unwrap();
        let mut whose = Whose::default();
        for (count, header) in mails {
            let message = sekisho_mail::read(format!("{header}\n\nx\n").as_bytes(), &Limits::default());
            let ours = ours(&message, &own, &owner);
            (0..*count).for_each(|_| whose.add(&ours, &owner));
        }
        whose.other(&owner).map(|other| other.address.to_string())
    }

    #[test]
    fn somebody_elses_mailbox_is_noticed() {
        const SATO: &str = "sato@midori.example";
        let mori = "From: yamada@kita.example\nTo: Mori <mori@midori.example>";
        let from_mori = "From: mori@midori.example\nTo: yamada@kita.example";
        let sato = "From: yamada@kita.example\nTo: sato@midori.example";
        let both = "From: yamada@kita.example\nTo: mori@midori.example\nCc: sato@midori.example";
        let noticed = Some("mori@midori.example".to_owned());
        for (what, owner, mails, expected) in [
            ("theirs", SATO, &[(10, mori), (10, from_mori)][..], &noticed),
            ("theirs, and a few to the owner", SATO, &[(18, mori), (2, sato)], &noticed),
            ("somebody of no domain of ours", "sato@kita.example", &[(10, mori)], &noticed),
            ("few mails", SATO, &[(9, mori)], &None),
            ("the owner's own", SATO, &[(20, sato), (3, mori)], &None),
            ("the owner gets copies", SATO, &[(17, mori), (3, both)], &None),
            (
                "mail of several",
                SATO,
                &[(15, mori), (5, "To: ito@midori.example\nFrom: a@kita.example")],
                &None,
            ),
            ("a shared box", SATO, &[(20, "To: info@midori.example\nFrom: a@kita.example")], &None),
            (
                "a shared box of a branch",
                SATO,
                &[(20, "To: osaka-info@midori.example\nFrom: a@kita.example")],
                &None,
            ),
            ("an alias", "taro.sato@midori.example", &[(20, sato)], &None),
            ("a tag", SATO, &[(20, "To: sato+news@midori.example\nFrom: a@kita.example")], &None),
            (
                "a list",
                SATO,
                &[(20, "To: mori@midori.example\nList-Id: <kai.lists.example>\nFrom: a@kita.example")],
                &None,
            ),
            (
                "forwarded",
                SATO,
                &[(20, "Delivered-To: sato@midori.example\nTo: mori@midori.example\nFrom: a@kita.example")],
                &None,
            ),
            (
                "nobody of ours is named, as with Bcc",
                SATO,
                &[(20, "To: a@kita.example\nFrom: a@kita.example")],
                &None,
            ),
        ] {
            assert_eq!(&other(owner, mails), expected, "{what}");
        }
    }
}
