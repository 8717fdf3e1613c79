//! Questions → remembered replies, within their time to live; what is not there is remembered too (RFC 2308, RFC 9520).
//!
//! Threads that ask the same at the same time wait for one answer.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::asking::{Ask, QUESTION_PATIENCE, Question, Record, Reply};
use super::{Clock, NoAnswer};

/// Remembers what `A` replies.
#[derive(Debug)]
pub struct Cached<A> {
    asked: A,
    clock: Clock,
    limits: CacheLimits,
    memory: Mutex<Memory>,
}

/// How much is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheLimits {
    /// Replies.
    pub entries_max: usize,
    /// Bytes, names and records together with what an entry itself takes.
    pub bytes_max: usize,
}

impl Default for CacheLimits {
    /// Some ten questions a mail: enough for thousands of senders, and small beside the mails themselves.
    fn default() -> Self {
        Self { entries_max: 50_000, bytes_max: 32 * 1024 * 1024 }
    }
}

/// Nothing is believed longer, whatever it says of itself (RFC 8767 section 4 proposes days to a week for records).
const TTL_MAX: Duration = Duration::from_secs(24 * 60 * 60);

/// That something is not there is believed no longer (RFC 2308 section 5: one to three hours).
const ABSENCE_MAX: Duration = Duration::from_secs(3 * 60 * 60);

/// The same, where the zone did not say for how long: somebody who publishes a record waits this long for us.
const ABSENCE: Duration = Duration::from_secs(5 * 60);

/// That nobody answered is remembered so briefly: long enough for the other questions of a mail and the copies of it that
/// come together, short enough that nobody notices once the server is back (RFC 9520 section 3.2 asks for one second at
/// least).
const FAILURE: Duration = Duration::from_secs(5);

/// What an entry takes beside its texts: two maps' nodes, allocations.
const ENTRY_BYTES: usize = 256;

impl<A: Ask> Cached<A> {
    /// Remembers within `limits` what `asked` replies, by `clock`.
    pub fn new(asked: A, clock: Clock, limits: CacheLimits) -> Self {
        Self { asked, clock, limits, memory: Mutex::default() }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for everybody who waits on `flight`.
    fn fetch(&self, question: &Question, patience: Duration, flight: &Arc<Flight>) -> Reply {
        // Whatever happens to us, nobody waits for ever.
        let landing = Landing { cached: self, question, flight };
        let reply = self.asked.ask(question, patience);
        if let Some(lifetime) = lifetime(&reply, patience) {
            let until = self.clock.now().saturating_add(lifetime);
            self.memory().remember(question, &reply, until, self.limits);
        }
        landing.flight.land(Some(reply.clone()));
        reply
    }
}

impl<A: Ask> Ask for Cached<A> {
    fn ask(&self, question: &Question, patience: Duration) -> Reply {
        let give_up_at = Instant::now() + patience;
        loop {
            let flight = {
                let mut memory = self.memory();
                if let Some(reply) = memory.recall(question, self.clock.now()) {
                    return reply;
                }
                match memory.flights.get(question) {
                    Some(flight) => Arc::clone(flight),
                    None => {
                        let flight = Arc::new(Flight::default());
                        memory.flights.insert(question.clone(), Arc::clone(&flight));
                        drop(memory);
                        let left = give_up_at.saturating_duration_since(Instant::now());
                        return self.fetch(question, left.min(patience), &flight);
                    }
                }
            };
            match flight.wait(give_up_at) {
                // Whoever asked for us may have had less time than we have.
                Some(reply) if reply.answer == Err(NoAnswer::TimedOut) => {}
                Some(reply) => return reply,
                None => {}
            }
            if Instant::now() >= give_up_at {
                return Reply::none(NoAnswer::TimedOut);
            }
        }
    }
}

/// For how long a reply may be remembered; `None` where not at all.
fn lifetime(reply: &Reply, patience: Duration) -> Option<Duration> {
    let said = reply.ttl_seconds.map(|seconds| Duration::from_secs(u64::from(seconds)));
    let lifetime = match reply.answer {
        Ok(_) => said?.min(TTL_MAX),
        Err(why) if why.is_certain() => said.unwrap_or(ABSENCE).min(ABSENCE_MAX),
        // Nobody was asked, or there was no time to answer: the next mail may have more.
        Err(NoAnswer::TimedOut) if patience < QUESTION_PATIENCE / 2 => return None,
        Err(_) => said.unwrap_or(FAILURE).min(FAILURE),
    };
    (!lifetime.is_zero()).then_some(lifetime)
}

#[derive(Debug, Default)]
struct Memory {
    entries: HashMap<Question, Entry>,
    /// What ends first, goes first.
    ends: BTreeMap<(Duration, u64), Question>,
    bytes: usize,
    serial: u64,
    flights: HashMap<Question, Arc<Flight>>,
}

#[derive(Debug)]
struct Entry {
    reply: Reply,
    until: Duration,
    serial: u64,
    bytes: usize,
}

impl Memory {
    fn recall(&mut self, question: &Question, now: Duration) -> Option<Reply> {
        let entry = self.entries.get(question)?;
        let left = entry.until.saturating_sub(now);
        if left.is_zero() {
            self.forget(question);
            return None;
        }
        let mut reply = entry.reply.clone();
        // Whoever remembers it further may do so only as long as we.
        reply.ttl_seconds = Some(u32::try_from(left.as_secs()).unwrap_or(u32::MAX));
        Some(reply)
    }

    fn remember(&mut self, question: &Question, reply: &Reply, until: Duration, limits: CacheLimits) {
        self.forget(question);
        let bytes = ENTRY_BYTES + 2 * question.name.len() + bytes_of(reply);
        if bytes > limits.bytes_max {
            return;
        }
        while self.entries.len() >= limits.entries_max || self.bytes + bytes > limits.bytes_max {
            let Some((_, first)) = self.ends.pop_first() else { return };
            self.forget(&first);
        }
        self.serial += 1;
        let serial = self.serial;
        self.bytes += bytes;
        self.ends.insert((until, serial), question.clone());
        self.entries.insert(question.clone(), Entry { reply: reply.clone(), until, serial, bytes });
    }

    fn forget(&mut self, question: &Question) {
        if let Some(entry) = self.entries.remove(question) {
            self.bytes = self.bytes.saturating_sub(entry.bytes);
            self.ends.remove(&(entry.until, entry.serial));
        }
    }
}

fn bytes_of(reply: &Reply) -> usize {
    let records = reply.answer.as_deref().unwrap_or_default();
    let bytes = |record: &Record| {
        size_of::<Record>()
            + match record {
                Record::Text(text) => text.len(),
                Record::Exchange(_, name) | Record::Name(name) => name.len(),
                Record::Tlsa(record) => record.data.len(),
                Record::Address(_) => 0,
            }
    };
    records.iter().map(bytes).sum()
}

/// One question on its way, and those who wait for it.
#[derive(Debug, Default)]
struct Flight {
    landed: Mutex<Landed>,
    changed: Condvar,
}

#[derive(Debug, Default)]
enum Landed {
    #[default]
    NotYet,
    /// With a reply, or without one where whoever asked failed.
    With(Option<Reply>),
}

impl Flight {
    fn land(&self, reply: Option<Reply>) {
        let mut landed = self.landed.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(*landed, Landed::NotYet) {
            *landed = Landed::With(reply);
            self.changed.notify_all();
        }
    }

    /// The reply; `None` where none came in time.
    fn wait(&self, give_up_at: Instant) -> Option<Reply> {
        let landed = self.landed.lock().unwrap_or_else(PoisonError::into_inner);
        let left = give_up_at.saturating_duration_since(Instant::now());
        let waited = self.changed.wait_timeout_while(landed, left, |landed| matches!(landed, Landed::NotYet));
        let (landed, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match &*landed {
            Landed::With(reply) => reply.clone(),
            Landed::NotYet => None,
        }
    }
}

/// Ends a flight, also where whoever asked panicked.
struct Landing<'a, A: Ask> {
    cached: &'a Cached<A>,
    question: &'a Question,
    flight: &'a Arc<Flight>,
}

impl<A: Ask> Drop for Landing<'_, A> {
    fn drop(&mut self) {
        self.cached.memory().flights.remove(self.question);
        self.flight.land(None);
    }
}

#[cfg(test)]
mod tests;
