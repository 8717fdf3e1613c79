//! What only tests and figures use: a seeded office that writes harmless mail, a seeded mutator, readers of the
//! fetched sets, and confidence intervals.
//!
//! Nothing here is part of the product. The texts under `texts/` were written without regard to any check.

pub mod authentication;
pub mod corpus;
pub mod correspondence;
pub mod data_file;
mod encode;
pub mod files;
pub mod forge;
pub mod generate;
pub mod interval;
mod mime;
pub mod mutate;
mod organisation;
pub mod reports;
pub mod results;
mod rng;

pub use organisation::{Organisation, Person, organisation};
pub use rng::Rng;
