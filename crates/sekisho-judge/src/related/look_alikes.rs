//! The domain of a mail's sender, of whom we know nothing → the correspondent for whose it may be taken, and how gravely.

use sekisho_facts::{Contact, NameKind, Standing};

use super::Acquaintance;
use crate::domain::{How, LookAlike, Protected, Strength};
use crate::{Grade, Input, domain};

/// A correspondent whose domain the sender's looks like.
pub(crate) struct TakenFor<'a> {
    pub(crate) contact: &'a Contact,
    pub(crate) like: LookAlike,
    pub(crate) grade: Grade,
}

impl<'a> Input<'a> {
    /// The correspondent for whose domain that of the sender may be taken. Left out are those that the check on known domains tells, and
    /// senders whom we know, or others of whose organisation we know.
    pub(crate) fn taken_for(&self) -> Option<TakenFor<'a>> {
        let relations = self.relations().filter(|_| !self.is_from_us())?;
        let domain = self.sender()?.domain();
        let is_known = self.sender_is() > Acquaintance::Stranger || self.knows_a_colleague();
        let sets = [self.protected(), self.lists.brands.protected()];
        let is_told =
            || self.lists.brands.owner_of(domain).is_some() || domain::look_alike(domain, &sets).is_some();
        let is_listed =
            || self.own.partners().iter().any(|partner| domain::same_organisation(partner, domain));
        if is_known || self.lists.freemail.holds(domain) || is_listed() || is_told() {
            return None;
        }
        let shown = relations.names.iter().filter(|shown| shown.kind == NameKind::Domain);
        let contacts = shown
            .flat_map(|shown| &shown.belongs_to)
            .filter(|contact| contact.standing >= Standing::Historic);
        let found = contacts.filter_map(|contact| {
            let theirs = contact.address.rsplit_once('@')?.1;
            let like = Protected::new([theirs], []).look_alike(domain)?;
            Some(TakenFor { contact, grade: grade(&like), like })
        });
        // The most trusted come first, and stay before others of their grade.
        found.reduce(|best, next| if next.grade > best.grade { next } else { best })
    }
}

/// The same name under another ending, or with a word beside it, is often the same firm's.
fn grade(like: &LookAlike) -> Grade {
    match (like.strength, like.how) {
        (Strength::Strong, _) => Grade::Strong,
        (Strength::Weak, How::OtherTld | How::AddedWord) => Grade::Info,
        (Strength::Weak, _) => Grade::Weak,
    }
}
