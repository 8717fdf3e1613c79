//! Real DNS as a program asks it: remembered, watched, and for one mail within its time.

use std::time::Duration;

use super::asking::{Ask, Question, Reply};
use super::{
    CacheLimits, Cached, Clock, Deadline, MAIL_PATIENCE, Nameserver, NoAnswer, Pulse, System, SystemError,
};

/// Real DNS with a cache, for all threads of a process.
#[derive(Debug)]
pub struct Resolver {
    cached: Cached<Pulse<Servers>>,
    clock: Clock,
}

#[derive(Debug)]
enum Servers {
    Real(System),
    Nobody,
}

impl Resolver {
    /// DNS at these servers; without any, at those of the system.
    ///
    /// # Errors
    /// As with [`System::new`].
    pub fn new(nameservers: &[Nameserver]) -> Result<Self, SystemError> {
        Ok(Self::of(Servers::Real(System::new(nameservers)?)))
    }

    /// DNS where there is none: nothing is answered in time, at once. It stands in where [`Self::new`] failed and the work
    /// goes on, with everything unknown for that reason.
    pub fn nobody() -> Self {
        Self::of(Servers::Nobody)
    }

    fn of(servers: Servers) -> Self {
        let clock = Clock::real();
        let watched = Pulse::new(servers, clock.clone());
        Self { cached: Cached::new(watched, clock.clone(), CacheLimits::default()), clock }
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

impl Ask for Servers {
    fn ask(&self, question: &Question, patience: Duration) -> Reply {
        match self {
            Servers::Real(system) => system.ask(question, patience),
            Servers::Nobody => Reply::none(NoAnswer::TimedOut),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dns;

    #[test]
    fn nobody_answers_nothing_at_once() {
        let begun = std::time::Instant::now();
        let dns = Resolver::nobody();
        for n in 0..100 {
            assert_eq!(dns.for_one_mail().txt(&format!("{n}.example")), Err(NoAnswer::TimedOut));
        }
        assert!(begun.elapsed() < Duration::from_secs(1));
    }
}
