//! What a reader may take at most, each number with its reason.

use std::time::Duration;

/// Wall-clock time for one mail. The slowest real mail takes a fraction of a second; on a machine with too much to do,
/// a hundred times that is still below.
pub(crate) const MAIL_TIME_MAX: Duration = Duration::from_secs(20);

/// Wall-clock time for the header of a mail whose reader ended: a few kilobytes.
pub(crate) const HEADER_TIME_MAX: Duration = Duration::from_secs(5);

/// Wall-clock time from the start of a reader until it is confined and says so.
pub(crate) const START_TIME_MAX: Duration = Duration::from_secs(20);

/// How often the deadlines are looked at. A mail over its time may take this much more.
pub(crate) const WATCH_EVERY: Duration = Duration::from_millis(100);

/// Address space of a reader: a mail of 64 MiB with its decoded parts, and several times that for what is opened.
pub const ADDRESS_SPACE_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// Seconds of CPU of one reader in its whole life, for the case that its parent is gone and nobody watches. The parent
/// retires it long before ([`BUSY_TIME_MAX`]).
pub(crate) const CPU_SECONDS_MAX: u64 = 120;

/// A reader that has worked this long is replaced by a new one, so that no mail meets the limit of CPU that others used.
pub(crate) const BUSY_TIME_MAX: Duration = Duration::from_secs(90);

/// Mails read by one reader before it is replaced. A reader taken over by a mail can lie about those after it, so its
/// life is short; starting one costs a few milliseconds, which is nothing on so many mails.
pub const MAILS_A_READER_MAX: u32 = 1_000;

/// Stack of the thread that reads. Trees of mails are bounded in depth, and this holds many times the deepest one.
pub(crate) const STACK_BYTES: usize = 16 * 1024 * 1024;

/// Bytes of one answer: the texts of a mail with their links, without its files.
pub(crate) const ANSWER_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Bytes of the contents of parts that go with an answer; the rest of the answer needs room too.
pub(crate) const CONTENTS_BYTES_MAX: usize = 48 * 1024 * 1024;

/// Bytes of what stands before the content of a request: a file's name and a list of passwords.
pub(crate) const HEAD_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Bytes of the header that are read again where a mail ended its reader.
pub(crate) const HEADER_BYTES_MAX: usize = 64 * 1024;

/// Bytes of a file's name that are handed over; the reader looks at fewer.
pub(crate) const NAME_BYTES_MAX: usize = 64 * 1024;

/// Requests up to this size go out in one piece, as large as a pipe of Linux holds.
pub(crate) const ONE_PIECE_BYTES: usize = 64 * 1024;

/// Mails that one reader takes out of a mailbox before another goes on: no longer a life than a reader of mails has, in CPU, since taking
/// one out costs a fraction of reading it.
pub(crate) const MAILBOX_MAILS_MAX: u32 = 10_000;

/// Bytes of mails that one reader takes out of a mailbox: some seconds of CPU.
pub(crate) const MAILBOX_BYTES_MAX: u64 = 4 * 1024 * 1024 * 1024;

/// Readers that may end on one mailbox, each on a mail that is lost then. What makes more of them end is no mailbox any more.
pub(crate) const MAILBOX_ENDS_MAX: u32 = 32;

/// Bytes of one mail taken out of a mailbox: what may be read of one ([`sekisho_mail::pst`]), and its names beside it.
pub(crate) const MAILBOX_MAIL_BYTES_MAX: u64 = 96 * 1024 * 1024;
