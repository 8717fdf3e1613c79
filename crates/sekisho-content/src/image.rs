//! Disk images → the files on them.

pub(crate) mod disk;
