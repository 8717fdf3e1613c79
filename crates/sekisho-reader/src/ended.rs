//! How a reader ended → why the mail is unread, and which bytes of it are read again.
//!
//! | the reader | the mail is |
//! |---|---|
//! | was killed at its deadline, or by the limit of CPU | `out-of-time` |
//! | gave up for want of memory or stack (both abort), or was killed by the system for want of memory | `too-large` |
//! | answered more than is taken | `too-large` |
//! | crashed, asked for a forbidden system call, answered nonsense, or had a fault of our own | `damaged` |

use std::process::ExitStatus;

use sekisho_content::Unread;

use crate::limits::HEADER_BYTES_MAX;

/// Why a mail is unread whose reader ended so.
pub(crate) fn why(status: Option<ExitStatus>, late: bool) -> Unread {
    if late {
        return Unread::OutOfTime;
    }
    status.map_or(Unread::Damaged, by_signal)
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
