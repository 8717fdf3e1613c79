//! A DNS that answers everything → one that a single domain cannot keep busy: so many questions, so much patience.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::{Answer, Dns, NoAnswer, Tlsa};

/// A domain costs at most so many questions. One with everything published and a long SPF record costs about 80.
pub const QUESTIONS_MAX: usize = 250;

/// After so many names that nobody answered for, the rest of the domain's questions are not asked: a dead resolver would
/// cost the timeout for each. One dead server of others does not end the looking.
pub const UNANSWERED_MAX: usize = 4;

/// Asks another DNS until a limit is reached; from then on the answer is that there is none.
pub(super) struct Bounded<'a> {
    dns: &'a dyn Dns,
    asked: AtomicUsize,
    unanswered: Mutex<BTreeSet<String>>,
}

impl<'a> Bounded<'a> {
    pub(super) fn new(dns: &'a dyn Dns) -> Self {
        Self { dns, asked: AtomicUsize::new(0), unanswered: Mutex::default() }
    }

    /// How many questions were asked.
    pub(super) fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    fn unanswered(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.unanswered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether DNS was given up, so that nothing more can be learned.
    fn is_given_up(&self) -> bool {
        self.unanswered().len() >= UNANSWERED_MAX
    }

    fn ask<T>(&self, name: &str, question: impl FnOnce(&dyn Dns) -> Answer<T>) -> Answer<T> {
        if self.is_given_up() || self.asked.load(Ordering::Relaxed) >= QUESTIONS_MAX {
            return Err(NoAnswer::TimedOut);
        }
        self.asked.fetch_add(1, Ordering::Relaxed);
        let answer = question(self.dns);
        if matches!(answer, Err(NoAnswer::TimedOut)) {
            self.unanswered().insert(name.to_owned());
        }
        answer
    }
}

impl Dns for Bounded<'_> {
    fn txt(&self, name: &str) -> Answer<Vec<u8>> {
        self.ask(name, |dns| dns.txt(name))
    }

    fn a(&self, name: &str) -> Answer<Ipv4Addr> {
        self.ask(name, |dns| dns.a(name))
    }

    fn aaaa(&self, name: &str) -> Answer<Ipv6Addr> {
        self.ask(name, |dns| dns.aaaa(name))
    }

    fn mx(&self, name: &str) -> Answer<(u16, String)> {
        self.ask(name, |dns| dns.mx(name))
    }

    fn ptr(&self, address: IpAddr) -> Answer<String> {
        self.ask(&address.to_string(), |dns| dns.ptr(address))
    }

    fn ns(&self, name: &str) -> Answer<String> {
        self.ask(name, |dns| dns.ns(name))
    }

    fn tlsa(&self, name: &str) -> Answer<Tlsa> {
        self.ask(name, |dns| dns.tlsa(name))
    }

    fn cname(&self, name: &str) -> Answer<String> {
        self.ask(name, |dns| dns.cname(name))
    }
}
