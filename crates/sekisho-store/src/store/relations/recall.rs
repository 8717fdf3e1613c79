//! One question to the memory: the mail asked about, whose it is, and until when one looks.

use std::collections::BTreeSet;

use sekisho_facts::{HeldBy, Identity};
use sekisho_mail::Address;

use crate::Secret;
use crate::database::Database;
use crate::reading::{self, Texts};
use crate::store::asked::Asked;
use crate::store::contacts::View;
use crate::store::learning::address_id;
use crate::store::organisations::{are_colleagues, organisation_of};

/// What every part of a recall needs.
pub(super) struct Recall<'a, 'd> {
    pub(super) database: &'d mut (dyn Database + 'd),
    pub(super) secret: &'a Secret,
    pub(super) asked: &'a Asked<'a>,
    pub(super) view: View,
    /// What the mail says.
    pub(super) texts: Texts,
    /// The first sender with an address.
    pub(super) sender: Option<&'a Address>,
    pub(super) sender_id: Option<i64>,
    /// The mailboxes asked for.
    mailboxes: Vec<i64>,
    /// Whether it is from one of ours, as far as that was looked up.
    pub(super) is_ours: bool,
}

impl<'a, 'd> Recall<'a, 'd> {
    pub(super) fn new(
        database: &'d mut (dyn Database + 'd),
        secret: &'a Secret,
        asked: &'a Asked<'a>,
        view: View,
    ) -> Self {
        let sender = asked.message.from.iter().find_map(|mailbox| mailbox.address.as_ref());
        let is_ours = sender.is_some_and(|sender| asked.own.is_own_address(sender))
            && asked.sender.identity != Identity::NotAsContact;
        Self {
            database,
            secret,
            asked,
            view,
            texts: reading::texts(asked.message),
            sender,
            sender_id: sender.map(|sender| address_id(secret, sender)),
            mailboxes: asked.mailboxes.iter().map(|mailbox| address_id(secret, mailbox)).collect(),
            is_ours,
        }
    }

    /// Whether an address is the organisation's.
    pub(super) fn is_own(&self, address: &str) -> bool {
        Address::parse(address).is_some_and(|address| self.asked.own.is_own_address(&address))
    }

    /// Whether an address is of the sender's organisation.
    pub(super) fn is_colleague(&self, address: &str) -> bool {
        self.sender.is_some_and(|sender| self.are_colleagues(sender, address))
    }

    /// Whether two addresses are of one organisation; of our own, only where the mail is from one of ours.
    pub(super) fn are_colleagues(&self, one: &Address, other: &str) -> bool {
        if self.asked.own.is_own_address(one) {
            return self.is_ours && self.is_own(other);
        }
        are_colleagues(one, other, self.asked.is_shared_domain)
    }

    /// The organisation of an address in lower case, where its domain is not everybody's.
    pub(super) fn organisation<'t>(&self, address: &'t str) -> Option<&'t str> {
        let is_shared = self.asked.is_shared_domain;
        let domain = address.rsplit_once('@')?.1;
        organisation_of(address).filter(|name| !is_shared(domain) && !is_shared(name))
    }

    /// The receivers' mailboxes.
    pub(super) fn mailboxes(&self) -> &[i64] {
        &self.mailboxes
    }

    /// Whose mailboxes these are. Several receivers are told the same, so each of them has to have it.
    pub(super) fn held_by(&self, mailboxes: impl Iterator<Item = i64>) -> HeldBy {
        let holders: BTreeSet<i64> = mailboxes.collect();
        let is_whole =
            !self.mailboxes.is_empty() && self.mailboxes.iter().all(|mailbox| holders.contains(mailbox));
        if is_whole { HeldBy::Receiver } else { HeldBy::Others }
    }
}
