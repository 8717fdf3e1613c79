//! Real DNS as a program asks it: remembered, watched, and for one mail within its time.

use std::time::Duration;

use super::asking::{Ask, Question, Reply};
use super::{CacheLimits, Cached, Clock, Deadline, MAIL_PATIENCE, Nameserver, Pulse, System, SystemError};

/// Real DNS with a cache, for all threads of a process.
#[derive(Debug)]
pub struct Resolver {
    cached: Cached<Pulse<System>>,
    clock: Clock,
}

impl Resolver {
    /// DNS at these servers; without any, at those of the system.
    ///
    /// # Errors
    /// As with [`System::new`].
    pub fn new(nameservers: &[Nameserver]) -> Result<Self, SystemError> {
        let clock = Clock::real();
        let watched = Pulse::new(System::new(nameservers)?, clock.clone());
        Ok(Self { cached: Cached::new(watched, clock.clone(), CacheLimits::default()), clock })
    }

    /// DNS for the questions of one mail, which begin now.
    pub fn for_one_mail(&self) -> Deadline<'_, Self> {
        Deadline::new(self, &self.clock, MAIL_PATIENCE)
    }
}

impl Ask for Resolver {
    fn ask(&self, question: &Question, patience: Duration) -> Reply {
        self.cached.ask(question, patience)
    }
}
