//! `import` as a person types it.

use std::path::PathBuf;

use clap::Args;

/// What `import` is told.
#[derive(Args, Debug)]
pub struct Import {
    /// Address books: CSV of Outlook, Google or Thunderbird, vCard (.vcf), LDIF; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// It is the list of our own staff
    #[arg(long, conflicts_with = "partners")]
    pub staff: bool,
    /// It is a list of partners
    #[arg(long)]
    pub partners: bool,
    /// Print one JSON object (sekisho.imported/1) and nothing else
    #[arg(long)]
    pub json: bool,
}
