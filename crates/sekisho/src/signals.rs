//! The signal with which Unix ends a program that writes past a limit on the size of files (POSIX, `SIGXFSZ`) → an ordinary error of the write.
//!
//! A learner that is ended so says nothing; one that is told "file too large" names the way out. The children that read mails begin anew with
//! the system's own handling: they write no files.

/// Lets a write past the limit fail instead of ending the program.
#[cfg(unix)]
pub fn let_writes_fail() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::SIGXFSZ;

    // Nobody asks whether it came: the write that it came for says so. Where it cannot be set, the system ends the program as before.
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
}

/// There is no such signal elsewhere.
#[cfg(not(unix))]
pub fn let_writes_fail() {}
