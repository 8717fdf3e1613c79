//! A process that can do what its user can → one that can compute, read its standard input and write its standard output.

#[cfg(target_os = "linux")]
mod landlock;
#[cfg(target_os = "linux")]
mod rlimits;
#[cfg(target_os = "linux")]
mod seccomp;

use serde::{Deserialize, Serialize};

/// How one layer of the confinement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layer {
    /// In force.
    Full,
    /// In force as far as this kernel knows it; an older one knows fewer kinds of access.
    Partial,
    /// This system has none, or does not let this process use it.
    Missing,
}

/// What holds a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confinement {
    /// No files and no network (Landlock).
    pub files: Layer,
    /// No system calls but those of computing, reading and writing (seccomp).
    pub calls: Layer,
    /// Bounded memory and CPU, no new files and processes, no core dump (rlimits).
    pub resources: Layer,
}

impl Confinement {
    /// Nothing holds it but being a process of its own.
    pub const NONE: Self = Self { files: Layer::Missing, calls: Layer::Missing, resources: Layer::Missing };

    /// Whether every layer is in force. Landlock may be an older one: what it does not know, seccomp refuses.
    pub fn is_complete(&self) -> bool {
        self.files != Layer::Missing && self.calls == Layer::Full && self.resources == Layer::Full
    }
}

/// The first half, for the whole process while it has one thread: files, network, resources.
pub(crate) fn before_threads() -> Confinement {
    #[cfg(target_os = "linux")]
    return Confinement { files: landlock::apply(), resources: rlimits::apply(), ..Confinement::NONE };
    #[cfg(not(target_os = "linux"))]
    Confinement::NONE
}

/// The second half, from the thread that reads, for all threads: processes and system calls.
///
/// From `file`, an open one that is named by its number, this process may go on reading at any place.
pub(crate) fn with_threads(confinement: Confinement, file: Option<u32>) -> Confinement {
    #[cfg(target_os = "linux")]
    {
        let resources = match rlimits::no_processes() {
            Layer::Missing => Layer::Missing,
            _ => confinement.resources,
        };
        Confinement { calls: seccomp::apply(file), resources, ..confinement }
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = file;
        confinement
    }
}
