//! Kind → the smallest file of it: signature and structure, nothing that works. For tests of every crate.

mod binary;
mod compound;
mod text;
mod zip;

use crate::Kind;
use crate::recognise::magic;

/// An inert file of this kind, for which [`crate::kind`] answers `kind`. There is one for every kind.
pub fn sample(kind: Kind) -> Option<Vec<u8>> {
    text::sample(kind)
        .or_else(|| zip::sample(kind))
        .or_else(|| compound::sample(kind))
        .or_else(|| binary::sample(kind))
        .or_else(|| magic::sample(kind))
}

/// An inert file of this kind that says it is encrypted, for kinds whose encryption can be seen.
pub fn locked_sample(kind: Kind) -> Option<Vec<u8>> {
    zip::locked(kind).or_else(|| compound::locked(kind)).or_else(|| binary::locked(kind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Unread, read};

    #[test]
    fn every_kind_has_a_sample_that_is_of_this_kind() {
        let wrong: Vec<String> = Kind::ALL
            .iter()
            .filter_map(|kind| {
                let found = sample(*kind).map(|bytes| crate::kind(&bytes));
                (found != Some(*kind)).then(|| format!("{}: {found:?}", kind.id()))
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn locked_samples_are_locked_and_plain_ones_are_not() {
        let mut locked = 0;
        for kind in Kind::ALL {
            if let Some(bytes) = locked_sample(*kind) {
                let file = read(&bytes, None);
                assert_eq!((file.kind, file.unread), (*kind, Some(Unread::Locked)));
                locked += 1;
            }
            let plain = read(&sample(*kind).unwrap(), None).unread;
            let always_locked = matches!(kind, Kind::OfficeEncrypted | Kind::PgpMessage);
            assert_eq!(plain == Some(Unread::Locked), always_locked, "{}", kind.id());
        }
        assert!(locked >= 15, "{locked}");
    }
}
