//! What is remembered, for how long, and how much of it.

use std::sync::Barrier;
use std::thread;

use super::*;
use crate::dns::asking::Kind;
use crate::dns::rehearsal::{Hand, Rehearsed};

fn txt(name: &str) -> Question {
    Question::new(name, Kind::Txt)
}

fn cached<'a>(rehearsed: &'a Rehearsed, hand: &Hand, limits: CacheLimits) -> Cached<&'a Rehearsed> {
    Cached::new(rehearsed, hand.clock(), limits)
}

/// Name, then how long the reply stands.
const LIFETIMES: &[(&str, Duration)] = &[
    ("known.example", Duration::from_secs(60)),
    ("briefly.example", Duration::ZERO),
    ("absent.example", Duration::from_secs(30)),
    ("none.example", ABSENCE),
    ("failing.example", FAILURE),
    ("silent.example", FAILURE),
];

#[test]
fn nothing_is_served_past_its_time() {
    for (name, lifetime) in LIFETIMES {
        let hand = Hand::default();
        let rehearsed = Rehearsed::new(&hand);
        rehearsed.silence("silent.example");
        let cached = cached(&rehearsed, &hand, CacheLimits::default());
        let ask = || cached.ask(&txt(name), QUESTION_PATIENCE).answer;
        let first = ask();
        if !lifetime.is_zero() {
            hand.turn(*lifetime - Duration::from_millis(1));
            assert_eq!(ask(), first, "{name}");
            assert_eq!(rehearsed.asked().len(), 1, "{name}");
            hand.turn(Duration::from_millis(1));
        }
        assert_eq!(ask(), first, "{name}");
        assert_eq!(rehearsed.asked().len(), 2, "{name}");
    }
}

#[test]
fn what_is_left_of_its_time_is_told_on() {
    let hand = Hand::default();
    let rehearsed = Rehearsed::new(&hand);
    let cached = cached(&rehearsed, &hand, CacheLimits::default());
    cached.ask(&txt("known.example"), QUESTION_PATIENCE);
    hand.turn(Duration::from_secs(45));
    assert_eq!(cached.ask(&txt("known.example"), QUESTION_PATIENCE).ttl_seconds, Some(15));
}

#[test]
fn an_answer_that_had_no_time_is_not_remembered() {
    let hand = Hand::default();
    let rehearsed = Rehearsed::new(&hand);
    rehearsed.silence("silent.example");
    let cached = cached(&rehearsed, &hand, CacheLimits::default());
    for _ in 0..2 {
        cached.ask(&txt("silent.example"), Duration::from_millis(20));
    }
    assert_eq!(rehearsed.asked().len(), 2);
}

#[test]
fn entries_and_bytes_are_bounded() {
    let hand = Hand::default();
    let rehearsed = Rehearsed::new(&hand);
    let limits = CacheLimits { entries_max: 10, bytes_max: usize::MAX };
    let few = cached(&rehearsed, &hand, limits);
    let limits = CacheLimits { entries_max: usize::MAX, bytes_max: 5_000 };
    let small = cached(&rehearsed, &hand, limits);
    for cached in [&few, &small] {
        for n in 0..1_000 {
            cached.ask(&txt(&format!("{n}.example")), QUESTION_PATIENCE);
            let memory = cached.memory();
            assert!(memory.entries.len() <= cached.limits.entries_max);
            assert!(memory.bytes <= cached.limits.bytes_max);
            assert_eq!(memory.entries.len(), memory.ends.len());
            assert!(memory.flights.is_empty());
        }
        assert!(cached.memory().entries.len() >= 10);
    }
    // What is larger than everything together is answered all the same.
    let none = cached(&rehearsed, &hand, CacheLimits { entries_max: 1, bytes_max: 10 });
    assert!(none.ask(&txt("known.example"), QUESTION_PATIENCE).answer.is_ok());
    assert!(none.memory().entries.is_empty());
}

/// Answers only when everybody has asked.
struct Gate(Barrier, Mutex<usize>);

impl Ask for &Gate {
    fn ask(&self, _: &Question, _: Duration) -> Reply {
        *self.1.lock().unwrap() += 1;
        self.0.wait();
        // Time for the others to come.
        thread::sleep(Duration::from_millis(50));
        Reply { answer: Ok(vec![Record::Text(b"once".to_vec())]), ttl_seconds: Some(0) }
    }
}

#[test]
fn many_who_ask_the_same_at_once_ask_once() {
    let gate = Gate(Barrier::new(8), Mutex::new(0));
    let cached = Cached::new(&gate, Clock::real(), CacheLimits::default());
    thread::scope(|scope| {
        let ask = || cached.ask(&txt("a.example"), QUESTION_PATIENCE).answer;
        let first = scope.spawn(ask);
        while *gate.1.lock().unwrap() == 0 {
            thread::yield_now();
        }
        let others: Vec<_> = (0..7)
            .map(|_| {
                scope.spawn(|| {
                    gate.0.wait();
                    cached.ask(&txt("a.example"), QUESTION_PATIENCE).answer
                })
            })
            .collect();
        for answer in others.into_iter().chain([first]) {
            assert_eq!(answer.join().unwrap(), Ok(vec![Record::Text(b"once".to_vec())]));
        }
    });
    assert_eq!(*gate.1.lock().unwrap(), 1);
}

/// Fails in its own code.
struct Faulty;

impl Ask for Faulty {
    fn ask(&self, _: &Question, _: Duration) -> Reply {
        panic!("a fault");
    }
}

#[test]
fn a_fault_leaves_nobody_waiting() {
    let cached = Cached::new(Faulty, Clock::real(), CacheLimits::default());
    thread::scope(|scope| {
        let asking = scope.spawn(|| cached.ask(&txt("a.example"), QUESTION_PATIENCE));
        assert!(asking.join().is_err());
    });
    assert!(cached.memory().flights.is_empty());
}
