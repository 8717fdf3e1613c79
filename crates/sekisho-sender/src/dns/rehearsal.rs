//! For tests: a DNS that counts its questions and takes its time by a clock that is turned by hand.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::asking::{Ask, Question, Record, Reply};
use super::{Clock, NoAnswer};

/// A clock's hand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hand(Arc<Mutex<Duration>>);

impl Hand {
    pub(crate) fn clock(&self) -> Clock {
        let hand = self.clone();
        Clock::new(move || hand.now())
    }

    pub(crate) fn now(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    pub(crate) fn turn(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}

/// Knows `known.example` with one text for 60 seconds, and its own silences; everything else does not exist.
#[derive(Debug)]
pub(crate) struct Rehearsed {
    hand: Hand,
    asked: Mutex<Vec<Question>>,
    silent: Mutex<BTreeSet<String>>,
    dead: AtomicBool,
}

impl Rehearsed {
    pub(crate) fn new(hand: &Hand) -> Self {
        let hand = hand.clone();
        Self { hand, asked: Mutex::default(), silent: Mutex::default(), dead: AtomicBool::new(false) }
    }

    /// Every question so far.
    pub(crate) fn asked(&self) -> Vec<Question> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn kill(&self) {
        self.dead.store(true, Ordering::SeqCst);
    }

    pub(crate) fn revive(&self) {
        self.dead.store(false, Ordering::SeqCst);
    }

    pub(crate) fn silence(&self, name: &str) {
        self.silent.lock().unwrap().insert(name.to_owned());
    }
}

impl Ask for &Rehearsed {
    fn ask(&self, question: &Question, patience: Duration) -> Reply {
        (**self).ask(question, patience)
    }
}

impl Ask for Rehearsed {
    fn ask(&self, question: &Question, patience: Duration) -> Reply {
        self.asked.lock().unwrap().push(question.clone());
        if self.dead.load(Ordering::SeqCst) || self.silent.lock().unwrap().contains(&question.name) {
            self.hand.turn(patience);
            return Reply::none(NoAnswer::TimedOut);
        }
        match question.name.as_str() {
            "known.example" => {
                Reply { answer: Ok(vec![Record::Text(b"known".to_vec())]), ttl_seconds: Some(60) }
            }
            "briefly.example" => {
                Reply { answer: Ok(vec![Record::Text(b"briefly".to_vec())]), ttl_seconds: Some(0) }
            }
            "" => Reply { answer: Ok(vec![Record::Name("a.root.test".to_owned())]), ttl_seconds: Some(60) },
            "failing.example" => Reply::none(NoAnswer::Failed),
            "absent.example" => Reply { answer: Err(NoAnswer::NoRecords), ttl_seconds: Some(30) },
            _ => Reply::none(NoAnswer::NoSuchName),
        }
    }
}
