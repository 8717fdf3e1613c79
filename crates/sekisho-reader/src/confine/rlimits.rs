//! Bounded memory and CPU, no file to open or to write, no core dump, no process: rlimits (POSIX `setrlimit`).

use rlimit::Resource;

use super::Layer;
use crate::limits::{ADDRESS_SPACE_BYTES_MAX, CPU_SECONDS_MAX};

/// Sets all limits but that of processes. A core dump would write a person's mail to the disk.
pub(crate) fn apply() -> Layer {
    let limits = [
        (Resource::AS, ADDRESS_SPACE_BYTES_MAX),
        (Resource::CPU, CPU_SECONDS_MAX),
        (Resource::CORE, 0),
        (Resource::FSIZE, 0),
        (Resource::NOFILE, 0),
    ];
    let mut layer = Layer::Full;
    for (resource, limit) in limits {
        if set(resource, limit) == Layer::Missing {
            layer = Layer::Missing;
        }
    }
    layer
}

/// No further process or thread; set once the thread that reads is there.
pub(crate) fn no_processes() -> Layer {
    set(Resource::NPROC, 0)
}

/// A limit that is set already and lower stays: it may only be lowered without a privilege.
fn set(resource: Resource, limit: u64) -> Layer {
    let limit = resource.get_hard().map_or(limit, |hard| hard.min(limit));
    resource.set(limit, limit).map_or(Layer::Missing, |()| Layer::Full)
}
