//! How a reader ended → why the mail is unread, and what can still be told of it.
//!
//! | the reader | the mail is |
//! |---|---|
//! | was killed at its deadline, or by the limit of CPU | `out-of-time` |
//! | gave up for want of memory or stack (both abort), or was killed by the system for want of memory | `too-large` |
//! | answered more than is taken | `too-large` |
//! | crashed, asked for a forbidden system call, answered nonsense, or had a fault of our own | `damaged` |

use std::process::ExitStatus;

use sekisho_content::{File, Kind, Unread};
use sekisho_mail::{Body, Message, NameSource, Part, PartName, Role};
use sha2::{Digest, Sha256};

use crate::limits::HEADER_BYTES_MAX;

/// Why a mail is unread whose reader ended so.
pub(crate) fn why(status: Option<ExitStatus>, late: bool) -> Unread {
    if late {
        return Unread::OutOfTime;
    }
    status.map_or(Unread::Damaged, by_signal)
}

/// The message that stands for a mail that was not read: what its header says, read apart where that was possible,
/// and one part that is unread.
pub(crate) fn mail(bytes: &[u8], header: Option<Message>, unread: Unread) -> Message {
    let part = part(bytes, "message/rfc822", Vec::new(), unread);
    // Defects of a header without its body are no defects of the mail.
    let header = header.unwrap_or_default();
    Message {
        size_bytes: part.size_bytes,
        sha256: part.sha256.clone(),
        parts: vec![part],
        defects: Vec::new(),
        ..header
    }
}

/// The message that stands for a file that was not read.
pub(crate) fn file(bytes: &[u8], name: &str, unread: Unread) -> Message {
    let name = PartName { value: name.to_owned(), source: NameSource::Container };
    let part = part(bytes, "application/octet-stream", vec![name], unread);
    Message {
        size_bytes: part.size_bytes,
        sha256: part.sha256.clone(),
        parts: vec![part],
        ..Message::default()
    }
}

fn part(bytes: &[u8], media_type: &str, names: Vec<PartName>, unread: Unread) -> Part {
    let size_bytes = bytes.len() as u64;
    Part {
        path: "1".to_owned(),
        names,
        media_type: media_type.to_owned(),
        role: Role::Attachment,
        content_id: String::new(),
        size_bytes,
        sha256: sha256(bytes),
        unread: Some(unread),
        unread_details: Vec::new(),
        hold: None,
        opened_with: None,
        deeds: Vec::new(),
        sources: Vec::new(),
        body: Body::File(File {
            kind: Kind::Unknown,
            claim: None,
            size_bytes,
            unread: Some(unread),
            padding: None,
        }),
    }
}

/// The bytes up to the first empty line, within a limit.
pub(crate) fn header(bytes: &[u8]) -> &[u8] {
    let head = bytes.get(..HEADER_BYTES_MAX).unwrap_or(bytes);
    let ends = |at: &usize| {
        let rest = head.get(*at..).unwrap_or_default();
        rest.starts_with(b"\n\n") || rest.starts_with(b"\n\r\n")
    };
    let end = (0..head.len()).find(ends).map_or(head.len(), |at| at + 1);
    head.get(..end).unwrap_or_default()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(unix)]
fn by_signal(status: ExitStatus) -> Unread {
    use std::os::unix::process::ExitStatusExt;
    /// POSIX numbers that are the same on every Unix that is built for.
    const SIGABRT: i32 = 6;
    const SIGKILL: i32 = 9;
    const SIGXCPU: i32 = 24;
    match status.signal() {
        Some(SIGXCPU) => Unread::OutOfTime,
        Some(SIGABRT | SIGKILL) => Unread::TooLarge,
        _ => Unread::Damaged,
    }
}

#[cfg(not(unix))]
fn by_signal(_status: ExitStatus) -> Unread {
    Unread::Damaged
}
