//! Whether anybody answers at all: where nobody does, that is found out once, not by every mail.
//!
//! A single name whose servers are silent proves nothing about our resolver, and anybody can own such a name. So when a
//! question found no answer, the servers of the root are asked for, which every resolver knows: only where that is not
//! answered either, nobody is there.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::asking::{Ask, Kind, Question, Reply};
use super::{Clock, NoAnswer};

/// Asks `A` only while somebody answers.
#[derive(Debug)]
pub struct Pulse<A> {
    asked: A,
    clock: Clock,
    felt: Mutex<Felt>,
}

#[derive(Debug, Default)]
struct Felt {
    /// When anybody answered last.
    answered_at: Option<Duration>,
    /// Until when nobody is asked, because nobody answered.
    silent_until: Option<Duration>,
}

/// So long nobody is asked after nobody answered. A name server that was restarted is back within this time, and mail that
/// came meanwhile is unknown, not failed; a folder of 1,000 mails waits one [`PROBE`] in it instead of one deadline a mail.
pub const SILENCE: Duration = Duration::from_secs(10);

/// How long the answer about the root is waited for: resolvers have it at hand.
pub const PROBE: Duration = Duration::from_secs(1);

impl<A: Ask> Pulse<A> {
    /// Asks `asked`, by `clock`.
    pub fn new(asked: A, clock: Clock) -> Self {
        Self { asked, clock, felt: Mutex::default() }
    }

    fn felt(&self) -> MutexGuard<'_, Felt> {
        self.felt.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether to ask at all: yes, no, or only after somebody answered about the root.
    fn look(&self) -> Look {
        let now = self.clock.now();
        let mut felt = self.felt();
        match felt.silent_until {
            None => Look::Ask,
            Some(until) if now < until => Look::Refrain,
            Some(_) => {
                // One tries; the others go on as before until it knows.
                felt.silent_until = Some(now + PROBE);
                Look::Probe
            }
        }
    }

    /// Asks for the root's servers; whether anybody answered.
    fn probe(&self, patience: Duration) -> bool {
        let reply = self.asked.ask(&Question::new("", Kind::Ns), patience);
        let answered = reply.answer != Err(NoAnswer::TimedOut);
        if answered {
            self.note_answer();
        } else {
            self.felt().silent_until = Some(self.clock.now() + SILENCE);
        }
        answered
    }

    fn note_answer(&self) {
        let now = self.clock.now();
        let mut felt = self.felt();
        felt.answered_at = Some(now);
        felt.silent_until = None;
    }
}

enum Look {
    Ask,
    Refrain,
    Probe,
}

impl<A: Ask> Ask for Pulse<A> {
    fn ask(&self, question: &Question, patience: Duration) -> Reply {
        let asked_at = self.clock.now();
        // Asking and feeling together take no longer than was allowed.
        let probe = PROBE.min(patience / 4);
        match self.look() {
            Look::Ask => {}
            Look::Refrain => return not_asked(),
            Look::Probe if self.probe(probe) => {}
            Look::Probe => return not_asked(),
        }
        let spent = self.clock.now().saturating_sub(asked_at);
        let reply = self.asked.ask(question, patience.saturating_sub(spent).saturating_sub(probe));
        if reply.answer != Err(NoAnswer::TimedOut) {
            self.note_answer();
            return reply;
        }
        let answered_since = self.felt().answered_at.is_some_and(|at| at > asked_at);
        if !answered_since {
            self.probe(probe);
        }
        reply
    }
}

/// Nobody was asked: nothing to remember about the name.
fn not_asked() -> Reply {
    Reply { answer: Err(NoAnswer::TimedOut), ttl_seconds: Some(0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::rehearsal::{Hand, Rehearsed};

    fn txt(name: &str) -> Question {
        Question::new(name, Kind::Txt)
    }

    fn ask(pulse: &Pulse<&Rehearsed>, name: &str) -> Result<usize, NoAnswer> {
        pulse.ask(&txt(name), Duration::from_secs(4)).answer.map(|records| records.len())
    }

    #[test]
    fn a_dead_resolver_is_found_out_once_and_tried_again_later() {
        let hand = Hand::default();
        let rehearsed = Rehearsed::new(&hand);
        rehearsed.kill();
        let pulse = Pulse::new(&rehearsed, hand.clock());
        assert_eq!(ask(&pulse, "a.example"), Err(NoAnswer::TimedOut));
        let first = hand.now();
        assert!(first <= Duration::from_secs(4), "{first:?}");
        for _ in 0..1_000 {
            assert_eq!(ask(&pulse, "b.example"), Err(NoAnswer::TimedOut));
        }
        assert_eq!(hand.now(), first);
        assert_eq!(rehearsed.asked(), [txt("a.example"), Question::new("", Kind::Ns)]);
        // Still dead: one probe.
        hand.turn(SILENCE);
        assert_eq!(ask(&pulse, "c.example"), Err(NoAnswer::TimedOut));
        assert_eq!(rehearsed.asked().len(), 3);
        // Back again.
        rehearsed.revive();
        assert_eq!(ask(&pulse, "c.example"), Err(NoAnswer::TimedOut));
        hand.turn(SILENCE);
        assert_eq!(ask(&pulse, "known.example"), Ok(1));
        assert_eq!(ask(&pulse, "none.example"), Err(NoAnswer::NoSuchName));
    }

    #[test]
    fn names_that_nobody_answers_for_silence_no_others() {
        let hand = Hand::default();
        let rehearsed = Rehearsed::new(&hand);
        rehearsed.silence("slow.example");
        let pulse = Pulse::new(&rehearsed, hand.clock());
        for _ in 0..5 {
            assert_eq!(ask(&pulse, "slow.example"), Err(NoAnswer::TimedOut));
            assert_eq!(ask(&pulse, "known.example"), Ok(1));
        }
    }
}
