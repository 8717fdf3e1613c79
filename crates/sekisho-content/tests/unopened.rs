//! What `read` says of files that it does not open: `read` alone never calls a file looked at that can hide something.
//! Only `open` looks inside, and whoever calls it puts its answer in the place of this one.

use sekisho_content::{Family, Kind, Unread, read, sample};

#[test]
fn read_alone_never_says_that_an_inside_was_looked_at() {
    for kind in Kind::ALL {
        let holds = matches!(
            kind.family(),
            Family::Archive | Family::DiskImage | Family::Document | Family::Presentation | Family::Installer
        );
        let Some(bytes) = sample(*kind).filter(|_| holds) else { continue };
        let unread = read(&bytes, None).unread;
        assert!(matches!(unread, Some(Unread::Unsupported | Unread::Locked)), "{}: {unread:?}", kind.id());
    }
}
