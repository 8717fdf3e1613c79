//! Reading and facts → findings, verdict and reasons in words. So far: the dated lists, and what domains and links
//! pretend to be.
//!
//! Pure functions: no clock, network, disk or async; "today" is an argument.

pub mod domain;
pub mod fold;
pub mod lists;
mod nearest;
