//! Mail of the past → the selectors with which each of the domains signed it (`d=` and `s=` of `DKIM-Signature`).
//!
//! Only headers are read, by the confined readers, and of a domain no more selectors are kept than are looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::thread;

use sekisho_mail::{Signer, signers};
use sekisho_sender::health::Origin;

use super::domains::Typed;
use crate::files::{self, Met, Problem, RawMail, Want};
use crate::flags::CheckDomain;
use crate::pipeline;
use crate::setup::Setup;
use crate::terminal;

/// A header is read up to this size.
const HEADER_BYTES_MAX: usize = 256 * 1024;

/// Selectors kept of one domain: those that signed most.
const SELECTORS_MAX: usize = 24;

/// Different selectors counted of one domain; a sender who makes a new one for each mail fills no more memory.
const COUNTED_MAX: usize = 1_000;

/// Who signed what.
#[derive(Default)]
pub struct Signed {
    counts: BTreeMap<String, BTreeMap<String, u64>>,
    /// Whether some input could not be used.
    pub has_problems: bool,
}

impl Signed {
    /// The selectors that signed most mail of a domain.
    pub fn selectors(&self, domain: &str) -> BTreeMap<String, Origin> {
        let mut counted: Vec<_> = self.counts.get(domain).into_iter().flatten().collect();
        counted.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        counted.into_iter().take(SELECTORS_MAX).map(|(name, _)| (name.clone(), Origin::Mail)).collect()
    }

    fn count(&mut self, signer: Signer) {
        let selectors = self.counts.entry(signer.domain).or_default();
        if selectors.len() < COUNTED_MAX || selectors.contains_key(&signer.selector) {
            *selectors.entry(signer.selector).or_default() += 1;
        }
    }
}

/// Reads all mail at the paths given.
pub fn signed(flags: &CheckDomain, setup: &Setup, typed: &[Typed]) -> Signed {
    let mut signed = Signed::default();
    if flags.mail.is_empty() {
        return signed;
    }
    let wanted: BTreeSet<&str> =
        typed.iter().filter_map(|one| Some(one.domain.as_ref().ok()?.ascii())).collect();
    let threads = thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    pipeline::run(
        threads,
        |sink| files::walk(&flags.mail, Want::Mails, sink),
        |met| match met {
            Met::Mail(raw) => read(&raw, setup, &wanted),
            Met::Problem(problem) => Err(problem),
            Met::File(_) | Met::NotMail => Ok(Vec::new()),
        },
        |result| {
            match result {
                Ok(found) => found.into_iter().for_each(|signer| signed.count(signer)),
                Err(problem) => {
                    signed.has_problems = true;
                    terminal::complain(&problem.words(setup.lang));
                }
            }
            ControlFlow::Continue(())
        },
    );
    signed
}

fn read(raw: &RawMail, setup: &Setup, wanted: &BTreeSet<&str>) -> Result<Vec<Signer>, Problem> {
    let head = if sekisho_mail::is_outlooks(&raw.bytes) { &raw.bytes } else { header(&raw.bytes) };
    let reading = setup
        .readers
        .mail(head)
        .map_err(|error| Problem::of_mail(&raw.path, raw.index, files::Obstacle::NoReader(error)))?;
    let found = signers(&reading.message).into_iter();
    Ok(found.filter(|signer| wanted.contains(signer.domain.as_str())).collect())
}

/// The bytes up to the first empty line.
fn header(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.get(..HEADER_BYTES_MAX.min(bytes.len())).unwrap_or_default();
    let ends = [&b"\r\n\r\n"[..], b"\n\n"].into_iter().filter_map(|end| memchr::memmem::find(bytes, end));
    let end = ends.min().map_or(bytes.len(), |at| at + 2);
    bytes.get(..end).unwrap_or(bytes)
}
