//! One mail's questions within one time: after its end nobody is asked any more, and everything still open is unknown.

use std::time::Duration;

use super::asking::{Ask, Question, Reply};
use super::{Clock, NoAnswer};

/// Asks `A` until a moment, and then nobody.
#[derive(Debug)]
pub struct Deadline<'a, A> {
    asked: &'a A,
    clock: Clock,
    end: Duration,
}

/// The time in which one mail's questions are asked. Whoever hands a mail over waits minutes (RFC 5321 section 4.5.3.2: ten
/// for the end of data), a person before a terminal seconds; two names that nobody answers for still leave time for others.
pub const MAIL_PATIENCE: Duration = Duration::from_secs(10);

impl<'a, A: Ask> Deadline<'a, A> {
    /// Asks `asked` for as long as `patience` from now, by `clock`.
    pub fn new(asked: &'a A, clock: &Clock, patience: Duration) -> Self {
        Self { asked, clock: clock.clone(), end: clock.now().saturating_add(patience) }
    }
}

impl<A: Ask> Ask for Deadline<'_, A> {
    fn ask(&self, question: &Question, patience: Duration) -> Reply {
        let left = self.end.saturating_sub(self.clock.now());
        if left.is_zero() {
            return Reply { answer: Err(NoAnswer::TimedOut), ttl_seconds: Some(0) };
        }
        self.asked.ask(question, patience.min(left))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dns::asking::Kind;
    use crate::dns::rehearsal::{Hand, Rehearsed};
    use crate::dns::{CacheLimits, Cached, Dns, Pulse};

    #[test]
    fn a_mail_costs_its_deadline_and_no_more() {
        let hand = Hand::default();
        let rehearsed = Rehearsed::new(&hand);
        for n in 0..100 {
            rehearsed.silence(&format!("{n}.slow.example"));
        }
        let mail = Deadline::new(&rehearsed, &hand.clock(), MAIL_PATIENCE);
        assert_eq!(mail.txt("known.example").map(|records| records.values.len()), Ok(1));
        for n in 0..100 {
            assert_eq!(mail.txt(&format!("{n}.slow.example")), Err(NoAnswer::TimedOut));
        }
        assert_eq!(hand.now(), MAIL_PATIENCE);
        // Also those that would be answered at once.
        assert_eq!(mail.txt("known.example"), Err(NoAnswer::TimedOut));
        assert!(rehearsed.asked().len() < 10);
    }

    #[test]
    fn a_thousand_mails_do_not_each_pay_for_a_dead_resolver() {
        let hand = Hand::default();
        let rehearsed = Rehearsed::new(&hand);
        rehearsed.kill();
        let cached = Cached::new(Pulse::new(&rehearsed, hand.clock()), hand.clock(), CacheLimits::default());
        for n in 0..1_000 {
            let mail = Deadline::new(&cached, &hand.clock(), MAIL_PATIENCE);
            for kind in [Kind::Txt, Kind::A, Kind::Mx] {
                let reply = mail.ask(&Question::new(&format!("{n}.example"), kind), MAIL_PATIENCE);
                assert_eq!(reply.answer, Err(NoAnswer::TimedOut));
            }
        }
        assert!(hand.now() <= MAIL_PATIENCE, "{:?}", hand.now());
    }

    #[test]
    fn what_is_remembered_needs_no_time() {
        let hand = Hand::default();
        let rehearsed = Rehearsed::new(&hand);
        let cached = Cached::new(&rehearsed, hand.clock(), CacheLimits::default());
        assert!(cached.txt("known.example").is_ok());
        rehearsed.kill();
        let mail = Deadline::new(&cached, &hand.clock(), MAIL_PATIENCE);
        assert!(mail.txt("known.example").is_ok());
        assert_eq!(hand.now(), Duration::ZERO);
    }
}
