//! Everyone whom some program would show as the sender → the one domain that authentication is about, if there is one.

use sekisho_mail::{DefectKind, Message};

use super::letter::Letter;
use crate::domain::Domain;

/// Whom the mail shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    /// The domain of the first address, where it is one.
    pub domain: Option<Domain>,
    /// Whether programs could show another sender: then nothing is authenticated as the one.
    pub is_doubtful: bool,
}

/// Whom `message`, which was read from the same bytes as `letter`, shows.
pub(crate) fn shown(message: &Message, letter: &Letter<'_>) -> Shown {
    const DOUBTS: &[DefectKind] = &[DefectKind::AmbiguousFrom, DefectKind::SeveralFrom, DefectKind::NoFrom];
    let mut addresses = message.from.iter().filter_map(|mailbox| mailbox.address.as_ref());
    let first = addresses.next();
    let fields = message.fields.iter().filter(|field| field.is("From")).count();
    let is_doubtful = first.is_none_or(|first| addresses.any(|other| !other.same_mailbox(first)))
        || fields != 1
        || letter.named("from").count() != 1
        || message.from.iter().any(|mailbox| !mailbox.group.is_empty())
        || message.defects.iter().any(|defect| defect.part.is_empty() && DOUBTS.contains(&defect.kind));
    Shown { domain: first.and_then(|address| Domain::parse(address.domain())), is_doubtful }
}
