//! One file being opened: its bytes, what may be spent on it, and where what is found in it goes.

use super::{Budget, Cost, Hold, Keys, Member, Opened, Unpacked};
use crate::{Kind, Unread};

/// What a reader of a format works with.
pub(crate) struct Look<'a> {
    /// The file.
    pub(crate) bytes: &'a [u8],
    /// What it is.
    pub(crate) kind: Kind,
    /// Passwords to try.
    pub(crate) keys: &'a Keys,
    /// What may be spent.
    pub(crate) budget: &'a mut Budget,
    /// What was found.
    pub(crate) opened: &'a mut Opened,
    /// Where members go.
    pub(crate) see: &'a mut dyn FnMut(Member<'_>),
    /// Bytes of the largest thing handed out as appended that reaches to the file's last byte.
    pub(crate) appended_bytes: usize,
}

impl Look<'_> {
    /// Pays; where the purse is empty, notes that the file is too large and says so.
    pub(crate) fn pays(&mut self, cost: Cost) -> bool {
        let paid = self.budget.pay(cost).is_ok();
        if !paid {
            self.opened.note(Unread::TooLarge, self.kind.id());
        }
        paid
    }

    /// Hands out one thing, and says whether more may follow: a limit reached is noted.
    pub(crate) fn hand(&mut self, member: Member<'_>) -> bool {
        let paid = self.pays(Cost::Member);
        if paid {
            let reaches_the_end = member.bytes.as_ptr_range().end == self.bytes.as_ptr_range().end;
            if member.hold == Hold::Appended && reaches_the_end {
                self.appended_bytes = self.appended_bytes.max(member.bytes.len());
            }
            (self.see)(member);
        }
        paid
    }

    /// Unpacks a stream to its end and hands it out, with what is wrong with it; says whether more may follow.
    pub(crate) fn unpack(&mut self, names: Vec<String>, from: &mut dyn std::io::Read, hold: Hold) -> bool {
        let unpacked = Unpacked::read(from, self.budget);
        self.hand(unpacked.member(names, hold))
    }
}
