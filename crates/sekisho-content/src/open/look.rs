//! One file being opened: its bytes, what may be spent on it, and where what is found in it goes.

use std::cell::OnceCell;
use std::rc::Rc;

use super::{Budget, Cost, Hold, Keys, Member, Opened, Unpacked};
use crate::office::compound::Compound;
use crate::zip::Zip;
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
    /// The file as what it is kept in, read once, when the first of several rooms asks.
    compound: OnceCell<Option<Rc<Compound<'a>>>>,
    package: OnceCell<Option<Rc<Zip<'a>>>>,
}

impl<'a> Look<'a> {
    /// A file of which nothing is known yet but its kind.
    pub(crate) fn new(
        bytes: &'a [u8],
        kind: Kind,
        keys: &'a Keys,
        budget: &'a mut Budget,
        opened: &'a mut Opened,
        see: &'a mut dyn FnMut(Member<'_>),
    ) -> Look<'a> {
        let (compound, package) = (OnceCell::new(), OnceCell::new());
        Look { bytes, kind, keys, budget, opened, see, appended_bytes: 0, compound, package }
    }

    /// The file as a compound file, if it is one.
    pub(crate) fn compound(&self) -> Option<Rc<Compound<'a>>> {
        self.compound.get_or_init(|| Compound::parse(self.bytes).map(Rc::new)).clone()
    }

    /// The file as a package: an archive with its members, at its beginning or behind other bytes.
    pub(crate) fn package(&self) -> Option<Rc<Zip<'a>>> {
        let read = || Zip::at_start(self.bytes).or_else(|| Zip::behind_prefix(self.bytes));
        self.package.get_or_init(|| read().map(Rc::new)).clone()
    }
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
