//! What reading a data file may cost at most, each number with its reason.

/// Levels of a tree of pages. A page holds at least seven entries, so that 50 GB need fewer than ten.
pub(super) const LEVELS_MAX: u8 = 16;

/// Pages kept in memory: the upper levels of both trees, which every look-up passes.
pub(super) const PAGES_KEPT_MAX: usize = 1_024;

/// Folders known by number. Mailboxes of organisations have some thousand.
pub(super) const FOLDERS_MAX: usize = 200_000;

/// Folders within folders that a path names.
pub(super) const FOLDER_DEPTH_MAX: usize = 64;

/// Letters of one folder's name that are kept.
pub(super) const FOLDER_NAME_CHARS_MAX: usize = 255;

/// Folders asked where the folders of drafts and junk are: those at the top, among them the inbox.
pub(super) const FOLDERS_ASKED_MAX: usize = 500;

/// Bytes of one mail, attached files included: as much as one mail in a file of its own may have.
pub(super) const MAIL_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Blocks read for one mail. A mail of the largest size has about 8,000; each property or file may take one of its own.
pub(super) const MAIL_BLOCKS_MAX: usize = 40_000;

/// Bytes of what a folder or the store says of itself.
pub(super) const FOLDER_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Entries of one tree of properties, and of one list of nodes within a node.
pub(super) const ENTRIES_MAX: usize = 10_000;

/// Levels of a tree of properties ([MS-PST] section 2.3.2 has one byte; real ones have two).
pub(super) const HEAP_LEVELS_MAX: u8 = 8;

/// Receivers and attached files read of one mail.
pub(super) const MEMBERS_MAX: usize = 4_000;

/// Messages within messages.
pub(super) const DEPTH_MAX: usize = 16;

/// After so many pages or mails passed by, whoever listens is told that reading goes on.
pub(super) const TELL_EVERY: u64 = 2_048;
