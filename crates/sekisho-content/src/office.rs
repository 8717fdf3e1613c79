//! Office documents: what holds them, and what they do when they are opened.

#[allow(dead_code, reason = "the readers of macros and objects are to use all of it")]
pub(crate) mod compound;
pub(crate) mod vba;
