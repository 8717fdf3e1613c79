//! A mail inside a mail, from its stored form, to a bounded depth: what is read back may come from a confined reader that a
//! mail took over, and must not exhaust the stack of whoever reads it.

use std::cell::Cell;

use serde::de::{Deserialize, Deserializer, Error};

use crate::Message;

/// Deeper than any tree that reading builds (`Limits::depth_max`), and far from exhausting a stack.
const DEPTH_MAX: usize = 64;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// One level, counted as long as it lives.
struct Level;

impl Level {
    fn enter() -> Option<Self> {
        let depth = DEPTH.get();
        (depth < DEPTH_MAX).then(|| {
            DEPTH.set(depth + 1);
            Self
        })
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get().saturating_sub(1));
    }
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<Message>, D::Error> {
    let Some(_level) = Level::enter() else {
        return Err(D::Error::custom(format_args!("mails are nested deeper than {DEPTH_MAX}")));
    };
    Box::<Message>::deserialize(deserializer)
}
