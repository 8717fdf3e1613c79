//! Web pages and drawings → the files that they build and what they do when they are opened (HTML Standard; SVG 2).

pub(crate) mod constants;
