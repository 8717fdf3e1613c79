//! What a person decided about a sender → which findings are not told for it.
//!
//! An exception counts only while the mail authenticates as that sender: else it would be a licence for whoever forges the address. It
//! silences what is said of names and relations, never what an attachment or a link does: a partner's account can be taken over.

use sekisho_facts::{Exception, Identity};

use crate::check::{Registered, SilencedBy};
use crate::{Input, domain};

impl<'a> Input<'a> {
    /// The exception that silences this check for this mail.
    pub(crate) fn exception_to(&self, registered: &Registered) -> Option<&'a Exception> {
        if registered.check.silenced_by == SilencedBy::Nothing || self.identity() != Identity::AsContact {
            return None;
        }
        let names = |exception: &&Exception| {
            exception.checks.is_empty() || exception.checks.iter().any(|id| id == registered.id)
        };
        self.exceptions().find(names)
    }

    /// Exceptions that are for this sender. What the memory says is not taken on trust here: they open a door.
    fn exceptions(&self) -> impl Iterator<Item = &'a Exception> {
        let sender = self.sender();
        let all = self.relations().map(|relations| relations.exceptions.as_slice()).unwrap_or_default();
        all.iter().filter(move |exception| {
            sender.is_some_and(|sender| match exception.sender.strip_prefix('@') {
                Some(name) => domain::to_ascii(name) == domain::to_ascii(sender.domain()),
                None => exception.sender.eq_ignore_ascii_case(&sender.to_string()),
            })
        })
    }
}
