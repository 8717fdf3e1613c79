//! The table: changes of a good domain, and the points expected. `=>` lists everything that is not passed or noted.

/// Every case.
pub const TABLE: &str = include_str!("zones.txt");
